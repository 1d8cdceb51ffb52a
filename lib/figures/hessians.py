"""The figures of the chapter on second derivatives and Hessians."""

from functools import partial
from itertools import cycle

import numpy as np

from lib import plots
from lib.figures.parts import plain, until
from lib.hessian import classify, definiteness
from lib.live import live_figure
from lib.live.arguments import chosen
from lib.live.letters import typeset


def convex_concave_undecided(slopes, **sliders):
    """Show a curve with its tangent, and beside it the slope with a tangent of its own.

    `slopes(curve)` returns three functions of x: f, its slope and the slope of the slope. The
    curves are known by their names.
    """
    return live_figure(
        slopes,
        _draw_bend,
        sliders,
        name="convex-concave-undecided",
        panels=2,
        still=_still_bend,
        readout=_say_bend,
        drag=("x0",),
        labels={"curve": "function", "x0": "point x₀"},
        play="x0",
        alt="A curve with its tangent at a point, and its slope, with a tangent too.",
        title="A curve with its tangent, and its slope. The slope of that slope, green, is f″.",
        presets={f"{name} at 0": {"curve": name, "x0": 0} for name in ("x⁴", "−x⁴", "x³")},
    )


def _still_bend(axes):
    plots.window(axes[0], ((-1.6, 1.6), (-3, 3)), "x", "f(x)")
    plots.window(axes[1], ((-1.6, 1.6), (-6, 6)), "x", "slope f′(x)")
    plots.segment(axes[1], (-1.6, 0), (1.6, 0), "muted", linewidth=1)


def _draw_bend(axes, functions, x0):
    f, slope, bend = functions
    x = np.linspace(-1.6, 1.6, 49)
    tangent = f(x0) + slope(x0) * (x - x0)
    axes[0].fill_between(x, f(x), tangent, color=plots.PALETTE["slope"], alpha=0.13, linewidth=0)
    plots.curve(axes[0], f, points=49)
    plots.line(axes[0], slope(x0), x0, f(x0))
    plots.handle(axes[0], x0, f(x0))
    plots.curve(axes[1], slope, "slope", points=49, linestyle="-")
    plots.line(axes[1], bend(x0), x0, slope(x0), "model", linestyle="--")
    plots.point(axes[1], x0, slope(x0))


def _say_bend(functions, curve, x0):
    bend = _tidy(functions[2](x0), 2)
    if not abs(bend) < 1e4:  # at a corner, or at the end of the ground
        return f"f = {curve} at {x0:.1f}: f″ cannot be measured there."
    verdict = "convex, above its tangent" if bend > 0 else "concave, below its tangent"
    return f"f = {curve} at {x0:.1f}: f″ = {bend:.2f}, {verdict if bend else 'undecided'}."


def _tidy(number, digits):
    """Round a number, and write no minus before zero."""
    return np.round(float(number), digits) + 0.0


def distance_velocity_acceleration(distance, velocity, acceleration, **sliders):
    """Show a journey: its distance with a tangent, and beside it velocity and acceleration.

    The three are functions of the time t, a number or an array, in metres and seconds.
    """
    motion = distance, velocity, acceleration
    span = np.linspace(sliders["t"].min, sliders["t"].max, 61)
    return live_figure(
        lambda t: [function(t) for function in motion],
        _draw_journey,
        sliders,
        name="distance-velocity-acceleration",
        panels=2,
        still=partial(_still_journey, motion, span),
        readout=partial(_say_journey, velocity, span),
        drag=("t",),
        play="t",
        labels={"t": "time t, s"},
        alt="Distance over time with a tangent, and velocity and acceleration.",
        title="The slope of the distance is the velocity, the slope of the velocity the "
        "acceleration.",
        presets={"start": {"t": 0}, "top speed": {"t": 5}, "arrival": {"t": 10}},
        claims=_journey_claims(velocity, span),
    )


def _journey_claims(velocity, span):
    return {
        "start": lambda now, t: t == span[0],
        "top speed": lambda now: abs(now[2]) < 0.01 and _is_fastest(velocity, span, now),
        "arrival": lambda now, t: t == span[-1] and abs(now[1]) < 0.01,
    }


def _is_fastest(velocity, span, now):
    return bool(np.nanmax(np.abs(velocity(span))) <= abs(now[1]) + 1e-6)


