"""What every public function makes sure of before it starts to work: that its arguments fit.

Each check returns the argument ready for use, or raises an error that names the argument, shows
what was given and says what is wanted: `TypeError` for the wrong kind of thing, `ValueError` for
the right kind of thing with a wrong value.
"""

import operator
import reprlib
import sys
from numbers import Real

import numpy as np


def real(name, value):
    """Turn `value` into an array of floats; infinities and NaN pass.

    Text, truth values, complex numbers, dates and objects do not, nor does an array with gaps.
    """
    kind = type(value)
    if kind is np.float64 or kind is float or (kind is np.ndarray and value.dtype == float):
        return np.asarray(value)
    array = _array(name, value)
    if array.dtype.kind == "O":
        array = _from_objects(name, value, array)
    if array.dtype.kind not in "uif" or _has_truth_values(value):
        raise TypeError(f"{name} must be real numbers, got {reprlib.repr(value)}")
    return array.astype(float, copy=False)


def _array(name, value):
    """Turn `value` into an array of whatever it holds, without gaps and with rows of one length."""
    if _is_masked(value):  # NumPy would take the numbers under the mask
        raise TypeError(f"{name} must have no masked numbers, got {reprlib.repr(value)}")
    try:
        return np.asarray(value)
    except ValueError:
        raise TypeError(f"{name} must be real numbers, got {reprlib.repr(value)}") from None


def _is_masked(value):
    """Whether a masked number is in an array, or in an array of a list."""
    if isinstance(value, list | tuple):
        return any(map(_is_masked, value))
    return isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value)


def _has_truth_values(value):
    """Whether True or False stands in a list among numbers: NumPy would take 1 or 0 for it."""
    if isinstance(value, list | tuple):
        return any(map(_has_truth_values, value))
    return isinstance(value, bool | np.bool_)


def _from_objects(name, value, array):
    """Turn Python's own numbers into floats: whole ones of any size, and fractions."""
    if not all(isinstance(each, Real) and not isinstance(each, bool) for each in array.flat):
        return array
    try:
        return array.astype(float)
    except OverflowError:
        largest = f"{sys.float_info.max:.1e}"
        wanted = f"{name} must be no larger in size than {largest}, the largest float"
        raise ValueError(f"{wanted}, got {reprlib.repr(value)}") from None


def finite(name, value):
    """Turn `value` into a non-empty array of floats without NaN or infinity."""
    array = real(name, value)
    if array.size == 0:
        raise ValueError(f"{name} must not be empty, got an array of shape {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite, got {reprlib.repr(value)}")
    return array


def positive(name, value):
    """Turn `value` into an array of finite floats above zero."""
    array = finite(name, value)
    if not (array > 0).all():
        raise ValueError(f"{name} must be positive, got {reprlib.repr(value)}")
    return array


def within(name, value, low, high):
    """Turn `value` into an array of floats with low <= value < high."""
    array = finite(name, value)
    if not ((array >= low) & (array < high)).all():
        raise ValueError(f"{name} must be in [{low}, {high}), got {reprlib.repr(value)}")
    return array


def iterator(name, value):
    """Turn `value` into an iterator."""
    try:
        return iter(value)
    except TypeError:
        raise TypeError(f"{name} must be iterable, got {reprlib.repr(value)}") from None


def bound(name, value):
    """Turn `value` into one float above zero, infinity allowed."""
    array = real(name, value)
    if array.ndim or not array > 0:
        raise ValueError(f"{name} must be one positive number, got {reprlib.repr(value)}")
    return float(array)


def number(name, value):
    """Turn `value` into one finite float."""
    array = finite(name, value)
    if array.ndim:
        raise ValueError(f"{name} must be one number, got an array of shape {array.shape}")
    return float(array)


def least(name, value, low):
    """Turn `value` into one finite float that is at least `low`."""
    value = number(name, value)
    if value < low:
        raise ValueError(f"{name} must be at least {low}, got {value}")
    return value


