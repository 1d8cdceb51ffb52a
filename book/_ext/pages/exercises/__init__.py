"""Questions that the page judges by itself, in boxes with a hint and a solution, and progress."""

from pages.exercises import answers, boxes, predictions, progress
from pages.static import publish


def setup(app):
    publish(app, __file__)
    for part in (answers, boxes, predictions, progress):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
