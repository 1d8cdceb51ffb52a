"""The numbers that the chapter on gradient descent and its solutions say, computed."""

import numpy as np
import pytest

from lib.descent import critical_rate, gradient_descent
from lib.figures.gradient_descent import off_course
from lib.path import follow
from lib.surfaces import exp_minus_log, line_fit, quadratic, room, square, valley


def test_brackets_of_the_room_at_the_start():
    x, y = 0.5, 0.6
    assert np.allclose([x * (3 * x - 12), y**2 * (y - 6)], [-5.25, -1.944])
    assert np.allclose([x**2 * (x - 6), y * (3 * y - 12)], [-1.375, -6.12])


@pytest.mark.parametrize(("sign", "places"), [(1, [3, 2.4, 1.92]), (-1, [3, 3.6, 4.32])])
def test_two_steps_by_hand_down_and_up(sign, places):
    walk = gradient_descent(lambda x: sign * square.gradient(x), 3.0, 0.1)
    assert np.allclose([next(walk) for _ in range(3)], places)


def test_steps_counted_are_those_the_factor_predicts():
    f = exp_minus_log
    path = follow(gradient_descent(f.gradient, 0.05, 0.05), f, steps=2000, tolerance=0)
    assert [path.steps_within(f.minimum, each) for each in (1e-3, 1e-6)] == [25, 49]
    factor = 1 - 0.05 * f.hessian(f.minimum)
    assert round(np.log(1000) / -np.log(factor), 1) == 24.7


def test_a_tiny_rate_fools_the_stopping_rule():
    f = exp_minus_log
    path = follow(gradient_descent(f.gradient, 0.05, 1e-9), f, tolerance=1e-6)
    assert (path.stopped, path.steps) == ("settled", 1)


def test_the_largest_angle_off_course():
    assert round(off_course(valley(10), 1.5, 0.5), 2) == 54.87
    assert round(off_course(valley(10), 1, 10**-0.5), 1) == 54.9


def test_centred_data_need_ten_steps():
    x, y = np.array([1, 2, 3]), np.array([2, 5, 3])
    centred = quadratic([[4, 0], [0, 6]], [-2, -20], 38)
    assert np.allclose(centred([0.3, 2.0]), ((0.3 * (x - 2) + 2 - y) ** 2).sum())
    path = follow(gradient_descent(centred.gradient, [0.0, 0.0], 0.2), centred)
    assert path.steps_within(centred.minimum, 1e-6) == 10
    assert np.allclose(path.x[-1], [0.5, 10 / 3])


def test_the_first_step_in_the_room():
    step = -0.05 * room.gradient([0.5, 0.6])
    assert step.round(4).tolist() == [0.0057, 0.0047]


def test_in_the_room_a_rate_of_04_swings_in():
    assert round(critical_rate(room.hessian([4.0, 4.0])), 2) == 0.47
    path = follow(gradient_descent(room.gradient, [0.5, 0.6], 0.4), room, 150)
    near = path.x[25:30, 0] - 4
    assert np.allclose(near[1:] / near[:-1], 1 - 0.4 * 64 / 15, atol=0.02)
    assert round(1 - 0.4 * 64 / 15, 2) == -0.71


def test_the_second_start_lies_across_the_valley():
    away = np.array([2.0, 3.0]) - line_fit.minimum
    across = np.linalg.eigh(line_fit.hessian([0.0, 0.0]))[1][:, 1]
    assert abs(away @ across) > 0.999 * np.linalg.norm(away)
