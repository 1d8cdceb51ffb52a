"""The linear neuron ŷ = w·x + b: prediction, squared error under each of its names, training.

Samples stand in rows: x has shape (m, n) with w of shape (n,), or shape (m,) with a number w when
there is one feature; y has shape (m,). A single sample may drop the m. The functions whose name
ends in `_columns` take the other layout of the notes, X of shape (n, m), one sample a column.
Training works on one vector theta = (w₁, ..., wₙ, b): the neuron's loss is one more surface.
All raise ValueError for empty or non-finite data and for shapes that do not match.
"""

from typing import NamedTuple

import numpy as np

from lib import checks
from lib.surfaces import Surface


class Gradient(NamedTuple):
    """Slopes of a loss by w, in the shape of w, and by b."""

    w: np.ndarray
    b: float


def predict(w, b, x):
    """Return ŷ = w·x + b for each sample. Source: N3-60, N4-07."""
    w, b, x = checks.neuron(w, b, x)
    return np.dot(x, w) + b


def predict_columns(w, b, X):
    """Return ŷ = wX + b for the samples in the columns of X. Source: N4-22."""
    return predict(w, b, _rows_of(X))


# The same squares under the names the notes give them. A gradient differs by the factor alone.


def sum_squared_error(w, b, x, y):
    """Return Σ(y − ŷ)², as E(m, b) counts it. Source: N2-01, N3-47."""
    w, b, x, y = _fit(w, b, x, y)
    return ((y - (np.dot(x, w) + b)) ** 2).sum()


def sum_squared_error_gradient(w, b, x, y):
    """Return the gradient of Σ(y − ŷ)²: −2Σ(y − ŷ)x and −2Σ(y − ŷ). Source: N2-04, N2-05."""
    w, b, x, y = _fit(w, b, x, y)
    miss = y - (np.dot(x, w) + b)
    return Gradient(-2 * np.dot(miss, x), -2 * miss.sum())


def half_squared_error(w, b, x, y):
    """Return ½Σ(y − ŷ)², whose ½ cancels the 2 of the derivative. Source: N3-60."""
    w, b, x, y = _fit(w, b, x, y)
    return ((y - (np.dot(x, w) + b)) ** 2).sum() / 2


def half_squared_error_gradient(w, b, x, y):
    """Return the gradient of ½Σ(y − ŷ)²: −Σ(y − ŷ)x and −Σ(y − ŷ). Source: N3-62."""
    w, b, x, y = _fit(w, b, x, y)
    miss = y - (np.dot(x, w) + b)
    return Gradient(-np.dot(miss, x), -miss.sum())


def mean_squared_error(w, b, x, y):
    """Return (1/m)Σ(y − ŷ)². Source: N0-03, N4-24."""
    w, b, x, y = _fit(w, b, x, y)
    return ((y - (np.dot(x, w) + b)) ** 2).mean()


def mean_squared_error_gradient(w, b, x, y):
    """Return the gradient of (1/m)Σ(y − ŷ)²: −2/m Σ(y − ŷ)x and −2/m Σ(y − ŷ).

    Source: N0-08, N0-09, N4-29.
    """
    w, b, x, y = _fit(w, b, x, y)
    miss = y - (np.dot(x, w) + b)
    return Gradient(-2 / len(y) * np.dot(miss, x), -2 / len(y) * miss.sum())


def half_mean_squared_error(w, b, x, y):
    """Return 1/(2m) Σ(y − ŷ)². Source: N3-57."""
    w, b, x, y = _fit(w, b, x, y)
    return ((y - (np.dot(x, w) + b)) ** 2).mean() / 2


def half_mean_squared_error_gradient(w, b, x, y):
    """Return the gradient of 1/(2m) Σ(y − ŷ)²: −1/m Σ(y − ŷ)x and −1/m Σ(y − ŷ). Source: N3-57."""
    w, b, x, y = _fit(w, b, x, y)
    miss = y - (np.dot(x, w) + b)
    return Gradient(-1 / len(y) * np.dot(miss, x), -1 / len(y) * miss.sum())


def mean_squared_error_columns(w, b, X, y):
    """Return (1/m)‖y − wX − b‖² for samples in columns. Source: N4-24, the absent listing N4-25."""
    return mean_squared_error(w, b, _rows_of(X), y)


def mean_squared_error_columns_gradient(w, b, X, y):
    """Return −(2/m)AXᵀ and −(2/m)A·1 with A = y − wX − b. Source: N4-29."""
    return mean_squared_error_gradient(w, b, _rows_of(X), y)


