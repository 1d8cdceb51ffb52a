"""The figures of the chapter on how descent fails."""

from dataclasses import replace
from functools import partial

import numpy as np

from lib import plots
from lib.descent import critical_rate
from lib.figures.parts import inside, reachable, ring, until
from lib.hessian import classify
from lib.live import live_figure
from lib.live.sliders import positions

#: The line styles of three walkers, so that colour is never the only carrier of meaning.
DASHES = {"path": "-", "model": "-.", "muted": "--"}


def _settings(first, second, table):
    """Return presets of two sliders from ``{label: (value, value)}``."""
    return {label: {first: a, second: b} for label, (a, b) in table.items()}


def failure_gallery(g, walk, gone, **sliders):
    """Show twenty steps of a walk on the curve of g, and name how it ends.

    Args:
        g: a surface of one variable.
        walk: `walk(learning_rate, x0)` returns a `Path` long enough to see where it ends.
        gone: the rate from which on a walk from the farthest start is lost, for the mark.
    """
    name = partial(_name, g, _level_places(g))
    return live_figure(
        walk,
        partial(_draw_gallery, g),
        sliders,
        name="failure-gallery",
        still=partial(_still_gallery, g),
        readout=lambda path, learning_rate, x0: (
            f"From {x0:.3f} with α = {learning_rate:.3f}: {name(path)}."
        ),
        drag=("x0",),
        play="learning_rate",
        alt="A curve with valleys, and twenty steps of a walk on it.",
        title="Twenty steps. Drag the start; the marks are the rates at which the outcome changes.",
        presets=_settings("learning_rate", "x0", _GALLERY),
        claims={label: partial(_is_named, name, label) for label in _GALLERY},
        marks={"learning_rate": _rate_marks(g, gone)},
    )


#: Learning rate and start of each preset.
_GALLERY = {
    "crawl": (0.005, -2.875),
    "convergence": (0.085, -2.875),
    "overshoot": (0.205, -2.375),
    "two-cycle": (0.245, -1.375),
    "local minimum": (0.085, 2.875),
    "stall": (0.085, 0.125),
    "no rest": (0.445, 1.125),
    "divergence": (0.485, 2.875),
}


def _level_places(g):
    """Return the minima, deepest first, and the maxima of g in its window."""
    x = np.linspace(*g.window[0], 2001)
    slope = np.sign(g.gradient(x))
    turns = np.flatnonzero(slope[:-1] * slope[1:] < 0)
    places = [_level_between(g, x[k], x[k + 1]) for k in turns]
    minima = [place for place in places if g.hessian(place) > 0]
    return sorted(minima, key=g), [place for place in places if g.hessian(place) < 0]


def _level_between(g, low, high):
    """Return where the slope of g changes its sign, by bisection."""
    for _ in range(60):
        middle = (low + high) / 2
        if g.gradient(low) * g.gradient(middle) <= 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _letter(minima, x):
    """Return the name of the valley whose bottom is nearest: A the deepest, then B, C, ..."""
    return chr(ord("A") + int(np.argmin(np.abs(np.array(minima) - x)))) if minima else "?"


def _name(g, level, path, seen=20):
    """Return what becomes of a walk, and how it looks in the steps that are seen."""
    (minima, maxima), x = level, path.x[np.isfinite(path.x)]
    if path.stopped == "diverged" or abs(x[-1]) > 10:
        return "divergence"
    if path.stopped == "out of steps" and abs(x[-1] - x[-2]) > 1e-6:
        both = np.ptp(x[-200:]) > 3
        where = "in both valleys" if both else f"in valley {_letter(minima, x[-1])}"
        return f"a two-cycle {where}" if abs(x[-1] - x[-3]) < 1e-6 else f"no rest, {where}"
    if any(abs(x[min(seen, len(x) - 1)] - top) < 0.5 for top in maxima):
        return "a stall on the hill"
    return _manner(x, seen) + f" to {_letter(minima, x[-1])}"


def _manner(x, seen):
    """Return how a walk that comes to rest comes in."""
    x = np.append(x, np.full(max(seen + 1 - len(x), 0), x[-1]))
    left = (x[: seen + 1] - x[-1]) / (x[0] - x[-1] or 1)
    if left[-1] > 0.1:
        return "a crawl"
    return "overshoot" if (left[10] < 0) != (left[11] < 0) else "convergence"


