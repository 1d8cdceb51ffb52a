"""The figures of the chapter on house prices."""

from decimal import Decimal
from functools import partial
from itertools import product
from typing import NamedTuple

import numpy as np
from matplotlib.ticker import MaxNLocator

from lib import plots
from lib.data import houses
from lib.live import live_figure
from lib.live.sliders import positions

_LABELS = {
    "W": "weight W",
    "b": "bias b",
    "rule": "slopes",
    "rate": "learning rate α",
    "W0": "start W₀",
    "b0": "start b₀",
}
_LINE_LEVELS = [1.2, 2, 5, 12, 25, 60, 120, 240]
_S_LEVELS = [0.3, 1, 3, 8, 16, 32, 64, 128, 300]
_CUBIC_LEVELS = [0.02, 0.05, 0.15, 0.4, 1, 3, 8, 20]
_WIDE_LEVELS = [0.1, 0.5, 2, 6, 16, 40, 120, 400]
_REST_LEVELS = np.divide(
    [13.795, 13.81, 13.85, 13.92, 14.02, 14.15, 14.3, 14.5, 14.8, 16, 20], 1000
)


#: How three models or their losses are told apart.
_DASHES = ("-", "--", "-.")


class _Film(NamedTuple):
    """What was kept of one walk: step numbers (k,) and, as in a `Path`, x (k, 2) and losses f."""

    steps: np.ndarray
    x: np.ndarray
    f: np.ndarray


def house_line_by_hand(x, y, model, **sliders):
    """Show a model among the houses and, beside it, its two parameters as a point over its loss.

    Args:
        x, y: floors and prices, shape (n,).
        model: `model(theta, x)` returns the prices that theta = (W, b) gives, shape (n,).
    """
    limits = ((-0.5, 5.5), (-8, 2))
    return _by_hand("house-line-by-hand", x, y, model, sliders, limits, _LINE_LEVELS)


def _by_hand(name, x, y, model, sliders, limits, levels):
    loss = partial(_loss, x, y, model)
    limits, kind = _around(limits, sliders, ("W", "b")), _kind(model)
    return live_figure(
        lambda W, b: loss([W, b]),
        partial(_draw_hand, x, y, model),
        sliders,
        name=name,
        panels=2,
        still=partial(_still_fit, x, y, loss, limits, levels, _is_tall(model)),
        readout=lambda loss: f"loss, the mean of the squared misses: {loss:.3g}",
        labels=_LABELS,
        alt=f"Houses and a {kind}; beside it the {kind} as a point on a map of the loss.",
        title=f"The {kind} and its misses; and the same {kind} as a point over the loss.",
    )


def _loss(x, y, model, theta):
    with np.errstate(all="ignore"):  # a model may have diverged
        return np.mean((model(theta, x) - y) ** 2)


def _around(limits, sliders, names):
    """Return the limits of the map, widened where the sliders leave it."""
    ends = []
    for (low, high), name in zip(limits, names, strict=True):
        values = _stops(sliders, name)
        ends.append((min(low, *values), max(high, *values)))
    return tuple(ends)


def _stops(sliders, name):
    """Return the values that a slider takes, and let it write all decimals of its steps."""
    if name not in sliders:
        raise TypeError(f"sliders: got {sorted(sliders)}, wanted also {name!r}")
    slider = sliders[name]
    if getattr(slider, "readout_format", "") == ".2f":  # as it is if nobody chose one
        exponents = [Decimal(str(end)).as_tuple().exponent for end in (slider.min, slider.step)]
        slider.readout_format = f".{max(2, -min(exponents))}f"
    return positions(name, slider, _LABELS.get(name)).values


