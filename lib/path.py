"""Following a walk: take its steps, say how it ended, and keep the record of it.

Any iterable of iterates is a walk, x0 first: those of `descent` and of `newton`, or a list.
`follow` takes its steps, evaluates f along the way and says how it ended. Many walks at once, a
batch, are followed by `batch`.
"""

from dataclasses import dataclass
from itertools import chain, islice
from math import isfinite, sqrt

import numpy as np

from lib import checks
from lib.batch import follow_many, length


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

        `target` is a number, or has the shape or the last axes of one iterate. Source: N3-52.
        """
        target, distance = checks.finite("target", target), checks.positive("distance", distance)
        place = self.x.shape[1:]
        if target.shape != place[len(place) - target.ndim :]:
            wanted = f"the shape {place} of an iterate, or its last axes"
            raise ValueError(f"target must be a number or have {wanted}, got shape {target.shape}")
        gap = self.x - target
        with np.errstate(all="ignore"):
            near = length(gap, self.f) <= distance
        first = np.where(near.any(axis=0), near.argmax(axis=0), -1)
        return first if first.ndim else int(first)


def follow(walk, f, steps=1000, tolerance=1e-12, limit=1e12):
    """Take up to `steps` steps of a walk, evaluate f on the way, and return the `Path`.

    A path settles when a step is no longer than `tolerance` and changes f by no more than that:
    both, because a walk that bounces between two sides of a valley keeps f and still moves; with
    None it never settles, as where one sample of many may ask for no step. It
    diverges when x or f is not finite, as f is not where x left its domain, or when x is farther
    than `limit` from zero. If f keeps the shape of x, x is one variable taken elementwise; if f
    drops the last axis, that axis holds the coordinates. Raises ValueError for any other shape,
    and TypeError for an x or f(x) that is no real number.
    """
    places = _evaluated(checks.iterator("walk", walk), checks.function("f", f))
    limit = checks.bound("limit", limit)
    steps = checks.whole("steps", steps)
    tolerance = -1.0 if tolerance is None else checks.least("tolerance", tolerance, 0)
    with np.errstate(all="ignore"):  # a divergence is a path worth drawing
        first = next(places)
        places = chain([first], islice(places, steps))
        if first[1].ndim:
            return Path(*follow_many(places, tolerance, limit))
        return _follow_one(places, tolerance, limit)


def _follow_one(places, tolerance, limit):
    """Follow pairs (x, f(x)) until the walk settles, runs away or ends."""
    xs, fs, stopped = [], [], "out of steps"
    for x, f in places:
        xs.append(x)
        fs.append(f)
        if not (isfinite(f) and _size(x) <= limit):
            stopped = "diverged"
            break
        if len(xs) > 1 and _size(x - xs[-2]) <= tolerance >= abs(f - fs[-2]):
            stopped = "settled"
            break
    return Path(np.array(xs), np.array(fs), stopped, len(xs) - 1)


def _size(x):
    """Return the length √(x·x) of a vector x, shape (n,), or the size of a number."""
    return sqrt(np.dot(x, x))


def _evaluated(walk, f):
    """Yield each place of a walk with the value of f there, both floats, checked."""
    shape = None
    for x in walk:
        x = np.array(checks.real("every x of walk", x))
        if shape is None:
            shape = x.shape
        checks.same_shape("every x of walk", x, shape)
        value = checks.real("f(x)", f(x))
        if value.shape != shape and value.shape != shape[:-1]:
            wanted = f"{shape} (one variable) or {shape[:-1]} (coordinates last)"
            raise ValueError(f"f(x) must have shape {wanted}, got {value.shape}")
        yield x, value[()]
    if shape is None:
        raise ValueError("walk must yield at least its start, got an empty one")
