"""Many walks at once: their places in one array, each walk stopped by itself.

This serves speed alone. What it does for one walk is the loop in `path.py`, which is what to read.
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
    now = _mark_diverged(*next(places), limit)
    xs, fs, steps = _Rows(now.x), _Rows(now.f), np.zeros(now.f.shape, dtype=int)
    while (running := now.verdict == OUT_OF_STEPS).any():
        x, f = next(places, (None, None))
        if x is None:
            break
        now = _keep_ended(now, _mark_settled(now, _mark_diverged(x, f, limit), tolerance))
        xs.append(now.x)
        fs.append(now.f)
        steps = steps + running
    return xs.trimmed(), fs.trimmed(), REASONS[now.verdict], steps


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

    def trimmed(self):
        self._resize(self.count)
        return self.block

    def _resize(self, count):  # nothing else refers to the block before it is trimmed
        self.block.resize((count, *self.block.shape[1:]), refcheck=False)


def _mark_diverged(x, f, limit):
    """The state of the walks, with the verdict on those that have run away."""
    near = np.isfinite(f) & (length(x, f) <= limit)
    return _State(x, f, np.where(near, OUT_OF_STEPS, DIVERGED))


def _mark_settled(before, after, tolerance):
    """The state after a step, with the verdict on the walks that moved and changed f no more."""
    still = length(after.x - before.x, after.f) <= tolerance
    still = still & (np.abs(after.f - before.f) <= tolerance)
    return after._replace(verdict=np.where(still, SETTLED, after.verdict))


def _keep_ended(before, after):
    """The state after a step, with the walks that had ended before left where they ended."""
    ended = before.verdict != OUT_OF_STEPS
    if not ended.any():
        return after
    lost = before.verdict == DIVERGED
    last_x = np.where(_widened(lost, after.x), np.nan, before.x)
    last_f = np.where(lost, np.nan, before.f)
    x = np.where(_widened(ended, after.x), last_x, after.x)
    f = np.where(ended, last_f, after.f)
    return _State(x, f, np.where(ended, before.verdict, after.verdict))


def _widened(mask, x):
    """The mask of the walks, widened to cover the coordinates of x."""
    return mask[..., None] if mask.ndim < x.ndim else mask
