"""A stand-in for NumPy that computes with SymPy's expressions where it is given any.

It is put in the place of `numpy` in the process of the proofs alone, before lib is imported. What
it does not know of exact arrays it leaves to NumPy, whose arrays of objects do the arithmetic.
"""

import types

import numpy as real
import sympy as sp

from pages.formulas.proofs.rationals import Unprovable, ex, symbolic

SMALL = 64  # entries of an array of plain numbers that is still computed exactly
plain_numbers_too = [True]  # whether functions of plain numbers are computed exactly
relational = (sp.core.relational.Relational, sp.And, sp.Or, sp.Not, sp.logic.boolalg.BooleanAtom)


class Exact(real.ndarray):
    """An array whose comparisons stay expressions."""

    def _compared(self, other, rule):
        found = real.frompyfunc(lambda a, b: rule(ex(a), ex(b)), 2, 1)(
            real.asarray(self), real.asarray(other, dtype=object)
        )
        return real.asarray(found, dtype=object).view(Exact)

    def __gt__(self, other):
        return self._compared(other, sp.Gt)

    def __ge__(self, other):
        return self._compared(other, sp.Ge)

    def __lt__(self, other):
        return self._compared(other, sp.Lt)

    def __le__(self, other):
        return self._compared(other, sp.Le)

    def __eq__(self, other):
        return self._compared(other, lambda a, b: sp.true if a == b else sp.false)

    def __ne__(self, other):
        return self._compared(other, lambda a, b: sp.false if a == b else sp.true)

    __hash__ = None

    def all(self, *_, **__):
        """What cannot be decided passes: it is a guard, and the numeric check has come first."""
        found = self.ravel().tolist()
        return not any(each in (sp.false, False) for each in found)

    def any(self, *_, **__):
        return any(each in (sp.true, True) for each in self.ravel().tolist())

    def std(self):
        entries = [ex(each) for each in self.ravel().tolist()]
        mean = sum(entries) / len(entries)
        return sp.sqrt(sum((each - mean) ** 2 for each in entries) / len(entries))

    def astype(self, *_, **__):
        return self

    def __mul__(self, other):
        return real.multiply(self, as_numbers(other))

    def __rmul__(self, other):
        return real.multiply(as_numbers(other), self)


def as_numbers(other):
    """True is 1 in a product: comparisons become cases."""
    if isinstance(other, real.ndarray) and other.dtype == object:
        return real.frompyfunc(
            lambda v: sp.Piecewise((1, v), (0, True)) if isinstance(v, relational) else v, 1, 1
        )(real.asarray(other))
    return other


def view(value):
    if isinstance(value, real.ndarray) and value.dtype == object:
        return value.view(Exact)
    return value


def exact_too(name, rule):
    """A function of numbers, entry by entry, that is exact where it is given anything exact."""
    plain = getattr(real, name)

    def exactly(*items, **options):
        small = all(real.size(each) <= SMALL for each in items)
        exactly_so = small and plain_numbers_too[0]
        if not any(symbolic(each) for each in items) and not exactly_so:
            return plain(*items, **options)
        arrays = [real.asarray(each, dtype=object) for each in items]
        return view(real.frompyfunc(lambda *xs: rule(*map(ex, xs)), len(items), 1)(*arrays))

    return exactly


def where(condition, a=None, b=None):
    if not any(symbolic(each) for each in (condition, a, b)):
        return real.where(condition, a, b)

    def pick(c, a, b):
        c = sp.sympify(bool(c) if isinstance(c, bool | real.bool_) else c)
        if c in (sp.true, sp.false):
            return a if c == sp.true else b
        return sp.Piecewise((ex(a), c), (ex(b), True))

    found = real.frompyfunc(pick, 3, 1)(*(real.asarray(x, dtype=object) for x in (condition, a, b)))
    return view(real.asarray(found, dtype=object))


def making(f):
    """np.array and np.asarray: what holds expressions is an array of objects."""

    def made(value, dtype=None, **options):
        if symbolic(value):
            return view(f(value, dtype=object))
        return f(value, dtype=float if dtype is soft_float else dtype, **options)

    return made


def soft_float(value=0.0):
    """float(), which lets expressions pass."""
    return value if symbolic(value) else float(value)


# Linear algebra.


def matrix(value):
    value = real.asarray(value, dtype=object)
    entries = [ex(each) for each in value.ravel()]
    return sp.Matrix(*value.shape, entries) if value.ndim == 2 else sp.Matrix(entries)


def array_of(found, vector=False):
    array = real.array(found.tolist(), dtype=object).view(Exact)
    return array.ravel() if vector else array


def solve(a, b):
    return array_of(matrix(a).inv() * matrix(b), real.ndim(b) == 1)


def lstsq(a, b, rcond=None):
    m = matrix(a)
    return array_of((m.T * m).inv() * m.T * matrix(b), real.ndim(b) == 1), None, None, None


