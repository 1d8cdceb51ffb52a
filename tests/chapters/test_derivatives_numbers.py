"""The numbers that the chapter on derivatives states, where no cell of it prints them."""

import numpy as np

from lib.derivatives import (
    central_slope,
    check_gradient,
    one_sided_slopes,
    secant_slope,
    tangent_line,
)
from lib.losses import sigmoid
from lib.surfaces import cube, cube_root, sine

PLACES = np.array([-0.9, 0.0, 0.5])


def test_central_slope_is_good_to_about_ten_digits():
    assert abs(central_slope(np.exp, 1.0) - np.e) < 1e-9


def test_from_the_definition():
    assert np.isclose(secant_slope(lambda x: 5 * x**2 - 3 * x, 2, 1e-6), 17)


def test_the_tangent_to_the_cube_meets_the_axis_at_four_thirds():
    assert np.isclose(tangent_line(cube, cube.gradient, 2)(4 / 3), 0)


def test_the_sine_has_the_slope_one_half_at_a_third_of_pi():
    assert np.isclose(sine.gradient(np.pi / 3), 1 / 2)


def test_the_slope_of_the_cube_root_at_8():
    assert np.isclose(cube_root.gradient(8), 1 / 12)


def test_the_root_of_the_absolute_value_has_a_cusp():
    left, right = one_sided_slopes(lambda x: np.abs(x) ** 0.5, 0.0, 1e-6)
    assert (left.round(), right.round()) == (-1000, 1000)


def test_the_product_with_a_chain_in_it():
    check_gradient(lambda x: x**2 * np.exp(-x), lambda x: x * (2 - x) * np.exp(-x), PLACES)


def test_the_slope_of_the_sigmoid():
    check_gradient(lambda x: 1 / (1 + np.exp(-x)), lambda x: sigmoid(x) * (1 - sigmoid(x)), PLACES)


def test_the_slope_of_the_tangent_function():
    check_gradient(np.tan, lambda x: 1 / np.cos(x) ** 2, PLACES)


def test_the_slope_of_x_times_its_absolute_value():
    check_gradient(lambda x: x * np.abs(x), lambda x: 2 * np.abs(x), PLACES, tolerance=1e-5)
