"""The one grammar in its two languages: the same cases, read in Python and by the page's script."""

import csv
import random
from pathlib import Path

import pytest

from pages.exercises import grammar, pieces
from tests.pages import page_scripts

TABLE = Path(__file__).with_name("grammar_cases.csv")
with TABLE.open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))
# Pieces of which anything may be made: right, wrong and senseless.
SCRAPS = [*"xxxyae123450 ..,+-*/^^()()|", "sin", "cos ", "ln", "log", "sqrt", "√", "e^", "e^-"]
SCRAPS += ["x^2", "²", "ˣ", "⁻", "½", "σ", "π", "1/2", "1/", "  ", "log10", "log2", "exp", "%", "°"]
SCRAPS += [
    "X",
    "E",
    "2e-3",
    "5e-1",
    "1,000",
    "1 000",
    "asin",
    "{",
    "}",
    "[",
    "]",
    "_",
    "₂",
    "tan⁻¹",
]
SCRAPS += ["=", "abs", "'", "·", "−", "\u200b", "a", "h", "sinh", "A", "pi", "≈", "x10", "&"]
LETTERS = [("x", "x"), ("", ""), ("xy", "x"), ("aehx", "x"), ("xA", "A")]


def read(typed, letters, by):
    """Return the readings of a text as the page's script gives them: its shape, its likelihood."""
    try:
        found = grammar.readings(typed, tuple(letters), by)
    except pieces.Unread as error:
        return {"unread": str(error), "piece": error.piece}
    return [[grammar.shape(tree), likely, grammar.write(tree)] for tree, _, likely in found]


def in_words(found):
    """Return readings as the table writes them."""
    if isinstance(found, dict):
        return f"! {found['piece']}".strip()
    return "; ".join(shape + ("" if likely else " ?") for shape, likely, _ in found)


def task(typed, letters, by):
    return {"task": "read", "typed": typed, "letters": list(letters), "by": by}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['typed']}-{case['letters']}")
def test_author_reads_the_cases(case):
    assert in_words(read(case["typed"], case["letters"], case["by"])) == case["readings"]


def test_page_reads_the_cases():
    found = page_scripts.run([task(c["typed"], c["letters"], c["by"]) for c in CASES])
    wrong = {
        case["typed"]: (in_words(given), case["readings"])
        for case, given in zip(CASES, found, strict=True)
        if in_words(given) != case["readings"]
    }
    assert wrong == {}


def scrambled(count):
    """Return texts that nobody would type, the same at every run, and very deep or long ones."""
    chance = random.Random(5)
    found = [
        ("".join(chance.choices(SCRAPS, k=chance.randint(1, 9))), *chance.choice(LETTERS))
        for _ in range(count)
    ]
    long = ["x" * 401, "(" * 300, "-" * 300 + "x", "sin" * 100 + "x", "2^" * 150 + "2", "|" * 99]
    long += ["9" * 400, "x" * 400, "e^x" * 130, "1/2x" * 100, "sinx" * 100, "a" * 100_000]
    return found + [(text, "x", "x") for text in long]


def test_both_read_anything_alike_and_what_they_write_reads_back():
    texts = scrambled(3000)
    theirs = page_scripts.run([task(*each) for each in texts])
    readable = 0
    for (typed, letters, by), given in zip(texts, theirs, strict=True):
        assert read(typed, letters, by) == given, typed
        for shape, _, written in given if isinstance(given, list) else ():
            if len(written) <= grammar.LONGEST:
                assert read(written, letters, by)[0][0] == shape, (typed, written)
                readable += 1
    assert readable > 300


@pytest.mark.parametrize("word", ["foo", "sen", "xfoo", "grad", "sine", "theta", "exponent", "lnn"])
def test_unknown_name_is_refused_whole(word):
    with pytest.raises(pieces.Unread) as told:
        grammar.readings(f"2 {word}(x)", ("x",), "x")
    assert told.value.piece == word
    assert f"“{word}”" in str(told.value)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2tg x", "Write tan."),
        ("2x + C", "leave it out"),
        ("x:2", "write a /"),
        (r"\frac12", "without TeX"),
        ("3 4", "Between “3” and “4” a sign is missing"),
        ("(x]", "A “(” is closed by a “]”"),
        ("x+", "After “+” something is missing"),
        ("/x", "Before “/” something is missing"),
        ("sin", "What is “sin” of?"),
        ("log_3 x", "ln(x)/ln(3)"),
        ("1,23,4", "decimal point"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_write(typed, told):
    with pytest.raises(pieces.Unread, match=r".") as error:
        grammar.readings(typed, ("x",), "x")
    assert told in str(error.value)
