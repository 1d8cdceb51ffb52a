"""The figures of the chapter on gradient descent."""

from dataclasses import replace
from functools import partial

import numpy as np

from lib import plots
from lib.descent import critical_rate
from lib.figures.parts import inside, reachable, ring, until
from lib.live import live_figure


def descent_curve(f, walk, **sliders):
    """Show a walk on the curve of f, a surface of one variable; the start is dragged along it.

    `walk(learning_rate, x0)` returns its `Path`.
    """
    return live_figure(
        walk,
        partial(_draw_curve, f),
        sliders,
        name="descent-curve",
        still=partial(_still_curve, f),
        readout=partial(_say_curve, f),
        drag=("x0",),
        play="learning_rate",
        alt="A curve with a walk on it, its steps joined by straight pieces.",
        title="A walk downhill. Drag the start along the curve and change the learning rate.",
        presets=_CURVE_PRESETS,
        claims=_curve_claims(f),
        marks={"learning_rate": _critical(f, f.minimum)},
    )


def _curve_claims(f):
    return {
        "crawl": lambda path: not _has_crossed(path, f) and not _has_arrived(path, f),
        "converge": lambda path: _has_arrived(path, f),
        "overshoot": lambda path: _has_crossed(path, f),
        "diverge": lambda path: path.stopped == "diverged",
        "off the map": lambda path: np.isnan(path.f[-1]),
    }


_CURVE_PRESETS = {
    "crawl": {"learning_rate": 0.005, "x0": 0.05},
    "converge": {"learning_rate": 0.05, "x0": 0.05},
    "overshoot": {"learning_rate": 0.315, "x0": 1.0},
    "diverge": {"learning_rate": 0.5, "x0": 0.55},
    "off the map": {"learning_rate": 0.2, "x0": 0.05},
}


def _critical(f, place, digits=3):
    """Return the mark of the rate that is critical for descent near a place, if there is one.

    The mark says how it is computed, as it is critical for no other method.
    """
    if place is None:
        return {}
    rate = critical_rate(f.hessian(place))
    curvature = "λ" if f.variables == 1 else "λmax"
    return {f"2/{curvature} = {rate:.{digits}g}": rate} if np.isfinite(rate) else {}


def _still_curve(f, ax):
    plots.window(ax, ((-0.5, 2), (1.7, 6)), "x", "height")
    if f.domain[0] == 0:
        ax.axvspan(-0.5, 0, color=plots.PALETTE["muted"], alpha=0.2, linewidth=0)
        plots.label(ax, -0.46, 1.9, "no ground", "muted")
    plots.curve(ax, f, span=(0.005 if f.domain[0] == 0 else -0.5, 2), points=401)
    if f.minimum is not None:
        plots.segment(ax, (f.minimum, 1.7), (f.minimum, f(f.minimum)), "target")
        plots.label(ax, f.minimum + 0.03, 1.9, "lowest point", "target")


def _draw_curve(f, ax, path, x0):
    if path.stopped == "diverged" and path.steps:  # the last step leaves the ground
        last, height = path.x[-2], path.f[-2]
        plots.segment(ax, (last, height), (path.x[-1], height), "path", linestyle=":")
        path = until(path, path.steps - 1)
    plots.path(ax, path)
    plots.handle(ax, x0, f(x0))


def _say_curve(f, path):
    if np.isnan(path.f[-1]):
        place = path.x[-1]
        return f"Step {path.steps} lands on x = {place:.3g}, where there is no ground. The end."
    if path.stopped == "diverged":
        return f"The walk runs away: step {path.steps} lands on x = {path.x[-1]:.3g}."
    words = f"After {path.steps} steps x = {path.x[-1]:.3f}"
    if f.minimum is not None:
        words += ", swinging from side to side" if _has_crossed(path, f) else _side(path, f)
        words += ": arrived" if _has_arrived(path, f) else ": not there yet"
    return words + "."


def _side(path, f):
    return ", keeping to one side" if np.count_nonzero(_crossings(path, f)) <= 2 else ""


def _crossings(path, f):
    gap = path.x - f.minimum
    return gap[1:] * gap[:-1] < 0


def _has_crossed(path, f):
    return f.minimum is not None and np.count_nonzero(_crossings(path, f)) > 2


def _has_arrived(path, f):
    return f.minimum is not None and abs(path.x[-1] - f.minimum) < 1e-3


