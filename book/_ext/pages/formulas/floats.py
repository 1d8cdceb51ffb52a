"""The mathematics of floating-point numbers that `meaning` computes with."""

import math

import numpy as np

from pages.formulas import analysis
from pages.formulas.problems import Wrong

constants = {"e": math.e, "pi": math.pi}
infinity = math.inf
slope, limit, integral, inverse = (
    analysis.slope, analysis.limit, analysis.integral, analysis.inverse
)  # fmt: skip
NAMED = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "cot": lambda x: 1 / np.tan(x),
    "sec": lambda x: 1 / np.cos(x), "csc": lambda x: 1 / np.sin(x), "arcsin": np.arcsin,
    "arccos": np.arccos, "arctan": np.arctan, "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh,
    "arsinh": np.arcsinh, "artanh": np.arctanh, "exp": np.exp, "ln": np.log, "log": np.log,
    "log_10": np.log10, "lg": np.log10, "log_2": np.log2, "sqrt": np.sqrt, "sign": np.sign,
    "sgn": np.sign,
    "floor": np.floor, "ceil": np.ceil, "radians": np.radians,
    "tr": np.trace, "max": lambda *items: np.max(np.array(items)),
    "min": lambda *items: np.min(np.array(items)),
}  # fmt: skip


def number(node):
    """Digits that are cut off lie above what is printed, digits that are rounded around it."""
    value = float(plain(node.digits))
    return value + unit(node) / 2 if node.cut else value


def plain(digits):
    return digits.replace(r"\,", "").replace("{,}", "")


def unit(node):
    """The worth of the last printed digit; 0 of a whole number."""
    decimals = len(plain(node.digits).partition(".")[2])
    return 10.0**-decimals if decimals else 0.0


def array(value):
    return np.array(value, dtype=float)


def apply(name, items):
    if name == "det":
        return det(*items)
    return NAMED[name](*items)


def divide(a, b):
    return np.divide(a, b)


def power(base, exponent):
    return np.float64(base) ** exponent


def matrix_power(base, exponent):
    if base.shape[0] != base.shape[1] or abs(exponent - round(exponent)) > 0:
        raise Wrong(f"a matrix of {base.shape} has the power {exponent}")
    try:
        return np.linalg.matrix_power(base, round(exponent))
    except np.linalg.LinAlgError:
        raise Wrong("a matrix has no inverse") from None


def pseudo_inverse(value):
    return np.linalg.pinv(value)


def det(value):
    if np.ndim(value) != 2 or np.shape(value)[0] != np.shape(value)[1]:
        raise Wrong("a determinant is wanted of what is no square matrix")
    return np.linalg.det(value)


def norm(value, kind="2"):
    orders = {"1": 1, "2": 2, r"\infty": np.inf, "F": "fro"}
    return np.linalg.norm(value, orders[kind])


def root(value, degree):
    if degree == 3:
        return np.cbrt(value)
    return np.float64(value) ** (1 / degree)


def factorial(value):
    return float(math.factorial(count(value)))


def binomial(top, bottom):
    return float(math.comb(count(top), count(bottom)))


def count(value):
    """Return a whole number that is not negative, or raise `Wrong`."""
    if np.ndim(value) or value < 0 or abs(value - round(value)) > 1e-9:
        raise Wrong(f"{value} is no count")
    return round(float(value))


def same(a, b):
    return np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=1e-9, atol=0)


def infinite_sum(body, name, start, world, worth):
    return analysis.infinite_sum(lambda k: worth(body, world.moved(name, k)), start)


def least(f, span):
    low, high = span
    return analysis.least(f, low - (high - low), high + (high - low))


def choose(rows):
    """The value of the row whose condition holds; rows that overlap must agree, or it has none."""
    true = [value for given, value in rows if given is not None and given]
    held = [value() for value in true or [value for given, value in rows if given is None]]
    return held[0] if held and np.ptp(held) == 0 else np.nan


def all(truths):
    return np.all(truths)


def compare(a, relation, b):
    """Whether two numbers are so; an equality up to rounding."""
    tests = {
        "<": np.less, ">": np.greater, r"\le": np.less_equal, r"\ge": np.greater_equal,
        r"\neq": lambda a, b: ~np.isclose(a, b, rtol=1e-9, atol=0),
        "=": lambda a, b: np.isclose(a, b, rtol=1e-9, atol=0),
        r"\ll": lambda a, b: np.abs(a) <= np.abs(b) / 10,
        r"\gg": lambda a, b: np.abs(b) <= np.abs(a) / 10,
    }  # fmt: skip
    return bool(np.all(tests[relation](a, b)))
