"""What a formula in the running text looks like: its letters, and whether it claims or states."""

import itertools
import re

from pages.formulas.compare import EQUAL
from pages.formulas.known import CONSTANTS, suffix
from pages.formulas.reader import ARROWS, RELATIONS
from pages.formulas.tokens import ACCENTS, cut, name_of

LETTERS = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu rho sigma tau phi "
    "varphi psi omega"
)
GREEK = {rf"\{each}" for each in LETTERS.split()}
# Letters that a bracket may follow only as what they are applied to.
APPLIED = set("fgpquvsrFGHJECLTMD")
CALL = re.compile(r"\s*([a-zA-Z])\s*\(\s*([a-z](?:\s*,\s*[a-z])?)\s*\)\s*=([^=]*)", re.DOTALL)
BOUNDS = {"<", ">", r"\le", r"\ge", r"\neq"}
STATING = {"=", r"\approx", ":=", r"\ll", r"\gg"} | BOUNDS
CLAIMS = (RELATIONS.keys() | ARROWS) - {r"\to", r"\leftarrow", ":="}
DECIMALS = re.compile(r"\d\.\d\d")


def texts(formula):
    return [each.text for each in cut(formula)]


def claims(formula):
    """Whether a formula has a relation between two things, and so claims something."""
    return bool(relations(formula) & CLAIMS) and all(split(formula))


def relations(formula):
    return set(texts(formula)) & (RELATIONS.keys() | ARROWS)


def only_equations(formula):
    """Whether all that a formula claims are equations: drawn numbers refute a false one."""
    return relations(formula) <= EQUAL


def is_stated(formula):
    """Whether a formula gives symbols a value or a bound, or says what a symbol means."""
    if CALL.fullmatch(formula):
        return True
    *defined, right = [each.strip(" {}") for each in split(formula)]
    is_new = not symbols(right) & {symbol(each) for each in defined}
    is_plain = len(defined) == 1 or only_equations(formula) or not symbols(right)
    return bool(defined) and is_new and is_plain and all(map(is_one_symbol, map(texts, defined)))


def is_condition(formula):
    """Whether a formula says where something is so: x + y < 3, f'(x) = 0, 3x^2 = 12.

    On one side of each relation there is a plain number, and none that was computed. A slope by
    its fraction is given by a rule, so it is claimed.
    """
    links = sides(formula)
    kinds = relations(formula)
    return (
        bool(kinds)
        and kinds <= BOUNDS | EQUAL
        and not DECIMALS.search(formula)
        and not re.search(r"\\frac\{?(d|\\partial)|/\\?(partial|d[a-z])", formula)
        and all(bool(names(a)) != bool(names(b)) for a, b in links)
    )


def is_bound(formula):
    """Whether a formula is a condition by inequalities."""
    return is_condition(formula) and relations(formula) <= BOUNDS


def bounds_a_symbol(formula):
    """Whether a formula says between which numbers a symbol lies."""
    named = [each for each in split(formula) if names(each)]
    return is_bound(formula) and all(is_one_symbol(texts(each)) for each in named)


def split(formula):
    """Return what stands between the relations of a formula."""
    found = [[]]
    for text in texts(formula):
        if text in STATING:
            found.append([])
        else:
            found[-1].append(text)
    return [" ".join(each) for each in found]


def sides(formula):
    """Return the two sides of each relation of a formula."""
    return list(itertools.pairwise(split(formula)))


def has_numbers(formula):
    """Whether one side of each relation is without symbols."""
    return all(not names(a) or not names(b) for a, b in sides(formula))


def has_calls(formula):
    """Whether a letter that is applied to something stands before a bracket, or has primes.

    One that stands without a bracket elsewhere is a number, and before a bracket a factor.
    """
    pairs = list(itertools.pairwise([*texts(formula), ""]))
    applied = {a for a, b in pairs if a in APPLIED and b.removeprefix(r"\left") in {"(", "'"}}
    alone = {a for a, b in pairs if a in APPLIED and b.removeprefix(r"\left") not in {"(", "'"}}
    return bool(applied - alone) or any(b == "'" and a != r"\sigma" for a, b in pairs)


def has_bare_slope(formula):
    """Whether there is a slope that is not said where, as in f'' > 0."""
    tokens = texts(formula)
    return any(a == "'" and b not in {"'", "("} for a, b in itertools.pairwise([*tokens, ""]))


def names(formula):
    """Return the names that the letters of a formula may be, each alone and with its index."""
    return {name for pair in pairs_of_names(formula) for name in pair} - CONSTANTS - {"d"}


def symbols(formula):
    """Return the names of the letters of a formula, each with its index if it has one."""
    return {name for _, name in pairs_of_names(formula)} - CONSTANTS - {"d"}


def symbol(formula):
    """Return the name of the first letter of a formula, "" if it has none."""
    return next((name for _, name in pairs_of_names(formula)), "")


def pairs_of_names(formula):
    """Yield the name of each letter, without its index and with it."""
    tokens, at = texts(formula), 0
    while at < len(tokens):
        at += 1
        if is_symbol(tokens, at - 1):
            accent = [each for each in tokens[max(at - 3, 0) : at - 1] if each in ACCENTS]
            base = name_of([*accent[-1:], tokens[at - 1]])
            added, at = index(tokens, at)
            yield base, base + added


def is_symbol(tokens, k):
    """Whether a token is a letter that stands for something: no T above, no d of a slope."""
    text, before = tokens[k], tokens[k - 1] if k else ""
    if before == "^" and text == "T":
        return False
    return text in GREEK or (len(text) == 1 and text.isascii() and text.isalpha())


def index(tokens, at):
    """Return what the index from a place on adds to a name, and the place after it.

    A power adds nothing, for its letters are symbols of their own.
    """
    added, at = "", at + (tokens[at : at + 1] == ["}"] and tokens[at + 1 : at + 2] == ["_"])
    while at + 1 < len(tokens) and tokens[at] in {"_", "^"}:
        mark = tokens[at]
        parts, after = group(tokens, at + 1)
        if mark == "^" and parts[:1] not in (["("], ["*"]):
            break
        added, at = added + suffix(mark, parts), after
    return added, at


def group(tokens, at):
    """Return the tokens of the group at a place, without its braces, and the place after it."""
    if tokens[at : at + 1] != ["{"]:
        return tokens[at : at + 1], at + 1
    depth = 0
    for end in range(at, len(tokens)):
        depth += (tokens[end] == "{") - (tokens[end] == "}")
        if depth == 0:
            return tokens[at + 1 : end], end + 1
    return tokens[at + 1 :], len(tokens)


def is_one_symbol(tokens):
    """Whether tokens are one symbol, with its accent and its index."""
    bare = [each for each in tokens if each not in {*ACCENTS, r"\vec", r"\mathbf"}]
    while bare[:1] == ["{"] and bare[-1] == "}":
        bare = bare[1:-1]
    if not bare or not is_symbol(bare, 0):
        return False
    rest, at = bare[1:], 0
    while at < len(rest) and rest[at] in {"_", "^", "}"}:
        mark, at = rest[at], at + 1
        if mark != "}":
            parts, at = group(rest, at)
            if mark == "^" and parts[:1] not in (["("], ["*"]):
                return False
    return at >= len(rest)