def _still_journey(motion, span, axes):
    distance, velocity, acceleration = motion
    ends = span[0], span[-1]
    window = ends, _holding((-8, 108), distance(span))
    plots.window(axes[0], window, "time t, s", "distance, m")
    window = ends, _holding((-8, 18), velocity(span), acceleration(span))
    plots.window(axes[1], window, "time t, s", "velocity, m/s; acceleration, m/s²")
    plots.curve(axes[0], distance, points=61)
    plots.curve(axes[1], velocity, "slope", points=61, linestyle="-")
    plots.curve(axes[1], acceleration, "model", points=61)
    plots.segment(axes[1], (ends[0], 0), (ends[1], 0), "muted", linewidth=1)
    plots.label(axes[1], 3.9, 11.8, "velocity", "slope")
    plots.label(axes[1], 0.35, -3.5, "acceleration", "model")


def _holding(limits, *heights):
    """Return the limits, wider where they do not hold all of the heights."""
    heights = np.concatenate([*heights, limits])
    heights = heights[np.isfinite(heights)]
    low, high = heights.min(), heights.max()
    room = 0.08 * (high - low)
    return (
        limits[0] if low == limits[0] else low - room,
        limits[1] if high == limits[1] else high + room,
    )


def _draw_journey(axes, now, t):
    x, v, a = now
    plots.line(axes[0], v, t, x, "slope")
    plots.handle(axes[0], t, x)
    plots.line(axes[1], a, t, v, "model", linestyle="--")
    plots.point(axes[1], [t, t], [v, a])


def _say_journey(velocity, span, now):
    if not np.isfinite(now).all():
        return "Velocity or acceleration cannot be measured there."
    x, v, a = now
    pull = -a if v < -0.01 else a  # driving backwards
    manner = "speeding up" if pull > 0.01 else "slowing down"
    if abs(a) <= 0.01:
        is_top = _is_fastest(velocity, span, now) and np.ptp(velocity(span)) > 0.01
        manner = "top speed" if is_top else "keeping its speed"
    x, v, a = _tidy(x, 2), _tidy(v, 2), _tidy(a, 1)
    return f"{x:.2f} m, {v:.2f} m/s, {a:.1f} m/s²: {manner}."


def circle_to_ellipse(bend, **sliders):
    """Show the arrows of length 1 on their circle, and beside it what a matrix makes of them.

    `bend(a, b, direction)` returns the matrix, shape (2, 2), an arrow u of length 1 in a direction
    in degrees, and what becomes of it, shape (2,).
    """
    return live_figure(
        bend,
        _draw_bent,
        sliders,
        name="circle-to-ellipse",
        panels=2,
        still=_still_bent,
        readout=_say_bent,
        labels={
            "a": "a, upper left",
            "b": "b, off the diagonal",
            "direction": "direction of u, °",
        },
        play="direction",
        alt="The circle of arrows of length 1, and beside it the curve that a matrix makes of it.",
        title="The circle of all arrows u of length 1, and the ellipse of all Hu. Dotted: its axes "
        "and the directions that become them.",
        presets=_BENT_PRESETS,
        claims={name: partial(_is_so, name) for name in _BENT_PRESETS},
    )


_BENT_PRESETS = {
    "identity": {"a": 1, "b": 0},
    "along an axis": {"a": 1, "b": 2, "direction": 45},
    "squashed": {"a": 1, "b": 1},
    "turned over": {"a": -1, "b": 1},
}


def _is_so(name, result):
    H, u, image = result
    return {
        "identity": np.allclose(H, np.eye(2)),
        "along an axis": _stretch(u, image) is not None,
        "squashed": np.isclose(np.linalg.det(H), 0),
        "turned over": np.linalg.det(H) < -1e-9,
    }[name]


def _stretch(u, image):
    """Return the factor by which u was stretched, None if it was turned aside."""
    factor = u @ image
    return factor if np.allclose(image, factor * u, atol=1e-9) else None


_ROUND = np.stack([f(np.linspace(0, 2 * np.pi, 61)) for f in (np.cos, np.sin)])


def _still_bent(axes):
    for ax, half, name in zip(axes, (1.5, 4.5), ("u", "Hu"), strict=True):
        limits = (-1.11 * half, 1.11 * half), (-half, half)  # so that a circle is round
        plots.window(ax, limits, f"first entry of {name}", f"second entry of {name}")
    axes[0].plot(*_ROUND, color=plots.PALETTE["function"], linewidth=2)
    axes[1].plot(*_ROUND, color=plots.PALETTE["muted"], linewidth=1)


