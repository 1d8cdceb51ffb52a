"""A grid of scenes: what ``draw`` shows at every position of the sliders, packed into a few bytes.

Marks that look the same share a slot, one element of the picture whose numbers change. The numbers
are tenths of a pixel; each position is stored as its difference from the one before, which is small
when a slider moves a little, and the differences are deflated.
"""

import itertools
import zlib
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from lib.live.carry import LEAVES, carry

#: Parts of a pixel that are told apart.
SCALE = 10
#: Stands for a gap between two pieces of a path.
GAP = -32768
#: Stands for the length of numbers that are those of the slot before, as a line's discs are.
SAME = 65535
_FARTHEST = 32000


@dataclass(frozen=True)
class Slot:
    """One element of the moving picture: what does not change while its numbers do."""

    panel: int
    kind: str
    style: tuple[tuple[str, str], ...]
    glyph: str
    zorder: float
    nth: int
    gid: str | None = None


@dataclass(frozen=True)
class Scenes:
    """The slots, the words used, and for each position the numbers of each slot (int16 arrays)."""

    slots: tuple[Slot, ...]
    words: tuple[str, ...]
    numbers: tuple[tuple[np.ndarray, ...], ...]


def capture(axes, height, function, moving=True):
    """Run ``function()``; return the marks of the artists it added to the axes, and clear them.

    The background (``moving`` false) may set the limits of the axes; what moves may not.

    Raises:
        ValueError: it changed the limits of an axis.
        TypeError: it drew something that cannot be carried.
    """
    before = [set(ax.get_children()) for ax in axes]
    limits = [ax.viewLim.frozen().extents for ax in axes]
    function()
    marks = []
    for ax in axes:
        ax.autoscale(False)
    for panel, ax in enumerate(axes):
        if moving and not np.array_equal(limits[panel], ax.viewLim.extents):
            raise ValueError(
                f"draw: it moved the limits of panel {panel}, wanted them set in `still`"
            )
        new = [artist for artist in ax.get_children() if artist not in before[panel]]
        found = [mark for artist in new for mark in carry(artist, height)]
        marks += [(panel, mark) for mark in below_each_other(found)]
        for artist in new:
            artist.remove()
    return marks


def below_each_other(marks):
    """Move the notes of several paths that leave one picture apart; every other mark stays."""
    rows = itertools.count()
    return [
        replace(mark, corners=mark.corners + np.array([0, 16 * next(rows)]))
        if mark.gid == LEAVES
        else mark
        for mark in marks
    ]


def scenes(captured):
    """Gather the marks of all positions, each a list of (panel, mark), into ``Scenes``."""
    words, rows, slots = {}, [], {}
    for marks in captured:
        count, row = Counter(), {}
        for panel, mark in marks:
            look = (panel, mark.kind, mark.style, mark.glyph, mark.zorder)
            slot = Slot(*look, count[look], mark.gid)
            count[look] += 1
            row[slots.setdefault(slot, len(slots))] = _numbers(mark, words)
        rows.append(row)
    order = sorted(slots, key=lambda slot: (slot.panel, slot.zorder))
    empty = np.empty(0, dtype=np.int16)
    numbers = tuple(tuple(row.get(slots[slot], empty) for slot in order) for row in rows)
    return Scenes(tuple(order), tuple(words), numbers)


def _numbers(mark, words):
    scaled = np.clip(np.round(mark.corners * SCALE), -_FARTHEST, _FARTHEST)
    numbers = np.where(np.isnan(scaled), GAP, scaled).astype(np.int16).ravel()
    if mark.kind == "text":
        return np.append(numbers, np.int16(words.setdefault(mark.text, len(words))))
    return numbers


def pack(scenes):
    """Return the numbers of all scenes as deflated bytes: lengths first, then differences.

    The low and the high bytes stand apart, as two even streams compress better than one mixed.
    """
    lengths = np.array([_lengths(row) for row in scenes.numbers], dtype=np.uint16)
    columns = zip(zip(*scenes.numbers, strict=True), lengths.T, strict=True)
    steps = [_differences(column, wanted != SAME) for column, wanted in columns]
    stream = np.concatenate([lengths.ravel(), *steps]).astype(np.uint16)
    planes = np.concatenate([stream & 255, stream >> 8]).astype(np.uint8)
    return zlib.compress(planes.tobytes(), level=9)


def _lengths(row):
    """Return how many numbers each slot of a scene has, or that they repeat the slot before."""
    before = [np.empty(0), *row]
    return [
        SAME if len(this) and np.array_equal(this, last) else len(this)
        for last, this in zip(before, row, strict=False)
    ]


def _differences(column, fresh):
    """Return one slot's fresh numbers, position by position, as zigzag differences."""
    last, parts = np.empty(0, dtype=np.int16), [np.empty(0, dtype=np.int16)]
    for numbers, is_fresh in zip(column, fresh, strict=True):
        base = last if len(last) == len(numbers) else _along(numbers)
        if is_fresh:
            parts.append(numbers - base)  # wraps round in 16 bits, and so back again
        last = numbers
    step = np.concatenate(parts).astype(np.int16)
    return ((step << 1) ^ (step >> 15)).astype(np.uint16)


def _along(numbers):
    return np.concatenate([np.zeros(min(2, len(numbers)), dtype=np.int16), numbers[:-2]])


def grid(sliders):
    """Return every combination of positions as keyword arguments, the last slider fastest."""
    names = [slider.name for slider in sliders]
    combinations = itertools.product(*(slider.values for slider in sliders))
    return [dict(zip(names, values, strict=True)) for values in combinations]
