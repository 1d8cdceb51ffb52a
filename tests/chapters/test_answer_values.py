"""The numbers that the pages call right, computed once more from lib or by another way."""

import re
from itertools import islice
from math import atan, degrees, e, erf, log, pi, sqrt
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from lib import losses, newton, perceptron
from lib.data import houses, k_folds, lecture_line, noisy_curve
from lib.derivatives import central_gradient, central_hessian, central_slope
from lib.descent import critical_rate, gradient_descent
from lib.hessian import eigenvalues
from lib.logistic import scaled_sigmoid
from lib.losses import sigmoid
from lib.network import pack, random_weights
from lib.path import follow
from lib.softmax import cross_entropy, softmax
from lib.surfaces import (
    bowl,
    coin_log_loss,
    cubic_product,
    exp_minus_log,
    line_fit,
    monkey_saddle,
    power_lines,
    quadratic,
    slanted_bowl,
    square,
    stretched_bowl,
    two_valleys,
    valley,
)
from pages.exercises import questions
from pages.exercises.standalone import names

BOOK = Path(__file__).parents[2] / "book"
KINDS = r"^:::\{(number|derivative|choice|predict)\}(?: ([^\n]*))?\n(.*?)^:::$"
UNITS = {
    "ask-derivatives-1": "m/s",
    "ask-derivatives-2": "s",
    "ask-derivatives-3": "s",
    "ex-gradients-7-2": "°",
    "ask-hessians-1": "s",
    "ex-hessians-2-2": "s",
    "ex-hessians-2-3": "m",
    "ex-houses-2-2": "floors",
}


class Asked(NamedTuple):
    """A question that a number answers, in the author's words."""

    value: str
    within: str
    unit: str
    wrong: list  # of pairs: the number, what is told to it
    kind: str
    line: str


def all_asked():
    """Yield (name, kind, words, content) of every question of the book."""
    for path in sorted(BOOK.glob("questions/*.md")):
        text, known = path.read_text(encoding="utf-8"), names(path.stem)
        for question in re.finditer(KINDS, text, re.M | re.S):
            line = text.count("\n", 0, question.start()) + 1
            yield known[line], question[1], question[2] or "", question[3]


def asked_texts():
    """Return the questions of the book that a number answers, by their names."""
    found = {}
    for name, kind, words, content in all_asked():
        number = questions.NUMBER.fullmatch(words)
        if kind in ("number", "predict") and number:
            listed = [each.split(": ", 1) for each in questions.items(content.split("\n"))]
            line = re.search("^:line: (.*)$", content, re.M)
            unit = (number["unit"] or "").strip()
            found[name] = Asked(
                number["value"], number["within"] or "", unit, listed, kind, line and line[1]
            )
    return found


def walk_to(f, slope, x0, step):
    return float(next(islice(newton.roots(f, slope, x0), step, None)))


def steps_to(surface, x0, rate, within):
    path = follow(gradient_descent(surface.gradient, x0, rate), surface, tolerance=0)
    return path.steps_within(surface.minimum, within)


def rest_of(surface, x0, rate):
    walk = gradient_descent(surface.gradient, x0, rate)
    return follow(walk, surface, steps=300).x[-1]


def steps_off_the_saddle(offset):
    walk = gradient_descent(monkey_saddle.gradient, [-offset, 0.0], 0.1)
    return next(step for step, x in enumerate(walk) if x[0] < -0.5)


def stepped(rate, place):
    """Return where one step down x² + 10y² leads."""
    return next(islice(gradient_descent(valley(10).gradient, place, rate), 1, None))


def nearer(rate, place):
    """Return by how much that step multiplies the distance from (0, 0)."""
    return np.hypot(*stepped(rate, place)) / np.hypot(*place)


def angle(c, t):
    """Return the angle between the gradient of x² + cy² at (1, t) and the way from (0, 0)."""
    return degrees(atan(c * t) - atan(t))


def scan(f, low, high, points=200_001):
    """Return where f is largest between low and high, to a few digits."""
    x = np.linspace(low, high, points)
    return float(x[np.argmax(f(x))])


def directed(fx, fy, ux, uy):
    """Return the slope of the plane fx·x + fy·y in the direction (ux, uy)."""
    return central_slope(lambda t: fx * t * ux + fy * t * uy, 0.0)


