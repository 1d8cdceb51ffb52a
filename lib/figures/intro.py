"""The figures of the intro."""

from functools import partial

import numpy as np

from lib import plots
from lib.live import live_figure
from lib.path import Path


def rolling_ball(landscape, roll, **sliders):
    """Show a ball that goes down a landscape by itself, step by step.

    Args:
        landscape: the height, a function that works elementwise.
        roll: `roll()` returns the `Path` of the ball.
    """
    return live_figure(
        roll,
        partial(_draw_ball, landscape),
        sliders,
        name="rolling-ball",
        still=partial(_still, landscape),
        readout=_say_step,
        play="step",
        autoplay=True,
        pace=0.12,
        alt="A curve with two valleys and a ball that goes down into one of them.",
    )


def _draw_ball(landscape, ax, path, step):
    at = min(step, path.steps)
    plots.path(ax, Path(path.x[: at + 1], path.f[: at + 1], path.stopped, at))
    plots.point(ax, path.x[at], landscape(path.x[at]), size=16)


def _say_step(path, step):
    at = min(step, path.steps)
    return f"step {at}: x = {path.x[at]:.2f}, height {path.f[at]:.2f}"


def two_valleys(landscape, roll, **sliders):
    """Show a ball that goes down a landscape; its start is dragged along the curve.

    Args:
        landscape: the height, a function that works elementwise.
        roll: `roll(learning_rate, x0)` returns the `Path` of the ball.
    """
    return live_figure(
        roll,
        partial(_draw, landscape),
        sliders,
        name="two-valleys",
        still=partial(_still, landscape),
        readout=_say,
        drag=("x0",),
        alt="A curve and the path of a ball that goes downhill on it, step by step.",
        title=f"A ball on its way downhill.{_deeper(landscape)}",
        presets=_PRESETS,
        claims={
            "too small": lambda path: not _rests(path) and not _leaps(path),
            "right": _rests,
            "too large": lambda path: not _rests(path) and _leaps(path) and _climbs(path),
        },
    )


_PRESETS = {
    "too small": {"learning_rate": 0.001, "x0": 2.8},
    "right": {"learning_rate": 0.0631, "x0": 2.8},
    "too large": {"learning_rate": 0.398, "x0": 2.8},
}


def _deeper(landscape):
    """Return in words which of two valleys is the deeper one; nothing if there are not two."""
    height = landscape(np.linspace(-3.2, 3.2, 1281)) + np.zeros(1281)
    lows = height[1:-1][(height[1:-1] < height[:-2]) & (height[1:-1] < height[2:])]
    if len(lows) != 2 or np.isclose(*lows, atol=1e-3):
        return ""
    return f" The {'left' if lows[0] < lows[1] else 'right'} valley is the deeper one."


def _rests(path):
    is_still = path.steps > 0 and abs(path.x[-1] - path.x[-2]) < 1e-3
    return path.stopped != "diverged" and bool(is_still)


def _leaps(path):
    """Return whether the ball turns back or flies away."""
    steps = np.diff(path.x)
    return path.stopped == "diverged" or bool(np.any(steps[1:] * steps[:-1] < 0))


def _climbs(path):
    """Return whether a step lands higher than it began, or nowhere."""
    return path.stopped == "diverged" or bool(np.any(np.diff(path.f) > 0))


def _still(landscape, ax):
    plots.window(ax, ((-3.2, 3.2), (-6, 6)), "x", "height")
    plots.curve(ax, landscape)


def _draw(landscape, ax, path, x0):
    plots.path(ax, path)
    plots.handle(ax, x0, landscape(x0))


def _say(path, x0):
    words = f"after {path.steps} steps x = {path.x[-1]:.2f}, {_end(path)}"
    if path.stopped == "diverged":
        words = _say_away(path)
    return f"From {x0:.1f}: {words}."


def _end(path):
    if _rests(path) or not path.steps:
        return "at rest" if path.steps else "no step taken"
    if not _leaps(path):
        return "still on its way"
    return "still leaping, and not always down" if _climbs(path) else "still leaping to and fro"


def _say_away(path):
    if np.isnan(path.f[-1]) and abs(path.x[-1]) < 1e3:
        return f"step {path.steps} lands where there is no ground" if path.steps else "no ground"
    lengths = np.abs(np.diff(path.x[np.isfinite(path.x)]))
    grows = len(lengths) > 1 and np.all(lengths[1:] > lengths[:-1])
    return "away, farther with every step" if grows else "away"
