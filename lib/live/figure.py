"""The live figure: plain Matplotlib, drawn once for every position of genuine sliders."""

import math
import re
from importlib.resources import files
from inspect import Parameter, signature

import anywidget
import ipywidgets as widgets
import numpy as np
import traitlets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from lib.live import markup
from lib.live.scene import capture, grid, pack, scenes
from lib.live.sliders import MOST_POSITIONS, positions

#: Width and height in pixels of one panel alone, and of each of two side by side.
SIZES = {1: (560, 340), 2: (350, 330)}
#: Room in pixels left of, below, right of and above the axes.
MARGINS = (48, 46, 16, 26)


def _front(name, room="lib.live"):
    return files(room).joinpath(name).read_text(encoding="utf-8")


class Picture(anywidget.AnyWidget):
    """The picture of a live figure, moved in the browser by the sliders it is given."""

    _esm = _front("figure.js") + "\nexport default { render: renderWidget };\n"
    _css = _front("palette.css", "lib") + _front("figure.css")
    spec = traitlets.Dict().tag(sync=True)
    markup = traitlets.Unicode().tag(sync=True)
    table = traitlets.Bytes().tag(sync=True)
    controls = traitlets.List().tag(sync=True, **widgets.widget_serialization)


class LiveFigure(widgets.VBox):
    """A picture above its sliders; ``picture.spec`` tells what it shows."""

    def __init__(self, picture, sliders):
        self.picture = picture
        self.sliders = sliders
        play = picture.spec["play"]
        for slider in sliders.values():  # room for the words before it, and for the hand
            slider.layout.width = "min(40rem, 100%)"
            slider.style.description_width = "10rem"
        rows = [_player(row) if name == play else row for name, row in sliders.items()]
        super().__init__([picture, *rows])

    def __repr__(self):
        spec = self.picture.spec
        sizes = ", ".join(f"{each['name']}: {len(each['texts'])}" for each in spec["sliders"])
        return f"LiveFigure({spec['name']}; {sizes})"


def live_figure(draw, *, name, alt, still=None, panels=1, readout=None, **rest):
    """Show what ``draw`` draws, moving under the sliders, in Jupyter and in the built page alike.

    Args:
        draw: called as ``draw(ax, **values)`` at every position of the sliders, with plain
            Matplotlib axes (an array of two axes when ``panels`` is 2).
        name: the figure's anchor in the page, such as ``secant-to-tangent``.
        alt: what the picture shows, for a reader who cannot see it.
        still: ``still(ax)`` draws the background once and sets the limits of the axes.
        panels: 1, or 2 side by side.
        readout: ``readout(**values)`` returns the sentence that goes with a position.
        rest: the sliders, genuine ipywidgets named as the arguments of ``draw``, and the options
            ``title`` (the caption), ``presets`` ({"too small": {"learning_rate": 0.001}}, one
            button each), ``marks`` ({"learning_rate": {"critical": 0.06}}, marks on a track),
            ``drag`` (one slider name for x, or two for x and y, moved by the point that ``draw``
            makes with ``plots.handle``), ``play`` (a slider that counts steps).

    Returns:
        a ``LiveFigure``, an ipywidgets box.

    Raises:
        TypeError: a slider is of an unknown kind, ``draw`` does not take it, or ``draw`` made
            something that cannot be carried.
        ValueError: no slider, one without positions, too many positions, or an option that names
            no slider.
    """
    options = {key: rest.pop(key, default) for key, default in _OPTIONS.items()}
    tracks = [positions(key, slider) for key, slider in rest.items()]
    _check(draw, name, alt, panels, tracks)
    axes = _axes(panels)
    ax, height = (axes if panels > 1 else axes[0]), SIZES[panels][1]
    background = capture(axes, height, lambda: still(ax) if still else None, moving=False)
    values = grid(tracks)
    drawn = scenes([capture(axes, height, lambda at=at: draw(ax, **at)) for at in values])
    spec = {
        "name": name,
        **_choices(tracks, options),
        "readout": _readout(readout, values),
        "words": drawn.words,
        "axes": [_ends(each) for each in axes],
        "handle": _handle(tracks, axes, drawn, options["drag"]),
    }
    html = _markup(axes, background, drawn, spec, alt)
    picture = Picture(spec=spec, markup=html, table=pack(drawn), controls=list(rest.values()))
    return LiveFigure(picture, rest)


_OPTIONS = {"title": "", "presets": {}, "marks": {}, "drag": (), "play": None}


def _check(draw, name, alt, panels, tracks):
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise ValueError(f"name: got {name!r}, wanted small letters, digits and hyphens")
    if not alt.strip():
        raise ValueError("alt: got no words, wanted a sentence that says what the picture shows")
    if panels not in SIZES:
        raise ValueError(f"panels: got {panels!r}, wanted 1 or 2")
    if not tracks:
        raise ValueError("sliders: got none, wanted at least one ipywidgets slider")
    count = math.prod(len(track.values) for track in tracks)
    if count > MOST_POSITIONS:
        raise ValueError(f"sliders: got {count} positions in all, wanted at most {MOST_POSITIONS}")
    _check_signature(draw, [track.name for track in tracks])


def _check_signature(draw, names):
    takes = list(signature(draw).parameters.values())[1:]
    known = {each.name for each in takes}
    if not any(each.kind is Parameter.VAR_KEYWORD for each in takes) and set(names) - known:
        strange = sorted(set(names) - known)
        raise TypeError(
            f"sliders: got {strange}, which draw does not take; it takes {sorted(known)}"
        )
    needed = {each.name for each in takes if str(each) == each.name}  # no default, no star
    if needed - set(names):
        raise TypeError(f"sliders: draw wants {sorted(needed)}, got only {sorted(names)}")


