"""The numbers that the chapter on generalisation and its solutions say, computed."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.polynomial import Polynomial

from lib import network
from lib.data import k_folds, noisy_curve
from lib.descent import gradient_descent
from lib.path import follow

BOOK = Path(__file__).resolve().parents[2] / "book"


def fit(x, y, degree):
    return Polynomial.fit(x, y, degree, domain=[0, 1])


def miss(predict, x, y):
    return np.sqrt(np.mean((predict(x) - y) ** 2))


def misses_at_all_degrees(sample):
    rng = np.random.default_rng(sample)
    seen, unseen = noisy_curve(rng, samples=15), noisy_curve(rng, samples=15)
    fits = [fit(*seen, degree) for degree in range(11)]
    return np.array([[miss(p, *seen) for p in fits], [miss(p, *unseen) for p in fits]])


def scores(degree, folds):
    rng = np.random.default_rng(6)
    x, y = noisy_curve(rng, samples=20)
    folds = k_folds(20, 5, rng) if folds is None else folds
    return np.array([miss(fit(x[rest], y[rest], degree), x[out], y[out]) for rest, out in folds])


def errors_of_the_first_run(rate):
    """Return the validation error after every fifteenth cycle, and the network's weights."""
    rng = np.random.default_rng(2)
    seen, unseen = noisy_curve(rng, 16, 0.4), noisy_curve(rng, 40, 0.4)
    hidden, head = network.random_weights((1, 30, 1), rng)
    start = (network.Layer(10 * hidden.w, rng.uniform(-10, 10, 30)), head)
    bends = (network.tanh_layer, network.identity_layer)
    inputs = 2 * seen.x[:, None] - 1
    loss = network.loss_surface(inputs, seen.y, start, bends, network.squared_error_layer)
    walk = gradient_descent(loss.gradient, network.pack(start), rate)
    path = follow(walk, loss, steps=600, tolerance=None)
    trained = [network.unpack(weights, start) for weights in path.x[::15]]
    outputs = [network.chain(each, 2 * unseen.x[:, None] - 1, bends)[0][:, 0] for each in trained]
    return [np.sqrt(np.mean((out - unseen.y) ** 2)) for out in outputs], path.x[-1]


def stop_early():
    """Return the function of the chapter, as it stands there."""
    notebook = json.loads((BOOK / "generalisation.ipynb").read_text(encoding="utf-8"))
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    (source,) = [each for each in sources if each.startswith("def stop_early")]
    scope = {}
    exec(source, scope)
    return scope["stop_early"]


@pytest.mark.parametrize("sample", range(1, 7))
def test_the_training_miss_only_falls_and_the_validation_miss_turns(sample):
    on_training, on_validation = misses_at_all_degrees(sample)
    assert (np.diff(on_training) < 1e-9).all()
    best = int(np.argmin(on_validation))
    assert 3 <= best <= 7
    assert on_validation[10] > on_validation[best]
    assert on_validation[best] < on_validation[0]


def test_in_some_draws_the_validation_miss_rises_far_above_that_of_the_level_line():
    level, last = np.transpose([misses_at_all_degrees(draw)[1, [0, 10]] for draw in range(1, 7)])
    assert np.count_nonzero(last > 3 * level) >= 2


def test_the_network_has_91_numbers_and_is_best_at_cycle_75_or_with_a_smaller_rate_210():
    fast, weights = errors_of_the_first_run(0.03)
    slow, _ = errors_of_the_first_run(0.01)
    assert weights.size == 91
    assert [15 * np.argmin(errors) for errors in (slow, fast)] == [210, 75]


def test_at_degree_9_most_folds_do_well_and_those_at_an_end_badly():
    found = scores(9, None)
    assert np.count_nonzero(found > 1) in (1, 2)
    assert np.count_nonzero(found < 0.5) >= 3
    rng = np.random.default_rng(6)
    noisy_curve(rng, samples=20)
    worst = k_folds(20, 5, rng)[int(np.argmax(found))][1]
    assert {0, 19} & set(worst)


def test_exercise_2_three_folds_of_five_and_two_of_four():
    folds = k_folds(23, 5, np.random.default_rng(1))
    assert sorted(len(fold) for _, fold in folds) == [4, 4, 5, 5, 5]
    assert {len(rest) for rest, _ in folds} == {18, 19}


def test_exercise_3_early_stopping_ends_and_keeps():
    errors = [0.9, 0.6, 0.5, 0.52, 0.51, 0.45, 0.47, 0.48, 0.5, 0.6]
    assert [stop_early()(errors, patience) for patience in (2, 3)] == [(2, 4), (5, 8)]


def test_exercise_4_the_mean_of_five_samples_simulated():
    noise, new = np.random.default_rng(1).standard_normal((2, 20000, 5))
    mean = noise.mean(axis=1, keepdims=True)
    gaps = [np.mean((mean - each) ** 2) for each in (noise, new)]
    assert np.allclose(gaps, [0.8, 1.2], atol=0.02)


def test_exercise_5_folds_in_order_are_judged_worse_than_shuffled_ones():
    order = np.arange(20)
    in_order = [(np.setdiff1d(order, fold), fold) for fold in np.array_split(order, 5)]
    typical = [np.sqrt(np.mean(scores(3, folds) ** 2)) for folds in (in_order, None)]
    assert np.round(typical, 2).tolist() == [0.24, 0.21]


def test_exercise_7_what_stopping_early_and_what_the_fee_let_through():
    flat, steep = (1 - (1 - 0.1 * curvature) ** 10 for curvature in (0.1, 10))
    assert np.allclose([flat, 0.1 / 1.1, 10 / 11], [0.096, 0.091, 0.909], atol=5e-4)
    assert steep == 1


def test_a_few_squares_can_be_missed_by_less_than_the_noise():
    assert round(misses_at_all_degrees(1)[1].min(), 2) == 0.17


def test_on_average_new_samples_are_missed_by_no_less_than_the_noise():
    least = []
    for draw in range(400):
        rng = np.random.default_rng(draw)
        seen, unseen = noisy_curve(rng, samples=15), noisy_curve(rng, samples=15)
        least.append([miss(fit(*seen, degree), *unseen) ** 2 for degree in range(1, 6)])
    assert (np.mean(least, axis=0) > 0.2**2).all()
