"""How much of a live figure is made, for one that takes long."""

import contextlib
import time

#: Seconds before the first word, and between two.
PATIENCE, PAUSE = 0.5, 0.25


@contextlib.contextmanager
def told(tell):
    """Tell, while a cell runs, how far its live figures are."""
    # Before lib.live is loaded no figure can be under way, and no cell should have to wait for it.
    _Watch.tell, _Watch.started = tell, None
    try:
        yield
    finally:
        _Watch.tell = None


class _Watch:
    """Who is told, since when a figure is under way, and when there was last a word."""

    tell = started = last = None


def notice(done, of):
    """Be told by ``lib.live`` that so many of its steps are done."""
    now = time.monotonic()
    if done == 0 or _Watch.started is None:
        _Watch.started = _Watch.last = now
    if _Watch.tell and now - _Watch.started > PATIENCE and now - _Watch.last > PAUSE:
        _Watch.last = now
        _Watch.tell("work", done=done, of=of)
