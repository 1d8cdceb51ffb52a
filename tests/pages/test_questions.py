"""What authors write about their questions, and the slips that are made from a function."""

import re

import numpy as np
import pytest
import sympy

from pages import notebooks
from pages.exercises import questions, slips, typed
from tests.pages import page_scripts

FUNCTIONS = [
    "5x^2 - 3x",
    "x^2 e^(-x)",
    "1/(1 + e^(-x))",
    "sin(x)/cos(x)",
    "x abs(x)",
    "ln(1 + e^x)",
    "sin(e^(x^2))",
    "2^x",
    "x^(1/3)",
    "x^3 cos(2x) ln(x)",
    "(x^2 + 1)/(x - 3)",
    "tanh(3x) + atan(x)",
    "7",
]


@pytest.mark.parametrize("text", FUNCTIONS)
def test_slope_without_a_slip_is_that_of_sympy(text):
    f, x = slips.read(text), sympy.Symbol("x", real=True)
    assert sympy.simplify(slips.slope(f, x) - sympy.diff(f, x)) == 0


@pytest.mark.parametrize("text", FUNCTIONS)
def test_slips_differ_from_the_right_answer_and_from_each_other(text):
    asked = slips.question(text, "x")
    variables = [sympy.Symbol(name, real=True) for name in asked["variables"]]
    right = slips.read(asked["right"])
    points = slips.places(slips.read(text), right, variables)
    written = [asked["right"], *(wrong for wrong, _ in asked["slips"])]
    rows = np.array([slips.along(slips.read(each), variables, points) for each in written])
    assert len(points) == slips.POINTS
    assert np.isfinite(rows[0]).all()
    for k, row in enumerate(rows):
        assert not any(np.allclose(row, other, equal_nan=True) for other in rows[:k])


@pytest.mark.parametrize(
    ("text", "by", "wrong", "told"),
    [
        ("e^(2x)", "x", "exp(2*x)", "inner derivative"),
        ("x e^x", "x", "exp(x)", "multiplied the two slopes"),
        ("x^2 sin(x)", "x", "2*x*sin(x)", "One term"),
        ("sin(x)/x", "x", "cos(x)", "divided the two slopes"),
        ("x^3", "x", "3*x^3", "loses 1"),
        ("x^3", "x", "x^2", "comes down"),
        ("e^x", "x", "x*e^(-1)*e^x", "rule for powers"),
        ("3 + x^2 cos(x)", "x", "x^2*sin(x) + 2*x*cos(x)", "sign is lost"),
        ("x^2 + 5", "x", "2*x + 5", "drops out"),
        ("5 ln(x)", "x", "1/x", "constant factor"),
        ("x^2 y^3", "x", "3*x^2*y^2", "slope by y"),
        ("x^2 y^3", "x", "2*x^3*y", "changed places"),
        ("x^2", "x", "x^2", "function itself"),
        ("x^2", "x", "-2*x", "sign"),
        ("x^2", "x", "4*x", "twice"),
        ("x^4", "x", "2*x^3", "half"),
        ("x^2", "x", "2", "once too often"),
        ("1/(1 + e^(-x))", "x", "-e^(-x)/(1 + e^(-x))^2", "sign"),
        ("1/x - 7", "x", "1/x^2", "sign"),
        ("cos(x)", "x", "sin(x)", "right but the sign"),
        ("-e^(-x^2)", "x", "x*e^(-x^2)", "half"),
    ],
)
def test_each_slip_has_its_name(text, by, wrong, told):
    told_of = {slips.read(each): words for each, words in slips.question(text, by)["slips"]}
    assert told in told_of[slips.read(wrong)]


