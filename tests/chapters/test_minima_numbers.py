"""The numbers that the chapter on minima and losses and its solutions say, computed."""

import numpy as np

from lib import losses
from lib.data import three_points
from lib.derivatives import central_slope
from lib.surfaces import coin_likelihood, coin_log_loss, power_lines


def test_the_logarithm_of_the_likelihood_is_minus_the_log_loss():
    assert np.isclose(np.log(coin_likelihood(7, 3)(0.7)), -coin_log_loss(7, 3)(0.7))


def test_four_power_lines():
    four = power_lines([1, 2, 4, 9])
    assert (four.minimum, four(4.0), four.hessian(4.0)) == (4, 38, 8)


def test_the_slip_of_the_notes_puts_the_house_elsewhere():
    a, b, c = 1, 3, 8
    assert round((a + 2 * b + 2 * c) / 6, 2) == 3.83
    assert power_lines([a, b, c]).minimum == 4


def test_which_kind():
    places = np.array([-1.1, -0.9, 0.9, 1.1])
    slopes = central_slope(lambda x: x**3 - 3 * x, places)
    assert (np.sign(slopes) == [1, -1, -1, 1]).all()


def test_lines_of_different_weight():
    assert power_lines([2, 2, 2, 6]).minimum == 3


def test_any_coin():
    assert abs(coin_log_loss(2, 9).gradient(2 / 11)) < 1e-12


def test_the_median_of_four_lines_is_any_place_between_the_middle_two():
    lengths = np.abs(np.array([[4], [4.5], [5]]) - [1, 4, 5, 10])
    assert (lengths.sum(axis=-1) == 10).all()


def test_the_best_level_lines():
    y = three_points().y
    assert np.isclose(losses.squared_error(10 / 3, y).mean(), 14 / 9)
    assert losses.absolute_error(3, y).mean() == 1


def test_the_slope_of_the_lengths_jumps_by_two_for_each_line_at_a_place():
    def slopes(lines):
        beside = np.median(lines) + np.array([-1e-3, 1e-3])
        return np.sign(beside[:, None] - lines).sum(axis=-1)

    assert slopes(np.array([1, 2, 3, 4, 5])).tolist() == [-1, 1]
    assert slopes(np.array([1, 3, 3, 3, 5])).tolist() == [-3, 3]


def test_what_the_recipe_finds_and_what_is_lowest():
    x = np.linspace(-2, 2, 4001)
    valleys = np.roots([2, 0, -4, 0.5])
    heights = valleys**4 / 2 - 2 * valleys**2 + valleys / 2
    assert np.allclose(np.sort(valleys).round(2), (-1.47, 0.13, 1.35))
    assert valleys[heights.argmin()] < -1.4
    assert x[(x**3 / 2).argmin()] == -2
    assert x[np.exp(x / 2).argmin()] == -2
    assert np.isclose(x[(x**2 + np.exp(x)).argmin()], -0.352)
