"""The numbers that the chapter on what a model learns and its solutions say, computed."""

from itertools import pairwise

import numpy as np
import pytest

from lib.data import sentiment
from lib.descent import gradient_descent
from lib.path import follow

SIZE = np.array([2.5, 3.2, 4.1, 4.8, 5.5, 6.3, 7.2, 8.4])
RENT = np.array([4.6, 4.4, 6.3, 6.0, 7.9, 7.6, 9.8, 10.1])


def cost(place):
    m, b = place
    return np.mean((m * SIZE + b - RENT) ** 2)


def slopes(place):
    m, b = place
    miss = m * SIZE + b - RENT
    return 2 * np.array([np.mean(miss * SIZE), np.mean(miss)])


def learn(learning_rate, steps):
    walk = gradient_descent(slopes, [0.0, 0.0], learning_rate)
    return follow(walk, cost, steps=steps, tolerance=None)


def test_the_best_slope_at_intercept_2():
    costs = [cost((m, 2)) for m in np.arange(0, 2.05, 0.1)]
    assert np.argmin(costs) == 10
    assert round(costs[10], 2) == 0.30


def test_one_round_from_zero():
    assert np.allclose(slopes((0, 0)), [-81.7, -14.2], atol=0.05)
    path = learn(0.005, 1)
    assert np.round(path.x[1], 2).tolist() == [0.41, 0.07]
    assert np.round(path.f, 2).tolist() == [54.30, 25.40]


def test_rounds_with_four_rates():
    assert round(learn(0.005, 6).f[5], 2) == 1.64
    assert (np.diff(learn(0.035, 6).f) > 0).all()
    assert learn(0.001, 6).f[-1] > 20
    assert round(learn(0.02, 8).f[8], 3) == 0.485


def test_the_first_step_tilts_the_line_more_than_it_lifts_it():
    m, b = learn(0.005, 1).x[1]
    assert m > 5 * b


@pytest.mark.parametrize(("w1", "b", "mood"), [(0.5, 1.0, True), (1.5, -1.25, False)])
def test_two_lines_are_right_and_disagree(w1, b, mood):
    counts, happy = sentiment()
    assert ((counts @ [w1, -1] + b > 0) == (happy == 1)).all()
    assert (w1 - 1 + b > 0) == mood


def test_more_ya_than_na_is_right():
    counts, happy = sentiment()
    assert ((counts @ [1, -1] > 0) == (happy == 1)).all()


def test_a_line_for_five_sentences():
    five = np.vstack([sentiment()[0], [3, 2]])
    scores = five @ [1, -1.5] - 0.25
    assert np.allclose(scores, [2.75, -3.25, 0.25, -3.75, -0.25])
    assert (five @ [1, -1])[2] == (five @ [1, -1])[4]


@pytest.mark.parametrize(
    ("b", "all_right"), [(-0.5, False), (-0.49, True), (0, True), (0.01, False)]
)
def test_the_constants_that_get_five_sentences_right(b, all_right):
    counts, happy = sentiment()
    scores = np.vstack([counts, [3, 2]]) @ [1, -1.5] + b
    assert ((scores > 0) == [*(happy == 1), False]).all() == all_right


@pytest.mark.parametrize(
    ("circles", "count"), [([2, 1], 3), ([2, 2, 1], 9), ([2, 2, 2, 1], 15), ([3, 4, 1], 21)]
)
def test_arrows_of_a_network(circles, count):
    assert sum((n + 1) * k for n, k in pairwise(circles)) == count
    if len(circles) == 3:
        n, k, _ = circles
        assert k * (n + 1) + (k + 1) == count


def test_the_update_of_the_exercise():
    start = np.array([1.5, 2.0])
    end = start - 0.005 * slopes(start)
    assert np.allclose(slopes(start), [32.52, 5.575])
    assert np.allclose(end, [1.337, 1.972], atol=0.0005)
    assert [round(cost(start), 2), round(cost(end), 2)] == [8.79, 4.22]


@pytest.mark.parametrize(
    ("rate", "places"),
    [(0.25, [0, 1.5, 2.25, 2.625]), (1, [0, 6, 0, 6]), (1.25, [0, 7.5, -3.75, 13.125])],
)
def test_three_rounds_with_three_rates(rate, places):
    rounds = gradient_descent(lambda w: 2 * (w - 3), 0.0, rate)
    assert np.allclose([next(rounds) for _ in range(4)], places)


def test_the_best_line_through_zero():
    two, rents = SIZE[:2], RENT[:2]
    p, q = two @ two / 2, two @ rents / 2
    assert np.allclose([p, q], [8.245, 12.79])
    costs = [np.mean((m * two - rents) ** 2) for m in (q / p - 0.01, q / p, q / p + 0.01)]
    assert round(q / p, 3) == 1.551
    assert costs[1] < min(costs[0], costs[2])
