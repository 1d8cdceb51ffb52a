"""A renderer that takes down what Matplotlib draws: paths, rows of markers and texts, in pixels."""

import itertools
from dataclasses import dataclass, replace

import numpy as np
from matplotlib import rcParams
from matplotlib.backend_bases import RendererBase
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from lib.live import letters, looks, outlines

#: What a live figure shows, for messages.
WANTED = "lines, markers, scatter, text, arrows or filled regions"


@dataclass(frozen=True)
class Mark:
    """One thing to draw: its kind ("path", "markers" or "text"), look, corners in pixels, words.

    ``style`` holds ordered CSS pairs; ``shift`` is, for a text, how far in parts of its size it
    stands right of and below its corner; ``angle`` turns it about that, in degrees, clockwise.
    Marks in space have kinds of their own, see ``space``; ``shape`` is that of a surface's grid.
    """

    kind: str
    style: tuple[tuple[str, str], ...]
    corners: np.ndarray
    text: str = ""
    glyph: str = ""
    shift: tuple[float, float] = (0.0, 0.0)
    angle: float = 0.0
    shape: tuple[int, int] = ()


class Recorder(RendererBase):
    """Takes down what artists of one Matplotlib figure draw, one artist after the other.

    Attributes:
        shown: whether the last artist drew something, apart from texts that nothing clips.
        lost: whether it drew something that is not to be seen, as it lies outside.
    """

    def __init__(self, figure):
        super().__init__()
        self._width, self._height = figure.bbox.size
        self._ruler = figure.canvas.get_renderer()  # measures letters, in the very same font
        self._marks, self._artist, self._families = [], None, rcParams["font.family"]
        self._sizes = {}
        self.shown = self.lost = False

    def record(self, artist):
        """Return the marks of one artist, y counted downwards.

        Raises:
            TypeError: it draws what a live figure cannot show; the message names artist and what.
            ValueError: there is TeX in one of its texts.
        """
        self._artist = artist
        if type(artist).__module__.startswith("mpl_toolkits.mplot3d"):
            self._refuse("places in space")
        return self._take(artist)

    def _take(self, artist):
        """Return what an artist draws."""
        self._marks, self._artist = [], artist
        self.shown = self.lost = False
        artist.draw(self)
        return _gathered(self._marks)

    def _refuse(self, what):
        name = type(self._artist).__name__
        raise TypeError(
            f"got {_article(name)} {name} with {what}, which a live figure cannot show; "
            f"wanted {WANTED}"
        )

    def _check(self, gc):
        """Refuse what a graphics context can ask for and no mark can show."""
        if gc.get_hatch() is not None:
            self._refuse("a hatch")
        if gc.get_sketch_params() is not None:
            self._refuse("sketch_params")
        if gc.get_clip_path()[0] is not None:
            self._refuse("a clip_path that is not a rectangle")

    def _add(self, kind, style, corners, **rest):
        """Keep a mark, of corners whose y is counted upwards."""
        if len(corners):
            down = corners * (1, -1) + (0, self._height)
            self._marks.append(Mark(kind, style, down, **rest))

    def _notice(self, clip, is_shown, is_there=True):
        """Remember whether something is to be seen; what is not clipped is never lost."""
        if is_there:
            self.shown |= bool(is_shown)
            self.lost |= clip is not None and not is_shown

    # What a renderer owes to Matplotlib.

    def get_canvas_width_height(self):
        return self._width, self._height

    def flipy(self):
        return False

    def get_text_width_height_descent(self, s, prop, ismath):
        if ismath == "TeX":
            self._refuse("usetex=True")
        known = s, hash(prop), ismath  # most words are drawn at every position
        if known not in self._sizes:
            letters.words(s, bool(ismath))  # before anyone looks into TeX
            self._sizes[known] = self._ruler.get_text_width_height_descent(s, prop, ismath)
        return self._sizes[known]

    def start_filter(self):
        self._refuse("an agg_filter")

    def start_rasterizing(self):
        self._refuse("rasterized=True")

    def draw_image(self, gc, x, y, im, transform=None):
        self._refuse("an image")

    def draw_gouraud_triangles(self, gc, triangles_array, colors_array, transform):
        self._refuse("Gouraud shading")

    def draw_quad_mesh(self, *arguments, **options):
        self._refuse("a mesh")

    def draw_tex(self, gc, x, y, s, prop, angle, *, mtext=None):
        self._refuse("usetex=True")

    def draw_path(self, gc, path, transform, rgbFace=None):
        self._check(gc)
        face, edge = looks.fill(gc, rgbFace), looks.stroke(gc)
        clip, path = gc.get_clip_rectangle(), outlines.placed(path, transform)
        there = len(self._marks)
        if face and edge and not outlines.is_whole(path, clip):
            # Apart, for the rim where the region is cut off is no part of its edge.
            self._add("path", _filled(face), outlines.region(path, clip))
            face = ()
        if face:
            self._add("path", _filled(face) + edge, outlines.region(path, clip))
        elif edge:
            self._add("path", _UNFILLED + edge, outlines.line(path, clip))
        # One corner alone is no line: Matplotlib draws nothing for it wherever it lies.
        exists = (face or edge) and np.isfinite(path.vertices).all(axis=1).sum() > 1
        self._notice(clip, len(self._marks) > there, exists)

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        self._check(gc)
        points = outlines.points(path, trans)
        if _is_still(trans) and not isinstance(self._artist, Line2D):
            # A collection of one path, already where it belongs.
            for x, y in points:
                self.draw_path(gc, marker_path, marker_trans + Affine2D().translate(x, y), rgbFace)
            return
        style = _row(looks.fill(gc, rgbFace), looks.stroke(gc))
        self._add_row(gc, style, points, outlines.glyph(marker_path, marker_trans))

    def _add_row(self, gc, style, points, glyph):
        clip = gc.get_clip_rectangle()
        inside = outlines.inside(points, clip)
        self._notice(clip, inside.any(), np.isfinite(points).all(axis=1).any())
        if style or self._artist.get_gid():
            self._add("markers", style or _UNFILLED, points[inside], glyph=glyph)

    def draw_path_collection(
        self,
        gc,
        master_transform,
        paths,
        all_transforms,
        offsets,
        offset_trans,
        facecolors,
        edgecolors,
        linewidths,
        linestyles,
        *rest,
        **more,
    ):
        count = max(len(paths), len(all_transforms), len(offsets)) if len(paths) else 0
        turns = [Affine2D(matrix) + master_transform for matrix in all_transforms]
        cycles = [
            _cycle(each, count)
            for each in (
                paths,
                turns or [master_transform],
                offset_trans.transform(offsets) if len(offsets) else [(0.0, 0.0)],
                facecolors,
                edgecolors,
                linewidths,
                linestyles,
            )
        ]
        items = [item for item in zip(*cycles, strict=True) if np.isfinite(item[2]).all()]
        is_row = len(paths) == 1 and not _is_still(offset_trans)
        (self._draw_rows if is_row else self._draw_each)(gc, items)

    def _draw_each(self, gc, items):
        for path, turn, (x, y), face, *pen in items:
            self.draw_path(
                _with(self.new_gc(), gc, *pen), path, turn + Affine2D().translate(x, y), face
            )

    def _draw_rows(self, gc, items):
        """Draw markers of one kind together, such as the equal discs of a scatter."""
        self._check(gc)
        rows = {}
        for path, turn, place, face, *pen in items:
            pen = _with(self.new_gc(), gc, *pen)
            style = _row(looks.fill(pen, face), looks.stroke(pen))
            rows.setdefault((style, outlines.glyph(path, turn)), []).append(place)
        for (style, glyph), places in rows.items():
            self._add_row(gc, style, np.array(places), glyph)

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        text, clip = mtext or self._text_with(s), gc.get_clip_rectangle()
        align, share = letters.anchor(text.get_ha() if text else "left")
        width, _, _ = self.get_text_width_height_descent(s, prop, ismath)
        point, shift = letters.hold((x, y), width, angle, share, text)
        self._check(gc)
        inside = outlines.inside(point[None], clip)
        self._notice(clip, inside.all(), clip is not None)
        style = (*looks.letters(gc, prop, self._families), ("text-anchor", align))
        plain = letters.words(s, bool(ismath))
        self._add("text", style, point[None][inside], text=plain, shift=shift, angle=-angle % 360)

    def _text_with(self, line):
        """Return the text of several lines that one line belongs to: Matplotlib does not say."""
        found = self._artist.findobj(Text)
        return next((text for text in found if line in text.get_text().split("\n")), None)


