"""Slopes read off a function's own values: secants, tangents and central differences.

A function f of one variable works elementwise; a function of n variables takes points along the
last axis of x, shape (..., n), as those of `surfaces` do. A slope belongs to one number or
point: a function that sums or averages over an array of them is a ValueError.
"""

from typing import NamedTuple

import numpy as np

from lib import checks

# The step that balances the two errors of a central difference in double precision: the formula's
# grows like h² (h⁴'s share for second differences), the rounding's like 1e-16 / h (or / h²).
EPSILON = np.finfo(float).eps
FIRST_STEP = EPSILON ** (1 / 3)
SECOND_STEP = EPSILON ** (1 / 4)


class Line(NamedTuple):
    """A straight line, called like a function: `Line(4, -4)(2)` is 4."""

    slope: float
    intercept: float

    def __call__(self, x):
        """Evaluate the line at x."""
        return self.slope * x + self.intercept


class Plane(NamedTuple):
    """A plane through (point, value) with the slopes `gradient`, called like a function."""

    point: np.ndarray
    value: float
    gradient: np.ndarray

    def __call__(self, x):
        """Evaluate the plane at points x of shape (..., n)."""
        x = checks.last_axis("x", x, np.shape(self.point)[-1])
        return self.value + ((x - self.point) * self.gradient).sum(axis=-1)


def secant_slope(f, x, h):
    """Divide the rise of f from x to x + h by the run h.

    x and h broadcast; h may be negative. Raises ValueError when h is zero or x or h is not
    finite. Source: N3-04.
    """
    checks.function("f", f)
    x, h = checks.finite("x", x), checks.finite("h", h)
    if not h.all():
        raise ValueError(f"h must not be zero, got {h}")
    x, h = map(np.array, checks.broadcast(x=x, h=h))
    f = _local("f", f, x, x.shape)
    return (f(x + h) - f(x)) / h


def one_sided_slopes(f, x, h):
    """Return the secant slopes (left, right) over the steps −h and h.

    Where they do not approach each other as h shrinks, f has no derivative. Raises ValueError
    when h is not positive. Source: N3-23.
    """
    h = checks.positive("h", h)
    return secant_slope(f, x, -h), secant_slope(f, x, h)


def tangent_line(f, slope, x):
    """Return the tangent to f at x as a `Line` (slope, intercept) that can be called.

    `slope` is the derivative of f, a function. An array x gives a line for each of its numbers.
    Source: N3-05.
    """
    checks.function("f", f), checks.function("slope", slope)
    x = np.array(checks.finite("x", x))
    f, slope = _local("f", f, x, x.shape), _local("slope", slope, x, x.shape)
    m = slope(x)[()]
    return Line(m, f(x) - m * x)


def tangent_plane(f, gradient, x):
    """Return the tangent plane to f at the point x, shape (n,), as a `Plane` that can be called.

    Source: N3-38.
    """
    checks.function("f", f), checks.function("gradient", gradient)
    x = np.array(_points(x))
    f = _local("f", f, x, x.shape[:-1])
    gradient = _local("gradient", gradient, x, x.shape[:-1], more=True)
    return Plane(x, f(x)[()], checks.same_shape("gradient(x)", gradient(x), x.shape))


def central_slope(f, x):
    """Estimate the derivative of f at x, elementwise, from the symmetric secant around x.

    Good to about ten digits where f is smooth and x is of size 1. Source: N3-04.
    """
    checks.function("f", f)
    x = checks.finite("x", x)
    f, h = _local("f", f, x, x.shape), _step(x, FIRST_STEP)
    return (f(x + h) - f(x - h)) / (2 * h)


def central_gradient(f, x):
    """Estimate the gradient of f, (..., n) -> (...), at points x of shape (..., n).

    Each coordinate moves in turn while the others stand still. Where f has an array of values for a
    point, each of them has a gradient. Source: N0-01, N3-39.
    """
    return central_jacobian(f, x)


def central_jacobian(f, x):
    """Estimate all derivatives of f, (..., n) -> (..., m), at points x: shape (..., m, n).

    A function of shape (..., n) -> (...) gives its gradient; a gradient gives the Hessian.
    """
    checks.function("f", f)
    x = _points(x)
    return _partials(_local("f", f, x, x.shape[:-1], more=True), x)


def central_hessian(f, x):
    """Estimate the Hessian of f, (..., n) -> (...), at points x of shape (..., n).

    It needs values of f only and is good to about six digits; when the gradient is known,
    `central_jacobian(gradient, x)` gives ten. Source: N3-89.
    """
    checks.function("f", f)
    x = _points(x)
    f = _local("f", f, x, x.shape[:-1])
    axes = range(x.shape[-1])
    rows = [np.stack([_second_partial(f, x, i, j) for j in axes], axis=-1) for i in axes]
    return np.stack(rows, axis=-2)


def check_gradient(f, gradient, x, tolerance=1e-6):
    """Compare `gradient` with central differences of f at x, and raise AssertionError if it lies.

    f is taken as a function of one variable if it keeps the shape of x, and as one of n
    variables if it drops the last axis. `tolerance` is relative to the slope; beside it, the
    gradient may differ by what rounding and curvature make uncertain in the differences.
    """
    checks.function("f", f), checks.function("gradient", gradient)
    x, tolerance = checks.finite("x", x), checks.least("tolerance", tolerance, 0)
    received = checks.real("gradient(x)", gradient(x))
    checks.same_shape("gradient(x)", received, x.shape)
    with np.errstate(all="ignore"):
        expected, doubt = _slopes_and_doubts(f, x)
        allowed = tolerance * np.abs(expected) + doubt
        agrees = (np.abs(received - expected) <= allowed) & np.isfinite(allowed)
    if not (agrees | (received == expected)).all():
        raise AssertionError(f"argument {x}\nreceived {received}\nexpected {expected}")


