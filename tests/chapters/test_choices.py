"""The choices that the pages call right, each decided by a computation.

For every option stands what has to hold if it is right; exactly one of them holds, and that one is
ticked.
"""

import re
from itertools import islice
from math import e, log, sqrt

import numpy as np
import pytest

from lib import newton
from lib.derivatives import central_gradient, central_slope
from lib.descent import gradient_descent
from lib.hessian import classify
from lib.losses import sigmoid
from lib.surfaces import himmelblau, room, square, valley
from pages.exercises import questions
from tests.chapters.test_answer_values import NET, RULE, X, Y, all_asked

CHOICES = {
    name: (words, questions.choices(questions.items(content.split("\n"))))
    for name, kind, words, content in all_asked()
    if "- [x]" in content
}
THIRDS = np.linspace(0, 1, 301)


def twins():
    """Return how far apart two neurons with equal weights are after a hundred updates."""
    w, v = np.array([[0.3, 0.3], [-0.2, -0.2]]), np.array([0.5, 0.5])
    x, y = np.array([1.0, 2.0]), 1.0
    for _ in range(100):
        a = sigmoid(x @ w)
        miss = sigmoid(a @ v) - y
        w, v = w - 0.1 * np.outer(x, miss * v * a * (1 - a)), v - 0.1 * miss * a
    return abs(w[:, 0] - w[:, 1]).max(), abs(v.sum())


def dead(w, b):
    """Return whether a ReLU with these weights is dead for all inputs from 0 to 1."""
    return bool((w * THIRDS + b < 0).all())


def draw_from(condition):
    rng = np.random.default_rng(4)
    return [(w, b) for w, b in rng.uniform(-2, 2, (4000, 2)) if condition(w, b)]


def slopes(f, low, high):
    x = np.linspace(low, high, 200)
    first = central_slope(f, x)
    return bool((first > 0).all() and (np.diff(first) < 0).all())


def quotients(power):
    """Return the quotient of |x|^power at 0, from the left and from the right."""
    h = 1e-8
    return -(h**power) / h, h**power / h


def factor(rate):
    return 1 - 8 * rate


def far_from_units(step):
    """Return whether a step stays the same if the second coordinate has another unit."""
    S, H, x = np.diag([1.0, 100.0]), np.diag([2.0, 20.0]), np.array([1.0, 1.0])
    here = x - step(H, H @ x)
    other = np.linalg.inv(S) @ x
    there = other - step(S @ H @ S, S @ H @ S @ other)
    return bool(np.allclose(S @ there, here))


def flat_place(a, c, b=0.0):
    return classify([[a, b], [b, c]])


def newton_end(gradient, hessian, start):
    return np.array(list(islice(newton.minimise(gradient, hessian, np.array(start)), 40))[-1])


def cubes_are_heights(floors):
    return bool(np.allclose(np.array(floors) ** 3, floors))


def best_of(cost):
    x, points = np.linspace(0, 10, 10001), np.array([1.0, 2.0, 9.0])
    return x[np.argmin(cost(x[:, None] - points).sum(axis=1))]


def rests_after():
    """Return after how many tangents from 3.4 the fifth decimal rests."""
    walk = newton.roots(lambda x: x**3 - 2 * x - 5, lambda x: 3 * x**2 - 2, 3.4)
    x = [round(float(each), 5) for each in islice(walk, 20)]
    return next(k for k in range(len(x)) if len(set(x[k:])) == 1)


def newton_error(error):
    """Return the error after one step of Newton's method on x² − 2."""
    x = sqrt(2) + error
    return abs((x + 2 / x) / 2 - sqrt(2))


def stops(alpha):
    """Return the step, the change of f and the slope of descent on x² at x = 1."""
    x = 1 - alpha * square.gradient(1.0)
    return abs(x - 1), abs(square(x) - square(1.0)), abs(square.gradient(1.0))


def shrinks(x, y):
    """Return by how much a step down x² + 10y² with the rate 1/11 multiplies the distance."""
    return np.hypot(*(np.array([x, y]) - valley(10).gradient([x, y]) / 11)) / np.hypot(x, y)


def rises(degrees):
    way = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    return np.array([2.0, 20.0]) @ way


def gap_of_mixed_slopes():
    return abs(RULE[0, 1] - RULE[1, 0])


def climbs():
    walk = list(islice(gradient_descent(lambda x: -square.gradient(x), 3.0, 0.1), 20))
    return bool((np.diff([square(x) for x in walk]) > 0).all())


def counts(sentence):
    return sentence.lower().split().count("ya"), sentence.lower().split().count("na")


def difference(sentence):
    ya, na = counts(sentence)
    return ya - na


