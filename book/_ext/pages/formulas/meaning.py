"""What a part of a formula is worth in a world: one sample, and how vectors are meant to stand.

Numbers are floats, vectors arrays of one axis, matrices arrays of two. Whether the vectors of a
formula are columns or rows it does not say; `World` holds one way for all of them, and the check
tries both: a transposed vector is always a row, so that x x^T and x^T x are told apart.
"""

import itertools
import math
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any

import numpy as np

from pages.formulas import tree
from pages.formulas.printing import latex
from pages.formulas.problems import Wrong
from pages.formulas.scope import Scope, parameters
from pages.formulas.tokens import Unreadable


@dataclass(frozen=True)
class World:
    """A sample, and the ways in which the formula is meant.

    rows: vectors lie. slopes_lie: the derivative of a number by a vector lies, though it stands.
    maths: how numbers are computed. along: the symbol of a prime. broadcast: whether a number may
    be added to each entry of an array.
    """

    scope: Scope
    maths: Any
    rows: bool = False
    slopes_lie: bool = False
    along: str | None = None
    broadcast: bool = False
    spans: Any = None  # from where to where each symbol is drawn

    def moved(self, name, value):
        """The same world with one symbol held at another value."""
        return replace(self, scope=self.scope.moved(name, value))

    def oriented(self, value):
        """Return a vector as a matrix, standing or lying."""
        if np.ndim(value) != 1:
            return value
        return value[None, :] if self.rows else value[:, None]


@singledispatch
def worth(node, world):
    """Return what a node of a tree is worth in a world."""
    raise Unreadable(f"what {type(node).__name__} is worth is not known")


def scalar(value):
    """Return an array of one entry as a number."""
    return np.asarray(value).reshape(()).item() if np.ndim(value) and np.size(value) == 1 else value


def flat(value):
    return value.ravel() if np.ndim(value) == 2 and 1 in np.shape(value) else value


def is_vector(value):
    return np.ndim(value) == 1 or (np.ndim(value) == 2 and 1 in np.shape(value))


def sized(value):
    shape = np.shape(value)
    return " × ".join(map(str, shape)) if len(shape) > 1 else f"{shape[0]} entries"


# Numbers and names.


@worth.register
def _(node: tree.Number, world):
    return world.maths.number(node)


@worth.register
def _(node: tree.Infinity, world):
    return world.maths.infinity


@worth.register
def _(node: tree.Name, world):
    if not world.scope.has(node.name) and node.name in world.maths.constants:
        return world.maths.constants[node.name]
    value = world.scope.value(node.name)
    return np.asarray(value) if isinstance(value, list | tuple) else value


@worth.register
def _(node: tree.Bracket, world):
    items = [worth(each, world) for each in node.items]
    if node.opening == r"\langle":
        return inner(items)
    if node.opening in {r"\lfloor", r"\lceil"}:
        return world.maths.apply({r"\lfloor": "floor", r"\lceil": "ceil"}[node.opening], items)
    if node.opening == r"\{":
        raise Unreadable("braces that are printed are a set: write ( )")
    return items[0] if len(items) == 1 else np.array([scalar(each) for each in items])


def inner(items):
    if len(items) != 2:
        raise Unreadable("an inner product wants two vectors")
    return dot(*items)


@worth.register
def _(node: tree.Braced, world):
    return worth(node.of, world)


@worth.register
def _(node: tree.TwoWays, world):
    one, two = worth(node.first, world), worth(node.second, world)
    if not world.maths.same(one, two):
        ways = (outer_reading(node.first), explained(node.second))
        words = f"{' '.join(node.written)} is written in two ways: is it {ways[0]} or {ways[1]}?"
        raise Unreadable(f"{words} Write what is meant", ways)
    return one


def outer_reading(node):
    return f"( {latex(node.base)} ) ^ {{ {latex(node.exponent)} }}"


def explained(node):
    """Say the second reading of what is written in two ways."""
    return (
        f"{node.function} of {latex(node.argument)}"
        if isinstance(node, tree.Apply)
        else ("the function applied twice")
    )


# Sums and products.