def test_points_stay_in_the_domain_and_do_not_change():
    x = sympy.Symbol("x", real=True)
    points = slips.places(sympy.log(x), 1 / x, [x])
    assert min(points)[0] > 0
    assert points == slips.places(sympy.log(x), 1 / x, [x])
    assert slips.question("ln(x)", "x") == slips.question("ln(x)", "x")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("x^x", "x^x (1 + ln(x))"),
        ("(x + 1)^(2x)", "(x + 1)^(2x) (2 ln(x + 1) + 2x/(x + 1))"),
        ("sigma(3x)", "3 e^(-3x)/(1 + e^(-3x))^2"),
        ("log10(x)", "1/(x ln(10))"),
        ("cbrt(x)", "1/(3 x^(2/3))"),
        ("0,5 x^2", "x"),
        ("sec(x)", "sin(x)/cos(x)^2"),
        ("x^2/2 e^x", "x e^x + x^2 e^x /2"),
    ],
)
def test_keys_are_right(text, right):
    key = slips.read(slips.question(text, "x")["right"])
    assert sympy.simplify((key - slips.read(right)).rewrite(sympy.exp)) == 0


NO_KEY = ["Max(x, 0)", "1/0", "x/0", "floor(x)", "gamma(x)", "sign(x)", "xy", "x!", "1,000 x", ""]
NO_KEY += ["sin 2 x", "sqrt x y", "x_1", "9^9^9^9 x", "x^2 + foo(x)", "2 ± x", "x = 2", "∞ x"]


@pytest.mark.parametrize("text", NO_KEY)
def test_what_makes_no_right_key_is_refused(text):
    with pytest.raises(ValueError, match="wanted"):
        slips.question(text, "x")


@pytest.mark.parametrize(
    ("text", "by"), [("x +* 2", "x"), ("x^2", "ξ"), ("sqrt(-1 - x^2)", "x"), ("ln(", "x")]
)
def test_what_has_no_slope_is_refused(text, by):
    with pytest.raises(ValueError, match=r"wanted|derivative|slope"):
        slips.question(text, by)


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("The speed: 6 m/s ± 0.05", {"value": 6, "within": 0.05, "unit": "m/s", "slips": []}),
        ("Steps: 12", {"value": 12, "within": 0, "unit": "", "slips": []}),
        ("At: the end: −1.5 m", {"value": -1.5, "within": 0.0075, "unit": "m", "slips": []}),
        ("It is: 1/4", {"value": 0.25, "within": 0.00125, "unit": "", "slips": []}),
    ],
)
def test_number_has_words_value_unit_and_tolerance(text, check):
    words, found = questions.number(text, [])
    assert found == check
    assert words == text.rsplit(": ", 1)[0]


@pytest.mark.parametrize(
    ("text", "listed", "told"),
    [
        ("Steps 12", [], "words: number"),
        ("Steps: 12", ["13"], "wrong number: what to say"),
        ("Speed: 6 ± 1", ["6.5: too fast"], "counts as right"),
        ("Speed: 6 ± 1", ["8: too fast", "8.0: much too fast"], "once"),
        ("Speed: 6 ± -1", [], "above 0"),
        ("Speed: 6 ± 0", [], "above 0"),
        ("Speed: 6 ± 60", [], "below the number"),
        ("Speed: 1/0", [], "real value"),
        ("Speed: Max", [], "Max"),
        ("Speed: 1,000", [], "two things"),
    ],
)
def test_number_says_what_it_lacks(text, listed, told):
    with pytest.raises(ValueError, match=told):
        questions.number(text, listed)


def test_choices_have_an_answer_each():
    listed = questions.items(["- [ ] up: No, it", "  falls.", "- [x] down: Yes: it falls."])
    texts, check = questions.choices(listed)
    assert texts == ["up", "down"]
    assert check == {"right": 1, "why": ["No, it falls.", "Yes: it falls."]}


@pytest.mark.parametrize(
    "listed",
    [
        ["[x] up: Yes."],
        ["[ ] up: No.", "[ ] down: No."],
        ["[x] up: Yes.", "[x] down: Yes."],
        ["[x] up: Yes.", "[ ] down"],
        ["up: Yes.", "[x] down: No."],
    ],
)
def test_choices_say_what_they_lack(listed):
    with pytest.raises(ValueError, match="wanted"):
        questions.choices(listed)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("y", {"axis": "y", "through": None, "panel": 0}),
        ("x on 2", {"axis": "x", "through": None, "panel": 1}),
        ("slope through 3, −9", {"axis": None, "through": [3, -9], "panel": 0}),
        (None, None),
    ],
)
def test_line_of_a_guess(text, drawn):
    assert questions.line(text) == drawn


