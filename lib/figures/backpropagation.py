"""The figures of the chapter on backpropagation."""

from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from lib import diagram, plots
from lib.derivatives import central_slope
from lib.figures import graphs
from lib.figures.parts import astray, until
from lib.live import live_figure
from lib.live.arguments import chosen
from lib.live.letters import typeset
from lib.losses import sigmoid
from lib.network import unpack

graph = graphs.graph  # a figure of this chapter, too

# The 2-2-1 network, its nine weights in the order in which they are packed.

_NAMES = ["w₁₁", "w₁₂", "w₂₁", "w₂₂", "b₁", "b₂", "w₁", "w₂", "b"]
_FIRST, _SECOND, _LAST = ["w₁₁", "w₂₁", "b₁"], ["w₁₂", "w₂₂", "b₂"], ["w₁", "w₂", "b"]


class _Net(NamedTuple):
    """A picture of the 2-2-1 network: places of its neurons, shape (5, 2), and edges by name."""

    places: np.ndarray
    edges: dict


def _net(ax):
    """Return the picture of the network on two panels, or on one."""
    across = (38, 302) if ax.figure.bbox.width < 500 else (46, 340)
    places = diagram.layers((2, 2, 1), across, (85, ax.figure.bbox.height - 85))
    joined = diagram.edges(ax, places)
    return _Net(np.concatenate(places), dict(zip(_NAMES, joined, strict=True)))


def _still_of(ax):
    """Set up a panel and draw of the network what stands still; return its picture."""
    diagram.sheet(ax)
    net = _net(ax)
    diagram.frame(ax, net.places, net.edges.values())
    return net


def _at_start(function, sliders):
    """Return what a function of slider values gives where the sliders stand first."""
    return function(**chosen(function, {name: each.value for name, each in sliders.items()}))


def _named(sliders, name):
    """Return the slider of that name, without which there is no picture."""
    if name not in sliders:
        raise TypeError(f"sliders: got {sorted(sliders)}, wanted one of the name {name!r}")
    return sliders[name]


def _range(slider):
    """Return the first and the last value of a slider of numbers."""
    ends = slider.options if hasattr(slider, "options") else (slider.min, slider.max)
    return ends[0], ends[-1]


def nine_knobs(loss, **sliders):
    """Show the 2-2-1 network, and beside it its loss while one of its weights is turned.

    `loss(weight, nudge)` returns the loss with the number `nudge` added to the weight of that
    name: w₁₁, w₁₂, w₂₁, w₂₂, b₁, b₂, w₁, w₂ or b.
    """
    _check_names(_named(sliders, "weight").options)
    level = loss(_named(sliders, "weight").value, 0)
    return live_figure(
        partial(_loss_curve, loss),
        partial(_draw_knobs, loss),
        sliders,
        name="nine-knobs",
        panels=2,
        still=partial(_still_knobs, level),
        readout=partial(_say_knobs, loss),
        labels={"nudge": "add to it"},
        play="nudge",
        alt="A network of two inputs and three neurons; beside it the loss as one weight changes.",
        title="Turn one weight. The dashed line is the slope of the loss where the weight stands "
        "now.",
    )


def _check_names(names):
    for name in names:
        if name not in _NAMES:
            raise ValueError(f"weight: got {name!r}, wanted one of the picture's {_NAMES}")


class _Curve(NamedTuple):
    """The loss over what is added to one weight, and its slope where nothing is."""

    nudges: np.ndarray
    losses: np.ndarray
    slope: float


def _loss_curve(loss, weight):
    nudges = np.linspace(-3, 3, 41)
    losses = np.array([loss(weight, nudge) for nudge in nudges])
    return _Curve(nudges, losses, central_slope(partial(loss, weight), 0.0))


def _still_knobs(level, axes):
    net = _still_of(axes[0])
    for place, name in zip(net.places, ("x₁", "x₂", "σ", "σ", "ŷ"), strict=True):
        diagram.write(axes[0], place, name)
    for name, edge in net.edges.items():
        diagram.write(axes[0], edge.middle, name, "muted")
    low = 0.2 if 0.3 < level < 0.9 else max(level - 0.4, min(level, 0))
    plots.window(axes[1], ((-3, 3), (low, low + 0.8)), "added to the weight", "loss")
    plots.segment(axes[1], (0, low), (0, low + 0.8), "target", linewidth=1)


def _draw_knobs(loss, axes, curve, weight, nudge):
    start, end, middle = _net(axes[0]).edges[weight]
    plots.segment(axes[0], start, end, "path", linewidth=3.5, zorder=2)
    diagram.write(axes[0], middle, weight, "path", weight="bold")
    axes[1].plot(curve.nudges, curve.losses, color=plots.PALETTE["loss"], linewidth=2)
    plots.line(axes[1], curve.slope, 0, loss(weight, 0), linewidth=1.5)
    plots.point(axes[1], nudge, loss(weight, nudge))


def _say_knobs(loss, curve, weight, nudge):
    before, after = loss(weight, 0), loss(weight, nudge)
    return f"{weight} {nudge:+.2f}: loss {after:.4f}, it was {before:.4f}".replace("-", "−")


def one_path(path, **sliders):
    """Show the path of one weight to the loss, and the product of the slopes of its links.

    `path(weight)` returns the slopes of the links of the weight of that name, from the weight to
    the loss: five for a weight or a bias of the first layer, three for one of the last neuron.
    """
    _check_names(_named(sliders, "weight").options)
    return live_figure(
        path,
        _draw_path,
        sliders,
        name="one-path",
        still=_still_path,
        readout=_say_path,
        play="links",
        labels={"links": "links from the loss"},
        alt="A network of two inputs and three neurons that ends in a loss. The path of one weight "
        "is thick, and the slope of each of its links stands beside it.",
        title="From the loss back to the weight, one link after the other.",
    )


def _loss_place(net):
    return np.add(net.places[4], (162, 0))


def _loss_edge(ax, net):
    """Return the edge from the last neuron to the loss."""
    return diagram.between(ax, net.places[4], _loss_place(net))


def _still_path(ax):
    net = _still_of(ax)
    loss = _loss_place(net)
    diagram.frame(ax, [loss], [_loss_edge(ax, net)])
    inside = zip([*net.places, loss], ("x₁", "x₂", "z₁ a₁", "z₂ a₂", "z ŷ", "L"), strict=True)
    for place, name in inside:
        diagram.write(ax, place, name)


