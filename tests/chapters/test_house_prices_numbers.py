"""The numbers in the solutions and in the prose of the chapter on house prices."""

from itertools import islice

import numpy as np
import pytest

from lib.data import houses
from lib.derivatives import central_jacobian, check_gradient
from lib.descent import gradient_descent
from lib.logistic import scaled_cost_surface, scaled_sigmoid
from lib.losses import softplus
from lib.perceptron import cost_surface, cubic, linear_rule

X, Y = houses()
LINE, CUBIC = cost_surface(X, Y), cost_surface(X**3, Y)


def test_by_hand_the_line_gets_to_1_11_and_the_s_curve_to_0_031():
    assert LINE([3, -3.5]) == pytest.approx(1.11)
    assert LINE(LINE.minimum) == pytest.approx(1.103)
    assert scaled_cost_surface(X, Y)([1.1, -4.5]) == pytest.approx(0.031, abs=5e-4)


def losses_by_the_linear_rule(model, cost, start, rate):
    walk = gradient_descent(linear_rule(model, X, Y), start, rate)
    return np.array([cost(place) for place in islice(walk, 4097)])


def test_of_the_three_side_by_side_the_cubic_is_ahead_at_first_and_the_s_curve_at_the_end():
    s = scaled_cost_surface(X, Y)
    line = losses_by_the_linear_rule(lambda theta, x: theta[0] * x + theta[1], LINE, [0, 0], 0.1)
    curve = losses_by_the_linear_rule(scaled_sigmoid, s, [0, 0], 0.006)
    power = losses_by_the_linear_rule(cubic, CUBIC, [0, 0], 0.0008)
    assert power[20] == pytest.approx(0.138, abs=5e-4) == min(line[20], curve[20], power[20])
    assert curve[-1] == pytest.approx(0.0140, abs=5e-5) == min(line[-1], curve[-1], power[-1])
    rises = np.flatnonzero(np.diff(power) > 1e-9)
    assert (rises[0], rises[-1] + 1) == (24, 49)
    elsewhere = losses_by_the_linear_rule(scaled_sigmoid, s, [2, -8], 0.006)
    assert elsewhere.min() == pytest.approx(0.0121, abs=5e-5)
    assert elsewhere[-1] == pytest.approx(0.0139, abs=5e-5)


def test_the_best_line_runs_below_the_outer_houses_and_above_the_inner_ones():
    slope, bias = LINE.minimum
    assert np.sign(slope * X + bias - Y).tolist() == [-1, 1, 1, -1]


def test_exercise_2_one_more_floor_costs_five_times_w_in_the_middle_of_the_s():
    W, b = 1.1346469402126882, -4.6482628586296135
    low, high = scaled_sigmoid([W, b], -b / W + np.array([-0.0005, 0.0005]))
    assert [round(z, 3) for z in (-b / W, (high - low) / 0.001, 5 * W)] == [4.097, 5.673, 5.673]


def test_exercise_3_where_the_linear_rule_of_the_parabola_rests():
    square = cost_surface(X**2, Y)
    rest = np.linalg.solve([[30, 4], [100, 10]], [16.2, 55.2])
    miss = rest[0] * X**2 + rest[1] - Y
    np.testing.assert_allclose([miss.mean(), (miss * X).mean()], 0, atol=1e-12)
    np.testing.assert_allclose([*rest, square(rest)], [0.588, -0.36, 0.2139], atol=5e-5)
    np.testing.assert_allclose(square.minimum, [0.6023, -0.4674], atol=5e-5)
    assert square(square.minimum) == pytest.approx(0.2073, abs=5e-5)


def test_exercise_4_the_matrix_of_the_linear_rule_and_its_eigenvalues():
    matrix = central_jacobian(linear_rule(cubic, X, Y), np.array([0.1, 1.0]))
    np.testing.assert_allclose(matrix, [[177, 5], [50, 2]], rtol=1e-6)
    eigenvalues = np.linalg.eigvals([[177, 5], [50, 2]])
    np.testing.assert_allclose(sorted(eigenvalues), [0.583, 178.417], atol=5e-4)


