"""What an author types as a number or a formula, such as ``x^2 e^(-x)``, read into SymPy.

It is read sign by sign and never evaluated as Python: a text can name numbers, single letters and
the functions below, and nothing else.
"""

import re

import sympy

FUNCTIONS = {
    "exp": sympy.exp, "ln": sympy.log, "log": sympy.log, "sqrt": sympy.sqrt, "sin": sympy.sin,
    "cos": sympy.cos, "tan": sympy.tan, "arctan": sympy.atan, "atan": sympy.atan,
    "tanh": sympy.tanh, "abs": sympy.Abs, "sign": sympy.sign,
}  # fmt: skip
LETTERS = {letter: sympy.Symbol(letter, real=True) for letter in "abcdfghkmnpqrstuvwxyz"}
NAMES = LETTERS | {"e": sympy.E, "pi": sympy.pi}
LARGEST_POWER = 1000  # of a number: a tower of powers would compute for ever

_SIGN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<word>[A-Za-z]+)"
    r"|(?P<sign>\*\*|[-+*/^()]))"
)
_WORD = re.compile("|".join(sorted([*FUNCTIONS, *NAMES], key=len, reverse=True)))


def _words(run):
    """Cut a run of letters into known names, the longest first: xe is x and e."""
    found = _WORD.findall(run)
    if "".join(found) != run:
        wanted = ", ".join(FUNCTIONS)
        raise ValueError(f"got {run!r}, wanted one of the functions {wanted}, or single letters")
    return found


def _pieces(text):
    """Return the numbers, names and signs of a text; numbers are exact."""
    found, at, text = [], 0, text.replace("−", "-").rstrip()
    while at < len(text):
        piece = _SIGN.match(text, at)
        if not piece:
            raise ValueError(f"got {text!r}, wanted no {text[at:].strip()[:1]!r} in it")
        if piece["number"]:
            found.append(sympy.Rational(piece["number"]))
        else:
            found += _words(piece["word"]) if piece["word"] else [piece["sign"]]
        at = piece.end()
    return found


class _Reader:
    """Reads pieces from left to right; the methods are the rules, from the loosest on."""

    def __init__(self, text):
        self.text, self.pieces = text, _pieces(text)

    def next(self):
        return self.pieces[0] if self.pieces else ""

    def skip(self, *signs):
        """Take the next piece if it is one of the signs."""
        return self.pieces.pop(0) if self.next() in signs else ""

    def need(self, sign):
        if not self.skip(sign):
            raise ValueError(f"got {self.text!r}, wanted a {sign!r} after what can be read")

    def sum(self):
        value = self.product()
        while sign := self.skip("+", "-"):
            term = self.product()
            value = value + term if sign == "+" else value - term
        return value

    def product(self):
        value = self.signed()
        while self.pieces and self.next() not in ("+", "-", ")"):
            if self.skip("/"):
                value = value / self.signed()
            else:  # factors stand side by side, with a sign between them or without
                value = value * (self.signed() if self.skip("*") else self.power())
        return value

    def signed(self):
        if sign := self.skip("+", "-"):
            return -self.signed() if sign == "-" else self.signed()
        return self.power()

    def power(self):
        base = self.atom()
        if not self.skip("^", "**"):
            return base
        exponent = self.signed()
        if base.is_number and exponent.is_number and not abs(exponent) <= LARGEST_POWER:
            raise ValueError(f"got {self.text!r}, wanted no power above {LARGEST_POWER}")
        return base**exponent

    def atom(self):
        if not self.pieces:
            raise ValueError(f"got {self.text!r}, wanted more at its end")
        piece = self.pieces.pop(0)
        if isinstance(piece, sympy.Rational):
            return piece
        if piece in NAMES:
            return NAMES[piece]
        if piece not in FUNCTIONS and piece != "(":
            raise ValueError(f"got {self.text!r}, wanted no {piece!r} there")
        if piece != "(":
            self.need("(")
        inside = self.sum()
        self.need(")")
        return inside if piece == "(" else FUNCTIONS[piece](inside)


def read(text):
    """Return an author's number or formula as an expression of SymPy.

    Raises:
        ValueError: it is more than numbers, letters, + − * / ^, brackets and the known functions.
    """
    reader = _Reader(text)
    try:
        value = reader.sum()
    except RecursionError:
        raise ValueError(f"got {text[:40]!r}…, wanted fewer brackets in brackets") from None
    if reader.pieces:
        raise ValueError(f"got {text!r}, wanted no {str(reader.next())!r} there")
    return value
