"""The live figure: see ``live_figure``."""

from lib.live.figure import LiveFigure, live_figure

__all__ = ["LiveFigure", "live_figure"]
