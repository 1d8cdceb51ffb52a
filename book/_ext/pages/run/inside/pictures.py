"""The backend of Matplotlib in a page: its pictures go to the page when they are shown.

A picture of pyplot is shown by ``plt.show()``, or else when its cell is done, as in a notebook.
"""

import io
from base64 import b64encode

from matplotlib import pyplot
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

from . import shown

#: Pixels of the picture for one of CSS.
SHARPNESS = 2


class FigureManager(FigureManagerBase):
    """Holds a figure of pyplot until it is shown."""

    @classmethod
    def pyplot_show(cls, *, block=None):
        finish(True)


class FigureCanvas(FigureCanvasAgg):
    manager_class = FigureManager


def finish(is_shown):
    """Show the figures that pyplot has, or do not, and close them."""
    try:
        for manager in Gcf.get_all_fig_managers() if is_shown else ():
            shown.show(manager.canvas.figure)
    finally:
        pyplot.close("all")


def drawn(figure):
    """Return the picture of a Matplotlib figure, and its size in pixels of CSS.

    It is closed by that, for else its cell would show it once more.
    """
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=SHARPNESS * figure.dpi, bbox_inches="tight")
    pyplot.close(figure)
    png = file.getvalue()
    # The header of a PNG has the two numbers at its byte 16.
    width, height = (int.from_bytes(png[at : at + 4]) / SHARPNESS for at in (16, 20))
    return {"png": b64encode(png).decode(), "width": width, "height": height}