@worth.register
def _(node: tree.Negative, world):
    value = worth(node.of, world)
    if node.sign in {r"\pm", r"\mp"}:
        return both(node.sign, 0, value)
    return value if node.sign == "+" else -value


def both(sign, a, b):
    """The two values of a ± b."""
    two = [a + b, a - b]
    return np.array(two if sign == r"\pm" else two[::-1])


@worth.register
def _(node: tree.Sum, world):
    total = worth(node.terms[0], world)
    for sign, term in zip(node.signs, node.terms[1:], strict=True):
        total, value = matched(total, worth(term, world), world)
        if sign in {r"\pm", r"\mp"}:
            total = both(sign, total, value)
        else:
            total = total + value if sign == "+" else total - value
    return total


def matched(a, b, world):
    """Make two terms fit to be added; a number is not added to a vector, nor a row to a column."""
    a, b = (scalar(each) for each in (a, b))
    if np.shape(a) == np.shape(b) or world.broadcast:
        return a, b
    if np.ndim(a) and np.ndim(b):
        a, b = world.oriented(a), world.oriented(b)
        if np.shape(a) == np.shape(b):
            return a, b
        raise Wrong(f"what has {sized(a)} and what has {sized(b)} are added")
    array = a if np.ndim(a) else b
    raise Wrong(
        f"a number is added to an array of {sized(array)}: say broadcast=True if it is meant"
    )


@worth.register
def _(node: tree.Product, world):
    runs, joins = [[node.factors[0]]], []
    for join, factor in zip(node.joins, node.factors[1:], strict=True):
        if join:  # what stands side by side is multiplied first: d · H d
            runs.append([factor])
            joins.append(join)
        else:
            runs[-1].append(factor)
    values = [run(each, world) for each in runs]
    total = values[0]
    for join, value in zip(joins, values[1:], strict=True):
        total = JOINED[join](total, value, world)
    return total


def run(factors, world):
    """Multiply factors that stand side by side, from the right where a vector ends them."""
    values = [worth(each, world) for each in factors]
    total = values[0]
    for value in values[1:]:
        total = times(total, value, world)
    return total


def times(a, b, world):
    """Multiply numbers, vectors and matrices as they stand."""
    if not np.ndim(a) or not np.ndim(b) or 1 in (np.size(a), np.size(b)):
        a, b = scalar(a), scalar(b)
        return a * b
    left, right = world.oriented(a), world.oriented(b)
    if left.ndim != 2 or right.ndim != 2 or left.shape[1] != right.shape[0]:
        raise Wrong(f"what has {sized(left)} stands before what has {sized(right)}")
    product = left @ right
    if product.size == 1:
        return product[0, 0]
    plain = (np.ndim(b) == 1 and np.ndim(a) == 2) or (np.ndim(a) == 1 and np.ndim(b) == 2)
    lies = product.shape[0] == 1
    return product.ravel() if plain and 1 in product.shape and lies == world.rows else product


def dotted(a, b, world):
    if np.ndim(a) and np.ndim(b) and is_vector(a) and is_vector(b):
        return dot(a, b)
    return times(a, b, world)


def dot(a, b):
    a, b = flat(np.asarray(a)), flat(np.asarray(b))
    if a.shape != b.shape or a.ndim != 1:
        raise Wrong(f"an inner product of {sized(a)} and {sized(b)}")
    return a @ b


def crossed(a, b, world):
    if not np.ndim(a) or not np.ndim(b):
        return scalar(a) * scalar(b)
    if np.shape(a) != (3,) or np.shape(b) != (3,):
        raise Wrong("the cross product wants two vectors of three entries")
    return np.cross(a, b)


def entrywise(a, b, world):
    if np.ndim(a) and np.ndim(b) and np.shape(a) != np.shape(b):
        a, b = world.oriented(a), world.oriented(b)
    if np.shape(a) != np.shape(b):
        raise Wrong(f"shapes {np.shape(a)} and {np.shape(b)} are multiplied entry by entry")
    return a * b


def outer(a, b, world):
    if np.ndim(a) != 1 or np.ndim(b) != 1:
        raise Unreadable("\\otimes is the outer product, and wants two vectors")
    return np.outer(a, b)


