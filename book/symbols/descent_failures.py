"""What the formulas of the chapter on the failures of descent say, symbol by symbol."""

from itertools import count, islice

import numpy as np

from lib import descent, surfaces
from pages.formulas import after, between, checked, definition, function, whole, zero

UNIT = np.eye(3)


def symmetric(A):
    return (A + A.T) / 2


def steps_off(x_0, alpha, lam):
    """How many steps lib's walk takes from x_0 to 1 on a ridge of curvature −lam."""
    walk = descent.gradient_descent(lambda x: -lam * x, x_0, alpha)
    return next(k for k, x in zip(count(), walk, strict=False) if x >= 1)


def rolled(gradient, x, alpha, beta):
    """Three places of lib's momentum."""
    return list(islice(descent.momentum(gradient, x, alpha, beta), 3))


CURVATURES = {
    "lam_1": between(0.2, 1), "lam_n": between(1.5, 9), "kappa": lambda lam_1, lam_n: lam_n / lam_1
}  # fmt: skip
BALL = {
    "beta": between(0, 0.4), "alpha": between(0.01, 0.1), "lam": between(0.1, 1),
    "steps": lambda alpha, beta, lam: rolled(lambda x: lam * x, 1.0, alpha, beta),
}  # fmt: skip
BEST = {  # both ends of the range, solved for the share: (1 + s) / (1 − s) grows with s
    **CURVATURES,
    "beta": lambda kappa: zero(lambda s: (1 + s) / (1 - s) - np.sqrt(kappa), 0, 1 - 1e-9) ** 2,
    "alpha": lambda lam_1, beta: (1 - np.sqrt(beta)) ** 2 / lam_1,
}  # fmt: skip

FORMULAS = {
    "eq-descent-two-valleys": checked(x=between(-3, 3), g=function(surfaces.two_valleys)),
    "eq-descent-crawl": checked(
        alpha=between(0.001, 0.2), lam=between(0.5, 4.9), n=whole(1, 60)
    ),
    "eq-descent-gone": checked(
        x_0=between(2.1, 4), alpha=between(0.01, 2),
        x_1=lambda x_0, alpha: after(
            descent.gradient_descent(lambda x: x**3 - 4 * x, x_0, alpha)
        ),
    ),
    "eq-descent-matrix-step": checked(
        A=between(-1, 1, 3, 3), H=symmetric, I=UNIT, alpha=between(0.01, 0.5),
        e_k=between(-1, 1, 3),
        e_k_plus_1=lambda H, e_k, alpha: after(
            descent.gradient_descent(surfaces.quadratic(H, np.zeros(3)).gradient, e_k, alpha)
        ),
    ),
    "eq-descent-modes": checked(
        A=between(-1, 1, 3, 3), alpha=between(0.01, 0.5), e_k=between(-1, 1, 3), i=whole(1, 3),
        lam=lambda A: np.linalg.eigvalsh(symmetric(A)),
        way=lambda A, i: np.linalg.eigh(symmetric(A))[1][:, i - 1],
        e_k_plus_1=lambda A, e_k, alpha: after(
            descent.gradient_descent(lambda e: symmetric(A) @ e, e_k, alpha)
        ),
        e_k_i=lambda way, e_k: way @ e_k, e_k_plus_1_i=lambda way, e_k_plus_1: (
            way @ e_k_plus_1
        ),
    ),
    "eq-descent-condition": definition("the condition number"),
    "eq-descent-best-rate": checked(
        **CURVATURES,
        alpha=lambda lam_1, lam_n: zero(
            lambda a: abs(1 - a * lam_n) - abs(1 - a * lam_1), 1 / lam_n, 2 / lam_1
        ),
    ),
    "eq-descent-best-factor": checked(**CURVATURES),
    "eq-descent-momentum": checked(
        start=between(-1, 1, 2), alpha=between(0.01, 0.05), beta=between(0, 0.9),
        steps=lambda start, alpha, beta: rolled(surfaces.quartic.gradient, start, alpha, beta),
        x_k=lambda steps: steps[1], v_k=lambda steps: steps[1] - steps[0],
        x_k_plus_1=lambda steps: steps[2], v_k_plus_1=lambda steps: steps[2] - steps[1],
        nabla_f=function(surfaces.quartic.gradient),
    ),
    "eq-descent-two-term": checked(
        **BALL, e_k_minus_1=lambda steps: steps[0], e_k=lambda steps: steps[1],
        e_k_plus_1=lambda steps: steps[2],
    ),
    "eq-descent-momentum-roots": checked(
        **BALL, where=lambda alpha, beta, lam: (1 - beta**0.5) ** 2 > alpha * lam,
        r=lambda alpha, beta, lam: np.linalg.eigvals(
            [[1 + beta - alpha * lam, -beta], [1, 0]]
        ).real.max(),
    ),
    "eq-descent-momentum-range": checked(
        alpha=between(0.1, 2), beta=between(0.05, 0.95), lam=between(0.1, 4)
    ),
    "eq-descent-momentum-ends": checked(**BEST),
    "eq-descent-momentum-factor": checked(**BEST),
    "eq-descent-pass": checked(
        x=between(-2, 2), y=between(-2, 2),
        s=function(lambda x, y: ((x**2 - 1) ** 2 - 1) / 4 + y**2 / 2),
        introduces=True,
    ),
    "eq-descent-stall": checked(
        close=0.003, x_0=between(1e-32, 1e-30), alpha=between(0.02, 0.05), lam=between(0.5, 1),
        k=steps_off,
    ),
    "eq-descent-rosenbrock": checked(
        x=between(-2, 2), y=between(-1, 3), f=function(lambda x, y: surfaces.rosenbrock([x, y]))
    ),
}  # fmt: skip
