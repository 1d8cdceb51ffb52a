"""A tree printed as LaTeX again, token by token, so that nothing of a formula is ever skipped."""

from functools import singledispatch

from pages.formulas import tree
from pages.formulas.tokens import is_gap


@singledispatch
def printed(node):
    """Return the tokens of a part of a formula, with braces around all that may have them."""
    raise TypeError(f"no way to print {node!r}")


def latex(node):
    """Return the LaTeX of a part of a formula."""
    return " ".join(printed(node))


def essential(tokens):
    """Return tokens without braces, rows and gaps: what must be the same in source and tree."""
    kept = [each for each in tokens if each not in {"{", "}", "&"} and not is_gap(each)]
    digits = [list(each) if each[0].isdigit() else [each] for each in kept]  # \\frac12 is a half
    return [each for part in digits for each in part]


def group(node):
    return ["{", *printed(node), "}"]


def around(node):
    """Return what stands before and after the scripts of a node."""
    if isinstance(node, tree.Name):
        return list(node.written), list(node.after)
    return printed(node), []


def alternating(items, between):
    """Return printed items with tokens between them."""
    found = printed(items[0])
    for join, item in zip(between, items[1:], strict=True):
        found += [join] if isinstance(join, str) and join else list(join)
        found += printed(item)
    return found


def listed(items):
    return alternating(items, [","] * (len(items) - 1)) if items else []


printed.register(tree.Number, lambda n: [n.digits] + [r"\dots"] * n.cut)
printed.register(tree.Name, lambda n: [*n.written, *n.after])
printed.register(tree.Negative, lambda n: [n.sign, *printed(n.of)])
printed.register(tree.Sum, lambda n: alternating(n.terms, n.signs))
printed.register(tree.Product, lambda n: alternating(n.factors, n.joins))
printed.register(tree.Infinity, lambda n: [r"\infty"])
printed.register(tree.Bracket, lambda n: [n.opening, *listed(n.items), n.closing])
printed.register(tree.Bars, lambda n: [n.opening, *printed(n.of), n.closing])
printed.register(tree.Gradient, lambda n: _gradient(n))
printed.register(tree.TwoWays, lambda n: list(n.written))
printed.register(tree.Binomial, lambda n: [r"\binom", *group(n.top), *group(n.bottom)])
printed.register(tree.Order, lambda n: [*n.written, *printed(n.of)])
printed.register(tree.Inverse, lambda n: [*n.function.written, *"^{-1}", *printed(n.argument)])
printed.register(tree.Valued, lambda n: printed(n.derivative) + printed(n.argument))
printed.register(tree.Postfix, lambda n: printed(n.of) + n.mark.split())
printed.register(tree.Space, lambda n: printed(n.of) + list(n.written))
printed.register(tree.Mapping, lambda n: printed(n.function) + list(n.written))
printed.register(tree.Arrow, lambda n: [n.written])
printed.register(tree.Between, lambda n: list(n.written))
printed.register(tree.Scripted, lambda n: printed(n.raised if n.index_first else n.placed))


@printed.register
def _(node: tree.Fraction):
    if node.command == r"\over":
        return ["{", *printed(node.top), r"\over", *printed(node.bottom), "}"]
    return [node.command, *group(node.top), *group(node.bottom)]


@printed.register
def _(node: tree.Power):
    before, after = around(node.base)
    return [*before, "^", *group(node.exponent), *after]


@printed.register
def _(node: tree.Transposed):
    if isinstance(node.of, tree.Power) and node.mark == "-T":
        return [*printed(node.of.base), *"^{-T}"]
    before, after = around(node.of)
    return [*before, "^", "{", node.mark, "}", *after]


@printed.register
def _(node: tree.Indexed):
    before, after = around(node.of)
    joins = [[","] if comma else [] for comma in node.commas]
    return [*before, "_", "{", *alternating(node.indices, joins), "}", *after]


@printed.register
def _(node: tree.Primed):
    before, after = around(node.of)
    return [*before, *node.primes, *after]


@printed.register
def _(node: tree.Norm):
    below = ["_", "{", node.below, "}"] if node.below else []
    return [*node.opening.split(), *printed(node.of), *node.closing.split(), *below]


@printed.register
def _(node: tree.Call):
    return [*printed(node.function), *node.marks, *printed(node.argument)]


@printed.register
def _(node: tree.Composed):
    names = alternating(node.functions, [r"\circ"] * (len(node.functions) - 1))
    return ["(", *names, ")", *printed(node.argument)]


@printed.register
def _(node: tree.Apply):
    above = ["^", *group(node.above)] if node.above is not None else []
    return [*node.written, *above, *printed(node.argument)]


@printed.register
def _(node: tree.Root):
    degree = ["[", *printed(node.degree), "]"] if node.degree is not None else []
    return [r"\sqrt", *degree, *group(node.of)]


