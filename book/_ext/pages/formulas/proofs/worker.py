"""A process that proves formulas: it reads a line of JSON for each, and writes one.

python -m pages.formulas.proofs.worker < formulas > marks
"""

import itertools
import json
import signal
import sys
import traceback
from dataclasses import replace
from functools import cache

import numpy as real
import sympy as sp

from pages.formulas.naming import readable
from pages.formulas.proofs import exactly, opened, standin
from pages.formulas.proofs.decide import RANGE
from pages.formulas.proofs.rationals import Unprovable, ex, exact, symbolic

SECONDS = 12  # of computing, for one formula
FEW = (5, 21)  # values of a whole number that are all tried: at first, and if need be


class Late(Exception):
    """A proof takes too long."""


class Missing(Exception):
    """The registry of a page does not have the formula that was asked for."""


def stop(*_):
    raise Late


def main():
    opened.install()
    signal.signal(signal.SIGPROF, stop)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(asked | answered(asked)), flush=True)


def answered(asked):
    """Return the mark of a formula, its words, and why it is not more.

    Raises:
        Missing: which says nothing of the formula, so that it gets no mark.
    """
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return prove(asked["formula"], entry_of(asked))
    except Missing:
        raise
    except Late:
        return {"mark": "checked", "why": f"no proof is found in {SECONDS} seconds"}
    except Exception as error:  # whatever an expression may raise in lib or in SymPy
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{last.name} of {last.filename.rpartition('/')[2]}"
        return {"mark": "checked", "why": f"{type(error).__name__}: {str(error)[:200]} in {where}"}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def entry_of(asked):
    found, label = entries(asked["page"]), asked["label"]
    if label not in found:
        words = "the registry of {} has no formula {}: it has been moved or changed meanwhile"
        raise Missing(words.format(asked["page"], label))
    return found[label]


@cache
def entries(page):
    """Return the registry of a page: its own numbers exactly, or as floats if they cannot be so."""
    from pages.formulas.page import Broken, registry

    for standin.plain_numbers_too[0] in (True, False):
        try:
            found = registry(page)[0]
        except Broken:
            continue
        standin.plain_numbers_too[0] = True
        for rule in rules_of(found):
            rule.__globals__["float"] = standin.soft_float
        return found
    raise Unprovable(f"the registry of {page} cannot be run")


def rules_of(found):
    """Yield the functions that a registry is written with."""
    for entry in found.values():
        for each in getattr(entry, "symbols", {}).values():
            rule = getattr(each, "rule", each)
            if hasattr(rule, "__globals__") and "symbols" in rule.__code__.co_filename:
                yield rule


# Worlds of symbols.


def symbol_of(name, each, where=""):
    """Return the symbol for a number that is drawn, with what its range says."""
    low, high = each.low, each.high
    facts = {"integer": True} if each.whole else {"real": True}
    if low > 0 or (low == 0 and not each.whole):
        facts["positive"] = True
    if high < 0:
        facts["negative"] = True
    unit = "unit_" if low >= 0 and high <= 1 and not each.whole else ""
    return sp.Symbol(f"{unit}{name}{where}", **facts)


def any_function(name):
    """A function of which nothing is known but that it has derivatives."""
    f = sp.Function(name, real=True)

    def rule(x):
        if real.ndim(x):
            return real.frompyfunc(lambda v: f(ex(v)), 1, 1)(real.asarray(x, dtype=object))
        return f(ex(x))

    return rule


def drawn_symbols(entry, few=FEW[0]):
    """Return symbols for what is drawn, whole numbers to try out, and the range of each symbol."""
    from pages.formulas.say import Range
    from pages.formulas.scope import Function

    drawn, tried, spans = {}, {}, {}
    for name, each in entry.symbols.items():
        if not isinstance(each, Range):
            continue
        if each.low is None:
            drawn[name] = Function(any_function(name))
        elif each.shape:
            drawn[name] = array_of_symbols(name, each, spans)
        elif each.whole and each.high - each.low < few:
            tried[name] = range(each.low, each.high + 1)
        else:
            drawn[name] = symbol_of(name, each)
            spans[drawn[name]] = (each.low, each.high)
    return drawn, tried, spans


def array_of_symbols(name, each, spans):
    found = real.empty(each.shape, dtype=object)
    for where in real.ndindex(*each.shape):
        found[where] = symbol_of(name, each, "_" + "".join(str(k + 1) for k in where))
        spans[found[where]] = (each.low, each.high)
    return found.view(standin.Exact)


