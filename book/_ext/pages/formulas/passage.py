"""What a formula in the running text can be decided with, though nobody says its symbols there.

A passage says them itself: after $f(x) = x^2 - 3x$ and $x_0 = 2$ it is known what $f'(x_0) = 1$
claims. Where it does not, the displayed formulas of the page do, the nearest first.
"""

import inspect
import re
from dataclasses import dataclass, field, replace

import numpy as np

from pages.formulas import floats, tree
from pages.formulas.check import check, known_of, statements
from pages.formulas.meaning import World, names_in, worth
from pages.formulas.phrases import (
    CALL,
    DECIMALS,
    bounds_a_symbol,
    has_bare_slope,
    has_calls,
    has_numbers,
    is_bound,
    is_condition,
    is_stated,
    names,
    only_equations,
    symbol,
    symbols,
)
from pages.formulas.problems import NoNumber, Wrong
from pages.formulas.reader import read
from pages.formulas.say import Range, between, checked, function, plane
from pages.formulas.scope import Scope
from pages.formulas.tokens import Unreadable

POINTS = 40
DOMAINS = (-2, 2), (0.2, 2), (0.1, 0.9)  # any numbers; those under roots; probabilities
SIGMOID = {"sigma": function(lambda z: 1 / (1 + np.exp(-z)))}
KINDS = inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD


@dataclass
class Passage:
    """What a page has said so far, and the entries of its displayed formulas, the nearest first.

    functions: of the page. rules: symbols that follow from others, values: numbers, of the part of
    it. letters: those that a rule is made of. along: what a prime differentiates by.
    """

    entries: list = field(default_factory=list)
    functions: dict = field(default_factory=dict)
    rules: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    letters: dict = field(default_factory=dict)
    along: str | None = None

    def learn(self, formula):
        """Keep what a formula defines: a function of one or two numbers, a symbol, a number."""
        if applied := CALL.fullmatch(formula):
            name, arguments, rule = applied.groups()
            arguments = re.findall("[a-z]", arguments)
            self.along = arguments[0]
            for each in (name, *arguments):
                self.forget(each)
            self.functions |= function_of(name, arguments, rule)
            self.letters[name] = names(rule)
        elif is_stated(formula) and (defined := symbol_in(formula)):
            name, rule = defined
            self.forget(name)
            found = rule_of(name, rule)
            is_number = isinstance(found.get(name), float)
            (self.values if is_number else self.rules).update(found)
            self.letters[name] = names(rule)

    def forget(self, name):
        """Drop what was said of a name before."""
        for said in (self.functions, self.rules, self.values):
            for each in [each for each in said if name in (each, each.split("_")[0])]:
                del said[each]

    def end(self):
        """Forget all but the functions: in the next part x_0 may be another number."""
        self.rules, self.values = {}, {}

    def decides(self, formula):
        """Return what a formula does by what is known of its symbols: checked, stated, nothing."""
        if bounds_a_symbol(formula):
            return "stated"
        if is_stated(formula) and not self.has_slope(formula):
            defines = only_equations(formula) and not has_numbers(formula)
            return "checked" if defines and self.is_of_page(formula) else "stated"
        if is_identity(formula) or self.is_of_rules(formula) or self.is_of_values(formula):
            return "checked"
        is_open = is_condition(formula) and not self.knows(formula)
        if self.is_of_page(formula) and not is_bound(formula):
            return "checked"
        return "stated" if is_open else "undecided"

    def knows(self, formula):
        """Whether all symbols of a formula have a value, or are functions: then it is a claim."""
        said = self.values.keys() | self.rules.keys() | self.functions.keys() | SIGMOID.keys()
        return symbols(formula) <= said and not has_bare_slope(formula)

    def has_slope(self, formula):
        """Whether a formula is about a slope, f_x or f_{xy}, of a function of the passage."""
        return "_" in (name := symbol(formula)) and name in self.functions

    def is_of_page(self, formula):
        """Whether a formula holds by the nearest displayed formula that knows all its symbols."""
        able = (each for each in self.entries if is_read(formula, each) and refutes(formula, each))
        nearest = next(able, None)
        return nearest is not None and holds(formula, nearest)

    def is_of_values(self, formula):
        """Whether a formula holds at the values of the passage: one that is about numbers there.

        An equation of x would hold at some x with a slip in it.
        """
        if not self.knows(formula) or not has_numbers(formula):
            return False
        said = SIGMOID | self.functions | self.rules | self.values
        return holds(formula, checked(along=self.along, **said))

    def is_of_rules(self, formula):
        """Whether an equation holds by the rules of the passage, at drawn numbers."""
        rules = self.functions | self.rules
        if not rules.keys() & names(formula) or not only_equations(formula):
            return False
        letters = set().union(*(self.letters.get(each, ()) for each in rules))
        drawn = [dict.fromkeys(letters, between(*ends)) | free(formula, *ends) for ends in DOMAINS]
        return holds_where_defined(formula, (each | rules for each in drawn), self.along)