def _draw_bent(axes, result):
    H, u, image = result
    axes[1].plot(*(H @ _ROUND), color=plots.PALETTE["function"], linewidth=2)
    if np.allclose(H, H.T):
        for value, way in zip(*np.linalg.eigh(H), strict=True):
            plots.segment(axes[0], -way, way, "target", linewidth=1.5)
            plots.segment(axes[1], -value * way, value * way, "target", linewidth=1.5)
    for ax, tip, size in ((axes[0], u, 0.22), (axes[1], image, 0.66)):
        length = np.hypot(*tip)
        if length > size / 3:
            plots.arrow(ax, (0, 0), tip)
        place = tip * (1 + size / length) if length > 1e-9 else np.array([0, size])
        name = "u" if ax is axes[0] else "Hu"
        plots.label(ax, *place, name, "slope", ha="center", clip_on=True)
        plots.point(ax, *tip, "slope", size=7)


def _say_bent(result):
    H, u, image = result
    (x, y), factor = image.round(2) + 0.0, _stretch(u, image)
    words = f"Hu = ({x:.2f}, {y:.2f}), "
    if factor is None:
        words += "not along u. "
    else:
        words += f"along u, stretched {factor + 0.0:.2f} times. "
    return words + _say_area(round(float(np.linalg.det(H)), 6) + 0.0)


def _say_area(factor):
    if not factor:
        return "det H = 0: squashed flat."
    turned = ", turned over" if factor < 0 else ""
    return f"det H = {factor:g}: the area becomes {abs(factor):g} times as large{turned}."


def curvature_in_every_direction(examples, curvature, **sliders):
    """Show the level lines around (0, 0), a line through it, and the curvature in all directions.

    Args:
        examples: surfaces of two variables by their names.
        curvature: `curvature(example, direction)` returns the second derivative at (0, 0) along a
            direction in degrees, of the example of that name.
    """
    kinds = {
        classify(_matrix(curvature, name)): name
        for name in reversed(examples)
        if _is_flat(examples[name])
    }
    names = {"bowl": "minimum", "dome": "maximum", "saddle": "saddle"}
    return live_figure(
        curvature,
        partial(_draw_directions, examples, curvature),
        sliders,
        name="curvature-in-every-direction",
        panels=2,
        still=partial(_still_directions, examples, curvature),
        readout=partial(_say_directions, examples),
        labels={"example": "function", "direction": "direction φ, degrees"},
        play="direction",
        alt="Level lines and a line through (0, 0), and the curvature along it.",
        title="Level lines and a line through (0, 0), and the curvature along it.",
        presets={each: {"example": kinds[kind]} for each, kind in names.items() if kind in kinds},
    )


def _is_flat(f):
    return np.abs(f.gradient([0.0, 0.0])).max() < 1e-9


def _matrix(curvature, example):
    """Return the Hessian that has these curvatures, told by three of them."""
    along_x, between, along_y = (curvature(example, degrees) for degrees in (0, 45, 90))
    mixed = between - (along_x + along_y) / 2
    return np.array([[along_x, mixed], [mixed, along_y]])


def _wave(curvature, example):
    return np.array([curvature(example, degrees) for degrees in np.linspace(0, 180, 61)])


def _still_directions(examples, curvature, axes):
    plots.window(axes[0], ((-3, 3), (-2.7, 2.7)), "x", "y")
    limits = _holding((-8, 8), *[_wave(curvature, name) for name in examples])
    plots.window(axes[1], ((0, 180), limits), "direction φ, degrees", "curvature")
    plots.segment(axes[1], (0, 0), (180, 0), "muted", linewidth=1)


def _draw_directions(examples, curvature, axes, bend, example, direction):
    surface, turn = examples[example], np.radians(direction)
    levels = surface([0.0, 0.0]) + np.array([-60, -40, -24, -12, -4, -1, 1, 4, 12, 24, 40, 60])
    plots.contours(axes[0], surface, levels, points=37)
    reach = 4 * np.array([np.cos(turn), np.sin(turn)])
    plots.segment(axes[0], -reach, reach, "path", linestyle="--")
    plots.point(axes[0], 0, 0)
    plots.curve(axes[1], lambda degrees: _wave(curvature, example), "model", points=61)
    values, columns = np.linalg.eigh(_matrix(curvature, example))
    for value, way, beside in zip(values, columns.T, (-1, 1), strict=True):
        plots.segment(axes[0], -4 * way, 4 * way, "target", linewidth=1.5)
        plots.segment(axes[1], (0, value), (180, value), "target")
        plots.label(axes[1], 4, value + 0.75 * beside, typeset(f"{value:.3f}"), "target")
    plots.point(axes[1], direction, bend)


