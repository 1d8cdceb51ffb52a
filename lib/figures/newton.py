"""The figures of the chapter on Newton's method."""

from functools import partial

import numpy as np

from lib import plots
from lib.derivatives import central_slope
from lib.figures.parts import plain, until
from lib.live import live_figure
from lib.live.letters import typeset
from lib.live.sliders import positions
from lib.path import Path

#: The curves of the chapter that are given by formulas alone, and where their names stand.
_NAMES = {
    "x³ − 2x − 5": (lambda x: x**3 - 2 * x - 5, (3.15, 29), "right"),
    "x³ − 2x + 2": (lambda x: x**3 - 2 * x + 2, (-0.75, 4.2), "center"),
    "arctan x": (np.arctan, (-4.5, -1.65), "center"),
}


def _name(f):
    """Return the formula of f, as far as three places tell, or None."""
    x = np.array([-0.7, 0.4, 1.5])
    with np.errstate(all="ignore"):
        return next((name for name in _NAMES if np.allclose(f(x), _NAMES[name][0](x))), None)


def _start(sliders, name="x0"):
    """Return where a slider starts."""
    if name not in sliders:
        raise TypeError(f"sliders: got {sorted(sliders)}, wanted {name} among them")
    return sliders[name].value


def _starts(sliders, label=None):
    """Return all values of the slider of the start."""
    _start(sliders)
    return np.array(positions("x0", sliders["x0"], label).values, dtype=float)


def _limits(default, numbers):
    """Return the limits of an axis: `default`, or others if they do not show the numbers."""
    numbers = numbers[np.isfinite(numbers)]
    if not numbers.size:
        return default
    low, high = numbers.min(), numbers.max()
    if default[0] <= low and high <= default[1] and high - low > 0.1 * np.ptp(default):
        return default
    room = 0.1 * (high - low) or 1.0
    return low - room, high + room


def _window(f, starts, default, level=()):
    """Return the limits of a picture that shows f at the starts, and the heights in `level`."""
    x = np.linspace(starts.min(), starts.max(), 121)
    with np.errstate(all="ignore"):
        heights = np.append(np.broadcast_to(f(x), x.shape), level)
    return _limits(default[0], starts), _limits(default[1], heights)


def _span(ax, g, gap):
    """Return the part of the picture's width on which g has values, a gap away from their end."""
    low, high = ax.get_xlim()
    return max(low, g.domain[0] + gap), min(high, g.domain[1] - gap)