def _is_named(name, label, path):
    words = {"local minimum": " to B", "stall": "stall", "no rest": "no rest"}
    return words.get(label, label) in name(path)


def _rate_marks(g, gone):
    """Return the rates at which the outcome changes, for the two deepest valleys of g."""
    minima, _ = _level_places(g)
    marks = {"gone": gone}
    if minima:
        deep = g.hessian(minima[0])
        marks |= {"crawl": (1 - 10 ** (-1 / 20)) / deep, "1/λ A": 1 / deep}
        marks["2/λ A"] = critical_rate(deep)
    if len(minima) > 1:
        marks["B"] = critical_rate(g.hessian(minima[1]))
    order = ("crawl", "1/λ A", "2/λ A", "B", "gone")
    return {label: marks[label] for label in order if label in marks}


def _still_gallery(g, ax):
    plots.window(ax, g.window, "x", "height g")
    plots.curve(ax, g)
    minima, _ = _level_places(g)
    reach = np.diff(g.window[1])[0]
    for place in minima:
        height = max(g(place) - 0.04 * reach, g.window[1][0] + 0.04 * reach)
        plots.label(ax, place, height, _letter(minima, place), ha="center")


def _draw_gallery(g, ax, path, x0):
    plots.path(ax, until(path, 20))
    plots.handle(ax, x0, g(x0))


def valley_zigzag(walk, **sliders):
    """Show a walk across a valley, and the factors of descent in its two directions.

    `walk(condition, learning_rate, start)` returns the valley, a surface with a constant diagonal
    Hessian and its minimum at (0, 0), and the `Path`.
    """
    table = {"round": (1, 1), "zig-zag": (20, 1.9), "best for 10": (10, 1.8)}
    table |= {"crawl": (50, 0.5), "two-cycle": (10, 2.0), "divergence": (10, 2.1)}
    return live_figure(
        walk,
        _draw_valley,
        sliders,
        name="valley-zigzag",
        panels=2,
        still=_still_valley,
        readout=_say_valley,
        labels={"condition": "condition κ"},
        play="learning_rate",
        alt="A walk across a valley, and the factors of descent against the rate.",
        title="The walk, and descent's factor in each direction; the larger one is the price.",
        presets=_settings("condition", "learning_rate", table),
        claims=_ZIGZAG_CLAIMS,
        marks={"learning_rate": {"1/λₙ": 1, "critical 2/λₙ": 2}},
    )


_ZIGZAG_CLAIMS = {
    "zig-zag": lambda made: -1 < _factors(*made)[1] < 0,
    "best for 10": lambda made: _is_balanced(made),
    "crawl": lambda made: 0.9 < _factors(*made)[0] < 1,
    "two-cycle": lambda made: _factors(*made)[1] == -1,
    "divergence": lambda made: abs(_factors(*made)[1]) > 1,
}


def _factors(valley, path):
    """Return by what each step multiplies the two coordinates, NaN where the steps differ.

    A coordinate that is zero from the first is left to the other one, which has both factors.
    """
    moves = path.x[0] != 0
    if not moves.any():
        return np.full(2, np.nan)
    factors = np.divide(path.x[1], path.x[0], out=np.zeros(2), where=moves)
    factors[~moves] = factors[moves][0]
    same = np.abs(path.x[1:6] - factors * path.x[:5]).max(axis=0) < 1e-6
    return np.where(same, factors.round(9) + 0.0, np.nan)


def _is_balanced(made):
    """Return whether the two factors are nearly the same in size and differ in sign."""
    along, across = _factors(*made)
    return along * across < 0 and abs(along + across) < 0.05


def _still_valley(axes):
    plots.window(axes[0], ((-1.2, 1.2), (-1.083, 1.083)), "along", "across")
    ring(axes[0], 0, 0)
    plots.window(axes[1], ((0, 2.2), (0, 1.25)), "learning rate α", "size of descent's factor")
    plots.segment(axes[1], (0, 1), (2.2, 1), "target")


