"""Displayed formulas that are read from their LaTeX and checked while the book is built."""

from formulas.say import between, checked, definition, function, plane, smooth, whole
from formulas.scope import slope
from formulas.walks import after, zero

__all__ = [
    "after", "between", "checked", "definition", "function", "plane", "slope", "smooth", "whole",
    "zero",
]  # fmt: skip
