"""What the second derivative says about a place where the first is zero.

Each function takes a symmetric matrix of shape (n, n) or a batch (..., n, n), and a plain number
or a row of them as second derivatives of one variable. One matrix or number gives one answer, a
batch an array of them. All raise ValueError for a matrix that is not square or not symmetric.
"""

import numpy as np

from lib import checks


def eigenvalues(hessian):
    """Return the curvatures along the principal axes, smallest first: shape (..., n).

    Source: N3-91.
    """
    return np.linalg.eigvalsh(_matrices(hessian))


def characteristic_polynomial(hessian):
    """Return the coefficients (1, −trace, determinant) of λ² − (trace)λ + det for a 2 × 2 matrix.

    Its roots are the eigenvalues. Source: N3-91.
    """
    hessian = _matrices(hessian)
    if hessian.shape[-2:] != (2, 2):
        raise ValueError(f"hessian must be 2 × 2, got shape {hessian.shape}")
    trace = hessian[..., 0, 0] + hessian[..., 1, 1]
    return np.stack([np.ones_like(trace), -trace, np.linalg.det(hessian)], axis=-1)


def definiteness(hessian, tolerance=1e-10):
    """Name the signs of the eigenvalues: "positive definite", "indefinite", ...

    An eigenvalue counts as zero when it is at most `tolerance` times the largest in size. The
    answers: positive or negative definite (all of one sign), positive or negative semidefinite
    (some zero), indefinite (both signs), zero (nothing else). Source: N3-91.
    """
    up, down, flat = _signs(hessian, tolerance)
    names = [
        (up & down, "indefinite"),
        (up & ~flat, "positive definite"),
        (down & ~flat, "negative definite"),
        (up, "positive semidefinite"),
        (down, "negative semidefinite"),
    ]
    return _named(names, default="zero")


def classify(hessian, tolerance=1e-10):
    """Say what a point of zero gradient is: "minimum", "maximum", "saddle" or "undecided".

    Eigenvalues of both signs make a saddle whatever the others are (the notes leave N3-93 open);
    undecided are those with a zero among eigenvalues of one sign, where higher derivatives speak.
    `tolerance` is as in `definiteness`. Source: N3-88, N3-91 to N3-93.
    """
    up, down, flat = _signs(hessian, tolerance)
    names = [(up & down, "saddle"), (up & ~flat, "minimum"), (down & ~flat, "maximum")]
    return _named(names, default="undecided")


def _matrices(hessian):
    """The argument as symmetric matrices (..., n, n): a number is one of size 1 × 1."""
    hessian = checks.finite("hessian", hessian)
    if hessian.ndim < 2:
        hessian = hessian[..., None, None]
    return checks.symmetric("hessian", hessian)


def _signs(hessian, tolerance):
    """Whether some eigenvalue is above zero, below zero, as good as zero."""
    curvatures = eigenvalues(hessian)
    least = checks.least("tolerance", tolerance, 0) * np.abs(curvatures).max(axis=-1, keepdims=True)
    up, down = curvatures > least, curvatures < -least
    return up.any(axis=-1), down.any(axis=-1), (~up & ~down).any(axis=-1)


def _named(names, default):
    """The first name whose mask is true, for each matrix; one matrix gives a plain word."""
    answers = np.select([mask for mask, _ in names], [name for _, name in names], default)
    return answers if answers.ndim else str(answers)
