"""Layers and their way back, networks of any depth, packing, and the gradient four ways."""

from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import data, four_ways, tape
from lib.derivatives import central_gradient, central_hessian, check_gradient
from lib.descent import gradient_descent
from lib.network import (
    RELU_NET,
    SIGMOID_NET,
    TANH_NET,
    Layer,
    absolute_error_layer,
    chain,
    identity_layer,
    leaky_relu_layer,
    linear,
    log_loss_layer,
    loss_and_gradient,
    loss_surface,
    pack,
    random_weights,
    relu_layer,
    sigmoid_layer,
    squared_error_layer,
    tanh_layer,
    unpack,
)
from lib.path import follow
from tests.lib.strategies import numbers, seeds

ACTIVATIONS = {
    "identity": identity_layer,
    "sigmoid": sigmoid_layer,
    "tanh": tanh_layer,
    "relu": relu_layer,
}
ACTIVATIONS |= {"leaky_relu": leaky_relu_layer, "steeper": partial(leaky_relu_layer, slope=0.3)}
LOSSES = [log_loss_layer, absolute_error_layer, squared_error_layer]
layer_sizes = st.lists(st.integers(1, 4), min_size=2, max_size=5)


def net(seed, sizes, m=5):
    """Random weights, biases too, with samples and labels for them."""
    rng = np.random.default_rng(seed)
    weights = random_weights(sizes, rng)
    weights = unpack(pack(weights) + 0.3 * rng.normal(size=pack(weights).shape), weights)
    x = rng.normal(size=(m, sizes[0]))
    return weights, x, (rng.random((m, sizes[-1])) < 0.5).astype(float)


# Layers.


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS.keys())
def test_the_way_back_through_an_activation_is_its_slope(activation):
    x = np.random.default_rng(1).normal(size=(6, 3)) * 3
    check_gradient(lambda x: activation(x)[0], lambda x: activation(x)[1](np.ones_like(x)), x)
    d_out = np.random.default_rng(2).normal(size=(6, 3))
    slope = activation(x)[1](np.ones_like(x))
    np.testing.assert_allclose(activation(x)[1](d_out), d_out * slope, rtol=1e-14)


@given(seeds)
def test_the_way_back_through_a_linear_layer_is_the_slope_by_everything(seed):
    rng = np.random.default_rng(seed)
    m, n, k = rng.integers(1, 5, 3)
    x, w, b, d_out = (rng.normal(size=s) for s in ((m, n), (n, k), (k,), (m, k)))
    d_x, d_w, d_b = linear(x, w, b)[1](d_out)

    def along(x, w, b):  # a number whose slope by the output is d_out
        return (linear(x, w, b)[0] * d_out).sum()

    def numeric(f, value):
        f_flat = lambda flat: np.array(f(flat.reshape(value.shape)))  # noqa: E731
        return central_gradient(f_flat, value.ravel()).reshape(value.shape)

    np.testing.assert_allclose(d_x, numeric(lambda x: along(x, w, b), x), atol=1e-8)
    np.testing.assert_allclose(d_w, numeric(lambda w: along(x, w, b), w), atol=1e-8)
    np.testing.assert_allclose(d_b, numeric(lambda b: along(x, w, b), b), atol=1e-8)


def test_conventions_at_the_corner_are_the_notes():
    one = np.ones((1, 1))
    assert relu_layer(0 * one)[1](one) == 1
    assert leaky_relu_layer(0 * one, 0.2)[1](one) == 0.2
    assert absolute_error_layer(one, one)[1]() == 0


def test_a_dead_unit_passes_nothing_back_and_a_leaky_one_does():
    x = np.array([[-3.0]])
    assert relu_layer(x)[1](np.ones((1, 1))) == 0
    assert leaky_relu_layer(x)[1](np.ones((1, 1))) == 0.01


def test_a_layer_keeps_no_state():
    x, w, b = np.ones((2, 2)), np.eye(2), np.zeros(2)
    _, back = linear(x, w, b)
    linear(5 * x, 7 * w, b)
    d_x, d_w, _ = back(np.ones((2, 2)))
    np.testing.assert_array_equal(d_x, np.ones((2, 2)))
    np.testing.assert_array_equal(d_w, 2 * np.ones((2, 2)))


@pytest.mark.parametrize("loss", LOSSES)
def test_the_way_back_through_a_loss_is_its_slope(loss):
    rng = np.random.default_rng(3)
    out, y = rng.normal(size=(4, 2)), (rng.random((4, 2)) < 0.5).astype(float)
    flat = central_gradient(lambda out: loss(out.reshape(4, 2), y)[0], out.ravel())
    np.testing.assert_allclose(loss(out, y)[1](), flat.reshape(4, 2), atol=1e-9)


