"""The live figures and the cells of a chapter in a static page."""

from pages.figures import folds, pad, page, streams


def setup(app):
    for part in (page, pad, folds, streams):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
