"""What the parts of a formula are worth at a point: nodes that evaluate themselves in a scope."""

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from pages.formulas.scope import slope

EXTRAPOLATED = 2.0 ** -np.arange(3, 10)  # where a limit is sampled on its way


NAMED = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "arctan": np.arctan, "tanh": np.tanh,
    "exp": np.exp, "ln": np.log, "log": np.log, "log_10": np.log10, "sqrt": np.sqrt,
    "sign": np.sign, "det": np.linalg.det, "max": max, "min": min,
}  # fmt: skip


class Wrong(AssertionError):
    """A formula was evaluated, and does not hold."""


@dataclass(frozen=True)
class Node:
    """A part of a formula: what it is worth in a scope, and what the reader must know of it."""

    at: Callable
    symbol: tuple = ()  # its name and its indices, if it is one symbol
    unit: float = 0.0  # the worth of the last digit, if it is a printed number
    shape: tuple = ()  # its rows and columns, if it is a table in brackets


def number(digits, cut=False):
    decimals = len(digits.partition(".")[2])
    unit = 10.0**-decimals if decimals else 0.0
    value = float(digits) + (
        unit / 2 if cut else 0
    )  # digits cut off lie above, digits rounded around
    return Node(lambda scope: value, unit=unit)


def constant(value):
    return Node(lambda scope: value)


def symbol(name, indices=()):
    def at(scope):
        value = scope.value(name)
        if not indices:
            return value
        return np.asarray(value)[place(indices, scope)]

    return Node(at, symbol=(name, indices))


def place(indices, scope):
    """The notes count from 1."""
    found = tuple(round(float(each.at(scope))) - 1 for each in indices)
    if min(found, default=0) < 0:
        raise IndexError(f"an index below 1: {found}")
    return found


def negative(a):
    return Node(lambda scope: -np.asarray(a.at(scope)), unit=a.unit)


def add(a, b, sign):
    if sign == r"\pm":
        return Node(lambda scope: np.array([a.at(scope) + b.at(scope), a.at(scope) - b.at(scope)]))
    if sign == "-":
        return Node(lambda scope: a.at(scope) - b.at(scope))
    return Node(lambda scope: a.at(scope) + b.at(scope))


def product(a, b):
    a, b = np.asarray(a), np.asarray(b)
    return a @ b if a.ndim and b.ndim else a * b


def multiply(a, b):
    return Node(lambda scope: product(a.at(scope), b.at(scope)))


def divide(a, b):
    return Node(lambda scope: a.at(scope) / b.at(scope))


def power(a, b):
    def at(scope):
        base, exponent = a.at(scope), b.at(scope)
        if np.ndim(base) == 2:
            return np.linalg.matrix_power(base, round(exponent))
        if np.ndim(base) == 1 and exponent == 2:
            return base @ base
        return np.float64(base) ** exponent

    return Node(at)


def entrywise(a, b):
    return Node(lambda scope: np.asarray(a.at(scope)) * b.at(scope))


def transpose(a):
    return Node(lambda scope: np.asarray(a.at(scope)).T)


def length(a):
    return np.linalg.norm(a) if np.ndim(a) else abs(a)


def table(rows):
    """A matrix; a single row or column is a vector."""

    def at(scope):
        array = np.array([[float(cell.at(scope)) for cell in row] for row in rows])
        return array.ravel() if 1 in array.shape else array

    unit = max(cell.unit for row in rows for cell in row)
    return Node(at, unit=unit, shape=(len(rows), len(rows[0])))


def of_shape(node, *sides):
    """A node under which its shape is written; a vector may lie or stand."""

    def at(scope):
        value, wanted = node.at(scope), tuple(round(float(side.at(scope))) for side in sides)
        shape = node.shape or np.shape(value)
        if shape != wanted and (len(shape) == 2 or sorted(wanted) != [1, np.size(value)]):
            raise Wrong(f"what has shape {shape} is said to be {wanted[0]} × {wanted[1]}")
        return value

    return replace(node, at=at)


def cases(rows):
    """The value of the row whose condition holds; rows that overlap must agree, or it has none."""

    def at(scope):
        held = [value.at(scope) for value, condition in rows if holds(condition, scope)]
        return held[0] if held and np.ptp(held) == 0 else np.nan

    return Node(at)


def holds(statement, scope):
    """Whether a chain of comparisons is true in a scope."""
    tests = {
        "<": np.less, ">": np.greater, "<=": np.less_equal, ">=": np.greater_equal,
        "!=": np.not_equal, "=": np.isclose,
    }  # fmt: skip
    values = [side.at(scope) for side in statement.sides]
    chain = zip(values, statement.relations, values[1:], strict=False)
    return all(bool(np.all(tests[relation](a, b))) for a, relation, b in chain)


def function(name, primes=0):
    """A function as a value that can be called, differentiated as often as it has primes."""

    def at(scope):
        f = scope.function(name)
        for _ in range(primes):
            f = lambda x, f=f: slope(f, x)  # noqa: E731
        return f

    return Node(at)


def call(function, items):
    return Node(lambda scope: function.at(scope)(*(item.at(scope) for item in items)))


def apply(rule, items, primes=0):
    for _ in range(primes):
        rule = lambda x, f=rule: slope(f, x)  # noqa: E731
    return Node(lambda scope: rule(*(item.at(scope) for item in items)))


def derivative(node, variable):
    """The derivative of a node by a symbol; by an array, one for each of its entries."""
    name, indices = variable.symbol

    def at(scope):
        here = np.array(scope.value(name), dtype=float)
        if not indices and here.ndim == 0:
            return slope(lambda value: node.at(scope.moved(name, value)), float(here))

        def along(where):
            def moved(value):
                array = here.copy()
                array[where] = value
                return node.at(scope.moved(name, array))

            return slope(moved, here[where])

        if indices:
            return along(place(indices, scope))
        slopes = np.array([along(where) for where in np.ndindex(here.shape)])
        return np.moveaxis(slopes, 0, -1).reshape(slopes.shape[1:] + here.shape)

    return Node(at)


def series(index, first, last, body):
    def at(scope):
        span = range(round(float(first.at(scope))), round(float(last.at(scope))) + 1)
        return sum(body.at(scope.moved(index, k)) for k in span)

    return Node(at)


def limit(name, goal, body):
    """The value a body tends to, from polynomials through its values on the way (Neville)."""

    def at(scope):
        end = float(goal.at(scope))
        points = 1 / EXTRAPOLATED if math.isinf(end) else end + EXTRAPOLATED
        values = [body.at(scope.moved(name, point)) for point in points]
        for level in range(1, len(values)):
            factor = 2.0**level
            values = [(factor * b - a) / (factor - 1) for a, b in itertools.pairwise(values)]
        return values[0]

    return Node(at)
