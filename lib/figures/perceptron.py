"""The figures of the chapter on the perceptron."""

from fractions import Fraction
from functools import partial
from itertools import cycle

import numpy as np

from lib import plots
from lib.derivatives import central_slope
from lib.descent import critical_rate
from lib.figures import neurons
from lib.figures.parts import ring, sees_in_order, wide
from lib.live import live_figure

LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def two_knobs(model, **sliders):
    """Show a neuron of one input, w and b on sliders, and the same without its bias.

    `model(x, w, b)` returns ŷ, in the shape of x.
    """
    is_neuron = np.allclose(model(np.arange(-2.0, 3), 1.5, 2.0), 1.5 * np.arange(-2, 3) + 2)
    words = "Solid: ŷ = wx + b. Dotted: the same w without b. It cannot leave the origin."
    return live_figure(
        lambda w, b: lambda x: model(x, w, b) + 0 * x,
        partial(_draw_knobs, model),
        sliders,
        name="two-knobs",
        still=_still_knobs,
        readout=_say_knobs,
        labels={"w": "weight w", "b": "bias b"},
        alt=KNOBS if is_neuron else "What a neuron says to x, and dotted, what it says without b.",
        title=words if is_neuron else "Solid: ŷ. Dotted: the same w with b = 0.",
        presets=_KNOB_PRESETS,
        claims={
            "mirror": lambda f: np.allclose(f(ACROSS), model(-ACROSS, 1.5, 2.0)),
            "steeper": lambda f: np.ptp(f(ACROSS)) > np.ptp(model(ACROSS, 1.5, 2.0)),
        },
    )


_KNOB_PRESETS = {
    "mirror": {"w": -1.5, "b": 2},
    "steeper": {"w": 3, "b": 2},
    "no bias": {"b": 0},
}
KNOBS = "A line with slope w that meets the y axis at b, and a dotted line without b."

#: Places at which a model tells whether it is a line.
ACROSS = np.linspace(-4, 4, 9)


def _line(f):
    """Return slope and height at 0 of a function, the slope NaN if it is no straight line."""
    height, slope = float(f(0.0)), float(f(1.0) - f(0.0))
    return (slope if np.allclose(f(ACROSS), slope * ACROSS + height) else np.nan), height


def _still_knobs(ax):
    plots.window(ax, ((-4.4, 4.4), (-4, 4)), "x", "ŷ")
    ax.plot([-4.4, 4.4, np.nan, 0, 0], [0, 0, 0, -4, 4], color=plots.PALETTE["muted"], linewidth=1)


def _draw_knobs(model, ax, f, w, b):
    points = 241 if np.isnan(_line(f)[0]) else 2
    plots.curve(ax, lambda x: model(x, w, 0.0) + 0 * x, "target", points)
    plots.curve(ax, f, "model", points, linewidth=3)
    if not b or not np.allclose(_line(f), (w, b)):
        return
    foot, side = -b / w if w else 9, 1 if w * b >= 0 else -1
    plots.arrow(ax, (0, 0), (0, b), "path")
    beside = 0.2 * side if abs(foot) > 0.8 else 0.2 * foot - 0.25 * side
    plots.label(ax, beside, 0.8 * b, "b", "path", ha="center")
    if abs(foot) <= 4.2:
        plots.arrow(ax, (0, 0), (foot, 0), "path")
        up = 0.3 * np.sign(b)
        at = (foot / 2, -up) if abs(foot) > 2 else (foot - 0.4 * side, up)
        plots.label(ax, *at, "−b/w", "path", ha="center")


def _say_knobs(f, w, b):
    slope, height = _line(f)
    if np.isnan(slope):
        return f"w = {w:g}, b = {b:g}: no straight line, it meets the y axis at {height:.3g}"
    sign, foot = "−" if height < 0 else "+", f"at {-height / slope + 0:.3g}" if slope else "nowhere"
    words = f"ŷ = {slope:g}x {sign} {abs(height):g}: meets the y axis at {height:g}"
    return f"{words}, the x axis {foot}"


