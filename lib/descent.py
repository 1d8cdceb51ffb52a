"""Walks downhill: gradient descent and its kin, and the schedules of their learning rate.

A walk is a generator of iterates, x0 first, that never ends by itself. It knows the gradient and
nothing else, and it broadcasts: x0 of shape (441, 2) with a learning rate of shape (441, 1) walks
441 paths at once. `follow`, from `path`, takes the steps.
"""

from itertools import count
from math import cos, pi

import numpy as np

from lib import checks
from lib.path import Path as Path  # a walk and its path are asked for in one breath
from lib.path import follow as follow


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


def _share(name, value):
    value = checks.number(name, value)
    if not 0 < value <= 1:
        raise ValueError(f"{name} must be in (0, 1], got {value}")
    return value
