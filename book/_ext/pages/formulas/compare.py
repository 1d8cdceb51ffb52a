"""How far two sides of a relation are apart, and how far they may be."""

from functools import singledispatch

import numpy as np

from pages.formulas import floats, tree
from pages.formulas.meaning import (
    nodes_of,
    place,
    scalar,
    sized,
    truth,
    worth,
)
from pages.formulas.problems import NoNumber, Rounded, Wrong
from pages.formulas.tokens import Unreadable

TOLERANCE = 1e-7  # of an equation, relative to its sides
EXACT = 1e-12  # of a printed number that is all of a number
ROUNDING = 1e-12  # of an equation, relative to the terms that its sides are added from
EQUAL = {"=", r"\equiv", r"\triangleq", r"\coloneqq", ":="}
UPDATES = {r"\leftarrow", r"\to", ":="}
NEAR = {r"\approx", r"\simeq", r"\sim", r"\longrightarrow"}
ORDERED = {"<", ">", r"\le", r"\ge", r"\neq", r"\ll", r"\gg"}


@singledispatch
def size(node, world):
    """Return how large the terms are that a value is added from: its rounding is relative to it."""
    value = worth(node, world)
    return float(np.max(np.abs(value))) if np.size(value) else 0.0


@size.register
def _(node: tree.Sum, world):
    return sum(size(each, world) for each in node.terms)


@size.register
def _(node: tree.Negative, world):
    return size(node.of, world)


@size.register
def _(node: tree.Bracket, world):
    return max(size(each, world) for each in node.items)


@size.register
def _(node: tree.Braced, world):
    return size(node.of, world)


@size.register
def _(node: tree.Product, world):
    if "/" in node.joins or r"\div" in node.joins:
        return float(np.max(np.abs(worth(node, world))))
    return float(np.prod([size(each, world) for each in node.factors]))


@size.register
def _(node: tree.Fraction, world):
    below = np.abs(worth(node.bottom, world))
    return size(node.top, world) / float(np.max(below)) if np.all(below) else np.inf


@size.register
def _(node: tree.Power, world):
    value = abs(np.max(worth(node, world)))
    exponent = scalar(worth(node.exponent, world))
    base = size(node.base, world)
    return float(max(value, base**exponent)) if not np.ndim(exponent) and exponent > 0 else value


@size.register
def _(node: tree.Series, world):
    value = float(np.max(np.abs(worth(node, world))))
    return max(value, biggest_term(node, world))


def biggest_term(node, world):
    """The largest term of a finite sum, from the first and the last index."""
    if node.sign == r"\prod" or node.last is None or isinstance(node.last, tree.Infinity):
        return 0.0
    ends = [scalar(worth(each, world)) for each in (node.first, node.last)]
    found = []
    for end in range(round(float(ends[0])), round(float(ends[1])) + 1):
        inner = world
        for name in node.indices:
            inner = inner.moved(name.name, end)
        found.append(size(node.of, inner))
    return float(np.sum(found)) if found else 0.0


MEASURED = {0: 1.0, 1: 10.0, 2: 100.0}  # how much a derivative's rounding is larger


@size.register
def _(node: tree.Derivative, world):
    value = float(np.max(np.abs(worth(node, world))))
    of = node.of
    if isinstance(of, tree.Name) and not world.scope.is_value(of.name):
        return value
    order = len(node.variables) + any(power is not None for _, power, _ in node.variables)
    return max(value, MEASURED.get(order, 1e3) * float(np.max(np.abs(worth(of, world)))))


@size.register
def _(node: tree.Call, world):
    value = float(np.max(np.abs(worth(node, world))))
    if not node.order:
        return value
    plain = tree.Call(node.function, (), 0, node.argument)
    return max(value, MEASURED.get(node.order, 1e3) * float(np.max(np.abs(worth(plain, world)))))


@size.register
def _(node: tree.Apply, world):
    value = float(np.max(np.abs(worth(node, world))))
    if node.function == "det":
        return max(value, hadamard(worth(node.argument, world)))
    if node.function in {"sin", "cos", "tan"}:
        return max(value, size(node.argument, world))
    return max(value, 1.0) if node.function in {"ln", "log", "log_10", "lg"} else value


