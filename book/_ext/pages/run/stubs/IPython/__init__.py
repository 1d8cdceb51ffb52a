"""Stands in for IPython in the page: what ipywidgets and Matplotlib ask of it, and ``display``."""

from IPython.core.getipython import get_ipython
from IPython.display import display

__all__ = ["display", "get_ipython", "version_info"]

version_info = (9, 0, 0)  # Matplotlib leaves alone what is new enough
