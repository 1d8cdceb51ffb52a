"""The check of a formula: every statement evaluated at points that are drawn at random."""

import inspect
import itertools
import zlib
from dataclasses import dataclass, replace

import numpy as np

from pages.formulas import arrows, floats, form, tree
from pages.formulas.compare import (
    EQUAL,
    NEAR,
    UPDATES,
    compare,
    conditions_hold,
    fit,
    is_constant,
    is_zero,
)
from pages.formulas.known import Known
from pages.formulas.landau import has_order, remainder_is_bounded
from pages.formulas.meaning import World, as_comparison, names_in, nodes_of, scalar, truth, worth
from pages.formulas.printing import latex
from pages.formulas.problems import Wrong
from pages.formulas.reader import read
from pages.formulas.say import Range, is_function
from pages.formulas.scope import Function, Scope, parameters
from pages.formulas.tokens import Unreadable

POINTS, FREED = 200, 20  # how many samples; and how many around a point that is fixed
WAYS = ({}, {"slopes_lie": True}, {"rows": True})  # how vectors may be meant
CLOSED = {r"\le", r"\ge"}  # the end belongs to what they bound
KINK = 1e-4  # how far a slope may be off where a condition ends, relative to its usual size
TRIES = 100_000  # samples that ``where`` may refuse


@dataclass(frozen=True)
class Report:
    """How a check went: at how many points, and the largest relative error of an equation."""

    points: int
    miss: float
    kinds: frozenset


def known_of(entry):
    """Return what the reader is told of the symbols of an entry."""
    functions = frozenset(name for name, given in entry.symbols.items() if is_function(given))
    rules = {
        name: frozenset(each.name for each in parameters(rule)) - {"scope"}
        for name, rule in entry.symbols.items()
        if inspect.isfunction(rule) and name not in functions
    }
    return Known(frozenset(entry.symbols) - functions, functions, rules)


def samples(entry, rng):
    """Draw samples for ever."""
    ranges = {name: each for name, each in entry.symbols.items() if isinstance(each, Range)}
    rules = {
        name: each for name, each in entry.symbols.items()
        if (callable(each) or isinstance(each, Function)) and name not in ranges
    }  # fmt: skip
    fixed = {name: each for name, each in entry.symbols.items() if name not in ranges | rules}
    refused = 0
    while True:
        scope = Scope(fixed | {name: each.draw(rng) for name, each in ranges.items()}, rules)
        if entry.where is None or entry.where(
            *(scope.value(name) for name in inspect.signature(entry.where).parameters)
        ):
            yield scope
        elif (refused := refused + 1) > TRIES:
            raise Wrong(f"where=... is true of no sample in {TRIES}")


def spans_of(entry):
    """From where to where each number is drawn, in the order of the registry."""
    return {
        name: (each.low, each.high) for name, each in entry.symbols.items()
        if isinstance(each, Range) and each.low is not None and not each.shape
    }  # fmt: skip


def worlds_of(entry, label):
    """Yield the worlds of drawn samples, without the ways in which vectors are meant."""
    rng = np.random.default_rng(zlib.crc32(label.encode()))
    spans = spans_of(entry)
    for scope in samples(entry, rng):
        yield World(scope, floats, along=entry.along, broadcast=entry.broadcast, spans=spans)


def check(formula, entry, label, points=POINTS):
    """Evaluate every statement of a formula at points drawn by its label; return a `Report`.

    Raises:
        Unreadable: something in it is not understood, or can be meant in two ways.
        Wrong: it does not hold.
    """
    formula_tree = read(formula, known_of(entry))
    parts = statements(formula_tree)
    if not any(states_something(each) for each in parts) and not entry.stands_for:
        raise Wrong("it states nothing that could be true or false")
    form.check(parts, entry)
    if not any(isinstance(each, Range) for each in entry.symbols.values()):
        points = 1
    drawn = list(itertools.islice(worlds_of(entry, label), points))
    with np.errstate(all="ignore"):  # what is not a number is found, and said with the sample
        miss = check_at(parts, drawn, entry, label)
    return Report(points, miss, kinds(parts))


def statements(formula):
    """The statements and arrows of a formula; those in a box are taken out of it."""
    found = []
    for part in formula.parts:
        if isinstance(part, tree.Boxed):
            found += statements(tree.Formula(part.parts))
        elif not isinstance(part, tree.Between):
            found.append(part)
    return found


def kinds(parts):
    return frozenset(r[-1] for each in parts if isinstance(each, tree.Statement)
                     for r in each.relations)  # fmt: skip


def states_something(part):
    if isinstance(part, tree.Statement):
        return bool(part.relations)
    return isinstance(part, tree.Member | tree.Space)


