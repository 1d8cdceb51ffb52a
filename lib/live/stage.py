"""An author's functions run on paper: what stands still once, what moves at every position."""

import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.spines import Spine

from lib.live.arguments import chosen
from lib.live.camera import camera
from lib.live.paper import axes_for, leave_named_ticks_alone, style
from lib.live.recorder import Mark, Recorder
from lib.live.space import Space, SpaceRecorder


@dataclass(frozen=True)
class Placed:
    """A mark with its panel, its place in the order of drawing, and the name of its artist.

    In space what stands ``still`` is told from what moves, for both are sorted together there.
    """

    panel: int
    zorder: float
    mark: Mark
    gid: str | None = None
    still: bool = False


class Stage:
    """The panels of a figure with their background, on which every position is drawn in turn.

    Attributes:
        axes: Matplotlib's axes, an array of shape (panels,).
        still: what ``still`` drew, as ``Placed`` in the order of drawing.
        frame: the axes themselves with their numbers and names, likewise.
        in_space: what ``still`` drew in the panels that are three-dimensional, likewise.
        cameras: how each panel is looked at, None if it is flat.
        outside: the panels in which all that ``still`` drew lies outside the picture.
    """

    def __init__(self, panels, still, solid=()):
        with style():
            self.axes = axes_for(panels, solid)
            self._recorders = [
                SpaceRecorder(ax) if isinstance(ax, Space) else Recorder(ax.figure)
                for ax in self.axes
            ]
            before = [_Before(ax) for ax in self.axes]
            if still is not None:
                still(self.hand)
            self._settle(before)
        self._before = [_Before(ax) for ax in self.axes]

    @property
    def hand(self):
        """What an author's function is given: the axes, alone if there is one panel."""
        return self.axes if len(self.axes) > 1 else self.axes[0]

    def _settle(self, before):
        """Lay out what stands still, for good, and take it down."""
        self.still, self.frame, self.in_space, self.outside = [], [], [], []
        self.cameras = [None] * len(self.axes)
        for panel, (ax, old) in enumerate(zip(self.axes, before, strict=True)):
            old.check_paper("still", ax)
            leave_named_ticks_alone(ax)
            ax.apply_aspect()  # and with it the limits are as they will be
            ax.autoscale(False)
            new = [artist for artist in _drawn(ax) if artist not in old.children]
            rest = [artist for artist in _drawn(ax) if artist in old.children]
            marks, is_outside = self._take_down("still", panel, new)
            if isinstance(ax, Space):
                self.cameras[panel] = camera(ax)
                self.in_space += [replace(each, still=True) for each in marks]
            else:
                self.still += marks
                self.frame += self._take_down("still", panel, rest)[0]
            self.outside += [panel] if is_outside else []

    def _take_down(self, author, panel, artists):
        """Return the marks of artists, and whether all that is clipped lies outside."""
        placed, shown, lost, recorder = [], False, False, self._recorders[panel]
        for artist in sorted(artists, key=lambda each: each.get_zorder()):
            try:
                marks = recorder.record(artist)
            except (TypeError, ValueError) as error:
                raise type(error)(f"{author}: {error}") from error
            zorder, gid = artist.get_zorder(), artist.get_gid()
            placed += [Placed(panel, zorder, mark, gid) for mark in marks]
            shown, lost = shown or recorder.shown, lost or recorder.lost
        return placed, lost and not shown

    def draw(self, function):
        """Run ``function()``, which draws one position; return its marks and wipe them off.

        Returns:
            what it drew, as ``Placed``, and the panels where all of it lies outside the picture.

        Raises:
            ValueError: it changed something that was there before it.
            TypeError: it drew something that a live figure cannot show.
        """
        with self._drawing(function) as new:
            taken = [self._take_down("draw", panel, each) for panel, each in enumerate(new)]
        marks = [mark for placed, _ in taken for mark in placed]
        return marks, [panel for panel, (_, is_outside) in enumerate(taken) if is_outside]

    def paint(self, function):
        """Run ``function()`` and return what Matplotlib itself paints of each panel.

        Edges are smooth, as a browser draws them all, even those of filled level lines.

        Returns:
            arrays of bytes, red, green, blue and alpha, each of shape (height, width, 4).
        """
        with style(), self._drawing(function):
            for ax in self.axes:
                for artist in ax.collections:
                    artist.set_antialiased(True)
                ax.figure.canvas.draw()
            return [np.array(ax.figure.canvas.buffer_rgba()) for ax in self.axes]

    @contextmanager
    def _drawing(self, function):
        """Run ``function()``; yield for each panel the artists that it drew, then remove them."""
        for ax, before in zip(self.axes, self._before, strict=True):
            ax.set_prop_cycle(None)  # the first colour again, at every position
            before.freshen()
        with _nothing_on_pyplot():
            function()
        pairs = list(zip(self.axes, self._before, strict=True))
        for panel, (ax, before) in enumerate(pairs):
            before.check_paper("draw", ax)
            before.check(panel, ax)
        try:
            yield [[each for each in _drawn(ax) if each not in old.children] for ax, old in pairs]
        finally:
            for ax, before in pairs:
                before.wipe(ax)


