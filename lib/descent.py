"""Walks downhill: gradient descent and its kin, and the schedules of their learning rate.

A walk is a generator of iterates, x0 first, that never ends by itself. It knows the gradient and
nothing else, and it broadcasts: x0 of shape (441, 2) with a learning rate of shape (441, 1) walks
441 paths at once. `path.follow` takes the steps.
"""

from itertools import count
from math import cos, pi

import numpy as np

from lib import checks


def gradient_descent(gradient, x0, learning_rate):
    """Walk downhill: x ← x − learning_rate · gradient(x), x0 first.

    `learning_rate` is positive and finite: a number, an array that broadcasts against x0, or a
    schedule, a function of the step number 0, 1, 2, ... such as `step_decay` makes. Raises
    TypeError or ValueError at once for a start or a rate that is not numbers, not finite, or does
    not fit the other's shape, and in the step where it shows for a gradient of a wrong shape.
    Source: N3-51.
    """
    x, rate = _start(gradient, x0, learning_rate)

    @np.errstate(all="ignore")  # a divergence is a path worth drawing
    def after(step, x):
        return x - rate(step) * _checked(gradient(x), x)

    def walk(x):
        for step in count():
            yield x
            x = after(step, x)

    return walk(x)


def momentum(gradient, x0, learning_rate, beta=0.9):
    """Walk downhill like a heavy ball: v ← beta · v − learning_rate · gradient(x), x ← x + v.

    `beta` in [0, 1), a number or an array that broadcasts against x0, is the share of the last
    step that is kept; 0 is gradient descent. The rest is as in `gradient_descent`.
    """
    beta = np.array(checks.within("beta", beta, 0, 1))[()]
    x, rate = _start(gradient, x0, learning_rate)
    x = np.array(checks.broadcast(x0=x, beta=beta)[0])

    @np.errstate(all="ignore")
    def after(step, x, v):
        v = beta * v - rate(step) * _checked(gradient(x), x)
        return x + v, v

    def walk(x, v):
        for step in count():
            yield x
            x, v = after(step, x, v)

    return walk(x, np.zeros_like(x))


def stochastic_descent(gradient, x0, learning_rate, batches):
    """Walk downhill on one batch of samples at a time: x ← x − learning_rate · gradient(x, batch).

    `batches` is any iterable, and the walk ends when it does: `range(m)` shows the samples one by
    one in their order, `minibatches(m, size, rng)` shuffles them for ever. The gradient is told
    which samples to look at. The rest is as in `gradient_descent`. Source: N0-23, N2-08.
    """
    x, rate = _start(gradient, x0, learning_rate)
    batches = checks.iterator("batches", batches)

    @np.errstate(all="ignore")
    def after(step, x, batch):
        return x - rate(step) * _checked(gradient(x, batch), x)

    def walk(x):
        yield x
        for step, batch in enumerate(batches):
            x = after(step, x, batch)
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
    rate, factor = checks.positive("learning_rate", learning_rate), _share("factor", factor)
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
    rate, least = checks.positive("learning_rate", learning_rate), _share("least", least)
    steps = checks.whole("steps", steps, 1)
    return lambda step: rate * (least + (1 - least) * (1 + cos(pi * min(step / steps, 1))) / 2)


def critical_rate(hessian):
    """Return 2/λmax, the rate from which on descent on a convex quadratic no longer converges.

    Elsewhere it is critical only for short steps near a minimum. `hessian` is a second derivative
    (any array of numbers is taken elementwise) or, with two or more axes, symmetric matrices of
    shape (..., n, n). Infinite where nothing curves. Raises ValueError for a negative curvature,
    along which descent runs away at every rate, and for a matrix that is not symmetric.
    Source: N3-56.
    """
    hessian = checks.finite("hessian", hessian)
    if hessian.ndim >= 2:
        curvatures = np.linalg.eigvalsh(checks.symmetric("hessian", hessian))
        low, high = curvatures[..., 0], curvatures[..., -1]
    else:
        low = high = hessian
    if (low < -1e-10 * np.abs(high)).any():
        wanted = "hessian must have no negative curvature, as a convex quadratic has none"
        raise ValueError(f"{wanted}, got {np.min(low):.6g}")
    with np.errstate(over="ignore"):  # as good as flat
        return np.divide(2, high, out=np.full(high.shape, np.inf), where=high > 0)[()]


def _start(gradient, x0, learning_rate):
    """Check a walk's arguments; return a copy of the start and the rate as a schedule."""
    checks.function("gradient", gradient)
    x0 = checks.finite("x0", x0)
    first = learning_rate(0) if callable(learning_rate) else learning_rate
    first = np.array(checks.positive("learning_rate", first))[()]
    x0, _ = checks.broadcast(x0=x0, learning_rate=first)
    scheduled = callable(learning_rate)
    rate = _checked_schedule(learning_rate, first.shape) if scheduled else lambda step: first
    return np.array(x0)[()], rate


def _checked_schedule(schedule, shape):
    """The schedule, with a look at each rate; zero passes, for a falling rate may round to it."""

    def rate(step):
        value = schedule(step)
        if not shape and isinstance(value, float) and 0 <= value < np.inf:
            return value
        name = f"learning_rate({step})"
        array = checks.same_shape(name, checks.finite(name, value), shape)
        if (array < 0).any():
            raise ValueError(f"{name} must not be negative, got {value}")
        return array

    return rate


def _checked(slope, x):
    """The slope as floats, if it has the shape of x."""
    return checks.same_shape("gradient(x)", checks.real("gradient(x)", slope), x.shape)


def _share(name, value):
    """The value as a float, if it is in (0, 1]."""
    value = checks.number(name, value)
    if not 0 < value <= 1:
        raise ValueError(f"{name} must be in (0, 1], got {value}")
    return value
