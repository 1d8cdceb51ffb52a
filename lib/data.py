"""The small data sets of the notes, and a few made up to show what can go wrong.

What is random draws from the `rng` that the caller hands over, and from nowhere else.
"""

from importlib.resources import files
from typing import NamedTuple

import numpy as np

from lib import checks


class Data(NamedTuple):
    """Samples in rows: x of shape (m,) or (m, n), y of shape (m,)."""

    x: np.ndarray
    y: np.ndarray


class Setup(NamedTuple):
    """One of the lecture's experiments: its samples, the truth behind them, and the start.

    x has shape (m,) or (m, n), y (m,); `target_w` and `w0` are a number or have shape (n,), and
    `target_b`, `b0` and `learning_rate` are numbers.
    """

    x: np.ndarray
    y: np.ndarray
    target_w: np.ndarray
    target_b: float
    w0: np.ndarray
    b0: float
    learning_rate: float


# The notes' own.


def houses():
    """Return floors and prices of four houses, INFERRED from the notes' printed fits.

    Source: N0-10.
    """
    return Data(np.array([1.0, 2.0, 3.0, 4.0]), np.array([0.7, 1.5, 4.5, 9.5]))


def three_points():
    """Return the three points whose squared residuals add up to E(m, b). Source: N3-48."""
    return Data(np.array([1.0, 2.0, 3.0]), np.array([2.0, 5.0, 3.0]))


def two_samples():
    """Return the two samples of the worked example, in rows. Source: N4-40."""
    return Data(np.array([[1.0, 3.0], [2.0, -1.0]]), np.array([2.0, 1.0]))


SENTENCES = ("Ya Ya Ya", "Na na", "Ya na Ya", "Na na Ya na")


def sentiment():
    """Return how often each of four sentences says ya and na, and whether it is happy (1) or sad.

    The counts are taken from the sentences, which corrects two of the notes' rows. Source: N3-02.
    """
    words = [sentence.lower().split() for sentence in SENTENCES]
    counts = [[sentence.count("ya"), sentence.count("na")] for sentence in words]
    return Data(np.array(counts, dtype=float), np.array([1.0, 0.0, 1.0, 0.0]))


# The lecture's four experiments. Seeded as there, with numpy.random.RandomState(1), they draw the
# lecture's numbers in the lecture's order; a numpy.random.Generator draws others.


def lecture_line(rng):
    """Set up the regression with one feature: 100 points on y = 5x − 3. Source: N2-07."""
    checks.generator("rng", rng)
    w0, b0 = rng.uniform(-3, 3, 2)
    x = rng.standard_normal(100)
    return Setup(x, 5 * x - 3, 5.0, -3.0, w0, b0, 0.01)


def lecture_plane(rng):
    """Set up the regression with three features: 100 points on a random plane. Source: N2-11."""
    checks.generator("rng", rng)
    target_w, target_b = rng.uniform(-3, 3, 3), rng.uniform(-3, 3)
    w0, b0 = rng.uniform(-3, 3, 3), rng.uniform(-3, 3)
    x = rng.standard_normal((100, 3))
    return Setup(x, x @ target_w + target_b, target_w, target_b, w0, b0, 0.1)


def lecture_switch(rng, cut=0.0):
    """Set up the classification with one feature: 500 labels that ask whether 5x − 3 > `cut`.

    The lecture cuts at 0.6, where x and not 5x − 3 has the boundary; 0 is right. Source: N2-23.
    """
    checks.generator("rng", rng), checks.number("cut", cut)
    w0, b0 = rng.uniform(-3, 3, 2)
    x = rng.normal(3 / 5, 1, 500)
    return Setup(x, (5 * x - 3 > cut).astype(float), 5.0, -3.0, w0, b0, 0.1)


def lecture_classes(rng):
    """Set up the classification with three features and 1000 samples. Source: N2-27."""
    checks.generator("rng", rng)
    target_w, target_b = rng.uniform(-1, 1, 3), rng.uniform(-1, 1)
    w0, b0 = rng.uniform(-1, 1, 3), rng.uniform(-1, 1)
    x = rng.standard_normal((1000, 3))
    y = (x @ target_w + target_b > 0).astype(float)
    return Setup(x, y, target_w, target_b, w0, b0, 0.03)


# Measured.


def digits():
    """Return 1,797 handwritten digits: pictures x, shape (1797, 64), and what they show, y.

    A picture has 8 × 8 pixels, row by row, from 0 (paper) to 16 (ink). The digits of `digits.txt`,
    which has their source and licence, in the order of scikit-learn's `load_digits`.
    """
    text = files("lib").joinpath("digits.txt").read_text(encoding="ascii")
    lines = [line.split() for line in text.splitlines() if not line.startswith("#")]
    x = [[int(letter, 17) for letter in letters] for _, letters in lines]
    return Data(np.array(x, dtype=float), np.array([int(label) for label, _ in lines]))


# Made up.


def two_clouds(rng, samples=100, distance=3.0):
    """Draw two round clouds of points, labelled 0 and 1, whose centres are `distance` apart.

    x has shape (samples, 2); the spread of each cloud is 1.
    """
    samples, distance = checks.whole("samples", samples, 2), checks.number("distance", distance)
    y = np.arange(samples) % 2.0
    x = checks.generator("rng", rng).standard_normal((samples, 2))
    return Data(x + distance * (y[:, None] - 0.5) * [1, 0], y)


def xor():
    """Return the four corners that no single line parts: label 1 where exactly one input is 1."""
    return Data(
        np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0.0, 1, 1, 0])
    )


def noisy_curve(rng, samples=20, noise=0.2):
    """Draw samples of sin 2πx for x in [0, 1), in order, with normal noise of that spread on y."""
    samples, noise = checks.whole("samples", samples, 1), checks.least("noise", noise, 0)
    x = np.sort(checks.generator("rng", rng).uniform(0, 1, samples))
    return Data(x, np.sin(2 * np.pi * x) + noise * rng.standard_normal(samples))


def k_folds(samples, k, rng):
    """Split the sample numbers into k shuffled folds; return k pairs (training, validation).

    Every sample is validated exactly once. Raises ValueError for fewer than 2 folds or fewer
    samples than folds. Source: N4-38.
    """
    k = checks.whole("k", k, 2)
    order = checks.generator("rng", rng).permutation(checks.whole("samples", samples, k))
    folds = np.array_split(order, k)
    return [(np.concatenate(folds[:i] + folds[i + 1 :]), folds[i]) for i in range(k)]
