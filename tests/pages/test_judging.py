"""What the page says to typed answers: a table of them, each with its verdict and words."""

import csv
import re
import time
from functools import cache
from pathlib import Path

import pytest

from pages.exercises import questions, slips, typed
from tests.pages import page_scripts

FOLDER = Path(__file__).parent
LONG = ["9" * 100_000, "(" * 100_000, "1 m" * 50_000, "x" * 100_000, "1=" * 50_000, "½" * 10_000]
LONG += ["e^" * 60 + "x", "|" * 400, "sin" * 130 + "x", "1/2x" * 100, "9^9^" * 14 + "9", "-" * 400]
LONG += ["e^x/2x sin 2 x ln x/2 √2x 1,000 log2 x tan^-1 x 2 1/2 " * 7, "1e400^400^400", "0.1" * 130]
LONG += ["(x^999)^999^999", "e^(e^(e^(e^(10^40))))", "x^(10^400)", "tan(10^400)", "ln(10^400)x"]


def table(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def check_of(kind, question, by, listed=""):
    if kind == "derivative":
        return slips.question(question, by)
    return questions.number(question, [listed] if listed else [])[1]


def task(row):
    check = check_of(row["kind"], row["question"], row["by"], row["slips"])
    return {"task": row["kind"], "typed": row["typed"], "check": check}


@pytest.fixture(scope="module")
def said():
    """What the page says to each row of the table, by its number."""
    return page_scripts.verdicts([task(row) for row in ROWS])


ROWS = table("answer_cases.csv")


@pytest.mark.parametrize("k", range(len(ROWS)), ids=lambda k: f"{ROWS[k]['typed']}-{k}")
def test_answer_gets_its_verdict_and_words(k, said):
    state, words = said[k]
    assert (state, ROWS[k]["told"] in words) == (ROWS[k]["state"], True), words


def pairs():
    """Return (formula, sign, other formula) of each line of the table of pairs."""
    text = (FOLDER / "equal_cases.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [re.fullmatch("(.*?) ([=#!]) (.*)", line).groups() for line in lines]


def test_formulas_are_the_same_or_are_not():
    cases = []
    for one, sign, other in pairs():
        letters = typed.letters_of(f"{one} {other}" if sign != "!" else one)
        check = {"variables": letters, "by": "".join(letters[:1]), "of": one, "right": one}
        cases.append({"task": "derivative", "typed": other, "check": check | {"slips": []}})
    states = [state for state, _ in page_scripts.verdicts(cases)]
    wanted = [{"=": "right", "#": "wrong", "!": "unread"}[sign] for _, sign, _ in pairs()]
    found = dict(zip(pairs(), zip(states, wanted, strict=True), strict=True))
    assert {pair: both for pair, both in found.items() if both[0] != both[1]} == {}


def test_no_input_stops_the_page_or_keeps_it_busy():
    number = check_of("number", "It is: 3.5 m/s ± 0.01", "")
    derivative = check_of("derivative", "x^2 e^(-x)", "x")
    cases = [{"task": "number", "typed": text, "check": number} for text in LONG]
    cases += [{"task": "derivative", "typed": text, "check": derivative} for text in LONG]
    started = time.monotonic()
    for case, (state, words) in zip(cases, page_scripts.verdicts(cases), strict=True):
        assert state in {"unread", "wrong"}, case["typed"][:40]
        assert len(words) < 1000
    assert time.monotonic() - started < 60  # of which most is a busy machine's


def test_ways_of_writing_one_answer_are_all_right():
    """Forms that one formula may be brought into, made by SymPy: none may be refused."""
    import sympy

    forms = [sympy.expand, sympy.factor, sympy.together, sympy.cancel, sympy.simplify]
    forms += [sympy.trigsimp, sympy.powsimp]
    cases = []
    for text in ("x^2 e^(-x)", "1/(1 + e^(-x))", "x/(1 + x^2)", "tanh(x)", "(x^2 + 1)/(x - 3)"):
        check = check_of("derivative", text, "x")
        key = slips.read(check["right"])
        for form in forms:
            written = slips.write(form(key))
            cases.append({"task": "derivative", "typed": written, "check": check})
    verdicts = page_scripts.verdicts(cases)
    assert [
        c["typed"] for c, (state, _) in zip(cases, verdicts, strict=True) if state != "right"
    ] == []
