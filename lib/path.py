"""A walk, followed: who takes the steps, who says how it ended, and the record that is left.

Any iterable of iterates is a walk, x0 first: those of `descent` and of `newton`, or a list.
`follow` takes its steps, evaluates f along the way and says how it ended.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lib import checks

OUT_OF_STEPS, SETTLED, DIVERGED = range(3)
REASONS = np.array(["out of steps", "settled", "diverged"])


@dataclass(frozen=True, eq=False)
class Path:
    """What a walk did.

    `x` holds the iterates along its first axis, x[0] the start, and `f` their values. `stopped`
    is "settled", "out of steps" or "diverged", and `steps` the number of steps until then; for a
    batch of paths both are arrays. In a batch a settled path repeats its last place until the
    slowest one is done, and a diverged path is NaN after the iterate that gave it away.
    """

    x: np.ndarray
    f: np.ndarray
    stopped: str | np.ndarray
    steps: int | np.ndarray

    def steps_within(self, target, distance):
        """Return the first step that ends no farther than `distance` from `target`, −1 if none.

        `target` has the shape of one iterate, or broadcasts against it. Source: N3-52.
        """
        target, distance = checks.finite("target", target), checks.positive("distance", distance)
        gap = self.x - target
        with np.errstate(all="ignore"):
            near = _length(gap, self.f) <= distance
        first = np.where(near.any(axis=0), near.argmax(axis=0), -1)
        return first if first.ndim else int(first)


def follow(walk, f, steps=1000, tolerance=1e-12, limit=1e12):
    """Take up to `steps` steps of a walk, evaluate f on the way, and return the `Path`.

    A path settles when a step is no longer than `tolerance` and changes f by no more than that:
    both, because a walk that bounces between two sides of a valley keeps f and still moves; with
    None it never settles, as where one sample of many may ask for no step. It
    diverges when x or f is not finite, as f is not where x left its domain, or when x is farther
    than `limit` from zero. If f keeps the shape of x, x is one variable taken elementwise; if f
    drops the last axis, that axis holds the coordinates. Raises ValueError for any other shape.
    """
    checks.function("f", f)
    limit = checks.bound("limit", limit)
    steps = checks.whole("steps", steps)
    tolerance = -1.0 if tolerance is None else checks.least("tolerance", tolerance, 0)
    walk = checks.iterator("walk", walk)
    with np.errstate(all="ignore"):
        return _follow(walk, steps, tolerance, lambda x: _measure(x, f, limit))


class _State(NamedTuple):
    x: np.ndarray
    f: np.ndarray
    verdict: np.ndarray


def _follow(walk, steps, tolerance, measure):
    start = next(walk, None)
    if start is None:
        raise ValueError("walk must yield at least its start, got an empty one")
    now = measure(start)
    xs, fs, made = _Rows(now.x), _Rows(now.f), np.zeros(now.verdict.shape, dtype=int)
    while xs.count <= steps and (running := now.verdict == OUT_OF_STEPS).any():
        x = next(walk, None)
        if x is None:
            break
        after = measure(x)
        checks.same_shape("every x of walk", after.x, now.x.shape)
        now = _hold(now, _judge(now, after, tolerance))
        xs.append(now.x), fs.append(now.f)
        made = made + running
    return _path(xs.done(), fs.done(), now.verdict, made)


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
    """Evaluate f at x and see whether either has run away."""
    x = checks.real("every x of walk", x)
    value = np.asarray(f(x), dtype=float)
    if value.shape not in (x.shape, x.shape[:-1]):
        wanted = f"{x.shape} (one variable) or {x.shape[:-1]} (coordinates last)"
        raise ValueError(f"f(x) must have shape {wanted}, got {value.shape}")
    near = np.isfinite(value) & (_length(x, value) <= limit)
    return _State(x, value, np.where(near, OUT_OF_STEPS, DIVERGED))


def _judge(before, after, tolerance):
    """Call a path settled that neither moved nor changed its height."""
    still = _length(after.x - before.x, after.f) <= tolerance
    still = still & (np.abs(after.f - before.f) <= tolerance)
    return after._replace(verdict=np.where(still, SETTLED, after.verdict))


def _hold(before, after):
    """Keep the paths of a batch that had ended before where they ended."""
    ended = before.verdict != OUT_OF_STEPS
    if not ended.any():
        return after
    lost = before.verdict == DIVERGED
    x = np.where(_over(ended, after.x), np.where(_over(lost, after.x), np.nan, before.x), after.x)
    f = np.where(ended, np.where(lost, np.nan, before.f), after.f)
    return _State(x, f, np.where(ended, before.verdict, after.verdict))


def _path(x, f, verdict, made):
    if verdict.ndim == 0:
        return Path(x, f, str(REASONS[verdict]), int(made))
    return Path(x, f, REASONS[verdict], made)


def _length(x, f):
    """The size of x: of its number where f keeps x's shape, of its last axis where f drops it."""
    return np.abs(x) if x.ndim == f.ndim else np.sqrt((x * x).sum(axis=-1))


def _over(mask, x):
    """The mask of the paths, widened to cover the coordinates of x."""
    return mask[..., None] if mask.ndim < x.ndim else mask
