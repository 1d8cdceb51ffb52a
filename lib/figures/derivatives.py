"""The figures of the chapter on derivatives."""

from functools import partial

import numpy as np

from lib import plots
from lib.derivatives import central_slope, one_sided_slopes
from lib.figures.parts import plain, ring
from lib.live import live_figure
from lib.live.letters import typeset


def _is(f, formula):
    """Return whether f is the given formula, as far as three places tell."""
    return np.allclose([f(x) for x in (0.3, 0.7, 1.5)], [formula(x) for x in (0.3, 0.7, 1.5)])


def _on(f, x):
    """Return the heights of f on an array of places, also if f is a constant."""
    with np.errstate(all="ignore"):
        return np.broadcast_to(f(x), x.shape)


def _goes_to(rise):
    """Return in words where rise(h) / h goes as h shrinks, from both sides."""
    left, right = rise(-1e-5) / -1e-5, rise(1e-5) / 1e-5
    limit = (left + right) / 2
    return (
        f"to {limit:.3f}".replace("-0.000", "0.000")
        if abs(right - left) <= 1e-3 * max(1, abs(limit))
        else "nowhere"
    )


def secant_to_tangent(travelled, velocity, **sliders):
    """Show a straight line through two points of a journey, and the span between under a lens.

    Args:
        travelled: the distance in metres after t seconds, a function of one number.
        velocity: `velocity(t, h)` returns the average in metres per second from t to t + h.
    """
    square = " t²" if _is(travelled, np.square) else ""
    return live_figure(
        velocity,
        partial(_draw_car, travelled),
        sliders,
        name="secant-to-tangent",
        still=partial(_still_car, travelled),
        readout=partial(_say_car, travelled),
        panels=2,
        drag=("t",),
        labels={"t": "time t", "h": "span h"},
        play="h",
        backwards=True,
        alt="The car's distance over time, and a straight line through two points of the curve; "
        "beside it the span between the two, enlarged to one width.",
        title=f"The car's distance{square}, and its average velocity over a span of h seconds; "
        "beside it that span under a lens, dotted what the line becomes.",
        presets={f"3 s, h = {h:g}": {"t": 3, "h": h} for h in (1, 0.1, 0.01, 0.001)},
    )


def _still_car(travelled, axes):
    heights = [travelled(t) for t in np.linspace(0, 6, 25)]
    low, high = np.nanmin(heights), np.nanmax(heights)
    span = (high - low) or 1.0
    limits = ((0, 7), (low - span / 9, high + span / 18))
    plots.window(axes[0], limits, "time t in seconds", "distance in metres")
    plots.curve(axes[0], partial(_on, travelled))
    steepest = max(abs(np.diff(heights)).max() / 0.25, 1)
    limits = ((-0.25, 1.25), (-0.3 * steepest, 1.1 * steepest))
    plots.window(axes[1], limits, "time from t on ÷ h", "distance from there on ÷ h")


def _draw_car(travelled, axes, velocity, t, h):
    here, there = (t, travelled(t)), (t + h, travelled(t + h))
    plots.line(axes[0], velocity, *here, linestyle="-")
    _draw_run_and_rise(axes[0], here, there)
    plots.handle(axes[0], *here)
    _draw_lens(axes[1], travelled, velocity, t, h)


def _draw_lens(ax, travelled, velocity, t, h):
    """Draw the span from t to t + h as wide as the panel, and as high by the same factor."""
    plots.curve(ax, lambda s: (_on(travelled, t + s * h) - travelled(t)) / h, points=17)
    tangent = central_slope(travelled, float(t))
    plots.line(ax, tangent, 0, 0, "target")
    plots.segment(ax, (0, 0), (1, velocity), "slope", linestyle="-")
    plots.point(ax, 1, velocity, "slope", size=7)
    plots.point(ax, 0, 0)
    plots.label(ax, -0.2, 0.93 * ax.get_ylim()[1], f"enlarged {1 / h:,.6g} times" if h < 1 else "")


