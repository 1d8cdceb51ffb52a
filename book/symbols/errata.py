"""What the formulas of the errata say, symbol by symbol."""

import numpy as np

from lib.data import three_points
from lib.derivatives import central_slope
from lib.losses import absolute_error, sigmoid, squared_error
from lib.perceptron import (
    cubic,
    mean_squared_error_columns,
    predict,
    predict_columns,
    sum_squared_error,
)
from pages.formulas import between, checked, function, slope, whole

SUMS = {
    "W": between(-2, 2), "b": between(-2, 2), "x": between(-2, 2, 5), "y": between(-1, 3, 5),
    "N": 5,
}  # fmt: skip

FORMULAS = {
    "eq-errata-inverse": checked(
        y=between(1.5, 5),
        f=function(lambda x: np.exp(2 * x) + 1),
        g=function(lambda y: np.log(y - 1) / 2),
    ),
    "eq-errata-multiple": checked(
        along="x",
        x=between(-2, 2),
        c=between(-3, 3),
        g=lambda x: np.exp(np.sin(x)),
        f=lambda x, c: c * np.exp(np.sin(x)),
    ),
    "eq-errata-partial-y": checked(
        x=between(-2, 2),
        y=between(-2, 2),
        f=function(lambda x, y: np.exp(np.sin(x) + y / 3) + x * y),
        f_y=lambda x, y: np.exp(np.sin(x) + y / 3) / 3 + x,
    ),
    "eq-errata-line-fit": checked(
        m=between(-3, 3), b=between(-3, 3), E=lambda m, b: sum_squared_error(m, b, *three_points())
    ),
    "eq-errata-differential": checked(  # slopes along a ray: w + t dw and b + t db, at t = 0
        w=between(-2, 2, 2),
        b=between(-2, 2),
        x=between(-2, 2, 2, 2),
        y=between(-3, 3, 2),
        dw=between(-1, 1, 2),
        db=between(-1, 1),
        k=whole(1, 2),
        C=lambda w, b, x, y: mean_squared_error_columns(w, b, x, y),
        dC=lambda w, b, x, y, dw, db: slope(
            lambda t: mean_squared_error_columns(w + t * dw, b + t * db, x, y), 0.0
        ),
        dA=lambda w, b, x, y, dw, db: slope(
            lambda t: y - predict_columns(w + t * dw, b + t * db, x), 0.0
        ),
    ),
    "eq-errata-cubic": checked(
        **SUMS, J=lambda W, b, x, y: squared_error(cubic([W, b], x), y).mean()
    ),
    "eq-errata-sigmoid-mse": checked(
        **SUMS,
        sigma=lambda W, b, x: sigmoid(predict(W, b, x)),
        J=lambda sigma, y: squared_error(sigma, y).mean(),
    ),
    "eq-errata-chain": checked(
        **SUMS | {"x": between(-2, 2), "y": between(5, 6)},
        a=lambda W, b, x: predict(W, b, x),
        sigma=lambda a: sigmoid(a),
        MAE=lambda sigma, y: absolute_error(sigma, y),
        stands_for=[
            lambda W, b, x, y: central_slope(
                lambda W: absolute_error(sigmoid(predict(W, b, x)), y), W
            )
        ],
    ),
}
