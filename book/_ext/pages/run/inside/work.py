"""How much of a live figure is made, for one that takes long."""

import contextlib
import sys
import time

#: Seconds before the first word, and between two.
PATIENCE, PAUSE = 0.5, 0.25


@contextlib.contextmanager
def told(tell):
    """Tell, while a cell runs, how far its live figures are."""
    progress = sys.modules.get("lib.live.progress")  # loaded by a cell before, or not needed
    if progress and notice not in progress.watchers:
        progress.watchers.append(notice)
    _Watch.tell = tell
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
    if done == 0:
        _Watch.started = _Watch.last = now
    if _Watch.tell and now - _Watch.started > PATIENCE and now - _Watch.last > PAUSE:
        _Watch.last = now
        _Watch.tell("work", done=done, of=of)