def error_quotient(surface, rate):
    """Return by what one step of descent multiplies a small error."""
    x = surface.minimum + 1e-5
    return (x - rate * surface.gradient(x) - surface.minimum) / (x - surface.minimum)


def slowest(rate, low, high):
    """Return the larger factor of descent in a bowl of two curvatures."""
    return np.maximum(abs(1 - rate * low), abs(1 - rate * high))


def momentum_factor(low, high):
    """Return the least factor of momentum in a bowl, among rates and shares in 64ths."""
    rates, shares = np.meshgrid(np.arange(1, 64) / 64, np.arange(1, 64) / 64)
    sizes = []
    for curvature in (low, high):
        middle = 1 + shares - rates * curvature
        root = np.sqrt(middle**2 - 4 * shares + 0j)
        sizes += [abs(middle + root) / 2, abs(middle - root) / 2]
    return np.max(sizes, axis=0).min()


def projection(x, count):
    """Return the matrix that takes measurements at x to their polynomial of so many numbers."""
    powers = np.vander(x, count)
    return powers @ np.linalg.pinv(powers)


def neuron_steps(count):
    w, b = np.array([0.5, -0.25]), 0.1
    for _ in range(count):
        slope = perceptron.half_squared_error_gradient(w, b, np.array([1.0, 2.0]), 1.0)
        w, b = w - 0.1 * slope.w, b - 0.1 * slope.b
    return [*w, b, w @ [1, 2] + b]


def polynomial_misses():
    rng = np.random.default_rng(1)
    train, check = noisy_curve(rng, samples=15), noisy_curve(rng, samples=15)
    fits = [np.polynomial.Polynomial.fit(*train, degree, domain=[0, 1]) for degree in range(11)]
    return [np.sqrt(np.mean((fit(check.x) - check.y) ** 2)) for fit in fits]


def miss_of_folds_in_order():
    data = noisy_curve(np.random.default_rng(6), samples=20)
    errors = []
    for fold in np.array_split(np.arange(20), 5):
        x, y = np.delete(data.x, fold), np.delete(data.y, fold)
        fit = np.polynomial.Polynomial.fit(x, y, 3, domain=[0, 1])
        errors.append(np.mean((fit(data.x[fold]) - data.y[fold]) ** 2))
    return np.sqrt(np.mean(errors))


def kept_and_stopped(patience):
    """Return the check that early stopping keeps, and where it ends, by looking back each time."""
    errors = [0.9, 0.6, 0.5, 0.52, 0.51, 0.45, 0.47, 0.48, 0.5, 0.6]
    for check in range(len(errors)):
        best = int(np.argmin(errors[: check + 1]))
        if check - best >= patience:
            return best, check
    return best, check


X, Y = houses()
LINE = perceptron.cost_surface(X, Y)
SQUARE = perceptron.cost_surface(X**2, Y)
RULE = np.array([[177, 5], [50, 2]])
S_CURVE = (1.1346469402126882, -4.6482628586296135)
NET = {"a1": sigmoid(0.15 - 0.32 + 0.05), "a2": sigmoid(-0.3 - 0.24 - 0.1)}
NET["y"] = sigmoid(0.7 * NET["a1"] - 0.5 * NET["a2"] + 0.2)
FIRST, SAMPLES = ([0.5, -0.25], 0.1), ([[1, 2, 0], [3, -1, 1]], [2, 1, 0])
CENTRED = quadratic([[4, 0], [0, 6]], [-2, -20], 38)


def two_slopes(p):
    return p[..., 0] ** 3 * p[..., 1] + 2 * p[..., 1]


def four_seconds(p):
    return p[..., 0] ** 2 * p[..., 1] + p[..., 1] ** 3


