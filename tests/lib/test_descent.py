"""Walks, schedules, `follow` and `Path`."""

import tracemalloc
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings

from lib.descent import (
    cosine_decay,
    critical_rate,
    exponential_decay,
    gradient_descent,
    inverse_decay,
    minibatches,
    momentum,
    step_decay,
    stochastic_descent,
)
from lib.path import follow
from lib.surfaces import (
    bowl,
    exp_minus_log,
    himmelblau,
    line,
    logarithm,
    power_lines,
    quadratic,
    rosenbrock,
    saddle,
    square,
    stretched_bowl,
)
from tests.lib.strategies import numbers, seeds


def random_quadratic(seed, low=0.5, high=20.0):
    """A quadratic whose Hessian has eigenvalues between two bounds."""
    rng = np.random.default_rng(seed)
    n = rng.integers(2, 6)
    turn, _ = np.linalg.qr(rng.normal(size=(n, n)))
    curvatures = rng.uniform(low, high, n)
    return quadratic(turn @ np.diag(curvatures) @ turn.T, rng.normal(size=n)), rng


# One step, and the promise to start at the start.


def test_a_walk_starts_at_x0_and_steps_against_the_gradient():
    assert list(islice(gradient_descent(square.gradient, 1, 0.1), 3)) == pytest.approx(
        [1, 0.8, 0.64]
    )


@pytest.mark.parametrize("x0", [2.0, [1.0, 2.0], np.ones((3, 4, 2))])
def test_the_callers_start_is_never_written_to(x0):
    surface = square if np.ndim(x0) == 0 else bowl
    start = np.array(x0)
    path = follow(gradient_descent(surface.gradient, start, 0.1), surface, steps=5)
    np.testing.assert_array_equal(start, x0)
    np.testing.assert_array_equal(path.x[0], x0)


def test_a_walk_begun_by_hand_is_finished_by_follow():
    walk = gradient_descent(square.gradient, 1, 0.1)
    next(walk), next(walk)
    assert follow(walk, square, steps=0).x[0] == pytest.approx(0.64)


# How a path ends.


def test_a_path_settles_in_the_minimum():
    path = follow(gradient_descent(stretched_bowl.gradient, [2, 1], 0.05), stretched_bowl)
    assert path.stopped == "settled"
    assert path.steps == len(path.x) - 1 == len(path.f) - 1 < 1000
    np.testing.assert_allclose(path.x[-1], 0, atol=1e-10)


def test_a_path_may_run_out_of_steps():
    path = follow(gradient_descent(square.gradient, 1, 0.001), square, steps=7)
    assert (path.stopped, path.steps, path.x.shape) == ("out of steps", 7, (8,))


def test_bouncing_at_the_critical_rate_is_not_settling():
    path = follow(gradient_descent(square.gradient, 1, 1.0), square, steps=100)
    assert path.stopped == "out of steps"
    assert set(path.x) == {-1.0, 1.0}
    assert set(path.f) == {1.0}


def test_divergence_is_a_value():
    path = follow(gradient_descent(square.gradient, 1, 1.5), square)
    assert path.stopped == "diverged"
    assert abs(path.x[-1]) > 1e12 >= abs(path.x[-2])


def test_a_path_without_limit_goes_on_to_infinity():
    path = follow(gradient_descent(square.gradient, 1, 1.5), square, steps=5000, limit=np.inf)
    assert path.stopped == "diverged"
    assert not np.isfinite(path.f[-1])


def test_leaving_the_domain_is_a_divergence():
    path = follow(gradient_descent(exp_minus_log.gradient, 0.05, 5.0), exp_minus_log)
    assert path.stopped == "diverged"
    assert np.isnan(path.f[-1])
    assert follow(gradient_descent(logarithm.gradient, -1, 0.1), logarithm).steps == 0


def test_on_a_slope_without_end_a_path_runs_away():
    path = follow(gradient_descent(line(2, 0).gradient, 0, 1e9), line(2, 0))
    assert path.stopped == "diverged"


def test_a_start_at_the_minimum_settles_in_one_step():
    path = follow(gradient_descent(bowl.gradient, [0, 0], 0.1), bowl)
    assert (path.stopped, path.steps) == ("settled", 1)


# Many paths at once.


