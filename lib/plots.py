"""What the figures draw, in plain Matplotlib: axes first, artists returned.

Colours are chosen by meaning (``role``), never by name: one meaning, one colour in every figure.
"""

import re
from importlib.resources import files

import numpy as np
from matplotlib.patches import Polygon
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, ScaledTranslation

_CSS = files("lib").joinpath("palette.css").read_text(encoding="utf-8")
_DEFINITION = re.compile(r"--([\w-]+): light-dark\((#\w{6}), #\w{6}\)")
_COLOURS = dict(_DEFINITION.findall(_CSS))

#: The colour of each role on white paper, read from ``palette.css``.
PALETTE = {role: colour for role, colour in _COLOURS.items() if not role.startswith("step-")}

#: The colours of the steps of a walk, first to last, by their names in ``palette.css``.
STEPS = {name: colour for name, colour in _COLOURS.items() if name.startswith("step-")}

#: Line styles that go with a role, so that colour is never the only carrier of meaning.
DASHES = {"slope": "--", "target": ":"}


def _style(role, options):
    if role not in PALETTE:
        raise ValueError(f"role: got {role!r}, wanted one of {', '.join(PALETTE)}")
    return {"color": PALETTE[role], "linestyle": DASHES.get(role, "-"), "linewidth": 2} | options


def window(ax, limits, x="x", y="y"):
    """Set the picture's limits ``((xmin, xmax), (ymin, ymax))`` and name its two axes."""
    return ax.set(xlim=limits[0], ylim=limits[1], xlabel=x, ylabel=y)


def space(ax, limits, x="x", y="y", z="z"):
    """Set the limits of axes in space, three pairs as in ``window``, and name the axes."""
    return ax.set(xlim=limits[0], ylim=limits[1], zlim=limits[2], xlabel=x, ylabel=y, zlabel=z)


def surface(ax, f, role="function", points=25, span=None, **options):
    """Draw ``f`` as a surface over the floor of axes in space, or over a part of it.

    Args:
        f: a function of points, shape (..., 2).
        points: how many carry a side of the surface.
        span: that part, ``((xmin, xmax), (ymin, ymax))``.
    """
    span = (ax.get_xlim(), ax.get_ylim()) if span is None else span
    x, y = np.meshgrid(*(np.linspace(*each, points) for each in span))
    return ax.plot_surface(x, y, f(np.stack([x, y], axis=-1)), color=PALETTE[role], **options)


def string(ax, points, role="path", **options):
    """Draw a line through points in space, shape (n, 3)."""
    return ax.plot(*np.transpose(points), **_style(role, options))


def curve(ax, f, role="function", points=241, span=None, **options):
    """Draw ``f`` over the picture's width, or over ``span=(xmin, xmax)``.

    Args:
        f: a function of an array of shape (points,), returning the same shape.
        points: how many points carry the curve.
    """
    x = np.linspace(*(span or ax.get_xlim()), points)
    return ax.plot(x, f(x), **_style(role, options))


def line(ax, slope, x, y, role="slope", **options):
    """Draw the straight line of the given slope through the point (x, y), across the picture."""
    ends = np.array(ax.get_xlim())
    return ax.plot(ends, y + slope * (ends - x), **_style(role, options))


def parabola(ax, curvature, x, y, role="model", **options):
    """Draw the parabola of the given second derivative that turns at (x, y), where it is seen."""
    low, high = ax.get_ylim()
    reach = np.sqrt(2 * max(((high if curvature > 0 else low) - y) / curvature, 0))
    style = {"span": (x - reach, x + reach), "points": 31, "linestyle": "-."} | options
    return curve(ax, lambda across: y + curvature / 2 * (across - x) ** 2, role, **style)


def segment(ax, start, end, role="slope", **options):
    """Draw the straight piece from ``start`` to ``end``, each a pair (x, y)."""
    return ax.plot(*np.transpose([start, end]), **_style(role, options))


def misses(ax, x, y, predicted, role="loss", **options):
    """Draw the upright pieces from the data (x, y) to what a model says, arrays of shape (n,)."""
    heights = np.stack([y, predicted, np.full(len(x), np.nan)], axis=-1)
    return ax.plot(np.repeat(x, 3), heights.ravel(), **_style(role, {"linewidth": 1.5}) | options)


def point(ax, x, y, role="path", size=9, **options):
    """Draw one point, or arrays of points, as filled discs of ``size`` pixels.

    If all lie in the picture, those at its rim are whole.
    """
    style = {"linestyle": "none", "marker": "o", "markersize": size, "color": PALETTE[role]}
    lines = ax.plot(np.atleast_1d(x), np.atleast_1d(y), **style | options)
    for line in lines:
        line.set_clip_on(not _is_inside(ax, _pixels(ax, line)).all())
    return lines


