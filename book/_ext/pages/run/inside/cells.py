"""One cell: it runs in the names of its page, and its last value is shown."""

import ast
import contextlib
import linecache
import re
import traceback

from . import shown

#: No more places of a traceback than this, half of them from either end.
MOST_PLACES = 20


def run(text, number, names, is_shown):
    """Run a cell; return what went wrong as a dictionary, or None.

    A cell that is not shown runs for its names: the live figure that ends it is left out.
    """
    file = f"<cell {number}>"
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    names.pop("__warningregistry__", None)  # a warning is told at every run
    try:
        body, last = _parted(text, file)
        exec(body, names)
        if last and (is_shown or not _makes_figure(last.body, names)):
            value = eval(compile(last, file, "eval"), names)
            if is_shown and not text.rstrip().endswith(";"):
                shown.show(value)
        shown.finish(is_shown)
    except BaseException as error:  # and also SystemExit
        _finish_quietly()
        return _told(error, file)
    return None


def _parted(text, file):
    """Return the code of a cell without its last expression, and that, if there is one."""
    tree, last = ast.parse(text, file), None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = ast.Expression(tree.body.pop().value)
    return compile(tree, file, "exec"), last


def _makes_figure(call, names):
    """Whether an expression calls what makes a live figure: a function of ``lib.figures``."""
    if not isinstance(call, ast.Call):
        return False
    called, path = call.func, []
    while isinstance(called, ast.Attribute):
        called, path = called.value, [called.attr, *path]
    found = names.get(called.id) if isinstance(called, ast.Name) else None
    for name in path:
        found = getattr(found, name, None)
    home, name = getattr(found, "__module__", None) or "", getattr(found, "__name__", "")
    return home.startswith("lib.figures.") or (home, name) == ("lib.live.figure", "live_figure")


def _finish_quietly():
    """Put away the pictures of a cell that failed."""
    with contextlib.suppress(Exception):  # the reader is told of the first error
        shown.finish(False)


def _told(error, file):
    """Return an error as the page is told of it."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if _number(f.filename)]
    places = [_place(frame.filename, frame.lineno) for frame in reversed(frames)]
    lines = [frame.lineno for frame in frames if frame.filename == file]
    if isinstance(error, SyntaxError) and _number(error.filename):
        places.insert(0, _place(error.filename, error.lineno))
        lines = [error.lineno] if error.filename == file else lines
        text = f"{type(error).__name__}: {error.msg}"
    else:
        text = "".join(traceback.format_exception_only(error)).rstrip("\n")
    if len(places) > MOST_PLACES:
        places = places[: MOST_PLACES // 2] + places[-MOST_PLACES // 2 :]
    line = lines[0] if lines else None
    return {"line": line, "name": type(error).__name__, "text": text, "trace": places}


def _number(file):
    """Return the number of the cell that a frame's file stands for, 0 if it is none."""
    found = re.fullmatch(r"<cell (\d+)>", str(file))
    return int(found[1]) if found else 0


def _place(file, line):
    code = linecache.getline(file, line or 0).strip()
    return {"cell": _number(file), "line": line, "code": code}
