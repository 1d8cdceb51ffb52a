"""The box that axes in space are drawn as: a floor, the two walls behind, and three edges with
their numbers and names, wherever it is looked at from. ``solid.js`` draws it the same way.
"""

from dataclasses import dataclass
from html import escape

import numpy as np

from lib.live.letters import words
from lib.live.looks import LETTERS
from lib.live.space import SIDE

#: How far numbers and names stand from their edge, in parts of the letters' size, which a page may
#: enlarge; and numbers nearer to each other than this, across and down, are not both written.
_NUMBERS, _DOWN, _NAMES, _WIDE, _HIGH = 0.7, 0.3, 2.1, 1.8, 1.0
#: How long a tick is, in pixels; an edge that is shorter than this, being looked at along it, has
#: no numbers and no name.
_TICK, _SHORTEST = 4, 40


@dataclass(frozen=True)
class Edge:
    """One edge with its numbers, for drawing: ends, the way out, ticks, name; all in pixels."""

    ends: np.ndarray
    out: np.ndarray
    ticks: list[tuple[np.ndarray, str]]
    name: str


def axes(ax):
    """Return for x, y and z its name and its ticks, each a share of the edge and a text."""
    found = []
    names = ax.get_xlabel(), ax.get_ylabel(), ax.get_zlabel()
    limits = np.reshape(ax.get_w_lims(), (3, 2)).tolist()
    for axis, name, (low, high) in zip((ax.xaxis, ax.yaxis, ax.zaxis), names, limits, strict=True):
        places = axis.get_majorticklocs()
        labels = axis.get_major_formatter().format_ticks(places)
        shares = [(place - low) / (high - low) for place in places]
        ticks = [
            [round(float(share), 4), words(label)]
            for share, label in zip(shares, labels, strict=True)
            if -1e-9 <= share <= 1 + 1e-9
        ]
        found.append({"name": words(name), "ticks": ticks})
    return found if ax.has_box else []


def elements(axes, seen):
    """Return the box as SVG elements.

    Args:
        axes: as ``axes`` returns them; none, and there is no box.
        seen: the ``Camera``.
    """
    if not axes:
        return []
    ends, far, upright = _lines(axes, seen)
    edges = _edges(axes, seen, far, upright)
    fine = _path(ends)
    strong = _path(
        [edge.ends for edge in edges]
        + [np.array([place, place + _TICK * edge.out]) for edge in edges for place, _ in edge.ticks]
    )
    written = [text for edge in edges for text in _texts(edge)]
    return [
        f'<path class="live-grid" d="{fine}"/>',
        f'<path class="live-edge" d="{strong}"/>',
        *written,
    ]


def _points(seen, *shares):
    """Return pixels and distances of places given as shares of the sides, each (x, y, z)."""
    return seen.project(np.array(shares, dtype=float) * SIDE)


def _lines(axes, seen):
    """Return the lines of floor and walls, which walls are far, and where z stands."""
    middles = _points(seen, (0, 0.5, 0), (1, 0.5, 0), (0.5, 0, 0), (0.5, 1, 0))[:, 2]
    x, y = int(middles[1] > middles[0]), int(middles[3] > middles[2])
    floor = [((t, 0, 0), (t, 1, 0)) for t, _ in axes[0]["ticks"]]
    floor += [((0, t, 0), (1, t, 0)) for t, _ in axes[1]["ticks"]]
    heights = [0, 1, *(t for t, _ in axes[2]["ticks"])]
    walls = [line for t in heights for line in (((x, 0, t), (x, 1, t)), ((0, y, t), (1, y, t)))]
    posts = [((a, b, 0), (a, b, 1)) for a, b in ((x, y), (1 - x, y), (x, 1 - y))]
    sides = [(x, 1 - y), (1 - x, y)]
    upright = min(sides, key=lambda side: _points(seen, (*side, 0))[0, 0])
    return [_points(seen, *line)[:, :2] for line in floor + walls + posts], (x, y), upright


def _edges(axes, seen, far, upright):
    x, y = far
    along = (
        lambda t: (t, 1 - y, 0),
        lambda t: (1 - x, t, 0),
        lambda t: (*upright, t),
    )
    behind = _points(seen, (0.5, y, 0), (x, 0.5, 0))[:, :2]
    edges, written = [], []
    for k, place in enumerate(along):
        ends = _points(seen, place(0), place(1))[:, :2]
        if np.hypot(*(ends[1] - ends[0])) < _SHORTEST:
            continue
        out = np.array([-1.0, 0.0]) if k == 2 else _away(ends, behind[k])
        ticks = [(_points(seen, place(t))[0, :2], text) for t, text in axes[k]["ticks"]]
        edges.append(Edge(ends, out, _free(ticks, out, written), axes[k]["name"]))
    return edges


def _free(ticks, out, written):
    """Return the ticks whose numbers keep clear of those ``written``, and note theirs there."""
    free = []
    for at, text in ticks:
        there = at / LETTERS + _NUMBERS * out
        if all((np.abs(there - each) > (_WIDE, _HIGH)).any() for each in written):
            written.append(there)
            free.append((at, text))
    return free


def _away(ends, behind):
    """Return the way square to an edge, away from what is behind it."""
    across = (ends[1] - ends[0]) / np.hypot(*(ends[1] - ends[0]))
    out = np.array([-across[1], across[0]])
    return -out if out @ (ends.mean(axis=0) - behind) < 0 else out


def _texts(edge):
    anchor = "middle" if abs(edge.out[0]) < 0.35 else "end" if edge.out[0] < 0 else "start"
    away = (_NUMBERS + _DOWN * abs(edge.out[1])) * edge.out
    for at, text in edge.ticks:
        yield _text(at, away, text, f"text-anchor:{anchor};fill:var(--muted-text)")
    is_upright = np.array_equal(edge.out, (-1, 0))
    place, away = (
        (edge.ends[1], np.array([0, -1]))
        if is_upright
        else (edge.ends.mean(axis=0), _NAMES * edge.out)
    )
    anchor = "middle" if is_upright else anchor
    yield _text(place, away, edge.name, f"text-anchor:{anchor};fill:var(--ink)")


def _text(place, away, text, style):
    x, y = np.round(place, 1)
    dx, dy = np.round(away + np.array([0, 0.35]), 2)
    at = f'x="{x:g}" y="{y:g}" dx="{dx:g}em" dy="{dy:g}em"'
    return f'<text {at} style="{style}">{escape(text)}</text>'


def _path(lines):
    return "".join(f"M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}" for (a, b), (c, d) in lines)