def handle(ax, x, y, **options):
    """Draw the point that the reader may drag: a live figure puts its handle there.

    Where the point has left the picture the handle waits at the rim, beside an arrowhead.
    """
    look = {"size": 11, "zorder": 5} | options
    return point(ax, *_kept_in(ax, x, y), gid="handle", **look) + leaving(ax, x, y)


def leaving(ax, x, y, role="path", **options):
    """Draw an arrowhead at the rim where the point (x, y) has left the picture, else nothing."""
    near = _kept_in(ax, x, y)
    ways = {"<": x < near[0], "v": y < near[1], ">": x > near[0], "^": y > near[1]}
    markers = [marker for marker, is_out in ways.items() if is_out]
    look = {"size": 15, "zorder": 6} | options
    return [point(ax, *near, role, marker=marker, **look)[0] for marker in markers]


def _kept_in(ax, x, y):
    """Return the place in the picture that is nearest to (x, y)."""
    return np.clip(x, *ax.get_xlim()), np.clip(y, *ax.get_ylim())


def path(ax, steps, role="path", every=1, **options):
    """Draw the iterates of a ``Path``: along the curve in one variable, in the plane in two.

    ``every=5`` draws the start and each fifth step after it. A walk that leaves the picture says so
    by an arrowhead at the rim and a note how many of its points are outside.
    """
    x, f = np.asarray(steps.x)[::every], np.asarray(steps.f)[::every]
    across, up = (x, f) if x.ndim == 1 else x.T
    return walk(ax, across, up, role, **options)


def losses(ax, steps, role="loss", every=1, **options):
    """Draw the value of the function at each step of a ``Path``, or at each ``every``-th.

    Where the values leave the picture it says so, as for ``path``.
    """
    count = np.arange(0, len(steps.f), every)
    look = {"markersize": 4} | options
    return walk(ax, count, np.asarray(steps.f)[::every], role, **look)


def walk(ax, x, y, role="path", **options):
    """Draw points, arrays x and y of shape (n,), joined in their order.

    Where they leave the picture an arrowhead at the rim and a note above it say so. Of a way far
    outside, where no number tells whether it comes across the picture, nothing is drawn.
    """
    look = {"linewidth": 1.5, "marker": "o", "markersize": 5} | options
    (line,) = ax.plot(x, y, **_style(role, look))
    places = _pixels(ax, line)
    inside = _is_inside(ax, places)
    line.set_clip_on(not inside.all())
    if inside.all() or "None" in (line.get_marker(), line.get_linestyle()):
        return [line]
    line.set_data(*np.where(_is_lost(places), np.nan, line.get_data()))
    words = f"{np.count_nonzero(~inside)} of {len(inside)} points outside"
    exits = np.flatnonzero(inside[:-1] & ~inside[1:] & np.isfinite(places[1:]).all(axis=1))
    heads = [_head_at_rim(ax, *places[exits[0] :][:2], line.get_color())] if len(exits) else []
    return [line, _note(ax, words, line.get_color()), *heads]


def _pixels(ax, line):
    """Return where the points of a line lie, in pixels; those too far away in their direction."""
    ax.get_xlim()  # settles the limits, if they are not set
    points = line.get_xydata()
    with np.errstate(invalid="ignore"):
        size = np.abs(points).max(axis=1, keepdims=True, initial=0) / 1e100
        far = np.isfinite(size) & (size > 1)
        return ax.transData.transform(np.where(far, points / np.where(far, size, 1), points))


def _is_inside(ax, places):
    """Return which places, in pixels, lie in the picture, its rim included."""
    with np.errstate(invalid="ignore"):
        return ((places >= ax.bbox.min - 1) & (places <= ax.bbox.max + 1)).all(axis=1)


def _is_lost(places):
    """Return which places, in pixels, are so far away that only others as far are beside them."""
    near = np.pad((np.abs(places) < 1e9).all(axis=1), 1)
    return ~(near[:-2] | near[1:-1] | near[2:])


def _note(ax, words, colour):
    """Write a note above the picture at its right, below those that are there."""
    row = sum(each.get_gid() == "note" for each in ax.texts)
    place = {"xycoords": "axes fraction", "xytext": (0, 9 - 16 * row)}
    look = {"textcoords": "offset points", "color": colour, "ha": "right", "zorder": 6}
    return ax.annotate(words, (1, 1), **place, **look, gid="note", annotation_clip=False)


