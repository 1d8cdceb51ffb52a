"""The figures of the chapter on digits: pictures of 8 × 8, bars of ten answers, and a pad."""

from functools import partial

import numpy as np

from lib import diagram, plots, strokes
from lib.live import drawing_pad, live_figure
from lib.live.sliders import positions

_LABELS = {
    "which": "specimen",
    "z1": "score z₁",
    "z2": "score z₂",
    "z3": "score z₃",
    "shift": "added to all",
    "spread": "times 1/√n",
    "hidden": "hidden neurons",
    "rate": "learning rate α",
    "size": "batch size",
    "seed": "start (seed)",
}
_SIDE = 8
_PIXELS = np.arange(_SIDE * _SIDE)
_SQUARE = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
#: A pixel of a picture that fills a panel of two, in pixels of the panel.
_CELL = 31


def _stops(sliders, name):
    """Return the values that a slider takes."""
    if name not in sliders:
        raise TypeError(f"sliders: got {sorted(sliders)}, wanted also {name!r}")
    return positions(name, sliders[name], _LABELS.get(name)).values


def _bare(ax, width, height, room=0.0):
    """Show squares of 1 from (0, 0) at the upper left, all as wide as high, without ticks."""
    plots.window(ax, ((0, 1), (0, 1)), "", "")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    box = ax.bbox
    cell = min(box.width / (width + room), box.height / (height + room))
    across, down = box.width / cell, box.height / cell
    ax.set_xlim((width - across) / 2, (width + across) / 2)
    ax.set_ylim((height + down) / 2, (height - down) / 2)


def _picture(ax, x):
    """Draw a picture, 64 numbers from 0 to 1, in squares of ink; each tone is a row of markers."""
    tones = np.round(16 * np.clip(x, 0, 1)).astype(int)
    for tone in range(1, 17):
        at = np.flatnonzero(tones == tone)
        if len(at):
            look = {"marker": "s", "markeredgewidth": 0, "alpha": tone / 16}
            place = at % _SIDE + 0.5, at // _SIDE + 0.5
            plots.point(ax, *place, "ink", size=_CELL, **look)


def _bars(ax, heights, role, share=0.7):
    """Draw upright bars at 0, 1, 2, ..., each so wide a share of its place: one broken line."""
    feet, gaps = np.zeros(len(heights)), np.full(len(heights), np.nan)
    across = np.repeat(np.arange(len(heights)), 3)
    up = np.stack([feet, heights, gaps], axis=-1).ravel()
    width = share * ax.bbox.width / np.ptp(ax.get_xlim())
    colour = plots.PALETTE[role]
    return ax.plot(across, up, color=colour, linewidth=width, solid_capstyle="butt")


def _still_shares(ax, count=10, name="digit"):
    """Set up a panel for the probabilities of some classes."""
    plots.window(ax, ((-0.6, count - 0.4), (0, 1.1)), name, "probability")
    ax.set_yticks([0, 0.5, 1], ["0", "½", "1"])
    ax.set_xticks(range(count))


def digit_picture(pick, **sliders):
    """Show a digit and, beside it, the numbers that it is made of.

    `pick(digit, which)` returns a picture, 64 numbers from 0 to 1, row by row.
    """
    return live_figure(
        pick,
        _draw_digit,
        sliders,
        name="digit-picture",
        panels=2,
        still=lambda axes: [_bare(ax, _SIDE, _SIDE) for ax in axes],
        readout=_say_digit,
        labels=_LABELS,
        alt="A handwritten digit in 8 by 8 squares, and the ink of each as a number.",
        title="What you see, and what the network is given, in sixteenths. Dots are 0.",
    )


def _draw_digit(axes, x):
    _picture(axes[0], x)
    numbers = np.round(16 * x).astype(int)
    across, down = _PIXELS % _SIDE + 0.5, _PIXELS // _SIDE + 0.5
    plots.point(axes[1], across[numbers == 0], down[numbers == 0], "muted", size=3)
    for k in np.flatnonzero(numbers):
        plots.label(axes[1], across[k], down[k], numbers[k], ha="center")


def _say_digit(x):
    return f"{np.count_nonzero(x)} of {len(x)} numbers are not 0; the largest is {16 * x.max():.0f}"