def test_broadcasting_equals_looping():
    rates = np.geomspace(1e-3, 1, 30)
    starts = np.random.default_rng(1).uniform(-2, 2, (30, 2))
    rate_column = rates[:, None]
    batch = follow(gradient_descent(stretched_bowl.gradient, starts, rate_column), stretched_bowl)
    for i, (start, rate) in enumerate(zip(starts, rates, strict=True)):
        one = follow(gradient_descent(stretched_bowl.gradient, start, rate), stretched_bowl)
        assert (batch.stopped[i], batch.steps[i]) == (one.stopped, one.steps)
        np.testing.assert_array_equal(batch.x[: one.steps + 1, i], one.x)
        np.testing.assert_array_equal(batch.f[: one.steps + 1, i], one.f)
        rest = np.nan if one.stopped == "diverged" else one.x[-1]
        np.testing.assert_array_equal(
            batch.x[one.steps + 1 :, i], np.broadcast_to(rest, batch.x[one.steps + 1 :, i].shape)
        )
    assert set(batch.stopped) == {"settled", "out of steps", "diverged"}


def test_one_variable_broadcasts_elementwise_whatever_the_shape():
    x0 = np.linspace(-2, 2, 6).reshape(3, 2)
    path = follow(gradient_descent(square.gradient, x0, [0.1, 1.5]), square, steps=400)
    assert path.f.shape == path.x.shape
    assert path.stopped.tolist() == [["settled", "diverged"]] * 3


def test_one_start_and_many_rates_makes_many_paths():
    path = follow(gradient_descent(square.gradient, 1.0, np.array([0.1, 0.5])), square, steps=1)
    np.testing.assert_allclose(path.x, [[1, 1], [0.8, 0]])
    path = follow(gradient_descent(bowl.gradient, [1, 2], np.ones((4, 1)) / 2), bowl, steps=1)
    assert path.x.shape == (2, 4, 2)
    assert path.steps.tolist() == [1] * 4


def test_a_rate_for_each_coordinate_makes_one_path():
    path = follow(
        gradient_descent(stretched_bowl.gradient, [2, 1], [0.5, 0.05]), stretched_bowl, steps=1
    )
    np.testing.assert_allclose(path.x[1], 0, atol=1e-15)


def test_steps_within_counts_to_the_first_arrival():
    path = follow(gradient_descent(square.gradient, [1.0, 1000.0], 0.25), square, steps=10)
    assert path.steps_within(0, 0.26).tolist() == [2, -1]
    assert follow(gradient_descent(bowl.gradient, [3, 4], 0.25), bowl).steps_within(0, 2.5) == 1


# Theorems.


@given(seeds)
@settings(max_examples=40)
def test_below_the_critical_rate_descent_converges_on_a_quadratic(seed):
    surface, rng = random_quadratic(seed)
    x0 = rng.normal(size=surface.variables)
    rate = rng.uniform(0.3, 0.95) * critical_rate(surface.hessian(x0))
    path = follow(gradient_descent(surface.gradient, x0, rate), surface, steps=20_000)
    assert path.stopped == "settled"
    np.testing.assert_allclose(path.x[-1], surface.minimum, atol=1e-8)


@given(seeds)
@settings(max_examples=40)
def test_above_the_critical_rate_it_does_not(seed):
    surface, rng = random_quadratic(seed)
    x0 = surface.minimum + rng.normal(size=surface.variables)
    rate = 1.05 * critical_rate(surface.hessian(x0))
    path = follow(gradient_descent(surface.gradient, x0, rate), surface, steps=5000)
    assert path.stopped == "diverged"


@given(seeds)
@settings(max_examples=25)
def test_each_step_below_the_critical_rate_goes_down(seed):
    surface, rng = random_quadratic(seed)
    x0 = surface.minimum + rng.normal(size=(50, surface.variables))
    rate = 0.9 * critical_rate(surface.hessian(surface.minimum))
    path = follow(gradient_descent(surface.gradient, x0, rate), surface, steps=20)
    assert (np.diff(path.f, axis=0) <= 1e-12 * np.abs(path.f).max()).all()


@pytest.mark.parametrize("steps", [50, 1000])
def test_memory_of_a_path_is_the_path(steps):
    starts = np.ones((1000, 2))
    walk = gradient_descent(stretched_bowl.gradient, starts, 1e-4)
    tracemalloc.start()
    path = follow(walk, stretched_bowl, steps=steps, tolerance=None)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= 1.25 * (path.x.nbytes + path.f.nbytes)


def test_many_steps_allowed_cost_nothing_until_taken():
    path = follow(gradient_descent(square.gradient, 1.0, 0.5), square, steps=10**15)
    assert (path.stopped, path.steps) == ("settled", 2)


