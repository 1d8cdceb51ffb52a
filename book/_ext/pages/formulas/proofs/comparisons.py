"""Whether two comparisons are true for the same values: a question to z3."""

from functools import reduce
from operator import add, mul

import sympy as sp

MILLISECONDS = 3000
FAILURES = (ImportError, NotImplementedError, TypeError, ValueError, AttributeError)


def equivalent(left, right):
    """Whether two comparisons are true for the same values; False if it is undecided."""
    return impossible(left, right, lambda one, two, z3: one != two)


def implied(left, right):
    """Whether the second comparison is true wherever the first is; False if it is undecided."""
    return impossible(left, right, lambda one, two, z3: z3.And(one, z3.Not(two)))


def impossible(left, right, claim):
    """Whether no values of the symbols make a claim about two comparisons true."""
    try:
        import z3  # it takes long to import, and few formulas ask for it

        told = Told(z3)
        one, two = told.of(left), told.of(right)
    except FAILURES:
        return False
    told.solver.add(claim(one, two, z3))
    return told.solver.check() == z3.unsat


class Told:
    """What z3 is told of expressions: a real number for each symbol, and for each root."""

    def __init__(self, z3):
        self.z3, self.known, self.solver = z3, {}, z3.Solver()
        self.solver.set("timeout", MILLISECONDS)
        self.rules = {
            sp.Add: lambda *a: reduce(add, a), sp.Mul: lambda *a: reduce(mul, a), sp.And: z3.And,
            sp.Lt: lambda a, b: a < b, sp.Le: lambda a, b: a <= b, sp.Gt: lambda a, b: a > b,
            sp.Ge: lambda a, b: a >= b, sp.Eq: lambda a, b: a == b, sp.Ne: lambda a, b: a != b,
            sp.Abs: lambda a: z3.If(a >= 0, a, -a),
        }  # fmt: skip

    def of(self, e):
        """Return a comparison, or an expression of whole powers, roots and quotients, for z3."""
        if e in (True, sp.true):
            return self.z3.BoolVal(True)
        if e.is_Symbol:
            return self.symbol(e)
        if e.is_Rational:
            return self.z3.RealVal(f"{e.p}/{e.q}")
        if isinstance(e, sp.Pow):
            return self.power(e)
        for kind, rule in self.rules.items():
            if isinstance(e, kind):
                return rule(*(self.of(each) for each in e.args))
        raise NotImplementedError(f"{e.func} is not turned into z3")

    def symbol(self, e):
        if e not in self.known:
            found = self.known[e] = self.z3.Real(f"x{len(self.known)}")
            if e.is_positive:
                self.solver.add(found > 0)
            if e.is_negative:
                self.solver.add(found < 0)
        return self.known[e]

    def power(self, e):
        base, exponent = e.args
        value = self.of(base)
        if exponent.is_Integer and exponent > 0:
            return reduce(mul, [value] * int(exponent))
        if exponent.is_Integer:
            self.solver.add(value != 0)
            return 1 / reduce(mul, [value] * -int(exponent))
        if exponent != sp.Rational(1, 2):
            raise NotImplementedError("a power that is no whole number")
        if e not in self.known:
            self.known[e] = self.z3.Real(f"x{len(self.known)}")
            self.solver.add(self.known[e] >= 0, self.known[e] * self.known[e] == value)
        return self.known[e]
