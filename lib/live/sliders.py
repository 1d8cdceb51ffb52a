"""The positions of a slider: what a genuine ipywidgets slider can be set to, as plain lists."""

import math
import numbers
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import ipywidgets as widgets
import numpy as np

from lib.live.d3 import MINUS, written
from lib.live.letters import typeset

#: More positions than this make a page heavy and a figure slow to compute.
MOST_POSITIONS = 5000
#: The words before the sliders that most figures have.
LABELS = {"learning_rate": "learning rate α", "x0": "start x₀", "y0": "start y₀"}
_HAIR = Decimal("1e-9")
_RANGES = (widgets.FloatSlider, widgets.IntSlider, widgets.FloatLogSlider)
_CHOICES = (widgets.SelectionSlider, widgets.Dropdown)
FEWEST_STOPS = 5  # of a track; fewer options stand side by side as buttons


@dataclass(frozen=True)
class Positions:
    """The values of one slider in order, how each is written, and where the slider stands first."""

    name: str
    label: str
    values: tuple
    texts: tuple[str, ...]
    start: int
    kind: str

    def index(self, value):
        """Return the position of ``value``, the nearest one for numbers."""
        if self.kind == "range":
            return int(np.argmin(np.abs(np.asarray(self.values, dtype=float) - value)))
        return self.values.index(value)

    def reaches(self, value):
        """Return whether ``value`` is an option, or lies no farther out than half a step."""
        return self._spans(value) if self.kind == "range" else value in self.values

    def marks(self, ticks):
        """Return marks on the track, ``{text: value}``, as text and fraction.

        One beyond the ends is left out.

        Raises:
            ValueError: the positions are no numbers, so that there is no place between two.
        """
        if self.kind == "choice" or not all(isinstance(v, numbers.Real) for v in self.values):
            raise ValueError(
                f"marks: got {self.name!r}, which has options and no numbers along a track; "
                "wanted a slider of numbers"
            )
        return [[text, self.fraction(value)] for text, value in ticks.items() if self._spans(value)]

    def _spans(self, value):
        """Return whether a number lies no farther out than half a step."""
        inner = np.asarray(self.values, dtype=float)
        rim = np.diff(inner[[0, 1, -2, -1]] if len(inner) > 1 else [0, 0, 0, 0])[[0, -1]] / 2
        return bool(inner[0] - rim[0] <= value <= inner[-1] + rim[1])

    def fraction(self, value):
        """Return how far along the track ``value`` lies, from 0 to 1."""
        places = np.arange(len(self.values))
        return float(np.interp(value, self.values, places)) / max(len(self.values) - 1, 1)


def positions(name, slider, label=None):
    """Return the ``Positions`` of a slider, which gets ``label`` if it has no description yet.

    Raises:
        TypeError: it is not one of the sliders a live figure knows.
        ValueError: it has no position, or positions that no number or no text tells apart.
    """
    if isinstance(slider, _RANGES + _CHOICES) and not slider.description:
        slider.description = label or LABELS.get(name, name.replace("_", " "))
    if isinstance(slider, _RANGES):
        return _range(name, slider)
    if isinstance(slider, _CHOICES):
        return _choice(name, slider)
    wanted = ", ".join(kind.__name__ for kind in _RANGES + _CHOICES)
    raise TypeError(f"{name}: got a {type(slider).__name__}, wanted one of {wanted}")


def _range(name, slider):
    _check_ends(name, slider)
    low, step = Decimal(repr(slider.min)), Decimal(repr(slider.step))
    count = math.floor((Decimal(repr(slider.max)) - low) / step + _HAIR) + 1
    if count > MOST_POSITIONS:
        raise ValueError(f"{name}: got {count} positions, wanted at most {MOST_POSITIONS}")
    # Reckoned in tenths, because 0.1 + 0.2 is wanted as 0.3 and -0.3 + 3 * 0.1 as 0.
    values = [float(low + k * step) + 0.0 for k in range(count)]
    if isinstance(slider, widgets.FloatLogSlider):
        values = _powers(name, slider, values)
    else:
        values = _tidy(values)
    if len(set(values)) < len(values):
        raise ValueError(f"{name}: got step={slider.step}, too small to tell two positions apart")
    if isinstance(slider, widgets.IntSlider):
        values = [int(value) for value in values]
    texts = _texts(name, slider, values)
    start = int(np.argmin(np.abs(np.array(values) - slider.value)))
    return Positions(name, slider.description, tuple(values), texts, start, "range")


