"""What an author says of a formula, in one line, and the check that follows from it.

    FORMULAS = {
        "eq-derivatives-square": checked(x=between(-3, 3)),
        "eq-minima-mse": definition("the mean squared error"),
    }

Each keyword of `checked` says what a symbol stands for: a number, a range to draw it from, a rule
by which it follows from other symbols (a lambda that names them), or a `function` to apply.
"""

import inspect
import itertools
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from formulas.latex import read
from formulas.meaning import Function, Scope, holds, slope

POINTS, TOLERANCE = 200, 1e-7


class Wrong(AssertionError):
    """The formula was evaluated, and its sides differ."""


@dataclass(frozen=True)
class Definition:
    """A formula that says what a symbol means; there is nothing to prove."""

    of: str


@dataclass(frozen=True)
class Checked:
    """A formula that must hold wherever its symbols may lie."""

    symbols: dict
    along: str | None
    close: float
    where: Callable | None


@dataclass(frozen=True)
class Report:
    """How a check went: at how many points, and the largest relative error of an equation."""

    points: int
    miss: float
    kinds: frozenset = field(default_factory=frozenset)


@dataclass(frozen=True)
class Range:
    """Where a symbol is drawn from."""

    draw: Callable


def definition(of):
    """Say what is defined; the formula is shown without a tick."""
    return Definition(of)


def checked(*, along=None, close=0.0, where=None, **symbols):
    """Say what the symbols of a formula stand for, so that it can be checked.

    along: the symbol that a prime differentiates by. close: the relative error an ≈ may have.
    where: a rule that must be true of a sample, which is drawn again otherwise.
    """
    return Checked(symbols, along, close, where)


def between(low, high, *shape):
    """Draw real numbers evenly from [low, high)."""
    return Range(lambda rng: rng.uniform(low, high, shape) if shape else rng.uniform(low, high))


def whole(low, high, *shape):
    """Draw whole numbers from low to high, both included."""
    return Range(
        lambda rng: rng.integers(low, high, shape or None, endpoint=True) if shape
        else int(rng.integers(low, high, endpoint=True))
    )  # fmt: skip


def smooth(low=-1.0, high=1.0):
    """Draw a smooth function of one number: a wave on a slope."""

    def draw(rng):
        a, b, c, d = rng.uniform(0.5, 1.5, 4)
        middle, half = (low + high) / 2, (high - low) / 2
        return Function(lambda x: middle + half * np.sin(a * x + b) * np.cos(c * x + d))

    return Range(draw)


def function(rule):
    """Mark a rule as a symbol that is applied to arguments; after a / it names other symbols."""
    return Function(rule)


def plane(name, rule, x="x", y="y"):
    """Bind a rule of two numbers with all its slopes, which are measured: f, f_x, f_xy, nabla_f.

    Each can be called, f_x(x_0, y_0), and stands without arguments for its value at (x, y).
    """

    def by_x(f):
        return lambda a, b: slope(lambda t: f(t, b), a)

    def by_y(f):
        return lambda a, b: slope(lambda t: f(a, t), b)

    f_x, f_y = by_x(rule), by_y(rule)
    rules = {
        name: rule, f"{name}_{x}": f_x, f"{name}_{y}": f_y,
        f"{name}_{x}{x}": by_x(f_x), f"{name}_{x}{y}": by_y(f_x),
        f"{name}_{y}{x}": by_x(f_y), f"{name}_{y}{y}": by_y(f_y),
        f"nabla_{name}": lambda a, b: np.array([f_x(a, b), f_y(a, b)]),
    }  # fmt: skip

    def here(f):
        return lambda scope: f(scope.value(x), scope.value(y))

    values = {f"{each}_value": here(f) for each, f in rules.items()}
    return values | {each: Function(f) for each, f in rules.items()}


def is_function(given):
    if isinstance(given, Range):
        return isinstance(given.draw(np.random.default_rng(0)), Function)
    return isinstance(given, Function)


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
        left = left[tuple(round(float(each.at(scope))) - 1 for each in indices)]
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
