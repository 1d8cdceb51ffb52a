"""The live figures and the cells of a chapter in a static page."""

from pages.figures import alone, folds, pad, page, streams
from pages.static import publish


def setup(app):
    publish(app, __file__)
    for part in (page, pad, folds, streams, alone):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
