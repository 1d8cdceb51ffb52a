"""The linear neuron: both layouts, the squares by all their names, training."""

import numpy as np
import pytest
from hypothesis import given

from lib import data, logistic, perceptron
from lib.derivatives import central_slope, check_gradient
from lib.descent import gradient_descent, minibatches, stochastic_descent
from lib.path import follow
from lib.perceptron import predict, predict_columns
from tests.lib.strategies import seeds

NAMES = ["sum_squared_error", "half_squared_error", "mean_squared_error", "half_mean_squared_error"]


def problem(seed, m=None, n=None):
    rng = np.random.default_rng(seed)
    m, n = m or rng.integers(1, 9), n or rng.integers(1, 5)
    return rng.normal(size=n), rng.normal(), rng.normal(size=(m, n)), rng.normal(size=m)


@given(seeds)
def test_prediction_is_the_written_out_sum_in_both_layouts(seed):
    w, b, x, _ = problem(seed)
    by_hand = [sum(wi * xi for wi, xi in zip(w, row, strict=True)) + b for row in x]
    np.testing.assert_allclose(predict(w, b, x), by_hand, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(predict_columns(w, b, x.T), predict(w, b, x), rtol=1e-13)


def test_one_feature_may_come_without_an_axis():
    x = np.array([1.0, 2.0, 4.0])
    np.testing.assert_array_equal(predict(2, 1, x), [3, 5, 9])
    np.testing.assert_array_equal(predict([2], 1, x[:, None]), [3, 5, 9])
    assert predict(2, 1, 3) == 7
    assert predict([1, 2], 1, [3, 4]) == 12


@pytest.mark.parametrize("name", NAMES)
@given(seed=seeds)
def test_gradients_are_gradients(name, seed):
    w, b, x, y = problem(seed)
    loss, gradient = getattr(perceptron, name), getattr(perceptron, name + "_gradient")
    slopes = gradient(w, b, x, y)
    assert slopes.w.shape == w.shape
    assert central_slope(lambda b: np.array(loss(w, float(b), x, y)), b) == pytest.approx(
        slopes.b, abs=1e-7, rel=1e-7
    )
    for i in range(len(w)):
        along = np.eye(len(w))[i]
        slope = central_slope(lambda t, along=along: np.array(loss(w + t * along, b, x, y)), 0.0)
        assert slope == pytest.approx(slopes.w[i], abs=1e-7, rel=1e-7)


@given(seeds)
def test_the_factors_are_what_their_names_say(seed):
    w, b, x, y = problem(seed)
    total, half, mean, half_mean = (getattr(perceptron, name)(w, b, x, y) for name in NAMES)
    assert half == pytest.approx(total / 2)
    assert mean == pytest.approx(total / len(y))
    assert half_mean == pytest.approx(total / (2 * len(y)))


@given(seeds)
def test_columns_are_rows_turned(seed):
    w, b, x, y = problem(seed)
    assert perceptron.mean_squared_error_columns(w, b, x.T, y) == pytest.approx(
        perceptron.mean_squared_error(w, b, x, y)
    )
    turned = perceptron.mean_squared_error_columns_gradient(w, b, x.T, y)
    A = y - (w @ x.T + b)  # the notes' formula, letter by letter
    np.testing.assert_allclose(turned.w, -2 / len(y) * A @ x, atol=1e-13)
    assert turned.b == pytest.approx(-2 / len(y) * A.sum())


@pytest.mark.parametrize("name", NAMES)
def test_one_feature_and_one_sample_have_plain_slopes(name):
    gradient = getattr(perceptron, name + "_gradient")
    column = gradient([0.5], 0.1, [[1.0], [2.0]], [1.0, 0.0])
    plain = gradient(0.5, 0.1, [1.0, 2.0], [1.0, 0.0])
    assert plain.w == pytest.approx(column.w[0])
    assert np.ndim(plain.w) == 0
    single = gradient([0.5, 1.0], 0.1, [1.0, 2.0], 1.0)
    rows = gradient([0.5, 1.0], 0.1, [[1.0, 2.0]], [1.0])
    np.testing.assert_allclose(single.w, rows.w)


# Training.


@given(seeds)
def test_the_cost_surface_is_the_mean_squared_error(seed):
    w, b, x, y = problem(seed, m=8)
    surface, theta = perceptron.cost_surface(x, y), np.append(w, b)
    assert surface(theta) == pytest.approx(perceptron.mean_squared_error(w, b, x, y))
    slopes = perceptron.mean_squared_error_gradient(w, b, x, y)
    np.testing.assert_allclose(surface.gradient(theta), np.append(slopes.w, slopes.b), atol=1e-12)
    check_gradient(surface, surface.gradient, theta)
    for i in range(len(theta)):
        check_gradient(
            lambda t, i=i: np.array(surface.gradient(t)[..., i]),
            lambda t, i=i: surface.hessian(t)[..., i, :],
            theta,
        )
    np.testing.assert_allclose(surface.gradient(surface.minimum), 0, atol=1e-11)


def test_data_that_changes_later_does_not_change_what_was_made_of_it():
    x, y, theta = np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.0, 5.0]), [0.5, -1]
    cost, gradient = perceptron.cost_surface(x, y), perceptron.sample_cost_gradient(x, y)
    rule = perceptron.linear_rule(perceptron.cubic, x, y)

    def seen():
        return cost(theta), *cost.gradient(theta), *gradient(theta, [0, 2]), *rule(theta)

    before = seen()
    x += 1
    y[:] = np.nan
    assert seen() == before