def _draw_run_and_rise(ax, here, there):
    (x0, y0), (x1, y1) = here, there
    plots.segment(ax, here, (x1, y0), "target")
    plots.segment(ax, (x1, y0), there, "target")
    plots.point(ax, *there, "slope", size=7)
    if x1 - x0 > 0.4:
        below = y0 - np.ptp(ax.get_ylim()) / 21
        plots.label(ax, (x0 + x1) / 2, below, f"{x1 - x0:g} s", ha="center")
        plots.label(ax, x1 + 0.1, (y0 + y1) / 2, typeset(f"{y1 - y0:.4g} m"))


def _say_car(travelled, velocity, t, h):
    rise = travelled(t + h) - travelled(t)
    words = f"From {t:.2f} s, for {h:g} s: "
    if np.isclose(velocity * h, rise, rtol=1e-3):
        words += f"{rise:.4g} m, so "
    return f"{words}{velocity:.4g} m/s."


def function_and_slope(both, **sliders):
    """Show a curve with its tangent, and beside it the slope traced up to the place x.

    `both(curve)` returns the function and its slope, two functions that work elementwise.
    """
    return live_figure(
        both,
        _draw_trace,
        sliders,
        name="function-and-slope",
        panels=2,
        still=_still_trace,
        readout=_say_trace,
        drag=("x",),
        labels={"curve": "function", "x": "place x"},
        play="x",
        alt="A curve with its tangent at one point, and beside it the slope drawn as a curve.",
        title="A function with its tangent, and its slope, traced from left to right.",
    )


_GRID = np.linspace(-4, 4, 161)


def _still_trace(axes):
    for ax, name in zip(axes, ("height f(x)", "slope f′(x)"), strict=True):
        plots.window(ax, ((-4, 4), (-4, 4)), "x", name)
        plots.segment(ax, (-4, 0), (4, 0), "muted", linewidth=1)


def _at(f, x):
    """Return a height or slope as a number, also where there is none."""
    return float(_on(f, np.array([x]))[0])


def _draw_trace(axes, both, x):
    f, slope = both
    passed = _GRID[_GRID - x < 0.001]
    axes[0].plot(_GRID, _on(f, _GRID), color=plots.PALETTE["function"], linewidth=2)
    axes[1].plot(passed, _on(slope, passed), color=plots.PALETTE["slope"], linewidth=2)
    height, steep = _at(f, x), _at(slope, x)
    if np.isfinite(steep):
        plots.line(axes[0], steep, x, height)
        plots.segment(axes[1], (x, 0), (x, steep), "target")
        plots.point(axes[1], x, steep)
    plots.handle(axes[0], x, height if np.isfinite(height) else 0)


def _say_trace(both, curve, x):
    height, steep = (_at(f, x) for f in both)
    words = f"{curve} at x = {x:.1f}: "
    if not np.isfinite(height):
        return words + "no height, so no slope."
    words += f"height {height:.2f}, "
    if not np.isfinite(steep):
        words += "the tangent is vertical." if _is_vertical(both[1], x) else "no slope."
    else:
        words += f"slope {steep:.2f}."
    return words.replace("-0.00", "0.00")


def _is_vertical(slope, x):
    """Return whether the slopes grow without bound at x, and with one sign."""
    sides = _on(slope, x + np.array([-1e-8, 1e-8]))
    sides = sides[np.isfinite(sides)]
    return sides.size > 0 and np.all(np.abs(sides) > 1e3) and sides.min() * sides.max() > 0


def inverse_mirror(pairs, slopes, **sliders):
    """Show a curve and its inverse in the mirror y = x, and their slopes at mirrored points.

    Args:
        pairs: by name, a function f and its inverse g; they work elementwise, and their labels
            are their fields `name`.
        slopes: `slopes(pair, x)` returns the height y = f(x), the slope of f at x and that of g
            at y.
    """
    return live_figure(
        slopes,
        partial(_draw_mirror, pairs),
        sliders,
        name="inverse-mirror",
        panels=2,
        still=_still_mirror,
        readout=partial(_say_mirror, pairs),
        drag=("x",),
        labels={"pair": "f and g", "x": "place x"},
        play="x",
        alt="Two curves, f and g, about the line y = x, and beside them their slopes.",
        title="f and its inverse g. Where g undoes f, the two slopes at mirrored points "
        "multiply to 1.",
        presets=_MIRROR_PRESETS,
        claims={
            "(2, 4)": lambda result: np.isclose(result[0], 4),
            "(1, e)": lambda result: np.isclose(result[0], np.e),
        },
    )


