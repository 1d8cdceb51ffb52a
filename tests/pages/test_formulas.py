"""The displayed formulas: each holds, and the machine that says so would notice if it did not."""

import re

import numpy as np
import pytest
import sympy

from pages.formulas import between, checked, definition, function, plane, smooth
from pages.formulas.check import POINTS, check, known_of
from pages.formulas.compare import NEAR, TOLERANCE
from pages.formulas.page import found, registry
from pages.formulas.printing import essential, latex, printed
from pages.formulas.problems import Wrong
from pages.formulas.reader import read
from pages.formulas.say import Definition
from pages.formulas.tokens import Unreadable, cut
from tests.pages.displayed import FORMULAS, PAGES


def entry_of(label):
    return registry(FORMULAS[label][0])[0][label]


def test_every_formula_has_its_line_and_every_line_its_formula():
    said = {label for page in PAGES for label in registry(page)[0]}
    assert said == set(FORMULAS)


def test_few_formulas_are_excused_as_definitions():
    excused = [label for label in FORMULAS if isinstance(entry_of(label), Definition)]
    assert len(excused) <= len(FORMULAS) / 5, excused


@pytest.mark.parametrize("label", FORMULAS)
def test_tree_of_a_displayed_formula_is_printed_as_it_was_written(label):
    entry = entry_of(label)
    if isinstance(entry, Definition):
        return
    known = known_of(entry)
    found = read(FORMULAS[label][1], known)
    source = [token.text for token in cut(FORMULAS[label][1])]
    assert essential(printed(found)) == essential(source)
    assert read(latex(found), known) == found  # and the braces are where they belong


@pytest.mark.parametrize("label", FORMULAS)
def test_displayed_formula_holds(label):
    entry = entry_of(label)
    if not isinstance(entry, Definition):
        report = check(FORMULAS[label][1], entry, label)
        # The error that a reader is told of an equation is no larger than what was allowed.
        assert report.miss <= TOLERANCE or report.kinds & NEAR


