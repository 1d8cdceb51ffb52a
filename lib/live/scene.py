"""A grid of scenes: what ``draw`` shows at every position of the sliders.

Marks that look the same share a slot, one element of the picture whose numbers change. The numbers
are fifths of a pixel, finer than an eye tells, for every bit of them travels.
"""

import itertools
from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from lib.live.table import SAME

#: Parts of a pixel that are told apart.
SCALE = 5
#: Stands for a gap between two pieces of a path.
GAP = -32768
_FARTHEST = 32000


#: No more different texts than this, and no more numbers than this for one element.
_MOST_WORDS, _MOST_NUMBERS = 32767, SAME - 1


@dataclass(frozen=True)
class Slot:
    """One element of the moving picture: what does not change while its numbers do.

    In space what stands ``still`` is a slot, too, with numbers at the first position alone; words
    have their ``text`` here, a surface the ``shape`` of its grid and, if its numbers are amounts of
    a few shapes, the ``scales`` of these.
    """

    panel: int
    kind: str
    style: tuple[tuple[str, str], ...]
    glyph: str
    shift: tuple[float, float]
    zorder: float
    gid: str | None = None
    still: bool = False
    text: str = ""
    shape: tuple[int, int] = ()
    scales: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scenes:
    """The slots, the words used, and for each position the numbers of each slot (int16 arrays)."""

    slots: tuple[Slot, ...]
    words: tuple[str, ...]
    numbers: tuple[tuple[np.ndarray, ...], ...]


def scenes(drawn):
    """Gather what is drawn at all positions, each a list of ``Placed``, into ``Scenes``.

    The slots stand in such an order that every position is drawn in its own.

    Raises:
        ValueError: there are more texts, or more corners of one mark, than numbers can tell apart.
    """
    words, rows, order = {}, [], _Order()
    for placed in drawn:
        placed = sorted(placed, key=lambda each: (each.panel, each.zorder))
        names = order.names_of([_slot(each) for each in placed])
        numbers = [_numbers(each.mark, words) for each in placed]
        rows.append(dict(zip(names, numbers, strict=True)))
    if len(words) > _MOST_WORDS:
        raise ValueError(f"draw: got {len(words)} texts in all, wanted at most {_MOST_WORDS}")
    empty = np.empty(0, dtype=np.int16)
    numbers = tuple(tuple(row.get(name, empty) for name in order.names) for row in rows)
    return Scenes(tuple(order.slots), tuple(words), numbers)


class _Order:
    """The slots in the order in which they are drawn, each with a number as its name."""

    def __init__(self):
        self.slots, self.names = [], []
        self._keys, self._known = [], {}

    def names_of(self, wanted):
        """Return the names of slots for one position's marks, given and drawn in order.

        A mark takes the next slot of its look, or a new one if there is none behind the last.
        """
        wanted = tuple(wanted)
        if wanted not in self._known:
            self._known[wanted] = self._find(wanted)
        return self._known[wanted]

    def _find(self, wanted):
        names, behind = [], 0
        for slot in wanted:
            try:
                place = self.slots.index(slot, behind)
            except ValueError:
                place = max(behind, bisect_left(self._keys, (slot.panel, slot.zorder)))
                self.slots.insert(place, slot)
                self._keys.insert(place, (slot.panel, slot.zorder))
                self.names.insert(place, len(self.names))
            names.append(self.names[place])
            behind = place + 1
        return names


def _slot(placed):
    mark = placed.mark
    return Slot(
        placed.panel,
        mark.kind,
        mark.style,
        mark.glyph,
        mark.shift,
        placed.zorder,
        placed.gid,
        still=placed.still,
        text=mark.text if mark.kind == "words" else "",
        shape=mark.shape,
    )


def _numbers(mark, words):
    """Return what of a mark changes: its corners, and of a text its angle and which it is.

    Of a surface come first all x, then all y, then all z, which are rows that change smoothly.
    """
    corners = mark.corners.T if mark.kind == "surface" else mark.corners
    scaled = np.clip(np.round(corners * SCALE), -_FARTHEST, _FARTHEST)
    numbers = np.where(np.isnan(scaled), GAP, scaled).astype(np.int16).ravel()
    if len(numbers) > _MOST_NUMBERS:
        raise ValueError(
            f"draw: got a line of {len(numbers) // 2} corners, wanted at most {_MOST_NUMBERS // 2}"
        )
    if mark.kind == "text":
        word = words.setdefault(mark.text, len(words))
        return np.append(numbers, np.array([round(mark.angle * SCALE), word]).astype(np.int16))
    return numbers


def grid(sliders):
    """Return every combination of positions as keyword arguments, the last slider fastest."""
    names = [slider.name for slider in sliders]
    combinations = itertools.product(*(slider.values for slider in sliders))
    return [dict(zip(names, values, strict=True)) for values in combinations]
