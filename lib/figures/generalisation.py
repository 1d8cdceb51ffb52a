"""The figures of the chapter on generalisation."""

from functools import partial
from typing import NamedTuple

import numpy as np

from lib import plots
from lib.live import live_figure
from lib.live.sliders import positions

_LABELS = {
    "sample": "draw of samples",
    "noise": "noise σ",
    "rate": "learning rate α",
    "k": "folds k",
    "fold": "fold left out",
    "mark": "pass mark",
    "x": "hours",
}

#: How training samples and validation samples are drawn, and their misses.
_DISC = {"markersize": 9}
_SQUARE = {"marker": "s", "markersize": 7, "markerfacecolor": "none", "markeredgewidth": 1.5}


def _stops(sliders, name, labels=_LABELS):
    """Return the values that a slider takes."""
    if name not in sliders:
        raise TypeError(f"sliders: got {sorted(sliders)}, wanted also {name!r}")
    return positions(name, sliders[name], labels.get(name)).values


def _window(ax, height, *heaps):
    """Show x from 0 to 1 and y from -height to height, or all samples if many lie outside."""
    x, y = (np.concatenate(each) for each in zip(*heaps, strict=True))
    across = _holding((0, 1), x)
    plots.window(ax, (across, _holding((-height, height), y)))


def _holding(ends, values):
    """Return the ends, moved outwards where more than a tenth of the values lie beyond them."""
    low, high = ends
    if np.mean((values < low) | (values > high)) <= 0.1:
        return ends
    room = 0.05 * np.ptp(values)
    return min(low, np.min(values) - room), max(high, np.max(values) + room)


def degree_and_error(draw_samples, fit_and_judge, **sliders):
    """Show a fit among samples and, beside it, how far it misses them at every degree.

    Args:
        draw_samples: `draw_samples(sample)` returns the training and the validation samples, two
            `Data`.
        fit_and_judge: `fit_and_judge(degree, sample)` returns the fit, a function of x, and its
            typical misses on the training and on the validation samples.
    """
    degrees = _stops(sliders, "degree")
    heaps = [heap for sample in _stops(sliders, "sample") for heap in draw_samples(sample)]
    return live_figure(
        lambda sample: (draw_samples(sample), {d: fit_and_judge(d, sample) for d in degrees}),
        _draw_degree,
        sliders,
        name="degree-and-error",
        panels=2,
        still=partial(_still_degree, degrees, heaps),
        readout=_say_degree,
        labels=_LABELS,
        play="degree",
        alt="A curve fitted to discs, and its miss on discs and on squares.",
        title="The fit, and the typical miss at every degree, on a logarithmic scale.",
        presets=_DEGREE_PRESETS,
        claims=_DEGREE_CLAIMS,
    )


_DEGREE_CLAIMS = {
    "too stiff": lambda result, degree: _excess(result, degree) < 1 / 1.3,
    "about right": lambda result, degree: 1 / 1.3 < _excess(result, degree) < 1.3,
    "too wiggly": lambda result, degree: _excess(result, degree) > 1.3,
}

_DEGREE_PRESETS = {
    "too stiff": {"degree": 1},
    "about right": {"degree": 3},
    "too wiggly": {"degree": 9},
}


def _excess(result, degree):
    """Return how many times as far as the best degree this one misses the validation samples.

    Where the best degree is larger than this one, it is the share instead, below 1.
    """
    misses = {each: found[2] for each, found in result[1].items()}
    best = min(misses, key=misses.get)
    return misses[degree] / misses[best] if degree >= best else misses[best] / misses[degree]


def _still_degree(degrees, heaps, axes):
    _window(axes[0], 1.9, *heaps)
    across = (min(degrees) - 0.4, max(degrees) + 0.4)
    plots.window(axes[1], (across, (0.04, 20)), "degree", "typical miss")
    axes[1].set_yscale("log")
    axes[1].set_yticks([0.1, 1, 10], ["0.1", "1", "10"])
    plots.label(axes[1], min(degrees) + 0.2, 0.055, "discs: training", "loss")
    plots.label(axes[1], min(degrees) + 0.2, 10, "squares: validation", "loss")


def _draw_degree(axes, result, degree):
    heaps, judged = result
    p, *here = judged[degree]
    plots.curve(axes[0], p, "model", points=101)
    misses = zip(*(found[1:] for found in judged.values()), strict=True)
    for heap, along, at, look in zip(heaps, misses, here, (_DISC, _SQUARE), strict=True):
        plots.point(axes[0], *heap, "data", **look)
        plots.walk(axes[1], list(judged), along, "loss", **look)
        plots.point(axes[1], degree, at, "path", size=10)