def _head_at_rim(ax, start, end, colour):
    """Draw an arrowhead where the way from ``start`` to ``end``, in pixels, leaves the picture."""
    direction = (end - start) / np.hypot(*(end - start))
    low, high = ax.bbox.min - start, ax.bbox.max - start
    with np.errstate(divide="ignore", invalid="ignore"):
        room = np.where(direction > 0, high, low) / direction
    tip = ax.transData.inverted().transform(start + direction * np.min(room[np.isfinite(room)]))
    back, side = -13 * direction, 6 * np.array([-direction[1], direction[0]])
    points = Affine2D().scale(1 / 72) + ax.figure.dpi_scale_trans
    place = points + ScaledTranslation(*tip, ax.transData)
    corners = np.array([[0, 0], back + side, back - side])
    look = {"facecolor": colour, "linewidth": 0, "zorder": 6, "clip_on": False}
    return ax.add_artist(Polygon(corners, transform=place, **look))


def tangents(ax, steps, role="slope", **options):
    """Draw Newton's walk to a root, a ``Path``: each tangent to the axis, then up to the curve.

    Returns two lines, the pieces of tangents and the uprights.
    """
    x, f = np.asarray(steps.x), np.asarray(steps.f)
    ground, gap = np.zeros(len(x) - 1), np.full(len(x) - 1, np.nan)
    tangent = np.stack([x[:-1], x[1:], gap], axis=1), np.stack([f[:-1], ground, gap], axis=1)
    upright = np.stack([x[1:], x[1:], gap], axis=1), np.stack([ground, f[1:], gap], axis=1)
    return [
        ax.plot(across.ravel(), up.ravel(), **_style(each, {"linewidth": 1.5} | options))[0]
        for each, (across, up) in ((role, tangent), ("target", upright))
    ]


def contours(ax, f, levels=12, points=121, role="function", fill=True):
    """Draw level lines of ``f(x)``, x of shape (..., 2): the higher f, the darker the ground.

    Of a line only those corners are kept from which it would differ by half a pixel or more.
    """
    sides = [np.linspace(*limits, points) for limits in (ax.get_xlim(), ax.get_ylim())]
    height = f(np.stack(np.meshgrid(*sides), axis=-1))
    colour = PALETTE[role]
    artists = [ax.contour(*sides, height, levels, colors=[colour], linewidths=0.8, alpha=0.45)]
    if fill:
        shades = [(colour, alpha) for alpha in np.linspace(0, 0.3, len(artists[0].levels) - 1)]
        artists.append(ax.contourf(*sides, height, artists[0].levels, colors=shades, zorder=0))
    for artist, is_closed in zip(artists, (False, True), strict=False):
        _keep_few_corners(artist, ax.transData, is_closed)
    return artists


def region(ax, f, level, role="model", points=17, **options):
    """Fill where ``f(x)``, x of shape (..., 2), is above a level.

    Of its rim only those corners are kept from which it would differ by half a pixel or more.
    """
    sides = [np.linspace(*limits, points) for limits in (ax.get_xlim(), ax.get_ylim())]
    height = f(np.stack(np.meshgrid(*sides), axis=-1))
    look = {"colors": [(PALETTE[role], 0.25)], "zorder": 0} | options
    filled = ax.contourf(*sides, height, [level, max(height.max(), level) + 1], **look)
    _keep_few_corners(filled, ax.transData, is_closed=True)
    return filled


def _keep_few_corners(artist, transform, is_closed):
    """Take from paths the corners that nobody sees where a transform places them."""
    few = [_with_few_corners(path, transform, is_closed) for path in artist.get_paths()]
    artist.set_paths(few)


def _with_few_corners(path, transform, is_closed):
    pieces = []
    for piece in path.transformed(transform).to_polygons(closed_only=is_closed):
        line = Path(piece)
        line.should_simplify, line.simplify_threshold = True, 0.5
        line = line.cleaned(simplify=True)
        pieces.append(Path(line.vertices[line.codes != Path.STOP], closed=is_closed))
    few = Path.make_compound_path(*pieces) if pieces else Path(np.empty((0, 2)))
    return few.transformed(transform.inverted())


def arrow(ax, start, end, role="slope", **options):
    """Draw an arrow from ``start`` to ``end``, each a pair (x, y)."""
    look = {"arrowstyle": "-|>", "color": PALETTE[role], "linewidth": 2, "mutation_scale": 12}
    return ax.annotate("", end, start, arrowprops=look | {"shrinkA": 0, "shrinkB": 0} | options)


def label(ax, x, y, text, role="ink", **options):
    """Write ``text`` beside the thing it names, starting at (x, y)."""
    return ax.text(x, y, text, **{"color": PALETTE[role], "va": "center"} | options)


def step_colours(count):
    """Return ``count`` colours from the first step (dark) to the last (bright)."""
    shades = list(STEPS.values())
    return [shades[k] for k in np.linspace(0, len(shades) - 1, count).round().astype(int)]