VALUES = {
    "ex-big-1-1": lambda: np.mean(np.square([2.5 + 2 - 4.6, 3.2 + 2 - 4.4])),
    "ex-big-2-2": lambda: -np.dot([2, 1], [1, -1.5]),
    "ex-big-2-3": lambda: -np.dot([3, 2], [1, -1.5]),
    "ex-big-3-1": lambda: 4 * (3 + 1) + (4 + 1),
    "ex-big-4-1": lambda: 1.5 - 0.005 * 32.52,
    "ex-big-4-2": lambda: 2 - 0.005 * 5.57,
    "ex-big-5-1": lambda: 3 - 3 * (1 - 0.25 * 2) ** 3,
    "ex-big-5-2": lambda: 3 - 3 * (1 - 1.25 * 2),
    "ex-big-6-1": lambda: np.dot([2.5, 3.2], [4.6, 4.4]) / np.dot([2.5, 3.2], [2.5, 3.2]),
    "ask-derivatives-1": lambda: central_slope(np.square, 3.0),
    "ask-derivatives-3": lambda: 5 - sqrt(25 / 3),
    "ex-derivatives-1-1": lambda: central_slope(lambda x: 5 * x**2 - 3 * x, 2.0),
    "ex-derivatives-2-1": lambda: central_slope(lambda x: x**3, 2.0),
    "ex-derivatives-2-2": lambda: 2 - 8 / 12,
    "ex-derivatives-3-2": lambda: pi / 3,
    "ex-derivatives-4-1": lambda: central_slope(np.cbrt, 8.0),
    "ex-derivatives-5-2": lambda: scan(lambda x: x**2 * np.exp(-x), 1, 5),
    "ex-derivatives-6-2": lambda: central_slope(sigmoid, 0.0),
    "ask-minima-1": lambda: power_lines([2, 8]).minimum,
    "ex-minima-1-1": lambda: power_lines([1, 2, 4, 9]).minimum,
    "ex-minima-1-2": lambda: power_lines([1, 2, 4, 9])(4.0),
    "ex-minima-1-3": lambda: power_lines([1, 2, 4, 9]).hessian(4.0),
    "ex-minima-3-2": lambda: power_lines([2, 2, 2, 6]).minimum,
    "ex-minima-4-2": lambda: coin_log_loss(2, 9).minimum,
    "ex-minima-5-1": lambda: 2 - 2,
    "ex-minima-5-2": lambda: losses.absolute_error(4.5, [1, 4, 5, 10]).sum(),
    "ex-minima-6-1": lambda: np.var([2, 5, 3]),
    "ex-minima-6-2": lambda: losses.absolute_error(np.median([2, 5, 3]), [2, 5, 3]).mean(),
    "ex-gradients-1-3": lambda: central_gradient(two_slopes, np.array([1.0, 2.0]))[0],
    "ex-gradients-1-4": lambda: central_gradient(two_slopes, np.array([1.0, 2.0]))[1],
    "ex-gradients-2-1": lambda: 3 + cubic_product.gradient([1, 1]) @ [0.1, -0.1],
    "ex-gradients-2-2": lambda: 2.7 - cubic_product([1.1, 0.9]),
    "ex-gradients-3-1": lambda: bowl.gradient([2, 3]) @ [0.6, 0.8],
    "ex-gradients-3-2": lambda: np.linalg.norm(bowl.gradient([2, 3])) - 7.2,
    "ex-gradients-4-1": lambda: 1 + 10 * 1,
    "ex-gradients-5-2": lambda: len({(0, 0), (3, 0), (0, 3), (1, 1)}),
    "ex-gradients-5-3": lambda: 1 * 1 * (1 + 1 - 3),
    "ex-gradients-6-3": lambda: np.polyfit([0, 1, 2], [1, 1, 4], 1)[0],
    "ex-gradients-6-4": lambda: np.polyfit([0, 1, 2], [1, 1, 4], 1, full=True)[1],
    "ex-gradients-7-2": lambda: max(angle(10, t) for t in np.linspace(0, 2, 20001)),
    "ask-newton-1": lambda: walk_to(lambda x: x**3 - 2 * x - 5, lambda x: 3 * x**2 - 2, 3.4, 1),
    "ex-newton-1-1": lambda: walk_to(lambda x: x**2 - 3, lambda x: 2 * x, 2.0, 1),
    "ex-newton-1-2": lambda: walk_to(lambda x: x**2 - 3, lambda x: 2 * x, 2.0, 2),
    "ex-newton-2-2": lambda: walk_to(lambda x: x**3 - 10, lambda x: 3 * x**2, 2.0, 1),
    "ex-newton-4-2": lambda: walk_to(lambda x: 1 / x - 7, lambda x: -1 / x**2, 0.1, 2),
    "ex-newton-4-3": lambda: 2 / 7,
    "ex-newton-5-1": lambda: np.ceil(np.log2(-12 / np.log10(0.95))),
    "ex-newton-6-2": lambda: np.ceil(np.log2(1e6)),
    "ex-newton-6-3": lambda: 2,
    "ex-newton-7-1": lambda: walk_to(np.cbrt, lambda x: 1 / (3 * np.cbrt(x) ** 2), 0.1, 3),
    "ex-newton-8-2": lambda: walk_to(
        lambda x: 2 * x - (1 + x**2) * np.arctan(x), lambda x: 1 - 2 * x * np.arctan(x), 1.5, 9
    ),
    "ask-hessians-1": lambda: scan(lambda t: 6 * t - 0.6 * t**2, 0, 10),
    "ask-hessians-2": lambda: float(np.linalg.det([[4, -1], [-1, 6]])),
    "ask-hessians-3": lambda: float(np.array([1, 1]) @ [[4, -1], [-1, 6]] @ [1, 1]),
    "ex-hessians-1-3": lambda: scan(lambda x: 3 - 3 * x**2, -1, 1),
    "ex-hessians-2-2": lambda: scan(lambda t: 20 * t - 2 * t**2, 0, 10),
    "ex-hessians-2-3": lambda: 20 * 5 - 2 * 25,
    "ex-hessians-3-3": lambda: central_hessian(four_seconds, np.array([1.0, 2.0]))[0, 0],
    "ex-hessians-3-4": lambda: central_hessian(four_seconds, np.array([1.0, 2.0]))[0, 1],
    "ex-hessians-3-5": lambda: central_hessian(four_seconds, np.array([1.0, 2.0]))[1, 1],
    "ex-hessians-4-1": lambda: eigenvalues([[2, 4], [4, 2]])[0],
    "ex-hessians-4-2": lambda: eigenvalues([[2, 4], [4, 2]])[1],
    "ex-hessians-7-1": lambda: line_fit.minimum[0],
    "ex-hessians-7-2": lambda: line_fit.minimum[1],
    "ask-gradient_descent-1": lambda: 2 - 1 * square.gradient(2.0),
    "ex-descent-1-1": lambda: list(islice(gradient_descent(square.gradient, 3.0, 0.1), 3))[1],
    "ex-descent-1-2": lambda: list(islice(gradient_descent(square.gradient, 3.0, 0.1), 3))[2],
    "ex-descent-1-3": lambda: 2.4 / 3,
    "ex-descent-2-1": lambda: 3 * 1.2**2,
    "ex-descent-3-2": lambda: critical_rate(6.0),
    "ex-descent-3-3": lambda: critical_rate(6.0) / 2,
    "ex-descent-3-4": lambda: 10 - (6 * 10 - 12) / 6,
    "ex-descent-4-1": lambda: (
        log(1000) / -log(1 - 0.05 * exp_minus_log.hessian(exp_minus_log.minimum))
    ),
    "ex-descent-4-2": lambda: (
        steps_to(exp_minus_log, 0.05, 0.05, 1e-6) - steps_to(exp_minus_log, 0.05, 0.05, 1e-3)
    ),
    "ex-descent-6-1": lambda: nearer(1 / 11, [1.0, 1 / sqrt(10)]),
    "ex-descent-6-3": lambda: stepped(1 / 2, [1.0, 1 / sqrt(10)])[1],
    "ex-descent-7-2": lambda: critical_rate(CENTRED.hessian([0.0, 0.0])),
    "ex-descent-7-3": lambda: steps_to(CENTRED, [0.0, 0.0], 0.2, 1e-6),
    "ask-descent_failures-1": lambda: rest_of(two_valleys, 2.875, 0.085),
    "ex-failures-1-1": lambda: 1 - 0.2 * 8,
    "ex-failures-2-1": lambda: (1 - 10 ** (-3 / 50)) / two_valleys.hessian(two_valleys.minimum),
    "ex-failures-3-1": lambda: np.linalg.cond(slanted_bowl.hessian([0, 0])),
    "ex-failures-3-2": lambda: 2 / np.trace(slanted_bowl.hessian([0, 0])),
    "ex-failures-3-3": lambda: np.ptp(eigenvalues(slanted_bowl.hessian([0, 0]))) / 10,
    "ex-failures-4-2": lambda: 1 - 0.1 * stretched_bowl.gradient([1, 1])[1],
    "ex-failures-4-3": lambda: stretched_bowl(rest_of(stretched_bowl, [1, 1], 0.1)),
    "ex-failures-5-1": lambda: ((sqrt(400) - 1) / (sqrt(400) + 1)) ** 2,
    "ex-failures-5-2": lambda: log(10) / -log((sqrt(400) - 1) / (sqrt(400) + 1)),
    "ex-failures-5-3": lambda: log(10) / -log((400 - 1) / (400 + 1)),
    "ex-failures-6-2": lambda: (1 / 0.01 - 2) / (3 * 0.1),
    "ex-failures-6-3": lambda: steps_off_the_saddle(0.001),
    "ask-perceptron-1": lambda: -2 / 1.5,
    "ex-perceptron-1-1": lambda: np.polyfit([0, 2], [-3, 0], 1)[0],
    "ex-perceptron-1-2": lambda: np.polyfit([0, 2], [-3, 0], 1)[1],
    "ex-perceptron-2-1": lambda: neuron_steps(2)[0],
    "ex-perceptron-2-2": lambda: neuron_steps(2)[1],
    "ex-perceptron-2-3": lambda: neuron_steps(2)[3],
    "ex-perceptron-3-2": lambda: 0.5 / (lecture_line(np.random.RandomState(1)).x[0] ** 2 + 1),
    "ex-perceptron-4-1": lambda: 0.001 * 50,
    "ex-perceptron-4-2": lambda: 0.001 * 100,
    "ex-perceptron-5-1": lambda: perceptron.mean_squared_error_columns(*FIRST, *SAMPLES),
    "ex-perceptron-5-2": lambda: perceptron.mean_squared_error_columns_gradient(*FIRST, *SAMPLES).b,
    "ask-house_prices-1": lambda: LINE.minimum[0],
    "ex-houses-1-1": lambda: LINE([3, -3]),
    "ex-houses-1-2": lambda: LINE.gradient([3, -3])[0],
    "ex-houses-1-3": lambda: LINE.gradient([3, -3])[1],
    "ex-houses-2-2": lambda: -S_CURVE[1] / S_CURVE[0],
    "ex-houses-2-3": lambda: central_slope(
        lambda x: scaled_sigmoid(S_CURVE, x)[0], -S_CURVE[1] / S_CURVE[0]
    ),
    "ex-houses-3-2": lambda: SQUARE.minimum[0],
    "ex-houses-3-3": lambda: SQUARE(SQUARE.minimum),
    "ex-houses-4-1": lambda: np.linalg.eigvals(RULE).max(),
    "ex-houses-4-2": lambda: 2 / np.linalg.eigvals(RULE).max(),
    "ex-houses-7-1": lambda: critical_rate(2 * np.eye(2)),
    "ex-houses-7-2": lambda: critical_rate(2 * np.eye(2)) / 2,
    "ask-logistic-1": lambda: -1 / 2,
    "ex-logistic-1-1": lambda: 3 / 5,
    "ex-logistic-1-2": lambda: central_slope(lambda x: sigmoid(5 * x - 3), 0.6),
    "ex-logistic-1-3": lambda: sigmoid(2),
    "ex-logistic-2-1": lambda: losses.log_loss(sigmoid(0), 1),
    "ex-logistic-2-2": lambda: 0.1 * (1 - sigmoid(0)) * 2,
    "ex-logistic-2-3": lambda: losses.log_loss(sigmoid(0.1 * 2 + 0.05), 1),
    "ex-logistic-3-1": lambda: e**2,
    "ex-logistic-4-1": lambda: (0.6 + 3) / 5,
    "ex-logistic-4-2": lambda: 500 * erf(0.12 / sqrt(2)) / 2,
    "ex-logistic-5-2": lambda: min(np.roots(np.polyder([1, -2, 1, 0]))),
    "ex-logistic-5-3": lambda: 2 / 3 * (1 - 1 / 3) ** 2,
    "ex-logistic-7-1": lambda: 1.5 - -1.5,
    "ex-logistic-7-2": lambda: (1.5**2 - 1.5**2) / 2,
    "ex-backpropagation-1-1": lambda: 0.7 + NET["a1"] * (1 - NET["y"]),
    "ex-backpropagation-1-2": lambda: -0.5 + NET["a2"] * (1 - NET["y"]),
    "ex-backpropagation-1-3": lambda: 0.2 + 1 - NET["y"],
    "ex-backpropagation-2-1": lambda: -0.8 * NET["a2"] * (1 - NET["a2"]) * -0.5 * -(1 - NET["y"]),
    "ex-backpropagation-4-2": lambda: central_slope(np.tanh, 1.0),
    "ex-backpropagation-5-1": lambda: 785 * 100 + 101 * 10,
    "ex-backpropagation-5-2": lambda: 784 * 100 + 2 * 100 * 10,
    "ex-backpropagation-7-1": lambda: -4 / 2,
    "ex-backpropagation-7-2": lambda: 8 * central_slope(sigmoid, 0.0),
    "ex-backpropagation-8-2": lambda: central_slope(lambda x: np.log1p(np.exp(x)), -5.0),
    "ask-generalisation-1": lambda: min(polynomial_misses()),
    "ex-generalisation-2-1": lambda: max(
        len(fold) for _, fold in k_folds(23, 5, np.random.default_rng(1))
    ),
    "ex-generalisation-2-2": lambda: 9 * 5 + 1,
    "ex-generalisation-3-1": lambda: kept_and_stopped(2)[1],
    "ex-generalisation-3-2": lambda: kept_and_stopped(3)[0],
    "ex-generalisation-5-1": miss_of_folds_in_order,
    "ex-generalisation-4-1": lambda: 1 - 1 / 5,
    "ex-generalisation-4-2": lambda: 1 + 1 / 5,
    "ex-generalisation-6-2": lambda: 1 - 2 * 0.1 * 0.5,
    "ex-generalisation-7-2": lambda: 10 / (10 + 2 * 0.5),
    "ex-generalisation-7-3": lambda: 1 - (1 - 0.1 * 0.1) ** 10,
    "ask-digits-1": lambda: softmax([5.0, 3.0, 1.0])[0],
    "ask-digits-2": lambda: central_slope(
        lambda z: cross_entropy(np.array([z, 0.0]), np.array([1, 0])), log(7 / 3)
    ),
    "ask-digits-4": lambda: cross_entropy(np.zeros(10), np.eye(10)[3]),
    "ex-digits-1-1": lambda: softmax([log(3), 0])[0],
    "ex-digits-1-2": lambda: softmax([log(3) + 7, 7])[0],
    "ex-digits-2-1": lambda: -log(0.001),
    "ex-digits-2-2": lambda: cross_entropy(np.ones(10), np.eye(10)[0]),
    "ex-digits-4-1": lambda: pack(random_weights((64, 64, 10), np.random.default_rng(1))).size,
    "ex-digits-4-2": lambda: len(np.split(np.arange(1257), range(32, 1257, 32))),
    "ex-digits-5-1": lambda: softmax(2 * np.log([0.8, 0.2]))[0],
    "ask-big_picture-1": lambda: 2 - 0.1 * central_slope(lambda t: 2 * (t - 1) ** 2, 2.0),
    "ask-derivatives-5": lambda: central_slope(lambda x: np.exp(x**2), 1.0) / e,
    "ask-minima-2": lambda: central_slope(lambda x: sum(abs(x - a) for a in (1, 2, 6, 7, 9)), 3.0),
    "ask-minima-3": lambda: losses.log_loss(0.9, 0),
    "ask-gradients-2": lambda: directed(3, 4, 0.6, 0.8),
    "ask-gradients-3": lambda: directed(3, 4, -0.8, 0.6),
    "ask-newton-4": lambda: error_quotient(exp_minus_log, 0.1),
    "ask-newton-5": lambda: -np.log10(0.1),
    "ask-hessians-4": lambda: central_hessian(lambda p: p[0] * p[1] ** 2, [1.0, 3.0])[0, 1],
    "ask-hessians-5": lambda: (np.array([[2, 1], [1, 2]]) @ [1, -1])[0],
    "ask-gradient_descent-2": lambda: 1 - 0.1 * central_slope(exp_minus_log, 1.0),
    "ask-gradient_descent-3": lambda: next(n for n in range(99) if 0.5**n < 1e-3),
    "ask-gradient_descent-4": lambda: critical_rate(np.diag([10.0, 0.5])),
    "ask-descent_failures-2": lambda: scan(lambda rate: -slowest(rate, 1, 9), 0, 1),
    "ask-descent_failures-3": lambda: slowest(0.2, 1, 9),
    "ask-descent_failures-4": lambda: momentum_factor(1, 9),
    "ask-perceptron-2": lambda: central_slope(lambda w: (2 - 3 * w) ** 2, 0.0),
    "ask-perceptron-3": lambda: central_slope(lambda w: (-0.35 + w) ** 2 / 2, 0.0),
    "ask-house_prices-2": lambda: np.polyval([-5, 0, 104, -135], 3),
    "ask-logistic-2": lambda: central_slope(lambda x: sigmoid(8 * x - 4), 0.5),
    "ask-backpropagation-2": lambda: central_slope(lambda u: u * 3 + u, 2.0),
    "ask-generalisation-2": lambda: (
        2 * 0.2**2 * np.trace(projection(np.linspace(0, 1, 16), 4)) / 16
    ),
    "ask-generalisation-3": lambda: np.ones((3, 3)).size,
    "ask-digits-5": lambda: np.full(100, 0.5) @ (0.1**2 * np.eye(100)) @ np.full(100, 0.5),
}
ASKED = asked_texts()