def tilted_plane(model, **sliders):
    """Show a neuron of two inputs over its ground: its level lines, and its height in space.

    `model(x1, x2, w1, w2, b)` returns ŷ, in the common shape of x1 and x2.
    """
    plane = _plane(partial(model, w1=0.5, w2=1.5, b=2.0))
    is_neuron = plane is not None and np.allclose([*plane[0], plane[1]], [0.5, 1.5, 2])
    right = "And the plane; upright: b." if is_neuron else "And ŷ; upright: at (0, 0)."
    return live_figure(
        lambda w1, w2, b: partial(model, w1=w1, w2=w2, b=b),
        _draw_tilt,
        sliders,
        name="tilted-plane",
        panels=2,
        solid=(1,),
        still=_still_tilt,
        readout=_say_tilt,
        labels={"w1": "weight w₁", "w2": "weight w₂", "b": "bias b"},
        alt=TILT if is_neuron else "Level lines of ŷ over the ground; beside it ŷ in space.",
        title=f"The level lines, a unit of height apart; thick: ŷ = 0. {right}",
        presets={"along x₁": {"w1": 1, "w2": 0}, "along x₂": {"w1": 0, "w2": 1}},
        claims={"along x₁": lambda f: _is_along(f, 0), "along x₂": lambda f: _is_along(f, 1)},
    )


TILT = "Level lines of a plane and the arrow of its weights; beside it the plane in space."


def _plane(f):
    """Return slopes, shape (2,), and height at (0, 0) of a plane f, None if it is none."""
    height = float(f(0.0, 0.0))
    w = np.array([f(1.0, 0.0) - height, f(0.0, 1.0) - height], dtype=float)
    x1, x2 = np.meshgrid(ACROSS / 2, ACROSS / 2)
    return (w, height) if np.allclose(f(x1, x2), w[0] * x1 + w[1] * x2 + height) else None


def _is_along(f, axis):
    plane = _plane(f)
    return plane is not None and plane[0][axis] != 0 and plane[0][1 - axis] == 0


def _rise(ax, f, side):
    """Draw ŷ in space over a square ground of that half side, and where it is 0."""
    span = ((-side, side),) * 2
    plane = _plane(f)
    plots.surface(
        ax, lambda x: f(*np.moveaxis(x, -1, 0)), "model", 5 if plane else 17, span, alpha=0.8
    )
    if plane and plane[0].any():
        plots.string(ax, _zero_line(*plane, side), "model", linewidth=3)


def _ground(ax, side):
    """Draw the rim of the ground, where ŷ is 0."""
    corners = side * np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0], [-1, -1, 0]])
    plots.string(ax, corners, "muted", linewidth=1)


def _zero_line(w, b, side):
    """Return the ends of the line where a plane is 0, over a square ground; shape (2 or 0, 3)."""
    ends = [(x, -(b + w[0] * x) / w[1]) for x in (-side, side) if w[1]]
    ends += [(-(b + w[1] * y) / w[0], y) for y in (-side, side) if w[0]]
    inside = [end for end in ends if np.abs(end).max() <= side + 1e-9]
    along = sorted(inside, key=lambda end: end[1] * w[0] - end[0] * w[1])
    return np.array([[*end, 0.0] for end in (along[0], along[-1])] if along else np.empty((0, 3)))


def _level_lines(w, b, levels):
    """Return the straight level lines of a plane, x and y with gaps between them."""
    along = 6 * np.array([-w[1], w[0]]) / np.hypot(*w)
    feet = [(level - b) * w / (w @ w) for level in levels]
    return np.concatenate([[foot - along, foot + along, (np.nan, np.nan)] for foot in feet]).T


def _still_tilt(axes):
    plots.window(axes[0], ((-2.12, 2.12), (-2, 2)), "x₁", "x₂")
    plots.space(axes[1], ((-2, 2), (-2, 2), (-8, 8)), "x₁", "x₂", "ŷ")
    _ground(axes[1], 2)


def _draw_tilt(axes, f):
    plane, green = _plane(f), plots.PALETTE["model"]
    if plane is None:
        x1, x2 = np.meshgrid(np.linspace(-2.12, 2.12, 41), np.linspace(-2, 2, 41))
        axes[0].contour(
            x1, x2, f(x1, x2), range(-6, 7), colors=[green], linestyles="-", linewidths=1
        )
        axes[0].contour(x1, x2, f(x1, x2), [0], colors=[green], linewidths=3)
    elif plane[0].any():
        axes[0].plot(*_level_lines(*plane, range(-6, 7)), color=green, linewidth=1)
        axes[0].plot(*_level_lines(*plane, [0]), color=green, linewidth=3)
        plots.arrow(axes[0], (0, 0), plane[0])
    _rise(axes[1], f, 2)
    plots.string(axes[1], [(0, 0, 0), (0, 0, f(0.0, 0.0))], "path", linewidth=3)


def _say_tilt(f):
    if _plane(f) is None:
        return f"No plane. At (0, 0) it is {f(0.0, 0.0):.3g} high."
    (w1, w2), b = _plane(f)
    w1, w2, b = (round(float(each), 6) + 0.0 for each in (w1, w2, b))
    return f"ŷ = {w1:g}·x₁ + {w2:g}·x₂ + {b:g}".replace("+ -", "− ")


