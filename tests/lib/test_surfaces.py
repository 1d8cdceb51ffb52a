"""Surfaces: derivatives, shapes, domains, and the formulas against a second derivation."""

import numpy as np
import pytest

from lib import surfaces
from lib.derivatives import central_hessian, central_jacobian, check_gradient
from lib.surfaces import Surface
from tests.lib.strategies import READY, SURFACES, points

every = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES.keys())


@every
def test_gradient_is_the_slope_of_f(surface):
    check_gradient(surface, surface.gradient, points(surface, np.random.default_rng(1)))


@every
def test_hessian_is_the_slope_of_the_gradient(surface):
    x = points(surface, np.random.default_rng(2))
    if surface.variables == 1:
        check_gradient(surface.gradient, surface.hessian, x)
    else:
        hessian = surface.hessian(x)
        np.testing.assert_allclose(hessian, central_jacobian(surface.gradient, x), atol=1e-5)
        np.testing.assert_allclose(hessian, central_hessian(surface, x), rtol=1e-4, atol=1e-4)


@every
@pytest.mark.parametrize("lead", [(), (3,), (2, 3)])
def test_shapes(surface, lead):
    n = surface.variables
    x = np.full(lead if n == 1 else (*lead, n), 0.5)
    assert np.shape(surface(x)) == lead
    assert np.shape(surface.gradient(x)) == x.shape
    assert np.shape(surface.hessian(x)) == (lead if n == 1 else (*lead, n, n))


@every
def test_many_points_at_once_equal_one_by_one(surface):
    x = points(surface, np.random.default_rng(3), count=7)
    for function in (surface, surface.gradient, surface.hessian):
        np.testing.assert_allclose(function(x), [function(p) for p in x], rtol=1e-14)


@pytest.mark.parametrize("name", [k for k, s in SURFACES.items() if s.minimum is not None])
def test_minimum_has_no_slope_and_nothing_below_it_in_the_window(name):
    surface = SURFACES[name]
    np.testing.assert_allclose(surface.gradient(surface.minimum), 0, atol=1e-12)
    x = points(surface, np.random.default_rng(4), count=2000)
    assert (surface(x) >= surface(surface.minimum)).all()


@every
def test_callers_array_is_left_alone(surface):
    x = points(surface, np.random.default_rng(5))
    before = x.copy()
    surface(x), surface.gradient(x), surface.hessian(x)
    np.testing.assert_array_equal(x, before)


@every
def test_integers_are_numbers_too(surface):
    x = 1 if surface.variables == 1 else [1] * surface.variables
    assert np.asarray(surface(x)).dtype == float
    assert np.asarray(surface.gradient(x)).dtype == float


@pytest.mark.parametrize("name", ["logarithm", "square_root", "exp_minus_log"])
def test_outside_the_domain_is_nan_without_a_warning(name):
    surface = READY[name]
    for function in (surface, surface.gradient, surface.hessian):
        assert np.isnan(function([-1.0, -0.001])).all()
        assert np.isfinite(function([0.001, 1.0])).all()


def test_zero_tosses_of_one_kind_leave_the_edges_finite():
    assert surfaces.coin_log_loss(0, 3)(0.0) == 0
    assert surfaces.coin_log_loss(3, 0)(1.0) == 0
    assert surfaces.coin_likelihood(0, 3).gradient(0.0) == -3


def test_power_of_the_first_kind_is_the_line():
    x = np.array([-2.0, 0.0, 3.0])
    np.testing.assert_array_equal(surfaces.power(1)(x), x)
    np.testing.assert_array_equal(surfaces.power(1).gradient(x), [1, 1, 1])
    np.testing.assert_array_equal(surfaces.power(1).hessian(x), [0, 0, 0])


def test_log_loss_is_minus_the_logarithm_of_the_likelihood():
    p = np.linspace(0.01, 0.99, 50)
    likelihood, loss = surfaces.coin_likelihood(7, 3), surfaces.coin_log_loss(7, 3)
    np.testing.assert_allclose(loss(p), -np.log(likelihood(p)), rtol=1e-13)


def test_line_fit_is_the_sum_of_squares_of_its_three_points():
    m, b = np.random.default_rng(6).normal(size=(2, 40))
    x, y = np.array([1, 2, 3]), np.array([2, 5, 3])
    squares = ((m[:, None] * x + b[:, None] - y) ** 2).sum(axis=-1)
    np.testing.assert_allclose(surfaces.line_fit(np.stack([m, b], axis=-1)), squares, atol=1e-11)