def _still_fit(x, y, loss, limits, levels, tall, axes):
    across = (min(0, min(x) - 1), max(5, max(x) + 1))
    inferred = np.array_equal([x, y], houses())
    up = (min(-2, min(y) - 1), max(13, max(y) + 1))
    if tall:  # an S-curve is seen whole
        across, up = (across[0], max(across[1], 9)), (up[0], max(up[1], 21))
    plots.window(axes[0], (across, up), "floors x", "price y" + " (inferred)" * inferred)
    plots.point(axes[0], x, y, "data")
    _draw_map(axes[1], partial(np.apply_along_axis, loss, -1), limits, levels)


def _is_tall(model):
    """Return whether the model ends at a height above the houses, as an S-curve does."""
    ends = np.ravel([model([1.0, 0.0], np.array([far])) for far in (50.0, 60.0)])
    return bool(13 < ends[0] < 25 and np.isclose(*ends))


def _draw_map(ax, loss, limits, levels):
    """Draw level lines of the loss; where it has hardly any of the levels, ten of its own."""
    plots.window(ax, limits, "W", "b")
    heights = loss(np.stack(np.meshgrid(*(np.linspace(*ends, 9) for ends in limits)), axis=-1))
    low, high = np.min(heights), np.max(heights)
    if np.count_nonzero((low < levels) & (levels < high)) < 3 and 0 < low < high < np.inf:
        levels = np.geomspace(low, high, 12)[:-1]
    plots.contours(ax, loss, levels, points=45)


def _draw_hand(x, y, model, axes, loss, W, b):
    _draw_model(axes[0], model, [W, b])
    plots.misses(axes[0], x, y, model([W, b], np.asarray(x)))
    plots.point(axes[1], W, b, size=11)


def _draw_model(ax, model, theta):
    points = 2 if _kind(model) == "line" else 21 if _is_tall(model) else 15
    plots.curve(ax, partial(model, theta), "model", points=points)


def _kind(model):
    """Return what the model draws, a line or a curve."""
    bend = np.diff(model([1.0, 0.5], np.array([0.0, 1.0, 2.0])), 2)
    return "curve" if abs(bend) > 1e-9 else "line"


def line_learns(x, y, model, walks, **sliders):
    """Show the film of a walk: the model among the houses, its parameters over its loss.

    Args:
        x, y: floors and prices, shape (n,).
        model: `model(theta, x)` returns the prices that theta = (W, b) gives, shape (n,).
        walks: `walks(rates, starts)` takes all walks of the figure at once, with rates of shape
            (m, 1) and starts of shape (m, 2), and returns {step: places}, places of shape (m, 2).
    """
    limits = ((-1, 6), (-8, 3))
    presets = {
        "the notes' rate": {"rate": 0.000149, "frame": 12},
        "good": {"rate": 0.1, "frame": 10},
        "too large": {"rate": 0.13, "frame": 5},
    }
    claims = {"good": _has_arrived, "too large": lambda film: not _goes_down(film)}
    films = {None: _all_films(partial(_loss, x, y, model), walks, sliders)}
    staging = {"presets": presets, "claims": claims}
    return _learns("line-learns", x, y, model, films, sliders, limits, _LINE_LEVELS, **staging)


def _all_films(loss, walks, sliders):
    """Return {(rate, W0, b0): its `_Film`} for all positions of the sliders."""
    settings = list(product(*(_stops(sliders, name) for name in ("rate", "W0", "b0"))))
    rates, *starts = np.transpose(settings)
    films = _films(loss, walks(rates[:, None], np.transpose(starts)), len(settings))
    return dict(zip(settings, films, strict=True))


def _films(loss, places, count):
    """Return the `_Film` of each of the walks whose {step: places} are given."""
    steps, kept = np.array(list(places)), np.array(list(places.values()))
    if kept.shape != (len(steps), count, 2):
        wanted = f"places of shape {(count, 2)} at each step"
        raise ValueError(f"walks: got places of shape {kept.shape[1:]}, wanted {wanted}")
    losses = np.apply_along_axis(loss, -1, kept)
    return [_Film(steps, kept[:, k], losses[:, k]) for k in range(count)]


