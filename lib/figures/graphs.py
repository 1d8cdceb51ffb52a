"""Graphs of numbers that remember how they were made: values go forwards, slopes come back."""

from functools import lru_cache, partial, wraps
from inspect import Parameter, signature
from typing import NamedTuple

import ipywidgets as widgets
import numpy as np

from lib import checks, diagram, layout, tape
from lib.live import live_figure
from lib.live.arguments import compute_all
from lib.live.letters import typeset
from lib.live.sliders import positions

#: More nodes than this no picture of this size holds.
MOST_NODES = 15
_TITLE = (
    "The values, and the slopes of the result by each of them. The wider an edge, the more "
    "goes along it; dashed: below zero."
)
_LONGEST = 17  # letters of a formula in a sentence
_MOST_WORDS = 4  # clauses of a sentence


class Graph(NamedTuple):
    """How some numbers are made from each other.

    Attributes:
        names: what is written in the discs, "" for a constant.
        formulas: what the numbers are called in a sentence.
        parents: for each the numbers of those it came from, which stand before it.
    """

    names: tuple[str, ...]
    formulas: tuple[str, ...]
    parents: tuple[tuple[int, ...], ...]

    @property
    def levels(self):
        """The stage at which each number is made, 0 for inputs and constants."""
        found = []
        for mine in self.parents:
            found.append(max((found[k] + 1 for k in mine), default=0))
        return found

    @property
    def edges(self):
        """Pairs of a number and one made from it."""
        return [(k, child) for child, mine in enumerate(self.parents) for k in mine]


class Run(NamedTuple):
    """Values and slopes of the numbers of a graph, shape (nodes,), and what edges bring back.

    `flows` has for each of the graph's edges the slope of the child times the local slope.
    """

    graph: Graph
    values: np.ndarray
    slopes: np.ndarray
    flows: np.ndarray


def graph(expression, name="expression-graph", /, **sliders):
    """Show an expression as a graph: its values go forwards, its slopes come back, stage by stage.

    Args:
        expression: `expression(x, w, ...)` returns a `Number` of `lib.tape`, made from its inputs
            by +, −, · and the functions of the tape, with 15 numbers on the way at most.
        name: the figure's anchor in the page.
        sliders: one for each of the expression's inputs, by its name.

    Raises:
        TypeError: the result is no `Number`, or a slider or an input has no counterpart.
        ValueError: there are too many numbers, or an input takes no part.
    """
    _check_sliders(expression, sliders)
    runs = _all_runs(expression, sliders)
    shown = runs[0].graph
    last = 2 * max(shown.levels) + 1
    stages = {"step": widgets.IntSlider(last, max=last)}

    @wraps(expression)
    def run(**inputs):
        return evaluated(expression, inputs)

    return graph_figure(
        shown,
        run,
        sliders | stages,
        scales=_scales(runs),
        name=name,
        alt=f"A graph of {len(shown.names)} numbers, twice: values appear from left to right, then "
        "slopes from right to left.",
        title=_TITLE,
    )


def graph_figure(shown, run, sliders, scales, **options):
    """Show a graph whose numbers `run(...)` returns as a `Run`; a slider `step` counts stages.

    `scales` says of which value, and of which slope on an edge, an edge is as wide as can be.
    """
    return live_figure(
        run,
        partial(_draw, shown, scales),
        sliders,
        panels=2,
        still=partial(_still, shown),
        readout=_say,
        play="step",
        **options,
    )


# An expression, and what may be wrong with it.


def evaluated(expression, inputs):
    """Return the `Run` of an expression at inputs, numbers by their names."""
    numbers = {name: tape.Number(value) for name, value in inputs.items()}
    output = expression(**numbers)
    if not isinstance(output, tape.Number):
        raise TypeError(
            f"expression: got {output!r}, wanted a Number of lib.tape; make it from the inputs by "
            "+, −, ·, taped_sigmoid, taped_tanh, taped_relu or taped_softplus"
        )
    order = tape.in_order(output)
    _check_order(order, numbers)
    shown = _graph_of(order, {id(number): name for name, number in numbers.items()})
    return run_of(shown, order, tape.gradient(output, order))


