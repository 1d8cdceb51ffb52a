"""The cells of one page: which of them have run, and what running another takes."""

import builtins
import io
import json
import logging
import os
import sys
import time
import types

from . import cells, shown, work
from .printed import Printed

os.environ["MPLBACKEND"] = f"module://{__package__}.pictures"
# Of the fonts that formulas may want the page has some; the others are no news to a reader.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)


class Page:
    """One page's names and the texts of the cells that have run, first to last.

    Args:
        tell: a function that takes one message, as JSON.
    """

    def __init__(self, tell):
        self._ran = []
        self._tell = lambda kind, **rest: tell(_json({"kind": kind, **rest}))
        module = types.ModuleType("__main__")
        sys.modules["__main__"], self._names = module, vars(module)
        builtins.input, sys.stdin = _no_input, io.StringIO()  # which `help` asks whether to page

    def run(self, texts):
        """Show the last of the cells, given as a JSON list, after those above it that it needs."""
        started, texts = time.perf_counter(), json.loads(texts)
        first, last = self._first_needed(texts), len(texts)
        ok, above = True, range(first, last)
        for done, number in enumerate(above):
            self._tell("above", cell=number, done=done, of=len(above))
            ok = ok and self._run_one(number, texts[number - 1], is_shown=False)
        ok = ok and self._run_one(last, texts[-1], is_shown=True)
        seconds = round(time.perf_counter() - started, 3)
        self._tell("end", cell=last, ok=ok, seconds=seconds, above=len(above))

    def _first_needed(self, texts):
        """Return the number of the first cell that has not run with its text."""
        for number, text in enumerate(texts[:-1], 1):
            if number > len(self._ran) or self._ran[number - 1] != text:
                return number
        return len(texts)

    def _run_one(self, number, text, is_shown):
        """Run one cell and return whether it went well; those after it count as not run."""
        del self._ran[number - 1 :]
        told = self._tell if is_shown else _nothing
        with Printed(told) as printed, shown.to(told, printed.flush), work.told(told):
            error = cells.run(text, number, self._names, is_shown)
        if error:
            self._tell("error", cell=number, **error)
            return False
        self._ran.append(text)
        return True


def _nothing(kind, **rest):
    """Take a message that nobody is to see."""


def _no_input(prompt=""):
    raise RuntimeError("nothing can be typed in here while a cell runs: give a name the value")


def _json(message):
    """Write a message down; numbers of NumPy as they are, no NaN, which JSON has not."""
    return json.dumps(message, allow_nan=False, default=lambda value: value.item())
