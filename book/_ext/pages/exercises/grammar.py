"""How a typed formula is read: the grammar of the author. grammar.js is the same for the page.

The two agree rule by rule, and both read the same cases (tests/pages/grammar_cases.csv). Where
people write two things in the same way, as 1/2x, a text has two readings. Each such doubt has a
name, and ``choose`` answers whether its second reading is wanted: so it is read once for each.
"""

import re
from itertools import combinations
from typing import NamedTuple

from pages.exercises.pieces import (
    CLOSED_BY,
    Context,
    Piece,
    Unread,
    bare_sigmas,
    is_sign,
    pieces,
    plain,
    refuse_sign,
)

LONGEST = 400  # signs
DEEPEST = 60  # rules within rules
CONSTANTS = ("pi", "e")
INVERSES = {
    "sin": "arcsin", "cos": "arccos", "tan": "arctan",
    "sinh": "arsinh", "cosh": "arcosh", "tanh": "artanh",
}  # fmt: skip


class Formula(NamedTuple):
    """A number, a letter, or a sign or function with what it joins."""

    kind: str  # number, letter, sign or call
    text: str
    parts: tuple = ()


class Reading(NamedTuple):
    """A formula as it may be meant, the doubts that are read the other way, and whether often."""

    tree: Formula
    doubts: frozenset
    is_likely: bool


# Rules.


def joined(text, *parts):
    return Formula("sign", text, parts)


def share(text):
    """Return one half from the text 1/2."""
    return joined("/", *(Formula("number", each) for each in text.split("/")))


def is_numeric(tree):
    """Whether no letter stands in a formula."""
    return tree.kind not in ("letter", "call") and all(map(is_numeric, tree.parts))


def holds(tree, text):
    return tree.text == text or any(holds(part, text) for part in tree.parts)


def is_whole(text):
    return re.fullmatch("[0-9]+", text) is not None


PLAIN_KINDS = ("number", "share", "letter", "value")
END = Piece("end", "", True)


