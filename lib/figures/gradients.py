"""The figures of the chapter on gradients."""

from functools import partial

import numpy as np

from lib import plots
from lib.derivatives import central_gradient
from lib.figures.parts import ring
from lib.live import live_figure
from lib.live.letters import typeset

#: A dotted line that is not taken for a target.
DOTS = (0, (1.5, 1.5))


def _heading(degrees):
    """Return the vector of length 1 in a direction, or one for each of an array of directions."""
    angle = np.radians(degrees)
    return np.stack([np.cos(angle), np.sin(angle)], axis=-1)


def _grid(limits, points=41):
    """Return places all over a window, shape (points, points, 2)."""
    return np.stack(np.meshgrid(*(np.linspace(*each, points) for each in limits)), axis=-1)


def _everywhere(f, places):
    """Return the heights of f at places of shape (..., 2), also if f takes one place at a time."""
    return np.apply_along_axis(f, -1, np.asarray(places, dtype=float))


def _levels(f, limits, wanted):
    """Return the wanted heights of level lines, or others where these tell too little of f."""
    heights = _everywhere(f, _grid(limits, 21))
    heights = heights[np.isfinite(heights)]
    low, high = np.min(heights, initial=np.inf), np.max(heights, initial=-np.inf)
    told = [level for level in wanted if low < level < high]
    if len(told) > len(wanted) / 2 and np.mean(heights < wanted[0]) < 0.1:
        return wanted
    return np.unique(np.quantile(heights, np.linspace(0.03, 0.97, 10))) if low < high else []


def _map(ax, f, limits, wanted, points=61):
    """Show a window of the map of f with its level lines, if it is not flat."""
    plots.window(ax, limits)
    levels = _levels(f, limits, wanted)
    if len(levels) > 1:
        plots.contours(ax, partial(_everywhere, f), levels, points)


def _reach(heights):
    """Return the lowest and the highest of the heights that are numbers, apart if all are one."""
    seen = heights[np.isfinite(heights)]
    return (seen.min(), seen.max()) if np.ptp(seen) else (-1, 1)


def _minimum(f):
    """Return where f is known to be lowest, shape (2,), or None."""
    place = getattr(f, "minimum", None)
    return None if place is None else np.array(place)


def _tidy(values, digits):
    """Return numbers rounded, and never minus zero."""
    return np.round(values, digits) + 0.0


def _is(f, formula, places=((0.3, 0.7), (1.5, -0.4), (-2.2, 1.1))):
    """Return whether f(x, y) is the given formula, as far as three places tell."""
    return np.allclose([f(*p) for p in places], [formula(*p) for p in places])


def _objection(f, gradient, here):
    """Return what to say if a gradient is not the one that is measured, else nothing."""
    measured = central_gradient(f, here)
    if not np.isfinite(measured).all() or np.allclose(gradient, measured, rtol=1e-5, atol=1e-5):
        return ""
    a, b = _tidy(measured, 2)
    return f" Measured by nudging: {a:g} and {b:g}."


def which_way_up(f, here, slope, **sliders):
    """Show the slope of f in the direction faced, and in all directions passed on the turn to it.

    Args:
        f: a surface of two variables.
        here: the place where one stands, shape (2,).
        slope: `slope(direction)` returns the slope there in a direction given in degrees.
    """
    here, turns = np.asarray(here, dtype=float), np.arange(0, 361, 5)
    slopes = np.array([slope(each) for each in turns])
    return live_figure(
        slope,
        partial(_draw_turn, here, turns, slopes),
        sliders,
        name="which-way-up",
        panels=2,
        still=partial(_still_turn, f, here, np.abs(slopes).max()),
        readout=partial(_say_turn, np.abs(slopes).max()),
        labels={"direction": "direction in °"},
        play="direction",
        alt="A map, an arrow from the point ({:g}, {:g}), and slope against direction.".format(
            *here
        ),
        title="Turn around on the spot. 0° is along x, 90° along y. Ring: the lowest point.",
        presets={"away from the lowest point": {"direction": 45}, "along y": {"direction": 90}},
        claims={"away from the lowest point": partial(_is_away, f, here)},
    )


def _is_away(f, here, slope, direction):
    low = _minimum(f)
    return low is not None and np.allclose(
        here - low, np.linalg.norm(here - low) * _heading(direction)
    )


def _still_turn(f, here, steepest, axes):
    (x, y), half = here - 0.5, (2, 1.8)
    limits = (x - half[0], x + half[0]), (y - half[1], y + half[1])
    _map(axes[0], f, limits, [1, 4, 11, 20, 30, 42, 56])
    low = _minimum(f)
    if low is not None:
        ring(axes[0], *low)
        plots.segment(axes[0], low, here, "target")
        if all(near < at < far for at, (near, far) in zip(low, limits, strict=True)):
            plots.label(axes[0], low[0], low[1] - 0.52, "lowest point", "target", ha="center")
    reach = 24 if 12 < steepest < 24 else 1.2 * steepest or 1
    plots.window(axes[1], ((0, 360), (-reach, reach)), "direction in degrees", "slope")
    axes[1].set_xticks([0, 90, 180, 270, 360])
    plots.segment(axes[1], (0, 0), (360, 0), "muted", linewidth=1)


