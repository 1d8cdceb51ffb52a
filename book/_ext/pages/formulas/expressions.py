"""Expressions: sums of terms, terms of factors, and the things that stand between brackets."""

import math

from pages.formulas import meaning
from pages.formulas.symbols import Symbols
from pages.formulas.tokens import CLOSING, ENDS, FRACTIONS, GAPS, Unreadable, tokens

JOINS = {
    r"\cdot": meaning.multiply,
    r"\times": meaning.multiply,
    r"\odot": meaning.entrywise,
    "/": meaning.divide,
}


class Expressions(Symbols):
    """Reads whatever has a value."""

    in_bars = False  # whether the next | closes

    def inside(self, parts):
        """Read other tokens with the same names."""
        return type(self)(parts, self.tables, self.values, self.functions, self.along)

    def expression_of(self, parts):
        other = self.inside(parts)
        value = other.sum()
        other.finish()
        return value

    def sum(self):
        value = self.signed_term()
        while True:
            start = self.at
            self.skip(r"\\", *GAPS)  # a row that opens with a sign goes on with the last one
            if self.next not in {"+", "-", r"\pm"}:
                self.at = start
                return value
            sign = self.take()
            self.skip(r"\\", *GAPS)
            value = meaning.add(value, self.term(), sign)

    def signed_term(self):
        if self.next in {"+", "-"}:
            sign = self.take()
            return self.signed_term() if sign == "+" else meaning.negative(self.signed_term())
        return self.term()

    def term(self):
        value = self.factor()
        while True:
            start = self.at
            self.skip(r"\\", *GAPS)
            if self.next in JOINS:
                value = JOINS[self.take()](value, self.signed_factor())
                continue
            self.at = start
            if not self.next or self.next in ENDS or (self.in_bars and self.next == "|"):
                return value
            value = meaning.multiply(value, self.factor())

    def signed_factor(self):
        if self.next == "-":
            self.take()
            return meaning.negative(self.factor())
        return self.factor()

    def factor(self):
        """One thing with its primes and powers."""
        value = self.atom()
        while self.next in {"'", "^", "_"} and self.next:
            mark = self.take()
            if mark == "'":
                value = self.prime(value)
                continue
            parts = self.group()
            if mark == "_":
                continue  # a note below: the point a matrix is taken at, the name of a brace
            if parts in (["T"], [r"\top"]):
                value = meaning.transpose(value)
            else:
                value = meaning.power(value, self.expression_of(parts))
        return value

    def atom(self):
        part = self.next
        if part[:1].isdigit():
            return self.literal()
        if part == "{":
            return self.expression_of(self.group())
        if part in CLOSING:
            return self.enclosed()
        if part in FRACTIONS:
            return self.fraction()
        if part == r"\sqrt":
            self.take()
            return meaning.apply(meaning.NAMED["sqrt"], [self.expression_of(self.group())])
        if part == r"\underset":
            return self.shaped()
        if part == r"\sum":
            return self.series()
        if part == r"\lim":
            return self.limit()
        if part.startswith("⟦"):
            return self.table()
        if part == r"\dots" and "dots" not in self.values:
            raise Unreadable("what \\dots stands for is not given: dots=...")
        if part.isalpha() or part.startswith("\\"):
            return self.symbol()
        raise Unreadable(f"did not expect {part!r} before {''.join(self.parts[self.at :])!r}")

    def literal(self):
        digits = self.take()
        cut = self.next == r"\dots"
        self.skip(r"\dots")
        return meaning.number(digits, cut)

    def enclosed(self):
        opening = self.take()
        items = self.items(in_bars=opening == "|")
        self.take(CLOSING[opening])
        if opening in {"|", r"\lvert", r"\lVert"}:
            return meaning.apply(meaning.length, items)
        return items[0] if len(items) == 1 else meaning.table([[item] for item in items])

    def items(self, in_bars=False):
        """The expressions between commas, up to what closes them."""
        outer, self.in_bars = self.in_bars, in_bars
        found = [self.sum()]
        while self.next == ",":
            self.skip(",", r"\\")
            found.append(self.sum())
        self.in_bars = outer
        return found

    def fraction(self):
        self.take()
        top, bottom = self.group(), self.group()
        if top[0] in {"d", r"\partial"} and bottom[0] == top[0] and len(bottom) > 1:
            return self.leibniz(top, bottom)
        return meaning.divide(self.expression_of(top), self.expression_of(bottom))

    def leibniz(self, top, bottom):
        """A derivative written as a quotient; without a numerator it takes the term after it."""
        rest, below = top[1:], self.inside(bottom)
        order = 1
        if rest[:1] == ["^"]:
            order, rest = int(rest[1]), rest[2:]
        variables = []
        while below.next:
            below.take(top[0])
            variables.append(below.symbol())
            if below.next == "^":
                below.take()
                variables += variables[-1:] * (int("".join(below.group())) - 1)
        if len(variables) != order:
            raise Unreadable(f"a derivative of order {order} by {len(variables)} variables")
        value = self.expression_of(rest) if rest else self.term()
        for variable in reversed(variables):
            value = meaning.derivative(value, variable)
        return value

    def shaped(self):
        """A matrix with its shape below, as in \\underset{2 \\times 3}{W}: the shape must be so."""
        self.take()
        rows, _, columns = self.group()
        sides = [self.expression_of([part]) for part in (rows, columns)]
        return meaning.of_shape(self.expression_of(self.group()), *sides)

    def series(self):
        name, index = self.running(r"\sum")
        index.take("=")
        first = index.sum()
        self.take("^")
        last = self.expression_of(self.group())
        return meaning.series(name, first, last, self.term_with(name))

    def limit(self):
        name, index = self.running(r"\lim")
        index.take(r"\to")
        goal = meaning.constant(math.inf) if index.next == r"\infty" else index.sum()
        return meaning.limit(name, goal, self.term_with(name))

    def running(self, sign):
        """Open a sum or a limit: the name that runs, and what is said of it below the sign."""
        self.take(sign)
        self.take("_")
        index = self.inside(self.group())
        return index.take(), index

    def term_with(self, name):
        """Read the next term, in which one more name has a value."""
        outer, self.values = self.values, self.values | {name}
        value = self.term()
        self.values = outer
        return value

    def table(self):
        """A matrix, or cases."""
        kind, rows = self.tables[int(self.take()[1:-1])]
        if kind == "cases":
            cells = [[self.inside(tokens(cell)) for cell in row] for row in rows]
            return meaning.cases([(value.sum(), when.statement()) for value, when in cells])
        return meaning.table([[self.expression_of(tokens(cell)) for cell in row] for row in rows])
