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
        (lambda x, y: x, "raised TypeError"),
    ],
)
def test_what_is_no_number_is_told(yours, told, rng):
    verdict = check_function(yours, square, one, rng)
    assert not verdict
    assert told in repr(verdict)


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
        ({"trials": 0}, ValueError, "trials"),
        ({"tolerance": 0}, ValueError, "tolerance"),
    ],
)
def test_wrong_arguments_are_named(options, error, named, rng):
    given = {"yours": square, "wanted": square, "draw": one, "rng": rng} | options
    with pytest.raises(error, match=named):
        check_function(**given)
