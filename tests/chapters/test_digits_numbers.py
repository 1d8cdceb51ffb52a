"""What the chapter on digits says: its numbers, its loop beside lib's, and its stored run."""

import json
import re
import time
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from lib import network, strokes
from lib.descent import stochastic_descent
from tests.lib.drawings import DRAWINGS, by_hand

BOOK = Path(__file__).resolve().parents[2] / "book"
LAYERS = network.tanh_layer, network.identity_layer


@cache
def chapter():
    """Return what the cells of the chapter define, as they stand there, but for its figures."""
    cells = json.loads((BOOK / "digits.ipynb").read_text(encoding="utf-8"))["cells"]
    scope, seconds = {"__name__": "digits"}, 0.0
    for cell in cells:
        source = "".join(cell["source"])
        source = re.sub(r"^figures\.\w+\((.|\n)*?^\)$|^figures\..*\)$", "", source, flags=re.M)
        if cell["cell_type"] != "code" or ("check_function(" in source and "import" not in source):
            continue
        begun = time.process_time()
        exec(source, scope)
        if "runs = [" in source:
            seconds = time.process_time() - begun
    return scope | {"seconds": seconds}


def test_ten_networks_read_97_of_a_hundred_in_under_ten_seconds():
    assert np.mean(chapter()["rights"]) >= 0.97
    assert len(chapter()["rights"]) == 10
    assert chapter()["seconds"] < 10


def test_the_hidden_layer_takes_away_one_mistake_in_five():
    """Ten neurons alone, with the same rate, batches and early stopping."""
    accuracies = []
    for split in range(1, 11):
        training, validation, test = chapter()["deal"](split)
        rng = np.random.default_rng(split)
        walk = alone(network.random_weights((64, 10), rng), training, rng)
        best, least = None, (np.inf, 0)
        for epoch, ((w, b),) in enumerate(walk):
            loss = chapter()["cross_entropy"](validation.x @ w + b, validation.y).mean()
            if loss < least[0]:
                least, best = (loss, epoch), (w, b)
            if epoch - least[1] == 10:
                break
        right = (test.x @ best[0] + best[1]).argmax(axis=1) == test.y.argmax(axis=1)
        accuracies.append(right.mean())
    assert 100 * np.mean(accuracies) == pytest.approx(96.6, abs=0.06)
    assert 1 - np.mean(chapter()["rights"]) == pytest.approx(
        0.8 * (1 - np.mean(accuracies)), rel=0.03
    )


def alone(weights, heap, rng):
    """Yield the weights of one layer after each epoch of mini-batches."""
    ((w, b),) = weights
    while True:
        yield ((w, b),)
        order = rng.permutation(len(heap.x))
        for rows in np.split(order, range(32, len(order), 32)):
            d_z = (chapter()["softmax"](heap.x[rows] @ w + b) - heap.y[rows]) / len(rows)
            w, b = w - heap.x[rows].T @ d_z, b - d_z.sum(axis=0)


def test_the_three_heaps_share_no_digit():
    for split in range(1, 11):
        order = np.random.default_rng(split).permutation(1797)
        heaps = chapter()["deal"](split)
        assert [len(heap.x) for heap in heaps] == [1257, 270, 270]
        np.testing.assert_array_equal(
            np.concatenate([heap.x for heap in heaps]), chapter()["pictures"][order]
        )


def test_the_loop_of_the_page_walks_as_lib_does():
    """Two epochs of mini-batches, by descent on lib's network with the same batches."""
    scope = chapter()
    heap, weights = scope["few"], scope["start"](16, np.random.default_rng(1))
    walk = scope["train"](weights, heap, 0.5, 32, np.random.default_rng(2))
    W, b, V, c = next(islice(walk, 2, None))

    rng = np.random.default_rng(2)
    orders = [rng.permutation(len(heap.x)) for _ in range(2)]
    batches = [rows for order in orders for rows in np.split(order, range(32, len(order), 32))]
    start = ((weights[0], weights[1]), (weights[2], weights[3]))

    def gradient(vector, rows):
        parts = network.unpack(vector, start), heap.x[rows], heap.y[rows]
        return network.pack(
            network.loss_and_gradient(*parts, LAYERS, network.cross_entropy_layer)[1]
        )

    *_, end = stochastic_descent(gradient, network.pack(start), 0.5, batches)
    np.testing.assert_allclose(network.pack(((W, b), (V, c))), end, rtol=1e-9, atol=1e-12)


def test_zero_learns_nothing_but_how_often_each_digit_occurs():
    answers, losses = chapter()["begin"](0)
    assert all((a == 0).all() for a in answers)
    assert losses[-1] == pytest.approx(np.log(10), abs=0.05)


def test_a_start_that_is_too_large_saturates_and_is_certain_and_wrong():
    answers, losses = chapter()["begin"](20)
    assert np.mean(np.abs(answers[0]) > 0.95) > 0.8
    assert losses[0] > 5 * np.log(10)
    assert 0.9 * np.log(10) < losses[-1] < np.log(10)
    assert np.mean(np.abs(answers[-1]) > 0.95) > 0.8