def descent_parabola(f, walk, **sliders):
    """Show a walk on a parabola f, and beside it place and height at each step.

    `walk(learning_rate, x0)` returns its `Path`.
    """
    return live_figure(
        lambda learning_rate, x0: inside(walk(learning_rate, x0), 3.2),
        partial(_draw_parabola, f),
        sliders,
        name="descent-parabola",
        panels=2,
        still=partial(_still_parabola, f),
        readout=_say_factor,
        drag=("x0",),
        play="learning_rate",
        alt="A walk on a parabola, and its place and its height at each step.",
        title="The walk on the curve, and its height (solid) and place (dashed), step by step.",
        presets=_PARABOLA_PRESETS,
        claims=_PARABOLA_CLAIMS,
        marks={"learning_rate": _critical(f, f.minimum)},
    )


_PARABOLA_PRESETS = {
    "one side": {"learning_rate": 0.1, "x0": 2},
    "one step": {"learning_rate": 0.5, "x0": 2},
    "swing": {"learning_rate": 0.9, "x0": 2},
    "two-cycle": {"learning_rate": 1, "x0": 2},
    "diverge": {"learning_rate": 1.1, "x0": 2},
}
_PARABOLA_CLAIMS = {
    "one side": lambda path: 0 < _factor(path) < 1,
    "one step": lambda path: _factor(path) == 0,
    "swing": lambda path: -1 < _factor(path) < 0,
    "two-cycle": lambda path: _factor(path) == -1,
    "diverge": lambda path: abs(_factor(path)) > 1,
}


def _still_parabola(f, axes):
    plots.window(axes[0], ((-3.2, 3.2), (-1, 9)), "x", "height f")
    plots.curve(axes[0], f)
    plots.window(axes[1], ((0, 16), (-3.2, 9)), "step", "f solid, x dashed")
    plots.segment(axes[1], (0, 0), (16, 0), "target")


def _draw_parabola(f, axes, path, x0):
    plots.path(axes[0], path)
    plots.losses(axes[1], path)
    plots.losses(axes[1], replace(path, f=path.x), "path", linestyle="--", marker=None)
    plots.handle(axes[0], x0, f(x0))


def _factor(path):
    """Return the factor from each place to the next, NaN if it is not the same for all steps."""
    before, after = path.x[:-1], path.x[1:]
    moving = np.abs(before) > 1e-9
    if not moving.any():
        return np.nan
    factors = after[moving] / before[moving]
    steady = np.allclose(factors, factors[0], rtol=1e-6, atol=1e-9)
    return round(float(factors[0]), 9) + 0.0 if steady else np.nan


def _say_factor(path):
    factor = _factor(path)
    if np.isnan(factor):
        return "It stands still." if np.ptp(path.x) == 0 else "Not every step has the same factor."
    kinds = {0: "arrives in one step", -1: "a two-cycle, it swings for ever"}
    if factor > 0:
        kind = "comes in from one side" if factor < 1 else "does not come in"
    else:
        kind = "swings and comes in" if factor > -1 else "swings out and diverges"
    return f"Each step multiplies x by {factor:.2g}: {kinds.get(factor, kind)}."


def descent_room(f, walk, **sliders):
    """Show a walk on the map of f, a surface of two variables, and f along the walk.

    `walk(x0, y0, learning_rate)` returns its `Path`.
    """
    return live_figure(
        walk,
        _draw_room,
        sliders,
        name="descent-room",
        panels=2,
        still=partial(_still_room, f),
        readout=partial(_say_room, f),
        drag=("x0", "y0"),
        alt="A walk on a contour map of a room, and the temperature along the walk.",
        title="The walk, a dot at every fifteenth step. Drag the start anywhere in the room.",
        presets=_ROOM_PRESETS,
        claims={
            "steep wall": lambda path: np.any(f.gradient(path.x[0])),
            "flat wall": lambda path: not np.any(f.gradient(path.x[0])),
            "saddle corner": lambda path: _is_saddle(f, path.x[0]),
            "slow corner": lambda path: np.linalg.norm(f.gradient(path.x[0])) < 0.1,
        },
    )


_ROOM_PRESETS = {
    "the example": {"x0": 0.5, "y0": 0.6},
    "steep wall": {"x0": 6, "y0": 3},
    "flat wall": {"x0": 0, "y0": 3},
    "saddle corner": {"x0": 6, "y0": 6},
    "slow corner": {"x0": 0.25, "y0": 0.3},
}


def _is_saddle(f, place):
    low, high = np.linalg.eigvalsh(f.hessian(place))
    return not np.any(f.gradient(place)) and low < 0 < high


