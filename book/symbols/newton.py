"""What the formulas of the chapter on Newton's method say, symbol by symbol."""

import numpy as np

from lib import newton, surfaces
from pages.formulas import after, between, checked, definition, function, zero

CURVE = surfaces.exp_minus_log


def tangent_root(value, slope, x):
    """Where the line through (x, value) with that slope meets the axis, by a polynomial's root."""
    return np.roots([slope, value - slope * x])[0]


def cycle(x):
    """How far Newton's step on arctan, from x, misses the mirror image −x."""
    return x + after(newton.roots(np.arctan, lambda x: 1 / (1 + x**2), x))


CUBIC = {"f": function(lambda x: x**3 - 2 * x - 5)}
FIRST = {
    **CUBIC, "x_0": between(1, 3),
    "x_1": lambda x_0: tangent_root(x_0**3 - 2 * x_0 - 5, 3 * x_0**2 - 2, x_0),
}  # fmt: skip
X_K = {"x_k": between(0.2, 2)}
X = {"x": between(0.2, 2)}
# A parabola with a zero at r: for it the gap between curve and tangent is c/2 s² with one c.
ERROR = {
    "r": between(-1, 1), "q": between(2, 3), "c": between(0.5, 2), "x_k": between(1.5, 3),
    "s": between(-1, 1), "e_k": lambda x_k, r: x_k - r,
    "f": function(lambda x, /, r, q, c: c / 2 * (x - r) * (x + q)),
    "e_k_plus_1": lambda x_k, r, q, c: -r + after(
        newton.roots(lambda x: c / 2 * (x - r) * (x + q), lambda x: c / 2 * (2 * x + q - r), x_k)
    ),
}  # fmt: skip
PARABOLA = {"a": between(0.5, 3), "b": between(-3, 3), "x_0": between(-3, 3)}
INVERSE = {
    "a": between(0.5, 3), "x": between(0.1, 0.5), "x_k": between(0.1, 0.5),
    "x_k_plus_1": lambda a, x_k: after(newton.roots(lambda x: 1 / x - a, lambda x: -1 / x**2, x_k)),
}  # fmt: skip

FORMULAS = {
    "eq-newton-triangle": checked(**FIRST),
    "eq-newton-legs": checked(**FIRST),
    "eq-newton-first-step": checked(**FIRST),
    "eq-newton-roots": checked(
        **CUBIC, x_k=between(1, 3),
        x_k_plus_1=lambda x_k: after(
            newton.roots(lambda x: x**3 - 2 * x - 5, lambda x: 3 * x**2 - 2, x_k)
        ),
    ),
    "eq-newton-by-hand": checked(
        x_1=after(newton.roots(lambda x: x**3 - 2 * x - 5, lambda x: 3 * x**2 - 2, 2.0))
    ),
    "eq-newton-heron": checked(
        a=between(0.5, 9), x_k=between(0.5, 4),
        x_k_plus_1=lambda a, x_k: after(newton.roots(lambda x: x**2 - a, lambda x: 2 * x, x_k)),
    ),
    "eq-newton-replace": definition("what stands for f when a minimum is wanted"),
    "eq-newton-minima": checked(
        g=function(CURVE), **X_K,
        x_k_plus_1=lambda x_k: after(newton.minimise(CURVE.gradient, CURVE.hessian, x_k)),
    ),
    "eq-newton-parabola": definition("the parabola that has value, slope and bend of g at x_k"),
    "eq-newton-parabola-slope": checked(
        **X_K, x=between(0.5, 2), g=function(CURVE),
        q=function(
            lambda x, /, x_k: CURVE(x_k) + CURVE.gradient(x_k) * (x - x_k)
            + CURVE.hessian(x_k) * (x - x_k) ** 2 / 2
        ),
    ),
    "eq-newton-example-slope": checked(**X, g=function(CURVE)),
    "eq-newton-example-bend": checked(**X, g=function(CURVE)),
    "eq-newton-example": checked(
        **X_K, x_k_plus_1=lambda x_k: after(newton.minimise(CURVE.gradient, CURVE.hessian, x_k))
    ),
    "eq-newton-linear": checked(
        g=function(CURVE), x_star=surfaces.OMEGA, alpha=between(0.01, 0.1),
        e_k=between(-1e-4, 1e-4), close=1e-4,
        e_k_plus_1=lambda x_star, alpha, e_k: e_k - alpha * CURVE.gradient(x_star + e_k),
    ),
    "eq-newton-gap": checked(**ERROR),
    "eq-newton-taylor": checked(**ERROR),
    "eq-newton-step-error": checked(**ERROR),
    "eq-newton-quadratic": checked(**ERROR),
    "eq-newton-inverse": definition("the two steps side by side"),
    "eq-newton-matrix": checked(
        x_k=between(1, 3, 2), H=function(surfaces.quartic.hessian),
        H_inverse=function(lambda x: np.linalg.inv(surfaces.quartic.hessian(x))),
        nabla_f=function(surfaces.quartic.gradient),
        x_k_plus_1=lambda x_k: after(
            newton.minimise(surfaces.quartic.gradient, surfaces.quartic.hessian, x_k)
        ),
    ),
    "eq-newton-domain": checked(
        x_k=between(0.2, 3),
        x_k_plus_1=lambda x_k: after(newton.minimise(lambda x: 1 - 1 / x, lambda x: x**-2.0, x_k)),
    ),
    "eq-newton-ex-cube-root": checked(x=between(0.5, 3), a=between(0.5, 9)),
    "eq-newton-ex-parabola": checked(
        **PARABOLA,
        x_1=lambda a, b, x_0: after(newton.minimise(lambda x: 2 * a * x + b, lambda x: 2 * a, x_0)),
    ),
    "eq-newton-ex-division": checked(**INVERSE),
    "eq-newton-ex-division-error": checked(**INVERSE),
    "eq-newton-ex-squares": checked(k=10),
    "eq-newton-ex-threshold": checked(
        x=between(-2, 2), h=function(cycle), at={"x": zero(cycle, 1.0, 2.0)},
    ),
}  # fmt: skip
