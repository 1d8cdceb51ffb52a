"""Matplotlib artists turned into numbers: what a figure shows, in pixels.

A mark is the smallest thing a front end draws: a path, a row of markers or a text. Everything is
clipped here, in double precision, so that a line that runs off to 1e300 still leaves the picture in
the right direction.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.collections import Collection, LineCollection, PathCollection, QuadMesh
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.path import Path
from matplotlib.quiver import Barbs, Quiver
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Affine2D

from lib.plots import PALETTE, STEPS

#: Ends a piece of a path: no coordinate inside the picture can have this value.
BREAK = np.nan
#: Tells the note about a path that leaves the picture from other texts.
LEAVES = "leaves"
_ROLES = {colour: name for name, colour in (PALETTE | STEPS).items()}
_UNSUPPORTED = (Quiver, Barbs, QuadMesh)
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Mark:
    """One thing to draw: its kind ("path", "markers" or "text"), look, corners in pixels, words."""

    kind: str
    style: tuple[tuple[str, str], ...]
    corners: np.ndarray
    text: str = ""
    glyph: str = ""
    zorder: float = 0
    gid: str | None = None


def carry(artist, height):
    """Return the marks of one artist, y counted downwards from ``height`` pixels.

    Raises:
        TypeError: the artist is of a kind that cannot be carried; the message names it.
    """
    if not artist.get_visible():
        return []
    for kind, marks in _KINDS:
        if isinstance(artist, kind) and not isinstance(artist, _UNSUPPORTED):
            return [_flip(mark, height) for mark in marks(artist)]
    raise TypeError(
        f"draw: got a {type(artist).__name__}, which a live figure cannot carry; "
        "wanted lines, markers, scatter, text, arrows or filled regions"
    )


def colour(value):
    """Return a colour as CSS: one of the palette as its variable, anything else as it is."""
    red, green, blue, _ = (round(255 * part) for part in to_rgba(value))
    plain = f"#{red:02x}{green:02x}{blue:02x}"
    return f"var(--{_ROLES[plain]})" if plain in _ROLES else plain


def words(text):
    """Return a text with Matplotlib's own powers of ten spelt out; other TeX is an error."""
    power = re.fullmatch(r"\$\\mathdefault\{(-?)10\^\{(-?\d+)\}\}\$", text.replace("−", "-"))
    if power:
        return f"{power[1]}10{power[2].translate(_SUPERSCRIPTS)}"
    if text.count("$") > 1:
        raise ValueError(
            f"text: got {text!r} with TeX in it, wanted plain characters such as x₀ or λ"
        )
    return text


def _flip(mark, height):
    corners = np.column_stack([mark.corners[:, 0], height - mark.corners[:, 1]])
    return Mark(mark.kind, mark.style, corners, mark.text, mark.glyph, mark.zorder, mark.gid)


def _look(stroke=None, width=0.0, fill=None, dashes=None, alpha=None):
    """Return the look of a mark as ordered CSS pairs, transparency taken from the colours."""
    style = {"fill": "none"}
    for name, value in (("fill", fill), ("stroke", stroke)):
        opacity = 0 if value is None or (name == "stroke" and not width) else to_rgba(value)[3]
        if opacity:
            style[name] = colour(value)
            if (opacity if alpha is None else alpha) < 1:
                style[f"{name}-opacity"] = f"{opacity if alpha is None else alpha:.3g}"
    if "stroke" in style:
        style["stroke-width"] = f"{width:.3g}"
        if dashes is not None:
            style["stroke-dasharray"] = " ".join(f"{length:.3g}" for length in dashes)
    return tuple(style.items())


def _corners(path, transform, box=None, filled=False):
    """Return a path's corners in pixels, clipped to ``box``, its pieces parted by a row of NaN."""
    path = path.transformed(transform)
    if filled:
        polygons = (path.clip_to_bbox(box) if box is not None else path).to_polygons()
        pieces = [piece for piece in polygons if len(piece)]
    else:
        clip = None if box is None else tuple(box.extents)
        clean = path.cleaned(remove_nans=True, clip=clip, simplify=False, curves=False)
        pieces = _pieces(clean)
    if not pieces:
        return np.empty((0, 2))
    gap = np.full((1, 2), BREAK)
    return np.concatenate([part for piece in pieces for part in (gap, piece)][1:])


