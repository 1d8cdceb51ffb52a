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
    value, slope = _tangent(f, derivative, x0)
    flat = slope == 0 if slope.ndim == x0.ndim else _singular(slope)
    if flat.any():
        raise ValueError(f"the derivative at x0 must not be zero or singular, got {slope}")

    @np.errstate(all="ignore")  # a divergence is a path worth drawing
    def after(x, value, slope):
        return x - _solve(slope, value)

    def walk(x, value, slope):
        yield x
        while True:
            x = after(x, value, slope)
            yield x
            value, slope = _tangent(f, derivative, x)

    return walk(x0[()], value, slope)


def minimise(gradient, hessian, x0):
    """Walk to where the gradient is zero: x ← x − H(x)⁻¹ ∇f(x), the bottom of the parabola at x.

    It is `roots` of the gradient, so it climbs to a maximum or a saddle as gladly as it descends;
    ask `hessian.classify` what was found. Raises ValueError at once for a Hessian that is singular
    or not symmetric at x0, or does not fit. Source: N3-86, N3-95.
    """
    checks.function("gradient", gradient), checks.function("hessian", hessian)
    walk = roots(gradient, hessian, x0)
    matrix = checks.real("hessian(x0)", hessian(np.array(checks.real("x0", x0))))
    if matrix.ndim > np.ndim(x0):
        checks.symmetric("hessian(x0)", matrix)
    return walk


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


@np.errstate(all="ignore")
def _tangent(f, derivative, x):
    """The value and the slope of f at x as floats, if their shapes fit."""
    value, slope = checks.real("f(x)", f(x)), checks.real("derivative(x)", derivative(x))
    checks.same_shape("f(x)", value, x.shape)
    if slope.shape not in (x.shape, (*x.shape, *x.shape[-1:])):
        wanted = f"{x.shape} or, square, {(*x.shape, *x.shape[-1:])}"
        raise ValueError(f"derivative(x) must have shape {wanted}, got {slope.shape}")
    return value, slope
