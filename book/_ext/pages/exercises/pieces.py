"""What is typed, cut into pieces: numbers, names, letters and signs. pieces.js is the same.

What is not known is never cut into letters, and what cannot be read is named. Where people write
two things in the same way, as 5e-1x, ``choose`` answers which is wanted: see grammar.py.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

MOST_DIGITS = 40
LARGEST_EXPONENT = 400  # in 2e-3

# What a function may be called, and its name here.
FUNCTIONS = {
    "exp": "exp", "ln": "ln", "log": "ln", "sqrt": "sqrt", "cbrt": "cbrt", "abs": "abs",
    "sign": "sign", "sgn": "sign", "sigma": "sigma", "sigmoid": "sigma", "sin": "sin",
    "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc", "cosec": "csc",
    "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "coth": "coth", "sech": "sech",
    "csch": "csch", "arcsin": "arcsin", "asin": "arcsin", "arccos": "arccos", "acos": "arccos",
    "arctan": "arctan", "atan": "arctan", "arsinh": "arsinh", "asinh": "arsinh",
    "arcsinh": "arsinh", "arcosh": "arcosh", "acosh": "arcosh", "arccosh": "arcosh",
    "artanh": "artanh", "atanh": "artanh", "arctanh": "artanh",
}  # fmt: skip
# What to write instead of what is not read.
ADVICE = {
    "tg": "Write tan.", "ctg": "Write cot.", "cotg": "Write cot.", "arctg": "Write arctan.",
    "sen": "Write sin.", "sine": "Write sin.", "cosine": "Write cos.",
    "lg": "Write log10.", "lb": "Write log2.", "ld": "Write log2.",
    "root": "Write sqrt(x), or cbrt(x).", "pow": "Write x^2 for a power.",
    "C": "A constant has the slope 0: leave it out.", "minus": "Write a -.", "plus": "Write a +.",
    "times": "Write a *.", "over": "Write a /.", "zero": "Write 0.", "O": "Write the digit 0.",
    "rad": "Leave it out: angles are in radians.", ":": "For a fraction write a /.",
    ",": "A comma stands between digits only.", "'": "Give the formula alone.",
    "=": "Give one formula alone.", "$": "Type it plainly, without TeX.",
    "\\": "Type it plainly, without TeX, as in 2x e^(x^2), sqrt(x), 1/x.",
    "°": "Write it after a number.", "%": "Write it after a number.", "!": "Write the product out.",
    "∞": "Give something finite.", "±": "Give one of the two.",
    "_": "Write letters without an index.",
}  # fmt: skip
INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202c\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff]"
)
BLANK = re.compile("[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
# The signs of a textbook, by what stands for them on a keyboard.
ALIKE = {
    "-": "−–—‐‑‒―﹘", "*": "·⋅∙•×∗⨯✕✖・", "/": "÷∕⁄", "'": "’‘ʼ", "|": "∣ǀ❘", "^": "ˆ",
    "°": "º˚", "σ": "ς",
}  # fmt: skip
PLAIN = {sign: one for one, every in ALIKE.items() for sign in every}
CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
SHARES = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5",
    "⅗": "3/5", "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅐": "1/7", "⅛": "1/8", "⅜": "3/8",
    "⅝": "5/8", "⅞": "7/8", "⅑": "1/9", "⅒": "1/10",
}  # fmt: skip
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
LEVEL = "0123456789+-()abcdefghijklmnoprstuvwxyz"
LOWERED = "₀₁₂₃₄₅₆₇₈₉"
SINGLE = {"√": "sqrt", "∛": "cbrt", "σ": "sigma", "π": "pi"}


class Unread(ValueError):
    """What cannot be read: the piece, and words for the one who typed it."""

    def __init__(self, piece, words):
        super().__init__(words)
        self.piece = piece


class Context(NamedTuple):
    """The letters of a question, the one by which is differentiated, and how doubts are decided."""

    letters: tuple
    by: str
    choose: Callable


class Piece(NamedTuple):
    kind: str
    text: str
    gap: bool  # whether a blank stands before it
    is_raised: bool = False


def refuse_sign(piece):
    advice = ADVICE.get("_" if piece in LOWERED else piece, "")
    raise Unread(piece, f"I cannot read “{piece}” there. {advice}".strip())


def plain(typed):
    """Write the signs of every keyboard in one way; raised and lowered ones are kept."""
    kept = RAISED + LOWERED + "".join(SHARES)

    def one(sign):
        if INVISIBLE.match(sign):
            return ""
        if BLANK.match(sign):
            return " "
        if sign in kept:
            return sign
        return PLAIN.get(sign) or "".join(
            PLAIN.get(each, each) for each in unicodedata.normalize("NFKC", sign)
        )

    return "".join(map(one, typed)).replace("**", "^")


# Pieces.

BLANKS = re.compile(" +")
IN_GROUPS = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?", re.A)
NUMBER = re.compile(r"\d+(?:[.,']\d+)*\.?|\.\d+", re.A)
TEN_TO = re.compile(r"[eE]([+-]?)(\d+)(?!\d*[.,]\d)", re.A)
APART = re.compile(r" +[eE][+-]\d", re.A)
WORD = re.compile("[A-Za-z]+|[√∛σπ]")
RAISED_RUN = re.compile(f"[{RAISED}]+")
BASE = re.compile(r"_?\{?(\d+)\}?|[₀-₉]+", re.A)
TWO_OR_TEN = re.compile(r"(?:2|10)(?![\d.,'])", re.A)
OPERAND = re.compile(r" *[\dA-Za-zσπ√∛.|(\[{½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒]", re.A)
DIGIT_NEXT = re.compile(r" *\d", re.A)
ENGLISH_GROUP = re.compile(r"[1-9]\d{0,2},\d{3}", re.A)
DECIMAL_OR_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.A)
GROUPS = re.compile(r"(\d{1,3}(?:([.,'])\d{3})(?:\2\d{3})*)(?:[.,](\d+))?", re.A)


def digits(typed, choose):
    """Return a number without its groups of thousands, and with a decimal point."""
    text = re.sub(r"\.\Z", "", typed).replace(" ", "'")
    marks = re.sub("[0-9]", "", text)
    decimal = re.sub(r"^\.", "0.", re.sub("[.,]", ".", text, count=1))
    if not marks:
        return text
    if ENGLISH_GROUP.fullmatch(text):
        return decimal if choose("comma", True) else text.replace(",", "")
    if DECIMAL_OR_GROUP.fullmatch(text):
        return text.replace(".", "") if choose("point", False) else decimal
    if marks in (".", ","):
        return decimal
    found = GROUPS.fullmatch(text)
    if not found or (found[3] and marks[-1] == marks[0]):
        words = f"I cannot read the number “{typed}”. Write it with a decimal point alone."
        raise Unread(typed, words)
    return re.sub("[.,']", "", found[1]) + (f".{found[3]}" if found[3] else "")


def number(text, at, context, is_exponent):
    """Read a number at a place: return its digits, perhaps with a power of ten, and its end."""
    letters, choose = context.letters, context.choose
    found = None if is_exponent else IN_GROUPS.match(text, at)
    if found and not re.match(r"[0-9]+ 0", found[0]) and choose("blank", True):
        found = None
    found = found or NUMBER.match(text, at)
    value, end = digits(found[0], choose), found.end()
    apart = None if letters else APART.match(text, end)
    skip = re.search("[eE]", apart[0]).start() if apart and choose("ten", True) else 0
    ten = TEN_TO.match(text, end + skip)
    is_doubtful = ten and ten[1] and letters and not skip  # 5e-1x
    if ten and not (is_doubtful and choose("ten", True)):
        if int(ten[2]) > LARGEST_EXPONENT:
            raise Unread(ten[0], f"The exponent in “{found[0]}{ten[0]}” is too large.")
        value += f"e{ten[1].replace('+', '')}{ten[2]}"
        end += skip + len(ten[0])
    if len(re.sub("[^0-9]", "", value)) > MOST_DIGITS:
        raise Unread(found[0], f"A number has at most {MOST_DIGITS} digits here.")
    return value, end


def letter(sign, letters):
    """Return the letter of the question that is meant by a sign, in capitals or not, or nothing."""
    for each in (sign, sign.swapcase()):
        if each in letters:
            return each
    return "e" if sign in ("e", "E") else ""


def cut(word, letters, longest_first):
    """Cut a whole word into functions, constants and letters, or return nothing."""
    names = sorted([*FUNCTIONS, "pi"], key=len, reverse=True)
    hopeless = set()

    def cut_from(at):
        if at == len(word):
            return []
        if at in hopeless:
            return None
        fits = [name for name in names if word.lower().startswith(name, at)]
        fits += [one] if (one := letter(word[at], letters)) else []
        for name in fits if longest_first else reversed(fits):
            rest = cut_from(at + len(name))
            if rest is not None:
                return [name, *rest]
        hopeless.add(at)
        return None

    return cut_from(0)


def refuse_word(word, letters):
    known = [*letters, *(["e"] if letters else [])]
    listed = f"{', '.join(known[:-1])} and {known[-1]}" if len(known) > 1 else ""
    advice = ADVICE.get(word) or ADVICE.get(word.lower())
    advice = advice or (f"The letters here are {listed}." if listed else "")
    raise Unread(word, f"I do not know “{word}”. {advice}".strip())


def names(word, context):
    """Return the names in a word, as sin and x in sinx; what is not known is never cut."""
    letters = context.letters
    first = cut(word, letters, True)
    has_function = first and any(name in FUNCTIONS for name in first)
    if not first or (word in ADVICE and len(word) > 1):
        refuse_word(word, letters)
    if len(first) > 2 and "e" in first[:-1] and "e" not in letters and not has_function:
        refuse_word(word, letters)
    second = cut(word, letters, False) or first
    differs = second != first and any(name in FUNCTIONS for name in second)
    return second if differs and context.choose("word", len(first) > 1) else first


def base(text, at, choose):
    """Return the logarithm to a base that is typed after it, and where that ends, or nothing."""
    small = BASE.match(text, at)
    if small and not re.match("[0-9]", small[0]):
        written = small[1] or "".join(str(LOWERED.index(sign)) for sign in small[0])
        if written not in ("2", "10"):
            words = f"I know log2, log10 and ln. Write ln(x)/ln({written})."
            raise Unread(small[0], words)
        return f"log{written}", small.end()
    after = TWO_OR_TEN.match(text, at)
    if not after or not OPERAND.match(text, after.end()):
        return None
    is_certain = text[after.end()] in "([{|"
    return (f"log{after[0]}", after.end()) if is_certain or not choose("base", True) else None


def word_pieces(words, letters, gap):
    pieces = []
    for k, name in enumerate(words):
        is_function = name in FUNCTIONS and name not in letters
        kind, text = ("function", FUNCTIONS[name]) if is_function else ("letter", name)
        pieces.append(Piece(kind, text, gap and k == 0))
    return pieces


def raised_pieces(run, context):
    """Return a raised run, as the one in e⁻ˣ, as an exponent in brackets."""
    level = "".join(LEVEL[RAISED.index(sign)] for sign in run)
    if re.search("[a-z][0-9]", level):
        words = f"I cannot read the raised “{run}”. Write ^( ) with the exponent inside."
        raise Unread(run, words)
    inside = pieces(level, context)
    opening = [Piece("sign", "^", False, True), Piece("open", "(", False)]
    return [*opening, *inside, Piece("close", ")", False)]


def piece_at(text, at, gap, before, context):
    """Read the piece that begins at a place; return what it gives and where it ends."""
    sign = text[at]
    last = before[-1] if before else Piece("start", "", False)
    if NUMBER.match(text, at):
        value, end = number(text, at, context, last.text == "^")
        return [Piece("number", value, gap)], end
    if word := WORD.match(text, at):
        return word_at(text, word[0], at, gap, last, context)
    if raised := RAISED_RUN.match(text, at):
        return raised_pieces(raised[0], context), raised.end()
    kinds = {"share": SHARES, "open": CLOSED_BY, "close": ")]}", "sign": "+-*/^|%°"}
    kind = next((kind for kind, signs in kinds.items() if sign in signs), None)
    if not kind:
        refuse_sign(sign)
    return [Piece(kind, SHARES.get(sign, sign), gap)], at + 1


def word_at(text, word, at, gap, last, context):
    letters, end = context.letters, at + len(word)
    # 5 x 10^3, where x is no letter of the question
    is_times = word in ("x", "X") and last.kind == "number" and DIGIT_NEXT.match(text, end)
    if is_times and not letter("x", letters):
        return [Piece("sign", "*", gap)], end
    found = [SINGLE[word]] if word in SINGLE else names(word, context)
    made = word_pieces(found, letters, gap)
    has_base = base(text, end, context.choose) if found[-1] == "log" else None
    if not has_base:
        return made, end
    return [*made[:-1], Piece("function", has_base[0], gap and len(made) == 1)], has_base[1]


def pieces(text, context):
    found, at = [], 0
    while at < len(text):
        blanks = BLANKS.match(text, at)
        start = blanks.end() if blanks else at
        if start == len(text):
            break
        more, at = piece_at(text, start, bool(blanks) or not at, found, context)
        found += more
    return found


def is_sign(piece, signs):
    return piece is not None and piece.kind == "sign" and piece.text in signs


def bare_sigmas(found, context):
    """Where σ stands alone, as in σ(1 − σ), take it at the letter by which is differentiated."""
    sigmas = [k for k, each in enumerate(found) if each[:2] == ("function", "sigma")]
    if all(has_argument(found, k + 1) for k in sigmas):
        return found
    if not context.by:
        raise Unread("σ", "What is “σ” of? Nothing stands after it.")
    calls = {
        k for k in sigmas if [each.text for each in found[k + 1 : k + 4]] == ["(", context.by, ")"]
    }
    return [
        Piece("value", context.by, each.gap) if k in sigmas and k not in calls else each
        for k, each in enumerate(found)
    ]


def has_argument(found, k):
    """Whether something stands at a place that a function can be of."""
    if k >= len(found) or found[k].kind == "close":
        return False
    here = found[k]
    if here.kind != "sign" or here.text == "|":
        return True
    if here.text == "-":
        return not here.gap and k + 1 < len(found)
    if here.text != "^":
        return False
    depth = 0  # σ^2 x and σ²(x): what stands after the power?
    for end in range(k + 1, len(found)):
        depth += (found[end].kind == "open") - (found[end].kind == "close")
        if depth <= 0 and found[end].kind != "sign":
            after = found[end + 1] if end + 1 < len(found) else None
            return has_argument(found, end + 1) and not is_sign(after, "^-")
    return False