def _pieces(path):
    """Split a cleaned path at its jumps; a closed piece ends where it began."""
    pieces, current = [], []
    for corner, code in zip(path.vertices, path.codes, strict=True):
        if code == Path.MOVETO:
            current = [corner]
            pieces.append(current)
        elif code == Path.LINETO:
            current.append(corner)
        elif code == Path.CLOSEPOLY:
            current.append(current[0])
    return [np.array(piece) for piece in pieces if len(piece) > 1]


def _box(artist):
    return artist.axes.bbox if artist.get_clip_on() else None


def _inside(corners, box):
    """Return which points lie in the picture, the rim included."""
    with np.errstate(invalid="ignore"):
        x0, y0, x1, y1 = box.extents
        across = (corners[:, 0] >= x0 - 1) & (corners[:, 0] <= x1 + 1)
        return across & (corners[:, 1] >= y0 - 1) & (corners[:, 1] <= y1 + 1)


def _line(artist):
    box, common = _box(artist), {"zorder": artist.get_zorder()}
    transform, path = artist.get_transform(), artist.get_path()
    marks = []
    if artist.get_linestyle() != "None" and artist.get_linewidth():
        dashes = artist._dash_pattern[1]  # Matplotlib keeps the scaled pattern nowhere else
        look = _look(artist.get_color(), artist.get_linewidth(), None, dashes, artist.get_alpha())
        marks.append(Mark("path", look, _corners(path, transform, box), **common))
    if artist.get_marker() not in ("None", None, "", " "):
        marks += _markers(artist, transform.transform(path.vertices), box, common)
    return marks


def _markers(artist, points, box, common):
    glyph = _glyph(artist.get_marker(), artist.get_markersize())
    look = _look(
        artist.get_markeredgecolor(),
        artist.get_markeredgewidth(),
        artist.get_markerfacecolor(),
        alpha=artist.get_alpha(),
    )
    look = (*look, ("fill-rule", "nonzero"))  # one path draws the row: where two meet, no hole
    inside = np.isfinite(points).all(axis=1) if box is None else _inside(points, box)
    mark = Mark("markers", look, points[inside], glyph=glyph, gid=artist.get_gid(), **common)
    if artist.get_linestyle() == "None" or inside.all():
        return [mark]
    return [mark, *_leaving(points, inside, artist)]


def _leaving(points, inside, artist):
    """Say that a path leaves the picture: an arrowhead where it goes, and how much is not shown."""
    ink = _look(fill=artist.get_color())
    x0, y0, x1, y1 = artist.axes.bbox.extents
    lost = f"{np.count_nonzero(~inside)} of {len(inside)} points outside"
    look = (*ink, ("text-anchor", "end"))
    note = Mark("text", look, np.array([[x1, y1 + 9]]), lost, zorder=6, gid=LEAVES)
    exits = np.flatnonzero(inside[:-1] & ~inside[1:] & np.isfinite(points[1:]).all(axis=1))
    if not len(exits):
        return [note]
    start, end = points[exits[0]], points[exits[0] + 1]
    direction = (end - start) / np.hypot(*(end - start))
    with np.errstate(divide="ignore"):
        room = np.where(direction > 0, [x1, y1] - start, [x0, y0] - start) / direction
    tip = start + direction * np.min(room[np.isfinite(room)])
    side = np.array([-direction[1], direction[0]])
    head = np.array([tip, tip - 13 * direction + 6 * side, tip - 13 * direction - 6 * side, tip])
    return [note, Mark("path", ink, head, zorder=6)]