@pytest.mark.parametrize("y", [0.0, 1.0])
def test_the_way_back_through_the_log_loss_keeps_the_digits_of_a_sure_answer(y):
    z = np.array([[30.0], [40.0], [700.0]]) * (2 * y - 1)
    expected = (1 - 2 * y) * np.exp(-np.abs(z)) / 3
    np.testing.assert_allclose(log_loss_layer(z, np.full((3, 1), y))[1](), expected, rtol=1e-12)


def test_true_and_false_are_labels():
    weights, x, y = net(9, (2, 3, 1))
    same = loss_and_gradient(weights, x, y == 1, SIGMOID_NET, log_loss_layer)[0]
    assert same == loss_and_gradient(weights, x, y, SIGMOID_NET, log_loss_layer)[0]


def test_data_that_changes_later_does_not_change_a_surface():
    weights, x, y = net(10, (2, 3, 1))
    surface = loss_surface(x, y, weights, SIGMOID_NET, log_loss_layer)
    before = surface(pack(weights)), surface.gradient(pack(weights)).tolist()
    vector = pack(weights)
    x += 1
    y[:] = np.nan
    weights[0].w[:] = 9
    assert (surface(vector), surface.gradient(vector).tolist()) == before


# Networks.


@given(seeds, layer_sizes, st.sampled_from(list(ACTIVATIONS)), st.sampled_from(LOSSES))
@settings(max_examples=60)
def test_any_depth_any_activation_any_loss_has_a_true_gradient(seed, sizes, name, loss):
    weights, x, y = net(seed, sizes)
    activations = (ACTIVATIONS[name],) * (len(sizes) - 2) + (identity_layer,)
    value, gradient = loss_and_gradient(weights, x, y, activations, loss)
    surface = loss_surface(x, y, weights, activations, loss)
    assert surface(pack(weights)) == value
    np.testing.assert_array_equal(surface.gradient(pack(weights)), pack(gradient))
    numeric = central_gradient(surface, pack(weights))
    kinked = name in ("relu", "leaky_relu", "steeper") or loss is absolute_error_layer
    far = np.abs(numeric - pack(gradient)) > 1e-7
    assert far.sum() == 0 or (kinked and near_a_kink(weights, x, y, activations))


def near_a_kink(weights, x, y, activations):
    """Whether a sample stands so near a corner that central differences straddle it."""
    out, closest = x, []
    for (w, b), activation in zip(weights, activations, strict=True):
        z = out @ w + b
        closest.append(np.abs(z).min())
        out = activation(z)[0]
    return min(*closest, np.abs(out - y).min()) < 1e-4


@given(seeds, layer_sizes)
def test_pack_and_unpack_are_inverse(seed, sizes):
    weights, _, _ = net(seed, sizes)
    vector = pack(weights)
    assert vector.shape == (sum((n + 1) * k for n, k in pairwise(sizes)),)
    for layer, again in zip(weights, unpack(vector, weights), strict=True):
        np.testing.assert_array_equal(layer.w, again.w)
        np.testing.assert_array_equal(layer.b, again.b)
    np.testing.assert_array_equal(pack(unpack(vector[::-1], weights)), vector[::-1])


def test_the_order_of_the_packed_weights_is_the_notes():
    like = random_weights((2, 2, 1), np.random.default_rng(1))
    ((w11, w12), (w21, w22)), (b1, b2) = unpack(np.arange(9), like)[0]
    assert [w11, w12, w21, w22, b1, b2] == [0, 1, 2, 3, 4, 5]


@given(seeds, layer_sizes)
@settings(max_examples=30)
def test_many_networks_at_once_equal_one_by_one(seed, sizes):
    weights, x, y = net(seed, sizes)
    activations = (tanh_layer,) * (len(sizes) - 2) + (identity_layer,)
    surface = loss_surface(x, y, weights, activations, log_loss_layer)
    many = pack(weights) + np.random.default_rng(seed).normal(size=(3, 2, pack(weights).size))
    gradients = surface.gradient(many)
    for i in np.ndindex(3, 2):
        assert surface(many)[i] == pytest.approx(surface(many[i]), rel=1e-12)
        np.testing.assert_allclose(gradients[i], surface.gradient(many[i]), atol=1e-13)


def test_the_hessian_of_a_network_is_symmetric_and_true():
    weights, x, y = net(5, (2, 2, 1))
    surface = loss_surface(x, y, weights, SIGMOID_NET, log_loss_layer)
    hessian = surface.hessian(pack(weights))
    np.testing.assert_allclose(hessian, hessian.T, atol=1e-9)
    np.testing.assert_allclose(hessian, central_hessian(surface, pack(weights)), atol=1e-6)


