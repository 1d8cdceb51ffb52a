"""What the formulas of the chapter on generalisation say, symbol by symbol.

A mean over all measurements is taken over a finite world: noise that takes 2m equally likely
values, with mean 0 and σ² as the variance of each of m samples, and with all of them counted.
"""

import numpy as np

from lib.descent import gradient_descent
from lib.losses import squared_error
from lib.surfaces import quadratic
from pages.formulas import after, between, checked, function, slope, smooth, whole

FIT = {"m": whole(5, 8), "n": whole(1, 4), "sigma": between(0.1, 1), "f": smooth()}
MEANS = {"means": lambda m, n, sigma, f: means(m, n, sigma, f)}
BEND = {"lam": between(0.1, 3), "mu": between(0.1, 1), "a": between(-3, 3)}


def means(m, n, sigma, f):
    """Fit n coefficients to m samples of f; return the mean error on them, and on new ones."""
    x = np.linspace(-1, 1, m)
    noise = sigma * np.sqrt(m) * np.hstack([np.eye(m), -np.eye(m)])  # a measurement in a column
    truth, powers = f.rule(x)[:, None], np.vander(x, n)
    fits = powers @ np.linalg.lstsq(powers, truth + noise)[0]
    old = squared_error(fits, truth + noise).mean()
    return old, ((fits[..., None] - (truth + noise)[:, None]) ** 2).mean()


def walked(gradient, x0, alpha, steps):
    """Return where descent is after some steps."""
    return after(gradient_descent(gradient, x0, alpha), steps)


def lowest(f):
    """Return where a parabola is lowest: its slope is a line."""
    left, right = slope(f, 0.0), slope(f, 1.0)
    return left / (left - right)


FORMULAS = {
    "eq-generalisation-miss": checked(
        p=smooth(),
        x=between(-1, 1, 6),
        y=between(-1, 1, 6),
        m=6,
        E=lambda p, x, y: np.linalg.norm(p.rule(x) - y) / 6**0.5,
    ),
    "eq-generalisation-three-terms": checked(
        p=between(-2, 2),
        f=between(-2, 2),
        varepsilon=between(-1, 1),
        y=lambda f, varepsilon: f + varepsilon,
    ),
    "eq-generalisation-new-sample": checked(  # three axes: a square is one of each number
        p=between(-2, 2, 6, 1, 1),
        f=between(-2, 2),
        sigma=between(0.1, 1),
        shape=between(-1, 1, 1, 7, 1),
        noise=lambda shape, sigma: sigma * (shape - shape.mean()) / shape.std(),
        y=lambda f, noise: f + noise,
        mean=function(np.mean),
        broadcast=True,
    ),
    "eq-generalisation-gap": checked(**FIT, **MEANS, gap=lambda means: means[1] - means[0]),
    "eq-generalisation-axis": checked(
        alpha=between(0.01, 0.9),
        lam=between(0.1, 3),
        t=whole(0, 20),
        goal=between(-2, 2),
        e_0=between(-2, 2),
        e_t=lambda alpha, lam, t, goal, e_0: (
            walked(quadratic(lam, -lam * goal).gradient, goal + e_0, alpha, t) - goal
        ),
    ),
    "eq-generalisation-ex-mean": checked(
        m=FIT["m"],
        sigma=FIT["sigma"],
        c=between(-2, 2),
        means=lambda m, sigma, c: means(m, 1, sigma, function(lambda x: c + 0 * x)),
        training=lambda means: means[0],
        new=lambda means: means[1],
    ),
    "eq-generalisation-ex-decay": checked(
        w_k=between(-2, 2),
        alpha=between(0.01, 0.5),
        mu=between(0.1, 1),
        loss=smooth(),
        nabla_L=function(lambda w, /, loss: slope(loss.rule, w)),
        w_k_plus_1=lambda w_k, alpha, mu, loss: walked(
            lambda w: slope(lambda v: loss.rule(v) + mu * v**2, float(w)), w_k, alpha, 1
        ),
    ),
    "eq-generalisation-ex-ridge": checked(
        **BEND, w=lambda lam, mu, a: lowest(lambda w: lam / 2 * (w - a) ** 2 + mu * w**2)
    ),
}