def _gathered(marks):
    """Return the marks of one artist, equal markers in one row, such as the ticks of an axis."""
    rows, result = {}, []
    for mark in marks:
        row = rows.get((mark.style, mark.glyph)) if mark.kind == "markers" else None
        if row is None:
            rows[mark.style, mark.glyph] = len(result)
            result.append(mark)
        else:
            corners = np.concatenate([result[row].corners, mark.corners])
            result[row] = replace(mark, corners=corners)
    return result


_UNFILLED = (("fill", "none"),)


def _filled(face):
    return (*face, ("fill-rule", "nonzero"))


def _row(face, edge):
    """Return the look of markers; one path draws the row: where two meet, no hole."""
    return (*(face or _UNFILLED), *edge, ("fill-rule", "nonzero")) if face or edge else ()


def _article(name):
    return "an" if name[0] in "AEIOU" else "a"


def _is_still(transform):
    return np.array_equal(transform.get_matrix(), np.eye(3))


def _cycle(values, count):
    return itertools.islice(itertools.cycle(values if len(values) else [None]), count)


def _with(new, gc, edge, width, dashes):
    """Return a graphics context with the line of one path of a collection."""
    new.copy_properties(gc)
    if edge is None:
        new.set_linewidth(0)
        return new
    if width is not None:
        new.set_linewidth(width)
    if dashes is not None:
        new.set_dashes(*dashes)
    new.set_foreground(edge, isRGBA=True)
    return new
