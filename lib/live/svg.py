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


def draw_still_path(numbers):
    """Return the ``d`` of a path that no script changes, each corner by its way from the last.

    The short numbers of a way compress better than the long ones of a place.
    """
    pieces, last, pen = [], (0, 0), "m"  # the first way is from the picture's corner
    for here in numbers.reshape(-1, 2).tolist():
        if here[0] == GAP:
            pen = "m"
            continue
        across, down = ((now - before) / SCALE for now, before in zip(here, last, strict=True))
        if pen == "l" and not down:
            pieces.append(f"h{across:g}")
        elif pen == "l" and not across:
            pieces.append(f"v{down:g}")
        else:
            pieces.append(f"{pen}{across:g} {down:g}")
        last, pen = here, "l"
    return "".join(pieces)


def still_element(mark):
    """Return a mark of the background as an SVG element."""
    if mark.kind == "text":
        return _text(mark, [*np.round(mark.corners[0] * SCALE), mark.angle * SCALE], mark.text)
    scaled = np.where(np.isnan(mark.corners), GAP, np.round(mark.corners * SCALE)).astype(int)
    fresh = np.ones(len(scaled), dtype=bool)
    if mark.kind == "path":  # corners that fall on the same fifth of a pixel say nothing
        fresh[1:] = (scaled[1:] != scaled[:-1]).any(axis=1)
    numbers = scaled[fresh].ravel()
    return _path(mark, draw_path(numbers, mark.glyph) if mark.glyph else draw_still_path(numbers))


def slot_element(slot, numbers, texts):
    """Return one moving element at its first position, told by its class from the still ones.

    What is in space has an empty one, which tells ``solid.js`` what it is and how it looks.
    """
    if slot.kind in SPACE:
        return _in_space(slot)
    if slot.kind == "text":
        text = texts[numbers[3]] if len(numbers) else ""
        return _text(slot, numbers[:3] if len(numbers) else (0, 0, 0), text, ' class="moves"')
    glyph = f' data-glyph="{slot.glyph}"' if slot.glyph else ""
    return _path(slot, draw_path(numbers, slot.glyph), f' class="moves"{glyph}')


#: The kinds of marks in space, and the shapes that surfaces are made of.
SPACE = ("surface", "shapes", "line", "dots", "words")


def _in_space(slot):
    facts = {
        "kind": slot.kind,
        "glyph": slot.glyph,
        "shape": " ".join(map(str, slot.shape)),
        "scales": " ".join(slot.scales),
        "text": slot.text,
        "shift": " ".join(f"{share:g}" for share in slot.shift) if any(slot.shift) else "",
        "still": "1" if slot.still else "",
    }
    data = "".join(f' data-{name}="{escape(fact)}"' for name, fact in facts.items() if fact)
    return f'<g class="moves"{data} {_style(slot)}></g>'


def _path(mark, d, attributes=""):
    return f'<path{attributes} d="{d}" {_style(mark)}/>'


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
