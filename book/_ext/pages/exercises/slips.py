"""The usual slips of differentiation, made on purpose: what a reader gets who forgets one rule.

Each is generated from the function itself. A differentiator of a dozen lines takes the name of a
rule to break; the results are told apart by their values at many points of the domain.
"""

import numpy as np
import sympy

from pages.exercises.typed import LETTERS, read

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
KNOWN = (sympy.exp, sympy.log, sympy.sin, sympy.cos, sympy.tan, sympy.atan, sympy.tanh)
KNOWN += (sympy.Abs, sympy.sign)  # what the page can evaluate


def write(expression):
    """Return an expression in the words that the page can read."""
    return str(expression).replace("Abs(", "abs(")


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
    """Yield every slip as (wrong derivative, what to say), the most telling first."""
    for name, words in BROKEN.items():
        yield slope(f, x, name), words
    for other in sorted(f.free_symbols - {x}, key=str):
        yield sympy.diff(f, other), OTHER.format(other=other, by=x)
        swapped = right.subs({x: other, other: x}, simultaneous=True)
        yield swapped, EXCHANGED.format(other=other, by=x)
    yield f, ITSELF
    yield -right, SIGN
    yield 2 * right, TWICE
    yield right / 2, HALF
    yield sympy.diff(right, x), AGAIN


def places(f, right, variables):
    """Return points at which f and its slope exist, spread evenly and the same at every build.

    Raises:
        ValueError: too few were found.
    """
    both = sympy.lambdify(variables, [f, right], "numpy")
    steps = np.sqrt([2.0, 3.0, 5.0, 7.0, 11.0])[: len(variables)]
    found = []
    for k in range(1, 40 * POINTS):
        point = np.round((k * steps) % 1 * 5 - 2.5, 2)
        if np.abs(point).min() > 0.05 and _is_plain(_values(both, point)):
            found.append(point.tolist())
        if len(found) == POINTS:
            return found
    raise ValueError(f"{f} has a slope at too few places between −2.5 and 2.5")


def _values(function, point):
    with np.errstate(all="ignore"):
        return np.array(function(*map(complex, point)), dtype=complex)


def _is_plain(values):
    return np.isfinite(values).all() and np.abs(values.imag).max() < 1e-12


def question(text, by):
    """Return what the page needs to judge a derivative: points, the right one, the slips.

    Raises:
        ValueError: the formula cannot be read, or has no slope at enough places.
    """
    if by not in LETTERS:
        raise ValueError(f"cannot read the derivative of {text!r} by {by!r}")
    f, x = read(text), LETTERS[by]
    right = slope(f, x)
    variables = sorted(f.free_symbols | {x}, key=str)
    points = places(f, right, variables)
    kept, seen = [], [_along(right, variables, points)]
    for wrong, words in candidates(f, x, right):
        if any(not isinstance(each, KNOWN) for each in wrong.atoms(sympy.Function)):
            continue  # as the second slope of |x|
        values = _along(wrong, variables, points)
        if not any(np.allclose(values, each, rtol=1e-6, equal_nan=True) for each in seen):
            seen.append(values)
            kept.append([write(wrong), words])
    names = [str(each) for each in variables]
    return {"variables": names, "points": points, "right": write(right), "slips": kept}


def _along(expression, variables, points):
    function = sympy.lambdify(variables, expression, "numpy")
    values = np.array([_values(function, point) for point in points])
    return np.where(np.abs(values.imag) < 1e-12, values.real, np.nan)
