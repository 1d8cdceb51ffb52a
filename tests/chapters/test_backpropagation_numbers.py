"""The numbers that the prose and the solutions of the chapter on backpropagation quote."""

from functools import partial

import numpy as np
import pytest

from lib import four_ways, network, tape
from lib.data import xor
from lib.descent import gradient_descent, momentum
from lib.losses import log_loss, sigmoid
from lib.network import SIGMOID_NET, Layer, pack, unpack
from lib.path import follow

THETA = np.array([0.1, -0.2, 0.4, 0.3, 0.05, -0.1, 0.7, -0.5, 0.2])
NET = Layer(np.reshape(THETA[:4], (2, 2)), THETA[4:6]), Layer(THETA[6:8, None], THETA[8:])
X, Y = np.array([1.5, -0.8]), 1
HINGE = Layer([[0.5]], [0.3]), Layer([[0.8]], [-0.1])


def slopes_of(theta, label=Y):
    return pack(four_ways.log_loss_by_hand(unpack(theta, NET), X, label))


def test_the_example():
    a1, a2 = sigmoid(X @ NET[0].w + NET[0].b)
    answer = sigmoid(np.array([a1, a2]) @ NET[1].w[:, 0] + NET[1].b[0])
    assert np.round([a1, a2, answer], 4).tolist() == [0.47, 0.3452, 0.5882]
    assert round(log_loss(answer, Y), 4) == 0.5307
    assert round(a2 * (1 - a2), 4) == 0.2261
    assert (THETA - slopes_of(THETA))[6:].round(4).tolist() == [0.8936, -0.3578, 0.6118]


def test_which_knobs_want_to_go_down_and_which_is_steepest():
    names = ["w11", "w12", "w21", "w22", "b1", "b2", "w1", "w2", "b"]
    gradient = slopes_of(THETA)
    assert [names[k] for k in np.flatnonzero(gradient > 0)] == ["w12", "w21", "b2"]
    assert names[np.abs(gradient).argmax()] == "b"


def test_another_label_multiplies_all_slopes_by_one_number_and_no_weight_takes_the_blame():
    answer = Y + slopes_of(THETA)[8]  # the slope by the last bias is ŷ − y
    assert np.allclose(slopes_of(THETA, 0) / slopes_of(THETA), answer / (answer - 1), rtol=1e-12)
    cut = np.where(np.arange(9) == 6, 0, THETA)
    assert not slopes_of(cut)[[0, 2, 4]].any()


def test_layers_library_and_tape_give_the_nine_slopes():
    _, slopes = network.loss_and_gradient(NET, [X], [Y], SIGMOID_NET, network.log_loss_layer)
    assert np.allclose(pack(slopes), slopes_of(THETA), rtol=1e-12)
    numbers = [tape.Number(weight) for weight in THETA]
    w11, w12, w21, w22, b1, b2, w1, w2, b = numbers
    a1 = tape.taped_sigmoid(X[0] * w11 + X[1] * w21 + b1)
    a2 = tape.taped_sigmoid(X[0] * w12 + X[1] * w22 + b2)
    loss = tape.taped_softplus(-(a1 * w1 + a2 * w2 + b))
    assert np.allclose(tape.gradient(loss, numbers), slopes_of(THETA), rtol=1e-12)


def test_tanh_is_a_stretched_sigmoid():
    assert round(float(np.tanh(1)), 4) == 0.7616 == round(float(2 * sigmoid(2) - 1), 4)


def test_counts_of_a_large_network():
    assert pack(network.random_weights((784, 100, 10), np.random.default_rng(1))).size == 79510
    assert 2 * 79510 * 79400 > 1.2e10


def test_slopes_of_softplus():
    assert sigmoid(np.array([-5, 0, 5])).round(4).tolist() == [0.0067, 0.5, 0.9933]


# Learning what no line can part.


@pytest.fixture(scope="module")
def xor_losses():
    """The losses of the five starts at a rate, shape (steps + 1,), by start and rate."""
    f = network.loss_surface(*xor(), NET, SIGMOID_NET, network.log_loss_layer)
    seeds = {"A": 0, "B": 1, "C": 3, "D": 2, "E": 6}
    starts = np.stack([np.random.default_rng(seed).normal(size=9) for seed in seeds.values()])
    walks = {rate: gradient_descent(f.gradient, starts, rate) for rate in (2.0, 8.0)}
    runs = {rate: follow(walk, f, 1000, tolerance=None).f for rate, walk in walks.items()}
    return lambda start, rate: runs[rate][:, list(seeds).index(start)]


