"""Numbers written as an ipywidgets slider writes them: by the format of the library d3-format.

The signs are those of d3-format 3.1, rounding included: half goes away from zero, and digits are
those of the number as it is stored.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

_FORMAT = re.compile(
    r"(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(?:\.(\d+))?(~)?([a-zA-Z%])?", re.DOTALL
)
_TYPES = "defgnprs%"
_PREFIXES = ["y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"]
MINUS = "−"
_HUGE = Decimal("1e21")


def written(value, wish):
    """Return a number in a format such as ".2f", "d", "$,.2f", ".3s" or ".0%".

    Raises:
        ValueError: the format is none of d3-format's, or none that writes a decimal number.
    """
    found = _FORMAT.fullmatch(wish)
    if not found or (found[10] or "g") not in _TYPES or found[4] == "#" or (found[5] and found[7]):
        raise ValueError(
            f"got readout_format={wish!r}, wanted one that d3-format knows, of a type out of "
            f"{' '.join(_TYPES)}, and not zeros and commas before the digits at once"
        )
    fill, align, sign, symbol, zero, width, comma, precision, trim, kind = found.groups()
    if zero or (fill == "0" and align == "="):
        fill, align, zero = "0", "=", True
    digits, prefix = _digits(Decimal(value), kind, precision, trim)
    is_negative = Decimal(value).is_signed() and (sign == "+" or re.search("[1-9]", digits))
    before, after = _around(is_negative, sign or "-", symbol, kind, prefix)
    options = (fill or " ", align or ">", int(width or 0), comma or kind == "n")
    return _filled(before, digits, after, *options)


def _digits(value, kind, precision, trim):
    """Return the digits of a number without its sign, and the prefix of its unit."""
    value, places = abs(value), 6 if precision is None else int(precision)
    if kind is None and precision is None:
        places, trim, kind = 12, True, "g"
    if kind is None:
        trim, kind = True, "g"
    kind = "g" if kind == "n" else kind
    places = max(1, min(21, places)) if kind in "gprs" else min(20, places)
    prefix = ""
    if kind == "s":
        digits, prefix = _with_prefix(value, places)
    else:
        digits = _WRITERS[kind](value, places)
    if trim:
        digits = re.sub(r"(\.\d*?)0+(?=\D|$)", r"\1", digits)
        digits = re.sub(r"\.(?=\D|$)", "", digits)
    return digits, prefix


def _fixed(value, places):
    if value >= _HUGE:
        return _shortest(value)
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


def _whole(value, _):
    return f"{Decimal(_shortest(value)):f}" if value >= _HUGE else _fixed(value, 0)


def _shortest(value):
    """Return the fewest digits that tell a huge number from all others, as a browser does."""
    return repr(float(value))


def _hundredfold(value):
    return Decimal(float(value) * 100)


def _parts(value, places):
    """Return so many significant digits, and the power of ten of the first."""
    power = value.adjusted() if value else 0
    rounded = value.quantize(Decimal(1).scaleb(power - places + 1), ROUND_HALF_UP)
    if rounded and rounded.adjusted() > power:  # 9.99 has become 10.0
        power += 1
    digits = f"{rounded.scaleb(places - 1 - power):f}".split(".")[0]
    return digits.ljust(places, "0"), power


def _exponent(value, places):
    digits, power = _parts(value, places + 1)
    rest = f".{digits[1:]}" if places else ""
    return f"{digits[0]}{rest}e{'-' if power < 0 else '+'}{abs(power)}"


def _general(value, places):
    _, power = _parts(value, places)
    if power < -6 or power >= places:
        return _exponent(value, places - 1)
    return _fixed(value, places - 1 - power)


def _rounded(value, places):
    digits, power = _parts(value, places)
    if power < 0:
        return "0." + "0" * (-power - 1) + digits
    whole = digits[: power + 1].ljust(power + 1, "0")
    return f"{whole}.{digits[power + 1 :]}" if len(digits) > power + 1 else whole


def _with_prefix(value, places):
    """Return a number in a unit such as milli, and the sign of that unit."""
    _, power = _parts(value, places)
    step = max(-8, min(8, power // 3))
    scaled = value.scaleb(-3 * step)
    if value and power < -24:  # less than any unit has a name for: fewer digits
        return _rounded(scaled, max(1, places + power + 24)), _PREFIXES[step + 8]
    return _rounded(scaled, places), _PREFIXES[step + 8]


_WRITERS = {
    "d": _whole,
    "e": _exponent,
    "f": _fixed,
    "g": _general,
    "p": lambda value, places: _rounded(_hundredfold(value), places),
    "r": _rounded,
    "%": lambda value, places: _fixed(_hundredfold(value), places),
}


def _around(is_negative, sign, symbol, kind, prefix):
    """Return what stands before and after the digits."""
    before = {"(": "(", "+": MINUS, "-": MINUS, " ": MINUS}[sign] if is_negative else ""
    before = before or {"+": "+", " ": " "}.get(sign, "")
    after = prefix + ("%" if kind in ("p", "%") else "") + (")" if before == "(" else "")
    return before + ("$" if symbol == "$" else ""), after


def _filled(before, digits, after, fill, align, width, comma):
    """Return the whole text, its thousands parted if wanted, filled up to a width."""
    whole, rest = re.fullmatch(r"(\d*)(.*)", digits).groups()
    if comma:
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole)
    text = whole + rest + after
    pad = fill * (width - len(before) - len(text))
    if align == "=":
        return before + pad + text
    left = {"<": 0, "^": len(pad) // 2, ">": len(pad)}[align]
    return pad[:left] + before + text + pad[left:]