def fixed_values(entry):
    """The numbers of the registry, as they were meant."""
    from pages.formulas.say import Range
    from pages.formulas.scope import Function

    found = {}
    for name, each in entry.symbols.items():
        if isinstance(each, Range | Function) or callable(each):
            continue
        found[name] = meant(each)
    return found


def meant(value):
    if isinstance(value, list | tuple):
        value = real.array(value)
    if isinstance(value, real.ndarray) and value.dtype.kind == "f":
        entries = [exact(each) for each in value.ravel()]
        return real.array(entries, dtype=object).reshape(value.shape).view(standin.Exact)
    return exact(value) if isinstance(value, float) else value


def worlds(entry, few):
    """Yield the worlds of all whole numbers that are tried, with the symbols of the others."""
    from pages.formulas.meaning import World
    from pages.formulas.scope import Scope

    drawn, tried, spans = drawn_symbols(entry, few)
    fixed = fixed_values(entry)
    rules = {
        name: each for name, each in entry.symbols.items() if name not in drawn | tried | fixed
    }
    for values in itertools.product(*tried.values()):
        scope = Scope(fixed | drawn | dict(zip(tried, values, strict=True)), rules)
        yield (
            World(
                scope,
                exactly,
                along=entry.along,
                broadcast=entry.broadcast,
                spans=dict.fromkeys(name for name in drawn if not real.ndim(drawn[name])),
            ),
            spans,
        )


# Proofs.


def prove(formula, entry):
    """Return the mark of a formula, its words and its reason."""
    for few in FEW:
        more = drawn_symbols(entry, FEW[1])[1].keys() > drawn_symbols(entry, few)[1].keys()
        try:
            found = proved(formula, entry, few)
        except Late:
            raise
        except Exception:
            if not more:
                raise
            continue
        if found["mark"] != "checked" or not more:
            return found
    return found


def proved(formula, entry, few):
    from pages.formulas.check import known_of, statements, ways_of
    from pages.formulas.problems import Wrong
    from pages.formulas.reader import read

    parts = statements(read(formula, known_of(entry)))
    problem = None
    for way in ways_of(entry):
        try:
            found = [
                each
                for world, spans in worlds(entry, few)
                for each in links_of(parts, replace(world, **way), spans, entry)
            ]
            return summary(found, entry, few)
        except Wrong as wrong:
            problem = problem or wrong
    return {"mark": "checked", "why": str(problem)[:200]}


def summary(found, entry, few):
    """The mark of a formula is that of its weakest link; what is stated weakens none."""
    marks = {mark for mark, _ in found}
    for mark in ("checked", "computed", "proved", "stated"):
        if mark in marks:
            why = next(why for m, why in found if m == mark)
            said = for_what(entry, few, any(why == RANGE for _, why in found))
            return {"mark": mark, "why": why, "words": words(mark, said)}
    return {"mark": "stated", "why": "nothing is claimed", "words": "stated"}


def words(mark, said):
    if mark == "proved":
        return f"proved {said}"
    if mark == "computed":
        return "computed: right to the last printed digit, by exact or interval arithmetic"
    return "stated: what the left side stands for" if mark == "stated" else ""


def smooth_function(name):
    """Name what stands for every smooth function: f, or ReLU, which is one of its own."""
    is_letter = len(readable(name)) == 1
    return f"every smooth {'' if is_letter else 'function in place of '}{readable(name)}"


def for_what(entry, few, on_range=False):
    """Say for which values a proof holds: for all, or on the range that symbols are drawn from."""
    drawn, tried, spans = drawn_symbols(entry, few)
    if on_range:
        ranges = [f"{readable(each.name.removeprefix('unit_'))} from {low:g} to {high:g}"
                  for each, (low, high) in spans.items()]  # fmt: skip
        return f"for {listed(ranges)}"
    names = [smooth_function(name) for name, each in drawn.items() if not spanned(each)]
    whole = [name for name, each in drawn.items() if spanned(each) and is_whole(each)]
    above = [name for name, each in drawn.items() if is_above(each) and name not in whole]
    free = [name for name in drawn if spanned(drawn[name]) and name not in above + whole]
    if free:
        names.append(f"all real {listed(map(readable, free))}")
    if above:
        names.append(f"all real {' > 0, '.join(map(readable, above))} > 0")
    names += [f"whole {readable(name)}{' > 0' * is_above(drawn[name])}" for name in whole]
    names += [
        f"{readable(name)} = {listed(map(str, values), ' and ')}" for name, values in tried.items()
    ]
    names += [
        f"{name} = {value}" for name, value in entry.symbols.items()
        if name in {"N", "n", "m"} and isinstance(value, int)
    ]  # fmt: skip
    return f"for {', '.join(names)}, wherever both sides exist" if names else "by exact arithmetic"