def _learns(name, x, y, model, films, sliders, limits, levels, **staging):
    limits, loss = _around(limits, sliders, ("W0", "b0")), partial(_loss, x, y, model)
    return live_figure(
        partial(_one_of, films),
        partial(_draw_fit, model),
        sliders,
        name=name,
        panels=2,
        still=partial(_still_fit, x, y, loss, limits, levels, _is_tall(model)),
        readout=_say_fit,
        play="frame",
        labels=_LABELS,
        alt=f"A {_kind(model)} through houses; beside it the walk of its two parameters.",
        title="A frame is a step at first; then the film runs ever faster.",
        **staging,
    )


def _one_of(films, rate, W0, b0, rule=None):
    return films[rule][rate, W0, b0]


def _draw_fit(model, axes, film, frame):
    at = _at(film, frame)
    if np.isfinite(film.x[at]).all():
        _draw_model(axes[0], model, film.x[at])
        plots.point(axes[1], *film.x[at], size=11)
    plots.path(axes[1], film._replace(x=film.x[: at + 1], f=film.f[: at + 1]), markersize=4)


def _at(film, frame):
    """Return the number of the kept place that a frame shows: each at first, then ever fewer."""
    first = (0, 1, 2, 3, 4, 6, 8)
    step = first[max(frame, 0)] if frame < len(first) else 4 ** (frame - 5)
    return max(np.searchsorted(film.steps, step, side="right") - 1, 0)


def _say_fit(film, frame):
    at = _at(film, frame)
    step, (W, b), loss = film.steps[at], film.x[at], film.f[at]
    if not loss <= max(1e4, film.f[0]):
        return f"step {step}: diverged"
    return f"step {step}: W = {W:.4f}, b = {b:.4f}, loss {loss:.5f}"


def _goes_down(film):
    return film.f[-1] < film.f[0]


def _has_arrived(film, frame):
    return _goes_down(film) and film.f[_at(film, frame)] <= 1.001 * film.f.min() + 1e-9


def s_curve_by_hand(x, y, model, **sliders):
    """Show a model among the houses and its two parameters over its loss, where W is near 1.

    The arguments are those of `house_line_by_hand`.
    """
    return _by_hand("s-curve-by-hand", x, y, model, sliders, ((0.4, 2), (-8, -1)), _S_LEVELS)


def s_curve_learns(x, y, model, walks, **sliders):
    """Show the film of a walk by the slopes that the reader chooses, where W is near 1.

    The arguments are those of `line_learns`, but for `walks(rule, rates, starts)`, which takes
    all walks by one rule.
    """
    limits = ((-1, 2.8), (-9.5, 1.5))
    plain = {"rule": "true slopes", "rate": 0.03, "W0": 1.0, "b0": 0.0, "frame": 12}
    presets = {
        "with the factor": {"rule": "true slopes", "rate": 0.006, "frame": 12},
        "without it": {"rule": "without the factor", "rate": 0.006, "frame": 12},
        "thrown on the plain": plain,
    }
    claims = {"thrown on the plain": partial(_is_on_a_plain, x, model)}
    films = _films_by_rule(partial(_loss, x, y, model), walks, sliders)
    staging = {"presets": presets, "claims": claims}
    return _learns("s-curve-learns", x, y, model, films, sliders, limits, _S_LEVELS, **staging)


def _films_by_rule(loss, walks, sliders):
    rules = _stops(sliders, "rule")
    return {rule: _all_films(loss, partial(walks, rule), sliders) for rule in rules}


def _is_on_a_plain(x, model, film):
    """Return whether the model says the same to all houses at the end, and did not at first."""
    first, last = (np.ptp(model(film.x[k], np.asarray(x))) for k in (0, -1))
    return last < 0.1 < first


