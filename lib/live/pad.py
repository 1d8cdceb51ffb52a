"""The drawing pad: the reader draws on a grid of 8 × 8, and a small network says what it sees.

The network's numbers travel with the pad, rounded to one byte each, and a few lines of script
compute what it answers. So it needs no kernel, in a page as in Jupyter.
"""

import json
from base64 import b64encode
from html import escape

import anywidget
import numpy as np
import traitlets

from lib.live.errors import told_by_own_lines
from lib.live.front import text

SIDE = 8
LEVELS = 127  # a weight is a whole number from −127 to 127, times the scale of its column


class DrawingPad(anywidget.AnyWidget):
    """A grid to draw on, what the network is shown of it, and its answers."""

    _esm = text("sharing.js") + text("pad.js") + "\nexport default { render: renderPad };\n"
    _css = text("palette.css", "lib") + text("pad.css")
    spec = traitlets.Dict().tag(sync=True)
    markup = traitlets.Unicode().tag(sync=True)
    table = traitlets.Bytes().tag(sync=True)

    def __repr__(self):
        sizes = "-".join(str(size) for size in self.spec["sizes"])
        return f"DrawingPad({self.spec['name']}; {sizes})"


@told_by_own_lines
def drawing_pad(weights, strokes, pixels, shares, *, name, title=""):
    """Show a pad on which a reader draws, and what a network of tanh layers answers.

    Args:
        weights: pairs (w, b) of shapes (inputs, outputs) and (outputs,), first layer first; 64
            inputs, 10 outputs, tanh between the layers and softmax after the last.
        strokes: a drawing to begin with, arrays of points (x, y), shape (n, 2), from 0 to 8.
        pixels: what the network sees of it, 64 numbers from 0 to 16.
        shares: its ten probabilities for that.
        name: the pad's anchor in the page.
        title: the caption.

    Returns:
        a ``DrawingPad``, a widget.

    Raises:
        ValueError: the weights are not finite, or not of such shapes.
    """
    layers = _checked_layers(weights)
    rounded = [round_layer(w, b) for w, b in layers]
    spec = {
        "name": name,
        "title": title,
        "sizes": [len(layers[0][0]), *(len(b) for _, b in layers)],
        "scales": [[float(f"{each:.6g}") for each in scale] for _, scale in rounded],
        "strokes": [np.round(stroke, 2).tolist() for stroke in strokes],
    }
    table = b"".join(numbers.tobytes() for numbers, _ in rounded)
    markup = _markup(spec, pixels, shares)
    return DrawingPad(spec=spec, markup=markup, table=table)


def round_layer(w, b):
    """Return a layer in bytes: whole numbers (inputs + 1, outputs), b last, and their scales."""
    both = np.concatenate([w, b[None]])
    largest = np.abs(both).max(axis=0)
    scale = np.where(largest > 0, largest, 1) / LEVELS
    return np.round(both / scale).astype(np.int8), scale


def _checked_layers(weights):
    layers = [tuple(np.asarray(part, dtype=float) for part in layer) for layer in weights]
    inputs = SIDE * SIDE
    for w, b in layers:
        if w.shape != (inputs, b.size) or b.ndim != 1:
            wanted = f"shapes ({inputs}, outputs) and (outputs,)"
            raise ValueError(f"weights: got {w.shape} and {b.shape}, wanted {wanted}")
        if not (np.isfinite(w).all() and np.isfinite(b).all()):
            raise ValueError("weights: got one that is not finite, wanted numbers")
        inputs = b.size
    if inputs != 10:
        raise ValueError(f"weights: got {inputs} outputs, wanted 10, one for each digit")
    return layers


# As HTML: complete and readable before any script runs.

_KEYS = (
    "Drawing grid, 8 by 8. Arrow keys move the pen, the space bar puts it down or lifts it, "
    "backspace takes the last line away."
)


def _markup(spec, pixels, shares):
    """Return the pad with its first drawing on it and what is answered to that."""
    embed = f"Embed: {spec['name'].replace('-', ' ')}"
    return (
        '<div class="pad-row">'
        '<div class="pad-part"><div class="pad-paper" tabindex="0" role="application" '
        f'aria-label="{_KEYS}"><svg viewBox="0 0 8 8" aria-hidden="true">{_lines()}'
        f'<g class="pad-ink">{"".join(map(_ink, spec["strokes"]))}</g>'
        '<circle class="pad-pen" r="0.3" cx="3.5" cy="0.5"/></svg></div>'
        '<div class="pad-buttons"><button type="button" data-do="clear">Clear</button>'
        '<button type="button" data-do="undo">Undo</button>'
        f'<button type="button" data-do="embed" aria-label="{embed}">Embed</button></div></div>'
        '<div class="pad-part pad-look"><svg class="pad-seen" viewBox="0 0 8 8" role="img" '
        f'aria-label="What the network sees, 8 by 8 pixels">{_squares(pixels)}</svg>'
        '<div><p class="pad-name">What the network sees</p>'
        f'<p class="pad-words">{words(shares)}</p></div></div>'
        f'<ol class="pad-answers" aria-label="How probable each digit is">{_answers(shares)}</ol>'
        '</div><p class="pad-news" aria-live="polite"></p>'
        '<p class="live-news" aria-live="polite"></p>'
    )


def words(shares):
    """Return what the network says, in a sentence."""
    best, next_best = np.argsort(-np.asarray(shares), kind="stable")[:2]
    return (
        f"It sees a {best}, with {_percent(shares[best])} per cent; "
        f"next comes {next_best}, with {_percent(shares[next_best])}."
    )


def _percent(share):
    """Return a probability in per cent; none is rounded to certainty."""
    rounded = int(100 * share + 0.5)
    return {0: "under 1", 100: "over 99"}.get(rounded, str(rounded))


def _lines():
    path = "".join(f"M{k} 0V{SIDE}M0 {k}H{SIDE}" for k in range(1, SIDE))
    return f'<path class="pad-grid" d="{path}"/>'


def _ink(stroke):
    """Return one line of the pen; a lone point is drawn as a disc, by its round ends."""
    points = " ".join(f"{x:g},{y:g}" for x, y in (stroke if len(stroke) > 1 else stroke * 2))
    return f'<polyline points="{points}"/>'


def _squares(pixels):
    return "".join(
        f'<rect x="{k % SIDE}" y="{k // SIDE}" width="1" height="1" fill-opacity="{value / 16:g}"/>'
        for k, value in enumerate(pixels)
    )


def _in_short(share):
    return _percent(share).replace("under ", "&lt;").replace("over ", "&gt;")


def _answers(shares):
    best = int(np.argmax(shares))
    return "".join(
        f"<li{' class=pad-best' if digit == best else ''}><span>{digit}</span>"
        f'<span class="pad-bar" style="--share:{share:.4f}"></span>'
        f"<span>{_in_short(share)}\u202f%</span></li>"
        for digit, share in enumerate(shares)
    )


def page(spec, markup, address):
    """Return the pad for a static page; the network's numbers stand at ``address``.

    At ``<!--code-->`` a page may put the code that made it.
    """
    title = f"<figcaption>{escape(spec['title'])}</figcaption>" if spec["title"] else ""
    return (
        f'<figure class="pad" id="figure-{spec["name"]}" data-numbers="{escape(address)}">'
        f"{markup}<!--code-->{title}</figure>"
    )


def numbers(spec, table):
    """Return the script that hands the network of a pad to pad.js; a script, as for figures."""
    data = json.dumps(spec | {"table": b64encode(table).decode()}, sort_keys=True)
    return f'padNumbers["{spec["name"]}"]={data};\n'