@size.register
def _(node: tree.Bars, world):
    value = worth(node.of, world)
    return hadamard(value) if np.ndim(value) == 2 else size(node.of, world)


def hadamard(matrix):
    """The largest that a determinant could be, from the lengths of the rows."""
    return float(np.prod([np.linalg.norm(row) for row in np.atleast_2d(matrix)]))


@size.register
def _(node: tree.Limit, world):
    goal = scalar(worth(node.goal, world))
    points = [10.0] if np.isinf(goal) else [goal + 0.1, goal - 0.1]
    values = [float(np.max(np.abs(worth(node.of, world.moved(node.variable.name, point)))))
              for point in points]  # fmt: skip
    return 1e3 * max([abs(float(np.max(worth(node, world)))), *filter(np.isfinite, values)])


@size.register
def _(node: tree.Extremum, world):
    low, high = world.spans[node.names[0].name]
    ends = [worth(node.of, world.moved(node.names[0].name, end)) for end in (low, high)]
    return float(max(np.max(np.abs(each)) for each in [worth(node, world), *ends]))


# Printed numbers.


def units(node, world):
    """Return the worth of the last printed digit of a node, entry by entry; 0 if it is exact."""
    if isinstance(node, tree.Number):
        return 0.0 if node.cut else floats.unit(node)
    if isinstance(node, tree.Negative | tree.Braced | tree.Shaped):
        return units(node.of, world)
    if isinstance(node, tree.Bracket):
        found = [units(each, world) for each in node.items]
        return found[0] if len(found) == 1 else np.array(found)
    if isinstance(node, tree.Table):
        return np.array([[units(cell, world) for cell in row] for row in node.rows])
    if isinstance(node, tree.Postfix):
        factors = {"^ \\circ": np.pi / 180, r"\%": 0.01}
        return factors.get(node.mark, 1.0) * units(node.of, world)
    return scientific(node, world)


def scientific(node, world):
    """The unit of 1.5 \\cdot 10^{-3}; 0 of anything else."""
    if not isinstance(node, tree.Product) or len(node.factors) != 2:
        return 0.0
    digits, power = node.factors
    if not isinstance(digits, tree.Number) or not isinstance(power, tree.Power):
        return 0.0
    if power.base != tree.Number("10") or node.joins[0] not in {r"\cdot", r"\times"}:
        return 0.0
    return (floats.unit(digits) or 1.0) * float(worth(power, world))


def cut_unit(node):
    """The worth of the last digit of a number whose digits are cut off."""
    return floats.unit(node) if isinstance(node, tree.Number) and node.cut else 0.0


def is_zero(node):
    return isinstance(node, tree.Number) and float(floats.plain(node.digits)) == 0


def is_constant(node):
    """Whether no symbol of the registry stands in a node."""
    return not any(
        isinstance(each, tree.Name) and each.name not in floats.constants for each in nodes_of(node)
    )


# Sides.


def fit(left, right, world, nodes):
    """Give two sides one shape; a number is no vector, a row no column, and 0 any of them."""
    left, right = scalar(left), scalar(right)
    if np.shape(left) == np.shape(right):
        return left, right
    if np.ndim(left) and np.ndim(right):
        a, b = world.oriented(left), world.oriented(right)
        if np.shape(a) == np.shape(b):
            return a, b
        raise Wrong(f"one side has {sized(left)}, the other {sized(right)}: shape")
    if is_zero(nodes[1]) or is_zero(nodes[0]):
        return np.broadcast_arrays(left, right)
    array = left if np.ndim(left) else right
    raise Wrong(f"one side is a number, the other has {sized(array)}: shape")


def left_of(node, relation, world):
    """Return what a left side is worth; of an update it is the new value."""
    if relation not in UPDATES:
        return worth(node, world)
    name, indices = symbol_of(node)
    if not world.scope.has(f"new_{name}"):
        if relation == ":=":
            return worth(node, world)  # a definition
        raise Unreadable(f"the new value of {name} is not given: new_{name}=...")
    value = np.asarray(world.scope.value(f"new_{name}"))
    if not indices:
        return value
    return value[place([scalar(worth(each, world)) for each in indices], value.shape)]


