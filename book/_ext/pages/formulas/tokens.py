"""The smallest parts of a formula, and the names that are made of them."""

import re
from dataclasses import dataclass

WORD = r"text|textbf|textit|mbox|mathrm|mathsf|mathbb|operatorname\*?"
TOKEN = re.compile(
    rf"""
      \\(?:begin|end)\s*\{{[a-zA-Z]+\*?\}}(?:\[[tbc]\])?         # an environment's ends
    | \\\\(?:\[[^]]*\])?                                      # a new row, with its room
    | \\(?:left|right)\s*\.                                   # a bracket that is not there
    | \\(?:left|right|bigl|bigr|Bigl|Bigr)\s*(?:\\\||\||\\vert(?![a-zA-Z]))  # a bar's side
    | \\tag\s*\{{[^{{}}]*\}} | \\(?:text)?color\s*\{{[^{{}}]*\}}   # margin and colour
    | \\(?:{WORD})\s*\{{[^{{}}]*\}} | \\(?:{WORD})\s+[a-zA-Z]      # words
    | \\[a-zA-Z]+ | \\. | :=
    | \d{{1,3}}(?:(?:\\,|\{{,\}})\d{{3}})+(?!\d)(?:\.\d+)? | \d+(?:\.\d+)?   # 10\,000 is one number
    | [a-zA-Z] | \s+ | .
    """,
    re.VERBOSE | re.DOTALL,
)
SIZES = (
    "left right middle big bigl bigr Big Bigl Bigr bigg biggl biggr Bigg Biggl Biggr "
    "displaystyle textstyle limits nolimits"
)
LAYOUT = {"\\" + each for each in SIZES.split()} | {r"\,", r"\;", r"\!", r"\:", r"\ ", "~"}
GAPS = {r"\quad", r"\qquad", r"\\"}
STYLES = {r"\vec", r"\mathbf", r"\boldsymbol", r"\bm", r"\pmb", r"\mathcal", r"\mathit"}
ACCENTS = {
    r"\hat": "hat", r"\bar": "bar", r"\tilde": "tilde", r"\dot": "dot", r"\ddot": "ddot",
    r"\overline": "bar", r"\widehat": "hat", r"\widetilde": "tilde",
}  # fmt: skip
TABLES = {"bmatrix", "pmatrix", "vmatrix", "Bmatrix", "matrix", "smallmatrix", "array", "cases"}
ROWS = {"aligned", "align", "align*", "split", "gathered", "gather", "gather*", "alignedat"}
NAMES_OF = {"+": "_plus_", "-": "_minus_", "*": "star", "lambda": "lam", ",": "_"}
SAME = {  # other spellings, which mean what their partner means
    r"\leq": r"\le", r"\geq": r"\ge", r"\ne": r"\neq", r"\lt": "<", r"\gt": ">",
    r"\ldots": r"\dots", r"\cdots": r"\dots", r"\vert": "|", r"\Vert": r"\|",
    r"\iff": r"\Longleftrightarrow", r"\Leftrightarrow": r"\Longleftrightarrow",
    r"\implies": r"\Longrightarrow", r"\Rightarrow": r"\Longrightarrow",
    r"\rightarrow": r"\to", r"\gets": r"\leftarrow", r"\prime": "'", r"\lbrace": r"\{",
    r"\rbrace": r"\}", r"\ast": "*",
}  # fmt: skip


class Unreadable(ValueError):
    """The formula holds something that the reader does not know, or that can be read in two ways.

    ``readings`` are the two ways, in LaTeX.
    """

    def __init__(self, words, readings=()):
        super().__init__(words)
        self.readings = readings


@dataclass(frozen=True)
class Token:
    """A smallest part of a formula, and the place of its first character, counted from 1."""

    text: str
    place: int


def cut(formula):
    """Cut LaTeX into tokens; what only spaces, sizes or colours is dropped."""
    found = []
    for match in TOKEN.finditer(formula):
        text = plain(match.group())
        if text and text not in LAYOUT:
            found.append(Token(text, match.start() + 1))
    return without_alignment(without_empty_groups(found))


def plain(text):
    """Return a token without the room in it, under the one name of what has several."""
    if text.isspace() or re.match(r"\\(tag|color|textcolor)\b", text):
        return ""
    if text.startswith(r"\\"):
        return r"\\"
    if word := re.fullmatch(rf"\\({WORD})(?:\s*\{{|\s+)([^{{}}]*)\}}?", text):
        return rf"\{word[1]}{{{' '.join(word[2].replace(chr(92) + ',', ' ').split())}}}"
    if re.match(r"\\(?:left|right|bigl|bigr|Bigl|Bigr|begin|end)(?![a-zA-Z])", text):
        text = re.sub(r"\s+", "", text)
        text = re.sub(r"^\\(big|Big)([lr])(?=\W)", lambda m: _side(m[2]), text)
        return re.sub(r"\\vert$", "|", text)
    return SAME.get(text, text)


def _side(letter):
    return r"\left" if letter == "l" else r"\right"


def without_empty_groups(found):
    """Drop {}, which only keeps commands apart."""
    kept = []
    for token in found:
        if token.text == "}" and kept and kept[-1].text == "{":
            kept.pop()
        else:
            kept.append(token)
    return kept


def without_alignment(found):
    """Drop each & that aligns rows; those between the cells of a table stay."""
    kept, open_tables = [], []
    for token in found:
        if token.text.startswith(r"\begin"):
            open_tables.append(token.text[7:].split("}")[0])
        elif token.text.startswith(r"\end") and open_tables:
            open_tables.pop()
        if token.text != "&" or (open_tables and open_tables[-1] in TABLES):
            kept.append(token)
    return kept


def word(text):
    """Return the words of a token such as \\text{if}, or None for any other token."""
    found = re.fullmatch(rf"\\(?:{WORD})\{{(.*)\}}", text)
    return found[1] if found else None


def name_of(parts):
    """Return the Python name of the tokens of a symbol's index: k+1 is k_plus_1."""
    said = ""
    for part in parts:
        if part not in STYLES and part not in {"{", "}"}:
            name = word(part) or part.lstrip("\\")
            said += NAMES_OF.get(name, ACCENTS[part] + "_" if part in ACCENTS else name)
    return re.sub(r"\W", "", said)


def is_gap(text):
    """Whether a token only parts rows and statements: they may stand between any two signs."""
    return text in GAPS or (
        text.split("{")[0] in {r"\begin", r"\end"} and (text.split("{")[1].split("}")[0] in ROWS)
    )