def test_gradient_has_the_type_and_shapes_of_the_weights():
    weights, x, y = net(6, (3, 4, 2))
    _, gradient = loss_and_gradient(weights, x, y, SIGMOID_NET, log_loss_layer)
    assert [type(layer) for layer in gradient] == [Layer, Layer]
    assert [np.shape(part) for layer in gradient for part in layer] == [(3, 4), (4,), (4, 2), (2,)]


def test_targets_may_come_without_an_axis():
    weights, x, y = net(7, (2, 3, 1))
    assert (
        loss_and_gradient(weights, x, y[:, 0], SIGMOID_NET, log_loss_layer)[0]
        == loss_and_gradient(weights, x, y, SIGMOID_NET, log_loss_layer)[0]
    )


def test_a_hidden_layer_learns_xor_from_some_starts_and_half_of_it_from_others():
    x, y = data.xor()
    like = random_weights((2, 2, 1), np.random.default_rng(1))
    surface = loss_surface(x, y, like, (tanh_layer, identity_layer), log_loss_layer)
    starts = np.random.default_rng(2).normal(size=(8, 9))
    path = follow(gradient_descent(surface.gradient, starts, 1.0), surface, steps=1500)
    learnt, stuck = path.f[-1] < 0.01, np.abs(path.f[-1] - np.log(2) / 2) < 0.01
    assert learnt.any()
    assert (learnt | stuck).all()
    best = unpack(path.x[-1, path.f[-1].argmin()], like)
    logits, _ = chain(best, x, (tanh_layer, identity_layer))
    np.testing.assert_array_equal(logits[:, 0] > 0, y == 1)


def test_random_weights_keep_the_spread_and_repeat_with_their_rng():
    weights = random_weights((400, 300), np.random.default_rng(1))
    x = np.random.default_rng(2).normal(size=(500, 400))
    assert (x @ weights[0].w).std() == pytest.approx(1, rel=0.02)
    np.testing.assert_array_equal(
        weights[0].w, random_weights((400, 300), np.random.default_rng(1))[0].w
    )


def test_a_network_that_runs_away_is_a_value():
    weights, x, y = net(8, (2, 3, 1))
    surface = loss_surface(x, 1e6 * y, weights, RELU_NET, squared_error_layer)
    path = follow(gradient_descent(surface.gradient, pack(weights), 1e3), surface)
    assert path.stopped == "diverged"


# Four ways.


@given(seeds)
def test_the_2_2_1_net_has_one_gradient_by_four_ways(seed):
    weights, x, y = net(seed, (2, 2, 1), m=4)
    hands = [four_ways.log_loss_by_hand(weights, x[i], y[i, 0]) for i in range(4)]
    by_hand = np.mean([pack(gradient) for gradient in hands], axis=0)
    by_loops = pack(four_ways.log_loss_by_loops(weights, x, y[:, 0]))
    by_tape = pack(four_ways.log_loss_by_tape(weights, x, y[:, 0]))
    vectorised = pack(loss_and_gradient(weights, x, y, SIGMOID_NET, log_loss_layer)[1])
    for gradient in (by_hand, by_loops, by_tape):
        np.testing.assert_allclose(gradient, vectorised, rtol=1e-10, atol=1e-15)


@given(seeds, st.lists(st.integers(1, 3), min_size=1, max_size=4))
@settings(max_examples=30)
def test_loops_tape_and_vectors_agree_at_any_depth(seed, sizes):
    weights, x, y = net(seed, (*sizes, 1), m=3)
    activations = (sigmoid_layer,) * len(weights)
    activations = (*activations[:-1], identity_layer)
    vectorised = pack(loss_and_gradient(weights, x, y, activations, log_loss_layer)[1])
    for way in (four_ways.log_loss_by_loops, four_ways.log_loss_by_tape):
        np.testing.assert_allclose(
            pack(way(weights, x, y[:, 0])), vectorised, rtol=1e-9, atol=1e-15
        )


@pytest.mark.parametrize(
    ("by_hand", "activations"),
    [(four_ways.relu_by_hand, RELU_NET), (four_ways.tanh_by_hand, TANH_NET)],
)
@given(seed=seeds)
def test_small_nets_by_hand_equal_the_layers(by_hand, activations, seed):
    weights, x, _ = net(seed, (1, 1, 1), m=1)
    y = np.random.default_rng(seed).normal(size=1)
    vectorised = loss_and_gradient(weights, x, y, activations, absolute_error_layer)[1]
    np.testing.assert_allclose(
        pack(by_hand(weights, x.item(), y.item())), pack(vectorised), rtol=1e-12, atol=1e-15
    )