def limits(panels, draw, results, values):
    """Return a background that has room for what ``draw`` makes at all positions, and no more."""
    with style():
        axes = axes_for(panels)
        for result, at in zip(results, values, strict=True):
            with _nothing_on_pyplot():
                draw(axes if panels > 1 else axes[0], result, **chosen(draw, at))
        ends = [(ax.get_xlim(), ax.get_ylim()) for ax in axes]

    def still(hand):
        for ax, (x, y) in zip(np.atleast_1d(hand), ends, strict=True):
            ax.set(xlim=x, ylim=y)

    return still


@contextmanager
def _nothing_on_pyplot():
    """Check that nothing is drawn on figures of pyplot's own, where nobody would see it."""
    before = _figures_of_pyplot()
    yield
    for number in _figures_of_pyplot() - before:
        sys.modules["matplotlib.pyplot"].close(number)
        raise ValueError(
            "draw: it drew by plt, on a figure of pyplot's, wanted ax.plot or the like"
        )


def _figures_of_pyplot():
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot else set()


class _Before:
    """What there is on an axes before an author's function runs, to see what it changed."""

    def __init__(self, ax):
        self.children = set(ax.get_children())
        self._on_paper = set(ax.figure.get_children())
        self._size = ax.figure.bbox.size.tolist()
        self._known, self._state = ax.findobj(), _state(ax)

    def freshen(self):
        """Look at everything anew: what is changed from now on is stale."""
        for artist in self._known:
            artist.stale = False

    def wipe(self, ax):
        """Remove from axes what was not there before."""
        for artist in ax.get_children():
            if artist not in self.children:
                artist.remove()
                if isinstance(ax, Space):
                    ax.notes.pop(artist, None)
        ax.containers.clear()

    def check_paper(self, author, ax):
        """Check that a function kept to the axes that it was given."""
        others = [each for each in ax.figure.get_children() if each not in self._on_paper]
        others += ax.child_axes
        if others:
            kind = type(others[0]).__name__
            what = "second axes (as twinx, colorbar or inset_axes make)"
            what = what if isinstance(others[0], Axes) else f"a {kind} on the figure"
            raise ValueError(f"{author}: it made {what}, wanted all on the axes it is given")
        if ax.figure.bbox.size.tolist() != self._size:
            raise ValueError(f"{author}: it changed the size of the figure, wanted it as it is")

    def check(self, panel, ax):
        """Check that all that was on an axes is there, and is what it was."""
        now = _state(ax)
        changed = [what for what, value in self._state.items() if now[what] != value]
        gone = self.children.difference(ax.get_children())
        changed += [f"{_called(each, ax)}, by removing it" for each in gone]
        changed += [_called(each, ax) for each in self._known if each.stale and each is not ax]
        if changed:
            raise ValueError(
                f"draw: it changed {changed[0]} of panel {panel}, wanted that set in `still`"
            )


def _state(ax):
    """Return what ``draw`` may not change of axes, each under what it is called."""
    in_space = isinstance(ax, Space)
    frame = (ax.has_box,) if in_space else (ax.axison, ax.get_frame_on())
    limits = ax.get_w_lims() if in_space else ax.viewLim.extents.tolist()
    return {
        "the view": ax.get_proj().tolist() if in_space else None,
        "the limits": (limits, ax.get_autoscale_on()),
        "the scale": (ax.get_xscale(), ax.get_yscale()),
        "the aspect": (ax.get_aspect(), ax.get_adjustable()),
        "the place": ax.get_position().bounds,
        "the frame": (*frame, ax.get_visible()),
    }


def _drawn(ax):
    """Return what Matplotlib draws of axes, in the order in which it was made."""
    if not ax.get_visible():
        return []
    if isinstance(ax, Space):
        return ax.get_children()
    frame = (Axis, Spine) if not ax.axison else () if ax.get_frame_on() else (Spine,)
    artists = [each for each in ax.get_children() if not isinstance(each, frame)]
    return [each for each in artists if each is not ax.patch or (ax.axison and ax.get_frame_on())]


def _called(artist, ax):
    """Return what an artist that was there before is called."""
    for name, axis in (("x", ax.xaxis), ("y", ax.yaxis)):
        if artist is axis.label:
            return f"the name of the {name} axis"
        if artist is axis or artist in axis.findobj():
            return f"the {name} axis (its name, ticks or numbers)"
    if artist is ax.title:
        return "the title"
    return f"the background's {type(artist).__name__}"
