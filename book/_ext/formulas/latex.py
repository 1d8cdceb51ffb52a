"""A displayed formula, read as a machine reads it: LaTeX in, statements that can be evaluated out.

The reader knows the notation of this book: sums, fractions, derivatives in Leibniz's and in
Lagrange's hand, indices, small matrices, cases, chains of = and <, rows of `aligned`. What a symbol
stands for it does not know; it is told the names of the values and of the functions. A symbol has a
Python name: \\hat y is hat_y, x_{k+1} is x_k_plus_1, x^* is x_star, \\lambda is lam.
"""

import math
import re
from dataclasses import dataclass

from formulas import meaning
from formulas.meaning import NAMED

TABLE = re.compile(r"\\begin\{(bmatrix|pmatrix|cases)\}(.*?)\\end\{\1\}", re.DOTALL)
ROW = re.compile(r"\\\\(?:\[[^]]*\])?")
TOKEN = re.compile(
    r"\\\\(?:\[[^]]*\])?|⟦\d+⟧|\\[a-zA-Z]+|\\.|:=|\d+(?:\.\d+)?|[a-zA-Z]|[^\s\w]|_|\s+", re.DOTALL
)
SIZES = r"left right big bigl bigr Big Bigl Bigr displaystyle vec mathbf underbrace"
SILENT = {"\\" + each for each in SIZES.split()} | {r"\,", r"\;", r"\!", r"\:", r"\ ", "&"}
FRACTIONS = {r"\frac", r"\dfrac", r"\tfrac"}
WORDS = {r"\text", r"\mathrm", r"\operatorname", r"\mathbb"}
GAPS = {r"\quad", r"\qquad"}
RELATIONS = {
    "=": "=", "<": "<", ">": ">", r"\le": "<=", r"\ge": ">=", r"\neq": "!=", r"\approx": "~",
    ":=": "<-", r"\leftarrow": "<-", r"\to": "<-", r"\longrightarrow": "~",
}  # fmt: skip
ARROWS = {r"\Longleftrightarrow": "iff", r"\Longrightarrow": "then"}
CLOSING = {"(": ")", "[": "]", "|": "|", r"\lvert": r"\rvert", r"\lVert": r"\rVert"}
CONSTANTS = {"e": math.e, "pi": math.pi}
ACCENTS = {r"\hat", r"\bar", r"\tilde"}
SPOKEN = {"+": "_plus_", "-": "_minus_", "*": "star", "lambda": "lam", ",": "_"}
ENDS = {")", "]", "}", r"\rvert", r"\rVert", r"\end", r"\\", "+", "-", r"\cdot", r"\times", r"\pm"}
ENDS |= set(RELATIONS) | set(ARROWS) | GAPS | {",", "/", ";"}


class Unreadable(ValueError):
    """The formula holds something that the reader does not know."""


@dataclass(frozen=True)
class Statement:
    """Sides that a chain of relations joins: len(relations) == len(sides) - 1."""

    sides: tuple
    relations: tuple


def lift(formula, tables):
    """Put each table of a formula aside, as (kind, rows of cells), and a mark in its place."""

    def aside(found):
        kind, body = found.groups()
        tables.append((kind, [row.split("&") for row in ROW.split(body) if row.strip()]))
        return f"⟦{len(tables) - 1}⟧"

    return TABLE.sub(aside, formula)


def tokens(formula):
    """Cut LaTeX into its smallest parts; what only spaces or sizes them is dropped."""
    plain = formula.replace("{}", "").replace(r"\vec 1", r"\ones")
    found = [part for part in TOKEN.findall(plain) if not part.isspace()]
    rows = [r"\\" if part.startswith(r"\\") else part for part in found]  # whatever room is wanted
    return [part for part in rows if part not in SILENT]


def spoken(parts):
    """Return the Python name of the tokens of a symbol's index."""
    plain = [part.lstrip("\\") for part in parts if part not in WORDS]
    said = "".join(SPOKEN.get(part, part) for part in plain)
    return re.sub(r"\W", "", said.replace("{", "").replace("}", ""))