# The slips that authors make, each put into a formula of the book.
SLIPS = {
    "a sign": ("eq-derivatives-cosine", r"-\sin x", r"\sin x"),
    "a factor 2": ("eq-derivatives-square", "= 2x", "= x"),
    "a missing inner derivative": ("eq-derivatives-chain-example", r"\cdot 2 = 2e", "= e"),
    "a forgotten product rule": ("eq-derivatives-product", "f'g + fg'", "f'g'"),
    "an exponent not lowered": ("eq-derivatives-power", "x^{n-1}", "x^{n}"),
    "exchanged indices": ("eq-backpropagation-first", r"x_2\, w_1 a_1", r"x_1\, w_1 a_1"),
    "x for its cube": ("eq-errata-cubic", r"y_i)\, x_i^3", r"y_i)\, x_i"),
    "a lost minus": ("eq-backpropagation-minus", r"= -\operatorname", r"= \operatorname"),
    "a wrong threshold": ("eq-descent-critical", r"\frac{2}{\lambda}", r"\frac{1}{\lambda}"),
    "a wrong digit": ("eq-descent-critical-plane", "0.0601", "0.0611"),
    "a wrong update": ("eq-newton-roots", r"x_k - \frac", r"x_k + \frac"),
    "a wrong entry of a matrix": ("eq-hessians-bowl-hessian", "-1 & 6", "1 & 6"),
    "a comparison turned round": ("eq-derivatives-e-between", "< e <", "> e >"),
    "a wrong shape": ("eq-backpropagation-linear", r"{n \times 1}", r"{1 \times n}"),
    "a missing transpose": ("eq-backpropagation-linear", "{W^T}", "{W}"),
    "one sample too many": ("eq-minima-mse", "i=1", "i=0"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_slip_is_noticed(slip):
    label, right, wrong = SLIPS[slip]
    formula = FORMULAS[label][1]
    assert right in formula
    with pytest.raises((Wrong, IndexError)):
        check(formula.replace(right, wrong), entry_of(label), label)


# The reader, against SymPy.

X, Y = sympy.symbols("x y", positive=True)
EXPRESSIONS = [
    sympy.exp(2 * X) * sympy.sin(X * Y),
    sympy.log(X) / (1 + Y) ** 2,
    (X + 2 * Y) ** 3 - sympy.sqrt(X * Y) / 2,
    sympy.Abs(X - Y) * sympy.tanh(X),
    -(X**3) + sympy.Rational(2, 3) * Y - 7,
    sympy.cos(X) ** 2 * sympy.sin(Y / X),
]


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
def test_reads_what_sympy_writes(expression):
    value = sympy.lambdify((X, Y), expression)
    printed = sympy.latex(expression, ln_notation=True)
    symbols = {"x": between(0.5, 2), "y": between(0.5, 2), "v": lambda x, y: value(x, y)}
    assert check(f"v = {printed}", checked(**symbols), "a").miss < 1e-12
    slope = sympy.lambdify((X, Y), sympy.diff(expression, X))
    symbols |= {"w": lambda x, y: slope(x, y)}
    assert check(
        rf"w = \frac{{\partial}}{{\partial x}}\left({printed}\right)", checked(**symbols), "a"
    )


HOLD = {
    r"\frac12 + \tfrac13 = \frac{5}{6}": {},
    r"2^3 = 8, \qquad -2^2 = -4": {},
    r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \begin{bmatrix} x \\ 1 \end{bmatrix} = "
    r"\begin{bmatrix} x + 2 \\ 3x + 4 \end{bmatrix}": {"x": between(0, 1)},
    r"\underset{1 \times 2}{\begin{bmatrix} 1 & 2 \end{bmatrix}} \underset{n \times 1}{x}"
    r"= \underset{1 \times 1}{x_1 + 2x_2}": {"x": between(0, 1, 2), "n": 2},
    r"\begin{bmatrix} 2 & 3 \end{bmatrix} \odot x = \begin{bmatrix} 2x_1 & 3x_2 \end{bmatrix}": {
        "x": between(0, 1, 2)
    },
    r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}": {"n": 9},
    r"\lim_{n \to \infty} \frac{2n + 1}{n} = 2": {},
    r"\frac{\partial^2 f}{\partial x\,\partial y} = f_{xy} = 6x^2y": {
        "x": between(1, 2), "y": between(1, 2), **plane("f", lambda x, y: x**3 * y**2)
    },
    r"|x| = \begin{cases} x & x \ge 0 \\ -x & x < 0 \end{cases}": {"x": between(-1, 1)},
    r"x^{T} y = x \cdot y": {"x": between(0, 1, 3), "y": between(0, 1, 3)},
    r"x \pm 1 = \begin{bmatrix} x + 1 \\ x - 1 \end{bmatrix}": {"x": between(0, 1)},
    r"\sin^2 x + \cos^2 x = 1 < e < \pi": {"x": between(0, 1)},
    r"f''(x) = -f(x)": {"x": between(0, 1), "f": function(np.sin)},
    r"a_{n+1} = 2a_n": {"n": 3, "a": [1.0, 2.0, 4.0, 8.0, 16.0]},
    r"\frac{dz^{(2)}}{dw^{(2)}} = a^{(1)}, \qquad \frac{d^2}{dw^2} w^2 = 2": {
        "w_2": between(0, 1), "a_1": between(0, 1), "w": between(0, 1),
        "z_2": lambda w_2, a_1: w_2 * a_1,
    },
    r"x^2 = xx \neq x_2": {"x": between(0, 1), "x_2": 2},
    r"\vec x \cdot \vec 1 = x_1 + x_2": {"x": between(0, 1, 2), "ones": np.ones(2)},
    r"\mathrm{Up}(x, \\ 2) = x + 2": {"x": between(0, 1), "Up": function(np.add)},
    r"y'_i = x_i, \qquad y'' = 2": {
        "x": between(0, 1, 2), "i": 1, "y_prime": lambda x: x, "y_prime_prime": 2, "y": 0
    },
}  # fmt: skip


@pytest.mark.parametrize("formula", HOLD)
def test_reads_the_notation_of_the_book(formula):
    check(formula, checked(**HOLD[formula]), "a")


@pytest.mark.parametrize(
    ("formula", "symbols", "words"),
    [
        ("y = 2x", {"x": between(0, 1)}, "nothing is said of 'y'"),
        (r"x \otimes x = 1", {"x": between(0, 1)}, "otimes"),
        ("(x = 1", {"x": between(0, 1)}, "wanted"),
        ("x = {1", {"x": between(0, 1)}, "brace"),
        (r"1 + \dots + n = 3", {"n": 2}, "dots"),
        (r"\log_{11} x = 1", {"x": between(1, 2)}, "log_11"),
        ("f'(x) + x'= 1", {"x": between(0, 1), "f": smooth()}, "along"),
    ],
)
def test_says_what_it_cannot_read(formula, symbols, words):
    with pytest.raises(Unreadable, match=words):
        check(formula, checked(**symbols), "a")


@pytest.mark.parametrize(
    ("formula", "symbols", "words"),
    [
        ("x = 2x", {"x": between(1, 2)}, "the sides are"),
        ("x + 1", {"x": between(1, 2)}, "states nothing"),
        ("x > 3", {"x": between(1, 2)}, "is false"),
        (r"\ln x = 1", {"x": between(-2, -1)}, "not a number"),
        ("x = 3.15", {"x": 3.14159}, "the sides are"),
        (r"x = \begin{cases} x & x < 2 \\ 0 & x > 0 \end{cases}", {"x": 1.0}, "not a number"),
        (r"x = \begin{cases} x & x < 0 \\ 0 & x > 2 \end{cases}", {"x": 1.0}, "not a number"),
        ("x = y", {"x": between(0, 1, 2), "y": between(0, 1, 3)}, "shape"),
        (r"\underset{2 \times 3}{x} = x", {"x": between(0, 1, 3, 2)}, "said to be 2 × 3"),
        (
            r"\underset{2 \times 1}{\begin{bmatrix} 1 & x \end{bmatrix}} \cdot x = 1",
            {"x": between(0, 1)},
            "said to be 2 × 1",
        ),
        (r"x > 0 \Longleftrightarrow x > 1", {"x": between(0, 2)}, "equivalence"),
    ],
)
def test_says_what_is_wrong_and_where(formula, symbols, words):
    with pytest.raises(Wrong, match=words):
        check(formula, checked(**symbols), "a")


HOW = {"meets", "instance", "introduces"}
SMALL = {"h": between(0.01, 1.5)}
COSINE = {"instance": (r"\frac{a \cdot b}{\sqrt{a^2}\,\sqrt{b^2}}", {"a": 2, "b": 1})}
EVEN = {"x": between(-2, 2), "f": function(np.square), "introduces": True}
SAID = [  # a formula, what is said of it, the same with a slip that no value tells
    (r"\cos h < \frac{\sin h}{h} < 1", SMALL | {"meets": {"h": 0}}, ("< 1", "< 2")),
    (r"\sin h < h < \tan h", SMALL | {"meets": {"h": 0}}, (r"\sin h", r"\tfrac12 \sin h")),
    (
        r"1 + \tfrac1n < e^{1/n} < 1 + \tfrac{1}{n - 1}",
        {"n": between(2, 99), "meets": {"n": np.inf}},
        (r"< 1 +", "< 2 +"),
    ),
    (r"1 = \frac{2 \cdot 1}{\sqrt{2^2}\,\sqrt{1^2}}", COSINE, ("1^2", "1^3")),
    ("f(x) = x^2", EVEN, ("f(x)", "f(-x)")),
    ("f'(x) = 2x", EVEN, ("f'(x) = 2x", "-f'(-x) = 2x")),
    ("f(2) = 2^2", EVEN, ("f(2)", "f(-2)")),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "said", "slip"), SAID, ids=[each[0] for each in SAID])
