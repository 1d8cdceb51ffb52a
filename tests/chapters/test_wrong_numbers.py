"""The wrong numbers that the pages know by name, each computed from the slip that it is told to be.

They stand in the order of the page. What an author writes is right if it is that number, correctly
rounded to the digits that stand there.
"""

from math import atan, cbrt, cos, degrees, erf, exp, log, log10, pi, sqrt, tanh

import numpy as np
import pytest

from lib.data import k_folds, noisy_curve
from lib.losses import sigmoid
from lib.surfaces import (
    bowl,
    cubic_product,
    exp_minus_log,
    line_fit,
    slanted_bowl,
    two_valleys,
)
from pages.exercises import questions
from tests.chapters.test_answer_values import (
    LINE,
    NET,
    RULE,
    S_CURVE,
    SQUARE,
    X,
    Y,
    asked_texts,
    polynomial_misses,
    steps_off_the_saddle,
    steps_to,
    walk_to,
)

ASKED = asked_texts()
CURVATURES = np.linalg.eigvalsh(slanted_bowl.hessian([0.0, 0.0]))
OFF = -(1 - NET["y"])  # the loss's slope by z
BLAME = OFF * -0.5 * NET["a2"] * (1 - NET["a2"])
FIRST_FLAT, SECOND_FLAT = 4.6 / 2.5, 4.4 / 3.2


def miss_of_shuffled_folds():
    """Return the typical miss of a cubic on five shuffled folds of the noisy curve."""
    data = noisy_curve(np.random.default_rng(6), samples=20)
    errors = []
    for train, fold in k_folds(20, 5, np.random.default_rng(1)):
        fit = np.polynomial.Polynomial.fit(data.x[train], data.y[train], 3, domain=[0, 1])
        errors.append(np.mean((fit(data.x[fold]) - data.y[fold]) ** 2))
    return np.sqrt(np.mean(errors))


def linear_rest():
    """Return where the rule with x in place of x² comes to rest on the houses."""
    A = np.array([[np.mean(X**3), np.mean(X)], [np.mean(X**2), 1.0]])
    return np.linalg.solve(A, [np.mean(X * Y), np.mean(Y)])


def true_cubic_rate():
    """Return the critical rate of the squared error of the cubic, W x³ + b."""
    x = X**3
    hessian = 2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])
    return 2 / np.linalg.eigvalsh(hessian).max()


def second_threshold():
    return walk_to(
        lambda x: 2 * x - (1 + x**2) * np.arctan(x), lambda x: 1 - 2 * x * np.arctan(x), 1.5, 2
    )


def top_of_the_hill():
    x = np.linspace(-1, 1, 2_000_001)
    return float(x[np.argmax(two_valleys(x))])


def third_sample():
    """Return the misses of the third exercise on the perceptron's other layout."""
    w, b = np.array([0.5, -0.25]), 0.1
    return np.array([2.0, 1.0, 0.0]) - (w @ np.array([[1.0, 2.0, 0.0], [3.0, -1.0, 1.0]]) + b)