_MIRROR_PRESETS = {
    "(2, 4)": {"pair": "x² and √x", "x": 2},
    "(1, e)": {"pair": "eˣ and ln x", "x": 1},
}


def _still_mirror(axes):
    plots.window(axes[0], ((-2, 9), (-2, 8)), "x", "y")
    plots.segment(axes[0], (-2, -2), (8, 8), "target")
    plots.label(axes[0], 6.3, 5.4, "y = x", "target")
    plots.window(axes[1], ((0, 8), (0, 4)), "slope of f at x", "slope of g at f(x)")
    plots.curve(axes[1], lambda s: 1 / s, "muted", span=(0.25, 8), linewidth=1)
    plots.label(axes[1], 3.2, 1.1, "product 1", "muted")


def _draw_mirror(pairs, axes, result, pair, x):
    (f, g), (y, slope, mirrored) = pairs[pair], result
    is_undone = np.isclose(_at(g, y), x)
    _draw_pair(axes[0], f, g)
    plots.segment(axes[0], (x, y), (y, x), "muted", linewidth=1)
    plots.line(axes[0], slope, x, y)
    plots.handle(axes[0], x, y if np.isfinite(y) else 0)
    plots.point(axes[0], y, x, "path" if is_undone else "muted")
    if is_undone and np.isfinite(mirrored):
        plots.line(axes[0], mirrored, y, x)
        plots.point(axes[1], slope, mirrored)


def _draw_pair(ax, f, g):
    """Draw f across the picture, and g at the heights that f reaches."""
    plots.curve(ax, partial(_on, f), points=121)
    heights = np.minimum(np.sort(_on(f, np.linspace(-2, 3, 101))), 9)
    ax.plot(heights, _on(g, heights), color=plots.PALETTE["function"], linewidth=2)
    names = [getattr(each, "name", letter) for each, letter in ((f, "f"), (g, "g"))]
    places = (_at(g, 7) - 0.3, 7), (8, _at(g, 8) - 0.7)
    for name, place in zip(names, places, strict=True):
        if np.isfinite(place).all():
            plots.label(ax, *place, name, "function", ha="right")


def _say_mirror(pairs, result, pair, x):
    (f, g), (y, slope, mirrored) = pairs[pair], result
    back = _at(g, y)
    if not np.isfinite(y):
        return f"{getattr(f, 'name', 'f')} has no value at x = {x:.1f}."
    if not np.isclose(back, x):
        return f"x = {x:.1f} goes to {y:.2f}, but {_say_back(g, back)}."
    if slope == 0 and not np.isfinite(mirrored):
        return f"Level at ({x:g}, {y:g}), so the mirrored tangent is vertical: no slope."
    return f"({x:.1f}, {y:.2f}) slope {slope:.3f}; mirrored slope {mirrored:.3f}."


def _say_back(g, back):
    name = getattr(g, "name", "g")
    name = "the root" if name == "√x" else name
    return f"{name} leads back to {back:.1f}" if np.isfinite(back) else f"{name} has no value there"


def sine_squeeze(heights, **sliders):
    """Show an arc of the unit circle between its sine and its tangent, and the ratio sin h / h.

    `heights(h)` returns sin h and tan h.
    """
    return live_figure(
        heights,
        _draw_squeeze,
        sliders,
        name="sine-squeeze",
        panels=2,
        still=_still_squeeze,
        readout=_say_squeeze,
        labels={"h": "arc h"},
        play="h",
        backwards=True,
        alt="A piece of the unit circle with sin h, the arc h and tan h, and the ratio sin h / h.",
        title="The arc h beside sin h and tan h, and the ratio sin h / h beside cos h and 1.",
    )


