"""A part of a page in plain words, for where no formula can be set: results, shared links.

A formula is written in one line, as readers would type it, and becomes an ellipsis where it is
taller than that.
"""

import re
import unicodedata

from docutils import nodes

TALL = re.compile(r"\\(?:begin|underset|overset|underbrace|overbrace|substack|\\)")
FRACTION = re.compile(r"\\[td]?frac\s*(?:\{([^{}]*)\}|(\w))\s*(?:\{([^{}]*)\}|(\w))")
ROOT = re.compile(r"\\sqrt\s*\{([^{}]*)\}")
# Commands that only say how something looks, and marks over letters.
LOOKS = re.compile(
    r"\\(?:text|mathrm|mathbf|mathit|mathcal|mathbb|operatorname|boldsymbol|left|right|big|Big"
    r"|bigl|bigr|Bigl|Bigr|displaystyle|limits|hat|bar|tilde|vec)\b\*?|\\[,;:!]"
)
SIGNS = {
    "cdot": "·", "times": "×", "to": "→", "rightarrow": "→", "mapsto": "↦", "le": "≤", "leq": "≤",
    "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "pm": "±", "mp": "∓", "in": "∈",
    "infty": "∞", "partial": "∂", "nabla": "∇", "sum": "Σ", "prod": "Π", "int": "∫", "sqrt": "√",
    "dots": "…", "ldots": "…", "cdots": "…", "lVert": "‖", "rVert": "‖", "Vert": "‖", "lvert": "|",
    "rvert": "|", "mid": "|", "langle": "⟨", "rangle": "⟩", "odot": "⊙", "circ": "∘", "top": "ᵀ",
    "prime": "′", "ell": "ℓ", "quad": " ", "qquad": " ", "propto": "∝", "leftarrow": "←",
}  # fmt: skip
RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
POWER = re.compile(r"\^(?:\{([0-9+\-n]+)\}|([0-9n]))")
INDEX = re.compile(r"_(?:\{([0-9+\-]+)\}|([0-9]))")
PLACED = re.compile(r"([\^_])\{([^{}]*)\}")  # above or below the line


def greek(name):
    """Return the Greek letter of a name, alpha or varphi, or None."""
    kind = "CAPITAL" if name[:1].isupper() else "SMALL"
    letter = name.removeprefix("var").replace("lambda", "lamda")
    try:
        return unicodedata.lookup(f"GREEK {kind} LETTER {letter}")
    except KeyError:
        return None


def _sign(match):
    return greek(match[1]) or SIGNS.get(match[1], match[1])  # such as sin


def formula(latex):
    """Return a formula in one line of plain text, or an ellipsis for what is taller."""
    if TALL.search(latex):
        return "…"
    text = re.sub(r"\^\{?\\prime\}?", "′", LOOKS.sub("", latex)).replace("'", "′")
    text = POWER.sub(lambda m: (m[1] or m[2]).translate(RAISED), text)
    text = INDEX.sub(lambda m: (m[1] or m[2]).translate(LOWERED), text)
    before = None
    while text != before:  # from the inside
        before = text
        text = PLACED.sub(lambda m: f"{m[1]}{_part(m[2])}", text)
        text = FRACTION.sub(lambda m: f"{_part(m[1] or m[2])}/{_part(m[3] or m[4])}", text)
        text = ROOT.sub(lambda m: f"√{_part(m[1])}", text)
    text = re.sub(r"\\([A-Za-z]+)", _sign, text)
    return " ".join(re.sub(r"[\\{}$&~]", "", text).replace("-", "−").split())


def _part(text):
    """Return a part that has lost the place it stood at, in brackets where it needs them."""
    bare = text.strip()
    several = re.search(r"(?<!^)[+\-=]|\s", re.sub(r"\\[A-Za-z]+ ?", "x", bare))
    return f"({bare})" if several else bare


def plain(node):
    """Return the words of a part of a page in one line, with formulas in plain text."""
    pieces = []

    def walk(part):
        if isinstance(part, nodes.math | nodes.math_block):
            pieces.append(formula(part.astext()))
        elif isinstance(part, nodes.Text):
            pieces.append(part.astext())
        else:
            for child in part.children:
                walk(child)
            pieces.append("" if isinstance(part, nodes.Inline) else " ")

    walk(node)
    return " ".join("".join(pieces).split())
