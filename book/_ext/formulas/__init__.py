"""Displayed formulas that are read from their LaTeX and checked while the book is built."""

from formulas.check import (
    Checked,
    Definition,
    Report,
    Wrong,
    between,
    check,
    checked,
    definition,
    function,
    rising,
    smooth,
    whole,
)
from formulas.latex import Unreadable, read