def run_of(shown, numbers, slopes):
    """Return the `Run` of numbers that have a `value` and `parents`, pairs with local slopes."""
    places = {id(number): k for k, number in enumerate(numbers)}
    flows = dict.fromkeys(shown.edges, 0.0)
    for child, number in enumerate(numbers):
        for parent, local in number.parents:
            flows[places[id(parent)], child] += slopes[child] * local
    values = np.array([number.value for number in numbers], float)
    return Run(shown, values, np.array(slopes, float), np.array(list(flows.values())))


def _check_sliders(expression, sliders):
    checks.function("expression", expression)
    wanted = signature(expression).parameters.values()
    if any(each.kind in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD) for each in wanted):
        raise TypeError(f"expression: got {signature(expression)}, wanted inputs with names")
    names = [each.name for each in wanted]
    if sorted(names) != sorted(sliders) or not names:
        raise TypeError(
            f"sliders: got {sorted(sliders)}, wanted one for each input of the expression: {names}"
        )
    if "step" in names:
        raise ValueError("expression: got an input 'step', which is the slider of the stages")


def _check_order(order, inputs):
    """Check that there are not too many numbers, and that every input is among them."""
    if len(order) > MOST_NODES:
        raise ValueError(
            f"expression: got {len(order)} numbers on the way, wanted at most {MOST_NODES}; draw a "
            "part of it"
        )
    for name, number in inputs.items():
        if not any(number is each for each in order):
            raise ValueError(
                f"expression: its result does not depend on {name!r}; use that, or leave it out"
            )


def _all_runs(expression, sliders):
    """Return the runs of an expression at all positions, if all of them are of one graph."""
    tracks = [positions(key, slider) for key, slider in sliders.items()]
    runs = compute_all(wraps(expression)(lambda **each: evaluated(expression, each)), tracks)
    for run in runs:
        if run.graph.parents != runs[0].graph.parents or run.graph.names != runs[0].graph.names:
            raise ValueError(
                "expression: its way depends on its inputs, wanted the same operations everywhere"
            )
    return runs


def _scales(runs):
    """Return a large value and a large slope on an edge, as they are at half of the positions."""
    found = [[np.abs(run.values).max(), np.abs(run.flows).max(initial=0)] for run in runs]
    return [each if 0 < each < np.inf else 1.0 for each in np.median(found, axis=0)]


def _graph_of(order, inputs):
    """Return the graph of numbers of the tape; `inputs` has the names of some by their id."""
    places = {id(number): k for k, number in enumerate(order)}
    names, formulas, parents = [], [], []
    for number in order:
        mine = [places[id(parent)] for parent, _ in number.parents]
        name = inputs.get(id(number), number.operation)
        names.append(_short(name, bool(mine)))
        formulas.append(_formula(number, name, [formulas[k] for k in mine]))
        parents.append(tuple(dict.fromkeys(mine)))
    return Graph(tuple(names), tuple(formulas), tuple(parents))


def _short(name, is_made):
    """Return what is written in a disc: an operation, or the name of an input, cut if long."""
    if is_made:
        return {"softplus": "soft", "·": "×"}.get(name, name)
    return name if len(name) < 5 else f"{name[:3]}…"


def _formula(number, name, parts):
    """Return what a number is called in a sentence: a formula if that is short."""
    if not parts:
        return name or typeset(f"{number.value:g}")
    if len(parts) == 2:
        inner = name == "+"
        bracketed = [part if inner or not _is_sum(part) else f"({part})" for part in parts]
        text = f" {name} ".join([parts[0] if name == "−" else bracketed[0], bracketed[1]])
    else:
        text = f"−{parts[0]}" if name == "−" else f"{name}({parts[0]})"
    return text if len(text) <= _LONGEST else f"the {name}"


def _is_sum(text):
    return " + " in text or " − " in text or text.startswith("−")


