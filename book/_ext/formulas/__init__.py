"""Displayed formulas that are read from their LaTeX and checked while the book is built."""

from formulas.say import between, checked, definition, function, plane, smooth, whole
from formulas.scope import slope

__all__ = ["between", "checked", "definition", "function", "plane", "slope", "smooth", "whole"]