def divided(a, b, world):
    b = scalar(b)
    if np.ndim(b):
        raise Wrong(f"something is divided by an array of {sized(b)}")
    return world.maths.divide(a, b)


JOINED = {
    r"\cdot": dotted, "*": dotted, r"\times": crossed, r"\odot": entrywise, r"\circ": entrywise,
    r"\otimes": outer, r"\div": divided, "/": divided,
}  # fmt: skip


@worth.register
def _(node: tree.Fraction, world):
    return divided(worth(node.top, world), worth(node.bottom, world), world)


@worth.register
def _(node: tree.Binomial, world):
    return world.maths.binomial(worth(node.top, world), worth(node.bottom, world))


# Scripts.


@worth.register
def _(node: tree.Power, world):
    base, exponent = worth(node.base, world), scalar(worth(node.exponent, world))
    return raised(base, exponent, world)


def raised(base, exponent, world):
    base = scalar(base)
    if np.ndim(exponent):
        raise Wrong("an exponent is an array")
    if np.ndim(base) == 2:
        return world.maths.matrix_power(base, exponent)
    if np.ndim(base) == 1:
        if exponent == 2:
            return dot(base, base)
        raise Wrong("a vector has a power")
    if np.ndim(base) > 2:  # an array of all the values that something can take
        return base**exponent
    return world.maths.power(base, exponent)


@worth.register
def _(node: tree.Transposed, world):
    value = worth(node.of, world)
    if np.ndim(value) == 1 and world.rows:
        raise Wrong("a vector that lies is transposed")
    return world.oriented(value).T if np.ndim(value) else value


@worth.register
def _(node: tree.Scripted, world):
    whole = worth(node.placed.of, world) if matrix_like(node, world) else None
    return worth(node.raised, world) if whole is None else worth(node.placed, world)


def matrix_like(node, world):
    """Whether what has a power and an index is a matrix: then the power comes first."""
    base = node.placed.of.base if isinstance(node.placed.of, tree.Power) else node.placed.of.of
    return np.ndim(worth(base, world)) == 2


@worth.register
def _(node: tree.Indexed, world):
    value = np.asarray(worth(node.of, world))
    if not value.ndim:
        raise Wrong("a number has an index")
    return entry(flat(value) if len(node.indices) == 1 else value, node, world)


def entry(value, node, world):
    """Return an entry of an array, or a row; the notes count from 1."""
    indices = [scalar(worth(each, world)) for each in node.indices]
    if value.ndim == 2 and len(indices) == 1 and isinstance(node.indices[0], tree.Number):
        indices = [int(each) for each in node.indices[0].digits] if indices[0] > 9 else indices
    if value.ndim == 1 and len(indices) > 1 and not any(node.commas):
        indices = [math.prod(indices)]  # x_{2i}
    if len(indices) > value.ndim:
        raise Wrong(f"an array of {sized(value)} has {len(indices)} indices")
    return value[place(indices, value.shape)]


def place(indices, shape):
    found = tuple(round(float(each)) - 1 for each in indices)
    for k, (index, length) in enumerate(zip(found, shape, strict=False)):
        if not 0 <= index < length or abs(float(indices[k]) - 1 - index) > 1e-9:
            raise Wrong(f"index {indices[k]} of an array of {length}: they count from 1")
    return found


@worth.register
def _(node: tree.Primed, world):
    value = worth(node.of, world)
    primes = len([each for each in node.primes if each == "'"])
    if world.along is None or not world.scope.has(world.along):
        if np.ndim(value) and primes == 1:
            return world.oriented(value).T
        raise Unreadable("a prime needs to be told the variable: along='x'")
    variable = tree.Name(world.along, (world.along,))
    return differentiated(node.of, ((variable, primes),), world)


@worth.register
def _(node: tree.Postfix, world):
    value = worth(node.of, world)
    if node.mark == "!":
        return world.maths.factorial(value)
    if node.mark == "^ +":
        return world.maths.pseudo_inverse(value)
    if node.mark == "^ \\circ":
        return world.maths.apply("radians", [value])
    return world.maths.divide(value, 100) if node.mark in {r"\%", r"\text{%}"} else value


