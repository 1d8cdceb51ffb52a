"""What a pen draws, as the network sees it: with the height, the place and the ink of the set."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.data import digits
from lib.strokes import bent, pixels
from tests.lib.drawings import DRAWINGS, by_hand
from tests.lib.strategies import seeds

ALL = [drawing for drawings in DRAWINGS.values() for drawing in drawings]


@pytest.mark.parametrize("drawing", ALL)
def test_a_drawing_has_the_height_and_the_ink_of_the_set(drawing):
    x = pixels(drawing).reshape(8, 8)
    assert ((x >= 0) & (x <= 16) & (x == x.round())).all()
    assert x[0].any()
    assert x[-1].any()
    ink = digits().x.sum(axis=1)
    assert np.quantile(ink, 0.01) <= x.sum() <= np.quantile(ink, 0.99)


def test_drawings_lie_where_the_digits_of_the_set_lie():
    """Their ink, row by row and column by column, on average over all ten digits."""
    drawn = [[pixels(each) for each in ways[:2]] for ways in DRAWINGS.values()]
    pair = np.mean(drawn, axis=(0, 1)), digits().x.mean(axis=0)
    for axis in (0, 1):
        ours, theirs = (x.reshape(8, 8).sum(axis=axis) / x.sum() for x in pair)
        assert abs((ours - theirs) @ np.arange(8)) < 0.25  # of a pixel, between their middles
        assert np.abs(ours - theirs).sum() < 0.25  # of the ink stands elsewhere


@given(seeds, st.floats(0.1, 50), st.floats(-100, 100))
def test_neither_size_nor_place_matters(seed, size, shift):
    drawing = by_hand(ALL[seed % len(ALL)], np.random.default_rng(seed))
    moved = [size * stroke + shift for stroke in drawing]
    assert np.abs(pixels(moved) - pixels(drawing)).sum() <= 4  # dots just at the edge of a line


def test_strokes_may_come_in_any_order_and_direction():
    drawing = DRAWINGS[4][0]
    turned = [stroke[::-1] for stroke in drawing[::-1]]
    np.testing.assert_array_equal(pixels(turned), pixels(drawing))


def test_a_tap_of_the_pen_is_a_disc_in_the_middle():
    x = pixels([[(2.0, 3.0)]]).reshape(8, 8)
    np.testing.assert_array_equal(x, x[::-1])
    np.testing.assert_array_equal(x, x.T)
    assert x[3, 3] == 16
    assert x[0, 0] == 0


@pytest.mark.parametrize(
    ("strokes", "wanted"),
    [
        ([], "strokes must hold at least one stroke"),
        ([[(1, 2, 3)]], r"shape \(n, 2\)"),
        ([[(1, np.inf)]], "finite"),
        ([[]], "each of strokes must"),
    ],
)
def test_what_is_no_drawing_is_told(strokes, wanted):
    with pytest.raises(ValueError, match=wanted):
        pixels(strokes)


def test_bent_pictures_keep_their_size_and_most_of_their_ink():
    x = digits().x / 16
    y = bent(x, np.random.default_rng(1))
    assert y.shape == x.shape
    assert ((y >= 0) & (y <= 1)).all()
    assert (np.abs(y - x).max(axis=1) > 0).all()
    assert y.sum() == pytest.approx(x.sum(), rel=0.05)
    np.testing.assert_array_equal(y, bent(x, np.random.default_rng(1)))


def test_not_bent_at_all_is_as_it_was():
    x = digits().x[:9]
    np.testing.assert_allclose(bent(x, np.random.default_rng(1), amount=0), x, atol=1e-7)


def test_what_is_no_picture_is_not_bent():
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match=r"x must have shape \(m, 64\)"):
        bent(np.zeros((3, 63)), rng)
    with pytest.raises(TypeError, match="rng must be"):
        bent(np.zeros((3, 64)), 1)
