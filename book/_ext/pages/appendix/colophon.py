"""The foot of a page: what the book was built with, from which state, and what was checked.

Every number is counted from the sources, and the date is that of the commit, so that the same
commit gives the same pages.
"""

import os
import platform
import re
import subprocess
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from pages.formulas.page import Broken, registry
from pages.formulas.say import Checked
from pages.places import BOOK, ROOT

LIBRARIES = ("numpy", "matplotlib", "ipywidgets", "jupyter-book", "sphinx")


def count_tests():
    """Return the number of test functions."""
    files = (ROOT / "tests").rglob("test_*.py")
    return sum(len(re.findall(r"^def test_", each.read_text("utf-8"), re.M)) for each in files)


def count_formulas():
    """Return the number of displayed formulas that are checked while the book is built."""
    entries = []
    for file in (BOOK / "symbols").glob("*.py"):
        with suppress(Broken):  # its page says so
            entries += registry(file.stem)[0].values()
    return sum(isinstance(entry, Checked) for entry in entries)


def libraries():
    """Yield names and versions of what the book is built with; Jupyter Book can be absent."""
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"


def commit_time():
    """Return the time of the commit in seconds, 0 where there is none to ask: in a zip."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    if not (ROOT / ".git").exists():  # and not of a repository that the folder lies in
        return 0
    try:
        asked = ["git", "-C", ROOT, "log", "-1", "--format=%ct"]
        return int(subprocess.run(asked, capture_output=True, check=True).stdout)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return 0


@cache
def colophon():
    """Return what every page says of the book at its foot."""
    seconds = commit_time()
    date = datetime.fromtimestamp(seconds, UTC)
    return {
        "versions": [f"Python {platform.python_version()}", *libraries()],
        "date": f"{date.day} {date:%B %Y}" if seconds else "",
        "tests": count_tests(),
        "formulas": count_formulas(),
    }


def complete_page(app, pagename, templatename, context, doctree):
    context["colophon"] = colophon()
    # What the pages get of Python, which the room `run` knows; nothing where there is no Run.
    context["page_python"] = getattr(app.config, "run_manifest", None)


def setup(app):
    app.connect("html-page-context", complete_page)
