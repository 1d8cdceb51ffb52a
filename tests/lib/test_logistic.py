"""The sigmoid neuron: two ways to its gradient, boundaries, accuracy, training."""

import numpy as np
import pytest
from hypothesis import assume, given

from lib import data, logistic
from lib.derivatives import central_hessian, central_jacobian, check_gradient
from lib.descent import gradient_descent, stochastic_descent
from lib.newton import minimise
from lib.path import follow
from tests.lib.strategies import numbers, seeds


def problem(seed, m=8, n=2, size=1.0):
    rng = np.random.default_rng(seed)
    x = size * rng.normal(size=(m, n))
    return rng.normal(size=n), rng.normal(), x, (rng.random(m) < 0.5).astype(float)


@given(seeds)
def test_the_loss_is_the_written_out_mean(seed):
    w, b, x, y = problem(seed)
    p = logistic.probability(w, b, x)
    by_hand = np.mean([-np.log(p_k if y_k else 1 - p_k) for p_k, y_k in zip(p, y, strict=True)])
    assert logistic.mean_log_loss(w, b, x, y) == pytest.approx(by_hand, rel=1e-9)


@given(seeds)
def test_short_way_long_way_and_surface_agree(seed):
    w, b, x, y = problem(seed)
    short, long = logistic.mean_log_loss_gradient(w, b, x, y), logistic.long_gradient(w, b, x, y)
    np.testing.assert_allclose(long.w, short.w, rtol=1e-7, atol=1e-12)
    assert long.b == pytest.approx(short.b, rel=1e-7, abs=1e-12)
    surface, theta = logistic.log_loss_surface(x, y), np.append(w, b)
    np.testing.assert_allclose(surface.gradient(theta), np.append(short.w, short.b), atol=1e-14)
    assert surface(theta) == pytest.approx(logistic.mean_log_loss(w, b, x, y), rel=1e-12)


@given(seeds)
def test_surfaces_have_true_gradients_and_hessians(seed):
    w, b, x, y = problem(seed)
    theta = np.append(w, b) + np.random.default_rng(seed).normal(size=(4, 3))
    surface = logistic.log_loss_surface(x, y)
    check_gradient(surface, surface.gradient, theta)
    np.testing.assert_allclose(
        surface.hessian(theta), central_jacobian(surface.gradient, theta), atol=1e-7
    )
    surface = logistic.scaled_cost_surface(x[:, 0], 20 * y)
    check_gradient(surface, surface.gradient, theta[:, :2])
    np.testing.assert_allclose(
        surface.hessian(theta[:, :2]), central_hessian(surface, theta[:, :2]), atol=2e-4
    )


@pytest.mark.parametrize("logit", [36.8, 40.0, 800.0])
def test_at_saturation_the_long_way_is_nan_and_the_short_way_is_not(logit):
    assert np.isnan(logistic.long_gradient(1.0, 0.0, [logit], [1]).w)
    tiny = -np.exp(-logit)  # −σ(−z), of which σ(z) − 1 has no digit left
    right = logistic.mean_log_loss_gradient(1.0, 0.0, [logit], [1])
    assert right == pytest.approx((logit * tiny, tiny), rel=1e-12, abs=0)
    assert logistic.mean_log_loss_gradient(1.0, 0.0, [logit], [0]) == (logit, 1)
    assert logistic.mean_log_loss(1.0, 0.0, [logit], [0]) == logit


def test_just_below_saturation_both_ways_work():
    long = logistic.long_gradient(1.0, 0.0, [36.7], [1])
    assert long.w == pytest.approx(logistic.mean_log_loss_gradient(1.0, 0.0, [36.7], [1]).w)


def test_one_feature_one_sample():
    assert logistic.probability(2, -2, 1) == 0.5
    one = logistic.mean_log_loss_gradient([1.0, 2.0], 0.5, [3.0, -1.0], 1)
    rows = logistic.mean_log_loss_gradient([1.0, 2.0], 0.5, [[3.0, -1.0]], [1])
    np.testing.assert_allclose(one.w, rows.w)
    assert logistic.mean_log_loss_gradient(1.0, 0.5, 3.0, 1).w == pytest.approx(
        logistic.mean_log_loss_gradient([1.0], 0.5, [[3.0]], [1]).w[0]
    )


@given(numbers(), numbers())
def test_the_boundary_is_where_the_probability_is_a_half(w, b):
    assume(abs(w) > 0.1)
    assert logistic.probability(w, b, logistic.decision_boundary(w, b)) == pytest.approx(0.5)