def _say_degree(result, degree):
    _, on_training, on_validation = result[1][degree]
    return f"degree {degree}: misses {on_training:.2f} on discs, {on_validation:.2f} on squares"


def learning_curve(learn, **sliders):
    """Show samples and their fit and, beside them, two misses over the number of samples.

    `learn(degree, noise, samples)` returns one draw of samples, a `Data`, its fit, a function of
    x, and the typical misses over many draws: on training samples and on new ones.
    """
    sizes = _stops(sliders, "samples")
    corner = _stops(sliders, "degree")[0], max(_stops(sliders, "noise")), sizes[-1]
    return live_figure(
        lambda degree, noise: {size: learn(degree, noise, size) for size in sizes},
        _draw_learning,
        sliders,
        name="learning-curve",
        panels=2,
        still=partial(_still_learning, sizes, learn(*corner)[0]),
        readout=_say_learning,
        labels=_LABELS,
        play="samples",
        alt="Samples and a fit, and its errors on training samples and on new ones, over "
        "the number of samples.",
        title="Squares: the miss on new samples. Discs: on training samples. Dotted: the noise.",
        presets=_LEARNING_PRESETS,
        claims=_LEARNING_CLAIMS,
    )


_LEARNING_PRESETS = {
    "underfitting": {"degree": 1, "samples": 160},
    "overfitting": {"degree": 9, "samples": 14},
    "cured by data": {"degree": 9, "samples": 160},
}


def _is_underfitting(curve, noise, samples):
    on_training, on_new = curve[samples][2]
    return on_new < 1.5 * on_training and min(on_training, on_new) > 1.3 * noise


def _is_overfitting(curve, samples):
    on_training, on_new = curve[samples][2]
    return on_new > 2 * on_training


def _is_cured(curve, noise, samples):
    return _is_overfitting(curve, min(curve)) and curve[samples][2][1] < 1.3 * noise


_LEARNING_CLAIMS = {
    "underfitting": _is_underfitting,
    "overfitting": _is_overfitting,
    "cured by data": _is_cured,
}


def _still_learning(sizes, data, axes):
    _window(axes[0], 1.9, data)
    limits = (sizes[0] * 12 / 14, sizes[-1] * 180 / 160), (0.03, 8)
    plots.window(axes[1], limits, "number of samples", "typical miss")
    axes[1].set(xscale="log", yscale="log")
    ticks = [5 * 2**k for k in range(14) if limits[0][0] <= 5 * 2**k <= limits[0][1]]
    axes[1].set_xticks(ticks, [str(tick) for tick in ticks])
    axes[1].set_yticks([0.1, 1], ["0.1", "1"])


def _draw_learning(axes, curve, noise, samples):
    data, p, here = curve[samples]
    plots.curve(axes[0], p, "model", 81)
    plots.point(axes[0], *data, "data", size=5)
    plots.line(axes[1], 0, 10, noise, "target")
    misses = np.transpose([found[2] for found in curve.values()])
    for along, at, look in zip(misses, here, (_DISC, _SQUARE), strict=True):
        plots.walk(axes[1], list(curve), along, "loss", **look)
        plots.point(axes[1], samples, at, "path", size=10)


def _say_learning(curve, samples):
    on_training, on_new = curve[samples][2]
    return f"{samples} samples: {on_training:.2f} on training, {on_new:.2f} on new ones"


class _Lesson(NamedTuple):
    """Samples for training and validation, what was learnt after some cycles, and its misses."""

    heaps: tuple
    cycles: np.ndarray
    learners: list
    misses: np.ndarray

    def best(self, step=None):
        """Return the step with the smallest validation miss, up to a step."""
        until = None if step is None else step + 1
        return int(np.argmin(np.nan_to_num(self.misses[1, :until], nan=np.inf)))

    def at(self, step):
        """Return the step that is shown, the last one if the training ended before."""
        return min(step, len(self.cycles) - 1)


def early_stopping(train, miss, every, **sliders):
    """Show what was learnt among the samples and, beside it, the two misses over the cycles.

    Args:
        train: `train(run, rate)` returns the training and the validation samples, two `Data`, and
            what was learnt after 0, 1, 2, ... cycles, a list of functions of x.
        miss: `miss(predict, data)` returns the typical miss of one of them.
        every: how many cycles a step of the slider takes.
    """
    labels = _LABELS | {"step": f"times {every} cycles"}
    last = every * max(_stops(sliders, "step", labels))
    start = [_stops(sliders, name)[0] for name in ("run", "rate")]
    return live_figure(
        lambda run, rate: _lesson(train(run, rate), miss, every, last),
        _draw_stopping,
        sliders,
        name="early-stopping",
        panels=2,
        still=partial(_still_stopping, last, train(*start)[:2]),
        readout=_say_stopping,
        labels=labels,
        play="step",
        alt="A learnt curve among noisy samples, and its two errors over the cycles.",
        title="Dashed: training error. Solid: validation error. Dotted: the best so far.",
        presets=_STOPPING_PRESETS,
        claims=_STOPPING_CLAIMS,
    )