def test_only_the_symmetric_half_of_a_matrix_shapes_a_quadratic():
    A, b = np.array([[2.0, 3.0], [-1.0, 4.0]]), np.array([1.0, -2.0])
    x = np.random.default_rng(7).normal(size=(9, 2))
    surface = surfaces.quadratic(A, b, 5)
    by_hand = [p @ A @ p / 2 + b @ p + 5 for p in x]
    np.testing.assert_allclose(surface(x), by_hand, rtol=1e-13)
    np.testing.assert_array_equal(surface.hessian(x[0]), [[2, 1], [1, 4]])


@every
def test_what_a_surface_hands_out_is_the_callers_to_change(surface):
    x = np.array(points(surface, np.random.default_rng(8), count=1)[0])
    for function in (surface, surface.gradient, surface.hessian):
        before = np.array(function(x))
        for place in (x, np.stack([x, x])):
            answer = np.asarray(function(place))
            if answer.ndim:
                answer += 1
        np.testing.assert_array_equal(function(x), before)


def test_damping_the_hessian_of_a_quadratic_leaves_it_as_it_was():
    surface = surfaces.quadratic([[2.0, 0.0], [0.0, 4.0]], [1.0, 2.0])
    hessian = surface.hessian([0, 0])
    hessian += 10 * np.eye(2)
    np.testing.assert_array_equal(surface.gradient([1, 1]), [3, 6])
    np.testing.assert_array_equal(surface.hessian([0, 0]), [[2, 0], [0, 4]])


def test_what_the_caller_changes_later_does_not_change_a_surface():
    A, b, points = np.diag([2.0, 4.0]), np.array([1.0, 2.0]), np.array([1.0, 4.0])
    bowl, lines = surfaces.quadratic(A, b), surfaces.power_lines(points)
    window = [[0, 1], [0, 1]]
    identity = Surface("x", lambda x: x, lambda x: 1, lambda x: 0, window)
    before = bowl([1, 1]), lines(0), identity.window
    A[:], b[:], points[:], window[0][1] = 9, 9, 9, 9
    assert (bowl([1, 1]), lines(0), identity.window) == before
    x = np.array([1.0, 2.0])
    identity(x)[:] = 9
    assert x.tolist() == [1, 2]


def test_a_constant_formula_fills_the_shape_and_a_sum_is_refused():
    flat = Surface("2", lambda x: 2, lambda x: 0, lambda x: np.array(0), ((0, 1), (0, 1)))
    np.testing.assert_array_equal(flat([1, 2, 3]), [2, 2, 2])
    for reducing in (np.sum, np.mean, lambda x: x[:, None]):
        surface = Surface("s", reducing, reducing, reducing, ((0, 1), (0, 1)))
        with pytest.raises(ValueError, match=r"f\(x\) must have shape \(3,\), got"):
            surface([1, 2, 3])
    plane = Surface("p", lambda p: p.sum(), np.ones_like, np.ones_like, ((0, 1), (0, 1)), None, 2)
    assert plane([1, 2]) == 3
    with pytest.raises(ValueError, match=r"f\(x\) must have shape \(4,\), got \(\)"):
        plane(np.ones((4, 2)))


@pytest.mark.parametrize("answer", ["1.0", 1j, None, True, np.ma.array(1.0, mask=True)])
def test_an_answer_that_is_no_real_number_is_refused(answer):
    surface = Surface("s", lambda x: answer, lambda x: answer, lambda x: answer, ((0, 1), (0, 1)))
    for field in ("f", "gradient", "hessian"):
        with pytest.raises(TypeError, match=rf"{field}\(x\) must (be real|have no masked) numbers"):
            getattr(surface, field)(1.0)


def in_x_and_y(**others):
    """A saddle xy with a part of its own, looked at from four points."""
    parts = {"f": lambda x, y: x * y, "gradient": lambda x, y: (y, x)}
    parts |= {"hessian": lambda x, y: (0, 1, 0), "window": ((0, 1), (0, 1))}
    surface = surfaces.two_variables("xy", **parts | others)
    x = np.arange(8.0).reshape(4, 2)
    return surface(x), surface.gradient(x), surface.hessian(x)