@worth.register
def _(node: tree.Root, world):
    value = worth(node.of, world)
    if node.degree is None:
        return world.maths.apply("sqrt", [value])
    return world.maths.root(value, worth(node.degree, world))


@worth.register
def _(node: tree.Bars, world):
    value = scalar(worth(node.of, world))
    if np.ndim(value) == 2 and 1 not in np.shape(value):
        return world.maths.det(value)
    return world.maths.norm(flat(value)) if np.ndim(value) else abs(value)


@worth.register
def _(node: tree.Norm, world):
    value = worth(node.of, world)
    if np.ndim(value) == 2 and 1 not in np.shape(value):
        return matrix_norm(value, node, world)
    below = node.below.strip("{}")
    if below not in {"", "1", "2", r"\infty"}:
        raise Unreadable(f"no norm of a vector is called {below!r}")
    return world.maths.norm(flat(np.atleast_1d(value)), below or "2")


def matrix_norm(value, node, world):
    if not node.below:
        raise Unreadable("a norm of a matrix", ("the Frobenius norm: _F", "the spectral norm: _2"))
    if node.below not in {"1", "2", r"\infty", "F"}:
        raise Unreadable(f"no norm of a matrix is called {node.below!r}")
    return world.maths.norm(value, node.below)


# Functions.


def arguments(bracket, world):
    """Return what a function of the registry is given: columns in brackets as vectors."""
    return [argument(worth(each, world)) for each in bracket.items]


def argument(value):
    return (
        value.ravel()
        if np.ndim(value) == 2 and np.shape(value)[1] == 1 < np.size(value)
        else (value)
    )


@worth.register
def _(node: tree.Call, world):
    return called(node.function.name, node.order, arguments(node.argument, world), world)


def called(name, order, items, world):
    function = world.scope.function(name)
    if not order:
        return function(*items)
    if len(items) != 1:
        raise Wrong(f"{name} has primes and {len(items)} arguments")
    return world.maths.slope(function, items[0], order)


@worth.register
def _(node: tree.Composed, world):
    value = arguments(node.argument, world)
    for function in reversed(node.functions):
        value = [world.scope.function(function.name)(*value)]
    return value[0]


@worth.register
def _(node: tree.Inverse, world):
    (value,) = arguments(node.argument, world)
    return world.maths.inverse(world.scope.function(node.function.name), value)


@worth.register
def _(node: tree.Apply, world):
    of = node.argument
    items = (
        [worth(each, world) for each in of.items]
        if isinstance(of, tree.Bracket)
        else [worth(of, world)]
    )
    if node.order:
        value = world.maths.slope(
            lambda x: world.maths.apply(node.function, [x]), *items, node.order
        )
    else:
        value = world.maths.apply(node.function, items)
    return value if node.above is None else raised(value, worth(node.above, world), world)


# Derivatives.


@worth.register
def _(node: tree.Derivative, world):
    if isinstance(node.of, tree.Name) and not world.scope.is_value(node.of.name):
        node = replace(node, of=call_by(node, world))
    counts = []
    for name, power, _ in node.variables:
        by = (name.of if isinstance(name, tree.Indexed) else name).name
        if not may_depend(node.of, by, world):
            raise Unreadable(f"a derivative by {by}, on which nothing in it depends")
        times_ = 1 if power is None else round(float(scalar(worth(power, world))))
        counts.append((name, times_))
    return differentiated(node.of, tuple(counts), world)


def may_depend(node, name, world):
    """Whether something may follow a symbol; by one that was drawn anything is differentiated."""
    return name in world.scope.drawn or any(
        world.scope.follows(each, name) for each in names_in(node)
    )


def call_by(node, world):
    """Give a function that is written without its argument the variables it takes."""
    name = node.of.name
    taken = parameters(world.scope.rule(name))
    inside = [each.name for each in taken if each.kind is each.POSITIONAL_ONLY] or [
        each.name for each in taken
    ]
    if len(inside) != 1 and not all(world.scope.has(each) for each in inside):
        raise Unreadable(f"{name} is a function of several numbers: write its arguments")
    items = tuple(tree.Name(each, (each,)) for each in inside)
    if len(inside) <= 1:
        items = (node.variables[0][0],)
    return tree.Call(tree.Name(name, (name,)), (), 0, tree.Bracket("(", items, ")"))