@printed.register
def _(node: tree.Derivative):
    if node.form == "dot":
        return [*node.order, "{", *printed(node.of), "}"]
    below = [each for variable in node.variables for each in _variable(node, *variable)]
    if node.form == "_":
        return [node.sign, "_", "{", *below[1:], "}", *printed(node.of)]
    top = [node.sign] if node.order is None else [node.sign, "^", *group(node.order)]
    if node.form == "/":
        inner, outer = (printed(node.of), []) if node.inside else ([], printed(node.of))
        return [*top, *inner, "/", *below, *outer]
    if node.inside:
        return [node.form, "{", *top, *printed(node.of), "}", "{", *below, "}"]
    return [node.form, "{", *top, "}", "{", *below, "}", *printed(node.of)]


def _variable(node, name, power, mark):
    raised = ["^", *group(power)] if power is not None else []
    return [node.sign, *printed(name), *raised, *mark]


def _gradient(node):
    power = ["^", "{", str(node.order), "}"] if node.order > 1 else []
    by = ["_", *group(node.by)] if node.by is not None else []
    return [r"\nabla", *by, *power, *printed(node.of)]


@printed.register
def _(node: tree.AtPoint):
    names = [[*printed(name), "="] for name in node.names] or [[]] * len(node.values)
    parts = [[*name, *printed(value)] for name, value in zip(names, node.values, strict=True)]
    point = [each for part in parts for each in [",", *part]][1:]
    if not node.names:
        point = ["(", *point, ")"]
    return [*node.opening, *printed(node.of), *node.closing, "_", "{", *point, "}"]


@printed.register
def _(node: tree.Series):
    if not node.indices:
        return [node.sign, *printed(node.of)]
    below = listed(node.indices)
    if node.relation:
        below += [node.relation, *printed(node.first)]
    below = ["_", "{", *below, "}"]
    above = ["^", *group(node.last)] if node.last is not None else []
    return [node.sign, *(above + below if node.last_first else below + above), *printed(node.of)]


@printed.register
def _(node: tree.Integral):
    low, high = ["_", *group(node.low)], ["^", *group(node.high)]
    bounds = high + low if node.high_first else low + high
    return [r"\int", *bounds, *printed(node.of), node.sign, *printed(node.variable)]


@printed.register
def _(node: tree.Limit):
    side = ["^", "{", node.side, "}"] if node.side else []
    below = [*printed(node.variable), r"\to", *printed(node.goal), *side]
    return [r"\lim", "_", "{", *below, "}", *printed(node.of)]


@printed.register
def _(node: tree.Extremum):
    names = ["{", *listed(node.names), "}"]
    if node.under:
        return [r"\underset", *names, "{", *node.written, "}", *printed(node.of)]
    return [*node.written, "_", *names, *printed(node.of)]


@printed.register
def _(node: tree.Shaped):
    shape = [*printed(node.rows), r"\times", *printed(node.columns)]
    return [r"\underset", "{", *shape, "}", *group(node.of)]


@printed.register
def _(node: tree.Braced):
    note = list(node.note)
    return [node.command, *group(node.of), *note]


@printed.register
def _(node: tree.Table):
    rows = [[each for cell in row for each in ["&", *printed(cell)]][1:] for row in node.rows]
    return _environment(node, [each for row in rows for each in [r"\\", *row]][1:])


@printed.register
def _(node: tree.Cases):
    rows = [each for row in node.rows for each in [r"\\", *printed(row)]][1:]
    inner = _environment(node, rows)
    return inner if node.kind == "cases" else [r"\{", *inner, r"\right."]


def _environment(node, rows):
    form = ["{", *node.format, "}"] if node.format else []
    return [rf"\begin{{{node.kind}}}", *form, *rows, rf"\end{{{node.kind}}}"]


@printed.register
def _(node: tree.Case):
    comma = [","] if node.comma else []
    condition = printed(node.condition) if node.condition is not None else []
    end = [node.end] if node.end else []
    return [*printed(node.value), *comma, "&", *node.words, *condition, *end]


@printed.register
def _(node: tree.Statement):
    found = [*node.label, *alternating(node.sides, node.relations)]
    for k, (words, condition) in enumerate(
        zip(node.condition_words, node.conditions, strict=True), start=1
    ):
        found += [*([r"\quad"] if words == ("(",) else []), *words, *printed(condition)]
        goes_on = node.condition_words[k : k + 1] == ((",",),)
        if words in {("(",), (",",)} and not goes_on:
            found.append(")")
    return found


@printed.register
def _(node: tree.Member):
    opening = [node.opening] if node.opening else []
    closing = [node.closing] if node.closing else []
    return [*printed(node.of), node.relation, *opening, *listed(node.items), *closing]


@printed.register
def _(node: tree.Formula):
    rows = [[r"\\", *printed(part)] for part in node.parts]
    return [each for row in rows for each in row][1:]


@printed.register
def _(node: tree.Boxed):
    return [r"\boxed", "{", *printed(tree.Formula(node.parts)), "}"]


@printed.register
def _(node: tree.ForAll):
    return [r"\forall", *listed(node.names)]
