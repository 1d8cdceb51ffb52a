"""The usual slips of differentiation, made on purpose: what a reader gets who forgets one rule.

Each is generated from the function itself. A differentiator of a dozen lines takes the name of a
rule to break; the results are told apart by their values at many points of the domain. What is
right is SymPy's derivative, read back from what the page is given and compared with the function.
"""

import re

import mpmath
import numpy as np
import sympy

from pages.exercises import grammar
from pages.exercises.typed import parse, read, symbol, write

BROKEN = {
    "inner": "The inner derivative is missing: the chain rule multiplies by the inside’s slope.",
    "product": "You have multiplied the two slopes. The product rule gives two terms: f′g + fg′.",
    "half": "One term of the product rule is missing: it is f′g + fg′.",
    "quotient": "You have divided the two slopes. For a quotient it is (f′g − fg′)/g².",
    "lowered": "The exponent comes down, but it also loses 1 upstairs.",
    "down": "The exponent loses 1, but it also comes down as a factor.",
    "power": "That is the rule for powers. Here the variable stands in the exponent: eᵘ stays eᵘ.",
    "wave": "A sign is lost: the sine has the slope cosine, the cosine has the slope minus sine.",
    "constant": "A constant on its own has the slope 0: it drops out.",
    "factor": "A constant factor is lost. It stays in front.",
}
ITSELF = "That is the function itself, not its slope."
SIGN = "Everything is right but the sign."
TWICE = "That is twice the right answer."
HALF = "That is half of the right answer: a factor of 2 is lost."
AGAIN = "You have differentiated once too often."
OTHER = "That is the slope by {other}. Here {by} moves, and {other} stands still."
EXCHANGED = "The variables have changed places: write {by} where you have {other}."

POINTS = 24
CHECKED = 6  # of them, in many digits
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19)


def slope(f, x, broken=None):
    """Return the derivative of f by x, with one of the rules broken, or with none."""
    if not f.has(x):
        return f if broken == "constant" else sympy.Integer(0)
    if f == x:
        return sympy.Integer(1)
    if f.is_Add:
        return sympy.Add(*(slope(term, x, broken) for term in f.args))
    if f.is_Mul:
        return _slope_of_product(f, x, broken)
    if f.is_Pow and f.func != sympy.exp and f.base.has(x) and f.exp.has(x):  # as x^x
        return slope(sympy.exp(f.exp * sympy.log(f.base)), x, broken)
    inside = f.exp if f.func == sympy.exp else f.args[0]
    if f.is_Pow and f.func != sympy.exp and f.exp.has(x):  # a power of another base than e
        inside = f.exp
    inner = sympy.Integer(1) if broken == "inner" else slope(inside, x, broken)
    return _outer_slope(f, inside, broken) * inner


def _slope_of_product(f, x, broken):
    constant, rest = f.as_independent(x, as_Add=False)
    if broken == "factor":
        constant = sympy.Integer(1)
    above, below = rest.as_numer_denom()
    if broken == "quotient" and above.has(x) and below.has(x):
        return constant * slope(above, x) / slope(below, x)
    factors = rest.args if rest.is_Mul else (rest,)
    slopes = [slope(factor, x, None if broken == "constant" else broken) for factor in factors]
    if broken == "product":
        return constant * sympy.Mul(*slopes)
    terms = [sympy.Mul(*factors[:k], slopes[k], *factors[k + 1 :]) for k in range(len(factors))]
    return constant * sympy.Add(*(terms[:1] if broken == "half" else terms))


def _outer_slope(f, inside, broken):
    """Return the slope of the outermost function of f, at its inside."""
    if f.func == sympy.exp:
        return inside * f / sympy.E if broken == "power" else f
    if f.is_Pow and inside == f.base:
        factor = 1 if broken == "down" else f.exp
        return factor * f.base ** (f.exp if broken == "lowered" else f.exp - 1)
    if f.is_Pow:
        return f * sympy.log(f.base)
    outer = f.fdiff(1)
    return -outer if broken == "wave" and f.func in (sympy.sin, sympy.cos) else outer


