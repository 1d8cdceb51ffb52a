"""Derivatives read off values: definitions, accuracy, shapes, bad input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.derivatives import (
    central_gradient,
    central_hessian,
    central_jacobian,
    central_slope,
    check_gradient,
    one_sided_slopes,
    secant_slope,
    tangent_line,
    tangent_plane,
)
from lib.surfaces import absolute, bowl, cube_root, exponential, quartic, sine, square
from tests.lib.strategies import numbers, seeds


def test_secant_slopes_of_a_square_approach_the_tangents():
    h = np.array([1, 0.1, 0.01, 0.001])
    np.testing.assert_allclose(secant_slope(square, 3, h), [7, 6.1, 6.01, 6.001], rtol=1e-9)


@given(numbers(), numbers(0.01, 5))
def test_secant_of_a_square_is_exactly_its_formula(x, h):
    assert secant_slope(square, x, h) == pytest.approx(2 * x + h, abs=1e-9)


def test_one_sided_slopes_disagree_at_a_corner_and_grow_at_a_vertical_tangent():
    assert one_sided_slopes(absolute, 0, 0.1) == (-1, 1)
    left, right = one_sided_slopes(cube_root, 0, np.array([1e-3, 1e-6, 1e-9]))
    np.testing.assert_allclose(right, [1e2, 1e4, 1e6], rtol=1e-12)
    np.testing.assert_allclose(left, right)


def test_tangent_line_touches_and_can_be_called():
    tangent = tangent_line(square, square.gradient, 2)
    assert tangent == (4, -4)
    assert tangent(2) == square(2)
    np.testing.assert_array_equal(tangent(np.array([0, 1])), [-4, 0])


def test_a_line_for_each_point():
    x = np.array([1.0, 2.0, 3.0])
    tangents = tangent_line(square, square.gradient, x)
    np.testing.assert_array_equal(tangents(x), square(x))


def test_tangent_plane_matches_the_notes():
    plane = tangent_plane(bowl, bowl.gradient, [2, 4])  # z = 20 + 4(x − 2) + 8(y − 4)
    x = np.random.default_rng(1).normal(size=(5, 2))
    np.testing.assert_allclose(plane(x), 20 + 4 * (x[:, 0] - 2) + 8 * (x[:, 1] - 4), rtol=1e-13)


@given(numbers(-2, 2))
def test_central_slope_is_good_to_nine_digits(x):
    assert central_slope(exponential, x) == pytest.approx(np.exp(x), rel=1e-9)


def test_central_slope_far_from_zero_scales_its_step():
    assert central_slope(square, 1e8) == pytest.approx(2e8, rel=1e-9)


def test_central_differences_have_the_promised_shapes():
    x = np.random.default_rng(2).normal(size=(4, 3, 2))
    assert central_gradient(bowl, x).shape == (4, 3, 2)
    assert central_hessian(bowl, x).shape == (4, 3, 2, 2)

    def three(x):
        return np.stack([x[..., 0], x[..., 1], x[..., 0] * x[..., 1]], axis=-1)

    assert central_jacobian(three, x).shape == (4, 3, 3, 2)
    np.testing.assert_allclose(central_jacobian(three, [2.0, 5.0]), [[1, 0], [0, 1], [5, 2]])


def test_each_of_many_values_at_a_point_has_its_gradient():
    side = np.linspace(1, 2, 5)

    def table(p):  # a value for each pair of two further numbers
        return p[..., 0, None, None] * side + p[..., 1, None, None] * side[:, None] ** 2

    gradients = central_gradient(table, [[3.0, 4.0], [5.0, 6.0]])
    assert gradients.shape == (2, 5, 5, 2)
    np.testing.assert_allclose(gradients[1, 2, 4], [side[4], side[2] ** 2], rtol=1e-9)


@given(seeds)
def test_jacobian_of_a_linear_map_is_its_matrix(seed):
    matrix = np.random.default_rng(seed).normal(size=(4, 3))
    jacobian = central_jacobian(lambda x: x @ matrix.T, np.zeros(3))
    np.testing.assert_allclose(jacobian, matrix, atol=1e-10)


def test_central_hessian_of_the_notes_quartic():
    np.testing.assert_allclose(
        central_hessian(quartic, [4, 4]), [[198.4, -2.6], [-2.6, 157.6]], atol=1e-4
    )


def test_check_gradient_accepts_the_truth_and_says_what_is_wrong_with_a_lie():
    check_gradient(sine, sine.gradient, [0.0, 1.0])
    check_gradient(bowl, bowl.gradient, [[1.0, 2.0], [3.0, 4.0]])
    with pytest.raises(AssertionError, match=r"argument 2.0\nreceived 8.0\nexpected (4.0|3.99999)"):
        check_gradient(square, lambda x: 4 * x, 2)
    with pytest.raises(AssertionError, match=r"argument \[1. 2.\]\nreceived \[2. 5.\]"):
        check_gradient(bowl, lambda x: x * [2, 2.5], [1, 2])


def test_check_gradient_does_not_accept_nan():
    with pytest.raises(AssertionError, match="received nan"):
        check_gradient(square, lambda x: x * np.nan, 1.0)


@pytest.mark.parametrize("miss", [1e-4, -1e-4])
def test_check_gradient_notices_a_small_lie(miss):
    with pytest.raises(AssertionError):
        check_gradient(square, lambda x: 2 * x + miss, 1.0)


@pytest.mark.parametrize("size", [1, 1e-3, 1e-6, 1e-9])
def test_check_gradient_is_as_strict_where_x_or_f_is_small(size):
    def small(x):
        return size * np.sin(x / size)

    for x in (0.3 * size, [0.1 * size, -2 * size]):
        check_gradient(small, lambda x: np.cos(x / size), x)
        with pytest.raises(AssertionError):
            check_gradient(small, lambda x: 1.001 * np.cos(x / size), x)
    for n in (2, 4):
        check_gradient(lambda x, n=n: x**n, lambda x, n=n: n * x ** (n - 1), size)
        with pytest.raises(AssertionError):
            check_gradient(lambda x, n=n: x**n, lambda x, n=n: 1.01 * n * x ** (n - 1), size)
    check_gradient(lambda x: size * bowl(x), lambda x: size * bowl.gradient(x), [1, 2])
    with pytest.raises(AssertionError):
        check_gradient(lambda x: size * bowl(x), lambda x: size * np.array([2, 4.01]), [1, 2])


def test_check_gradient_is_not_satisfied_by_infinity():
    edge = np.log(np.finfo(float).max)  # beyond it eˣ overflows
    for x in (edge - 1e-5, edge - 1e-3, edge, edge + 1):
        with pytest.raises(AssertionError):
            check_gradient(exponential, lambda x: 0 * x + 3, x)
    check_gradient(exponential, exponential.gradient, edge - 1)


@pytest.mark.parametrize("n", [2, 3, 4])
def test_check_gradient_knows_what_differences_cannot_tell(n):
    check_gradient(lambda x: 7 + x**n, lambda x: n * x ** (n - 1), [0.0, 1e-9, 1.0])


SUMS = {
    "sum": np.sum,
    "mean": lambda x: x.mean(),
    "less its mean": lambda x: x - x.mean(),
    "by its norm": lambda x: x / np.linalg.norm(x),
    "running sum": np.cumsum,
    "neighbour": lambda x: x + np.roll(x, 1),
    "far neighbour": lambda x: x + np.roll(x, 4),
    "column": lambda x: x[:, None] ** 2,
    "table": lambda x: x[:, None] - x,
}


@pytest.mark.parametrize("f", SUMS.values(), ids=SUMS.keys())
def test_a_slope_of_what_looks_at_all_of_x_is_an_error(f):
    x = np.linspace(1, 3, 9)
    for call in (
        lambda: central_slope(f, x),
        lambda: secant_slope(f, x, 0.1),
        lambda: secant_slope(f, x, -1e-13),
        lambda: one_sided_slopes(f, x, 0.1),
        lambda: one_sided_slopes(f, 1.0, x) if f is np.sum else secant_slope(f, x, x),
        lambda: tangent_line(f, np.cos, x),
        lambda: tangent_line(np.sin, f, x),
    ):
        with pytest.raises(ValueError, match=r"must (have shape \(9,\)|work on each number)"):
            call()


def test_a_gradient_of_what_looks_at_all_points_is_an_error():
    x = np.linspace(1, 3, 8).reshape(4, 2)
    norm = np.linalg.norm
    for f in (np.sum, lambda p: norm(p), lambda p: norm(p, axis=0), lambda p: p.sum(-1) - p.sum()):
        for central in (central_gradient, central_hessian, central_jacobian):
            with pytest.raises(ValueError, match=r"must (have shape \(4,\)|work on each number)"):
                central(f, x)
    assert central_gradient(np.sum, x[0]) == pytest.approx([1, 1])  # one point, summed: a function
    with pytest.raises(ValueError, match=r"f\(x\) must have shape \(4, 2\) .* got \(\)"):
        check_gradient(np.sum, np.ones_like, x)
    with pytest.raises(ValueError, match="f must work on each number or point of x by itself"):
        check_gradient(lambda p: p.sum(-1) - p.mean(), np.ones_like, x)


@pytest.mark.parametrize("answer", ["1.0", 1j, True, None, np.ma.array(1.0, mask=True)])
def test_a_slope_of_what_is_no_real_number_is_an_error(answer):
    def f(x):
        return answer

    for call in (
        lambda: central_slope(f, 1.0),
        lambda: secant_slope(f, 1.0, 0.1),
        lambda: tangent_line(f, np.cos, 1.0),
        lambda: tangent_plane(f, np.cos, [1.0, 2.0]),
        lambda: central_gradient(f, [1.0, 2.0]),
        lambda: check_gradient(f, np.cos, 1.0),
        lambda: check_gradient(np.sin, f, 1.0),
    ):
        with pytest.raises(TypeError, match=r"\(x\) must (be real|have no masked) numbers"):
            call()


bad = st.sampled_from([None, "two", [[1], [2, 3]], 1j])


@given(bad)
def test_what_is_no_number_is_a_type_error(x):
    for function in (central_slope, central_gradient, central_hessian):
        with pytest.raises(TypeError, match="x must be real numbers"):
            function(square, x)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: secant_slope(square, 1, 0), ValueError, "h must not be zero"),
        (lambda: secant_slope(square, 1, [1, 0]), ValueError, "h must not be zero"),
        (lambda: secant_slope(square, np.nan, 1), ValueError, "x must be finite, got nan"),
        (lambda: secant_slope(3, 1, 1), TypeError, "f must be a function, got 3"),
        (lambda: one_sided_slopes(square, 1, -1), ValueError, "h must be positive, got -1"),
        (lambda: central_hessian(bowl.gradient, [1, 2]), ValueError, r"shape \(\), a value for"),
        (
            lambda: tangent_plane(bowl, bowl.gradient, [1, 2])([[1], [2]]),
            ValueError,
            r"x must have a last axis of length 2, got shape \(2, 1\)",
        ),
        (lambda: tangent_line(square, 4, 1), TypeError, "slope must be a function, got 4"),
        (lambda: tangent_plane(bowl, [1, 2], [1, 2]), TypeError, "gradient must be a function"),
        (lambda: central_gradient(bowl, 1), ValueError, "x must have its coordinates along"),
        (lambda: central_slope(square, []), ValueError, "x must not be empty"),
        (lambda: check_gradient(3, square, 1), TypeError, "f must be a function, got 3"),
        (
            lambda: check_gradient(square, square.gradient, 1, np.inf),
            ValueError,
            "tolerance must be finite, got inf",
        ),
        (
            lambda: check_gradient(bowl, np.sum, [1, 2]),
            ValueError,
            r"gradient\(x\) must have shape",
        ),
    ],
)
def test_bad_input(call, error, words):
    with pytest.raises(error, match=words):
        call()
