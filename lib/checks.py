"""The questions every public function asks of its arguments before it starts to work.

Each check returns the argument ready for use, or raises an error that names the argument, shows
what was given and says what is wanted: `TypeError` for the wrong kind of thing, `ValueError` for
the right kind of thing with a wrong value.
"""

import operator
import reprlib
import sys

import numpy as np


def real(name, value):
    """Turn `value` into an array of floats; infinities and NaN pass, words and objects do not."""
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        array = np.asarray(None)
    if array.dtype.kind not in "buif":
        raise TypeError(f"{name} must be real numbers, got {reprlib.repr(value)}")
    return array.astype(float, copy=False)


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
        count = operator.index(value)
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


def labels(name, value):
    """Turn `value` into an array of floats that holds nothing but 0 and 1."""
    array = finite(name, value)
    if not ((array == 0) | (array == 1)).all():
        raise ValueError(f"{name} must be labels 0 or 1, got {reprlib.repr(value)}")
    return array


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
    array = np.atleast_1d(value)
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


def broadcast(**arrays):
    """Broadcast the named arrays against each other, or say which shapes do not fit."""
    try:
        return np.broadcast_arrays(*arrays.values())
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise ValueError(f"shapes must broadcast against each other, got {shapes}") from None


def feature_columns(name, value):
    """Turn data of shape (m,) or (m, n) into rows of features, shape (m, n)."""
    x = finite(name, value)
    if x.ndim not in (1, 2):
        raise ValueError(f"{name} must have shape (m,) or (m, n), got {x.shape}")
    return x if x.ndim == 2 else x[:, None]


def samples(x, y):
    """Turn data into rows of features and targets, shapes (m, n) and (m,)."""
    x = feature_columns("x", x)
    return x, same_shape("y", finite("y", y), x.shape[:1])
