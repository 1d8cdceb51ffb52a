"""The gradient of small networks written out by hand, by scalar loops and by tape.

`network` computes the same numbers in its vectorised way; the tests hold all of them equal. The
weights and the gradients are tuples of `Layer(w, b)`, as there. The functions ending in `_by_hand`
are the notes' formulas for one sample, their slips repaired, symbol by symbol.
"""

from itertools import pairwise

import numpy as np

from lib import checks, tape
from lib.losses import log_loss_of_logit_slope, sigmoid
from lib.network import (
    Layer,
    leaky_relu_layer,
    log_loss_layer,
    loss_and_gradient,
    pack,
    relu_layer,
    sigmoid_layer,
    unpack,
)


def log_loss_by_hand(weights, x, y):
    """Return the nine slopes of the 2-2-1 net's log loss for one sample x = (x₁, x₂), label y.

    Source: N3-75 to N3-79, with w₁₂ and w₂₁ of N3-78 in their places.
    """
    (((w11, w12), (w21, w22)), (b1, b2)), (((w1,), (w2,)), (b,)) = _checked_sizes(weights, 2, 2, 1)
    x1, x2 = checks.same_shape("x", checks.finite("x", x), (2,))
    a1 = sigmoid(x1 * w11 + x2 * w21 + b1)
    a2 = sigmoid(x1 * w12 + x2 * w22 + b2)
    miss = -log_loss_of_logit_slope(a1 * w1 + a2 * w2 + b, _label(y))  # y − ŷ
    d_b1 = -w1 * a1 * (1 - a1) * miss
    d_b2 = -w2 * a2 * (1 - a2) * miss
    hidden = Layer(
        np.array([[x1 * d_b1, x1 * d_b2], [x2 * d_b1, x2 * d_b2]]), np.array([d_b1, d_b2])
    )
    return hidden, Layer(np.array([[-a1 * miss], [-a2 * miss]]), np.array([-miss]))


def relu_by_hand(weights, x, y):
    """Return the slopes of |y − M| for M = W₂ ReLU(W₁x + b₁) + b₂ and one sample of one number.

    Source: N0-26 to N0-31, with the minus that the notes lose.
    """
    (((w1,),), (b1,)), (((w2,),), (b2,)) = _checked_sizes(weights, 1, 1, 1)
    x, y = checks.number("x", x), checks.number("y", y)
    q = w1 * x + b1
    z = relu_layer(q)[0]
    sign = np.sign(y - (w2 * z + b2))
    relu_slope = 1.0 if q >= 0 else 0.0
    return _layers_of_one(-sign * w2 * relu_slope * x, -sign * w2 * relu_slope, -sign * z, -sign)


def tanh_by_hand(weights, x, y, slope=0.01):
    """Return the slopes of |y − M| for M = LeakyReLU(W₂ tanh(W₁x + b₁) + b₂) and one sample.

    Source: N0-40 to N0-44.
    """
    (((w1,),), (b1,)), (((w2,),), (b2,)) = _checked_sizes(weights, 1, 1, 1)
    x, y, slope = checks.number("x", x), checks.number("y", y), checks.number("slope", slope)
    h = np.tanh(w1 * x + b1)
    k = w2 * h + b2
    d_k = -np.sign(y - leaky_relu_layer(k, slope)[0]) * (1.0 if k > 0 else slope)
    d_m = d_k * w2 * (1 - h**2)
    return _layers_of_one(d_m * x, d_m, d_k * h, d_k)


def chain_by_hand(weights, x, y):
    """Return the slopes of the log loss of three sigmoid neurons in a row, for one sample.

    Source: N3-80 to N3-82, with dz/dw and dz/db where the notes repeat other factors.
    """
    (((w1,),), (b1,)), (((w2,),), (b2,)), (((w3,),), (b3,)) = _checked_sizes(weights, 1, 1, 1, 1)
    a0, y = checks.number("x", x), _label(y)
    a1 = sigmoid(w1 * a0 + b1)
    a2 = sigmoid(w2 * a1 + b2)
    d_z3 = log_loss_of_logit_slope(w3 * a2 + b3, y)  # σ(z₃) − y
    d_z2 = d_z3 * w3 * a2 * (1 - a2)
    d_z1 = d_z2 * w2 * a1 * (1 - a1)
    return (*_layers_of_one(d_z1 * a0, d_z1, d_z2 * a1, d_z2), *_layers_of_one(d_z3 * a2, d_z3))


