"""The symbols of one sample: numbers that were drawn, and rules by which the others follow.

A derivative moves one symbol a little, lets everything follow, and measures, so that no formula is
ever compared with itself.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pages.formulas.tokens import Unreadable


@dataclass(frozen=True)
class Function:
    """A symbol that is applied: its rule takes arguments, then, after a /, what the scope knows."""

    rule: Callable


@cache
def parameters(rule):
    """The names a rule takes from the scope: all of them, or those after the / of a function."""
    try:
        return tuple(inspect.signature(rule).parameters.values())
    except (TypeError, ValueError):
        return ()


class Scope:
    """The values of all symbols at one sample; some were drawn, the others follow by rules."""

    def __init__(self, drawn, rules):
        self.drawn, self.rules, self.known = drawn, rules, {}

    def moved(self, name, value):
        """The same sample with one symbol held at another value."""
        return Scope(self.drawn | {name: value}, self.rules)

    def has(self, name):
        return name in self.drawn or name in self.rules

    def is_value(self, name):
        """Whether a symbol is a value, and no function that wants an argument."""
        held = self.drawn.get(name, self.rules.get(name))
        return self.has(name) and not isinstance(held, Function)

    def follows(self, name, other):
        """Whether a symbol may change with another: by its rule, or by that of one in it."""
        if name == other:
            return True
        if name in self.drawn or name not in self.rules:
            return False
        rule = self.rules[name].rule if not self.is_value(name) else self.rules[name]
        taken = {each.name for each in parameters(rule)}
        return "scope" in taken or any(self.follows(each, other) for each in taken)

    def value(self, name):
        if name == "scope":
            return self
        if name in self.drawn:
            return self.drawn[name]
        if name not in self.known:
            if name not in self.rules:
                raise Unreadable(f"nothing is said of {name!r}")
            rule = self.rules[name]
            taken = parameters(rule) if inspect.isfunction(rule) else ()
            self.known[name] = rule(*(self.value(each.name) for each in taken))
        return self.known[name]

    def rule(self, name):
        """Return the rule of a function."""
        return self.value(name).rule if name in self.drawn else self.rules[name].rule

    def function(self, name):
        """Return a function that is given its arguments alone."""
        rule = self.rule(name)
        named = parameters(rule) if inspect.isfunction(rule) else ()
        if any(each.kind is each.POSITIONAL_ONLY for each in named):
            rest = [each.name for each in named if each.kind is not each.POSITIONAL_ONLY]
            return lambda *items: rule(*items, *(self.value(name) for name in rest))
        return rule
