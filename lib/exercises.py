"""A reader's own function, put beside the book's on fresh inputs."""

import copy
import reprlib
import textwrap
from dataclasses import dataclass

import numpy as np

from lib import checks

ROUNDING = 1e-13  # what a sum of a few numbers may lose, relative to their size


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
    """Compare your function with the book's on inputs that nobody chose, and return a `Verdict`.

    A wrong answer is a value and not an error: it shows the first input that tells the two apart,
    what your function gave there, and what was wanted. `draw(rng)` returns the arguments of one
    call as a tuple, and each of the `trials` draws another; each function gets copies of its own.
    `tolerance` is relative to each number of what is wanted. Raises TypeError for what is no
    function, for an `rng` that is no source of random numbers, for a `draw` that returns no tuple
    and a `wanted` that returns no real numbers, and ValueError for fewer than 1 trials or a
    tolerance that is not positive.
    """
    for name, function in (("yours", yours), ("wanted", wanted), ("draw", draw)):
        checks.function(name, function)
    checks.generator("rng", rng)
    tolerance = float(checks.positive("tolerance", checks.number("tolerance", tolerance)))
    calls = [_drawn(draw, rng) for _ in range(checks.whole("trials", trials, least=1))]
    targets = [checks.real("wanted(...)", wanted(*_copied(arguments))) for arguments in calls]
    largest = max(map(_largest, targets)) or max(map(_largest, calls))
    for arguments, target in zip(calls, targets, strict=True):
        slip = _slip(yours, _copied(arguments), target, tolerance, ROUNDING * largest)
        if slip:
            name = getattr(yours, "__name__", "yours")
            call = f"{name}({', '.join(map(_text, arguments))})"
            return Verdict(False, f"Not yet: {call} {slip}, wanted {_text(target)}.")
    return Verdict(True, f"Right: {trials} of {trials} fresh inputs agree.")


def _drawn(draw, rng):
    """The arguments of one call."""
    arguments = draw(rng)
    if not isinstance(arguments, tuple):
        raise TypeError(f"draw must return a tuple of arguments, got {_text(arguments)}")
    return arguments


def _copied(arguments):
    """Copies for one function alone: what it does to them is not seen by others."""
    try:
        return copy.deepcopy(arguments)
    except TypeError:
        shown = reprlib.repr(arguments)
        raise TypeError(f"draw must return arguments that can be copied, got {shown}") from None


def _slip(yours, arguments, target, tolerance, least):
    """Return in words what your function did wrong, or nothing."""
    try:
        given = yours(*arguments)
    except Exception as error:
        return f"raised {type(error).__name__}: {error}"
    try:
        numbers = checks.real("the result", given)
    except (TypeError, ValueError):
        shown = repr(given) if len(repr(given)) <= 80 else reprlib.repr(given)
        return f"gave {shown}{_kind(given)}"
    if numbers.shape != target.shape:
        return f"gave {_text(numbers)} of shape {numbers.shape}"
    return "" if _agree(numbers, target, tolerance, least) else f"gave {_text(numbers)}"


def _agree(numbers, target, tolerance, least):
    """Whether numbers are those wanted, but for the tolerance, or for `least` where 0 is wanted."""
    rounding = ROUNDING * _largest(target)
    relative = np.maximum(tolerance * np.abs(target), rounding)
    allowed = np.where(target == 0, max(least, rounding), relative)
    with np.errstate(invalid="ignore"):
        near = np.isfinite(target) & (np.abs(numbers - target) <= allowed)
    same = (numbers == target) | (np.isnan(numbers) & np.isnan(target))
    return (near | same).all()


def _largest(value):
    """The size of the largest finite number in an array, or in a tuple of arguments; 0 if none."""
    if isinstance(value, tuple):
        return max(map(_largest, value), default=0)
    try:
        array = checks.real("", value)
    except (TypeError, ValueError):  # an argument need not be a number
        return 0
    return np.max(np.abs(array), initial=0, where=np.isfinite(array))


def _kind(value):
    """Say why a result is no real number, where its own look does not."""
    kinds = {
        "c": ", which is complex",
        "U": ", which is text",
        "b": ", which is true or false and no number",
        "O": ", which is larger than any float" if isinstance(value, int) else "",
    }
    try:
        kind = "masked" if np.ma.is_masked(value) else np.asarray(value).dtype.kind
    except ValueError:  # rows of different lengths
        return ""
    return ", which has masked numbers" if kind == "masked" else kinds.get(kind, "")


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