def three_models_learn(x, y, models, walks, **sliders):
    """Show several models learn at the same time: their curves and misses, and their losses.

    Args:
        x, y: floors and prices, shape (n,).
        models: {name: model}, each `model(theta, x)`, the prices that theta gives, shape (n,).
        walks: `walks(start, share)` returns {name: the `Path` of its theta}.
    """
    cycles = _stops(sliders, "cycles")
    return live_figure(
        walks,
        partial(_draw_three, x, y, models, np.array(cycles)),
        sliders,
        name="three-models-learn",
        panels=2,
        still=partial(_still_three, x, y, models, cycles),
        readout=_say_three,
        labels={"share": "share of the rates"},
        play="cycles",
        pace=10 / len(cycles),
        alt="Three curves that come down to four houses, their misses, and their losses.",
        title="Three models learn on the same houses. From stop to stop the cycles grow by about "
        "the same factor, so that the film takes as long from 10 to 100 as from 100 to 1000.",
    )


def _still_three(x, y, models, cycles, axes):
    plots.window(axes[0], ((0, max(x) + 1.5), (-8, 21)), "floors x", "price y")
    plots.point(axes[0], x, y, "data")
    for name, look, height in zip(models, _DASHES, (-1.5, -4, -6.5), strict=True):
        style = {"linestyle": look, "linewidth": 2}
        plots.segment(axes[0], (3.5, height), (4.2, height), "model", **style)
        plots.label(axes[0], 4.35, height - 0.4, name, "model")
    axes[1].set(xscale="log", yscale="log")
    plots.window(axes[1], ((cycles[0], cycles[-1]), (0.005, 1000)), "cycles", "loss")


def _draw_three(x, y, models, stops, axes, paths, cycles):
    shown = stops[stops <= cycles]
    for k, (name, look) in enumerate(zip(models, _DASHES, strict=True)):
        path = paths[name]
        at = min(cycles, path.steps)
        if np.isfinite(path.x[at]).all():
            points = {"points": 2 if k == 0 else 15, "linestyle": look}
            plots.curve(axes[0], partial(models[name], path.x[at]), "model", **points)
            beside = np.asarray(x) + 0.06 * (k - 1)
            plots.misses(axes[0], beside, y, models[name](path.x[at], np.asarray(x)))
        losses = path.f[np.minimum(shown, path.steps)]
        axes[1].plot(shown, losses, look, color=plots.PALETTE["loss"], linewidth=1.5)
        plots.point(axes[1], shown[-1], losses[-1], "loss", size=7)


def _say_three(paths, cycles):
    said = (f"{name} {path.f[min(cycles, path.steps)]:.3g}" for name, path in paths.items())
    unit = "cycle" if cycles == 1 else "cycles"
    return f"after {cycles} {unit} the losses are: {', '.join(said)}"


def ten_or_a_hundred(x, y, prices_at, **sliders):
    """Show what several models ask for few floors and, by tens, for many.

    Args:
        x, y: floors and prices, shape (n,).
        prices_at: `prices_at(floors)` returns {name of the model: price}, prices of the shape of
            floors.
    """
    most = max(_stops(sliders, "floors"))
    return live_figure(
        prices_at,
        _draw_floors,
        sliders,
        name="ten-or-a-hundred",
        panels=2,
        still=partial(_still_floors, x, y, prices_at, most),
        readout=_say_floors,
        play="floors",
        alt=f"Prices by several models, near the houses and up to {most:g} floors.",
        title=f"The models among the houses; and up to {most:g} floors, by tens.",
        presets={"4": {"floors": 4}, "10": {"floors": 10}, "100": {"floors": 100}},
    )


#: For each model, on both panels: where its name begins, at the height of the curve at which
#: floors, and how much higher.
_NAMES = {
    "line": ((7, 10.4777, 0), (62, 62, -0.382)),
    "20 σ": ((10.6, 10.6, -2.487), (62, 62, -0.401)),
    "cubic": ((3.3, 5.8638, 0), (62, 62, -0.5275)),
}


