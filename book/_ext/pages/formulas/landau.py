"""f(x + h) = f(x) + f'(x) h + O(h^2): that a remainder stays bounded when it is divided."""

import numpy as np

from pages.formulas import tree
from pages.formulas.meaning import nodes_of, scalar, worth
from pages.formulas.problems import Wrong
from pages.formulas.tokens import Unreadable

HALVINGS = 8


def has_order(node):
    return any(isinstance(each, tree.Order) for each in nodes_of(node))


def remainder_is_bounded(part, worlds):
    """Check an equation with one O( ) as a term: halve its symbol, and look at the quotient."""
    if len(part.sides) != 2 or part.relations[0][-1] != "=":
        raise Unreadable("O( ) is read in an equation of two sides only")
    left, right = part.sides
    terms = right.terms if isinstance(right, tree.Sum) else (right,)
    if not isinstance(terms[-1], tree.Order) or sum(map(has_order, (left, *terms))) != 1:
        raise Unreadable("O( ) is read as the last term of the right side only")
    rest = tree.Sum(terms[:-1], right.signs[:-1]) if terms[1:] else tree.Number("0")
    (inside,) = terms[-1].of.items
    name = symbol(inside)
    for world in worlds[:20]:
        bounded((left, rest, inside), name, world)
    return 0.0


def symbol(inside):
    base = inside.base if isinstance(inside, tree.Power) else inside
    if not isinstance(base, tree.Name):
        raise Unreadable("what stands in O( ) is wanted as a power of one symbol")
    return base.name


def bounded(nodes, name, world):
    """Raise `Wrong` where the remainder, divided by what O( ) says, grows on and on."""
    left, rest, inside = nodes
    start = float(world.scope.value(name))
    start = np.copysign(max(abs(start), 0.05), start)
    quotients = []
    for k in range(HALVINGS):
        here = world.moved(name, start / 2**k)
        gap = scalar(worth(left, here)) - scalar(worth(rest, here))
        quotients.append(abs(gap / scalar(worth(inside, here))))
    if quotients[-1] > 1.5 * quotients[HALVINGS // 2] and quotients[-1] > 1e-6:
        raise Wrong(f"the remainder is larger than O( ) says: the quotients are {quotients}")
