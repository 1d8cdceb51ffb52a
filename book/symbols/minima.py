"""What the formulas of the chapter on minima and losses say, symbol by symbol."""

import numpy as np

from lib import losses, surfaces
from pages.formulas import between, checked, definition, function, plane, whole

THREE = {"a": between(-3, 3), "b": between(-3, 3), "c": between(-3, 3)}
MEAN = {"x": lambda a, b, c: np.mean([a, b, c])}
MANY = {"n": 7, "a": between(-3, 3, 7), "x": between(-3, 3)}
SAMPLES = {"N": 6, "x": between(-3, 3, 6), "y": between(-3, 3, 6)}
THREE_X = np.array([1, 2, 3])
COIN = surfaces.coin_likelihood(7, 3)
P = {"p": between(0.2, 0.8)}


def power_lines(x, /, a):
    """The cost of a house at x, from lib, which sums it for all numbers of points alike."""
    return surfaces.power_lines(a)(x)


FORMULAS = {
    "eq-minima-quotient": definition("the slope of the secant from the minimum"),
    "eq-minima-zero": checked(f=function(surfaces.exp_minus_log), x_star=surfaces.OMEGA),
    "eq-minima-two": checked(
        x=between(-3, 3), a=between(-3, 3), b=between(-3, 3),
        f=function(lambda x, /, a, b: surfaces.power_lines([a, b])(x)),
    ),
    "eq-minima-two-solved": checked(
        a=between(-3, 3), b=between(-3, 3), x=lambda a, b: np.mean([a, b])
    ),
    "eq-minima-two-cost": checked(
        a=between(-3, 3), b=between(-3, 3),
        f=function(lambda x, /, a, b: surfaces.power_lines([a, b])(x)),
    ),
    "eq-minima-three": checked(**THREE, **MEAN),
    "eq-minima-square-loss": checked(**MANY, f=function(power_lines)),
    "eq-minima-mean": checked(
        n=7, a=between(-3, 3, 7), dots=lambda a: a[2:-1].sum(),
        x=lambda a: np.linalg.lstsq(np.ones((7, 1)), a, rcond=None)[0][0],
    ),
    "eq-minima-completed": checked(**MANY, bar_a=lambda a: a.mean()),
    "eq-minima-absolute-loss": checked(
        **MANY, f=function(lambda x, /, a: losses.absolute_error(x, a).sum())
    ),
    "eq-minima-count": checked(
        **MANY, f=function(lambda x, /, a: np.abs(x - a).sum()),
        n_left=lambda x, a: (a < x).sum(), n_right=lambda x, a: (a > x).sum(),
        where=lambda x, a: np.abs(x - a).min() > 0.01,
    ),
    "eq-minima-hypothesis": definition("the line that predicts"),
    "eq-minima-mse": checked(
        **SAMPLES, theta_0=between(-2, 2), theta_1=between(-2, 2),
        h_theta=function(lambda x, /, theta_0, theta_1: theta_0 + theta_1 * x),
        J=function(
            lambda theta_0, theta_1, /, x, y: losses.squared_error(theta_0 + theta_1 * x, y).mean()
        ),
    ),
    "eq-minima-mae": checked(
        N=6, y=between(-3, 3, 6), y_prime=between(-3, 3, 6),
        MAE=lambda y, y_prime: losses.absolute_error(y_prime, y).mean(),
    ),
    "eq-minima-line-squares": checked(
        m=between(-3, 3), b=between(-3, 3),
        **plane("E", lambda m, b: surfaces.line_fit([m, b]), "m", "b"),
    ),
    "eq-minima-line-fit": checked(
        m=between(-3, 3), b=between(-3, 3),
        **plane("E", lambda m, b: sum(losses.squared_error(m * THREE_X + b, [2, 5, 3])), "m", "b"),
    ),
    "eq-minima-likelihood": checked(**P, g=function(COIN)),
    "eq-minima-likelihood-slope": checked(**P, g=function(COIN)),
    "eq-minima-log-likelihood": checked(**P, G=function(lambda p: np.log(COIN(p)))),
    "eq-minima-log-slope": checked(**P, G=function(lambda p: np.log(COIN(p)))),
    "eq-minima-log-curvature": checked(**P, G=function(lambda p: np.log(COIN(p)))),
    "eq-minima-log-loss": checked(**P, y=whole(0, 1), L=function(losses.log_loss)),
}  # fmt: skip
