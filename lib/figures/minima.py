"""The figures of the chapter on minima and losses."""

from functools import partial

import numpy as np

from lib import plots
from lib.derivatives import central_slope, one_sided_slopes
from lib.figures.parts import plain, ring
from lib.live import live_figure
from lib.live.letters import typeset

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _number(count):
    """Write a count as a word, as far as words go."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _fixed(value, places):
    """Write a number with so many digits after the point, without −0."""
    if not np.isfinite(value):
        return str(value).replace("inf", "∞").replace("-", "−")
    return typeset(f"{round(float(value), places) + 0.0:.{places}f}")


def _limits(values, usual):
    """Return the usual limits of an axis where they suit the values, else limits that do."""
    values = np.asarray(values, dtype=float)
    values = values[np.isfinite(values)]
    if not values.size:
        return usual
    low, high = values.min(), values.max()
    reach, room = high - low, usual[1] - usual[0]
    is_suited = usual[0] <= low and high <= usual[1] and reach > room / 8
    margin = reach / 10 or 1
    return usual if is_suited else (low - margin, high + margin)


def _slope_at(f, x):
    """Return the measured slope of f at x, elementwise, NaN where there is none."""
    with np.errstate(all="ignore"):
        left, right = one_sided_slopes(f, x, 1e-6)
        slope = central_slope(f, x)
        slack = 1e-3 * np.maximum(1, np.abs(slope))
        is_smooth = (np.abs(left - slope) <= slack) & (np.abs(right - slope) <= slack)
        return np.where(is_smooth, slope, np.nan)[()]


def _lowest(f, places, likely):
    """Return where f is least and the name of the place.

    `likely` are places by name. The first of them counts if f is nowhere lower; otherwise the
    place is found between the given ones, and has no name.
    """
    with np.errstate(all="ignore"):
        heights = np.array([f(place) for place in places], dtype=float)
        heights[~np.isfinite(heights)] = np.inf
        lowest, slack = heights.min(), 1e-9 * np.ptp(heights[np.isfinite(heights)])
        for name, place in likely.items():
            if f(place) <= lowest + slack:
                return place, name
        k = int(heights.argmin())
        return _narrowed(f, places[max(k - 1, 0)], places[min(k + 1, len(places) - 1)]), ""


def _narrowed(f, low, high):
    """Return the lowest place of a single valley between two places."""
    for _ in range(60):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, right) if f(left) < f(right) else (left, high)
    return (low + high) / 2


# A house on a street, and what it pays.

_PLACES = np.linspace(0, 10, 41)


def _bills(bills, x, **others):
    """Return the bills of a house at one place."""
    return np.asarray(bills(x=x, **others)[1], dtype=float)


def _bills_along(bills, **others):
    """Return the bills at all places along the street, shape (places, lines)."""
    return np.array([_bills(bills, place, **others) for place in _PLACES])


def _shapes(bills, sliders):
    """Return how many lines there are at the start, in words, and what shows the bills."""
    others = {name: slider.value for name, slider in sliders.items() if name != "x"}
    lines, asked = bills(x=7.3, **others)
    is_square = np.allclose(asked, (7.3 - np.asarray(lines)) ** 2)
    return _number(len(lines)), "squares" if is_square else "rectangles"


def _still_street(bills, sliders, top, axes):
    start = {name: slider.value for name, slider in sliders.items() if name != "x"}
    totals = _bills_along(bills, **start).sum(axis=-1)
    plots.window(axes[0], ((0, 10), (0, 9.02)), "place along the street", "")
    limits = (0, _limits(totals, (0, top))[1])
    plots.window(axes[1], ((0, 10), limits), "place x of the house", "cost")


def _draw_street(ax, x, lines, bills):
    for line, bill in zip(lines, bills, strict=True):
        _draw_bill(ax, x, line, bill)
    ax.vlines(lines, 0, 0.7, color=plots.PALETTE["data"], linewidth=4)
    plots.handle(ax, x, 0.35)


def _draw_bill(ax, x, line, bill):
    """Draw a rectangle over the distance whose area is the bill."""
    side, left = abs(x - line), min(x, line)
    height = bill / side if side else 0
    across, up = np.array([0, 1, 1, 0]), np.array([0, 0, 1, 1])
    tint = plots.PALETTE["loss"]
    ax.fill(left + side * across, height * up, facecolor=(tint, 0.2), edgecolor=tint, linewidth=1)


def _draw_costs_along(ax, x, along, bills):
    """Draw the bills at all places as thin curves, one line with gaps, and their sum."""
    gapped = np.vstack([along, np.full(along.shape[1], np.nan)])
    across = np.tile(np.append(_PLACES, np.nan), along.shape[1])
    ax.plot(across, gapped.T.ravel(), color=plots.PALETTE["muted"], linewidth=1)
    ax.plot(_PLACES, along.sum(axis=-1), color=plots.PALETTE["loss"], linewidth=2)
    plots.point(ax, x, bills.sum())
    plots.leaving(ax, x, bills.sum())


def two_power_lines(bills, **sliders):
    """Show a house between two power lines, an area for each bill, and the cost of all places.

    `bills(b, x)` returns the places of the lines and what each costs a house at x, shape (2,) both.
    """
    count, shapes = _shapes(bills, sliders)
    return live_figure(
        bills,
        partial(_draw_two, bills),
        sliders,
        name="two-power-lines",
        panels=2,
        still=partial(_still_street, bills, sliders, 80),
        readout=_say_two,
        drag=("x",),
        labels={"b": "second line b", "x": "house x"},
        play="x",
        alt=f"A house between {count} power lines with a {shapes[:-1]} on each distance, and the "
        "cost of places.",
        title=f"The {count} {shapes} are what you pay. "
        "The thin curves are their areas, the thick one the sum.",
    )


def _draw_two(bills, axes, result, b, x):
    lines, now = np.asarray(result[0]), np.asarray(result[1])
    _draw_street(axes[0], x, lines, now)
    _draw_costs_along(axes[1], x, _bills_along(bills, b=b), now)
    for name, gap, line in zip("ab", (0.2, 0.25), lines, strict=False):
        plots.label(axes[0], line + gap, 0.45, name, "data")


def _say_two(result, x):
    each = " + ".join(f"{bill:.2f}" for bill in result[1])
    return f"House at {x:.2f}: {each} = {np.sum(result[1]):.2f} to pay."


# Places of slope zero.


def flat_places(f, slope, **sliders):
    """Show a curve with a tangent that the reader moves, its valleys named, and its slope beside.

    `f` and its slope are functions that work elementwise.
    """
    valleys = _valleys(slope)
    alt, title = _words_of_valleys(valleys)
    return live_figure(
        partial(_height_and_slope, f, slope),
        _draw_flat,
        sliders,
        name="flat-places",
        panels=2,
        still=partial(_still_flat, f, slope, valleys),
        readout=partial(_say_flat, slope),
        drag=("x",),
        play="x",
        alt=alt,
        title=title,
        presets={"valley C": {"x": 5}, "top": {"x": 6}, "valley D": {"x": 7}},
        claims=_flat_claims(slope, valleys),
    )


def _flat_claims(slope, valleys):
    return {
        "valley C": lambda _, x: _name_at(valleys, x) == "C",
        "top": lambda _, x: _turn(slope, x) == "maximum",
        "valley D": lambda _, x: _name_at(valleys, x) == "D",
    }


def _height_and_slope(f, slope, x):
    """Return the height and the slope at x, NaN for a slope that is not there."""
    measured, given = _slope_at(f, x), slope(x)
    if np.isfinite(measured) and not np.isclose(given, measured, rtol=1e-3, atol=1e-3):
        raise ValueError(
            f"slope: wanted that of f at x = {x:g}, which is {measured:.3f}, got {given:.3f}"
        )
    return f(x), given if np.isfinite(measured) else np.nan


def _words_of_valleys(valleys):
    """Return the alternative text and the title, which count the valleys."""
    beside = "and a tangent that you move; beside it its slope."
    if len(valleys) < 2:
        return f"A curve {beside}", "A curve, and the slope that tells valleys from tops."
    count, names = _number(len(valleys)), _letters(valleys)
    return (
        f"A curve with {count} valleys {names[0]} to {names[-1]} {beside}",
        f"{count.capitalize()} valleys, and the slope that tells them from the tops between them.",
    )


_ENDS = (0.4, 9.6)


def _valleys(slope):
    """Return where the slope goes from − to + in the picture."""
    x = np.linspace(*_ENDS, 1000)
    steep = np.array([slope(place) for place in x], dtype=float)
    x, steep = x[np.abs(steep) > 1e-9], steep[np.abs(steep) > 1e-9]
    k = np.flatnonzero((steep[:-1] < 0) & (steep[1:] > 0))
    return x[k] + (x[k + 1] - x[k]) * steep[k] / (steep[k] - steep[k + 1])


def _letters(valleys):
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(valleys)]


def _name_at(valleys, x):
    """Return the letter of the valley whose bottom is at x, if one is."""
    near = [
        name for name, at in zip(_letters(valleys), valleys, strict=False) if abs(at - x) < 0.05
    ]
    return near[0] if near else ""


def _turn(slope, x):
    """Return what a place of slope 0 is by the signs on its two sides."""
    before, here, after = (slope(x + step) for step in (-0.05, 0, 0.05))
    if not abs(here) <= 1e-6:
        return ""
    kinds = {(-1, 1): "minimum", (1, -1): "maximum"}
    return kinds.get((np.sign(before), np.sign(after)), "neither")


def _still_flat(f, slope, valleys, axes):
    x = np.linspace(*_ENDS, 241)
    heights, steep = ([float(each(place)) for place in x] for each in (f, slope))
    plots.window(axes[0], (_ENDS, _limits(heights, (0.6, 3.4))), "x", "height f(x)")
    axes[0].plot(x, heights, color=plots.PALETTE["function"], linewidth=2)
    plots.window(axes[1], (_ENDS, _limits(steep, (-3, 3))), "x", "slope f′(x)")
    plots.segment(axes[1], (_ENDS[0], 0), (_ENDS[1], 0), "muted", linewidth=1)
    axes[1].plot(x, steep, color=plots.PALETTE["slope"], linewidth=2)
    below = 0.18 / 2.8 * np.ptp(axes[0].get_ylim())
    for name, place in zip(_letters(valleys), valleys, strict=False):
        plots.label(axes[0], place, f(place) - below, name, ha="center")


def _draw_flat(axes, result, x):
    height, steep = result
    if np.isfinite(steep):
        plots.line(axes[0], steep, x, height)
        plots.point(axes[1], x, steep)
    plots.handle(axes[0], x, height if np.isfinite(height) else axes[0].get_ylim()[0])


def _say_flat(slope, result, x):
    steep = result[1]
    if not np.isfinite(steep):
        return f"x = {x:.1f}: no slope here."
    if abs(steep) > 1e-6:
        return f"x = {x:.1f}: slope {steep:.2f}, so one way is still down."
    signs = {
        "minimum": "a local minimum: slope from − to +",
        "maximum": "a local maximum: slope from + to −",
        "neither": "but the signs on its two sides tell neither minimum nor maximum",
    }
    return f"x = {x:.1f}: slope 0, {signs[_turn(slope, x)]}."


def one_flat_place(kinds, **sliders):
    """Show curves about x = 0 with a tangent, and beside them the slope, which decides.

    `kinds` are functions by name that work elementwise. Their slopes are measured.
    """
    return live_figure(
        partial(_measured, kinds),
        _draw_verdict,
        sliders,
        name="one-flat-place",
        panels=2,
        still=_still_verdict,
        readout=lambda measured: measured[3],
        drag=("x",),
        play="x",
        alt="A curve with its tangent, and beside it the slope, whose signs around 0 decide.",
        title="What the slope does around the place decides, not the 0 alone.",
    )


_ACROSS = np.linspace(-2, 2, 81)


def _measured(kinds, curve):
    """Return a function, its heights and slopes across the picture, and the verdict on x = 0."""
    f = kinds[curve]
    with np.errstate(all="ignore"):
        heights = np.broadcast_to(f(_ACROSS), _ACROSS.shape)
    return f, heights, _slope_at(f, _ACROSS), _verdict(f)


def _verdict(f):
    """Return what x = 0 is by the slope there and the signs on both sides."""
    slope, signs = float(_slope_at(f, 0.0)), _signs_beside(f)
    kind = {(-1, 1): "minimum", (1, -1): "maximum"}.get(signs)
    if not np.isfinite(slope):
        if kind and _is_extreme(f, kind):
            return f"A {kind} at the corner x = 0, where there is no slope at all."
        return "There is no slope at x = 0, and the signs beside it decide nothing."
    if abs(slope) > 1e-6:
        return f"Slope {slope:.2f} at x = 0, and not 0: neither minimum nor maximum."
    if kind:
        ways = "− to +" if kind == "minimum" else "+ to −"
        return f"Slope 0 at x = 0, from {ways}: a {kind}."
    if signs in ((1, 1), (-1, -1)):
        sign = "+" if signs == (1, 1) else "−"
        return f"Slope 0 at x = 0, {sign} on both sides: neither minimum nor maximum."
    return "Slope 0 at x = 0, and on one side at least it stays 0."


def _signs_beside(f):
    """Return the signs of the slope on the left and on the right of 0."""
    slopes = _slope_at(f, np.array([-0.01, 0.01]))
    return tuple(float(np.sign(slope)) if abs(slope) > 1e-10 else 0.0 for slope in slopes)


def _is_extreme(f, kind):
    """Return whether f(0) is no higher than beside it, or no lower for a maximum."""
    turned = 1 if kind == "minimum" else -1
    return all(turned * f(0.0) <= turned * f(x) for x in (-0.01, 0.01))


def _still_verdict(axes):
    plots.window(axes[0], ((-2, 2), (-3, 3)), "x", "height f(x)")
    plots.window(axes[1], ((-2, 2), (-4, 4)), "x", "slope f′(x)")
    plots.segment(axes[1], (-2, 0), (2, 0), "muted", linewidth=1)


def _draw_verdict(axes, measured, x):
    f, heights, slopes, _ = measured
    axes[0].plot(_ACROSS, heights, color=plots.PALETTE["function"], linewidth=2)
    axes[1].plot(_ACROSS, slopes, color=plots.PALETTE["slope"], linewidth=2)
    height, slope = float(f(x)), float(_slope_at(f, x))
    if np.isfinite(slope):
        plots.line(axes[0], slope, x, height)
        plots.point(axes[1], x, slope)
    plots.handle(axes[0], x, height if np.isfinite(height) else 0)


# More lines on the street.


def n_power_lines(bills, **sliders):
    """Show a house on a street with n power lines, an area for each bill, and where it is cheapest.

    `bills(n, x)` returns the places of the lines and what each costs a house at x, shape (n,) both.
    """
    _, shapes = _shapes(bills, sliders)
    presets = {"two": {"n": 2}, "three": {"n": 3}, "six": {"n": 6}}
    return live_figure(
        bills,
        partial(_draw_many, bills),
        sliders,
        name="n-power-lines",
        panels=2,
        still=partial(_still_street, bills, sliders, 160),
        readout=partial(_say_many, bills),
        drag=("x",),
        labels={"n": "power lines n", "x": "house x"},
        alt=f"A house on a street with {_span_of_lines(bills, sliders)} power lines, a "
        f"{shapes[:-1]} on each distance, the cost.",
        title=f"As many {shapes} as lines. At the lowest cost a dotted line appears.",
        presets=presets,
        claims={name: partial(_has_lines, wish["n"]) for name, wish in presets.items()},
    )


def _span_of_lines(bills, sliders):
    """Return how many lines there are at the ends of the slider, in words."""
    n = sliders["n"]
    ends = getattr(n, "min", n.value), getattr(n, "max", n.value)
    few, many = (_number(len(bills(n=end, x=0.0)[0])) for end in ends)
    return few if few == many else f"{few} to {many}"


def _has_lines(count, result):
    return len(result[0]) == count


def _cheapest(bills, lines, n):
    """Return the cost of a house at any place, where it is least, and the name of that place."""

    def cost(x):
        return _bills(bills, x, n=n).sum()

    return cost, *_lowest(cost, _PLACES, {"mean": np.mean(lines), "median": np.median(lines)})


def _draw_many(bills, axes, result, n, x):
    lines, now = np.asarray(result[0]), np.asarray(result[1])
    _draw_street(axes[0], x, lines, now)
    _draw_costs_along(axes[1], x, _bills_along(bills, n=n), now)
    _, best, name = _cheapest(bills, lines, n)
    if abs(x - best) < 0.13:
        for ax in axes:
            top = ax.get_ylim()[1]
            plots.segment(ax, (best, 0), (best, top), "target")
            plots.label(ax, best + 0.2, 0.95 * top, f"{name or 'least at'} {best:.2f}", "target")


def _say_many(bills, result, n, x):
    cost, best, name = _cheapest(bills, result[0], n)
    words = f"House at {x:.2f}: cost {cost(x):.2f}"
    if abs(x - best) < 0.13 or np.isclose(cost(x), cost(best)):
        at = f", at the {name}" if name and abs(x - best) < 0.13 else ""
        return f"{words}. The least is {cost(best):.2f}{at}."
    slope = _slope_at(cost, x)
    steep = f"slope {_fixed(slope, 1)}" if np.isfinite(slope) else "a corner"
    return f"{words}, {steep}. {_way_down(cost, x)}"


def _way_down(cost, x):
    """Return which way to go from a place that is not the cheapest."""
    left, here, right = (cost(x + step) for step in (-0.01, 0, 0.01))
    if min(left, right) >= here:
        return "No way is down from here, but this is not the least."
    return "Go left." if left < right else "Go right."


# Where setting the slope to zero fails.


def recipe_fails(cases, recipe, **sliders):
    """Show a curve with the places of slope 0 and the lowest place, and beside it its slope.

    Args:
        cases: by name, functions that work elementwise.
        recipe: `recipe(curve)` returns the places of slope 0 and the lowest places, two arrays.
    """
    return live_figure(
        recipe,
        partial(_draw_recipe, cases),
        sliders,
        name="recipe-fails",
        panels=2,
        still=_still_recipe,
        readout=partial(_say_recipe, cases),
        drag=("x",),
        labels={"x": "place x"},
        play="x",
        alt="A curve with a tangent, the places of slope 0 and the lowest place; its slope.",
        title="Discs: slope 0. Ring: the lowest place of the range.",
    )


_RANGE = np.linspace(-2, 2, 161)


def _still_recipe(axes):
    for ax, name in zip(axes, ("height f(x)", "slope f′(x)"), strict=True):
        plots.window(ax, ((-2.1, 2.1), (-5, 8)), "x", name)
        plots.segment(ax, (-2.1, 0), (2.1, 0), "muted", linewidth=1)


def _draw_recipe(cases, axes, places, curve, x):
    f, (flat, lowest) = cases[curve], places
    slopes, slope = _slope_at(f, _RANGE), _slope_at(f, x)
    axes[0].plot(_RANGE, f(_RANGE), color=plots.PALETTE["function"], linewidth=2)
    axes[1].plot(_RANGE, slopes, color=plots.PALETTE["slope"], linewidth=2)
    marked = flat[np.linspace(0, len(flat) - 1, min(len(flat), 9)).round().astype(int)]
    plots.point(axes[0], marked, f(marked), "slope", size=7)
    plots.point(axes[1], marked, 0 * marked, "slope", size=7)
    for place in {lowest[0], lowest[-1]}:
        ring(axes[0], place, f(place))
    if np.isfinite(slope):
        plots.line(axes[0], slope, x, f(x))
        plots.point(axes[1], x, slope)
    plots.handle(axes[0], x, f(x))


def _say_recipe(cases, places, curve, x):
    flat, lowest = places
    slope = _slope_at(cases[curve], x)
    here = f"Slope {_fixed(slope, 2)}" if np.isfinite(slope) else "No slope"
    return f"{here} at {x:.1f}. Slope 0: {_places(flat)}. Lowest: {_places(lowest)}."


def _places(found):
    """Write places as a list, or a whole stretch by its ends."""
    if not len(found):
        return "nowhere"
    if len(found) > 5:
        return f"all of {_fixed(found[0], 1)} to {_fixed(found[-1], 1)}"
    return ", ".join(_fixed(place, 2) for place in found)


# Two prices on one street.


def mean_and_median(prices, **sliders):
    """Show what every house costs at two prices, and where each price puts the house.

    `prices(lines, far, x)` returns the places of the power lines, shape (n,), and the two costs of
    a house at x, such as the mean squared and the mean plain distance.
    """
    names = _price_names(prices, sliders)
    alt, title = _words_of_prices(names)
    return live_figure(
        partial(_at_two_prices, prices),
        partial(_draw_prices, prices),
        sliders,
        name="mean-and-median",
        panels=2,
        still=partial(_still_prices, prices, names, sliders),
        readout=partial(_say_prices, prices, names),
        drag=("x",),
        labels={"lines": "street", "far": "last line", "x": "house x"},
        alt=alt,
        title=title,
    )


def _words_of_prices(names):
    """Return the alternative text and the title."""
    if names == _USUAL_PRICES:
        return (
            "The mean squared and the mean plain distance to the power lines, for every house.",
            "The same lines, paid by the square and by the metre.",
        )
    return (
        "Two costs of reaching the power lines, for every house.",
        "The same lines, paid at two prices, and the house that each makes cheapest.",
    )


_USUAL_PRICES = ["mean square", "mean distance"]
_ON_AXIS = {"mean square": "mean squared distance"}
_ALONG = np.linspace(0, 12, 49)


def _price_names(prices, sliders):
    """Return how the two costs are called, by what they are at some houses."""
    start = {name: slider.value for name, slider in sliders.items()}
    houses = np.array([0.3, 3.2, 6.7])
    costs = np.array([prices(**start | {"x": x})[1:] for x in houses], dtype=float)
    gaps = np.subtract.outer(houses, prices(**start)[0])
    kinds = dict(zip(_USUAL_PRICES, (gaps**2, np.abs(gaps)), strict=True))
    return [
        next((name for name, each in kinds.items() if np.allclose(cost, each.mean(-1))), otherwise)
        for cost, otherwise in zip(costs.T, ("first cost", "second cost"), strict=True)
    ]


def _still_prices(prices, names, sliders, axes):
    start = {name: slider.value for name, slider in sliders.items()}
    points = prices(**start)[0]
    at_lines = np.array([prices(**start | {"x": place})[1:] for place in points], dtype=float)
    for ax, top, costs, name in zip(axes, (30, 6), at_lines.T, names, strict=True):
        limits = (0, _limits(costs, (0, top))[1])
        plots.window(ax, ((0, 12), limits), "house x", _ON_AXIS.get(name, name))


def _at_two_prices(prices, lines, far):
    """Return the places of the lines, the two costs along the street, and where they are least."""
    asked = partial(prices, lines=lines, far=far)
    points = asked(x=0.0)[0]
    along = np.array([asked(x=place)[1:] for place in _ALONG], dtype=float)
    likely = ("mean", "median"), ("median", "mean")
    best = [_best(lambda x, k=k: asked(x=x)[k + 1], points, likely[k]) for k in (0, 1)]
    return points, along, best


def _draw_prices(prices, axes, street, lines, far, x):
    points, along, best = street
    for ax, costs, (low, high, words) in zip(axes, along.T, best, strict=True):
        top = ax.get_ylim()[1]
        ax.plot(_ALONG, costs, color=plots.PALETTE["loss"], linewidth=2)
        plots.point(ax, points, [0.03 * top] * len(points), "data", size=8)
        posts = ([low, low, np.nan, high, high], [0, 0.86 * top, np.nan, 0, 0.86 * top])
        ax.plot(*posts, color=plots.PALETTE["target"], linestyle=":", linewidth=2)
        plots.label(ax, (low + high) / 2, 0.91 * top, words, "target", ha="center")
    _, first, second = prices(lines=lines, far=far, x=x)
    plots.handle(axes[0], x, first)
    plots.point(axes[1], x, second, size=11)
    plots.leaving(axes[1], x, second)


def _best(cost, points, likely):
    """Return where a cost is least, from and to, and the words for it."""
    points = np.sort(points)
    low, high = points[(len(points) - 1) // 2], points[len(points) // 2]
    middles = {"mean": np.mean(points), "median": (low + high) / 2}
    place, name = _lowest(cost, _ALONG, {name: middles[name] for name in likely})
    is_flat = np.isclose(cost(low), cost(place)) and np.isclose(cost(high), cost(place))
    if low < high and is_flat:
        return low, high, f"all of {low:g} to {high:g}"
    words = {"mean": f"mean {place:.1f}", "median": f"median {place:g}"}
    return place, place, words.get(name, f"least at {place:.1f}")


def _say_prices(prices, names, street, lines, far, x):
    costs = prices(lines=lines, far=far, x=x)[1:]
    words = ", ".join(f"{name} {cost:.2f}" for name, cost in zip(names, costs, strict=True))
    return f"House at {x:.1f}: {words}."


# A line among points, and its errors.


def three_costs(points, hypothesis, means, **sliders):
    """Show a line among points with its errors, and beside it a bar for each way to add them up.

    Args:
        points: the data, with fields x and y of shape (m,).
        hypothesis: `hypothesis(theta0, theta1, x)` is the height of the line at x, elementwise.
        means: `means(theta0, theta1)` returns the heights of the bars, such as the mean error,
            the mean absolute and the mean squared error.
    """
    names, presets = _mean_names(points, hypothesis, means), _presets_of_lines(points)
    alt, title = _words_of_errors(points, _shape(hypothesis), names)
    return live_figure(
        means,
        partial(_draw_errors, points, hypothesis),
        sliders,
        name="three-costs",
        panels=2,
        still=partial(_still_errors, points, names),
        readout=partial(_say_errors, names),
        labels={"theta0": "height θ₀", "theta1": "slope θ₁"},
        alt=alt,
        title=title,
        presets=presets,
        claims={name: partial(_is_balanced, points, hypothesis, name) for name in presets},
    )


def _words_of_errors(points, line, names):
    """Return the alternative text and the title, which count the points and the bars."""
    many, ways = _number(len(points.x)).capitalize(), _number(len(names))
    each = "mean" if _are_usual(names) else "cost"
    return (
        f"{many} points with a {line} and its errors; beside it {ways} bars, one for each {each}.",
        f"One {line}, {ways} ways to add up its errors. Every preset has mean error 0.",
    )


def _shape(hypothesis):
    """Return whether the hypothesis draws a line or another curve."""
    low, middle, high = (hypothesis(0.7, 1.3, x) for x in (0.0, 2.0, 4.0))
    return "line" if np.isclose(middle - low, high - middle) else "curve"


def _presets_of_lines(points):
    """Return lines of four slopes through the mean of the points."""
    x, y = np.mean(points.x), np.mean(points.y)
    slopes = {"falling": -1, "level": 0, "rising": 0.5, "steep": 2}
    return {name: {"theta0": y - x * slope, "theta1": slope} for name, slope in slopes.items()}


def _errors(points, hypothesis, theta0, theta1):
    return hypothesis(theta0, theta1, points.x) - points.y


def _is_balanced(points, hypothesis, name, _, theta0, theta1):
    """Return whether a preset has mean error 0, and leads the way that it is called."""
    mean = np.mean(_errors(points, hypothesis, theta0, theta1))
    rise = hypothesis(theta0, theta1, 1.0) - hypothesis(theta0, theta1, 0.0)
    way = {"falling": rise < 0, "level": rise == 0}.get(name, rise > 0)
    return abs(mean) < 0.005 and way


def _mean_names(points, hypothesis, means):
    """Return how the means are called, by what they are for some lines."""
    lines = ((0.7, 1.3), (9.1, -2.7), (3.3, 0.2))
    error = np.array([_errors(points, hypothesis, *line) for line in lines])
    kinds = {"mean error": error, "mean |error|": np.abs(error), "mean error²": error**2}
    values = np.transpose([means(*line) for line in lines])
    return [
        next((name for name, each in kinds.items() if np.allclose(value, each.mean(-1))), other)
        for value, other in zip(values, (f"cost {k + 1}" for k in range(len(values))), strict=True)
    ]


def _are_usual(names):
    return all(name.startswith("mean ") for name in names)


def _still_errors(points, names, axes):
    plots.window(axes[0], (_limits(points.x, (0, 4)), _limits(points.y, (-2, 8))), "x", "y")
    plots.point(axes[0], points.x, points.y, "data")
    is_usual = _are_usual(names)
    end = len(names)
    plots.window(axes[1], ((0, end), (-4, 12)), "", "the mean of" if is_usual else "")
    ticks = [name.removeprefix("mean ") if is_usual else name for name in names]
    axes[1].set_xticks(np.arange(end) + 0.5, labels=ticks)
    plots.segment(axes[1], (0, 0), (end, 0), "muted", linewidth=1)


def _draw_errors(points, hypothesis, axes, means, theta0, theta1):
    heights = np.vectorize(partial(hypothesis, theta0, theta1), otypes=[float])
    plots.curve(axes[0], heights, "model", 2 if _shape(hypothesis) == "line" else 61)
    ends = points.y + _errors(points, hypothesis, theta0, theta1)
    axes[0].vlines(points.x, points.y, ends, color=plots.PALETTE["loss"], linewidth=2)
    places = np.arange(len(means)) + 0.5
    axes[1].bar(places, means, width=0.6, color=plots.PALETTE["loss"])
    for place, mean in zip(places, means, strict=True):
        plots.leaving(axes[1], place, mean, "ink")


def _say_errors(names, means):
    words = ", ".join(f"{name} {_fixed(mean, 2)}" for name, mean in zip(names, means, strict=True))
    return words[0].upper() + words[1:] + "."


# A coin with an unknown chance.


def coin_likelihood(chance, **sliders):
    """Show the likelihood of a series of tosses over p, its top as 1, and beside it its logarithm.

    `chance(heads, tails, p)` returns the heights of the two curves at p.
    """
    names = _coin_names(chance)
    alt, title = _words_of_coin(names)
    return live_figure(
        partial(_tossed, chance),
        partial(_draw_coin, chance),
        sliders,
        name="coin-likelihood",
        panels=2,
        still=partial(_still_coin, chance, names, sliders),
        readout=partial(_say_coin, chance, names[1]),
        drag=("p",),
        labels={"heads": "this side", "tails": "other side"},
        play="p",
        alt=alt,
        title=title,
        presets={f"{h} and {t}": {"heads": h, "tails": t} for h, t in ((7, 3), (3, 3), (5, 0))},
    )


def _words_of_coin(names):
    """Return the alternative text and the title."""
    if names == _USUAL_COIN:
        return (
            "The likelihood of the tosses as a curve over p, and beside it the curve's logarithm.",
            "Two curves, one top: the likelihood and its logarithm, for any tosses.",
        )
    return (
        f"The {names[0]} over p, and beside it the {names[1]}.",
        "Two curves over p, for any tosses. Dotted: where a curve is highest.",
    )


_USUAL_COIN = ("likelihood g", "logarithm G")
_P = np.linspace(0.005, 0.995, 45)


def _curves(chance, heads, tails):
    """Return the heights of the two curves over p, shape (2, p)."""
    return np.transpose([chance(heads=heads, tails=tails, p=p) for p in _P])


def _coin_names(chance):
    """Return how the two curves are called, by what they are for some tosses."""
    first, second = _curves(chance, 2, 1)
    is_chance, is_log = np.allclose(first, _P**2 * (1 - _P)), np.allclose(second, np.log(first))
    return "likelihood g" if is_chance else "curve g", "logarithm G" if is_log else "second curve"


def _tossed(chance, heads, tails):
    """Return the two curves over p and the places of their tops."""
    curves = _curves(chance, heads, tails)
    return curves, [_top(chance, heads, tails, k) for k in (0, 1)]


def _top(chance, heads, tails, k):
    """Return where one of the two curves is highest, NaN if it is level or has no top."""
    heights = _curves(chance, heads, tails)[k]
    if np.ptp(heights) == 0:
        return np.nan
    share = {"share": heads / max(heads + tails, 1)}
    top, name = _lowest(lambda p: -chance(heads=heads, tails=tails, p=p)[k], _P, share)
    is_inside = _P[0] + 1e-6 < top < _P[-1] - 1e-6
    return top if name or is_inside else np.nan


def _still_coin(chance, names, sliders, axes):
    plots.window(axes[0], ((0, 1), (0, 1.1)), "p", f"{names[0]}, its top as 1")
    limits, name = (-16, 0), f"its {names[1]}"
    if names[1] != "logarithm G":
        heights = _curves(chance, sliders["heads"].value, sliders["tails"].value)[1]
        limits, name = _limits(heights, (0, 0)), names[1]
    plots.window(axes[1], ((0, 1), limits), "p", name)


def _draw_coin(chance, axes, tossed, heads, tails, p):
    asked = partial(chance, heads=heads, tails=tails)
    (share, log), tops = tossed
    scale = 1 / (share.max() if np.isnan(tops[0]) else asked(p=tops[0])[0])
    low, high = axes[1].get_ylim()
    spans = (0, 1.03), (low, high - 0.025 * (high - low))
    for ax, heights, top, span in zip(axes, (share * scale, log), tops, spans, strict=True):
        ax.plot(_P, heights, color=plots.PALETTE["function"], linewidth=2)
        plots.segment(ax, (top, span[0]), (top, span[1]), "target")
    if np.isfinite(tops[1]):
        where = (tops[1] - 0.02, low + (high - low) / 16)
        plots.label(axes[1], *where, f"p = {tops[1]:.2f}", "target", ha="right")
    here = [scale * asked(p=p)[0], asked(p=p)[1]]
    slopes = [_slope_at(lambda each, k=k: asked(p=each)[k], p) for k in (0, 1)]
    for ax, slope, height in zip(axes, (scale * slopes[0], slopes[1]), here, strict=True):
        if np.isfinite([slope, height]).all():
            plots.line(ax, slope, p, height)
    plots.handle(axes[0], p, here[0])
    if np.isfinite(here[1]):
        plots.point(axes[1], p, here[1], size=11)
    plots.leaving(axes[1], p, here[1])


def _say_coin(chance, second, tossed, heads, tails, p):
    g, other = chance(heads=heads, tails=tails, p=p)
    words = f"p = {p:.2f}: g = {plain(g, 3)}, "
    words += f"{'G' if second == 'logarithm G' else second} = {_fixed(other, 3)}"
    return f"{words}, {_way_up(chance, tossed, heads, tails, p)}."


def _way_up(chance, tossed, heads, tails, p):
    """Return where the first curve is higher than at p."""
    if abs(p - tossed[1][0]) < 1e-9:
        return "the top"
    beside = np.clip([p - 1e-3, p + 1e-3], 0, 1)
    left, right = (chance(heads=heads, tails=tails, p=each)[0] for each in beside)
    if left == right:
        return "level"
    return "higher to the right" if right > left else "higher to the left"


def log_pieces(tosses, pieces, **sliders):
    """Show the losses of the single tosses end to end, and the least sum they can have.

    Args:
        tosses: 1 for this side, 0 for the other, shape (m,).
        pieces: `pieces(p)` returns the loss of each toss, shape (m,).
    """
    count = _number(len(tosses))
    return live_figure(
        pieces,
        partial(_draw_pieces, tosses, pieces),
        sliders,
        name="log-pieces",
        still=partial(_still_pieces, tosses, pieces),
        readout=partial(_say_pieces, tosses),
        alt=f"{count.capitalize()} pieces laid end to end, one for each toss, and the least length "
        "they can have.",
        title="Each toss costs its own piece. The pieces add up.",
    )


def _sides(tosses, pieces):
    """Return the pieces of this side and of the other."""
    is_this = np.asarray(tosses) == 1
    return np.asarray(pieces)[is_this], np.asarray(pieces)[~is_this]


def _still_pieces(tosses, pieces, ax):
    sums = [np.sum(pieces(p)) for p in (0.1, 0.3, 0.5, 0.7, 0.95)]
    end = _limits([0, *sums], (0, 21))[1]
    plots.window(ax, ((0, end), (0, 3)), "sum of the pieces", "")
    ax.set_yticks([])
    this, other = _sides(tosses, pieces(0.3))
    name = "−ln p" if np.allclose(this, -np.log(0.3)) else "of this side"
    _label_side(ax, 2.75, this, name, "loss")
    name = "−ln(1 − p)" if np.allclose(other, -np.log(0.7)) else "of the other side"
    _label_side(ax, 2.35, other, name, "data")


def _label_side(ax, y, side, name, role):
    """Say how many pieces of one kind there are, if there are any."""
    if len(side):
        noun = "piece" if len(side) == 1 else "pieces"
        words = f"{_number(len(side))} {noun} {name}"
        plots.label(ax, 0.3 / 21 * ax.get_xlim()[1], y, words, role)


def _draw_pieces(tosses, pieces, ax, now):
    left = 0.0
    for role, side in zip(("loss", "data"), _sides(tosses, now), strict=True):
        tint = plots.PALETTE[role]
        for piece in side:
            end = min(left + piece, 2 * ax.get_xlim()[1])
            ax.fill((left, end, end, left), (1, 1, 2, 2), facecolor=(tint, 0.25), edgecolor=tint)
            left = end
    plots.leaving(ax, left, 1.5, "data")
    least = _least_sum(tosses, pieces)
    plots.segment(ax, (least, 0), (least, 2.2), "target")
    gap = 0.1914 / 21 * ax.get_xlim()[1]
    plots.label(ax, least + gap, 0.4, f"the least sum, {least:.4f}", "target")


def _least_sum(tosses, pieces):
    with np.errstate(all="ignore"):
        places, share = np.linspace(0, 1, 41), {"share": np.mean(tosses)}
        place, _ = _lowest(lambda p: np.sum(pieces(p)), places, share)
        return np.sum(pieces(place))


def _say_pieces(tosses, pieces, p):
    sides = [side for side in _sides(tosses, pieces) if len(side)]
    words = f"p = {p:.3f}: "
    if all(np.allclose(side, side[0]) for side in sides):
        words += " + ".join(f"{len(side)} · {_fixed(side[0], 3)}" for side in sides) + " = "
    return words + _fixed(np.sum(pieces), 4)
