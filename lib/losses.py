"""What a wrong prediction costs, sample by sample, and the slope of that cost.

Each loss works elementwise on a prediction and its target y: arrays of one shape, or a number for
all, or rows of predictions for one row of targets. A mean over samples is the caller's. Each has
beside it its derivative by the prediction, `_slope`. All raise ValueError for empty or non-finite
numbers and for shapes that do not fit, such as a column of predictions for a row of targets.
"""

import numpy as np

from lib import checks


def squared_error(prediction, y):
    """Return (y − ŷ)², the squared error. Source: N2-01."""
    prediction, y = _pair(prediction, y)
    return (y - prediction) ** 2


def squared_error_slope(prediction, y):
    """Return −2(y − ŷ), the slope of the squared error. Source: N2-02."""
    prediction, y = _pair(prediction, y)
    return -2 * (y - prediction)


def absolute_error(prediction, y):
    """Return |y − ŷ|, the absolute error. Source: N0-22, with the bars that the notes drop."""
    prediction, y = _pair(prediction, y)
    return np.abs(y - prediction)


def absolute_error_slope(prediction, y):
    """Return −sign(y − ŷ), the slope of the absolute error; 0 at the corner, by convention.

    Source: N0-24, with the minus that the notes lose in N0-26.
    """
    prediction, y = _pair(prediction, y)
    return -np.sign(y - prediction)


@np.errstate(over="ignore")  # e^(−z) may overflow, and 1/(1 + ∞) = 0 is the right answer
def sigmoid(z):
    """Squash any number into (0, 1): σ(z) = 1 / (1 + e^(−z)). Source: N3-64.

    Rounds to exactly 1 above z = 36.7 and to 0 below −709; shape as z. Infinities are welcome.
    """
    z = checks.real("z", z)
    return 1 / (1 + np.exp(-z))


def softplus(z):
    """Return ln(1 + eᶻ), the log loss of a logit z under label 0, without overflow; shape as z."""
    z = checks.real("z", z)
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def log_loss(probability, y):
    """Return −y ln p − (1 − y) ln(1 − p) for labels y of 0 or 1: infinite when surely wrong.

    Raises ValueError for a probability outside [0, 1] or another label. Source: N3-67.
    """
    p, y = _probability(probability, y)
    with np.errstate(divide="ignore"):
        return np.where(y == 1, -np.log(p), -np.log1p(-p))[()]


def log_loss_slope(probability, y):
    """Return (p − y) / (p(1 − p)), the slope of the log loss by the probability.

    Written as −1/p for y = 1 and 1/(1 − p) for y = 0. Source: N3-69.
    """
    p, y = _probability(probability, y)
    with np.errstate(divide="ignore", over="ignore"):  # 1/p leaves the floats before p is zero
        return np.where(y == 1, -1 / p, 1 / (1 - p))[()]


def log_loss_of_logit(z, y):
    """Return the log loss of the probability σ(z), without ever rounding σ(z) to 0 or 1.

    It is ln(1 + eᶻ) for y = 0 and ln(1 + e^(−z)) for y = 1, exact to the last digits where
    ln(1 − σ(z)) is already infinite. Source: N2-24.
    """
    z, y = _logit(z, y)
    return softplus((1 - 2 * y) * z)


def log_loss_of_logit_slope(z, y):
    """Return σ(z) − y, all that is left of the long chain once it cancels.

    It is σ(z) for y = 0 and −σ(−z) for y = 1, which keeps the digits that σ(z) − 1 loses from
    z = 30 on. Source: N3-71.
    """
    z, y = _logit(z, y)
    side = 1 - 2 * y
    return side * sigmoid(side * z)


def _pair(prediction, y):
    return checks.paired(
        prediction=checks.finite("prediction", prediction), y=checks.finite("y", y)
    )


def _logit(z, y):
    return checks.paired(z=checks.finite("z", z), y=checks.labels("y", y))


def _probability(probability, y):
    p = checks.probability("probability", probability)
    return checks.paired(probability=p, y=checks.labels("y", y))
