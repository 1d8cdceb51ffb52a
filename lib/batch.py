"""Many walks at once: their places in one array, each walk stopped by itself.

This serves speed alone. What it does for one walk is `path.follow_one`, which is what to read.
"""

from typing import NamedTuple

import numpy as np

OUT_OF_STEPS, SETTLED, DIVERGED = range(3)
REASONS = np.array(["out of steps", "settled", "diverged"])


class _State(NamedTuple):
    """Where the walks of a batch are: x (..., n) or (...), f and the verdict on each (...)."""

    x: np.ndarray
    f: np.ndarray
    verdict: np.ndarray


def follow_many(places, tolerance, limit):
    """Follow a batch of walks, given as pairs (x, f(x)), until the last has ended.

    Returns the fields of a `Path`: x and f along a first axis of steps, why each walk stopped,
    and after how many steps.
    """
    now = _measure(*next(places), limit)
    xs, fs, made = _Rows(now.x), _Rows(now.f), np.zeros(now.f.shape, dtype=int)
    while (running := now.verdict == OUT_OF_STEPS).any():
        x, f = next(places, (None, None))
        if x is None:
            break
        now = _hold(now, _judge(now, _measure(x, f, limit), tolerance))
        xs.append(now.x)
        fs.append(now.f)
        made = made + running
    return xs.done(), fs.done(), REASONS[now.verdict], made


def length(x, f):
    """Return the size of x: of its number where f keeps x's shape, of its last axis otherwise."""
    return np.abs(x) if x.ndim == f.ndim else np.sqrt((x * x).sum(axis=-1))


class _Rows:
    """Rows of one shape in one block that grows in place: a path's memory is the path."""

    def __init__(self, row):
        self.block, self.count = np.empty((8, *row.shape)), 0
        self.append(row)

    def append(self, row):
        if self.count == len(self.block):
            self._resize(self.count + self.count // 8)
        self.block[self.count] = row
        self.count += 1

    def done(self):
        self._resize(self.count)
        return self.block

    def _resize(self, count):  # nothing else refers to the block before it is done
        self.block.resize((count, *self.block.shape[1:]), refcheck=False)


def _measure(x, f, limit):
    """See which walks have run away."""
    near = np.isfinite(f) & (length(x, f) <= limit)
    return _State(x, f, np.where(near, OUT_OF_STEPS, DIVERGED))


def _judge(before, after, tolerance):
    """Call a walk settled that neither moved nor changed its height."""
    still = length(after.x - before.x, after.f) <= tolerance
    still = still & (np.abs(after.f - before.f) <= tolerance)
    return after._replace(verdict=np.where(still, SETTLED, after.verdict))


def _hold(before, after):
    """Keep the walks that had ended before where they ended."""
    ended = before.verdict != OUT_OF_STEPS
    if not ended.any():
        return after
    lost = before.verdict == DIVERGED
    x = np.where(_over(ended, after.x), np.where(_over(lost, after.x), np.nan, before.x), after.x)
    f = np.where(ended, np.where(lost, np.nan, before.f), after.f)
    return _State(x, f, np.where(ended, before.verdict, after.verdict))


def _over(mask, x):
    """The mask of the walks, widened to cover the coordinates of x."""
    return mask[..., None] if mask.ndim < x.ndim else mask