@given(seeds, st.sampled_from([0, 1]))
def test_three_neurons_in_a_row_by_hand_equal_the_layers(seed, y):
    weights, x, _ = net(seed, (1, 1, 1, 1), m=1)
    vectorised = loss_and_gradient(
        weights, x, [y], (sigmoid_layer, sigmoid_layer, identity_layer), log_loss_layer
    )[1]
    np.testing.assert_allclose(
        pack(four_ways.chain_by_hand(weights, x.item(), y)), pack(vectorised), rtol=1e-10
    )


# The tape.


@given(numbers(-3, 3), numbers(-3, 3))
def test_the_tape_knows_the_rules(a, b):
    x, y = tape.Number(a), tape.Number(b)
    z = 2 - x * y + (x - 3) * x * 0.5 + tape.taped_sigmoid(x * y) + tape.taped_softplus(-y)
    s = 1 / (1 + np.exp(-a * b))
    expected = [-b + a - 1.5 + s * (1 - s) * b, -a + s * (1 - s) * a - 1 / (1 + np.exp(b))]
    np.testing.assert_allclose(tape.gradient(z, [x, y]), expected, atol=1e-13)


@given(numbers(-3, 3), numbers(-3, 3))
def test_every_operation_of_the_tape_has_the_slope_that_is_measured(a, b):
    def f(x, y):
        bent = tape.taped_tanh(x * y - 1) + tape.taped_softplus(-x) * tape.taped_sigmoid(y)
        return 2 - bent - tape.taped_relu(x + 3.5) * (y - x)

    x, y = tape.Number(a), tape.Number(b)
    found = tape.gradient(f(x, y), [x, y])

    def value(point):
        return f(*map(tape.Number, point)).value

    np.testing.assert_allclose(found, central_gradient(value, [a, b]), atol=1e-7)


def test_numbers_say_how_they_were_made_and_stand_behind_what_they_came_from():
    x, y = tape.Number(2.0), tape.Number(3.0)
    order = tape.in_order(tape.taped_relu(x * y - x) + 1)
    assert [number.operation for number in order if number.parents] == ["·", "−", "ReLU", "+"]
    assert [tape.taped_tanh(x).operation, (-x).operation] == ["tanh", "−"]
    for k, number in enumerate(order):
        assert all(parent in order[:k] for parent, _ in number.parents)
    relu = tape.taped_relu(tape.Number(-1.0))
    assert (relu.value, tape.gradient(relu, [relu.parents[0][0]])) == (0.0, [0.0])


def test_a_number_used_often_collects_every_way():
    x = tape.Number(2.0)
    y = x
    for _ in range(50):
        y = y + y
    assert tape.gradient(y, [x]) == [2.0**50]
    assert tape.gradient(x, [x, tape.Number(1)]) == [1.0, 0.0]


# Bad input.


