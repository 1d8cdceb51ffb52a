"""The name of a symbol in the registry, as a reader knows it."""

import unicodedata

SPELT = {"lam": "lamda", "varphi": "phi"}  # as Python and Unicode spell them
LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
ABOVE = {"prime": "′", "star": "*", "inverse": "⁻¹"}


def readable(name):
    """Return x₁ for x_1, ŷ_i for hat_y_i, x_(k−1) for x_k_minus_1, and α for alpha."""
    base, *index = name.split("_")
    if base == "hat" and index:
        base = unicodedata.normalize("NFC", f"{greek(index.pop(0))}\N{COMBINING CIRCUMFLEX ACCENT}")
    elif base == "Delta" and index:
        base = "Δ" + index.pop(0)
    base = greek(base) + "".join(ABOVE[each] for each in index if each in ABOVE)
    below = ["−" if each == "minus" else "+" if each == "plus" else greek(each)
             for each in index if each not in ABOVE]  # fmt: skip
    if not below:
        return base
    if all(each.isdecimal() for each in below):
        return base + "".join(below).translate(LOW)
    return f"{base}_({''.join(below)})" if below[1:] else f"{base}_{below[0]}"


def greek(word):
    """Return the Greek letter that a word names, or the word."""
    size = "CAPITAL" if word[:1].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {SPELT.get(word, word)}")
    except KeyError:
        return word
