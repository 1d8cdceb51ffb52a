"""The numbers that the chapter on gradients and its solutions say, computed."""

from fractions import Fraction

import numpy as np

from lib.data import three_points
from lib.derivatives import central_gradient
from lib.surfaces import bowl, line_fit, room, stretched_bowl, valley


def off_course(c, x, y):
    """Return the angle in degrees between the gradient of x² + c y² and the place itself."""
    away, gradient = np.array([x, y]), valley(c).gradient([x, y])
    cosine = gradient @ away / np.linalg.norm(gradient) / np.linalg.norm(away)
    return np.degrees(np.arccos(cosine))


def test_the_turn_at_one_one():
    gradient = stretched_bowl.gradient([1, 1])
    steepest = np.degrees(np.arctan2(gradient[1], gradient[0]))
    assert round(steepest, 1) == 84.3
    assert round(steepest - 45) == 39
    assert [round(steepest + quarter) for quarter in (90, 270)] == [174, 354]
    ways = np.radians([6, 45, 84, 135])
    slopes = gradient @ [np.cos(ways), np.sin(ways)]
    assert np.allclose(slopes, [4.08, 15.56, 20.10, 12.73], atol=0.005)


def test_the_length_of_the_gradient_of_the_bowl():
    assert round(np.linalg.norm(bowl.gradient([2, 3])), 3) == 7.211
    assert round(np.linalg.norm(bowl.gradient([2, 3])) - bowl.gradient([2, 3]) @ [0.6, 0.8], 3) == (
        0.011
    )


def test_the_farthest_off_course():
    assert round(off_course(10, 1, 1), 2) == 39.29
    assert round(off_course(10, 1, 10**-0.5), 2) == 54.90
    assert off_course(10, 1.5, 0.5) > 54


def test_the_coldest_place_of_the_room():
    coldest = Fraction(85) - Fraction(16 * 2 * 16 * 2, 90)
    assert coldest == Fraction(3313, 45)
    assert np.isclose(room([4, 4]), float(coldest))
    assert round(float(coldest), 2) == 73.62


def test_places_outside_the_room():
    assert np.isclose(room([10, 3]), 205)
    assert round(room([7, 7]), 2) == 58.32
    assert np.isclose(room.gradient([6, 4])[0], 12.8)


def test_the_best_line_and_its_misses():
    x, y = three_points()
    m, b = np.linalg.solve([[28, 12], [12, 6]], [42, 20])
    assert np.allclose([m, b], [1 / 2, 7 / 3])
    assert np.allclose(m * x + b - y, [5 / 6, -5 / 3, 5 / 6])
    assert np.isclose(line_fit([m, b]), 25 / 6)


def test_the_notes_cost_as_read_would_cross_at_minus_a_half():
    m, _ = np.linalg.solve([[20, 12], [12, 6]], [42, 20])  # with 10m² in E
    assert np.isclose(m, -1 / 2)


def test_the_rise_from_the_best_line_is_a_sum_of_squares():
    u, v = np.random.default_rng(2).normal(size=(2, 2000))
    rise = line_fit(np.stack([0.5 + u, 7 / 3 + v], axis=-1)) - 25 / 6
    assert np.allclose(rise, 14 * (u + 3 * v / 7) ** 2 + 3 * v**2 / 7)


def test_the_level_places_of_the_triangle():
    corners = np.array([[0.0, 0], [3, 0], [0, 3], [1, 1]])
    slopes = central_gradient(lambda p: p[..., 0] * p[..., 1] * (p.sum(axis=-1) - 3), corners)
    assert np.allclose(slopes, 0, atol=1e-6)


def test_the_rises_of_two_moves_come_to_what_the_two_slopes_promise():
    here, u = np.array([1.0, 1.0]), np.array([np.cos(0.5), np.sin(0.5)])
    gaps = []
    for t in (0.1, 0.01, 0.001):
        corner = here + t * np.array([0, u[1]])
        heights = stretched_bowl(np.array([here, corner, here + t * u]))
        gaps.append(np.diff(heights)[::-1] / t - stretched_bowl.gradient(here) * u)
    assert np.allclose(np.divide(gaps[:-1], gaps[1:]), 10, rtol=1e-2)


def test_two_lines_of_one_list_do_not_make_level_ground():
    assert np.allclose(room.gradient([6, 4]), (12.8, 0))
