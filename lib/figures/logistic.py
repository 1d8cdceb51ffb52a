"""The figures of the chapter on logistic regression."""

from functools import partial

import numpy as np

from lib import logistic, losses, newton, plots
from lib.derivatives import central_slope
from lib.figures import neurons
from lib.figures.parts import astray, inside, sees_in_order, wide
from lib.live import live_figure
from lib.live.arguments import chosen
from lib.live.letters import typeset
from lib.losses import sigmoid
from lib.path import follow

#: Places at which a curve over x tells where it passes one half, and how steep it is.
ACROSS = np.linspace(-10, 10, 801)


def logistic_sigmoid(neuron, **sliders):
    """Show what a neuron of one input answers to each x, and the tangent where it answers ½.

    `neuron(x, w, b)` returns ŷ, in the shape of x.
    """
    is_sigmoid = np.allclose(neuron(ACROSS, 2.0, 1.0), sigmoid(2 * ACROSS + 1))
    words = "The weight w turns the curve about its centre. The bias b moves it sideways."
    return live_figure(
        lambda w, b: lambda x: neuron(x, w, b) + 0 * x,
        _draw_sigmoid,
        sliders,
        name="logistic-sigmoid",
        still=_still_sigmoid,
        readout=_say_sigmoid,
        labels={"w": "weight w", "b": "bias b"},
        play="w",
        alt=SHAPED if is_sigmoid else "What a neuron answers to each x, with a dashed tangent.",
        title=words if is_sigmoid else "What a neuron answers to each x.",
        presets=_SIGMOID_PRESETS,
        claims={
            "steep": lambda f: _steepest(f) > 0.5,
            "mirrored": lambda f: np.allclose(f(ACROSS), neuron(-ACROSS, 5.0, -3.0)),
            "gentle": lambda f: _steepest(f) < 0.5,
        },
    )


_SIGMOID_PRESETS = {
    "steep": {"w": 5, "b": -3},
    "mirrored": {"w": -5, "b": -3},
    "gentle": {"w": 0.5, "b": 0},
    "no weight": {"w": 0, "b": -1},
}


SHAPED = "An S-shaped curve between 0 and 1, with a dashed tangent at its centre."


def _steepest(f):
    return np.abs(np.diff(f(ACROSS)) / np.diff(ACROSS)).max()


def _turn(holds, low, high):
    """Return where a condition ceases that holds at `low` and not at `high`, by bisection."""
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return high


def _centre(f, w, b):
    """Return where f passes one half: −b/w if it does so there, NaN if it does so nowhere."""
    if w and np.isclose(f(-b / w), 0.5):
        return -b / w + 0.0
    above = f(ACROSS) > 0.5
    turns = np.flatnonzero(above[1:] != above[:-1])
    if not len(turns):
        return np.nan
    first = turns[np.abs(ACROSS[turns]).argmin()]
    place = _turn(lambda x: (f(x) > 0.5) == above[first], *ACROSS[first : first + 2])
    return place if np.isclose(f(place), 0.5) else np.nan


def _still_sigmoid(ax):
    plots.window(ax, ((-4, 4), (-0.1, 1.1)), "x", "probability ŷ")
    for height in (0, 0.5, 1):
        plots.line(ax, 0, 0, height, "muted", linewidth=1, linestyle="-")


def _draw_sigmoid(ax, f, w, b):
    plots.curve(ax, f, "model", points=81, linewidth=3)
    centre = _centre(f, w, b)
    if not abs(centre) < 4:
        return
    plots.segment(ax, (centre, -0.1), (centre, 0.5), "target")
    slope = float(central_slope(f, centre))
    reach = 0.4 / max(abs(slope), 0.05)
    plots.segment(ax, *((centre + run, 0.5 + run * slope) for run in (-reach, reach)))
    plots.point(ax, centre, 0.5, "model")


def _say_sigmoid(f, w, b):
    answers, centre = f(ACROSS), _centre(f, w, b)
    if np.ptp(answers) == 0:
        return f"w = {w:g}: the answer is {answers[0]:.2f} for every x. No centre."
    if np.isnan(centre):
        return f"No x from {ACROSS[0]:g} to {ACROSS[-1]:g} is answered with ½."
    slope = float(central_slope(f, centre))
    if w and np.allclose((centre, slope), (-b / w, w / 4)):
        return f"centre −b/w = {centre:.2f}, slope there w/4 = {slope:.3f}"
    return f"½ at x = {centre:.2f}, slope there = {slope:.3f}"


