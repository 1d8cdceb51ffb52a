"""What the page is told of a figure: sliders, sentences, presets, marks and the handle."""

import math
import re

import numpy as np

from lib.live import box
from lib.live.arguments import check_arguments, chosen
from lib.live.letters import typeset, words
from lib.live.paper import SIZES
from lib.live.sliders import MOST_POSITIONS
from lib.live.space import Space

_NAMES = ("the picture", "the first picture", "the second picture")


def check(functions, name, alt, panels, solid, tracks):
    """Check what an author says of a figure before anything is computed."""
    if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise ValueError(f"name: got {name!r}, wanted small letters, digits and hyphens")
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(f"alt: got {alt!r}, wanted a sentence that says what the picture shows")
    if panels not in SIZES:
        raise ValueError(f"panels: got {panels!r}, wanted 1 or 2")
    if not isinstance(solid, tuple) or not set(solid) <= set(range(panels)):
        raise ValueError(f"solid: got {solid!r}, wanted numbers of panels, such as (0,)")
    if not tracks:
        raise ValueError("sliders: got none, wanted at least one ipywidgets slider")
    count = math.prod(len(track.values) for track in tracks)
    if count > MOST_POSITIONS:
        raise ValueError(f"sliders: got {count} positions in all, wanted at most {MOST_POSITIONS}")
    check_arguments(functions, [track.name for track in tracks])


def choices(tracks, title, formerly, presets, marks, drag):
    """Return the part of the spec that says which sliders there are and what the options set."""
    by_name = {track.name: track for track in tracks}
    _check_names("formerly", formerly, by_name)
    _check_names("marks", marks, by_name)
    _check_names("drag", drag, by_name)
    return {
        "title": title,
        "sliders": [_track(track, formerly.get(track.name)) for track in tracks],
        "presets": [  # a list, because a saved notebook sorts the keys of a dictionary
            [label, [by.index(wish[by.name]) if by.name in wish else None for by in tracks]]
            for label, wish in presets.items()
        ],
        "marks": {name: by_name[name].marks(ticks) for name, ticks in marks.items()},
    }


def film(tracks, play, backwards, autoplay, pace):
    """Return the part of the spec that says which slider is played, when, which way, how fast."""
    by_name = {track.name: track for track in tracks}
    _check_names("play", [play] if play else [], by_name)
    return {
        "play": play,
        "backwards": bool(backwards),
        "autoplay": bool(autoplay),
        "pace": _pace(pace, by_name[play]) if play else 0,
    }


def _pace(seconds, track):
    """Return the milliseconds from one step to the next, unless wished so that all take 9 s."""
    if seconds is None:
        return round(float(np.clip(9000 / max(len(track.values) - 1, 1), 150, 1200)))
    if not isinstance(seconds, int | float) or not 0.02 <= seconds <= 10:
        raise ValueError(
            f"pace: got {seconds!r}, wanted seconds from one step to the next, 0.02 to 10"
        )
    return round(1000 * seconds)


def _check_names(option, names, known):
    for name in names:
        if name not in known:
            raise ValueError(f"{option}: got {name!r}, wanted one of the sliders {sorted(known)}")


def _track(track, formerly):
    numbers = track.values if track.kind == "range" else None
    return {
        "name": track.name,
        **({"formerly": formerly} if formerly else {}),
        "label": track.label,
        "texts": track.texts,
        "values": numbers,
        "start": track.start,
        "kind": track.kind,
    }


def sentences(readout, results, values, outside, panels):
    """Return the sentences used, typeset, and for each position which of them it has.

    Args:
        readout: the author's function, or None.
        outside: for each position, the panels in which all that moves lies outside the picture.

    Raises:
        TypeError: the author's function returned no text.
        ValueError: there is TeX in a text.
    """
    said = [""] * len(values)
    if readout is not None:
        said = [_say(readout, result, at) for result, at in zip(results, values, strict=True)]
    said = [_warned(text, _where(lost, panels)) for text, lost in zip(said, outside, strict=True)]
    if not any(said):
        return {"texts": [], "at": []}
    numbers = {text: number for number, text in enumerate(dict.fromkeys(said))}
    return {"texts": list(numbers), "at": [numbers[text] for text in said]}