@lru_cache(maxsize=1024)  # a figure asks for the same few thousands of times
def _glyph(marker, size):
    """Return a marker of ``size`` pixels as relative SVG commands, to follow any ``M x y``."""
    marker = MarkerStyle(marker)
    scale = size if marker.get_marker() not in (".", ",") else size / 2
    path = marker.get_path().transformed(marker.get_transform() + Affine2D().scale(scale, -scale))
    letters = {Path.MOVETO: "m", Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c"}
    commands, here = [], np.zeros(2)
    for corners, code in path.iter_segments(simplify=False):
        if code == Path.CLOSEPOLY:
            commands.append("z")
            continue
        steps = corners.reshape(-1, 2) - here
        here = corners[-2:]
        commands.append(letters[code] + " ".join(f"{number:.2f}" for number in steps.ravel()))
    return "".join(commands)


def _scatter(artist):
    offsets = artist.get_offset_transform().transform(np.ma.filled(artist.get_offsets(), np.nan))
    fills, edges = (artist.get_facecolor(), artist.get_edgecolor())
    widths, sizes = artist.get_linewidth(), np.sqrt(artist.get_sizes())
    box = _box(artist)
    inside = _inside(offsets, box) if box is not None else np.isfinite(offsets).all(axis=1)
    groups = {}
    for index in np.flatnonzero(inside):
        edge, fill = _cycle(edges, index), _cycle(fills, index)
        look = _look(edge, _cycle(widths, index), fill)
        path = artist.get_paths()[index % len(artist.get_paths())]
        key = (look, _glyph(path, _cycle(sizes, index) * _extent(path)))
        groups.setdefault(key, []).append(offsets[index])
    common = {"zorder": artist.get_zorder(), "gid": artist.get_gid()}
    return [
        Mark("markers", look, np.array(points), glyph=glyph, **common)
        for (look, glyph), points in groups.items()
    ]


def _extent(path):
    # MarkerStyle rescales a given path to half its largest coordinate; this undoes it.
    return 2 * np.max(np.abs(path.vertices))


def _cycle(values, index):
    return values[index % len(values)] if len(values) else None


def _collection(artist):
    box, filled = _box(artist), not isinstance(artist, LineCollection)
    fills, edges = artist.get_facecolor(), artist.get_edgecolor()
    marks = []
    for index, path in enumerate(artist.get_paths()):
        fill = _cycle(fills, index) if filled else None
        dashes = _cycle(artist.get_linestyle(), index)[1]
        look = _look(_cycle(edges, index), _cycle(artist.get_linewidth(), index), fill, dashes)
        solid = fill is not None and to_rgba(fill)[3] > 0
        corners = _corners(path, artist.get_transform(), box, filled=solid)
        marks.append(Mark("path", look, corners, zorder=artist.get_zorder()))
    return marks


def _patch(artist):
    fill = artist.get_facecolor() if artist.get_fill() else None
    dashes = artist._dash_pattern[1]  # as for lines
    look = _look(artist.get_edgecolor(), artist.get_linewidth(), fill, dashes)
    box = None if isinstance(artist, FancyArrowPatch) else _box(artist)
    solid = box is not None and fill is not None and to_rgba(fill)[3] > 0
    corners = _corners(artist.get_path(), artist.get_transform(), box, filled=solid)
    return [Mark("path", look, corners, zorder=artist.get_zorder())]


def _text(artist):
    look = dict(_look(fill=artist.get_color(), alpha=artist.get_alpha()))
    look["text-anchor"] = {"left": "start", "right": "end"}.get(artist.get_ha(), "middle")
    look["dominant-baseline"] = {"top": "hanging", "center": "central"}.get(artist.get_va(), "auto")
    if artist.get_weight() in ("bold", 700):
        look["font-weight"] = "600"
    place = artist.get_transform().transform([artist.get_position()])
    hidden = artist.get_clip_on() and not _inside(place, artist.axes.bbox)[0]
    if not artist.get_text() or hidden or not np.isfinite(place).all():
        return []
    common = {"text": words(artist.get_text()), "zorder": artist.get_zorder()}
    return [Mark("text", tuple(look.items()), place, **common)]


def _annotation(artist):
    artist.update_positions(artist.get_figure().canvas.get_renderer())
    arrow = _patch(artist.arrow_patch) if artist.arrow_patch is not None else []
    return [*arrow, *_text(artist)]


_KINDS = (
    (Line2D, _line),
    (PathCollection, _scatter),
    (Collection, _collection),
    (Patch, _patch),
    (Annotation, _annotation),
    (Text, _text),
)
