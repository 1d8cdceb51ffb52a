"""The picture and its controls as HTML: complete and readable before any script runs."""

import json
from base64 import b64encode
from html import escape

COMMON = {"reset": "Reset", "link": "Copy link", "embed": "Embed", "values": "Copy values"}


def panel(size, elements, alt, rest="", kind=""):
    """Return one panel: its elements, in the order of drawing, and what stands over them."""
    role = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    svg = f'<svg viewBox="0 0 {size[0]} {size[1]}" {role}>{"".join(elements)}</svg>'
    name = f"live-panel {kind}".strip()
    return f'<div class="{name}" data-width="{size[0]}">{svg}{rest}</div>'


def handle(label):
    """Return the point that can be dragged, as a button that takes arrow keys."""
    name = escape(f"{label}: drag, or use the arrow keys")
    return f'<button type="button" class="live-handle" aria-label="{name}"></button>'


def turners(view):
    """Return the two ranges that turn a panel in space, for keys and for screen readers.

    Args:
        view: degrees that it is seen from above the floor, and that it is turned by.
    """
    elev, azim = (round(angle) for angle in view)
    return (
        f'<span class="live-turners" role="group" aria-label="View">'
        f'<input type="range" min="-180" max="180" value="{azim}" aria-label="Turn">'
        f'<input type="range" min="0" max="90" value="{elev}" aria-label="Tilt"></span>'
    )


def readout(texts, start):
    """Return the words under the picture; the longest keeps its room so that nothing jumps."""
    if not texts:
        return ""
    longest = escape(max(texts, key=len))
    return (
        f'<p class="live-readout"><span class="live-room" aria-hidden="true">{longest}</span>'
        f'<span class="live-words">{escape(texts[start])}</span></p>'
    )


def _called(action, figure):
    """Return the attribute that tells a button from that of another figure, where it is heard."""
    return f'aria-label="{action}: {figure.replace("-", " ")}"'


def buttons(presets, figure):
    """Return the presets, which end the part that is worked with, and what every figure has."""
    own = "".join(
        f'<button type="button" data-preset="{number}">{escape(name)}</button>'
        for number, (name, _) in enumerate(presets)
    )
    group = (
        f'<div class="live-presets" role="group" aria-label="Presets">{own}</div>' if own else ""
    )
    common = "".join(
        f'<button type="button" data-do="{what}" {_called(name, figure)}>{name}</button>'
        for what, name in COMMON.items()
    )
    return (
        f'{group}</div><div class="live-foot"><span class="live-common">{common}</span>'
        "<!--code--></div>"
        '<p class="live-news" aria-live="polite"></p>'
    )


def control(figure, slider, marks, play):
    """Return the control of one slider: a native range with its marks and Play, or buttons."""
    name, text = f"{figure}-{slider['name']}", escape(slider["label"])
    if slider["kind"] == "choice":
        return _choice(name, text, slider)
    value = escape(slider["texts"][slider["start"]])
    return (
        f'<div class="live-control{" live-marked" * bool(marks)}">'
        f'<label for="{name}">{text}</label>{_track(name, slider, value, marks)}'
        # The track says its value itself, and a screen reader would hear it twice.
        f'<output for="{name}" aria-live="off">{value}</output>'
        f"{_player(slider['name'], figure) if play else ''}</div>"
    )


def _player(name, figure):
    """Return the buttons that play a slider: back, Play, on, slower."""
    return (
        f'<span class="live-player" role="group" {_called("Play", figure)}>'
        f'<button type="button" {_called("One back", figure)}>‹</button>'
        f'<button type="button" class="live-play" data-plays="{name}">Play</button>'
        f'<button type="button" {_called("One on", figure)}>›</button>'
        f'<button type="button" aria-pressed="false" {_called("Slower", figure)}>Slower</button>'
        "</span>"
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