def test_a_slip_that_no_value_tells_is_noticed_where_the_registry_says_how(formula, said, slip):
    right, wrong = slip
    check(formula, checked(**said), "a")
    assert right in formula
    slipped = formula.replace(right, wrong, 1)
    check(slipped, checked(**{name: said[name] for name in said if name not in HOW}), "a")
    with pytest.raises(Wrong):
        check(slipped, checked(**said), "a")


@pytest.mark.parametrize("formula", [
    r"x^2 \ge 0, \quad x^2 \ge 0", r"x^2 \ge 0 \quad\text{and}\quad x^2 \ge 0",
    r"\begin{aligned} x + x &= 2x \\ x + x &= 2x \end{aligned}",
])  # fmt: skip
def test_what_says_the_same_twice_is_refused(formula):
    with pytest.raises(Wrong, match="says twice"):
        check(formula, checked(x=between(-2, 2)), "a")


def test_a_check_is_the_same_every_time_and_says_what_it_found():
    entry = checked(x=between(0.5, 2), f=function(np.log))
    once, again = (check(r"f'(x) = \frac1x", entry, "a") for _ in range(2))
    assert once == again
    assert (once.points, definition("a word").of) == (POINTS, "a word")
    assert re.fullmatch(r"checked at 200 points, largest relative error \de-\d\d", found(once))
    assert (
        found(check("x < 3", checked(x=between(0, 1)), "a"))
        == "checked at 200 points, true at each"
    )