def _still_room(f, axes):
    plots.window(axes[0], ((0, 6), (0, 6)), "x", "y")
    plots.contours(axes[0], f, levels=[74, 75, 77, 79, 81, 83, 84, 84.8, 85], points=33)
    plots.window(axes[1], ((0, 150), (72, 86)), "step", "temperature T")
    if f.minimum is not None:
        ring(axes[0], *f.minimum)
        plots.segment(axes[1], (0, f(f.minimum)), (150, f(f.minimum)), "target")
        words = f"coolest: {f(f.minimum):.2f}"
        plots.label(axes[1], 147, f(f.minimum) - 0.82, words, "target", ha="right")


def _draw_room(axes, path, x0, y0):
    # An odd number, or a walk that jumps between two places would seem to stand.
    plots.path(axes[0], path, every=15, markersize=4)
    plots.losses(axes[1], path, every=15)
    plots.handle(axes[0], x0, y0)


def _say_room(f, path):
    slope = np.linalg.norm(f.gradient(path.x[0]))
    words = f"Start: T = {path.f[0]:.2f}, slope {slope:.2g}. "
    if not slope:
        return words + "Flat: it stays."
    if path.stopped == "diverged":
        return words + f"Out of the room and away, at step {path.steps}."
    near = -1 if f.minimum is None else path.steps_within(f.minimum, 0.01)
    if near >= 0:
        return words + f"At the coolest spot after {near} steps."
    swings = ", swinging to and fro" if _swings(path) else ""
    return words + f"Not there after {path.steps} steps{swings}."


def _swings(path):
    """Return whether the last steps of a walk turn back on each other, and are no shorter."""
    *_, before, last = np.diff(path.x[-5:], axis=0)
    return bool(before @ last < 0 and np.linalg.norm(last) > 0.99 * np.linalg.norm(before))


def room_in_space(f, walk, **sliders):
    """Show f as ground in space, and a walk on it as a ball that goes down step by step.

    `walk(learning_rate, start)` returns the `Path` of (x, y), which begins at the pair start.
    """
    return live_figure(
        walk,
        _draw_ground,
        sliders,
        name="room-in-space",
        solid=(0,),
        still=partial(_still_ground, f),
        readout=_say_ground,
        play="step",
        labels={"learning_rate": "learning rate α"},
        alt="A ball on the temperature of a room, which is a surface over its floor.",
        title="Height is the temperature."
        + ("" if f.minimum is None else " Ring: the coolest spot."),
    )


def _still_ground(f, ax):
    plots.space(ax, ((0, 6), (0, 6), (72, 86)), "x", "y", "T")
    ax.view_init(46, -66)
    plots.surface(ax, f, points=19)
    if f.minimum is not None:
        ring_in_space = {"linestyle": "none", "marker": "o", "fillstyle": "none"}
        plots.string(ax, [(*f.minimum, f(f.minimum))], "target", **ring_in_space)


def _draw_ground(ax, path, step):
    _draw_ball(ax, path, min(step, path.steps), (ax.get_xlim(), ax.get_ylim()))


def _draw_ball(ax, path, at, ground):
    """Draw a walk in space up to a step, and a ball there, as long as it is over the ground."""
    places = np.column_stack([path.x, path.f])
    low, high = np.transpose(ground)
    is_out = np.any((path.x < low) | (path.x > high), axis=1)
    end = is_out.argmax() if is_out.any() else len(places)
    plots.string(ax, places[: min(at + 1, end)], "ink", linewidth=1.5)
    ball = places[at : at + 1] if at < end else places[:0]
    plots.string(ax, ball, linestyle="none", marker="o", markersize=10)


def _say_ground(path, step):
    at = min(step, path.steps)
    return f"Step {at}: T = {path.f[at]:.2f} at ({path.x[at, 0]:.2f}, {path.x[at, 1]:.2f})."


def descent_angle(valley, **sliders):
    """Show how far the steepest way down is off the straight way to the minimum.

    `valley(stretch)` returns the surface, with its minimum at (0, 0).
    """
    return live_figure(
        valley,
        _draw_angle,
        sliders,
        name="descent-angle",
        still=_still_angle,
        readout=_say_angle,
        drag=("x0", "y0"),
        labels={"stretch": "stretch c", "x0": "place x", "y0": "place y"},
        alt="A ring of equal height, the straight line from a point on it to the minimum, and "
        "an arrow.",
        title="The bowl x² + c·y². Ring: the places as high as yours. "
        "Dotted: straight to the minimum. Arrow: steepest way down, square to the ring.",
        presets=_ANGLE_PRESETS,
        claims={
            "39.29°": lambda f, x0, y0: round(off_course(f, x0, y0), 2) == 39.29,
            "round bowl": lambda f, x0, y0: off_course(f, x0, y0) < 0.01,
            "widest": lambda f, x0, y0: off_course(f, x0, y0) > off_course(f, 1, 1),
        },
    )