# Training. What these return is made for `descent` and checks the data once, when it is made.


def with_ones(x):
    """Return the rows of x, shape (m, n) or (m,), with a last column of ones: (m, n + 1).

    With it the bias is one more weight: w·x + b is theta times the row.
    """
    x = checks.feature_columns("x", x)
    return np.concatenate([x, np.ones((len(x), 1))], axis=1)


def cost_surface(x, y):
    """Make the mean squared error of the data a surface over theta = (w₁, ..., wₙ, b).

    Feature columns such as x³ make it the cost of any model that is linear in w. Its minimum is
    the least-squares solution, where that is unique.
    """
    X, (_, y) = with_ones(x), checks.samples(x, y)
    best, _, rank, _ = np.linalg.lstsq(X, y)
    return Surface(
        f"mean squared error of {len(y)} samples",
        lambda theta: ((y - theta @ X.T) ** 2).mean(axis=-1),
        lambda theta: -2 * (y - theta @ X.T) @ X / len(y),
        lambda theta: 2 * X.T @ X / len(y),
        ((-6, 6), (-6, 6)),
        tuple(best.tolist()) if rank == len(best) else None,
        variables=len(best),
    )


def sample_cost_gradient(x, y):
    """Return gradient(theta, rows) of the mean of (y − ŷ)² over the chosen rows of the data.

    `rows` is a sample number or an array of them, as `descent.stochastic_descent` deals them out.
    Source: N2-06.
    """
    X, (_, y) = with_ones(x), checks.samples(x, y)

    def gradient(theta, rows):
        theta = checks.last_axis("theta", theta, X.shape[1])
        rows = checks.rows(rows, len(y))
        return -2 * (y[rows] - theta @ X[rows].T) @ X[rows] / len(rows)

    return gradient


def predict_in_turn(track, x):
    """Return what theta = track[k] says to sample x[k]: predictions made before the learning.

    `track` has shape (m, n + 1) or more rows, as the x of a `Path` over the samples in order.
    """
    x = checks.feature_columns("x", x)
    track = checks.finite("track", track)
    if track.ndim != 2 or len(track) < len(x) or track.shape[1] != x.shape[1] + 1:
        wanted = f"at least {len(x)} rows of {x.shape[1] + 1} numbers"
        raise ValueError(f"track must have {wanted}, got shape {track.shape}")
    track = track[: len(x)]
    return (track[:, :-1] * x).sum(axis=1) + track[:, -1]


def linear_rule(model, x, y):
    """Return the gradient that the notes used for every model: (2/N)Σ(ŷ − y)x, (2/N)Σ(ŷ − y).

    It belongs to the line Wx + b; with a `model(theta, x)` that is no line it lacks a factor, and
    descent along it rests beside the minimum. Made for one feature and theta = (W, b), here to
    reproduce the printed fits, sums in the samples' order. Source: N0-15, N0-19.
    """
    checks.function("model", model)
    x, y = checks.samples(x, y)
    if x.shape[1] != 1:
        raise ValueError(f"x must have one feature, got shape {x.shape}")
    x = x[:, 0]

    def gradient(theta):
        theta = checks.last_axis("theta", theta, 2)
        prediction = checks.real("model(theta, x)", model(theta, x))
        miss = checks.same_shape("model(theta, x)", prediction, theta.shape[:-1] + y.shape) - y
        slopes = (miss * x).sum(axis=-1), miss.sum(axis=-1)
        return 2 / len(y) * np.stack(slopes, axis=-1)

    return gradient


def cubic(theta, x):
    """Return Wx³ + b for theta = (W, b), the cubic of the houses.

    theta has shape (..., 2), x (m,) and the answer (..., m); a number x counts as m = 1.
    Source: N0-18.
    """
    theta, x = checks.last_axis("theta", theta, 2), checks.row("x", x)
    return theta[..., :1] * x**3 + theta[..., 1:]


def _fit(w, b, x, y):
    """A neuron and its data, if they fit: x of shape (m, n) or (m,), y (m,)."""
    w, b, x = checks.neuron(w, b, x)
    y = checks.same_shape("y", checks.finite("y", y), x.shape[: x.ndim - w.ndim])
    return (w, b, x, y) if y.ndim else (w, b, x[None], y[None])


def _rows_of(X):
    """The samples in the columns of X, one a row."""
    X = checks.finite("X", X)
    if X.ndim != 2:
        raise ValueError(f"X must have shape (features, samples), got {X.shape}")
    return X.T