def differentiated(node, variables, world):
    """Return the derivative of a node by variables, each with how often."""
    if not variables:
        return worth(node, world)
    (variable, times_), rest = variables[0], variables[1:]
    if times_ == 0:
        return differentiated(node, rest, world)
    if isinstance(variable, tree.Indexed):
        return along_entry(node, variable, rest, world)
    if np.ndim(world.scope.value(variable.name)):
        left = ((variable, times_ - 1), *rest)
        return by_array(lambda inner: differentiated(node, left, inner), variable, world)

    def moved(value):
        return differentiated(node, rest, world.moved(variable.name, value))

    return world.maths.slope(moved, scalar(world.scope.value(variable.name)), times_)


def along_entry(node, variable, rest, world):
    name = variable.of.name
    here = world.maths.array(world.scope.value(name))
    indices = [scalar(worth(each, world)) for each in variable.indices]
    if np.ndim(here) == 2 and len(indices) == 1:
        indices = [int(each) for each in variable.indices[0].digits]
    where = place(indices, here.shape)
    return world.maths.slope(
        lambda t: differentiated(node, rest, world.moved(name, put(here, where, t))), here[where], 1
    )


def put(array, where, value):
    copy = array.copy()
    copy[where] = value
    return copy


def by_array(value_in, variable, world):
    """The derivative by each entry of an array: the shape of the array comes last."""
    here = world.maths.array(world.scope.value(variable.name))
    slopes = []
    for where in np.ndindex(here.shape):

        def moved(t, where=where):
            return flat(np.asarray(value_in(world.moved(variable.name, put(here, where, t)))))

        slopes.append(world.maths.slope(moved, here[where], 1))
    slopes = np.array(slopes)
    of_number = slopes.ndim == 1 or slopes[0].size == 1
    if of_number:
        slopes = slopes.reshape(here.shape)
        return slopes[None, :] if slopes.ndim == 1 and world.slopes_lie else slopes
    return np.moveaxis(slopes, 0, -1).reshape(slopes.shape[1:] + here.shape)


@worth.register
def _(node: tree.Gradient, world):
    name = node.by.name if node.by is not None else only_vector(world)
    variable = tree.Name(name, (name,))
    standing = replace(world, slopes_lie=False)
    return differentiated(node.of, ((variable, node.order),), standing)


def only_vector(world):
    """Return the one vector that is drawn: a gradient without an index is taken by it."""
    found = [name for name in world.scope.drawn if np.ndim(world.scope.drawn[name]) == 1]
    if world.along:
        return world.along
    if len(found) != 1:
        raise Unreadable(f"\\nabla by which of {found or 'no vectors'}? Write \\nabla_x")
    return found[0]


@worth.register
def _(node: tree.AtPoint, world):
    values = [worth(each, world) for each in node.values]
    names = [each.name for each in node.names] or list(world.spans)
    if len(names) != len(values):
        raise Unreadable(f"a point of {len(values)} numbers, where {len(names)} symbols are drawn")
    for name, value in zip(names, values, strict=True):
        world = world.moved(name, value)
    return worth(node.of, world)


@worth.register
def _(node: tree.Valued, world):
    """A derivative of a function at a point: by the place of its variable among its arguments."""
    values = arguments(node.argument, world)
    (variable, power, _), *rest = node.derivative.variables
    if rest or power is not None:
        raise Unreadable("a higher derivative at a point: write f_{xy}(1, 2)")
    name = node.derivative.of.name.removesuffix("_value")
    order = [each.name for each in parameters(world.scope.rule(name))]
    if len(values) > 1 and variable.name not in order:
        raise Unreadable(f"{name} has no argument {variable.name}")
    k = order.index(variable.name) if len(values) > 1 else 0
    function = world.scope.function(name)
    return world.maths.slope(lambda t: function(*values[:k], t, *values[k + 1 :]), values[k], 1)