def spanned(value):
    return real.ndim(value) > 0 or isinstance(value, sp.Symbol)


def is_whole(value):
    first = value.ravel()[0] if real.ndim(value) else value
    return bool(first.is_integer)


def is_above(value):
    first = value.ravel()[0] if real.ndim(value) else value
    return isinstance(first, sp.Symbol) and bool(first.is_positive)


def listed(names, last=", "):
    names = list(names)
    return last.join([", ".join(names[:-1]), names[-1]]) if names[1:] else names[0]


def links_of(parts, world, spans, entry):
    """Yield the mark of each link of each statement in a world."""
    from pages.formulas import tree
    from pages.formulas.arrows import joined

    in_arrows, rules = joined(parts), iter(entry.stands_for)
    for k, part in enumerate(parts):
        if isinstance(part, tree.Arrow):
            yield arrow(parts[k - 1], part, parts[k + 1], world)
        elif k not in in_arrows:
            yield from links_of_part(part, world, (spans, entry, rules))


def links_of_part(part, world, given):
    """Yield the mark of each link of one statement."""
    from pages.formulas import tree
    from pages.formulas.check import at_point, is_point_equation, links
    from pages.formulas.meaning import truth

    spans, entry, rules = given
    if isinstance(part, tree.Member):
        true = truth(part, world) in (True, sp.true)
        yield ("proved", "a member") if true else ("checked", "a membership")
    elif isinstance(part, tree.Statement) and not part.relations:
        yield stands_for(part.sides[0], None, next(rules), world)
    elif isinstance(part, tree.Statement):
        for a, relation, b in links(part):
            point = is_point_equation(relation, a, b, entry)
            here = at_point(world, exact_at(entry)) if point else world
            yield link(a, relation, b, here, (spans, entry))
            if entry.stands_for and point:
                yield stands_for(a, b, next(rules), world)


def stands_for(a, b, rule, world):
    """Compare an expression, or a difference, with the rule that says what it stands for."""
    from pages.formulas.compare import fit
    from pages.formulas.meaning import worth
    from pages.formulas.proofs.decide import is_zero
    from pages.formulas.scope import parameters

    left = worth(a, world) - (worth(b, world) if b is not None else 0)
    right = rule(*(world.scope.value(each.name) for each in parameters(rule)))
    pairs = pairs_of(*fit(left, right, world, (a, a)))
    if all(is_zero(x - y) for x, y in pairs):
        return "proved", "it is what it stands for"
    return "checked", "what it stands for is undecided"


def exact_at(entry):
    return replace(entry, at={name: meant(value) for name, value in entry.at.items()})


def link(a, relation, b, world, given):
    from pages.formulas.compare import EQUAL, NEAR, ORDERED, UPDATES

    if relation in ORDERED:
        return inequality(a, relation, b, world, given[0])
    if relation == r"\longrightarrow":
        return tending(a, b, world)
    if relation in EQUAL | UPDATES | NEAR:
        return equation(a, relation, b, world, given)
    return "checked", f"{relation} is not decided"