def threshold_or_slope(x, y, mistakes, squares, **sliders):
    """Show answers by a threshold, and what the share of mistakes and the squares say of b.

    Args:
        x, y: the samples, shape (m,), and their labels 0 and 1.
        mistakes, squares: functions of w and b, the share of wrong answers and the mean squared
            error of the sum wx + b.
    """
    slider = sliders["b"]
    across = np.linspace(slider.min, slider.max, 161)
    return live_figure(
        lambda w: np.array([[f(w, b) for b in across] for f in (mistakes, squares)]),
        partial(_draw_threshold, x, across, (mistakes, squares)),
        sliders,
        name="threshold-or-slope",
        panels=2,
        still=partial(_still_threshold, x, y, across),
        readout=partial(_say_threshold, x, y, (mistakes, squares)),
        labels={"w": "weight w", "b": "bias b"},
        play="b",
        alt="Samples with the labels 0 and 1 and a step between; beside it, over b, the share of "
        "mistakes as a staircase and the mean of the squares as a smooth curve.",
        title="The answer is 1 where the step is up. Then, as b is turned: solid, the share of "
        "mistakes; dashed, the mean of the squared misses of the sum.",
    )


def _still_threshold(x, y, across, axes):
    plots.window(axes[0], (wide((0, 4), x), (-0.2, 1.2)), "x", "answer")
    plots.point(axes[0], x, y, "data", zorder=5)
    plots.window(axes[1], ((across[0], across[-1]), (-0.05, 1.5)), "bias b", "share, mean")


def _draw_threshold(x, across, functions, axes, curves, w, b):
    low, high = axes[0].get_xlim()
    foot = np.clip(-b / w, low, high) if w else high
    steps = [low, foot, foot, high], [0, 0, 1, 1] if w > 0 else [1, 1, 0, 0]
    axes[0].plot(*steps, color=plots.PALETTE["model"], linewidth=2)
    for curve, f, dash in zip(curves, functions, ("-", "--"), strict=True):
        axes[1].plot(across, curve, dash, color=plots.PALETTE["loss"], linewidth=2)
        plots.point(axes[1], b, f(w, b), size=7)


def _say_threshold(x, y, functions, curves, w, b):
    share, square = (f(w, b) for f in functions)
    slope = central_slope(lambda b: functions[1](w, b), float(b))
    words = f"{round(share * len(x))} of {len(x)} wrong; mean of the squares {square:.3g}"
    return f"{words}, its slope by b {slope:.2f}"


def neuron_step(x, y, loss, step_on, **sliders):
    """Show one sample go through a neuron of two inputs, the slopes come back, and the step.

    Args:
        x, y: the sample, two inputs and a number.
        loss: `loss(prediction)` is what ŷ costs on this sample.
        step_on: `step_on(learning_rate, start)` returns w, shape (2,), and b before the step, the
            slope of the loss by ŷ, its slopes by w and by b, and the new w and b:
            ((w, b), slope, (slope_w, slope_b), (new_w, new_b)).
    """
    if np.shape(x) != (2,):
        raise ValueError(f"x: got shape {np.shape(x)}, wanted two inputs")
    return live_figure(
        lambda learning_rate, start: _both_ways(*step_on(learning_rate, start)),
        partial(_draw_graph, x, loss),
        sliders,
        name="neuron-step",
        panels=2,
        still=lambda axes: neurons.still(axes, ("ŷ", "L"), x, y),
        readout=partial(_say_graph, x, y, loss),
        play="step",
        labels={"start": "w₁, w₂, b"},
        alt="A neuron as a graph, twice: two inputs and a one lead to a sum, the sum leads to the "
        "loss; then slopes come back.",
        title="One sample forwards, backwards, and the step that follows. The wider, the larger; "
        "dashed: below zero.",
    )


def _both_ways(before, slope, slopes, after):
    """Return the parameters, the slope by ŷ, those by the parameters, and these after the step."""
    three = [np.concatenate([np.ravel(each) for each in pair]) for pair in (before, slopes, after)]
    if any(each.shape != (3,) for each in three):
        sizes = [each.size for each in three]
        raise ValueError(f"step_on: got {sizes} parameters, slopes, parameters, wanted 3 of each")
    before, slopes, after = three
    return before, float(slope), slopes, after


def _says(parameters, x):
    return parameters[:2] @ x + parameters[2]