# Sums over indices, limits, integrals.


@worth.register
def _(node: tree.Series, world):
    names = [each.name for each in node.indices] or [free_index(node.of, world)]
    if node.relation in {"<", r"\le"} and not world.scope.has(node.first.name):
        names.append(node.first.name)
    if isinstance(node.last, tree.Infinity):
        start = round(float(worth(node.first, world)))
        return world.maths.infinite_sum(node.of, names[0], start, world, worth)
    total = 1 if node.sign == r"\prod" else 0
    for combination in combinations(node, names, world):
        inner_world = world
        for name, k in zip(names, combination, strict=True):
            inner_world = inner_world.moved(name, k)
        value = worth(node.of, inner_world)
        total = total * value if node.sign == r"\prod" else total + value
    return total


def combinations(node, names, world):
    """Yield the values that the indices of a sum run through."""
    if node.last is not None:
        spans = [whole_span(node, world)] * len(names)
    elif node.relation == r"\in":
        spans = [[round(float(each)) for each in np.ravel(worth(node.first, world))]]
    else:
        spans = [range(1, 1 + extent(node.of, name, world)) for name in names]
    if node.relation in {"<", r"\le", r"\neq"}:
        return compared_indices(node, names[0], world)
    return itertools.product(*spans)


def whole_span(node, world):
    first, last = (float(scalar(worth(each, world))) for each in (node.first, node.last))
    if abs(first - round(first)) + abs(last - round(last)) > 1e-9:
        raise Wrong(f"a sum from {first} to {last}")
    return range(round(first), round(last) + 1)


def compared_indices(node, name, world):
    """The pairs of i < j, where j runs too; or the i that is not a j that is known."""
    second = node.first.name if isinstance(node.first, tree.Name) else ""
    length = extent(node.of, name, world)
    if world.scope.has(second):
        fixed = round(float(world.scope.value(second)))
        return [(k,) for k in range(1, length + 1) if COMPARED[node.relation](k, fixed)]
    if node.relation == r"\neq" or not second:
        raise Unreadable(f"what {second or 'stands'} below a sum is, is not said")
    other = extent(node.of, second, world)
    pairs = itertools.product(range(1, length + 1), range(1, other + 1))
    return [pair for pair in pairs if COMPARED[node.relation](*pair)]


COMPARED = {
    "<": lambda a, b: a < b, r"\le": lambda a, b: a <= b, r"\neq": lambda a, b: a != b,
}  # fmt: skip


def nodes_of(node):
    """Yield all nodes of a tree."""
    if isinstance(node, tuple):
        for each in node:
            yield from nodes_of(each)
    elif hasattr(node, "__dataclass_fields__"):
        yield node
        for name in node.__dataclass_fields__:
            yield from nodes_of(getattr(node, name))


def names_in(node):
    return {each.name for each in nodes_of(node) if isinstance(each, tree.Name)}


def extent(body, name, world):
    """How far an index runs of which no bounds are written: along its arrays."""
    found = set()
    for node in nodes_of(body):
        if isinstance(node, tree.Indexed) and isinstance(node.of, tree.Name):
            for axis, index in enumerate(node.indices):
                if isinstance(index, tree.Name) and index.name == name:
                    found.add(np.shape(world.scope.value(node.of.name))[axis])
    if len(found) != 1:
        raise Unreadable(f"how far the sum over {name} runs is not said")
    return found.pop()


def free_index(body, world):
    """Return the one index in a sum that says none."""
    found = {
        index.name
        for node in nodes_of(body) if isinstance(node, tree.Indexed)
        for index in node.indices if isinstance(index, tree.Name)
    }  # fmt: skip
    found = {each for each in found if not world.scope.has(each)}
    if len(found) != 1:
        raise Unreadable("a sum without an index below: over what?")
    return found.pop()


@worth.register
def _(node: tree.Limit, world):
    name = node.variable.name
    goal = scalar(worth(node.goal, world))
    return world.maths.limit(lambda t: worth(node.of, world.moved(name, t)), goal, node.side)


