"""The figures of the chapter on what a model learns."""

from functools import partial
from itertools import pairwise

import numpy as np

from lib import plots
from lib.live import live_figure

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _count(things):
    """Return how many there are, in words if there are few."""
    count = len(things)
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _is_line(estimate):
    """Return whether an estimate is the straight line m·x + b, as far as four places tell."""
    places = ((2.0, 0.5, 1.0), (5.0, 1.5, -2.0), (-1.0, -0.7, 0.0), (0.0, 0.4, 3.0))
    return np.allclose([estimate(*each) for each in places], [m * x + b for x, m, b in places])


def _still_flats(ax, size, rent, low):
    """Draw the data in a window that holds them."""
    right, high = max(10, 1.1 * np.max(size)), max(13, 1.1 * np.max(rent))
    limits = (min(0, np.min(size) - 1), right), (min(low, np.min(rent) - 1), high)
    plots.window(ax, limits, "size in 10 m²", "rent in 100 €")
    plots.point(ax, size, rent, "data", size=7)


def _draw_estimate(ax, estimate, m, b):
    points = 2 if _is_line(estimate) else 61
    plots.curve(ax, lambda x: estimate(x, m, b) + 0 * x, "model", points, linestyle="-")


def line_by_hand(size, rent, estimate, cost, **sliders):
    """Show a line among flats, by how much it misses them, and the cost of each slope.

    Args:
        size, rent: the data, shape (n,).
        estimate: `estimate(x, m, b)` is the model, elementwise in x.
        cost: `cost(m, b)` is the cost of the model with these parameters.
    """
    usual = "line", "slope", "slope m"
    line, slope, name = usual if _is_line(estimate) else ("curve", "m", "parameter m")
    ends = _ends(sliders.get("m"), (0, 2))
    return live_figure(
        cost,
        partial(_draw_line, size, rent, estimate, cost, ends),
        sliders,
        name="line-by-hand",
        panels=2,
        still=partial(_still_line, size, rent, cost, ends, name),
        readout=partial(_say_line, estimate),
        labels={"m": name, "b": "intercept b"},
        formerly={"m": "a", "b": "c"},
        play="m",
        alt=f"{_count(size).capitalize()} flats as points, size against rent, with a {line}; "
        f"beside it the cost of each {slope}.",
        title=f"A {line} as a model with its misses, and the cost of each {slope}.",
        presets={"flat": {"m": 0.0, "b": 6.0}, "through zero": {"m": 1.3, "b": 0.0}},
        claims=_line_claims(estimate),
    )


def _line_claims(estimate):
    return {
        "flat": lambda cost, m, b: np.ptp([estimate(x, m, b) for x in range(11)]) == 0,
        "through zero": lambda cost, m, b: estimate(0, m, b) == 0,
    }


def _ends(slider, usual):
    """Return the ends of a slider, or the usual ones if it has none."""
    return getattr(slider, "min", usual[0]), getattr(slider, "max", usual[1])


def _costs(cost, ends, b):
    slopes = np.linspace(*ends, 31)
    return slopes, [cost(each, b) for each in slopes]


def _still_line(size, rent, cost, ends, name, axes):
    _still_flats(axes[0], size, rent, low=0)
    costs = np.concatenate([_costs(cost, ends, b)[1] for b in (0, 2, 4, 6)])
    low, high = np.nanquantile(costs, (0, 0.75))
    top = 25 if 0 <= low < 5 and 12 < high < 50 else high
    bottom = 0 if low >= 0 else low
    plots.window(axes[1], (ends, (bottom, top if top > bottom else bottom + 1)), name, "cost")


def _draw_line(size, rent, estimate, cost, ends, axes, now, m, b):
    axes[0].vlines(size, rent, estimate(size, m, b), color=plots.PALETTE["loss"], linewidth=1.5)
    _draw_estimate(axes[0], estimate, m, b)
    axes[1].plot(*_costs(cost, ends, b), color=plots.PALETTE["loss"], linewidth=2)
    plots.point(axes[1], m, now, "path", size=10)
    plots.leaving(axes[1], m, now)


def _say_line(estimate, cost, m, b):
    words = (
        f"Rent = {m:.1f} · size + {b:.1f}" if _is_line(estimate) else f"m = {m:.1f}, b = {b:.1f}"
    )
    return f"{words}: cost {cost:.2f}."