def _still_floors(x, y, prices_at, most, axes):
    far = np.linspace(1.5, most + 4, 101)
    highest = max(np.log10(max(*price, 1)) for price in prices_at(far).values())
    near = ((0, max(13, *x)), (min(-2, *y), max(34, *y)))
    plots.window(axes[0], near, "floors", "price")
    plots.window(axes[1], ((0, most + 4), (-0.6, max(5.4, highest))), "floors", "price, by tens")
    tens = range(int(axes[1].get_ylim()[1]) + 1)
    axes[1].set_yticks(tens, [_power(ten) for ten in tens])
    for number, name in enumerate(prices_at(far)):
        look = {"points": 101, "linestyle": ("-", "--", "-.", ":")[number % 4]}
        price = partial(_price, prices_at, name)
        plots.curve(axes[0], price, "model", **look)
        plots.curve(axes[1], partial(_by_tens, price), "model", span=(far[0], far[-1]), **look)
        _name_curve(axes, name, (price, partial(_by_tens, price)))
    plots.point(axes[0], x, y, "data", size=7)


def _power(ten):
    high = str(ten).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return str(10**ten) if ten < 4 else f"10{high}"


def _price(prices_at, name, floors):
    return prices_at(floors)[name]


def _by_tens(price, floors):
    """Return log₁₀ of the price, NaN where that is not positive."""
    amount = np.asarray(price(floors), dtype=float)
    return np.log10(np.where(amount > 0, amount, np.nan))


def _name_curve(axes, name, heights):
    """Write the name of a model beside its curves, where they are in the picture."""
    places = _NAMES.get(name, ((10.6, 10.6, 1.5), (62, 62, 0.35)))
    for ax, height, (left, floors, higher) in zip(axes, heights, places, strict=True):
        up = height(np.array([floors]))[0] + higher
        if ax.get_ylim()[0] < up < ax.get_ylim()[1]:
            plots.label(ax, left, up, name, "model")


def _draw_floors(axes, prices, floors):
    for price in prices.values():
        amount = np.ravel(price)[0]
        if floors <= axes[0].get_xlim()[1] and amount < axes[0].get_ylim()[1]:
            plots.point(axes[0], floors, amount)
        if amount > 0.25:
            plots.point(axes[1], floors, np.log10(amount))


def _say_floors(prices, floors):
    amounts = [f"{name} {np.ravel(price)[0]:,.3f}" for name, price in prices.items()]
    amounts = ", ".join(each.replace(",", " ") for each in amounts)
    return f"{floors} floors: {amounts}"


def cubic_by_hand(x, y, model, **sliders):
    """Show a model among the houses and its two parameters over its loss, where W is near 0.14.

    The arguments are those of `house_line_by_hand`.
    """
    limits = ((0.09, 0.19), (-1.3, 2.3))
    return _by_hand("cubic-by-hand", x, y, model, sliders, limits, _CUBIC_LEVELS)


def cubic_learns(x, y, model, walks, **sliders):
    """Show the film of a walk by the slopes that the reader chooses, where W is near 0.14.

    The arguments are those of `s_curve_learns`.
    """
    limits = ((-0.05, 0.3), (-3, 5))
    presets = {
        "as in the notes": {"rule": "the linear rule", "rate": 0.001486, "frame": 12},
        "same rate, true slopes": {"rule": "true slopes", "rate": 0.001486, "frame": 3},
        "a rate that fits them": {"rule": "true slopes", "rate": 0.0008, "frame": 12},
    }
    claims = {"a rate that fits them": _goes_down}
    films = _films_by_rule(partial(_loss, x, y, model), walks, sliders)
    staging = {"presets": presets, "claims": claims}
    return _learns("cubic-learns", x, y, model, films, sliders, limits, _WIDE_LEVELS, **staging)


