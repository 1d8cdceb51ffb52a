"""What an author types as a number or a formula, such as ``x^2 e^(-x)``, in SymPy, and back.

It is read by the grammar that the page has too (grammar.py) and never evaluated as Python.
"""

import re

import sympy

from pages.exercises import grammar, pieces

FUNCTIONS = {
    "exp": sympy.exp, "ln": sympy.log, "sqrt": sympy.sqrt, "cbrt": sympy.cbrt, "abs": sympy.Abs,
    "sign": sympy.sign, "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan, "cot": sympy.cot,
    "sec": sympy.sec, "csc": sympy.csc, "sinh": sympy.sinh, "cosh": sympy.cosh,
    "tanh": sympy.tanh, "coth": sympy.coth, "sech": sympy.sech, "csch": sympy.csch,
    "arcsin": sympy.asin, "arccos": sympy.acos, "arctan": sympy.atan, "arsinh": sympy.asinh,
    "arcosh": sympy.acosh, "artanh": sympy.atanh,
    "sigma": lambda z: 1 / (1 + sympy.exp(-z)),
    "log2": lambda z: sympy.log(z) / sympy.log(2),
    "log10": lambda z: sympy.log(z) / sympy.log(10),
}  # fmt: skip
WRITTEN = {each: name for name, each in FUNCTIONS.items() if isinstance(each, type)}
CONSTANTS = {"e": sympy.E, "pi": sympy.pi}
LONGEST_NUMBER = 100_000  # bits: a tower of powers would compute for ever
# Where the order of operations decides: x/2 y is (x/2) y, e^x/2 is (e^x)/2, x^2^3 is x^(2^3).
DECIDED = {"slash", "exponent", "tower", "sum", "point"}


def symbol(letter):
    return sympy.Symbol(letter, real=True)


def letters_of(text):
    """Return the letters that stand alone somewhere in a text: those are what it is about."""
    alone = re.findall("(?<![A-Za-z])[A-Za-z](?![A-Za-z])", pieces.plain(text))
    return sorted(set(alone) - {"e", "E"})


def parse(text):
    """Return what an author types as a tree of the grammar.

    Raises:
        ValueError: it cannot be read, or can be read in two ways.
    """
    try:
        first, *others = grammar.readings(text, letters_of(text))
    except pieces.Unread as error:
        words = f"got {text[:60]!r}, wanted a formula, its letters apart: {error}"
        raise ValueError(words) from None
    doubtful = [each.tree for each in others if not each.doubts <= DECIDED]
    if doubtful:
        ways = " or ".join(grammar.write(tree) for tree in (first.tree, doubtful[0]))
        raise ValueError(f"got {text!r}, which is two things: wanted {ways}")
    return first.tree


def expression(tree):
    """Return a tree of the grammar as an expression of SymPy.

    Raises:
        ValueError: a power in it is too large to be computed.
    """
    if tree.kind == "number":
        return sympy.Rational(tree.text)
    if tree.kind == "letter":
        return CONSTANTS.get(tree.text) or symbol(tree.text)
    parts = [expression(part) for part in tree.parts]
    if tree.kind == "call":
        return FUNCTIONS[tree.text](*parts)
    if len(parts) == 1:
        return parts[0] * {"-": -1, "%": sympy.Rational(1, 100), "°": sympy.pi / 180}[tree.text]
    return _joined(tree.text, *parts)


def _joined(sign, a, b):
    if sign == "^":
        if a.is_Rational and b.is_number and not _bits(a) * abs(b) < LONGEST_NUMBER:
            raise ValueError(f"got the power {sympy.Pow(a, b, evaluate=False)}, wanted less")
        return a**b
    return {"+": a + b, "-": a - b, "*": a * b}[sign] if sign != "/" else a / b


def _bits(rational):
    return max(rational.p.bit_length(), rational.q.bit_length())


def read(text):
    """Return an author's number or formula as an expression of SymPy.

    Raises:
        ValueError: it cannot be read, has two readings, or has no value, as 1/0.
    """
    found = expression(parse(text))
    if found.has(sympy.zoo, sympy.nan, sympy.oo, sympy.I):
        raise ValueError(f"got {text!r}, wanted what has a real value")
    return found


def tree_of(found):
    """Return an expression of SymPy as a tree of the grammar.

    Raises:
        ValueError: it holds what the page cannot read.
    """
    if found.is_Rational:
        return _rational(found)
    if found in CONSTANTS.values():
        return grammar.Formula("letter", "e" if found == sympy.E else "pi")
    if found.is_Symbol:
        return grammar.Formula("letter", found.name)
    if found.is_Add:
        return _chain("+", found.as_ordered_terms())
    if found.is_Mul:
        return _product(found)
    if found.func == sympy.exp:
        return grammar.joined("^", tree_of(sympy.E), tree_of(found.exp))
    if found.is_Pow:
        return _power(found)
    if found.func not in WRITTEN:
        raise ValueError(f"got {found}, wanted nothing but what the page can read")
    return grammar.Formula("call", WRITTEN[found.func], (tree_of(found.args[0]),))


def _rational(found):
    above = grammar.Formula("number", str(abs(found.p)))
    whole = above if found.q == 1 else grammar.share(f"{abs(found.p)}/{found.q}")
    return grammar.joined("-", whole) if found < 0 else whole


def _chain(sign, parts):
    first, *rest = parts
    tree = tree_of(first)
    for part in rest:
        is_less = sign == "+" and part.could_extract_minus_sign()
        tree = grammar.joined("-" if is_less else sign, tree, tree_of(-part if is_less else part))
    return tree


def _product(found):
    if found.could_extract_minus_sign():
        return grammar.joined("-", tree_of(-found))
    above, below = sympy.fraction(found)
    if below != 1:
        return grammar.joined("/", tree_of(above), tree_of(below))
    return _chain("*", found.as_ordered_factors())


def _power(found):
    if found.exp == sympy.S.Half:
        return grammar.Formula("call", "sqrt", (tree_of(found.base),))
    if found.exp == -1:
        return grammar.joined("/", tree_of(sympy.S.One), tree_of(found.base))
    return grammar.joined("^", tree_of(found.base), tree_of(found.exp))


def write(found):
    """Return an expression of SymPy in the words that the page can read."""
    return grammar.write(tree_of(found))