def _say(readout, result, at):
    text = readout(result, **chosen(readout, at))
    place = ", ".join(f"{name}={value!r}" for name, value in at.items())
    if not isinstance(text, str):
        raise TypeError(f"readout: got {text!r} at {place}, wanted a sentence")
    try:
        words(text)
    except ValueError as error:
        raise ValueError(f"readout: {error} (at {place})") from error
    return typeset(text)


def _where(lost, panels):
    return [_NAMES[0] if panels == 1 else _NAMES[panel + 1] for panel in lost]


def _warned(text, places):
    """Return a sentence that also says in which pictures nothing that moves is to be seen."""
    more = [f"What moves lies outside {place} here." for place in places]
    stop = "." if more and text and text[-1] not in ".!?" else ""
    return " ".join([*([text + stop] if text else []), *more])


def warnings(outside, panels):
    """Return a sentence for each panel in which all that stands still lies outside the picture."""
    return [f"What stands still lies outside {place}." for place in _where(outside, panels)]


def solid(stage):
    """Return, for each panel that is three-dimensional, how it is looked at and its axes."""
    return [
        seen
        and {
            "view": [seen.elev, seen.azim],
            "aspect": seen.aspect,
            "place": seen.place,
            "axes": box.axes(ax),
        }
        for seen, ax in zip(stage.cameras, stage.axes, strict=True)
    ]


def panels(stage, tracks, drawn, drag):
    """Return the part of the spec that says where things lie in the panels."""
    is_solid = any(seen is not None for seen in stage.cameras)
    return {
        "axes": [ends(ax) for ax in stage.axes],
        "solid": solid(stage) if is_solid else None,
        "handle": handle(tracks, stage.axes, drawn, drag),
    }


def ends(ax):
    """Return, for x and for y, the limits of a panel's axes and the pixels where they lie.

    In space there are none: it is turned.
    """
    if isinstance(ax, Space):
        return None
    x0, y0, x1, y1 = np.round(ax.bbox.extents, 1).tolist()
    height = ax.figure.bbox.height
    return {
        "x": [*map(float, ax.get_xlim()), x0, x1, ax.get_xscale()],
        "y": [*map(float, ax.get_ylim()), height - y0, height - y1, ax.get_yscale()],
    }


def handle(tracks, axes, drawn, drag):
    """Return which slot the reader drags, which sliders it moves and where their positions lie."""
    if not drag:
        return None
    slots = [number for number, slot in enumerate(drawn.slots) if slot.gid == "handle"]
    if not slots:
        raise ValueError("drag: draw made no plots.handle, wanted one to hold on to")
    panel, by_name = drawn.slots[slots[0]].panel, {track.name: track for track in tracks}
    if isinstance(axes[panel], Space):
        raise ValueError("drag: draw made the handle in space, wanted it in a flat panel")
    places = [_places(axes[panel], axis, by_name[name]) for axis, name in enumerate(drag)]
    label = " and ".join(by_name[name].label for name in drag)
    at = {"slot": slots[0], "panel": panel, "places": places}
    return {"sliders": list(drag), "label": label} | at


def _places(ax, axis, track):
    """Return where the positions of a track lie along x (axis 0) or y (axis 1), in pixels."""
    middle = [np.mean(ax.get_xlim()), np.mean(ax.get_ylim())]
    points = np.tile(middle, (len(track.values), 1))
    points[:, axis] = track.values
    pixels = ax.transData.transform(points)[:, axis]
    return np.round(ax.figure.bbox.height - pixels if axis else pixels, 1).tolist()
