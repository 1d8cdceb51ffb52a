"""The numbers that the chapter on Newton's method and its solutions say, computed."""

import numpy as np
import pytest

from lib import newton
from lib.descent import gradient_descent
from lib.path import follow
from lib.surfaces import OMEGA, Surface, exp_minus_log, two_valleys

ROOT_3 = lambda x: x**2 - 3, lambda x: 2 * x
CUBE_ROOT_10 = lambda x: x**3 - 10, lambda x: 3 * x**2
SEVENTH = lambda x: 1 / x - 7, lambda x: -1 / x**2
DOUBLE = lambda x: (x - 1) ** 2, lambda x: 2 * (x - 1)
THRESHOLD = (
    lambda x: 2 * x - (1 + x**2) * np.arctan(x),
    lambda x: 1 - 2 * x * np.arctan(x),
)
CBRT = np.cbrt, lambda x: 1 / (3 * np.cbrt(x) ** 2)
ARCTAN = np.arctan, lambda x: 1 / (1 + x**2)


def cubic(x):
    return x**3 - 2 * x - 5


def trap(x):
    return x**3 - 2 * x + 2


def cubic_slope(x):
    return 3 * x**2 - 2


def to_root(f, slope, x0, steps):
    return follow(newton.roots(f, slope, x0), f, steps=steps, tolerance=None).x


def to_minimum(g, x0, steps):
    walk = newton.minimise(g.gradient, g.hessian, x0)
    return follow(walk, g, steps=steps, tolerance=None)


def descend(x0, rate):
    walk = gradient_descent(exp_minus_log.gradient, x0, rate)
    return follow(walk, exp_minus_log, steps=100, tolerance=None)


def test_one_step_by_hand():
    assert (cubic(2), cubic_slope(2), round(cubic(2.1), 3)) == (-1, 10, 0.061)
    assert round(cubic_slope(2.1), 2) == 11.23


@pytest.mark.parametrize(
    ("pair", "start", "steps", "there"),
    [
        (ROOT_3, 2.0, 2, 1.732143),
        (CUBE_ROOT_10, 2.0, 2, 2.154504),
        (CUBE_ROOT_10, 2.0, 3, 2.154435),
        (SEVENTH, 0.1, 4, 0.142857),
        (DOUBLE, 2.0, 20, 1.000001),
        (THRESHOLD, 1.5, 1, 1.400389),
        (THRESHOLD, 1.5, 2, 1.391809),
        (THRESHOLD, 1.5, 4, 1.391745),
        (CBRT, 0.1, 3, -0.8),
        ((cubic, cubic_slope), 1.0, 1, 7),
        ((trap, cubic_slope), 0.8, 1, 12.2),
    ],
)
def test_places_on_the_way_to_a_zero(pair, start, steps, there):
    assert round(float(to_root(*pair, start, steps)[-1]), 6) == there


def test_the_root_of_3_as_a_fraction():
    assert round(97 / 56, 6) == 1.732143


def test_from_3_4_the_fifth_decimal_rests_after_five_tangents():
    path = to_root(cubic, cubic_slope, 3.4, 6).round(5)
    assert path[5] == path[6] == 2.09455
    assert path[4] != path[5]


def test_ten_squares_on_x_minus_log():
    g = Surface(
        "x − ln x",
        lambda x: x - np.log(x),
        lambda x: 1 - 1 / x,
        lambda x: 1 / x**2,
        window=((0, 3), (0, 4)),
        domain=(0, np.inf),
    )
    assert to_minimum(g, 0.05, 12).steps_within(1.0, 1e-12) == 10


def test_the_walk_is_caught_by_the_cycle():
    caught = to_root(trap, cubic_slope, 0.1, 4).round(3).tolist()
    assert caught == [0.1, 1.014, 0.08, 1.009, 0.052]


def test_at_the_threshold_a_step_leads_to_the_mirror_image():
    edge = to_root(*THRESHOLD, 1.5, 8)[-1]
    assert to_root(*ARCTAN, edge, 1)[1] == pytest.approx(-edge, abs=1e-9)


