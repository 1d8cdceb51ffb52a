"""The name of a symbol in the registry, as a reader knows it."""

import unicodedata

from pages.words import LOWERED, greek

ABOVE = {"prime": "′", "star": "*", "inverse": "⁻¹"}
SIGNS = {"plus": "+", "minus": "−"}


def readable(name):
    """Return x₁ for x_1, ŷ_i for hat_y_i, x_(k−1) for x_k_minus_1, and α for alpha."""
    base, *index = name.split("_")
    if base == "hat" and index:
        base = unicodedata.normalize(
            "NFC", f"{letter(index.pop(0))}\N{COMBINING CIRCUMFLEX ACCENT}"
        )
    elif base == "Delta" and index:
        base = f"Δ{index.pop(0)}"
    above = "".join(ABOVE.get(each, "") for each in index)
    below = [SIGNS.get(each) or letter(each) for each in index if each not in ABOVE]
    return f"{letter(base)}{above}{lowered(below)}"


def letter(word):
    """Return the Greek letter that a word names, or the word; lambda is a word of Python."""
    return greek("lambda" if word == "lam" else word) or word


def lowered(parts):
    """Return an index: its digits below the line, anything else after a stroke."""
    text = "".join(parts)
    if not parts or text.isdecimal():
        return text.translate(LOWERED)
    return f"_({text})" if parts[1:] else f"_{text}"