def _draw_path(ax, slopes, weight, links):
    net = _net(ax)
    last = net.edges | {"": _loss_edge(ax, net)}
    diagram.write(ax, (8, 322), f"path of {weight}", "path", ha="left", weight="bold")
    for name in _edges_of_path(weight):
        start, end, _ = last[name]
        plots.segment(ax, start, end, "path", linewidth=2, zorder=2)
    taken = zip(_links(net, last, weight), slopes[::-1], strict=False)
    for k, ((edge, place), slope) in enumerate(taken):
        if edge is not None:
            diagram.edge(ax, edge.end, edge.start, slope, "slope", 1.5, 200 + k, k < links)
        if k < links:
            diagram.write(ax, place, typeset(f"{slope:.3f}"), "slope")


def _edges_of_path(weight):
    """Return the names of the edges of the path of a weight, that of the loss being ""."""
    if weight in _LAST:
        return [weight, ""]
    return [weight, "w₁" if weight in _FIRST else "w₂", ""]


def _links(net, edges, weight):
    """Return of each link, loss first, its edge, none inside a neuron, and its slope's place."""
    away = np.array([0, 54])
    own = edges[weight]
    found = [(edges[""], edges[""].middle), (None, net.places[4] - away)]
    if weight not in _LAST:
        is_first = weight in _FIRST
        over = edges["w₁" if is_first else "w₂"]
        bent = net.places[2] - away if is_first else net.places[3] + away
        found += [(over, over.middle), (None, bent)]
    return [*found, (own, own.middle)]


def _say_path(slopes, weight, links):
    taken = slopes[::-1][:links]
    product = " · ".join(f"({each:.3g})" if each < 0 else f"{each:.3g}" for each in taken)
    done = len(taken) == len(slopes)
    of = f"the slope of the loss by {weight}" if done else "so far"
    return f"{product} = {np.prod(taken):.4f}, {of}"


def net_step_by_step(one_step, **sliders):
    """Show how numbers go forwards through the 2-2-1 network, slopes come back, and weights turn.

    `one_step(x1, x2, w1, label, rate)` returns five things: the nine weights, what
    `forward` gives for them (z₁, z₂, a₁, a₂, z, ŷ and the loss), their nine slopes, the weights
    after the step, and what `forward` gives for those.
    """
    return live_figure(
        one_step,
        _draw_net,
        sliders,
        name="net-step-by-step",
        panels=2,
        still=_still_net,
        readout=_say_net,
        play="step",
        labels=_NET_LABELS,
        alt="The network twice: numbers appear from left to right, then slopes from right to left.",
        title="Forwards: weights at the edges, activations in the neurons. Backwards: slopes and "
        "blames. The wider, the larger; dashed: below zero.",
    )


_NET_LABELS = {
    "x1": "input x₁",
    "x2": "input x₂",
    "w1": "weight w₁",
    "label": "label y",
    "rate": "learning rate α",
}


class _Pass(NamedTuple):
    """One step of descent, with what was seen on the way."""

    weights: np.ndarray
    before: tuple
    slopes: np.ndarray
    turned: np.ndarray
    after: tuple


#: The step in which each weight takes part forwards, and in which its slope is known.
_FORWARDS = dict(zip(_NAMES, (1, 2, 1, 2, 1, 2, 3, 3, 3), strict=True))
_BACKWARDS = dict(zip(_NAMES, (8, 8, 8, 8, 8, 8, 6, 6, 6), strict=True))
#: The same for what stands in the discs: inputs and activations, and blames.
_HANDED_ON, _BLAMED = (0, 0, 1, 2, 4), (7, 7, 5)
_UPDATE = 9
_HEADING = 8, 316


def _still_net(axes):
    for ax in axes:
        (first, second, *_), _ = _still_of(ax)
        diagram.write(ax, first, "x₁", off=(0, 36))
        diagram.write(ax, second, "x₂", off=(0, -36))
    diagram.write(axes[0], _HEADING, "forwards", "model", ha="left")


def _draw_net(axes, result, step, x1, x2):
    """Draw the numbers before the update, and after it all of the new network and what it added."""
    run, done = _Pass(*result), step >= _UPDATE
    weights, numbers = (run.turned, run.after) if done else (run.weights, run.before)
    _draw_forwards(axes[0], weights, (x1, x2, numbers[2], numbers[3], numbers[5]), step)
    for place, off, text, since in _sums(_net(axes[0]).places, numbers):
        if step >= since:
            diagram.write(axes[0], place, typeset(text), "model", off)
    words, role = ("added to each weight", "path") if done else ("backwards", "slope")
    diagram.write(axes[1], _HEADING, words, role, ha="left")
    if done:
        _draw_at_edges(axes[1], run.turned - run.weights, role, 0.5, "{:+.3f}")
    else:
        _draw_backwards(axes[1], run.slopes, step)


def _draw_forwards(ax, weights, inside, step):
    """Draw the weights at their edges, which grow with the step, and what each neuron hands on."""
    net = _net(ax)
    for k, (name, weight) in enumerate(zip(_NAMES, weights, strict=True)):
        start, end, middle = net.edges[name]
        steps = step - _FORWARDS[name]
        diagram.edge(ax, start, end, weight, "model", order=k, steps=steps)
        role = "path" if step >= _UPDATE else "muted"
        diagram.write(ax, middle, typeset(f"{weight:.3g}"), role)
    _draw_inside(ax, net.places, inside, np.array(_HANDED_ON), step, "model")


def _draw_backwards(ax, slopes, step):
    """Draw the slopes at their edges, which grow back from the loss, and the blame of each."""
    net = _net(ax)
    for k, (name, slope) in enumerate(zip(_NAMES, slopes, strict=True)):
        start, end, middle = net.edges[name]
        steps = step - _BACKWARDS[name]
        diagram.edge(ax, end, start, slope, "slope", 0.5, k, steps)
        if steps >= 0:
            diagram.write(ax, middle, typeset(f"{slope:.3f}"), "slope")
    _draw_inside(ax, net.places[2:], slopes[[4, 5, 8]], np.array(_BLAMED), step, "slope")