def _step(x, size):
    """A step suited to the size of x, rounded so that x + h is exact."""
    h = size * np.maximum(1, np.abs(x))
    return (x + h) - x


def _points(x):
    x = checks.finite("x", x)
    if x.ndim == 0:
        raise ValueError("x must have its coordinates along a last axis, got a single number")
    return x


def _move(x, i, h):
    """The points x with h added to their coordinate i."""
    moved = np.array(x)
    moved[..., i] += h
    return moved


def _partials(f, x):
    """The partial derivatives of f by each coordinate of x, along a new last axis."""
    return np.stack([_partial(f, x, i) for i in range(x.shape[-1])], axis=-1)


def _partial(f, x, i):
    h = _step(x[..., i], FIRST_STEP)
    rise = f(_move(x, i, h)) - f(_move(x, i, -h))
    return rise / _widened(2 * h, rise)


def _second_partial(f, x, i, j):
    h, k = _step(x[..., i], SECOND_STEP), _step(x[..., j], SECOND_STEP)
    right, left = _move(x, i, h), _move(x, i, -h)
    rise_right = f(_move(right, j, k)) - f(_move(right, j, -k))
    rise_left = f(_move(left, j, k)) - f(_move(left, j, -k))
    return (rise_right - rise_left) / (4 * h * k)


# What `check_gradient` compares with: central differences, and how far they may be off.


def _slopes_and_doubts(f, x):
    """The slopes of f at x by central differences, and the doubt about each: shapes of x."""
    shape = np.shape(f(x))
    if shape == x.shape:
        f = _local("f", f, x, x.shape)
        return _slope_and_doubt(lambda h: f(x + h), np.abs(x))
    if shape != x.shape[:-1]:
        wanted = f"{x.shape} (one variable) or {x.shape[:-1]} (coordinates last)"
        raise ValueError(f"f(x) must have shape {wanted}, got {shape}")
    f = _local("f", f, x, x.shape[:-1])
    each = [
        _slope_and_doubt(lambda h, i=i: f(_move(x, i, h)), np.abs(x[..., i]))
        for i in range(x.shape[-1])
    ]
    return (np.stack(parts, axis=-1) for parts in zip(*each, strict=True))


def _slope_and_doubt(f, size):
    """The slope of f(h) at h = 0, and how far it may be off, for a place of that size.

    Of a step as for a place of size 1 and a step relative to the size, the better one counts: the
    second sees what is curved on the scale of a tiny x.
    """
    slope, doubt = _central_difference(f, FIRST_STEP * np.maximum(1, size))
    other, other_doubt = _central_difference(f, FIRST_STEP * size)
    better = (other_doubt < doubt) | (np.isnan(doubt) & ~np.isnan(other_doubt))
    return np.where(better, other, slope), np.where(better, other_doubt, doubt)


def _central_difference(f, h):
    """The slope of f(h) at h = 0, and its doubt: the curvature's share, and the rounding's."""
    up, down = f(h), f(-h)
    slope, wide = (up - down) / (2 * h), (f(2 * h) - f(-2 * h)) / (4 * h)
    rounding = 2 * EPSILON * np.maximum(np.abs(up), np.abs(down)) / h
    return slope, np.abs(wide - slope) + rounding


# A slope at one place needs a function that looks at one place.


def _local(name, f, x, shape, more=False):
    """Return f with floats for answers, if the value it gives to a place of x is that place's own.

    `shape` is that of the places: the numbers of x, or the points along its last axis. With `more`
    a value may be an array, along further axes.
    """

    def values(x):
        return checks.real(f"{name}(x)", f(x))

    given = values(x).shape
    if given != shape and not (more and given[: len(shape)] == shape):
        wanted = f"shape {shape}{', or that with further axes' if more else ''}"
        places = "number" if shape == x.shape else "point"
        raise ValueError(f"{name}(x) must have {wanted}, a value for each {places}, got {given}")
    _refuse_neighbours(name, values, x, x + _step(x, FIRST_STEP), shape)
    return values


def _refuse_neighbours(name, f, x, moved, shape):
    """Raise ValueError if the value of f at one place of x depends on x at another.

    `shape` is that of the places. Some of them are moved, so chosen that any two places are once
    told apart: by the digits of their numbers, counted in twos.
    """
    count = int(np.prod(shape))
    if count < 2:
        return
    numbers = np.arange(count).reshape(shape)
    with np.errstate(all="ignore"):
        before, after = f(x), f(moved)
        for digit in range((count - 1).bit_length()):
            chosen = (numbers >> digit) % 2 == 1
            mixed = f(np.where(_widened(chosen, x), moved, x))
            expected = np.where(_widened(chosen, before), after, before)
            if not _equal(mixed, expected):
                told = "its value at one place changes with x at another, as a sum or a mean does"
                raise ValueError(f"{name} must work on each number or point of x by itself: {told}")


def _widened(each, array):
    """What there is for each place, with axes of length 1 for the further axes of an array."""
    return np.reshape(each, np.shape(each) + (1,) * (array.ndim - np.ndim(each)))


def _equal(a, b):
    """Whether two arrays are equal but for rounding, and infinite or NaN in the same places."""
    largest = np.max(np.abs(b), initial=0, where=np.isfinite(b))
    return np.allclose(a, b, rtol=0, atol=1e-12 * largest, equal_nan=True)