def _say_directions(examples, bend, example, direction):
    bend, f = _tidy(bend, 6), examples[example]
    u = np.array([np.cos(np.radians(direction)), np.sin(np.radians(direction))])
    words = f"Direction {direction:g}°: curvature {bend:.3f}"
    measured = _tidy((f(1e-3 * u) - 2 * f(0 * u) + f(-1e-3 * u)) / 1e-6, 3)
    if not abs(measured - bend) < 0.01 * (1 + abs(bend)):
        words += f", but the ground at (0, 0) has {measured:.3f}"
    elif _is_flat(f) and bend:
        words += f", the ground {'rises' if bend > 0 else 'falls'} on both sides"
    elif _is_flat(f) and np.allclose(f([u, -u]), f(0 * u)):
        words += ", the ground stays level on both sides"
    return words + "."


def two_eigenvalues(matrix, **sliders):
    """Show the surface ½ d·Hd over a disc, and beside it its cuts along two square axes.

    `matrix(first, second, angle)` returns H, shape (2, 2), with these eigenvalues: the first along
    the axis at that angle in degrees, the second square to it.
    """
    return live_figure(
        matrix,
        _draw_eigen,
        sliders,
        name="two-eigenvalues",
        panels=2,
        solid=(0,),
        still=_still_eigen,
        readout=_say_eigen,
        labels={
            "first": "eigenvalue λ₁",
            "second": "eigenvalue λ₂",
            "angle": "angle, degrees",
        },
        alt="A surface over a disc, in space, and its cuts along the two axes.",
        title="The surface, and its cuts along the first axis (solid) and second (dashed).",
        presets={name: {"first": a, "second": b} for name, (a, b, _) in _SHAPES.items()},
        claims={name: partial(_has_signs, signs) for name, (_, _, signs) in _SHAPES.items()},
    )


#: Two eigenvalues of each shape, and what makes it one.
_SHAPES = {
    "bowl": (3, 2, "positive definite"),
    "valley": (3, 0, "positive semidefinite"),
    "saddle": (3, -2, "indefinite"),
    "dome": (-3, -2, "negative definite"),
    "ridge": (0, -2, "negative semidefinite"),
}


def _has_signs(signs, H):
    return definiteness(H) == signs


#: Places all over a disc, in rings and rays, each of shape (7, 29).
_DISC = [
    np.linspace(0, 1, 7)[:, None] * turn(np.linspace(0, 2 * np.pi, 29)) for turn in (np.cos, np.sin)
]


def _still_eigen(axes):
    plots.space(axes[0], ((-1, 1), (-1, 1), (-1.5, 1.5)), "x", "y", "f")
    x, y = (side[-1] for side in _DISC)
    ring = np.stack([x, y, 0 * x], axis=-1)
    plots.string(axes[0], ring, "target", linewidth=1.5)
    plots.window(axes[1], ((-1.3, 1.3), (-1.8, 1.8)), "distance from the flat place", "height")
    plots.segment(axes[1], (-1, 0), (1, 0), "muted", linewidth=1)


def _draw_eigen(axes, H, angle):
    colour = plots.PALETTE["function"]
    axes[0].plot_surface(*_DISC, _height(H, *_DISC), color=colour)
    _draw_posts(axes[0], H, angle)
    s = np.linspace(-1, 1, 17)
    cuts = (0, "-", 1.06, "λ₁"), (90, "--", -1.26, "λ₂")
    for square, dash, beside, name in cuts:
        u = np.array([np.cos(np.radians(angle + square)), np.sin(np.radians(angle + square))])
        style = {"color": colour, "linestyle": dash, "linewidth": 2.5}
        x, y = s * u[0], s * u[1]
        height = _height(H, x, y)
        axes[0].plot(x, y, height, **style | {"color": plots.PALETTE["ink"]})
        axes[1].plot(s, height, **style)
        if np.allclose(H @ u, (u @ H @ u) * u):  # it is an eigenvector
            plots.label(axes[1], beside, height[-1], name)
            axes[0].text(1.1 * u[0], 1.1 * u[1], height[-1] + 0.2, name, ha="center")