def symbol_of(node):
    if isinstance(node, tree.Indexed) and isinstance(node.of, tree.Name):
        return node.of.name, node.indices
    if isinstance(node, tree.Name):
        return node.name, ()
    return "", ()


def compare(a, relation, b, world, close):
    """Return how far two sides are apart that a relation joins, or raise `Wrong`."""
    if relation in ORDERED:
        return ordered(a, relation, b, world)
    left, right = fit(left_of(a, relation, world), worth(b, world), world, (a, b))
    left, right = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    if isinstance(b, tree.Infinity) and not left.ndim and left == right:
        return 0.0
    if not (np.isfinite(left).all() and np.isfinite(right).all()):
        raise NoNumber(f"a side is not a number: {left} and {right}")
    if relation in {r"\propto", r"\longrightarrow"}:
        return 0.0  # settled over all samples
    return apart(left, right, (a, relation, b, world, close))


def terms(gap, large, link):
    """How large what two sides are added from is, where they are close to zero; 0 where not."""
    if np.all(gap <= TOLERANCE * large):
        return 0.0
    a, relation, b, world, _ = link
    return (size(a, world) if relation not in UPDATES else 0.0) + size(b, world)


def apart(left, right, link):
    a, relation, b, world, close = link
    unit = np.maximum(units(a, world), units(b, world))
    unit = np.maximum(unit, max(cut_unit(a), cut_unit(b)))
    if relation in NEAR and not np.any(unit) and not close:
        unit = max(whole_unit(a), whole_unit(b))
    gap, large = np.abs(left - right), np.maximum(np.abs(left), np.abs(right))
    if np.any(unit):
        return printed(left, right, unit, link)
    added = terms(gap, large, link)
    largest = float(np.max(large)) if added and np.ndim(large) else 0.0  # of the entries
    floor = ROUNDING * added + 1e-10 * largest
    if np.all(gap <= TOLERANCE * large + floor):
        return relative(gap, np.maximum(large, max(added, largest)))
    if relation in NEAR and close:
        return relative(gap, large)  # settled over all samples
    raise Wrong(f"the sides are {left} and {right}{hint(relation, close)}")


def hint(relation, close):
    return ": say close=..., how far ≈ may go" if relation in NEAR and not close else ""


def whole_unit(node):
    return 1.0 if isinstance(node, tree.Number) and floats.unit(node) == 0 else 0.0


def relative(gap, large):
    return float(np.max(gap / np.maximum(large, 1e-300)))


def printed(left, right, unit, link):
    """Compare with printed digits: each entry is right to its own last one."""
    a, relation, b, _, _ = link
    gap = np.abs(left - right)
    exact = np.broadcast_to(unit, gap.shape) == 0
    large = np.maximum(np.abs(left), np.abs(right))
    allowed = np.where(exact, TOLERANCE * large, np.asarray(unit) * (0.5 + 1e-6) + EXACT * large)
    if np.any(gap > allowed):
        raise Wrong(f"the sides are {left} and {right}")
    if np.all(gap <= EXACT * large):
        return 0.0
    if relation in EQUAL and is_computed(a) and is_computed(b) and not (cut_unit(a) + cut_unit(b)):
        raise Rounded(f"the sides are {left} and {right}, equal only when rounded: write \\approx")
    return 0.0


def is_computed(node):
    """Whether a node is a number or a computation: only what a name is worth may be rounded."""
    if isinstance(node, tree.Negative | tree.Braced):
        return is_computed(node.of)
    return is_constant(node) or isinstance(
        node, tree.Sum | tree.Product | tree.Fraction | tree.Power | tree.Series
    )


def ordered(a, relation, b, world):
    left, right = worth(a, world), worth(b, world)
    if np.ndim(scalar(left)) or np.ndim(scalar(right)):
        raise Wrong(f"{relation} stands between arrays")
    if not (np.isfinite(left) and np.isfinite(right)):
        raise NoNumber(f"a side is not a number: {left} and {right}")
    if not floats.compare(scalar(left), relation, scalar(right)):
        raise Wrong(f"{left} {relation} {right} is false")
    return 0.0


def conditions_hold(statement, world):
    return all(truth(each, world) for each in statement.conditions)