def damped_end():
    """Return where Newton ends on himmelblau if its step always leads downhill."""
    x = np.array([-0.4, -0.8])
    for _ in range(100):
        H = himmelblau.hessian(x)
        mu = max(0.0, 1 - np.linalg.eigvalsh(H)[0])
        x = x - np.linalg.solve(H + mu * np.eye(2), himmelblau.gradient(x))
    return x


def two_flat_places(p):
    return np.array([3 * p[0] ** 2 - 3, 2 * p[1]])


def overfits(train, check, noise=0.2):
    return train < noise / 2 and check > 2 * noise


def gap(train, check):
    return check - train


def rests(power):
    """Return whether the sum of the printed cubic's residuals is zero with this power of x."""
    residual = 147 / 1040 * X**3 + 537 / 1040 - Y
    return abs(np.mean(residual * X**power)) < 1e-3


# Whether the room is level along x, and along y, at (4, 6).
LEVEL = tuple(abs(slope) < 1e-6 for slope in central_gradient(room, [4.0, 6.0]))
MODELS = {"A": (0.50, 0.52), "B": (0.05, 0.90), "C": (0.19, 0.22)}
STEEPEST = np.degrees(np.arctan2(20, 2))
LARGE = np.array([-800.0, 800.0])
SCORES = np.array([0.3, -1.2, 0.9, 0.1])
NEW = "Na Ya Ya Na Ya"
END = newton_end(two_flat_places, lambda p: np.diag([6 * p[0], 2.0]), (-2.0, 1.0))
BELOW, ABOVE = quotients(0.5)

