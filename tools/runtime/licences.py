"""What the browser's Python is made of, and under which licences that is published."""

import json
import re
import zipfile
from importlib.metadata import distribution
from pathlib import Path

from runtime.files import listed

INFO = json.loads(Path(__file__).with_name("lock.json").read_text(encoding="utf-8"))["info"]
TEXTS = re.compile(r"(.*/)?(LICEN[CS]E|COPYING|NOTICE)[^/]*")
#: Of these two the files bring no text.
WORDS = f"""\
---- pyodide {INFO["version"]} ----

Mozilla Public License 2.0, https://www.mozilla.org/MPL/2.0/. Its source is that of the npm package
pyodide, version {INFO["version"]}; in the loader the names of two files are others, and nothing
else was changed.

---- python {INFO["python"]} ----

Python Software Foundation License 2.0, https://docs.python.org/3.12/license.html.

Of this and of what follows modules are left out that no page needs, and the others are compiled;
Matplotlib's docstrings come without the tables of an artist's properties.
"""


def contents(added):
    """Return what is shipped, as lists of name, version and licence, the largest parts first.

    Args:
        added: the packages of this environment that are packed as well.
    """
    of = {each.name: each.licence for each in listed()}
    found = [["pyodide", INFO["version"], of["pyodide.asm.wasm"]]]
    found.append(["python", INFO["python"], of["python_stdlib.zip"]])
    wheels = [name for name in of if name.endswith(".whl")]
    found += [[*name.split("-")[:2], of[name]] for name in wheels]
    return found + [[name, distribution(name).version, "BSD-3-Clause"] for name in added]


def texts(folder, added):
    """Return the licences of all that is shipped as one text.

    Args:
        folder: where the listed files are.
        added: the packages of this environment that are packed as well.
    """
    parts = [WORDS]
    for path in sorted(folder.glob("*.whl")):
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if is_licence(name)]
            found = [archive.read(name).decode("utf-8", "replace") for name in names]
        parts.append(_part(" ".join(path.name.split("-")[:2]), found))
    for name in added:
        owner = distribution(name)
        found = [file.read_text() for file in owner.files if is_licence(file.as_posix())]
        parts.append(_part(f"{name} {owner.version}", found))
    return "\n\n".join(parts)


def is_licence(name):
    """Whether a file of a package is its licence; those of what is left out do not count."""
    is_text = TEXTS.fullmatch(name) and not name.endswith((".py", ".pyc"))
    return bool(is_text) and (".dist-info/" in name or "LICENSE_DEJAVU" in name)


def _part(title, found):
    if not found:
        raise ValueError(f"{title}: got no licence, wanted the text of one")
    return "\n\n".join([f"---- {title} ----", *(text.strip() for text in found)]) + "\n"