_ANGLE_PRESETS = {
    "39.29°": {"stretch": 10, "x0": 1, "y0": 1},
    "round bowl": {"stretch": 1, "x0": 1, "y0": 1},
    "on an axis": {"stretch": 10, "x0": 2, "y0": 0},
    "widest": {"stretch": 10, "x0": 1.5, "y0": 0.5},
}


def off_course(f, x0, y0):
    """Return the angle in degrees between the gradient of f at a place and the place itself."""
    place = np.array([x0, y0])
    slope = f.gradient(place)
    cosine = slope @ place / np.linalg.norm(slope) / np.linalg.norm(place)
    return np.degrees(np.arccos(min(cosine, 1)))


def _still_angle(ax):
    plots.window(ax, ((-2.776, 2.776), (-1.5, 1.5)), "x", "y")
    ring(ax, 0, 0)


def _draw_angle(ax, f, stretch, x0, y0):
    place = np.array([x0, y0])
    turn, reach = np.linspace(0, 2 * np.pi, 41), np.sqrt(f(place))
    x, y = reach * np.cos(turn), reach / np.sqrt(stretch) * np.sin(turn)
    ax.plot(x, y, color=plots.PALETTE["function"])
    plots.segment(ax, (0, 0), place, "target")
    if place.any():
        uphill = f.gradient(place)
        plots.arrow(ax, place, place - 0.8 * uphill / np.linalg.norm(uphill), "path")
    plots.handle(ax, x0, y0)


def _say_angle(f, x0, y0):
    if x0 == y0 == 0:
        return "You stand on the minimum: the gradient is (0, 0) and has no direction."
    slope = f.gradient([x0, y0])
    angle = off_course(f, x0, y0)
    return f"Gradient ({slope[0]:g}, {slope[1]:g}): {angle:.2f}° off course."


def descent_line(f, x, y, walk, **sliders):
    """Show a walk on the error over slope and intercept, in space, beside the line it stands for.

    Args:
        f: the error, a surface of (slope, intercept).
        x, y: the data, shape (n,).
        walk: `walk(learning_rate, start)` returns the `Path` of (slope, intercept), which begins
            at the pair start.
    """
    return live_figure(
        walk,
        partial(_draw_line, x, y),
        sliders,
        name="descent-line",
        panels=2,
        solid=(0,),
        still=partial(_still_line, f, x, y),
        readout=partial(_say_line, f),
        play="step",
        alt="A ball on the error as a surface over slope and intercept; beside it the line that "
        "the ball stands for, among the data.",
        title="One state, two views: each place on the surface is a line among the data.",
        presets=reachable(_LINE_PRESETS, sliders),
        claims=_LINE_CLAIMS,
        marks={"learning_rate": _critical(f, [0.0, 0.0])},
    )


_LINE_PRESETS = {
    "crawl": {"learning_rate": 0.005, "step": 50, "start": (0.0, 0.0)},
    "zigzag": {"learning_rate": 0.05, "step": 50, "start": (0.0, 0.0)},
    "on the edge": {"learning_rate": 0.06, "step": 50, "start": (0.0, 0.0)},
    "diverge": {"learning_rate": 0.065, "step": 3, "start": (0.0, 0.0)},
}


_LINE_CLAIMS = {
    "crawl": lambda path: np.all(np.diff(path.f) <= 0),
    "zigzag": lambda path: _turns_back(path) and path.f[-1] < path.f[0],
    "on the edge": lambda path: _turns_back(path) and path.f[-1] < path.f[0],
    "diverge": lambda path: not path.f[-1] <= path.f[0],
}


def _turns_back(path):
    """Return whether the second step points against the first."""
    steps = np.diff(path.x[:3], axis=0)
    return len(steps) == 2 and steps[0] @ steps[1] < 0


#: Over which slopes and intercepts the error is shown.
_GROUND = (-1, 3), (-1, 5)


