"""Equivalences and implications between two statements: their solutions are compared.

An inequality is true at some samples and false at others, and both sides must be so at the same
ones, and at their ends. An equation is true at no sample: it is solved for one of its symbols, and
the other side must hold at its solutions.
"""

import numpy as np

from pages.formulas import floats, tree
from pages.formulas.analysis import zeros
from pages.formulas.compare import EQUAL, compare
from pages.formulas.meaning import as_comparison, names_in, nodes_of, scalar, worth
from pages.formulas.problems import Wrong
from pages.formulas.tokens import Unreadable

SOLVED = 6  # samples at which equations are solved
CLOSE = 1e-6


def joined(parts):
    """The places of the statements that an arrow joins: they are claimed by no other."""
    found = set()
    for k, part in enumerate(parts):
        if isinstance(part, tree.Arrow):
            if k == 0 or k == len(parts) - 1 or isinstance(parts[k + 1], tree.Arrow):
                raise Unreadable("an arrow wants a statement on each side")
            found |= {k - 1, k + 1}
    return found


def check(left, arrow, right, worlds, entry):
    """Raise `Wrong` where an arrow does not hold, `Unreadable` where it cannot be tested."""
    left, right = as_comparison(left), as_comparison(right)
    for part in (left, right):
        if not isinstance(part, tree.Statement) or not part.relations or part.conditions:
            raise Unreadable("an arrow joins something that is no comparison")
        if any(signs_of(each) & {r"\pm", r"\mp"} for each in nodes_of(part.sides)):
            raise Unreadable(r"\pm beside an arrow has two readings: write the two statements")
    both = arrow.written == r"\Longleftrightarrow"
    seen = compared(left, right, worlds, both)
    if seen == {True}:
        return  # it holds at each sample, and so does the other
    tested = solved(left, right, worlds, "right", both)
    if both:
        tested = min(tested, solved(right, left, worlds, "left", both))
    if not tested and not enough(seen, both):
        raise Unreadable("neither side is true at any sample, and no solution of it is found")


def signs_of(node):
    """Return the signs that a node of a tree writes itself, and none of what is within it."""
    if isinstance(node, tree.Negative):
        return {node.sign}
    return set(node.signs) if isinstance(node, tree.Sum) else set()


def enough(seen, both):
    """Whether the samples say something: an equivalence wants both truth values."""
    return seen >= {True, False} if both else True in seen


def compared(left, right, worlds, both):
    """Compare both sides at all samples; return the truth values that the left side took."""
    seen = set()
    for world in worlds:
        one, two = holds(left, world), holds(right, world)
        if one and not two:
            name = "the equivalence" if both else "the implication"
            raise Wrong(f"the left side of {name} is true, the right one false at {drawn(world)}")
        if both and two and not one:
            raise Wrong(f"the right side of the equivalence alone is true at {drawn(world)}")
        seen.add(one)
    return seen


def drawn(world):
    return {k: np.round(v, 4) for k, v in world.scope.drawn.items() if isinstance(v, float | int)}


def holds(statement, world, relations=None):
    """Whether each link of a chain is true; an equation up to rounding."""
    pairs = zip(statement.sides, statement.relations, statement.sides[1:], strict=False)
    for a, relation, b in pairs:
        try:
            compare(a, relation[-1], b, world, 0.0)
        except Wrong:
            return False
    return True


def solved(first, second, worlds, which, both):
    """Solve the first statement at its ends, and test the second there; return how many."""
    count = 0
    for world in worlds[:SOLVED]:
        for name in candidates(first, second, world):
            for root, link in ends(first, name, world):
                here = world.moved(name, root)
                if equal_link(first) and not near_link(second, here):
                    raise Wrong(f"{name} = {root:.6g} solves one side, and not the {which} one")
                if not equal_link(first):
                    same_ends(first, second, here, link)
                    if both:
                        same_beside(first, second, (name, root), world)
                count += 1
    return count


def same_beside(first, second, end, world):
    """Close to an end of one inequality, on both sides of it, both must be true or false."""
    name, root = end
    low, high = span(name, world)
    drawn_from = world.spans.get(name, (low, high))
    for step in (1e-3 * (high - low), -1e-3 * (high - low)):
        here = world.moved(name, root + step)
        inside = drawn_from[0] <= root + step <= drawn_from[1]
        if inside and holds(first, here) != holds(second, here):
            raise Wrong(f"at {name} = {root + step:.6g} one inequality is true, the other false")


def equal_link(statement):
    return all(each[-1] in EQUAL for each in statement.relations)


def candidates(first, second, world):
    """The numbers that stand in both statements: drawn, fixed, or given by a rule."""
    names = [names_in(part.sides) for part in (first, second)]
    found = sorted(names[0] & names[1], key=lambda name: (name not in world.spans, name))
    return [
        name for name in found
        if (world.scope.is_value(name) and isinstance(
            scalar(world.scope.value(name)), float | np.floating
        )) or (name in world.scope.drawn and isinstance(world.scope.drawn[name], float))
    ]  # fmt: skip


def ends(statement, name, world):
    """Return where the sides of a link are equal, along one symbol, with the link."""
    low, high = span(name, world)
    found = []
    for k in range(len(statement.relations)):
        a, b = statement.sides[k], statement.sides[k + 1]

        def gap(value, a=a, b=b):
            here = world.moved(name, value)
            return scalar(worth(a, here)) - scalar(worth(b, here))

        found += [(root, k) for root in zeros(gap, low, high)]
    return found


def span(name, world):
    if name in world.spans:
        low, high = world.spans[name]
        return low - (high - low), high + (high - low)
    value = float(world.scope.value(name))
    return value - 3 * max(1, abs(value)), value + 3 * max(1, abs(value))


def near_link(statement, world):
    """Whether an equation holds at a solution that was measured."""
    for a, b in zip(statement.sides, statement.sides[1:], strict=False):
        one, two = scalar(worth(a, world)), scalar(worth(b, world))
        size = max(abs(np.max(one)), abs(np.max(two)), 1e-3)
        relation = statement.relations[0][-1]
        if relation in EQUAL and not np.all(np.abs(one - two) <= CLOSE * size):
            return False
        if relation not in EQUAL and not floats.compare(one, relation, two):
            return False
    return True


def same_ends(first, second, here, link):
    """At an end of one inequality the other must end too, both with their end or without."""
    for k, relation in enumerate(second.relations):
        one, two = (scalar(worth(each, here)) for each in second.sides[k : k + 2])
        size = max(abs(one), abs(two), 1e-3)
        if abs(one - two) <= CLOSE * size:
            mine, other = (
                each[-1] in {r"\le", r"\ge"} for each in (first.relations[link], relation)
            )
            if mine != other:
                raise Wrong("at its end one inequality is true, the other false")
