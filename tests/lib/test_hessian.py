"""Eigenvalues, definiteness and the verdict."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.hessian import characteristic_polynomial, classify, definiteness, eigenvalues
from lib.surfaces import dome, monkey_saddle, power, room, saddle, slanted_bowl
from tests.lib.strategies import numbers, seeds


def matrix_of(curvatures, seed):
    """A symmetric matrix with these eigenvalues in a random direction."""
    n = len(curvatures)
    turn, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(n, n)))
    matrix = turn @ np.diag(curvatures) @ turn.T
    return (matrix + matrix.T) / 2


signs = st.lists(st.sampled_from([-3.0, -1.0, 0.0, 1.0, 2.0]), min_size=2, max_size=5)


@given(signs, seeds)
def test_verdict_follows_from_the_signs_of_the_eigenvalues(curvatures, seed):
    matrix = matrix_of(curvatures, seed)
    low, high = min(curvatures), max(curvatures)
    verdict = "undecided"
    if low < 0 < high:
        verdict = "saddle"
    elif low > 0:
        verdict = "minimum"
    elif high < 0:
        verdict = "maximum"
    assert classify(matrix) == verdict
    np.testing.assert_allclose(eigenvalues(matrix), np.sort(curvatures), atol=1e-13)


@pytest.mark.parametrize(
    ("curvatures", "name"),
    [
        ([1, 2], "positive definite"),
        ([0, 2], "positive semidefinite"),
        ([-1, -2], "negative definite"),
        ([0, -2], "negative semidefinite"),
        ([-1, 2], "indefinite"),
        ([-1, 0, 2], "indefinite"),
        ([0, 0], "zero"),
    ],
)
def test_definiteness(curvatures, name):
    assert definiteness(matrix_of(curvatures, 1)) == name


def test_the_three_examples_of_the_notes():
    for surface, verdict in ((slanted_bowl, "minimum"), (dome, "maximum"), (saddle, "saddle")):
        assert classify(surface.hessian([0, 0])) == verdict


def test_places_of_the_room():
    assert classify(room.hessian([[4, 4], [6, 6], [0, 3], [4, 0]])).tolist() == [
        "minimum",
        "saddle",
        "undecided",
        "undecided",
    ]


def test_a_zero_hessian_decides_nothing():
    assert classify(monkey_saddle.hessian([0, 0])) == "undecided"


def test_second_derivatives_of_one_variable():
    assert classify(2.0) == "minimum"
    assert classify([2.0, -2.0, 0.0]).tolist() == ["minimum", "maximum", "undecided"]
    assert classify(power(4).hessian(0)) == classify(power(3).hessian(0)) == "undecided"
    assert definiteness(-1) == "negative definite"
    np.testing.assert_array_equal(eigenvalues([3, -1]), [[3], [-1]])


@given(numbers(), numbers(), numbers())
def test_roots_of_the_characteristic_polynomial_are_the_eigenvalues(a, b, c):
    matrix = [[a, b], [b, c]]
    one, minus_trace, determinant = characteristic_polynomial(matrix)
    low, high = eigenvalues(matrix)
    assert one == 1
    assert low + high == pytest.approx(-minus_trace, abs=1e-12)
    assert low * high == pytest.approx(determinant, abs=1e-11)


@given(seeds)
def test_a_batch_equals_one_by_one(seed):
    rng = np.random.default_rng(seed)
    batch = np.stack([matrix_of(rng.integers(-1, 2, 3), seed + i) for i in range(6)])
    assert classify(batch).tolist() == [classify(matrix) for matrix in batch]
    assert definiteness(batch).tolist() == [definiteness(matrix) for matrix in batch]


@pytest.mark.parametrize("function", [eigenvalues, definiteness, classify])
@pytest.mark.parametrize(
    ("argument", "error", "words"),
    [
        ([[1, 2, 3], [4, 5, 6]], ValueError, "hessian must be a square matrix"),
        ([[1, 2], [3, 4]], ValueError, "hessian must be symmetric"),
        ([[1, np.nan], [np.nan, 4]], ValueError, "hessian must be finite"),
        ("round", TypeError, "hessian must be real numbers, got 'round'"),
        ([], ValueError, "hessian must not be empty"),
    ],
)
def test_bad_input(function, argument, error, words):
    with pytest.raises(error, match=words):
        function(argument)


@pytest.mark.parametrize("function", [eigenvalues, definiteness, classify])
@pytest.mark.parametrize("crooked", [[[1, 1], [0, 1]], [[1e-9, 1e-9], [0, 1e-9]]])
@pytest.mark.parametrize("beside", [np.eye(2), 1e9 * np.eye(2)])
def test_an_asymmetric_matrix_does_not_hide_behind_a_larger_one(function, crooked, beside):
    with pytest.raises(ValueError, match="hessian must be symmetric"):
        function([beside, crooked])


def test_a_matrix_that_is_symmetric_but_for_rounding_passes():
    tilted = 1e-12 * np.array([[2, 1 + 1e-12], [1, 2]])
    np.testing.assert_allclose(eigenvalues(tilted), [1e-12, 3e-12], rtol=1e-9)


def test_more_bad_input():
    with pytest.raises(ValueError, match="hessian must be 2 × 2"):
        characteristic_polynomial(np.eye(3))
    with pytest.raises(ValueError, match="tolerance must be at least 0"):
        classify(1, tolerance=-1)