def unit_of_last_digit(text):
    """Return what the last digit of a decimal counts, or nothing if the number is exact."""
    return 10.0 ** -len(text.partition(".")[2]) if "." in text else 0


@pytest.mark.parametrize("name", ASKED)
def test_number_is_what_a_computation_gives(name):
    """To the digits that the author writes, whatever tolerance stands there."""
    value, written = float(np.squeeze(VALUES[name]())), ASKED[name].value
    rounding = 0.5 * unit_of_last_digit(written) + 1e-6 * max(1, abs(value))
    if ASKED[name].within and "." not in written and "/" not in written:
        rounding = max(rounding, 0.5)  # a whole number that stands for a real one
    assert abs(value - questions.amount(written)) <= rounding


@pytest.mark.parametrize("name", ASKED)
def test_tolerance_takes_a_right_rounding_and_little_more(name):
    asked = ASKED[name]
    if not asked.within:
        return
    within, written = questions.amount(asked.within), questions.amount(asked.value)
    off = abs(float(np.squeeze(VALUES[name]())) - written)
    assert off <= within
    assert all(abs(questions.amount(text) - written) > within for text, _ in asked.wrong)
    if asked.kind == "number":  # of a prediction a tenth of the picture is enough
        assert within <= max(10 * unit_of_last_digit(asked.value), 0.005 * abs(written))


