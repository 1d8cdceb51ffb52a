"""Pieces that the figures of several chapters share."""

import re
from dataclasses import replace

import numpy as np

from lib import plots


def minus(text):
    """Write the hyphens before numbers as minus signs."""
    return re.sub(r"(?<![\w.])-(?=[\d.])|(?<=e)-(?=\d)", "−", text)


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