def test_critical_rate_of_numbers_and_matrices():
    assert critical_rate(2.0) == 1.0
    assert critical_rate([[4, -1], [-1, 6]]) == pytest.approx(2 / (5 + np.sqrt(2)))
    np.testing.assert_allclose(critical_rate([1, 0, 4]), [2, np.inf, 0.5])
    assert critical_rate(np.zeros((2, 2))) == np.inf
    assert critical_rate([[1, 1], [1, 1]]) == pytest.approx(1)
    assert critical_rate(np.stack([np.eye(2)] * 5)).shape == (5,)


@given(numbers(-5, 5), numbers(0.01, 0.3))
def test_momentum_without_memory_is_gradient_descent(x0, rate):
    plain = follow(gradient_descent(square.gradient, x0, rate), square, steps=20)
    heavy = follow(momentum(square.gradient, x0, rate, beta=0), square, steps=20)
    np.testing.assert_allclose(heavy.x, plain.x, rtol=1e-12, atol=1e-300)


def test_momentum_obeys_its_two_term_recurrence():
    rate, beta = 0.01, 0.8
    x = follow(momentum(rosenbrock.gradient, [-1, 1], rate / 10, beta), rosenbrock, steps=30).x
    for k in range(1, 30):
        expected = x[k] - rate / 10 * rosenbrock.gradient(x[k]) + beta * (x[k] - x[k - 1])
        np.testing.assert_allclose(x[k + 1], expected, rtol=1e-9)


def test_momentum_is_faster_in_a_narrow_valley():
    plain = follow(gradient_descent(stretched_bowl.gradient, [2, 1], 0.01), stretched_bowl)
    heavy = follow(momentum(stretched_bowl.gradient, [2, 1], 0.01, 0.7), stretched_bowl)
    assert 0 < heavy.steps_within(0, 1e-3) < plain.steps_within(0, 1e-3) / 2


def test_momentum_takes_one_memory_for_each_path():
    walk = momentum(bowl.gradient, [1.0, 2.0], 0.1, np.array([[0.0], [0.5]]))
    assert follow(walk, bowl, steps=3).x.shape == (4, 2, 2)


def test_a_saddle_holds_a_path_that_starts_on_its_ridge():
    path = follow(gradient_descent(saddle.gradient, [1, 0], 0.1), saddle)
    assert path.stopped == "settled"
    np.testing.assert_allclose(path.x[-1], 0, atol=1e-11)
    nudged = follow(gradient_descent(saddle.gradient, [1, 1e-9], 0.1), saddle)
    assert nudged.stopped == "diverged"


def test_himmelblau_has_a_valley_for_each_start():
    starts = [[3.5, 2.5], [-3, 3], [-3.5, -3], [3.5, -2]]
    path = follow(gradient_descent(himmelblau.gradient, starts, 0.01), himmelblau)
    assert (path.stopped == "settled").all()
    np.testing.assert_allclose(path.f[-1], 0, atol=1e-15)
    assert len({tuple(x) for x in path.x[-1].round(6)}) == 4


# Samples.

LINES = np.array([1.0, 4.0, 7.0, 12.0])


def pull(x, rows):
    """The gradient of the mean of (x − aᵢ)² over the chosen power lines."""
    return 2 * (x - LINES[rows].mean())


def test_all_samples_in_one_batch_is_gradient_descent():
    cost = power_lines(LINES)
    full = stochastic_descent(pull, 0.0, 0.1, [slice(None)] * 20)
    plain = gradient_descent(lambda x: cost.gradient(x) / 4, 0.0, 0.1)
    np.testing.assert_allclose(follow(full, cost).x, follow(plain, cost, steps=20).x, rtol=1e-12)


def test_one_pass_over_the_samples_ends_the_walk():
    walk = stochastic_descent(pull, 0.0, 0.5, range(4))
    path = follow(walk, power_lines(LINES))
    np.testing.assert_array_equal(path.x, [0, 1, 4, 7, 12])  # rate ½ jumps onto each sample
    assert (path.stopped, path.steps) == ("out of steps", 4)


def test_with_a_falling_rate_the_noise_dies_out():
    rng = np.random.default_rng(1)
    rate = inverse_decay(0.5, 1.0)  # its steps 1/(2(k + 1)) make x the mean of the samples seen
    walk = stochastic_descent(pull, 0.0, rate, minibatches(4, 1, rng))
    path = follow(walk, power_lines(LINES), steps=4000)
    assert path.x[-1] == pytest.approx(LINES.mean(), abs=1e-9)


