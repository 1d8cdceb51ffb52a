"""The sigmoid neuron p = σ(w·x + b): a probability, its log loss, and where it changes its mind.

Samples stand in rows: x has shape (m, n) with w of shape (n,), or shape (m,) with a number w when
there is one feature; the labels y, 0 or 1, have shape (m,). A single sample may drop the m.
Training works on theta = (w₁, ..., wₙ, b), as in `perceptron`. All raise ValueError for empty or
non-finite data, for shapes that do not match and for other labels.
"""

import numpy as np

from lib import checks
from lib.losses import log_loss_of_logit, log_loss_of_logit_slope, sigmoid, softplus
from lib.perceptron import Gradient, with_ones
from lib.perceptron import predict as _logit
from lib.surfaces import Surface

BLOCK = 4096  # rows that fit the processor's cache together, so that each is fetched only once


def predict(w, b, x):
    """Return the probability σ(w·x + b) of label 1 for each sample. Source: N2-16, N4-33."""
    return sigmoid(_logit(w, b, x))


def loss(w, b, x, y):
    """Return the mean log loss of the samples, finite however wrong they are. Source: N2-15."""
    return log_loss_of_logit(*_logits(w, b, x, y)).mean()


def gradient(w, b, x, y):
    """Return the gradient of the mean log loss by the short way, Σ(p − y)x/m and Σ(p − y)/m.

    Source: N2-19, N2-20, N3-71.
    """
    return _along(log_loss_of_logit_slope(*_logits(w, b, x, y)), w, x)


def long_gradient(w, b, x, y):
    """Return the same gradient by the long chain dL/dp · dp/dz · dz/dw, as the lecture codes it.

    On paper p(1 − p) cancels. In floats it is 0/0 once σ rounds to 1, above a logit of 36.7: the
    answer is then NaN, and that is what this function is here to show. Source: N2-24.
    """
    z, y = _logits(w, b, x, y)
    p = sigmoid(z)
    with np.errstate(all="ignore"):
        dl_dp = (p - y) / (p * (1 - p))
        dp_dz = p * (1 - p)
        return _along(dl_dp * dp_dz, w, x)


def decision_boundary(w, b):
    """Return −b/w, the x at which one feature's p passes ½. Raises ValueError for w = 0. N2-21."""
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
    p, y = checks.broadcast(
        probability=checks.finite("probability", probability), y=checks.labels("y", y)
    )
    return (p > 0.5) == (y == 1)


def accumulated_accuracy(probability, y):
    """Return the share of right answers among the first 1, 2, 3, ... samples. Source: N2-29."""
    right = np.atleast_1d(correct(probability, y))
    return np.cumsum(right, axis=-1) / np.arange(1, right.shape[-1] + 1)


# Training. What these return is made for `descent` and checks the data once, when it is made.


def loss_surface(x, y):
    """Make the mean log loss of the data a surface over theta = (w₁, ..., wₙ, b)."""
    X, (_, y) = with_ones(x), checks.samples(x, checks.labels("y", y))
    X = np.asfortranarray(X)  # feature by feature, so that both products run along the samples

    return Surface(
        f"log loss of {len(y)} samples",
        lambda theta: softplus((1 - 2 * y) * (theta @ X.T)).mean(axis=-1),
        lambda theta: _block_gradient(theta, X, y),
        lambda theta: _hessian(theta, X),
        ((-6, 6), (-6, 6)),
        variables=X.shape[1],
    )


def _block_gradient(theta, X, y):
    blocks = (slice(i, i + BLOCK) for i in range(0, len(y), BLOCK))
    return sum((sigmoid(theta @ X[rows].T) - y[rows]) @ X[rows] for rows in blocks) / len(y)


def _hessian(theta, X):
    p = sigmoid(theta @ X.T)
    return X.T @ ((p * (1 - p))[..., None] * X) / len(X)


def sample_gradient(x, y):
    """Return gradient(theta, rows) of the mean log loss over the chosen rows of the data.

    `rows` is a sample number or an array of them, as `descent.stochastic_descent` deals them out.
    Source: N2-19.
    """
    X, (_, y) = with_ones(x), checks.samples(x, checks.labels("y", y))

    def gradient(theta, rows):
        rows = checks.rows(rows, len(y))
        return (sigmoid(theta @ X[rows].T) - y[rows]) @ X[rows] / len(rows)

    return gradient


def scaled_sigmoid(theta, x, scale=20):
    """Return scale · σ(Wx + b) for theta = (W, b): the S-curve of the houses. Source: N0-15."""
    theta, x, scale = _pair(theta), checks.finite("x", x), checks.number("scale", scale)
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


def _pair(theta):
    theta = checks.real("theta", theta)
    if theta.shape[-1:] != (2,):
        raise ValueError(f"theta must be (W, b), got shape {theta.shape}")
    return theta


def _logits(w, b, x, y):
    z = np.asarray(_logit(w, b, x))
    return z, checks.same_shape("y", checks.labels("y", y), z.shape)


def _along(d_z, w, x):
    """Spread the mean slope by the logit over w and b."""
    each = d_z * x if np.ndim(w) == 0 else d_z[..., None] * np.asarray(x)
    axes = tuple(range(np.ndim(d_z)))
    return Gradient(each.sum(axis=axes) / d_z.size, d_z.mean())
