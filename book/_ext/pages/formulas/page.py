"""The mark beside a displayed formula: what the machine found when it read and checked it.

Four marks say how sure it is: proved, computed, checked, stated. The numeric check comes first, and
a formula that does not pass it has no mark; what passes it is proved if it can be.

Every labelled formula of a page has one line in `book/symbols/<page>.py`. A formula without a
line, a line without a formula, and a formula that is wrong are warnings, which end the build.
"""

import importlib.util
import traceback
from collections import Counter
from functools import cache

from docutils import nodes
from sphinx.util import logging

from lib.live.letters import typeset
from pages.directives import said
from pages.formulas import marks
from pages.formulas.check import check
from pages.formulas.compare import EQUAL, NEAR, UPDATES
from pages.formulas.problems import Wrong
from pages.formulas.say import Definition
from pages.formulas.tokens import Unreadable
from pages.places import BOOK

LOGGER = logging.getLogger(__name__)
CHECKED = {"mark": "checked", "words": ""}


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
    at = f"checked at {report.points} points" if report.points > 1 else "checked at one point only"
    if equation:
        return f"{at}, largest relative error {report.miss:.0e}" if report.miss else f"{at}, exact"
    if NEAR & report.kinds:
        return f"{at}, never further apart than {report.miss:.0e}"
    return f"{at}, true at each" if report.points > 1 else at


def judge(node, label, entry, page):
    """Check one formula; a formula that does not hold, or cannot be checked, is a warning.

    What holds is asked a proof for, when all pages are read.
    """
    where = f"book/symbols/{page}.py"
    try:
        node["found"] = found(check(node.astext(), entry, label))
        node["asked"] = {"page": page, "label": label, "formula": node.astext()}
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
        mark(node, label, entries, page)
    for label in entries.keys() - labels:
        LOGGER.warning("%s speaks of a formula that %s lacks: %s", path, page, label)
    asked = [node["asked"] for node in doctree.findall(nodes.math_block) if "asked" in node]
    asked_in(app.env)[app.env.docname] = asked


def mark(node, label, entries, page):
    """Say what the registry says of a formula, and check what it claims."""
    if label not in entries:
        LOGGER.warning("nothing is said of the formula %s", label, location=node)
    elif isinstance(entries[label], Definition):
        node["mark"], node["tick"] = "stated", f"stated: {entries[label].of}"
    else:
        judge(node, label, entries[label], page)


def asked_in(env):
    """Return the formulas of each page that a proof is asked for, as the environment keeps them."""
    if not hasattr(env, "formulas_asked"):
        env.formulas_asked = {}
    return env.formulas_asked


def forget(app, env, docname):
    asked_in(env).pop(docname, None)


def prove_all(app, env):
    """Find the proofs of all pages at once, when the pages are read."""
    asked = [each for page in asked_in(env).values() for each in page]
    if BOOK != marks.BOOK:  # a book of a test, whose registries no other process knows
        return
    counted = Counter(each["mark"] for each in marks.marks_of(asked))
    said_of = ", ".join(f"{count} {mark}" for mark, count in counted.items())
    LOGGER.info("formulas: %s", said_of)


def put_marks(app, doctree, docname):
    """Put its mark and its words on each formula of a page that is written."""
    asking = [node for node in doctree.findall(nodes.math_block) if "asked" in node]
    known = BOOK == marks.BOOK
    given = marks.marks_of([node["asked"] for node in asking]) if known else [CHECKED] * len(asking)
    for node, mark in zip(asking, given, strict=True):
        words = (mark["words"], node["found"] if mark["mark"] != "stated" else "")
        node["mark"], node["tick"] = mark["mark"], typeset("; ".join(filter(None, words)))


def setup(app):
    app.connect("env-purge-doc", forget)
    app.connect("env-updated", prove_all)
    app.connect("doctree-resolved", put_marks)
    app.connect("doctree-read", attach)