def test_the_parabola_is_too_wide_up_to_about_1_16():
    steps = [to_minimum(exp_minus_log, start, 1).x[1] for start in (1.15, 1.16)]
    assert steps[0] < OMEGA < steps[1]


def test_descent_with_other_learning_rates():
    assert 0 < descend(0.8, 0.205).steps_within(OMEGA, 1e-12) < 10
    lost = descend(0.05, 0.205)
    assert (lost.stopped, lost.steps) == ("diverged", 2)
    assert descend(0.05, 0.2).x[1] > 3.8


def test_no_single_rate_serves_both_ends():
    bend = exp_minus_log.hessian(OMEGA)
    assert round(10 / -np.log10(1 - 0.0025 * bend)) == 1879
    assert round(exp_minus_log.hessian(0.05) / bend) == 82


def test_on_two_valleys_a_walk_climbs_or_leaps():
    ends = [to_minimum(two_valleys, start, 30).x[-1] for start in (-1.0, 0.6, 1.0)]
    assert np.round(ends, 3).tolist() == [1.934, 0.125, -2.06]


def steps_with(rate, distance=1e-12, x0=0.05):
    walk = gradient_descent(exp_minus_log.gradient, x0, rate)
    path = follow(walk, exp_minus_log, steps=300, tolerance=None)
    return path.steps_within(OMEGA, distance)


def test_descent_at_its_best_fixed_rate_needs_23_steps_and_a_little_luck_takes_off_three():
    hundredths = {rate: steps_with(rate) for rate in np.arange(1, 31) / 100}
    arrived = {rate: steps for rate, steps in hundredths.items() if steps > 0}
    assert min(arrived, key=arrived.get) == 0.15
    assert arrived[0.15] == 23
    assert max(arrived) == 0.15
    thousandths = {rate: steps_with(rate) for rate in np.arange(1, 301) / 1000}
    arrived = {rate: steps for rate, steps in thousandths.items() if steps > 0}
    assert min(arrived, key=arrived.get) == 0.148
    assert arrived[0.148] == 20


def test_the_zero_that_the_cycle_misses():
    assert trap(-1.775) < 0 < trap(-1.765)
    assert round(float(to_root(trap, cubic_slope, -2, 6)[-1]), 2) == -1.77


def test_from_six_digits_to_twelve_newton_needs_one_step_and_descent_ten():
    newton_path = to_minimum(exp_minus_log, 0.05, 9)
    assert newton_path.steps_within(OMEGA, 1e-12) - newton_path.steps_within(OMEGA, 1e-6) == 1
    assert steps_with(0.15) - steps_with(0.15, 1e-6) == 10
    assert steps_with(0.15, 1e-3) == newton_path.steps_within(OMEGA, 1e-3) + 1


def test_a_rate_that_is_larger_than_the_best_loses_the_walk():
    first = follow(gradient_descent(exp_minus_log.gradient, 0.05, 0.15), exp_minus_log, steps=2)
    assert round(float(first.x[1]), 2) == 2.89
    assert 0 < first.x[2] < 0.3
    assert steps_with(0.16) == -1


def test_the_walk_from_eight_tenths_is_at_the_zero_after_25_steps():
    x = to_root(trap, cubic_slope, 0.8, 25)
    assert abs(trap(x[25])) < 1e-3 < abs(trap(x[24]))


def test_digits_double_from_the_example_start():
    errors = abs(to_minimum(exp_minus_log, 0.05, 8).x - OMEGA)
    assert [f"{error:.0e}" for error in errors[5:8]] == ["9e-03", "8e-05", "7e-09"]
    assert round(1e9 * errors[7], 1) == 6.6
    assert errors[8] < 1e-12


def test_above_which_rate_descent_does_not_settle():
    assert 2 / exp_minus_log.hessian(OMEGA) == pytest.approx(0.41, abs=0.005)
