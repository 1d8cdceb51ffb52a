"""Formulas of the book with one change each, as a slip of an author would make it.

PYTHONPATH=book/_ext python -m tests.pages.mutants

takes all of them, prints those that the check does not notice, and counts.
"""

import re
from functools import cache

from pages.formulas.check import check
from pages.formulas.page import registry
from pages.formulas.say import Definition
from tests.pages.displayed import FORMULAS

POINTS = 10  # samples of a changed formula: almost any slip is seen at the first, the rest at all
ROOM = re.compile(
    r"\\\\\[[^]]*\]|_\{\\text\{[^}]*\}[^}]*\}|\\text\{[^}]*\}"
    r"|\\begin\{\w+\}|\\end\{\w+\}|\\underset\{[^}]*\}"
)
SWAPPED = {"+": "-", "-": "+"}
NEXT = {"i": "j", "j": "k", "k": "i", "m": "n", "n": "m"}
SYMBOLS = {"x": "y", "y": "x", "w": "b"}
OPERATIONS = {"+": r"\cdot", r"\cdot": "+"}
CALL = r"(?<=[a-zA-Z'])\((?=[a-zA-Z]\b|\\[a-z]+)"  # the bracket after a function's name
FUNCTIONS = {
    r"\sin": r"\cos", r"\cos": r"\sin", r"\ln": r"\exp", r"\sqrt": r"\tfrac12 ",
    r"\tan": r"\sin", r"\tanh": r"\sin", r"\max": r"\min",
}  # fmt: skip
RELATIONS = {
    "<": ">", ">": "<", r"\le": r"\ge", r"\ge": r"\le", r"\approx": "=", r"\neq": "=",
}  # fmt: skip


def spared(formula):
    """The places that are no mathematics: the room between rows, words, shapes."""
    return [range(*each.span()) for each in ROOM.finditer(formula)]


def replaced(formula, pattern, other):
    """Yield the formula with each match of a pattern replaced in turn."""
    no_mathematics = spared(formula)
    for each in re.finditer(pattern, formula):
        if any(each.start() in span for span in no_mathematics):
            continue
        new = other(each)
        if new is not None and new != each.group():
            yield formula[: each.start()] + new + formula[each.end() :]


def next_number(match):
    """Raise the last digit of a number by one."""
    digits = match.group()
    return digits[:-1] + str((int(digits[-1]) + 1) % 10)


def with_bound_below(match):
    """Let a sum end one index earlier."""
    return re.sub(r"\^(?:\{([^}]*)\}|(.))$", lambda m: f"^{{{m[1] or m[2]} - 1}}", match.group())


CHANGES = {
    "sign": (r"(?<!\\)(?<![_^{])[+-]", lambda m: SWAPPED[m.group()]),
    "sign in braces": (r"(?<=\{)-", lambda m: ""),
    "last digit": (r"\d+(?:\.\d+)?", next_number),
    "factor": (r"(?<=[=+]\s)(?=[a-zA-Z(\\])(?!\\(?:text|quad|underset|begin))", lambda m: "2 "),
    "factor left out": (
        r"(?<![\d.,_^{a-zA-Z])\d+(?:\.\d+)?\s*(?:\\,)?(?=[a-zA-Z(]|\\(?:sin|cos|ln|sigma|alpha|hat|vec))",
        lambda m: "",
    ),
    "exponent": (r"\^(?:\d|\{\d\})", lambda m: ""),
    "index": (r"_(?:([12])|\{([12])\})(?!\d)", lambda m: "_3" if "2" in m.group() else "_2"),
    "letter of an index": (
        r"(?<=_)[ijkmn](?![a-zA-Z])|(?<=_\{)[ijk](?=\})",
        lambda m: NEXT[m.group()],
    ),
    "transposition": (r"\^\{?(?:\\,)?T\}?", lambda m: ""),
    "order": (r"(?<!\\hat )(?<!\\hat\{)\by - \\hat y", lambda m: r"\hat y - y"),
    "argument doubled": (CALL, lambda m: "(2"),
    "argument negated": (CALL, lambda m: "(-"),
    "function": (r"\\(?:sin|cos|ln|sqrt|tan|tanh|max)\b", lambda m: FUNCTIONS[m.group()]),
    "relation": (r"[<>]|\\(?:le|ge|approx|neq)\b", lambda m: RELATIONS[m.group()]),
    "bound of a sum": (r"(?<=\{[ijk]=)1", lambda m: "2"),
    "upper bound of a sum": (
        r"\\(?:sum|prod)_\{[^}]*\}\^(?:\{[^}]*\}|[a-zA-Z\d])",
        with_bound_below,
    ),
    "symbol": (r"(?<![\\a-zA-Z])[xyw](?![a-zA-Z])", lambda m: SYMBOLS[m.group()]),
    "operation": (r"\\cdot(?![a-z])|(?<= )\+(?= )", lambda m: OPERATIONS[m.group()]),
    "prime left out": (r"(?<=[a-zA-Z}])'(?!')", lambda m: ""),
    "prime added": (r"(?<=[a-zA-Z}])'(?!')", lambda m: "''"),
    "hat left out": (r"\\hat (\w)|\\hat\{(\w)\}", lambda m: m[1] or m[2]),
    "upside down": (r"\\frac\{([^{}]*)\}\{([^{}]*)\}", lambda m: rf"\frac{{{m[2]}}}{{{m[1]}}}"),
}


@cache
def mutants():
    """Return all changed formulas: (label, kind, formula)."""
    found = []
    for label, (page, formula) in FORMULAS.items():
        if not isinstance(registry(page)[0][label], Definition):
            for kind, (pattern, other) in CHANGES.items():
                found += [(label, kind, each) for each in replaced(formula, pattern, other)]
    return list(dict.fromkeys(found))


def is_noticed(label, formula):
    """Whether the check refuses a changed formula."""
    entry = registry(FORMULAS[label][0])[0][label]
    try:
        check(formula, entry, label, points=POINTS)
        check(formula, entry, label)
    except Exception:  # of whatever kind: the build would end with it
        return True
    return False


if __name__ == "__main__":
    every = mutants()
    missed = [each for each in every if not is_noticed(each[0], each[2])]
    for label, kind, formula in missed:
        print(label, kind, " ".join(formula.split()), sep="\t")
    print(f"{len(every)} changes, {len(every) - len(missed)} noticed")
