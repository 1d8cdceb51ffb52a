"""What lies on what in a picture of discs, numbers and edges, at every position of its sliders.

A page enlarges letters where a picture is narrow, so texts are measured at both of their sizes.
"""

import re
from dataclasses import dataclass
from functools import cache

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from lib.diagram import LETTERS
from lib.live import figure
from lib.live.looks import LETTERS as USUAL
from lib.live.paper import SIZES, style
from tests.figures import make_by

#: Smaller marks are points of a curve.
SMALLEST = 12
#: What two things may share that only seem to touch, in pixels.
HAIR = 0.5


@dataclass(frozen=True)
class Drawn:
    """What a live figure has drawn: the size of its panels, what stands still, and all scenes."""

    name: str
    size: tuple
    still: list
    scenes: list


class Noticed(list):
    """Notices the live figures that are made while it is at work, as ``Drawn``.

    Of a ``chapter`` it makes those alone that have one of the ``names``.
    """

    def __init__(self, chapter=None, names=()):
        super().__init__()
        self.chapter, self.names = chapter, names

    def __enter__(self):
        self.patch, self.scenes = pytest.MonkeyPatch(), []
        if self.chapter:
            make_by(self.patch, self.chapter, self._make)
        self.patch.setattr(figure, "scenes", self._keep(figure.scenes))
        self.patch.setattr(figure, "_markup", self._note(figure._markup))
        return self

    def __exit__(self, *_):
        self.patch.undo()

    def _make(self, *given, name, **options):
        return figure.live_figure(*given, name=name, **options) if name in self.names else None

    def _keep(self, scenes):
        def kept(drawn):
            self.scenes = drawn
            return scenes(drawn)

        return kept

    def _note(self, markup):
        def noted(stage, drawn, known, alt):
            still = [*stage.still, *stage.frame]
            self.append(Drawn(known["name"], SIZES[len(stage.axes)], still, self.scenes))
            return markup(stage, drawn, known, alt)

        return noted


@cache
def measured(text):
    """Return the width of a text and how far it reaches above and below its line, in letters."""
    with style():
        letters = FontProperties(family=matplotlib.rcParams["font.family"], size=100)
        ruler = RendererAgg(10, 10, 72)
        width, height, below = ruler.get_text_width_height_descent(text, letters, False)
    return np.array([width, height - below, below]) / 100


def box(mark, letters):
    """Return left, top, right and bottom of a text whose ordinary letters have a size."""
    looks = dict(mark.style)
    share = re.search(r"\* ([\d.]+)", looks.get("font-size", "* 1"))
    size = letters * float(share[1])
    width, above, below = size * measured(mark.text)
    x, y = mark.corners[0] + size * np.array(mark.shift)
    left = x - {"start": 0, "middle": 0.5, "end": 1}[looks["text-anchor"]] * width
    return np.array([left, y - above, left + width, y + below])


def discs(marks):
    """Return the discs and rings among marks as rows x, y, radius."""
    found = []
    for mark in marks:
        if mark.kind == "markers":
            x, y = re.match(r"m(-?[\d.]+) (-?[\d.]+)", mark.glyph).groups()
            radius = np.hypot(float(x), float(y))
            found += [(*corner, radius) for corner in mark.corners if radius > SMALLEST]
    return np.reshape(found, (-1, 3))


def lines(marks):
    """Return the straight pieces among marks as rows x0, y0, x1, y1, width."""
    found = []
    for mark in marks:
        looks = dict(mark.style)
        if mark.kind == "path" and "stroke" in looks:
            width = float(looks["stroke-width"])
            pairs = zip(mark.corners[:-1], mark.corners[1:], strict=True)
            found += [(*a, *b, width) for a, b in pairs if np.hypot(*(b - a)) > 0.1]
    found = np.reshape(found, (-1, 5))
    return found[np.isfinite(found).all(axis=1)]