def _still_squeeze(axes):
    angles = np.linspace(0, 1.2, 61)
    plots.window(axes[0], ((-0.1, 1.45), (-0.1, 1.3)))
    axes[0].plot(np.cos(angles), np.sin(angles), color=plots.PALETTE["muted"], linewidth=1)
    plots.segment(axes[0], (0, 0), (1, 0), "muted", linewidth=1)
    plots.window(axes[1], ((0, 1), (0.55, 1.1)), "h", "ratio")
    plots.segment(axes[1], (0, 1), (1, 1), "muted", linewidth=1)
    plots.curve(axes[1], np.cos, "muted", span=(0, 1), linewidth=1)
    plots.curve(axes[1], lambda h: np.sinc(h / np.pi), span=(0, 1))
    for x, y, text in ((0.62, 1.03, "1"), (0.5, 0.975, "sin h / h"), (0.5, 0.8, "cos h")):
        plots.label(axes[1], x, y, text)


def _draw_squeeze(axes, heights, h):
    y, wall = heights
    arc, x = np.linspace(0, h, 41), np.cos(h)
    axes[0].fill([0, 1, x], [0, 0, y], color=plots.PALETTE["function"], alpha=0.15)
    plots.segment(axes[0], (0, 0), (1, wall), "muted", linewidth=1)
    plots.segment(axes[0], (1, 0), (1, wall), "target", linestyle="--")
    plots.segment(axes[0], (x, 0), (x, y), "function")
    plots.segment(axes[0], (x, y), (1, 0), "function", linewidth=1)
    axes[0].plot(np.cos(arc), np.sin(arc), color=plots.PALETTE["path"], linewidth=3)
    if h > 0.22:
        height, outer = ("sin h", "tan h") if _is_squeeze(heights, h) else ("height", "outer line")
        plots.label(axes[0], x - 0.03, y / 2, height, "function", ha="right")
        plots.label(axes[0], 1.04, wall / 2, outer, "target")
    plots.point(axes[0], x, y)
    if h:
        plots.point(axes[1], h, y / h)


def _is_squeeze(heights, h):
    return np.allclose(heights, (np.sin(h), np.tan(h)))


def _say_squeeze(heights, h):
    if not h:
        return "h = 0: 0 / 0 is no number."
    ratio, name = heights[0] / h, "sin h / h" if _is_squeeze(heights, h) else "height / arc"
    signs = [">" if a > b else "<" for a, b in ((np.cos(h), ratio), (ratio, 1))]
    words = f"h = {h:.2f}: {np.cos(h):.4f} {signs[0]} {name} = {ratio:.4f} {signs[1]} 1."
    return words


def base_and_slope(height, slope, **sliders):
    """Show the power of a base with its slope, and the slope at 0 for each base.

    Args:
        height: `height(a, x)` is the curve of the base a, elementwise in x.
        slope: `slope(a, x)` is its slope at x, elementwise in x.
    """
    name = _name_power(height)
    base = "a to the x" if name == "aˣ" else "a base a"
    return live_figure(
        lambda a: slope(a, 0.0),
        partial(_draw_base, height, slope),
        sliders,
        name="base-and-slope",
        panels=2,
        still=partial(_still_base, name),
        readout=partial(_say_base, height, slope),
        labels={"a": "base a"},
        play="a",
        alt=f"The curve of {base} with its slope, and the slope at 0 for each base a.",
        title=f"{name} (solid) and its slope (dashed), and the slope at 0 for each base.",
        presets={"base 2": {"a": 2}, "base e": {"a": np.e}, "base 3": {"a": 3}},
        marks={"a": {"e": np.e}},
    )


def _name_power(height):
    is_power = all(_is(partial(height, a), partial(np.power, a)) for a in (2.0, 3.0))
    return "aˣ" if is_power else "the curve"


