"""An error in a reader's figure, told by the reader's own lines.

Between a cell and what is wrong in it lie a dozen calls of this package, which help nobody there.
"""

import sysconfig
from functools import partial, wraps
from linecache import getline
from pathlib import Path
from traceback import format_exception_only, walk_tb

_PACKAGE = Path(__file__).parents[1]
_PYTHON = Path(sysconfig.get_path("stdlib"))
_OTHERS = {"site-packages", "dist-packages", "<frozen importlib._bootstrap>"}


def told_by_own_lines(function):
    """Let IPython show an error of a function without the calls of this package.

    IPython asks an exception that has ``_render_traceback_`` for the lines to show.
    """

    @wraps(function)
    def run(*arguments, **options):
        try:
            return function(*arguments, **options)
        except Exception as error:
            error._render_traceback_ = partial(lines, error)
            raise

    return run


def lines(error):
    """Return an error as lines: where in the reader's cells it came about, then what it says."""
    told = [_place(frame, line) for frame, line in walk_tb(error.__traceback__) if _is_own(frame)]
    return ["Traceback (most recent call last)", *told, *format_exception_only(error)]


def _is_own(frame):
    """Whether a frame is that of a cell or a file of the reader, and no installed package."""
    name = Path(frame.f_code.co_filename)
    is_ours = name.is_relative_to(_PACKAGE) or name.is_relative_to(_PYTHON)
    return not (is_ours or _OTHERS & {*name.parts})


def _place(frame, line):
    code = frame.f_code
    shell = frame.f_globals.get("get_ipython")
    kind, name = "File", code.co_filename
    if shell and (found := shell().compile.format_code_name(name)):
        kind, name = found  # as ("Cell", "In[3]")
    text = getline(code.co_filename, line).strip()
    return f"  {kind} {name}, line {line}, in {code.co_name}\n    {text}"