def _draw_valley(axes, made, learning_rate):
    valley, path = made
    along, across = np.diag(valley.hessian([0.0, 0.0]))
    plots.contours(axes[0], valley, np.array([1, 4, 9, 16, 25]) / 40, 31, fill=False)
    plots.path(axes[0], until(path, 28), markersize=4)
    plots.curve(axes[1], lambda rate: abs(1 - rate * across), points=23)
    plots.curve(axes[1], lambda rate: abs(1 - rate * along), points=23, linestyle="--")
    plots.segment(axes[1], (learning_rate, 0), (learning_rate, 1.25), "path", linewidth=1)
    worst = max(abs(1 - learning_rate * along), abs(1 - learning_rate * across))
    plots.point(axes[1], learning_rate, worst, size=10)
    plots.label(axes[1], 0.08, 0.3, "across", "function")
    if along < across:
        plots.label(axes[1], 0.35, 0.93 - 0.35 * along, "along", "function", ha="center")


def _say_valley(made):
    along, across = np.diag(made[0].hessian([0.0, 0.0]))
    words = f"κ = {across / along:.3g}: "
    factors = _factors(*made)
    if np.isnan(factors).any():
        return words + "the steps of this walk have no fixed factors."
    along, across = factors
    return words + f"factor {across:.2f} across, {along:.3f} along: {_price(factors)}."


def _price(factors):
    """Return in words what the larger of two factors means for a walk."""
    worst = np.abs(factors).max()
    if worst > 1:
        return "divergence"
    if worst == 1:
        return "a two-cycle"
    return f"{np.log(10) / -np.log(worst):.0f} steps a digit" if worst else "at once"


def momentum_valley(f, walks, **sliders):
    """Show two walks on the map of f, and beside it how far each is from the minimum.

    `walks(learning_rate, beta, start)` returns two `Path`s: of descent, and of momentum.
    """
    table = {"no memory": (0.05, 0), "half": (0.05, 0.5), "best": (0.09, 0.55)}
    table |= {"beyond 2/λₙ": (0.1, 0.8), "no friction": (0.05, 0.95), "gone": (0.13, 0.4)}
    limit = critical_rate(f.hessian([0.0, 0.0]))
    return live_figure(
        walks,
        partial(_draw_momentum, f),
        sliders,
        name="momentum-valley",
        panels=2,
        still=partial(_still_momentum, f),
        readout=partial(_say_momentum, f),
        labels={"beta": "share kept β"},
        play="beta",
        alt="Two walks on a narrow valley, and their distance to the goal on a log axis.",
        title="Solid: momentum. Dashed: descent with the same rate. The map shows up to 20 steps, "
        "the curves 100.",
        presets=_settings("learning_rate", "beta", table),
        claims=_momentum_claims(f, limit),
        marks={"learning_rate": {"descent's 2/λₙ": limit}},
    )


def _momentum_claims(f, limit):
    return {
        "no memory": lambda walks: np.allclose(walks[0].x[:5], walks[1].x[:5]),
        "beyond 2/λₙ": lambda walks, learning_rate: learning_rate > limit,
        "gone": lambda walks: not _gap(f, walks[1])[-1] < 10,
    }


def _draw_walk(ax, path, role, dash):
    """Draw a walk, the one of the role "path" with its steps."""
    marker = "o" if role == "path" else None
    plots.path(ax, path, role, linestyle=dash, marker=marker, markersize=4)


def _gap(f, path):
    return np.linalg.norm(path.x - f.minimum, axis=-1)


def _say_momentum(f, walks):
    descent, heavy = (_arrival(_gap(f, path)) for path in walks)
    return f"To within a millionth: momentum {heavy}; descent {descent}."


def _arrival(gap):
    if not gap[-1] < 10:
        return "flies away"
    return f"{(gap < 1e-6).argmax()} steps" if gap.min() < 1e-6 else f"over {len(gap) - 1}"


def _still_momentum(f, axes):
    plots.window(axes[0], ((-3, 5), (-1, 5)), "slope m", "intercept b")
    plots.contours(axes[0], f, levels=[5, 10, 25, 60, 120, 220, 400], points=31)
    ring(axes[0], *f.minimum)
    plots.window(axes[1], ((0, 100), (1e-7, 50)), "step", "distance to the goal")
    axes[1].set_yscale("log")
    plots.segment(axes[1], (0, 1e-6), (100, 1e-6), "target")


def _draw_momentum(f, axes, walks):
    for path, role, dash in zip(walks, ("muted", "path"), ("--", "-"), strict=True):
        look = {"color": plots.PALETTE[role], "linestyle": dash, "linewidth": 1.5}
        _draw_walk(axes[0], inside(until(path, 20), 6), role, dash)
        gap = _gap(f, path)[:101:5]
        axes[1].plot(5 * np.arange(len(gap)), gap, **look)