# What has to hold for each option to be the right one, in the order of the page.
HOLDS = {
    "ask-backpropagation-1": lambda: [abs(NET["y"] - 1 - d) < 0.05 for d in (-0.4, 0.4, -0.1)],
    "ask-gradients-4": lambda: [
        wanted == LEVEL for wanted in ((True, True), (True, False), (False, False))
    ],
    "ask-hessians-6": lambda: [
        classify(np.diag([5.0, 0.0, -1.0])) == kind for kind in ("saddle", "undecided", "minimum")
    ],
    "ask-house_prices-3": lambda: [
        rests(1) and not rests(3),
        rests(3) and not rests(1),
        rests(1) and rests(3),
    ],
    "ex-backpropagation-3-1": lambda: [twins()[0] > 0, twins()[0] == 0, twins()[1] == 0],
    "ex-backpropagation-6-1": lambda: [
        all(dead(w, b) for w, b in draw_from(lambda w, b: w < 0)),
        all(dead(w, b) for w, b in draw_from(lambda w, b: b < 0)),
        all(dead(w, b) for w, b in draw_from(lambda w, b: b < 0 and w + b < 0)),
    ],
    "ex-big-2-1": lambda: [
        difference(old) == difference(NEW) for old in ("Ya Ya Ya", "Ya na Ya", "Na na")
    ],
    "ex-derivatives-3-1": lambda: [
        slopes(np.exp, 0.1, 3) and slopes(np.log, 0.1, 3),
        slopes(np.log, 0.1, 3) and slopes(np.sqrt, 0.1, 3),
        slopes(np.sqrt, 0.1, 3) and slopes(lambda x: x**3, 0.1, 3),
    ],
    "ex-derivatives-8-2": lambda: [
        abs(ABOVE) < 1,
        min(BELOW, ABOVE) > 1e3,
        max(abs(BELOW), abs(ABOVE)) > 1e3 and BELOW * ABOVE < 0,
    ],
    "ex-failures-1-2": lambda: [abs(factor(0.25)) > 1, factor(0.25) == -1, -1 < factor(0.25) < 0],
    "ex-failures-7-1": lambda: [
        far_from_units(lambda H, g: 0.01 * g),
        far_from_units(np.linalg.solve) and not far_from_units(lambda H, g: 0.01 * g),
        not far_from_units(np.linalg.solve),
    ],
    "ex-generalisation-1-1": lambda: [overfits(*misses) for misses in MODELS.values()],
    "ex-generalisation-1-2": lambda: [gap(*misses) > 0.2 for misses in MODELS.values()],
    "ex-descent-2-2": lambda: [climbs(), False, not climbs()],
    "ex-descent-6-2": lambda: [
        shrinks(1.0, 0.0) < shrinks(1.0, 10**-0.5) - 1e-9,
        bool(np.isclose(shrinks(1.0, 0.0), shrinks(1.0, 10**-0.5), rtol=1e-12)),
        shrinks(1.0, 0.0) > shrinks(1.0, 10**-0.5) + 1e-9,
    ],
    "ex-descent-5-1": lambda: [
        stops(0.1)[0] == stops(0.01)[0],
        stops(0.1)[1] == stops(0.01)[1],
        stops(0.1)[2] == stops(0.01)[2],
    ],
    "ask-gradients-1": lambda: [abs(STEEPEST - angle) < 1 for angle in (45, 84, 6, 135)],
    "ex-hessians-2-4": lambda: [
        bool((central_slope(lambda t: 20 - 4 * t, THIRDS) > 0).all()),
        bool((central_slope(lambda t: 20 - 4 * t, THIRDS) < 0).all()),
    ],
    "ex-hessians-4-3": lambda: [
        flat_place(2, 2, 4) == kind for kind in ("minimum", "saddle", "undecided")
    ],
    "ex-hessians-5-1": lambda: [
        flat_place(-2, -3, 1) == kind for kind in ("minimum", "maximum", "saddle")
    ],
    "ex-hessians-6-2": lambda: [
        np.allclose(END, [1, 0]),
        np.allclose(END, [-1, 0]),
        not np.allclose(two_flat_places(END), 0),
    ],
    "ex-hessians-8-1": lambda: [
        classify(himmelblau.hessian(damped_end())) == kind
        for kind in ("maximum", "saddle", "minimum")
    ],
    "ex-houses-5-1": lambda: [
        gap_of_mixed_slopes() == 0 and RULE[0, 0] == 354,
        gap_of_mixed_slopes() == 0,
        gap_of_mixed_slopes() > 0,
    ],
    "ex-houses-6-1": lambda: [
        cubes_are_heights(floors) for floors in ((-1, 0, 1), (0, 1, 2), (1, 2, 3))
    ],
    "ex-logistic-6-2": lambda: [
        log(1 + e**20) < 1,
        bool((np.exp(-abs(LARGE)) <= 1).all()),
        bool((abs(LARGE) < 700).all()),
    ],
    "ex-minima-2-2": lambda: [
        classify([[6 * -1.0]]) == kind for kind in ("minimum", "maximum", "undecided")
    ],
    "ex-minima-7-1": lambda: [
        abs(best_of(np.abs) - middle) < 1e-3 for middle in (np.mean([1, 2, 9]), 2, (1 + 9) / 2)
    ],
    "ask-newton-2": lambda: [rests_after() == count for count in (5, 50, 500)],
    "ask-newton-3": lambda: [
        0.9 * error < newton_error(1e-3) < 1.1 * error for error in (3.5e-7, 3.5e-4, 5e-4)
    ],
    "ex-digits-5-2": lambda: [
        bool(np.argmax(2 * SCORES) == np.argmax(SCORES)),
        bool(np.argmax(2 * SCORES) != np.argmax(SCORES)),
    ],
    "ex-digits-6-1": lambda: [False, twins()[0] == 0, twins()[0] > 0],
    "ex-newton-3-2": lambda: [
        all(2 * a > 0 for a in (0.5, 3)) and not 2 * -0.5 > 0,
        all(2 * a > 0 for a in (-0.5, -3)),
        all(2 * a > 0 for a in (-3, -0.5, 0.5, 3)),
    ],
    "ex-perceptron-7-1": lambda: [each == 0.3 - 0.1 * 0.7 * 0 for each in (0, 0.3, np.inf)],
}
# What no computation decides, but a claim of the text.
CLAIMS = {
    "ask-digits-3": "validation",
    "ex-digits-6-2": "one hidden neuron",
    "ex-digits-7-1": "by writers, some people for training and others for the test",
    "ex-digits-7-2": "lower",
    "ex-generalisation-5-2": "if the model has to go on where the samples end",
    "ex-perceptron-6-1": "transposed",
}


@pytest.mark.parametrize("name", CHOICES)
def test_the_ticked_choice_is_the_one_that_holds(name):
    _, (texts, check) = CHOICES[name]
    if name in CLAIMS:
        assert texts[check["right"]] == CLAIMS[name]
        return
    holds = [bool(each) for each in HOLDS[name]()]
    assert len(holds) == len(texts)
    assert holds.count(True) == 1
    assert holds[check["right"]], texts


def test_a_transposed_slope_fits_the_weights():
    X, w = np.ones((5, 3)), np.ones((3, 1))
    row = (X @ w - 1).T @ X
    assert row.shape != w.shape
    assert row.T.shape == w.shape


def test_steepness_that_is_told_of_the_other_ways():
    assert [round(float(rises(angle)), 1) for angle in (45, 84.3, 135)] == [15.6, 20.1, 12.7]
    assert rises(6) < 4.1


def test_every_choice_states_why():
    for name, (_, (texts, check)) in CHOICES.items():
        assert len(check["why"]) == len(texts), name
        assert all(re.search(r"\w{3}", why) for why in check["why"])