@worth.register
def _(node: tree.Integral, world):
    name = node.variable.name
    low, high = worth(node.low, world), worth(node.high, world)
    return world.maths.integral(lambda t: worth(node.of, world.moved(name, t)), low, high)


@worth.register
def _(node: tree.Extremum, world):
    if len(node.names) != 1:
        raise Unreadable("a minimum over several symbols is not read")
    name = node.names[0].name
    if name not in world.spans:
        raise Unreadable(f"the range of {name} is not given: {name}=between(...)")
    sign = -1 if "max" in node.kind else 1
    where = world.maths.least(
        lambda t: sign * scalar(worth(node.of, world.moved(name, t))), world.spans[name]
    )
    return where if "arg" in node.kind else worth(node.of, world.moved(name, where))


# Matrices.


@worth.register
def _(node: tree.Shaped, world):
    value = worth(node.of, world)
    sides = [round(float(scalar(worth(each, world)))) for each in (node.rows, node.columns)]
    shape = np.shape(world.oriented(value)) if np.ndim(value) else (1, 1)
    if shape != tuple(sides):
        raise Wrong(f"what has shape {shape} is said to be {sides[0]} × {sides[1]}")
    return value


@worth.register
def _(node: tree.Table, world):
    rows = [[scalar(worth(cell, world)) for cell in row] for row in node.rows]
    if any(np.ndim(cell) for row in rows for cell in row):
        raise Wrong("an entry of a matrix is an array")
    array = world.maths.array(rows)
    return world.maths.det(array) if node.kind == "vmatrix" else array


@worth.register
def _(node: tree.Cases, world):
    if any(differ_at_end(a, b) for a, b in itertools.combinations(node.rows, 2)):
        raise Wrong("two cases hold at the end of each, and their values differ")
    rows = [(row.condition and truth(row.condition, world), row.value) for row in node.rows]
    return world.maths.choose([(given, lambda v=value: worth(v, world)) for given, value in rows])


def differ_at_end(row, other):
    """Whether of two plain numbers one is for z >= 0, the other for z <= 0."""
    conditions = row.condition, other.condition
    if not all(isinstance(each, tree.Statement) for each in conditions):
        return False
    return (
        conditions[0].sides == conditions[1].sides
        and {each.relations[0][-1] for each in conditions} == {r"\le", r"\ge"}
        and isinstance(row.value, tree.Number) and isinstance(other.value, tree.Number)
        and row.value != other.value
    )  # fmt: skip


def truth(statement, world):
    """Whether a comparison is true in a world, each link of its chain."""
    if isinstance(statement, tree.Member):
        return member(statement, world)
    if isinstance(statement, tree.Space):
        return True  # what is drawn is real
    values = [scalar(worth(each, world)) for each in statement.sides]
    links = zip(values, statement.relations, values[1:], strict=False)
    return world.maths.all([world.maths.compare(a, r[-1], b) for a, r, b in links])


def as_comparison(part):
    """Return x in [0, 1) as the chain that it is, 0 <= x < 1, and anything else as it came."""
    if not isinstance(part, tree.Member) or part.opening not in {"[", "("} or len(part.items) != 2:
        return part
    sides, relations = [part.of], []
    if not is_infinite(part.items[0]):
        sides.insert(0, part.items[0])
        relations.append((r"\le" if part.opening == "[" else "<",))
    if not is_infinite(part.items[1]):
        sides.append(part.items[1])
        relations.append((r"\le" if part.closing == "]" else "<",))
    return tree.Statement(tuple(sides), tuple(relations))


def is_infinite(node):
    return isinstance(node.of if isinstance(node, tree.Negative) else node, tree.Infinity)


def member(statement, world):
    """Whether a value is one of a set or in an interval."""
    value = scalar(worth(statement.of, world))
    items = [scalar(worth(each, world)) for each in statement.items]
    if statement.opening in {"", r"\{"}:
        return any(value == each for each in items)
    low, high = items
    above = value >= low if statement.opening == "[" else value > low
    return bool(above and (value <= high if statement.closing == "]" else value < high))


@worth.register
def _(node: tree.Order, world):
    raise Unreadable("O( ) stands where no equation with it can be checked")
