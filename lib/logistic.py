"""The sigmoid neuron p = σ(w·x + b): a probability, its log loss, its decision boundary.

Samples stand in rows: x has shape (m, n) with w of shape (n,), or shape (m,) with a number w when
there is one feature; the labels y, 0 or 1, have shape (m,). A single sample may drop the m.
Training works on theta = (w₁, ..., wₙ, b), as in `perceptron`. All raise ValueError for empty or
non-finite data, for shapes that do not match and for other labels.
"""

import numpy as np

from lib import checks, perceptron
from lib.losses import log_loss_of_logit, log_loss_of_logit_slope, sigmoid, softplus
from lib.perceptron import Gradient, with_ones
from lib.surfaces import Surface


def probability(w, b, x):
    """Return the probability σ(w·x + b) of label 1 for each sample. Source: N2-16, N4-33."""
    return sigmoid(perceptron.predict(w, b, x))


def mean_log_loss(w, b, x, y):
    """Return the mean log loss of the samples, finite however wrong they are. Source: N2-15."""
    w, b, x, y = _labelled(w, b, x, y)
    return log_loss_of_logit(np.dot(x, w) + b, y).mean()


def mean_log_loss_gradient(w, b, x, y):
    """Return the gradient of the mean log loss by the short way, Σ(p − y)x/m and Σ(p − y)/m.

    Source: N2-19, N2-20, N3-71.
    """
    w, b, x, y = _labelled(w, b, x, y)
    d_z = log_loss_of_logit_slope(np.dot(x, w) + b, y)  # p − y
    return Gradient(np.dot(d_z, x) / len(y), d_z.mean())


def long_gradient(w, b, x, y):
    """Return the same gradient by the long chain dL/dp · dp/dz · dz/dw, as the lecture codes it.

    On paper p(1 − p) cancels. In floats it is 0/0 once σ rounds to 1, above a logit of 36.7: the
    answer is then NaN, and that is what this function is here to show. Source: N2-24.
    """
    w, b, x, y = _labelled(w, b, x, y)
    p = sigmoid(np.dot(x, w) + b)
    with np.errstate(all="ignore"):
        dl_dp = (p - y) / (p * (1 - p))
        dp_dz = p * (1 - p)
        d_z = dl_dp * dp_dz
        return Gradient(np.dot(d_z, x) / len(y), d_z.mean())


def decision_boundary(w, b):
    """Return −b/w, the x at which one feature's p passes ½.

    Raises ValueError for w = 0. Source: N2-21.
    """
    w, b = checks.number("w", w), checks.number("b", b)
    if w == 0:
        raise ValueError("w must not be 0: p is the same for every x")
    return -b / w


def boundary_line(w, b):
    """Return (slope, intercept) of the line on which two features' p is ½: x₂ as a line in x₁.

    `w` has shape (2,). Raises ValueError for w₂ = 0, a boundary that stands upright.
    """
    w, b = checks.same_shape("w", checks.finite("w", w), (2,)), checks.number("b", b)
    if w[1] == 0:
        raise ValueError(f"w[1] must not be 0, got {w}: the boundary stands upright")
    return float(-w[0] / w[1]), float(-b / w[1])


def correct(probability, y):
    """Return for each sample whether the more probable label is the right one. Source: N2-28."""
    p, y = checks.probability("probability", probability), checks.labels("y", y)
    checks.paired(probability=p, y=y)
    return (p > 0.5) == (y == 1)


def accumulated_accuracy(probability, y):
    """Return the share of right answers among the first 1, 2, 3, ... samples.

    y has shape (m,), the probabilities (m,) or (..., m). Source: N2-29.
    """
    y = checks.row("y", checks.labels("y", y))
    right = np.atleast_1d(correct(probability, y))
    return np.cumsum(right, axis=-1) / np.arange(1, right.shape[-1] + 1)


# Training. What these return is made for `descent` and checks the data once, when it is made.


