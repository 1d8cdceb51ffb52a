"""Values as the page is told of them: text, an answer's verdict, a picture or a live figure."""

import contextlib
import sys
from base64 import b64encode

#: No more characters of one value than this.
MOST = 200_000


class _Now:
    """Where things go while a cell runs."""

    tell = before = None


@contextlib.contextmanager
def to(tell, before):
    """Show what a cell shows to ``tell``; ``before()`` sends what it has printed until then."""
    _Now.tell, _Now.before = tell, before
    try:
        yield
    finally:
        _Now.tell = _Now.before = None


def show(value):
    """Show a value; None is nothing to show."""
    if value is None or _Now.tell is None:
        return
    kind, rest = _told(value)
    _Now.before()
    _Now.tell(kind, **rest)


def finish(is_shown):
    """Show the pictures that pyplot still has, or only put them away."""
    if "matplotlib.pyplot" in sys.modules:
        from . import pictures

        pictures.finish(is_shown)


def _told(value):
    """Return the kind of a value's message and what stands in it."""
    if _is(value, "lib.live.figure", "LiveFigure"):
        return "figure", _figure(value)
    if _is(value, "lib.live.pad", "DrawingPad"):
        return "pad", _pad(value)
    if _is(value, "lib.exercises", "Verdict"):
        return "verdict", {"right": bool(value), "text": repr(value)}
    if _is(value, "matplotlib.figure", "Figure"):
        from . import pictures

        return "picture", pictures.drawn(value)
    text = repr(value)
    cut = f"\n[Only the first {MOST} characters are shown.]" if len(text) > MOST else ""
    return "value", {"text": text[:MOST] + cut}


def _is(value, module, name):
    """Whether a value is of a class, without loading its module for that."""
    kind = getattr(sys.modules.get(module), name, None)
    return kind is not None and isinstance(value, kind)


def _figure(figure):
    """Return a live figure as the page's script takes it."""
    from lib.live import markup

    picture = figure.picture
    numbers = picture.spec | {"table": b64encode(picture.table).decode()}
    html = markup.page(picture.spec, picture.markup, "")
    picture.close()  # ipywidgets keeps all that is open for as long as the page lives
    figure.close()
    return {"name": picture.spec["name"], "html": html, "numbers": numbers}


def _pad(pad):
    """Return a drawing pad's network as the page's script takes it."""
    numbers = pad.spec | {"table": b64encode(pad.table).decode()}
    pad.close()
    return {"name": pad.spec["name"], "numbers": numbers}