class Parser:
    """Reads pieces from left to right, by one method for each rule, the loosest first."""

    def __init__(self, found, context):
        self.found, self.letters, self.choose = found, context.letters, context.choose
        self.at = self.depth = 0
        self.bars = 0  # open ones, within the brackets in hand

    def next(self, ahead=0):
        at = self.at + ahead
        return self.found[at] if at < len(self.found) else END

    def take(self):
        self.at += 1
        return self.found[self.at - 1]

    def sees(self, *texts):
        return self.next().kind == "sign" and self.next().text in texts

    def sees_operand(self):
        here = self.next()
        opens = here.kind in ("function", "open") or (is_sign(here, "|") and not self.bars)
        return opens or here.kind in PLAIN_KINDS

    def deeper(self, rule, *arguments):
        self.depth += 1
        if self.depth > DEEPEST:
            words = f"I can read at most {DEEPEST} brackets and signs within each other."
            raise Unread("(", words)
        result = rule(*arguments)
        self.depth -= 1
        return result

    def whole(self):
        tree = self.sum()
        if self.next().kind == "close":
            raise Unread(self.next().text, "A bracket is closed that was never opened.")
        if self.next().kind != "end":
            refuse_sign(self.next().text)
        return tree

    def sum(self):
        left = self.product()
        while self.sees("+", "-"):
            left = joined(self.take().text, left, self.product())
        return left

    def product(self):
        left = self.signed()
        while True:
            if self.sees("*"):
                left = joined(self.take().text, left, self.signed())
            elif self.sees("/"):
                left = self.quotient(left)
            elif self.sees_operand():
                left = self.side_by_side(left)
            else:
                return left

    def side_by_side(self, left):
        here, after = self.next(), self.next(1)
        last = self.found[self.at - 1]
        is_bare = here.kind == "number" and (after.kind in ("end", "close") or is_sign(after, "+-"))
        is_factor = len(left.parts) > 1 and left.parts[1].kind == "number" and left.text != "^"
        if is_bare and (left.kind == "number" or is_factor) and last.kind == "number":
            words = f"Between “{last.text}” and “{here.text}” a sign is missing."
            raise Unread(here.text, words)
        return joined("*", left, self.power())

    def quotient(self, above):
        """1/2x: what stands beside the divisor may belong to it."""
        self.take()
        below = self.signed()
        while self.sees_operand() and self.next().kind not in ("number", "share"):
            is_share = is_numeric(above) and is_numeric(below)
            if not self.choose("slash", not is_share and not self.next().gap):
                break
            below = joined("*", below, self.power())
        is_short = below.kind == "number" and self.sees("+", "-")  # 1/1+x, brackets forgotten
        if is_short and self.choose("sum", False):
            below = joined(self.take().text, below, self.product())
        return joined("/", above, below)

    def signed(self):
        if self.sees("+"):
            self.take()
            return self.deeper(self.signed)
        if self.sees("-"):
            self.take()
            return joined("-", self.deeper(self.signed))
        return self.power()

    def power(self):
        tree = self.operand()
        while self.sees("^"):
            tree = joined("^", tree, self.exponent(tree))
        return tree

    def exponent(self, below):
        if self.take().is_raised:
            return self.operand()
        if self.sees("+"):
            return self.deeper(self.exponent, below)
        if self.sees("-"):
            return joined("-", self.deeper(self.exponent, below))
        is_clear = self.next().kind not in PLAIN_KINDS
        tree = self.operand()
        if self.sees("^"):
            if not self.next().is_raised and self.choose("tower", False):
                return tree
            tree = joined("^", tree, self.deeper(self.exponent, tree))
        return tree if is_clear else self.long_exponent(below, tree)

    def long_exponent(self, below, tree):
        """e^2x, e^x/2: what stands close by may belong to the exponent."""
        is_name = below.kind == "letter" and below.text in CONSTANTS
        is_constant = below.kind == "number" or (is_name and below.text not in self.letters)
        while is_constant and self.next().kind in PLAIN_KINDS and not self.next().gap:
            if not self.choose("exponent", True):
                break
            tree = joined("*", tree, self.power())
        if self._divides(tree, is_constant) and self.choose("exponent", True):
            self.take()
            return joined("/", tree, self.operand())
        return tree

    def _divides(self, tree, is_constant):
        divisor = self.next(1)
        if not self.sees("/") or self.next().gap or divisor.gap:
            return False
        if divisor.kind == "number":
            are_whole = is_whole(divisor.text) and is_whole(tree.text) and int(divisor.text)
            return not (are_whole and int(tree.text) % int(divisor.text) == 0)
        return is_constant and divisor.kind == "letter" and not holds(tree, divisor.text)

    def operand(self):
        here = self.next()
        rules = {"number": self.numeral, "function": self.call, "open": self.group}
        if here.kind in rules:
            return self.numeral() if here.kind == "number" else self.deeper(rules[here.kind])
        if here.kind in PLAIN_KINDS:
            text = self.take().text
            tree = share(text) if here.kind == "share" else Formula("letter", text)
            return Formula("call", "sigma", (tree,)) if here.kind == "value" else tree
        if self.sees("|"):
            return self.deeper(self.absolute)
        if here.kind != "end":
            raise Unread(here.text, f"Before “{here.text}” something is missing.")
        last = self.found[self.at - 1].text if self.at else ""
        raise Unread(
            "", f"After “{last}” something is missing." if self.at else "Type an answer first."
        )

    def numeral(self):
        """A number, perhaps with a share beside it, as 2½, or with a % or a ° after it."""
        tree = Formula("number", self.take().text)
        if self.sees("%") and self.next(1).kind == "number":
            raise Unread("%", "After a % a sign is missing.")
        if self.sees("%", "°"):
            return joined(self.take().text, tree)
        here = self.next()
        is_after = self.at > 1 and is_sign(self.found[self.at - 2], "/^")
        if not is_whole(tree.text) or is_after:
            return tree
        if here.kind == "share" and not (here.gap and self.choose("mixed", True)):
            return joined("+", tree, share(self.take().text))
        if not self._sees_share() or self.choose("mixed", True) != bool(self.letters):
            return tree
        above, _, below = self.take(), self.take(), self.take()
        return joined("+", tree, share(f"{above.text}/{below.text}"))

    def _sees_share(self):
        above, slash, below = self.next(), self.next(1), self.next(2)
        is_close = is_sign(slash, "/") and not slash.gap and not below.gap
        are_numbers = above.kind == below.kind == "number"
        return is_close and are_numbers and is_whole(above.text) and is_whole(below.text)

    def group(self):
        opened, before = self.take().text, self.bars
        self.bars = 0
        tree = self.sum()
        self.bars = before
        here = self.next()
        if here.kind == "end":
            raise Unread(opened, "A bracket is not closed.")
        if here.kind != "close":
            raise Unread(here.text, f"I cannot read “{here.text}” there.")
        if here.text != CLOSED_BY[opened]:
            raise Unread(here.text, f"A “{opened}” is closed by a “{here.text}”.")
        self.take()
        return tree

    def absolute(self):
        """|x|, whose second line may be left out at the end."""
        before = self.bars
        self.take()
        self.bars = 1
        tree = self.sum()
        self.bars = before
        if self.next().kind != "end" and not self.sees("|"):
            raise Unread("|", "A line | is not closed.")
        self.at += 1
        return Formula("call", "abs", (tree,))

    def call(self):
        name = self.take().text
        raised_to = self.power_of_call() if self.sees("^") else None
        is_minus_one = raised_to and raised_to.text == "-" and raised_to.parts[0].text == "1"
        if is_minus_one and name not in INVERSES:
            raise Unread(name, f"For 1/{name} write a fraction, for the inverse its name.")
        is_inverse = is_minus_one and not self.choose("inverse", True)
        tree = Formula("call", INVERSES[name] if is_inverse else name, (self.argument(name),))
        return joined("^", tree, raised_to) if raised_to and not is_inverse else tree

    def power_of_call(self):
        """sin^2 x, sin²x, tan⁻¹ x."""
        if self.take().is_raised or not self.sees("-"):
            return self.operand()
        self.take()
        return joined("-", self.operand())

    def argument(self, name):
        here, after = self.next(), self.next(1)
        if here.kind == "open":
            return self.deeper(self.group)
        if self.sees("|"):
            return self.deeper(self.absolute)
        if here.kind == "function":
            return self.deeper(self.call)
        if self.sees("-") and after.kind in PLAIN_KINDS and not after.gap:
            self.take()
            return joined("-", self.run(name))
        if here.kind in PLAIN_KINDS:
            return self.run(name)
        raise Unread(name, f"What is “{name}” of? Nothing stands after it.")

    def run(self, name):
        """How far a function without brackets reaches, as in sin 2x cos x."""
        tree = self.factor()
        while not self.sees("^"):  # else it is of the function's value
            here, after = self.next(), self.next(1)
            if here.kind == "open" and not here.gap:
                if not is_numeric(tree) and not self.choose("reach", True):
                    return tree
            elif here.kind in PLAIN_KINDS:
                is_root = name in ("sqrt", "cbrt")
                if not here.gap and is_root and self.choose("root", True):
                    return tree
                if here.gap and not self.choose("reach", is_numeric(tree)):
                    return tree
            elif self.sees("*") and is_numeric(tree) and after.kind == "letter":
                if not self.choose("reach", True):
                    return tree
                self.take()
            else:
                return self.divided(tree)
            tree = joined("*", tree, self.factor())
        return tree

    def divided(self, tree):
        """cos x/2: the divisor may belong to what the cosine is of."""
        below = self.next(1)
        is_close = self.sees("/") and not self.next().gap and not below.gap
        is_plain = below.kind in PLAIN_KINDS and not holds(tree, below.text)
        if not is_close or not is_plain or not self.choose("reach", True):
            return tree
        self.take()
        return joined("/", tree, self.operand())

    def factor(self):
        """A factor with its power, which may be that of the function: sin x^2."""
        tree = self.operand()
        if self.sees("^") and not self.choose("power", True):
            return joined("^", tree, self.exponent(tree))
        return tree


