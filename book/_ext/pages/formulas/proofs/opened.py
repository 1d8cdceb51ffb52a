"""lib and the registries, opened for exact expressions: what asks for floats lets them pass.

Only the process of the proofs calls it. lib itself knows nothing of it; where a name below is
gone, the proofs that need it are lost, and the test of the expected marks says so.
"""

import sys

import numpy as real
import sympy as sp

from pages.formulas.proofs import exactly, standin
from pages.formulas.proofs.rationals import Unprovable, exact, soft_register, symbolic

CHECKS = [
    "real", "finite", "positive", "within", "labels", "symmetric", "square_matrix", "probability",
]  # fmt: skip


def install():
    """Put the stand-in in NumPy's place and import lib with it; return the stand-in."""
    soft_register()
    sp.Basic.__format__ = lambda self, spec: str(self)  # in lib's messages
    found = standin.make()
    sys.modules["numpy"] = found
    open_checks()
    open_lib()
    return found


def passing(original, position=1):
    """A check of arguments that lets expressions pass."""

    def checked(*items, **options):
        if len(items) > position and symbolic(items[position]):
            return standin.view(real.asarray(items[position], dtype=object))
        return original(*items, **options)

    return checked


def open_checks():
    from lib import checks

    for name in CHECKS:
        if hasattr(checks, name):
            setattr(checks, name, passing(getattr(checks, name)))
    for name in ("number", "least"):
        if hasattr(checks, name):
            setattr(checks, name, passing_number(getattr(checks, name)))


def passing_number(original):
    def checked(name, value, *rest, **options):
        if symbolic(value):
            return value[()] if isinstance(value, real.ndarray) and not value.ndim else value
        return original(name, value, *rest, **options)

    return checked


def open_lib():
    """Replace what lib measures or iterates by what it means."""
    from lib import data, derivatives, descent, logistic, losses, newton, softmax, surfaces
    from pages import formulas
    from pages.formulas import analysis, say

    for name, module in list(sys.modules.items()):
        if name.startswith("lib.") and name != "lib.checks":
            module.float = standin.soft_float
    derivatives.central_slope = lambda f, x, *_: exactly.slope(f, x)
    derivatives.central_jacobian = derivatives.central_gradient = jacobian
    analysis.slope = say.slope = formulas.slope = exactly.slope
    newton._singular = open_to(newton, "_singular", lambda m: real.False_)
    newton._solve = solved
    descent._checked = open_to(descent, "_checked", lambda slope, x: slope)
    losses._probability = open_to(losses, "_probability", both)
    softmax._below_zero = open_to(softmax, "_below_zero", below_some_number)
    data.houses = exact_houses(data.houses)
    logistic.scaled_cost_surface = with_plain_data(logistic.scaled_cost_surface)
    surfaces.np = without_eigenvalues()


def solved(slope, value):
    """Newton's step: a quotient, or the solution of a system."""
    if real.ndim(slope) == real.ndim(value):
        return value / slope
    return standin.solve(slope, value)


def below_some_number(z):
    """The scores of each sample less their largest, whichever it is: it must cancel."""
    largest = [sp.Dummy("largest", real=True) for _ in range(z[..., 0].size)]
    return z - real.reshape(real.array(largest, dtype=object), (*z.shape[:-1], 1))


def both(p, y):
    return real.broadcast_arrays(
        standin.view(real.asarray(p, dtype=object)), real.asarray(y, dtype=object)
    )


def exact_houses(houses):
    """The houses and their prices as the decimals that are printed."""

    def given():
        exactly_so = ([exact(v) for v in each] for each in houses())
        return tuple(real.array(each, dtype=object).view(standin.Exact) for each in exactly_so)

    return given


def open_to(module, name, rule):
    """A private function of lib that answers otherwise where it is given expressions."""
    original = getattr(module, name, None)

    def answered(*items):
        return rule(*items) if any(map(symbolic, items)) else original(*items)

    return answered


def without_eigenvalues():
    """The stand-in for lib.surfaces, where a guard asks for the eigenvalues of a Hessian."""
    found = standin.make()

    class Linear(standin.LinearAlgebra):
        def eigvalsh(self, value):
            return (
                real.array([-1.0] * len(value))
                if symbolic(value)
                else (real.linalg.eigvalsh(value))
            )

    found.linalg = Linear()
    return found


def with_plain_data(surface):
    """A surface that is given samples: those that are numbers stay floats."""

    def made(x, y, *rest):
        plain = [
            [float(v) for v in each] if symbolic(each) and not any(
                sp.sympify(v).free_symbols for v in real.ravel(each)
            ) else each for each in (x, y)
        ]  # fmt: skip
        return surface(*plain, *rest)

    return made


def jacobian(f, x, *_):
    """The derivative of f by each entry of x."""
    exactly.calculus[0] += 1
    x = real.asarray(x, dtype=object)
    symbols = [sp.Dummy(f"t{k}", real=True) for k in range(x.size)]
    value = real.asarray(f(real.array(symbols, dtype=object).view(standin.Exact)), dtype=object)
    back = dict(zip(symbols, map(sp.sympify, x.ravel()), strict=True))
    columns = [
        real.frompyfunc(lambda e, t=t: sp.sympify(e).diff(t).subs(back).doit(), 1, 1)(value)
        for t in symbols
    ]
    return real.stack([real.asarray(each, dtype=object) for each in columns], -1).view(
        standin.Exact
    )


__all__ = ["Unprovable", "install"]
