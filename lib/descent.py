"""Walks downhill: gradient descent and its kin, one that follows them, and the path it returns.

A walk is a generator of iterates, x0 first, that never ends by itself. It knows the gradient and
nothing else, and it broadcasts: x0 of shape (441, 2) with a learning rate of shape (441, 1) walks
441 paths at once. `follow` takes the steps, evaluates f along the way and says how it ended.
"""

from dataclasses import dataclass
from itertools import count
from math import cos, pi
from typing import NamedTuple

import numpy as np

from lib import checks

OUT_OF_STEPS, SETTLED, DIVERGED = range(3)
REASONS = np.array(["out of steps", "settled", "diverged"])


def gradient_descent(gradient, x0, learning_rate):
    """Walk downhill: x ← x − learning_rate · gradient(x), x0 first.

    `learning_rate` is positive and finite: a number, an array that broadcasts against x0, or a
    schedule, a function of the step number 0, 1, 2, ... such as `step_decay` makes. Raises
    TypeError or ValueError at once for a start or a rate that is not numbers, not finite, or does
    not fit the other's shape, and in the step where it shows for a gradient of a wrong shape.
    Source: N3-51.
    """
    x, rate = _start(gradient, x0, learning_rate)

    def walk(x):
        for step in count():
            yield x
            with np.errstate(all="ignore"):  # a divergence is a path worth drawing
                x = x - rate(step) * _slope(gradient(x), x)

    return walk(x)


def momentum(gradient, x0, learning_rate, beta=0.9):
    """Walk downhill like a heavy ball: v ← beta · v − learning_rate · gradient(x), x ← x + v.

    `beta` in [0, 1), a number or an array that broadcasts against x0, is the share of the last
    step that is kept; 0 is gradient descent. The rest is as in `gradient_descent`.
    """
    beta = checks.within("beta", beta, 0, 1)
    x, rate = _start(gradient, x0, learning_rate)
    x = np.array(checks.broadcast(x0=x, beta=beta)[0])

    def walk(x, v):
        for step in count():
            yield x
            with np.errstate(all="ignore"):
                v = beta * v - rate(step) * _slope(gradient(x), x)
                x = x + v

    return walk(x, np.zeros_like(x))


def stochastic_descent(gradient, x0, learning_rate, batches):
    """Walk downhill on one batch of samples at a time: x ← x − learning_rate · gradient(x, batch).

    `batches` is any iterable, and the walk ends when it does: `range(m)` shows the samples one by
    one in their order, `minibatches(m, size, rng)` shuffles them for ever. The gradient is told
    which samples to look at. The rest is as in `gradient_descent`. Source: N0-23, N2-08.
    """
    x, rate = _start(gradient, x0, learning_rate)
    batches = checks.iterator("batches", batches)

    def walk(x):
        yield x
        for step, batch in enumerate(batches):
            with np.errstate(all="ignore"):
                x = x - rate(step) * _slope(gradient(x, batch), x)
            yield x

    return walk(x)


def minibatches(samples, size, rng):
    """Deal out the sample numbers 0 ... samples − 1 in batches, in a new order every epoch.

    Yields index arrays of `size` numbers for ever; the last one of an epoch may be shorter.
    Raises TypeError when `rng` is a seed and not a `numpy.random.Generator`.
    """
    samples, size = checks.whole("samples", samples, 1), checks.whole("size", size, 1)
    checks.generator("rng", rng)

    def deal():
        while True:
            order = rng.permutation(samples)
            yield from (order[i : i + size] for i in range(0, samples, size))

    return deal()


# Schedules: functions of the step number that return a learning rate.


def step_decay(learning_rate, factor, every):
    """Multiply the learning rate by `factor`, in (0, 1], after every `every` steps."""
    rate, factor = checks.positive("learning_rate", learning_rate), _factor(factor)
    every = checks.whole("every", every, 1)
    return lambda step: rate * factor ** (step // every)


def exponential_decay(learning_rate, factor):
    """Multiply the learning rate by `factor`, in (0, 1], after each step."""
    return step_decay(learning_rate, factor, every=1)


def inverse_decay(learning_rate, decay):
    """Divide the learning rate by 1 + decay · step; `decay` is positive."""
    rate, decay = checks.positive("learning_rate", learning_rate), checks.positive("decay", decay)
    return lambda step: rate / (1 + decay * step)


def cosine_decay(learning_rate, steps, least=0.01):
    """Lower the learning rate along half a cosine to `least`, in (0, 1], of it after `steps`."""
    rate, least = checks.positive("learning_rate", learning_rate), _factor(least)
    steps = checks.whole("steps", steps, 1)
    return lambda step: rate * (least + (1 - least) * (1 + cos(pi * min(step / steps, 1))) / 2)


def critical_rate(hessian):
    """Return 2/λmax, the learning rate from which on descent on a quadratic no longer converges.

    `hessian` is a second derivative (any array of numbers is taken elementwise) or, with two or
    more axes, symmetric matrices of shape (..., n, n). Infinite where nothing curves upwards.
    Source: N3-56.
    """
    hessian = checks.finite("hessian", hessian)
    if hessian.ndim >= 2:
        hessian = np.linalg.eigvalsh(checks.square_matrix("hessian", hessian))[..., -1]
    with np.errstate(over="ignore"):  # as good as flat
        return np.divide(2, hessian, out=np.full(hessian.shape, np.inf), where=hessian > 0)[()]


# Following a walk.


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
    xs, fs, made = [now.x], [now.f], np.zeros(now.verdict.shape, dtype=int)
    while len(xs) <= steps and (running := now.verdict == OUT_OF_STEPS).any():
        x = next(walk, None)
        if x is None:
            break
        now = _hold(now, _judge(now, measure(x), tolerance))
        xs.append(now.x), fs.append(now.f)
        made = made + running
    return _path(xs, fs, now.verdict, made)


def _measure(x, f, limit):
    """Evaluate f at x and see whether either has run away."""
    x = np.asarray(x, dtype=float)
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


def _path(xs, fs, verdict, made):
    x = np.stack(xs)
    xs.clear()  # before f is copied as well: a path's memory is the path
    stopped, steps = REASONS[verdict], made
    if verdict.ndim == 0:
        stopped, steps = str(stopped), int(made)
    return Path(x, np.stack(fs), stopped, steps)


def _start(gradient, x0, learning_rate):
    """Check a walk's arguments; return a copy of the start and the rate as a schedule."""
    checks.function("gradient", gradient)
    x0 = checks.finite("x0", x0)
    first = learning_rate(0) if callable(learning_rate) else learning_rate
    first = checks.positive("learning_rate", first)[()]
    x0, _ = checks.broadcast(x0=x0, learning_rate=np.asarray(first))
    return np.array(x0)[()], learning_rate if callable(learning_rate) else lambda step: first


def _slope(gradient, x):
    return checks.same_shape("gradient(x)", np.asarray(gradient), np.shape(x))


def _factor(factor):
    factor = checks.number("factor", factor)
    if not 0 < factor <= 1:
        raise ValueError(f"factor must be in (0, 1], got {factor}")
    return factor


def _length(x, f):
    """The size of x: of its number where f keeps x's shape, of its last axis where f drops it."""
    return np.abs(x) if x.ndim == f.ndim else np.sqrt((x * x).sum(axis=-1))


def _over(mask, x):
    """The mask of the paths, widened to cover the coordinates of x."""
    return mask[..., None] if mask.ndim < x.ndim else mask