# Readings.


def shape(tree):
    """Return a formula with all its brackets, as the table of cases writes it."""
    return f"({' '.join([tree.text, *map(shape, tree.parts)])})" if tree.parts else tree.text


def once(text, letters, by, doubts):
    """Read a text once, with the second reading of the doubts that are named."""
    met = {}

    def choose(doubt, is_likely):
        met[doubt] = met.get(doubt, True) and is_likely
        return doubt in doubts

    context = Context(tuple(letters), by, choose)
    return Parser(bare_sigmas(pieces(text, context), context), context).whole(), met


def readings(typed, letters, by=""):
    """Return a formula in all ways it may be meant, the most usual first.

    Raises:
        Unread: it cannot be read; the words say which piece, and what to write instead.
    """
    if len(typed) > LONGEST:
        raise Unread(typed, f"That is too long: at most {LONGEST} signs.")
    text = plain(typed)
    tree, met = once(text, letters, by, ())
    found = {shape(tree): Reading(tree, frozenset(), True)}
    doubts = list(met)
    for several in [*((one,) for one in doubts), *combinations(doubts, 2), tuple(doubts)]:
        try:
            other, _ = once(text, letters, by, several)
        except Unread:
            continue  # the other way is none
        is_likely = all(met[doubt] for doubt in several)
        found.setdefault(shape(other), Reading(other, frozenset(several), is_likely))
    return list(found.values())


# Writing.

TIGHTNESS = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4, "%": 5, "°": 5}


def _tightness(tree):
    if tree.kind == "sign":
        return 3 if len(tree.parts) == 1 and tree.text == "-" else TIGHTNESS[tree.text]
    return 6


def _within(tree, least):
    return f"({write(tree)})" if _tightness(tree) < least else write(tree)


def _ends_in_power(tree):
    is_minus = tree.text == "-" and len(tree.parts) == 1
    return tree.text == "^" or (is_minus and _ends_in_power(tree.parts[0]))


def write(tree):
    """Return a formula as it can be typed, with the brackets that leave no doubt."""
    if tree.kind == "call":
        return f"{tree.text}({write(tree.parts[0])})"
    if not tree.parts:
        return tree.text
    if len(tree.parts) == 1:
        inside = tree.parts[0]
        return f"-{_within(inside, 4)}" if tree.text == "-" else f"{write(inside)}{tree.text}"
    a, b = tree.parts
    if tree.text == "^":
        return f"{_within(a, 6)}^{_within(b, 6)}"
    if tree.text in "+-":
        return f"{_within(a, 1)} {tree.text} {_within(b, 2)}"
    is_doubtful = tree.text == "/" and _ends_in_power(a)  # for x^2/3 has two readings
    above = f"({write(a)})" if is_doubtful else _within(a, 3)
    return f"{above}{tree.text}{_within(b, 4)}"