def _draw_posts(ax, H, angle):
    """Draw posts from the ground, a dotted circle, to the surface's rim at the ends of the cuts."""
    ends = np.radians(angle + np.arange(0, 360, 90))
    x, y = np.cos(ends), np.sin(ends)
    for post in zip(x, y, _height(H, x, y), strict=True):
        plots.string(ax, [(*post[:2], 0), post], "target", linewidth=1.5)


def _height(H, x, y):
    d = np.stack([x, y], axis=-1)
    return ((d @ H) * d).sum(axis=-1) / 2


def _say_eigen(H):
    a, b, c = H.round(6).ravel()[[0, 1, 3]] + 0.0
    return f"H has {a:.2f} and {c:.2f} on the diagonal, {b:.2f} off it: {classify(H)}."


#: Heights of the level lines on the maps of the worked example.
_HEIGHTS = (1, 5, 15, 40, 90, 180, 320, 520, 800, 1200)


def _map(ax, f):
    """Draw the level lines of f, at other heights where these would not tell of it."""
    plots.window(ax, ((-4.7, 4.7), (-4.3, 4.3)), "x", "y")
    sides = [np.linspace(*limits, 37) for limits in (ax.get_xlim(), ax.get_ylim())]
    heights = f(np.stack(np.meshgrid(*sides), axis=-1))
    found = np.count_nonzero((heights.min() < _HEIGHTS) & (heights.max() > _HEIGHTS))
    if found >= 5 and np.mean(heights < _HEIGHTS[0]) < 0.1:
        return plots.contours(ax, f, _HEIGHTS, points=37)
    levels = np.unique(np.quantile(heights[np.isfinite(heights)], np.linspace(0.03, 0.97, 10)))
    return plots.contours(ax, f, levels, points=37)


def bottom_of_the_model(f, model, **sliders):
    """Show the quadratic model of f at a point, where it sends you, and a cut along that step.

    Args:
        f: a surface of two variables.
        model: `model(x0, y0)` returns the gradient there, the Hessian, and the step.
    """
    return live_figure(
        model,
        partial(_draw_model, f),
        sliders,
        name="bottom-of-the-model",
        panels=2,
        still=partial(_still_model, f),
        readout=partial(_say_model, f),
        drag=("x0", "y0"),
        labels={"x0": "point x", "y0": "point y"},
        alt="A point on a map, the model's level line and a step, and a cut along it.",
        title="Green: the model, and the place it leads to. Purple: downhill. "
        "The curves: a cut along the step.",
        presets={"(4, 4)": {"x0": 4, "y0": 4}, "near the bottom": {"x0": 0.8, "y0": 0.8}},
        claims={"near the bottom": lambda parts, x0, y0: _is_near(f.minimum, x0, y0)},
    )


def _is_near(place, x, y):
    return place is not None and np.hypot(x - place[0], y - place[1]) < 1.5


def _still_model(f, axes):
    _map(axes[0], f)
    plots.window(axes[1], ((-0.6, 2.1), (-0.5, 2)), "share s of the step", "height ÷ height now")
    plots.segment(axes[1], (1, -0.5), (1, 2), "target")


def _draw_model(f, axes, parts, x0, y0):
    here, (gradient, hessian, step) = np.array([x0, y0]), parts
    _draw_ellipse(axes[0], here, gradient, hessian, step)
    plots.arrow(axes[0], here, here - 1.5 * gradient / (np.linalg.norm(gradient) or 1), "slope")
    plots.arrow(axes[0], here, here + step, "path")
    plots.point(axes[0], *(here + step), "model")
    plots.handle(axes[0], *here)
    height = f(here) or 1  # at a bottom of height 0 there is no step
    plots.curve(axes[1], lambda s: f(here + s[:, None] * step) / height, points=17)
    slope, bend = gradient @ step / height, step @ hessian @ step / height
    start = f(here) / height
    look = {"role": "model", "points": 17, "linestyle": "--"}
    plots.curve(axes[1], lambda s: start + s * slope + s**2 * bend / 2, **look)
    plots.point(axes[1], 1, start + slope + bend / 2, "model")
    plots.point(axes[1], 0, start)


