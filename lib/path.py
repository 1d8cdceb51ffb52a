"""A walk, followed: who takes the steps, who says how it ended, and the record that is left.

Any iterable of iterates is a walk, x0 first: those of `descent` and of `newton`, or a list.
`follow` takes its steps, evaluates f along the way and says how it ended. Many walks at once, a
batch, are followed by `batch`.
"""

from dataclasses import dataclass
from itertools import chain, islice

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

        `target` has the shape of one iterate, or broadcasts against it. Source: N3-52.
        """
        target, distance = checks.finite("target", target), checks.positive("distance", distance)
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
    drops the last axis, that axis holds the coordinates. Raises ValueError for any other shape.
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
        return follow_one(places, tolerance, limit)


def follow_one(places, tolerance, limit):
    """Follow one walk, pairs (x, f(x)), until it settles, runs away or ends."""
    size, xs, fs, stopped = np.linalg.norm, [], [], "out of steps"
    for x, f in places:
        xs.append(x)
        fs.append(f)
        if not (np.isfinite(f) and size(x) <= limit):
            stopped = "diverged"
            break
        if len(xs) > 1 and size(x - xs[-2]) <= tolerance >= abs(f - fs[-2]):
            stopped = "settled"
            break
    return Path(np.array(xs), np.array(fs), stopped, len(xs) - 1)


def _evaluated(walk, f):
    """Yield each place of a walk with the value of f there, both arrays of floats, checked."""
    shape = None
    for x in walk:
        x = np.array(checks.real("every x of walk", x))
        if shape is None:
            shape = x.shape
        checks.same_shape("every x of walk", x, shape)
        value = np.asarray(f(x), dtype=float)
        if value.shape not in (shape, shape[:-1]):
            wanted = f"{shape} (one variable) or {shape[:-1]} (coordinates last)"
            raise ValueError(f"f(x) must have shape {wanted}, got {value.shape}")
        yield x, value
    if shape is None:
        raise ValueError("walk must yield at least its start, got an empty one")
