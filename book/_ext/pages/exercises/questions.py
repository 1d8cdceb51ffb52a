"""What an author writes about a question, read into what the page needs to judge the answer.

Nothing here knows of pages: text goes in and plain dictionaries come out, or a ``ValueError`` that
says what was given and what is wanted.
"""

import re

from pages.exercises import typed

NUMBER = re.compile(r"(?P<ask>.+): (?P<value>\S+)(?P<unit> [^±]+?)?(?: ± (?P<within>\S+))?")
DERIVATIVE = re.compile(r"of (?P<of>.+?)(?: by (?P<by>\S+))?")
LINE = re.compile(
    r"(?:(?P<axis>[xy])|slope through (?P<x>\S+), (?P<y>\S+))(?: on (?P<panel>[12]))?"
)
CHOICE = re.compile(r"\[(?P<mark>[ x])\] (?P<text>.+?): (?P<why>.+)", re.S)
MANY_DIGITS = 3  # so many are a rounded number, fewer an exact one
ROUGH = 0.005  # of its size: how far off a number may be whose author says nothing


def items(content):
    """Return the items of a list, each joined to one line."""
    text = "\n".join(content)
    return [" ".join(item.split()) for item in re.split(r"^- ", text, flags=re.M)[1:]]


def amount(text):
    """Return the number that an author writes as 6, 1/3, 1e-9, −2 or sqrt(52)."""
    value = typed.read(text)
    if not (value.is_real and value.is_finite and value.is_number):
        raise ValueError(f"got {text!r}, wanted a number")
    return float(value)


def tolerance(text, value):
    """Return how far off a number may be: what the author says, or nothing, or half a per cent."""
    if not text:
        return 0 if value == int(value) else ROUGH * abs(value)
    within = amount(text)
    if not 0 < within < max(abs(value), 1):
        raise ValueError(f"got ± {text}, wanted a tolerance above 0 and below the number")
    return within


def slack(text):
    """Return how far a decimal that an author has written is rounded: half of its last digit."""
    found = re.fullmatch(r"[-−]?(\d*)\.(\d+)", text)
    if not found or len((found[1] + found[2]).lstrip("0")) < MANY_DIGITS:
        return 0
    return 0.5 * 10 ** -len(found[2])


def slip(item, value, within):
    """Return a wrong number, what is said to it, and how far it is rounded.

    Raises:
        ValueError: it is not of the form ``wrong number: what to say``, or counts as right.
    """
    text, colon, words = item.partition(": ")
    if not colon:
        raise ValueError(f"got the item {item!r}, wanted `wrong number: what to say`")
    wrong = amount(text)
    if abs(wrong - value) <= within * (1 + 1e-9) + 1e-9 * abs(value):
        raise ValueError(f"{text} counts as right already")
    return [wrong, words, slack(text)]


def number(ask, listed):
    """Return the words of a question and what judges the number that answers it.

    Raises:
        ValueError: it is not of the form ``words: number unit ± tolerance``.
    """
    found = NUMBER.fullmatch(ask)
    if not found:
        raise ValueError(f"got {ask!r}, wanted `words: number`, with a unit and ± if need be")
    value = amount(found["value"])
    within = tolerance(found["within"], value)
    told = [slip(item, value, within) for item in listed]
    if len({wrong for wrong, *_ in told}) < len(told):
        raise ValueError(f"got the list {listed}, wanted each wrong number once")
    check = {"value": value, "within": within, "unit": (found["unit"] or "").strip(), "slips": told}
    return found["ask"], check


def choices(listed):
    """Return the texts to choose from, and which is right and what is said to each.

    Raises:
        ValueError: an item has no box or no answer, or not exactly one is right.
    """
    found = [CHOICE.fullmatch(each) for each in listed]
    if not all(found) or len(found) < 2 or [each["mark"] for each in found].count("x") != 1:
        raise ValueError(f"got {listed}, wanted `[ ] choice: why it is wrong`, and one `[x]`")
    right = [each["mark"] for each in found].index("x")
    why = [each["why"] for each in found]
    return [each["text"] for each in found], {"right": right, "why": why}


def line(text):
    """Return how a prediction is drawn in its figure, or None.

    Raises:
        ValueError: it is none of ``x``, ``y`` and ``slope through x, y``, perhaps ``on 2``.
    """
    if not text:
        return None
    found = LINE.fullmatch(text)
    if not found:
        raise ValueError(f"got {text!r}, wanted `x`, `y` or `slope through x, y`, perhaps `on 2`")
    through = [amount(found["x"]), amount(found["y"])] if found["x"] else None
    return {"axis": found["axis"], "through": through, "panel": int(found["panel"] or 1) - 1}


def leading(text):
    """Return the number that a choice begins with, if it does: where its prediction is drawn."""
    found = re.match(r"[−-]?\d+(?:\.\d+)?", text.strip("$"))
    return amount(found[0]) if found else None