def test_minibatches_show_every_sample_once_an_epoch_in_new_orders():
    deal = minibatches(10, 4, np.random.default_rng(1))
    epochs = [[next(deal) for _ in range(3)] for _ in range(2)]
    assert [len(batch) for batch in epochs[0]] == [4, 4, 2]
    orders = [np.concatenate(epoch) for epoch in epochs]
    for order in orders:
        np.testing.assert_array_equal(np.sort(order), np.arange(10))
    assert (orders[0] != orders[1]).any()


# Schedules.


def test_schedules_start_at_the_rate_and_fall():
    for schedule in (
        step_decay(0.4, 0.5, every=3),
        exponential_decay(0.4, 0.9),
        inverse_decay(0.4, 0.1),
        cosine_decay(0.4, 50),
    ):
        rates = np.array([schedule(k) for k in range(100)])
        assert rates[0] == pytest.approx(0.4)
        assert (np.diff(rates) <= 0).all()
        assert 0 < rates[-1] < 0.4


def test_schedules_follow_their_formulas():
    assert [float(step_decay(8.0, 0.5, 2)(k)) for k in range(5)] == [8, 8, 4, 4, 2]
    assert inverse_decay(1.0, 1.0)(3) == 0.25
    assert cosine_decay(1.0, 10)(5) == pytest.approx((1 + 0.01) / 2)
    assert cosine_decay(1.0, 10)(99) == pytest.approx(0.01)


def test_a_schedule_drives_a_walk():
    x = follow(gradient_descent(square.gradient, 1.0, step_decay(0.25, 0.5, 1)), square, steps=2).x
    np.testing.assert_allclose(x, [1, 0.5, 0.375])


@pytest.mark.parametrize(
    ("later", "error", "words"),
    [
        ("0.1", TypeError, r"learning_rate\(2\) must be real numbers, got '0.1'"),
        (1j, TypeError, r"learning_rate\(2\) must be real numbers, got 1j"),
        (None, TypeError, r"learning_rate\(2\) must be real numbers, got None"),
        (True, TypeError, r"learning_rate\(2\) must be real numbers, got True"),
        (np.nan, ValueError, r"learning_rate\(2\) must be finite, got nan"),
        (np.inf, ValueError, r"learning_rate\(2\) must be finite, got inf"),
        (-0.1, ValueError, r"learning_rate\(2\) must not be negative, got -0.1"),
        ([0.1, 0.1], ValueError, r"learning_rate\(2\) must have shape \(\), got \(2,\)"),
    ],
)
def test_a_schedule_that_returns_something_else_later_is_told(later, error, words):
    def schedule(step):
        return 0.1 if step < 2 else later

    walks = [
        gradient_descent(bowl.gradient, [1, 2], schedule),
        momentum(bowl.gradient, [1, 2], schedule),
        stochastic_descent(lambda x, rows: bowl.gradient(x), [1, 2], schedule, range(9)),
    ]
    for walk in walks:
        assert len(list(islice(walk, 3))) == 3
        with pytest.raises(error, match=words):
            next(walk)


def test_a_rate_that_falls_below_all_floats_is_zero_and_no_error():
    path = follow(gradient_descent(square.gradient, 1.0, step_decay(0.1, 1e-200, 1)), square)
    assert path.stopped == "settled"


def test_rates_and_memory_that_change_later_do_not_change_a_walk():
    rate, beta = np.array([0.1, 0.2]), np.array([0.5, 0.9])
    walk = momentum(bowl.gradient, [1.0, 2.0], rate, beta)
    rate[:], beta[:] = 9, 0
    expected = follow(momentum(bowl.gradient, [1.0, 2.0], [0.1, 0.2], [0.5, 0.9]), bowl, steps=5)
    np.testing.assert_array_equal(follow(walk, bowl, steps=5).x, expected.x)


# Bad input, found before the first step.