def check_at(parts, worlds, entry, label):
    """Check all statements in all worlds, in one way of meaning vectors; return the largest miss.

    The ways are tried together; the one that comes first and holds everywhere is the one.
    """
    first_problem = None
    for way in ways_of(entry):
        ways = [replace(world, **way) for world in worlds]
        try:
            return in_one_way(parts, ways, entry, label)
        except (Wrong, Unreadable) as problem:
            first_problem = first_problem or problem
            if not any(has_vectors(world) for world in worlds[:1]):
                break
    raise first_problem


def ways_of(entry):
    """The ways in which the vectors of a formula may be meant."""
    return WAYS[1:2] if entry.standing else WAYS


def has_vectors(world):
    """Whether any symbol is a vector: only then can it be meant in several ways."""
    names = [*world.scope.drawn, *(k for k, v in world.scope.rules.items() if callable(v))]
    for name in names:
        try:
            if np.ndim(world.scope.value(name)) == 1:
                return True
        except Exception:  # a rule that fails is told where its symbol is used
            continue
    return False


def in_one_way(parts, worlds, entry, label):
    miss, rules = 0.0, iter(entry.stands_for)
    joined = arrows.joined(parts)
    for k, part in enumerate(parts):
        if isinstance(part, tree.Arrow):
            arrows.check(parts[k - 1], part, parts[k + 1], worlds, entry)
        elif k not in joined:  # an arrow has checked those
            miss = max(miss, check_part(part, worlds, entry, label, rules))
    if next(rules, None) is not None:
        raise Wrong("stands_for=... has more rules than the formula has statements for them")
    return miss


def check_part(part, worlds, entry, label, rules):
    """Check one statement in all worlds; return the largest miss."""
    if isinstance(part, tree.Mapping | tree.ForAll | tree.Space):
        return 0.0
    if isinstance(part, tree.Statement) and not part.relations:
        rule = next(rules, None)
        if rule is None:
            raise Wrong("an expression without a relation: say what it is with stands_for=...")
        return same_everywhere(part.sides[0], None, rule, worlds, label)
    if isinstance(part, tree.Statement) and any(has_order(side) for side in part.sides):
        return remainder_is_bounded(part, worlds)
    return in_worlds(part, worlds, entry, label, rules)


def in_worlds(part, worlds, entry, label, rules):
    """Check a statement where its conditions hold, and what it claims beyond single samples."""
    found = [in_world(part, world, entry, label) for world in worlds]
    true = [each for each in found if each is not None]
    if not true:
        raise Wrong(f"{label}: its conditions hold at none of the points drawn")
    if isinstance(part, tree.Statement):
        proportional(part, worlds)
        approximate(part, worlds, entry)
        tends(part, worlds)
        meet(part, worlds, entry)
        at_ends_of_cases(part, worlds, entry, label)
        at_ends_of_conditions(part, worlds, entry, label)
        everywhere(part, worlds, label)
        stands(part, worlds, entry, label, rules)
        freed(part, worlds, entry, label)
    return max(true)


def in_world(part, world, entry, label):
    """Return the miss of a statement in a world, or None where its conditions do not hold."""
    try:
        if isinstance(part, tree.Member):
            if not truth(part, world):
                raise Wrong("the value is not in the set")
            return 0.0
        return links_hold(part, world, entry) if conditions_hold(part, world) else None
    except Wrong as wrong:
        raise type(wrong)(f"{label}: {wrong} at {shown(world.scope)}") from None


def links(part):
    return zip(part.sides, (r[-1] for r in part.relations), part.sides[1:], strict=False)


def links_hold(part, world, entry):
    """Check each link of a chain in a world."""
    miss = 0.0
    for a, relation, b in links(part):
        here = at_point(world, entry) if is_point_equation(relation, a, b, entry) else world
        miss = max(miss, compare(a, relation, b, here, entry.close))
    return miss


def is_point_equation(relation, a, b, entry):
    """Whether a link is an equation with a plain number that holds at a point only."""
    return entry.at is not None and relation in EQUAL | NEAR and (is_constant(a) or is_constant(b))


def at_point(world, entry):
    for name, value in entry.at.items():
        world = world.moved(name, value)
    return world


def proportional(part, worlds):
    """Check that two sides under \\propto have one quotient in all worlds."""
    for a, relation, b in links(part):
        if relation != r"\propto":
            continue
        quotients = [scalar(worth(a, w)) / scalar(worth(b, w)) for w in worlds]
        if np.ptp(quotients) > 1e-7 * np.max(np.abs(quotients)):
            raise Wrong("the sides are not proportional")