def _draw_ellipse(ax, here, gradient, hessian, step):
    """Draw the level line of the model through a point, if the step leads to its centre."""
    is_flat = np.allclose(gradient + hessian @ step, 0, atol=1e-6)
    if not is_flat or classify(hessian) != "minimum":
        return
    turn = np.linspace(0, 2 * np.pi, 25)
    round_ = np.linalg.solve(np.linalg.cholesky(hessian).T, [np.cos(turn), np.sin(turn)])
    ring = here[:, None] + step[:, None] + np.sqrt(step @ hessian @ step) * round_
    ax.plot(*ring, color=plots.PALETTE["model"], linewidth=2)


def _say_model(f, parts, x0, y0):
    here, (gradient, hessian, step) = np.array([x0, y0]), parts
    x, y = (here + step).round(9) + 0.0
    promised = f(here) + gradient @ step + step @ hessian @ step / 2
    promised, found = _tidy(promised, 6), _tidy(f(here + step), 6)
    words = f"Step to ({x:.2f}, {y:.2f}): model {promised:.1f} there, f itself {found:.1f}."
    if classify(hessian) != "minimum":
        words += " This model has no lowest point."
    return words


def fitted_bowls(f, walk, **sliders):
    """Show Newton's walk in space: the bowl that fits f where one stands, and the jump below it.

    Args:
        f: a surface of two variables.
        walk: `walk(start)` returns the `Path` of (x, y), which begins at the pair start.
    """
    return live_figure(
        walk,
        partial(_draw_bowls, f),
        sliders,
        name="fitted-bowls",
        solid=(0,),
        still=partial(_still_bowls, f),
        readout=partial(_say_bowls, f),
        play="stage",
        pace=1.5,
        alt="A surface in space, a bowl that touches it at a ball, and the place below the bowl's "
        "lowest point, to which the ball jumps.",
        title="Green: the bowl with the surface's height, slope and curvature at the ball. "
        "Then the ball jumps to where the bowl is lowest.",
    )


#: Half the sides of the ground under the bowls; rings and rays of a bowl, each of shape (4, 17).
_GROUND = 4.4
_RIM = np.array([0, 0.5, 0.8, 1.1])[:, None]
_RAYS = np.linspace(0, 2 * np.pi, 17)


def _still_bowls(f, ax):
    side = np.linspace(-_GROUND, _GROUND, 15)
    x, y = np.meshgrid(side, side)
    heights = f(np.stack([x, y], axis=-1))
    plots.space(ax, ((-_GROUND, _GROUND),) * 2 + ((0, heights.max()),), "x", "y", "f")
    ax.view_init(44, -128)
    ax.plot_surface(x, y, heights, color=plots.PALETTE["function"])


def _bowl_at(f, here):
    """Return the lowest place of the model of f at a point and its height, None if it has none."""
    gradient, hessian = f.gradient(here), f.hessian(here)
    if classify(hessian) != "minimum":
        return None
    step = -np.linalg.solve(hessian, gradient)
    return here + step, f(here) + gradient @ step / 2


