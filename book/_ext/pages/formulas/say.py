"""What an author says of a formula, in one line.

    FORMULAS = {
        "eq-derivatives-square": checked(x=between(-3, 3)),
        "eq-minima-mse": definition("the mean squared error"),
    }

Each keyword of `checked` says what a symbol stands for: a number, a range to draw it from, a rule
by which it follows from other symbols (a lambda that names them), or a `function` to apply.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pages.formulas.analysis import STEP, WIDE, slope
from pages.formulas.scope import Function


@dataclass(frozen=True)
class Definition:
    """A formula that says what a symbol means; there is nothing to prove."""

    of: str


@dataclass(frozen=True)
class Checked:
    """A formula that must hold wherever its symbols may lie."""

    symbols: dict
    along: str | None = None
    close: float = 0.0
    where: Callable | None = None
    at: dict | None = None
    stands_for: tuple = ()
    broadcast: bool = False
    standing: bool = False
    introduces: bool = False
    instance: tuple = ()
    meets: dict | None = None


@dataclass(frozen=True)
class Range:
    """Where a symbol is drawn from: ``low`` and ``high`` are None for a function."""

    draw: Callable
    low: float | None = None
    high: float | None = None
    shape: tuple = ()
    whole: bool = False


def definition(of):
    """Say what is defined; the formula is shown without a tick."""
    return Definition(of)


def checked(
    *,
    along=None,
    close=0.0,
    where=None,
    at=None,
    stands_for=(),
    broadcast=False,
    standing=False,
    introduces=False,
    instance=(),
    meets=None,
    **symbols,
):
    """Say what the symbols of a formula stand for, so that it can be checked.

    along: the symbol that a prime differentiates by. close: the relative error an ≈ may have.
    where: a rule that must be true of a sample, which is drawn again otherwise.
    at: numbers at which an equation with a plain number holds, such as f_x = 0: there it is
    checked, and all else at drawn values. stands_for: one rule for each expression without a
    relation, and for each equation left = right under ``at``, in the order they are written:
    what the expression is worth, or left - right, where the symbols are drawn.
    broadcast: numbers may be added to each entry of an array. standing: vectors are columns, and
    the derivative of a number by one is a row; without it either way that fits is taken.
    introduces: each row says what a function is worth at its own variables: f(x, y) stands on the
    left, and not f(-x, y), even where that is as true. instance: a formula and the numbers that
    stand here in the place of its symbols. meets: where the quotient of neighbouring sides of an
    inequality tends to 1, such as {"h": 0}, so that no bound stays away from what it bounds.
    """
    return Checked(
        symbols, along, close, where, at, tuple(stands_for), broadcast, standing,
        introduces, tuple(instance), meets,
    )  # fmt: skip


def between(low, high, *shape):
    """Draw real numbers evenly from [low, high)."""
    draw = (
        (lambda rng: rng.uniform(low, high, shape))
        if shape
        else (lambda rng: rng.uniform(low, high))
    )
    return Range(draw, low, high, shape)


def whole(low, high, *shape):
    """Draw whole numbers from low to high, both included."""
    draw = (
        (lambda rng: rng.integers(low, high, shape, endpoint=True))
        if shape
        else (lambda rng: int(rng.integers(low, high, endpoint=True)))
    )
    return Range(draw, low, high, shape, whole=True)


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

    def by_x(f, order=1, step=STEP):
        return lambda a, b: slope(lambda t: f(t, b), a, order, step)

    def by_y(f, order=1, step=STEP):
        return lambda a, b: slope(lambda t: f(a, t), b, order, step)

    f_x, f_y, wide = by_x(rule), by_y(rule), WIDE[1]
    rules = {
        name: rule, f"{name}_{x}": f_x, f"{name}_{y}": f_y,
        f"{name}_{x}{x}": by_x(rule, 2), f"{name}_{y}{y}": by_y(rule, 2),
        f"{name}_{x}{y}": by_y(by_x(rule, 1, wide), 1, wide),
        f"{name}_{y}{x}": by_x(by_y(rule, 1, wide), 1, wide),
        f"nabla_{name}": lambda a, b: np.array([f_x(a, b), f_y(a, b)]),
    }  # fmt: skip

    def here(f):
        return lambda scope: f(scope.value(x), scope.value(y))

    values = {f"{each}_value": here(f) for each, f in rules.items()}
    return values | {each: Function(f) for each, f in rules.items()}


def is_function(given):
    if isinstance(given, Range):
        return given.low is None
    return isinstance(given, Function)