def logistic_badly_wrong(both_losses, both_slopes, **sliders):
    """Show two losses of one sample over z, what the neuron says to it, and their slopes.

    Args:
        both_losses: `both_losses(z, y)` returns the two losses under the label y, elementwise in z.
        both_slopes: `both_slopes(z, y)` returns their slopes by z, elementwise in z.
    """
    names = _loss_names(both_losses)
    more = "; one dies away, one does not." if tuple(names) == USUAL else "."
    return live_figure(
        lambda y, z: (both_losses(z, y), both_slopes(z, y)),
        partial(_draw_wrong, both_losses, both_slopes),
        sliders,
        name="logistic-badly-wrong",
        panels=2,
        still=partial(_still_wrong, names, both_losses, sliders["z"]),
        readout=partial(_say_wrong, names, both_losses),
        drag=("z",),
        labels={"y": "label y"},
        play="z",
        alt=f"{names[0]} and {names[1]} by z, and their slopes{more}",
        title=f"What the error costs, and the slope that teaches. Dashed: {names[1]}.",
        presets=_WRONG_PRESETS,
        claims=_wrong_claims(both_losses),
    )


_WRONG_PRESETS = {
    "badly wrong": {"y": 1, "z": -6},
    "undecided": {"y": 1, "z": 0},
    "right": {"y": 1, "z": 6},
}


def _wrong_claims(both_losses):
    return {
        "badly wrong": lambda now, z, y: np.all(np.greater(now[0], both_losses(-z, y))),
        "undecided": lambda now, z, y: np.allclose(now[0], both_losses(z, 1 - y)),
        "right": lambda now, z, y: np.all(np.less(now[0], both_losses(-z, y))),
    }


USUAL = ("log loss", "squared error")


def _loss_names(both_losses):
    """Return what the two losses are called: log loss, squared error, or their number."""
    z, names = np.linspace(-5, 5, 9), ["the first loss", "the second loss"]
    made = [both_losses(z, y) for y in (0, 1)]
    known = dict(zip(USUAL, (losses.log_loss_of_logit, _square_of_logit), strict=True))
    for k in (0, 1):
        for name, loss in known.items():
            if all(np.allclose(made[y][k], loss(z, y)) for y in (0, 1)):
                names[k] = name
    return names


def _square_of_logit(z, y):
    return losses.squared_error(sigmoid(z), y)


def _still_wrong(names, both_losses, z, axes):
    limits, ends = wide((-8, 8), (z.min, z.max)), np.array([z.min, z.max], dtype=float)
    heights = wide((-0.4, 8.4), [both_losses(ends, y) for y in (0, 1)], 0.3)
    plots.window(axes[0], (limits, heights), "z", "loss")
    low, high = heights
    for share, line, name in ((0.068, "solid", names[0]), (0.148, "dashed", names[1])):
        up = high - share * (high - low)
        plots.label(axes[0], 0, up, f"{line}: {name}", "loss", ha="center")
    plots.window(axes[1], (limits, (-1.15, 1.15)), "z", "slope of the loss by z")
    plots.line(axes[1], 0, 0, 0, "muted", linewidth=1, linestyle="-")


def _draw_wrong(both_losses, both_slopes, axes, now, y, z):
    across = np.linspace(*axes[0].get_xlim(), 65)
    rows = zip(axes, (both_losses, both_slopes), now, ("loss", "slope"), strict=True)
    for ax, f, here, role in rows:
        for height, dash in zip(f(across, y), ("-", "--"), strict=True):
            ax.plot(across, height + 0 * across, dash, color=plots.PALETTE[role], linewidth=2)
        plots.point(ax, [z, z], here, size=7)
    plots.handle(axes[0], z, now[0][0])


def _say_wrong(names, both_losses, now, y, z):
    short = [name.replace("squared error", "squares") for name in names]
    answer = "ŷ" if set(names) & set(USUAL) else "σ(z)"
    slopes = f"slope {now[1][0]:.3f} by {short[0]}, {now[1][1]:.2g} by {short[1]}"
    words = f"{answer} = {sigmoid(z):.3f}: {slopes}"
    for k, line in enumerate(("solid", "dashed")):
        true = float(central_slope(lambda place, k=k: both_losses(place, y)[k], z))
        if not np.isclose(now[1][k], true, rtol=1e-3, atol=1e-6):
            words += f"; but the {line} curve has the slope {true:.3g}"
    return words


def price_of_truth(prices, **sliders):
    """Show what an answer costs that gave the truth the probability p.

    `prices(p)` returns two prices, in the shape of p; the second is drawn dashed.
    """
    return live_figure(
        lambda: prices,
        _draw_price,
        sliders,
        name="price-of-truth",
        still=partial(_still_price, prices),
        readout=_say_price,
        labels={"p": "probability p"},
        play="p",
        alt="Two prices over the probability that the truth was given: both fall to 0 at 1.",
        title="Solid: −ln p. Dashed: the squared error." if _are_usual(prices) else "Two prices.",
    )


def _are_usual(prices):
    p = np.array([0.1, 0.5, 0.9])
    return np.allclose(prices(p), [-np.log(p), (1 - p) ** 2])