def approximate(part, worlds, entry):
    """Check ≈ with the error that the registry allows, relative to the size over all samples."""
    for a, relation, b in links(part):
        if relation not in NEAR - {r"\longrightarrow"} or not entry.close or printed_number(a, b):
            continue
        found = [gap_and_size(a, b, world) for world in worlds]
        usual = np.mean([size for _, size in found])
        for (gap, size), world in zip(found, worlds, strict=True):
            if not gap <= entry.close * max(size, usual):
                words = f"the sides are {gap:.3g} apart, more than close={entry.close} allows"
                raise Wrong(f"{words}, at {shown(world.scope)}")


def gap_and_size(a, b, world):
    """Return how far two sides are apart in a world, and how large they are."""
    x, y = fit(worth(a, world), worth(b, world), world, (a, b))
    return float(np.max(np.abs(x - y))), float(np.max(np.abs([x, y])))


def printed_number(a, b):
    return any(isinstance(each, tree.Number) for each in (a, b))


def tends(part, worlds):
    """Check A \\longrightarrow B: A tends to B as the symbol that B lacks goes to zero."""
    for a, relation, b in links(part):
        if relation != r"\longrightarrow":
            continue
        names = sorted((names_in(a) - names_in(b)) & set(worlds[0].spans))
        if len(names) != 1:
            raise Unreadable(f"an arrow: which of {names or 'no symbols'} goes to zero?")
        variable = tree.Name(names[0], (names[0],))
        goes = tree.Limit(variable, tree.Number("0"), "", a)
        for world in worlds[:FREED]:
            compare(goes, "=", b, world, 0.0)


def meet(part, worlds, entry):
    """Check that neighbouring sides of an inequality meet where the registry says so."""
    for name, goal in (entry.meets or {}).items():
        goal = tree.Infinity() if np.isinf(goal) else tree.Number(str(goal))
        for a, _, b in links(part):
            quotient = tree.Limit(tree.Name(name, (name,)), goal, "", tree.Fraction(r"\frac", a, b))
            try:
                compare(quotient, "=", tree.Number("1"), worlds[0], 0.0)
            except Wrong as wrong:
                words = f"{latex(a)} and {latex(b)} do not meet at {name} = {latex(goal)}"
                raise Wrong(f"{words}: {wrong}") from None


def at_ends_of_cases(part, worlds, entry, label):
    """Check a statement with cases where one ends and the next begins, at x = 0 for x > 0.

    There a slope has no value; and where no case holds, nothing is claimed.
    """
    if any(is_slope(each) for each in nodes_of(part.sides)):
        return
    ends = {
        (condition.sides[0].name, condition.sides[1])
        for each in nodes_of(part.sides) if isinstance(each, tree.Case)
        for condition in [each.condition] if is_plain_end(condition, worlds[0])
    }  # fmt: skip
    for name, end in ends:
        world = worlds[0].moved(name, float(worth(end, worlds[0])))
        if all(np.isfinite(np.sum(worth(side, world))) for side in part.sides):
            try:
                links_hold(part, world, entry)
            except Wrong as wrong:
                raise Wrong(f"{label}: {wrong} at {name} = {latex(end)}") from None


def at_ends_of_conditions(part, worlds, entry, label):
    """Check a statement for x >= 0 at x = 0 too, which no drawn point is.

    There a slope may have no value, as that of x√x has, which ends at 0; whatever else it says
    has one.
    """
    for name, end in (each for condition in part.conditions for each in closed_ends(condition)):
        world = worlds[0].moved(name, float(worth(end, worlds[0])))
        if name not in worlds[0].spans or not conditions_hold(part, world):
            continue
        plain = [each for each in part.sides if not any(map(is_slope, nodes_of(each)))]
        if not all(has_worth(side, world) for side in plain):
            raise Wrong(f"{label}: a side is not a number at {name} = {latex(end)}")
        if len(plain) == len(part.sides):
            in_world(part, world, entry, label)
        elif all(has_worth(side, world) for side in part.sides):
            slopes_go_on(part, world, worlds, f"{label}: at {name} = {latex(end)}")


def slopes_go_on(part, end, worlds, where):
    """Check equations of slopes at an end: a kink there, |x| at 0, is no rounding."""
    for a, relation, b in links(part):
        if relation in EQUAL:
            gap, _ = gap_and_size(a, b, end)
            holding = [world for world in worlds if conditions_hold(part, world)]
            usual = np.mean([gap_and_size(a, b, world)[1] for world in holding])
            if not gap <= KINK * usual:
                raise Wrong(f"{where} the sides are {gap:.3g} apart")


def has_worth(node, world):
    """Whether a node is a finite number, and nothing within it was divided by zero."""
    try:
        with np.errstate(divide="raise", invalid="raise"):
            return bool(np.isfinite(np.sum(worth(node, world))))
    except (FloatingPointError, ZeroDivisionError):
        return False


