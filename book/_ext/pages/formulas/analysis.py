"""Slopes, limits, integrals and minima of functions of one number, measured: never derived."""

import itertools
import math
from functools import cache

import numpy as np

from pages.formulas.problems import Wrong

STEP = 1e-3  # of a first derivative: the error of the stencil, STEP**4, meets the rounding
HALVINGS = 14
GOOD = 1e-9  # the relative change between two steps at which a slope is good enough
WIDE = {1: 4e-3, 2: 3e-2, 3: 4e-2}  # steps of higher derivatives, and of a slope of a slope


def slope(f, x, order=1, step=STEP):
    """Return the derivative of f at a number, by central differences.

    The step is halved until two steps agree, or until the best of them is found; so a function
    that turns fast, and one that ends nearby, are measured too.
    """
    stencil = first if order == 1 else higher(order)
    step = (step if order == 1 else WIDE.get(order, 0.06)) * max(1.0, abs(x))
    best, error, last = np.nan, math.inf, stencil(f, x, step)
    for _ in range(HALVINGS):
        step /= 2
        value = stencil(f, x, step)
        change = biggest(value - last)
        if change < error:
            best, error = value, change
        elif change > 16 * error:
            break
        if math.isfinite(change) and change <= GOOD * biggest(value):
            break
        last = value
    return best


def biggest(value):
    """Return the largest size of an entry; what is not a number is larger than all."""
    size = float(np.max(np.abs(value))) if np.size(value) else 0.0
    return size if math.isfinite(size) else math.inf


def first(f, x, h):
    near, far = f(x + h) - f(x - h), f(x + 2 * h) - f(x - 2 * h)
    return (8 * near - far) / (12 * h)


@cache
def higher(order):
    """Return the stencil of nine points of a higher derivative."""
    points = np.arange(-4, 5)
    right = np.zeros(9)
    right[order] = math.factorial(order)
    weights = np.linalg.solve(np.vander(points, increasing=True).T.astype(float), right)
    return lambda f, x, h: sum(
        weight * f(x + k * h) for weight, k in zip(weights, points, strict=True) if weight
    ) / h**order  # fmt: skip


def limit(f, goal, side=""):
    """Return the value that f tends to at a number or at infinity; from both sides, if it can.

    Raises:
        Wrong: f tends to nothing, or to two different values.
    """
    if math.isinf(goal):
        return tail(lambda h: f(math.copysign(1 / h, goal)))
    signs = {"+": [1], "-": [-1]}.get(side, [1, -1])
    found = [tail(lambda h, sign=sign: f(goal + sign * h), sign) for sign in signs]
    known = [each for each in found if each is not None]
    if not known:
        raise Wrong("the limit is taken where nothing is defined")
    if len(known) == 2 and not near(*known):
        raise Wrong(f"from the right the limit is {known[0]}, from the left {known[1]}")
    return known[0]


def near(a, b):
    return np.all(np.abs(a - b) <= 1e-6 * np.maximum(1e-3, np.maximum(np.abs(a), np.abs(b))))


def tail(f, sign=1):
    """Return what f(h) tends to as h goes to zero from above, or None if it is not defined there.

    Two ways: polynomials through values at wide steps (Neville), which stand the rounding of a
    difference quotient; and the values at very small steps, which a root or a logarithm needs.
    """
    steps = 2.0 ** -np.arange(3, 13)
    values = [np.asarray(f(h), dtype=float) for h in steps]
    if not all(np.isfinite(value).all() for value in values):
        if not np.isfinite(np.asarray(f(2.0**-40), dtype=float)).all():
            return None
        values = []
    close, error = neville(values) if values else (np.nan, math.inf)
    size = max(1e-3, float(np.max(np.abs(close)))) if values else 1.0
    if error <= 1e-8 * size:
        return close
    ends = [np.asarray(f(2.0**-k), dtype=float) for k in range(60, 101, 8)]
    spread = np.max(np.ptp(ends, axis=0))
    last = ends[-1]
    agrees = not values or np.max(np.abs(last - close)) <= 30 * error + 1e-6
    if np.isfinite(last).all() and agrees and spread <= 1e-6 * max(1, np.max(np.abs(last))):
        return last
    if error <= 1e-6 * size:
        return close
    raise Wrong("the limit is not reached: the values do not settle")