def equation(a, relation, b, world, given):
    from pages.formulas.compare import NEAR, cut_unit, fit, left_of, units
    from pages.formulas.meaning import worth

    exactly.calculus[0] = 0
    left, right = left_of(a, relation, world), worth(b, world)
    pairs = pairs_of(*fit(left, right, world, (a, b)))
    if all(x == y for x, y in pairs) and repeats(a, b, world):
        return "stated", "the formula says what the registry says"
    unit = real.maximum(units(a, world), units(b, world)) + cut_unit(a) + cut_unit(b)
    halves = [sp.Rational(repr(float(u))) / 2 for u in real.ravel(unit)]
    given = (relation in NEAR, given[1], world)
    marks = [
        decided(x, y, half, given)
        for (x, y), half in zip(pairs, halves * (len(pairs) // len(halves)), strict=True)
    ]
    if "checked" in marks:
        x, y = pairs[marks.index("checked")]
        return "checked", f"undecided: {str(x)[:80]} and {str(y)[:80]}"
    return ("computed" if "computed" in marks else "proved"), "both sides are equal"


def decided(x, y, half, given):
    """Return the mark of an equation of two numbers; half a printed digit may lie between them."""
    from pages.formulas.proofs.decide import is_zero, within

    nearly, entry, world = given
    if is_zero(x - y):
        return "proved"
    if half and within(x - y, half):
        return "computed"
    return "proved" if nearly and vanishes(x, y, entry, world) else "checked"


def pairs_of(left, right):
    x, y = (real.ravel(real.asarray(each, dtype=object)) for each in (left, right))
    return [(ex(p), ex(q)) for p, q in zip(x, y, strict=True)]


def repeats(a, b, world):
    """Whether a side is a bare name or call of the registry, and no calculus was done."""
    return not exactly.calculus[0] and (bare(a, world) or bare(b, world))


def bare(node, world):
    from pages.formulas import tree

    if isinstance(node, tree.Call):
        return not node.order and all(isinstance(each, tree.Name) for each in node.argument.items)
    return isinstance(node, tree.Name) and node.name in world.scope.rules


def inequality(a, relation, b, world, spans):
    from pages.formulas.meaning import worth
    from pages.formulas.proofs.comparisons import implied
    from pages.formulas.proofs.decide import is_positive, is_zero

    left, right = ex(worth(a, world)), ex(worth(b, world))
    if relation == r"\neq":
        gap = left - right
        found = is_positive(gap, spans) or is_positive(-gap, spans)
        return ("proved", found) if found else ("checked", "undecided ≠")
    gap = right - left if relation in {"<", r"\le"} else left - right
    if relation in {r"\le", r"\ge"} and is_zero(gap):
        return "proved", "both sides are equal"
    if found := is_positive(gap, spans):
        return "proved", found
    if gap.free_symbols and implied(sp.true, sp.Gt(gap, 0)):
        return "proved", "by z3"
    return "checked", f"the sign is undecided: {str(gap)[:100]}"


def tending(a, b, world):
    """A tends to B as the symbol that B lacks goes to zero."""
    from pages.formulas.meaning import names_in, worth
    from pages.formulas.proofs.decide import is_zero

    (name,) = (names_in(a) - names_in(b)) & set(world.spans)
    found = exactly.limit(lambda t: worth(a, world.moved(name, t)), 0)
    goal = ex(worth(b, world))
    return ("proved", "as a limit") if is_zero(found - goal) else ("checked", "undecided limit")


SMALL = 0.06  # a symbol that is drawn from no farther than this from 0 is meant to be small


def vanishes(x, y, entry, world):
    """Whether x ≈ y says that the error is of higher order than what is said.

    Everything that is drawn from close to zero is multiplied by s; the error, divided by the last
    power of s that the approximation has, must vanish as s goes to zero.
    """
    small = {
        each for name, given in entry.symbols.items()
        if getattr(given, "low", None) is not None and max(abs(given.low), abs(given.high)) <= SMALL
        for each in real.ravel(world.scope.drawn[name])
    }  # fmt: skip
    if not small or not entry.close:
        return False
    s = sp.Symbol("s", positive=True)
    scaled = {each: s * each for each in small}
    one, two = (powers_of(ex(each).subs(scaled), s) for each in (x, y))
    wanted = min(max(one, default=0), max(two, default=0))
    return all(power > wanted for power in powers_of((ex(x) - ex(y)).subs(scaled), s))


def powers_of(e, s):
    """The powers of s in the series of an expression, up to the third."""
    found = sp.expand(sp.series(e.doit(), s, 0, 4).removeO().doit())
    return [power for (power,), c in sp.Poly(found, s).terms() if sp.simplify(c) != 0]


def arrow(left, part, right, world):
    """An equivalence or an implication, by z3, or by substituting the solution."""
    from pages.formulas.meaning import truth
    from pages.formulas.proofs.comparisons import equivalent, implied

    one, two = truth(left, world), truth(right, world)
    both = part.written == r"\Longleftrightarrow"
    if one in (sp.true, True) and two in (sp.true, True) and not both:
        return "proved", "both sides are true"
    found = equivalent(one, two) if both else implied(one, two)
    return ("proved", "by z3") if found else ("checked", "the arrow is undecided")


__all__ = ["symbolic"]

if __name__ == "__main__":
    main()
