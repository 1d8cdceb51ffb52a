"""Axes in space, which note what is drawn on them, and the recorder that takes it down.

Where a thing lies is noted from the call that makes it; how it looks Matplotlib itself tells, as
it draws the thing. What there is no note of is refused.
"""

from dataclasses import dataclass, replace

import numpy as np
from mpl_toolkits.mplot3d import Axes3D

from lib.live import looks
from lib.live.recorder import Mark, Recorder

#: Sides of the box that Matplotlib fits the limits of the axes into, in the marks' numbers.
SIDE = 800
WANTED = "plot, scatter, text, plot_surface, plot_wireframe or contour"
_GAP = np.full((1, 3), np.nan)


@dataclass(frozen=True)
class Note:
    """Where an artist lies in space: its pieces, arrays of points of shape (n, 3).

    A surface has one piece, of shape (rows, columns, 3), and its ``look`` as ordered CSS pairs.
    """

    pieces: list[np.ndarray]
    look: tuple[tuple[str, str], ...] | None = None


class Space(Axes3D):
    """Axes in space that keep a ``Note`` of each artist, in ``notes``, and whether they have a box.

    ``Axes3D`` tells neither.
    """

    def __init__(self, *args, **options):
        self.notes, self.has_box = {}, True
        super().__init__(*args, **options)

    def set_axis_on(self):
        self.has_box = True
        super().set_axis_on()

    def set_axis_off(self):
        self.has_box = False
        super().set_axis_off()

    def plot(self, *args, **options):
        """Draw a line, as Matplotlib does."""
        lines = super().plot(*args, **options)
        for line in lines:
            self.notes[line] = Note([np.stack(line.get_data_3d(), axis=-1).astype(float)])
        return lines

    def scatter(self, xs, ys, zs=0, **options):
        """Draw points, all of one look; those far away are as bright as the near ones."""
        points = super().scatter(xs, ys, zs, **{"depthshade": False} | options)
        places = np.broadcast_arrays(*(np.ravel(each) for each in (xs, ys, zs)))
        self.notes[points] = Note([np.stack(places, axis=-1).astype(float)])
        return points

    def text(self, x, y, z, s, **options):
        """Write words at a point of space, upright on the screen."""
        if options.get("zdir"):
            raise TypeError("text: got zdir, wanted words that stand upright on the screen")
        words = super().text(x, y, z, s, **options)
        self.notes[words] = Note([np.array([[x, y, z]], dtype=float)])
        return words

    def plot_surface(self, X, Y, Z, *, color=None, alpha=1.0):
        """Draw a surface of one colour; all its corners count, and light shades it."""
        grid = np.stack(np.broadcast_arrays(X, Y, Z), axis=-1).astype(float)
        color = self._get_lines.get_next_color() if color is None else color
        look = {"color": color, "alpha": alpha, "rstride": 1, "cstride": 1}
        surface = super().plot_surface(*np.moveaxis(grid, -1, 0), **look)
        self.notes[surface] = Note([grid], looks.surface(color, alpha))
        return surface

    def plot_wireframe(self, X, Y, Z, **options):
        """Draw the rows and columns of a grid, all of them."""
        grid = np.stack(np.broadcast_arrays(X, Y, Z), axis=-1).astype(float)
        strides = {"rstride": 1, "cstride": 1}
        wires = super().plot_wireframe(*np.moveaxis(grid, -1, 0), **options, **strides)
        self.notes[wires] = Note([*grid, *np.swapaxes(grid, 0, 1)])
        return wires

    def contour(self, X, Y, Z, *args, offset=None, **options):
        """Draw level lines at their heights, or all of them at ``offset``, such as the floor."""
        if options.get("zdir", "z") != "z":
            raise TypeError(f"contour: got zdir={options['zdir']!r}, wanted level lines of heights")
        lines = super().contour(X, Y, Z, *args, offset=offset, **options)
        heights = lines.levels if offset is None else np.full(len(lines.levels), offset)
        levels = [
            _joined([np.column_stack([piece, np.full(len(piece), height)]) for piece in pieces])
            for pieces, height in zip(lines.allsegs, heights, strict=True)
            if pieces
        ]
        self.notes[lines] = Note(levels)
        return lines

    def in_box(self, points):
        """Return points of space as shares of the box's sides times ``SIDE``."""
        low, high = np.reshape(self.get_w_lims(), (3, 2)).T
        return (points - low) / (high - low) * SIDE


def _joined(pieces):
    """Return pieces of a line, arrays of shape (n, 3), as one with gaps between them."""
    parts = [part for piece in pieces for part in (piece, _GAP)]
    return np.concatenate(parts[:-1]) if parts else _GAP


class SpaceRecorder(Recorder):
    """Takes down what is drawn on a ``Space``; the corners of its marks are points in the box.

    The kinds of its marks are "surface", whose ``shape`` is that of its grid, "line", "dots" and
    "words".
    """

    def __init__(self, ax):
        super().__init__(ax.figure)
        self._ax = ax

    def record(self, artist):
        """Return the marks of one artist.

        Raises:
            TypeError: there is no note of where it lies, or it looks as a live figure cannot show.
        """
        if artist not in self._ax.notes:
            name = type(artist).__name__
            raise TypeError(
                f"got {name} in space, which a live figure cannot show; wanted {WANTED}"
            )
        marks = self._marks_of(artist, self._ax.notes[artist])
        corners = np.concatenate([_GAP, *(mark.corners for mark in marks)])
        corners = corners[np.isfinite(corners).all(axis=1)]
        self.shown = bool(((corners >= -1) & (corners <= SIDE + 1)).all(axis=1).any())
        self.lost = len(corners) > 0 and not self.shown
        return marks

    def _marks_of(self, artist, note):
        pieces = [self._ax.in_box(piece) for piece in note.pieces]
        if note.look is not None:
            grid = pieces[0]
            return [Mark("surface", note.look, grid.reshape(-1, 3), shape=grid.shape[:2])]
        flat = self._looks_of(artist)
        kinds = {mark.kind for mark in flat}
        if len(pieces) == 1 and len(kinds) == len(flat):  # a line, its discs, points or words
            return [replace(mark, kind=_KINDS[mark.kind], corners=pieces[0]) for mark in flat]
        if len(flat) != len(pieces) or kinds - {"path"}:
            self._refuse("parts that look different from each other")
        by_look = {}
        for mark, piece in zip(flat, pieces, strict=True):
            by_look.setdefault(mark.style, []).append(piece)
        return [Mark("line", look, _joined(parts)) for look, parts in by_look.items()]

    def _looks_of(self, artist):
        """Return how Matplotlib draws an artist, as flat marks."""
        self._ax.M = self._ax.get_proj()
        artist.set_clip_on(False)
        if hasattr(artist, "do_3d_projection"):
            artist.do_3d_projection()
        return self._take(artist)


_KINDS = {"path": "line", "markers": "dots", "text": "words"}