def scores_to_shares(softmax, **sliders):
    """Show three scores and, beside them, the probabilities that `softmax(z)` makes of them."""
    z, shift = _stops(sliders, "z1"), _stops(sliders, "shift")
    reach = min(z) + min(shift), max(z) + max(shift)
    return live_figure(
        lambda z1, z2, z3, shift: _shared(softmax, np.array([z1, z2, z3]) + shift),
        _draw_shares,
        sliders,
        name="scores-to-shares",
        panels=2,
        still=partial(_still_scores, reach),
        readout=_say_shares,
        labels=_LABELS,
        formerly={"shift": "lift"},
        alt="Three scores as bars, and three probabilities as bars.",
        title="The scores, and the probabilities that softmax makes of them.",
        presets=_SHARES_PRESETS,
        claims=_SHARES_CLAIMS,
    )


_SHARES_PRESETS = {
    "no opinion": {"z1": 0, "z2": 0, "z3": 0},
    "a close race": {"z1": 3, "z2": 2, "z3": -4},
    "certain": {"z1": 4, "z2": -4, "z3": -4},
}

_SHARES_CLAIMS = {
    "no opinion": lambda result: np.ptp(result[1]) < 1e-9,
    "a close race": lambda result: 0.2 < np.sort(result[1])[1] < 0.5,
    "certain": lambda result: result[1].max() > 0.99,
}


def _shared(softmax, z):
    return z, np.asarray(softmax(z))


def _still_scores(reach, axes):
    plots.window(axes[0], ((-0.6, 2.6), (reach[0] - 1, reach[1] + 1)), "class", "score")
    axes[0].set_xticks(range(3), ["1", "2", "3"])
    plots.line(axes[0], 0, 0, 0, "muted", linewidth=1)
    _still_shares(axes[1], 3, "class")
    axes[1].set_xticks(range(3), ["1", "2", "3"])


def _draw_shares(axes, result):
    for ax, heights, role in zip(axes, result, ("function", "model"), strict=True):
        _bars(ax, heights, role)
    for k, share in enumerate(result[1]):
        plots.label(axes[1], k, share + 0.05, f"{share:.2f}", ha="center")


def _say_shares(result):
    shares = ", ".join(f"{share:.3f}" for share in result[1])
    return f"probabilities {shares}; together {result[1].sum():.3f}"


def start_spread(begin, **sliders):
    """Show what hidden neurons say and, beside it, the loss, for starts of several spreads.

    `begin(spread)` returns, for the epochs 0, 1, 2, ..., the activations of the hidden neurons, a
    list of arrays (samples, neurons), and the validation losses, a list of numbers.
    """
    last = max(_stops(sliders, "epoch"))
    return live_figure(
        begin,
        _draw_spread,
        sliders,
        name="start-spread",
        panels=2,
        still=partial(_still_spread, last),
        readout=_say_spread,
        labels=_LABELS,
        play="epoch",
        alt="How often the hidden neurons give each answer from -1 to 1, and the loss over the "
        "epochs.",
        title="The answers of the hidden neurons, and the loss. Dotted: knowing nothing.",
        presets=_SPREAD_PRESETS,
        claims=_SPREAD_CLAIMS,
    )


_SPREAD_PRESETS = {
    "zero": {"spread": 0},
    "one over root n": {"spread": 1},
    "too large": {"spread": 20},
}

_SPREAD_CLAIMS = {
    "zero": lambda result: all(np.ptp(a) == 0 for a in result[0]),
    "one over root n": lambda result: _saturated(result[0][0]) < 0.01,
    "too large": lambda result: _saturated(result[0][0]) > 0.5,
}


def _saturated(a):
    """Return the share of the answers within a twentieth of their ends."""
    return np.mean(np.abs(a) > 0.95)


def _still_spread(last, axes):
    plots.window(axes[0], ((-1.1, 1.1), (0, 1)), "answer of a hidden neuron", "share")
    plots.window(axes[1], ((0, last), (0.05, 60)), "epoch", "validation loss")
    axes[1].set_yscale("log")
    axes[1].set_yticks([0.1, 1, 10], ["0.1", "1", "10"])
    plots.line(axes[1], 0, 0, np.log(10), "target")


def _draw_spread(axes, result, epoch):
    answers, losses = result
    at = min(epoch, len(losses) - 1)
    edges = np.linspace(-1.05, 1.05, 22)
    shares = np.histogram(answers[at], edges)[0] / answers[at].size
    middles, zero = edges[:-1] + 0.05, np.zeros(len(shares))
    plots.misses(axes[0], middles, zero, shares, "function", linewidth=11, solid_capstyle="butt")
    plots.walk(axes[1], np.arange(at + 1), losses[: at + 1], "loss")


