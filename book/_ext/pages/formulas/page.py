"""The tick beside a displayed formula: what the machine found when it read and checked it.

Every labelled formula of a page has one line in `book/symbols/<page>.py`. A formula without a
line, a line without a formula, and a formula that is wrong are warnings, which end the build.
"""

import importlib.util
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from pages.formulas.check import Wrong, check
from pages.formulas.say import Definition
from pages.formulas.tokens import Unreadable
from pages.places import BOOK

LOGGER = logging.getLogger(__name__)
READER = sorted(Path(__file__).parent.glob("*.py"))


@cache
def registry(page):
    """Return what is said of the formulas of a page, by label, and the file it stands in."""
    path = BOOK / "symbols" / f"{page}.py"
    if not path.is_file():
        return {}, path
    spec = importlib.util.spec_from_file_location(f"formulas_of_{page}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.FORMULAS, path


def found(report):
    """Say in a few words how a check went."""
    equation = {"=", "<-"} & report.kinds
    at = f"checked at {report.points} points" if report.points > 1 else "computed and compared"
    if equation:
        return f"{at}, largest relative error {report.miss:.0e}" if report.miss else f"{at}, exact"
    if "~" in report.kinds:
        return f"{at}, never further apart than {report.miss:.0e}"
    return f"{at}, true at each" if report.points > 1 else at


def attach(app, doctree):
    """Check the displayed formulas of a page that has been read, and keep what was found."""
    folder, _, page = app.env.docname.rpartition("/")
    entries, path = registry(page) if folder == BOOK.name else ({}, None)
    labels = set()
    for node in doctree.findall(nodes.math_block):
        label = node.get("label") or node.astext()
        labels.add(label)
        entry = entries.get(label)
        if entry is None:
            LOGGER.warning("nothing is said of the formula %s", label, location=node)
        elif not isinstance(entry, Definition):
            try:
                node["tick"] = found(check(node.astext(), entry, label))
            except (Wrong, Unreadable) as problem:
                LOGGER.warning("the formula does not hold: %s", problem, location=node)
    for label in entries.keys() - labels:
        LOGGER.warning("%s speaks of a formula that %s lacks: %s", path, page, label)
    for file in [path, *READER] if path else []:
        app.env.note_dependency(file)


def setup(app):
    app.connect("doctree-read", attach)