#: The boxes of the loop: left, bottom, width, height, colour.
_BOXES = {
    "data": (0, 4, 2, 2, "data"),
    "model": (2.9, 6.9, 3.6, 3, "model"),
    "cost": (2.9, 0.5, 3.6, 2.3, "loss"),
    "update": (7.2, 3.6, 2.8, 2.8, "path"),
}
_WIRES = (
    (1, 6, 2.9, 8.4),
    (1, 4, 2.9, 1.7),
    (4.7, 6.9, 4.7, 2.8),
    (6.5, 1.7, 8.6, 3.6),
    (8.6, 6.4, 6.5, 8.4),
)
#: The boxes and wires that are busy in each of the four stages.
_BUSY = (({"data", "model"}, (0, 2)), ({"cost"}, (1, 2)), ({"update"}, (3,)), ({"model"}, (4,)))


def learning_loop(size, rent, estimate, slopes, learn, **sliders):
    """Show the loop of learning stage by stage, four stages a round, and the line it draws.

    Args:
        size, rent: the data, shape (n,).
        estimate: `estimate(x, m, b)` is the model, elementwise in x.
        slopes: `slopes(place)` returns the slopes of the cost at a place (m, b).
        learn: `learn(learning_rate, m0)` returns the `Path` of (m, b), one step a round.
    """
    return live_figure(
        learn,
        partial(_draw_loop, estimate),
        sliders,
        name="learning-loop",
        panels=2,
        still=partial(_still_loop, size, rent),
        readout=partial(_say_loop, slopes),
        play="stage",
        labels={"m0": "start m₀"},
        formerly={"m0": "a0"},
        alt="Data, model, cost and update as boxes joined in a loop, and the line the model draws.",
        title="The loop of learning, four stages a round. Press Play, or move the stage.",
    )


def _still_loop(size, rent, axes):
    axes[0].set(xlim=(0, 10), ylim=(0, 10))
    axes[0].set_axis_off()
    for name, (left, low, width, height, role) in _BOXES.items():
        plots.label(axes[0], left + width / 2, low + height - 0.6, name, role, ha="center")
    for x0, y0, x1, y1 in _WIRES:
        plots.arrow(axes[0], (x0, y0), (x1, y1), "muted", linewidth=1)
    for x, y, word in ((1.2, 7.6, "x"), (1.2, 2.4, "y"), (4.3, 4.8, "ŷ")):
        plots.label(axes[0], x, y, word, "data" if word != "ŷ" else "model")
    _still_flats(axes[1], size, rent, low=-4)