def _say_spread(result, epoch):
    answers, losses = result
    at = min(epoch, len(losses) - 1)
    share = _saturated(answers[at])
    return f"epoch {at}: loss {losses[at]:.2f}; {share:.0%} of the answers are beyond ±0.95"


def watch_it_learn(watch, **sliders):
    """Show loss and accuracy over the epochs, of the training and of the validation digits.

    `watch(hidden, rate, size, seed)` returns, for the epochs 0, 1, 2, ..., two pairs (loss,
    accuracy): of the training heap, and of the validation heap.
    """
    last = max(_stops(sliders, "epoch"))
    return live_figure(
        lambda hidden, rate, size, seed: np.array(watch(hidden, rate, size, seed)),
        _draw_watch,
        sliders,
        name="watch-it-learn",
        panels=2,
        still=partial(_still_watch, last),
        readout=_say_watch,
        labels=_LABELS,
        play="epoch",
        alt="The loss over the epochs, and the share of digits read rightly.",
        title="The loss, and the accuracy. Dashed: training. Solid: validation.",
        presets=_WATCH_PRESETS,
        claims=_WATCH_CLAIMS,
    )


_WATCH_PRESETS = {
    "slow": {"rate": 0.03, "size": 32, "epoch": 8},
    "good": {"hidden": 32, "rate": 0.3, "size": 32, "epoch": 8},
    "thrown about": {"rate": 8, "size": 32, "epoch": 8},
    "too few neurons": {"hidden": 2, "rate": 0.3, "size": 32, "epoch": 8},
}


def _accuracy(result, epoch):
    return result[min(epoch, len(result) - 1), 1, 1]


def _is_thrown(result, epoch):
    """Tell whether the training loss rose at one of the epochs by a tenth or more."""
    losses = result[: epoch + 1, 0, 0]
    return bool((losses[1:] > 1.1 * losses[:-1]).any())


def _is_slow(result, epoch):
    """Tell whether the loss falls all the way and has far to go."""
    losses = result[: epoch + 1, 1, 0]
    return bool((np.diff(losses) < 0).all() and losses[-1] > 0.5)


_WATCH_CLAIMS = {
    "slow": _is_slow,
    "good": lambda result, epoch: _accuracy(result, epoch) > 0.85,
    "thrown about": _is_thrown,
    "too few neurons": lambda result, epoch: _accuracy(result, epoch) < 0.8,
}


def _still_watch(last, axes):
    plots.window(axes[0], ((0, last), (0.01, 100)), "epoch", "loss")
    axes[0].set_yscale("log")
    axes[0].set_yticks([0.01, 0.1, 1, 10, 100], ["0.01", "0.1", "1", "10", "100"])
    plots.window(axes[1], ((0, last), (0, 1)), "epoch", "accuracy")
    axes[1].set_yticks([0, 0.5, 1], ["0", "½", "1"])


def _draw_watch(axes, result, epoch):
    at = min(epoch, len(result) - 1)
    epochs = np.arange(at + 1)
    for kind, (ax, role) in enumerate(zip(axes, ("loss", "model"), strict=True)):
        for heap, dash in enumerate(("--", "-")):
            heights = result[: at + 1, heap, kind]
            plots.walk(ax, epochs, heights, role, linestyle=dash, linewidth=2, marker="")
            plots.point(ax, at, heights[-1], "path", size=9 if heap else 6)


def _say_watch(result, epoch):
    at = min(epoch, len(result) - 1)
    (_, known), (loss, new) = result[at]
    return f"epoch {at}: validation loss {loss:.2f}, accuracy {new:.1%} (training {known:.1%})"


def hidden_pictures(learn, **sliders):
    """Show what each hidden neuron looks for, and one of them with its edges to the ten scores.

    `learn(seed, epoch)` returns the weights into the hidden neurons, shape (64, hidden), and those
    out of them, shape (hidden, 10).
    """
    count = max(_stops(sliders, "neuron"))
    return live_figure(
        learn,
        _draw_neurons,
        sliders,
        name="hidden-pictures",
        panels=2,
        still=partial(_still_neurons, count),
        readout=_say_neuron,
        labels=_LABELS,
        alt="The weights of the hidden neurons as small pictures, and one of them amid "
        "ten discs, one for each digit, with an edge and its weight to each.",
        title="Filled: ink there lifts the neuron's sum. Open: ink lowers it. The larger the "
        "disc, the larger the weight, up to 1. Lines: the weights of the framed one to the ten "
        "scores; dashed: its answer lowers that score.",
    )