def _label_curve(ax, f, words, x, y, role="function", **options):
    """Write the name of a curve at (x, y), or in a corner if the curve is not near there."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    with np.errstate(all="ignore"):
        is_near = left < x < right and low < y < high and abs(f(x) - y) < (high - low) / 2
    if not is_near:
        x, y, options = left + 0.03 * (right - left), high - 0.06 * (high - low), {}
    plots.label(ax, x, y, words, role, **options)


def _handle(ax, f, x0):
    """Draw the point that is dragged along f, on the axis where f has no value."""
    with np.errstate(all="ignore"):
        height = f(x0)
    plots.handle(ax, x0, height if np.isfinite(height) else 0)


def _crossing(f, low, high):
    """Return where f, a function of one number, changes its sign, None if it has one at both."""
    sign = np.sign(f(low))
    if not sign * np.sign(f(high)) < 0:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if np.sign(f(middle)) == sign else (low, middle)
    return (low + high) / 2


def _zeros(f, low, high):
    """Return the zeros of f at which it changes its sign."""
    x = np.linspace(low, high, 250)
    with np.errstate(all="ignore"):
        signs = np.sign(np.broadcast_to(f(x), x.shape))
        turns = np.flatnonzero(signs[:-1] * signs[1:] < 0)
        places = [*(_crossing(f, x[k], x[k + 1]) for k in turns), *x[signs == 0][:5]]
        return sorted(place for place in places if abs(f(place)) < 1e-6)  # and no poles


def _is_along_tangents(f, x):
    """Return whether each place of x, a few places of a walk, is the foot of the tangent before."""
    x = np.asarray(x, dtype=float)
    x = x[np.isfinite(x)]
    with np.errstate(all="ignore"):
        rise = central_slope(f, x[:-1]) * np.diff(x)
        return np.allclose(rise, -f(x[:-1]), rtol=1e-4, atol=1e-6)


def _line(f, walk, sliders):
    """Return what the straight lines of a walk are called, as its first two steps tell."""
    path = walk(_start(sliders))
    return "tangent" if _is_along_tangents(f, path.x[:3]) else "line"


def _say_place(path, step, words):
    """Say where a walk is after so many steps, in the given words, or how it ended before."""
    at = min(step, len(path.x) - 1)
    if not np.isfinite(path.x[at]):
        return f"step {at}: no next point, the walk ends"
    if not np.isfinite(path.f[at]):
        return f"step {at}: x = {path.x[at]:.4g} has no value, the walk ends"
    return f"step {at}: " + words(path.x[: at + 1], path.f[at])


def tangent_steps(f, walk, **sliders):
    """Show a walk to a zero of f along its tangents; the start is dragged along the curve.

    Args:
        f: the curve, a function that works elementwise.
        walk: `walk(x0)` returns its `Path`.
    """
    line = _line(f, walk, sliders)
    return live_figure(
        walk,
        partial(_draw_steps, f),
        sliders,
        name="tangent-steps",
        still=partial(_still_steps, f, _starts(sliders)),
        readout=lambda path, step: _say_place(
            path, step, lambda x, height: f"x = {x[-1]:.8f}, f(x) = {plain(height, 3)}"
        ),
        drag=("x0",),
        play="step",
        alt=f"The curve {_name(f) or 'f'} with {line}s that are followed, one after the other, "
        "to the axis.",
        title=f"Each {line} is followed to the axis. Its foot is the next point.",
    )


def _still_zero(f, starts, default, ax):
    """Draw f and the axis that it crosses."""
    plots.window(ax, _window(f, starts, default, level=0), "x", "f(x)")
    plots.line(ax, 0, 0, 0, "muted", linewidth=1, linestyle="-")
    with np.errstate(all="ignore"):
        plots.curve(ax, f)
    name = _name(f)
    if name is not None:
        _, place, side = _NAMES[name]
        _label_curve(ax, f, name, *place, ha=side)


def _still_cubic(f, starts, ax):
    _still_zero(f, starts, ((0.6, 3.7), (-9, 32)), ax)


def _still_steps(f, starts, ax):
    _still_zero(f, starts, ((0.6, 7.4), (-12, 60)), ax)


def _draw_steps(f, ax, path, x0, step):
    path = until(path, step)
    plots.tangents(ax, path)
    plots.point(ax, path.x[1:], np.zeros(len(path.x) - 1), size=7)
    across, up = np.ptp(ax.get_xlim()), np.ptp(ax.get_ylim())
    for k in range(1, min(len(path.x), 4)):
        if np.isfinite(path.x[k]) and abs(path.x[k] - path.x[k - 1]) > across / 20.6:
            place = path.x[k], -0.0854 * up
            plots.label(ax, *place, "x" + "₀₁₂₃"[k], ha="center", clip_on=True)
    _handle(ax, f, x0)


def slope_triangle(f, foot, **sliders):
    """Show the triangle between a point of f, the place below it and the foot of the tangent.

    Args:
        f: the curve, a function that works elementwise.
        foot: `foot(x0)` returns where the tangent at x0 meets the axis.
    """
    start, met = _start(sliders), partial(_met, foot)
    line = "tangent" if _is_along_tangents(f, [start, met(start)]) else "line"
    return live_figure(
        met,
        partial(_draw_triangle, f),
        sliders,
        name="slope-triangle",
        still=partial(_still_cubic, f, _starts(sliders, "point x₀")),
        readout=partial(_say_triangle, f),
        drag=("x0",),
        labels={"x0": "point x₀"},
        play="x0",
        alt=f"A {line}, and the triangle between the curve's point, the axis and the {line}'s "
        "foot.",
        title=f"The legs are f(x₀) and x₀ − x₁. Their quotient is the slope of the {line}.",
    )


def _met(foot, x0):
    """Return where a tangent meets the axis, no number if it is level."""
    try:
        return foot(x0)
    except ZeroDivisionError:
        return np.nan


def _draw_triangle(f, ax, x1, x0):
    f0 = f(x0)
    if np.isfinite([f0, x1]).all() and x1 != x0:
        ax.fill([x1, x0, x0], [0, 0, f0], color=plots.PALETTE["slope"], alpha=0.15, linewidth=0)
        plots.line(ax, f0 / (x0 - x1), x0, f0)
        plots.segment(ax, (x0, 0), (x0, f0), "function", linewidth=3)
        plots.segment(ax, (x1, 0), (x0, 0), "path", linewidth=3)
        _label_legs(ax, x0, x1, f0)
    plots.point(ax, x1, 0, size=7)
    _handle(ax, f, x0)


def _label_legs(ax, x0, x1, f0):
    across, up, side = np.ptp(ax.get_xlim()) / 62, np.ptp(ax.get_ylim()) / 41, np.sign(f0)
    if abs(f0) > 1.5 * up:
        look = {"ha": "left" if side > 0 else "right", "clip_on": True}
        plots.label(ax, x0 + across * side, f0 / 2, "f(x₀)", "function", **look)
        place = 0.6 * x0 + 0.4 * x1, -2.2 * up * side
        plots.label(ax, *place, "x₀ − x₁", "path", ha="center", clip_on=True)


def _say_triangle(f, x1, x0):
    f0, run = f(x0), x0 - x1
    if not np.isfinite([f0, x1]).all():
        return "The line does not meet the axis."
    if not run:
        return f"f(x₀) = {f0:.2f}, and x₁ = x₀: there is no triangle."
    legs, slope = f"{f0:.2f} / {run:.3f} = {f0 / run:.2f}", central_slope(f, x0)
    is_slope = np.isclose(f0 / run, slope, rtol=1e-4, atol=1e-6)
    words = "= f′(x₀)" if is_slope else f"and f′(x₀) = {slope:.2f}"
    return f"f(x₀) / (x₀ − x₁) = {legs} {words}"


def heron_rectangle(area, walk, **sliders):
    """Show a rectangle of a fixed area whose one side takes the steps of a walk.

    Args:
        area: the area, a positive number.
        walk: `walk(x0)` returns the `Path` of one side; the other side is area/x.
    """
    if not area > 0:
        raise ValueError(f"area: got {area}, wanted a positive number")
    is_mean = _takes_means(area, walk(_start(sliders)).x[:3])
    next_side = "The next side is the mean of the two sides." if is_mean else "Step by step."
    return live_figure(
        walk,
        partial(_draw_heron, area),
        sliders,
        name="heron-rectangle",
        still=partial(_still_heron, area, _starts(sliders)),
        readout=partial(_say_heron, area),
        drag=("x0",),
        play="step",
        alt=f"A rectangle of area {area:g} that becomes a square when its side is replaced by a "
        "mean."
        if is_mean
        else f"A rectangle of area {area:g}, whose side takes the steps of a walk.",
        title=f"{next_side} The area stays {area:g}.",
    )


def _takes_means(area, x):
    with np.errstate(all="ignore"):
        return np.allclose(x[1:], (x[:-1] + area / x[:-1]) / 2)


def _still_heron(area, starts, ax):
    least = max(starts.min(), 0.1 * starts.max())
    height = max(1.1 * area / least, (starts.max() + 0.47) / 1.85)
    width, side = 1.85 * height, np.sqrt(area)  # so that a square looks like one
    plots.window(ax, ((0, width), (0, height)), "side x", f"side {area:g}/x")
    span = 0.935 * area / height, width
    plots.curve(ax, lambda x: area / x, "muted", span=span, linewidth=1)
    plots.segment(ax, (0, side), (side, side), "target")
    plots.segment(ax, (side, 0), (side, side), "target")


def _draw_heron(area, ax, path, x0, step):
    x = path.x[: step + 1]
    with np.errstate(all="ignore"):
        other = area / x
    wide, high = x[-1], other[-1]
    if np.isfinite([wide, high]).all():
        colour = plots.PALETTE["function"]
        ax.fill([0, wide, wide, 0], [0, 0, high, high], color=colour, alpha=0.25)
        plots.label(ax, wide / 2, high / 2, f"area {area:g}", ha="center", clip_on=True)
    plots.point(ax, x, other, size=6)
    _handle(ax, lambda x: area / x, x0)


def _say_heron(area, path, step):
    def words(x, _):
        sides = np.array([x[-1], area / x[-1] if x[-1] else np.inf])
        return f"{sides[0]:.8f} by {sides[1]:.8f}, mean {sides.mean():.8f}"

    return _say_place(path, step, words)


def newton_for_minima(g, walk, turning_point, **sliders):
    """Show the parabola that replaces g, and beside it the slope of g with its tangent.

    Args:
        g: a surface of one variable.
        walk: `walk(x0)` returns its `Path`, one step longer than the slider, for the next place.
        turning_point: `turning_point(g, x)` returns place and height of the turning point of the
            parabola at x.
    """
    starts = _starts(sliders)
    end = "bottom" if np.all(g.hessian(starts) > 0) else "turning point"
    low, _ = _turned(turning_point, g, _start(sliders))
    same = " The same x." if np.isclose(low, _foot(g, _start(sliders))) else ""
    return live_figure(
        walk,
        partial(_draw_views, g, turning_point),
        sliders,
        name="newton-for-minima",
        panels=2,
        still=partial(_still_views, g, starts),
        readout=partial(_say_views, g),
        drag=("x0",),
        play="step",
        alt="A curve and the parabola that replaces it, and its slope with a tangent.",
        title=f"The parabola's {end}, and the tangent's foot.{same}",
        presets=_views_presets(starts),
        claims={"the notes' start": lambda path: _is_of_the_notes(g, path.x[0])},
    )


def _views_presets(starts):
    return {
        "the notes' start": {"x0": 0.05, "step": 0},
        "far right": {"x0": starts.max(), "step": 0},
    }


def _turned(turning_point, g, x):
    """Return place and height of the turning point, not numbers where there is none."""
    with np.errstate(all="ignore"):
        return turning_point(g, x)


def _foot(g, x):
    """Return where the tangent to the slope of g meets the axis."""
    with np.errstate(all="ignore"):
        return x - g.gradient(x) / g.hessian(x)


def _is_of_the_notes(g, x0):
    """Return whether g has at a start the slope that the notes have at theirs."""
    return np.isclose(x0, 0.05) and abs(g.gradient(x0) + 18.949) < 1e-3


def _still_views(g, starts, axes):
    plots.window(axes[0], _window(g, starts, ((0, 2.2), (1.5, 9))), "x", "g(x)")
    plots.curve(axes[0], g, span=_span(axes[0], g, 0.001))
    _label_curve(axes[0], g, "g", 1.85, 5.2, ha="left")
    slopes = _window(g.gradient, starts, ((0, 2.2), (-20, 9.5)), level=0)
    plots.window(axes[1], slopes, "x", "g′(x)")
    plots.line(axes[1], 0, 0, 0, "muted", linewidth=1, linestyle="-")
    plots.curve(axes[1], g.gradient, "slope", span=_span(axes[1], g, 0.02), linestyle="-")
    _label_curve(axes[1], g.gradient, "g′", 2.0, 4, role="slope")


def _last(path, step):
    """Return the number of the last place up to a step that lies on the curve, −1 if none."""
    found = np.flatnonzero(np.isfinite(path.f[: step + 1]))
    return int(found[-1]) if len(found) else -1


def _draw_views(g, turning_point, axes, path, x0, step):
    at = _last(path, step)
    if at >= 0:
        x = path.x[at]
        _draw_parabola(g, turning_point, axes[0], x)
        _draw_tangent(g, axes[1], x)
        plots.point(axes[0], x, g(x))
        plots.point(axes[1], x, g.gradient(x))
    _handle(axes[0], g, x0)


def _draw_parabola(g, turning_point, ax, x):
    """Draw the parabola of g at x, and from its turning point down to the axis."""
    (low, height), bend, (floor, top) = _turned(turning_point, g, x), g.hessian(x), ax.get_ylim()
    if bend and np.isfinite([low, height]).all():
        plots.parabola(ax, bend, low, height)
        plots.segment(ax, (low, height), (low, floor), "target")
        place, end = floor + (top - floor) * 0.35 / 7.5, "bottom" if bend > 0 else "top"
        beside = low + np.ptp(ax.get_xlim()) / 36.7
        plots.label(ax, beside, place, end, "model", clip_on=True)
        plots.point(ax, low, height, "model", marker="D", size=7)


def _draw_tangent(g, ax, x):
    """Draw the tangent to the slope of g at x, and from its foot down to the axis."""
    foot, (floor, top) = _foot(g, x), ax.get_ylim()
    plots.line(ax, g.hessian(x), x, g.gradient(x))
    if np.isfinite(foot):
        plots.segment(ax, (foot, 0), (foot, floor), "target")
        place = foot + np.ptp(ax.get_xlim()) / 36.7, floor + (top - floor) * 2 / 29.5
        plots.label(ax, *place, "foot of the tangent", "slope", clip_on=True)
        plots.point(ax, foot, 0, "slope", marker="D", size=7)


def _say_views(g, path, step):
    def words(x, _):
        slope = np.round(g.gradient(x[-1]), 3) + 0.0
        said = f"x = {x[-1]:.4f}, g′ = {slope:.3f}, g″ = {g.hessian(x[-1]):.2f}"
        after = path.x[len(x) :]
        return said + (f", next x = {after[0]:.4f}" if np.isfinite(after[:1]).any() else "")

    return _say_place(path, step, words)


def error_race(g, race, **sliders):
    """Show how far two methods are from the minimum after each step, over few steps and many.

    Args:
        g: a surface of one variable, with its minimum.
        race: `race(x0, learning_rate)` returns two `Path`s by their names: the first is drawn with
            points, the second dashed. x0 is an array of all starts, shape (n,), walked at once.
    """
    _check_minimum(g)
    starts = _starts(sliders)
    shown = _errors(g, race, starts, _start(sliders, "learning_rate"))
    lasts = [len(each) - 1 for each in shown.values()]
    (fast, _), (slow, errors) = shown.items()
    is_straight = _is_straight(_column(errors, starts, _start(sliders)))
    return live_figure(
        lambda learning_rate: _errors(g, race, starts, learning_rate, lasts),
        partial(_draw_race, starts),
        sliders,
        name="error-race",
        panels=2,
        still=partial(_still_race, lasts),
        readout=partial(_say_race, starts),
        alt=f"The errors of {fast} and of {slow} after each step, on a log axis.",
        title=f"Dashed: {slow}{', a straight line' if is_straight else ''}. With points: {fast}.",
        presets=_RACE_PRESETS,
        claims=_race_claims(g, starts),
        marks={"learning_rate": _best_and_critical(g)},
    )


def _check_minimum(g):
    if g.minimum is None:
        raise ValueError(f"error_race: got {g.name}, wanted a surface that tells its minimum")


_RACE_PRESETS = {
    "the notes": {"x0": 0.05, "learning_rate": 0.005},
    "near the best": {"x0": 0.8, "learning_rate": 0.199},
    "too large": {"x0": 0.8, "learning_rate": 0.466},
}


def _race_claims(g, starts):
    return {
        "the notes": lambda errors, x0, learning_rate: (
            _is_of_the_notes(g, x0) and np.isclose(learning_rate, 0.005)
        ),
        "near the best": lambda errors, x0: 0 <= _arrival(_second(errors, starts, x0)) < 20,
        "too large": lambda errors, x0: not _second(errors, starts, x0)[-1] < 1e-3,
    }


def _errors(g, race, starts, learning_rate, lasts=(0, 0)):
    """Return by name the distance from the minimum, of shape (steps + 1, starts)."""
    paths = race(starts, learning_rate)
    if not isinstance(paths, dict) or len(paths) != 2:
        raise TypeError(f"race: got {type(paths).__name__}, wanted two paths by their names")
    return {
        name: _distances(g, path, len(starts), last)
        for (name, path), last in zip(paths.items(), lasts, strict=True)
    }


def _distances(g, path, count, last):
    """Return the distances of `count` paths, with more steps of those that ended before `last`."""
    error = np.abs(np.asarray(path.x) - g.minimum)
    if error.ndim == 1:  # the walk takes no start, so it is the same for all
        error = np.repeat(error[:, None], count, axis=1)
    rest = np.where(np.asarray(path.stopped) == "diverged", np.nan, error[-1])
    is_cut = np.all(np.asarray(path.stopped) != "out of steps")
    more = np.tile(rest, (max(last + 1 - len(error), int(is_cut)), 1))
    return np.concatenate([error, more])


def _best_and_critical(g):
    bend = g.hessian(g.minimum)
    return {"1/g″": 1 / bend, "2/g″": 2 / bend} if bend > 0 else {}


def _is_straight(error):
    """Return whether an error shrinks by one factor in each step, once it is small."""
    small = error[(error < 1e-3) & (error > 1e-10)]
    factors = small[1:] / small[:-1]
    return len(factors) > 3 and np.ptp(factors) < 0.01 * factors.mean()


def _column(errors, starts, x0):
    return errors[:, np.argmin(np.abs(starts - x0))]


def _second(errors, starts, x0):
    return _column(list(errors.values())[1], starts, x0)


def _arrival(error):
    """Return the first step with an error of at most 1e-12, −1 if there is none."""
    near = np.flatnonzero(error <= 1e-12)
    return int(near[0]) if len(near) else -1


def _still_race(lasts, axes):
    for ax, last in zip(axes, lasts, strict=True):
        plots.window(ax, ((0, last), (1e-17, 30)), "step", "error |x − x*|")
        ax.set_yscale("log")


def _draw_race(starts, axes, errors, x0):
    fast, slow = (np.maximum(_column(each, starts, x0), 1e-16) for each in errors.values())
    end = min(int((fast > 1e-16).sum()) + 1, len(fast))
    first = slow[: len(fast)]
    for ax, shown, every in ((axes[0], first, 1), (axes[1], slow, max(1, len(slow) // 30))):
        _draw_error(ax, shown, "ink", every=every, linestyle="--", marker=None)
        _draw_error(ax, fast[:end], "path")
    names = list(errors)
    plots.label(axes[0], end - 0.6, 1e-16, names[0], "path")
    k = np.flatnonzero(np.isfinite(first))[-1]  # the last point in the left panel
    side = "right" if k > len(fast) / 2 else "left"
    plots.label(axes[0], k, 40 * slow[k], names[1], ha=side, clip_on=True)


def _draw_error(ax, error, role, **options):
    path = Path(np.arange(len(error)), error, "out of steps", len(error) - 1)
    plots.losses(ax, path, role, **options)


def _say_race(starts, errors, x0):
    words = [f"{name} {_needed(_column(each, starts, x0))}" for name, each in errors.items()]
    return f"Until the error is 10⁻¹²: {', '.join(words)}."


def _needed(error):
    arrival = _arrival(error)
    if arrival >= 0:
        return f"{arrival} step" + "s" * (arrival != 1)
    return "lost" if np.isnan(error[-1]) else f"not in {len(error) - 1}"


def newton_cycle(f, walk, **sliders):
    """Show a walk along the tangents of f that may go round in a circle.

    Args:
        f: the curve, a function that works elementwise.
        walk: `walk(x0)` returns its `Path`.
    """
    line, starts, path = _line(f, walk, sliders), _starts(sliders), walk(_start(sliders))
    zeros = _zeros(f, *_window(f, starts, _TRAP)[0])
    alt, title = _cycle_words(line, _goes_round(path, len(path.x) - 1))
    table = {"cycle": (0, 6), "caught": (0.1, 6), "jump": (0.8, 1), "found": (-1.2, 6)}
    return live_figure(
        walk,
        partial(_draw_walk, f),
        sliders,
        name="newton-cycle",
        still=partial(_still_trap, f, starts, zeros),
        readout=partial(_say_trap, starts, zeros),
        drag=("x0",),
        play="step",
        alt=alt,
        title=title,
        presets={label: {"x0": x0, "step": step} for label, (x0, step) in table.items()},
        claims=_cycle_claims(starts),
    )


def _cycle_words(line, circle):
    """Return what the picture shows and its caption, whether or not the walk goes round."""
    if circle:
        shown = f"A curve with {line}s between two points: each leads to the other, none to a zero."
        return shown, f"{line.capitalize()}s that lead round in a circle."
    shown = f"A curve with {line}s that are followed, one after the other, to the axis."
    return shown, f"Each {line} is followed to the axis. Its foot is the next point."


def _cycle_claims(starts):
    return {
        "cycle": _goes_round,
        "caught": lambda path, step: _moves_back(path, step) and not _goes_round(path, step),
        "jump": lambda path, step: _is_far(starts, path.x[: step + 1][-1]),
        "found": lambda path, step: abs(path.f[: step + 1][-1]) < 1e-3,
    }


#: The picture of the cubic with the cycle.
_TRAP = ((-2.6, 2.4), (-3, 7))


def _moves_back(path, step, distance=0.05):
    """Return whether a walk off the zero is about where it was two steps ago."""
    x = path.x[: step + 1]
    if len(x) < 3 or abs(path.f[: step + 1][-1]) < 1e-3:
        return False
    return abs(x[-1] - x[-3]) < distance and abs(x[-1] - x[-2]) > 2 * distance


def _goes_round(path, step):
    return _moves_back(path, step, distance=1e-9)


def _is_far(starts, x):
    """Return whether x lies far outside the starts."""
    room = np.ptp(starts) / 4
    return not starts.min() - room <= x <= starts.max() + room


def _still_trap(f, starts, zeros, ax):
    _still_zero(f, starts, _TRAP, ax)
    across, up = np.ptp(ax.get_xlim()), np.ptp(ax.get_ylim())
    for zero in zeros:
        plots.label(ax, zero + 0.0179 * across, -0.045 * up, "zero", "target")


def _draw_walk(f, ax, path, x0, step):
    """Draw the tangents of a walk, and its places on the curve f."""
    path = until(path, step)
    plots.tangents(ax, path)
    plots.path(ax, path, linestyle="none")
    if np.isfinite(path.f[-1]):
        plots.point(ax, path.x[-1], path.f[-1])
    _handle(ax, f, x0)


def _say_trap(starts, zeros, path, step):
    def words(x, height):
        said = f"x = {x[-1]:.4f}"
        if abs(height) < 1e-3:
            return f"{said}, at {'the' if len(zeros) == 1 else 'a'} zero."
        if len(x) > 2 and abs(x[-1] - x[-3]) < 0.05:
            return f"{said}, about where it was two steps ago."
        return f"{said}, far outside." if _is_far(starts, x[-1]) else f"{said}."

    return _say_place(path, step, words)


def newton_runaway(f, walk, **sliders):
    """Show a walk along the tangents of f that overshoots the zero, from some starts ever farther.

    Args:
        f: the curve, a function that works elementwise.
        walk: `walk(x0)` returns its `Path`.
    """
    line, starts = _line(f, walk, sliders), _starts(sliders)
    edge = _overshoot_edge(f, walk, starts)
    return live_figure(
        walk,
        partial(_draw_walk, f),
        sliders,
        name="newton-runaway",
        still=lambda ax: _still_zero(f, starts, ((-7, 7), (-1.9, 1.9)), ax),
        readout=lambda path, step: _say_place(path, step, lambda x, _: f"x = {x[-1]:.4g}"),
        drag=("x0",),
        play="step",
        alt=f"The curve {_name(f) or 'f'} with {line}s that lead from point to point.",
        title=f"Each {line} is followed to the axis. Its foot is the next point."
        if edge is None
        else typeset(f"Below {edge:.2f} the overshoot shrinks, above it grows."),
        presets={"just below": {"x0": 1.35, "step": 6}, "just above": {"x0": 1.45, "step": 4}},
        claims=_runaway_claims(edge),
        marks={"x0": {} if edge is None else {typeset(f"{edge:.2f}"): edge}},
    )


def _runaway_claims(edge):
    return {
        "just below": lambda path: edge is not None and 0 < edge - path.x[0] < 0.1,
        "just above": lambda path: edge is not None and 0 < path.x[0] - edge < 0.1,
    }


def _overshoot_edge(f, walk, starts):
    """Return the start from which on a step leads farther beyond the zero, or None."""
    zeros = _zeros(f, -1 - np.abs(starts).max(), 1 + np.abs(starts).max())
    if len(zeros) != 1:
        return None

    def growth(x0):
        before, after = x0 - zeros[0], walk(x0).x[1:][:1] - zeros[0]
        is_beyond = len(after) and after[0] * before <= 0
        return abs(after[0]) - abs(before) if is_beyond else np.nan

    edge = _crossing(growth, starts.min(), starts.max())
    if edge is None or not all((growth(x0) > 0) == (x0 > edge) for x0 in starts):
        return None
    return edge if all(np.isfinite(growth(x0)) for x0 in starts) else None


def newton_climbs(g, walk, turning_point, **sliders):
    """Show a walk on the curve of g, and the parabola that replaces the curve at its last place.

    Args:
        g: a surface of one variable.
        walk: `walk(x0)` returns its `Path`.
        turning_point: `turning_point(g, x)` returns place and height of the turning point of the
            parabola at x.
    """
    starts = _starts(sliders)
    is_bent = np.any(g.hessian(starts) < 0)
    return live_figure(
        walk,
        partial(_draw_model, g, turning_point),
        sliders,
        name="newton-climbs",
        still=partial(_still_hill, g, starts),
        readout=partial(_say_hill, g),
        drag=("x0",),
        play="step",
        alt="A curve with a walk on it, and the parabola that replaces the curve at the last "
        "point" + ("; where it opens downwards it leads to a top." if is_bent else "."),
        title="Where the curve bends downwards, the parabola leads to the top."
        if is_bent
        else "The parabola that replaces the curve at the last point.",
        presets={"up the hill": {"x0": 0.6}, "down": {"x0": 2.6}, "across": {"x0": -1}},
        claims=_climb_claims(g),
        marks={"x0": _level_marks(g, starts)},
    )


def _climb_claims(g):
    return {
        "up the hill": lambda path: path.f[-1] > path.f[0],
        "down": lambda path: np.all(np.diff(path.f) < 1e-9) and not _has_crossed(g, path),
        "across": partial(_has_crossed, g),
    }


def _level_marks(g, starts):
    """Return the places where g″ is zero, named with blanks, for marks are known by their names."""
    level = _zeros(g.hessian, starts.min(), starts.max())
    pads = [(" " * k, " " * (len(level) - 1 - k)) for k in range(len(level))]
    return {f"{a}g″ = 0{b}": x for (a, b), x in zip(pads, level, strict=True)}


def _has_crossed(g, path):
    """Return whether between the ends of a walk lies a place that is higher than both."""
    between = np.linspace(path.x[0], path.x[-1], 101)
    with np.errstate(all="ignore"):
        return bool(g(between).max() > max(path.f[0], path.f[-1]) + 1e-9)


def _still_hill(g, starts, ax):
    plots.window(ax, (_limits(g.window[0], starts), g.window[1]), "x", "g(x)")
    _shade_beyond(g, ax)
    plots.curve(ax, g, span=_span(ax, g, 0.01))
    _label_curve(ax, g, "g", 2.6, 4.5, ha="right")


def _shade_beyond(g, ax):
    """Shade the part of the picture where g has no values."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    what = "no ln x" if "ln x" in g.name else "no g(x)"
    for start, end in ((left, min(g.domain[0], right)), (max(g.domain[1], left), right)):
        if start < end:
            colour, corners = plots.PALETTE["muted"], [start, end, end, start]
            ax.fill(corners, [low, low, high, high], color=colour, alpha=0.2, linewidth=0)
            place = (start + end) / 2, low + 0.9 * (high - low)
            plots.label(ax, *place, what, ha="center", clip_on=True)