def _still_base(name, axes):
    plots.window(axes[0], ((-2, 2), (0, 6)), "x", "height and slope")
    plots.window(axes[1], ((1, 4), (0, 1.5)), "base a", f"slope of {name} at 0")
    plots.segment(axes[1], (1, 1), (4, 1), "muted", linewidth=1)


def _draw_base(height, slope, axes, at_zero, a):
    words = (height(a, 0.9), _name_power(height)), (slope(a, 0.9), "slope")
    low, high = sorted(words, key=lambda word: word[0])
    plots.label(axes[0], 0.8, high[0] + 0.45, high[1], ha="right")
    plots.label(axes[0], 1.0, low[0] - 0.2, low[1])
    plots.curve(axes[0], partial(height, a), points=81)
    plots.curve(axes[0], partial(slope, a), "slope", points=81)
    plots.point(axes[0], [0, 0], [height(a, 0.0), at_zero], size=7)
    trace = np.vectorize(lambda base: slope(base, 0.0))
    plots.curve(axes[1], trace, "slope", span=(1, a), points=61, linestyle="-")
    plots.point(axes[1], a, at_zero)


def _say_base(height, slope, at_zero, a):
    if not np.isfinite(at_zero):
        return f"a = {a:.3f}: no slope at 0."
    places = np.array([-1.0, 0.5, 1.0])
    factor = at_zero / height(a, 0.0) if height(a, 0.0) else np.nan
    if np.allclose(slope(a, places), factor * height(a, places), rtol=1e-4):
        return f"a = {a:.3f}: the slope is {factor:.3f} times the height."
    return f"a = {a:.3f}: at 0 the slope is {at_zero:.3f}."


def product_rectangle(f, g, parts, **sliders):
    """Show the product of f and g as a rectangle, with the parts that are added over h.

    `parts(x, h)` returns the areas of the strip beside it, the strip above it and the corner.
    """
    width = "width x" if _is(f, lambda x: x) else "width f(x)"
    height = "height eˣ" if _is(g, np.exp) else "height g(x)"
    return live_figure(
        parts,
        partial(_draw_area, f, g),
        sliders,
        name="product-rectangle",
        still=lambda ax: plots.window(ax, ((0, 2.8), (0, 10)), width, height),
        readout=partial(_say_area, parts),
        play="h",
        backwards=True,
        alt=f"A rectangle of {width} and {height}, with the strips by which it changes.",
        title="A product as an area. It changes by two strips and a corner.",
        presets={f"h = {h:g}": {"x": 1, "h": h} for h in (0.5, 0.1, 0.001)},
    )


def _draw_area(f, g, ax, parts, x, h):
    across, wide, up, high = f(x), f(x + h), g(x), g(x + h)
    _draw_box(ax, (0, across), (0, up), "function")
    _draw_box(ax, (across, wide), (0, up), "slope")
    _draw_box(ax, (0, across), (up, high), "slope")
    _draw_box(ax, (across, wide), (up, high), "muted")
    plots.label(ax, across / 2, up / 2, "f · g", ha="center")
    plots.label(ax, wide + 0.06, up / 2, "strip Δf · g", "slope")
    plots.label(ax, 0.06, high + 0.4, "strip f · Δg", "slope")
    plots.label(ax, wide + 0.06, high, "corner Δf · Δg", "muted")


def _draw_box(ax, across, up, role):
    (x0, x1), (y0, y1) = across, up
    colour = plots.PALETTE[role]
    ax.fill([x0, x1, x1, x0], [y0, y0, y1, y1], color=colour, alpha=0.25, linewidth=0)
    ax.plot([x0, x1, x1, x0, x0], [y0, y0, y1, y1, y0], color=colour, linewidth=1)


def _say_area(parts, now, x, h):
    beside, above, corner = now
    goal = _goes_to(lambda h: sum(parts(x, h)[:2]))
    words = f"Divided by h: strips {(beside + above) / h:.3f}, corner {corner / h:.3f}."
    return f"{words} As h shrinks the strips go {goal}.".replace("-0.000", "0.000")