def test_without_enough_samples_there_is_no_one_minimum():
    assert perceptron.cost_surface([[1.0, 2.0]], [3.0]).minimum is None


def test_a_bias_is_one_more_weight():
    assert perceptron.with_ones([[1, 2], [3, 4]]).tolist() == [[1, 2, 1], [3, 4, 1]]
    assert perceptron.with_ones([5, 6]).tolist() == [[5, 1], [6, 1]]


def test_full_batch_descent_finds_the_least_squares_line():
    surface = perceptron.cost_surface(*data.three_points())
    path = follow(gradient_descent(surface.gradient, [0, 0], 0.15), surface)
    np.testing.assert_allclose(path.x[-1], [1 / 2, 7 / 3], atol=1e-9)


def test_the_mean_of_the_sample_gradients_is_the_full_gradient():
    w, b, x, y = problem(1, m=12, n=3)
    theta = np.append(w, b)
    gradient = perceptron.sample_cost_gradient(x, y)
    each = np.mean([gradient(theta, i) for i in range(12)], axis=0)
    full = perceptron.cost_surface(x, y).gradient(theta)
    np.testing.assert_allclose(each, full, rtol=1e-12)
    np.testing.assert_allclose(gradient(theta, np.arange(12)), full, rtol=1e-12)


def test_many_neurons_train_on_the_same_samples_at_once():
    setup = data.lecture_line(np.random.RandomState(1))
    gradient, cost = (
        perceptron.sample_cost_gradient(setup.x, setup.y),
        perceptron.cost_surface(*setup[:2]),
    )
    rates = np.array([[0.001], [0.01], [0.1]])
    batch = follow(stochastic_descent(gradient, [0, 0], rates, range(100)), cost)
    for i, rate in enumerate(rates[:, 0]):
        one = follow(stochastic_descent(gradient, [0, 0], rate, range(100)), cost)
        np.testing.assert_allclose(batch.x[:, i], one.x, rtol=1e-12)


def test_minibatches_reach_the_truth_behind_exact_data():
    setup = data.lecture_plane(np.random.default_rng(1))
    gradient = perceptron.sample_cost_gradient(setup.x, setup.y)
    walk = stochastic_descent(
        gradient, np.zeros(4), 0.1, minibatches(100, 10, np.random.default_rng(2))
    )
    path = follow(walk, perceptron.cost_surface(setup.x, setup.y), steps=600)
    np.testing.assert_allclose(path.x[-1], np.append(setup.target_w, setup.target_b), atol=1e-8)


def test_predictions_in_turn_come_before_the_learning():
    x, y = np.array([1.0, 2.0, 3.0]), np.array([1.0, 0.0, 2.0])
    track = [[0.0, 0.0]]
    said = []
    for x_k, y_k in zip(x, y, strict=True):
        w, b = track[-1]
        said.append(w * x_k + b)
        miss = y_k - said[-1]
        track.append([w + 0.2 * miss * x_k, b + 0.2 * miss])
    walk = stochastic_descent(perceptron.sample_cost_gradient(x, y), [0, 0], 0.1, range(3))
    path = follow(walk, perceptron.cost_surface(x, y))
    np.testing.assert_allclose(path.x, track)
    np.testing.assert_allclose(perceptron.predict_in_turn(path.x, x), said)


