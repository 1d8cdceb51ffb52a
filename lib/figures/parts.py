"""Pieces that the figures of several chapters share."""

from dataclasses import replace

import numpy as np

from lib import plots
from lib.live.letters import typeset


def plain(number, digits=2):
    """Write a number as it is said: 0.0012, 12, or 3 · 10⁻⁷ where there were too many zeros."""
    if not np.isfinite(number):
        return "no number"
    if number == 0 or 1e-3 <= abs(number) < 1e6:
        digits = max(digits, int(np.floor(np.log10(abs(number) or 1))) + 1)
        return typeset(f"{number:.{digits}g}")
    digit, power = f"{number:.{digits - 1}e}".split("e")
    return typeset(f"{float(digit):g}e{power}")


def ring(ax, x, y, role="target"):
    """Draw an open ring around the place (x, y), such as a minimum that walks should reach."""
    return plots.point(ax, x, y, role, size=12, fillstyle="none", markeredgewidth=2)


def until(path, step):
    """Return a `Path` of one walk cut off after so many steps."""
    return replace(path, x=path.x[: step + 1], f=path.f[: step + 1])


def inside(path, reach):
    """Return a `Path` of one walk cut off after the first place farther than `reach` from zero.

    In several variables no coordinate may be farther than that.
    """
    far = np.abs(path.x).reshape(len(path.x), -1).max(axis=1) > reach
    return until(path, int(far.argmax())) if far.any() else path


def wide(limits, values, room=0.0):
    """Return the limits of an axis, wider where values would lie outside."""
    return min(limits[0], np.min(values) - room), max(limits[1], np.max(values) + room)


def sees_in_order(x, path):
    """Return whether step k of a walk of (w, b) learns from sample k alone, as its direction tells.

    That is along (x[k], 1) for samples x of shape (m,) or (m, n).
    """
    moves = np.diff(path.x, axis=0)[: len(x)]
    inputs = x.reshape(len(x), -1)[: len(moves)]
    slack = 1e-9 * (1 + np.abs(path.x[: len(moves) + 1]).max())
    return bool((np.abs(moves[:, :-1] - moves[:, -1:] * inputs) <= slack).all())


def astray(losses, at):
    """Return words if a loss, shape (steps + 1,), is higher than at the start, or no number."""
    return "" if losses[at] <= losses[0] else ", higher than at the start"


def reachable(presets, sliders):
    """Return presets without the values of sliders that are not there."""
    return {
        label: {name: value for name, value in wish.items() if name in sliders}
        for label, wish in presets.items()
    }
