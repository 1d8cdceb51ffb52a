"""The picture and its controls as HTML: complete and readable before any script runs."""

import json
from base64 import b64encode
from html import escape

import numpy as np

from lib.live.carry import Mark, words
from lib.live.scene import GAP, SCALE

_MUTED = (("fill", "none"), ("stroke", "var(--muted)"), ("stroke-width", "1"))


def draw_path(numbers, glyph=""):
    """Return the ``d`` of an SVG path from a scene's numbers, with a glyph at each corner."""
    pieces, pen = [], "M"
    for x, y in numbers.reshape(-1, 2):
        if x == GAP:
            pen = "M"
            continue
        pieces.append(f"{pen}{x / SCALE:g} {y / SCALE:g}{glyph}")
        pen = "M" if glyph else "L"
    return "".join(pieces)


def element(kind, style, numbers, text="", glyph="", attributes=""):
    """Return one mark as an SVG element."""
    look = escape(";".join(f"{name}:{value}" for name, value in style))
    if kind == "text":
        x, y = (numbers[:2] / SCALE) if len(numbers) else (0, 0)
        return f'<text{attributes} x="{x:g}" y="{y:g}" style="{look}">{escape(text)}</text>'
    return f'<path{attributes} d="{draw_path(numbers, glyph)}" style="{look}"/>'


def still_element(mark):
    """Return a mark of the background as an SVG element."""
    scaled = np.where(np.isnan(mark.corners), GAP, np.round(mark.corners * SCALE)).astype(int)
    fresh = np.ones(len(scaled), dtype=bool)
    if mark.kind == "path":  # corners that fall on the same tenth of a pixel say nothing
        fresh[1:] = (scaled[1:] != scaled[:-1]).any(axis=1)
    return element(mark.kind, mark.style, scaled[fresh].ravel(), mark.text, mark.glyph)


def slot_element(slot, numbers, texts):
    """Return one moving element at its first position, told by its class from the still ones."""
    glyph = f' data-glyph="{slot.glyph}"' if slot.glyph else ""
    text = texts[numbers[2]] if slot.kind == "text" and len(numbers) else ""
    return element(slot.kind, slot.style, numbers, text, slot.glyph, f' class="moves"{glyph}')


def frame(ax, height):
    """Return the marks of the axes: two lines, ticks with their numbers, names, title."""
    if not ax.axison:
        return []
    x0, y0, x1, y1 = ax.bbox.extents
    rim = np.array([[x0, y1], [x0, y0], [x1, y0]])
    marks = [Mark("path", _MUTED, rim), *_ticks(ax, x0, y0, x1, y1)]
    for text, x, y, anchor in (
        (ax.get_xlabel(), x1, y0 - 40, "end"),
        (ax.get_ylabel(), x0 - 6, y1 + 9, "start"),
        (ax.get_title(), (x0 + x1) / 2, y1 + 9, "middle"),
    ):
        if text:
            marks.append(_name(words(text), x, y, anchor))
    return [_down(mark, height) for mark in marks]


def _ticks(ax, x0, y0, x1, y1):
    marks = []
    for axis, low, high in ((ax.xaxis, x0, x1), (ax.yaxis, y0, y1)):
        across = axis is ax.xaxis
        places = axis.get_majorticklocs()
        pixels = ax.transData.transform(
            np.column_stack([places, places] if across else [places] * 2)
        )
        labels = axis.get_major_formatter().format_ticks(places)
        for pixel, label in zip(pixels[:, 0 if across else 1], labels, strict=True):
            if low - 0.5 <= pixel <= high + 0.5 and label:
                marks += _tick(words(label), pixel, across, x0, y0)
    return marks


def _tick(label, pixel, across, x0, y0):
    ends = [[pixel, y0], [pixel, y0 - 4]] if across else [[x0, pixel], [x0 - 4, pixel]]
    line = Mark("path", _MUTED, np.array(ends, dtype=float))
    if across:
        return [line, _name(label, pixel, y0 - 8, "middle", "hanging", "tick")]
    return [line, _name(label, x0 - 7, pixel, "end", "central", "tick")]


def _name(text, x, y, anchor, baseline="auto", look="name"):
    shade = "var(--muted-text)" if look == "tick" else "var(--ink)"
    style = (("fill", shade), ("text-anchor", anchor), ("dominant-baseline", baseline))
    return Mark("text", style, np.array([[x, y]], dtype=float), text)


def _down(mark, height):
    corners = np.column_stack([mark.corners[:, 0], height - mark.corners[:, 1]])
    return Mark(mark.kind, mark.style, corners, mark.text)


