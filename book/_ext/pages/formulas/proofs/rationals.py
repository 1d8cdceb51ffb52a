"""Numbers of the registry and of lib as the exact numbers that were meant."""

import builtins
import math
import sys
from fractions import Fraction

import numpy as real
import sympy as sp

ULP = 4e-16
SHORT = 10  # digits of a float that was written as a decimal


class Unprovable(Exception):
    """No way is known to decide it: the formula stays as it was checked."""


def exact(value):
    """Return a float as the fraction, root or multiple of pi that it was computed from."""
    value = builtins.float(value)
    if math.isinf(value):
        return sp.oo if value > 0 else -sp.oo
    if math.isnan(value):
        return sp.nan
    written = repr(value)
    if len(written.replace("-", "").replace(".", "").split("e")[0].strip("0")) <= SHORT:
        return sp.Rational(written)
    for guess in guesses(value):
        if abs(builtins.float(guess) - value) <= ULP * abs(value):
            return guess
    raise Unprovable(f"the number {value!r} is known as a float only")


def guesses(value):
    near = Fraction(value).limit_denominator(20000)
    yield sp.Rational(near.numerator, near.denominator)
    square = Fraction(value * value).limit_denominator(3000)
    if square:
        root = sp.sqrt(sp.Rational(square.numerator, square.denominator))
        yield root if value > 0 else -root
    yield from (sp.E, sp.LambertW(1))
    for k in range(1, 9):
        for m in (1, 2, 3, 4, 6):
            yield sp.pi * k / m


def ex(value):
    """Return anything that is one number as an exact SymPy expression."""
    if isinstance(value, real.ndarray):
        if value.size != 1:
            raise Unprovable("an array stands where a number is wanted")
        value = value.ravel()[0]
    if isinstance(value, bool | real.bool_):
        return sp.Integer(int(value))
    if isinstance(value, int | real.integer):
        return sp.Integer(int(value))
    if isinstance(value, builtins.float | real.floating):
        return exact(value)
    value = sp.sympify(value)
    floats = value.atoms(sp.Float) if hasattr(value, "atoms") else ()
    return value.xreplace({each: exact(each) for each in floats}) if floats else value


def symbolic(value):
    """Whether something is, or holds, an exact expression."""
    if isinstance(value, sp.Basic):
        return True
    if isinstance(value, real.ndarray):
        return value.dtype == object
    return isinstance(value, list | tuple) and any(symbolic(each) for each in value)


def soft_register():
    """Let SymPy turn floats into what they were computed from, where that is known."""

    def soft(value):
        try:
            return exact(value)
        except Unprovable:
            return sp.Float(value)

    converters = sys.modules["sympy.core.sympify"]._external_converter  # of which there is no other
    converters[float] = converters[real.float64] = soft