#: Room between two pictures, in their pixels; how many sizes there are, and the weight of the last.
_GAP, _STEPS, _FULL = 1.5, 4, 1.0
#: One pixel of the picture amid the ten digits, in pixels of the panel, and where its edges start.
_AMID, _NEAR = 11, 58


def _columns(count):
    return int(np.ceil(np.sqrt(count)))


def _still_neurons(count, axes):
    columns = _columns(count)
    side = columns * (_SIDE + _GAP) + _GAP
    _bare(axes[0], side, side)
    diagram.sheet(axes[1])
    places, edges = _spokes(axes[1])
    diagram.frame(axes[1], places, edges)
    for digit, place in enumerate(places):
        above = (0, diagram.name_above(axes[1]))
        diagram.write(axes[1], place, str(digit), off=above, weight="bold")


def _spokes(ax):
    """Return the places of ten digits, around the middle of a panel, and the edges to them."""
    middle = np.array(ax.figure.bbox.size) / 2
    angles = np.pi / 2 - 2 * np.pi * np.arange(10) / 10  # from the top on, as on a clock
    ways = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    rim = diagram.disc_size(ax) / 2
    places = middle + (middle.min() - rim - 2) * ways
    inner = middle + _NEAR * ways
    return places, [
        diagram.Edge(start, place - rim * way, place)
        for start, place, way in zip(inner, places, ways, strict=True)
    ]


def _corner(neuron, columns):
    """Return the upper left corner of the picture of a neuron, counted from 0."""
    row, column = divmod(neuron, columns)
    return _GAP + column * (_SIDE + _GAP), _GAP + row * (_SIDE + _GAP)


def _draw_neurons(axes, result, neuron):
    into, out = result
    columns = _columns(into.shape[1])
    corners = np.array([_corner(k, columns) for k in range(into.shape[1])])
    across = corners[:, 0] + _PIXELS[:, None] % _SIDE + 0.5
    down = corners[:, 1] + _PIXELS[:, None] // _SIDE + 0.5
    _draw_weights(axes[0], across, down, into, axes[0].bbox.width / np.ptp(axes[0].get_xlim()))
    chosen = min(neuron, into.shape[1]) - 1
    frame = corners[chosen] - 0.75 + (_SIDE + 1.5) * _SQUARE
    axes[0].plot(*frame.T, color=plots.PALETTE["path"], linewidth=2)
    _draw_neuron(axes[1], into[:, chosen], out[chosen])