def last_price(floors, by_last, printed, **sliders):
    """Show houses whose prices follow from the dearest one, and the losses of fits on them.

    Args:
        floors: shape (n,).
        by_last: `by_last(y4)` returns the prices, shape (n,), and the losses by name.
        printed: the losses that were printed, by name.
    """
    slider = sliders["y4"]
    across = np.linspace(slider.min, slider.max, 61)
    curves = {name: [by_last(y4)[1][name] / printed[name] for y4 in across] for name in printed}
    return live_figure(
        by_last,
        partial(_draw_last, floors, printed),
        sliders,
        name="last-price",
        panels=2,
        still=partial(_still_last, floors, across, curves),
        readout=partial(_say_last, printed),
        labels={"y4": "price y₄"},
        play="y4",
        alt="Four houses; beside it the losses of three fits, in parts of the printed ones, over "
        "the price of the last house.",
        title="The prices that follow from y₄; and each loss, divided by the one that is printed.",
    )


def _still_last(floors, across, curves, axes):
    plots.window(axes[0], ((0, max(floors) + 1), (-1, 12)), "floors x", "price y")
    plots.window(axes[1], ((across[0], across[-1]), (0, 3)), "price y₄", "loss / printed loss")
    plots.segment(axes[1], (across[0], 1), (across[-1], 1), "target")
    room = across[-1] - across[0]
    for k, (curve, look) in enumerate(zip(curves.items(), _DASHES, strict=False)):
        axes[1].plot(across, curve[1], look, color=plots.PALETTE["loss"], linewidth=1.5)
        at = across[0] + 0.04 * room
        plots.segment(
            axes[1],
            (at, 0.75 - 0.25 * k),
            (at + 0.1 * room, 0.75 - 0.25 * k),
            "loss",
            linestyle=look,
            linewidth=1.5,
        )
        plots.label(axes[1], at + 0.13 * room, 0.75 - 0.25 * k, curve[0], "loss")


def _draw_last(floors, printed, axes, result, y4):
    prices, losses = result
    plots.point(axes[0], floors, prices, "data")
    for name, loss in losses.items():
        if name in printed:
            plots.point(axes[1], y4, loss / printed[name], size=7)


def _say_last(printed, result):
    prices, losses = result
    said = ", ".join(f"{price:.3g}" for price in prices)
    parts = [f"{name} {losses[name] / printed[name]:.2f}" for name in printed]
    return f"prices {said}; losses, in parts of the printed: {', '.join(parts)}"


def which_sum_is_zero(products, **sliders):
    """Show the products of residual and weight as a chain of arrows, house by house.

    `products(model, fit, weight)` returns them, shape (n,); the arguments are the names of the
    options.
    """
    settings = product(*(_stops(sliders, name) for name in ("model", "fit", "weight")))
    chains = [_chain(products(*each)) for each in settings]
    return live_figure(
        products,
        _draw_home,
        sliders,
        name="which-sum-is-zero",
        still=partial(_still_home, chains),
        readout=_say_home,
        alt="Arrows up and down, one for each house, that end on the zero line or beside it.",
        title="Residual times weight, house by house. Does the chain come home?",
    )


def _chain(terms):
    """Return where each arrow begins and the last one ends, in shares of all products."""
    whole = np.abs(terms).sum()
    return np.concatenate([[0], np.cumsum(terms)]) / (whole if whole else 1)


def _still_home(chains, ax):
    count, reach = len(chains[0]) - 1, max(0.62, 1.05 * np.nanmax(np.abs(chains)))
    plots.window(ax, ((0.6, count + 1.5), (-reach, reach)), "house", "share of all products")
    if count < 13:
        ax.set_xticks(range(1, count + 1))
    plots.line(ax, 0, 0, 0, "target", linewidth=1.5)


def _draw_home(ax, terms):
    ends = _chain(terms)
    for house in range(1, len(ends)):
        top = (house, ends[house])
        plots.arrow(ax, (house, ends[house - 1]), top, "loss")
        plots.segment(ax, top, (house + 1, ends[house]), "muted", linewidth=1)
    plots.point(ax, len(ends), ends[-1], size=11)


def _say_home(terms, model, fit, weight):
    mean = f"{np.mean(terms):.6f}".replace("-0.000000", "0.000000")
    return f"{model}, {fit}: mean of r · {weight} = {mean}"


