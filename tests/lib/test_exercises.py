"""The judge of a reader's own function: it passes what is right and shows what is wrong."""

import numpy as np
import pytest

from lib.exercises import check_function


def square(x):
    return x**2


def one(rng):
    return (rng.normal(),)


@pytest.fixture
def rng():
    return np.random.default_rng(1)


def test_a_right_function_passes(rng):
    verdict = check_function(lambda x: x * x, square, one, rng)
    assert verdict
    assert repr(verdict) == "Right: 20 of 20 fresh inputs agree."


def test_a_wrong_one_is_shown_with_argument_result_and_wish(rng):
    def double(x):
        return 2 * x

    verdict = check_function(double, square, lambda rng: (3.0,), rng)
    assert not verdict
    assert repr(verdict) == "Not yet: double(3) gave 6, wanted 9."


def test_a_rare_slip_is_found(rng):
    def mostly(x):
        return x**2 if x < 1 else x

    assert not check_function(mostly, square, one, rng, trials=200)


@pytest.mark.parametrize(
    ("yours", "told"),
    [
        (lambda x: None, "gave None"),
        (lambda x: ..., "gave Ellipsis"),
        (lambda x: "four", "gave 'four'"),
        (lambda x: x / "2", "raised TypeError"),
        (lambda x: np.array([x, x]), "of shape (2,)"),
        (lambda x: np.nan, "gave nan"),
        (lambda x: "1.0", "gave '1.0', which is text"),
        (lambda x: np.array("1.0"), "which is text"),
        (lambda x: x + 0j, "which is complex"),
        (lambda x: complex(x, 1), "which is complex"),
        (lambda x: True, "gave True, which is true or false and no number"),
        (lambda x: x == x, "which is true or false and no number"),
        (lambda x: np.ma.array(x**2, mask=True), "which has masked numbers"),
        (lambda x: [[x], [x, x]], "gave [["),
        (lambda x: 10**400, "which is larger than any float"),
        (lambda x, y: x, "raised TypeError"),
    ],
)
def test_what_is_no_number_is_told(yours, told, rng):
    verdict = check_function(yours, square, one, rng)
    assert not verdict
    assert told in verdict.words


def test_right_by_chance_of_a_kind_that_is_no_number_is_told(rng):
    for one in ("1.0", True, 1 + 0j, np.array("1.0")):
        assert not check_function(lambda x, one=one: one, lambda x: 1.0, lambda rng: (2.0,), rng)


@pytest.mark.parametrize("size", [1, 1e-6, 1e-9, 1e-15, 1e-200])
def test_small_numbers_are_judged_as_strictly_as_large_ones(size, rng):
    def wanted(x):
        return size * np.array([x, x**2, 0])

    assert check_function(lambda x: wanted(x) * (1 + 1e-9), wanted, one, rng)
    assert check_function(lambda x: wanted(x) + 1e-16 * size, wanted, one, rng)
    for wrong in (2, 1 + 1e-5, 0):
        assert not check_function(lambda x, wrong=wrong: wrong * wanted(x), wanted, one, rng)
    assert not check_function(lambda x: wanted(x) + size * 1e-9 * np.eye(3)[2], wanted, one, rng)


def test_where_infinity_is_wanted_nothing_else_will_do(rng):
    def wanted(x):
        return np.array([x, np.inf, np.nan])

    assert check_function(wanted, wanted, one, rng)
    for other in (5.0, -np.inf, np.nan):
        assert not check_function(lambda x, o=other: np.array([x, o, np.nan]), wanted, one, rng)
    assert not check_function(lambda x: np.array([x, np.inf, 1.0]), wanted, one, rng)
    assert not check_function(lambda x: np.inf, lambda x: x, one, rng)


def test_arguments_that_are_no_numbers_are_no_hindrance(rng):
    def draw(rng):
        return [[1], [2, 3]], "name", None, np.array([])

    assert check_function(lambda *all: 0, lambda *all: 0.0, draw, rng)


def test_where_zero_is_wanted_rounding_is_no_slip(rng):
    assert check_function(lambda x: (x + 0.1) - x - 0.1, lambda x: 0.0, one, rng)
    assert not check_function(lambda x: 1e-9, lambda x: 0.0, one, rng)


def test_a_function_that_changes_its_arguments_is_shown_them_as_they_were(rng):
    def cleared(x):
        x[:] = 0
        return x.sum()

    def total(x):
        return x.sum()

    def draw(rng):
        return (np.array([1.0, 2.0]),)

    verdict = check_function(cleared, total, draw, rng)
    assert repr(verdict) == "Not yet: cleared([1, 2]) gave 0, wanted 3."
    kept = np.array([1.0, 2.0])
    assert repr(check_function(total, cleared, lambda rng: (kept,), rng)) == (
        "Not yet: total([1, 2]) gave 3, wanted 0."
    )
    assert kept.tolist() == [1, 2]


def test_each_function_draws_from_a_generator_of_its_own(rng):
    def noise(rng):
        return rng.normal()

    assert check_function(noise, noise, lambda rng: (rng,), rng)


def test_arrays_and_functions_are_arguments(rng):
    def slope(f, x, h):
        return (f(x + h) - f(x - h)) / (2 * h)

    def draw(rng):
        return np.sin, rng.normal(size=2), 0.1

    assert check_function(slope, slope, draw, rng)
    verdict = check_function(lambda f, x, h: f(x), slope, draw, rng)
    assert "sin, [" in repr(verdict)


@pytest.mark.parametrize(
    ("options", "error", "named"),
    [
        ({"yours": 3}, TypeError, "yours"),
        ({"wanted": None}, TypeError, "wanted"),
        ({"draw": (1,)}, TypeError, "draw"),
        ({"draw": lambda rng: 3.0}, TypeError, "draw"),
        ({"rng": 1}, TypeError, "rng"),
        ({"wanted": lambda x: "4"}, TypeError, r"wanted\(...\) must be real numbers"),
        ({"wanted": lambda x: 1j}, TypeError, r"wanted\(...\) must be real numbers"),
        ({"draw": lambda rng: ((x for x in ()),)}, TypeError, "can be copied"),
        ({"trials": 0}, ValueError, "trials"),
        ({"tolerance": 0}, ValueError, "tolerance"),
        ({"tolerance": np.inf}, ValueError, "tolerance"),
    ],
)
def test_wrong_arguments_are_named(options, error, named, rng):
    given = {"yours": square, "wanted": square, "draw": one, "rng": rng} | options
    with pytest.raises(error, match=named):
        check_function(**given)
