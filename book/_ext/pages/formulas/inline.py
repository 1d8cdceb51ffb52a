"""Formulas in the running text: those that claim something about numbers alone are decided.

A claim has a relation in it. One without symbols, $1.5 \\cdot 0.1 = 0.15$, is decided by the rule
of the displayed ones, but that = may round: a number is right to its last digit. One with symbols
is counted, for its symbols are said nowhere. The build reports how many there are of each.
"""

import itertools
from collections import Counter

from docutils import nodes
from sphinx.util import logging

from pages.formulas.check import check
from pages.formulas.known import Known
from pages.formulas.problems import Rounded, Wrong
from pages.formulas.reader import ARROWS, RELATIONS, read
from pages.formulas.say import checked
from pages.formulas.tokens import Token, Unreadable, cut

LOGGER = logging.getLogger(__name__)
CLAIMS = (set(RELATIONS) | set(ARROWS)) - {r"\to", r"\leftarrow", ":="}
NOTHING = Known(frozenset(), frozenset())
ENDS = {",", ";", r"\\", r"\quad", r"\qquad"}  # of a chain


def claims(formula):
    """Whether a formula has a relation, and so claims something."""
    return any(token.text in CLAIMS for token in cut(formula))


def decide(formula):
    """Return what becomes of a formula: no claim, symbols, proved, computed.

    Of a chain with symbols, w_1 = 0.7 + 0.2 = 0.9, two sides without any are decided.

    Raises:
        Wrong: what is about numbers alone is false.
    """
    if not claims(formula):
        return "no claim"
    found = [decide_numbers(each) for each in (formula, *pairs(formula))]
    return found[0] or max(filter(None, found), default="symbols")


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
    counted = Counter()
    for node in doctree.findall(nodes.math):
        try:
            counted[decide(node.astext())] += 1
        except Wrong as problem:
            words = "the formula $%s$ in the text does not hold: %s. Mend it"
            LOGGER.warning(words, node.astext(), problem, location=node)
    kept(app.env)[app.env.docname] = counted


def kept(env):
    """Return the counts of each page, as the environment keeps them."""
    if not hasattr(env, "inline_formulas"):
        env.inline_formulas = {}
    return env.inline_formulas


def forget(app, env, docname):
    kept(env).pop(docname, None)


def report(app, env):
    """Say how many inline formulas there are, how many claim something, and what is decided."""
    total = sum(kept(env).values(), Counter())
    made = total.total() - total["no claim"]
    LOGGER.info(
        "inline formulas: %d found, %d claim something: %d proved, %d computed, %d with symbols, "
        "which are not decided", total.total(), made, total["proved"], total["computed"],
        total["symbols"],
    )  # fmt: skip


def setup(app):
    app.connect("doctree-read", attach)
    app.connect("env-purge-doc", forget)
    app.connect("env-updated", report)
