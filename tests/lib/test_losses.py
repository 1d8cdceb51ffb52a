"""Losses: slopes, stability, and the theorems about their minimisers."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import losses
from lib.derivatives import check_gradient
from tests.lib.strategies import numbers

PAIRS = [
    (losses.squared_error, losses.squared_error_slope),
    (losses.absolute_error, losses.absolute_error_slope),
    (losses.log_loss, losses.log_loss_slope),
    (losses.log_loss_of_logit, losses.log_loss_of_logit_slope),
]
several = st.lists(numbers(-100, 100), min_size=1, max_size=9)


@pytest.mark.parametrize(("loss", "slope"), PAIRS)
@pytest.mark.parametrize("y", [0, 1])
def test_slopes_are_slopes(loss, slope, y):
    prediction = np.linspace(0.05, 0.95, 40)
    check_gradient(lambda p: loss(p, y), lambda p: slope(p, y), prediction)


@pytest.mark.parametrize(("loss", "slope"), PAIRS)
def test_rows_of_predictions_meet_one_row_of_targets(loss, slope):
    prediction, y = np.full((3, 4), 0.25), np.array([0, 1, 1, 0])
    for function in (loss, slope):
        table = function(prediction, y)
        assert table.shape == (3, 4)
        assert table[1, 2] == function(0.25, 1)
        np.testing.assert_array_equal(function(0.25, y), table[0])
        assert function(prediction, 1).shape == (3, 4)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize(
    ("prediction", "y"),
    [
        ((3, 1), (3,)),
        ((3,), (3, 1)),
        ((3, 1), (4,)),
        ((1, 3), (3, 1)),
        ((2, 3), (2,)),
        ((1,), (3,)),
    ],
)
def test_a_column_is_never_compared_with_a_row(pair, prediction, y):
    for function in pair:
        with pytest.raises(ValueError, match="must have one shape, or one must be a number"):
            function(np.full(prediction, 0.25), np.ones(y))


@pytest.mark.parametrize("loss", [pair[0] for pair in PAIRS])
@given(p=numbers(0, 1), y=st.sampled_from([0, 1]))
def test_losses_are_never_negative(loss, p, y):
    assert loss(p, y) >= 0


@given(several)
def test_the_mean_minimises_the_squared_loss(points):
    mean = np.mean(points)
    others, points = np.broadcast_arrays(np.linspace(-100, 100, 201)[:, None], points)
    best = losses.squared_error(mean, points[0]).sum()
    assert (losses.squared_error(others, points).sum(axis=1) >= best * (1 - 1e-12)).all()
    assert losses.squared_error_slope(mean, points[0]).sum() == pytest.approx(0, abs=1e-9)


@given(several)
def test_the_median_minimises_the_absolute_loss(points):
    best = losses.absolute_error(np.median(points), points).sum()
    others = np.concatenate([points, np.linspace(-100, 100, 201)])[:, None]
    others, points = np.broadcast_arrays(others, points)
    assert (losses.absolute_error(others, points).sum(axis=1) >= best - 1e-11).all()


@given(st.integers(1, 30), st.integers(1, 30))
def test_the_share_of_heads_minimises_the_log_loss(heads, tails):
    y = np.repeat([1, 0], [heads, tails])
    share = heads / (heads + tails)
    assert losses.log_loss_slope(share, y).sum() == pytest.approx(0, abs=1e-10)
    others = np.repeat(np.linspace(0.01, 0.99, 99)[:, None], len(y), axis=1)
    assert (losses.log_loss(others, y).sum(axis=1) >= losses.log_loss(share, y).sum() - 1e-11).all()


@pytest.mark.parametrize("z", [0.0, 1.0, -1.0, 36.7, 40.0, -40.0, 800.0, -800.0, 1e300])
@pytest.mark.parametrize("y", [0, 1])
def test_log_loss_of_a_logit_is_exact_at_any_size(z, y):
    right = z if y else -z  # how far z leans to the right side
    expected = math.log1p(math.exp(-right)) if right > -30 else -right
    assert losses.log_loss_of_logit(z, y) == pytest.approx(expected, rel=1e-12, abs=0)
    slope = losses.log_loss_of_logit_slope(z, y)
    assert -1 <= slope <= 1
    assert slope * (1 if y == 0 else -1) >= 0


@given(numbers(-700, 700))
def test_the_slope_by_the_logit_keeps_its_digits_where_it_is_small(z):
    exact = 1 / (1 + Fraction(math.exp(abs(z))))  # 1 − σ(|z|)
    right, wrong = (1, 0) if z >= 0 else (0, 1)
    slopes = [losses.log_loss_of_logit_slope(z, y) for y in (right, wrong)]
    small, large = float(exact), float(1 - exact)
    assert np.abs(slopes) == pytest.approx([small, large], rel=1e-13, abs=0)
    assert np.sign(slopes).tolist() == [1 - 2 * right, 1 - 2 * wrong]


@given(numbers(-30, 30), st.sampled_from([0, 1]))
def test_both_log_losses_agree_where_both_can(z, y):
    p = losses.sigmoid(z)
    rounding = 3e-16 * math.exp(abs(z))  # of p near 1, as seen by ln(1 − p)
    assert losses.log_loss(p, y) == pytest.approx(
        losses.log_loss_of_logit(z, y), rel=1e-12, abs=rounding
    )


def test_surely_wrong_is_infinitely_bad_and_surely_right_is_free():
    np.testing.assert_array_equal(
        losses.log_loss([0, 1, 0, 1], [0, 1, 1, 0]), [0, 0, np.inf, np.inf]
    )
    np.testing.assert_array_equal(
        losses.log_loss_slope([0, 1, 0, 1], [0, 1, 1, 0]), [1, -1, -np.inf, np.inf]
    )


@given(numbers(-700, 700))
def test_sigmoid_is_symmetric_and_matches_exact_arithmetic(z):
    exact = 1 / (1 + Fraction(math.exp(-abs(z))))
    exact = exact if z >= 0 else 1 - exact
    assert losses.sigmoid(z) == pytest.approx(float(exact), rel=1e-14, abs=0)
    assert losses.sigmoid(z) + losses.sigmoid(-z) == pytest.approx(1, rel=1e-15)


def test_sigmoid_at_the_ends():
    np.testing.assert_array_equal(
        losses.sigmoid([-np.inf, -1e9, 0, 1e9, np.inf]), [0, 0, 0.5, 1, 1]
    )
    assert losses.sigmoid(36.7) < 1 == losses.sigmoid(36.8)


def test_softplus_is_the_log_loss_of_label_zero():
    z = np.linspace(-50, 50, 101)
    np.testing.assert_array_equal(losses.softplus(z), losses.log_loss_of_logit(z, 0))
    check_gradient(losses.softplus, losses.sigmoid, z)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda: losses.squared_error([1, 2], [1, 2, 3]),
            ValueError,
            r"prediction \(2,\), y \(3,\)",
        ),
        (lambda: losses.squared_error(np.ma.array([1, 2], mask=[0, 1]), 1), TypeError, "no masked"),
        (lambda: losses.squared_error([1, True], 1), TypeError, r"real numbers, got \[1, True\]"),
        (lambda: losses.squared_error(1, "1"), TypeError, "y must be real numbers, got '1'"),
        (lambda: losses.squared_error(np.nan, 1), ValueError, "prediction must be finite, got nan"),
        (lambda: losses.absolute_error(1, np.inf), ValueError, "y must be finite, got inf"),
        (lambda: losses.absolute_error([], []), ValueError, "prediction must not be empty"),
        (lambda: losses.log_loss(1.1, 1), ValueError, r"probability must be in \[0, 1\], got 1.1"),
        (lambda: losses.log_loss_slope(-0.1, 1), ValueError, "probability must be in"),
        (lambda: losses.log_loss(0.5, 2), ValueError, "y must be labels 0 or 1, got 2"),
        (lambda: losses.log_loss_of_logit(0.5, -1), ValueError, "y must be labels 0 or 1, got -1"),
        (lambda: losses.log_loss_of_logit("a", 1), TypeError, "z must be real numbers, got 'a'"),
        (lambda: losses.sigmoid(None), TypeError, "z must be real numbers, got None"),
    ],
)
def test_bad_input(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_log_loss_slope_of_a_probability_next_to_zero_is_infinite():
    assert losses.log_loss_slope(2e-313, 1) == -np.inf
    assert losses.log_loss_slope(2e-313, 0) == 1
