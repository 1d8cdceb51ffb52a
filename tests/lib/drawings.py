"""Drawings of digits, as a hand with a pen makes them, for the tests of the pad."""

import numpy as np


def arc(x, y, width, height, first, last, points=24):
    """Return points on an ellipse from one angle to another, in degrees, clockwise on paper."""
    turn = np.radians(np.linspace(first, last, points))
    return np.stack([x + width * np.cos(turn), y + height * np.sin(turn)], axis=-1)


def line(*points):
    return np.array(points, dtype=float)


def joined(*parts):
    return np.concatenate(parts)


#: Some ways to draw each digit, in a square of side 1; each is a list of strokes.
DRAWINGS = {
    0: [
        [arc(0.5, 0.5, 0.3, 0.5, -90, 270)],
        [arc(0.5, 0.5, 0.22, 0.5, -60, 300)],
        [arc(0.5, 0.5, 0.4, 0.5, -90, 270)],
    ],
    1: [
        [line((0.5, 0), (0.5, 1))],
        [line((0.3, 0.25), (0.5, 0), (0.5, 1))],
        [line((0.25, 0.3), (0.55, 0), (0.5, 1))],
        [line((0.6, 0), (0.42, 1))],
    ],
    2: [
        [joined(arc(0.5, 0.27, 0.3, 0.27, -170, 40), line((0.2, 1), (0.8, 1)))],
        [joined(arc(0.5, 0.25, 0.25, 0.25, -180, 60), line((0.22, 0.95), (0.3, 0.9), (0.8, 1)))],
        [joined(arc(0.48, 0.27, 0.28, 0.27, -120, 50), line((0.2, 1), (0.85, 0.98)))],
    ],
    3: [
        [joined(arc(0.45, 0.25, 0.27, 0.25, -150, 90), arc(0.45, 0.75, 0.3, 0.25, -90, 150))],
        [joined(line((0.2, 0), (0.75, 0), (0.45, 0.4)), arc(0.45, 0.7, 0.3, 0.3, -90, 150))],
        [joined(arc(0.45, 0.24, 0.25, 0.24, -170, 80), arc(0.45, 0.74, 0.3, 0.26, -80, 170))],
    ],
    4: [
        [line((0.6, 0), (0.15, 0.65), (0.85, 0.65)), line((0.6, 0.35), (0.6, 1))],
        [line((0.25, 0), (0.2, 0.5), (0.8, 0.5)), line((0.7, 0), (0.65, 1))],
        [line((0.65, 1), (0.65, 0), (0.1, 0.7), (0.9, 0.7))],
        [line((0.3, 0), (0.2, 0.55), (0.8, 0.5)), line((0.75, 0.1), (0.6, 1))],
    ],
    5: [
        [joined(line((0.8, 0), (0.25, 0), (0.22, 0.42)), arc(0.48, 0.69, 0.3, 0.31, -130, 140))],
        [
            joined(line((0.25, 0), (0.22, 0.45)), arc(0.48, 0.7, 0.28, 0.3, -130, 150)),
            line((0.25, 0), (0.8, 0)),
        ],
    ],
    6: [
        [joined(line((0.65, 0), (0.35, 0.35)), arc(0.47, 0.72, 0.26, 0.28, -200, 160))],
        [joined(arc(0.65, 0.55, 0.4, 0.55, -100, -170), arc(0.5, 0.72, 0.25, 0.27, -180, 180))],
        [joined(line((0.55, 0), (0.3, 0.4), (0.25, 0.7)), arc(0.48, 0.74, 0.24, 0.26, -180, 170))],
    ],
    7: [
        [line((0.2, 0), (0.8, 0), (0.4, 1))],
        [line((0.2, 0.02), (0.8, 0), (0.45, 1)), line((0.3, 0.5), (0.75, 0.5))],
        [line((0.2, 0), (0.75, 0), (0.5, 0.5), (0.42, 1))],
    ],
    8: [
        [
            joined(
                arc(0.5, 0.25, 0.22, 0.25, -60, -270),
                arc(0.5, 0.75, 0.27, 0.25, -90, 270),
                arc(0.5, 0.25, 0.22, 0.25, 90, -60),
            )
        ],
        [arc(0.5, 0.25, 0.23, 0.25, 0, 360), arc(0.5, 0.75, 0.28, 0.25, 0, 360)],
    ],
    9: [
        [joined(arc(0.48, 0.27, 0.25, 0.27, 0, -360), line((0.73, 0.3), (0.65, 1)))],
        [joined(arc(0.48, 0.27, 0.27, 0.27, 20, -330), line((0.72, 0.2), (0.74, 0.6), (0.6, 1)))],
        [joined(arc(0.5, 0.28, 0.25, 0.28, -20, -350), arc(0.4, 0.6, 0.36, 0.4, -20, 110))],
    ],
}


def dense(stroke, points=40):
    """Return a stroke with so many points, equally far apart along it, as a moving pen leaves."""
    far = np.append(0, np.cumsum(np.hypot(*np.diff(stroke, axis=0).T)))
    along = np.linspace(0, far[-1], points)
    return np.stack([np.interp(along, far, stroke[:, axis]) for axis in (0, 1)], axis=-1)


def by_hand(drawing, rng, unrest=0.5):
    """Return a drawing as another hand makes it: slanted, stretched, moved, with a tremble.

    Like the pad's, its places run from 0 to 8.
    """
    turn = np.eye(2) + unrest * rng.normal(0, 0.1, (2, 2))
    turn[0, 1] -= unrest * abs(rng.normal(0, 0.12))  # most hands lean to the right
    size, middle = rng.uniform(3, 7), rng.uniform(3.6, 4.4, 2)
    strokes = []
    for stroke in map(dense, drawing):
        tremble = unrest * np.cumsum(rng.normal(0, 0.009, stroke.shape), axis=0)
        strokes.append(np.clip(middle + size * ((stroke - 0.5) @ turn.T + tremble), 0, 8))
    return strokes