def _draw_neuron(ax, into, out):
    """Draw the weights into a neuron as a picture, and those out of it as edges to the digits."""
    across, up = np.array(ax.figure.bbox.size) / 2
    across = across + _AMID * (_PIXELS % _SIDE - (_SIDE - 1) / 2)
    up = up - _AMID * (_PIXELS // _SIDE - (_SIDE - 1) / 2)
    _draw_weights(ax, across, up, into, _AMID)
    for k, ((start, end, place), weight) in enumerate(zip(_spokes(ax)[1], out, strict=True)):
        diagram.edge(ax, start, end, weight, "model", 2, k)
        diagram.write(ax, place, diagram.short(weight), off=(0, -diagram.number_below(ax)))


def _draw_weights(ax, across, down, weights, cell):
    """Draw discs as large as the weights, each sign in its own look, none for the smallest.

    A cell, so many pixels wide, is what the largest weight fills.
    """
    steps = np.minimum(np.round(_STEPS * np.abs(weights) / _FULL), _STEPS)
    for step in range(1, _STEPS + 1):
        for sign, role, look in ((1, "model", {}), (-1, "loss", {"markerfacecolor": "none"})):
            here = (steps == step) & (np.sign(weights) == sign)
            size = cell * (0.25 + 0.75 * step / _STEPS) - 1
            options = {"markeredgewidth": 1} | look
            if here.any():
                plots.point(ax, across[here], down[here], role, size=size, **options)


def _say_neuron(result, neuron):
    into, out = result
    chosen = min(neuron, into.shape[1]) - 1
    order = np.argsort(out[chosen])
    return f"neuron {chosen + 1} speaks for {order[-1]} and {order[-2]}, and against {order[0]}"


def confusion_table(count, **sliders):
    """Show how often each digit was taken for each.

    `count(split)` returns the counts, shape (10, 10): rows what it is, columns what was said.
    """
    return live_figure(
        count,
        _draw_table,
        sliders,
        name="confusion-table",
        still=_still_table,
        readout=_say_table,
        labels=_LABELS,
        alt="A table of ten by ten counts, with nearly all of them on the diagonal.",
        title="Rows: the digit that was written. Columns: the one that was read.",
    )


def _still_table(ax):
    plots.window(ax, ((-0.5, 9.5), (9.5, -0.5)), "read", "written")
    ax.set_xticks(range(10))
    ax.set_yticks(range(10))


def _draw_table(ax, table):
    rows, columns = np.nonzero(table)
    for row, column in zip(rows, columns, strict=True):
        is_right = row == column
        role = "model" if is_right else "loss"
        corners = _SQUARE + np.array([column, row]) - 0.5
        ax.fill(*corners.T, color=plots.PALETTE[role], alpha=0.15 if is_right else 0.4, linewidth=0)
        plots.label(ax, column, row, int(table[row, column]), ha="center")


def _say_table(table, split):
    right = int(np.trace(table))
    wrong = table - np.diag(np.diag(table))
    said = f"split {split}: {right} of {int(table.sum())} right"
    if not wrong.any():
        return said
    row, column = np.unravel_index(np.argmax(wrong), wrong.shape)
    times = int(wrong.max())
    return f"{said}; most often {_a(row)} was read as {_a(column)}: {times} time{'s' * (times > 1)}"


def _a(digit):
    return f"an {digit}" if digit == 8 else f"a {digit}"


def misread_digits(show, **sliders):
    """Show a digit that was misread and, beside it, the probabilities it was given.

    `show(which)` returns the picture, 64 numbers from 0 to 1, the ten probabilities, and the digit
    that it is.
    """
    return live_figure(
        show,
        _draw_misread,
        sliders,
        name="misread-digits",
        panels=2,
        still=_still_misread,
        readout=_say_misread,
        labels=_LABELS,
        alt="A handwritten digit, and bars of the probabilities of the ten digits.",
        title="A digit of a test heap that was misread, and how sure the network was. The ring "
        "stands over the right answer.",
    )


def _still_misread(axes):
    _bare(axes[0], _SIDE, _SIDE)
    _still_shares(axes[1])


def _draw_misread(axes, found):
    x, shares, digit = found
    _picture(axes[0], x)
    _bars(axes[1], shares, "model")
    ring = {"fillstyle": "none", "markeredgewidth": 2}
    plots.point(axes[1], digit, shares[digit] + 0.06, "target", size=11, **ring)


def _say_misread(found):
    _, shares, digit = found
    best = int(np.argmax(shares))
    sure = f"sure by {shares[best]:.0%}; for {digit} {shares[digit]:.0%}"
    return f"{_a(digit)}, read as {_a(best)}: {sure}"


#: A three, to begin with.
_EXAMPLE = [
    np.array(
        [
            *[(2.3, 1.5), (3, 0.9), (4, 0.7), (5, 1.1), (5.3, 2), (4.9, 2.9), (4, 3.4), (3.5, 3.5)],
            *[(4.5, 3.6), (5.4, 4.3), (5.6, 5.4), (5.1, 6.6), (4, 7.2), (2.8, 7), (2.1, 6.3)],
        ]
    )
]


def digit_pad(answer, weights):
    """Show a grid to draw on, and what a network says of the drawing.

    Args:
        answer: `answer(weights, x)` returns the ten probabilities for pictures x, shape (m, 64),
            of numbers from 0 to 1.
        weights: (W, b, V, c), of shapes (64, hidden), (hidden,), (hidden, 10) and (10,).
    """
    W, b, V, c = weights
    pixels = strokes.pixels(_EXAMPLE)
    (shares,) = answer(weights, pixels[None] / 16)
    return drawing_pad(
        [(W, b), (V, c)],
        _EXAMPLE,
        pixels,
        shares,
        name="digit-pad",
        title="Draw with a finger, a mouse or the arrow keys: the space bar puts the pen down.",
    )
