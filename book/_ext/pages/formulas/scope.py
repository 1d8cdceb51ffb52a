"""The world of one sample: numbers that were drawn, and rules by which other symbols follow.

A derivative moves one symbol a little, lets everything follow, and measures: central differences of
fourth order, so that no formula is ever compared with itself.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

STEP = 1e-3  # of a derivative: the error of the stencil, STEP**4, meets the rounding, 1e-16 / STEP


@dataclass(frozen=True)
class Function:
    """A symbol that is applied: its rule takes arguments, then, after a /, what the scope knows."""

    rule: Callable


@cache
def parameters(rule):
    """The names a rule takes from the scope: all of them, or those after the / of a function."""
    return tuple(inspect.signature(rule).parameters.values()) if inspect.isfunction(rule) else ()


class Scope:
    """The values of all symbols at one sample; some were drawn, the others follow by rules."""

    def __init__(self, drawn, rules):
        self.drawn, self.rules, self.known = drawn, rules, {}

    def moved(self, name, value):
        """The same world with one symbol held at another value."""
        return Scope(self.drawn | {name: value}, self.rules)

    def value(self, name):
        if name == "scope":
            return self
        if name in self.drawn:
            return self.drawn[name]
        if name not in self.known:
            rule = self.rules[name]
            self.known[name] = rule(*(self.value(each.name) for each in parameters(rule)))
        return self.known[name]

    def function(self, name):
        rule = self.value(name).rule if name in self.drawn else self.rules[name].rule
        named = parameters(rule)
        if any(each.kind is each.POSITIONAL_ONLY for each in named):
            rest = [each.name for each in named if each.kind is not each.POSITIONAL_ONLY]
            return lambda *items: rule(*items, *(self.value(name) for name in rest))
        return rule


def slope(f, x):
    """The derivative of f at a number, by central differences of fourth order."""
    h = STEP * max(1.0, abs(x))
    near, far = f(x + h) - f(x - h), f(x + 2 * h) - f(x - 2 * h)
    return (8 * near - far) / (12 * h)