_STOPPING_PRESETS = {
    "start": {"step": 0},
    "best": {"run": 2, "rate": 0.03, "step": 5},
    "far too long": {"step": 40},
}


def _lesson(taught, miss, every, last):
    training, validation, learners = taught
    cycles = np.arange(0, min(last, len(learners) - 1) + 1, every)
    if cycles[-1] < min(last, len(learners) - 1):  # it ended before, between two steps
        cycles = np.append(cycles, len(learners) - 1)
    learners = [learners[cycle] for cycle in cycles]
    with np.errstate(all="ignore"):  # the training may have diverged
        misses = [[miss(each, heap) for each in learners] for heap in (training, validation)]
    return _Lesson((training, validation), cycles, learners, np.array(misses))


def _is_too_long(lesson, step):
    misses, at = lesson.misses[1], lesson.at(step)
    return lesson.best() < at and not misses[at] < 1.2 * misses[lesson.best()]


_STOPPING_CLAIMS = {
    "best": lambda lesson, step: lesson.best() == step,
    "far too long": _is_too_long,
}


def _still_stopping(last, heaps, axes):
    _window(axes[0], 2.4, *heaps)
    plots.window(axes[1], ((0, last), (0, 1)), "training cycles", "typical miss")


def _draw_stopping(axes, lesson, step):
    at = lesson.at(step)
    best = lesson.best(at)
    plots.curve(axes[0], lesson.learners[at], "model", 61)
    cycle = lesson.cycles[best]
    plots.segment(axes[1], (cycle, 0), (cycle, lesson.misses[1][best]), "target")
    for heap, look in zip(lesson.heaps, (_DISC, _SQUARE), strict=True):
        plots.point(axes[0], *heap, "data", **look)
    looks = ("training", "--", -0.05), ("validation", "-", 0.05)
    for errors, look in zip(lesson.misses, looks, strict=True):
        _draw_errors(axes[1], lesson.cycles[: at + 1], errors[: at + 1], *look)


def _draw_errors(ax, cycles, errors, name, dash, above):
    """Draw one of the two errors up to now, with its name beside it, and a point at its end."""
    ax.plot(cycles, errors, dash, color=plots.PALETTE["loss"], linewidth=2)
    if len(errors) > 21 and np.isfinite(errors[20]):
        plots.label(ax, cycles[20], errors[20] + above, name, "loss")
    if np.isfinite(errors[-1]):
        plots.point(ax, cycles[-1], errors[-1], "path", size=8)
        plots.leaving(ax, cycles[-1], errors[-1], "loss")


def _say_stopping(lesson, step):
    at = lesson.at(step)
    on_training, on_validation = (errors[at] for errors in lesson.misses)
    if not max(on_training, on_validation) < 1e4 + lesson.misses[0, 0]:
        return f"After {lesson.cycles[at]} cycles: diverged."
    now = f"After {lesson.cycles[at]} cycles: training {on_training:.2f}, validation"
    best = lesson.best(at)
    where = "the best so far" if best == at else f"the best was after {lesson.cycles[best]} cycles"
    return f"{now} {on_validation:.2f}; {where}."


class _Validation(NamedTuple):
    """The samples, the pairs (rest, fold) of their numbers, and each fit with its miss."""

    data: NamedTuple
    folds: list
    fits: list
    misses: np.ndarray

    def typical(self):
        """Return the typical miss over all folds."""
        return np.sqrt(np.mean(np.square(self.misses)))


def k_fold(validate, **sliders):
    """Show the fit without one of the folds and, beside it, which samples each fold leaves out.

    `validate(k, degree)` returns the samples, a `Data`, the folds, k pairs (rest, fold) of numbers
    of samples, and for each fold the fit to the rest, a function of x, and its typical miss.
    """
    degrees = _stops(sliders, "degree")
    data = validate(_stops(sliders, "k")[0], degrees[0])[0]
    return live_figure(
        lambda k: {degree: _Validation(*validate(k, degree)) for degree in degrees},
        _draw_folds,
        sliders,
        name="k-fold",
        panels=2,
        still=partial(_still_folds, data),
        readout=_say_fold,
        labels=_LABELS,
        play="fold",
        alt="A fit that misses the squares left out, and one row of samples per fold.",
        title="One fit for each fold. The squares were left out, and judge it.",
        presets=_FOLD_PRESETS,
        claims={"about right": _is_right},
    )