def test_units_are_those_of_what_is_asked():
    assert {name: each.unit for name, each in ASKED.items()} == {
        name: UNITS.get(name, "") for name in ASKED
    }


# Where a guess is drawn: the point through which a slope goes, as the text has it.

THROUGH = {
    "ask-derivatives-1": lambda: (3, 3**2),
    "ask-backpropagation-1": lambda: (0, losses.log_loss(NET["y"], 1)),
    "ask-house_prices-1": lambda: (np.mean(X), np.mean(Y)),
}
AXES = {
    "ask-derivatives-2": "x on 2",
    "ask-derivatives-3": "x on 2",
    "ask-digits-1": "y on 2",
    "ask-digits-4": "y on 2",
    "ask-descent_failures-1": "x",
    "ask-generalisation-1": "y on 2",
    "ask-gradient_descent-1": "x",
    "ask-gradients-1": "x on 2",
    "ask-hessians-1": "x on 2",
    "ask-logistic-1": "x",
    "ask-minima-1": "x on 2",
    "ask-newton-1": "x",
    "ask-perceptron-1": "x",
}
LINES = {
    name: re.search("^:line: (.*)$", content, re.M)[1]
    for name, kind, _, content in all_asked()
    if kind == "predict"
}


@pytest.mark.parametrize("name", LINES)
def test_guess_is_drawn_where_it_belongs(name):
    if name in AXES:
        assert LINES[name] == AXES[name]
        return
    through = questions.line(LINES[name])["through"]
    for written, computed in zip(through, THROUGH[name](), strict=True):
        assert abs(written - computed) <= 0.5 * 10**-4