def pair():
    return Layer(np.ones((2, 3)), np.ones(3)), Layer(np.ones((3, 1)), np.ones(1))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: linear([[1, 2]], np.ones((3, 1)), [1]), ValueError, r"x must have shape \(m, 3\)"),
        (lambda: linear([[1, 2]], np.ones((2, 1)), [1, 2]), ValueError, "w and b must have shapes"),
        (lambda: linear([1, 2], np.ones((2, 1)), [1]), ValueError, r"x must have shape \(m, 2\)"),
        (
            lambda: tanh_layer([[1.0]])[1]([1.0]),
            ValueError,
            r"d_out must have shape \(1, 1\), got \(1,\)",
        ),
        (
            lambda: relu_layer(np.ones((3, 1)))[1](np.ones(3)),
            ValueError,
            r"d_out must have shape \(3, 1\), got \(3,\)",
        ),
        (
            lambda: linear(np.ones((3, 2)), np.ones((2, 1)), [0])[1](np.ones(3)),
            ValueError,
            r"d_out must have shape \(3, 1\), got \(3,\)",
        ),
        (
            lambda: chain(pair(), [[1, 2]], (np.tanh, identity_layer)),
            TypeError,
            r"each of activations must return \(out, back\)",
        ),
        (
            lambda: chain(pair(), [[1, 2], [3, 4]], (lambda x: x[:, :1] * [1, 1], identity_layer)),
            TypeError,
            r"each of activations must return \(out, back\)",
        ),
        (
            lambda: chain(pair(), [[1, 2]], (lambda x: (x[0], relu_layer(x)[1]), identity_layer)),
            ValueError,
            r"out of each of activations must have shape \(1, 3\), got \(3,\)",
        ),
        (
            lambda: loss_and_gradient(
                pair(), [[1, 2]], [1], SIGMOID_NET, lambda z, y: (z - y).sum()
            ),
            TypeError,
            r"loss must return \(out, back\)",
        ),
        (
            lambda: log_loss_layer(np.ones((3, 1)), np.ones(3)),
            ValueError,
            r"y must have shape \(3, 1\), got \(3,\)",
        ),
        (lambda: relu_layer("x"), TypeError, "x must be real numbers, got 'x'"),
        (lambda: chain(7, [[1, 2]], SIGMOID_NET), TypeError, "weights must be iterable, got 7"),
        (lambda: chain((), [[1, 2]], ()), ValueError, "weights must hold at least one layer"),
        (
            lambda: chain((1, 2), [[1, 2]], SIGMOID_NET),
            TypeError,
            r"a tuple of Layer\(w, b\), got 1",
        ),
        (
            lambda: chain(pair()[::-1], [[1]], SIGMOID_NET),
            ValueError,
            "of layer 1 must have 1 inputs",
        ),
        (
            lambda: chain(pair(), [[1, 2]], (relu_layer,)),
            ValueError,
            "activations must be 2, one a layer",
        ),
        (
            lambda: chain(pair(), [[1, 2]], (relu_layer, 3)),
            TypeError,
            "each of activations must be a func",
        ),
        (lambda: chain(pair(), [[1, np.nan]], SIGMOID_NET), ValueError, "x must be finite"),
        (
            lambda: chain(pair(), [[1, 2, 3]], SIGMOID_NET),
            ValueError,
            r"x must have shape \(m, 2\)",
        ),
        (
            lambda: loss_and_gradient(pair(), [[1, 2]], [0, 1], SIGMOID_NET, log_loss_layer),
            ValueError,
            r"y must have shape \(1, 1\), got \(2, 1\)",
        ),
        (
            lambda: loss_and_gradient(pair(), [[1, 2]], [2], SIGMOID_NET, log_loss_layer),
            ValueError,
            "y must be labels 0 or 1",
        ),
        (
            lambda: loss_surface([[1, 2]], [np.inf], pair(), SIGMOID_NET, squared_error_layer),
            ValueError,
            "y must be finite",
        ),
        (lambda: unpack([1, 2], pair()), ValueError, "vector must have a last axis of 13"),
        (lambda: random_weights((2, 1), 1), TypeError, "rng must be a numpy.random.Generator"),
        (
            lambda: random_weights((2,), np.random.default_rng(1)),
            ValueError,
            "sizes must name the inputs",
        ),
        (
            lambda: random_weights((2, 0), np.random.default_rng(1)),
            ValueError,
            "sizes must be at least 1, got 0",
        ),
        (
            lambda: four_ways.log_loss_by_hand(pair(), [1, 2], 1),
            ValueError,
            r"weights must have layers of shapes \[\(2, 2\), \(2, 1\)\]",
        ),
        (
            lambda: four_ways.log_loss_by_loops(pair(), [[1, 2]], [3]),
            ValueError,
            "y must be labels 0 or 1",
        ),
        (lambda: tape.Number("a"), TypeError, "value must be real numbers, got 'a'"),
        (lambda: tape.Number(1) + "a", TypeError, "value must be real numbers, got 'a'"),
        (lambda: tape.gradient(1.0, []), TypeError, "output must be a Number, got 1.0"),
        (lambda: tape.gradient(tape.Number(1), "x"), TypeError, "inputs must be a Number, got 'x'"),
        (lambda: unpack([1, 2], 3), TypeError, "like must be iterable, got 3"),
        (lambda: leaky_relu_layer(1.0, np.nan), ValueError, "slope must be finite, got nan"),
        (
            lambda: leaky_relu_layer(1.0, "steep"),
            TypeError,
            "slope must be real numbers, got 'steep'",
        ),
        (lambda: log_loss_layer("a", [[1]]), TypeError, "z must be real numbers, got 'a'"),
        (lambda: log_loss_layer([1, 1], [1, 1]), ValueError, r"z must have shape \(m, outputs\)"),
        (
            lambda: loss_and_gradient(pair(), [[1, 2]], [1], SIGMOID_NET, "log"),
            TypeError,
            "loss must be a function, got 'log'",
        ),
        (
            lambda: four_ways.log_loss_by_tape(None, [[1, 2]], [1]),
            TypeError,
            "weights must be iterable, got None",
        ),
    ],
)
def test_bad_input(call, error, words):
    with pytest.raises(error, match=words):
        call()