@given(seeds)
def test_the_linear_rule_is_right_for_a_line_and_only_there(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(2, 3, 6), rng.normal(size=6)
    theta = rng.normal(size=2)
    line = perceptron.linear_rule(lambda t, x: t[..., :1] * x + t[..., 1:], x, y)
    np.testing.assert_allclose(
        line(theta), perceptron.cost_surface(x, y).gradient(theta), atol=1e-12
    )
    cubic = perceptron.linear_rule(perceptron.cubic, x, y)
    right = perceptron.cost_surface(x**3, y).gradient(theta)
    assert cubic(theta)[1] == pytest.approx(right[1], rel=1e-10, abs=1e-10)
    assert abs(cubic(theta)[0] - right[0]) > 1e-9


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (([1, 2], 0, [[1, 2, 3]], [1]), ValueError, "w must be a number or match x's last axis"),
        (([[1, 2]], 0, [[1, 2]], [1]), ValueError, "w must be a number or match x's last axis"),
        (([1, 2], 0, [[1, 2]], [1, 2]), ValueError, r"y must have shape \(1,\), got \(2,\)"),
        (([1, 2], [0, 1], [[1, 2]], [1]), ValueError, "b must be one number"),
        (([1, 2], 0, [[1, np.nan]], [1]), ValueError, "x must be finite"),
        (([1, 2], 0, [[1, 2]], [np.inf]), ValueError, "y must be finite"),
        (([1, np.nan], 0, [[1, 2]], [1]), ValueError, "w must be finite"),
        (([1, 2], 0, np.empty((0, 2)), []), ValueError, "x must not be empty"),
        (("w", 0, [[1, 2]], [1]), TypeError, "w must be real numbers, got 'w'"),
    ],
)
def test_bad_input(name, arguments, error, words):
    for function in (getattr(perceptron, name), getattr(perceptron, name + "_gradient")):
        with pytest.raises(error, match=words):
            function(*arguments)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: predict_columns([1, 2], 0, [1, 2]), ValueError, r"X must have shape \(features"),
        (lambda: perceptron.cost_surface([1, 2], [1]), ValueError, r"y must have shape \(2,\)"),
        (lambda: perceptron.cost_surface([], []), ValueError, "x must not be empty"),
        (
            lambda: perceptron.sample_cost_gradient([1, np.nan], [1, 2]),
            ValueError,
            "x must be finite",
        ),
        (lambda: perceptron.linear_rule(3, [1], [1]), TypeError, "model must be a function"),
        (lambda: perceptron.linear_rule(np.sum, [[1, 2]], [1]), ValueError, "x must have one feat"),
        (
            lambda: perceptron.cubic([1, 2, 3], [1]),
            ValueError,
            r"theta must have a last axis of length 2, got shape \(3,\)",
        ),
        (
            lambda: predict(2, 0, np.ones((3, 2))),
            ValueError,
            r"x must have shape \(m,\) or be a num",
        ),
        (lambda: predict([1, 2], 0, np.ones((4, 3, 2))), ValueError, r"x must have shape \(m, 2\)"),
        (lambda: predict(2, 0, np.ma.array([1, 96], mask=[0, 1])), TypeError, "no masked numbers"),
        (
            lambda: perceptron.mean_squared_error(2, 0, np.ones((3, 2)), np.ones((3, 2))),
            ValueError,
            r"x must have shape \(m,\) or be a number for w of shape \(\), got \(3, 2\)",
        ),
        (
            lambda: perceptron.mean_squared_error(2, 0, np.ones(3), np.ones((3, 1))),
            ValueError,
            r"y must have shape \(3,\), got \(3, 1\)",
        ),
        (
            lambda: perceptron.sample_cost_gradient([1, 2], [1, 0])([1, 2, 3], 0),
            ValueError,
            r"theta must have a last axis of length 2, got shape \(3,\)",
        ),
        (
            lambda: perceptron.linear_rule(lambda t, x: x[:, None], [1, 2], [1, 0])([0, 0]),
            ValueError,
            r"model\(theta, x\) must have shape \(2,\), got \(2, 1\)",
        ),
        (lambda: perceptron.cubic([1, 2], [[1], [2]]), ValueError, "x must be a number or have"),
        (lambda: perceptron.predict_in_turn([[1, 2]], [1, 2]), ValueError, "track must have at l"),
    ],
)
def test_more_bad_input(call, error, words):
    with pytest.raises(error, match=words):
        call()


@pytest.mark.parametrize(
    "make", [perceptron.sample_cost_gradient, logistic.sample_log_loss_gradient]
)
@pytest.mark.parametrize(
    ("rows", "error"),
    [(2, ValueError), (-1, ValueError), ([], TypeError), (0.5, TypeError), ("a", TypeError)],
)
def test_bad_rows_are_no_silent_wrong_answer(make, rows, error):
    gradient = make([1.0, 2.0], [0.0, 1.0])
    with pytest.raises(error, match="rows must be"):
        gradient(np.zeros(2), rows)
