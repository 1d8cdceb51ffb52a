"""What the registries of several pages say: where a walk is, where a function is zero, an angle."""

from itertools import islice

#: The cosine of the angle between (a, b) and (c, d).
COSINE = r"\frac{a \cdot c + b \cdot d}{\sqrt{a^2 + b^2}\,\sqrt{c^2 + d^2}}"


def after(walk, steps=1):
    """Return where a walk is after some steps; its first iterate is the start."""
    return next(islice(walk, steps, None))


def zero(f, low, high):
    """Return where f changes its sign, by halving an interval."""
    rises = f(low) < 0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if (f(middle) < 0) == rises else (low, middle)
    return middle