def _axes(panels):
    width, height = SIZES[panels]
    left, below, right, above = MARGINS
    box = [left / width, below / height, 1 - (left + right) / width, 1 - (below + above) / height]
    axes = np.empty(panels, dtype=object)
    for panel in range(panels):
        figure = Figure(figsize=(width / 72, height / 72), dpi=72)  # one point is one pixel
        FigureCanvasAgg(figure)
        axes[panel] = figure.add_axes(box)
        for axis in (axes[panel].xaxis, axes[panel].yaxis):
            axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    return axes


def _ends(ax):
    """Return, for x and for y, the limits of a panel's axes and the pixels where they lie."""
    x0, y0, x1, y1 = np.round(ax.bbox.extents, 1).tolist()
    height = ax.figure.bbox.height
    return {
        "x": [*ax.get_xlim(), x0, x1, ax.get_xscale()],
        "y": [*ax.get_ylim(), height - y0, height - y1, ax.get_yscale()],
    }


def _choices(tracks, options):
    """Return the part of the spec that says which sliders there are and what the options set."""
    by_name = {track.name: track for track in tracks}
    for option in ("marks", "presets"):
        for names in [options["marks"]] if option == "marks" else options["presets"].values():
            _check_names(option, names, by_name)
    _check_names("drag", options["drag"], by_name)
    _check_names("play", [options["play"]] if options["play"] else [], by_name)
    return {
        "title": options["title"],
        "play": options["play"],
        "sliders": [_track(track) for track in tracks],
        "presets": [  # a list, because a saved notebook sorts the keys of a dictionary
            [label, [by.index(wish[by.name]) if by.name in wish else None for by in tracks]]
            for label, wish in options["presets"].items()
        ],
        "marks": {
            name: [[text, by_name[name].fraction(value)] for text, value in ticks.items()]
            for name, ticks in options["marks"].items()
        },
    }


def _check_names(option, names, known):
    for name in names:
        if name not in known:
            raise ValueError(f"{option}: got {name!r}, wanted one of the sliders {sorted(known)}")


def _track(track):
    numbers = track.values if track.kind == "range" else None
    return {
        "name": track.name,
        "label": track.label,
        "texts": track.texts,
        "values": numbers,
        "start": track.start,
        "kind": track.kind,
    }


def _readout(readout, values):
    """Return the sentences used and, for each position, which of them it has."""
    if readout is None:
        return {"texts": [], "at": []}
    sentences = [readout(**at) for at in values]
    numbers = {text: number for number, text in enumerate(dict.fromkeys(sentences))}
    return {"texts": list(numbers), "at": [numbers[text] for text in sentences]}


def _handle(tracks, axes, drawn, drag):
    """Return which slot the reader drags, which sliders it moves and where their positions lie."""
    if not drag:
        return None
    slots = [number for number, slot in enumerate(drawn.slots) if slot.gid == "handle"]
    if not slots:
        raise ValueError("drag: draw made no plots.handle, wanted one to hold on to")
    panel = drawn.slots[slots[0]].panel
    ax, by_name, places = axes[panel], {track.name: track for track in tracks}, []
    for axis, name in enumerate(drag):
        middle = [np.mean(ax.get_xlim()), np.mean(ax.get_ylim())]
        points = np.tile(middle, (len(by_name[name].values), 1))
        points[:, axis] = by_name[name].values
        pixels = ax.transData.transform(points)[:, axis]
        places.append(np.round(pixels if axis == 0 else ax.figure.bbox.height - pixels, 1).tolist())
    label = " and ".join(by_name[name].label for name in drag)
    at = {"slot": slots[0], "panel": panel, "places": places}
    return {"sliders": list(drag), "label": label} | at


def _markup(axes, background, drawn, spec, alt):
    """Return the picture at its first position, the words under it and the buttons."""
    start = np.ravel_multi_index(
        [slider["start"] for slider in spec["sliders"]],
        [len(slider["texts"]) for slider in spec["sliders"]],
    )
    moving = [
        (slot.panel, markup.slot_element(slot, numbers, drawn.words))
        for slot, numbers in zip(drawn.slots, drawn.numbers[start], strict=True)
    ]
    panels = [_panel(axes, panel, background, moving, spec, alt) for panel in range(len(axes))]
    words = spec["readout"]
    line = markup.readout(words["texts"], words["at"][start] if words["at"] else 0)
    return (
        f'<div class="live-panels">{"".join(panels)}</div>{line}<!--controls-->'
        f"{markup.buttons(spec['presets'])}"
    )


def _panel(axes, panel, background, moving, spec, alt):
    """Return one panel: what stands still, what moves over it, and the handle if it is there."""
    size, handle = SIZES[len(axes)], spec["handle"]
    marks = sorted((mark for on, mark in background if on == panel), key=lambda mark: mark.zorder)
    still = [markup.still_element(mark) for mark in marks + markup.frame(axes[panel], size[1])]
    grip = markup.handle(handle["label"]) if handle and handle["panel"] == panel else ""
    over = [element for on, element in moving if on == panel]
    return markup.panel(size, still, over, "" if panel else alt, grip)


def _player(slider):
    """Return the slider with an ipywidgets Play beside it that steps it."""
    if hasattr(slider, "index"):  # a choice counts its options
        play, counts = widgets.Play(max=len(slider.options) - 1, value=slider.index), "index"
    else:
        limits = {name: getattr(slider, name) for name in ("min", "max", "step", "value")}
        play, counts = widgets.Play(**limits), "value"
    widgets.jslink((play, "value"), (slider, counts))
    return widgets.HBox([play, slider])
