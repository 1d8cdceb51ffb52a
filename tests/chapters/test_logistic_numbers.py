"""The numbers that the chapter on logistic regression and its solutions say, computed."""

from math import erf, sqrt

import numpy as np
import pytest

from lib import data, logistic, losses
from lib.descent import gradient_descent, stochastic_descent
from lib.losses import sigmoid
from lib.path import follow
from tests.conftest import ROOT

BOOK = ROOT / "book" / "logistic.ipynb"
SWITCH = data.lecture_switch(np.random.RandomState(1))
CLOUDS = data.two_clouds(np.random.default_rng(1))


def learn_switch(learning_rate, passes=1):
    slope = logistic.sample_log_loss_gradient(SWITCH.x, SWITCH.y)
    order = list(range(500)) * passes
    return np.array(list(stochastic_descent(slope, [SWITCH.w0, SWITCH.b0], learning_rate, order)))


def walk_of_weights(start, steps):
    f = logistic.log_loss_surface(*CLOUDS)
    return follow(gradient_descent(f.gradient, start, 2.0), f, steps=steps)


def test_the_answers_of_the_solutions():
    assert np.allclose(sigmoid(np.array([2.0, 0.25])), [0.881, 0.562], atol=5e-4)


def test_the_odds_give_back_the_sum():
    assert abs(np.log(0.8808 / (1 - 0.8808)) - 2) < 2e-3


def test_the_share_of_samples_between_the_cuts():
    share = erf(0.12 / sqrt(2)) / 2
    assert abs(share - 0.0478) < 5e-5


def test_the_squared_error_far_out_is_fifteen_times_slower_than_at_its_best():
    slope = abs(losses.squared_error_slope(0.01, 1)) * 0.01 * 0.99
    assert abs(slope - 0.0196) < 5e-5
    assert round(8 / 27 / slope) == 15


@pytest.mark.parametrize("y", [0, 1])
def test_the_stable_line_is_the_log_loss_of_the_sum(y):
    z = np.append(np.linspace(-30, 30, 61), [36.7, 36.8, 800])
    stable = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    assert np.allclose(stable, losses.log_loss_of_logit(z, y))
    assert np.allclose(stable[:61], losses.log_loss(sigmoid(z[:61]), y), rtol=1e-3)


def test_the_switch_turns_after_about_ten_samples():
    w = learn_switch(0.1)[:, 0]
    assert abs(np.argmax(w > 0) - 10) <= 2


def test_the_jumpy_switch_runs_past_its_target():
    assert learn_switch(1)[:, 0].max() > 5 > learn_switch(0.1)[:, 0].max()


def test_two_steps_take_the_first_weight_past_zero():
    x = walk_of_weights([-3.0, 1.5, 0.0], 2).x
    assert x[1, 0] < 0 < x[2, 0]
    assert abs(x[2, 1] - 1.5) < (x[2, 0] + 3) / 6


def test_from_the_level_start_the_arrow_shrinks_and_grows_again():
    x = walk_of_weights([-3.0, 0.0, 0.0], 2).x
    assert np.linalg.norm(x[1, :2]) < 0.5 < x[2, 0]


def test_the_level_lines_belong_to_the_bias_that_fits_best():
    f = logistic.log_loss_surface(*CLOUDS)
    lowest = walk_of_weights([0.0, 0.0, 0.0], 2000).x[-1]
    assert np.allclose(lowest, [3.26, 0.95, 0.382], atol=5e-3)
    assert np.linalg.norm(f.gradient(lowest)) < 1e-6


def test_the_learned_weights_are_longer_than_the_hidden_ones():
    classes = data.lecture_classes(np.random.RandomState(1))
    slope = logistic.sample_log_loss_gradient(classes.x, classes.y)
    start = [*classes.w0, classes.b0]
    *_, theta = stochastic_descent(slope, start, classes.learning_rate, range(1000))
    longer = np.linalg.norm(theta[:3]) / np.linalg.norm(classes.target_w)
    assert round(longer, 1) == 2.8


def test_each_halving_of_the_probability_costs_the_same():
    costs = -np.log(0.5 ** np.array([1, 2, 4]))
    assert costs.round(2).tolist() == [0.69, 1.39, 2.77]


def test_the_badly_wrong_belief_has_a_steep_slope_by_the_answer_and_none_by_more_than_one():
    p = sigmoid(np.dot([-1, -1.5], [1, 2]))
    assert round(float(p), 2) == 0.02
    assert round(float(losses.log_loss_slope(p, 1)), 1) == -55.6
    assert round(float(p - 1), 2) == -0.98


def test_the_loop_of_the_switch_scores_before_it_learns():
    w, b, seen = SWITCH.w0, SWITCH.b0, []
    for x, y in zip(SWITCH.x, SWITCH.y, strict=True):
        p = sigmoid(w * x + b)
        seen.append(losses.log_loss(p, y))
        w, b = w + 0.1 * (y - p) * x, b + 0.1 * (y - p)
    assert np.allclose([w, b], learn_switch(0.1)[-1], rtol=1e-9)
    assert np.mean(seen[-100:]) < np.mean(seen[:100]) / 2


def test_the_walks_down_the_two_landscapes():
    """The numbers of the reveal, and that one loss bends downwards where the walks start."""
    logs = logistic.log_loss_surface(SWITCH.x, SWITCH.y)
    squares = logistic.scaled_cost_surface(SWITCH.x, SWITCH.y, scale=1)
    told = BOOK.read_text(encoding="utf-8")
    for f, words in (
        (logs, "from ${:.2f}$ to ${:.2f}$. On"),
        (squares, "from ${:.2f}$ to ${:.2f}$ and"),
    ):
        walk = follow(gradient_descent(f.gradient, [-6.0, 0.0], 3.0), f, 12, tolerance=None)
        assert words.format(walk.f[0], walk.f[-1]) in told
    plateau = gradient_descent(squares.gradient, [0.0, 6.0], 3.0)
    heights = follow(plateau, squares, 12, tolerance=None).f
    assert heights[0] - heights[-1] < 1e-3
    assert np.linalg.eigvalsh(logs.hessian([-6.0, 0.0])).min() > 0
    assert np.linalg.eigvalsh(squares.hessian([-6.0, 0.0])).min() < 0


def test_two_steps_turn_the_boundary():
    walk = walk_of_weights([-3.0, 1.5, 0.0], 2).x
    assert walk[0, 0] == -3
    assert walk[2, 0] > 0
    assert round(walk[2, 1], 1) == 1.0


def test_two_landscapes_from_far_away():
    squares = logistic.scaled_cost_surface(SWITCH.x, SWITCH.y, scale=1)
    heights = []
    for loss in (logistic.log_loss_surface(SWITCH.x, SWITCH.y), squares):
        path = follow(gradient_descent(loss.gradient, [-6.0, 0.0], 3.0), loss, 12, None)
        heights += [round(path.f[0], 2), round(path.f[-1], 2)]
    assert heights == [5.37, 0.22, 0.72, 0.65]