def panel(size, still, moving, alt, handle=""):
    """Return one panel: the background, the moving elements in their place, the handle if any."""
    role = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    svg = f'<svg viewBox="0 0 {size[0]} {size[1]}" {role}>{"".join(still)}{"".join(moving)}</svg>'
    return f'<div class="live-panel" data-width="{size[0]}">{svg}{handle}</div>'


def handle(label):
    """Return the point that can be dragged, as a button that takes arrow keys."""
    name = escape(f"{label}: drag, or use the arrow keys")
    return f'<button type="button" class="live-handle" aria-label="{name}"></button>'


def readout(texts, start):
    """Return the words under the picture; the longest keeps its room so that nothing jumps."""
    if not texts:
        return ""
    longest = escape(max(texts, key=len))
    return (
        f'<p class="live-readout"><span class="live-room" aria-hidden="true">{longest}</span>'
        f'<span class="live-words">{escape(texts[start])}</span></p>'
    )


def buttons(presets):
    """Return the presets, and what every figure has: reset, copy link, copy values."""
    own = "".join(
        f'<button type="button" data-preset="{number}">{escape(name)}</button>'
        for number, (name, _) in enumerate(presets)
    )
    group = (
        f'<div class="live-presets" role="group" aria-label="Presets">{own}</div>' if own else ""
    )
    common = "".join(
        f'<button type="button" data-do="{what}">{name}</button>'
        for what, name in (("reset", "Reset"), ("link", "Copy link"), ("values", "Copy values"))
    )
    return (
        f'{group}<div class="live-foot"><span class="live-common">{common}</span><!--code--></div>'
        '<p class="live-news" aria-live="polite"></p>'
    )


def control(figure, slider, marks, play):
    """Return the control of one slider: a native range with its marks and Play, or buttons."""
    name, text = f"{figure}-{slider['name']}", escape(slider["label"])
    if slider["kind"] == "choice":
        return _choice(name, text, slider)
    value = escape(slider["texts"][slider["start"]])
    again = f'<button type="button" class="live-play" data-plays="{slider["name"]}">Play</button>'
    return (
        f'<div class="live-control{" live-marked" * bool(marks)}">'
        f'<label for="{name}">{text}</label>{_track(name, slider, value, marks)}'
        f'<output for="{name}">{value}</output>'
        f"{again if play else ''}</div>"
    )


def _choice(name, text, slider):
    """Return a row of buttons, one for each option.

    No list that folds out: a browser looks into each such list of a page as soon as it has loaded,
    and has to lay out all of a chapter for it. And a row shows at a glance what there is.
    """
    options = "".join(
        f'<button type="button" aria-pressed="{str(k == slider["start"]).lower()}">'
        f"{escape(option)}</button>"
        for k, option in enumerate(slider["texts"])
    )
    return (
        f'<div class="live-control live-choice"><span id="{name}">{text}</span>'
        f'<span role="group" aria-labelledby="{name}" data-slider="{slider["name"]}">'
        f"{options}</span></div>"
    )


def _track(name, slider, value, marks):
    """Return a range of positions with the marks on its track."""
    ticks = "".join(
        f'<span class="live-mark" style="--at:{fraction:.4f}"><span>{escape(text)}</span></span>'
        for text, fraction in marks
    )
    return (
        f'<span class="live-track"><input type="range" id="{name}" data-slider="{slider["name"]}" '
        f'min="0" max="{len(slider["texts"]) - 1}" step="1" value="{slider["start"]}" '
        f'aria-valuetext="{value}">{ticks}</span>'
    )


def page(spec, markup, address):
    """Return the whole figure for a static page, from what the widget in the notebook holds.

    It shows the first scene; the numbers of all others it finds at ``address``. At ``<!--code-->``
    a page may put the code that made the figure.
    """
    controls = "".join(
        control(
            spec["name"],
            slider,
            spec["marks"].get(slider["name"], ()),
            slider["name"] == spec["play"],
        )
        for slider in spec["sliders"]
    )
    notes = "".join(f'<p class="live-note">{escape(note)}</p>' for note in spec.get("notes", ()))
    body = markup.replace("<!--controls-->", f'{notes}<div class="live-controls">{controls}</div>')
    title = f"<figcaption>{escape(spec['title'])}</figcaption>" if spec["title"] else ""
    return (
        f'<figure class="live" id="figure-{spec["name"]}" data-numbers="{escape(address)}">'
        f"{body}{title}</figure>"
    )


def numbers(spec, table):
    """Return the script that hands the numbers of a figure to figure.js.

    A script and no JSON, because from the disk a browser runs the one and refuses the other.
    """
    spec = spec | {"table": b64encode(table).decode()}
    # Saved notebooks lose the order of the keys.
    data = json.dumps(spec, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f'liveNumbers["{spec["name"]}"]={data};\n'
