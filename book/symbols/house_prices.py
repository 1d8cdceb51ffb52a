"""What the formulas of the chapter on house prices say, symbol by symbol."""

import numpy as np

from lib.data import houses
from lib.derivatives import central_jacobian
from lib.logistic import scaled_cost_surface, scaled_sigmoid
from lib.losses import sigmoid, squared_error
from lib.newton import minimise
from lib.path import follow
from lib.perceptron import cost_surface, cubic, linear_rule, predict
from pages.formulas import between, checked, function, smooth, whole

HOUSES, PRICES = houses()
THETA = {"W": between(-2, 2), "b": between(-2, 2)}
DATA = {"x": between(0, 3, 5), "y": between(-2, 9, 5), "N": 5}
MISSES = {"r": lambda hat_y, y: hat_y - y}
COST = {"J": lambda hat_y, y: squared_error(hat_y, y).mean()}
LINE = {**THETA, "hat_y": lambda W, b, x: predict(W, b, x)}
CUBIC = {**THETA, "hat_y": lambda W, b, x: cubic([W, b], x)}
CURVE = {
    **THETA, "hat_y": lambda W, b, x: scaled_sigmoid([W, b], x),
    "sigma": lambda W, b, x: sigmoid(predict(W, b, x)),
}  # fmt: skip
LINE_SAYS, CUBIC_SAYS = 2.94 * HOUSES - 3.3, cubic([147 / 1040, 537 / 1040], HOUSES)
FITS = {"u": LINE_SAYS, "v": CUBIC_SAYS, "y": PRICES}
DIFFERENCE = function(lambda x: predict(2.94, -3.3, x) - cubic([147 / 1040, 537 / 1040], [x])[0])


def rest(model, x, y):
    """Return the (W, b) at which the linear rule of a model that is linear in them is zero."""
    rule, start = linear_rule(model, x, y), linear_rule(model, x, y)(np.zeros(2))
    return np.linalg.solve(np.transpose([rule(axis) - start for axis in np.eye(2)]), -start)


def prices(last):
    """Return the four prices of which the line and the cubic have equal sums and printed losses.

    All that is asked of the two losses is their difference; the last price is free.
    """
    d = LINE_SAYS - CUBIC_SAYS
    gap = squared_error(LINE_SAYS, PRICES).sum() - squared_error(CUBIC_SAYS, PRICES).sum()
    rows = np.array([HOUSES**0, HOUSES, -2 * d])
    right = [LINE_SAYS.sum(), HOUSES @ LINE_SAYS, gap - (LINE_SAYS**2 - CUBIC_SAYS**2).sum()]
    return np.append(np.linalg.solve(rows[:, :3], right - rows[:, 3] * last), last)


def loss_above_printed(y):
    """How far the line's loss is above the printed one, if the last price is that of y."""
    return squared_error(LINE_SAYS, prices(y[3])).sum() - 4.412


def best_curve():
    """Return the least-squares (W, b) of the S-curve."""
    cost = scaled_cost_surface(HOUSES, PRICES)
    return follow(minimise(cost.gradient, cost.hessian, [1.1, -4.6]), cost).x[-1]


ALLOWED = {"last": between(0, 20), "y": lambda last: prices(last)}

FORMULAS = {
    "eq-houses-line-partials": checked(**LINE, x=between(-3, 3)),
    "eq-houses-mse": checked(
        **LINE, **DATA, **MISSES, J=function(lambda W, b, /, x, y: cost_surface(x, y)([W, b]))
    ),
    "eq-houses-any-model": checked(
        **DATA,
        **MISSES,
        **COST,
        theta=between(-2, 2),
        model=smooth(),
        hat_y=lambda theta, x, model: model.rule(theta * x),
    ),
    "eq-houses-line-gradient": checked(**LINE, **DATA, **COST),
    "eq-houses-sigmoid": checked(a=between(-6, 6), sigma=function(sigmoid)),
    "eq-houses-sigmoid-slope": checked(a=between(-5, 5), sigma=function(sigmoid), introduces=True),
    "eq-houses-scaled": checked(
        **THETA,
        x=between(0, 5),
        sigma=function(sigmoid),
        hat_y=lambda W, b, x: scaled_sigmoid([W, b], [x])[0],
    ),
    "eq-houses-s-slopes": checked(
        **CURVE | {"hat_y": lambda W, b, x: scaled_sigmoid([W, b], [x])[0]}, x=between(0, 3)
    ),
    "eq-houses-s-gradient": checked(**CURVE, **DATA, **MISSES, **COST),
    "eq-houses-cubic": checked(
        **THETA, x=between(-3, 3), hat_y=lambda W, b, x: cubic([W, b], [x])[0]
    ),
    "eq-houses-cubic-gradient": checked(**CUBIC, **DATA, **MISSES, **COST),
    "eq-houses-rest": checked(**DATA, r=lambda x, y: cubic(rest(cubic, x, y), x) - y),
    "eq-houses-sums": checked(**DATA, hat_y=lambda x, y: cubic(rest(cubic, x, y), x)),
    "eq-houses-difference": checked(x=between(-3, 6), d=DIFFERENCE),
    "eq-houses-floors": checked(x=HOUSES, N=4, d=DIFFERENCE),
    "eq-houses-two-sums": checked(**ALLOWED),
    "eq-houses-two-losses": checked(**FITS),
    "eq-houses-gap": checked(**dict.fromkeys("uvy", between(-9, 9, 4)), i=whole(1, 4)),
    "eq-houses-third": checked(**ALLOWED),
    "eq-houses-without-first": checked(**ALLOWED),
    "eq-houses-by-last": checked(**ALLOWED),
    "eq-houses-last-loss": checked(
        y=between(0, 20, 4), at={"y": PRICES}, stands_for=[loss_above_printed]
    ),
    "eq-houses-last": checked(
        y=between(0, 20, 4), at={"y": PRICES}, stands_for=[loss_above_printed]
    ),
    "eq-houses-orthogonal": checked(
        **CURVE
        | {"best": lambda: best_curve(), "W": lambda best: best[0], "b": lambda best: best[1]},
        **MISSES,
        x=HOUSES,
        y=PRICES,
        N=4,
    ),
    "eq-houses-rule-matrix": checked(
        M=central_jacobian(linear_rule(cubic, HOUSES, PRICES), np.zeros(2))
    ),
}
