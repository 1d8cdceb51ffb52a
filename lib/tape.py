"""A tape: numbers that remember how they were made, and so know their slopes.

Each `Number` keeps the numbers it came from with the local slope by each. `gradient` plays the
record backwards and multiplies along the way: the chain rule, and nothing else.
"""

import math
import reprlib

from lib import checks, losses


class Number:
    """A number on the tape; `value` is the plain float.

    Arithmetic with it makes new ones. Their `parents` are pairs: a number
    that they came from, and the slope by it; `operation` is how.
    """

    def __init__(self, value, parents=(), operation=""):
        self.value = value if parents else checks.number("value", value)
        self.parents, self.operation = parents, operation

    def __add__(self, other):
        other = _number(other)
        value = self.value + other.value
        return Number(value, ((self, 1.0), (other, 1.0)), "+")

    def __mul__(self, other):
        other = _number(other)
        value = self.value * other.value
        return Number(value, ((self, other.value), (other, self.value)), "·")

    def __neg__(self):
        return Number(-self.value, ((self, -1.0),), "−")

    def __sub__(self, other):
        other = _number(other)
        value = self.value - other.value
        return Number(value, ((self, 1.0), (other, -1.0)), "−")

    def __rsub__(self, other):
        return _number(other) - self

    __radd__, __rmul__ = __add__, __mul__


def taped_sigmoid(a):
    """Return σ(a) on the tape; its slope is σ(1 − σ)."""
    a = _number(a)
    s = float(losses.sigmoid(a.value))
    return Number(s, ((a, s * (1 - s)),), "σ")


def taped_tanh(a):
    """Return tanh a on the tape; its slope is 1 − tanh². Source: N0-35."""
    a = _number(a)
    t = math.tanh(a.value)
    return Number(t, ((a, 1 - t * t),), "tanh")


def taped_relu(a):
    """Return ReLU(a) on the tape; its slope is 1, or 0 where a is negative. Source: N0-30."""
    a = _number(a)
    return Number(max(a.value, 0.0), ((a, float(a.value >= 0)),), "ReLU")


def taped_softplus(a):
    """Return ln(1 + eᵃ) on the tape, the log loss of label 0; its slope is σ(a)."""
    a = _number(a)
    parents = ((a, float(losses.sigmoid(a.value))),)
    return Number(float(losses.softplus(a.value)), parents, "softplus")


def gradient(output, inputs):
    """Return the slope of `output`, a Number, by each of `inputs`, Numbers.

    Raises TypeError for anything that is not on the tape.
    """
    inputs = _on_tape(output, inputs)
    slopes = {id(output): 1.0}
    for number in reversed(in_order(output)):
        slope = slopes[id(number)]
        for parent, local in number.parents:
            before = slopes.get(id(parent), 0.0)
            slopes[id(parent)] = before + slope * local
    return [slopes.get(id(number), 0.0) for number in inputs]


def in_order(output):
    """Return all Numbers behind `output`, itself included, each after the ones it came from.

    Raises TypeError for anything that is not on the tape.
    """
    _on_tape(output, ())
    order, seen, todo = [], set(), [(output, False)]
    while todo:
        number, ready = todo.pop()
        if ready:
            order.append(number)
        elif id(number) not in seen:
            seen.add(id(number))
            todo.append((number, True))
            todo += [(parent, False) for parent, _ in reversed(number.parents)]
    return order


def _number(value):
    return value if isinstance(value, Number) else Number(value)


def _on_tape(output, inputs):
    """The inputs as a list, if they and the output are Numbers."""
    inputs = list(checks.iterator("inputs", inputs))
    for name, number in [("output", output), *(("each of inputs", each) for each in inputs)]:
        if not isinstance(number, Number):
            raise TypeError(f"{name} must be a Number, got {reprlib.repr(number)}")
    return inputs