@given(numbers(), numbers(), numbers(), numbers())
def test_the_boundary_line_is_where_the_probability_is_a_half(w1, w2, b, x1):
    assume(abs(w2) > 0.1)
    slope, intercept = logistic.boundary_line([w1, w2], b)
    assert logistic.probability([w1, w2], b, [x1, slope * x1 + intercept]) == pytest.approx(0.5)


def test_accumulated_accuracy_is_a_running_share():
    np.testing.assert_allclose(
        logistic.accumulated_accuracy([0.9, 0.2, 0.6, 0.5], [1, 1, 0, 0]), [1, 1 / 2, 1 / 3, 1 / 2]
    )
    assert logistic.correct([0.9, 0.5, 0.5], [1, 1, 0]).tolist() == [True, False, True]


def test_descent_and_newton_find_the_same_optimum():
    x, y = data.two_clouds(np.random.default_rng(1), distance=1.5)
    surface = logistic.log_loss_surface(x, y)
    slow = follow(gradient_descent(surface.gradient, np.zeros(3), 2.0), surface, steps=5000)
    fast = follow(minimise(surface.gradient, surface.hessian, np.zeros(3)), surface)
    assert slow.stopped == fast.stopped == "settled"
    np.testing.assert_allclose(slow.x[-1], fast.x[-1], atol=1e-9)


@given(seeds)
def test_the_gradient_vanishes_at_the_optimum(seed):
    x, y = data.two_clouds(np.random.default_rng(seed), samples=60, distance=1.0)
    surface = logistic.log_loss_surface(x, y)
    path = follow(minimise(surface.gradient, surface.hessian, np.zeros(3)), surface)
    assume(path.stopped == "settled")  # clouds that a line parts have no optimum
    w, b = path.x[-1, :2], float(path.x[-1, 2])
    np.testing.assert_allclose(logistic.mean_log_loss_gradient(w, b, x, y).w, 0, atol=1e-12)
    assert logistic.probability(w, b, x).mean() == pytest.approx(y.mean())  # so says the slope by b


def test_many_starts_at_once_equal_one_by_one():
    x, y = data.two_clouds(np.random.default_rng(1))
    surface = logistic.log_loss_surface(x, y)
    starts = np.random.default_rng(2).normal(size=(4, 5, 3))
    batch = follow(gradient_descent(surface.gradient, starts, 0.5), surface, steps=30)
    one = follow(gradient_descent(surface.gradient, starts[2, 3], 0.5), surface, steps=30)
    np.testing.assert_allclose(batch.x[:, 2, 3], one.x, rtol=1e-11)
    np.testing.assert_allclose(batch.f[:, 2, 3], one.f, rtol=1e-11)


def test_more_samples_than_a_block_lose_none():
    w, b, x, y = problem(4, m=2 * logistic.BLOCK + 7, n=3)
    slopes = logistic.mean_log_loss_gradient(w, b, x, y)
    whole = logistic.log_loss_surface(x, y).gradient(np.append(w, b))
    np.testing.assert_allclose(whole, np.append(slopes.w, slopes.b), rtol=1e-11)


def test_true_and_false_are_labels():
    x, y = data.two_clouds(np.random.default_rng(1))
    truth, theta = y == 1, [0.5, -1, 0.2]
    surface, same = logistic.log_loss_surface(x, y), logistic.log_loss_surface(x, truth)
    assert surface(theta) == same(theta)
    assert logistic.mean_log_loss([0.5, -1], 0.2, x, truth) == pytest.approx(surface(theta))


@pytest.mark.parametrize("make", [logistic.log_loss_surface, logistic.scaled_cost_surface])
def test_data_that_changes_later_does_not_change_a_surface(make):
    x, y, theta = np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.0, 1.0]), [0.5, -1]
    surface, gradient = make(x, y), logistic.sample_log_loss_gradient(x, y)
    before = surface(theta), *surface.gradient(theta), *gradient(theta, [0, 2])
    x += 1
    y[:] = np.nan
    assert (surface(theta), *surface.gradient(theta), *gradient(theta, [0, 2])) == before


def test_the_gradients_by_theta_keep_the_digits_of_a_sure_answer():
    x, y = np.array([40.0, 50.0]), np.array([1.0, 1.0])
    exact = -np.exp([-40.0, -50.0])
    by_x, by_one = (exact * x).mean(), exact.mean()
    for slopes in (
        logistic.log_loss_surface(x, y).gradient([1, 0]),
        logistic.sample_log_loss_gradient(x, y)([1, 0], [0, 1]),
        logistic.mean_log_loss_gradient(1, 0, x, y),
    ):
        np.testing.assert_allclose(slopes, [by_x, by_one], rtol=1e-12)