def chain_machines(inner, outer, rises, **sliders):
    """Show two machines in a row: the rise of the inner one is the run of the outer one.

    Args:
        inner, outer: the two functions, elementwise; the point is dragged along `inner`.
        rises: `rises(x, h)` returns how far each of them rises when x grows by h.
    """
    u = "2x" if _is(inner, lambda x: 2 * x) else "g(x)"
    y = "eᵘ" if _is(outer, np.exp) else "f(u)"
    return live_figure(
        rises,
        partial(_draw_chain, inner, outer),
        sliders,
        name="chain-machines",
        panels=2,
        still=partial(_still_chain, {f"u = {u}": inner, f"y = {y}": outer}),
        readout=partial(_say_chain, rises),
        drag=("x",),
        labels={"h": "step h"},
        play="h",
        backwards=True,
        alt=f"The curves u = {u} and y = {y}, with the run and the rise on each.",
        title="Two machines in a row. The rise of the first is the run of the second.",
    )


def _still_chain(machines, axes):
    windows = ((-1, 1.5), (-2, 3)), ((-2, 3), (-1, 9))
    for ax, limits, across, name in zip(axes, windows, "xu", machines, strict=True):
        plots.window(ax, limits, across, name)
        plots.curve(ax, partial(_on, machines[name]))


def _draw_chain(inner, outer, axes, rises, x, h):
    u, (run, rise) = inner(x), rises
    _draw_machine(axes[0], inner, (x, u), h, run)
    _draw_machine(axes[1], outer, (u, outer(u)), run, rise)
    plots.point(axes[1], u, outer(u))
    plots.handle(axes[0], x, u)


def _draw_machine(ax, f, place, run, rise):
    """Draw run and rise at a place; too small to be seen, they are drawn enlarged in a box."""
    size = max(abs(run) / np.ptp(ax.get_xlim()), abs(rise) / np.ptp(ax.get_ylim()))
    if 0 < size < 0.02:
        _draw_enlarged(ax, f, place, run, rise)
        return
    corner = (place[0] + run, place[1])
    plots.segment(ax, place, corner, "target")
    plots.segment(ax, corner, (corner[0], corner[1] + rise), "path", linewidth=3)
    beside = corner[0] + 0.08 * np.ptp(ax.get_xlim())
    plots.label(ax, beside, place[1] + rise / 2, typeset(f"{rise:.3g}"))


