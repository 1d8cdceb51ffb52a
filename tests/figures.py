"""The live figures of the notebooks, made otherwise while a test runs their cells."""

import sys
from importlib import import_module


def make_by(patch, chapter, make):
    """Let ``make`` take the place of ``live_figure`` for the figures of a chapter.

    A chapter may share figures with others, so all that are imported are made so.
    """
    import_module(f"lib.figures.{chapter}")
    for name, module in sys.modules.items():
        if name.startswith("lib.figures.") and hasattr(module, "live_figure"):
            patch.setattr(module, "live_figure", make)
