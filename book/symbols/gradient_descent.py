"""What the formulas of the chapter on gradient descent say, symbol by symbol."""

import numpy as np

from lib import descent, perceptron, surfaces
from pages.formulas import COSINE, after, between, checked, function, plane, whole

CURVE, OMEGA = surfaces.exp_minus_log, surfaces.OMEGA
EXAMPLE = {"x": between(0.2, 2), "f": function(CURVE)}
LINE = plane("E", lambda m, b: surfaces.line_fit([m, b]), "m", "b")
MB = {"m": between(-3, 3), "b": between(-3, 3)}
HOUSES = perceptron.cost_surface([1, 2, 3, 4], [0.7, 1.5, 4.5, 9.5])


def step(gradient, x, learning_rate):
    """Where lib's walk is after one step from x."""
    return after(descent.gradient_descent(gradient, x, learning_rate))


FORMULAS = {
    "eq-descent-example": checked(**EXAMPLE),
    "eq-descent-slope": checked(**EXAMPLE),
    "eq-descent-step": checked(
        x_0=between(0.2, 2), alpha=between(0.01, 0.2), f=function(CURVE),
        x_1=lambda x_0, alpha: step(CURVE.gradient, x_0, alpha),
    ),
    "eq-descent-drop": checked(
        x_0=between(0.2, 2), alpha=between(1e-4, 1e-3), f=function(CURVE), close=1e-4,
        x_1=lambda x_0, alpha: step(CURVE.gradient, x_0, alpha),
    ),
    "eq-descent-update": checked(
        x_k_minus_1=between(0.2, 2), alpha=between(0.01, 0.2), f=function(CURVE),
        x_k=lambda x_k_minus_1, alpha: step(CURVE.gradient, x_k_minus_1, alpha),
    ),
    "eq-descent-linear-slope": checked(
        x_star=OMEGA, x=between(OMEGA - 1e-4, OMEGA + 1e-4), f=function(CURVE), close=1e-4
    ),
    "eq-descent-rate": checked(
        x_star=OMEGA, alpha=between(0.01, 0.1), e_k_minus_1=between(-1e-4, 1e-4),
        f=function(CURVE), close=1e-4,
        e_k=lambda e_k_minus_1, alpha: step(CURVE.gradient, OMEGA + e_k_minus_1, alpha) - OMEGA,
    ),
    "eq-descent-curvature": checked(**EXAMPLE),
    "eq-descent-critical": checked(alpha=between(-1, 2), lam=between(0.5, 6)),
    "eq-descent-gradient": checked(
        x=between(-2, 2), y=between(-2, 2), **plane("f", lambda x, y: surfaces.quartic([x, y]))
    ),
    "eq-descent-vector-step": checked(
        x_0=between(-2, 2), y_0=between(-2, 2), alpha=between(0.01, 0.1),
        **plane("f", lambda x, y: surfaces.quartic([x, y]), "x_0", "y_0"),
        one=lambda x_0, y_0, alpha: step(surfaces.quartic.gradient, [x_0, y_0], alpha),
        x_1=lambda one: one[0], y_1=lambda one: one[1],
    ),
    "eq-descent-room": checked(
        x=between(0, 6), y=between(0, 6), T=function(lambda x, y: surfaces.room([x, y]))
    ),
    "eq-descent-room-gradient": checked(
        x=between(0, 6), y=between(0, 6), **plane("T", lambda x, y: surfaces.room([x, y]))
    ),
    "eq-descent-stretched": checked(
        x=between(-3, 3), y=between(-3, 3),
        nabla_f=function(lambda x, y: surfaces.stretched_bowl.gradient([x, y])),
    ),
    "eq-descent-angle": checked(
        varphi=np.arctan2(*surfaces.stretched_bowl.gradient([1, 1])[::-1]) - np.pi / 4,
        instance=(COSINE, {"a": 2, "b": 20, "c": 1, "d": 1}),
    ),
    "eq-descent-line-error": checked(**MB, **LINE),
    "eq-descent-line-gradient": checked(**MB, **LINE),
    "eq-descent-line-update": checked(
        m_k=between(-2, 2), b_k=between(-2, 2), alpha=between(0.01, 0.05),
        **plane("E", lambda m, b: surfaces.line_fit([m, b]), "m_k", "b_k"),
        one=lambda m_k, b_k, alpha: step(surfaces.line_fit.gradient, [m_k, b_k], alpha),
        m_k_plus_1=lambda one: one[0], b_k_plus_1=lambda one: one[1],
    ),
    "eq-descent-critical-plane": checked(
        alpha=between(0.001, 0.06), lam_max=np.linalg.eigvalsh([[28, 12], [12, 6]])[-1]
    ),
    "eq-descent-half-mean": checked(
        **MB, n=5, x=between(-2, 2, 5), y=between(-2, 2, 5),
        L=function(lambda m, b, /, x, y: perceptron.half_mean_squared_error([m], b, x[:, None], y)),
    ),
    "eq-descent-columns": checked(
        m_k_minus_1=between(-2, 2), b_k_minus_1=between(-2, 2), alpha=between(0.01, 0.05),
        **plane("L", lambda m, b: surfaces.line_fit([m, b]) / 6, "m_k_minus_1", "b_k_minus_1"),
        one=lambda m_k_minus_1, b_k_minus_1, alpha: step(
            surfaces.line_fit.gradient, [m_k_minus_1, b_k_minus_1], alpha / 6
        ),
        m_k=lambda one: one[0], b_k=lambda one: one[1],
    ),
    "eq-descent-theta": checked(
        theta_j=between(-2, 2), j=whole(0, 1), alpha=between(0.01, 0.1), other=between(-2, 2),
        J=lambda theta_j, other: HOUSES([other, theta_j]),
        one=lambda theta_j, other, alpha: step(HOUSES.gradient, [other, theta_j], alpha),
        new_theta_j=lambda one: one[1],
    ),
    "eq-descent-house": checked(
        W=between(-2, 2), b=between(-2, 2), J=function(lambda W, b: HOUSES([W, b]))
    ),
    "eq-descent-weights": checked(
        w=between(-2, 2, 3), b=between(-2, 2), alpha=between(0.01, 0.1), X=between(-2, 2, 5, 3),
        y=between(-2, 2, 5), C=lambda w, b, X, y: perceptron.half_mean_squared_error(w, b, X, y),
        one=lambda w, b, X, y, alpha: step(
            perceptron.cost_surface(X, y).gradient, [*w, b], alpha / 2
        ),
        new_w=lambda one: one[:-1], new_b=lambda one: one[-1],
    ),
}  # fmt: skip
