"""Whether an expression is zero, or positive, for all values of its symbols."""

import mpmath
import sympy as sp

from pages.formulas.proofs.rationals import Unprovable, ex

ALWAYS, RANGE = "by its sign", "on the range of the symbols"
DEPTH = 7  # how many bends are split one after another
bends = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise)


def numerator(e):
    return sp.expand(sp.fraction(sp.together(e))[0])


def logs(e):
    return sp.simplify(sp.expand_log(e))


def factored_logs(e):
    """Take logarithms apart after their arguments are factored."""
    opened = e.replace(
        lambda x: isinstance(x, sp.log), lambda x: sp.expand_log(sp.log(sp.factor(x.args[0])))
    )
    return sp.simplify(sp.expand(opened))


WAYS = (
    sp.expand,
    numerator,
    lambda e: numerator(e.rewrite(sp.exp)),
    sp.simplify,
    sp.trigsimp,
    lambda e: sp.simplify(sp.radsimp(e)),
    logs,
    factored_logs,
    lambda e: sp.simplify(sp.piecewise_fold(e)),
    lambda e: sp.powsimp(sp.expand(e), force=False),
    lambda e: sp.simplify(numerator(e.rewrite(sp.exp))),
)
FAILURES = (NotImplementedError, TypeError, ValueError, AttributeError, RecursionError)


def is_zero(e):
    """Return whether e is 0 wherever it is defined; False says only that no way decides it."""
    e = ex(e)
    e = e.replace(is_asinh_of_sinh, lambda x: x.args[0].args[0])
    if e.has(sp.LambertW):  # W(z) exp(W(z)) = z
        e = sp.simplify(e.replace(is_exp_of_w, lambda x: x.args[0].args[0] / x.args[0]))
    if e == 0:
        return True
    if e.has(sp.nan, sp.zoo):
        raise Unprovable("an expression without a value")
    if e.has(*bends):
        return on_both_sides(e, 0)
    return plainly_zero(e)


def is_asinh_of_sinh(x):
    inner = x.args[0] if isinstance(x, sp.asinh) else None
    return isinstance(inner, sp.sinh) and bool(inner.args[0].is_real)


def is_exp_of_w(x):
    return isinstance(x, sp.exp) and isinstance(x.args[0], sp.LambertW)


def plainly_zero(e):
    for way in WAYS:
        try:
            if way(e) == 0:
                return True
        except FAILURES:
            continue
    return with_odds(e)


def with_odds(e):
    """Put u/(1+u) for a symbol between 0 and 1: then ln p and ln(1-p) can be taken apart."""
    for symbol in e.free_symbols if e.has(sp.log) else ():
        if symbol.name.startswith("unit_"):
            u = sp.Symbol("u", positive=True)
            if factored_logs(sp.together(e.subs(symbol, u / (1 + u)))) == 0:
                return True
    return False


# Bends: |x|, max, cases. An expression is zero if it is on both sides of each of them.


def turning(e):
    """Yield the arguments at whose sign an expression bends."""
    for each in e.atoms(sp.Abs, sp.sign, sp.Heaviside):
        yield each.args[0]
    for each in e.atoms(sp.Max, sp.Min):
        if len(each.args) == 2:
            yield each.args[0] - each.args[1]
    for each in e.atoms(sp.Piecewise):
        for _, condition in each.args:
            for relation in condition.atoms(sp.core.relational.Relational):
                yield relation.lhs - relation.rhs


def on_both_sides(e, depth):
    e = e.replace(sp.DiracDelta, lambda *_: sp.Integer(0))
    found = [sp.expand(each) for each in turning(e)]
    found = [each for each in found if not each.has(*bends) and not each.is_number]
    if not found:
        return not e.has(*bends) and plainly_zero(e)
    if depth > DEPTH:
        return False
    turn = min(found, key=sp.count_ops)
    return all(side_is_zero(e, turn, sign, depth) for sign in (1, -1))


def side_is_zero(e, turn, sign, depth):
    side = straightened(e, turn, sign)
    if turn.is_Symbol:  # its sign is then known for good
        if (sign > 0 and turn.is_negative) or (sign < 0 and turn.is_nonnegative):
            return True  # there is no such side
        side = side.subs(turn, sign * sp.Dummy(turn.name, positive=True))
    return side != e and on_both_sides(side, depth + 1)


