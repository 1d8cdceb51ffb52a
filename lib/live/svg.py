"""Marks as elements of SVG: those that stand still, and those whose numbers a script changes."""

from html import escape

import numpy as np

from lib.live.scene import GAP, SCALE


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


def still_element(mark):
    """Return a mark of the background as an SVG element."""
    if mark.kind == "text":
        return _text(mark, [*np.round(mark.corners[0] * SCALE), mark.angle * SCALE], mark.text)
    scaled = np.where(np.isnan(mark.corners), GAP, np.round(mark.corners * SCALE)).astype(int)
    fresh = np.ones(len(scaled), dtype=bool)
    if mark.kind == "path":  # corners that fall on the same tenth of a pixel say nothing
        fresh[1:] = (scaled[1:] != scaled[:-1]).any(axis=1)
    return _path(mark, scaled[fresh].ravel())


def slot_element(slot, numbers, texts):
    """Return one moving element at its first position, told by its class from the still ones."""
    if slot.kind == "text":
        text = texts[numbers[3]] if len(numbers) else ""
        return _text(slot, numbers[:3] if len(numbers) else (0, 0, 0), text, ' class="moves"')
    glyph = f' data-glyph="{slot.glyph}"' if slot.glyph else ""
    return _path(slot, numbers, f' class="moves"{glyph}')


def _path(mark, numbers, attributes=""):
    return f'<path{attributes} d="{draw_path(numbers, mark.glyph)}" {_style(mark)}/>'


def _text(mark, numbers, text, attributes=""):
    """Return a text; it is turned about the point that it is held at."""
    x, y, angle = (number / SCALE for number in numbers)
    pairs = zip(("dx", "dy"), mark.shift, strict=True)
    shift = "".join(f' {name}="{share:g}em"' for name, share in pairs if share)
    turn = f' transform="rotate({angle:g} {x:g} {y:g})"' if angle else ""
    at = f'x="{x:g}" y="{y:g}"{shift}{turn}'
    return f"<text{attributes} {at} {_style(mark)}>{escape(text)}</text>"


def _style(mark):
    return f'style="{escape(";".join(f"{name}:{value}" for name, value in mark.style))}"'