def saddle_stall(f, walks, **sliders):
    """Show walks that come down to a pass and off it, and the height along them.

    Args:
        f: the pass, a surface of two variables with its saddle at (0, 0).
        walks: `walks(offset, learning_rate)` returns the `Path`s of descent and of momentum from
            a start that far beside the ridge.
    """
    powers = {"10⁻¹": 1e-1, "10⁻³": 1e-3, "10⁻⁶": 1e-6, "10⁻⁹": 1e-9}
    return live_figure(
        walks,
        _draw_pass,
        sliders,
        name="saddle-stall",
        panels=2,
        still=partial(_still_pass, f),
        readout=_say_pass,
        labels={"offset": "start x₀"},
        alt="A walk to a mountain pass and off it, and its height, with a long plateau.",
        title="Solid: descent. Dashed: momentum. A plateau of the height is the stall.",
        presets={label: {"offset": offset} for label, offset in powers.items()},
    )


def step_away(path):
    """Return the first step of a walk that ends more than ½ beside the ridge, 0 if none."""
    return int((abs(path.x[:, 0]) > 0.5).argmax())


def _still_pass(f, axes):
    plots.window(axes[0], f.window)
    levels = [-0.24, -0.2, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7]
    plots.contours(axes[0], f, levels, points=31)
    if classify(f.hessian([0.0, 0.0])) == "saddle":
        plots.label(axes[0], -0.05, -0.1, "pass", ha="right")
    if f.minimum is not None:
        x, y = f.minimum
        plots.label(axes[0], x, y - 0.1, "valley", ha="center")
    plots.window(axes[1], ((0, 120), (-0.3, 0.55)), "step", "height")
    plots.segment(axes[1], (0, 0), (120, 0), "target")


def _draw_pass(axes, walks):
    for path, role, dash in zip(walks, ("path", "muted"), ("-", "--"), strict=True):
        look = {"color": plots.PALETTE[role], "linestyle": dash, "linewidth": 2}
        axes[1].plot(np.arange(len(path.f))[:121:4], path.f[:121:4], **look)
    plots.path(axes[0], until(walks[0], 200), every=3, markersize=4)


def _say_pass(walks):
    descent, heavy = (step_away(path) or f"{path.steps} or more" for path in walks)
    return f"Off the pass at step {descent}, with momentum at step {heavy}."


def fate_map(g, walk, x0s, rates, **sliders):
    """Show on a map of starts and rates where each walk ends, and one of the walks on the curve.

    Args:
        g: a surface of one variable.
        walk: `walk(x0, learning_rate, steps)` returns the `Path`, or the paths of a batch.
        x0s, rates: the columns and the rows of the map.
    """
    ends = walk(x0s, rates[:, None], steps=1200)
    level = _level_places(g)[0]
    fates = _fates(level, ends)
    table = {"the hill": (0, 0.1), "across": (-2.8, 0.25), "gone": (2.8, 0.49)}
    return live_figure(
        lambda x0, learning_rate: walk(x0, learning_rate, steps=10),
        partial(_draw_atlas, g),
        sliders,
        name="fate-map",
        panels=2,
        still=partial(_still_atlas, g, x0s, rates, fates),
        readout=partial(_say_atlas, x0s, rates, fates),
        drag=("x0", "learning_rate"),
        alt="A map of starts and learning rates coloured by where the walk ends, and a walk.",
        title="The fate of every start and rate (blank is gone), and the walk of your point.",
        presets=_settings("x0", "learning_rate", table),
        claims={"gone": partial(_is_gone, x0s, rates, fates)},
    )


def _is_gone(x0s, rates, fates, path, x0, learning_rate):
    return _fate(x0s, rates, fates, x0, learning_rate) == "is gone"


def _fates(minima, ends):
    """Return where on the map each fate is met: ``{words: (role, boolean array)}``."""
    rests = ends.stopped == "settled"
    with np.errstate(invalid="ignore"):
        nearest = np.abs(ends.x[-1][..., None] - np.array(minima or [0.0])).argmin(axis=-1)
    roles = ("function", "model", "slope", "target")
    fates = {
        f"rests at {chr(ord('A') + k)}": (roles[k % len(roles)], rests & (nearest == k))
        for k in range(len(minima))
    }
    return fates | {"never rests": ("loss", ends.stopped == "out of steps")}