def neville(values):
    """Extrapolate values at halved steps to the step 0; return the value and how sure it is."""
    rows, best, error = values, values[-1], math.inf
    for level in range(1, len(values)):
        factor = 2.0**level
        rows = [(factor * b - a) / (factor - 1) for a, b in itertools.pairwise(rows)]
        if len(rows) > 1:
            change = float(np.max(np.abs(rows[-1] - rows[-2])))
            if change < error:
                best, error = rows[-1], change
    return best, error


def infinite_sum(term, first):
    """Add terms until they no longer count.

    Raises:
        Wrong: after ten thousand terms they still count.
    """
    total, quiet = 0.0, 0
    for k in range(first, first + 10_000):
        value = term(k)
        total = total + value
        quiet = quiet + 1 if np.all(np.abs(value) <= 1e-17 * np.maximum(1e-300, abs(total))) else 0
        if quiet >= 3:
            return total
    raise Wrong("the sum over infinitely many terms does not settle in ten thousand")


def integral(f, low, high):
    """Integrate by Gauss and Legendre on 64 pieces, and compare with 32.

    A range without an end is first mapped to one of length 1 or 2.

    Raises:
        Wrong: the two differ.
    """
    if low > high:
        return -integral(f, high, low)
    if np.isinf(low) and np.isinf(high) and low < high:
        return integral(lambda t: f(t / (1 - t * t)) * (1 + t * t) / (1 - t * t) ** 2, -1.0, 1.0)
    if np.isinf(low) or np.isinf(high):
        end, way = (low, 1) if np.isinf(high) else (high, -1)
        return integral(lambda t: f(end + way * t / (1 - t)) / (1 - t) ** 2, 0.0, 1.0)
    nodes, weights = np.polynomial.legendre.leggauss(10)

    def over(pieces):
        edges = np.linspace(low, high, pieces + 1)
        half = (high - low) / pieces / 2
        return half * sum(
            weight * f(a + half * (1 + node))
            for a in edges[:-1] for node, weight in zip(nodes, weights, strict=True)
        )  # fmt: skip

    coarse, fine = over(32), over(64)
    if not near(coarse, fine):
        raise Wrong("the integral does not settle")
    return fine


def least(f, low, high):
    """Return where f is least between two numbers, by a grid and golden sections.

    Raises:
        Wrong: f is least at an end, so that it may be less outside.
    """
    grid = np.linspace(low, high, 101)
    values = [float(f(x)) for x in grid]
    k = int(np.nanargmin(values))
    if k in {0, len(grid) - 1}:
        raise Wrong("no least value lies in the range of what is drawn, or near it")
    return golden(f, grid[k - 1], grid[k + 1])


def golden(f, a, b):
    """Return where f is least between two numbers, by golden sections."""
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(60):
        c, d = b - ratio * (b - a), a + ratio * (b - a)
        a, b = (a, d) if f(c) < f(d) else (c, b)
    return (a + b) / 2


def zeros(f, low, high, pieces=200):
    """Return where f is zero between two numbers: where it changes its sign, or touches zero."""
    grid = np.linspace(low, high, pieces + 1) + (high - low) * 1.2345e-5
    values = np.array([float(f(x)) for x in grid])
    found = []
    for k in range(pieces):
        a, b = values[k], values[k + 1]
        if np.isfinite(a) and np.isfinite(b) and a * b < 0:
            root = halved(f, grid[k], grid[k + 1])
            if abs(f(root)) <= 1e-6 * max(abs(a), abs(b)):  # and no pole
                found.append(root)
    for k in range(1, pieces):
        a, b, c = np.abs(values[k - 1 : k + 2])
        if np.isfinite([a, b, c]).all() and b <= a and b <= c and values[k - 1] * values[k + 1] > 0:
            root = golden(lambda x: abs(f(x)), grid[k - 1], grid[k + 1])
            if abs(f(root)) <= 1e-9 * max(1e-300, a, c):
                found.append(root)
    return found


def halved(f, low, high):
    """Return where f changes its sign, by halving an interval."""
    rises = f(low) < 0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if (f(middle) < 0) == rises else (low, middle)
    return (low + high) / 2


def inverse(f, y):
    """Return the x with f(x) = y; of two, the positive one.

    Raises:
        Wrong: there is none between -50 and 50, or more than one that is positive.
    """
    found = zeros(lambda x: f(x) - y, -50.0, 50.0, 2000)
    if len(found) > 1:
        found = [each for each in found if each > 0]
    if len(found) != 1:
        raise Wrong(f"the inverse function has {len(found)} values at {y}")
    return found[0]
