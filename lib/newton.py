"""Newton's method: follow the tangent to its root, or the parabola to its bottom.

Both walks are generators of iterates, x0 first, for `path.follow` to take. One variable works
elementwise; for n variables x has shape (..., n) and the Jacobian or Hessian (..., n, n).
"""

import numpy as np

from lib import checks


def roots(f, derivative, x0):
    """Walk to a zero of f: x ← x − f(x) / f'(x), or x − J(x)⁻¹ f(x) in n variables.

    `derivative` returns the slope of f, of the shape of x, or its Jacobian of shape (..., n, n).
    Raises ValueError at once when it is zero or singular at x0: the tangent hits nothing there.
    Where that happens later the iterate is no longer finite, which is a divergence. Source: N3-83.
    """
    checks.function("f", f), checks.function("derivative", derivative)
    x0 = np.array(checks.finite("x0", x0))
    value, slope = _first_tangent(f, derivative, x0)

    def walk(x, value, slope):
        yield x
        while True:
            with np.errstate(all="ignore"):  # a divergence is a path worth drawing
                x = x - _solve(slope, value)
            yield x
            value, slope = _tangent(f, derivative, x)

    return walk(x0[()], value, slope)


def minimise(gradient, hessian, x0):
    """Walk to where the gradient is zero: x ← x − H(x)⁻¹ ∇f(x), the bottom of the parabola at x.

    It is `roots` of the gradient, so it climbs to a maximum or a saddle as gladly as it descends;
    ask `hessian.classify` what was found. Raises ValueError at once for a Hessian that is singular
    at x0 or does not fit. Source: N3-86, N3-95.
    """
    checks.function("gradient", gradient), checks.function("hessian", hessian)
    return roots(gradient, hessian, x0)


def _solve(slope, value):
    """Divide by a slope, or solve with a matrix, giving NaN where that one is singular."""
    if slope.ndim == value.ndim:
        return value / slope
    fit = np.isfinite(slope).all(axis=(-1, -2)) & ~_singular(slope)
    matrix = np.where(fit[..., None, None], slope, np.eye(slope.shape[-1]))
    step = np.linalg.solve(matrix, value[..., None])[..., 0]
    return np.where(fit[..., None], step, np.nan)


def _singular(matrix):
    return ~(np.linalg.cond(np.nan_to_num(matrix), 1) < 1 / np.finfo(float).eps)


def _tangent(f, derivative, x):
    with np.errstate(all="ignore"):
        return np.asarray(f(x)), np.asarray(derivative(x))


def _first_tangent(f, derivative, x0):
    """The value and slope at the start, if the slope fits and leads somewhere."""
    value, slope = _tangent(f, derivative, x0)
    checks.same_shape("f(x0)", value, x0.shape)
    if slope.shape not in (x0.shape, (*x0.shape, *x0.shape[-1:])):
        wanted = f"{x0.shape} or, square, {(*x0.shape, *x0.shape[-1:])}"
        raise ValueError(f"the derivative at x0 must have shape {wanted}, got {slope.shape}")
    flat = slope == 0 if slope.ndim == x0.ndim else _singular(slope)
    if flat.any():
        raise ValueError(f"the derivative at x0 must not be zero or singular, got {slope}")
    return value, slope
