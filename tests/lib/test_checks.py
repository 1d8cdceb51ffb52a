"""The questions asked of arguments: what passes, what does not, and what the error says."""

from fractions import Fraction

import numpy as np
import pytest

from lib import checks

MASKED = np.ma.array([1.0, 2.0], mask=[False, True])


def test_good_arguments_come_back_ready_for_use():
    assert checks.real("x", [1, np.nan]).dtype == float
    assert checks.labels("y", [True, 0, 1.0]).tolist() == [1, 0, 1]
    assert checks.labels("y", np.array([True, False])).tolist() == [1, 0]
    assert checks.finite("x", np.ma.array([1, 2])).tolist() == [1, 2]
    assert checks.whole("n", np.int64(3)) == 3
    assert checks.number("c", np.float32(0.5)) == 0.5
    assert checks.feature_columns("x", [1, 2, 3]).shape == (3, 1)
    assert next(checks.iterator("walk", [7])) == 7
    assert checks.generator("rng", np.random.RandomState(1))


@pytest.mark.parametrize(
    "value", [2**64, -(2**70), [2**64, 1], np.array([2**64, 3], dtype=object), Fraction(1, 3)]
)
def test_numbers_of_pythons_own_are_numbers(value):
    expected = [float(each) for each in np.ravel(value)]
    np.testing.assert_array_equal(np.ravel(checks.real("x", value)), expected)


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
        (lambda: checks.real("x", 10**400), ValueError, r"x must be no larger.*than 1.8e\+308"),
        (lambda: checks.real("x", [1, -(10**400)]), ValueError, "x must be no larger in size"),
        (lambda: checks.real("x", True), TypeError, "x must be real numbers, got True"),
        (lambda: checks.real("x", [1.5, True]), TypeError, r"real numbers, got \[1.5, True\]"),
        (lambda: checks.real("x", np.array([True])), TypeError, "x must be real numbers, got arr"),
        (lambda: checks.real("x", MASKED), TypeError, "x must have no masked numbers, got mask"),
        (lambda: checks.real("x", [[MASKED]]), TypeError, "x must have no masked numbers, got"),
        (lambda: checks.real("x", [1, np.ma.masked]), TypeError, "x must have no masked numbers"),
        (lambda: checks.labels("y", MASKED == 1), TypeError, "y must have no masked numbers"),
        (lambda: checks.whole("steps", True), TypeError, "steps must be a whole number, got True"),
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
        (lambda: checks.bound("limit", 10**400), ValueError, "limit must be no larger"),
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
