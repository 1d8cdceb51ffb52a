"""What the formulas of the first chapter say, symbol by symbol."""

from lib.perceptron import mean_squared_error, predict
from pages.formulas import between, checked, definition

FORMULAS = {
    "eq-big-line": definition("the straight line"),
    "eq-big-cost": checked(
        m=between(-2, 2),
        b=between(-2, 2),
        x=between(-3, 3, 8),
        y=between(-3, 3, 8),
        N=8,
        hat_y=lambda m, b, x: predict(m, b, x),
        C=lambda m, b, x, y: mean_squared_error(m, b, x, y),
    ),
    "eq-big-two-inputs": definition("the score of a sentence"),
}