def _fate(x0s, rates, fates, x0, learning_rate):
    row, column = abs(rates - learning_rate).argmin(), abs(x0s - x0).argmin()
    return next((words for words, (_, at) in fates.items() if at[row, column]), "is gone")


def _still_atlas(g, x0s, rates, fates, axes):
    plots.window(axes[0], (x0s[[0, -1]], rates[[0, -1]]), "start x₀", "learning rate α")
    for words, (role, where) in fates.items():
        if not where.any():
            continue
        tint = (plots.PALETTE[role], 0.35)
        axes[0].contourf(x0s, rates, where.astype(float), levels=[0.5, 1.5], colors=[tint])
        text = words.replace("never rests", "no rest").removeprefix("rests at ")
        plots.label(axes[0], *_middle(x0s, rates, where), text, ha="center")
    plots.window(axes[1], g.window, "x", "height g")
    plots.curve(axes[1], g, points=121)


def _middle(x0s, rates, where):
    """Return a place well inside the region of a map in which a fate is met."""
    rows, columns = np.nonzero(where)
    row = int(np.median(rows))
    return x0s[int(np.median(columns[rows == row]))], rates[row]


def _draw_atlas(g, axes, path, x0, learning_rate):
    plots.path(axes[1], path)
    plots.handle(axes[0], x0, learning_rate)
    plots.point(axes[1], x0, g(x0), size=9)


def _say_atlas(x0s, rates, fates, path, x0, learning_rate):
    fate = _fate(x0s, rates, fates, x0, learning_rate)
    return f"From {x0:.1f} with α = {learning_rate:.2f} the walk {fate}."


#: How many steps each position of the slider shows: none, and then one doubling after the other.
TICKS = np.array([0, *2 ** np.arange(13)])
#: The steps of a long walk that are drawn.
SEEN = np.unique(np.concatenate([np.arange(9), 2 ** (np.arange(7, 25) / 2)]).astype(int))


def three_walkers(f, race, **sliders):
    """Show three walks on the map of f, and how far each is from the minimum.

    Args:
        f: a surface of two variables with a minimum.
        race: `race(starts, learning_rate)` returns a dictionary of `Path`s by the walkers' names,
            three of them, each of a batch of walks from starts of shape (n, 2); the first one is
            drawn with its steps. Only starts that the sliders x0 and y0 reach are asked for.
    """
    sides = [positions(name, sliders[name]).values for name in ("x0", "y0")]
    starts = np.stack(np.meshgrid(*sides, indexing="ij"), axis=-1).reshape(-1, 2).astype(float)
    given = {name: each.value for name, each in sliders.items() if name == "learning_rate"}
    names = list(race(starts[:1], **given))
    return live_figure(
        partial(race, starts),
        partial(_draw_race, f, starts),
        sliders,
        name="three-walkers",
        panels=2,
        still=partial(_still_race, f, names),
        readout=partial(_say_race, f, starts),
        drag=("x0", "y0"),
        play="tick",
        labels={"tick": "notch"},
        alt="Three walks in a bent valley, and the distance to the goal against the "
        "number of steps, doubled from notch to notch.",
        title=f"{_who(names)} Each notch doubles the steps.",
    )


def _who(names):
    """Say which line is whose."""
    lines = ("Solid", "Dash-dotted", "Dashed")
    return " ".join(f"{line}: {name}." for line, name in zip(lines, names, strict=True))


def _from(walks, starts, *start):
    """Return of batches of walks the `Path`s of those from one start, by the walkers' names."""
    number = int(np.abs(starts - start).sum(axis=1).argmin())
    return {name: _one(batch, number) for name, batch in walks.items()}


def _one(batch, number):
    """Return the `Path` of one walk of a batch, without what follows its end."""
    steps = int(batch.steps[number])
    x, f = batch.x[: steps + 1, number], batch.f[: steps + 1, number]
    return replace(batch, x=x, f=f, stopped=str(batch.stopped[number]), steps=steps)


def _at(path, steps):
    """Return a `Path` of these steps alone, the last one standing for all after it."""
    steps = np.minimum(steps, path.steps)
    return replace(path, x=path.x[steps], f=path.f[steps])


