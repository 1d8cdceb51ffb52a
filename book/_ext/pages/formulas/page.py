"""The tick beside a displayed formula: what the machine found when it read and checked it.

Every labelled formula of a page has one line in `book/symbols/<page>.py`. A formula without a
line, a line without a formula, and a formula that is wrong are warnings, which end the build.
"""

import importlib.util
import traceback
from functools import cache

from docutils import nodes
from sphinx.util import logging

from pages.directives import said
from pages.formulas.check import check
from pages.formulas.compare import EQUAL, NEAR, UPDATES
from pages.formulas.problems import Wrong
from pages.formulas.say import Definition
from pages.formulas.tokens import Unreadable
from pages.places import BOOK

LOGGER = logging.getLogger(__name__)


class Broken(Exception):
    """A registry that cannot be run; ``place`` is its file and line."""

    def __init__(self, path, error):
        super().__init__(said(error))
        frames = traceback.extract_tb(error.__traceback__)
        lines = [each.lineno for each in frames if each.filename == str(path)]
        line = error.lineno if isinstance(error, SyntaxError) else lines[-1] if lines else 1
        self.place = f"{path}:{line}"


@cache
def registry(page):
    """Return what is said of the formulas of a page, by label, and the file it stands in.

    Raises:
        Broken: the file cannot be run, or has no FORMULAS.
    """
    path = BOOK / "symbols" / f"{page}.py"
    if not path.is_file():
        return {}, path
    spec = importlib.util.spec_from_file_location(f"formulas_of_{page}", path)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        return dict(module.FORMULAS), path
    except Exception as error:
        raise Broken(path, error) from error


def found(report):
    """Say in a few words how a check went."""
    equation = (EQUAL | UPDATES) & report.kinds
    at = f"checked at {report.points} points" if report.points > 1 else "computed and compared"
    if equation:
        return f"{at}, largest relative error {report.miss:.0e}" if report.miss else f"{at}, exact"
    if NEAR & report.kinds:
        return f"{at}, never further apart than {report.miss:.0e}"
    return f"{at}, true at each" if report.points > 1 else at


def judge(node, label, entry, page):
    """Check one formula; a formula that does not hold, or cannot be checked, is a warning."""
    where = f"book/symbols/{page}.py"
    try:
        node["tick"] = found(check(node.astext(), entry, label))
    except Wrong as problem:
        words = "the formula %s does not hold: %s. Mend it, or its line in %s"
        LOGGER.warning(words, label, problem, where, location=node)
    except Unreadable as problem:
        words = (
            "the formula %s is not checked, for it is not understood: %s. Mend it, or what %s says"
        )
        LOGGER.warning(words, label, problem, where, location=node)
    except Exception as error:  # what an author's rule may raise
        words = "the formula %s is not checked, for what %s says of it leads to a %s"
        LOGGER.warning(words, label, where, said(error), location=node)


def entries_of(page):
    """Return what is said of the formulas of a page, or None, with a warning, if it is broken."""
    try:
        return registry(page)[0]
    except Broken as broken:
        words = "no formula of %s is checked until this is mended: %s"
        LOGGER.warning(words, page, broken, location=broken.place)
        return None


def attach(app, doctree):
    """Check the displayed formulas of a page that has been read, and keep what was found."""
    folder, _, page = app.env.docname.rpartition("/")
    path = BOOK / "symbols" / f"{page}.py"
    if path.is_file() or any(doctree.findall(nodes.math_block)):
        app.env.note_dependency(path)
    entries = entries_of(page) if folder == BOOK.name else {}
    if entries is None:
        return
    labels = set()
    for node in doctree.findall(nodes.math_block):
        label = node.get("label") or node.astext()
        labels.add(label)
        if label not in entries:
            LOGGER.warning("nothing is said of the formula %s", label, location=node)
        elif not isinstance(entries[label], Definition):
            judge(node, label, entries[label], page)
    for label in entries.keys() - labels:
        LOGGER.warning("%s speaks of a formula that %s lacks: %s", path, page, label)


def setup(app):
    app.connect("doctree-read", attach)