def test_the_mean_of_the_sample_gradients_is_the_full_gradient():
    w, b, x, y = problem(3, m=11, n=4)
    theta = np.append(w, b)
    gradient = logistic.sample_log_loss_gradient(x, y)
    each = np.mean([gradient(theta, i) for i in range(11)], axis=0)
    np.testing.assert_allclose(each, logistic.log_loss_surface(x, y).gradient(theta), rtol=1e-12)


def test_the_moods_are_learnt():
    x, y = data.sentiment()
    surface = logistic.log_loss_surface(x, y)
    w1, w2, b = follow(gradient_descent(surface.gradient, np.zeros(3), 0.5), surface).x[-1]
    assert logistic.correct(logistic.probability([w1, w2], b, x), y).all()
    assert w1 > 0 > w2


def test_a_sigmoid_neuron_cannot_learn_xor():
    x, y = data.xor()
    surface = logistic.log_loss_surface(x, y)
    path = follow(gradient_descent(surface.gradient, [1, -1, 0.3], 1.0), surface, steps=3000)
    np.testing.assert_allclose(path.x[-1], 0, atol=1e-9)  # the best it can say is ½
    assert path.f[-1] == pytest.approx(np.log(2))


def test_training_sample_by_sample_runs_away_as_a_value():
    x, y = np.array([1e6, -1e6]), np.array([0.0, 1.0])
    walk = stochastic_descent(logistic.sample_log_loss_gradient(x, y), [0, 0], 1e9, [0, 1] * 5)
    assert follow(walk, logistic.log_loss_surface(x, y)).stopped == "diverged"


@pytest.mark.parametrize(
    "function", [logistic.mean_log_loss, logistic.mean_log_loss_gradient, logistic.long_gradient]
)
@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (([1, 2], 0, [[1, 2, 3]], [1]), ValueError, "w must be a number or match x's last axis"),
        (([1, 2], 0, [[1, 2]], [1, 0]), ValueError, r"y must have shape \(1,\), got \(2,\)"),
        (([1, 2], 0, [[1, 2]], [2]), ValueError, r"y must be labels 0 or 1, got \[2\]"),
        (([1, 2], 0, [[1, 2]], [-1]), ValueError, r"y must be labels 0 or 1, got \[-1\]"),
        (([1, 2], 0, [[1, np.inf]], [1]), ValueError, "x must be finite"),
        (([1, 2], np.nan, [[1, 2]], [1]), ValueError, "b must be finite"),
        (([1, 2], 0, np.empty((0, 2)), []), ValueError, "x must not be empty"),
    ],
)
def test_bad_input(function, arguments, error, words):
    with pytest.raises(error, match=words):
        function(*arguments)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: logistic.decision_boundary(0, 1), ValueError, "w must not be 0"),
        (lambda: logistic.boundary_line([1, 0], 1), ValueError, r"w\[1\] must not be 0"),
        (lambda: logistic.boundary_line([1], 1), ValueError, r"w must have shape \(2,\)"),
        (lambda: logistic.correct([0.5, 0.5], [1, 0, 1]), ValueError, "must have one shape"),
        (lambda: logistic.correct([[0.5], [0.5]], [1, 0]), ValueError, "must have one shape"),
        (lambda: logistic.correct([1.5], [1]), ValueError, r"probability must be in \[0, 1\]"),
        (
            lambda: logistic.accumulated_accuracy([[0.5], [0.5]], [[1], [0]]),
            ValueError,
            r"y must be a number or have shape \(m,\)",
        ),
        (lambda: logistic.probability(2, 0, [[1], [2]]), ValueError, r"x must have shape \(m,\)"),
        (
            lambda: logistic.sample_log_loss_gradient([1, 2], [1, 0])([1, 2, 3], 0),
            ValueError,
            r"theta must have a last axis of length 2, got shape \(3,\)",
        ),
        (lambda: logistic.scaled_sigmoid([1, 2], [[1], [2]]), ValueError, "x must be a number or"),
        (lambda: logistic.log_loss_surface([1, 2], [0, 3]), ValueError, "y must be labels 0 or 1"),
        (
            lambda: logistic.sample_log_loss_gradient([1, 2], [1]),
            ValueError,
            r"y must have shape \(2,\)",
        ),
        (lambda: logistic.scaled_cost_surface([[1, 2]], [1]), ValueError, "x must have one feat"),
        (lambda: logistic.scaled_cost_surface([1], [1], 0), ValueError, "scale must be positive"),
        (
            lambda: logistic.scaled_sigmoid([1], [1]),
            ValueError,
            "theta must have a last axis of length 2",
        ),
    ],
)
def test_more_bad_input(call, error, words):
    with pytest.raises(error, match=words):
        call()
