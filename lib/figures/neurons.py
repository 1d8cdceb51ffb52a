"""One neuron of two inputs, drawn twice: numbers go forwards on the left, slopes back on the right.

Behind the inputs stand discs in a row, such as the sum z, the answer ŷ and the loss L.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from lib import diagram
from lib.live.letters import typeset

NAMES = ("w₁", "w₂", "b")
_HEADING = 8, 316
# Widths of a weight with its name, and the numbers for which edges are as wide as can be.
_NAMED, _FULL = 5.0, (2.0, 1.0)


class Picture(NamedTuple):
    """Places of the three inputs, shape (3, 2), and of the row behind them, and the edges there."""

    inputs: np.ndarray
    row: np.ndarray
    edges: list
    links: list


def picture(ax, count, wide=_NAMED):
    """Return the picture of a neuron with a row of so many discs; numbers are so many letters."""
    (inputs,) = diagram.layers((3,), (32, 32), (64, 266))
    row = np.stack([np.linspace(190 if count == 2 else 165, 316, count), np.full(count, 165)], -1)
    sides = zip(inputs, (1, 1, -1), strict=True)
    edges = [diagram.between(ax, start, row[0], 0.5, side, wide) for start, side in sides]
    links = [diagram.between(ax, *pair) for pair in pairwise(row)]
    return Picture(inputs, row, edges, links)


def still(axes, names, x, y):
    """Draw what stands still: the inputs, shape (2,), and the names of the discs in the row."""
    for ax in axes:
        diagram.sheet(ax)
        drawn = picture(ax, len(names))
        diagram.frame(ax, np.concatenate([drawn.inputs, drawn.row]), drawn.edges + drawn.links)
        named = zip([*drawn.inputs[:2], *drawn.row], ("x₁", "x₂", *names), strict=True)
        for place, name in named:
            diagram.write(ax, place, name, off=(0, diagram.name_above(ax)))
        diagram.write(ax, drawn.inputs[2], "1")
    for place, number in zip(drawn.inputs, x, strict=False):
        _write_below(axes[0], place, number)
    diagram.write(axes[0], drawn.row[-1], typeset(f"y = {y:g}"), "data", off=(0, -38))


def forwards(ax, weights, numbers, since, step, role="muted"):
    """Draw the weights at their edges, and the numbers of the row that are there at a step.

    Args:
        weights: shape (3,), the bias last.
        numbers, since: of the row, and the steps from which they are there.
        role: the colour of the weights.
    """
    drawn = picture(ax, len(numbers))
    diagram.write(ax, _HEADING, "forwards", "model", ha="left")
    for k, (name, weight, edge) in enumerate(zip(NAMES, weights, drawn.edges, strict=True)):
        diagram.write(ax, edge.middle, typeset(f"{name} = {weight:.3g}"), role)
        diagram.edge(ax, edge.start, edge.end, weight, "model", _FULL[0], k, step - since[0])
    for k, (number, edge) in enumerate(zip(numbers, drawn.links, strict=False), start=3):
        steps = step - since[k - 2]
        diagram.edge(ax, edge.start, edge.end, number, "model", _FULL[0], k, steps)
    _fill(ax, drawn.row, numbers, since, step, "model")


def backwards(ax, slopes, numbers, since, step, words="backwards", role="slope"):
    """Draw the slopes by the numbers of the row, and those by the weights, there at a step.

    Args:
        slopes: by the weights, shape (3,), the bias last.
        numbers, since: the slopes by the numbers of the row, the loss left out, and the steps from
            which they and, last, those by the weights are there.
        words, role: the heading and its colour.
    """
    drawn = picture(ax, len(numbers) + 1, 2.95)
    diagram.write(ax, _HEADING, words, role, ha="left")
    for k, (slope, edge) in enumerate(zip(slopes, drawn.edges, strict=True)):
        diagram.edge(ax, edge.end, edge.start, slope, role, _FULL[1], k, step - since[-1])
        if step >= since[-1]:
            sign = "+" if role == "path" else ""
            diagram.write(ax, edge.middle, typeset(f"{slope:{sign}.3g}"), role)
    for k, (number, edge) in enumerate(zip(numbers, drawn.links, strict=True)):
        diagram.edge(ax, edge.end, edge.start, number, role, _FULL[1], k + 3, step - since[k])
    _fill(ax, drawn.row[:-1], numbers, since[:-1], step, role)


def _fill(ax, places, numbers, since, step, role):
    """Colour the discs whose numbers are there, and write these."""
    for k, (place, number) in enumerate(zip(places, numbers, strict=True)):
        if step >= since[k]:
            diagram.discs(ax, place[None], role, k)
            _write_below(ax, place, number)


def _write_below(ax, place, number):
    diagram.write(ax, place, diagram.short(number), off=(0, -diagram.number_below(ax)))