def _still_line(f, x, y, axes):
    m, b = np.meshgrid(*(np.linspace(*ends, 15) for ends in _GROUND))
    heights = f(np.stack([m, b], axis=-1))
    plots.space(axes[0], (*_GROUND, (0, heights.max())), "m", "b", "E")
    axes[0].view_init(55, -150)
    axes[0].plot_surface(m, b, heights, color=plots.PALETTE["function"])
    lowest = f.minimum
    plots.string(axes[0], [(*lowest, f(lowest))], "target", linestyle="none", marker="o")
    plots.window(axes[1], ((0, 4), (-1, 7)), "x", "y")
    slope, intercept = f.minimum
    plots.line(axes[1], slope, 0, intercept, "target")
    plots.label(axes[1], 3.95, 3.95 * slope + intercept - 0.7, "best", "target", ha="right")
    plots.point(axes[1], x, y, "data")
    plots.label(axes[1], 0.1, 6.6, "line of this step", "model")
    plots.label(axes[1], 0.1, 6.05, "its misses", "loss")


def _draw_line(x, y, axes, path, step):
    at = min(step, len(path.x) - 1)
    slope, intercept = path.x[at]
    _draw_ball(axes[0], path, at, _GROUND)
    plots.line(axes[1], slope, 0, intercept, "model")
    plots.misses(axes[1], x, y, slope * x + intercept)


def _say_line(f, path, step):
    at = min(step, len(path.x) - 1)
    (slope, intercept), error = path.x[at], path.f[at]
    if not np.isfinite(error):
        return f"Step {at}: the walk has run away."
    words = f"Step {at}: m = {slope:.2g}, b = {intercept:.2g}, E = {error:.3g}"
    return f"{words} (least: {f(f.minimum):.3g})."


def descent_order(f, walks, **sliders):
    """Show two walks on the level lines of f: all parameters at once, and one after the other.

    `walks(learning_rate, start)` returns the two `Path`s from the pair start; in the second one
    the last parameter moves first.
    """
    return live_figure(
        walks,
        _draw_order,
        sliders,
        name="descent-order",
        still=partial(_still_order, f),
        readout=partial(_say_order, f),
        play="step",
        alt="Two walks from the same start over the level lines of a narrow valley.",
        title="Both parameters at once, or one after the other (inferred house data). "
        "Large: where each walk is now.",
        presets=reachable(_ORDER_PRESETS, sliders),
        claims={
            "only one diverges": lambda walks: sum(path.f[-1] > path.f[0] for path in walks) == 1,
        },
        marks={"learning_rate": _critical(f, [0.0, 0.0], digits=4)},
    )


_ORDER_PRESETS = {
    "first step": {"learning_rate": 0.05, "step": 1, "start": (1.0, 1.0)},
    "larger steps": {"learning_rate": 0.11, "step": 6, "start": (1.0, 1.0)},
    "forty": {"learning_rate": 0.05, "step": 40, "start": (1.0, 1.0)},
    "only one diverges": {"learning_rate": 0.13, "step": 10, "start": (1.0, 1.0)},
}


def _still_order(f, ax):
    plots.window(ax, ((0.6, 3.4), (-3.9, 1.9)), "W", "b")
    plots.contours(ax, f, levels=[1.3, 2, 5, 12, 25, 60], points=31)
    ring(ax, *f.minimum)
    plots.label(ax, 0.65, -2.9, "solid: together", "path")
    plots.label(ax, 0.65, -3.5, "dashed: b first, then W", "model")


def _draw_order(ax, walks, step):
    together, turns = (inside(until(path, step), 8) for path in walks)
    corners = np.repeat(turns.x, 2, axis=0)  # b moves first, up or down, and then W
    ax.plot(corners[:-1, 0], corners[1:, 1], color=plots.PALETTE["model"], linestyle="--")
    plots.point(ax, *turns.x.T, "model", size=6, marker="s")
    plots.path(ax, together)
    for path, role, marker in zip(walks, ("path", "model"), ("o", "s"), strict=True):
        _mark_now(ax, path.x[min(step, path.steps)], role, marker)


def _mark_now(ax, place, role, marker):
    """Draw where a walk is now, if it is in the picture."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    if left <= place[0] <= right and low <= place[1] <= high:
        plots.point(ax, *place, role, size=11, marker=marker)


def _say_order(f, walks, step):
    together, turns = (f"{path.f[min(step, path.steps)]:.3g}" for path in walks)
    least = f"{f(f.minimum):.2f}"
    return f"Step {step}: J = {together} together, {turns} in turn (least: {least})."
