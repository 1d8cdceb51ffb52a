"""Newton's method: one step on a quadratic, quadratic convergence, its failures."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.newton import minimise, roots
from lib.path import follow
from lib.surfaces import (
    cube,
    cube_root,
    exp_minus_log,
    himmelblau,
    quadratic,
    quartic,
    rosenbrock,
    saddle,
    sine,
    square,
)
from tests.lib.strategies import numbers, seeds


@given(seeds, st.integers(2, 8))
def test_one_step_lands_in_the_minimum_of_any_quadratic(seed, n):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(n, n))
    surface = quadratic(root @ root.T + np.eye(n), rng.normal(size=n), 3)
    x1 = next(islice(minimise(surface.gradient, surface.hessian, rng.normal(size=n) * 10), 1, 2))
    np.testing.assert_allclose(x1, surface.minimum, atol=1e-9)
    np.testing.assert_allclose(surface.gradient(x1), 0, atol=1e-8)


@given(numbers(0.1, 50), numbers(), numbers())
def test_one_step_lands_in_the_minimum_of_any_parabola(a, b, x0):
    surface = quadratic(a, b)
    x1 = next(islice(minimise(surface.gradient, surface.hessian, x0), 1, 2))
    assert x1 == pytest.approx(surface.minimum, abs=1e-10)


@given(numbers(0.01, 1e6))
def test_roots_of_a_square_minus_a_number_are_its_square_root(number):
    walk = roots(lambda x: x**2 - number, lambda x: 2 * x, 1.0)
    assert list(islice(walk, 40))[-1] == pytest.approx(np.sqrt(number), rel=1e-14)


def test_the_number_of_right_digits_doubles():
    path = follow(minimise(exp_minus_log.gradient, exp_minus_log.hessian, 0.4), exp_minus_log)
    errors = np.abs(path.x - exp_minus_log.minimum)
    ratios = errors[1:4] / errors[:3] ** 2
    assert (ratios < 1.5).all()
    assert path.stopped == "settled"


def test_a_newton_step_is_the_root_of_the_tangent():
    x0 = 1.7
    x1 = next(islice(roots(cube, cube.gradient, x0), 1, 2))
    assert cube(x0) + cube.gradient(x0) * (x1 - x0) == pytest.approx(0, abs=1e-14)


def test_roots_in_two_variables():
    def f(x):  # a circle meets a line
        return np.stack([x[..., 0] ** 2 + x[..., 1] ** 2 - 4, x[..., 0] - x[..., 1]], axis=-1)

    def jacobian(x):
        rows = [2 * x[..., 0], 2 * x[..., 1], np.ones_like(x[..., 0]), -np.ones_like(x[..., 0])]
        return np.stack(rows, axis=-1).reshape(*x.shape, 2)

    starts = np.array([[1.0, 2.0], [-3.0, -1.0]])
    end = list(islice(roots(f, jacobian, starts), 20))[-1]
    np.testing.assert_allclose(end, np.sqrt(2) * np.array([[1, 1], [-1, -1]]), rtol=1e-14)


def test_many_starts_at_once_equal_one_by_one():
    starts = np.random.default_rng(1).uniform(-4, 4, (20, 2))
    walk = minimise(himmelblau.gradient, himmelblau.hessian, starts)
    batch = follow(walk, himmelblau, steps=60, tolerance=None)
    for i, start in enumerate(starts):
        walk = minimise(himmelblau.gradient, himmelblau.hessian, start)
        one = follow(walk, himmelblau, steps=60, tolerance=None)
        np.testing.assert_allclose(batch.x[: one.steps + 1, i], one.x, rtol=1e-6, atol=1e-9)


def test_one_variable_takes_any_shape():
    x0 = np.linspace(0.1, 1, 6).reshape(2, 3)
    path = follow(minimise(exp_minus_log.gradient, exp_minus_log.hessian, x0), exp_minus_log)
    np.testing.assert_allclose(path.x[-1], exp_minus_log.minimum, rtol=1e-14)


def test_newton_is_as_happy_in_a_saddle_or_on_a_top():
    path = follow(minimise(saddle.gradient, saddle.hessian, [3, 1]), saddle)
    assert path.stopped == "settled"
    np.testing.assert_array_equal(path.x[-1], [0, 0])
    assert follow(minimise(sine.gradient, sine.hessian, 1.2), sine).x[-1] == pytest.approx(
        np.pi / 2
    )


def test_newton_crosses_the_bent_valley_in_a_few_steps():
    path = follow(minimise(rosenbrock.gradient, rosenbrock.hessian, [-1.2, 1]), rosenbrock)
    np.testing.assert_allclose(path.x[-1], [1, 1], rtol=1e-12)
    assert path.steps < 10


def test_on_the_cube_root_every_step_doubles_the_distance():
    walk = roots(cube_root, cube_root.gradient, 1.0)
    np.testing.assert_allclose(list(islice(walk, 5)), [1, -2, 4, -8, 16], rtol=1e-12)
    assert follow(roots(cube_root, cube_root.gradient, 1.0), cube_root).stopped == "diverged"


def test_a_slope_of_zero_on_the_way_is_a_divergence():
    path = follow(roots(lambda x: x**2 + 1, lambda x: 2 * x, 1.0), lambda x: x**2 + 1)
    assert path.x[1] == 0  # where the tangent is level
    assert path.stopped == "diverged"


def test_a_singular_matrix_on_the_way_is_a_divergence_of_that_path_alone():
    def f(x):  # from 2 the first coordinate steps onto 1 exactly, where its slope is zero
        return np.stack([x[..., 0] ** 3 - 3 * x[..., 0] + 7, x[..., 1] ** 2 - 1], axis=-1)

    def jacobian(x):
        slopes = np.stack([3 * x[..., 0] ** 2 - 3, 2 * x[..., 1]], axis=-1)
        return slopes[..., None] * np.eye(2)

    walk = roots(f, jacobian, [[2.0, 3.0], [-3.0, 3.0]])
    path = follow(walk, lambda x: (f(x) ** 2).sum(axis=-1))
    assert path.x[1, 0, 0] == 1
    assert path.stopped.tolist() == ["diverged", "settled"]
    np.testing.assert_allclose(f(path.x[-1, 1]), 0, atol=1e-12)


def test_start_is_not_written_to():
    x0 = np.array([4.0, 4.0])
    list(islice(minimise(quartic.gradient, quartic.hessian, x0), 4))
    np.testing.assert_array_equal(x0, [4, 4])


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: minimise(square.gradient, 2, 1.0), TypeError, "hessian must be a function, got 2"),
        (lambda: roots(3, square.gradient, 1.0), TypeError, "f must be a function, got 3"),
        (lambda: roots(square, square.gradient, np.nan), ValueError, "x0 must be finite"),
        (lambda: roots(square, square.gradient, 0.0), ValueError, "must not be zero or singular"),
        (lambda: minimise(cube.gradient, cube.hessian, 0), ValueError, "zero or singular"),
        (
            lambda: minimise(lambda x: x, lambda x: np.array([[1, 2], [2, 4]]), [1, 2]),
            ValueError,
            "must not be zero or singular",
        ),
        (
            lambda: roots(lambda x: x, lambda x: np.array([[0.1, 0.2], [0.3, 0.6]]), [1, 2]),
            ValueError,
            "must not be zero or singular",
        ),
        (
            lambda: minimise(lambda x: x, lambda x: np.ones((2, 3)), [1, 2]),
            ValueError,
            r"must have shape \(2,\) or, square, \(2, 2\), got \(2, 3\)",
        ),
        (
            lambda: minimise(lambda x: x, lambda x: np.array([[2.0, 1.0], [0.0, 2.0]]), [1, 2]),
            ValueError,
            r"hessian\(x0\) must be symmetric",
        ),
        (lambda: roots(lambda x: x * 1j, square, 1), TypeError, r"f\(x\) must be real numbers"),
        (lambda: roots(square, lambda x: "2", 1), TypeError, r"derivative\(x\) must be real"),
        (lambda: roots(np.sum, np.sum, [1, 2]), ValueError, r"f\(x\) must have shape \(2,\)"),
    ],
)
def test_bad_input_is_found_before_the_first_step(call, error, words):
    with pytest.raises(error, match=words):
        call()
