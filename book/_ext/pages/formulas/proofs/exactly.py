"""The mathematics of exact expressions that `meaning` computes with, in the place of `floats`."""

import numpy as real
import sympy as sp

from pages.formulas.proofs.rationals import Unprovable, ex, symbolic
from pages.formulas.proofs.standin import Exact, array_of, matrix, view

constants = {"e": sp.E, "pi": sp.pi}
infinity = sp.oo
NAMED = {
    "sin": sp.sin, "cos": sp.cos, "tan": sp.tan, "cot": sp.cot, "sec": sp.sec, "csc": sp.csc,
    "arcsin": sp.asin, "arccos": sp.acos, "arctan": sp.atan, "sinh": sp.sinh, "cosh": sp.cosh,
    "tanh": sp.tanh, "arsinh": sp.asinh, "artanh": sp.atanh, "exp": sp.exp, "ln": sp.log,
    "log": sp.log, "log_10": lambda x: sp.log(x, 10), "lg": lambda x: sp.log(x, 10),
    "log_2": lambda x: sp.log(x, 2), "sqrt": sp.sqrt, "sign": sp.sign, "sgn": sp.sign,
    "floor": sp.floor, "ceil": sp.ceiling, "radians": lambda x: x * sp.pi / 180, "max": sp.Max,
    "min": sp.Min,
}  # fmt: skip
calculus = [0]  # how many derivatives, limits and sums were taken: then nothing is a repetition


def number(node):
    digits = node.digits.replace(r"\,", "").replace("{,}", "")
    half = sp.Rational(1, 2 * 10 ** len(digits.partition(".")[2])) if node.cut else 0
    return sp.Rational(digits) + half  # digits that are cut off lie above what is printed


def array(value):
    found = real.array(value, dtype=object)
    return real.frompyfunc(ex, 1, 1)(found).view(Exact) if found.size else found.view(Exact)


def apply(name, items):
    if name == "det":
        return det(*items)
    if name == "tr":
        return matrix(items[0]).trace()
    rule = NAMED[name]
    if name in {"max", "min"}:
        return rule(*(ex(each) for item in items for each in real.ravel(item)))
    (value,) = items
    return (
        view(real.frompyfunc(lambda v: rule(ex(v)), 1, 1)(value))
        if real.ndim(value)
        else (rule(ex(value)))
    )


def divide(a, b):
    b = ex(b)
    return view(real.asarray(a, dtype=object) / b) if real.ndim(a) else ex(a) / b


def power(base, exponent):
    return ex(base) ** ex(exponent)


def matrix_power(base, exponent):
    return array_of(matrix(base) ** int(exponent))


def det(value):
    return matrix(value).det()


def norm(value, kind="2"):
    if kind != "2":
        raise Unprovable("a norm other than the usual one")
    return sp.sqrt(sum(ex(each) ** 2 for each in real.ravel(value)))


def root(value, degree):
    return ex(value) ** (1 / ex(degree))


def factorial(value):
    return sp.factorial(ex(value))


def binomial(top, bottom):
    return sp.binomial(ex(top), ex(bottom))


def same(a, b):
    return bool(sp.simplify(ex(a) - ex(b)) == 0)


def slope(f, x, order=1, step=None):
    """Differentiate f, which is run on a symbol, and put x in."""
    calculus[0] += 1
    x = ex(x)
    t = sp.Dummy("t", real=True, positive=x.is_positive or None)
    value = f(t)

    def one(each):
        return ex(each).diff(t, order).subs(t, x).doit()

    if real.ndim(value) == 0:
        return one(value[()] if isinstance(value, real.ndarray) else value)
    return view(real.frompyfunc(one, 1, 1)(real.asarray(value, dtype=object)))


def limit(f, goal, side=""):
    calculus[0] += 1
    goal = ex(goal)
    t = sp.Dummy("t", real=True, positive=(True if goal == sp.oo else None))
    body = ex(f(t))
    if body.has(sp.core.function.AppliedUndef):
        return quotient_limit(body, t, goal)
    if goal in (sp.oo, -sp.oo) or side:
        return sp.limit(body, t, goal, side or "-")
    right, left = sp.limit(body, t, goal, "+"), sp.limit(body, t, goal, "-")
    if right != left and sp.simplify(right - left) != 0:
        raise Unprovable("a limit from two sides")
    return right


def quotient_limit(body, t, goal):
    """The limit of a difference quotient of any function that has a derivative, by its meaning."""
    top, bottom = sp.fraction(sp.together(body))
    if bottom != t or goal != 0 or sp.simplify(top.subs(t, 0)) != 0:
        raise Unprovable("a limit of any function")
    return top.diff(t).subs(t, 0).doit()


def integral(f, low, high):
    calculus[0] += 1
    t = sp.Dummy("t", real=True)
    return sp.integrate(ex(f(t)), (t, ex(low), ex(high)))


def infinite_sum(body, name, start, world, worth):
    calculus[0] += 1
    k = sp.Dummy("k", integer=True, nonnegative=True)
    return sp.summation(ex(worth(body, world.moved(name, k))), (k, start, sp.oo))


def least(f, span):
    raise Unprovable("a minimum")


def inverse(f, y):
    raise Unprovable("an inverse function")


def pseudo_inverse(value):
    m = matrix(value)
    return array_of((m.T * m).inv() * m.T)


def choose(rows):
    found = [(ex(value()), True if given is None else given) for given, value in rows]
    return sp.Piecewise(*found)


def all(truths):
    return sp.And(*truths)


def compare(a, relation, b):
    a, b = ex(a), ex(b)
    rules = {
        "<": sp.Lt, ">": sp.Gt, r"\le": sp.Le, r"\ge": sp.Ge, r"\neq": sp.Ne, "=": sp.Eq,
    }  # fmt: skip
    if relation not in rules:
        raise Unprovable(f"{relation} of expressions")
    return rules[relation](a, b)


__all__ = ["symbolic"]