def _draw_turn(here, turns, slopes, axes, slope, direction):
    plots.arrow(axes[0], here, here + 0.9 * _heading(direction))
    plots.point(axes[0], *here)
    passed = turns <= direction
    axes[1].plot(turns[passed], slopes[passed], "--", color=plots.PALETTE["slope"], linewidth=2)
    plots.point(axes[1], direction, slope)


def _say_turn(steepest, slope, direction):
    way = "uphill" if slope > 0 else "downhill"
    if abs(slope) <= 0.025 * steepest:
        way = "level"
    return f"Facing {direction:.0f}°: slope {slope:.1f}, {way}."


def _names_of(places):
    """Return the presets that lead to places, by their names."""
    return {name: {"x0": x, "y0": y} for name, (x, y) in places.items()}


_PLACES = {"(2, 4)": (2, 4), "(2, 3)": (2, 3), "(3, 3)": (3, 3), "lowest": (0, 0)}
_LABELS = {"x0": "place x₀", "y0": "place y₀"}


def bowl_cuts(f, slopes, **sliders):
    """Show two cuts through one point of a surface; the point is dragged over the map.

    Args:
        f: the height, a function of two numbers x and y.
        slopes: `slopes(x0, y0)` returns the slope along x and the slope along y.
    """
    name = "bowl x² + y²" if _is(f, lambda x, y: x**2 + y**2) else "surface"
    return live_figure(
        slopes,
        partial(_draw_cuts, f),
        sliders,
        name="bowl-cuts",
        panels=2,
        solid=(1,),
        still=partial(_still_cuts, f),
        readout=partial(_say_cuts, f),
        drag=("x0", "y0"),
        labels=_LABELS,
        alt="A surface's level lines and two cuts through a point, and the surface in "
        "space with the curves they cut and their tangents.",
        title=f"The {name} cut twice through one point, on the map and in space.",
        presets=_names_of(_PLACES),
        claims={"lowest": lambda slopes, x0, y0: _is_lowest(f, x0, y0)},
    )


def _rows(f):
    """Return a function of two numbers as one of places."""
    return lambda place: f(place[0], place[1])


_ROOM_FOR_CUTS = ((-5.54, 5.54), (-5, 5))


def _is_lowest(f, x0, y0):
    heights = _everywhere(_rows(f), _grid(_ROOM_FOR_CUTS))
    return f(x0, y0) <= np.nanmin(heights)


def _still_cuts(f, axes):
    _map(axes[0], _rows(f), _ROOM_FOR_CUTS, range(0, 60, 5), points=41)
    heights = _everywhere(_rows(f), _grid(((-5, 5), (-5, 5)), 21))
    low, high = _reach(heights)
    plots.space(axes[1], ((-5, 5), (-5, 5), (low, high)), "x", "y", "height")
    axes[1].view_init(32, -58)  # from where the curves are seen inside the bowl
    x, y = np.moveaxis(_grid(((-5, 5), (-5, 5)), 21), -1, 0)
    axes[1].plot_surface(x, y, heights, color=plots.PALETTE["function"])


def _draw_cuts(f, axes, slopes, x0, y0):
    plots.segment(axes[0], (-5.54, y0), (5.54, y0), "function")
    plots.segment(axes[0], (x0, -5), (x0, 5), "function", linestyle=DOTS)
    plots.handle(axes[0], x0, y0)
    here, along = np.array([x0, y0, f(x0, y0)]), np.linspace(-5, 5, 21)
    for axis, slope, dash in ((0, slopes[0], "-"), (1, slopes[1], DOTS)):
        cut = np.tile(here, (len(along), 1))
        cut[:, axis] = along
        cut[:, 2] = [f(x, y) for x, y, _ in cut]
        plots.string(axes[1], cut, "ink", linestyle=dash)
        way = 1.6 * np.append(np.eye(2)[axis], slope)
        plots.string(axes[1], [here - way, here + way], "slope", linewidth=3)
    plots.string(axes[1], [here], linestyle="none", marker="o", markersize=9)
    _label_cuts(f, axes, x0, y0)