def norm(value, *kind, **options):
    if kind or options:
        raise Unprovable("a norm other than the usual one")
    return sp.sqrt(sum(ex(each) ** 2 for each in real.asarray(value, dtype=object).ravel()))


def eigvalsh(value):
    if real.ndim(value) != 2 or real.shape(value) != (2, 2):
        raise Unprovable("eigenvalues of more than two rows")
    m = matrix(value)
    half, root = m.trace() / 2, sp.sqrt((m[0, 0] - m[1, 1]) ** 2 / 4 + m[0, 1] * m[1, 0])
    return real.array([half - root, half + root], dtype=object).view(Exact)


def eigh(value):
    values, m = eigvalsh(value), matrix(value)
    if m[0, 1] == 0:
        raise Unprovable("eigenvectors of a diagonal matrix")
    vectors = [sp.Matrix([m[0, 1], each - m[0, 0]]) for each in values]
    vectors = [each / sp.sqrt(each.dot(each)) for each in vectors]
    return values, array_of(sp.Matrix.hstack(*vectors))


LINEAR = {
    "solve": solve, "lstsq": lstsq, "norm": norm, "eigvalsh": eigvalsh, "eigh": eigh,
    "eigvals": eigvalsh, "det": lambda value: matrix(value).det(),
    "inv": lambda value: array_of(matrix(value).inv()),
    "matrix_power": lambda value, n: array_of(matrix(value) ** int(n)),
}  # fmt: skip


class LinearAlgebra:
    """np.linalg, exactly."""

    LinAlgError = real.linalg.LinAlgError

    def __getattr__(self, name):
        def computed(*items, **options):
            if not plain_numbers_too[0] and not any(symbolic(each) for each in items):
                return getattr(real.linalg, name)(*items, **options)
            if name not in LINEAR:
                raise Unprovable(f"linalg.{name} of expressions")
            return LINEAR[name](*items, **options)

        return computed


# The module.


class StandIn(types.ModuleType):
    """NumPy, with the names below in the place of its own."""

    def __getattr__(self, name):
        return getattr(real, name)


ONE = {
    "exp": sp.exp, "log": sp.log, "sqrt": sp.sqrt, "sin": sp.sin, "cos": sp.cos, "tan": sp.tan,
    "tanh": sp.tanh, "arctan": sp.atan, "arccos": sp.acos, "arcsin": sp.asin, "sinh": sp.sinh,
    "cosh": sp.cosh, "arcsinh": sp.asinh, "abs": sp.Abs, "sign": sp.sign, "cbrt": sp.cbrt,
    "log1p": lambda x: sp.log(1 + x), "expm1": lambda x: sp.exp(x) - 1, "square": lambda x: x**2,
    "log10": lambda x: sp.log(x, 10), "log2": lambda x: sp.log(x, 2), "maximum": sp.Max,
    "minimum": sp.Min, "hypot": lambda a, b: sp.sqrt(a**2 + b**2), "arctan2": sp.atan2,
    "divide": lambda a, b: a / b, "floor": sp.floor, "ceil": sp.ceiling,
}  # fmt: skip


def mean(value, *axis, **options):
    entries = real.asarray(value, dtype=object)
    if axis or options:
        return view(real.asarray(entries.mean(*axis, **options)))
    return sum(ex(each) for each in entries.ravel()) / entries.size


def polyval(coefficients, x):
    return sum(ex(c) * x**k for k, c in enumerate(reversed(list(coefficients))))


def roots(coefficients):
    if len(coefficients) != 2:
        raise Unprovable("roots of a polynomial")
    return [-ex(coefficients[1]) / ex(coefficients[0])]


def isclose(a, b, **_):
    if symbolic(a) or symbolic(b):
        return sp.simplify(ex(a) - ex(b)) == 0
    return real.isclose(a, b)


def undecided(plain, answer):
    """A guard that is about floats: of expressions it is not asked."""
    return lambda value, *a, **k: (
        real.full(real.shape(value), answer) if symbolic(value) else plain(value, *a, **k)
    )


def make():
    """Return the stand-in for the module numpy."""
    found = StandIn("numpy")
    found.__path__ = real.__path__
    found.linalg = LinearAlgebra()
    for name, rule in ONE.items():
        setattr(found, name, exact_too(name, rule))
    found.asarray, found.array, found.where = making(real.asarray), making(real.array), where
    found.empty = lambda shape, *_, **__: real.empty(shape, dtype=object)
    found.isclose, found.mean, found.polyval, found.roots = isclose, mean, polyval, roots
    found.float64 = lambda value: value if symbolic(value) else real.float64(value)
    found.isfinite = undecided(real.isfinite, True)
    found.isnan = undecided(real.isnan, False)
    found.ptp = lambda value: (  # it is asked for the range of a figure: it must cancel
        sp.Dummy("range", positive=True) if symbolic(value) else real.ptp(value)
    )
    found.append = lambda a, b: view(real.append(a, b))
    found.broadcast_arrays = lambda *a: [view(real.asarray(v)) for v in real.broadcast_arrays(*a)]
    return found