def closed_ends(condition):
    """Yield each symbol that a condition bounds, with the number that it may still be."""
    comparison = as_comparison(condition)
    chain = links(comparison) if isinstance(comparison, tree.Statement) else ()
    for a, relation, b in chain:
        for name, end in ((a, b), (b, a)):
            if relation in CLOSED and isinstance(name, tree.Name) and is_constant(end):
                yield name.name, end


def everywhere(part, worlds, label):
    """Check f(1, 1) = [...]_{(1,1)} as what it says of f: at all drawn points, not at one."""
    for a, relation, b in links(part):
        for call, value in ((a, b), (b, a)):
            if isinstance(call, tree.Call) and isinstance(value, tree.AtPoint) and (
                relation in EQUAL and call.argument.items == value.values
            ):  # fmt: skip
                names = value.names or tuple(tree.Name(n, (n,)) for n in worlds[0].spans)
                general = replace(call, argument=replace(call.argument, items=names))
                for world in worlds:
                    try:
                        compare(general, relation, value.of, world, 0.0)
                    except Wrong as wrong:
                        where = shown(world.scope)
                        raise Wrong(f"{label}: before the point: {wrong} at {where}") from None


def is_slope(node):
    return isinstance(node, tree.Derivative) or (isinstance(node, tree.Call) and node.order > 0)


def is_plain_end(condition, world):
    return isinstance(condition, tree.Statement) and len(condition.sides) == 2 and (
        isinstance(condition.sides[0], tree.Name) and condition.sides[0].name in world.spans
        and is_constant(condition.sides[1])
    )  # fmt: skip


def stands(part, worlds, entry, label, rules):
    """Check an equation that holds at a point: left - right is what it stands for, everywhere."""
    if not entry.stands_for:
        return
    for a, relation, b in links(part):
        if is_point_equation(relation, a, b, entry) or (
            entry.at is None and relation in EQUAL and (is_zero(b) or is_zero(a))
        ):
            rule = next(rules, None)
            if rule is None:
                raise Wrong("stands_for=... lacks a rule for an equation")
            same_everywhere(a, b, rule, worlds, label)


def same_everywhere(a, b, rule, worlds, label):
    """Compare an expression, or the difference of two, with a rule of the registry."""
    miss = 0.0
    for world in worlds:
        names = [each.name for each in parameters(rule)]
        wanted = rule(*(world.scope.value(name) for name in names))
        inner = world.moved("_stands_for", wanted)
        rule_name = tree.Name("_stands_for", ("rule",))
        found = a if b is None or is_zero(b) else tree.Sum((a, b), ("-",))
        try:
            miss = max(miss, compare(found, "=", rule_name, inner, 0.0))
        except Wrong as wrong:
            words = f"{label}: it is not what it stands for: {wrong}"
            raise Wrong(f"{words} at {shown(world.scope)}") from None
    return miss


def freed(part, worlds, entry, label):
    """Check a derivative at drawn values too, where the registry fixes its variable.

    A derivative is an equation between functions: at the one point where all is zero, any factor
    would do. Only an equation with a plain number is about the point.
    """
    rng = np.random.default_rng(zlib.crc32(label.encode()))
    for a, relation, b in links(part):
        names = fixed_variables(a, worlds[0]) | fixed_variables(b, worlds[0])
        if not names or relation not in EQUAL or is_constant(a) or is_constant(b):
            continue
        for _ in range(FREED):
            world = worlds[0]
            for name in sorted(names):
                value = float(world.scope.value(name))
                world = world.moved(name, value + rng.uniform(-1, 1))
            try:
                compare(a, relation, b, world, entry.close)
            except Wrong as wrong:
                where = shown(Scope({n: world.scope.value(n) for n in sorted(names)}, {}))
                raise Wrong(f"{label}: {wrong} at {where}") from None


def fixed_variables(node, world):
    """The numbers of a sample by which something is differentiated, though they are not drawn."""
    found = set()
    for each in nodes_of(node):
        if isinstance(each, tree.Derivative):
            found |= {v.name for v, _, _ in each.variables if isinstance(v, tree.Name)}
    return {
        name for name in found
        if name in world.scope.drawn and name not in world.spans
        and not np.ndim(world.scope.drawn[name])
        and not isinstance(world.scope.drawn[name], Function)
    }  # fmt: skip


def shown(scope):
    """The numbers of a sample, for a message."""
    return ", ".join(
        f"{name} = {np.round(value, 4)}" for name, value in scope.drawn.items()
        if isinstance(value, int | float | np.ndarray | np.number)
    )  # fmt: skip


__all__ = ["POINTS", "UPDATES", "Report", "Wrong", "check"]