def whole(name, value, least=0):
    """Turn `value` into an int that is at least `least`."""
    try:
        count = operator.index(None if isinstance(value, bool) else value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, got {reprlib.repr(value)}") from None
    if count < least:
        raise ValueError(f"{name} must be at least {least}, got {count}")
    if count > sys.maxsize:
        raise ValueError(f"{name} must be at most {sys.maxsize}, got {reprlib.repr(value)}")
    return count


def square_matrix(name, value):
    """Turn `value` into an array of finite floats whose last two axes are equally long."""
    array = finite(name, value)
    if array.ndim < 2 or array.shape[-1] != array.shape[-2]:
        raise ValueError(f"{name} must be a square matrix (..., n, n), got shape {array.shape}")
    return array


def symmetric(name, value):
    """Turn `value` into an array of symmetric matrices, shape (..., n, n).

    Two entries that mirror each other may differ by 1e-8 of the largest entry of their matrix.
    """
    array = square_matrix(name, value)
    gap = np.abs(array - np.swapaxes(array, -1, -2))
    largest = np.abs(array).max(axis=(-1, -2), keepdims=True)
    lopsided = (gap > 1e-8 * largest).any(axis=(-1, -2))
    if lopsided.any():
        raise ValueError(f"{name} must be symmetric, got {array[lopsided][0]}")
    return array


def labels(name, value):
    """Turn `value` into an array of floats that holds nothing but 0 and 1; True and False pass."""
    array = finite(name, truths_as_labels(name, value))
    if not ((array == 0) | (array == 1)).all():
        raise ValueError(f"{name} must be labels 0 or 1, got {reprlib.repr(value)}")
    return array


def truths_as_labels(name, value):
    """Turn True into 1 and False into 0, and leave any other `value` as it is."""
    truths = isinstance(value, np.ndarray) and value.dtype.kind == "b"
    return _array(name, value).astype(float) if truths or _has_truth_values(value) else value


def probability(name, value):
    """Turn `value` into an array of floats from 0 to 1."""
    array = finite(name, value)
    if not ((array >= 0) & (array <= 1)).all():
        raise ValueError(f"{name} must be in [0, 1], got {reprlib.repr(value)}")
    return array


def text(name, value):
    """Make sure that `value` is a text."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text, got {reprlib.repr(value)}")


def function(name, value):
    """Make sure that `value` can be called."""
    if not callable(value):
        raise TypeError(f"{name} must be a function, got {reprlib.repr(value)}")
    return value


def generator(name, value):
    """Make sure that `value` is a source of random numbers and not a seed.

    A `numpy.random.RandomState` passes as well: the lecture's listings draw from one.
    """
    if not isinstance(value, np.random.Generator | np.random.RandomState):
        wanted = "a numpy.random.Generator, for instance numpy.random.default_rng(1)"
        raise TypeError(f"{name} must be {wanted}, got {reprlib.repr(value)}")
    return value


def rows(value, samples):
    """Turn `value` into an array of sample numbers from 0 to samples − 1."""
    array = np.atleast_1d(_array("rows", value))
    if array.ndim != 1 or array.dtype.kind not in "iu":
        raise TypeError(f"rows must be sample numbers, got {reprlib.repr(value)}")
    if not ((array >= 0) & (array < samples)).all() or not array.size:
        raise ValueError(f"rows must be some from 0 to {samples - 1}, got {reprlib.repr(value)}")
    return array


def same_shape(name, value, wanted):
    """Make sure that the array `value` has the shape `wanted`."""
    if value.shape != wanted:
        raise ValueError(f"{name} must have shape {wanted}, got {value.shape}")
    return value


def paired(**pair):
    """Return two named arrays that can be compared number by number.

    They have one shape, or one is a number, or the shape of one ends in the other's, as where many
    rows of predictions meet one row of targets. A column against a row, (n, 1) against (n,), would
    be n × n comparisons that nobody asked for.
    """
    short, long = sorted((array.shape for array in pair.values()), key=len)
    if short != long[len(long) - len(short) :]:
        named, shapes = " and ".join(pair), ", ".join(f"{n} {a.shape}" for n, a in pair.items())
        wanted = "one shape, or one must be a number or have the other's last axes"
        raise ValueError(f"{named} must have {wanted}, got {shapes}")
    return tuple(pair.values())


def broadcast(**arrays):
    """Broadcast the named arrays against each other, or say which shapes do not fit."""
    try:
        return np.broadcast_arrays(*arrays.values())
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise ValueError(f"shapes must broadcast against each other, got {shapes}") from None


def last_axis(name, value, length):
    """Turn `value` into an array of floats whose last axis has that length: theta of a neuron."""
    array = real(name, value)
    if array.shape[-1:] != (length,):
        raise ValueError(
            f"{name} must have a last axis of length {length}, got shape {array.shape}"
        )
    return array


def row(name, value):
    """Turn `value` into a number or a row of finite numbers, shape () or (m,)."""
    array = finite(name, value)
    if array.ndim > 1:
        raise ValueError(f"{name} must be a number or have shape (m,), got {array.shape}")
    return array


def neuron(w, b, x):
    """Turn the weights, the bias and the inputs of a neuron into arrays that fit.

    w of shape (n,) takes x of shape (n,) or (m, n); a number w takes a number or shape (m,).
    """
    w, b, x = finite("w", w), number("b", b), finite("x", x)
    if w.ndim > 1 or (w.ndim == 1 and x.shape[-1:] != w.shape):
        raise ValueError(f"w must be a number or match x's last axis, got {w.shape}, x {x.shape}")
    if x.ndim > w.ndim + 1:
        wanted = f"shape (m, {w.size}) or ({w.size},)" if w.ndim else "shape (m,) or be a number"
        raise ValueError(f"x must have {wanted} for w of shape {w.shape}, got {x.shape}")
    return w, b, x


def feature_columns(name, value):
    """Turn data of shape (m,) or (m, n) into rows of features, shape (m, n)."""
    x = finite(name, value)
    if x.ndim not in (1, 2):
        raise ValueError(f"{name} must have shape (m,) or (m, n), got {x.shape}")
    return x if x.ndim == 2 else x[:, None]


def samples(x, y):
    """Copy data into rows of features and targets, shapes (m, n) and (m,)."""
    x = np.array(feature_columns("x", x))
    return x, np.array(same_shape("y", finite("y", y), x.shape[:1]))