def _draw_inside(ax, places, numbers, since, step, role):
    """Draw what stands in the discs from a step on, those of one step together."""
    for stage in sorted(set(since[since <= step])):
        diagram.discs(ax, places[since == stage], role, stage)
    for k in np.flatnonzero(since <= step):
        diagram.write(ax, places[k], diagram.short(numbers[k]))


def _draw_at_edges(ax, numbers, role, full, form):
    net = _net(ax)
    for k, (name, number) in enumerate(zip(_NAMES, numbers, strict=True)):
        start, end, middle = net.edges[name]
        diagram.edge(ax, start, end, number, role, full, k)
        diagram.write(ax, middle, typeset(form.format(number)), role)


def _sums(places, numbers):
    """Return disc, place beside it, text and first step of the sums and of the loss."""
    z1, z2, _, _, z, _, loss = numbers
    one, two, last = places[2:]
    return [
        (one, (17, -48), f"z₁ = {z1:.2f}", 1),
        (two, (17, 48), f"z₂ = {z2:.2f}", 2),
        (last, (4, -38), f"z = {z:.2f}", 3),
        (last, (12, -64), f"L = {loss:.3f}", 4),
    ]


def _say_net(result, step, x1, x2, label):
    run = _Pass(*result)
    if step >= _UPDATE:
        return f"update{_step_length(run)}; L from {run.before[-1]:.3f} to {run.after[-1]:.3f}"
    words = [*_words_forwards(run), *_words_backwards(run, (x1, x2), label)]
    return f"{'forward' if step < 5 else 'backward'} {step}: {words[step]}"


def _step_length(run):
    """Say what was taken from each weight, if it is a multiple of its slope."""
    move = run.weights - run.turned
    rate = move @ run.slopes / (run.slopes @ run.slopes) if run.slopes.any() else np.nan
    if not np.allclose(move, rate * run.slopes, atol=1e-12):
        return ""
    times = "" if np.isclose(abs(rate), 1) else f"{abs(rate):.3g} × "
    return f": each weight {'minus' if rate > 0 else 'plus'} {times}its slope"


def _words_forwards(run):
    z1, z2, a1, a2, *_ = run.before
    squashed = [np.allclose(sigmoid(before), after) for before, after in ((z1, a1), (z2, a2))]
    how = [" = σ(z₁)" if squashed[0] else "", " = σ(z₂)" if squashed[1] else ""]
    first = f"z₁ and a₁{how[0]}", f"z₂ and a₂{how[1]}"
    return ["the inputs", *first, "z from a₁ and a₂", "ŷ and the loss"]


def _words_backwards(run, x, label):
    """Say how the slopes were made, where they were made so."""
    _, _, a1, a2, _, y_hat, _ = run.before
    blame = run.slopes[[4, 5, 8]]
    entered = np.outer(x, blame[:2]).ravel()
    through = blame[2] * run.weights[6:8] * [a1 * (1 - a1), a2 * (1 - a2)]
    return [
        "the blame of the last neuron" + (", ŷ − y" if np.isclose(blame[2], y_hat - label) else ""),
        "slopes" + _if(" = blame × what came in", run.slopes[6:8], blame[2] * np.array([a1, a2])),
        "blame back" + _if(": times w, times a(1 − a)", blame[:2], through),
        "slopes" + _if(" = blame × input", run.slopes[:4], entered),
    ]


def _if(words, numbers, formula):
    return words if np.allclose(numbers, formula) else ""


def nine_slopes(opinions, **sliders):
    """Show nine slopes as they are measured and as a formula has them, for any input.

    `opinions(x1, x2)` returns the measured slopes, in the order of the packed weights along the
    last axis, and the formula's along the first. x1 and x2 are numbers, or arrays of one shape,
    for which it returns that many slopes.
    """
    whose = _whose(opinions)
    return live_figure(
        opinions,
        _draw_slopes,
        sliders,
        name="nine-slopes",
        panels=2,
        still=partial(_still_slopes, opinions),
        readout=partial(_say_slopes, whose),
        drag=("x1", "x2"),
        labels={"x1": "input x₁", "x2": "input x₂"},
        alt=f"A plane with the input; beside it nine measured slopes as rings, {whose[0]} as "
        "crosses.",
        title=f"Rings: measured by central differences. Crosses: {whose[1]}.",
    )


def _whose(opinions):
    """Return words for the formula: the notes' if two weights are exchanged in it as there."""
    measured, printed = (np.asarray(slopes) for slopes in opinions(1.5, -0.8))
    if np.allclose(printed, measured[[0, 2, 1, *range(3, 9)]]):
        return "the notes'", "the notes' formulas", "notes"
    return "those of a formula", "a formula", "formula"


def _still_slopes(opinions, axes):
    plots.window(axes[0], ((-2, 2), (-2, 2)), "x₁", "x₂")
    _draw_harmless(axes[0], opinions)
    plots.window(axes[1], ((-0.6, 0.3), (8.6, -0.6)), "slope", "")
    plots.segment(axes[1], (0, 8.6), (0, -0.6), "muted", linewidth=1)
    axes[1].set_yticks(range(9), _NAMES)


def _draw_harmless(ax, opinions):
    """Draw where in the plane the formula agrees with what is measured."""
    side = np.linspace(-2, 2, 81)
    measured, printed = opinions(*np.meshgrid(side, side))
    gaps = np.moveaxis(measured, -1, 0) - printed
    wrong = [row for row, gap in enumerate(gaps) if np.abs(gap).max() > 1e-6]
    if not wrong:
        plots.label(ax, -1.95, 1.75, "no harm anywhere", "target")
        return
    first = gaps[wrong[0]]
    ax.contour(side, side, first, [0], colors=[plots.PALETTE["target"]], linestyles=[":"])
    all_agree = all(np.allclose(np.abs(gaps[row]), np.abs(first), atol=1e-7) for row in wrong)
    words = "no harm" if all_agree else f"{_NAMES[wrong[0]]} agrees"
    plots.label(ax, -1.95, 1.75, f"dotted: {words}", "target")


def _draw_slopes(axes, result, x1, x2):
    measured, printed = result
    ring = {"fillstyle": "none", "markeredgewidth": 2}
    plots.point(axes[1], measured, np.arange(9), "slope", size=13, **ring)
    plots.point(axes[1], printed, np.arange(9), "path", size=8, marker="x", markeredgewidth=2)
    plots.handle(axes[0], x1, x2)