def _check_ends(name, slider):
    for each in ("min", "max", "step", "value"):
        number = getattr(slider, each)
        if not math.isfinite(number):
            raise ValueError(f"{name}: got {each}={number}, wanted a finite number")
    if slider.step <= 0:
        raise ValueError(f"{name}: got step={slider.step}, wanted a positive step")


def _powers(name, slider, exponents):
    """Return the powers of a slider's base; one that overflows is a ``ValueError``."""
    with np.errstate(over="ignore", under="ignore"):
        values = np.power(float(slider.base), exponents)
    if not (np.isfinite(values).all() and (values > 0).all()):
        raise ValueError(
            f"{name}: got powers of {slider.base:g} from {slider.min:g} to {slider.max:g}, "
            "wanted none beyond 1e-300 and 1e300"
        )
    return [float(f"{value:.12g}") for value in values]


def _tidy(values):
    """Return values rounded to the digits that can be meant, if these tell them apart."""
    largest = max(map(abs, values)) or 1.0
    places = 12 - math.floor(math.log10(largest))
    rounded = [round(value, places) + 0.0 for value in values]
    return rounded if len(set(rounded)) == len(rounded) else values


def _texts(name, slider, values):
    """Return how each value is written, with more digits than wished if these are too few.

    The slider is given those digits too, so that a notebook and a page write the same.

    Raises:
        ValueError: no digits tell the positions apart, or the format is unknown.
    """
    wish = slider.readout_format
    for wider in (wish, *_with_more_digits(wish)):
        try:
            texts = tuple(_printed(written(value, wider)) for value in values)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
        lost = _lost(values, texts)
        if lost is None:
            if wider != wish:
                slider.readout_format = wider
            return texts
    raise ValueError(
        f"{name}: got readout_format={wish!r}, which writes {values[lost]:g} as "
        f"{written(values[lost], wish)!r}; wanted one that tells it from the other positions, "
        f"such as {_better(values)!r}"
    )


def _printed(text):
    return typeset(text).replace("-", MINUS)  # the hyphen of -$5, too


def _lost(values, texts):
    """Return which value is the first to be written as one before it, or wrongly as 0."""
    known = set()
    for k, (value, text) in enumerate(zip(values, texts, strict=True)):
        if text in known or (value and not re.search("[1-9]", text)):
            return k
        known.add(text)
    return None


def _with_more_digits(wish):
    """Return formats of the same kind with up to six more digits; none for whole numbers."""
    found = re.fullmatch(r"(.*?)(?:\.(\d+))?(~?[efgprs%]?)", wish)
    if not found or wish.endswith("d"):
        return []
    before, digits, kind = found.groups()
    start = int(digits) if digits else 6
    return [f"{before}.{start + more}{kind}" for more in range(1, 7)]


def _better(values):
    for digits in range(2, 17):
        wish = f".{digits}g"
        if _lost(values, [written(value, wish) for value in values]) is None:
            return wish
    return ".17g"


def _choice(name, slider):
    options = _pairs(slider.options)
    labels = [label for label, _ in options]
    if not labels:
        raise ValueError(f"{name}: got an empty list of options, wanted at least one")
    twice = [label for label in labels if labels.count(label) > 1]
    if twice:
        raise ValueError(f"{name}: got the option {twice[0]!r} twice, wanted different ones")
    has_few = len(labels) < FEWEST_STOPS
    kind = "choice" if has_few or isinstance(slider, widgets.Dropdown) else "list"
    values = tuple(value for _, value in options)
    return Positions(name, slider.description, values, tuple(labels), slider.index or 0, kind)


def _pairs(options):
    """Return options as (label, value), from any of the forms in which ipywidgets takes them."""
    options = list(options.items() if isinstance(options, Mapping) else options)
    if all(isinstance(each, list | tuple) and len(each) == 2 for each in options):
        return [(str(label), value) for label, value in options]
    return [(_written(each), each) for each in options]


def _written(option):
    text = str(option)
    return _printed(text) if isinstance(option, numbers.Real) else text