def test_constant_parts_are_put_everywhere():
    _, gradient, hessian = in_x_and_y(gradient=lambda x, y: (y, 7))
    np.testing.assert_array_equal(gradient, [[1, 7], [3, 7], [5, 7], [7, 7]])
    np.testing.assert_array_equal(hessian, [[[0, 1], [1, 0]]] * 4)


def test_a_surface_is_frozen():
    with pytest.raises(AttributeError):
        surfaces.bowl.name = "another"


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: surfaces.bowl([1, 2, 3]), ValueError, r"x must have a last axis of length 2.*3,"),
        (lambda: surfaces.bowl(1), ValueError, r"x must have a last axis"),
        (lambda: surfaces.square("two"), TypeError, r"x must be real numbers, got 'two'"),
        (lambda: surfaces.square([[1], [2, 3]]), TypeError, r"x must be real numbers"),
        (lambda: surfaces.square(1j), TypeError, r"x must be real numbers"),
        (lambda: surfaces.square(None), TypeError, r"x must be real numbers"),
        (lambda: surfaces.power_lines([]), ValueError, r"points must not be empty"),
        (lambda: surfaces.power_lines([1, np.nan]), ValueError, r"points must be finite"),
        (lambda: surfaces.power(np.inf), ValueError, r"n must be finite, got inf"),
        (lambda: surfaces.line([1, 2], 3), ValueError, r"a must be one number"),
        (lambda: surfaces.coin_likelihood(-1, 3), ValueError, r"heads must be at least 0, got -1"),
        (lambda: surfaces.coin_log_loss(0, 0), ValueError, r"heads \+ tails must be at least 1"),
        (lambda: surfaces.coin_log_loss(0.5, 1), TypeError, r"heads must be a whole number"),
        (lambda: surfaces.valley(0), ValueError, r"condition must be positive, got 0"),
        (lambda: surfaces.quadratic([[1, 2]], [1, 2]), ValueError, r"A must be a square matrix"),
        (lambda: surfaces.quadratic(np.eye(2), [1]), ValueError, r"b must have shape \(2,\)"),
        (
            lambda: Surface("s", len, len, len, ((0, 1), (0, 1)), domain=("a", "b")),
            TypeError,
            "domain must be real numbers",
        ),
        (
            lambda: Surface("s", len, len, len, ((0, 1), (0, 1)), variables=True),
            TypeError,
            "variables must be a whole number",
        ),
        (
            lambda: in_x_and_y(gradient=lambda x, y: y),
            ValueError,
            r"gradient\(x, y\) must return a tuple of 2",
        ),
        (lambda: in_x_and_y(gradient=lambda x, y: (y,)), ValueError, "must return a tuple of 2"),
        (lambda: in_x_and_y(hessian=lambda x, y: (0, 1)), ValueError, "must return a tuple of 3"),
        (lambda: in_x_and_y(gradient=lambda x, y: (y, x.sum())), ValueError, r"\(4,\), got \(\)"),
        (
            lambda: in_x_and_y(hessian=lambda x, y: (0, x.mean(), 0)),
            ValueError,
            r"\(4,\), got \(\)",
        ),
        (lambda: in_x_and_y(f=lambda x, y: x.sum()), ValueError, r"f\(x\) must have shape \(4,\)"),
        (
            lambda: in_x_and_y(gradient=lambda x, y: (y[:, None], x)),
            ValueError,
            r"each of gradient\(x, y\) must have shape \(4,\), got \(4, 1\)",
        ),
        (lambda: in_x_and_y(gradient=lambda x, y: (y, x * 1j)), TypeError, "must be real numbers"),
        (lambda: in_x_and_y(hessian=lambda x, y: (0, "1", 0)), TypeError, "must be real numbers"),
        (lambda: Surface("s", 3, 4, 5, ()), TypeError, r"f must be a function, got 3"),
        (lambda: Surface("s", len, len, len, ()), ValueError, r"window must not be empty"),
        (
            lambda: Surface("s", len, len, len, (0, 1)),
            ValueError,
            r"window must have shape \(2, 2\)",
        ),
        (
            lambda: surfaces.two_variables("s", len, 4, len, window=((0, 1), (0, 1))),
            TypeError,
            r"gradient must be a function, got 4",
        ),
    ],
)
def test_bad_input(call, error, words):
    with pytest.raises(error, match=words):
        call()
