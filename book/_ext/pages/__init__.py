"""What the pages of the book are made with, beside Sphinx, MyST-NB and the theme furo.

One room a feature, each with its own ``setup``, and with its scripts and styles beside it: what
stands plainly in ``notebooks`` becomes MyST, ``formulas`` are read and checked, ``exercises`` are
asked and judged, ``figures`` move in a static page, the code can be changed and ``run`` there, the
``appendix`` is drawn from the sources, the ``search`` finds sections, ``downloads`` run anywhere,
and the ``theme`` is how it all looks.
"""

from importlib import import_module

ROOMS = (
    "notebooks",
    "formulas",
    "exercises",
    "figures",
    "run",
    "appendix",
    "search",
    "downloads",
    "theme",
)


def setup(app):
    for room in ROOMS:
        import_module(f"pages.{room}").setup(app)
    # Writing is left to one process: see the theme.
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
