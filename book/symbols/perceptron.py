"""What the formulas of the chapter on the perceptron say, symbol by symbol.

Differentials are slopes along a ray: the parameters w + t dw and b + t db move with t, at t = 0.
"""

import numpy as np

from lib import perceptron
from lib.descent import gradient_descent, stochastic_descent
from lib.losses import squared_error
from pages.formulas import after, between, checked, slope, whole

LINE = {"w": between(-2, 2), "b": between(-2, 2), "x": between(-3, 3)}
MISS = {"y": between(-3, 3), "hat_y": between(-3, 3), "J": lambda hat_y, y: squared_error(hat_y, y)}
NEURON = {
    "w": between(-2, 2, 4), "b": between(-2, 2), "x": between(-2, 2, 4), "y": between(-3, 3),
    "hat_y": lambda w, b, x: perceptron.predict(w, b, x),
}  # fmt: skip
LOSS = {**NEURON, "J": lambda w, b, x, y: perceptron.sum_squared_error(w, b, x, y)}
STEP = {
    "alpha": between(0.001, 0.1), "theta": lambda w, b, x, y, alpha: step(w, b, x, y, alpha),
    "new_w": lambda theta: theta[:-1], "new_b": lambda theta: theta[-1],
}  # fmt: skip
TWO = {  # features in rows, samples in columns
    "w": between(-2, 2, 2), "b": between(-2, 2), "X": between(-2, 2, 2, 2), "y": between(-3, 3, 2),
    "A": lambda w, b, X, y: y - perceptron.predict_columns(w, b, X), "ones": np.ones(2),
    "C": lambda w, b, X, y: perceptron.mean_squared_error_columns(w, b, X, y),
}  # fmt: skip
GENERAL = {**TWO, "w": between(-2, 2, 3), "X": between(-2, 2, 3, 5), "y": between(-3, 3, 5)}
GENERAL |= {"m": 5, "ones": np.ones(5)}
CHANGES = {
    "dw": between(-1, 1, 2), "db": between(-1, 1),
    "dA": lambda w, b, X, y, dw, db: slope(
        lambda t: y - perceptron.predict_columns(w + t * dw, b + t * db, X), 0.0
    ),
    "dC": lambda w, b, X, y, dw, db: slope(
        lambda t: perceptron.mean_squared_error_columns(w + t * dw, b + t * db, X, y), 0.0
    ),
}  # fmt: skip


def step(w, b, x, y, alpha):
    """Take one step of descent on the squared error of one sample; return the new (w, b)."""
    gradient = perceptron.sample_cost_gradient(x[None], [y])
    _, theta = stochastic_descent(gradient, [*w, b], alpha, [0])
    return theta


def half_step(w, b, x, y, alpha):
    """Take the same step with half the squared error."""

    def gradient(theta):
        return np.hstack(perceptron.half_squared_error_gradient(theta[:-1], theta[-1], x, y))

    return after(gradient_descent(gradient, [*w, b], alpha))


FORMULAS = {
    "eq-perceptron-line": checked(**LINE, hat_y=lambda w, b, x: perceptron.predict(w, b, x)),
    "eq-perceptron-unit": checked(**LINE, hat_y=lambda w, b, x: perceptron.predict(w, b, x)),
    "eq-perceptron-neuron": checked(
        **NEURON, w_n=lambda w: w[3], x_n=lambda x: x[3], dots=lambda w, x: w[2] * x[2]
    ),
    "eq-perceptron-threshold": checked(
        **NEURON | {"hat_y": lambda w, b, x: np.where(perceptron.predict(w, b, x) > 0, 1, 0)}
    ),
    "eq-perceptron-loss": checked(**MISS),
    "eq-perceptron-house": checked(
        W=between(-2, 2),
        b=between(-2, 2),
        x=between(-3, 3, 5),
        y=between(-3, 3, 5),
        N=5,
        J=lambda W, b, x, y: perceptron.mean_squared_error(W, b, x, y),
    ),
    "eq-perceptron-outer": checked(**MISS),
    "eq-perceptron-inner": checked(
        standing=True, **NEURON, x_n=lambda x: x[3], dots=lambda x: x[2]
    ),
    "eq-perceptron-gradient": checked(standing=True, **LOSS),
    "eq-perceptron-update": checked(standing=True, **LOSS, **STEP),
    "eq-perceptron-half-update": checked(
        **NEURON,
        **STEP | {"theta": lambda w, b, x, y, alpha: half_step(w, b, x, y, alpha)},
        i=whole(1, 4),
    ),
    "eq-perceptron-shrink": checked(
        **NEURON,
        **STEP,
        A=lambda y, hat_y: y - hat_y,
        A_new=lambda theta, x, y: y - perceptron.predict(theta[:-1], theta[-1], x),
    ),
    "eq-perceptron-two-samples": checked(
        **TWO,
        hat_y=lambda w, b, X: perceptron.predict_columns(w, b, X),
        x_11=lambda X: X[0, 0],
        x_12=lambda X: X[0, 1],
        x_21=lambda X: X[1, 0],
        x_22=lambda X: X[1, 1],
        broadcast=True,
    ),
    "eq-perceptron-cost-two": checked(**TWO, x=lambda X: X.T, broadcast=True),
    "eq-perceptron-differential": checked(**TWO, **CHANGES),
    "eq-perceptron-square-differential": checked(
        k=whole(1, 2),
        A=between(-3, 3, 2),
        dA=between(-1, 1, 2),
        dL=lambda A, dA: slope(lambda t: squared_error(0 * A, A + t * dA), 0.0),
    ),
    "eq-perceptron-miss-differential": checked(**TWO, **CHANGES, x=lambda X: X, k=whole(1, 2)),
    "eq-perceptron-cost-differential": checked(**TWO, **CHANGES),
    "eq-perceptron-gradient-two": checked(**TWO),
    "eq-perceptron-general": checked(
        **GENERAL, hat_y=lambda w, b, X: perceptron.predict_columns(w, b, X)
    ),
    "eq-perceptron-general-gradient": checked(**GENERAL, L=lambda A: A**2),
}