def _still_price(prices, ax):
    plots.window(ax, ((0, 1.02), (0, 7)), "probability that the truth was given", "price")
    across = np.geomspace(1e-3, 1, 61)
    for price, dash in zip(prices(across), ("-", "--"), strict=True):
        ax.plot(across, price, dash, color=plots.PALETTE["loss"], linewidth=2)


def _draw_price(ax, prices, p):
    one, other = prices(p)
    plots.point(ax, p, one)
    plots.point(ax, p, other, marker="s", size=7)


def _say_price(prices, p):
    one, other = (float(price) for price in prices(p))
    return f"p = {p:.3g}: {one + 0.0:.3f}, dashed {other:.3f}"


def sigmoid_step(x, y, step_on, **sliders):
    """Show one sample go through a sum and a sigmoid to the log loss, the slopes, and the step.

    Args:
        x, y: the sample, two inputs and a label.
        step_on: `step_on(start, rate)` returns the three parameters, z and ŷ, the slopes of the
            loss by ŷ and by z, those by the two weights, and the new weights and bias.
    """
    return live_figure(
        step_on,
        partial(_draw_neuron, x, y),
        sliders,
        name="sigmoid-step",
        panels=2,
        still=lambda axes: neurons.still(axes, ("z", "ŷ", "L"), x, y),
        readout=partial(_say_neuron, x, y),
        play="step",
        labels={"start": "believes", "rate": "learning rate α"},
        alt="A neuron as a graph, twice: two inputs and a one lead to a sum, that to a sigmoid and "
        "to the loss; then slopes come back.",
        title="One sample forwards, backwards, and the step that follows. The wider, the larger; "
        "dashed: below zero.",
    )


def _draw_neuron(x, y, axes, result, step):
    before, (z, p), (d_p, d_z), d_w, (new_w, new_b) = result
    if step < 5:
        numbers = z, p, losses.log_loss(p, y)
        neurons.forwards(axes[0], before, numbers, (1, 1, 2), step)
        neurons.backwards(axes[1], [*d_w, d_z], (d_z, d_p), (3, 3, 4), step)
        return
    after = np.array([*new_w, new_b])
    z = after[:2] @ x + after[2]
    numbers = z, sigmoid(z), losses.log_loss(sigmoid(z), y)
    neurons.forwards(axes[0], after, numbers, (1, 1, 2), step, "path")
    nothing = (9, 9, 0)
    neurons.backwards(axes[1], after - before, (0, 0), nothing, 0, "added to each weight", "path")


def _say_neuron(x, y, result, step):
    _, (z, p), (d_p, d_z), _, (new_w, new_b) = result
    again = sigmoid(np.dot(new_w, x) + new_b)
    words = [
        "The numbers as they stand",
        f"Forwards: the sum is {z:.3g}, the sigmoid of it {p:.3g}",
        f"Loss: the truth got the probability {p if y else 1 - p:.3g}",
        f"Back: {d_p:.3g} by ŷ; times ŷ(1 − ŷ) = {p * (1 - p):.3g} it is {d_z:.3g} by z",
        "Back: that, times each input",
        f"Step: the answer was {p:.3g} and is now {again:.3g}",
    ]
    return words[min(step, 5)]


def switch_track(train, **sliders):
    """Show the loss of each sample before it was learned, and the share of right answers so far.

    `train(learning_rate, w0)` returns a row for each sample: its loss, and whether the answer was
    right, shape (m, 2).
    """
    samples = len(_first(train, sliders))
    return live_figure(
        lambda learning_rate, w0: np.asarray(train(learning_rate, w0), dtype=float),
        _draw_track,
        sliders,
        name="switch-track",
        panels=2,
        still=partial(_still_track, samples),
        readout=_say_track,
        labels={"w0": "start w₀"},
        alt="A dot for the loss of each sample; beside it the share of right answers so far.",
        title="What each sample cost before it was learned, and the share of right answers so far.",
    )


def _still_track(samples, axes):
    plots.window(axes[0], ((0, samples), (0, 3)), "sample", "log loss")
    plots.segment(axes[0], (0, np.log(2)), (samples, np.log(2)), "target", linewidth=1)
    plots.label(axes[0], 0.98 * samples, 2.7, "dotted: no opinion, ln 2", "target", ha="right")
    plots.window(axes[1], ((0, samples), (0, 1.02)), "sample", "share right")


def _draw_track(axes, track):
    plots.point(axes[0], np.arange(len(track)), track[:, 0], "loss", size=1.8)
    share = np.cumsum(track[:, 1]) / np.arange(1, len(track) + 1)
    every = np.r_[:20, 20 : len(track) : 10, len(track) - 1]
    axes[1].plot(every, share[every], color=plots.PALETTE["model"], linewidth=2)


def _say_track(track):
    late = track[-100:, 0].mean()
    words = f"mean loss of the first hundred {track[:100, 0].mean():.2f}, of the last {late:.2f}"
    return f"{words}; {track[:, 1].mean():.1%} right on the way"