def test_exercise_5_the_rule_of_the_s_curve_is_the_gradient_of_a_log_loss():
    def other_loss(theta):
        a = theta[..., :1] * X + theta[..., 1:]
        return 2 * (20 * softplus(a) - Y * a).mean(axis=-1)

    check_gradient(other_loss, linear_rule(scaled_sigmoid, X, Y), np.array([0.8, -3.0]))


def test_exercise_6_cellars_fool_the_check():
    cellars = np.array([-1.0, 0.0, 1.0])
    rule = linear_rule(cubic, cellars, Y[:3])
    for place in np.random.default_rng(0).normal(size=(3, 2)):
        check_gradient(cost_surface(cellars**3, Y[:3]), rule, place)


def test_exercise_7_the_easy_valley_is_round_and_one_step_arrives():
    u = (X**3 - (X**3).mean()) / (X**3).std()
    easy = cost_surface(u, Y)
    np.testing.assert_allclose(easy.hessian([3.0, -2.0]), 2 * np.eye(2), atol=1e-12)
    W, b = list(islice(gradient_descent(easy.gradient, [3.0, -2.0], 0.5), 2))[1]
    np.testing.assert_allclose(W * u + b, cubic(CUBIC.minimum, X), atol=1e-12)
    spread = (X**3).std(), (X**3).mean()
    np.testing.assert_allclose(CUBIC.minimum, [W / spread[0], b - W * spread[1] / spread[0]])


@pytest.mark.parametrize(("rate", "grows"), [(0.0112, False), (0.01122, True)])
def test_exercise_4_the_rule_converges_just_below_its_rate_and_not_above(rate, grows):
    walk = gradient_descent(linear_rule(cubic, X, Y), [0.0, 1.0], rate)
    places = np.array(list(islice(walk, 4000)))
    assert (np.linalg.norm(places[-1]) > np.linalg.norm(places[0])) == grows


def test_the_line_misses_where_s_curve_and_cubic_run_through_the_houses():
    line = np.array([2.939305864784624, -3.2979591578193053])
    assert np.sqrt(LINE(line)).round(2) == 1.05
    fitted = 20 / (1 + np.exp(-(1.1346469402126882 * X - 4.6482628586296135)))
    grown = cubic([0.141346153846152, 0.5163461538462171], X)
    assert max(np.abs(fitted - Y).max(), np.abs(grown - Y).max()) < 0.25
    far = 0.141346153846152 * 100**3 + 0.5163461538462171
    assert far / 20 > 1000


def test_only_the_s_curve_tells_the_two_last_prices_apart():
    says = {
        "line": 2.94 * X - 3.3,
        "cubic": (147 * X**3 + 537) / 1040,
        "20 σ": scaled_sigmoid([1.1346469402126882, -4.6482628586296135], X),
    }
    printed = {"line": 1.103, "cubic": 0.0138327, "20 σ": 0.0140181}

    def parts(y4):
        prices = np.array([14.95 - 1.5 * y4, 4 * y4 - 36.5, 37.75 - 3.5 * y4, y4])
        return {k: np.mean((each - prices) ** 2) / printed[k] for k, each in says.items()}

    assert np.allclose(list(parts(9.5).values()), 1, atol=1e-3)
    other = parts((601.1 + np.sqrt(601.1**2 - 4 * 31.5 * 2867.575)) / 63)
    assert np.allclose([other["line"], other["cubic"]], 1, atol=1e-3)
    assert 1.8 < other["20 σ"] < 2


def test_where_the_s_curve_ends_with_its_factor_and_without():
    s, ends = scaled_cost_surface(X, Y), []
    for slopes in (s.gradient, linear_rule(scaled_sigmoid, X, Y)):
        theta = next(islice(gradient_descent(slopes, [2.0, -8.0], 0.006), 2**14, None))
        ends += [round(theta[0], 4), round(s(theta), 5)]
    assert ends == [1.1564, 0.01205, 1.1347, 0.014]