# How it looks.


@lru_cache(maxsize=8)  # of the graphs of a page
def _arranged(parents, size, width, height):
    """Return where the numbers stand in a panel, below its heading."""
    return layout.places(parents, size, (4, 4, width - 4, height - 32))


def _places(ax, shown):
    return _arranged(shown.parents, diagram.disc_size(ax), *ax.figure.bbox.size)


def _still(shown, axes):
    for ax, words, role in zip(axes, ("values", "slopes"), ("model", "slope"), strict=True):
        diagram.sheet(ax)
        places = _places(ax, shown)
        ends = [diagram.between(ax, *places[list(edge)]) for edge in shown.edges]
        diagram.frame(ax, places, ends)
        diagram.write(ax, (8, ax.figure.bbox.height - 14), words, role, ha="left")
        for place, name in zip(places, shown.names, strict=True):
            if name:
                diagram.write(ax, place, name, off=(0, diagram.name_above(ax)))


def _draw(shown, scales, axes, run, step):
    places, last = _places(axes[0], shown), max(shown.levels)
    _draw_edges(axes, places, run, step, scales)
    back = [
        2 * last + 2 - _next(shown, k) if shown.names[k] else np.inf for k in range(len(places))
    ]
    there = np.array(shown.levels), np.array(back)  # no slope by a constant: nobody can move it
    for ax, since, numbers, role in zip(axes, there, run[1:3], ("model", "slope"), strict=True):
        for stage in sorted(set(since[since <= step])):
            diagram.discs(ax, places[since == stage], role, int(stage))
        for k in np.flatnonzero(since <= step):
            low = diagram.number_below(ax) if shown.names[k] else 0
            diagram.write(ax, places[k], diagram.short(numbers[k]), off=(0, -low))


def _next(shown, k):
    """Return the stage of the first number that is made from one, for the result one more."""
    levels = shown.levels
    made = [levels[child] for parent, child in shown.edges if parent == k]
    return min(made, default=max(levels) + 1)


def _draw_edges(axes, places, run, step, scales):
    """Draw each edge with the value that goes along it, and with what comes back."""
    shown, last = run.graph, max(run.graph.levels)
    for k, ((parent, child), flow) in enumerate(zip(shown.edges, run.flows, strict=True)):
        level = shown.levels[child]
        start, end, _ = diagram.between(axes[0], places[parent], places[child])
        value, back = run.values[parent], 2 * last + 2 - level
        diagram.edge(axes[0], start, end, value, "model", scales[0], k, step - level)
        if shown.names[parent]:
            diagram.edge(axes[1], end, start, flow, "slope", scales[1], k, step - back)


# What it says.


def _say(run, step):
    shown, last = run.graph, max(run.graph.levels)
    if step == 0:
        return "the inputs: " + _joined(_equations(run, 0), ", ")
    if step <= last:
        return "forwards: " + _joined(_equations(run, step))
    if step == last + 1:
        return "backwards: the slope of the result by itself is 1"
    level = 2 * last + 2 - step
    gifts = zip(shown.edges, run.flows, strict=True)
    words = [
        f"{shown.formulas[child]} gives {shown.formulas[parent]} {_number(flow)}"
        for (parent, child), flow in gifts
        if shown.levels[child] == level and shown.names[parent]
    ]
    return "backwards: " + (_joined(words) or "to constants alone")


def _equations(run, level):
    """Return what the numbers of a stage are, constants left out."""
    shown = run.graph
    return [
        f"{shown.formulas[k]} = {_number(run.values[k])}"
        for k, mine in enumerate(shown.levels)
        if mine == level and shown.names[k]
    ]


def _number(value):
    return typeset(f"{value + 0.0:.4g}")


def _joined(clauses, sign="; "):
    clauses = list(clauses)
    rest = [f"and {len(clauses) - _MOST_WORDS} more"] if len(clauses) > _MOST_WORDS else []
    return sign.join(clauses[:_MOST_WORDS] + rest)
