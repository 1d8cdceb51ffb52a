"""Slopes read off a function's own values: secants, tangents and central differences.

A function f of one variable works elementwise; a function of n variables takes points along the
last axis of x, shape (..., n), as the records of `surfaces` do.
"""

from typing import NamedTuple

import numpy as np

from lib import checks

# The step that balances the two errors of a central difference in double precision: the formula's
# grows like h² (h⁴'s share for second differences), the rounding's like 1e-16 / h (or / h²).
FIRST_STEP = np.finfo(float).eps ** (1 / 3)
SECOND_STEP = np.finfo(float).eps ** (1 / 4)


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
    x = checks.finite("x", x)[()]
    return Line(slope(x), f(x) - slope(x) * x)


def tangent_plane(f, gradient, x):
    """Return the tangent plane to f at the point x, shape (n,), as a `Plane` that can be called.

    Source: N3-38.
    """
    checks.function("f", f), checks.function("gradient", gradient)
    x = checks.finite("x", x)
    return Plane(x, f(x), gradient(x))


def central_slope(f, x):
    """Estimate the derivative of f at x, elementwise, from the symmetric secant around x.

    Good to about ten digits where f is smooth and x is of size 1. Source: N3-04.
    """
    checks.function("f", f)
    x = checks.finite("x", x)
    h = _step(x, FIRST_STEP)
    return (f(x + h) - f(x - h)) / (2 * h)


def central_gradient(f, x):
    """Estimate the gradient of f, (..., n) -> (...), at points x of shape (..., n).

    Each coordinate moves in turn while the others stand still. Source: N0-01, N3-39.
    """
    return central_jacobian(f, x)


def central_jacobian(f, x):
    """Estimate all derivatives of f, (..., n) -> (..., m), at points x: shape (..., m, n).

    A function of shape (..., n) -> (...) gives its gradient; a gradient gives the Hessian.
    """
    checks.function("f", f)
    x = _points(x)
    return np.stack([_partial(f, x, i) for i in range(x.shape[-1])], axis=-1)


def central_hessian(f, x):
    """Estimate the Hessian of f, (..., n) -> (...), at points x of shape (..., n).

    It needs values of f only and is good to about six digits; when the gradient is known,
    `central_jacobian(gradient, x)` gives ten. Source: N3-89.
    """
    checks.function("f", f)
    x = _points(x)
    axes = range(x.shape[-1])
    rows = [np.stack([_second_partial(f, x, i, j) for j in axes], axis=-1) for i in axes]
    return np.stack(rows, axis=-2)


def check_gradient(f, gradient, x, tolerance=1e-6):
    """Compare `gradient` with central differences of f at x, and raise AssertionError if it lies.

    f is taken as a function of one variable if it keeps the shape of x, and as one of n
    variables if it drops the last axis. `tolerance` is relative to slopes above 1, absolute below.
    """
    checks.function("f", f), checks.function("gradient", gradient)
    x, tolerance = checks.finite("x", x), checks.least("tolerance", tolerance, 0)
    expected = central_slope(f, x) if np.shape(f(x)) == x.shape else central_gradient(f, x)
    received = np.asarray(gradient(x))
    checks.same_shape("gradient(x)", received, expected.shape)
    miss = np.abs(received - expected)
    if not (miss <= tolerance * np.maximum(1, np.abs(expected))).all():
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


def _move(x, i, size):
    """The step of coordinate i alone, and its length."""
    h = _step(x[..., i], size)
    move = np.zeros_like(x)
    move[..., i] = h
    return move, h


def _partial(f, x, i):
    move, h = _move(x, i, FIRST_STEP)
    rise = np.asarray(f(x + move) - f(x - move))
    return rise / (2 * (h[..., None] if rise.ndim > h.ndim else h))


def _second_partial(f, x, i, j):
    (along, h), (across, k) = _move(x, i, SECOND_STEP), _move(x, j, SECOND_STEP)
    up = f(x + along + across) - f(x + along - across)
    down = f(x - along + across) - f(x - along - across)
    return (up - down) / (4 * h * k)