def _label_cuts(f, axes, x0, y0):
    side, ha = (-5.4, "left") if x0 > 0 else (5.4, "right")
    x, y = typeset(f"{x0:g}"), typeset(f"{y0:g}")
    beside = {"x": x0 - 0.2, "ha": "right"} if x0 > 3 else {"x": x0 + 0.2}
    plots.label(axes[0], side, y0 + 0.45, f"y = {y}", ha=ha)
    plots.label(axes[0], y=-4.5 if y0 > 0 else 4.5, text=f"x = {x}", **beside)
    words = f"y = {y}", f"x = {x}"
    if _is(f, lambda x, y: x**2 + y**2):
        words = f"x² + {y0**2:g}", f"{x0**2:g} + y²"
    far = [-5 if at > 0 else 5 for at in (x0, y0)]  # a tangent would strike nearer words through
    for (a, b), word in zip(((far[0], y0), (x0, far[1])), words, strict=True):
        axes[1].text(a, b, f(a, b), word, ha="center", va="bottom")


def _say_cuts(f, slopes, x0, y0):
    along_x, along_y = _tidy(slopes, 6)
    words = f"At ({x0:g}, {y0:g}): slope {along_x:g} along x, slope {along_y:g} along y."
    words += _objection(_rows(f), slopes, np.array([x0, y0]))
    return words.replace("nan", "none")


#: Heights of the level lines that the bowl and its tangent plane share, and a corner of the plane.
_RINGS = np.arange(5, 50, 5)
_HALF = 1.5
_AROUND = ((-6.65, 6.65), (-6, 6))


def tangent_plane(f, plane, **sliders):
    """Show the tangent plane of f over a square around a point, which is dragged over the map.

    Args:
        f: a surface of two variables.
        plane: `plane(x0, y0)` returns the `Plane`.
    """
    wanted = [0, *_RINGS, 50, 60, 70, 80]
    levels = _levels(f, _AROUND, wanted)
    shared = _RINGS if levels is wanted else levels
    return live_figure(
        plane,
        partial(_draw_plane, f, shared),
        sliders,
        name="tangent-plane",
        panels=2,
        solid=(1,),
        still=partial(_still_plane, f, wanted),
        readout=partial(_say_plane, f),
        drag=("x0", "y0"),
        labels=_LABELS,
        alt="A surface's level lines and, in a square, those of its tangent plane, and "
        "the surface in space, touched by the square.",
        title=f"{_plane_name(f, plane)} over a square around the point, on the map and in space.",
        presets=_names_of(_PLACES),
        claims={"lowest": lambda plane, x0, y0: _is_lowest(lambda x, y: f([x, y]), x0, y0)},
    )


def _plane_name(f, plane):
    place = np.array([1.5, -0.7])
    return "A plane" if _objection(f, plane(*place).gradient, place) else "The tangent plane"


def _polar(radius, degrees):
    return np.asarray(radius)[..., None] * _heading(degrees)


def _still_plane(f, wanted, axes):
    _map(axes[0], f, _AROUND, wanted, points=41)
    places = _polar(np.sqrt([0, *_RINGS])[:, None], np.linspace(0, 360, 37))
    heights = _everywhere(f, places)
    low, high = _reach(heights)
    plots.space(axes[1], (_AROUND[1], _AROUND[1], (low, low + 1.25 * (high - low))))
    axes[1].view_init(18, 25)  # from where the plane at the first point is in front
    axes[1].plot_surface(*np.moveaxis(places, -1, 0), heights, color=plots.PALETTE["function"])


def _level_pieces(plane, levels):
    """Return the pieces of the plane's level lines inside the square patch, parted by NaN."""
    (a, b), pieces = plane.gradient, []
    for level in levels - plane.value:
        on = [(s, (level - a * s) / b) for s in (-_HALF, _HALF) if b]
        on += [((level - b * s) / a, s) for s in (-_HALF, _HALF) if a]
        ends = sorted({end for end in on if np.abs(end).max() <= _HALF + 1e-9})
        pieces += [ends[0], ends[-1], (np.nan, np.nan)] if len(ends) > 1 else []
    return plane.point + np.reshape(pieces, (-1, 2))


def _draw_plane(f, levels, axes, plane, x0, y0):
    here, look = np.array([x0, y0]), {"color": plots.PALETTE["slope"], "linewidth": 2}
    square = here + _HALF * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
    axes[0].plot(*_level_pieces(plane, levels).T, "--", **look)
    axes[0].plot(*square.T, color=look["color"], linewidth=1)
    plots.handle(axes[0], x0, y0)
    span = np.stack([here - _HALF, here + _HALF], axis=-1)
    plots.surface(axes[1], partial(_everywhere, plane), "slope", 5, span, alpha=0.55)
    for move in _HALF * np.eye(2):
        cut = here + np.linspace(-1.3, 1.3, 11)[:, None] * move
        tangent = here + np.stack([-move, move])
        plots.string(axes[1], np.column_stack([cut, _everywhere(f, cut)]), "ink", linewidth=1.5)
        plots.string(axes[1], np.column_stack([tangent, _everywhere(plane, tangent)]), "slope")
    plots.string(axes[1], [(*here, f(here))], linestyle="none", marker="o", markersize=9)