def logistic_switch(data, train, **sliders):
    """Show a neuron of one input learn where a label switches: its curve, and w and b by step.

    Args:
        data: the samples in the order in which they are seen, a `Setup` of one feature.
        train: `train(learning_rate, w0)` returns the `Path` of (w, b).
    """
    _check_one_feature(data)
    counted = _counted(data, _first(train, sliders))
    return live_figure(
        train,
        _draw_switch,
        sliders,
        name="logistic-switch",
        panels=2,
        still=partial(_still_switch, data, counted, sliders["step"].max),
        readout=partial(_say_switch, counted),
        play="step",
        labels={"w0": "start w₀", "step": counted},
        alt="A neuron's curves over labels 0 and 1, from the first to now; beside it w and b.",
        title="Every 50th sigmoid, thin to thick; thickest: now. And its two parameters.",
        presets={
            name: {"learning_rate": rate, "w0": data.w0}
            for name, rate in (("crawl", 0.01), ("lecture", 0.1), ("jumpy", 1))
        },
        claims=_switch_claims(data),
    )


def _switch_claims(data):
    return {
        "crawl": lambda path: path.x[-1, 0] < data.target_w / 2,
        "lecture": lambda path, learning_rate: learning_rate == data.learning_rate,
        "jumpy": lambda path: path.x[:, 0].max() > data.target_w,
    }


def _check_one_feature(data):
    if np.ndim(data.x) != 1:
        raise ValueError(f"data: got x of shape {np.shape(data.x)}, wanted one feature a sample")


def _first(train, sliders):
    """Return what is trained at the values at which the sliders start."""
    return train(**chosen(train, {name: slider.value for name, slider in sliders.items()}))


def _counted(data, path):
    """Return what a step counts: samples, if each step looks at the next one alone."""
    return "samples seen" if sees_in_order(data.x, path) else "steps"


def _still_switch(data, counted, most, axes):
    plots.window(axes[0], (wide((-2.4, 3.8), data.x), (-0.15, 1.15)), "x", "label, probability")
    plots.point(axes[0], data.x, data.y, "data", marker="|", size=9)
    limits = wide((-7, 10), (data.target_w, data.target_b), 2)
    across = "sample" if counted == "samples seen" else "step"
    plots.window(axes[1], ((0, most), limits), across, "w solid, b dashed")
    for value, name, up in ((data.target_w, "w", 0.7), (data.target_b, "b", -0.8)):
        plots.line(axes[1], 0, 0, value, "target", linestyle=":")
        plots.label(axes[1], 0.98 * most, value + up, f"target of {name}", "target", ha="right")


def _answer(theta):
    """Return the curve of the neuron with theta = (w, b)."""
    w, b = theta
    return lambda x: sigmoid(w * x + b)