def straightened(e, turn, sign):
    """Replace what bends at a turn by what it is where the turn has a sign."""

    def of(x):
        quotient = sp.cancel(sp.expand(x) / turn)
        return sign * sp.sign(quotient) if quotient.is_number and quotient != 0 else None

    def known(kind, count=1):
        return lambda x: (
            isinstance(x, kind)
            and len(x.args) == count
            and (of(x.args[0] if count == 1 else x.args[0] - x.args[1]) is not None)
        )

    e = e.replace(known(sp.Abs), lambda x: of(x.args[0]) * x.args[0])
    e = e.replace(known(sp.sign), lambda x: sp.Integer(of(x.args[0])))
    e = e.replace(known(sp.Heaviside), lambda x: sp.Integer((1 + of(x.args[0])) // 2))
    e = e.replace(known(sp.Max, 2), lambda x: x.args[0 if of(x.args[0] - x.args[1]) > 0 else 1])
    e = e.replace(known(sp.Min, 2), lambda x: x.args[1 if of(x.args[0] - x.args[1]) > 0 else 0])
    relations = e.atoms(sp.core.relational.Relational)
    decided = {r: decided_relation(r, of(r.lhs - r.rhs)) for r in relations}
    return e.xreplace({r: value for r, value in decided.items() if value is not None})


def decided_relation(relation, sign):
    if sign is None:
        return None
    return sp.sympify({
        ">": sign > 0, ">=": sign > 0, "<": sign < 0, "<=": sign < 0, "==": False, "!=": True,
    }[relation.rel_op])  # fmt: skip


# Numbers.


def within(e, half):
    """Whether a number is at most half in size, by fractions or by intervals; None if undecided."""
    e = ex(e)
    if e.free_symbols:
        return None
    if e.is_Rational:
        return bool(abs(e) <= half)
    for digits in (40, 80, 160):
        mpmath.iv.dps = digits
        try:
            value = abs(interval(e))
        except FAILURES:
            return None
        bound = mpmath.iv.mpf(int(half.p)) / int(half.q)
        if value.b <= bound.a:
            return True
        if value.a > bound.b:
            return False
    return None


INTERVALS = {
    sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan",
}  # fmt: skip


def interval(e, box=None):
    """Evaluate an expression as an interval that surely holds it.

    Args:
        e: the expression, a number unless its symbols are in the box.
        box: the ends between which each symbol lies, by the symbol.
    """
    iv = mpmath.iv
    if box and e in box:
        return iv.mpf(list(box[e]))
    if e.is_Rational:
        return iv.mpf(int(e.p)) / int(e.q)
    if e in (sp.pi, sp.E):
        return iv.pi if e == sp.pi else iv.e
    parts = [interval(each, box) for each in e.args]
    if isinstance(e, sp.Add):
        return sum(parts[1:], parts[0])
    if isinstance(e, sp.Mul):
        return product(parts)
    if isinstance(e, sp.Pow):
        return power(e, parts)
    if e.func in INTERVALS and len(parts) == 1:
        return getattr(iv, INTERVALS[e.func])(parts[0])
    if isinstance(e, sp.Abs):
        return abs(parts[0])
    raise NotImplementedError(f"no interval of {e.func}")


def product(parts):
    found = parts[0]
    for each in parts[1:]:
        found = found * each
    return found


def power(e, parts):
    if e.exp.is_Integer:
        return parts[0] ** int(e.exp)
    return mpmath.iv.exp(mpmath.iv.log(parts[0]) * parts[1])


# Inequalities.


def is_positive(e, spans):
    """Return ALWAYS if an expression is above zero for all values of its symbols, RANGE if it is
    for those that are drawn, and "" if it is undecided.
    """
    e = ex(e)
    if not e.free_symbols:
        e = sp.N(e, 50)
        return ALWAYS if e > sp.Float("1e-40") else ""
    for way in (lambda x: x, sp.factor, sp.simplify, lambda x: sp.factor(sp.together(x))):
        try:
            if way(e).is_positive:
                return ALWAYS
        except FAILURES:
            continue
    return RANGE if for_each_whole(e, spans) or on_its_range(e, spans) else ""


def for_each_whole(e, spans):
    """Whether an expression of one whole number is positive at each that is drawn."""
    if len(e.free_symbols) != 1:
        return False
    (symbol,) = e.free_symbols
    if not symbol.is_integer or symbol not in spans:
        return False
    low, high = spans[symbol]
    return all(surely_positive(e.subs(symbol, k)) for k in range(low, high + 1))


def surely_positive(number):
    """Whether a number is above zero, by fractions or by intervals."""
    if number.is_Rational:
        return bool(number > 0)
    mpmath.iv.dps = 40
    try:
        return bool(interval(number).a > 0)
    except FAILURES:
        return False


def on_its_range(e, spans, derivatives=3):
    """Whether an expression is positive on the range of its symbols.

    By intervals; or, of one symbol, because it is positive where the range begins and rises.
    """
    if by_intervals(e, spans):
        return True
    top, bottom = sp.fraction(sp.together(e))
    if bottom != 1 and by_intervals(bottom, spans):
        return on_its_range(top, spans, derivatives)
    if len(e.free_symbols) != 1 or not derivatives:
        return False
    (symbol,) = e.free_symbols
    if symbol not in spans:
        return False
    start = e.subs(symbol, sp.Rational(repr(spans[symbol][0])))
    rises = sp.expand(sp.diff(e, symbol))
    return surely_positive(start) and on_its_range(rises, spans, derivatives - 1)


def by_intervals(e, spans, pieces=4):
    """Whether an expression of one or two symbols is positive on the box they are drawn from.

    The box is cut until each piece is surely positive; at a place where it is zero none is.
    """
    symbols = sorted(e.free_symbols, key=str)
    if len(symbols) > 2 or any(each not in spans for each in symbols):
        return False
    boxes = [[spans[each] for each in symbols]]
    for _ in range(pieces * 40):
        if not boxes:
            return True
        box = boxes.pop()
        try:
            value = interval(e, dict(zip(symbols, box, strict=True)))
        except FAILURES:
            return False
        if value.b <= 0:
            return False
        if not value.a > 0:
            boxes += halves(box)
    return False


def halves(box):
    widths = [high - low for low, high in box]
    k = widths.index(max(widths))
    low, high = box[k]
    middle = (low + high) / 2
    return [[*box[:k], part, *box[k + 1 :]] for part in ((low, middle), (middle, high))]