def test_line_of_a_guess_is_known():
    with pytest.raises(ValueError, match="slope through"):
        questions.line("z")


# What an author types is read, and never run.


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("−3/4", sympy.Rational(-3, 4)),
        ("1e-9", sympy.Rational(1, 10**9)),
        ("sqrt(52)", 2 * sympy.sqrt(13)),
        ("-2^2", -4),
        ("2^-1", sympy.Rational(1, 2)),
        ("2^3^2", 512),
        ("6/2·3", 9),
        ("2 - 3 - 4", -5),
        ("2e^0", 2),
    ],
)
def test_numbers_are_read_exactly(text, value):
    assert typed.read(text) == value


HOSTILE = [
    "__import__('os').system('true')",
    "().__class__.__base__.__subclasses__()",
    "x.__class__",
    "x.subs(x, 1)",
    "open('secrets')",
    "exec('1')",
    "eval(x)",
    "globals()",
    "lambda: 1",
    "solve(x)",
    "S('1')",
    "sympify('1')",
    "Integer(3)",
    "[1, 2]",
    "{1: 2}",
    "f'{x}'",
    "x := 3",
    "x; y",
    "x if 1 else 2",
    "9^9^9^9^9",
    "(" * 5000,
    "",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_no_text_is_run_as_a_program(text):
    for read in (typed.read, questions.amount, lambda text: slips.question(text, "x")):
        with pytest.raises(ValueError, match="wanted"):
            read(text)


@pytest.mark.parametrize("text", ["x", "1/0", "sqrt(-2)", "ln(0)", "nan", "inf", "True"])
def test_what_is_no_number_is_no_amount(text):
    with pytest.raises(ValueError, match="wanted"):
        questions.amount(text)


# The questions of the book.


def asked(kind):
    """Return (chapter, words) for every question of a kind in the book."""
    found = [
        (path.stem, words)
        for path in sorted(notebooks.QUESTIONS.glob("*.md"))
        for words in re.findall(rf"^:::{{{kind}}} (.*)$", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert found, f"the book has no question of the kind {kind}"
    return found


@pytest.mark.parametrize(("chapter", "words"), asked("derivative"))
def test_derivatives_of_the_book_agree_with_central_differences(chapter, words):
    found = questions.DERIVATIVE.fullmatch(words)
    by = found["by"] or "x"
    check = slips.question(found["of"], by)
    variables = [sympy.Symbol(name, real=True) for name in check["variables"]]
    key = slips.read(check["right"])
    f = sympy.lambdify(variables, slips.read(found["of"]), "numpy")
    points = np.array(slips.places(slips.read(found["of"]), key, variables))
    step = 1e-5 * np.array([name == by for name in check["variables"]])
    measured = (f(*(points + step).T) - f(*(points - step).T)) / 2e-5
    right = slips.along(key, variables, points)
    np.testing.assert_allclose(measured, right, rtol=1e-6, atol=1e-6)


def test_page_calls_the_keys_right_and_the_slips_by_their_names():
    cases, wanted = [], []
    for _, words in asked("derivative"):
        found = questions.DERIVATIVE.fullmatch(words)
        check = slips.question(found["of"], found["by"] or "x")
        for typed_text, told in [(check["right"], None), *check["slips"]]:
            cases.append({"task": "derivative", "typed": typed_text, "check": check})
            wanted.append(told)
    for case, told, (state, words) in zip(cases, wanted, page_scripts.verdicts(cases), strict=True):
        if told is None:
            assert state == "right", (case["check"]["of"], words)
        else:
            assert (state, words) == ("wrong", told), (case["check"]["of"], case["typed"])
