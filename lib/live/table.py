"""The numbers of all scenes in a few bytes: each is guessed from its neighbours, the rest deflated.

A slider that moves a little moves a picture a little. So the numbers of a position are guessed from
those of the positions one and two stops back; what the guess misses by is small.
"""

import zlib

import numpy as np

#: Stands for the length of numbers that are those of the slot before, as a line's discs are.
SAME = 65535


def pack(scenes, sizes):
    """Return the numbers of all scenes as bytes.

    The first byte tells which of two ways was the shorter one: 1 if along a path each miss is
    written as its difference from the miss at the corner before. What follows is deflated: the
    lengths, then the misses, both slot by slot. The low and the high bytes stand apart, as two even
    streams compress better than one mixed.

    Args:
        scenes: the ``Scenes``.
        sizes: the number of stops of each slider.
    """
    lengths = np.array([_lengths(row) for row in scenes.numbers], dtype=np.uint16)
    near, misses = _neighbours(sizes), []
    for column, wanted in zip(zip(*scenes.numbers, strict=True), lengths.T, strict=True):
        fresh = np.flatnonzero((wanted != SAME) & (wanted > 0))
        misses += [_miss(column, position, near[position]) for position in fresh.tolist()]
    ways = [
        _deflate([lengths.T.ravel(), *(_zigzag(miss, known, way) for miss, known in misses)])
        for way in (0, 1)
    ]
    way = int(len(ways[1]) < len(ways[0]))
    return bytes([way]) + ways[way]


def _lengths(row):
    """Return how many numbers each slot of a scene has, or that they repeat the slot before."""
    before = [np.empty(0), *row]
    return [
        SAME if len(this) and np.array_equal(this, last) else len(this)
        for last, this in zip(before, row, strict=False)
    ]


def _neighbours(sizes):
    """Return for each position those that its numbers are guessed from, −1 where there is none.

    In this order: one and two stops back along the last slider, one and two along the slider
    before it, one along both, and one along the nearest of the others that is past its first stop.
    """
    strides = np.array([int(np.prod(sizes[k + 1 :])) for k in range(len(sizes))])
    stops = np.stack(np.unravel_index(np.arange(np.prod(sizes)), sizes), axis=1)
    found = -np.ones((len(stops), 6), dtype=int)
    for column, back in enumerate(((1, 0), (2, 0), (0, 1), (0, 2), (1, 1))):
        steps = np.zeros(len(sizes), dtype=int)
        steps[-len(back) :] = back[: len(sizes)][::-1]
        if len(sizes) > 1 or back[1] == 0:
            there = (stops >= steps).all(axis=1)
            found[there, column] = np.flatnonzero(there) - steps @ strides
    for slider in range(len(sizes) - 2):  # the nearest comes last and stays
        there = np.flatnonzero(stops[:, slider] > 0)
        found[there, 5] = there - strides[slider]
    return found.tolist()


def _miss(column, position, near):
    """Return by how much the guess misses the numbers of a slot, and whether there was one."""
    numbers = column[position]
    known = [column[k] if k >= 0 and len(column[k]) == len(numbers) else None for k in near]
    last, before_last, other, before_other, both, earlier = known
    if last is not None and other is not None and both is not None:
        return numbers - last - other + both, True  # 16 bits wrap round, and so back again
    for one, two in ((last, before_last), (other, before_other), (earlier, None)):
        if one is not None:
            return (numbers - one if two is None else numbers - one - one + two), True
    return numbers, False


def _zigzag(miss, known, way):
    """Return misses as numbers from 0 on, small ones for small misses of either sign."""
    if way or not known:
        miss = miss.copy()
        miss[2:] -= miss[:-2].copy()
    return ((miss << 1) ^ (miss >> 15)).astype(np.uint16)


def _deflate(parts):
    stream = np.concatenate(parts).astype(np.uint16)
    planes = np.concatenate([stream & 255, stream >> 8]).astype(np.uint8)
    return zlib.compress(planes.tobytes(), level=9)
