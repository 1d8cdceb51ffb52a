"""The grammar: LaTeX in, a tree out; what is not understood is refused with its place.

From the outside to the inside: a formula is made of statements, a statement of sides that relations
join, a side of terms, a term of factors, a factor of an atom with scripts around it. What a symbol
stands for the reader does not know; it is told the names of the values and of the functions. A
symbol has a Python name: \\hat y is hat_y, x_{k+1} is x_k_plus_1, x^* is x_star, \\lambda is lam.
"""

from pages.formulas import tree
from pages.formulas.cursor import Cursor, texts
from pages.formulas.known import CONSTANTS, IN_BRACKETS, INVERTED, NAMED, TRANSPOSED, Known
from pages.formulas.known import absorbed as name_in
from pages.formulas.printing import essential, latex, printed
from pages.formulas.tokens import ACCENTS, STYLES, TABLES, Unreadable, cut, is_gap, name_of, word

RELATIONS = {
    "=": "=", "<": "<", ">": ">", r"\le": "<=", r"\ge": ">=", r"\neq": "!=", r"\approx": "~",
    ":=": ":=", r"\leftarrow": "<-", r"\to": "<-", r"\longrightarrow": "->", r"\equiv": "=",
    r"\triangleq": "=", r"\coloneqq": ":=", r"\ll": "<<", r"\gg": ">>", r"\propto": "prop",
    r"\simeq": "~", r"\sim": "~",
}  # fmt: skip
ARROWS = {r"\Longleftrightarrow": "iff", r"\Longrightarrow": "then"}
JOINS = {r"\cdot", r"\times", r"\odot", r"\circ", r"\otimes", r"\div", "*", "/"}
SIGNS = {"+", "-", r"\pm", r"\mp"}
CLOSING = {
    "(": ")", "[": "]", "|": "|", r"\left|": r"\right|", r"\lvert": r"\rvert",
    r"\lVert": r"\rVert", r"\|": r"\|", r"\left\|": r"\right\|", r"\langle": r"\rangle",
    r"\lfloor": r"\rfloor", r"\lceil": r"\rceil", r"\{": r"\}",
}  # fmt: skip
BARS = {"|", r"\left|", r"\lvert"}
NORMS = {r"\lVert", r"\|", r"\left\|"}
FRACTIONS = {r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"}
IF = {"if", "for", "when", "where", "whenever", "with", "for all"}
ELSE = {"otherwise", "else"}
AND = {"and", "so", "hence", "thus", "therefore"}
UNITS = {"m", "s", "km", "kg", "m/s", "km/h", "ms", "cm", "mm", "g", "kB", "MB", "px", "%"}
STOPS = (
    {")", "]", "}", "&", ",", ";", ".", ":", r"\end", r"\rvert", r"\rVert", r"\rangle", r"\rfloor"}
    | {r"\rceil", r"\}", r"\right|", r"\right\|", r"\right.", r"\over", r"\in", r"\forall"}
    | {r"\colon", r"\mapsto", r"\overset", r"\stackrel"}
    | JOINS | SIGNS | set(RELATIONS) | set(ARROWS)
)  # fmt: skip


class Reader(Cursor):
    """Reads what is written, with the names that it is told."""

    def __init__(self, tokens, known):
        super().__init__(tokens)
        self.known, self.bars = known, []  # the closing bars that are waited for

    def inside(self, tokens, known=None):
        """Read other tokens with the same names."""
        return type(self)(tokens, known or self.known)

    def whole(self, tokens, known=None):
        """Read tokens that are one expression."""
        if not tokens:
            self.fail("an expression is missing")
        other = self.inside(tokens, known)
        node = other.over() if r"\over" in texts(tokens) else other.sum()
        other.skip_gaps()
        other.finish()
        return node

    def over(self):
        """Read {a \\over b}."""
        middle = self.until({r"\over"})
        top, bottom = self.tokens[:middle], self.tokens[middle + 1 :]
        self.at = len(self.tokens)
        return tree.Fraction(r"\over", self.whole(top), self.whole(bottom))

    # Statements.

    def formula(self):
        parts = []
        while self.next:
            self.skip_gaps()
            if self.next:
                parts.append(self.part())
        return tree.Formula(tuple(parts))

    def part(self):
        """Read a statement, an arrow, or what stands between statements."""
        if self.next in ARROWS:
            return tree.Arrow(self.take())
        if self.next in {",", ";"} or (word(self.next) in AND and not self.is_name()):
            return tree.Between((self.take(),))
        if self.next == ".":
            return self.full_stop()
        if self.next == r"\boxed" and self.states(self.tokens[self.at + 1 :]):
            self.take()
            return tree.Boxed(self.inside(self.group()).formula().parts)
        if self.next == r"\forall":
            self.take()
            return tree.ForAll(self.names_between_commas())
        return self.statement()

    def full_stop(self):
        self.take()
        self.skip_gaps()
        if self.next:
            self.fail("a full stop is followed by more")
        return tree.Between((".",))

    def states(self, tokens):
        """Whether the group that opens here holds a relation."""
        return any(each in RELATIONS for each in texts(self.inside(tokens).group()))

    def is_name(self):
        return self.known.begins(name_of([self.next]))

    def statement(self):
        label = self.label()
        first = self.sum()
        if self.next == r"\colon":
            return tree.Mapping(first, tuple(texts(self.rest_of_mapping())))
        if self.next == r"\in":
            return self.member(first)
        statement = self.chain(first, label)
        if self.listed_values(statement):
            return self.one_of(statement)
        return self.conditioned(statement)

    def label(self):
        """Words with a colon before a statement."""
        words = word(self.next)
        if words is None or self.is_name():
            return ()
        if words.endswith(":"):
            found = (self.take(),)
        elif self.peek(1) == ":":
            found = (self.take(), self.take())
        else:
            return ()
        self.skip_gaps()
        return found

    def rest_of_mapping(self):
        """Take R \\to R after f\\colon."""
        start = self.at
        self.take(r"\colon")
        while self.next and self.next != "," and not is_gap(self.next):
            part = self.take()
            if part not in {r"\to", "^", "{", "}"} and word(part) is None and not part.isdigit():
                self.fail(f"wanted a set such as \\mathbb{{R}}, found {part!r}")
        return self.tokens[start : self.at]

    def chain(self, first, label=()):
        sides, relations = [first], []
        while True:
            start = self.at
            self.skip_gaps()  # a row that opens with a relation goes on with the last one
            relation = self.relation()
            if relation is None:
                self.at = start
                return tree.Statement(tuple(sides), tuple(relations), label)
            relations.append(relation)
            self.skip_gaps()
            sides.append(self.sum())

    def relation(self):
        """Take a relation, with what is set over it, or return None."""
        if self.next in RELATIONS:
            return (self.take(),)
        if self.next not in {r"\overset", r"\stackrel"}:
            return None
        start = self.at
        self.take()
        note, sign = texts(self.group()), texts(self.group())
        if note not in (["!"], [r"\text{def}"], [r"\mathrm{def}"]) or sign[0] not in RELATIONS:
            self.fail("what stands over the relation is not known")
        return tuple(texts(self.tokens[start : self.at]))

    def listed_values(self, statement):
        """Whether j = 0, 1 stands here: more than one number for one symbol."""
        alone = len(statement.sides) == 2 and isinstance(statement.sides[0], tree.Name)
        is_number = [isinstance(each, tree.Number) for each in statement.sides]
        more = self.next == "," and self.peek(1)[:1].isdigit()
        return alone and is_number[-1] and more and self.peek(2) in {"", ",", ".", r"\\"}

    def one_of(self, statement):
        values = [statement.sides[1]]
        while self.next == "," and self.peek(1)[:1].isdigit():
            self.take()
            values.append(self.number())
        relation = statement.relations[0][0]
        return tree.Member(statement.sides[0], relation, "", tuple(values), "")

    def member(self, of):
        self.take(r"\in")
        if word(self.next) is not None:
            start = self.at
            self.take()
            if self.next == "^":
                self.take()
                self.group()
            return tree.Space(of, (r"\in", *texts(self.tokens[start : self.at])))
        opening = self.take()
        if opening not in {"(", "[", r"\{"}:
            self.fail(f"wanted a set, found {opening!r}")
        items = self.items()
        if self.next not in {")", "]", r"\}"}:
            self.fail("the set is not closed")
        return tree.Member(of, r"\in", opening, items, self.take())

    def conditioned(self, statement):
        """Read the conditions that are written after a statement."""
        words, conditions = [], []
        while opening := self.condition_opening():
            words.append(opening)
            conditions.append(self.condition())
            if opening == ("(",):
                while self.next == ",":
                    words.append((self.take(),))
                    self.skip_gaps()
                    conditions.append(self.condition())
                self.take(")")
        if not words:
            return statement
        return tree.Statement(
            statement.sides, statement.relations, statement.label, tuple(conditions), tuple(words)
        )

    def condition_opening(self):
        """Take the words that open a condition, or return None."""
        start = self.at
        comma = (self.take(),) if self.next == "," else ()
        self.skip_gaps()
        if word(self.next) in IF and not self.is_name():
            return (*comma, self.take())
        if not comma and self.at > start and self.next == "(" and self.compares():
            return (self.take(),)
        self.at = start
        return None

    def compares(self):
        """Whether a whole comparison stands in the brackets that open here, as (x > 0)."""
        ahead = self.inside(self.tokens[self.at + 1 :])
        inside = ahead.tokens[: ahead.until({")"}) or 0]
        return any(each in RELATIONS or each == r"\in" for each in texts(inside))

    def condition(self):
        first = self.sum()
        return self.member(first) if self.next == r"\in" else self.chain(first)

    def names_between_commas(self):
        names = [self.symbol()]
        while self.next == ",":
            self.take()
            names.append(self.symbol())
        return tuple(names)

    # Sums and products.

    def sum(self):
        terms, signs = [self.signed(self.term)], []
        while True:
            start = self.at
            self.skip_gaps()  # a row that opens with a sign goes on with the last one
            if self.next not in SIGNS:
                self.at = start
                break
            signs.append(self.take())
            self.skip_gaps()
            terms.append(self.term())
        return tree.Sum(tuple(terms), tuple(signs)) if signs else terms[0]

    def signed(self, read):
        """Read something with a sign before it, or without."""
        if self.next not in SIGNS:
            return read()
        sign = self.take()
        return tree.Negative(sign, self.signed(read))

    def term(self):
        factors, joins = [self.factor()], []
        while True:
            start = self.at
            self.skip_gaps()
            join = self.join(factors)
            if join is None:
                self.at = start
                break
            joins.append(join)
            factors.append(self.signed(self.denominator if join == "/" else self.factor))
        node = tree.Product(tuple(factors), tuple(joins)) if joins else factors[0]
        return self.at_point(node) if self.bar_of_point() and not self.operands else node

    def join(self, factors):
        """Take what joins the next factor: a sign, or "" for nothing; None at the end of a term."""
        if self.next in JOINS:
            sign = self.take()
            self.skip_gaps()
            return sign
        if self.ends() or is_gap(self.peek(-1)):
            return None
        if self.next[0].isdigit() and isinstance(factors[-1], tree.Number):
            return self.fail("two numbers stand side by side")
        return ""

    def ends(self):
        """Whether no factor can begin here."""
        part = self.next
        if not part or is_gap(part) or part in STOPS or part.startswith((r"\end", r"\begin{alig")):
            return True
        if self.bars and part == self.bars[-1]:
            return True
        remark = word(part) is not None and not self.is_name() and name_of([part]) not in NAMED
        return self.bar_of_point() or (remark and word(part) not in {"d", "e", "1"})

    def bar_of_point(self):
        """Whether a bar stands here that has a point below, as in |_{x=3}."""
        return self.next in {"|", r"\right|"} and self.peek(1) == "_" and not self.bars

    def denominator(self):
        """What a slash divides by: the next factor, with all that is written close to it."""
        factors = [self.factor()]
        while not self.ends():
            if self.next == "(":
                one, two = "a/(b(c))", "(a/b)(c)"
                self.fail("a bracket after a slash and a factor", (one, two))
            factors.append(self.factor())
        return (
            tree.Product(tuple(factors), ("",) * (len(factors) - 1))
            if factors[1:]
            else (factors[0])
        )

    # Factors.

    def factor(self):
        """One thing with its scripts."""
        node = self.symbol() if self.is_symbol() else self.atom()
        return self.with_scripts(node)

    def is_symbol(self):
        part = self.next
        if part in STYLES or part in ACCENTS or word(part) is not None:
            return True
        if part.isalpha():
            return True
        return part.startswith("\\") and part[1:].isalpha() and part not in OTHERS

    def with_scripts(self, node):
        while self.next in {"'", "^", "_", "!", r"\%"}:
            if self.next in {"!", r"\%"}:
                node = tree.Postfix(node, self.take())
                continue
            if self.next == "_" and self.point_below():
                return self.at_point(node, ())
            node = self.scripted(node, self.scripts())
        if isinstance(node, tree.Number) and word(self.next) in UNITS and not self.is_name():
            node = tree.Postfix(node, self.take())
        return node

    def point_below(self):
        """Whether what stands below is a point and no index: (1,1), or x=3."""
        below = texts(self.inside(self.tokens[self.at + 1 :]).group())
        return below[:1] == ["("] or "=" in below

    def scripts(self):
        """Take all that is written above and below here: pairs of a mark and tokens."""
        found = []
        while self.next in {"'", "^", "_"}:
            if self.next == "_" and self.point_below():
                break
            mark = self.take()
            parts = [] if mark == "'" else self.group()
            if mark == "^" and parts and set(texts(parts)) == {"'"}:
                found += [("'", [])] * len(parts)  # f^{\prime}
                self.caret = True
            else:
                found.append((mark, parts))
        return found

    def scripted(self, node, scripts):
        """Wrap a node into its scripts."""
        marks = [mark for mark, _ in scripts]
        if sorted(marks) == ["^", "_"]:
            index = next(parts for mark, parts in scripts if mark == "_")
            power = next(parts for mark, parts in scripts if mark == "^")
            raised = self.raised(self.indexed(node, index), power)
            placed = self.indexed(self.raised(node, power), index)
            return tree.Scripted(raised, placed, marks[0] == "_")
        if len(marks) > 1 and set(marks) != {"'"} and "'" not in marks:
            self.fail("a symbol has more scripts than one above and one below")
        primes = marks.count("'")
        for mark, parts in scripts:
            if mark == "_":
                node = self.indexed(node, parts)
            elif mark == "^":
                node = self.raised(node, parts)
        return tree.Primed(node, self.written_primes(primes)) if primes else node

    def written_primes(self, count):
        caret, self.caret = self.caret, False
        return (("^",) if caret else ()) + ("'",) * count

    caret = False  # whether the last primes were written as ^{\prime}

    def raised(self, node, parts):
        above = texts(parts)
        if len(above) == 1 and above[0] in TRANSPOSED:
            if above == ["T"] and "T" in self.known.values:
                self.fail("T is a symbol here", ("the transpose", "the power T"))
            return tree.Transposed(node, above[0])
        if above == ["-", "T"]:
            one = tree.Negative("-", tree.Number("1"))
            return tree.Transposed(tree.Power(node, one), "-T")
        if above in ([r"\circ"], ["+"]):
            return tree.Postfix(node, f"^ {above[0]}")
        return tree.Power(node, self.whole(parts))

    def indexed(self, node, parts):
        """An entry of an array: A_{ij}, A_{i,j}, x_{k+1}."""
        if isinstance(node, tree.Number):
            self.fail("a number has an index")
        items, commas = [], []
        if {"+", "-"} & set(texts(parts)):
            other = self.inside(parts)
            items = list(other.items())
            other.finish()
            return tree.Indexed(node, tuple(items), (True,) * (len(items) - 1))
        for token in parts:
            if token.text == ",":
                commas[-1:] = [True]
            elif token.text not in {"(", ")", "{", "}"}:
                items.append(self.whole([token]))
                commas.append(False)
            else:
                self.fail(f"{token.text!r} stands in an index")
        return tree.Indexed(node, tuple(items), tuple(commas[: len(items) - 1]))

    def atom(self):
        part = self.next
        if part[:1].isdigit():
            return self.number()
        if part == "{":
            return self.whole(self.group())
        if part in CLOSING:
            return self.enclosed()
        if part in FRACTIONS:
            return self.fraction()
        if part.startswith(r"\begin{"):
            return self.table()
        if part in ATOMS:
            return ATOMS[part](self)
        if part == r"\dots":
            return self.dots()
        return self.fail(f"{part or 'the end'!r} is not read here")

    def dots(self):
        if "dots" not in self.known.values:
            self.fail("what \\dots stands for is not given: dots=...")
        return tree.Name("dots", (self.take(),))

    def infinity(self):
        self.take()
        return tree.Infinity()

    def number(self):
        digits = self.take()
        if self.next == r"\dots":
            self.take()
            return tree.Number(digits, True)
        return tree.Number(digits)

    # Brackets.

    def enclosed(self):
        if self.next == "|" and self.peek(1) == "|" and not self.bars:
            return self.norm(("|", "|"))
        opening = self.take()
        if opening in NORMS:
            return self.norm((opening,), taken=True)
        if opening == r"\{" and self.next == r"\begin{array}":
            return self.cases_of_array()
        if opening == "(" and (composed := self.composed()):
            return composed
        items = self.items(bar=CLOSING[opening] if opening in BARS else None)
        closing = self.take(CLOSING[opening])
        if opening in BARS:
            return tree.Bars(opening, self.only(items), closing)
        return tree.Bracket(opening, items, closing)

    def only(self, items):
        return items[0] if len(items) == 1 else self.fail("a comma stands between bars")

    def norm(self, opening, taken=False):
        if not taken:
            self.take(), self.take()
        closing = CLOSING[opening[0]]
        (item,) = self.items(bar=closing)
        for _ in opening:
            self.take(closing)
        below = ""
        if self.next == "_":
            self.take()
            below = "".join(texts(self.group()))
        return tree.Norm(" ".join(opening), item, " ".join([closing] * len(opening)), below)

    def items(self, bar=None):
        """The expressions between commas, up to what closes them."""
        outer = self.bars
        self.bars = [*outer, bar] if bar else []
        found = [self.sum()]
        while self.next == ",":
            self.take()
            self.skip_gaps()
            found.append(self.sum())
        self.skip_gaps()
        self.bars = outer
        return tuple(found)

    def composed(self):
        """Read f \\circ g) and the argument after it, or return None."""
        end = self.until({")"})
        parts = texts(self.tokens[self.at : self.at + end]) if end else []
        if r"\circ" not in parts or not all(
            each == r"\circ" or name_of([each]) in self.known.functions for each in parts
        ):
            return None
        names = tuple(tree.Name(name_of([each]), (each,)) for each in parts if each != r"\circ")
        self.at += end + 1
        return tree.Composed(names, self.argument())

    def argument(self):
        if self.next not in {"(", "[", r"\{"}:
            self.fail("the argument is wanted in brackets")
        opening = self.take()
        items = self.items()
        return tree.Bracket(opening, items, self.take(CLOSING[opening]))

    def at_point(self, node, closing=None):
        """Read a point below: |_{x=3} after an expression, _{(1,1)} after a matrix."""
        closing = (self.take(),) if closing is None else closing
        return self.point(node, (), closing)

    def point(self, node, opening, closing):
        self.take("_")
        other = self.inside(self.group())
        if other.next == "(":
            values = other.argument().items
            other.finish()
            return tree.AtPoint(node, opening, closing, (), values)
        names, values = [], []
        while other.next:
            names.append(other.symbol())
            other.take("=")
            values.append(other.sum())
            if other.next == ",":
                other.take()
        return tree.AtPoint(node, opening, closing, tuple(names), tuple(values))

    def evaluated(self):
        """Read \\left. ... \\right|_{x=3}."""
        self.take()
        self.bars = [*self.bars, r"\right|"]
        node = self.sum()
        self.bars = self.bars[:-1]
        if self.next != r"\right|":
            self.fail("\\left. is not closed by a bar with a point below")
        return self.point(node, (r"\left.",), (self.take(),))

    # Fractions and derivatives.

    def fraction(self):
        command = self.take()
        top, bottom = self.group(), self.group()
        if not top or not bottom:
            self.fail("a fraction lacks a side")
        sign = top[0].text
        if is_differential(sign) and bottom[0].text == sign and len(bottom) > 1:
            self.check_sign(sign)
            return self.valued(self.leibniz(command, top, bottom))
        return tree.Fraction(command, self.whole(top), self.whole(bottom))

    def check_sign(self, sign):
        if sign == "d" and "d" in self.known.values:
            self.fail("d is a symbol here", ("a derivative", "a fraction with the factor d"))

    def leibniz(self, command, top, bottom):
        """A derivative written as a quotient; without a numerator it takes the term after it."""
        sign, rest, order = top[0].text, self.inside(top[1:]), None
        if rest.next == "^":
            rest.take()
            order = rest.whole(rest.group())
        variables = self.variables(sign, self.inside(bottom))
        if order is None or isinstance(order, tree.Number):
            self.count_variables(1 if order is None else int(order.digits), variables)
        inner = rest.tokens[rest.at :]
        of = self.whole(inner) if inner else self.operand()
        return tree.Derivative(command, sign, order, of, bool(inner), variables)

    def operand(self):
        self.skip_gaps()
        self.operands += 1
        node = self.signed(self.term)
        self.operands -= 1
        return node

    operands = 0  # how many derivatives are being read: a bar after them has their point

    def count_variables(self, order, variables):
        powers = [1 if power is None else power for _, power, _ in variables]
        if not all(isinstance(each, (int, tree.Number)) for each in powers):
            return
        found = sum(each if isinstance(each, int) else int(each.digits) for each in powers)
        if found != order:
            self.fail(f"a derivative of order {order} by {found} variables")

    def variables(self, sign, below):
        """Read dx\\,dy^2: names with powers, and with a mark of transposition."""
        found = []
        while below.next:
            below.take(sign)
            name, mark = below.variable()
            power = None
            if (
                below.next == "^"
                and texts(below.inside(below.tokens[below.at + 1 :]).group())[0] in TRANSPOSED
            ):
                start = below.at
                below.take()
                below.group()
                mark = tuple(texts(below.tokens[start : below.at]))
            elif below.next == "^":
                below.take()
                power = below.whole(below.group())
            found.append((name, power, mark))
        return tuple(found)

    def variable(self):
        """Read the symbol of a variable, without a power; a prime may mark a transposed one."""
        start = self.at
        if self.next == "{":
            return self.whole(self.group()), ()
        name, written = self.base()
        if f"{name}_value" in self.known.values and self.next not in {"'", "_"}:
            return tree.Name(f"{name}_value", written), ()
        if full := self.full_name(name):
            return tree.Name(full, tuple(texts(self.tokens[start : self.at]))), ()
        mark = (self.take(),) if self.next == "'" else ()
        if self.next == "_":
            self.at = start
            return self.indexed_variable(), ()
        self.need(name)
        return tree.Name(name, written), mark

    def full_name(self, name):
        """Take the scripts of a variable if all of them belong to its name, and return that."""
        start = self.at
        scripts = [(mark, texts(parts)) for mark, parts in self.scripts()]
        self.caret = False
        full, taken = name_in(name, scripts, self.known)
        if scripts and len(taken) == len(scripts):
            return full
        self.at = start
        return ""

    def indexed_variable(self):
        """Read x_i as a variable: an entry of an array."""
        name, written = self.base()
        self.take("_")
        self.need(name)
        return self.indexed(tree.Name(name, written), self.group())

    def need(self, name):
        if not self.known.has(name):
            self.fail(f"nothing is said of {name!r}")

    def valued(self, derivative):
        """A derivative of a function of the registry, with the point it is taken at."""
        of = derivative.of
        called = derivative.inside and isinstance(of, tree.Name)
        if self.next != "(" or not called:
            return derivative
        if name_of_function(of.name) in self.known.functions:
            return tree.Valued(derivative, self.argument())
        return derivative

    def slash_derivative(self):
        """Read dy/dx or d/dx, or return None and take nothing."""
        start, sign = self.at, self.take()
        try:
            of = None if self.next == "/" else self.variable()[0]
            self.take("/")
            if self.next != sign:
                self.fail("no derivative")
            self.take(sign)
            name, mark = self.variable()
        except Unreadable:
            self.at = start
            return None
        self.check_sign(sign)
        variables = ((name, None, mark),)
        inside = of is not None
        return tree.Derivative("/", sign, None, of or self.operand(), inside, variables)

    def partial(self):
        """Read \\partial_x, and what it differentiates."""
        found = self.slash_derivative()
        if found:
            return found
        self.take()
        self.take("_")
        variables = tuple((self.whole([each]), None, ()) for each in self.group())
        order = tree.Number(str(len(variables))) if len(variables) > 1 else None
        return tree.Derivative("_", r"\partial", order, self.operand(), False, variables)

    def nabla(self):
        """Read \\nabla f of a value, \\nabla_x f, \\nabla^2 f."""
        self.take()
        by, order = None, 1
        for mark, parts in self.scripts():
            if mark == "_":
                by = self.whole(parts)
            elif texts(parts) == ["2"]:
                order = 2
            else:
                self.fail("\\nabla has something above that is not 2")
        return tree.Gradient(self.factor(), order, by)

    # Roots, sums, limits.

    def root(self):
        self.take()
        degree = None
        if self.next == "[":
            self.take()
            end = self.until({"]"})
            degree = self.whole(self.tokens[self.at : self.at + (end or 0)])
            self.at += end + 1
        return tree.Root(self.whole(self.group()), degree)

    def binomial(self):
        self.take()
        return tree.Binomial(self.whole(self.group()), self.whole(self.group()))

    def series(self):
        sign, parts = self.take(), {}
        while self.next in {"_", "^"}:
            mark = self.take()
            parts[mark] = (len(parts), self.group())
        place, below = parts.get("_", (0, []))
        above = parts.get("^", (1, None))
        index = self.inside(below, self.known.binding(*texts(below)))
        names, relation, first = self.running(index)
        late = [first.name] if relation in {"<", r"\le"} and isinstance(first, tree.Name) else []
        runs = [each.name for each in names] or [k for k in "ijkl" if not self.known.has(k)]
        body = self.body_with(runs + [each for each in late if not self.known.has(each)])
        last = None if above[1] is None else self.whole(above[1])
        if (last is None) != (first is None) and relation in {"", "="}:
            self.fail("a sum has one bound of two: write both, or none")
        return tree.Series(sign, names, first, last, relation, above[0] < place, body)

    def running(self, index):
        """Read what stands below a sum: names, a relation, and where they start."""
        names = []
        while index.next and (index.next.isalpha() or index.next == ","):
            part = index.take()
            if part != ",":
                names.append(tree.Name(name_of([part]), (part,)))
        if not index.next:
            return tuple(names), "", None
        relation = index.take()
        if relation not in {"=", "<", r"\in", r"\neq", r"\le"} or not names:
            self.fail(f"{relation!r} below a sum is not read")
        first = index.sum()
        index.finish()
        return tuple(names), relation, first

    def body_with(self, names):
        """Read the next term, in which some more names have values."""
        outer, self.known = self.known, self.known.binding(*names)
        self.skip_gaps()
        node = self.signed(self.term)
        self.known = outer
        self.look_for_late(names)
        return node

    def look_for_late(self, names):
        """Refuse a sum after which a term uses its index: it could be meant to belong to it."""
        rest = texts(self.tokens[self.at : self.at + (self.until(LATE) or 99)])
        for name in names:
            if rest[:1] and rest[0] in SIGNS and name in rest and not self.known.has(name):
                self.fail(f"{name} is used after the sum over it: write brackets")

    def limit(self):
        self.take()
        self.take("_")
        parts = self.group()
        name = self.inside(parts[:1], self.known.binding(parts[0].text)).symbol()
        index = self.inside(parts[1:])
        index.take(r"\to")
        goal, side = self.goal(index)
        return tree.Limit(name, goal, side, self.body_of_limit(name.name))

    def goal(self, index):
        """Read where a limit goes, and from which side."""
        rest, side = index.tokens[index.at :], ""
        ends = texts(rest)[-4:]
        for tail in (["^", "{", "+", "}"], ["^", "{", "-", "}"], ["^", "+"], ["^", "-"]):
            if ends[-len(tail) :] == tail:
                side, rest = tail[1 if len(tail) == 2 else 2], rest[: -len(tail)]
        return index.whole(rest), side

    def body_of_limit(self, name):
        """Read the term after a limit, and further terms if its variable stands in them."""
        outer, self.known = self.known, self.known.binding(name)
        self.skip_gaps()
        terms, signs = [self.signed(self.term)], []
        while self.next in SIGNS and self.mentions_next(name):
            if outer.has(name):
                self.fail("a limit before a sum", ("(lim a) + b", "lim (a + b)"))
            signs.append(self.take())
            terms.append(self.term())
        self.known = outer
        return tree.Sum(tuple(terms), tuple(signs)) if signs else terms[0]

    def mentions_next(self, name):
        rest = self.inside(self.tokens[self.at + 1 :])
        length = rest.until(LATE)
        return name in {name_of([each]) for each in texts(rest.tokens[:length])}

    def integral(self):
        self.take()
        parts = {}
        while self.next in {"_", "^"}:
            mark = self.take()
            parts[mark] = self.whole(self.group())
        if set(parts) != {"_", "^"}:
            self.fail("an integral wants both its bounds")
        end = next((k for k in range(self.at, len(self.tokens) - 1) if self.closes(k)), None)
        if end is None:
            self.fail("an integral wants its dx")
        name = self.tokens[end + 1].text
        known = self.known.binding(name_of([name]))
        body = self.whole(self.tokens[self.at : end], known) if end > self.at else tree.Number("1")
        sign, self.at = self.tokens[end].text, end + 2
        first = next(iter(parts)) == "^"
        variable = tree.Name(name_of([name]), (name,))
        return tree.Integral(parts["_"], parts["^"], first, body, sign, variable)

    def closes(self, k):
        """Whether the d of an integral stands at a token, with its variable after it."""
        return (
            is_differential(self.tokens[k].text)
            and self.tokens[k].text != r"\partial"
            and (name_of([self.tokens[k + 1].text]).isidentifier())
        )

    def extremum(self):
        """Read \\arg\\min_q, and what becomes least."""
        start = self.at
        if self.take() == r"\arg":
            if self.next not in {r"\min", r"\max"}:
                self.fail("\\arg wants \\min or \\max")
            self.take()
        written = texts(self.tokens[start : self.at])
        self.take("_")
        return self.least(written, self.group(), under=False)

    def least(self, written, below, under):
        kind = "".join(name_of([each]) for each in written).replace(" ", "")
        names = [name_of([each]) for each in texts(below) if each != ","]
        index = self.inside(below, self.known.binding(*names))
        found = index.names_between_commas()
        index.finish()
        body = self.body_with(names)
        return tree.Extremum(tuple(written), kind, found, under, body)

    def underset(self):
        """Read a matrix with its shape below, or \\arg\\min with its variable below."""
        self.take()
        below, above = self.group(), self.group()
        if texts(above)[:1] in (["\\arg"], ["\\min"], ["\\max"]) or (
            word(texts(above)[0]) in {"arg min", "arg max", "argmin", "argmax"}
        ):
            return self.least(texts(above), below, under=True)
        if r"\times" not in texts(below):
            self.fail("what stands below is no shape such as 2 \\times 3")
        middle = texts(below).index(r"\times")
        rows, columns = self.whole(below[:middle]), self.whole(below[middle + 1 :])
        return tree.Shaped(rows, columns, self.whole(above))

    def braced(self):
        """Read a brace under or over something, with the note at it; a box; a colour."""
        command, inner, note = self.take(), self.whole(self.group()), ()
        if command in {r"\underbrace", r"\overbrace"} and self.next in {"_", "^"}:
            start = self.at
            self.take()
            texts_of_note = texts(self.group())
            if word(texts_of_note[0]) is None:
                self.fail("the note at a brace is wanted in \\text{}")
            note = tuple(texts(self.tokens[start : self.at]))
        return tree.Braced(command, inner, note)

    # Matrices.

    def table(self):
        kind = self.take()[7:-1]
        if kind not in TABLES:
            self.fail(f"the environment {kind!r} is not read here")
        form = tuple(texts(self.group())) if kind == "array" else ()
        if kind == "cases":
            return tree.Cases(kind, form, self.rows(kind, Reader.case))
        rows = self.rows(kind, Reader.cells)
        if len({len(row) for row in rows}) != 1:
            self.fail("the rows of a matrix have different lengths")
        return tree.Table(kind, form, rows)

    def cases_of_array(self):
        self.take(r"\begin{array}")
        form = tuple(texts(self.group()))
        rows = self.rows("array", Reader.case)
        self.take(r"\right.")
        return tree.Cases("array", form, rows)

    def rows(self, kind, read):
        """Read the rows of an environment up to its end."""
        outer, self.bars = self.bars, []
        found, end = [], rf"\end{{{kind}}}"
        while self.next != end:
            start = self.at
            stop = self.end_of_row(end)
            other = self.inside(self.tokens[start:stop])
            found.append(read(other))
            other.finish()
            self.at = stop
            if self.next == r"\\":
                self.take()
        self.take(end)
        self.bars = outer
        return tuple(found)

    def end_of_row(self, end):
        """Return where a row ends: at \\\\ or at the end of its own environment."""
        depth = 0
        for k in range(self.at, len(self.tokens)):
            part = self.tokens[k].text
            if depth == 0 and part in {r"\\", end}:
                return k
            depth += part.startswith(r"\begin") - part.startswith(r"\end")
        return self.fail("an environment is not closed")

    def cells(self):
        found = [self.sum()]
        while self.next == "&":
            self.take()
            found.append(self.sum())
        return tuple(found)

    def case(self):
        """Read a row of cases: a value, and when it holds."""
        value = self.sum()
        comma = self.take() if self.next == "," else ""
        self.take("&")
        self.skip_gaps()
        words, condition = (), None
        if word(self.next) in IF | ELSE and not self.is_name():
            words = (self.take(),)
        if not (words and word(words[0]) in ELSE):
            condition = self.condition()
        end = self.take() if self.next in {",", ".", ";"} else ""
        return tree.Case(value, comma, words, condition, end)

    # Symbols.

    def symbol(self):
        if self.next in {"d", r"\mathrm{d}", r"\partial"} and (found := self.quotient()):
            return found
        start = self.at
        name, written = self.base()
        if name in NAMED and not self.known.has(name):
            return self.named(name)
        if name in {"argmin", "argmax"} or name.replace(" ", "") in {"argmin", "argmax"}:
            self.take("_")
            return self.least(list(written), self.group(), under=False)
        if name == "O" and self.next == "(" and not self.known.has("O"):
            return tree.Order(written, self.argument())
        if (
            name == "D"
            and not self.known.begins("D")
            and name_of([self.next]) in (self.known.functions)
        ):
            return self.applied_d(written)
        return self.with_name(start, name, written)

    def applied_d(self, written):
        call = self.symbol()
        if not isinstance(call, tree.Call):
            self.fail("D wants a function with its argument")
        function = tree.Name(call.function.name, (*written, *call.function.written))
        return tree.Call(function, call.marks, call.order + 1, call.argument)

    def quotient(self):
        """Read dy/dx in one line, if it is one."""
        end = self.until({"/"})
        return self.slash_derivative() if end is not None and end <= 6 else None

    def base(self):
        """Take a symbol without scripts: return its name, and what is written."""
        start = self.at
        name = self.plain()
        return name, tuple(texts(self.tokens[start : self.at]))

    def plain(self):
        part = self.take()
        if part in ACCENTS:
            return ACCENTS[part] + "_" + name_of(texts(self.group()))
        if part in STYLES:
            name = name_of(texts(self.group()))
            return "ones" if name == "1" else name
        if word(part) is not None:
            return "ones" if word(part) == "1" else word(part)
        if part == "D" and self.next == "_":  # the slope in a direction is one symbol: D_u f
            self.take()
            return f"D_{name_of(texts(self.group()))}_{self.plain()}"
        prefix = part in {"d", r"\Delta", r"\nabla", r"\partial"} and self.is_letter()
        return (prefix and self.prefixed(part)) or name_of([part])

    def is_letter(self):
        part = self.next
        return part.isalpha() or (part.startswith("\\") and part not in STOPS)

    def prefixed(self, part):
        """Take the name of a difference such as \\Delta f or dw, if one is known."""
        start = self.at
        try:
            name = part.lstrip("\\") + ("" if part == "d" else "_") + self.plain()
        except Unreadable:
            name = ""
        if name and self.known.begins(name):
            return name
        self.at = start
        return None

    def with_name(self, start, base, written):
        """Read the scripts of a symbol: those that belong to its name, and the others."""
        if base == "nabla" and not self.known.begins("nabla"):
            self.at = start
            return self.nabla()
        if base == "partial" and not self.known.begins("partial"):
            self.at = start
            return self.partial()
        scripts_at, scripts = self.at, self.scripts()
        ends = self.script_places(scripts_at, len(scripts))
        pairs = [(mark, texts(parts)) for mark, parts in scripts]
        name, taken = name_in(base, pairs, self.known)
        first = min((k for k in range(len(scripts)) if k not in taken), default=len(scripts))
        head = [t for k in range(first) for t in texts(self.tokens[slice(*ends[k])])]
        tail = [t for k in taken if k > first for t in texts(self.tokens[slice(*ends[k])])]
        node = tree.Name(name, (*written, *head), tuple(tail))
        left = [each for k, each in enumerate(scripts) if k not in taken]
        if taken:
            self.caret = False
        return self.known_symbol(start, node, left)

    def script_places(self, at, count):
        """Return where each script begins and ends in the tokens."""
        found, end = [], self.at
        self.at = at
        while len(found) < count:
            start = self.at
            mark = self.take()
            parts = self.group() if mark != "'" else []
            primes = [each for each in texts(parts) if each == "'"] if mark == "^" else []
            found.append((start, self.at))
            found += [(self.at, self.at)] * (len(primes) - 1)
        self.at = end
        return found

    def known_symbol(self, start, node, left):
        name = node.name
        if self.next == r"\colon":
            return node
        if name in self.known.functions and not (
            self.next not in {"(", "["} and f"{name}_value" in self.known.values
        ):
            return self.applied(node, left)
        primed = any(mark == "'" for mark, _ in left)
        if not primed and f"{name}_value" in self.known.values:  # and no bracket follows a function
            node = tree.Name(f"{name}_value", node.written, node.after)
        indexed = any(mark == "_" for mark, _ in left)  # e_0 is no entry of the number e
        if not self.known.has(node.name) and (node.name not in CONSTANTS or indexed):
            return self.unknown(start, node, left)
        self.refuse_possible_call(node, left)
        return self.scripted(node, left) if left else node

    def unknown(self, start, node, left):
        """What is left when nothing is said of a name: a dotted or a styled symbol."""
        kind, _, rest = node.name.partition("_")
        self.at = start
        if kind in {"dot", "ddot"} and self.known.has(rest) and self.known.has("t"):
            return self.dotted(kind, rest)
        if self.next in STYLES and len(self.inside(self.tokens[self.at + 1 :]).group()) > 1:
            return tree.Braced(self.take(), self.whole(self.group()))
        return self.fail(f"nothing is said of {name_of([*node.written, *node.after])!r}")

    def dotted(self, kind, name):
        """A derivative by the time t, written with dots."""
        accent = (self.take(),)
        inner = tree.Name(name, tuple(texts(self.group())))
        times = 2 if kind == "ddot" else 1
        time = tree.Name("t", ("t",))
        return tree.Derivative("dot", "", accent, inner, True, ((time, None, ()),) * times)

    def refuse_possible_call(self, node, left):
        if self.next != "(" or left:
            return
        end = self.inside(self.tokens[self.at + 1 :]).until({")"})
        inside = texts(self.tokens[self.at + 1 : self.at + 1 + (end or 0)])
        if "," in inside or self.known.could_be_called(node.name, inside):
            name = "".join(node.written)
            ways = (f"{name} times the bracket", f"{name} at the bracket")
            self.fail(f"{name} follows from what stands in the bracket after it", ways)

    def applied(self, node, left):
        """A function of the registry with its argument."""
        primes = sum(mark == "'" for mark, _ in left)
        marks, order, power = list(self.written_primes(primes)), primes, None
        for mark, parts in left:
            above = texts(parts)
            if mark == "_":
                self.fail(f"nothing is said of {name_of([*node.written])}_{name_of(above)}")
            if mark == "^" and above[0] == "(" and above[-1] == ")" and above[1].isdigit():
                marks += ["^", "{", *above, "}"]
                order += int(above[1])
            elif mark == "^":
                power = parts
        if self.next not in {"(", "["}:
            self.fail(f"{node.name} is a function: its argument is wanted in brackets")
        argument = self.argument()
        if power is None:
            return tree.Call(node, tuple(marks), order, argument)
        return self.powered_call(node, tuple(marks), order, argument, power)

    def powered_call(self, node, marks, order, argument, power):
        """f^{-1}(y) is an inverse; f^2(x) can be the square, or f applied twice."""
        if texts(power) == ["-", "1"] and not order:
            return tree.Inverse(node, argument)
        exponent = self.whole(power)
        call = tree.Call(node, marks, order, argument)
        squared = tree.Power(call, exponent)
        if texts(power) != ["2"] or order:
            self.fail(
                "a power stands between a function and its argument",
                (latex(squared), "the function applied again"),
            )
        twice = tree.Composed((node, node), argument)
        written = [*node.written, *marks, "^", "{", *printed(exponent), "}", *printed(argument)]
        return tree.TwoWays(squared, twice, tuple(written))

    def named(self, name):
        """A function every reader knows, with its index, primes and power before its argument."""
        start = self.at - 1
        order, above = 0, None
        if name in {"max", "min"} and self.next == "_":
            self.at = start
            return self.extremum()
        while self.next in {"'", "^", "_"}:
            mark = self.take()
            if mark == "'":
                order += 1
            elif mark == "_":
                name = f"{name}_{name_of(texts(self.group()))}"
                if name not in NAMED:
                    self.fail(f"no function is called {name!r}")
            else:
                name, above = self.power_of_named(name, self.group())
        written = self.written_of_named(start, above)
        return self.argued(name, written, order, above)

    def power_of_named(self, name, parts):
        if texts(parts) == ["-", "1"]:
            if name not in INVERTED:
                self.fail(f"{name} with -1 above", ("its inverse", "one over it"))
            return INVERTED[name], None
        return name, self.whole(parts)

    def written_of_named(self, start, above):
        found = texts(self.tokens[start : self.at])
        if above is None or "^" not in found:
            return tuple(found)
        return tuple(found[: found.index("^")])

    def argued(self, name, written, order, above):
        """Read the argument of a function every reader knows, and settle whose a power is."""
        self.skip_gaps()
        if (
            self.next in {"(", "[", "{"}
            or self.next in BARS
            or (self.next == r"\{" and name in {"max", "min"})
        ):
            argument = self.whole(self.group()) if self.next == "{" else self.enclosed()
            return self.power_after(tree.Apply(name, written, order, argument, above))
        if name in {"max", "min"}:
            self.fail(f"{name} wants its values in brackets")
        return tree.Apply(name, written, order, self.bare_argument(), above)

    def power_after(self, applied):
        """\\exp(x)^2 is a square; \\sin(x)^2 is written for the square and for sin(x^2)."""
        if self.next != "^":
            return applied
        self.take()
        parts = self.group()
        outside = self.raised(applied, parts)
        if applied.function in IN_BRACKETS and isinstance(applied.argument, tree.Bracket):
            return outside
        inside = tree.Apply(
            applied.function, applied.written, applied.order,
            self.raised(applied.argument, parts), applied.above,
        )  # fmt: skip
        return tree.TwoWays(outside, inside, tuple(printed(outside)))

    def bare_argument(self):
        """What stands after sin, ln or tanh without a bracket: the product of the next factors."""
        factors = [self.signed(self.factor)]
        while not self.ends() and self.next not in CLOSING and not self.begins_function():
            factors.append(self.factor())
        if not factors[1:]:
            return factors[0]
        return tree.Product(tuple(factors), ("",) * (len(factors) - 1))

    def begins_function(self):
        return name_of([self.next]) in NAMED and not self.known.has(name_of([self.next]))


def is_differential(text):
    return text in {"d", r"\partial"} or word(text) == "d"


def name_of_function(name):
    return name.removesuffix("_value")


ATOMS = {
    r"\sqrt": Reader.root, r"\binom": Reader.binomial, r"\sum": Reader.series,
    r"\prod": Reader.series, r"\lim": Reader.limit, r"\int": Reader.integral,
    r"\arg": Reader.extremum, r"\underset": Reader.underset, r"\left.": Reader.evaluated,
    r"\underbrace": Reader.braced, r"\overbrace": Reader.braced, r"\boxed": Reader.braced,
    r"\infty": Reader.infinity,
}  # fmt: skip
OTHERS = set(ATOMS) | FRACTIONS | set(CLOSING) | STOPS | {r"\dots"}
LATE = {"=", "<", ">", r"\le", r"\ge", r"\approx", ",", ")", "]", r"\\", "&", r"\qquad"}


def read(formula, known):
    """Read a formula into its tree, or raise `Unreadable`; every token is in the tree."""
    tokens = cut(formula)
    reader = Reader(tokens, known)
    found = reader.formula()
    wanted, got = essential(texts(tokens)), essential(printed(found))
    for token, other in zip([*wanted, "the end"], [*got, "the end"], strict=False):
        if token != other:
            raise Unreadable(f"{token!r} is not accounted for: the tree has {other!r}")
    return found


def names(values=(), functions=(), rules=None):
    """Return what a reader is told, from the names of values and of functions."""
    return Known(frozenset(values), frozenset(functions), rules or {})