def _say_slopes(whose, result):
    (m12, m21), (n12, n21) = (np.asarray(slopes)[[1, 2]] for slopes in result)
    words = f"w₁₂: measured {m12:+.3f}, {whose[2]} {n12:+.3f}. w₂₁: {m21:+.3f}, {n21:+.3f}"
    return words.replace("-", "−")


def one_layer(layer, **sliders):
    """Show which numbers of the tables of a layer of two meet, forwards and on the way back.

    `layer()` returns ((x, w, b, z), d, d_w, d_x): the inputs, shape (1, 2), the weights, shape
    (2, 2), the biases, the sums, the blames, and the slopes by the weights and by the inputs.
    """
    return live_figure(
        layer,
        _draw_layer,
        sliders,
        name="one-layer",
        panels=2,
        still=_still_layer,
        readout=_say_layer,
        labels={"ask": "wanted"},
        alt="Two inputs and two neurons with the arrows that take part; beside it the tables whose "
        "numbers are multiplied.",
        title="What takes part is thick in the graph and coloured in the tables.",
    )


#: For each question the arrows that take part.
_TAKE_PART = {
    "z₁": ["w₁₁", "w₂₁", "b₁"],
    "z₂": ["w₁₂", "w₂₂", "b₂"],
    "slope by w₁₁": ["w₁₁"],
    "slope by w₂₁": ["w₂₁"],
    "back to x₁": ["w₁₁", "w₁₂"],
    "back to x₂": ["w₂₁", "w₂₂"],
}


def _layer(ax):
    """Return the picture of a layer of two: places, shape (4, 2), and edges by name."""
    places = diagram.layers((2, 2), (80, 260), (85, 245))
    return _Net(np.concatenate(places), dict(zip(_NAMES, diagram.edges(ax, places), strict=False)))


def _still_layer(axes):
    diagram.sheet(axes[0])
    net = _layer(axes[0])
    diagram.frame(axes[0], net.places, net.edges.values())
    for name, edge in net.edges.items():
        diagram.write(axes[0], edge.middle, name, "muted")
    axes[1].set_axis_off()
    plots.window(axes[1], ((-0.5, 7.5), (-3.6, 2.2)))


def _draw_layer(axes, result, ask):
    (x, _, _, z), d, _, _ = result
    net, back = _layer(axes[0]), not ask.startswith("z")
    role = "slope" if back else "model"
    for name in _TAKE_PART[ask]:
        start, end, _ = net.edges[name]
        plots.segment(axes[0], start, end, role, linewidth=3.5, linestyle="-", zorder=2)
    for place, number in zip(net.places, [*x[0], *(d[0] if back else z[0])], strict=True):
        diagram.write(axes[0], place, _short(number))
    _draw_tables(axes[1], *_tables(ask, result), role)


def _short(number):
    return typeset(f"{number:.3g}" if abs(number) >= 0.1 else f"{number:.2f}")


def _tables(ask, result):
    """Return the two tables that meet, what comes out, their names, and which cells take part."""
    (x, w, b, z), d, d_w, d_x = result
    k = "₁₂".index(ask[-1])
    every = np.ones(2, bool)
    one = np.arange(2) == k
    if ask.startswith("z"):
        tables, names = (x, w, z - b), ("x", "W", "z − b")
        return tables, names, (np.array([every]), np.array([one, one]), np.array([one]))
    if ask.startswith("back"):
        tables, names = (d, w.T, d_x), ("d", "Wᵀ", "∂L/∂x")
        return tables, names, (np.array([every]), np.array([one, one]), np.array([one]))
    i = np.arange(2)[:, None] == "₁₂".index(ask[-2])
    first = np.array([[True, False]])
    return (x.T, d, d_w), ("xᵀ", "d", "∂L/∂W"), (i, first, i & first)


def _draw_tables(ax, tables, names, cells, role):
    left = 0.0
    for table, name, taken, sign in zip(tables, names, cells, ("·", "=", ""), strict=True):
        columns = table.shape[1]
        plots.label(ax, left + (columns - 1) * 0.6, 1.6, name, "muted", ha="center")
        for (i, j), number in np.ndenumerate(table):
            look = {"ha": "center", "weight": "bold" if taken[i, j] else "normal"}
            shade = role if taken[i, j] else "muted"
            plots.label(ax, left + 1.2 * j, 0.6 - i, _short(number), shade, **look)
        plots.label(ax, left + 1.2 * columns - 0.35, 0.6, sign, ha="center")
        left += 1.2 * columns + 0.5


def _say_layer(result, ask):
    (x, w, b, z), d, d_w, d_x = result
    k = "₁₂".index(ask[-1])
    if ask.startswith("z"):
        terms = [f"{_bracketed(x[0, i])} · {_bracketed(w[i, k])}" for i in range(2)]
        return f"{ask} = {terms[0]} + {terms[1]} + {_bracketed(b[k])} = {_short(z[0, k])}"
    if ask.startswith("back"):
        terms = [f"{_bracketed(d[0, j])} · {_bracketed(w[k, j])}" for j in range(2)]
        return f"{ask}: {terms[0]} + {terms[1]} = {_short(d_x[0, k])}"
    i = "₁₂".index(ask[-2])
    return f"{ask}: {_bracketed(x[0, i])} · {_bracketed(d[0, 0])} = {_short(d_w[i, 0])}"


def _bracketed(number):
    return f"({_short(number)})" if number < 0 else _short(number)


def xor_track(y, train, **sliders):
    """Show the loss of a network while it is trained on a few samples, and what it says of each.

    Args:
        y: the labels 0 and 1, shape (m,).
        train: `train(rate, seed)` returns a row for each step: the loss, and the answer to each
            sample, shape (steps, 1 + m).
    """
    first = np.asarray(_at_start(train, sliders))
    return live_figure(
        lambda rate, seed: np.asarray(train(rate, seed)),
        partial(_draw_track, y),
        sliders,
        name="xor-track",
        panels=2,
        still=partial(_still_track, len(first) - 1),
        readout=_say_track,
        labels={"rate": "learning rate α", "seed": "start"},
        alt="The loss step by step; beside it the answers to the samples on their way to 0 or 1.",
        title="The loss, and the answer ŷ to each sample. Solid: the label is 1. Dashed: it is 0. "
        "Dotted: the loss of one that knows nothing, and half of it.",
    )