def _draw_enlarged(ax, f, place, run, rise):
    """Draw in a box at the upper left what lies around a place, enlarged."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    wide, tall = 0.4 * (right - left), 0.4 * (high - low)
    factor = _round_down(0.7 * min(wide / abs(run), tall / (abs(rise) or tall)))
    foot = np.array([left + 0.1 * wide, high - 0.9 * tall])
    across = np.linspace(0, min(1.2 * abs(run), 0.9 * wide / factor), 21) * np.sign(run)
    up = np.array([f(place[0] + step) - place[1] for step in across])
    box = [[left, left + wide, left + wide], [high - tall, high - tall, high]]
    ax.plot(*box, color=plots.PALETTE["muted"], linewidth=1)
    corner, top = foot + factor * np.array([[abs(run), 0], [abs(run), rise]])
    ax.plot(foot[0] + factor * abs(across), foot[1] + factor * up, **_curve_look())
    plots.segment(ax, foot, corner, "target")
    plots.segment(ax, corner, top, "path", linewidth=3)
    plots.label(ax, left + 1.05 * wide, high - 0.3 * tall, f"{factor:.0f} times larger", "muted")
    plots.label(ax, left + 1.05 * wide, high - 0.8 * tall, typeset(f"rise {rise:.3g}"))


def _round_down(number):
    """Return the largest of 1, 2, 5, 10, 20 ... that is not above a number."""
    power = 10 ** np.floor(np.log10(number))
    return power * max(digit for digit in (1, 2, 5) if digit * power <= number)


def _curve_look():
    return {"color": plots.PALETTE["function"], "linewidth": 2}


def _say_chain(rises, now, x, h):
    run, rise = now
    goal = _goes_to(lambda h: rises(x, h)[1])
    end = f"As h shrinks, it goes {goal}."
    if not run:
        return f"The first machine does not rise, so neither does the second. {end}"
    slopes = f"First slope {run / h:.3g}, second slope {rise / run:.3f}"
    return f"{slopes}, together {rise / h:.3f}. {end}"


def no_derivative(curves, slopes, **sliders):
    """Show the secants to the left and the right of 0, and their slopes as h shrinks.

    Args:
        curves: by name, functions that work elementwise.
        slopes: `slopes(curve, h)` returns the slopes from −h to 0 and from 0 to h.
    """
    return live_figure(
        slopes,
        partial(_draw_kinks, curves, slopes),
        sliders,
        name="no-derivative",
        panels=2,
        still=_still_kinks,
        readout=_say_kinks,
        play="h",
        backwards=True,
        alt="A curve with a left and a right secant at 0, and their slopes as h shrinks.",
        title="Secants from the left (dashed) and the right (solid), and their slopes.",
    )


def _still_kinks(axes):
    plots.window(axes[0], ((-1.5, 1.5), (-1.5, 1.5)), "x", "f(x)")
    plots.window(axes[1], ((0.01, 1), (-8, 8)), "h", "slope of the secant")
    axes[1].set_xscale("log")
    plots.segment(axes[1], (0.01, 0), (1, 0), "muted", linewidth=1)


def _draw_kinks(curves, slopes, axes, now, curve, h):
    f, passed = curves[curve], np.geomspace(1, h, _points_of_trace(slopes, curve, h))
    if not np.allclose(now, one_sided_slopes(f, 0.0, h), equal_nan=True):
        raise ValueError(f"slopes: wanted those of the secants at 0, got others for {curve!r}")
    for span in ((-1.5, -1e-9), (0, 1.5)):
        plots.curve(axes[0], partial(_on, f), span=span, points=151)
    traces = np.transpose([slopes(curve, each) for each in passed])
    for side, trace in zip((-1, 1), traces, strict=True):
        _draw_side(axes, f, side, passed, trace)
    plots.point(axes[0], 0, f(0.0))


def _points_of_trace(slopes, curve, h):
    """Return how many points draw the slopes from 1 to h: many if they go up and down."""
    right = np.array([slopes(curve, each)[1] for each in np.geomspace(1, h, 41)])
    turns = np.diff(np.sign(np.diff(right).round(9)))
    return 25 if np.count_nonzero(turns) < 3 else 161


def _draw_side(axes, f, side, passed, slopes):
    look = {"linestyle": "-" if side > 0 else "--"}
    h, slope = passed[-1], slopes[-1]
    plots.segment(axes[0], (0, f(0.0)), (3 * side, f(0.0) + 3 * side * slope), **look)
    plots.point(axes[0], side * h, f(side * h), "slope", size=7)
    axes[1].plot(passed, slopes, color=plots.PALETTE["slope"], linewidth=2, **look)
    if abs(slope) < 8:
        plots.point(axes[1], h, slope)


def _say_kinks(slopes, h):
    left, right = slopes
    words = f"h = {h:.2g}: slope from the left {left:.2f}, from the right {right:.2f}."
    return words.replace("-0.00", "0.00").replace("nan", "none")


def mean_value(f, a, average, **sliders):
    """Show a curve with the line between two of its points, and beside it the slopes of both.

    Args:
        f: the distance in metres after t seconds, elementwise; t is dragged along it.
        a: where the line begins, in seconds.
        average: `average(b)` returns the slope of the line from a to b, in metres per second.
    """
    return live_figure(
        average,
        partial(_draw_mean, f, a),
        sliders,
        name="mean-value",
        panels=2,
        still=partial(_still_mean, f),
        readout=partial(_say_mean, f, a),
        drag=("t",),
        labels={"b": "end b", "t": "moment t"},
        play="t",
        alt="A curve with the line between two of its points and a tangent, and its slope.",
        title="The distance with the line between two of its points (dotted), and the velocity. A "
        "ring marks each moment at which the velocity is the average.",
    )


_TIMES = np.linspace(0, 10, 201)


def _still_mean(f, axes):
    for ax, heights, name in (
        (axes[0], _on(f, _TIMES), "distance in metres"),
        (axes[1], central_slope(f, _TIMES), "velocity in m/s"),
    ):
        room = 0.08 * (np.ptp(heights) or 1.0)
        plots.window(ax, ((0, 10), (heights.min() - room, heights.max() + room)), "t in s", name)
        role = "function" if ax is axes[0] else "slope"
        ax.plot(_TIMES, heights, color=plots.PALETTE[role], linewidth=2)


def _draw_mean(f, a, axes, average, b, t):
    slope = central_slope(f, t)
    plots.segment(axes[0], (a, f(a)), (b, f(b)), "target")
    plots.point(axes[0], [a, b], [f(a), f(b)], "target", size=7)
    plots.line(axes[0], slope, t, f(t))
    plots.handle(axes[0], t, f(t))
    plots.segment(axes[1], (a, average), (b, average), "target")
    for moment in _moments(f, average, a, b):
        ring(axes[1], moment, average)
    plots.point(axes[1], t, slope)


def _moments(f, average, a, b):
    """Return the moments between a and b at which the slope passes the average."""
    times = _TIMES[(a < _TIMES) & (b > _TIMES)]
    gap = central_slope(f, times) - average
    k = np.flatnonzero(gap[:-1] * gap[1:] <= 0)
    return times[k] + (times[k + 1] - times[k]) * gap[k] / (gap[k] - gap[k + 1])


def _say_mean(f, a, average, b, t):
    words = f"From {a:g} s to {b:g} s on average {average:.2f} m/s."
    words += f" At t = {t:.1f} s it is {central_slope(f, t):.2f} m/s."
    return words.replace("-0.00", "0.00")


def step_size(errors, **sliders):
    """Show how far two measured slopes are off for each step h, on logarithmic axes.

    `errors(h)` returns the two errors, elementwise: of a one-sided and of a central difference.
    """
    kinds = _kinds(errors)
    words = " and ".join(f"{kind} ({line})" for kind, line in kinds.items())
    best = {"best for central": np.finfo(float).eps ** (1 / 3)}
    return live_figure(
        errors,
        _draw_steps,
        sliders,
        name="step-size",
        still=partial(_still_steps, errors, kinds),
        readout=partial(_say_steps, list(kinds)),
        labels={"h": "step h"},
        play="h",
        backwards=True,
        alt="The errors of two measured slopes for each step h.",
        title=f"Error of the measured slope: {words}.",
        marks={"h": best if "central" in kinds else {}},
    )


def _kinds(errors):
    """Return how the two lines are called and drawn; a smaller step tells which is central."""
    with np.errstate(all="ignore"):
        shrink = np.divide(errors(1e-2), errors(1e-3))
    is_usual = np.all(np.abs(shrink / [10, 100] - 1) < 0.2)
    names = ("one-sided", "central") if is_usual else ("the first", "the second")
    return dict(zip(names, ("dashed", "solid"), strict=True))


def _still_steps(errors, kinds, ax):
    steps = np.logspace(-13, -1, 97)
    # A little below the lowest number, so that it stands clear of the first step's on a phone.
    plots.window(ax, ((1e-13, 1e-1), (3e-14, 1e1)), "step h", "error of the slope")
    ax.set(xscale="log", yscale="log")
    for error, line in zip(errors(steps), kinds.values(), strict=True):
        ax.plot(steps, error, color=plots.PALETTE["loss"], linewidth=1.5, linestyle=line)
    if "central" in kinds:
        plots.label(ax, 2e-5, 3e-4, "one-sided", "loss", ha="right")
        plots.label(ax, 1e-3, 2e-8, "central", "loss")


def _draw_steps(ax, errors, h):
    for error in errors:
        plots.point(ax, h, np.maximum(error, 1e-13))


def _say_steps(kinds, errors, h):
    first, second = errors
    words = f"{kinds[0]} is off by {plain(first)}, {kinds[1]} by {plain(second)}"
    return f"With h = {plain(h)} {words}."
