"""Paths as Matplotlib has them, turned into corners in pixels and into glyphs.

Everything is clipped here, in double precision, so that a line that runs off to 1e300 still leaves
the picture in the right direction.
"""

from functools import lru_cache

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

#: Ends a piece of a path: no coordinate inside the picture can have this value.
BREAK = np.nan
#: Numbers beyond this are moved towards zero, so that no product of them overflows.
_FARTHEST = 1e100
#: A marker whose middle lies this far outside the picture, in pixels, is still shown.
_RIM = 1
#: What is cut off at the rim counts if it is wider than this, in pixels.
_HAIR = 0.01
_LETTERS = {Path.MOVETO: "m", Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c"}


def placed(path, transform):
    """Return a path in pixels, with what is too large for a product kept in its direction."""
    return Path(transform.transform(_within_reach(path.vertices)), path.codes)


def points(path, transform):
    """Return where the markers of a path stand, in pixels, shape (n, 2)."""
    vertices = path.vertices
    if path.codes is not None:  # a curve has a marker at its ends, none at its control points
        ends = [corners[-2:] for corners, _ in path.iter_segments(simplify=False)]
        vertices = np.reshape(ends, (-1, 2))
    return transform.transform(_within_reach(vertices))


def _within_reach(vertices):
    if not (np.abs(vertices) > _FARTHEST).any():
        return vertices
    with np.errstate(invalid="ignore"):
        size = np.abs(vertices).max(axis=1, keepdims=True)
        far = np.isfinite(size) & (size > _FARTHEST)
        return np.where(far, vertices / np.where(far, size, 1) * _FARTHEST, vertices)


def inside(corners, box):
    """Return which points lie in the picture, the rim included; all finite ones if box is None."""
    finite = np.isfinite(corners).all(axis=1)
    if box is None:
        return finite
    x0, y0, x1, y1 = box.extents
    with np.errstate(invalid="ignore"):
        across = (corners[:, 0] >= x0 - _RIM) & (corners[:, 0] <= x1 + _RIM)
        return finite & across & (corners[:, 1] >= y0 - _RIM) & (corners[:, 1] <= y1 + _RIM)


def is_whole(path, box):
    """Return whether a path in pixels has all its corners, and none outside the box."""
    corners = path.vertices
    if path.codes is not None:
        corners = corners[path.codes != Path.CLOSEPOLY]
    if box is None or not len(corners):
        return True
    low, high = corners.min(axis=0) + _HAIR, corners.max(axis=0) - _HAIR
    return bool((low >= box.min).all() and (high <= box.max).all())


def region(path, box):
    """Return the corners of a filled path in pixels, cut off at the box, if one is given.

    Pieces are parted by a row of NaN. No rim of the region is closed that the path leaves open.
    """
    if box is not None:
        path = path.clip_to_bbox(box)
    return _joined([piece for piece in path.to_polygons(closed_only=False) if len(piece) > 1])


def line(path, box):
    """Return the corners of a line in pixels, cut off at the box, its pieces parted by NaN."""
    if path.codes is None and np.isfinite(path.vertices).all() and is_whole(path, box):
        return path.vertices if len(path.vertices) > 1 else np.empty((0, 2))
    if path.codes is not None and (path.codes > Path.LINETO).any():
        path = path.cleaned(remove_nans=True, curves=False)  # for no curve is ever cut off
    clip = None if box is None else tuple(box.extents)
    return _pieces(path.cleaned(remove_nans=True, clip=clip, curves=False))


def _pieces(path):
    """Part a cleaned path at its jumps; a closed piece ends where it began."""
    pieces, current = [], []
    for corner, code in zip(path.vertices, path.codes, strict=True):
        if code == Path.MOVETO:
            current = [corner]
            pieces.append(current)
        elif code == Path.LINETO:
            current.append(corner)
        elif code == Path.CLOSEPOLY:
            current.append(current[0])
    return _joined([np.array(piece) for piece in pieces if len(piece) > 1])


def _joined(pieces):
    if not pieces:
        return np.empty((0, 2))
    gap = np.full((1, 2), BREAK)
    return np.concatenate([part for piece in pieces for part in (gap, piece)][1:])


def glyph(path, transform):
    """Return a marker as relative SVG commands, to follow any ``M x y``."""
    codes = None if path.codes is None else np.asarray(path.codes).tobytes()
    matrix = np.ascontiguousarray(transform.get_matrix())
    return _glyph(np.ascontiguousarray(path.vertices).tobytes(), codes, matrix.tobytes())


@lru_cache(maxsize=1024)  # a figure asks for the same few thousands of times
def _glyph(vertices, codes, matrix):
    vertices = np.frombuffer(vertices).reshape(-1, 2)
    codes = None if codes is None else np.frombuffer(codes, dtype=Path.code_type)
    turn = Affine2D(np.frombuffer(matrix).reshape(3, 3)) + Affine2D().scale(1, -1)
    path, commands, here = Path(vertices, codes).transformed(turn), [], np.zeros(2)
    if _is_circle(path):
        radius = path.vertices[0, 1].round(2)
        arc = f"a{radius:g} {radius:g} 0 1 0 0 "
        return f"m0 {radius:g}{arc}{-2 * radius:g}{arc}{2 * radius:g}z"
    for corners, code in path.iter_segments(simplify=False):
        if code == Path.CLOSEPOLY:
            commands.append("z")
            continue
        steps = corners.reshape(-1, 2) - here
        here = corners[-2:]
        commands.append(
            _LETTERS[code] + " ".join(f"{number:g}" for number in steps.round(2).ravel() + 0.0)
        )
    return "".join(commands)


def _is_circle(path):
    """Return whether a path is Matplotlib's circle around 0: eight curves, where SVG has arcs."""
    circle = Path.unit_circle()
    return np.array_equal(path.codes, circle.codes) and np.allclose(
        path.vertices, path.vertices[0, 1] * circle.vertices * (1, -1)
    )