def log_loss_by_loops(weights, x, y):
    """Return the gradient of the mean log loss of a sigmoid net of any depth, number by number.

    Loops over samples, inputs and outputs, and no arrays; x has shape (m, n), y (m,), labels.
    """
    _check_network(weights, x, y)
    x, y = checks.samples(x, checks.labels("y", y))
    total = np.zeros_like(pack(weights))
    for sample, label in zip(x, y, strict=True):
        inputs = _forward(weights, sample, sigmoid)
        total = total + pack(_backward(weights, inputs, label))
    return unpack(total / len(y), weights)


def log_loss_by_tape(weights, x, y):
    """Return the same gradient from a tape: only the way forward is written down.

    x has shape (m, n) and y (m,), labels.
    """
    _check_network(weights, x, y)
    x, y = checks.samples(x, checks.labels("y", y))
    numbers = [tape.Number(value) for value in pack(weights)]
    taped = _as_lists(numbers, weights)
    loss = 0.0
    for sample, label in zip(x, y, strict=True):
        (z,) = _forward(taped, sample, tape.taped_sigmoid)[-1]
        loss = loss + tape.taped_softplus(z * (1 - 2 * label)) * (1 / len(y))
    return unpack(tape.gradient(loss, numbers), weights)


def _forward(weights, a, activation):
    """What goes into each layer for one sample, and at the end the logit."""
    inputs = [list(a)]
    for depth, (w, b) in enumerate(weights, start=1):
        z = [b[j] + sum(a[i] * w[i][j] for i in range(len(a))) for j in range(len(b))]
        a = z if depth == len(weights) else [activation(number) for number in z]
        inputs.append(a)
    return inputs


def _backward(weights, inputs, y):
    """The slopes by w and b of one sample's log loss, first layer first."""
    d_z = [log_loss_of_logit_slope(inputs[-1][0], y)]  # σ(z) − y
    slopes = []
    for (w, _), a in zip(reversed(weights), reversed(inputs[:-1]), strict=True):
        slopes.append(Layer([[number * d for d in d_z] for number in a], d_z))
        d_a = [sum(w[i][j] * d_z[j] for j in range(len(d_z))) for i in range(len(a))]
        d_z = [d * number * (1 - number) for d, number in zip(d_a, a, strict=True)]
    return slopes[::-1]


def _as_lists(numbers, like):
    """A row of numbers as weights: lists in the shapes of `like`."""
    numbers = iter(numbers)
    return [
        ([[next(numbers) for _ in row] for row in w], [next(numbers) for _ in b]) for w, b in like
    ]


def _layers_of_one(*slopes):
    """The slopes w, b, w, b, ... of layers of one neuron each, as a gradient."""
    pairs = zip(slopes[::2], slopes[1::2], strict=True)
    return tuple(Layer(np.array([[w]]), np.array([b])) for w, b in pairs)


def _check_network(weights, x, y):
    """Make sure that the weights make a net for this data that ends in one logit."""
    depth = len(unpack(pack(weights), weights))
    loss_and_gradient(weights, x, y, (sigmoid_layer,) * depth, log_loss_layer)


def _label(y):
    """The label of one sample as a float."""
    return checks.number("y", checks.labels("y", y))


def _checked_sizes(weights, *sizes):
    """The weights, if their layers have these sizes."""
    wanted = list(pairwise(sizes))
    if pack(weights).ndim != 1 or [np.shape(w) for w, _ in weights] != wanted:
        raise ValueError(f"weights must have layers of shapes {wanted}")
    return weights
