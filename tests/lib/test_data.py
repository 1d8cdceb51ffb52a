"""The data sets: shapes, the notes' numbers, and randomness that comes from the rng alone."""

from hashlib import sha256
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import data
from tests.lib.strategies import seeds

RANDOM = [
    data.lecture_line,
    data.lecture_plane,
    data.lecture_switch,
    data.lecture_classes,
    data.two_clouds,
    data.noisy_curve,
]


@pytest.mark.parametrize("make", RANDOM)
@pytest.mark.parametrize("source", [np.random.default_rng, np.random.RandomState])
def test_random_data_repeats_with_its_rng_and_only_with_it(make, source):
    first, again, other = make(source(3)), make(source(3)), make(source(4))
    np.testing.assert_array_equal(first.x, again.x)
    np.testing.assert_array_equal(first.y, again.y)
    assert (first.x != other.x).any()
    assert len(first.x) == len(first.y)


@pytest.mark.parametrize("make", RANDOM)
@pytest.mark.parametrize("seed", [1, None, "seed"])
def test_a_seed_is_no_rng(make, seed):
    with pytest.raises(TypeError, match=r"rng must be a numpy.random.Generator"):
        make(seed)


def test_no_data_comes_from_numpys_global_state():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    for make in RANDOM:
        make(np.random.default_rng(1))
    np.testing.assert_array_equal(before, np.random.get_state()[1])  # noqa: NPY002


def test_the_sentences_are_counted():
    x, y = data.sentiment()
    assert x.tolist() == [[3, 0], [0, 2], [2, 1], [1, 3]]
    assert y.tolist() == [1, 0, 1, 0]


def test_a_line_parts_the_moods_and_none_parts_xor():
    x, y = data.sentiment()
    np.testing.assert_array_equal(x[:, 0] > x[:, 1], y == 1)
    x, y = data.xor()
    directions = np.random.default_rng(1).normal(size=(2000, 3))
    sides = directions[:, :2] @ x.T + directions[:, 2:] > 0
    assert not (sides == (y == 1)).all(axis=1).any()


def test_targets_lie_on_the_truth():
    for make in (data.lecture_line, data.lecture_plane):
        setup = make(np.random.RandomState(1))
        x = setup.x if setup.x.ndim == 2 else setup.x[:, None]
        truth = x @ np.atleast_1d(setup.target_w) + setup.target_b
        np.testing.assert_allclose(setup.y, truth, rtol=1e-14)


def test_the_lectures_cut_mislabels_what_the_right_one_does_not():
    right = data.lecture_switch(np.random.RandomState(1))
    written = data.lecture_switch(np.random.RandomState(1), cut=0.6)
    np.testing.assert_array_equal(right.x, written.x)
    np.testing.assert_array_equal(right.y == 1, right.x > 0.6)
    np.testing.assert_array_equal(written.y == 1, written.x > 0.72)
    assert (right.y != written.y).sum() == 25


def test_clouds_are_as_far_apart_as_asked():
    x, y = data.two_clouds(np.random.default_rng(1), samples=20_000, distance=5)
    np.testing.assert_allclose(x[y == 1].mean(axis=0), [2.5, 0], atol=0.05)
    np.testing.assert_allclose(x[y == 0].mean(axis=0), [-2.5, 0], atol=0.05)


def test_the_curve_is_a_sine_under_its_noise():
    x, y = data.noisy_curve(np.random.default_rng(1), samples=50, noise=0)
    np.testing.assert_allclose(y, np.sin(2 * np.pi * x))
    assert (np.diff(x) >= 0).all()
    x, y = data.noisy_curve(np.random.default_rng(1), samples=20_000, noise=0.3)
    assert np.std(y - np.sin(2 * np.pi * x)) == pytest.approx(0.3, rel=0.02)


@given(st.integers(2, 40), st.integers(0, 200), seeds)
def test_every_sample_is_validated_once_and_never_trained_on_then(k, extra, seed):
    samples = k + extra
    folds = data.k_folds(samples, k, np.random.default_rng(seed))
    assert len(folds) == k
    validated = np.concatenate([validation for _, validation in folds])
    np.testing.assert_array_equal(np.sort(validated), np.arange(samples))
    for training, validation in folds:
        assert sorted([*training, *validation]) == list(range(samples))
        assert abs(len(validation) - samples / k) < 1


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda rng: data.k_folds(3, 4, rng), ValueError, "samples must be at least 4, got 3"),
        (lambda rng: data.k_folds(3, 1, rng), ValueError, "k must be at least 2, got 1"),
        (lambda rng: data.k_folds(3, 2, 1), TypeError, "rng must be a numpy.random.Generator"),
        (lambda rng: data.two_clouds(rng, 0), ValueError, "samples must be at least 2, got 0"),
        (lambda rng: data.two_clouds(rng, 9, np.inf), ValueError, "distance must be finite"),
        (lambda rng: data.noisy_curve(rng, 2.5), TypeError, "samples must be a whole number"),
        (lambda rng: data.noisy_curve(rng, 5, -1), ValueError, "noise must be at least 0, got -1"),
        (lambda rng: data.lecture_switch(rng, np.nan), ValueError, "cut must be finite, got nan"),
    ],
)
def test_bad_input(call, error, words):
    with pytest.raises(error, match=words):
        call(np.random.default_rng(1))


def test_digits_are_scikit_learns():
    from sklearn.datasets import load_digits

    wanted = load_digits()
    np.testing.assert_array_equal(data.digits().x, wanted.data)
    np.testing.assert_array_equal(data.digits().y, wanted.target)


def test_digits_are_what_was_kept():
    """Where scikit-learn changes its set: the file itself, and what it says of its source."""
    kept = files("lib").joinpath("digits.txt").read_bytes()
    assert sha256(kept.replace(b"\r\n", b"\n")).hexdigest() == (
        "018ec8cff93144338218913caf4622a41d8c4e697c0ac2d2f8970e7eac3a28cc"
    )
    assert b"CC BY 4.0" in kept
    assert b"doi.org/10.24432/C50P49" in kept
