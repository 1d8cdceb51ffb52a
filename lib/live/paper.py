"""The paper of a live figure: Matplotlib's axes, set so that what is drawn on them looks like it.

All is set before an author's function runs, so that what the author sets is what holds.
"""

from contextlib import contextmanager

import matplotlib
import numpy as np
from cycler import cycler
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator
from matplotlib.transforms import Affine2D, ScaledTranslation

from lib import fonts
from lib.live.looks import LETTERS, MUTED_TEXT
from lib.live.space import Space
from lib.plots import PALETTE

#: Width and height in pixels of one panel alone, and of each of two side by side.
SIZES = {1: (560, 340), 2: (350, 330)}
#: Room in pixels left of, below, right of and above the axes.
MARGINS = (48, 46, 16, 26)
#: How far the names of the axes and the title stand from the axes, in pixels.
_NAME_BELOW, _NAME_LEFT, _NAME_ABOVE = 30.5, 3, 9

#: The roles whose colours an author gets who names none.
_CYCLE = ("function", "path", "slope", "model", "loss", "data")

_STYLE = {
    "font.family": [fonts.FAMILY, "DejaVu Sans"],
    "font.size": LETTERS,
    "text.color": PALETTE["ink"],
    "text.hinting": "none",
    "figure.facecolor": "white",
    "axes.facecolor": "none",
    "axes.edgecolor": PALETTE["muted"],
    "axes.linewidth": 1,
    "axes.labelcolor": PALETTE["ink"],
    "axes.labelsize": LETTERS,
    "axes.titlesize": LETTERS,
    "axes.titlepad": _NAME_ABOVE,
    "axes.titley": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.formatter.use_mathtext": True,
    "axes.prop_cycle": cycler(color=[PALETTE[role] for role in _CYCLE]),
    "patch.facecolor": PALETTE["function"],
    "patch.edgecolor": PALETTE["ink"],
    "legend.edgecolor": PALETTE["muted"],
    "grid.color": PALETTE["muted"],
    "grid.alpha": 0.4,
    "xaxis.labellocation": "right",
    "yaxis.labellocation": "bottom",
    "lines.solid_capstyle": "butt",
    "path.snap": False,  # lines stand where they are, as in the page
} | {
    f"{axis}tick.{name}": value
    for axis, pad in (("x", 4), ("y", 3))
    for name, value in {
        "color": PALETTE["muted"],
        "labelcolor": MUTED_TEXT,
        "labelsize": LETTERS,
        "major.size": 4,
        "major.width": 1,
        "major.pad": pad,
        "minor.size": 2,
        "minor.width": 1,
        "minor.pad": pad + 2,
    }.items()
}


@contextmanager
def style():
    """Let Matplotlib draw in the look of the live figures, for a while."""
    fonts.register()
    with matplotlib.rc_context(_STYLE):
        yield


class Panels(np.ndarray):
    """An array of axes that says so to who takes it for axes."""

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise AttributeError(
            f"got axes.{name} of two panels, wanted axes[0].{name} or axes[1].{name}"
        )


def axes_for(panels, solid=()):
    """Return the axes of so many panels, an array, each in a Matplotlib figure of its own.

    Those whose numbers are in ``solid`` are three-dimensional.
    """
    width, height = SIZES[panels]
    left, below, right, above = MARGINS
    box = [left / width, below / height, 1 - (left + right) / width, 1 - (below + above) / height]
    axes = np.empty(panels, dtype=object).view(Panels)
    for panel in range(panels):
        figure = Figure(figsize=(width / 72, height / 72), dpi=72)  # one point is one pixel
        FigureCanvasAgg(figure)
        if panel in solid:
            axes[panel] = figure.add_axes(Space(figure, [0, 0, 1, 1], elev=22, azim=-58))
            # On a phone the letters of a panel that is alone, and so wider, are the largest.
            _arrange_space(axes[panel], zoom=0.86 if panels == 1 else 0.95)
        else:
            axes[panel] = figure.add_axes(box)
            _arrange(axes[panel])
    return axes


def _arrange_space(ax, zoom):
    """Let a box in space have few numbers at its edges, and room for them however it is turned."""
    ax.set_box_aspect((4, 4, 3), zoom=zoom)
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        axis.set_pane_color((1, 1, 1, 0))  # as in the page, which has lines at its walls alone


def _arrange(ax):
    """Set the names of the axes and their powers of ten where a live figure has them."""
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    below, above = _away(ax, 0, -_NAME_BELOW), _away(ax, -_NAME_LEFT, _NAME_ABOVE)
    ax.xaxis.set_label_coords(1, 0, ax.transAxes + below)
    # Whatever height a name is given, it stands above the axis.
    top = Affine2D().scale(1, 0).translate(0, 1)
    ax.yaxis.set_label_coords(0, 0, top + ax.transAxes + above)
    # Held at its top like the numbers over it, so that on a phone both grow downwards.
    ax.xaxis.label.set(va="top", ha="right")
    ax.yaxis.label.set(va="baseline", ha="left", rotation=0)
    # The power of ten of the numbers stands on the same line as the name, at the other end.
    ax.xaxis.offsetText.set(x=0, ha="left")
    ax.yaxis.offsetText.set(x=0, ha="right")
    ax.yaxis.offsetText.set_transform(ax.yaxis.offsetText.get_transform() + _away(ax, -7, 6))


def leave_named_ticks_alone(ax):
    """Take the small ticks, and the numbers at them, off an axis whose ticks the author has set."""
    for axis in (ax.xaxis, ax.yaxis):
        is_set = isinstance(axis.get_major_locator(), FixedLocator)
        if is_set and not isinstance(axis.get_minor_locator(), FixedLocator):
            axis.set_minor_locator(NullLocator())


def _away(ax, right, up):
    return ScaledTranslation(right / 72, up / 72, ax.figure.dpi_scale_trans)
