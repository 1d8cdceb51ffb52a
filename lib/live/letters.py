"""Texts: Matplotlib's own numbers spelt out, and where a browser has to begin a line of letters."""

import re

import numpy as np

_NUMBER = r"(?:[-−+×\d.,]|10\^\{[-−]?\d+\})+"
_SUPERSCRIPTS = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWER = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)e([-−+]?\d+)(?!\w)")
_HYPHEN = re.compile(r"(?<![\w.])-(?=[\d.])")
_ANCHORS = {"left": ("start", 0.0), "center": ("middle", 0.5), "right": ("end", 1.0)}


def words(text, is_math=None):
    """Return a text with the numbers that Matplotlib writes in TeX spelt out.

    Raises:
        ValueError: there is other TeX in it.
    """
    if is_math is None:
        is_math = text.count("$") > 1
    if not is_math:
        return _spaced(text)
    plain = re.sub(r"\$|\\mathdefault|\\times", lambda it: "×" * (it[0] == r"\times"), text)
    plain = re.sub(r"(?<!\^)\{((?:[^{}]|\^\{[^{}]*\})*)\}", r"\1", plain)
    if not re.fullmatch(_NUMBER, plain):
        raise ValueError(
            f"text: got {text!r} with TeX in it, wanted plain characters such as x₀ or λ"
        )
    return re.sub(r"\^\{(.*?)\}", lambda it: it[1].translate(_SUPERSCRIPTS), plain)


def typeset(text):
    """Return a text with the numbers that Python wrote as a book prints them.

    So -2 becomes −2, 1.23e+03 becomes 1230 and 3e-07 becomes 3 · 10⁻⁷.
    """
    return _HYPHEN.sub("−", _POWER.sub(_power, text))


def _power(found):
    digits, power = found[1], int(found[2].replace("−", "-"))
    if float(digits) == 0 or 0 <= power < 6:
        return f"{float(f'{digits}e{power}'):.0f}"
    raised = f"10{str(power).translate(_SUPERSCRIPTS)}"
    return raised if float(digits) == 1 else f"{digits} · {raised}"


def _spaced(text):
    """Keep spaces that a browser would take for one, or for none."""
    if "  " in text or text != text.strip():
        return text.replace(" ", "\N{NO-BREAK SPACE}")
    return text


def anchor(ha):
    """Return what SVG calls an alignment, and the share of the line's width left of it."""
    return _ANCHORS[ha]


def hold(start, width, angle, share, text):
    """Return the point that a line of letters is held at, and how far from it the line stands.

    A page may enlarge letters, and they should then grow about the point that the author gave.
    So the line is held there; what is between it and the baseline is told in parts of the letters'
    size, rounded, and the point moved by what the rounding makes.

    Args:
        start: where the baseline begins, in pixels, y upwards.
        width: of the line, in pixels.
        angle: in degrees, counter-clockwise.
        share: of the width that lies left of the point where the line is held.
        text: the ``Text`` it belongs to, or None if that is not known.

    Returns:
        the point, shape (2,), and ``(dx, dy)`` in parts of the size, dy downwards.
    """
    turn = np.radians(angle)
    along, up = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    middle = np.asarray(start) + share * width * along
    if text is None:
        return middle, (0.0, 0.0)
    size = text.get_fontsize()
    away = middle - text.get_transform().transform(text.get_unitless_position())
    dx, dy = (float(np.round(away @ side / size, 1)) for side in (along, up))
    return middle - size * (dx * along + dy * up), (dx + 0.0, 0.0 - dy)
