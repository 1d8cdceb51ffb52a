"""A reader's own function, put beside the book's on fresh inputs."""

import textwrap
from dataclasses import dataclass

import numpy as np

from lib import checks


@dataclass(frozen=True, repr=False)
class Verdict:
    """Whether a function did what was wanted, and the words for it; true when it did."""

    right: bool
    words: str

    def __bool__(self):
        return self.right

    def __repr__(self):
        return textwrap.fill(self.words, 76, subsequent_indent="  ")


def check_function(yours, wanted, draw, rng, trials=20, tolerance=1e-6):
    """Compare your function with the book's on inputs that nobody chose.

    A wrong answer is a value and not an error: it shows the first input that tells the two apart,
    what your function gave there, and what was wanted.

    Args:
        yours: the function to judge.
        wanted: the function it should agree with.
        draw: ``draw(rng)`` returns the arguments of one call, as a tuple.
        rng: a `numpy.random.Generator`.
        trials: how many inputs are tried.
        tolerance: how far apart the results may lie, relative to their size or to 1.

    Returns:
        a `Verdict`.

    Raises:
        TypeError: an argument is not a function, `rng` is not a source of random numbers, or
            `draw` returns no tuple.
        ValueError: `trials` is below 1, or `tolerance` is not positive.
    """
    for name, function in (("yours", yours), ("wanted", wanted), ("draw", draw)):
        checks.function(name, function)
    checks.generator("rng", rng)
    tolerance = checks.bound("tolerance", tolerance)
    for _ in range(checks.whole("trials", trials, least=1)):
        arguments = draw(rng)
        if not isinstance(arguments, tuple):
            raise TypeError(f"draw must return a tuple of arguments, got {_text(arguments)}")
        target = np.asarray(wanted(*arguments), dtype=float)
        slip = _slip(yours, arguments, target, tolerance)
        if slip:
            name = getattr(yours, "__name__", "yours")
            call = f"{name}({', '.join(map(_text, arguments))})"
            return Verdict(False, f"Not yet: {call} {slip}, wanted {_text(target)}.")
    return Verdict(True, f"Right: {trials} of {trials} fresh inputs agree.")


def _slip(yours, arguments, target, tolerance):
    """Return in words what your function did wrong, or nothing."""
    try:
        given = yours(*arguments)
    except Exception as error:
        return f"raised {type(error).__name__}: {error}"
    try:
        numbers = np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        numbers = None
    if given is None or numbers is None:
        return f"gave {given!r}"
    if numbers.shape != target.shape:
        return f"gave {_text(numbers)} of shape {numbers.shape}"
    fits = np.isclose(numbers, target, rtol=tolerance, atol=tolerance, equal_nan=True)
    return "" if fits.all() else f"gave {_text(numbers)}"


def _text(value):
    """Return a value in few words: a function by its name, numbers with six digits."""
    if callable(value):
        own = value.__name__ if isinstance(value, np.ufunc) else "a function"
        return getattr(value, "name", own)  # a surface has a name
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        return repr(value)
    if not array.ndim:
        return f"{array:.6g}"
    short = {"float_kind": "{:.6g}".format}
    text = np.array2string(array, separator=", ", threshold=12, formatter=short)
    return " ".join(text.split())