def _say_plane(f, plane, x0, y0):
    words = f"Plane: z = {_tidy(plane.value, 6):g}"
    slopes = _tidy(plane.gradient, 6)
    for name, at, slope in zip("xy", (x0, y0), slopes, strict=True):
        rise, shift = ("+" if slope > 0 else "−"), ("−" if at > 0 else "+")
        run = f"({name} {shift} {abs(at):g})" if at else name
        words += f" {rise} {abs(slope):g}{run}" if slope else ""
    words += "." if slopes.any() else ", level."
    if not np.isclose(plane([x0, y0]), f([x0, y0])):
        words += " It misses the surface."
    elif _objection(f, plane.gradient, np.array([x0, y0])):
        words += " It is not tangent."
    return words


def gradient_in_space(f, gradient, **sliders):
    """Show the gradient as an arrow on the map, and on the surface above it.

    Args:
        f: a surface of two variables.
        gradient: `gradient(x0, y0)` returns the gradient at a place, shape (2,).
    """
    return live_figure(
        gradient,
        partial(_draw_in_space, f),
        sliders,
        name="gradient-in-space",
        panels=2,
        solid=(1,),
        still=partial(_still_in_space, f),
        readout=partial(_say_in_space, f),
        drag=("x0", "y0"),
        labels=_LABELS,
        alt="Level lines and the gradient as an arrow, and the surface in space, an arrow "
        "that lies on it, and the shadow of this arrow on the ground.",
        title="The gradient on the map; and in space, where the arrow on the surface has it for "
        "its shadow.",
        presets=_names_of(_PLACES),
        claims={"lowest": lambda g, x0, y0: _is_lowest(lambda x, y: f([x, y]), x0, y0)},
    )


#: How long the gradient is drawn, for each unit of its length.
_SHARE = 0.25


def _still_in_space(f, axes):
    _map(axes[0], f, _AROUND, [0, *_RINGS, 50, 60, 70, 80], points=41)
    places = _grid(((-5, 5), (-5, 5)), 17)
    heights = _everywhere(f, places)
    low, high = _reach(heights)
    plots.space(axes[1], ((-5, 5), (-5, 5), (low - 0.4 * (high - low), high)), "x", "y", "f")
    axes[1].view_init(34, -62)
    axes[1].plot_surface(*np.moveaxis(places, -1, 0), heights, color=plots.PALETTE["function"])


def _draw_in_space(f, axes, gradient, x0, y0):
    here, way = np.array([x0, y0]), _SHARE * np.asarray(gradient)
    low = axes[1].get_zlim()[0]
    if np.any(way):
        plots.arrow(axes[0], here, here + way)
        rise = way @ gradient
        _draw_arrow_in_space(axes[1], (*here, low), (*way, 0), "muted")
        _draw_arrow_in_space(axes[1], (*here, f(here)), (*way, rise), "slope")
    plots.string(axes[1], [(*here, low), (*here, f(here))], "target", linewidth=1)
    plots.string(axes[1], [(*here, f(here))], linestyle="none", marker="o", markersize=9)
    plots.handle(axes[0], x0, y0)


def _draw_arrow_in_space(ax, start, way, role):
    """Draw an arrow in space whose head lies level to both sides of it."""
    start, way = np.array(start), np.array(way)
    end, length = start + way, np.hypot(*way[:2])
    side = 0.3 * np.array([-way[1], way[0], 0]) / length
    back = end - way * min(0.5 / length, 0.5)
    plots.string(ax, [start, end, back + side, end, back - side], role, linewidth=3, linestyle="-")


def _say_in_space(f, gradient, x0, y0):
    a, b = _tidy(gradient, 6)
    words = f"At ({x0:g}, {y0:g}): gradient ({a:g}, {b:g}), length {np.hypot(a, b):.3g}."
    return words + _objection(f, gradient, np.array([x0, y0]))


def two_moves(f, here, moves, **sliders):
    """Show a walk, and the same walk round a corner, with what both rise for each unit of way.

    Args:
        f: a surface of two variables.
        here: the place where the walk begins, shape (2,).
        moves: `moves(t, direction)` returns the corner, the end, and the rises of the move along x
            and of the move along y, both divided by t.
    """
    here = np.asarray(here, dtype=float)
    return live_figure(
        moves,
        partial(_draw_moves, f, here),
        sliders,
        name="two-moves",
        panels=2,
        still=partial(_still_moves, f, here),
        readout=partial(_say_moves, f, here),
        labels={"t": "way t", "direction": "direction in °"},
        play="direction",
        alt="A map with a walk and two moves along the axes; the rises of all, divided by the way.",
        title="The walk, and the same walk in two moves. Bars: rise divided by t. Dotted: what the "
        "two slopes at the start promise.",
    )