def is_identity(formula):
    """Whether an equation holds for all numbers, or for all that are positive if it has roots."""
    if not only_equations(formula) or has_calls(formula):
        return False
    return holds_where_defined(formula, (free(formula, *ends) for ends in DOMAINS))


def free(formula, low=-2, high=2):
    """Return an entry's symbols in which each letter of a formula is any number."""
    return {each: between(low, high) for each in names(formula)} | SIGMOID


def holds(formula, entry):
    try:
        return is_true(formula, entry)
    except NoNumber:
        return False


def holds_where_defined(formula, domains, along=None):
    """Whether a formula holds for the first symbols for which its sides are numbers."""
    for each in domains:
        try:
            return is_true(formula, checked(along=along, **each))
        except NoNumber:
            continue
    return False


def is_read(formula, entry):
    try:
        read(formula, known_of(entry))
    except Unreadable:
        return False
    return True


def refutes(formula, entry):
    """Whether an entry could show that a formula is wrong.

    It draws a symbol of it; or what it fixes makes a printed number. What may be off by some per
    cent, or is the same at the one point that is looked at, would pass with a slip in it.
    """
    drawn = {name for name, each in entry.symbols.items() if isinstance(each, Range)}
    follows = {name for name, each in entry.symbols.items() if callable(each)}
    is_drawn = bool(names(formula) & (drawn | (follows if drawn else set())))
    return not entry.close and entry.at is None and (is_drawn or bool(DECIMALS.search(formula)))


def is_true(formula, entry):
    """Whether a formula is read with what an entry says, and holds.

    Raises:
        NoNumber: a side has no value at a sample.
    """
    if entry.stands_for:
        return False
    entry = replace(entry, introduces=False, instance=(), meets=None)  # of the displayed one alone
    try:
        check(formula, entry, "a formula of the text", POINTS)
    except NoNumber:
        raise
    except (Wrong, Unreadable):
        return False
    except Exception:  # what a rule says of numbers that it was not made for
        return False
    return True


# What a passage says of a symbol.


def symbol_in(formula):
    """Return (name, what it is) of a formula that defines a symbol, as p = σ(z) does, or None."""
    left, _, right = formula.partition("=")
    try:
        (part,) = statements(read(left, known_of(checked(**free(left)))))
    except (Unreadable, ValueError):
        return None
    name = part.sides[0] if isinstance(part, tree.Statement) else None
    return (name.name, right) if isinstance(name, tree.Name) and right else None


def value_of(name, rule):
    """Return what computes an expression from its letters, and these; None if it is not read."""
    try:
        parts = statements(read(rule, known_of(checked(**free(rule)))))
    except Unreadable:
        return None, ()
    if len(parts) != 1 or not isinstance(parts[0], tree.Statement) or len(parts[0].sides) != 1:
        return None, ()
    side = parts[0].sides[0]
    letters = sorted(names_in(side))
    letters = [each for each in letters if each not in {*SIGMOID, "e", "pi"}]

    def value(**symbols):
        return worth(side, World(Scope(symbols, SIGMOID), floats))

    return (None, ()) if name in letters else (value, letters)


def function_of(name, arguments, rule):
    """Return the symbols that the definition of a function gives: itself and its slopes."""
    value, letters = value_of(name, rule)
    others = [each for each in letters if each not in arguments]
    if value is None or (len(arguments) == 2 and others):
        return {}

    def applied(*given):
        return value(**dict(zip([*arguments, *others], given, strict=True)))

    if len(arguments) == 2:
        return plane(name, applied, *arguments)
    return {name: function(signed(applied, arguments, others))}


def rule_of(name, rule):
    """Return the symbols that a formula for a symbol gives: its number, or its rule and slopes."""
    value, letters = value_of(name, rule)
    if value is None:
        return {}
    if not letters:
        try:
            return {name: float(value())}
        except (TypeError, ValueError, Wrong, Unreadable):
            return {}

    def following(*given):
        return value(**dict(zip(letters, given, strict=True)))

    if letters == ["x", "y"]:
        return plane(name, following)
    return {name: signed(following, (), letters)}


def signed(rule, before, after):
    """Say of which symbols a rule is: that it is applied to, that it follows from."""
    places = [inspect.Parameter(each, KINDS[0]) for each in before]
    places += [inspect.Parameter(each, KINDS[1]) for each in after]
    rule.__signature__ = inspect.Signature(places)
    return rule
