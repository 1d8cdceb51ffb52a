"""What the formulas of the first chapter say, symbol by symbol."""

from lib.perceptron import mean_squared_error, predict
from pages.formulas import between, checked, function

LINE = {"a": between(-2, 2), "c": between(-2, 2)}

FORMULAS = {
    "eq-big-line": checked(
        **LINE, x=between(-3, 3), hat_y=function(lambda x, /, a, c: predict(a, c, x))
    ),
    "eq-big-cost": checked(
        **LINE,
        x=between(-3, 3, 8),
        y=between(-3, 3, 8),
        N=8,
        hat_y=lambda a, c, x: predict(a, c, x),
        C=lambda a, c, x, y: mean_squared_error(a, c, x, y),
    ),
    "eq-big-two-inputs": checked(
        **LINE,
        b=between(-2, 2),
        x_1=between(-3, 3),
        x_2=between(-3, 3),
        hat_y=function(lambda x_1, x_2, /, a, b, c: predict([a, b], c, [x_1, x_2])),
    ),
}