def _still_moves(f, here, axes):
    limits = tuple((at - 1.3, at + 1.3) for at in here)
    _map(axes[0], f, limits, [1, 4, 11, 20, 30, 42, 56], points=41)
    reach = 1.7 * np.hypot(*central_gradient(f, here)) or 1
    plots.window(axes[1], ((0, 3), (-reach, reach)), "", "rise divided by t")
    axes[1].set_xticks([0.5, 1.5, 2.5], labels=["along x", "along y", "together"])
    plots.segment(axes[1], (0, 0), (3, 0), "muted", linewidth=1)


def _promised(f, here, direction):
    parts = central_gradient(f, here) * _heading(direction)
    return [*parts, parts.sum()]


def _draw_moves(f, here, axes, result, direction):
    corner, end, rises = result
    plots.segment(axes[0], here, corner, "data", linewidth=2)
    plots.arrow(axes[0], corner, end, "data")
    plots.arrow(axes[0], here, end)
    plots.point(axes[0], *here)
    bars = [*rises, np.sum(rises)]
    axes[1].bar([0.5, 1.5, 2.5], bars, width=0.6, color=plots.PALETTE["slope"], alpha=0.6)
    for k, height in enumerate(_promised(f, here, direction)):
        plots.segment(axes[1], (k + 0.05, height), (k + 0.95, height), "target")
        plots.leaving(axes[1], k + 0.5, bars[k], "slope")


def _say_moves(f, here, result, t, direction):
    x, y = result[2]
    words = f"t = {t:.2f}: {x:.2f} along x, {y:.2f} along y, together {x + y:.2f}. "
    a, b, both = _promised(f, here, direction)
    return f"{words}Promised: {a:.2f}, {b:.2f} and {both:.2f}.".replace("-0.00", "0.00")


def gradient_arrow(surface, gradient, **sliders):
    """Show the gradient of a bowl beside the way from its lowest point, and all slopes at a place.

    Args:
        surface: `surface(c)` returns the surface of stretch c.
        gradient: `gradient(c, x0, y0)` returns its gradient at a place, shape (2,).
    """
    start = sliders["c"].value if "c" in sliders else 1
    name = "The bowl x² + c·y². " if _is_valley(surface, start) else ""
    dotted = "" if _minimum(surface(start)) is None else "straight away from the lowest point"
    return live_figure(
        gradient,
        partial(_draw_arrow, surface),
        sliders,
        name="gradient-arrow",
        panels=2,
        still=_still_arrow,
        readout=partial(_say_arrow, surface),
        drag=("x0", "y0"),
        labels={"c": "stretch c"} | _LABELS,
        alt="Level lines of a bowl, the gradient as an arrow and the dotted way from the "
        "lowest point, and the slope in every direction, a wave with its crest marked.",
        title=f"{name}Arrow: the gradient, longer where it is steeper. Crest: its length."
        + f" Dotted: {dotted}." * bool(dotted),
        presets=_ARROW_PRESETS,
        claims=_arrow_claims(surface),
    )


_ARROW_PRESETS = {
    "39.29°": {"c": 10, "x0": 1, "y0": 1},
    "round bowl": {"c": 1, "x0": 1, "y0": 1},
    "on an axis": {"c": 10, "x0": 1.5, "y0": 0},
    "far off": {"c": 10, "x0": 1.5, "y0": 0.5},
    "lowest point": {"c": 10, "x0": 0, "y0": 0},
}


def _arrow_claims(surface):
    return {
        "39.29°": lambda g, c, x0, y0: round(_off(surface(c), g, x0, y0), 2) == 39.29,
        "round bowl": lambda g, c, x0, y0: _off(surface(c), g, x0, y0) < 0.01,
        "far off": lambda g, c, x0, y0: _off(surface(c), g, x0, y0) > 45,
        "lowest point": lambda g, c, x0, y0: not _away(surface(c), x0, y0).any(),
    }


def _is_valley(surface, c):
    return _is(lambda x, y: surface(c)([x, y]), lambda x, y: x**2 + c * y**2)


def _away(f, x0, y0):
    """Return the way from the lowest point of f, NaN where that is not known."""
    low = _minimum(f)
    return np.full(2, np.nan) if low is None else np.array([x0, y0]) - low


def _direction(way):
    """Return the direction of a way in degrees, from 0 to 360."""
    return np.degrees(np.arctan2(way[1], way[0])) % 360


def _off(f, gradient, x0, y0):
    """Return the angle in degrees between the gradient and the way from the lowest point."""
    off = _direction(gradient) - _direction(_away(f, x0, y0))
    return abs((off + 180) % 360 - 180)


def _still_arrow(axes):
    plots.window(axes[0], ((-2.77, 2.77), (-2.5, 2.5)))
    plots.window(axes[1], ((0, 360), (-36, 36)), "direction in degrees", "slope")
    axes[1].set_xticks([0, 90, 180, 270, 360])
    plots.segment(axes[1], (0, 0), (360, 0), "muted", linewidth=1)


