"""Several classes: scores become probabilities by softmax, and the cross entropy prices them.

The last axis counts the classes. Scores z and labels y have shape (..., classes); of the labels of
a sample one is 1 and the others are 0. Both functions are safe for scores of any size. All raise
ValueError for empty or non-finite scores, for other labels and for shapes that do not fit.
"""

import numpy as np

from lib import checks


def softmax(z):
    """Return the probabilities e^(zₖ) / Σⱼ e^(zⱼ), of the shape of the scores z.

    The largest score is taken off all of them first, which changes no probability and lets no
    exponential overflow.
    """
    shifted = np.exp(_below_zero(_scores(z)))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def cross_entropy(z, y):
    """Return −Σₖ yₖ ln softmax(z)ₖ for each sample, shape (...), as ln Σⱼ e^(zⱼ) − Σₖ yₖ zₖ."""
    z, y = _scores(z), one_label("y", y)
    checks.paired(z=z, y=y)
    z = _below_zero(z)
    at_truth = np.where(y == 1, z, 0).sum(axis=-1)  # z · y, but that −∞ · 0 is 0
    return np.log(np.exp(z).sum(axis=-1)) - at_truth


def cross_entropy_slope(z, y):
    """Return softmax(z) − y, the slope of the cross entropy by the scores, shape (..., classes)."""
    z, y = _scores(z), one_label("y", y)
    checks.paired(z=z, y=y)
    return softmax(z) - y


def one_label(name, value):
    """Turn `value` into an array of labels 0 and 1 with exactly one 1 along the last axis."""
    y = checks.labels(name, value)
    if y.ndim < 1 or (y.sum(axis=-1) != 1).any():
        raise ValueError(f"{name} must have one 1 along its last axis, got shape {y.shape}")
    return y


def _scores(z):
    z = checks.finite("z", z)
    if z.ndim < 1:
        raise ValueError(f"z must have shape (..., classes), got the number {z}")
    return z


@np.errstate(over="ignore")  # a score too far below the largest is −∞, whose share is 0
def _below_zero(z):
    """The scores with the largest of each sample at 0."""
    return z - z.max(axis=-1, keepdims=True)