def log_loss_surface(x, y):
    """Make the mean log loss of the data a surface over theta = (w₁, ..., wₙ, b)."""
    X, (_, y) = with_ones(x), checks.samples(x, checks.labels("y", y))
    X, side = np.asfortranarray(X), 1 - 2 * y  # by columns: both products run along the samples
    return Surface(
        f"log loss of {len(y)} samples",
        lambda theta: softplus(side * (theta @ X.T)).mean(axis=-1),
        lambda theta: _block_gradient(theta, X, side),
        lambda theta: _hessian(theta, X),
        ((-6, 6), (-6, 6)),
        variables=X.shape[1],
    )


def sample_log_loss_gradient(x, y):
    """Return gradient(theta, rows) of the mean log loss over the chosen rows of the data.

    `rows` is a sample number or an array of them, as `descent.stochastic_descent` deals them out.
    Source: N2-19.
    """
    X, (_, y) = with_ones(x), checks.samples(x, checks.labels("y", y))
    side = 1 - 2 * y

    def gradient(theta, rows):
        theta = checks.last_axis("theta", theta, X.shape[1])
        rows = checks.rows(rows, len(y))
        d_z = _slope_by_logit(theta @ X[rows].T, side[rows])
        return d_z @ X[rows] / len(rows)

    return gradient


def scaled_sigmoid(theta, x, scale=20):
    """Return scale · σ(Wx + b) for theta = (W, b), the S-curve of the houses.

    theta has shape (..., 2), x (m,) and the answer (..., m); a number x counts as m = 1.
    Source: N0-15.
    """
    theta, x = checks.last_axis("theta", theta, 2), checks.row("x", x)
    scale = checks.number("scale", scale)
    return scale * sigmoid(theta[..., :1] * x + theta[..., 1:])


def scaled_cost_surface(x, y, scale=20):
    """Make the mean squared error of scale · σ(Wx + b) a surface over theta = (W, b).

    Its gradient has the factor scale · σ(1 − σ) that the notes' fit lacks. Source: N0-14.
    """
    X, (x, y) = with_ones(x), checks.samples(x, y)
    scale = float(checks.positive("scale", checks.number("scale", scale)))
    if x.shape[1] != 1:
        raise ValueError(f"x must have one feature, got shape {x.shape}")
    return Surface(
        f"mean squared error of {scale:g}σ(Wx + b)",
        lambda theta: (_scaled(theta, X, y, scale)[0] ** 2).mean(axis=-1),
        lambda theta: _scaled(theta, X, y, scale)[1] @ X / len(y),
        lambda theta: X.T @ (_scaled(theta, X, y, scale)[2][..., None] * X) / len(y),
        ((0, 3), (-10, 2)),
        variables=2,
    )


def _scaled(theta, X, y, scale):
    """The misses of scale · σ(z), and the first and second derivative of their squares by z."""
    s = sigmoid(theta @ X.T)
    miss, slope = scale * s - y, scale * s * (1 - s)
    return miss, 2 * miss * slope, 2 * (slope**2 + miss * slope * (1 - 2 * s))


def _labelled(w, b, x, y):
    """A neuron and its data, if they fit: x of shape (m, n) or (m,), labels y (m,)."""
    w, b, x = checks.neuron(w, b, x)
    y = checks.same_shape("y", checks.labels("y", y), x.shape[: x.ndim - w.ndim])
    return (w, b, x, y) if y.ndim else (w, b, x[None], y[None])


def _slope_by_logit(z, side):
    """σ(z) − y for side = 1 − 2y, with all digits: σ(z) for y = 0, −σ(−z) for y = 1."""
    return side * sigmoid(side * z)


def _hessian(theta, X):
    p = sigmoid(theta @ X.T)
    return X.T @ ((p * (1 - p))[..., None] * X) / len(X)


# For speed alone: the gradient in blocks, each of which stays in the processor's cache.

BLOCK = 4096


def _block_gradient(theta, X, side):
    blocks = (slice(i, i + BLOCK) for i in range(0, len(X), BLOCK))
    return sum(_slope_by_logit(theta @ X[rows].T, side[rows]) @ X[rows] for rows in blocks) / len(X)
