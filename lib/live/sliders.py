"""The positions of a slider: what a genuine ipywidgets slider can be set to, as plain lists."""

import math
import numbers
from dataclasses import dataclass

import ipywidgets as widgets
import numpy as np

#: More positions than this make a page heavy and a figure slow to compute.
MOST_POSITIONS = 5000
#: The words before the sliders that most figures have.
LABELS = {"learning_rate": "learning rate α", "x0": "start x₀", "y0": "start y₀"}
_RANGES = (widgets.FloatSlider, widgets.IntSlider, widgets.FloatLogSlider)
_CHOICES = (widgets.SelectionSlider, widgets.Dropdown)


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
        ValueError: it has no position, or its step is not positive.
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
    if not slider.step or slider.step <= 0:
        raise ValueError(f"{name}: got step={slider.step}, wanted a positive step")
    count = math.floor((slider.max - slider.min) / slider.step + 1e-9) + 1
    # Rounded, because 0.1 + 0.2 is wanted as 0.3 and -0.3 + 3 * 0.1 as 0.
    values = [round(slider.min + k * slider.step, 12) + 0.0 for k in range(count)]
    if isinstance(slider, widgets.FloatLogSlider):
        values = [slider.base**exponent for exponent in values]
    if isinstance(slider, widgets.IntSlider):
        values = [int(value) for value in values]
    else:
        values = [float(f"{value:.12g}") for value in values]
    texts = tuple(format(value, slider.readout_format).replace("-", "−") for value in values)
    label = slider.description
    start = int(np.argmin(np.abs(np.array(values) - slider.value)))
    return Positions(name, label, tuple(values), texts, start, "range")


def _choice(name, slider):
    if not slider._options_labels:
        raise ValueError(f"{name}: got an empty list of options, wanted at least one")
    kind = "choice" if isinstance(slider, widgets.Dropdown) else "list"
    label, texts = slider.description, tuple(slider._options_labels)
    return Positions(name, label, tuple(slider._options_values), texts, slider.index or 0, kind)