def crossing(lines, boxes):
    """Return which of some straight pieces come into which boxes, shape (boxes, pieces)."""
    start, way = lines[:, :2], lines[:, 2:4] - lines[:, :2]
    room = lines[:, 4:] / 2 - HAIR
    low, high = boxes[:, None, :2] - room, boxes[:, None, 2:] + room
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b = (low - start) / way, (high - start) / way
    still, within = way == 0, (low <= start) & (start <= high)
    near = np.where(still, -np.inf, np.minimum(a, b)).max(axis=-1)
    far = np.where(still, np.inf, np.maximum(a, b)).min(axis=-1)
    return (near < far) & (near < 1) & (far > 0) & (within | ~still).all(axis=-1)


def covering(boxes):
    """Return which boxes lie on which, shape (boxes, boxes)."""
    low, high = boxes[:, None, :2], boxes[:, None, 2:]
    return ((low < boxes[:, 2:] - HAIR) & (boxes[:, :2] < high - HAIR)).all(axis=-1)


def distances(boxes, discs):
    """Return how far the nearest and the farthest of boxes are from discs, (boxes, discs)."""
    low, high, middles = boxes[:, None, :2], boxes[:, None, 2:], discs[:, :2]
    near = np.clip(middles, low, high) - middles
    far = np.maximum(np.abs(low - middles), np.abs(high - middles))
    return np.hypot(*np.moveaxis(near, -1, 0)), np.hypot(*np.moveaxis(far, -1, 0))


def faults_of_panel(marks, size, letters):
    """Return what lies on what among the marks of one panel, as words; nothing if all is well."""
    texts = [mark for mark in marks if mark.kind == "text" and mark.text.strip()]
    boxes = np.array([box(mark, letters) for mark in texts]).reshape(-1, 4)
    round_ones, straight = discs(marks), lines(marks)
    near, far = distances(boxes, round_ones)
    radius = round_ones[:, 2]
    inside = (far <= radius + HAIR).any(axis=1)
    leaves = (boxes[:, :2] < -1).any(axis=1) | (boxes[:, 2:] > np.array(size) + 1).any(axis=1)
    told = {
        "leaves the panel": leaves,
        "spills over the rim of a disc": ((near < radius - HAIR) & (far > radius + HAIR)).any(
            axis=1
        ),
        "lies on a line": crossing(straight, boxes).any(axis=1) & ~inside,
    }
    found = [
        f"{texts[k].text!r} {words}" for words, bad in told.items() for k in np.flatnonzero(bad)
    ]
    found += _faults_of_texts(texts, boxes)
    return found + _faults_of_discs(round_ones, straight)


def _faults_of_texts(texts, boxes):
    pairs = [(texts[i], texts[j]) for i, j in np.argwhere(np.triu(covering(boxes), 1))]
    return [f"{b.text!r} lies on {a.text!r}" for a, b in pairs if not _is_one(a, b)]


def _is_one(text, other):
    """Return whether a text is there twice, as where one of many names is written boldly."""
    return text.text == other.text and np.allclose(text.corners, other.corners, atol=2)


def _faults_of_discs(round_ones, straight):
    """Return whether discs lie on each other, unless about one middle, or lines go through them."""
    x, y, radius = round_ones.T
    apart = np.hypot(x - x[:, None], y - y[:, None])
    found = ["a disc lies on another"] * bool(
        ((apart > 1) & (apart < radius + radius[:, None] - HAIR)).any()
    )
    start, way = straight[:, None, :2], (straight[:, 2:4] - straight[:, :2])[:, None]
    away = round_ones[:, :2] - start
    part = np.clip((away * way).sum(axis=-1) / (way**2).sum(axis=-1), 0, 1)
    far = np.hypot(*np.moveaxis(away - part[..., None] * way, -1, 0))
    return found + ["a line goes through a disc"] * bool((far < radius - 1.5).any())


def faults(drawn):
    """Return what lies on what at any position of a live figure, as a set of words.

    Panels without a large disc, such as plots of curves, are left alone.
    """
    found = set()
    for scene in drawn.scenes:
        for panel in {placed.panel for placed in [*drawn.still, *scene]}:
            marks = [each.mark for each in [*drawn.still, *scene] if each.panel == panel]
            if len(discs(marks)):
                for letters in (USUAL, LETTERS[drawn.size[0]]):
                    found |= set(faults_of_panel(marks, drawn.size, letters))
    return found
