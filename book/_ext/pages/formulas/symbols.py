"""Symbols: which name stands here, and whether it is a value, a call, or a known function."""

import math

from pages.formulas import meaning
from pages.formulas.meaning import NAMED
from pages.formulas.tokens import ACCENTS, CLOSING, ENDS, WORDS, Tokens, Unreadable, spoken

CONSTANTS = {"e": math.e, "pi": math.pi}


class Symbols(Tokens):
    """Reads one symbol with all that is written around it."""

    def __init__(self, parts, tables, values, functions, along):
        super().__init__(parts, tables)
        self.values, self.functions, self.along = values, functions, along

    @property
    def known(self):
        return self.values | self.functions

    def primes(self):
        """Take the primes that stand here, and count them."""
        start = self.at
        self.skip("'")
        return self.at - start

    def name_of_word(self, at):
        """The letters of a \\text{...} whose brace opens at a position."""
        return "".join(self.parts[at + 1 : self.parts.index("}", at)])

    def base(self):
        part = self.take()
        if part in ACCENTS:
            return part.lstrip("\\") + "_" + spoken(self.group())
        if part in WORDS:
            return "".join(self.group())
        if part == "D" and self.next == "_":  # the slope in a direction is one symbol: D_u f
            self.take()
            return f"D_{spoken(self.group())}_{self.base()}"
        if part in {"d", r"\Delta", r"\nabla", r"\partial"} and self.next:
            start = self.at
            prefix = part.lstrip("\\") + ("" if part == "d" else "_")
            if self.next.isalpha() or self.next.startswith("\\"):
                name = prefix + self.base()
                if any(each == name or each.startswith(name + "_") for each in self.known):
                    return name
            self.at = start
        return spoken([part])

    def symbol(self):
        name = self.base()
        if name in NAMED and name not in self.known:
            return self.named(name)
        return self.indexed(name)

    def indexed(self, plain):
        """A symbol with what is written below and above it, as a value or as a call."""
        known, index = self.known, None
        name, primes = self.primed(plain, self.primes())
        if self.next == "_":
            self.take()
            index = self.group()
            if (full := f"{name}_{spoken(index)}") in known:
                name, index = full, None
        name, primes = self.primed(name, primes + self.primes())
        if self.next == "^":
            name = self.raised(name)
        if self.next != "(" and not primes and f"{name}_value" in self.values:
            return meaning.symbol(f"{name}_value")  # as in dy/dx: the number, not the rule
        if name in self.functions:
            return self.call(name, primes)
        if name not in known:
            if name in CONSTANTS:
                return meaning.constant(CONSTANTS[name])
            raise Unreadable(f"nothing is said of {plain!r} (as {name!r})")
        value = meaning.symbol(name, self.indices(index) if index else ())
        for _ in range(primes):
            value = self.prime(value)
        return value

    def primed(self, name, primes):
        """Take primes into the name, when such a name is given: y' is y_prime."""
        full = name + "_prime" * primes
        return (full, 0) if full in self.known else (name, primes)

    def prime(self, value):
        """Differentiate by the variable that primes speak of."""
        if self.along not in self.values:
            raise Unreadable("a prime needs to be told the variable: along='x'")
        return meaning.derivative(value, meaning.symbol(self.along))

    def raised(self, name):
        """Take x^*, w^{(3)} and f^{-1} into the name, when such a name is given; x^2 is a power."""
        start = self.at
        self.take()
        parts = self.group()
        full = f"{name}_inverse" if parts == ["-", "1"] else f"{name}_{spoken(parts)}"
        if full in self.known and not parts[0].isdigit():
            return full
        self.at = start
        return name

    def indices(self, parts):
        if set(parts) & {"+", "-"}:
            return (self.expression_of(parts),)
        return tuple(self.expression_of([part]) for part in parts if part not in {",", "(", ")"})

    def call(self, name, primes):
        function = meaning.function(name, primes)
        if self.next not in {"(", "["}:
            return self.bare_call(function) if self.next not in ENDS and self.next else function
        return meaning.call(function, self.arguments())

    def arguments(self):
        closing = CLOSING[self.take()]
        items = self.items()
        self.take(closing)
        return items

    def bare_call(self, function):
        if self.next in {"^", "_"}:
            return function
        return meaning.call(function, [self.bare_argument()])

    def bare_argument(self):
        """What stands after sin, ln or tanh without a bracket: the product of the next factors."""
        value = self.factor()
        if self.parts[self.at - 1] == ")":
            return value
        while self.next and self.next not in ENDS and self.next not in CLOSING:
            if self.next.lstrip("\\") in NAMED and self.next.startswith("\\"):
                break
            value = meaning.multiply(value, self.factor())
        return value

    def named(self, name):
        """A function every reader knows, with its primes and powers before its argument."""
        primes, above = self.primes(), None
        if self.next == "_":
            self.take()
            name = f"{name}_{spoken(self.group())}"
            if name not in NAMED:
                raise Unreadable(f"no function is called {name!r}")
        if self.next == "^":
            self.take()
            above = self.expression_of(self.group())
        several = name in {"max", "min"} and self.next == "("
        items = self.arguments() if several else [self.bare_argument()]
        value = meaning.apply(NAMED[name], items, primes)
        return meaning.power(value, above) if above else value