def _still_race(f, names, axes):
    plots.window(axes[0], f.window)
    plots.contours(axes[0], f, [50, 200, 600, 1500], points=45)
    ring(axes[0], *f.minimum)
    plots.window(axes[1], ((0, 13), (1e-6, 5)), "number of steps", "distance to the goal")
    axes[1].set_yscale("log")
    axes[1].set_xticks(range(1, 14, 2), [str(TICKS[tick]) for tick in range(1, 14, 2)])
    plots.segment(axes[1], (0, 0.01), (13, 0.01), "target")
    for name, role, height in zip(names, DASHES, (1e-4, 2e-5, 4e-6), strict=True):
        plots.label(axes[1], 5, height, name, role)


def _draw_race(f, starts, axes, walks, x0, y0, tick):
    now, paths = TICKS[tick], _from(walks, starts, x0, y0)
    for path, (role, dash) in zip(paths.values(), DASHES.items(), strict=True):
        _draw_walk(axes[0], _at(path, SEEN[now >= SEEN]), role, dash)
        gap = np.clip(_gap(f, _at(path, TICKS[1 : tick + 1])), 1e-9, 1e3)
        look = {"color": plots.PALETTE[role], "linestyle": dash, "linewidth": 1.5}
        axes[1].plot(np.arange(1, tick + 1), gap, **look)
        if not _is_gone_by(path, now):
            plots.point(axes[0], *_at(path, now).x, role, size=8)
    plots.handle(axes[0], x0, y0)


def _is_gone_by(path, step):
    return path.stopped == "diverged" and step >= path.steps


def _say_race(f, starts, walks, x0, y0, tick):
    words = []
    for name, path in _from(walks, starts, x0, y0).items():
        gone = _is_gone_by(path, TICKS[tick])
        words.append(f"{name} {'is gone' if gone else f'{_gap(f, _at(path, TICKS[tick])):.2g}'}")
    steps = "1 step" if TICKS[tick] == 1 else f"{TICKS[tick]} steps"
    return f"{steps}. Still to go: {', '.join(words)}."


def three_fates(f, walks, **sliders):
    """Show where three walks from one start end on the map of f.

    `walks(x0, y0, learning_rate)` returns three `Path`s by the walkers' names; the first one is
    Newton's.
    """
    who = _who(walks(**{name: slider.value for name, slider in sliders.items()}))
    return live_figure(
        walks,
        _draw_fates,
        sliders,
        name="three-fates",
        still=partial(_still_fates, f),
        readout=partial(_say_fates, f),
        drag=("x0", "y0"),
        alt="A surface with valleys, and three walks from one start.",
        title=f"{who} A dot is where each ends.",
        presets=reachable(_FATES, sliders),
        claims={
            "all agree": lambda walks: _ends_apart(walks) == 1,
            "rolled on": lambda walks: not _agree(*list(walks.values())[1:]),
            "three ends": lambda walks: _ends_apart(walks) == 3,
            "the top": lambda walks: _kind(f, next(iter(walks.values()))) == "maximum",
        },
    )


#: The presets, which hold for the rate at which descent rests in every valley.
_FATES = {
    "all agree": {"x0": 3, "y0": 3, "learning_rate": 0.01},
    "rolled on": {"x0": 4, "y0": 4, "learning_rate": 0.01},
    "three ends": {"x0": 0, "y0": -4, "learning_rate": 0.01},
    "the top": {"x0": 0, "y0": -1, "learning_rate": 0.01},
}


def _agree(one, other):
    return np.allclose(one.x[-1], other.x[-1], atol=0.1)


def _ends_apart(walks):
    """Return how many different places the walks end at."""
    ends = []
    for path in walks.values():
        ends += [] if any(_agree(path, other) for other in ends) else [path]
    return len(ends)


def _kind(f, path):
    return classify(f.hessian(path.x[-1])) if np.isfinite(path.x[-1]).all() else "nowhere"


def _still_fates(f, ax):
    plots.window(ax, ((-5, 5), (-5, 5)), "x", "y")
    plots.contours(ax, f, [5, 20, 60, 100, 150, 250, 450, 800], points=31)


def _draw_fates(ax, walks, x0, y0):
    for path, (role, dash) in zip(walks.values(), DASHES.items(), strict=True):
        seen = 13 if role == "path" else 18 if _has_end(path) else 8
        _draw_walk(ax, until(path, seen), role, dash)
        if _has_end(path):
            plots.point(ax, *path.x[-1], role, size=9)
    plots.handle(ax, x0, y0)


