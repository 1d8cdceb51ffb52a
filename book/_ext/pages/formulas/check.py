"""The check of a formula: every statement evaluated at points that are drawn at random."""

import inspect
import itertools
import zlib
from dataclasses import dataclass

import numpy as np

from pages.formulas.latex import read
from pages.formulas.meaning import Wrong, holds, place
from pages.formulas.say import Range, is_function
from pages.formulas.scope import Function, Scope

POINTS, TOLERANCE = 200, 1e-7


@dataclass(frozen=True)
class Report:
    """How a check went: at how many points, and the largest relative error of an equation."""

    points: int
    miss: float
    kinds: frozenset


def scopes(entry, rng):
    """Draw samples for ever."""
    ranges = {name: each for name, each in entry.symbols.items() if isinstance(each, Range)}
    rules = {
        name: each for name, each in entry.symbols.items()
        if callable(each) or isinstance(each, Function)
    }  # fmt: skip
    fixed = {name: each for name, each in entry.symbols.items() if name not in ranges | rules}
    while True:
        scope = Scope(fixed | {name: each.draw(rng) for name, each in ranges.items()}, rules)
        if entry.where is None or entry.where(
            *(scope.value(name) for name in inspect.signature(entry.where).parameters)
        ):
            yield scope


def difference(a, b):
    """The largest difference of two sides, relative above 1 and absolute below."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if a.shape != b.shape and a.size != 1 and b.size != 1:
        raise Wrong(f"one side has shape {a.shape}, the other {b.shape}")
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise Wrong(f"a side is not a number: {a} and {b}")
    return float(np.max(np.abs(a - b) / np.maximum(1, np.maximum(np.abs(a), np.abs(b)))))


def compare(a, relation, b, scope, entry):
    """Return how far two sides are apart that a relation joins, or raise `Wrong`."""
    if relation == "<-":
        name, indices = a.symbol
        left = np.asarray(scope.value(f"new_{name}"))
        left = left[place(indices, scope)]
    else:
        left = a.at(scope)
    right = b.at(scope)
    if relation not in {"=", "<-", "~"}:
        return 0.0
    miss, unit = difference(left, right), max(a.unit, b.unit)
    allowed = entry.close if relation == "~" else TOLERANCE
    if unit:  # a printed number must be right to its last digit
        miss, allowed = np.max(np.abs(np.asarray(left) - right)) / unit, 0.5 + 1e-6
    if miss > allowed:
        raise Wrong(f"the sides are {left} and {right}")
    return 0.0 if unit else miss


def check(formula, entry, label, points=POINTS):
    """Evaluate every statement of a formula at points drawn by its label; return a `Report`."""
    functions = [name for name, given in entry.symbols.items() if is_function(given)]
    values = [name for name in entry.symbols if name not in functions]
    statements = read(formula, values, functions, entry.along)
    relations = frozenset(
        each for one in statements if not isinstance(one, str) for each in one.relations
    )
    if not relations:
        raise Wrong("it states nothing that could be true or false")
    if not any(isinstance(each, Range) for each in entry.symbols.values()):
        points = 1
    samples, miss = scopes(entry, np.random.default_rng(zlib.crc32(label.encode()))), 0.0
    with np.errstate(all="ignore"):  # what is not a number is found, and said with the sample
        for scope in itertools.islice(samples, points):
            try:
                miss = max(miss, hold(statements, scope, entry))
            except Wrong as wrong:
                raise Wrong(f"{label}: {wrong} at {shown(scope)}") from None
    return Report(points, miss, relations)


def hold(statements, scope, entry):
    """Check all statements at one sample; return the largest miss."""
    miss = 0.0
    for k, statement in enumerate(statements):
        if statement == "iff":
            if holds(statements[k - 1], scope) != holds(statements[k + 1], scope):
                raise Wrong("one side of the equivalence is true, the other false")
        elif statement != "then" and "iff" not in statements:
            chain = zip(statement.sides, statement.relations, statement.sides[1:], strict=False)
            for a, relation, b in chain:
                miss = max(miss, compare(a, relation, b, scope, entry))
                if relation in {"<", ">", "<=", ">=", "!="} and not holds(
                    type(statement)((a, b), (relation,)), scope
                ):
                    raise Wrong(f"{a.at(scope)} {relation} {b.at(scope)} is false")
    return miss


def shown(scope):
    """The numbers of a sample, for a message."""
    return ", ".join(
        f"{name} = {np.round(value, 4)}" for name, value in scope.drawn.items()
        if not isinstance(value, Function)
    )  # fmt: skip