def test_four_starts_arrive_and_one_rests_on_the_plateau(xor_losses):
    assert abs(xor_losses("E", 2.0)[-1] - np.log(2) / 2) < 0.01
    assert max(xor_losses(start, 2.0)[-1] for start in "ABCD") < 0.01
    assert abs(xor_losses("D", 2.0)[450:600] - np.log(2) / 2).max() < 0.03


def test_a_bold_rate_throws_the_good_starts_onto_the_plateau(xor_losses):
    plateau = [xor_losses(start, 8.0)[-1] for start in "ABC"]
    assert np.allclose(plateau, np.log(2) / 2, atol=0.01)
    assert xor_losses("D", 8.0)[-1] < 0.01


def test_the_loop_on_the_page_ends_where_the_walk_ends(xor_losses):
    (corners, labels), wanted = xor(), xor().y[:, None]
    (w, b), (v, c) = unpack(np.random.default_rng(0).normal(size=9), NET)
    for _ in range(1000):
        a = sigmoid(corners @ w + b)
        d_z = (sigmoid(a @ v + c) - wanted) / 4
        d_h = d_z @ v.T * a * (1 - a)
        w, b = w - 2 * corners.T @ d_h, b - 2 * d_h.sum(axis=0)
        v, c = v - 2 * a.T @ d_z, c - 2 * d_z.sum(axis=0)
    loss = log_loss(sigmoid(sigmoid(corners @ w + b) @ v + c)[:, 0], labels).mean()
    assert np.isclose(loss, xor_losses("A", 2.0)[-1], rtol=1e-9)


def by_lines(rate, seed):
    """The losses and the four answers of the loop that is written line by line, (1001, 5)."""
    (x1, x2), labels = xor().x.T, xor().y
    new, track = np.random.default_rng(seed).normal(size=9), []
    for _ in range(1001):
        w11, w12, w21, w22, b1, b2, w1, w2, b = new
        a1 = sigmoid(x1 * w11 + x2 * w21 + b1)
        a2 = sigmoid(x1 * w12 + x2 * w22 + b2)
        y_hat = sigmoid(a1 * w1 + a2 * w2 + b)
        track.append([log_loss(y_hat, labels).mean(), *y_hat])
        d = y_hat - labels
        d1, d2 = d * w1 * a1 * (1 - a1), d * w2 * a2 * (1 - a2)
        to = [x1 * d1, x1 * d2, x2 * d1, x2 * d2, d1, d2, a1 * d, a2 * d, d]
        new = new - rate * np.mean(to, axis=1)
    return np.array(track)


def test_the_lines_walk_as_the_library_walks(xor_losses):
    assert np.allclose(by_lines(2.0, 0)[:, 0], xor_losses("A", 2.0), rtol=1e-9)


def test_the_loss_of_the_lines_falls_in_stages():
    bold, late = by_lines(2.0, 0), by_lines(2.0, 2)
    assert abs(bold[50:100, 1:] - 0.5).max() < 0.05
    assert bold[300, 0] < 0.1
    assert abs(late[450:600, 0] - np.log(2) / 2).max() < 0.03
    assert abs(late[450:600, [1, 3]] - 0.5).max() < 0.03
    assert late[700, 0] < 0.1
    assert by_lines(0.5, 0)[-1, 0].round(2) == 0.17
    assert by_lines(0.5, 2)[-1, 0] > np.log(2) / 2


# The disc.


def disc():
    """The 60 points and which of them are ones."""
    rng = np.random.default_rng(3)
    inside = np.arange(60) < 24
    radius = np.where(inside, rng.uniform(0, 0.9, 60), rng.uniform(1.3, 1.9, 60))
    turn = rng.uniform(0, 2 * np.pi, 60)
    return np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=-1), inside


def six(seed):
    return network.random_weights((2, 6, 1), np.random.default_rng(seed))


def sized(units, seed):
    (w, b), (v, c) = six(seed)
    on = np.arange(6) < units
    return pack((Layer(w * on, b), Layer(v * on[:, None], c)))