#: Directions in which slopes and level lines are drawn, and the heights of these.
_TURNS = np.arange(0, 361, 10)
_HEIGHTS = (0.5, 2, 5, 10, 18, 30, 45)


def _draw_rings(ax, surface, c, here):
    """Draw the level lines of a surface; the one through the point is thick."""
    f, look = surface(c), {"color": plots.PALETTE["function"]}
    if not _is_valley(surface, c):
        levels = _levels(f, (ax.get_xlim(), ax.get_ylim()), _HEIGHTS)
        for each, linewidth in ((levels, 0.8), ([f(here)], 2)):
            lines = plots.contours(ax, f, each, points=31, fill=False)
            lines[0].set(linewidth=linewidth, alpha=0.6 if linewidth < 1 else 1)
        return
    unit = _heading(_TURNS) / np.sqrt([1, c])
    for level in _HEIGHTS:
        ax.plot(*(level**0.5 * unit).T, linewidth=0.8, alpha=0.6, **look)
    ax.plot(*(f(here) ** 0.5 * unit).T, linewidth=2, **look)


def _draw_arrow(surface, axes, gradient, c, x0, y0):
    here, way = np.array([x0, y0]), _away(surface(c), x0, y0)
    slopes = _heading(_TURNS) @ gradient
    _draw_rings(axes[0], surface, c, here)
    axes[1].plot(_TURNS, slopes, "--", color=plots.PALETTE["slope"], linewidth=2)
    if np.isfinite(way).all():
        ring(axes[0], *(here - way))
    if np.isfinite(way).all() and way.any():
        away = _direction(way)
        plots.segment(axes[0], here - way, here + 0.9 * _heading(away), "target")
        plots.segment(axes[1], (away, -36), (away, 36), "target")
    if np.any(gradient):
        up, length = _direction(gradient), _length_drawn(surface, c, gradient)
        plots.arrow(axes[0], here, here + length * _heading(up))
        beside = here + (length + 0.2) * _heading(up)
        plots.label(axes[0], *beside, "∇f", "slope", ha="center")
        plots.point(axes[1], up, np.hypot(*gradient), "slope", size=10)
        plots.leaving(axes[1], up, np.hypot(*gradient), "slope")
    plots.handle(axes[0], x0, y0)


def _length_drawn(surface, c, gradient):
    """Return how long a gradient is drawn: in proportion, 1.2 for that at a corner of the map."""
    corner = central_gradient(surface(c), np.array([1.5, 1.5]))
    return 1.2 * np.hypot(*gradient) / (np.hypot(*corner) or 1)


def _say_arrow(surface, gradient, c, x0, y0):
    f, here = surface(c), np.array([x0, y0])
    if not np.any(gradient):
        return "The gradient is (0, 0): level in every direction." + _objection(f, gradient, here)
    words = "Gradient ({:g}, {:g}), steepest {:.2f}".format(*gradient, np.hypot(*gradient))
    way = _away(f, x0, y0)
    if np.isfinite(way).all() and way.any():
        words += f", off by {_off(f, gradient, x0, y0):.2f}°"
    return f"{words}.{_objection(f, gradient, here)}"


def level_places(f, ways, slopes, **sliders):
    """Show where each slope of f is zero on a map, and a cut through the point dragged over it.

    Args:
        f: a surface of two variables, with its gradient.
        ways: by name, the directions of the cuts in degrees.
        slopes: `slopes(cut, x0, y0)` returns the gradient, and the slope along the cut.
    """
    name, here = _letter(f), "The room: from 0 to 6. " if _letter(f) == "T" else ""
    return live_figure(
        slopes,
        partial(_draw_level, f, ways),
        sliders,
        name="level-places",
        panels=2,
        still=partial(_still_level, f),
        readout=partial(_say_level, f),
        drag=("x0", "y0"),
        labels=_LABELS,
        alt="Level lines of a surface and the lines on which one of its slopes is zero, "
        "and the height along a cut through the point, with its tangent.",
        title=f"{here}Dashed: ∂{name}/∂x = 0. Dotted: ∂{name}/∂y = 0. Solid: the cut.",
        presets=_LEVEL_PRESETS,
        claims={"a wall": lambda slopes: _letter(f) == "T"},
    )


_LEVEL_PRESETS = {
    "(4, 4)": {"x0": 4, "y0": 4},
    "(6, 6) →": {"cut": "along x", "x0": 6, "y0": 6},
    "(6, 6) ↗": {"cut": "diagonal ↗", "x0": 6, "y0": 6},
    "(6, 6) ↘": {"cut": "diagonal ↘", "x0": 6, "y0": 6},
    "(6, 4)": {"cut": "along x", "x0": 6, "y0": 4},
    "a wall": {"cut": "along x", "x0": 0, "y0": 3},
}