class Reader:
    """Reads one formula from left to right, with the names of values and of functions at hand."""

    def __init__(self, formula, values=(), functions=(), along=None):
        self.tables, self.at = [], 0
        self.parts = tokens(lift(formula, self.tables))
        self.values, self.functions, self.along = set(values), set(functions), along
        self.bars = 0

    # Moving.

    @property
    def next(self):
        return self.parts[self.at] if self.at < len(self.parts) else ""

    def peek(self, ahead):
        return self.parts[self.at + ahead] if self.at + ahead < len(self.parts) else ""

    def take(self, wanted=None):
        part = self.next
        if wanted is not None and part != wanted:
            where = "".join(self.parts[max(0, self.at - 8) : self.at + 4])
            raise Unreadable(f"wanted {wanted!r}, found {part!r} near {where!r}")
        self.at += 1
        return part

    def skip(self, *unwanted):
        while self.next in unwanted and self.next:
            self.at += 1

    def group(self):
        """The tokens of a braced group, or the one token that stands for it."""
        if self.next != "{":
            if self.next.isdigit():  # as LaTeX has it, \\frac12 is a half
                digit, rest = self.next[0], self.next[1:]
                self.parts[self.at : self.at + 1] = [digit, rest] if rest else [digit]
            return [self.take()]
        depth, start = 0, self.at + 1
        while True:
            part = self.take()
            depth += (part == "{") - (part == "}")
            if depth == 0:
                return self.parts[start : self.at - 1]
            if not part:
                raise Unreadable("a brace is not closed")

    def inside(self, parts):
        """Read other tokens with the same names."""
        other = Reader("", self.values, self.functions, self.along)
        other.parts, other.tables = parts, self.tables
        return other

    def expression_of(self, parts):
        other = self.inside(parts)
        value = other.sum()
        other.finish()
        return value

    def finish(self):
        if self.next:
            raise Unreadable(f"left over: {''.join(self.parts[self.at :])!r}")

    # Statements.

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
        return self.name_of_word(self.at + 1) not in self.values | self.functions

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

    # Expressions.

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
            return meaning.add(meaning.number("0"), self.signed_term(), sign)
        return self.term()

    def term(self):
        value = self.factor()
        while True:
            start = self.at
            self.skip(r"\\", *GAPS)
            if self.next in {r"\cdot", r"\times", "/"}:
                sign = self.take()
                other = self.signed_factor()
                value = (
                    meaning.multiply(value, other) if sign != "/" else meaning.divide(value, other)
                )
                continue
            self.at = start
            if not self.next or self.next in ENDS or (self.bars and self.next == "|"):
                return value
            value = meaning.multiply(value, self.factor())

    def signed_factor(self):
        if self.next == "-":
            self.take()
            return meaning.add(meaning.number("0"), self.factor(), "-")
        return self.factor()

    def factor(self):
        """One thing with its primes and powers."""
        value = self.atom()
        while self.next in {"'", "^", "_"} and self.next:
            mark = self.take()
            if mark == "'":
                value = meaning.derivative(value, self.variable(self.along or ""))
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
            return meaning.apply(NAMED["sqrt"], [self.expression_of(self.group())])
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
        self.bars += opening == "|"
        outer, self.bars = self.bars, self.bars if opening == "|" else 0
        items = [self.sum()]
        while self.next == ",":
            self.take()
            items.append(self.sum())
        self.take(CLOSING[opening])
        self.bars = outer - (opening == "|")
        if opening in {"|", r"\lvert", r"\lVert"}:
            return meaning.apply(meaning.length, items)
        return items[0] if len(items) == 1 else meaning.table([[item] for item in items])

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
            variables.append(below.variable())
            if below.next == "^":
                below.take()
                variables += variables[-1:] * (int("".join(below.group())) - 1)
        if len(variables) != order:
            raise Unreadable(f"a derivative of order {order} by {len(variables)} variables")
        value = self.expression_of(rest) if rest else self.term()
        for variable in reversed(variables):
            value = meaning.derivative(value, variable)
        return value

    def variable(self, name=None):
        """The symbol that a derivative is taken by, not its value."""
        if name is not None:
            if name not in self.values:
                raise Unreadable("a prime needs to be told the variable: along='x'")
            return meaning.symbol(name)
        return self.symbol()

    def series(self):
        self.take(), self.take("_")
        index = self.inside(self.group())
        name = index.take()
        index.take("=")
        first = index.sum()
        self.take("^")
        last = self.expression_of(self.group())
        self.values, outer = self.values | {name}, self.values
        body = self.term()
        self.values = outer
        return meaning.series(name, first, last, body)

    def limit(self):
        self.take(), self.take("_")
        index = self.inside(self.group())
        name = index.take()
        index.take(r"\to")
        goal = meaning.constant(math.inf) if index.next == r"\infty" else index.sum()
        self.values, outer = self.values | {name}, self.values
        body = self.term()
        self.values = outer
        return meaning.limit(name, goal, body)

    def table(self):
        """A matrix, or cases."""
        kind, rows = self.tables[int(self.take()[1:-1])]
        if kind == "cases":
            cells = [[self.inside(tokens(cell)) for cell in row] for row in rows]
            return meaning.cases([(value.sum(), when.statement()) for value, when in cells])
        return meaning.table([[self.expression_of(tokens(cell)) for cell in row] for row in rows])

    # Symbols.

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
            start, known = self.at, self.values | self.functions
            prefix = part.lstrip("\\") + ("" if part == "d" else "_")
            if self.next.isalpha() or self.next.startswith("\\"):
                name = prefix + self.base()
                if any(each == name or each.startswith(name + "_") for each in known):
                    return name
            self.at = start
        return spoken([part])

    def symbol(self):
        name = self.base()
        if name in NAMED and name not in self.functions | self.values:
            return self.named(name)
        primes = 0
        while self.next == "'":
            primes += 1
            self.take()
        return self.indexed(name, primes)

    def indexed(self, name, primes):
        """A symbol with what is written below and above it, as a value or as a call."""
        known, index = self.values | self.functions, None
        plain = name
        if primes and name + "_prime" * primes in known:
            name, primes = name + "_prime" * primes, 0
        if self.next == "_":
            self.take()
            index = self.group()
            if (full := f"{name}_{spoken(index)}") in known:
                name, index = full, None
        while self.next == "'":
            primes += 1
            self.take()
        if primes and name + "_prime" * primes in known:
            name, primes = name + "_prime" * primes, 0
        if self.next == "^":
            name = self.raised(name, known)
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
            value = meaning.derivative(value, self.variable(self.along or ""))
        return value

    def raised(self, name, known):
        """Take x^*, w^{(3)} and f^{-1} into the name, when such a name is given; x^2 is a power."""
        start = self.at
        self.take()
        parts = self.group()
        full = f"{name}_inverse" if parts == ["-", "1"] else f"{name}_{spoken(parts)}"
        if full in known and not parts[0].isdigit():
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
        outer, self.bars = self.bars, 0
        items = [self.sum()]
        while self.next == ",":
            self.skip(",", r"\\")
            items.append(self.sum())
        self.take(closing)
        self.bars = outer
        return items

    def bare_call(self, function):
        return (
            function if self.next in {"^", "_"} else meaning.call(function, [self.bare_argument()])
        )

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
        function, above, primes = NAMED[name], None, 0
        while self.next == "'":
            primes += 1
            self.take()
        if self.next == "_":
            self.take()
            name = f"{name}_{spoken(self.group())}"
            if name not in NAMED:
                raise Unreadable(f"no function is called {name!r}")
            function = NAMED[name]
        if self.next == "^":
            self.take()
            above = self.expression_of(self.group())
        several = name in {"max", "min"} and self.next == "("
        items = self.arguments() if several else [self.bare_argument()]
        value = meaning.apply(function, items, primes)
        return meaning.power(value, above) if above else value


def read(formula, values=(), functions=(), along=None):
    """Read a formula into its statements, or raise `Unreadable`."""
    return Reader(formula, values, functions, along).statements()