@pytest.mark.parametrize("walk", [gradient_descent, momentum])
@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ((3, 1.0, 0.1), TypeError, "gradient must be a function, got 3"),
        ((bowl.gradient, [1, np.nan], 0.1), ValueError, "x0 must be finite"),
        ((bowl.gradient, [1, np.inf], 0.1), ValueError, "x0 must be finite"),
        ((bowl.gradient, [], 0.1), ValueError, "x0 must not be empty"),
        ((bowl.gradient, "here", 0.1), TypeError, "x0 must be real numbers, got 'here'"),
        ((bowl.gradient, [1, 2], 0), ValueError, "learning_rate must be positive, got 0"),
        ((bowl.gradient, [1, 2], -0.1), ValueError, "learning_rate must be positive, got -0.1"),
        ((bowl.gradient, [1, 2], np.inf), ValueError, "learning_rate must be finite, got inf"),
        ((bowl.gradient, [1, 2], np.nan), ValueError, "learning_rate must be finite, got nan"),
        ((bowl.gradient, [1, 2], None), TypeError, "learning_rate must be real numbers, got None"),
        ((bowl.gradient, [1, 2], [1, 2, 3]), ValueError, r"got x0 \(2,\), learning_rate \(3,\)"),
    ],
)
def test_bad_walks(walk, arguments, error, words):
    with pytest.raises(error, match=words):
        walk(*arguments)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: momentum(bowl.gradient, [1, 2], 0.1, 1), ValueError, r"beta must be in \[0, 1\)"),
        (lambda: momentum(bowl.gradient, [1, 2], 0.1, -1), ValueError, r"beta must be in \[0, 1\)"),
        (lambda: minibatches(10, 0, np.random.default_rng(1)), ValueError, "size must be at least"),
        (lambda: minibatches(10, 2, 1), TypeError, "rng must be a numpy.random.Generator.*got 1"),
        (lambda: stochastic_descent(pull, 0, 0.1, 7), TypeError, "batches must be iterable, got 7"),
        (lambda: step_decay(0.1, 2, 1), ValueError, r"factor must be in \(0, 1\], got 2"),
        (lambda: step_decay(0, 0.5, 1), ValueError, "learning_rate must be positive"),
        (lambda: cosine_decay(0.1, 9, 2), ValueError, r"least must be in \(0, 1\], got 2"),
        (lambda: inverse_decay(0.1, 0), ValueError, "decay must be positive"),
        (lambda: critical_rate([[1, 2]]), ValueError, "hessian must be a square matrix"),
        (lambda: critical_rate([[1, 1], [0, 1]]), ValueError, "hessian must be symmetric"),
        (lambda: critical_rate([[1, 0], [1, 1]]), ValueError, "hessian must be symmetric"),
        (
            lambda: critical_rate([1e9 * np.eye(2), [[1, 1], [0, 1]]]),
            ValueError,
            "hessian must be symmetric",
        ),
        (lambda: critical_rate(-np.eye(3)), ValueError, "no negative curvature.*got -1"),
        (lambda: critical_rate([1, 0, -4]), ValueError, "no negative curvature.*got -4"),
        (lambda: critical_rate(saddle.hessian([0, 0])), ValueError, "no negative curvature"),
        (lambda: follow(iter([1.0]), lambda x: 1j * x), TypeError, r"f\(x\) must be real numbers"),
        (lambda: follow(iter([1.0]), lambda x: "1"), TypeError, r"f\(x\) must be real numbers"),
        (
            lambda: follow(iter([[1.0, 2.0]]), bowl).steps_within([[1.0, 2.0]], 1),
            ValueError,
            r"target must be a number or have the shape \(2,\)",
        ),
        (
            lambda: follow(iter([1.0, 2.0]), square).steps_within([1.0, 2.0], 1),
            ValueError,
            r"target must be a number or have the shape \(\)",
        ),
        (
            lambda: next(islice(gradient_descent(lambda x: x * 1j, 1.0, 0.1), 1, 2)),
            TypeError,
            r"gradient\(x\) must be real numbers",
        ),
        (lambda: follow(iter([[1, 2]]), 3), TypeError, "f must be a function, got 3"),
        (lambda: follow(7, bowl), TypeError, "walk must be iterable, got 7"),
        (lambda: follow(iter([]), bowl), ValueError, "walk must yield at least its start"),
        (lambda: follow("here", bowl), TypeError, "every x of walk must be real numbers, got 'h'"),
        (
            lambda: follow([[1, 2], [[3, 4]]], bowl),
            ValueError,
            r"every x of walk must have shape \(2,\), got \(1, 2\)",
        ),
        (lambda: follow(iter([[1, 2]]), bowl, steps=-1), ValueError, "steps must be at least 0"),
        (lambda: follow(iter([[1, 2]]), bowl, steps=2.5), TypeError, "steps must be a whole"),
        (lambda: follow(iter([[1, 2]]), bowl, tolerance=-1), ValueError, "tolerance must be"),
        (lambda: follow(iter([[1, 2]]), lambda x: x[0] * np.ones(3)), ValueError, r"f\(x\) must"),
        (lambda: next(islice(gradient_descent(np.sum, [1, 2], 0.1), 1, 2)), ValueError, "gradient"),
    ],
)
def test_bad_input(call, error, words):
    with pytest.raises(error, match=words):
        call()