_FOLD_PRESETS = {"stiff": {"degree": 1}, "about right": {"degree": 3}, "wiggly": {"degree": 9}}


def _is_right(validated, degree):
    scores = {each: found.typical() for each, found in validated.items()}
    return scores[degree] < 1.3 * min(scores.values())


def _still_folds(data, axes):
    samples, unit = len(data.x), len(data.x) / 20
    _window(axes[0], 1.9, data)
    limits = (1 - 2.4 * unit, samples + 4.5 * unit), (1, 0)
    plots.window(axes[1], limits, "sample, from left to right", "fold")
    axes[1].set_xticks([1, *range(5, samples + 1, 5 * max(1, round(unit)))])
    axes[1].set_yticks([])
    plots.label(axes[1], samples + 3 * unit, -0.04, "miss", "loss", ha="center")


def _draw_folds(axes, validated, degree, fold):
    found = validated[degree]
    at, samples = _which(found, fold), len(found.data.x)
    left, right = 1 - 1.4 * samples / 20, samples + 3 * samples / 20
    height = (np.arange(len(found.folds)) + 0.5) / len(found.folds)
    for row, (_, out) in enumerate(found.folds):
        role, up = "path" if row == at else "data", np.full(len(out), height[row])
        plots.point(axes[1], out + 1, up, role, **_SQUARE)
        plots.label(axes[1], left, height[row], row + 1, ha="center")
        plots.label(axes[1], right, height[row], f"{found.misses[row]:.2f}", "loss", ha="center")
    rest, out = found.folds[at]
    plots.point(axes[1], rest + 1, np.full(len(rest), height[at]), "data", size=5)
    _draw_left_out(axes[0], found.data, rest, out, found.fits[at])


def _which(found, fold):
    """Return the number of the fold that is shown; beyond the last it is the last."""
    return min(fold, len(found.folds)) - 1


def _draw_left_out(ax, data, rest, out, p):
    plots.curve(ax, p, "model", 81)
    plots.misses(ax, data.x[out], data.y[out], p(data.x[out]))
    plots.point(ax, data.x[rest], data.y[rest], "data", size=7)
    plots.point(ax, data.x[out], data.y[out], "data", **_SQUARE)


def _say_fold(validated, degree, fold):
    found = validated[degree]
    at, whole = _which(found, fold), found.typical()
    miss, last = found.misses[at], len(found.folds)
    words = f"fold {at + 1} of {last}: miss {miss:.2f}; over all folds {whole:.2f}"
    return words if fold <= last else f"There is no fold {fold}; the last is {words}"


def two_questions(hours, points, ask, **sliders):
    """Show two models of the same students: the points they reach, and whether they pass.

    Args:
        hours, points: the data, shape (n,).
        ask: `ask(mark)` returns who passed, shape (n,), and two functions of the hours: the
            expected points and the probability to pass.
    """
    return live_figure(
        ask,
        partial(_draw_ask, hours, points),
        sliders,
        name="two-questions",
        panels=2,
        still=partial(_still_ask, hours, points),
        readout=_say_ask,
        drag=("x",),
        labels=_LABELS,
        alt="Points over hours with a line; passed or failed, and a curve of the probability.",
        title="How many points? Passed or not? Dotted: the pass mark.",
    )


def _still_ask(hours, points, axes):
    across = _holding((0, 10), hours)
    plots.window(axes[0], (across, _holding((-5, 105), points)), "hours", "points")
    plots.window(axes[1], (across, (-0.15, 1.15)), "hours", "passed, or its probability")
    axes[1].set_yticks([0, 0.5, 1])


def _draw_ask(hours, points, axes, asked, mark, x):
    passed, *models = asked
    plots.line(axes[0], 0, 0, mark, "target")
    for ax, heights, model in zip(axes, (points, passed), models, strict=True):
        plots.curve(ax, model, "model", 61)
        plots.point(ax, hours, heights, "data", size=6)
    plots.point(axes[1], x, models[1](x), "path", size=10)
    plots.handle(axes[0], x, models[0](x))


def _say_ask(asked, x):
    _, expected, chance = asked
    share = chance(x)
    words = f"{x:g} hours: {expected(x):.0f} points expected"
    return f"{words}; passes with {share:.0%}" if np.isfinite(share) else f"{words}; no probability"
