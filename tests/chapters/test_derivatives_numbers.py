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


def test_odd_powers_of_h_stay_in_a_central_difference_and_even_ones_cancel():
    x, h = np.array([-1.0, 0.5, 2.0]), 0.5
    central = ((x + h) ** 3 - (x - h) ** 3) / (2 * h)
    assert np.allclose(central, 3 * x**2 + h**2)


def test_the_quotient_of_a_curve_that_swings_comes_to_rest_nowhere():
    def swing(x):
        return x * np.sin(1 / (x + (x == 0)))

    h = 1 / (np.pi * (np.arange(1000, 1100) + 0.5))
    quotients = np.array([one_sided_slopes(swing, 0.0, each)[1] for each in h])
    assert np.allclose(quotients, (-1.0) ** np.arange(1000, 1100))


def test_the_car_meets_its_average_twice_and_is_fastest_half_way():
    def journey(t):
        return 3 * t**2 - t**3 / 5

    moments = 5 - np.sqrt(25 / 3), 5 + np.sqrt(25 / 3)
    assert np.allclose(np.round(moments, 2), (2.11, 7.89))
    assert np.allclose(central_slope(journey, np.array(moments)), journey(10) / 10)
    assert np.isclose(central_slope(journey, 5.0), 15)


def test_between_two_places_a_smooth_curve_has_the_slope_of_its_secant():
    between = np.linspace(-1, 2, 3001)
    for f in (cube, sine):
        gap = f.gradient(between) - (f(2) - f(-1)) / 3
        assert gap.min() < 0 < gap.max()


def test_with_a_corner_no_place_need_have_the_slope_of_the_secant():
    sides = central_slope(np.abs, np.array([-0.7, -0.1, 0.1, 0.7]))
    assert secant_slope(np.abs, -1.0, 2.0) == 0
    assert np.allclose(np.abs(sides), 1)