def _draw_model(g, turning_point, ax, path, x0, step):
    path, at = until(path, step), _last(path, step)
    if at >= 0:
        x = path.x[at]
        (low, height), bend = _turned(turning_point, g, x), g.hessian(x)
        if bend and np.isfinite([low, height]).all():
            plots.parabola(ax, bend, low, height)
            plots.point(ax, low, height, "model", marker="D", size=7)
            plots.segment(ax, (low, height), (low, g(low)), "target")
        plots.path(ax, path, linestyle="none")
        plots.point(ax, x, g(x))
    _handle(ax, g, x0)


def _say_hill(g, path, step):
    def words(x, _):
        bend = g.hessian(x[-1])
        kind = "a minimum" if bend > 1e-6 else "a maximum!" if bend < -1e-6 else "a flat place"
        is_there = abs(g.gradient(x[-1])) < 1e-3 and not abs(_foot(g, x[-1]) - x[-1]) > 0.01
        verdict = kind if is_there else "not there yet"
        return f"x = {x[-1]:.3f}, g″ = {bend:.2f}, {verdict}"

    return _say_place(path, step, words)


def newton_domain(g, walk, turning_point, **sliders):
    """Show a walk on the curve of g that may step out of the domain, and the parabola that leads.

    Args:
        g: a surface of one variable, with its domain.
        walk: `walk(x0)` returns its `Path`.
        turning_point: `turning_point(g, x)` returns place and height of the turning point of the
            parabola at x.
    """
    starts = _starts(sliders)
    edge = _edge_of_ground(partial(_beyond, g, turning_point), starts)
    return live_figure(
        walk,
        partial(_draw_model, g, turning_point),
        sliders,
        name="newton-domain",
        still=partial(_still_edge, g, starts),
        readout=partial(_say_edge, g),
        drag=("x0",),
        play="step",
        alt=f"The curve {g.name} with a walk on it, and the parabola at the last point.",
        title="The parabola that replaces the curve at the last point."
        if edge is None
        else typeset(f"From a start beyond {edge:.3g} the parabola turns where there is no curve."),
        presets={"inside": {"x0": 1.9}, "outside": {"x0": 2.4}},
        claims=_domain_claims(g),
        marks={"x0": {} if edge is None else {typeset(f"{edge:.3g}"): edge}},
    )


