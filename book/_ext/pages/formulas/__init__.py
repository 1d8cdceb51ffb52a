"""Displayed formulas that are read from their LaTeX and checked while the book is built."""

from pages.formulas import inline, numbers, page
from pages.formulas.analysis import slope
from pages.formulas.say import between, checked, definition, function, plane, smooth, whole
from pages.formulas.walks import COSINE, after, zero

__all__ = [
    "COSINE", "after", "between", "checked", "definition", "function", "plane", "slope", "smooth",
    "whole", "zero",
]  # fmt: skip


def setup(app):
    page.setup(app)
    inline.setup(app)
    numbers.setup(app)  # after inline, which says what is decided
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