def _letter(f):
    """Return what f is called, T if it is the temperature of the notes' room."""
    return "T" if _is(lambda x, y: f([x, y]), _temperature) else "f"


def _temperature(x, y):
    return 85 - x**2 * (x - 6) * y**2 * (y - 6) / 90


_FLOOR = ((-0.9, 8.5), (-0.5, 7.98))
_WARMTH = (-200, -60, 0, 40, 60, 70, 74, 77, 80, 83, 85, 88, 95, 105, 120, 160)


def _still_level(f, axes):
    _map(axes[0], f, _FLOOR, _WARMTH)
    _label_heights(axes[0], f)
    lines = [_straight_zeros(f, axis) for axis in (0, 1)]
    for axis, style in enumerate(("--", ":")):
        _draw_zeros(axes[0], f, axis, lines, style)
    if 6 in lines[0][1] and 4 in lines[1][1]:
        plots.label(axes[0], 0.3, 6.35, f"∂{_letter(f)}/∂x = 0", "slope")
        plots.label(axes[0], 0.3, 4.35, f"∂{_letter(f)}/∂y = 0", "slope")
    heights = f(_grid(_FLOOR))
    low, high = np.nanquantile(heights, (0.05, 0.95))
    if np.mean((heights > 55) & (heights < 115)) > 0.5:
        low, high = 55, 115
    window = (-3, 3), (low, high if high > low else low + 1)
    plots.window(axes[1], window, "way along the cut", _letter(f))


def _straight_zeros(f, axis):
    """Return the whole x and the whole y that give lines on which a slope of f is zero.

    Both are empty if the slope is zero elsewhere too.
    """
    s, whole = np.linspace(-0.93, 8.53, 44), range(0, 9)
    x = [k for k in whole if np.allclose(_slopes_at(f, axis, k, s), 0, atol=1e-9)]
    y = [k for k in whole if np.allclose(_slopes_at(f, axis, s, k), 0, atol=1e-9)]
    across, up = np.meshgrid(s, s)
    fields = 10 * np.searchsorted(x, across) + np.searchsorted(y, up)
    signs = np.sign(_slopes_at(f, axis, across, up))
    is_all = all(len(np.unique(signs[fields == each])) == 1 for each in np.unique(fields))
    return (x, y) if is_all and not (signs == 0).any() else ([], [])


def _slopes_at(f, axis, x, y):
    return f.gradient(np.stack(np.broadcast_arrays(x, y), axis=-1).astype(float))[..., axis]


def _draw_zeros(ax, f, axis, lines, style):
    """Draw where a slope of f is zero, side by side where the other one is zero too."""
    (x, y), (others_x, others_y) = lines[axis], lines[1 - axis]
    (left, right), (low, high) = _FLOOR
    beside = 0.05 if axis else -0.05
    for k in x:
        at = k + beside * (k in others_x)
        plots.segment(ax, (at, low), (at, high), linestyle=style)
    for k in y:
        at = k + beside * (k in others_y)
        plots.segment(ax, (left, at), (right, at), linestyle=style)
    slopes = f.gradient(_grid(_FLOOR, 61))[..., axis]
    if not x and not y and np.nanmin(slopes) < 0 < np.nanmax(slopes):
        sides = [np.linspace(*each, 61) for each in _FLOOR]
        look = {"colors": [plots.PALETTE["slope"]], "linestyles": style, "linewidths": 2}
        ax.contour(*sides, slopes, [0], **look)


def _label_heights(ax, f):
    """Write their height on some level lines, where they cross a line up from (4, 4)."""
    x, up = 4.3, np.linspace(4, _FLOOR[1][1], 400)
    heights = f(np.stack(np.broadcast_arrays(x, up), axis=-1))
    for level in (74, 77, 80, 88, 105):
        k = np.flatnonzero((heights[:-1] < level) & (heights[1:] >= level))
        if len(k):
            plots.label(ax, x + 0.1, up[k[0]], f"{level}", "function", fontsize=11)


def _draw_level(f, ways, axes, slopes, cut, x0, y0):
    here, way = np.array([x0, y0]), _heading(ways[cut])
    plots.segment(axes[0], here - 3 * way, here + 3 * way, "function")
    plots.handle(axes[0], x0, y0)
    plots.curve(axes[1], lambda s: f(here + s[:, None] * way), points=31)
    rise = 1.5 * slopes[1]
    plots.segment(axes[1], (-1.5, f(here) - rise), (1.5, f(here) + rise))
    plots.point(axes[1], 0, f(here))
    plots.leaving(axes[1], 0, f(here))