def _draw_graph(x, loss, axes, result, step):
    before, slope, slopes, after = result
    if step < 5:
        shown = _says(before, x)
        neurons.forwards(axes[0], before, (shown, loss(shown)), (1, 2), step)
        neurons.backwards(axes[1], slopes, (slope,), (3, 4), step)
        return
    shown = _says(after, x)
    neurons.forwards(axes[0], after, (shown, loss(shown)), (6, 6), step, "path")
    neurons.backwards(axes[1], after - before, (0,), (9, 0), 0, "added to each weight", "path")


def _say_graph(x, y, loss, result, learning_rate, step):
    before, slope, slopes, after = result
    says, is_half = _says(before, x), _is_half_square(loss, y)
    (w1, w2, b), left = before, round(float(y - _says(after, x)), 3) + 0.0
    is_chain = np.allclose(slopes, slope * np.append(x, 1))
    is_descent = np.allclose(after, before - learning_rate * slopes)
    true = central_slope(loss, says)
    words = [
        "The numbers as they stand",
        f"Forwards: {w1:g}·{x[0]:g} + {w2:g}·{x[1]:g} + {b:g}".replace("+ -", "− "),
        f"Loss: ½ · ({y:g} − {_bracketed(says)})²" if is_half else f"Loss: L = {loss(says):.3g}",
        "Back: minus the miss" if np.isclose(slope, says - y) else "Back: the slope by ŷ",
        "Back: that, times each input" if is_chain else "Back: the slope by each parameter",
        "Step: minus α times each slope" if is_descent else "Step: the new parameters",
        f"Again: the miss is {left:g}, it was {y - says:.3g}",
    ]
    slip = step in (3, 4) and not np.isclose(slope, true, rtol=1e-4, atol=1e-6)
    return words[min(step, 6)] + (f"; but the slope of L by ŷ is {true:.3g}" if slip else "")


def _bracketed(number):
    return f"({number:.3g})" if number < 0 else f"{number:.3g}"


def _is_half_square(loss, y):
    places = np.linspace(-2, 2, 5)
    return np.allclose([loss(place) for place in places], (y - places) ** 2 / 2)


def sample_by_sample(x, y, train, **sliders):
    """Show a neuron learn a line from one sample after the other, and the loss of each sample.

    Args:
        x, y: the samples in the order in which they are seen, shape (m,).
        train: `train(learning_rate, start)` returns the `Path` of (w, b).
    """
    return live_figure(
        train,
        partial(_draw_lines, x, y),
        sliders,
        name="sample-by-sample",
        panels=2,
        still=partial(_still_lines, x, y),
        readout=partial(_say_lines, x, y),
        play="step",
        alt="Points and the neuron's lines coloured by step; beside it the loss of each sample.",
        title=f"{_count(len(x))} samples and the neuron's lines. Every fifth line is kept.",
        presets={"lecture": {"learning_rate": 0.01}, "diverges": {"learning_rate": 0.7}},
        claims={"diverges": lambda path: not path.f[-1] <= path.f[0]},
    )


def _count(number):
    """Write a number at the beginning of a sentence."""
    return "A hundred" if number == 100 else _word(number).capitalize()


def _word(number):
    """Write a number in the middle of a sentence."""
    return "hundred" if number == 100 else dict(enumerate(NUMBERS)).get(number, str(number))


def _samples(number):
    return f"{_word(number)} sample{'s' * (number != 1)}"


def _in_turn(x, y, path):
    """Return the squared error of each sample before the step that sees it."""
    track = path.x[: len(x)]
    inputs = x.reshape(len(x), -1)[: len(track)]
    said = (track[:, :-1] * inputs).sum(axis=1) + track[:, -1]
    return (y[: len(track)] - said) ** 2


def _still_lines(x, y, axes):
    _still_data(x, y, axes[0])
    plots.window(axes[1], ((0, len(x)), (1e-4, 1e8)), "sample", "squared error J")
    axes[1].set_yscale("log")
    axes[1].set_yticks([1e-4, 1, 1e4, 1e8])


def _still_data(x, y, ax):
    plots.window(ax, (wide((-2.6, 2.6), x, 0.1), wide((-16, 10), y, 1)))
    plots.point(ax, x, y, "data", size=4, alpha=0.5)