def _domain_claims(g):
    return {
        "inside": lambda path: np.isfinite(path.f[-1]),
        "outside": lambda path: _is_outside(g, path.x[-1]),
    }


def _beyond(g, turning_point, x):
    """Return a number that is positive where the turning point lies outside the domain of g."""
    low, _ = _turned(turning_point, g, x)
    return max(g.domain[0] - low, low - g.domain[1])


def _edge_of_ground(beyond, starts):
    """Return the start from which on `beyond` is positive, None if there is none."""
    edge = _crossing(beyond, starts.min(), starts.max())
    if edge is None:
        return None
    others = starts[~np.isclose(starts, edge)]
    return edge if all((beyond(x0) > 0) == (x0 > edge) for x0 in others) else None


def _is_outside(g, x):
    return not g.domain[0] < x < g.domain[1]


def _still_edge(g, starts, ax):
    plots.window(ax, (_limits(g.window[0], starts), g.window[1]), "x", "g(x)")
    _shade_beyond(g, ax)
    plots.curve(ax, g, span=_span(ax, g, 0.01))
    _label_curve(ax, g, g.name, 0.45, 3)


def _say_edge(g, path, step):
    at = min(step, len(path.x) - 1)
    x = path.x[at]
    if not np.isfinite(x):
        return f"step {at}: no next point, the walk ends"
    out = ": outside the domain, the walk ends" if _is_outside(g, x) else ""
    return f"step {at}: x = {x:.6f}{out}"