def _say_level(f, slopes, x0, y0):
    a, b = _tidy(slopes[0], 2)
    level = "level ground" if np.allclose(slopes[0], 0, atol=1e-6) else "not level"
    words = f"{_letter(f)}({x0:g}, {y0:g}) = {f([x0, y0]):.2f}, slopes {a:g} and {b:g}: {level}."
    return words + _objection(f, slopes[0], np.array([x0, y0]))


def best_line(x, y, cost, slopes, **sliders):
    """Show the cost of a line on the map of slope and intercept, and the squares of its misses.

    Args:
        x, y: the data, shape (n,).
        cost: `cost(p)` is the cost of the line p, a pair (slope, intercept).
        slopes: `slopes(m, b)` returns its two partial derivatives.
    """
    area = f"E is the area of the {_count(x)} squares." if _is_area(x, y, cost) else ""
    return live_figure(
        slopes,
        partial(_draw_fit, x, y),
        sliders,
        name="best-line",
        panels=2,
        still=partial(_still_fit, x, y, cost, slopes),
        readout=partial(_say_fit, cost),
        drag=("m", "b"),
        labels={"m": "slope m", "b": "intercept b"},
        alt="Level lines of the error and the two lines on which one of its slopes is zero, "
        f"and {_count(x)} points, a line and the squares of its misses.",
        title=f"∂E/∂m = 0 on the dashed line, ∂E/∂b = 0 on the dotted one. {area}".strip(),
        presets=_FIT_PRESETS,
        claims={
            "far off": lambda slopes: np.linalg.norm(slopes) > 10,
            "best": lambda slopes: np.allclose(slopes, 0, atol=1e-6),
        },
    )


_FIT_PRESETS = {
    "through 0": {"m": 1.5, "b": 0},
    "level": {"m": 0, "b": 10 / 3},
    "far off": {"m": -1, "b": 1},
    "best": {"m": 0.5, "b": 7 / 3},
}


def _count(x):
    words = ("no", "one", "two", "three", "four", "five", "six")
    return words[len(x)] if len(x) < len(words) else str(len(x))


def _is_area(x, y, cost):
    """Return whether the cost of a line is the sum of its squared misses."""
    return _is(lambda m, b: cost([m, b]), lambda m, b: np.sum((m * x + b - y) ** 2))


_LINES = ((-1.6, 2.6), (-1.2, 5.3))


def _still_fit(x, y, cost, slopes, axes):
    _map(axes[0], cost, _LINES, [4.3, 6, 10, 20, 40, 80, 140, 220])
    axes[0].set(xlabel="slope m", ylabel="intercept b")
    for row, style in enumerate(("--", ":")):
        _draw_level_line(axes[0], lambda m, b, row=row: slopes(m, b)[row], style)
    across, up = (-1, 6.76), (-0.5, 6.5)
    if not (np.all(np.abs(x - 2.88) < 3.88) and np.all(np.abs(y - 3) < 3.5)):
        across, up = (_around(each) for each in (x, y))
    plots.window(axes[1], (across, up))
    plots.point(axes[1], x, y, "data")


def _around(values):
    span = np.ptp(values) or 1
    return np.min(values) - 0.6 * span, np.max(values) + 0.6 * span


def _draw_level_line(ax, slope, style):
    """Draw where a slope is zero: a straight line if it is a sum of multiples, else a contour."""
    at_zero, by_m, by_b = slope(0.0, 0.0), slope(1.0, 0.0), slope(0.0, 1.0)
    a, c = by_m - at_zero, by_b - at_zero
    if _is(slope, lambda m, b: at_zero + a * m + c * b) and abs(c) > 1e-6:
        plots.line(ax, -a / c, 0, -at_zero / c, linestyle=style)
        return
    values = _everywhere(lambda place: slope(*place), _grid(_LINES))
    if np.nanmin(values) < 0 < np.nanmax(values):
        sides = [np.linspace(*each, 41) for each in _LINES]
        look = {"colors": [plots.PALETTE["slope"]], "linestyles": style, "linewidths": 2}
        ax.contour(*sides, values, [0], **look)


def _draw_fit(x, y, axes, slopes, m, b):
    plots.handle(axes[0], m, b)
    plots.line(axes[1], m, 0, b, "model")
    for at, height in zip(x, y, strict=True):
        miss = m * at + b - height
        across = at + np.array([0, 0, 1, 1, 0]) * abs(miss)
        up = height + np.array([0, 1, 1, 0, 0]) * miss
        axes[1].fill(across, up, color=plots.PALETTE["loss"], alpha=0.25, linewidth=0)
        axes[1].plot(across, up, color=plots.PALETTE["loss"], linewidth=1)


def _say_fit(cost, slopes, m, b):
    error, objection = cost([m, b]), _objection(cost, slopes, np.array([m, b]))
    m, b, a, c = _tidy([m, b, *slopes], 2)
    words = f"m = {m:.2f}, b = {b:.2f}: E = {error:.3f}, slopes {a:g} and {c:g}."
    return words + objection