@pytest.fixture(scope="module")
def disc_runs():
    """The walks of all sizes and both starts, x of shape (401, 2, 6, p), by rate."""
    points, inside = disc()
    bends = network.tanh_layer, network.identity_layer
    f = network.loss_surface(points, inside, six(1), bends, network.log_loss_layer)
    starts = np.array([[sized(units, seed) for units in range(1, 7)] for seed in (1, 3)])
    walks = {rate: momentum(f.gradient, starts, rate) for rate in (0.02, 0.2, 16)}
    return {rate: follow(walk, f, 400, tolerance=None) for rate, walk in walks.items()}


def right_of_60(runs, units, start=0):
    points, inside = disc()
    weights = unpack(runs[0.2].x[-1, start, units - 1], six(1))
    out, _ = network.chain(weights, points, (network.tanh_layer, network.identity_layer))
    return int(((out[:, 0] > 0) == inside).sum())


def test_three_neurons_fence_the_disc_in_and_two_do_not(disc_runs):
    right = partial(right_of_60, disc_runs)
    assert max(right(1), right(2)) < 60 == min(map(right, (3, 4, 5, 6)))
    assert max(right(1, 1), right(2, 1)) < 60 == right(3, 1)


def test_a_neuron_whose_weights_are_zero_stays_at_zero(disc_runs):
    end = unpack(disc_runs[0.2].x[-1, 0, 0], six(1))
    assert not np.delete(end[0].w, 0, axis=-1).any()


def test_a_slow_rate_is_on_its_way_and_a_bold_one_climbs(disc_runs):
    assert (disc_runs[0.02].f[-1] > 0.2).all()
    assert (disc_runs[16].f[301:].max(axis=0) > disc_runs[16].f[0]).all()


# The chain of ten.


def share(bend, w, b):
    """The part of the last layer's blame that reaches the first of ten."""
    layers = (Layer([[float(w)]], [float(b)]),) * 10
    bends = (bend,) * 9 + (network.identity_layer,)
    _, slopes = network.loss_and_gradient(layers, [0.7], [0], bends, network.log_loss_layer)
    return abs(slopes[0].b[0] / slopes[9].b[0])


def test_blame_fades_is_balanced_or_explodes():
    fades, saturated = (share(network.sigmoid_layer, w, 0) for w in (1, 8))
    assert saturated < fades < 4**-9
    assert share(network.relu_layer, 2, 0) == 2**9
    assert share(network.sigmoid_layer, 4, -2) > 0.1


# A corner in the model and a corner in the loss.

STARTS = {
    "rising": [0.5, 0.3, 0.8, -0.1],
    "falling": [0.5, 0.3, -0.8, -0.1],
    "dead": [0.5, -1.5, 0.8, -0.1],
}
LEAKY = partial(network.leaky_relu_layer, slope=0.1)


def hinge_walk(bend, rate, start="rising"):
    bends = bend, network.identity_layer
    f = network.loss_surface([2], [3], HINGE, bends, network.absolute_error_layer)
    return follow(gradient_descent(f.gradient, STARTS[start], rate), f, 10, tolerance=None).x


def entering(x):
    return x @ [2, 1, 0, 0]


def test_a_wild_rate_kills_the_unit_and_only_the_level_still_moves():
    dead = hinge_walk(network.relu_layer, 1.0)
    assert entering(dead)[:3].round(2).tolist() == [1.3, 5.3, -5.2]
    assert (dead[2:, :3] == dead[2, :3]).all()


def test_the_leaky_unit_keeps_moving():
    leaky = hinge_walk(LEAKY, 1.0)
    assert (leaky[1:] != leaky[:-1]).all()


def test_from_falling_the_unit_switches_itself_off():
    off = [entering(hinge_walk(network.relu_layer, rate, "falling")) < 0 for rate in (0.1, 0.3)]
    assert [int(np.argmax(each)) for each in off] == [5, 2]


@pytest.mark.parametrize("rate", [0.1, 0.3, 1.0])
def test_from_dead_three_numbers_never_move(rate):
    dead = hinge_walk(network.relu_layer, rate, "dead")
    assert (dead[:, :3] == [0.5, -1.5, 0.8]).all()


def test_a_leak_wakes_the_unit_after_step_5():
    woken = entering(hinge_walk(LEAKY, 0.3, "dead"))
    assert ((woken > 0) == (np.arange(11) >= 5)).all()