def two_resting_places(f, walks, **sliders):
    """Show two walks from one start on the map of f, and f along both, step by step.

    Args:
        f: the loss, a surface of (W, b).
        walks: `walks(rates, starts)` takes all walks of the figure at once, with
            rates of shape (m, 1) and starts of shape (m, 2), and returns the two kinds by name,
            {name: {step: places}}, places of shape (m, 2).
    """
    films = _pairs(f, walks, sliders)
    films_at_first = next(iter(films.values()))
    words = [f"{look}: {name}." for look, name in zip(_LOOKS, films_at_first, strict=True)]
    limits = _around(((0.1405, 0.1419), (0.488, 0.552)), sliders, ("W0", "b0"))
    return live_figure(
        lambda rate, W0, b0: films[rate, W0, b0],
        _draw_rest,
        sliders,
        name="two-resting-places",
        panels=2,
        still=partial(_still_rest, f, limits, films),
        readout=_say_rest,
        drag=("W0", "b0"),
        labels=_LABELS | {"rate": "rate, solid"},
        alt="Two walks from one start in a valley; beside it the loss along each.",
        title=" ".join(words),
    )


#: How the first and the second walk are drawn.
_LOOKS = {"Solid": ("path", "-"), "Dashed": ("ink", "--")}


def _pairs(f, walks, sliders):
    """Return {(rate, W0, b0): {name: its `_Film`}}."""
    names = ("rate", "W0", "b0")
    settings = list(product(*(_stops(sliders, name) for name in names)))
    rates, *starts = np.transpose(settings)
    kinds = walks(rates[:, None], np.transpose(starts))
    if len(kinds) != len(_LOOKS):
        raise ValueError(f"walks: got {len(kinds)} kinds of walk, wanted {len(_LOOKS)}")
    films = [_films(f, places, len(settings)) for places in kinds.values()]
    pairs = [dict(zip(kinds, pair, strict=True)) for pair in zip(*films, strict=True)]
    return dict(zip(settings, pairs, strict=True))


def _still_rest(f, limits, films, axes):
    _draw_map(axes[0], f, limits, _REST_LEVELS)
    axes[0].xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
    first = next(iter(next(iter(films.values())).values()))
    last = np.log2(max(first.steps[-1], 1))
    plots.window(axes[1], ((-1, last + 1), _span(films)), "step", "loss × 1000")
    ticks = {-1: "0", 3: "8", 7: "128", 11: "2048", 14: "16384"}
    ticks = {at: text for at, text in ticks.items() if at <= last}
    axes[1].set_xticks(list(ticks), list(ticks.values()))
    if f.minimum is not None:
        plots.line(axes[1], 0, 0, 1000 * f(f.minimum), "target", linewidth=1.5)


def _span(films):
    """Return the limits for the loss × 1000: those of the houses, or of the first two walks."""
    pair = next(iter(films.values())).values()
    losses = 1000 * np.concatenate([film.f for film in pair])
    low, high = np.min(losses[np.isfinite(losses)]), losses[0]
    return (13.7, 15.5) if 13.7 < low < high < 15.5 else (low - 0.1 * (high - low), 1.01 * high)


def _draw_rest(axes, films, W0, b0):
    for (role, dash), film in zip(_LOOKS.values(), films.values(), strict=True):
        look = {"color": plots.PALETTE[role], "linestyle": dash, "linewidth": 2}
        axes[0].plot(*film.x.T, **look)
        axes[1].plot(np.log2(np.maximum(film.steps, 0.5)), 1000 * film.f, **look)
        plots.point(axes[0], *film.x[-1], role)
    plots.handle(axes[0], W0, b0)


def _say_rest(films):
    solid, dashed = (film.f[-1] for film in films.values())
    if not np.isfinite([solid, dashed]).all():
        gone = [name for name, film in films.items() if not np.isfinite(film.f[-1])]
        return f"diverged: {' and '.join(gone)}"
    return f"loss at the end: {solid:.7f} solid, {dashed:.7f} dashed"
