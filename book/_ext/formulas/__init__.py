"""Displayed formulas that are read from their LaTeX and checked while the book is built."""

from formulas.check import between, checked, definition, function, plane, smooth, whole
from formulas.meaning import slope

__all__ = ["between", "checked", "definition", "function", "plane", "slope", "smooth", "whole"]