def _still_track(steps, axes):
    plots.window(axes[0], ((0, steps), (0, 1)), "step", "loss")
    plots.window(axes[1], ((0, steps), (-0.03, 1.03)), "step", "ŷ")
    _rule(axes[0], {"½ ln 2": np.log(2) / 2, "ln 2": np.log(2)})


def _rule(ax, losses):
    """Draw lines at losses by which others are measured, named on the axis: no curve is there."""
    (start, end), top = ax.get_xlim(), ax.get_ylim()[1]
    for height in losses.values():
        plots.segment(ax, (start, height), (end, height), "target", linewidth=1)
    ax.set_yticks([0, *losses.values(), top], ["0", *losses, f"{top:.2g}"])


def _draw_track(y, axes, track):
    steps = np.unique(np.geomspace(1, len(track), 60).astype(int)) - 1
    steps = np.union1d(steps, np.arange(0, len(track), 25))
    axes[0].plot(steps, track[steps, 0], color=plots.PALETTE["loss"], linewidth=2)
    for answers, label in zip(track.T[1:], y, strict=True):
        look = {"linestyle": "-" if label else "--", "linewidth": 2}
        axes[1].plot(steps, answers[steps], color=plots.PALETTE["model"], **look)


def _say_track(track):
    loss = track[:, 0]
    there = "" if loss[-1] > 0.05 else f", below 0.05 from step {(loss < 0.05).argmax()}"
    return f"loss {loss[0]:.3f} at first, {loss[-1]:.3f} after {len(loss) - 1} steps{there}"


def train_xor(x, y, loss, says, train, **sliders):
    """Show what a network says of the plane while it is trained, and its loss.

    Args:
        x, y: the samples, shapes (m, 2) and (m,), and their labels 0 and 1.
        loss: the loss of packed weights, a surface.
        says: `says(weights, points)` returns the probability of label 1 at points of shape
            (k, 2), for packed weights of shape (p,).
        train: `train(rate)` returns one `Path` of all starts together, x of shape
            (steps + 1, starts, p), the starts in the order of the slider `seed`.
    """
    seeds = list(_named(sliders, "seed").options)
    return live_figure(
        train,
        partial(_draw_xor, seeds, says),
        sliders,
        name="train-xor",
        panels=2,
        still=partial(_still_xor, x, y, loss, _range(_named(sliders, "step"))[1]),
        readout=partial(_say_xor, seeds),
        play="step",
        labels={"seed": "start", "rate": "learning rate α"},
        alt="Samples in the plane and the region where the network says one; beside it the loss.",
        title="Squares are ones, rings are zeros. Green: the network says one; greener: it is "
        "surer than 0.9. Dotted: the loss of one that knows nothing"
        + (", and of one that knows two of the four." if len(y) == 4 else "."),
        presets=_XOR_PRESETS,
        claims=_xor_claims(seeds),
    )


def _xor_claims(seeds):
    return {
        "learns": lambda path, seed: _loss_of(path, seeds, seed)[-1] < 0.05,
        "sticks": lambda path, seed: _has_stuck(_loss_of(path, seeds, seed)),
        "too bold": lambda path, seed: not _loss_of(path, seeds, seed)[-1] < 0.2,
    }


_XOR_PRESETS = {
    "learns": {"seed": "A", "rate": 2.0, "step": 1000},
    "sticks": {"seed": "E", "rate": 2.0, "step": 1000},
    "too bold": {"seed": "A", "rate": 8.0, "step": 1000},
}


def _loss_of(path, seeds, seed):
    return path.f[:, seeds.index(seed)]


