"""Formulas in the running text: what they claim is decided, or listed as undecided.

A claim has a relation in it. One without symbols, $1.5 \\cdot 0.1 = 0.15$, is decided by the rule
of the displayed ones, but that = may round: a number is right to its last digit. One with symbols
is checked with what the passage says of them. That a symbol has a value, or what it means, is
stated. The rest stands in `book/symbols/undecided.csv`: a formula that is neither decided nor
listed there is a warning.
"""

import csv
import itertools
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from pages.formulas import page
from pages.formulas.check import check
from pages.formulas.known import Known
from pages.formulas.passage import Passage
from pages.formulas.phrases import CLAIMS, claims
from pages.formulas.problems import Rounded, Wrong
from pages.formulas.reader import read
from pages.formulas.say import Checked, checked
from pages.formulas.tokens import Token, Unreadable, cut

LOGGER = logging.getLogger(__name__)
NOTHING = Known(frozenset(), frozenset())
ENDS = {",", ";", r"\\", r"\quad", r"\qquad"}  # of a chain


def decide(formula, passage):
    """Return what becomes of a formula: no claim, proved, computed, checked, stated, undecided.

    Of a chain with symbols, w_1 = 0.7 + 0.2 = 0.9, two sides without any are decided.

    Raises:
        Wrong: what is about numbers alone is false.
    """
    if not claims(formula):
        return "no claim"
    links = list(pairs(formula))
    found = [decide_numbers(each) for each in (formula, *links)]
    if any(found):
        return found[0] or max(filter(None, found))
    whole = passage.decides(formula)
    if whole != "undecided" or len(links) < 2:
        return whole
    of_links = {passage.decides(each) for each in links}
    return "checked" if of_links <= {"checked", "stated"} and "checked" in of_links else whole


def decide_numbers(formula):
    """Return whether a claim about numbers is proved or computed, None if it has symbols."""
    try:
        read(formula, NOTHING)
        check(formula, checked(), "an inline formula")
    except Rounded:
        return "computed"
    except Unreadable:
        return None
    return "proved"


def pairs(formula):
    """Yield the links of the chains in a formula, each as a formula of its own."""
    sides, start, depth, relation = [], 0, 0, ""
    for token in [*cut(formula), Token("", len(formula) + 1)]:
        depth += (token.text in {"(", "[", "{"}) - (token.text in {")", "]", "}"})
        ends = token.text in ENDS or not token.text
        if depth == 0 and (ends or token.text in CLAIMS):
            sides.append((relation, formula[start : token.place - 1]))
            start, relation = token.place - 1 + len(token.text), token.text
            if ends:
                yield from (f"{a} {r} {b}" for (_, a), (r, b) in itertools.pairwise(sides))
                sides, relation = [], ""


def attach(app, doctree):
    """Decide the inline formulas of a page that has been read; one that is wrong is a warning."""
    folder, _, name = app.env.docname.rpartition("/")
    all_math = list(doctree.findall(is_math))
    blocks = checked_blocks(all_math, name) if folder == page.BOOK.name else []
    passage, found, part = Passage(), Found(), None
    for k, node in enumerate(all_math):
        if isinstance(node, nodes.math):
            if part is not (part := part_of(node)):
                passage.end()
            nearest = sorted(blocks, key=lambda block, k=k: abs(block[0] - k))
            passage.entries = [entry for _, entry in nearest]
            try:
                node["decided"] = decide(node.astext(), passage)
                found.add(node)
            except Wrong as problem:
                words = "the formula $%s$ in the text does not hold: %s. Mend it"
                LOGGER.warning(words, node.astext(), problem, location=node)
            passage.learn(node.astext())
    kept(app.env)[app.env.docname] = found


def is_math(node):
    return isinstance(node, nodes.math | nodes.math_block)


def part_of(node):
    """Return the section, the exercise or the box that a formula stands in."""
    while node.parent and not isinstance(node, nodes.section | nodes.Admonition | nodes.container):
        node = node.parent
    return node


def checked_blocks(all_math, name):
    """Return (place, entry) of each displayed formula that is checked."""
    try:
        entries = page.registry(name)[0]
    except page.Broken:  # which `page` tells
        return []
    found = [(k, entries.get(node.get("label"))) for k, node in enumerate(all_math)]
    return [(k, entry) for k, entry in found if isinstance(entry, Checked)]


@dataclass
class Found:
    """What was found on a page: how many formulas of each kind, and which are undecided."""

    counted: Counter = field(default_factory=Counter)
    undecided: list = field(default_factory=list)  # (formula, line)

    def add(self, node):
        self.counted[node["decided"]] += 1
        if node["decided"] == "undecided":
            self.undecided.append((" ".join(node.astext().split()), node.line))


def kept(env):
    """Return what was found on each page, as the environment keeps it."""
    if not hasattr(env, "inline_formulas"):
        env.inline_formulas = {}
    return env.inline_formulas


def forget(app, env, docname):
    kept(env).pop(docname, None)


def report(app, env):
    """Say how many inline formulas there are and what became of them."""
    total = sum((found.counted for found in kept(env).values()), Counter())
    claiming = total.total() - total["no claim"] - total["stated"]
    LOGGER.info(
        "inline formulas: %d found, %d state a value or a meaning, %d claim something: %d proved, "
        "%d computed, %d checked, %d undecided", total.total(), total["stated"], claiming,
        total["proved"], total["computed"], total["checked"], total["undecided"],
    )  # fmt: skip
    compare_with_list(env)


def compare_with_list(env):
    """Warn of what is undecided and not listed so, and of what is listed and is not undecided."""
    path = page.BOOK / "symbols" / "undecided.csv"
    if not path.is_file() or page.BOOK.parent != Path(env.srcdir):  # of another book
        return
    with path.open(encoding="utf-8", newline="") as file:
        listed = {(row["page"], row["formula"]) for row in csv.DictReader(file)}
    found = {
        (docname.rpartition("/")[2], formula): (docname, line)
        for docname, each in kept(env).items() for formula, line in each.undecided
    }  # fmt: skip
    for name, formula in sorted(found.keys() - listed):
        words = "the formula $%s$ in the text is not decided: mend it, or list it in %s"
        LOGGER.warning(words, formula, path, location=found[name, formula])
    for name, formula in sorted(listed - found.keys()):
        LOGGER.warning("%s lists a formula that %s has not undecided: $%s$", path, name, formula)


def setup(app):
    app.connect("doctree-read", attach)
    app.connect("env-purge-doc", forget)
    app.connect("env-updated", report)
