"""What a pen draws, seen as the digits of `data.digits` are: 8 × 8 pixels from 0 to 16.

Those digits were bitmaps of 32 × 32 dots, scaled to one height; each pixel counts the dots of ink
among its 4 × 4. The same is done here with the lines of a pen.
"""

import numpy as np

from lib import checks

SIDE, DOTS = 8, 32
INK = 312  # dots of ink in a digit of the set, on average; of every class between 303 and 330
WIDEST = 26  # dots across: the set leaves the outer columns nearly empty
PEN = (2.5, 10.0)  # how thin and how thick a line may become, in dots


def pixels(strokes):
    """Return what the network sees of some strokes: 64 numbers from 0 to 16, row by row.

    Each stroke is an array of points (x, y), shape (n, 2), in any unit, y counted downwards. The
    drawing is scaled until it is as high as the grid, or too wide for it, and put in the middle;
    its lines are as thick as gives it the ink of a digit of the set. Raises ValueError for no
    stroke, and for points that are no finite pairs.
    """
    strokes = [_checked_stroke(stroke) for stroke in checks.iterator("strokes", strokes)]
    if not strokes:
        raise ValueError("strokes must hold at least one stroke, got none")
    unit = max(np.abs(stroke).max() for stroke in strokes) or 1.0  # so that no sum can overflow
    strokes = [stroke / unit for stroke in strokes]
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    middle, size, thickness = (low + high) / 2, high - low, 4.0
    for _ in range(3):  # thicker lines leave less room for their middle, and the other way round
        room = np.array([WIDEST, DOTS]) - thickness
        scale = min((room[size > 0] / size[size > 0]).min(initial=1e9), 1e9)
        distance = _distances([(stroke - middle) * scale + DOTS / 2 for stroke in strokes])
        thickness = float(np.clip(2 * np.sort(distance)[INK - 1], *PEN))
    ink = (distance <= thickness / 2).reshape(SIDE, 4, SIDE, 4)
    return ink.sum(axis=(1, 3)).astype(float).ravel()


def _distances(strokes):
    """Return how far the middle of each dot is from the nearest stroke, shape (32 · 32,)."""
    across, down = np.meshgrid(np.arange(DOTS) + 0.5, np.arange(DOTS) + 0.5)
    dots = np.stack([across.ravel(), down.ravel()], axis=-1)[:, None]
    found = []
    for stroke in strokes:
        start, way = stroke[:-1], np.diff(stroke, axis=0)
        length = (way * way).sum(axis=-1)
        along = ((dots - start) * way).sum(axis=-1) / np.where(length > 0, length, 1)
        nearest = start + np.clip(along, 0, 1)[..., None] * way
        found.append(np.sqrt(((dots - nearest) ** 2).sum(axis=-1)).min(axis=1))
    return np.min(found, axis=0)


def _checked_stroke(stroke):
    """A stroke as points, at least two: a tap of the pen is one point twice."""
    points = checks.finite("each of strokes", stroke)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"each of strokes must have shape (n, 2), got {points.shape}")
    return np.concatenate([points, points]) if len(points) == 1 else points


def bent(x, rng, amount=1.0):
    """Return pictures, each slanted, stretched and moved a little, as another hand draws them.

    x has shape (m, 64), and so has what is returned; `amount` 0 changes nothing, 2 bends them
    beyond what a hand does, and no more is taken.
    """
    x, amount = checks.finite("x", x), checks.least("amount", amount, 0)
    if amount > 2:
        raise ValueError(f"amount must be at most 2, got {amount}")
    if x.ndim != 2 or x.shape[1] != SIDE * SIDE:
        raise ValueError(f"x must have shape (m, {SIDE * SIDE}), got {x.shape}")
    m = len(x)
    draw = checks.generator("rng", rng).standard_normal((4, m, 1))
    slant, lean, stretch, shift = amount * draw * [[[0.25]], [[0.08]], [[0.15]], [[0.3]]]
    row, column = np.divmod(np.arange(SIDE * SIDE), SIDE) - np.full((2, 1), (SIDE - 1) / 2)
    across = np.exp(stretch) * column + slant * row + shift
    down = row + lean * column
    return _between_pixels(x.reshape(m, SIDE, SIDE), across, down)


def _between_pixels(pictures, across, down):
    """Read pictures at places from their middle, each between the four pixels around it."""
    middle = (SIDE - 1) / 2 + 1  # one more, for the rim of paper around the picture
    framed = np.pad(pictures, ((0, 0), (1, 1), (1, 1)))
    places = [np.clip(each + middle, 0, SIDE + 1 - 1e-9) for each in (down, across)]
    (i, u), (j, v) = ((place.astype(int), place % 1) for place in places)
    n = np.arange(len(pictures))[:, None]
    upper = (1 - v) * framed[n, i, j] + v * framed[n, i, j + 1]
    lower = (1 - v) * framed[n, i + 1, j] + v * framed[n, i + 1, j + 1]
    return (1 - u) * upper + u * lower