def _draw_switch(axes, path, step):
    at, theta, every = min(step, path.steps), path.x, max(path.steps // 50, 1)
    colours = plots.step_colours(path.steps // 50 + 1)
    for k, (place, colour) in enumerate(zip(theta[: at + 1 : 50], colours, strict=False)):
        width = 0.6 + 1.6 * k / len(colours)
        plots.curve(axes[0], _answer(place), points=41, color=colour, linewidth=width)
    plots.curve(axes[0], _answer(theta[at]), "model", points=41, linewidth=3, zorder=3)
    steps = range(0, path.steps + 1, every)
    for k, dash in enumerate(("-", "--")):
        axes[1].plot(steps, theta[::every, k], dash, color=plots.PALETTE["path"])
        plots.point(axes[1], at, theta[at, k], size=7)
        plots.leaving(axes[1], at, theta[at, k])


def _say_switch(counted, path, step):
    at = min(step, path.steps)
    w, b = path.x[at]
    boundary = f"boundary {-b / w:.2f}" if w else "no boundary"
    return f"{at} {counted}: w = {w:.2f}, b = {b:.2f}, {boundary}"


def logistic_cut(data, train, **sliders):
    """Show labels that are cut in another place, and what a neuron learns from them.

    Args:
        data: the samples and their right labels, a `Setup` of one feature.
        train: `train(at, learning_rate, w0)` returns labels that switch at x = at, shape (m,), and
            the `Path` of (w, b).
    """
    _check_one_feature(data)
    is_cut = _is_cut(data, _first(train, sliders)[0], sliders["at"].value)
    line = f"The line {_line_of(data)} with a {'level cut' if is_cut else 'point on it'}"
    return live_figure(
        train,
        partial(_draw_cut, data),
        sliders,
        name="logistic-cut",
        panels=2,
        still=partial(_still_cut, data, (sliders["at"].min, sliders["at"].max)),
        readout=partial(_say_cut, data),
        drag=("at",),
        labels={"at": "switch at x" if is_cut else "at x", "w0": "start w₀"},
        play="at",
        alt=f"{line}, and the labels and the learned curve.",
        title=f"Drag the {'cut' if is_cut else 'point'}. "
        "Crosses: labels that differ from the right ones.",
        presets={"right": {"at": 0.6}, "as in the listing": {"at": 0.72}},
        claims=_cut_claims(data),
    )


def _cut_claims(data):
    return {
        "right": lambda made: np.array_equal(made[0], data.y),
        "as in the listing": lambda made, at: _is_as_listed(data, made[0], at),
    }


def _is_cut(data, labels, at):
    return np.array_equal(labels == 1, data.x > at)


def _is_as_listed(data, labels, at):
    """Return whether the cut is at that z which as an x would be the right one."""
    return _is_cut(data, labels, at) and np.isclose(_cut(data, at), _wanted(data))


def _line_of(data):
    """Write the line that makes the right labels, such as 5x − 3."""
    sign = "−" if data.target_b < 0 else "+"
    return typeset(f"{data.target_w:.3g}x {sign} {abs(data.target_b):.3g}")


def _cut(data, at):
    return round(data.target_w * at + data.target_b, 6) + 0.0


def _wanted(data):
    return logistic.decision_boundary(data.target_w, data.target_b)


def _still_cut(data, reach, axes):
    wanted, heights = _wanted(data), [_cut(data, at) for at in reach]
    limits = wide((wanted - 0.3, wanted + 0.35), reach), wide((-1.6, 1.9), heights)
    plots.window(axes[0], limits, "x", f"z = {_line_of(data)}")
    plots.line(axes[0], 0, 0, 0, "muted", linewidth=1, linestyle="-")
    plots.line(axes[0], data.target_w, wanted, 0, "function", linestyle="-")
    limits = wide((wanted - 0.5, wanted + 0.7), reach), (-0.15, 1.15)
    plots.window(axes[1], limits, "x", "label, probability")
    plots.segment(axes[1], (wanted, -0.15), (wanted, 1.15), "target")
    plots.label(axes[1], wanted - 0.02, 0.8, typeset(f"wanted: {wanted:.3g}"), "target", ha="right")


def _draw_cut(data, axes, made, at):
    (labels, path), cut = made, _cut(data, at)
    (left, _), (low, _), ends = axes[0].get_xlim(), axes[0].get_ylim(), axes[1].get_xlim()
    wrong, seen = labels != data.y, (data.x > ends[0]) & (data.x < ends[1])
    if _is_cut(data, labels, at):
        axes[0].plot([left, at, at], [cut, cut, low], "--", color=plots.PALETTE["loss"])
        above = cut + 0.22 * np.ptp(axes[0].get_ylim()) / 3.5
        plots.label(axes[0], left + 0.02, above, typeset(f"cut {cut:+.1f}"), "loss")
    plots.point(axes[1], data.x[seen], labels[seen], "data", marker="|", size=9)
    plots.point(axes[1], data.x[wrong], labels[wrong], "loss", marker="x", size=7)
    plots.curve(axes[1], _answer(path.x[-1]), "model", points=41)
    w, b = path.x[-1]
    if w:
        plots.point(axes[1], -b / w, 0.5, "model")
    plots.handle(axes[0], at, cut)


def _say_cut(data, made, at):
    labels, path = made
    w, b = path.x[-1]
    wrong = f"{np.count_nonzero(labels != data.y)} of {len(labels)} wrong"
    where = f"labels switch at {at:.2f}, " if _is_cut(data, labels, at) else "labels: "
    learned = f"learned boundary {-b / w:.4f}" if w else "no boundary learned"
    return f"{where}{wrong}, {learned}"


def logistic_boundary(f, data, walk, **sliders):
    """Show the boundary of a neuron of two inputs among the samples, and the walk of its weights.

    Args:
        f: the loss, a surface of (w₁, w₂, b).
        data: the samples, x of shape (m, 2) and the labels y of shape (m,).
        walk: `walk(learning_rate, w1, w2)` returns the `Path` of (w₁, w₂, b).
    """
    if np.ndim(data.x) != 2 or np.shape(data.x)[1] != 2:
        raise ValueError(f"data: got x of shape {np.shape(data.x)}, wanted two features a sample")
    return live_figure(
        walk,
        _draw_boundary,
        sliders,
        name="logistic-boundary",
        panels=2,
        still=partial(_still_boundary, f, data),
        readout=partial(_say_boundary, data),
        drag=("w1", "w2"),
        play="step",
        labels={"w1": "start w₁", "w2": "start w₂"},
        alt="Two kinds of points and a straight boundary; beside it the path of the weights.",
        title="+ and − are labels 1 and 0; the greener, the surer of a yes: from 0.1, ½ and 0.9 "
        "on. And the weights on their loss.",
    )


def _lowest(f):
    """Return where the loss f is lowest, by Newton's method, None if it is so nowhere."""
    start = np.zeros(f.variables)
    if f.minimum is not None or np.linalg.eigvalsh(f.hessian(start))[0] < 1e-12:
        return f.minimum
    path = follow(newton.minimise(f.gradient, f.hessian, start), f, steps=50)
    return path.x[-1] if path.stopped == "settled" and np.abs(path.x[-1]).max() < 30 else None


def _still_boundary(f, data, axes):
    limits = wide((-4.5, 4.5), data.x[:, 0]), wide((-4, 4), data.x[:, 1])
    plots.window(axes[0], limits, "x₁", "x₂")
    for label, marker in ((0, "_"), (1, "+")):
        plots.point(axes[0], *data.x[data.y == label].T, "data", size=7, marker=marker)
    lowest = _lowest(f)
    bias = 0 if lowest is None else lowest[2]
    plots.window(axes[1], ((-4.5, 4.5), (-4, 4)), "w₁", "w₂")
    levels = (0.16, 0.2, 0.3, 0.5, 0.8, 1.2, 2, 3, 4, 5, 7)
    plots.contours(axes[1], lambda w: f(np.insert(w, 2, bias, axis=-1)), levels, 41, "loss")
    if lowest is not None:
        plots.point(axes[1], *lowest[:2], "target", marker="x")


#: From which probabilities of yes on the plane is shaded, each time a little more.
_SURE = 0.1, 0.5, 0.9


def _show_yes(ax, w, b):
    """Draw the line on which w·x + b is zero, and shade the plane the more, the surer yes is."""
    across = w / np.hypot(*w)
    along = 40 * np.array([-across[1], across[0]])
    for p in _SURE:
        foot = (np.log(p / (1 - p)) - b) * w / (w @ w)
        corners = foot + np.array([along, -along, 40 * across])
        ax.fill(*corners.T, color=plots.PALETTE["model"], alpha=0.12, linewidth=0)
    foot = -b * w / (w @ w)
    plots.segment(ax, foot - along, foot + along, "model")


def _draw_boundary(axes, path, w1, w2, step):
    theta = path.x[: step + 1]
    w, b = theta[-1, :2], theta[-1, 2]
    if w.any():
        _show_yes(axes[0], w, b)
    plots.segment(axes[0], (0, 0), w, "path")
    plots.point(axes[0], *w, size=6)
    plots.leaving(axes[0], *w)
    plots.walk(axes[1], *theta[:, :2].T)
    plots.handle(axes[0], w1, w2)


def _say_boundary(data, path, step):
    at = min(step, path.steps)
    w1, w2, b = path.x[at]
    right = np.count_nonzero((data.x @ [w1, w2] + b > 0) == (data.y == 1))
    words = f"step {at}: w = ({w1:.2f}, {w2:.2f}), b = {b:.2f}, loss {path.f[at]:.3f}"
    return f"{words}{astray(path.f, at)}, {right} of {len(data.y)} right"


def two_landscapes(surfaces, walks, **sliders):
    """Show two losses of one neuron in space, over its weight and its bias, and a walk on each.

    Args:
        surfaces: two losses, surfaces of (w, b), by their names.
        walks: `walks(w0, b0)` returns the `Path` on each, by the same names.
    """
    if len(surfaces) != 2:
        raise ValueError(f"surfaces: got {len(surfaces)}, wanted two, one for each panel")
    return live_figure(
        walks,
        partial(_draw_landscapes, surfaces),
        sliders,
        name="two-landscapes",
        panels=2,
        solid=(0, 1),
        still=partial(_still_landscapes, surfaces),
        readout=_say_landscapes,
        play="step",
        labels={"w0": "start w₀", "b0": "start b₀"},
        alt="Two surfaces in space, each with the path of a walk that goes down it.",
        title=f"The {' on its surface, and the '.join(surfaces)}.",
        presets={"far wrong": {"w0": -6, "b0": 0}, "high plateau": {"w0": 0, "b0": 6}},
        claims=_START_CLAIMS,
    )


#: What is true of a start of that name: of the first loss, and of the slower of both walks.
_START_CLAIMS = {
    "far wrong": lambda paths: next(iter(paths.values())).f[0] > 1,
    "high plateau": lambda paths: max(map(_left_over, paths.values())) > 0.9,
}


def _left_over(path):
    """Return which share of its first height a walk has at its end."""
    return path.f[-1] / path.f[0]


#: Half the sides of the ground under both landscapes.
_GROUND = 8


def _still_landscapes(surfaces, axes):
    for ax, f in zip(axes, surfaces.values(), strict=True):
        side = np.linspace(-_GROUND, _GROUND, 19)
        w, b = np.meshgrid(side, side)
        heights = f(np.stack([w, b], axis=-1))
        plots.space(ax, ((-_GROUND, _GROUND),) * 2 + ((0, heights.max()),), "w", "b", "loss")
        ax.view_init(32, -50)  # from where the lowest places are in front
        ax.plot_surface(w, b, heights, color=plots.PALETTE["function"])


def _draw_landscapes(surfaces, axes, paths, step):
    for ax, path in zip(axes, (paths[name] for name in surfaces), strict=True):
        path = inside(path, _GROUND)
        places = np.column_stack([path.x, path.f])
        plots.string(ax, places, "ink", linewidth=1.5)
        at = places[min(step, len(places) - 1)]
        plots.string(ax, [at], linestyle="none", marker="o", markersize=10)


def _say_landscapes(paths, step):
    heights = (f"{name} {path.f[min(step, path.steps)]:.2f}" for name, path in paths.items())
    return f"step {step}: {', '.join(heights)}"


def logistic_accuracy(data, train, **sliders):
    """Show a neuron scored while it learns: the loss of each sample, and two accuracies.

    Args:
        data: the samples in the order in which they are seen, x of shape (m, n) and y (m,).
        train: `train(learning_rate, start)` returns the `Path` of (w₁, ..., wₙ, b), the loss of
            each sample before it was learned, and the share of right answers so far, each (m,).
    """
    counted = _counted(data, _first(train, sliders)[0])
    return live_figure(
        partial(_scored, data, train),
        _draw_accuracy,
        sliders,
        name="logistic-accuracy",
        panels=2,
        still=partial(_still_accuracy, len(data.y), counted),
        readout=_say_accuracy,
        play="step",
        labels={"step": counted},
        alt="The loss of each sample; beside it two curves of accuracy.",
        title="The loss of every sample; and accuracy while learning, and of the weights.",
    )


def _scored(data, train, learning_rate, start):
    """Return losses, accumulated accuracy, and the accuracy of each step's weights on all."""
    path, each, online = train(learning_rate, start)
    z = path.x[:, :-1] @ data.x.T + path.x[:, -1:]
    return each, online, ((z > 0) == (data.y == 1)).mean(axis=1)


def _still_accuracy(samples, counted, axes):
    across = "sample" if counted == "samples seen" else "step"
    plots.window(axes[0], ((0, samples), (0, 2.5)), across, "log loss of the sample")
    plots.window(axes[1], ((0, samples), (0.4, 1.02)), across, "share of right answers")
    right = 0.98 * samples
    plots.label(axes[1], right, 0.58, "solid: accumulated so far", "model", ha="right")
    words = f"dashed: all {samples}, weights of now"
    plots.label(axes[1], right, 0.5, words, "target", ha="right")


def _draw_accuracy(axes, scores, step):
    each, online, now = scores
    at = min(step, len(each))
    for k in range(0, at, 50):  # in pieces, which the figure need not store again at each step
        piece = each[k : min(k + 50, at) + 1]
        axes[0].plot(range(k, k + len(piece)), piece, color=plots.PALETTE["loss"], linewidth=1)
    axes[1].plot(range(9, at, 10), online[9:at:10], color=plots.PALETTE["model"], linewidth=2)
    ends = range(0, at + 1, 50)
    axes[1].plot(ends, now[: at + 1 : 50], "--", color=plots.PALETTE["target"], linewidth=2)
    plots.point(axes[0], at, each[at - 1], size=8)
    plots.leaving(axes[0], at, each[at - 1])
    plots.point(axes[1], [at, at], [online[at - 1], now[at]], size=8)


def _say_accuracy(scores, step):
    each, online, now = scores
    at = min(step, len(each))
    return f"after {at}: accumulated {online[at - 1]:.3f}, weights of now {now[at]:.3f}"


def logistic_saturation(naive, stable, **sliders):
    """Show two writings of the log loss under label 0, where σ(z) comes near one and rounds to it.

    Args:
        naive: `naive(z)` returns loss and slope by z as they are on paper, elementwise in z.
        stable: `stable(z)` returns the same in the writing that holds.
    """
    reach = float(sliders["z"].min), float(sliders["z"].max)
    end, z = _end(naive, *reach), np.linspace(-4, 4, 9)
    same = np.allclose(naive(z), stable(z)) and np.isfinite(stable(np.array(reach))).all()
    formula = "The same formula in two writings." if same else "Two losses."
    breaks = " One breaks into stairs, then ends." if _is_usual(naive) and end else ""
    return live_figure(
        lambda z: (naive(z), stable(z)),
        _draw_saturation,
        sliders,
        name="logistic-saturation",
        still=partial(_still_saturation, naive, stable, reach, same),
        readout=partial(_say_saturation, "naive or stable" if same else "first or second"),
        drag=("z",),
        play="z",
        alt=("A loss by z in two writings" if same else "Two losses by z")
        + (f"; the first ends at z = {end:.3f}." if end else "."),
        title=formula + breaks,
        marks={"z": {f"{end:.3f}": end} if end else {}},
    )


def _is_usual(naive):
    """Return whether the naive loss is −ln(1 − σ(z)), with all its rounding."""
    z = np.linspace(30, 36.5, 14)
    return np.allclose(naive(z)[0], -np.log(1 - sigmoid(z)))


def _end(naive, low, high):
    """Return the z from which on the naive loss is not finite, None if it does not end there."""
    if np.isfinite(naive(high)[0]) or not np.isfinite(naive(low)[0]):
        return None
    return _turn(lambda z: np.isfinite(naive(z)[0]), low, high)


def _still_saturation(naive, stable, reach, same, ax):
    (low, high), usual = reach, _is_usual(naive)
    names = ("z, the label is 0", "log loss") if usual else ("z", "loss")
    plots.window(ax, (reach, (low - 0.5, high + 0.5)), *names)
    end, step = _end(naive, low, high), (high - low) / 5.5
    if end:
        plots.segment(ax, (end, low - 0.5), (end, high + 0.5), "target")
        words = "σ(z) rounds to 1" if sigmoid(end) == 1 else "the first ends"
        foot = low - 0.5 + 0.4 * (high - low + 1) / 6.5
        plots.label(ax, end + 0.0115 * (high - low), foot, words, "target")
    ends = stable(np.array([low, (low + high) / 2, high]))[0]
    straight = np.isclose(ends[1], (ends[0] + ends[2]) / 2, rtol=1e-6)
    plots.curve(ax, lambda z: stable(z)[0], "loss", points=2 if straight else 201)
    look = {"points": 401, "linestyle": "-"}
    plots.curve(ax, lambda z: naive(z)[0], "ink", span=(low, end - 1e-6 if end else high), **look)
    name = "−ln(1 − σ(z))" if usual else "the first"
    plots.label(ax, low + 2 * step, low + 3.1 * step, name, "ink", ha="right")
    words = "stable form" if same else "the second"
    plots.label(ax, high - 0.1 * step, high - 1.6 * step, words, "loss", ha="right")


def _draw_saturation(ax, both, z):
    (naive, _), (stable, _) = both
    plots.point(ax, z, naive, "ink", size=7, marker="s")
    plots.handle(ax, z, stable)


def _say_saturation(names, both):
    (loss, slope), (other, steep) = both
    words = f"loss {loss:.3f} or {other:.3f}, slope {slope:.3f} or {steep:.3f}"
    return f"{names}: {words}".replace("inf", "∞").replace("nan", "NaN")


def logistic_moods(sentences, counts, happy, train, **sliders):
    """Show a neuron learn which sentences are happy, from how often each says two words.

    Args:
        sentences: their words, m texts.
        counts, happy: how often each says ya and na, shape (m, 2), and its mood, 0 or 1.
        train: `train(start, rate)` returns the `Path` of (w₁, w₂, b).
    """
    if np.shape(counts) != (len(sentences), 2):
        raise ValueError(f"counts: got shape {np.shape(counts)}, wanted two for each sentence")
    return live_figure(
        train,
        partial(_draw_moods, sentences, counts, happy),
        sliders,
        name="logistic-moods",
        still=partial(_still_moods, counts, happy),
        readout=_say_moods,
        drag=("ya", "na"),
        play="step",
        labels=_MOODS_LABELS,
        alt="Sentences in the plane of their counts and the boundary of a neuron in training.",
        title="Discs are happy, squares sad; the greener, the surer of happy: from 0.1, ½ and 0.9 "
        "on. Numbers: its probability.",
    )


_MOODS_LABELS = {
    "rate": "learning rate α",
    "step": "steps",
    "ya": "Ya of the new one",
    "na": "Na of the new one",
}


def _still_moods(counts, happy, ax):
    ends = counts[:, 0].min() - 0.6, counts[:, 0].max() + 1.2  # with room for words at the right
    limits = wide((-0.6, 5.4), ends), wide((-0.6, 3.7), counts[:, 1], 0.6)
    plots.window(ax, limits, "how often Ya", "how often Na")
    for (ya, na), label in zip(counts, happy, strict=True):
        plots.point(ax, ya, na, "data", size=10, marker="o" if label else "s")


def _draw_moods(sentences, counts, happy, ax, path, step, ya, na):
    *w, b = theta = path.x[min(step, path.steps)]
    if any(w):
        _show_yes(ax, np.array(w), b)
    scores = sigmoid(counts @ theta[:2] + b)
    right, up = np.ptp(ax.get_xlim()) / 6, np.ptp(ax.get_ylim()) / 4.3
    for (x, y), words, p, label in zip(counts, sentences, scores, happy, strict=True):
        beside, above = (x + 0.12 * right, y + 0.2 * up), (max(x, 0.4 * right), y + 0.35 * up)
        at = (*beside, "left") if label else (*above, "center")
        plots.label(ax, *at[:2], f"{words}: {p:.3f}", "data", ha=at[2])
    plots.handle(ax, ya, na)


def _say_moods(path, step, ya, na):
    theta = path.x[min(step, path.steps)]
    score = "z = {:.2f}·Ya {:+.2f}·Na {:+.2f}".format(*theta)
    happy = sigmoid(theta @ [ya, na, 1])
    return f"{score}. {ya} Ya, {na} Na: happy with {happy:.3f}"
