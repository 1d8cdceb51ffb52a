"""Live figures: plain Matplotlib pictures that move under sliders, and a pad to draw on."""

from lib.live.figure import LiveFigure, live_figure
from lib.live.pad import DrawingPad, drawing_pad

__all__ = ["DrawingPad", "LiveFigure", "drawing_pad", "live_figure"]
