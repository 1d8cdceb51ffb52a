"""The drawing pad: its network in bytes, its markup, and what is refused."""

import numpy as np
import pytest
from bs4 import BeautifulSoup

from lib import network, strokes
from lib.data import digits
from lib.live import DrawingPad, drawing_pad
from lib.live.pad import page, round_layer, words
from lib.softmax import softmax
from tests.lib.drawings import DRAWINGS


def small_net(seed=1, hidden=8):
    weights = network.random_weights((64, hidden, 10), np.random.default_rng(seed))
    return network.unpack(3 * network.pack(weights), weights)


def answer(weights, x):
    out, _ = network.chain(weights, x, (network.tanh_layer, network.identity_layer))
    return softmax(out)


def pad(weights=None, drawing=DRAWINGS[3][0], **options):
    weights = weights or small_net()
    drawn = [8 * stroke for stroke in drawing]
    x = strokes.pixels(drawn)
    (shares,) = answer(weights, x[None] / 16)
    return drawing_pad(weights, drawn, x, shares, **{"name": "small-pad"} | options)


def test_a_rounded_layer_is_off_by_half_a_step_at_most():
    for w, b in small_net():
        numbers, scale = round_layer(w, b)
        assert numbers.dtype == np.int8
        assert numbers.shape == (len(w) + 1, len(b))
        both = np.concatenate([w, b[None]])
        assert (np.abs(numbers * scale - both) <= scale * (0.5 + 1e-9)).all()


def test_a_column_of_zeros_stays_zero():
    numbers, scale = round_layer(np.zeros((3, 2)), np.zeros(2))
    assert not numbers.any()
    assert (scale > 0).all()


def test_a_pad_tells_its_network_in_few_bytes():
    made = pad()
    assert isinstance(made, DrawingPad)
    assert repr(made) == "DrawingPad(small-pad; 64-8-10)"
    assert len(made.table) == 65 * 8 + 9 * 10


def test_a_pad_is_complete_before_any_script_runs():
    made = pad(title="Draw <here>")
    soup = BeautifulSoup(page(made.spec, made.markup, "numbers.js"), "html.parser")
    x = strokes.pixels([8 * stroke for stroke in DRAWINGS[3][0]])
    shown = [16 * float(rect["fill-opacity"]) for rect in soup.select(".pad-seen rect")]
    np.testing.assert_allclose(shown, x, atol=1e-3)
    (shares,) = answer(small_net(), x[None] / 16)
    assert soup.select_one(".pad-words").text == words(shares)
    assert len(soup.select(".pad-answers li")) == 10
    assert int(soup.select_one(".pad-best span").text) == np.argmax(shares)
    assert len(soup.select(".pad-ink polyline")) == 1
    assert soup.figcaption.text == "Draw <here>"


def test_words_name_the_two_most_probable_digits():
    shares = np.array([0.02, 0.9, 0, 0, 0, 0, 0, 0.08, 0, 0])
    assert words(shares) == "It sees a 1, with 90 per cent; next comes 7, with 8."
    assert words(np.eye(10)[4]) == "It sees a 4, with over 99 per cent; next comes 0, with under 1."


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda w, b, v, c: ((w[:63], b), (v, c)), r"weights: got \(63, 8\)"),
        (lambda w, b, v, c: ((w, b), (v[:, :9], c[:9])), "got 9 outputs, wanted 10"),
        (lambda w, b, v, c: ((w * np.nan, b), (v, c)), "not finite"),
        (lambda w, b, v, c: ((w, b[:7]), (v, c)), r"wanted shapes \(64, outputs\)"),
    ],
)
def test_a_network_that_does_not_fit_the_pad_is_told(change, wanted):
    (w, b), (v, c) = small_net()
    with pytest.raises(ValueError, match=wanted):
        drawing_pad(change(w, b, v, c), [], np.zeros(64), np.full(10, 0.1), name="p")


def test_rounding_changes_hardly_an_answer():
    """Of a network with large weights, over all digits of the set."""
    weights = small_net(hidden=64)
    rounded = []
    for w, b in weights:
        numbers, scale = round_layer(w, b)
        both = numbers * scale
        rounded.append((both[:-1], both[-1]))
    x = digits().x / 16
    before, after = answer(weights, x), answer(rounded, x)
    assert (before.argmax(axis=1) == after.argmax(axis=1)).mean() > 0.98
    assert np.abs(before - after).max() < 0.1
