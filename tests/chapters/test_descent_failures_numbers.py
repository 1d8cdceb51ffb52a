"""The numbers that the chapter on failures and its solutions say, computed."""

import numpy as np
import pytest

from lib.descent import critical_rate, gradient_descent, momentum
from lib.hessian import classify
from lib.path import follow
from lib.surfaces import (
    himmelblau,
    line_fit,
    monkey_saddle,
    mountain_pass,
    rosenbrock,
    stretched_bowl,
    two_valleys,
)


def test_factors_of_the_five_walks():
    factors = 1 - 8 * np.array([0.005, 0.12, 0.2, 0.25, 0.3])
    assert np.allclose(factors, [0.96, 0.04, -0.6, -1, -1.4])
    assert round(np.log(10) / -np.log(0.96)) == 56


def test_least_rate_for_three_digits_in_fifty_steps():
    curvature = two_valleys.hessian(two_valleys.minimum)
    assert round((1 - 10 ** (-3 / 50)) / curvature, 4) == 0.0148


def test_a_nearly_round_bowl():
    low, high = 5 - 2**0.5, 5 + 2**0.5
    assert np.round([high / low, (high - low) / 10], 3).tolist() == [1.789, 0.283]
    assert f"{((high - low) / 10) ** 10:.1e}" == "3.3e-06"


def test_two_cycle_across_and_convergence_along():
    walk = gradient_descent(stretched_bowl.gradient, [1, 1], 0.1)
    path = follow(walk, stretched_bowl, steps=200)
    assert np.allclose(path.x[[1, 2, 200]], [[0.8, -1], [0.64, 1], [0, 1]])
    assert path.stopped == "out of steps"
    assert np.isclose(path.f[-1], 10)


def test_what_momentum_is_worth():
    factors = np.array([19 / 21, 399 / 401])
    assert np.round(np.log(10) / -np.log(factors)).tolist() == [23, 461]
    assert round(factors[0] ** 2, 3) == 0.819


@pytest.mark.parametrize(("offset", "steps"), [(0.01, 331), (0.001, 3333)])
def test_steps_off_the_monkey_saddle(offset, steps):
    walk = gradient_descent(monkey_saddle.gradient, [-offset, 0.0], 0.1)
    path = follow(walk, monkey_saddle, steps=4000, tolerance=None)
    assert (path.x[:, 0] < -0.5).argmax() == steps


def test_newton_does_not_care_about_units():
    units = np.diag([1.0, 10.0])
    gradient, hessian = line_fit.gradient([0, 0]), line_fit.hessian([0, 0])
    there = units @ np.linalg.solve(units.T @ hessian @ units, -units.T @ gradient)
    assert np.allclose(there, np.linalg.solve(hessian, -gradient))


def test_momentum_and_descent_rest_in_valleys_of_himmelblau():
    side = np.arange(-4.0, 5)
    starts = np.stack(np.meshgrid(side, side, indexing="ij"), axis=-1)
    for walk in (
        momentum(himmelblau.gradient, starts, 0.01, beta=0.8),
        gradient_descent(himmelblau.gradient, starts, 0.01),
    ):
        ends = follow(walk, himmelblau, steps=300, tolerance=None).x[-1]
        assert (classify(himmelblau.hessian(ends)) == "minimum").all()


@pytest.mark.parametrize("rate", [0.285, 0.325, 0.365, 0.405, 0.445])
def test_between_the_last_two_marks_no_walk_of_the_figure_rests_or_leaves(rate):
    starts = np.arange(-2.875, 2.9, 0.25)
    walk = gradient_descent(two_valleys.gradient, starts, rate)
    path = follow(walk, two_valleys, steps=1000, tolerance=1e-9)
    assert (path.stopped == "out of steps").all()
    assert np.abs(path.x).max() < two_valleys.window[0][1]


def test_two_rates_in_turn_arrive_where_the_best_fixed_rate_needs_339_steps():
    low, high = np.linalg.eigvalsh(line_fit.hessian([0.0, 0.0]))
    place = np.zeros(2)
    for rate in (1 / high, 1 / low):
        place = place - rate * line_fit.gradient(place)
    assert np.allclose(place, line_fit.minimum, atol=1e-12)


def test_above_the_critical_rate_of_the_goal_neither_of_two_walkers_arrives():
    side = np.meshgrid(np.linspace(-1.6, 1.6, 5), np.linspace(-0.6, 2.6, 5))
    starts = np.stack(side, axis=-1).reshape(-1, 2)
    assert critical_rate(rosenbrock.hessian([1.0, 1.0])) < 0.005
    heavy = follow(momentum(rosenbrock.gradient, starts, 0.005), rosenbrock, 4096)
    light = follow(gradient_descent(rosenbrock.gradient, starts, 0.005), rosenbrock, 4096)
    assert (heavy.stopped == "diverged").all()
    assert (light.stopped == "diverged").mean() > 0.5
    assert (light.steps_within([1, 1], 0.01) == -1).all()


def test_at_twice_the_rate_descent_swings_in_a_valley_of_himmelblau():
    path = follow(gradient_descent(himmelblau.gradient, [4.0, 4.0], 0.02), himmelblau, 300)
    assert np.allclose(path.x[-1], path.x[-3], atol=1e-6)
    assert np.linalg.norm(path.x[-1] - path.x[-2]) > 0.5


def test_signs_of_a_local_minimum_are_those_of_convergence():
    for start, rate in ((-2.9, 0.085), (2.9, 0.085), (-2.4, 0.205)):
        x = follow(gradient_descent(two_valleys.gradient, start, rate), two_valleys, 15).x
        steps = np.abs(np.diff(x))[3:]
        assert (steps[1:] < steps[:-1]).all()


def test_a_saddle_stall_shrinks_its_steps_for_some_thirty_and_then_they_grow():
    walk = gradient_descent(mountain_pass.gradient, [1e-6, 1.0], 0.2)
    steps = np.linalg.norm(np.diff(follow(walk, mountain_pass, 70).x, axis=0), axis=1)
    assert 30 <= steps.argmin() <= 38
    assert steps[-1] > 50 * steps.min()


def test_the_two_heights_of_the_two_cycle():
    path = follow(gradient_descent(two_valleys.gradient, -1.4, 0.245), two_valleys, 3000, None)
    assert sorted(path.f[-2:].round(2)) == [-4.79, -4.63]
