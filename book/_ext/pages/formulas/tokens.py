"""The smallest parts of a formula, and a cursor that takes them from left to right."""

import re

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
ACCENTS = {r"\hat", r"\bar", r"\tilde"}
SPOKEN = {"+": "_plus_", "-": "_minus_", "*": "star", "lambda": "lam", ",": "_"}
ENDS = {")", "]", "}", r"\rvert", r"\rVert", r"\end", r"\\", "+", "-", r"\cdot", r"\times", r"\pm"}
ENDS |= set(RELATIONS) | set(ARROWS) | GAPS | {",", "/", ";", r"\odot"}


class Unreadable(ValueError):
    """The formula holds something that the reader does not know."""


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


class Tokens:
    """The tokens of one formula, and how far they are read."""

    def __init__(self, parts, tables):
        self.parts, self.tables, self.at = parts, tables, 0

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

    def finish(self):
        if self.next:
            raise Unreadable(f"left over: {''.join(self.parts[self.at :])!r}")
