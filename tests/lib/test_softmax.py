"""Softmax and cross entropy: their two-class case, their slopes, and scores of any size."""

import numpy as np
import pytest
from hypothesis import given
from scipy.special import log_softmax
from scipy.special import softmax as scipys

from lib.derivatives import check_gradient
from lib.losses import log_loss, log_loss_of_logit, sigmoid
from lib.network import (
    cross_entropy_layer,
    identity_layer,
    log_loss_layer,
    loss_and_gradient,
    loss_surface,
    pack,
    random_weights,
    tanh_layer,
)
from lib.softmax import cross_entropy, cross_entropy_slope, softmax
from tests.lib.strategies import seeds


def drawn(seed, m=6, classes=4):
    rng = np.random.default_rng(seed)
    return 5 * rng.standard_normal((m, classes)), np.eye(classes)[rng.integers(0, classes, m)]


@given(seeds)
def test_shares_add_up_to_one_and_are_scipys(seed):
    z, _ = drawn(seed)
    np.testing.assert_allclose(softmax(z).sum(axis=-1), 1, rtol=1e-14)
    np.testing.assert_allclose(softmax(z), scipys(z, axis=-1), rtol=1e-12)


@given(seeds)
def test_cross_entropy_is_minus_the_logarithm_at_the_truth(seed):
    z, y = drawn(seed)
    np.testing.assert_allclose(cross_entropy(z, y), -np.log(softmax(z)[y == 1]), rtol=1e-9)
    np.testing.assert_allclose(cross_entropy(z, y), -log_softmax(z, axis=-1)[y == 1], atol=1e-12)


def test_slope_of_the_cross_entropy_is_what_differences_say():
    z, y = drawn(3)
    z = z / 5  # where a score is far ahead, the differences are rounding
    check_gradient(lambda z: cross_entropy(z, y), lambda z: cross_entropy_slope(z, y), z)


@pytest.mark.parametrize("z", [-3.0, 0.0, 0.4, 7.0])
def test_two_classes_give_the_sigmoid_and_the_log_loss(z):
    np.testing.assert_allclose(softmax([z, 0.0]), [sigmoid(z), sigmoid(-z)], rtol=1e-14)
    assert cross_entropy([z, 0.0], [1, 0]) == pytest.approx(log_loss(sigmoid(z), 1), rel=1e-12)
    assert cross_entropy([z, 0.0], [0, 1]) == pytest.approx(log_loss_of_logit(z, 0), rel=1e-12)


def test_scores_may_be_as_large_as_floats_are():
    np.testing.assert_array_equal(softmax([1e300, 0, -1e300]), [1, 0, 0])
    assert cross_entropy([1000.0, 998.0], [0, 1]) == pytest.approx(2 + np.log1p(np.exp(-2)))
    assert cross_entropy([0.0, 1e300], [1, 0]) == 1e300


@pytest.mark.parametrize(
    ("z", "y", "wanted"),
    [
        ([1.0, np.nan], [1, 0], "z must be finite"),
        ([1.0, 2.0], [1, 1], "y must have one 1 along its last axis"),
        ([1.0, 2.0], [0, 0], "y must have one 1 along its last axis"),
        ([1.0, 2.0], [0.5, 0.5], "y must be labels 0 or 1"),
        ([1.0, 2.0, 3.0], [1, 0], "z and y must have one shape"),
        (1.0, [1, 0], "z must have shape"),
    ],
)
def test_wrong_scores_and_labels_are_told(z, y, wanted):
    with pytest.raises(ValueError, match=wanted):
        cross_entropy(z, y)


def test_the_way_back_through_a_network_is_its_slope():
    rng = np.random.default_rng(1)
    weights = random_weights((5, 3, 4), rng)
    x, y = rng.standard_normal((7, 5)), np.eye(4)[rng.integers(0, 4, 7)]
    surface = loss_surface(x, y, weights, (tanh_layer, identity_layer), cross_entropy_layer)
    check_gradient(surface, surface.gradient, pack(weights))


def test_two_classes_in_a_network_are_one_logit():
    """The scores (z, 0) under the cross entropy, and z under the log loss."""
    rng = np.random.default_rng(2)
    x, y = rng.standard_normal((9, 3)), (rng.random(9) < 0.5).astype(float)
    w, b = rng.standard_normal((3, 1)), rng.standard_normal(1)
    both = ((np.hstack([w, 0 * w]), np.append(b, 0)),)
    one = loss_and_gradient(((w, b),), x, y, (identity_layer,), log_loss_layer)
    labels = np.stack([y, 1 - y], axis=-1)
    two = loss_and_gradient(both, x, labels, (identity_layer,), cross_entropy_layer)
    assert one[0] == pytest.approx(two[0], rel=1e-12)
    np.testing.assert_allclose(two[1][0].w[:, :1], one[1][0].w, rtol=1e-10)
    np.testing.assert_allclose(two[1][0].b[:1], one[1][0].b, rtol=1e-10)


def test_many_networks_at_once_are_each_alone():
    rng = np.random.default_rng(3)
    x, y = rng.standard_normal((6, 3)), np.eye(2)[rng.integers(0, 2, 6)]
    w, b = rng.standard_normal((4, 3, 2)), rng.standard_normal((4, 2))
    losses, (slopes,) = loss_and_gradient(((w, b),), x, y, (identity_layer,), cross_entropy_layer)
    for k in range(4):
        alone = loss_and_gradient(((w[k], b[k]),), x, y, (identity_layer,), cross_entropy_layer)
        assert losses[k] == pytest.approx(alone[0], rel=1e-13)
        np.testing.assert_allclose(slopes.w[k], alone[1][0].w, rtol=1e-12)


def test_one_step_is_scikit_learns_to_eight_digits():
    """From the same weights, on the same 32 digits, one step of plain descent."""
    from sklearn.neural_network import MLPClassifier

    from lib.data import digits

    rng = np.random.default_rng(1)
    x, labels = digits().x[:32] / 16, digits().y[:32]
    (W, b), (V, c) = weights = random_weights((64, 16, 10), rng)
    options = {"solver": "sgd", "alpha": 0, "momentum": 0, "nesterovs_momentum": False}
    options |= {"batch_size": 32, "shuffle": False, "learning_rate_init": 0.5}
    peer = MLPClassifier((16,), activation="tanh", **options)
    peer.partial_fit(x, labels, classes=np.arange(10))
    for part, value in zip([*peer.coefs_, *peer.intercepts_], (W, V, b, c), strict=True):
        part[...] = value
    peer.partial_fit(x, labels)
    layers = tanh_layer, identity_layer
    _, slopes = loss_and_gradient(weights, x, np.eye(10)[labels], layers, cross_entropy_layer)
    for layer, slope, w, b in zip(weights, slopes, peer.coefs_, peer.intercepts_, strict=True):
        np.testing.assert_allclose(layer.w - 0.5 * slope.w, w, rtol=1e-8, atol=1e-12)
        np.testing.assert_allclose(layer.b - 0.5 * slope.b, b, rtol=1e-8, atol=1e-12)