def _round(path, stage):
    """Return the number of the round, that of its stage, and the places before and after it.

    After the last round of a walk that has ended it is that one again.
    """
    turn = min(stage // 4, max(path.steps - 1, 0))
    return turn, stage % 4, path.x[turn], path.x[min(turn + 1, path.steps)]


def _draw_loop(estimate, axes, path, stage):
    turn, now, before, after = _round(path, stage)
    (m, b), step = after if now == 3 else before, after - before
    words = {"model": (f"m = {m:.2f}", f"b = {b:.2f}")}
    words["cost"] = (f"C = {path.f[turn]:.2f}",) if now else ()
    words["update"] = (f"m {step[0]:+.2f}", f"b {step[1]:+.2f}") if now > 1 else ()
    busy, wires = _BUSY[now]
    for name in _BOXES:
        _draw_box(axes[0], name, name in busy, words.get(name, ()))
    for x0, y0, x1, y1 in (_WIRES[k] for k in wires):
        plots.arrow(axes[0], (x0, y0), (x1, y1), "ink")
    _draw_estimate(axes[1], estimate, m, b)


def _draw_box(ax, name, busy, lines):
    left, low, width, height, role = _BOXES[name]
    right, high, tint = left + width, low + height, plots.PALETTE[role]
    x, y = (left, right, right, left), (low, low, high, high)
    ax.fill(x, y, facecolor=(tint, 0.25 if busy else 0.0), edgecolor=tint, linewidth=1.5)
    for k, text in enumerate(lines):
        text = text.replace("-", "−")
        plots.label(ax, left + width / 2, high - 1.4 - 0.75 * k, text, ha="center")


def _say_loop(slopes, path, stage):
    turn, now, before, after = _round(path, stage)
    slope = slopes(before)
    against = "against the slopes, " if _is_against(after - before, slope) else ""
    words = (
        f"forward: with m = {before[0]:.2f} and b = {before[1]:.2f}, estimate every rent.",
        f"forward: the cost of these estimates is {path.f[turn]:.2f}.",
        f"backward: the cost has slope {slope[0]:.1f} in m and {slope[1]:.1f} in b.",
        f"update: {against}to m = {after[0]:.2f} and b = {after[1]:.2f}.",
    )[now]
    return f"Round {turn + 1}, {words}"


def _is_against(step, slope):
    """Return whether a step points straight against the slopes."""
    lengths = np.linalg.norm(step) * np.linalg.norm(slope)
    return lengths > 0 and step @ slope < -0.999999 * lengths


def happy_or_sad(sentences, counts, happy, score, **sliders):
    """Show sentences by their counts of two words, and the line that parts the happy from the sad.

    Args:
        sentences: the sentences, n of them.
        counts: how often each says Ya and Na, shape (n, 2).
        happy: 1 for each happy sentence and 0 for each sad one, shape (n,).
        score: `score(x1, x2, w1, w2, b)` of the two counts is above 0 if a sentence is called
            happy; the last three are the sliders.
    """
    return live_figure(
        lambda **line: partial(score, **line),
        _draw_moods,
        sliders,
        name="happy-or-sad",
        still=partial(_still_moods, sentences, counts, happy),
        readout=partial(_say_moods, counts, happy),
        labels={"w1": "weight w₁ of Ya", "w2": "weight w₂ of Na", "b": "constant b"},
        formerly={"w1": "k"},
        alt=f"{_count(sentences).capitalize()} sentences as points in the plane of their counts of "
        "Ya and Na, parted by a line.",
        title="The shaded side of the line is called happy. The weights turn it, b moves it.",
        presets={
            "one line": {"w1": 0.5, "w2": -1, "b": 1},
            "another": {"w1": 1.5, "w2": -1, "b": -1.25},
        },
    )


def _still_moods(sentences, counts, happy, ax):
    right, high = np.max(counts, axis=0)
    limits = (-0.5, max(4.5, right + 0.5)), (-0.5, max(3.8, high + 0.8))
    plots.window(ax, limits, "how often Ya", "how often Na")
    for (ya, na), is_happy, words in zip(counts, happy, sentences, strict=True):
        plots.point(ax, ya, na, "data", size=10, marker="o" if is_happy else "s")
        mood = "happy" if is_happy else "sad"
        side = {"x": ya - 0.12, "ha": "right"} if ya >= 3 else {"x": ya + 0.12}
        plots.label(ax, y=na + 0.17, text=f"{words}: {mood}", role="data", **side)
    plots.point(ax, 1, 1, "target", size=10, markerfacecolor="none")
    plots.label(ax, 0.86, 1, "Na Ya: ?", "target", ha="right")


def _weights(score):
    """Return w1, w2, b if the score is w1·Ya + w2·Na + b, else None."""
    b = score(0.0, 0.0)
    w1, w2 = score(1.0, 0.0) - b, score(0.0, 1.0) - b
    places = ((2.0, 3.0), (-1.0, 0.5), (4.0, 1.0))
    straight = [w1 * ya + w2 * na + b for ya, na in places]
    is_straight = np.allclose([score(*each) for each in places], straight)
    return np.round((w1, w2, b), 9) + 0.0 if is_straight else None


def _draw_moods(ax, score):
    weights, tint = _weights(score), plots.PALETTE["model"]
    ya, na = np.array(ax.get_xlim()), np.array(ax.get_ylim())
    if weights is not None and weights[1]:
        w1, w2, b = weights
        rim = na[0] if w2 < 0 else na[1]
        ax.fill_between(ya, rim, -(w1 * ya + b) / w2, color=tint, alpha=0.15)
        plots.line(ax, -w1 / w2, 0, -b / w2, "model", linestyle="-")
    else:
        across, up = np.meshgrid(np.linspace(*ya, 41), np.linspace(*na, 41))
        heights = np.vectorize(score, otypes=[float])(across, up)
        if heights.max() > 0:
            ax.contourf(across, up, heights, [0, heights.max() + 1], colors=[(tint, 0.15)])
        if heights.min() < 0 < heights.max():
            ax.contour(across, up, heights, [0], colors=[tint], linewidths=2)


def _say_moods(counts, happy, score):
    scores = np.array([score(*each) for each in counts])
    right = np.count_nonzero((scores > 0) == (np.asarray(happy) > 0))
    verdict = "happy" if score(1.0, 1.0) > 0 else "sad"
    rule = "" if _weights(score) is None else f"Score {_rule(*_weights(score))}: "
    return f"{rule}{right} of {len(happy)} right. “Na Ya” would be {verdict}."


def _rule(w1, w2, b):
    times = f"{'−' if w2 < 0 else '+'} {'' if abs(w2) == 1 else f'{abs(w2):g}·'}Na"
    return f"{w1:g}·Ya {times if w2 else ''} {b:+.3g}".replace("  ", " ")


def nets(networks, arrows, **sliders):
    """Show networks as circles and arrows: the way forward to the cost and the way back.

    Args:
        networks: for each number of hidden layers, how many circles each layer has, those marked
            1 left out.
        arrows: `arrows(hidden)` returns the number of parameters.
    """
    return live_figure(
        arrows,
        partial(_draw_net, networks),
        sliders,
        name="nets",
        still=_still_net,
        readout=partial(_say_net, networks),
        play="stage",
        labels={"hidden": "hidden layers"},
        alt="A network as circles and arrows: inputs on the left, the estimate and the cost right.",
        title="Forward along the arrows to the cost, then backward. The circles marked 1 carry b.",
        presets={"one layer": {"hidden": 0}, "shallow": {"hidden": 1}, "deep": {"hidden": 2}},
        claims={
            "one layer": lambda count, hidden: len(networks[hidden]) == 2,
            "shallow": lambda count, hidden: len(networks[hidden]) == 3,
            "deep": lambda count, hidden: len(networks[hidden]) > 3,
        },
    )


def _still_net(ax):
    ax.set(xlim=(-0.5, 9.7), ylim=(-2.76, 2.75))  # a unit is as long across as up
    ax.set_axis_off()


def _columns(sizes):
    """Return the circles of each layer as (x, y, name); the last one before the estimate is 1."""
    names = ["x", *["h"] * (len(sizes) - 2), "ŷ"]
    columns = []
    for x, size, name in zip(np.linspace(0, 7, len(sizes)), sizes, names, strict=True):
        words = [name + _below(k + 1) for k in range(size)]
        if name != "ŷ":
            words.append("1")
        elif size == 1:
            words = ["ŷ"]
        up = np.linspace(2, -2, len(words)) if len(words) > 1 else [0.0]
        columns.append([(x, y, word) for y, word in zip(up, words, strict=True)])
    return columns


def _below(number):
    return "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(number))


def _arrows(columns):
    """Return for each layer of arrows the pairs of circles that they join."""
    return [[(a, b) for a in start for b in end if b[2] != "1"] for start, end in pairwise(columns)]


def _draw_net(networks, ax, count, hidden, stage):
    columns = _columns(networks[hidden])
    depth = len(columns) - 1
    turn = stage % (2 * depth + 2)
    for k, pairs in enumerate(_arrows(columns)):
        role = {k + 1: "model", 2 * depth + 1 - k: "slope"}.get(turn, "muted")
        for start, end in pairs:
            ends = (end, start) if role == "slope" else (start, end)
            _draw_wire(ax, *ends, role, 1 if role == "muted" else 2.2)
    compares = ("loss", 2.2) if turn == depth + 1 else ("muted", 1)
    for start in (*columns[-1], (9.2, 2, "y")):
        _draw_wire(ax, start, (9.2, 0, "C"), *compares)
    _draw_nodes(ax, [*columns, [(9.2, 0, "C"), (9.2, 2, "y")]])


def _draw_wire(ax, start, end, role, width):
    start, end = np.array(start[:2], dtype=float), np.array(end[:2], dtype=float)
    gap = 0.48 * (end - start) / np.hypot(*(end - start))
    plots.arrow(ax, start + gap, end - gap, role, linewidth=width)


def _draw_nodes(ax, columns):
    size = min(40, 200 / max(len(column) for column in columns))
    for x, y, name in (node for column in columns for node in column):
        role = "loss" if name == "C" else "data" if name[0] in "xy1" else "model"
        plots.point(ax, x, y, role, size=size, markerfacecolor="none", markeredgewidth=1.5)
        plots.label(ax, x, y, name, role, ha="center")


def _say_net(networks, count, hidden, stage):
    depth = len(networks[hidden]) - 1
    turn = stage % (2 * depth + 2)
    if turn == 0:
        return _say_count(networks[hidden], count)
    if turn == depth + 1:
        return "The cost compares the estimate ŷ with the true y."
    if turn <= depth:
        return f"Forward, layer {turn} of {depth}: weigh what comes in, and add."
    return f"Backward, layer {2 * depth + 2 - turn} of {depth}: the slope of C for each arrow."


def _say_count(sizes, count):
    name = ("One layer", "Shallow", "Deep")[min(len(sizes) - 2, 2)]
    drawn = sum(len(pairs) for pairs in _arrows(_columns(sizes)))
    if count != drawn:
        return f"{name}: {drawn} arrows on the way to ŷ, but {count} parameters by this count."
    return f"{name}, {count} parameters: one for each arrow on the way to ŷ."
