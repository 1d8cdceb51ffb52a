"""A displayed formula, read as a machine reads it: LaTeX in, statements that can be evaluated out.

The reader knows the notation of this book: sums, fractions, derivatives in Leibniz's and in
Lagrange's hand, indices, small matrices, cases, chains of = and <, rows of `aligned`. What a symbol
stands for it does not know; it is told the names of the values and of the functions. A symbol has a
Python name: \\hat y is hat_y, x_{k+1} is x_k_plus_1, x^* is x_star, \\lambda is lam.
"""

from dataclasses import dataclass

from pages.formulas.expressions import Expressions
from pages.formulas.tokens import ARROWS, GAPS, RELATIONS, WORDS, lift, tokens


@dataclass(frozen=True)
class Statement:
    """Sides that a chain of relations joins: len(relations) == len(sides) - 1."""

    sides: tuple
    relations: tuple


class Reader(Expressions):
    """Reads what a formula states."""

    def statements(self):
        """Read the whole formula: statements, with "iff" or "then" where an arrow joins two."""
        if self.next == r"\begin" and self.peek(2) + self.peek(3) == "al":
            self.at = self.parts.index("}", self.at) + 1
            end = len(self.parts) - 1 - self.parts[::-1].index(r"\end")
            del self.parts[end:]
        found = []
        while self.next:
            self.skip(r"\\", ",", *GAPS)
            if self.next in ARROWS:
                found.append(ARROWS[self.take()])
            elif self.next in WORDS and self.between_statements():
                self.take(), self.group()
                self.skip(":")
            elif self.in_brackets():
                self.take("(")
                found.append(self.statement())
                self.take(")")
            elif self.next:
                found.append(self.statement())
        return found

    def in_brackets(self):
        """Whether a whole comparison stands in brackets here, as (x > 0) beside a formula."""
        if self.next != "(":
            return False
        depth, inner = 0, False
        for k in range(self.at, len(self.parts)):
            depth += (self.parts[k] in "([{") - (self.parts[k] in ")]}")
            inner = inner or (depth == 1 and self.parts[k] in RELATIONS)
            if depth == 0:
                return inner
        return False

    def between_statements(self):
        """A word is a remark, not a symbol, when nothing of that name is given."""
        return self.name_of_word(self.at + 1) not in self.known

    def statement(self):
        sides, relations = [self.sum()], []
        while True:
            start = self.at
            self.skip(r"\\", *GAPS)  # a row that opens with a relation goes on with the last one
            if self.next not in RELATIONS:
                self.at = start
                return Statement(tuple(sides), tuple(relations))
            relations.append(RELATIONS[self.take()])
            self.skip(r"\\", *GAPS)
            sides.append(self.sum())


def read(formula, values=(), functions=(), along=None):
    """Read a formula into its statements, or raise `Unreadable`."""
    tables = []
    parts = tokens(lift(formula, tables))
    return Reader(parts, tables, set(values), set(functions), along).statements()