def _draw_lines(x, y, axes, path, step):
    at, errors = min(step, path.steps), _in_turn(x, y, path)
    colours = plots.step_colours(path.steps // 5 + 1)
    for k in range(0, at, 5):
        w, b = path.x[k]
        look = {"color": colours[k // 5], "linewidth": 1.2}
        plots.line(axes[0], w, 0, b, "model", **look)
    w, b = path.x[at]
    plots.line(axes[0], w, 0, b, "model", linewidth=3, zorder=3)
    axes[1].plot(errors[: at + 1], color=plots.PALETTE["loss"], linewidth=1.5)
    if at < len(errors):
        plots.point(axes[1], at, errors[at], "path", size=7)
        if sees_in_order(x, path):
            plots.point(axes[0], x[at], y[at], fillstyle="none", markeredgewidth=2)


def _say_lines(x, y, path, step):
    at, errors = min(step, path.steps), _in_turn(x, y, path)
    w, b = path.x[at]
    words = f"step {at}: w = {w:.3g}, b = {b:.3g}"
    if sees_in_order(x, path):
        which, error = ("next", errors[at]) if at < len(errors) else ("last", errors[-1])
        words += f", {which} sample's J = {error:.2g}"
    if not path.f[at] <= path.f[0]:
        words += "; on all samples together worse than at the start"
    return words


def doubled_factor(f, runs, **sliders):
    """Show two runs side by side, the listing as it is written and the repaired one.

    Args:
        f: the mean squared error, a surface of (w, b).
        runs: `runs(learning_rate, start)` returns the two tracks of (w, b), each of shape
            (steps + 1, 2), the start first.
    """
    return live_figure(
        runs,
        partial(_draw_doubled, f),
        sliders,
        name="doubled-factor",
        panels=2,
        still=partial(_still_doubled, f, sliders["step"].max),
        readout=_say_doubled,
        play="step",
        labels={"step": "samples seen"},
        alt="The errors of two runs, and their parameters and the targets, dotted.",
        title="Dashed: the listing as written. Solid: the other, at the rate you choose.",
        presets=_DOUBLED_PRESETS,
        claims={
            "the same rate": lambda tracks: np.isclose(_first_steps(tracks), 0.5),
            "twice the rate": lambda tracks: np.isclose(_first_steps(tracks), 1),
        },
    )


_DOUBLED_PRESETS = {
    "the same rate": {"learning_rate": 0.01},
    "twice the rate": {"learning_rate": 0.02},
}


def _first_steps(tracks):
    """Return how long the first step of the second track is, in steps of the first track."""
    first, second = (np.linalg.norm(track[1] - track[0]) for track in tracks)
    return second / first if first else np.nan


def _still_doubled(f, most, axes):
    plots.window(axes[0], ((0, most), (1e-6, 200)), "samples seen", "mean squared error")
    axes[0].set_yscale("log")
    places = [] if f.minimum is None else f.minimum
    plots.window(axes[1], ((0, most), wide((-6, 9), [*places, 0], 1)), "samples seen", "w and b")
    for target in places:
        plots.segment(axes[1], (0, target), (most, target), "target")


def _draw_doubled(f, axes, tracks, step):
    for track, dash, width in zip(tracks, ("--", "-"), (2.5, 1.5), strict=True):
        every = np.arange(0, min(step, len(track) - 1) + 1, 5)
        for ax, heights, role in ((axes[0], f(track), "loss"), (axes[1], track, "path")):
            ax.plot(every, heights[every], dash, color=plots.PALETTE[role], linewidth=width)
    solid = tracks[1]
    at = min(step, len(solid) - 1)
    plots.point(axes[0], at, f(solid[at]), size=7)
    plots.point(axes[1], [at, at], solid[at], size=7)
    if f.minimum is not None:
        for target, first, name in zip(f.minimum, tracks[0][0], "wb", strict=True):
            beyond = target + 0.7 * np.sign(target - first)  # where no run passes
            right = axes[1].get_xlim()[1] * 0.99
            plots.label(axes[1], right, beyond, f"target of {name}", "target", ha="right")


def _say_doubled(tracks, step):
    at = min(step, *(len(track) - 1 for track in tracks))
    (w2, b2), (w, b) = (track[at] for track in tracks)
    return f"{at} samples: solid w = {w:.3f}, b = {b:.3f}; dashed {w2:.3f}, {b2:.3f}"


def line_and_point(f, x, y, train, **sliders):
    """Show the line of a neuron beside its walk over the error of all samples.

    Args:
        f: the mean squared error, a surface of (w, b).
        x, y: the samples, shape (m,).
        train: `train(learning_rate, w0, b0)` returns the `Path` of (w, b).
    """
    return live_figure(
        train,
        _draw_spaces,
        sliders,
        name="line-and-point",
        panels=2,
        still=partial(_still_spaces, f, x, y),
        readout=partial(_say_spaces, x),
        play="step",
        drag=("w0", "b0"),
        labels={"w0": "start w₀", "b0": "start b₀", "step": "sample"},
        alt="The data and the line, and level lines of the error over w and b with a path.",
        title="The line; thin: the first. And its walk over the error of all samples.",
    )


def _still_spaces(f, x, y, axes):
    _still_data(x, y, axes[0])
    plots.window(axes[1], ((-3.5, 8.5), (-6.5, 5)), "weight w", "bias b")
    plots.contours(axes[1], f, levels=[1, 4, 10, 20, 35, 55, 80, 110, 150], points=23)
    if f.minimum is not None:
        ring(axes[1], *f.minimum)


def _draw_spaces(axes, path, w0, b0, step):
    walked = path.x[: step + 1]
    plots.line(axes[0], w0, 0, b0, "muted", linewidth=1, linestyle="-")
    plots.line(axes[0], walked[-1][0], 0, walked[-1][1], "model", linewidth=3)
    axes[1].plot(*walked.T, color=plots.PALETTE["path"], linewidth=1.5)
    plots.point(axes[1], *walked[-1], size=7)
    plots.handle(axes[1], w0, b0)


def _say_spaces(x, path, step):
    at = min(step, path.steps)
    (w, b), error = path.x[at], path.f[at]
    counted = "sample" if sees_in_order(x, path) else "step"
    return f"{counted} {at}: w = {w:.2f}, b = {b:.2f}, mean squared error {error:.2g}"


def three_features(f, x, y, train, **sliders):
    """Show a neuron of several inputs learn: the loss of each sample, and all parameters.

    Args:
        f: the mean squared error, a surface of (w₁, ..., wₙ, b).
        x, y: the samples in the order in which they are seen, shape (m, n) and (m,).
        train: `train(learning_rate, start)` returns the `Path` of (w₁, ..., wₙ, b).
    """
    return live_figure(
        train,
        partial(_draw_features, x, y),
        sliders,
        name="three-features",
        panels=2,
        still=partial(_still_features, f, len(x)),
        readout=_say_features,
        play="step",
        alt="Loss per sample, and "
        f"{_word(np.shape(x)[1])} weights and a bias on their way to dotted targets.",
        title="Each sample's loss, by powers of ten; and the parameters, with their targets "
        f"dotted. {_signs(np.shape(x)[1])}",
        presets={"lecture": {"learning_rate": 0.1}, "doubled": {"learning_rate": 0.2}},
    )


def _still_features(f, samples, axes):
    plots.window(axes[0], ((0, samples), (1e-11, 1e5)), "sample", "squared error J")
    axes[0].set_yscale("log")
    targets = [] if f.minimum is None else f.minimum
    limits = wide((-6, 6), [*targets, 0], 1)
    plots.window(axes[1], ((0, samples), limits), "sample", "parameters")
    for k, target in enumerate(targets):
        plots.segment(axes[1], (0, target), (samples, target), "target")
        look = {"size": 8, "marker": _MARKERS[k % 4], "fillstyle": "none"}
        plots.point(axes[1], 0.97 * samples, target, "target", **look)


#: How the tracks of the parameters are told apart.
_MARKERS = "osD^"
_MARK_NAMES = ("disc", "square", "diamond", "triangle")


def _signs(features):
    """Say which mark belongs to which parameter, of up to four."""
    names = [f"w{k}".translate(LOW) for k in range(1, features + 1)] + ["b"]
    said = [f"{mark} {name}" for mark, name in zip(_MARK_NAMES, names, strict=False)]
    return ", ".join(said).capitalize() + "."


def _draw_features(x, y, axes, path, step):
    at, errors = min(step, path.steps), _in_turn(x, y, path)
    axes[0].plot(errors[: at + 1], color=plots.PALETTE["loss"], linewidth=1.5)
    last = min(at, len(errors) - 1)
    plots.point(axes[0], last, errors[last], size=6)
    shown, marked = np.r_[0:at:2, at], np.arange(0, at, 20)
    for k, track in enumerate(path.x.T):
        axes[1].plot(shown, track[shown], color=plots.PALETTE["path"], linewidth=1.2)
        plots.point(axes[1], marked, track[marked], size=5, marker=_MARKERS[k % 4])
        plots.point(axes[1], at, track[at], size=8, marker=_MARKERS[k % 4])


def _say_features(path, step):
    at = min(step, path.steps)
    return f"step {at}: mean squared error {path.f[at]:.2g}"


def two_samples(f, x, y, train, **sliders):
    """Show a plane trained on all samples at once, the samples above it, and their misses.

    Args:
        f: the mean squared error, a surface of (w₁, w₂, b).
        x, y: the samples, shape (m, 2) and (m,).
        train: `train(learning_rate, start)` returns the `Path` of (w₁, w₂, b).
    """
    if np.ndim(x) != 2 or np.shape(x)[1] != 2:
        raise ValueError(f"x: got shape {np.shape(x)}, wanted a row of two features a sample")
    pair = "Solid: the first sample and its miss. Dashed: the second."
    return live_figure(
        train,
        partial(_draw_pair, x, y),
        sliders,
        name="two-samples",
        panels=2,
        solid=(0,),
        still=partial(_still_pair, y, sliders["step"].max),
        readout=partial(_say_pair, x, y),
        play="step",
        alt=f"A plane over its ground and {_samples(len(y))} with their misses, and the misses by "
        "step.",
        title=pair if len(y) == 2 else "The misses, upright; and the same by step.",
        marks={"learning_rate": _critical(f) if _is_descent(f, train, sliders) else {}},
    )


def _is_descent(f, train, sliders):
    """Return whether the walk is plain descent on f, for to others another rate is critical."""
    values = {name: slider.value for name, slider in sliders.items() if name != "step"}
    x = train(**values).x[:3]
    steps = [values["learning_rate"] * f.gradient(place) for place in x[:-1]]
    return np.allclose(x[1:], x[:-1] - steps)


def _critical(f):
    """Return the mark of the critical rate of a quadratic, as a fraction if it is one."""
    rate = critical_rate(f.hessian(np.zeros(f.variables)))
    if not np.isfinite(rate):
        return {}
    near = Fraction(float(rate)).limit_denominator(50)
    return {f"critical {near if np.isclose(float(near), rate) else format(rate, '.3g')}": rate}


def _still_pair(y, most, axes):
    plots.space(axes[0], ((-3, 3), (-3, 3), (-5, 5)), "x₁", "x₂", "ŷ")
    _ground(axes[0], 3)
    named = "misses A₁ and A₂" if len(y) == 2 else "misses A"
    plots.window(axes[1], ((0, most), (-3, 3)), "step", named)
    plots.segment(axes[1], (0, 0), (most, 0), "target")


def _misses(x, y, path):
    return y - (path.x[:, :2] @ x.T + path.x[:, 2:])


def _draw_pair(x, y, axes, path, step):
    at = min(step, path.steps)
    (w1, w2, b), misses = path.x[at], _misses(x, y, path)
    _rise(axes[0], lambda x1, x2: w1 * x1 + w2 * x2 + b, 3)
    for k, dashes in zip(range(len(y)), cycle(("-", "--"))):
        heights = y[k] - misses[at, k], y[k]
        miss = [(*x[k], height) for height in heights]
        plots.string(axes[0], miss, "loss", linestyle=dashes, linewidth=3)
        plots.string(axes[0], miss[1:], "data", linestyle="none", marker="o", markersize=9)
        look = {"color": plots.PALETTE["loss"], "markersize": 5}
        axes[1].plot(misses[: at + 1, k], "o" + dashes, **look)


def _say_pair(x, y, path, step):
    at = min(step, path.steps)
    each = [f"{miss:g}" for miss in _misses(x, y, path)[at].round(3) + 0.0]
    listed = ", ".join(each[:-1]) + " and " * (len(each) > 1) + each[-1]
    return f"miss{'es' * (len(each) > 1)} {listed}, C = {path.f[at]:.3g}"


def three_batches(f, samples, sizes, train, **sliders):
    """Show walks that take their steps on batches of several sizes, and their errors.

    Args:
        f: the mean squared error of all samples, a surface of (w, b).
        samples: how many samples there are.
        sizes: the sizes of the batches by name, `{"ones": 1, "tens": 10}`, three at most.
        train: `train(size, learning_rate, start)` returns the `Path` of (w, b).
    """
    if not 0 < len(sizes) <= len(LOOKS):
        raise ValueError(f"sizes: got {len(sizes)} of them, wanted one to {len(LOOKS)}")
    seen = partial(_steps_seen, samples)
    return live_figure(
        lambda learning_rate, start: {
            size: train(size, learning_rate, start) for size in sizes.values()
        },
        partial(_draw_batches, seen),
        sliders,
        name="three-batches",
        panels=2,
        still=partial(_still_batches, f, sliders["seen_samples"].max),
        readout=partial(_say_batches, seen, sizes),
        play="seen_samples",
        labels={"seen_samples": "samples"},
        alt=f"{_word(len(sizes)).capitalize()} paths over level lines, and their errors.",
        title=_batch_title(samples, sizes),
        presets={"timid": {"learning_rate": 0.02}, "bold": {"learning_rate": 0.3}},
    )


def _batch_title(samples, sizes):
    counts = [f"all {_word(samples)}" if n == samples else _word(n) for n in sizes.values()]
    counts[0] += f" sample{'s' * (counts[0] != 'one')} a step"
    looks = [f"{look}: {count}" for (look, _), count in zip(LOOKS, counts, strict=False)]
    return f"{'. '.join(looks)}."


#: How the walks are drawn, from small batches to large ones, and what that is called.
LOOKS = (
    ("Thin and grey", {"color": plots.PALETTE["muted"], "linewidth": 1}),
    ("Discs", {"color": plots.PALETTE["path"], "linewidth": 1.5, "marker": "o"}),
    ("Squares", {"color": plots.PALETTE["ink"], "linewidth": 2, "marker": "s"}),
)


def _steps_seen(samples, size, steps):
    """Return how many samples so many steps look at, when the last batch of a pass is the rest."""
    a_pass = -(-samples // size)  # rounded up
    return steps // a_pass * samples + np.minimum(steps % a_pass * size, samples)


def _still_batches(f, most, axes):
    plots.window(axes[0], ((-1.2, 7), (-4.6, 2)), "weight w", "bias b")
    plots.contours(axes[0], f, levels=[1, 2, 4, 8, 14, 22, 32, 45, 60], points=25)
    if f.minimum is not None:
        ring(axes[0], *f.minimum)
    plots.window(axes[1], ((0, most), (0.6, 80)), "samples looked at", "mean squared error")
    axes[1].set_yscale("log")
    axes[1].set_yticks([1, 3, 10, 30], ["1", "3", "10", "30"])
    axes[1].minorticks_off()


def _draw_batches(seen, axes, paths, seen_samples):
    for (size, path), (_, look) in zip(paths.items(), LOOKS, strict=False):
        taken = np.arange(path.steps + 1)
        count = taken[seen(size, taken) <= seen_samples][:: max(1, 5 // size)]
        style = look | {"markersize": 5}
        axes[0].plot(*path.x[count].T, **style)
        axes[1].plot(seen(size, count), path.f[count], **style)


def _say_batches(seen, sizes, paths, seen_samples):
    words = []
    for name, size in sizes.items():
        path = paths[size]
        at = np.flatnonzero(seen(size, np.arange(path.steps + 1)) <= seen_samples)[-1]
        words.append(f"{path.f[at]:.3g} by {name}")
    return f"mean squared error: {', '.join(words)}"


def one_outlier(x, y, fit, **sliders):
    """Show the line that is fitted to data and one more point, and the line without that point.

    Args:
        x, y: the data without the point that is dragged, shape (m,).
        fit: `fit(x, y)` returns slope and height at 0 of a line.
    """
    fit, count = partial(_fitted, fit), len(x) + 1
    best = "best line" if _is_least(x, y, fit(x, y)) else "line"
    return live_figure(
        lambda x0, y0: fit(np.append(x, x0), np.append(y, y0)),
        _draw_outlier,
        sliders,
        name="one-outlier",
        still=partial(_still_outlier, x, y, fit(x, y)),
        readout=partial(_say_outlier, x, y),
        drag=("x0", "y0"),
        labels={"x0": "outlier x₀", "y0": "outlier y₀"},
        play="y0",
        alt=f"{_count(count)} points and their {best}, one point apart, and the line without it.",
        title=f"Solid: the {best} for all {_word(count)} points. Dotted: without the ring.",
    )


def _fitted(fit, x, y):
    line = fit(x, y)
    if np.shape(line) != (2,):
        raise ValueError(f"fit: got {line!r}, wanted slope and height at 0 of a line")
    return line


def _misses_of(x, y, line):
    return y - (line[0] * x + line[1])


def _is_least(x, y, line):
    """Return whether no other line has a smaller sum of squares: both its slopes are zero."""
    misses = _misses_of(x, y, line)
    return np.allclose([misses @ x, misses.sum()], 0, atol=1e-6 * (1 + np.abs(y).sum()))


def _still_outlier(x, y, without, ax):
    plots.window(ax, (wide((0, 10), x, 1), wide((-4, 12), y, 1)))
    plots.point(ax, x, y, "data")
    plots.line(ax, without[0], 0, without[1], "target")


def _draw_outlier(ax, line, x0, y0):
    w, b = line
    plots.line(ax, w, 0, b, "model", linewidth=3)
    plots.segment(ax, (x0, y0), (x0, w * x0 + b), "loss")
    plots.handle(ax, x0, y0)


def _say_outlier(x, y, line, x0, y0):
    x, y = np.append(x, x0), np.append(y, y0)
    squares = _misses_of(x, y, line) ** 2
    share = squares[-1] / squares.sum() if squares.sum() > 1e-20 else 0
    whole = "the cost" if _is_least(x, y, line) else "all squares"
    return f"slope {line[0]:.2f}; the ring makes {share:.0%} of {whole}"
