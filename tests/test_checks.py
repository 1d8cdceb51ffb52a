"""The questions asked of arguments: what passes, what does not, and what the error says."""

import numpy as np
import pytest

from lib import checks


def test_good_arguments_come_back_ready_for_use():
    assert checks.real("x", [1, np.nan]).dtype == float
    assert checks.finite("x", True) == 1.0
    assert checks.whole("n", np.int64(3)) == 3
    assert checks.number("c", np.float32(0.5)) == 0.5
    assert checks.feature_columns("x", [1, 2, 3]).shape == (3, 1)
    assert next(checks.iterator("walk", [7])) == 7
    assert checks.generator("rng", np.random.RandomState(1))


def test_an_array_of_floats_is_not_copied():
    x = np.ones(3)
    assert checks.finite("x", x) is x


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: checks.real("x", "1.0"), TypeError, "x must be real numbers, got '1.0'"),
        (lambda: checks.real("x", 1j), TypeError, "x must be real numbers, got 1j"),
        (lambda: checks.real("x", None), TypeError, "x must be real numbers, got None"),
        (lambda: checks.real("x", [[1], [2, 3]]), TypeError, "x must be real numbers"),
        (lambda: checks.real("x", 10**400), TypeError, "x must be real numbers"),
        (lambda: checks.finite("x", []), ValueError, "x must not be empty"),
        (lambda: checks.finite("x", [1, np.inf]), ValueError, r"x must be finite, got \[1, inf\]"),
        (lambda: checks.positive("h", [1, 0]), ValueError, r"h must be positive, got \[1, 0\]"),
        (lambda: checks.within("beta", 1, 0, 1), ValueError, r"beta must be in \[0, 1\), got 1"),
        (lambda: checks.number("c", [1, 2]), ValueError, "c must be one number"),
        (lambda: checks.least("tolerance", -1, 0), ValueError, "tolerance must be at least 0"),
        (lambda: checks.whole("steps", 1.0), TypeError, "steps must be a whole number, got 1.0"),
        (lambda: checks.whole("steps", -1), ValueError, "steps must be at least 0, got -1"),
        (lambda: checks.whole("steps", 10**400), ValueError, "steps must be at most"),
        (lambda: checks.bound("limit", np.nan), ValueError, "limit must be one positive"),
        (lambda: checks.bound("limit", 10**400), TypeError, "limit must be real numbers"),
        (lambda: checks.square_matrix("H", np.ones((2, 3))), ValueError, "H must be a square"),
        (lambda: checks.labels("y", [0, 1, 2]), ValueError, r"y must be labels 0 or 1"),
        (lambda: checks.labels("y", [0, 0.5]), ValueError, r"y must be labels 0 or 1"),
        (lambda: checks.function("f", 1), TypeError, "f must be a function, got 1"),
        (lambda: checks.iterator("walk", 1), TypeError, "walk must be iterable, got 1"),
        (lambda: checks.generator("rng", 1), TypeError, "rng must be a numpy.random.Generator"),
        (lambda: checks.generator("rng", None), TypeError, "rng must be a numpy.random.Generator"),
        (lambda: checks.samples([1, 2], [1]), ValueError, r"y must have shape \(2,\), got \(1,\)"),
        (lambda: checks.feature_columns("x", 1), ValueError, r"x must have shape \(m,\) or"),
        (
            lambda: checks.broadcast(a=np.ones(2), b=np.ones(3)),
            ValueError,
            r"got a \(2,\), b \(3,\)",
        ),
    ],
)
def test_bad_arguments(call, error, words):
    with pytest.raises(error, match=words):
        call()
