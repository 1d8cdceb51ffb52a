"""What the formulas of the chapter on logistic regression say, symbol by symbol."""

import numpy as np

from lib import logistic
from lib.descent import stochastic_descent
from lib.losses import log_loss, sigmoid, squared_error
from lib.perceptron import predict
from pages.formulas import between, checked, function, whole

S = function(sigmoid)
Z = {"z": between(-4, 4), "sigma": S}
LABEL = {"y": whole(0, 1)}
ONE = {"w": between(0.3, 2), "b": between(-2, 2), "x": between(-3, 3)}
CURVE = {  # σ as a number that follows W and b
    "W": between(-2, 2), "b": between(-2, 2), "x": between(-2, 2),
    "a": lambda W, b, x: predict(W, b, x), "sigma": lambda a: sigmoid(a),
}  # fmt: skip
CURVES = {**CURVE, "x": between(-2, 2, 5), "y": between(0, 1, 5), "N": 5}
NEURON = {
    "w": between(-2, 2, 3), "b": between(-2, 2), "x": between(-2, 2, 3), **LABEL,
    "i": whole(1, 3), "hat_y": lambda w, b, x: logistic.probability(w, b, x),
}  # fmt: skip
PROBABILITY = {"hat_y": between(0.1, 0.9), **LABEL, "L": lambda hat_y, y: log_loss(hat_y, y)}


def step(w, b, x, y, alpha):
    """Take one step of descent on the log loss of one sample; return the new (w, b)."""
    gradient = logistic.sample_log_loss_gradient(x[None], [y])
    _, theta = stochastic_descent(gradient, [*w, b], alpha, [0])
    return theta


FORMULAS = {
    "eq-logistic-sigmoid": checked(
        **ONE,
        sigma=S,
        z=lambda w, b, x: predict(w, b, x),
        hat_y=lambda w, b, x: logistic.probability(w, b, x),
    ),
    "eq-logistic-centre": checked(**ONE, hat_y=lambda w, b, x: logistic.probability(w, b, x)),
    "eq-logistic-slope": checked(**Z, introduces=True),
    "eq-logistic-slope-short": checked(**Z, introduces=True),
    "eq-logistic-dy-dz": checked(z=between(-4, 4), hat_y=lambda z: sigmoid(z)),
    "eq-logistic-slope-wb": checked(**CURVE),
    "eq-logistic-mse-gradient": checked(
        **CURVES, J=lambda sigma, y: squared_error(sigma, y).mean()
    ),
    "eq-logistic-scaled-gradient": checked(
        **CURVES,
        k=between(1, 9),
        J=lambda W, b, x, y, k: logistic.scaled_cost_surface(x, y, k)([W, b]),
    ),
    "eq-logistic-log-loss": checked(**PROBABILITY),
    "eq-logistic-dl-dy": checked(**PROBABILITY),
    "eq-logistic-cancel": checked(**PROBABILITY | {"z": Z["z"], "hat_y": lambda z: sigmoid(z)}),
    "eq-logistic-gradient": checked(**NEURON, L=lambda hat_y, y: log_loss(hat_y, y)),
    "eq-logistic-update": checked(
        **NEURON,
        alpha=between(0.01, 1),
        theta=lambda w, b, x, y, alpha: step(w, b, x, y, alpha),
        new_w=lambda theta: theta[:-1],
        new_b=lambda theta: theta[-1],
    ),
    "eq-logistic-boundary": checked(
        w_1=between(-2, 2),
        w_2=between(0.2, 2),
        b=between(-2, 2),
        x_1=between(-3, 3),
        x_2=lambda w_1, w_2, b, x_1: np.polyval(logistic.boundary_line([w_1, w_2], b), x_1),
    ),
    "eq-logistic-n": checked(**NEURON),
    "eq-logistic-stable": checked(
        z=between(-9, 9), **LABEL, L=lambda z, y: log_loss(sigmoid(z), y)
    ),
}