def test_the_good_start_is_three_epochs_ahead_of_a_tenth_of_it():
    good, tenth = (chapter()["begin"](spread) for spread in (1, 0.1))
    assert np.mean(np.abs(good[0][0]) < 0.9) > 0.95
    assert tenth[1][6] == pytest.approx(good[1][3], rel=0.1)


def test_five_times_as_much_recovers():
    answers, losses = chapter()["begin"](5)
    assert 0.4 < np.mean(np.abs(answers[0]) > 0.95) < 0.6
    assert losses[0] > 2 * np.log(10)
    assert losses[-1] < 1.2 * chapter()["begin"](1)[1][-1]


def last(**knobs):
    """Return the accuracy on the validation heap after eight epochs, and the training losses."""
    results = chapter()["watch"](**{"hidden": 32, "rate": 0.3, "size": 32, "seed": 1} | knobs)
    return results[-1][1][1], [training[0] for training, _ in results]


def test_what_is_said_of_the_knobs():
    good, _ = last()
    assert good > 0.85
    assert last(rate=8)[0] < 0.5
    assert last(rate=8)[1][-1] > 10 * last(rate=8)[1][0]
    assert last(hidden=2)[0] < 0.7
    assert last(hidden=8)[0] > 0.7
    assert last(size=8)[0] > 0.9 > 0.6 > last(size=400)[0]
    assert last(rate=0.03)[0] < 0.75


def test_the_outer_columns_get_hardly_a_slope():
    into, _ = chapter()["learn_pictures"](1, 30)
    pictures = np.abs(into).reshape(8, 8, 16)
    assert pictures[:, 0].max() < 0.25 < pictures[:, 3].max()


def test_the_pictures_come_out_of_nothing():
    before, after = (chapter()["learn_pictures"](1, epoch)[0] for epoch in (0, 30))
    assert np.abs(before).max() < 0.125  # smaller than the smallest disc
    assert np.abs(after).max() > 1


def test_an_eight_is_most_often_read_as_a_one():
    total = sum(chapter()["count"](split) for split in range(1, 11))
    wrong = total - np.diag(np.diag(total))
    assert np.unravel_index(np.argmax(wrong), wrong.shape) == (8, 1)
    assert total.sum() == 2700
    in_splits = [chapter()["count"](split)[8, 1] for split in range(1, 11)]
    assert np.count_nonzero(in_splits) >= 6


def test_it_is_right_about_as_often_as_it_is_sure():
    sure, right = chapter()["sure"], chapter()["is_right"]
    for low, high in ((0, 0.6), (0.6, 0.9), (0.9, 0.99), (0.99, 1)):
        group = (sure > low) & (sure <= high)
        assert abs(sure[group].mean() - right[group].mean()) < 0.06


def test_the_network_of_the_pad_reads_other_hands_better():
    """Drawings that it has not learnt from, with bent copies and without."""
    scope, rng = chapter(), np.random.default_rng(3)
    drawn = [
        (strokes.pixels(by_hand(way, rng)) / 16, digit)
        for digit, ways in DRAWINGS.items()
        for way in ways
        for _ in range(6)
    ]
    x, digits = np.array([x for x, _ in drawn]), np.array([digit for _, digit in drawn])
    plain, _, _ = scope["runs"][0]
    accuracy = [
        (scope["scores"](weights, x).argmax(axis=1) == digits).mean()
        for weights in (plain, scope["weights"])
    ]
    assert accuracy[1] >= 0.9
    assert accuracy[1] > accuracy[0] + 0.03


def test_neurons_that_start_alike_stay_alike_and_read_no_better_than_one():
    scope = chapter()
    W, V = np.full((64, 32), 0.1), np.full((32, 10), 0.1)
    start = W, np.zeros(32), V, np.zeros(10)
    walk = scope["train"](start, scope["few"], 0.5, 32, np.random.default_rng(1))
    W, _, V, _ = next(islice(walk, 8, None))
    np.testing.assert_allclose(W, W[:, :1] * np.ones(32), rtol=1e-9)
    np.testing.assert_allclose(V, V[:1] * np.ones((32, 1)), rtol=1e-9)
    assert not np.allclose(W, 0.1)
    assert not np.allclose(V, V[:, :1] * np.ones(10))


def test_the_stored_run_has_what_is_said_of_it():
    cells = json.loads((BOOK / "digits.ipynb").read_text(encoding="utf-8"))["cells"]
    (text,) = ("".join(cell["source"]) for cell in cells if cell["id"] == "compared")
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| ")][1:]
    assert [row[0].split()[0] for row in rows] == ["NumPy", "scikit-learn", "PyTorch"]
    for _, agrees, right, _ in rows:
        digits = re.search(r"to (\d+) digits", agrees)
        assert "exactly" in agrees or int(digits[1]) >= 8
        assert float(re.search(r"[\d.]+", right)[0]) >= 96.5
    seconds = [float(re.search(r"[\d.]+", row[3])[0]) for row in rows]
    assert min(seconds) == seconds[0] < 10
    assert re.search(r"Run on \d+ \w+ 20\d\d with Python", text)
    assert float(re.search(r"[\d.]+", rows[0][2])[0]) == round(
        100 * np.mean(chapter()["rights"]), 1
    )