def _has_end(path):
    """Return whether a walk comes to rest, as far as its last step tells."""
    is_still = path.steps == 0 or np.linalg.norm(path.x[-1] - path.x[-2]) < 1e-3
    return path.stopped != "diverged" and bool(is_still)


def _say_fates(f, walks):
    kinds = {"minimum": "a valley", "saddle": "a saddle!", "maximum": "the top!"}
    (newton, first), *others = walks.items()
    kind = kinds.get(_kind(f, first), "elsewhere")
    end = "" if kind.endswith("!") else "."
    return f"{newton}: {kind}{end} {_say_others(others)}"


def _say_others(others):
    if all(_has_end(path) for _, path in others):
        same = _agree(*(path for _, path in others))
        names = " and ".join(name for name, _ in others)
        return f"{names.capitalize()}: {'the same valley' if same else 'two different valleys'}."
    words = [f"{name} {_end(path)}" for name, path in others]
    return ", ".join(words).capitalize() + "."


def _end(path):
    if path.stopped == "diverged":
        return "flies away"
    return "comes to rest" if _has_end(path) else f"still moves after {path.steps} steps"


def ten_signs(watch, **sliders):
    """Show of a walk what is seen without a map: its height, the slope and the step, step by step.

    `watch(name)` returns the surface, the `Path` of a walk on it, and in a sentence what helps.
    """
    return live_figure(
        watch,
        _draw_signs,
        sliders,
        name="ten-signs",
        panels=2,
        still=partial(_still_signs, max(_last(sliders), 1)),
        readout=_say_signs,
        labels={"name": "walk"},
        play="step",
        alt="The height of a walk at each step, and the slope and the length of a step.",
        title="The height above the lowest place, as a share of that of the start; slope (dashed) "
        "and step (solid), down to a billionth.",
    )


def _last(sliders):
    return max(positions("step", sliders["step"]).values) if "step" in sliders else 100


def _still_signs(last, axes):
    plots.window(axes[0], ((0, last), (-0.1, 1.5)), "step", "height, as a share")
    plots.segment(axes[0], (0, 0), (last, 0), "target")
    plots.window(axes[1], ((0, last), (1e-9, 1e3)), "step", "slope and step")
    axes[1].set_yscale("log")


def _draw_signs(axes, watched, step):
    surface, path, _ = watched
    path = until(path, min(step, path.steps))
    count = np.arange(len(path.f))
    every = slice(None, None, 1 if len(count) < 21 else 5)  # odd: both places of a two-cycle
    with np.errstate(all="ignore"):
        shares = _shares(surface, path)
        slopes, steps = _sizes(surface.gradient(path.x)), _sizes(np.diff(path.x, axis=0))
    plots.walk(axes[0], count[every], shares[every], "loss", markersize=4)
    for heights, role, dash in ((slopes, "slope", "--"), (steps, "path", "-")):
        seen = np.clip(np.where(np.isfinite(heights), heights, 1e4), 1.5e-9, 1e4)
        look = {"color": plots.PALETTE[role], "linestyle": dash, "linewidth": 2}
        axes[1].plot(count[: len(seen)][every], seen[every], **look)


def _sizes(vectors):
    """Return the lengths of vectors, or the sizes of numbers, along the first axis."""
    return np.abs(vectors) if vectors.ndim == 1 else np.linalg.norm(vectors, axis=1)


def _shares(surface, path):
    """Return the heights above the lowest place as shares of that of the start."""
    low = np.nanmin(path.f) if surface.minimum is None else surface(surface.minimum)
    return (path.f - low) / ((path.f[0] - low) or 1)


def _say_signs(watched, step):
    surface, path, helps = watched
    at = min(step, path.steps)
    if not np.isfinite(path.f[at]):
        return f"Step {at} lands where there is no ground. {helps}"
    if path.stopped == "diverged" and at == path.steps:
        return f"Gone by step {at}. {helps}"
    slope = _sizes(surface.gradient(path.x[at : at + 1]))[0]
    words = f"Step {at}: {_shares(surface, path)[at]:.0%} of the height, slope {slope:.1g}"
    if at:
        words += f", step {_sizes(path.x[at : at + 1] - path.x[at - 1 : at])[0]:.1g}"
    return f"{words}. {helps}"
