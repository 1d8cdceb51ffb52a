"""The numbers that the chapter on Hessians and its solutions say, computed."""

import numpy as np
import pytest

from lib import newton
from lib.hessian import classify, eigenvalues
from lib.path import follow
from lib.surfaces import himmelblau, line_fit


def test_heights_of_the_journey():
    assert [3 * t**2 - t**3 / 5 for t in (0, 5, 10)] == [0, 50, 100]


def test_heights_at_and_beside_the_minimum_of_the_cubic():
    assert [round(x**3 - 3 * x, 3) for x in (0.9, 1.0, 1.1)] == [-1.971, -2, -1.969]


def test_braking_car_is_farthest_at_5_s():
    assert [20 * t - 2 * t**2 for t in (4, 5, 6)] == [48, 50, 48]


def test_bowl_that_is_none_has_both_signs():
    assert eigenvalues([[2, 4], [4, 2]]).round(9).tolist() == [-2, 6]


def test_newton_from_minus_2_ends_on_the_saddle():
    walk = newton.minimise(
        lambda p: np.array([3 * p[0] ** 2 - 3, 2 * p[1]]),
        lambda p: np.diag([6 * p[0], 2.0]),
        [-2.0, 1.0],
    )
    assert np.allclose([next(walk) for _ in range(3)], [[-2, 1], [-1.25, 0], [-1.025, 0]])


def test_one_step_fits_the_line():
    assert np.allclose(np.linalg.solve(line_fit.hessian([0, 0]), [42, 20]), line_fit.minimum)


def damped(surface, x):
    while True:
        yield x
        H = surface.hessian(x)
        mu = max(0.0, 1 - eigenvalues(H)[0])
        x = x - np.linalg.solve(H + mu * np.eye(len(x)), surface.gradient(x))


def test_damped_newton_ends_in_a_minimum():
    path = follow(damped(himmelblau, np.array([-0.4, -0.8])), himmelblau)
    assert path.stopped == "settled"
    assert path.f[-1] < 1e-12
    assert classify(himmelblau.hessian(path.x[-1])) == "minimum"


@pytest.mark.parametrize(
    ("start", "verdict"), [((4, 4), "minimum"), ((0, 4), "saddle"), ((-0.4, -0.8), "maximum")]
)
def test_newton_goes_to_any_flat_place(start, verdict):
    walk = newton.minimise(himmelblau.gradient, himmelblau.hessian, start)
    assert classify(himmelblau.hessian(follow(walk, himmelblau).x[-1])) == verdict


def test_a_symmetric_matrix_bends_the_circle_into_an_ellipse_along_its_eigenvectors():
    H = np.array([[2.0, 1.0], [1.0, 1.0]])
    angles = np.linspace(0, np.pi, 10001)
    lengths = np.hypot(*(H @ [np.cos(angles), np.sin(angles)]))
    longest = angles[lengths.argmax()]
    values, ways = np.linalg.eigh(H)
    assert np.isclose(lengths.max(), values.max())
    assert abs(ways[:, 1] @ [np.cos(longest), np.sin(longest)]) > 1 - 1e-6
    assert abs(ways[:, 0] @ ways[:, 1]) < 1e-12


def test_the_parts_around_the_parallelogram_leave_the_determinant():
    a, b, c = 4.0, 1.0, 6.0
    rest = (a + b) * (b + c) - 2 * (a * b / 2) - 2 * (b * c / 2) - 2 * b**2
    assert rest == a * c - b**2 == round(np.linalg.det([[a, b], [b, c]]), 9)


def test_a_matrix_without_determinant_sends_an_arrow_to_zero():
    for a, b in ((4.0, 2.0), (-9.0, 3.0)):
        c = b**2 / a
        assert np.allclose(np.array([[a, b], [b, c]]) @ [c, -b], 0)


def test_every_curvature_lies_between_the_eigenvalues():
    for H in ([[4, -1], [-1, 6]], [[-4, -1], [-1, -6]], [[4, 0], [0, -4]]):
        angles = np.radians(np.arange(0, 180, 7.5))
        u = np.array([np.cos(angles), np.sin(angles)])
        low, high = eigenvalues(H)
        assert ((u * (H @ u)).sum(axis=0) >= low - 1e-9).all()
        assert ((u * (H @ u)).sum(axis=0) <= high + 1e-9).all()
