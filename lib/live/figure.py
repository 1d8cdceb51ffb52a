"""The live figure: plain Matplotlib, drawn once for every position of genuine sliders."""

import math
import re
from importlib.resources import files

import anywidget
import ipywidgets as widgets
import numpy as np
import traitlets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from lib.live import markup
from lib.live.arguments import check_arguments, chosen, compute_all
from lib.live.presets import check_presets
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


def live_figure(
    compute,
    draw,
    sliders,
    *,
    name,
    alt,
    title="",
    still=None,
    panels=1,
    readout=None,
    labels=None,
    presets=None,
    claims=None,
    marks=None,
    drag=(),
    play=None,
):
    """Show what ``draw`` makes of what ``compute`` returns, moving under the sliders.

    Each of the functions takes, of the sliders' values, those that it names. So ``compute`` runs
    once for each combination of the sliders it names, and a slider that only ``draw`` names, such
    as a step along a walk, costs no computation.

    Args:
        compute: the mathematics, ``compute(**values)``; what it returns is the result there.
        draw: ``draw(ax, result, **values)``, plain Matplotlib on plain axes (an array of two axes
            when ``panels`` is 2).
        sliders: genuine ipywidgets by name, in the order in which they stand.
        name: the figure's anchor in the page, such as ``secant-to-tangent``.
        alt: what the picture shows, for a reader who cannot see it.
        title: the caption.
        still: ``still(ax)`` draws the background once and sets the limits of the axes.
        panels: 1, or 2 side by side.
        readout: ``readout(result, **values)`` returns the sentence that goes with a position.
        labels: the words before a slider, by its name; a slider's own description goes first.
        presets: ``{"too small": {"learning_rate": 0.001}}``, one button each.
        claims: ``{"too small": lambda result: ...}``: whether a preset's name is true of the
            result there. A preset of which it is not, or that no slider reaches, is left out, and
            the figure says so.
        marks: ``{"learning_rate": {"critical": 0.06}}``, marks on the track of a slider; one
            beyond its ends is left out.
        drag: one slider name for x, or two for x and y, moved by the point that ``draw`` makes
            with ``plots.handle``.
        play: a slider that counts steps.

    Returns:
        a ``LiveFigure``, an ipywidgets box.

    Raises:
        TypeError: a slider is of an unknown kind, a function wants a slider that is not there, no
            function takes a slider, or ``draw`` made something that cannot be shown.
        ValueError: no slider, one without positions, too many positions, or an option that names
            no slider.
    """
    labels = labels or {}
    tracks = [positions(key, slider, labels.get(key)) for key, slider in sliders.items()]
    functions = {"compute": (compute, 0), "draw": (draw, 2), "readout": (readout, 1)}
    _check(functions, name, alt, panels, tracks)
    axes = _axes(panels)
    ax, height = (axes if panels > 1 else axes[0]), SIZES[panels][1]
    background = capture(axes, height, lambda: still(ax) if still else None, moving=False)
    values = grid(tracks)
    results = compute_all(compute, values)
    drawn = scenes(
        [
            capture(axes, height, lambda r=r, at=at: draw(ax, r, **chosen(draw, at)))
            for r, at in zip(results, values, strict=True)
        ]
    )
    presets, notes = check_presets(presets or {}, claims or {}, tracks, results)
    options = {"title": title, "presets": presets, "marks": marks or {}, "drag": drag, "play": play}
    spec = {
        "name": name,
        "notes": notes,
        **_choices(tracks, options),
        "readout": _readout(readout, results, values),
        "words": drawn.words,
        "axes": [_ends(each) for each in axes],
        "handle": _handle(tracks, axes, drawn, drag),
    }
    html = _markup(axes, background, drawn, spec, alt)
    picture = Picture(spec=spec, markup=html, table=pack(drawn), controls=list(sliders.values()))
    return LiveFigure(picture, sliders)


def _check(functions, name, alt, panels, tracks):
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
    check_arguments(functions, [track.name for track in tracks])


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
    _check_names("marks", options["marks"], by_name)
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
            name: [
                [text, by_name[name].fraction(value)]
                for text, value in ticks.items()
                if by_name[name].reaches(value)
            ]
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


def _readout(readout, results, values):
    """Return the sentences used and, for each position, which of them it has."""
    if readout is None:
        return {"texts": [], "at": []}
    sentences = [
        readout(result, **chosen(readout, at)) for result, at in zip(results, values, strict=True)
    ]
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
