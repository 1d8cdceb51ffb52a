"""Networks and graphs of numbers as pictures: discs that hold their numbers, joined by edges.

Places are pixels of the panel from its lower left corner. An edge is as wide as its number is
large; it has the colour of its direction, and is dashed and of another one where the number is
negative. Sizes are such that numbers keep to their discs where a page enlarges its letters, as it
does on a phone.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from lib import plots

# The largest letters of a page in pixels of a panel, by its width, one alone or one of two.
LETTERS = {560: 24, 350: 15}
# The width of a disc, and half of that of "−0.108" and the height of any number, in letters.
_DISC, _HALF, _HEIGHT = 3.1, 1.48, 1.2
# The room between a line and its number, in pixels, and the widest line.
_GAP, _WIDEST = 4, 7.5


class Edge(NamedTuple):
    """Where an edge starts and ends, and the middle of its number, each of shape (2,)."""

    start: np.ndarray
    end: np.ndarray
    middle: np.ndarray


def sheet(ax):
    """Let axes be the whole panel, without ticks, and their numbers its pixels."""
    ax.set_axis_off()
    ax.set_position((0, 0, 1, 1))
    width, height = ax.figure.bbox.size
    return plots.window(ax, ((0, width), (0, height)), "", "")


def letters(ax):
    """Return how large the letters of a panel can become, in its pixels."""
    return LETTERS[int(ax.figure.bbox.width)]


def disc_size(ax):
    """Return the width of a disc that holds a number of five characters, in pixels."""
    return _DISC * letters(ax)


def name_above(ax):
    """Return how far above the middle of a disc a name stands whose number stands below."""
    return 0.62 * letters(ax)


def number_below(ax):
    """Return how far below the middle of a disc its number stands, if it has a name above."""
    return 0.5 * letters(ax)


def layers(sizes, across, up):
    """Return the places of the neurons of a network, for each layer an array (neurons, 2).

    Args:
        sizes: how many neurons stand in each layer, the inputs first.
        across: from where to where the layers stand, in pixels.
        up: the same for the first and the last neuron of the largest layer; all are centred.
    """
    step = (up[1] - up[0]) / max(max(sizes) - 1, 1)
    columns = np.linspace(*across, len(sizes))
    rows = [np.mean(up) + step * (np.arange(size) - (size - 1) / 2) for size in sizes]
    return [
        np.stack([np.full(size, column), row[::-1]], axis=-1)
        for size, column, row in zip(sizes, columns, rows, strict=True)
    ]


def between(ax, start, end, along=0.5, side=1, wide=2 * _HALF):
    """Return the edge between two discs, its number so far along it, left of its way or right.

    Args:
        start, end: the middles of the discs, shape (2,).
        along: a part of the way.
        side: 1 for left, -1 for right.
        wide: the width of the number, in letters.
    """
    start, end = np.asarray(start, float), np.asarray(end, float)
    way = (end - start) / np.hypot(*(end - start))
    normal = side * np.array([-way[1], way[0]])
    half = letters(ax) * np.array([wide, _HEIGHT]) / 2
    middle = start + along * (end - start) + (half @ np.abs(normal) + _GAP) * normal
    rim = disc_size(ax) / 2 * way
    return Edge(start + rim, end - rim, middle)


def bias(ax, place, up=1):
    """Return the short edge of a bias that comes to a disc from above, or from below (-1)."""
    half = np.array([0, up * disc_size(ax) / 2])
    start, end = place + 2 * half, place + half
    return Edge(start, end, start + np.array([_GAP + _HALF * letters(ax), 0]))


def edges(ax, places):
    """Return the edges of a network whose layers are joined each to the next.

    They come in the order of `network.pack`: of each layer the weights row by row, then the biases.
    Numbers stand outside; those of edges that cross stand near their starts.
    """
    found = []
    for here, there in pairwise(places):
        found += [_weight(ax, here, there, *pair) for pair in np.ndindex(len(here), len(there))]
        middle = np.mean([each[1] for each in places[0]])
        found += [bias(ax, place, 1 if place[1] >= middle else -1) for place in there]
    return found


def _weight(ax, here, there, i, j):
    """Return the edge from neuron i of a layer to neuron j of the next."""
    start, end = here[i], there[j]
    crosses = (i > 0 and j < len(there) - 1) or (i < len(here) - 1 and j > 0)
    if crosses:
        return between(ax, start, end, 0.29, 1 if end[1] > start[1] else -1)
    lowest = i == len(here) - 1 and len(here) + len(there) > 2 and j == len(there) - 1
    return between(ax, start, end, side=-1 if lowest and (i or j) else 1)


# What is drawn. Each has a place of its own in the order, so that it is one element of a picture
# that moves.


def frame(ax, places, joined):
    """Draw discs at places, shape (n, 2), and thin lines for edges: what stands still."""
    for start, end, _ in joined:
        plots.segment(ax, start, end, "muted", linestyle="-", linewidth=1, zorder=1, alpha=0.6)
    look = {"markeredgewidth": 0, "alpha": 0.2, "zorder": 3}
    return plots.point(ax, *np.transpose(places), "muted", size=disc_size(ax), **look)


def line_width(number, full=1.0):
    """Return the width of an edge in pixels: the widest where the number is `full` or larger."""
    share = min(abs(np.nan_to_num(number, posinf=full, neginf=full)) / full, 1)
    return _WIDEST / 10 * max(1, round(10 * share))


def edge(ax, start, end, number, role, full=1.0, order=0, steps=0):
    """Draw an edge as wide as its number is large, dashed and in another colour below zero.

    It is there from step 0 on, counted from when it is reached; the step before it has no length,
    so that it grows when the figure is played.
    """
    if steps < -1:
        return []
    sign = {"color": plots.PALETTE[role]}
    if number < 0:
        sign = {"color": plots.PALETTE["loss"], "linestyle": (0, (2, 1))}
    corners = np.array([start, start] if steps < 0 else [start, start, end])
    width = line_width(number, full)
    return ax.plot(*corners.T, linewidth=width, zorder=1 + (order + 1) / 100, clip_on=False, **sign)


def discs(ax, places, role, order=0):
    """Draw discs in the colour of a direction where it has come to, shape (n, 2)."""
    look = {"markeredgewidth": 0, "alpha": 0.3, "zorder": 3 + (order + 1) / 100}
    return plots.point(ax, *np.transpose(places), role, size=disc_size(ax), **look)


def write(ax, place, text, role="ink", off=(0, 0), **options):
    """Write a text about a place, shape (2,), or so many pixels right of it and above."""
    look = {"ha": "center", "zorder": 5} | options
    return plots.label(ax, *np.add(place, off), text, role, **look)


def short(number):
    """Write a number in five characters at most, as it fits into a disc."""
    if not np.isfinite(number):
        return "?" if np.isnan(number) else "∞" if number > 0 else "−∞"
    size = abs(number)
    if size >= 9999.5:
        return f"{number:.0e}".replace("e+0", "e").replace("e+", "e").replace("-", "−")
    digits = 2 if size < 9.995 else 1 if size < 99.95 else 0
    return f"{round(number, digits) + 0.0:.{digits}f}".replace("-", "−")
