"""The numbers that the chapter on the perceptron and its solutions say, computed."""

import numpy as np
import pytest

from lib import data, perceptron
from lib.descent import gradient_descent, stochastic_descent
from lib.path import follow

LINE = data.lecture_line(np.random.RandomState(1))
COST = perceptron.cost_surface(LINE.x, LINE.y)


def train(learning_rate):
    slope = perceptron.sample_cost_gradient(LINE.x, LINE.y)
    walk = stochastic_descent(slope, [LINE.w0, LINE.b0], learning_rate, range(100))
    return follow(walk, COST, steps=100, tolerance=None)


def test_two_steps_by_hand():
    w, b, x = np.array([0.5, -0.25]), 0.1, np.array([1.0, 2.0])
    for _ in range(2):
        slope = perceptron.half_squared_error_gradient(w, b, x, 1.0)
        w, b = w - 0.1 * slope.w, b - 0.1 * slope.b
    assert np.allclose([*w, b, perceptron.predict(w, b, x)], [0.626, 0.002, 0.226, 0.856])


def test_the_rate_that_hits_the_first_sample_misses_the_farthest():
    hit, far = 1 / (2 * (LINE.x[0] ** 2 + 1)), (LINE.x**2 + 1).max()
    assert np.allclose([hit, far, 1 - 2 * hit * far], [0.3909, 6.297, -3.92], atol=0.005)


def test_a_third_sample():
    X, y, w, b = np.array([[1.0, 2, 0], [3, -1, 1]]), np.array([2.0, 1, 0]), [0.5, -0.25], 0.1
    assert np.allclose(y - perceptron.predict_columns(w, b, X), [2.15, -0.35, 0.15])
    assert round(perceptron.mean_squared_error_columns(w, b, X, y), 4) == 1.5892
    slope = perceptron.mean_squared_error_columns_gradient(w, b, X, y)
    assert [*slope.w.round(4), round(slope.b, 4)] == [-0.9667, -4.6333, -1.3]


def test_slope_for_samples_in_rows():
    three = data.lecture_plane(np.random.RandomState(1))
    miss = three.y - perceptron.predict(three.w0, three.b0, three.x)
    slope = perceptron.mean_squared_error_gradient(three.w0, three.b0, three.x, three.y)
    assert np.allclose(slope.w, -2 / 100 * three.x.T @ miss)


def test_the_loss_peaks_three_samples_after_the_start():
    miss = LINE.y - perceptron.predict_in_turn(train(0.01).x, LINE.x)
    assert np.argmax(miss**2) == 3


def test_below_the_farthest_samples_rate_no_step_leads_away():
    distance = np.linalg.norm(train(0.15).x - [5, -3], axis=1)
    assert (np.diff(distance) <= 0).all()  # 0.15 is below 0.1588
    assert np.allclose(train(0.5).x[-1], [5, -3], atol=1e-4)


@pytest.mark.parametrize(("rate", "sample"), [(1 / 11, 0), (1 / 6, 1)])
def test_one_step_on_two_samples_hits_one_of_them(rate, sample):
    x, y = data.two_samples()
    walk = gradient_descent(perceptron.cost_surface(x, y).gradient, [0.5, -0.25, 0.1], rate)
    _, theta = next(walk), next(walk)
    assert abs(y[sample] - theta @ [*x[sample], 1]) < 1e-12


def test_the_weight_of_a_dead_input_keeps_its_start():
    with_zero = np.column_stack([LINE.x, np.zeros(100)])
    slope = perceptron.sample_cost_gradient(with_zero, LINE.y)
    walk = stochastic_descent(slope, [0, 7, 0], 0.1, range(100))
    assert list(walk)[-1][1] == 7


@pytest.mark.parametrize(
    ("x0", "slope", "share"), [(4, "0.49", "87%"), (8, "-0.13", "58%"), (9, "-0.21", "49%")]
)
def test_an_outlier_can_hide_by_winning(x0, slope, share):
    x = np.append(np.arange(1.0, 8), x0)
    y = np.array([2.2, 2.4, 3.1, 3.3, 4.2, 4.4, 5.1, -2])
    w, b = np.polyfit(x, y, 1)
    squares = (y - w * x - b) ** 2
    assert f"{w:.2f}" == slope
    assert f"{squares[-1] / squares.sum():.0%}" == share


def test_rosenblatts_rule_parts_the_six_students_and_a_step_has_no_slope():
    hours, passed = np.array([0.5, 1.0, 1.5, 2.5, 3.0, 3.5]), np.array([0, 0, 0, 1, 1, 1])
    w, b = 0.0, 0.0
    for x, y in zip(np.tile(hours, 10), np.tile(passed, 10), strict=True):
        says = 1 if w * x + b > 0 else 0
        w, b = w + 0.5 * (y - says) * x, b + 0.5 * (y - says)
    assert ((w * hours + b > 0) == passed).all()
    shares = [np.mean((hours + b > 0) != passed) for b in np.linspace(-3, 1, 400)]
    assert len(set(shares)) == 4, "a staircase with few heights"


def test_the_four_factors_on_three_points():
    (x, y), (w, b) = data.three_points(), (1 / 2, 7 / 3)
    misses = y - (w * x + b)
    assert np.allclose(misses, [-5 / 6, 5 / 3, -5 / 6])
    squares = (misses**2).sum() * np.array([1, 1 / 2, 1 / 3, 1 / 6])
    assert squares.round(4).tolist() == [4.1667, 2.0833, 1.3889, 0.6944]