def _draw_bowls(f, ax, path, stage):
    at = min(stage // 2, path.steps)
    here, bowl = path.x[at], _bowl_at(f, path.x[at])
    there = path.x[min(at + 1, path.steps)]
    if bowl is not None:
        _draw_bowl(ax, f, here, *bowl)
        lowest, height = bowl
        plots.string(ax, [(*lowest, height), (*lowest, f(lowest))], "target")
        plots.string(ax, [(*lowest, height)], "model", linestyle="none", marker="o")
    ball = there if stage % 2 else here
    plots.string(ax, [(*ball, f(ball))], linestyle="none", marker="o", markersize=10)


def _draw_bowl(ax, f, here, lowest, height):
    """Draw the bowl to a little above where it touches the surface, not far beyond the ground."""
    deep = f(here) - height
    upper = np.linalg.cholesky(f.hessian(here)).T
    ring = np.linalg.solve(upper, [np.cos(_RAYS), np.sin(_RAYS)]) * np.sqrt(2 * deep)
    room = (1.2 * _GROUND - np.abs(lowest)) / np.abs(ring).max(axis=1)
    rim = _RIM * np.clip(room.min() / _RIM.max(), 0, 1)
    x, y = (middle + rim * side for middle, side in zip(lowest, ring, strict=True))
    heights = np.broadcast_to(height + deep * rim**2, x.shape)
    ax.plot_surface(x, y, heights, color=plots.PALETTE["model"], alpha=0.75)


def _say_bowls(f, path, stage):
    at = min(stage // 2, path.steps)
    here, bowl = path.x[at], _bowl_at(f, path.x[at])
    words = f"Step {at + 1}, at ({here[0]:.2f}, {here[1]:.2f}), height {plain(f(here), 3)}: "
    if bowl is None:
        return words + "the model is no bowl."
    (x, y), _ = bowl
    if stage % 2 == 0:
        return words + f"the bowl is lowest at ({x:.2f}, {y:.2f})."
    return words + f"the jump to ({x:.2f}, {y:.2f}) leads to {plain(f([x, y]), 3)}."


def newton_beside_descent(f, race, **sliders):
    """Show two walks on the level lines of f, and beside them their heights, step by step.

    `race(rate, x0, y0)` returns two `Path`s by their names.
    """
    first, second = race(**chosen(race, {key: each.value for key, each in sliders.items()}))
    return live_figure(
        race,
        _draw_race,
        sliders,
        name="newton-beside-descent",
        panels=2,
        still=partial(_still_race, f, sliders["step"].max),
        readout=_say_race,
        drag=("x0", "y0"),
        play="step",
        labels={"rate": "learning rate α"},
        alt="Two walks on level lines, and the height of both walks after each step.",
        title=f"{first} (round, solid) beside {second} (square, dashed), and their heights.",
        presets=_RACE_PRESETS,
        claims={
            "the notes": partial(_takes_eight_steps, f),
            "descent too fast": lambda walks: _is_gone(walks.get("descent"), 8),
        },
    )


_RACE_PRESETS = {
    "the notes": {"x0": 4, "y0": 4, "step": 8, "rate": 0.01},
    "descent too fast": {"x0": 4, "y0": 4, "step": 8, "rate": 0.03},
}


def _takes_eight_steps(f, walks):
    path = walks.get("Newton")
    return path and f.minimum is not None and path.steps_within(f.minimum, 1e-12) == 8


def _is_gone(path, step):
    """Return whether a walk has left for good: it diverged, and is far above its start."""
    if path is None or path.stopped != "diverged":
        return False
    return not path.f[min(step, path.steps)] < 100 * (1 + abs(path.f[0]))


def _still_race(f, steps, axes):
    _map(axes[0], f)
    if f.minimum is not None:
        plots.point(axes[0], *f.minimum, "target", size=6)
    axes[1].set_yscale("log")
    plots.window(axes[1], ((0, steps + 0.3), (1e-34, 1e4)), "step", "height f")


def _draw_race(axes, walks, x0, y0, step):
    looks = ("path", "o", "-"), ("muted", "s", "--")
    for path, (role, marker, dash) in zip(walks.values(), looks, strict=True):
        path = until(path, step)
        look = {"marker": marker, "linestyle": dash, "markersize": 5, "linewidth": 1.5}
        plots.walk(axes[0], *path.x.T, role, **look)
        heights = np.where(path.f < 0, np.nan, path.f)  # the scale is logarithmic
        plots.walk(axes[1], np.arange(len(heights)), heights, role, **look)
    plots.handle(axes[0], x0, y0)


def _say_race(walks, step):
    (first, leader), (second, other) = walks.items()
    words = f"Step {step}: {first} {_where(leader, step)}, "
    height = other.f[min(step, other.steps)]
    words += f"{second} {'is gone' if _is_gone(other, step) else f'at height {plain(height, 3)}'}."
    if min(leader.f.min(), other.f.min()) < 0:
        words += " Heights below 0 are not drawn: their scale is logarithmic."
    return words


def _where(path, step):
    if _is_gone(path, step):
        return "is gone"
    x, y = path.x[min(step, path.steps)] + 0.0
    is_large = max(abs(x), abs(y)) > 0.01
    return f"at ({x:.2f}, {y:.2f})" if is_large else f"at ({plain(x, 1)}, {plain(y, 1)})"


def basins_of_newton(f, walk_from, flat, **sliders):
    """Show a map of starts, each in the colour of the flat place where its walk ends, and a walk.

    Args:
        f: a surface of two variables.
        walk_from: `walk_from(start)` returns the `Path`, of one start or of many, shape (..., 2).
        flat: the places of zero slope, shape (n, 2).
    """
    _check_flat(f, flat)
    return live_figure(
        lambda x0, y0: walk_from([x0, y0]),
        _draw_basins,
        sliders,
        name="basins-of-newton",
        still=partial(_still_basins, f, walk_from, flat),
        readout=partial(_say_basins, f),
        drag=("x0", "y0"),
        alt="A map of starts, coloured by the flat place in which the walk from there ends.",
        title="Each start has the colour of the place where its walk ends: grey is no minimum.",
        presets=_BASIN_PRESETS,
        claims={
            "to A": lambda path: _is_at(path, _named(f, flat).get("A")),
            "to a saddle": lambda path: _verdict(f, path) == "saddle",
            "to the top": lambda path: _verdict(f, path) == "maximum",
            "far": lambda path: np.abs(path.x).max() > 5,
        },
    )


_BASIN_PRESETS = {
    "to A": {"x0": 4, "y0": 4},
    "to a saddle": {"x0": 0, "y0": 4},
    "to the top": {"x0": -0.4, "y0": -0.8},
    "far": {"x0": -1.6, "y0": 2},
}


def _check_flat(f, flat):
    for place in flat:
        slope = f.gradient(place)
        if not np.abs(slope).max() < 1e-3:
            wanted = f"a place where the gradient of {f.name} is zero"
            raise ValueError(f"flat: got {place} with the gradient {slope}, wanted {wanted}")


def _named(f, flat):
    """Return the flat places by their names: the minima have letters, the first one is A."""
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return {next(letters): at for at in flat if classify(f.hessian(at)) == "minimum"}


def _is_at(path, place):
    return place is not None and np.linalg.norm(path.x[-1] - place) < 0.1


def _verdict(f, path):
    """Return what the end of a walk is, nothing if it has not come to rest on flat ground."""
    end = path.x[-1]
    at_rest = path.stopped == "settled" and np.abs(f.gradient(end)).max() < 0.01
    return classify(f.hessian(end)) if at_rest else None


def _still_basins(f, walk_from, flat, ax):
    plots.window(ax, ((-5, 5), (-5, 5)), "x", "y")
    x, rows = np.linspace(-5, 5, 201), np.linspace(-4.95, 4.95, 105)
    ends = walk_from(np.stack(np.meshgrid(x, rows), axis=-1)).x[-1]
    near = np.linalg.norm(ends[..., None, :] - flat, axis=-1) < 0.1
    letters, roles = iter(_named(f, flat)), cycle(["function", "slope", "model", "loss"])
    for number, place in enumerate(flat):
        kind = classify(f.hessian(place))
        is_minimum = kind == "minimum"
        role = next(roles) if is_minimum else "ink" if kind == "maximum" else "muted"
        name = next(letters) if is_minimum else "top" if kind == "maximum" else kind
        _draw_runs(ax, x, rows, near[..., number], role)
        plots.point(ax, *place, "ink", size=6, marker="o" if is_minimum else "X")
        plots.label(ax, place[0] + 0.13, place[1] + 0.32, name)


def _draw_runs(ax, x, rows, inside, role):
    """Fill the cells of a grid that are `inside`, each run of a row as one thick line."""
    edges = np.diff(np.pad(inside.astype(int), ((0, 0), (1, 1))), axis=1)
    row, first = np.nonzero(edges == 1)
    last = np.nonzero(edges == -1)[1] - 1
    half = (x[1] - x[0]) / 2
    across = np.stack([x[first] - half, x[last] + half, np.full(len(row), np.nan)], axis=-1)
    look = {"linewidth": 2.6, "alpha": 0.2 if role in ("muted", "ink") else 0.45}
    colour = plots.PALETTE[role]
    ax.plot(across.ravel(), rows[row].repeat(3), color=colour, solid_capstyle="butt", **look)


def _draw_basins(ax, path, x0, y0):
    plots.path(ax, path)
    plots.handle(ax, x0, y0)


def _say_basins(f, path):
    if path.stopped == "diverged":
        return f"The walk runs away, or finds no next step, after {path.steps} steps."
    x, y = path.x[-1] + 0.0
    count = "1 step" if path.steps == 1 else f"{path.steps} steps"
    words, verdict = f"{count} to ({x:.3f}, {y:.3f})", _verdict(f, path)
    if verdict is None:
        return f"{words}: not at rest."
    return f"{words}, {'undecided' if verdict == 'undecided' else 'a ' + verdict}."