WRONG = {
    "ex-backpropagation-1-1": lambda: [0.7 + NET["a1"] * OFF, 0.7 - OFF],
    "ex-backpropagation-1-2": lambda: [-0.5 + NET["a2"] * OFF],
    "ex-backpropagation-1-3": lambda: [0.2 + OFF],
    "ex-backpropagation-2-1": lambda: [0.8 * BLAME, BLAME, 2 * 0.8 * BLAME],
    "ex-backpropagation-4-2": lambda: [tanh(1), tanh(1) ** 2],
    "ex-backpropagation-5-1": lambda: [784 * 100 + 100 * 10],
    "ex-backpropagation-5-2": lambda: [784 * 100 + 100 * 10, 2 * (784 * 100 + 100 * 10)],
    "ex-backpropagation-7-1": lambda: [4 / 2, -4 * 1],
    "ex-backpropagation-7-2": lambda: [8, 4 / 4],
    "ex-backpropagation-8-2": lambda: [sigmoid(5.0), 0],
    "ex-big-1-1": lambda: [0.1**2 + 0.8**2, (-0.1 + 0.8) / 2, (0.1 + 0.8) / 2],
    "ex-big-2-2": lambda: [np.dot([2, 1], [1, -1.5]), -np.dot([3, 0], [1, -1.5])],
    "ex-big-2-3": lambda: [-np.dot([0, 2], [1, -1.5]), -np.dot([2, 1], [1, -1.5])],
    "ex-big-3-1": lambda: [4 * (3 + 1), 4 * (3 + 1) + 4, 4 * 3],
    "ex-big-4-1": lambda: [1.5 + 0.005 * 32.52, 0.005 * 32.52],
    "ex-big-4-2": lambda: [2 + 0.005 * 5.57],
    "ex-big-5-1": lambda: [3 * 0.5**3, 3 - 3 * 0.5**2],
    "ex-big-5-2": lambda: [7.5 - 3, 1.25 * 3],
    "ex-big-6-1": lambda: [FIRST_FLAT, SECOND_FLAT, (2.5**2 + 3.2**2) / (2.5 * 4.6 + 3.2 * 4.4)],
    "ask-derivatives-1": lambda: [4**2 - 3**2, 3**2 - 2**2, 9 / 3, 3**2],
    "ask-derivatives-2": lambda: [10 / 2, 5 + sqrt(25 / 3), 0],
    "ask-derivatives-3": lambda: [10 / 2, 5 + sqrt(25 / 3), 0],
    "ex-derivatives-1-1": lambda: [5 * 4 - 3 * 2, 17 + 5 * 1],
    "ex-derivatives-2-1": lambda: [2**3, 3 * 2],
    "ex-derivatives-2-2": lambda: [0, 8 - 12 * 2, 2],
    "ex-derivatives-3-2": lambda: [degrees(pi / 3), pi / 6],
    "ex-derivatives-4-1": lambda: [3 * 2**2, 1 / (3 * 8**2), cbrt(8)],
    "ex-derivatives-5-2": lambda: [-2, 1],
    "ex-derivatives-6-2": lambda: [sigmoid(0.0), -sigmoid(0.0) * (1 - sigmoid(0.0))],
    "ask-descent_failures-1": lambda: [two_valleys.minimum, top_of_the_hill()],
    "ex-failures-1-1": lambda: [8 * 0.2 - 1, 8 * 0.2],
    "ex-failures-2-1": lambda: [
        (1 - 10 ** (-1 / 20)) / two_valleys.hessian(two_valleys.minimum),
        (1 - 10 ** (-1 / 50)) / two_valleys.hessian(two_valleys.minimum),
        1 - 10 ** (-3 / 50),
    ],
    "ex-failures-3-1": lambda: [CURVATURES[0] / CURVATURES[1], np.ptp(CURVATURES)],
    "ex-failures-3-2": lambda: [1 / CURVATURES.sum(), 2 / CURVATURES[1]],
    "ex-failures-3-3": lambda: [CURVATURES[0] / CURVATURES[1]],
    "ex-failures-4-2": lambda: [1, 1 - 1],
    "ex-failures-4-3": lambda: [0, 1 + 10],
    "ex-failures-5-1": lambda: [(20 - 1) / (20 + 1)],
    "ex-failures-5-2": lambda: [round(log(10) / -log(399 / 401)), round(log(10) / -log(99 / 101))],
    "ex-failures-5-3": lambda: [round(log(10) / -log(19 / 21)), round(log(10) / (2 / 200))],
    "ex-failures-6-2": lambda: [steps_off_the_saddle(0.01), 1 / 0.01 / 0.3, 1 / 0.01 - 2],
    "ex-failures-6-3": lambda: [round((1 / 0.001 - 2) / 0.3), steps_off_the_saddle(0.01)],
    "ask-digits-1": lambda: [1, 1 / 2, sigmoid(2.0)],
    "ask-digits-2": lambda: [1 - 0.7, 0.7, -1 / 0.7],
    "ask-digits-4": lambda: [0, 1],
    "ex-digits-1-1": lambda: [3, 1 / 3],
    "ex-digits-1-2": lambda: [1],
    "ex-digits-2-1": lambda: [-np.log10(0.001), 1 - 0.001],
    "ex-digits-2-2": lambda: [np.log10(10), 1 / 10, log(2)],
    "ex-digits-4-1": lambda: [64 * 64 + 64 * 10, 64 * 64 + 64],
    "ex-digits-4-2": lambda: [1257 // 32, 1257 / 32],
    "ex-digits-5-1": lambda: [2 * 0.8, 0.8, 4 * 2 / (4 * 2 + 1)],
    "ask-generalisation-1": lambda: [0, max(polynomial_misses())],
    "ex-generalisation-2-1": lambda: [23 // 5],
    "ex-generalisation-2-2": lambda: [9 * 5, 9],
    "ex-generalisation-3-1": lambda: [2, 2 + 1],
    "ex-generalisation-3-2": lambda: [5 + 3, 2],
    "ex-generalisation-4-1": lambda: [1, 1 + 1 / 5],
    "ex-generalisation-4-2": lambda: [1, 1 - 1 / 5],
    "ex-generalisation-5-1": lambda: [miss_of_shuffled_folds()],
    "ex-generalisation-6-2": lambda: [1 - 0.1 * 0.5, 1 + 2 * 0.1 * 0.5],
    "ex-generalisation-7-2": lambda: [1, 10 / (10 + 0.5)],
    "ex-generalisation-7-3": lambda: [0.99**10, 0.1 / (0.1 + 2 * 0.5), 10 * 0.1 * 0.1],
    "ask-gradient_descent-1": lambda: [0, 2 - 1, -4],
    "ex-descent-1-1": lambda: [3 - 0.1 * 3, 3 + 0.1 * 6, 0.1 * 6],
    "ex-descent-1-2": lambda: [2.4 - 0.1 * 6],
    "ex-descent-1-3": lambda: [1 - 0.8],
    "ex-descent-2-1": lambda: [3.6 + 0.1 * 6, 3 * 0.8**2],
    "ex-descent-3-2": lambda: [1 / 6, 2 / 4],
    "ex-descent-3-3": lambda: [2 / 6, 6],
    "ex-descent-3-4": lambda: [10 - 2],
    "ex-descent-4-1": lambda: [np.log10(1000) / -log(0.7564)],
    "ex-descent-4-2": lambda: [
        steps_to(exp_minus_log, 0.05, 0.05, 1e-3),
        steps_to(exp_minus_log, 0.05, 0.05, 1e-6),
    ],
    "ex-descent-6-1": lambda: [1 - 1 / 11, cos(atan(9 / (2 * sqrt(10))))],
    "ex-descent-6-3": lambda: [9 / sqrt(10), -10 / sqrt(10)],
    "ex-descent-7-2": lambda: [2 / 4, 1 / 6],
    "ex-descent-7-3": lambda: [steps_to(line_fit, [0.0, 0.0], 0.05, 1e-6), 10 - 1],
    "ex-gradients-1-3": lambda: [1**3 + 2],
    "ex-gradients-1-4": lambda: [3 * 1**2 * 2, 2**3 + 2],
    "ex-gradients-2-1": lambda: [cubic_product([1.1, 0.9]), 3 - 0.6 + 0.9, 3 + 0.6 + 0.9],
    "ex-gradients-2-2": lambda: [2.7 / cubic_product([1.1, 0.9]) - 1],
    "ex-gradients-3-1": lambda: [bowl.gradient([2, 3]) @ [3, 4], 2 * sqrt(13)],
    "ex-gradients-3-2": lambda: [2 * sqrt(13)],
    "ex-gradients-4-1": lambda: [2 + 20, 0],
    "ex-gradients-5-2": lambda: [3, 1],
    "ex-gradients-5-3": lambda: [0],
    "ex-gradients-6-3": lambda: [np.polyfit([0, 1, 2], [1, 1, 4], 1)[1]],
    "ex-gradients-6-4": lambda: [1.5 / 3],
    "ex-gradients-7-2": lambda: [
        degrees(atan(10) - atan(1)),
        9 / (2 * sqrt(10)),
        atan(9 / (2 * sqrt(10))),
    ],
    "ask-hessians-1": lambda: [10, 0],
    "ask-hessians-2": lambda: [4 * 6, 4 * 6 + 1],
    "ask-hessians-3": lambda: [4 + 6, 4 + 6 - 1, 8 / 2],
    "ex-hessians-1-3": lambda: [1, -1],
    "ex-hessians-2-2": lambda: [20 / 2],
    "ex-hessians-2-3": lambda: [20 * 5],
    "ex-hessians-3-3": lambda: [2],
    "ex-hessians-3-4": lambda: [2 * 2],
    "ex-hessians-3-5": lambda: [6, 1**2 + 3 * 2**2],
    "ex-hessians-4-1": lambda: [2],
    "ex-hessians-4-2": lambda: [4],
    "ex-hessians-7-1": lambda: [-1 / 2],
    "ex-hessians-7-2": lambda: [7 / 3 + 1],
    "ask-house_prices-1": lambda: [Y[1] - Y[0], Y[3] - Y[2], 2],
    "ex-houses-1-1": lambda: [4 * LINE([3, -3]), LINE([3, -3]) / 2],
    "ex-houses-1-2": lambda: [LINE.gradient([3, -3])[0] / 2, -LINE.gradient([3, -3])[0]],
    "ex-houses-1-3": lambda: [LINE.gradient([3, -3])[1] / 2],
    "ex-houses-2-2": lambda: [S_CURVE[1] / S_CURVE[0], -S_CURVE[0] / S_CURVE[1]],
    "ex-houses-2-3": lambda: [20 / 4, S_CURVE[0] / 4],
    "ex-houses-3-2": lambda: [linear_rest()[0]],
    "ex-houses-3-3": lambda: [SQUARE(linear_rest()), LINE(LINE.minimum)],
    "ex-houses-4-1": lambda: [np.trace(RULE), np.linalg.eigvals(RULE).min()],
    "ex-houses-4-2": lambda: [true_cubic_rate(), 1 / np.linalg.eigvals(RULE).max()],
    "ex-houses-7-1": lambda: [2],
    "ex-houses-7-2": lambda: [2 / 2, 2],
    "ask-logistic-1": lambda: [1 / 2, -1, -2 / 1],
    "ex-logistic-1-1": lambda: [-3 / 5, -3],
    "ex-logistic-1-2": lambda: [5, 1 / 4],
    "ex-logistic-1-3": lambda: [5 - 3, sigmoid(-2.0)],
    "ex-logistic-2-1": lambda: [sigmoid(0.0), (1 - sigmoid(0.0)) ** 2],
    "ex-logistic-2-2": lambda: [-0.1 * 0.5 * 2, 0.1 * 0.5, 0.1 * 1 * 2],
    "ex-logistic-2-3": lambda: [sigmoid(0.25), -log(1 - sigmoid(0.25))],
    "ex-logistic-3-1": lambda: [2, exp(-2)],
    "ex-logistic-4-1": lambda: [3 / 5, 0.6 + 0.6],
    "ex-logistic-4-2": lambda: [500 * erf(0.12 / sqrt(2)), erf(0.12 / sqrt(2)) / 2],
    "ex-logistic-5-2": lambda: [1 / 2, 1],
    "ex-logistic-5-3": lambda: [1 / 3 * (2 / 3) ** 2],
    "ex-logistic-7-1": lambda: [1.5, -1.5 - 1.5],
    "ex-logistic-7-2": lambda: [1.5**2],
    "ask-minima-1": lambda: [2, 8],
    "ex-minima-1-1": lambda: [np.median([1, 2, 4, 9]), (1 + 9) / 2],
    "ex-minima-1-2": lambda: [38 / 4, 3 + 2 + 0 + 5],
    "ex-minima-1-3": lambda: [2],
    "ex-minima-3-2": lambda: [(2 + 6) / 2, (2 + 3 * 6) / 4],
    "ex-minima-4-2": lambda: [2 / 9, 9 / 11],
    "ex-minima-5-1": lambda: [2],
    "ex-minima-5-2": lambda: [10 / 4],
    "ex-minima-6-1": lambda: [3 * np.var([2, 5, 3]), np.mean(np.square(np.array([2, 5, 3]) - 3))],
    "ex-minima-6-2": lambda: [1 + 2 + 0, np.mean(np.abs(np.array([2, 5, 3]) - 10 / 3))],
    "ask-newton-1": lambda: [walk_to(lambda x: x**3 - 2 * x - 5, lambda x: 3 * x**2 - 2, 2.0, 9)],
    "ex-newton-1-1": lambda: [3 / 2, 2 - (3 - 4 + 4) / 4],
    "ex-newton-1-2": lambda: [sqrt(3), 3 / (7 / 4)],
    "ex-newton-2-2": lambda: [(2 + 10 / 4) / 2, cbrt(10)],
    "ex-newton-4-2": lambda: [0.1 * (2 - 7 * 0.1), 1 / 7],
    "ex-newton-4-3": lambda: [1 / 7],
    "ex-newton-5-1": lambda: [9, np.ceil(-12 / np.log10(0.95))],
    "ex-newton-6-2": lambda: [19, 6],
    "ex-newton-6-3": lambda: [1 / 2],
    "ex-newton-7-1": lambda: [0.1 * 2**3, 0.1 * 2**2],
    "ex-newton-8-2": lambda: [second_threshold()],
    "ask-perceptron-1": lambda: [-2, 2, 2 / 1.5, -1.5 / 2],
    "ask-perceptron-2": lambda: [2 * 2 * 3, -2 * 3, -2 * 2],
    "ask-perceptron-3": lambda: [-0.35 * -1, 2 * -0.35, 0.35 * 2],
    "ask-backpropagation-2": lambda: [3, 1, 2],
    "ask-big_picture-1": lambda: [2 + 0.1 * 4, 0.1 * 4],
    "ask-derivatives-5": lambda: [1, 2 * 2],
    "ask-descent_failures-2": lambda: [1 / 9, 2 / 9],
    "ask-descent_failures-3": lambda: [1 - 1 / 9, 1 - 0.2 * 9],
    "ask-descent_failures-4": lambda: [(9 - 1) / (9 + 1), ((3 - 1) / (3 + 1)) ** 2],
    "ask-digits-5": lambda: [100 * 0.5**2, 100 * 0.5**2 * 0.1, sqrt(0.25)],
    "ask-generalisation-2": lambda: [0.2**2 * 4 / 16, 2 * 0.2 * 4 / 16, 2 * 0.2**2 * 4],
    "ask-generalisation-3": lambda: [28**2, 9 * 26**2],
    "ask-gradient_descent-2": lambda: [1 + 0.1 * (exp(1) - 1), 0.1 * (exp(1) - 1)],
    "ask-gradient_descent-3": lambda: [1000 * 0.5, 9],
    "ask-gradient_descent-4": lambda: [2 / 0.5, 1 / 10],
    "ask-gradients-2": lambda: [3 + 4, sqrt(0.6**2 + 0.8**2)],
    "ask-gradients-3": lambda: [0.8 * 3 + 0.6 * 4, sqrt(3**2 + 4**2)],
    "ask-hessians-4": lambda: [2 * 1, 3**2, 0],
    "ask-hessians-5": lambda: [np.dot([1, -1], [2 - 1, 1 - 2]), 2 + 1],
    "ask-house_prices-2": lambda: [-5 * 3**3 + 104 * 3, -5 * 3**2 + 104 * 3 - 135],
    "ask-logistic-2": lambda: [8, 1 / 4, 4 / 8],
    "ask-minima-2": lambda: [3 - 2, 1 + 2 - 3 - 4 - 6],
    "ask-minima-3": lambda: [-log(0.9), 1 - 0.9, -log10(0.1)],
    "ask-newton-4": lambda: [0.1 * 4.872, 1 + 0.1 * 4.872],
    "ask-newton-5": lambda: [0.1],
    "ex-perceptron-1-1": lambda: [-3 / 2, -2 / 3],
    "ex-perceptron-1-2": lambda: [2],
    "ex-perceptron-2-1": lambda: [0.59 + 2 * 0.036, 0.59 - 0.036],
    "ex-perceptron-2-2": lambda: [-0.07 + 0.036, -0.07 + 2 * 0.072],
    "ex-perceptron-2-3": lambda: [0.626 + 2 * 0.002],
    "ex-perceptron-3-2": lambda: [2 * 0.5 / (0.5282**2 + 1), 0.5 / 0.5282**2],
    "ex-perceptron-4-1": lambda: [0.001 / 50, 0.001],
    "ex-perceptron-4-2": lambda: [0.05 / 2],
    "ex-perceptron-5-1": lambda: [np.sum(third_sample() ** 2), np.sum(third_sample() ** 2) / 2],
    "ex-perceptron-5-2": lambda: [2 / 3 * third_sample().sum(), -third_sample().sum()],
}


def last_digit(text):
    """Return half a unit of the last digit of a decimal, or next to nothing."""
    part = text.partition(".")[2]
    return 0.5 * 10 ** -len(part) if part else 1e-9 * max(1, abs(questions.amount(text)))


@pytest.mark.parametrize("name", ASKED)
def test_wrong_numbers_are_what_their_slips_give(name):
    written = [text for text, _ in ASKED[name].wrong]
    computed = [float(np.squeeze(value)) for value in WRONG[name]()] if written else []
    assert len(written) == len(computed)
    for text, value in zip(written, computed, strict=True):
        assert abs(questions.amount(text) - value) <= last_digit(text) * (1 + 1e-6), text