def candidates(f, x, right):
    """Yield every slip as (wrong derivative, what to say), the plainest first.

    A sign, a lost constant and a lost factor explain more answers than any broken rule.
    """
    yield -right, SIGN
    for name in ("inner", "factor"):
        yield slope(f, x, name), BROKEN[name]
    yield right / 2, HALF
    yield 2 * right, TWICE
    for name, words in BROKEN.items():
        yield slope(f, x, name), words
    for other in sorted(f.free_symbols - {x}, key=str):
        yield sympy.diff(f, other), OTHER.format(other=other, by=x)
        swapped = right.subs({x: other, other: x}, simultaneous=True)
        yield swapped, EXCHANGED.format(other=other, by=x)
    yield f, ITSELF
    yield sympy.diff(right, x), AGAIN


def places(f, right, variables):
    """Return points at which f and its slope exist, spread evenly and the same at every build.

    Raises:
        ValueError: too few were found.
    """
    both = sympy.lambdify(variables, [f, right], "numpy")
    steps = np.sqrt(np.array(PRIMES[: len(variables)], dtype=float))
    found = []
    for k in range(1, 40 * POINTS):
        point = (k * steps) % 1 * 5 - 2.5
        if np.abs(point).min() > 0.05 and _is_plain(_values(both, point)):
            found.append(point.tolist())
        if len(found) == POINTS:
            return found
    raise ValueError(f"{f} has a slope at too few places between −2.5 and 2.5")


def _values(function, point):
    try:
        with np.errstate(all="ignore"):
            return np.array(function(*map(complex, point)), dtype=complex)
    except (OverflowError, ZeroDivisionError):
        return np.array(np.nan, dtype=complex)


def _is_plain(values):
    return np.isfinite(values).all() and np.abs(values.imag).max() < 1e-12


def along(expression, variables, points):
    """Return the values of an expression at points; what is not real is nan."""
    function = sympy.lambdify(variables, expression, "numpy")
    values = np.array([_values(function, point) for point in points])
    return np.where(np.abs(values.imag) < 1e-12, values.real, np.nan)


def _check(f, found, x, variables, points):
    """Compare what the page will call right with how f itself changes, in thirty digits.

    Raises:
        ValueError: they differ.
    """
    height, slope_there = (sympy.lambdify(variables, each, "mpmath") for each in (f, found))
    n = variables.index(x)
    with mpmath.workdps(40):
        for point in points[:CHECKED]:
            by_itself = lambda z, point=point: height(*point[:n], z, *point[n + 1 :])  # noqa: E731
            measured, value = mpmath.diff(by_itself, point[n]), slope_there(*point)
            if not mpmath.almosteq(measured, value, 1e-12, 1e-12):
                raise ValueError(f"{f} has the slope {measured} at {point}, not {value}")


def question(text, by):
    """Return what the page needs to judge a derivative: the formula, its slope, the slips.

    Raises:
        ValueError: the formula cannot be read, or its slope, or it has none at enough places.
    """
    if not re.fullmatch("[A-Za-z]", by) or by == "e":
        raise ValueError(f"got the derivative of {text!r} by {by!r}, wanted one by a letter")
    f, x = read(text), symbol(by)
    right = sympy.diff(f, x)
    variables = sorted(f.free_symbols | {x}, key=str)
    written = write(right)
    points = places(f, right, variables)
    _check(f, read(written), x, variables, points)
    return {
        "variables": [each.name for each in variables],
        "by": by,
        "of": grammar.write(parse(text)),
        "right": written,
        "slips": told_apart(f, x, right, variables, points),
    }


def told_apart(f, x, right, variables, points):
    """Return the slips that differ from the right answer and from each other, as written."""
    kept, seen = [], [along(right, variables, points)]
    for wrong, words in candidates(f, x, right):
        try:
            written = write(wrong)
        except ValueError:  # as of the second slope of |x|
            continue
        values = along(wrong, variables, points)
        is_new = not any(np.allclose(values, each, rtol=1e-9, equal_nan=True) for each in seen)
        if is_new and np.isfinite(values).sum() > 1:
            seen.append(values)
            kept.append([written, words])
    return kept