def _has_stuck(losses):
    return losses[-1] > 0.2 and abs(losses[-1] - losses[len(losses) // 2]) < 0.05


def _still_xor(x, y, loss, steps, axes):
    low, high = x.min(axis=0) - 0.4, x.max(axis=0) + 0.4
    plots.window(axes[0], ((low[0], high[0]), (low[1], high[1])), "x₁", "x₂")
    plots.point(axes[0], *x[y == 1].T, "data", size=13, marker="s", zorder=5)
    plots.point(axes[0], *x[y == 0].T, "data", 13, zorder=5, fillstyle="none")
    idle = float(loss(np.zeros(loss.variables)))  # it says one half of everything
    plots.window(axes[1], ((0, steps), (0, max(1, 1.4 * idle))), "step", "loss")
    is_usual = np.isclose(idle, np.log(2))
    losses = {"½ ln 2" if is_usual else f"{idle / 2:.3g}": idle / 2} if len(y) == 4 else {}
    _rule(axes[1], losses | {"ln 2" if is_usual else f"{idle:.3g}": idle})


def _draw_xor(seeds, says, axes, path, seed, step):
    losses = _loss_of(path, seeds, seed)
    at = min(step, len(losses) - 1)
    for sure in (0.5, 0.9):
        _region(axes[0], partial(says, path.x[at, seeds.index(seed)]), 17, sure)
    counted = np.arange(0, len(losses), 50)
    axes[1].plot(counted, losses[::50], color=plots.PALETTE["loss"], linewidth=2)
    plots.point(axes[1], at, losses[at])


def _region(ax, says, points, level=0.5):
    """Fill the region where the probability, a function of points of shape (k, 2), is over it."""
    plots.region(ax, lambda x: says(x.reshape(-1, 2)).reshape(x.shape[:-1]), level, points=points)


def _say_xor(seeds, path, seed, step):
    losses = _loss_of(path, seeds, seed)
    at = min(step, len(losses) - 1)
    return f"step {at}: loss {losses[at]:.3f}{astray(losses, at)}"


def hidden_units(x, y, like, says, train, **sliders):
    """Show the region that a hidden layer of a few neurons fences in, and its loss.

    Args:
        x, y: the samples, shapes (m, 2) and (m,), and their labels.
        like: weights of the shapes of the largest network, a tuple of `Layer`.
        says: `says(weights, points)` returns the probability of label 1 at points of shape
            (k, 2), for packed weights of shape (p,).
        train: `train(start, rate)` returns one `Path` of all sizes together, x of shape
            (steps + 1, sizes, p), with 1, 2, 3, ... hidden neurons at work.
    """
    told = {"too slow": 0.02, "learns": 0.2, "too bold": 16}
    return live_figure(
        train,
        partial(_draw_disc, like, says),
        sliders,
        name="hidden-units",
        panels=2,
        still=partial(_still_disc, x, y, _range(_named(sliders, "step"))[1]),
        readout=partial(_say_disc, x, y, says),
        play="step",
        labels={"units": "hidden units", "rate": "learning rate α"},
        alt="Ones among zeros, a region, a line for each unit; beside it the loss.",
        title="Dashed: the line of each hidden neuron. Green: where the network says one; greener: "
        "it is surer than 0.9.",
        presets={name: {"units": 3, "rate": rate, "step": 400} for name, rate in told.items()},
        claims=_DISC_CLAIMS,
    )


_DISC_CLAIMS = {
    "too slow": lambda path, units: path.f[-1, units - 1] > 0.1 and _sinks(path, units),
    "learns": lambda path, units: path.f[-1, units - 1] < 0.05,
    "too bold": lambda path, units: not path.f[-1, units - 1] <= path.f[0, units - 1],
}


def _sinks(path, units):
    """Return whether the loss still falls in the second half of the training."""
    return path.f[-1, units - 1] < path.f[len(path.f) // 2, units - 1] < path.f[0, units - 1]


def _still_disc(x, y, steps, axes):
    reach = max(2, np.abs(x).max())
    plots.window(axes[0], ((-reach, reach), (-reach, reach)), "x₁", "x₂")
    plots.point(axes[0], *x[y == 1].T, "data", size=7, marker="s", zorder=5)
    plots.point(axes[0], *x[y == 0].T, "data", size=7, zorder=5, fillstyle="none")
    axes[1].set_yscale("log")
    plots.window(axes[1], ((0, steps), (0.005, 100)), "step", "loss")


def _sized(path, units, step):
    """Return the weights and the losses of the network of that size, and the step reached."""
    if not 1 <= units <= path.f.shape[1]:
        raise ValueError(f"units: got {units}, wanted 1 to {path.f.shape[1]}, as it was trained")
    at = min(step, len(path.f) - 1)
    return path.x[at, units - 1], path.f[:, units - 1], at


def _draw_disc(like, says, axes, path, units, step):
    weights, losses, at = _sized(path, units, step)
    for sure in (0.5, 0.9):
        _region(axes[0], partial(says, weights), 21, sure)
    first = unpack(weights, like)[0]
    for normal, b in zip(first.w.T[:units], first.b, strict=False):
        if normal[1]:
            foot = -b * normal / (normal @ normal)
            style = {"linewidth": 1, "linestyle": "--"}
            plots.line(axes[0], -normal[0] / normal[1], *foot, "path", **style)
    counted = np.arange(0, len(losses), 25)
    axes[1].plot(counted, losses[::25], color=plots.PALETTE["loss"], linewidth=1.5)
    plots.point(axes[1], at, losses[at])


def _say_disc(x, y, says, path, units, step):
    weights, losses, at = _sized(path, units, step)
    right = int(((says(weights, x) > 0.5) == (y == 1)).sum())
    lines = "1 line" if units == 1 else f"{units} lines"
    words = f"{lines}, step {at}: {right} of {len(y)} right, loss {losses[at]:.3g}"
    return words + astray(losses, at)


def chain_of_three(chain, **sliders):
    """Show three neurons in a row: activations go forwards, blames come back.

    `chain(...)` returns the three weights, the four activations with the input first, and the
    three blames, first layer first.
    """
    return live_figure(
        chain,
        _draw_three,
        sliders,
        name="chain-of-three",
        still=_still_three,
        readout=_say_three,
        play="step",
        labels={"w2": "weight w⁽²⁾", "w3": "weight w⁽³⁾"},
        alt="Three neurons in a row behind an input: activations appear from the left, then blames "
        "from the right.",
        title="Inside: what each neuron hands on. Below: its blame.",
    )


def _row(ax):
    """Return where the input and the three neurons stand, and the edges between them."""
    places = np.concatenate(diagram.layers((1, 1, 1, 1), (46, 514), (170, 170)))
    return places, [diagram.between(ax, *pair) for pair in pairwise(places)]


def _still_three(ax):
    diagram.sheet(ax)
    places, edges = _row(ax)
    diagram.frame(ax, places, edges)
    for k, place in enumerate(places):
        diagram.write(ax, place, f"layer {k}" if k else "x", off=(0, 56))


def _draw_three(ax, result, step):
    weights, activations, blames = result
    places, edges = _row(ax)
    for k, (weight, (start, end, middle)) in enumerate(zip(weights, edges, strict=True)):
        diagram.write(ax, middle, typeset(f"{weight:.3g}"), "muted")
        diagram.edge(ax, start, end, weight, "model", 3, k, step - k - 1)
    _draw_inside(ax, places, activations, np.arange(4), step, "model")
    for k in range(2, 5 - step, -1):
        diagram.write(ax, places[k + 1], typeset(f"{blames[k]:.4f}"), "slope", (0, -56))
    _draw_way_back(ax, edges, blames, step)


def _draw_way_back(ax, edges, blames, step):
    """Draw below the edges what they bring back, as wide as the blame that arrives."""
    for k, blame in enumerate(blames[:2], start=1):
        low = np.array([0, -11])
        start, end = edges[k].end + low, edges[k].start + low
        diagram.edge(ax, start, end, blame, "slope", 0.2, 10 + k, step - 7 + k)


def _say_three(result, step):
    _, activations, blames = result
    if step == 0:
        return "the input"
    if step < 4:
        a = activations[step]
        return f"forwards, layer {step}: a = {a:.3f}, its slope a(1 − a) = {a * (1 - a):.3f}"
    k = 6 - step
    d = f"blame {blames[k]:.4f}"
    words = f"backwards, layer {k + 1}: {d}, by its weight {blames[k] * activations[k]:.4f}"
    return words


def vanishing_slopes(blame, **sliders):
    """Show how the blame grows or fades on the way back through a chain of equal neurons.

    `blame(bend, w, b)` returns the size of the blame at each layer, first layer first.
    """
    layers = len(_at_start(blame, sliders))
    return live_figure(
        blame,
        _draw_chain,
        sliders,
        name="vanishing-slopes",
        panels=2,
        still=partial(_still_chain, layers),
        readout=_say_chain,
        labels={"w": "weight w", "b": "bias b"},
        play="w",
        alt="The factor that blame takes at each layer but the last, and the blame left at each "
        "layer.",
        title=f"The way back starts at the last layer, {layers}: the factor at each layer, and "
        "what is left of the blame.",
        presets=_CHAIN_PRESETS,
        claims=_CHAIN_CLAIMS,
    )


_CHAIN_PRESETS = {
    "fades": {"bend": "sigmoid", "w": 1, "b": 0},
    "saturated": {"bend": "sigmoid", "w": 8, "b": 0},
    "balanced": {"bend": "sigmoid", "w": 4, "b": -2},
    "explodes": {"bend": "ReLU", "w": 2, "b": 0},
}
_CHAIN_CLAIMS = {
    "fades": lambda blame: blame[0] < 1e-2 * blame[-1],
    "saturated": lambda blame: blame[0] < 1e-4 * blame[-1],
    "balanced": lambda blame: 0.1 * blame[-1] < blame[0] < 10 * blame[-1],
    "explodes": lambda blame: blame[0] > 10 * blame[-1],
}


def _still_chain(layers, axes):
    room = (0.5, layers - 0.5), (-0.05, 2.5)
    plots.window(axes[0], room, "layer", "factor on the way back")
    plots.segment(axes[0], (0.5, 1), (layers - 0.5, 1), "target")
    plots.label(axes[0], 0.7, 1.12, "1: handed on whole", "target")
    axes[1].set_yscale("log")
    plots.window(axes[1], ((0.5, layers + 0.5), (1e-12, 1e4)), "layer", "size of the blame")
    axes[1].set_yticks([1e-12, 1e-8, 1e-4, 1, 1e4])


def _draw_chain(axes, blame):
    blame = np.maximum(blame, 1e-300)
    layer = np.arange(1, len(blame) + 1)
    style = {"markersize": 6, "linestyle": "-"}
    plots.walk(axes[0], layer[:-1], blame[:-1] / blame[1:], "slope", **style)
    plots.walk(axes[1], layer, blame, "slope", **style)


def _say_chain(blame, bend):
    first, last = blame[0], blame[-1]
    share = f"{first / last:.3g} of the" if first and last else "none of the"
    return f"{bend}: {share} last layer's blame reaches the first"


def three_bends(bends, **sliders):
    """Show three bends and their slopes, with a point on each.

    `bends(leak)` returns the three by name, functions `out, back = bend(x)` as in `network`.
    """
    few, many = (bends(leak) for leak in _range(_named(sliders, "leak")))
    if len(few) != 3:
        raise ValueError(f"bends: got {list(few)}, wanted three")
    return live_figure(
        bends,
        partial(_draw_bends, _standing(few, many)),
        sliders,
        name="three-bends",
        panels=2,
        still=partial(_still_bends, few, _standing(few, many)),
        readout=_say_bends,
        drag=("x",),
        labels={"leak": "leak c"},
        presets={"at the corner": {"x": 0}},
        claims={"at the corner": lambda bends: any(map(_has_corner, bends.values()))},
        play="x",
        alt="{}, {} and {}, and the slope of each.".format(*few),
        title="Three bends and their slopes." + _same_line(few, many),
    )


_SIDES = ((-3, -1e-9), (1e-9, 3))


def _both(bend, x):
    """Return the output of a bend at x and its slope there, shape (2, ...)."""
    out, back = bend(x)
    return np.array([out, back(np.ones_like(x))])


def _agree(bend, other, side):
    across = np.linspace(*side, 61)
    return np.allclose(_both(bend, across), _both(other, across), atol=1e-12)


def _standing(few, many):
    """Return the names of the bends that the slider of the leak does not move."""
    return [name for name in few if all(_agree(few[name], many[name], side) for side in _SIDES)]


def _same_line(few, many):
    """Say that the first two bends agree on the right, if they do whatever the leak."""
    left, right = list(few)[:2]
    if all(_agree(bends[left], bends[right], _SIDES[1]) for bends in (few, many)):
        return f" For x > 0 {left} and {right} are the same line."
    return ""


def _has_corner(bend):
    before, after = _both(bend, np.array([-1e-6, 1e-6]))[1]
    return abs(after - before) > 0.1


def _still_bends(bends, standing, axes):
    plots.window(axes[0], ((-3, 3), (-1.2, 3)), "x", "output")
    plots.window(axes[1], ((-3, 3), (-0.1, 1.3)), "x", "slope")
    looks = dict(zip(bends, ("-", "--", "-."), strict=True))
    for side in _SIDES:
        for name in standing:
            _draw_side(axes, bends[name], side, looks[name])
    one, two, three = bends
    plots.label(axes[0], 1.3, 2.2, f"{one}, {two} ●◆", "function", ha="right")
    plots.label(axes[0], 2.9, 0.7, f"{three} ■", "function", ha="right")
    plots.label(axes[1], 2.9, 1.1, f"{one}, {two} ●◆", "slope", ha="right")
    plots.label(axes[1], 1.2, 0.45, f"{three} ■", "slope")


def _draw_side(axes, bend, side, linestyle):
    """Draw a bend and its slope on one side of the corner, straight pieces by their two ends."""
    ends = _both(bend, np.linspace(*side, 5))[0]
    points = 2 if np.allclose(np.diff(ends, 2), 0, atol=1e-9) else 61
    for row, (ax, role) in enumerate(zip(axes, ("function", "slope"), strict=True)):
        style = {"span": side, "points": points, "linestyle": linestyle}
        plots.curve(ax, lambda x, row=row: _both(bend, x)[row], role, **style)


def _draw_bends(standing, axes, bends, x):
    for (name, bend), linestyle in zip(bends.items(), ("-", "--", "-."), strict=True):
        for side in _SIDES if name not in standing else ():
            if not any(_agree(bend, bends[other], side) for other in standing):
                _draw_side(axes, bend, side, linestyle)
    outs, slopes = np.transpose([_both(bend, np.array([x]))[:, 0] for bend in bends.values()])
    plots.handle(axes[0], x, outs[0])
    plots.point(axes[0], x, outs[1], marker="D", size=7)
    plots.point(axes[0], x, outs[2], marker="s", size=7)
    for slope, marker in zip(slopes, "oDs", strict=True):
        plots.point(axes[1], x, slope, marker=marker, size=8)


def _say_bends(bends, x):
    words = []
    for (name, bend), digits in zip(bends.items(), (0, 2, 3), strict=True):
        slope = _both(bend, np.array([x]))[1, 0]
        places = digits if digits or slope == round(slope) else 3
        words.append(f"{name} {slope:.{places}f}")
    return f"x = {x:.1f}: slopes {', '.join(words)}"


def relu_hinge(sample, units, model, train, **sliders):
    """Show a model with one hidden unit beside its one sample, and its error step by step.

    Args:
        sample: a pair of numbers x and y.
        units: the bends by their names, functions `out, back = bend(q)` as in `network`.
        model: `model(unit, weights, x)` returns M(x) for the weights w₁, b₁, w₂, b₂, shape (4,);
            what enters the unit is z = w₁x + b₁.
        train: `train(unit, sign, start, rate)` returns the `Path` of the weights.
    """
    x, y = sample
    error = _error_name(sample, model, sliders, _at_start(train, sliders))
    return live_figure(
        train,
        partial(_draw_hinge, sample, model),
        sliders,
        name="relu-hinge",
        panels=2,
        still=partial(_still_hinge, sample, _range(_named(sliders, "step"))[1], error),
        readout=partial(_say_hinge, x, units),
        play="step",
        labels={"sign": "slopes", "rate": "learning rate α"},
        alt=f"A bent line beside one data point, and the {error} at each step since the start.",
        title=typeset(f"One sample, at ({x:g}, {y:g}): the model, and its error step by step."),
        presets=_HINGE_PRESETS,
        claims=_hinge_claims(x, units),
    )


_MINUS = {"sign": "with the minus", "step": 10}
_HINGE_PRESETS = {
    "no minus": {"sign": "as printed", "rate": 0.1, "unit": "ReLU", "start": "rising", "step": 10},
    "dies": _MINUS | {"rate": 1.0, "unit": "ReLU", "start": "rising"},
    "leaks": _MINUS | {"rate": 1.0, "unit": "LeakyReLU", "start": "rising"},
    "born dead": _MINUS | {"rate": 0.3, "unit": "ReLU", "start": "dead"},
    "wakes": _MINUS | {"rate": 0.3, "unit": "LeakyReLU", "start": "dead"},
}


def _hinge_claims(x, units):
    """Return what the presets of the hinge promise of a path."""

    def becomes(before, after):
        return lambda path, unit: _states(path, x, units[unit])[[0, -1]].tolist() == [before, after]

    return {
        "no minus": lambda path: not path.f[-1] <= path.f[0],
        "dies": becomes("on", "dead"),
        "leaks": lambda path, unit: _leaks(path, x, units[unit]),
        "born dead": becomes("dead", "dead"),
        "wakes": becomes("on its leaky side", "on"),
    }


def _error_name(sample, model, sliders, path):
    """Return what the height of a path is called: the absolute error, if it is that."""
    unit = _named(sliders, "unit").value
    miss = [abs(sample[1] - model(unit, weights, sample[0])) for weights in path.x]
    return "absolute error" if np.allclose(miss, path.f) else "error"


def _states(path, x, bend):
    """Return a word for each step: what the unit does with the sample."""
    return np.array([_state(bend, weights[0] * x + weights[1]) for weights in path.x])


def _state(bend, q):
    out, slope = _both(bend, np.array([q]))[:, 0]
    if q >= 0:
        return "on"
    if slope == 0:
        return "dead"
    return "on its leaky side" if np.isclose(out, slope * q) and slope < 1 else "at work"


def _leaks(path, x, bend):
    moves = (path.x[1:] != path.x[:-1]).all()
    return bool(moves and "on its leaky side" in _states(path, x, bend))


def _still_hinge(sample, steps, error, axes):
    plots.window(axes[0], ((-2, 4), (-6, 14)), "x", "y")
    plots.point(axes[0], *sample, "data", zorder=5)
    plots.window(axes[1], ((0, steps), (0, 14)), "step", error)


def _draw_hinge(sample, model, axes, path, unit, step):
    at = min(step, path.steps)
    weights = path.x[at]
    x = _corners(partial(model, unit), weights)
    there, wanted = np.reshape(sample, (2, 1))
    plots.misses(axes[0], there, wanted, model(unit, weights, there))
    axes[0].plot(x, model(unit, weights, x), color=plots.PALETTE["model"], linewidth=2)
    plots.losses(axes[1], until(path, at), markersize=6)


def _corners(model, weights):
    """Return where to draw a model: its two ends and its corner if it is a bent line."""
    w1, b1 = weights[:2]
    corner = np.clip(-b1 / w1, -2, 4) if w1 else 4.0
    halves = [np.linspace(*ends, 5) for ends in ((-2, corner), (corner, 4))]
    if all(np.allclose(np.diff(model(weights, half), 2), 0) for half in halves):
        return np.array([-2, corner, 4])
    return np.linspace(-2, 4, 61)


def _say_hinge(x, units, path, unit, step):
    at = min(step, path.steps)
    w1, b1 = path.x[at][:2]
    q = x * w1 + b1
    if not np.isfinite(q):
        return f"step {at}: the weights have run away"
    state = _state(units[unit], q)
    return f"step {at}: z⁽¹⁾ = {q:.3g}, the unit is {state}; error {path.f[at]:.3g}"


def tape_backwards(taped, **sliders):
    """Show the numbers of u·v + σ(u) as they are made, and how their slopes come back.

    `taped(u, v)` returns five numbers, each with its `value`, its `slope` and its `parents`, pairs
    with local slopes: u, v, their product, a function of u alone, and the sum of the two.
    """
    return graphs.graph_figure(
        _TAPE,
        lambda u, v: _taped_run(taped(u, v)),
        sliders,
        scales=(7, 3),
        name="tape-backwards",
        alt="Five numbers as a graph, twice: u and v, their product, a function of u, and the sum.",
        title="The values, and the slopes of the sum, when the tape is played back. The wider, the "
        "larger; dashed: below zero.",
    )


_TAPE = graphs.Graph(
    ("u", "v", "u·v", "σ(u)", "sum"),
    ("u", "v", "u·v", "σ(u)", "the sum"),
    ((), (), (0, 1), (0,), (2, 3)),
)


def _taped_run(numbers):
    return graphs.run_of(_TAPE, numbers, [number.slope for number in numbers])
