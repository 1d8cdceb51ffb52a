"""Networks of layers that return their own way back.

A layer is a function: `out, back = linear(x, w, b)`. `back(d_out)` takes the slope of the loss by
`out` and returns its slope by every argument; it keeps no state. Samples stand in rows, x of
shape (m, n). The weights of a network are a tuple of `Layer(w, b)`, first layer first, with w of
shape (inputs, outputs) so that w[i, j] is the notes' w_ij, and b of shape (outputs,). A gradient
is a tuple of the same kind. Weights may have leading axes, (..., n, k) and (..., k): that many
networks run at once.
"""

import reprlib
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from lib import checks, derivatives, losses, softmax
from lib.surfaces import Surface


class Layer(NamedTuple):
    """The weights w, shape (inputs, outputs), and biases b, shape (outputs,), of one layer."""

    w: np.ndarray
    b: np.ndarray


# Layers. What goes forward on one line comes back on another, with the same names.


def linear(x, w, b):
    """Return xw + b, and back(d_out) -> (d_x, d_w, d_b).

    x has shape (m, inputs), w (inputs, outputs) and b (outputs,). Source: N0-25.
    """
    x, (w, b) = checks.real("x", x), _checked_layer(w, b)
    if x.ndim < 2 or x.shape[-1] != w.shape[-2]:
        raise ValueError(f"x must have shape (m, {w.shape[-2]}), got {x.shape}")
    out = x @ w
    out += b[..., None, :]  # in place: a large batch is costlier to hold twice than to add to

    def back(d_out):
        d_out = checks.same_shape("d_out", checks.real("d_out", d_out), out.shape)
        d_x = d_out @ np.swapaxes(w, -1, -2)
        d_w = np.swapaxes(x, -1, -2) @ d_out
        d_b = d_out.sum(axis=-2)
        return d_x, d_w, d_b

    return out, back


def identity_layer(x):
    """Return x, and back(d_out) -> d_x: the head of a network whose output is no probability."""
    x = checks.real("x", x)
    return x, lambda d_out: _checked_slope(d_out, x)


def sigmoid_layer(x):
    """Return σ(x), and back(d_out) -> d_x with the slope σ(1 − σ). Source: N3-66."""
    out = losses.sigmoid(x)
    return out, lambda d_out: _checked_slope(d_out, out) * out * (1 - out)


def tanh_layer(x):
    """Return tanh x, and back(d_out) -> d_x with the slope 1 − tanh². Source: N0-35."""
    out = np.tanh(checks.real("x", x))
    return out, lambda d_out: _checked_slope(d_out, out) * (1 - out * out)


def relu_layer(x):
    """Return x above 0 and 0 below, and back(d_out) -> d_x; the slope at 0 is 1. Source: N0-30."""
    x = checks.real("x", x)
    return np.maximum(x, 0), lambda d_out: _checked_slope(d_out, x) * (x >= 0)


def leaky_relu_layer(x, slope=0.01):
    """Return x above 0 and slope · x below, and back(d_out) -> d_x; at 0 `slope`. Source: N0-37."""
    x, slope = checks.real("x", x), checks.number("slope", slope)
    steep = np.where(x > 0, 1, slope)
    return steep * x, lambda d_out: _checked_slope(d_out, x) * steep


def _checked_slope(d_out, out):
    """The slope by the output of a layer as floats: a number, or of its shape."""
    d_out = checks.real("d_out", d_out)
    return checks.same_shape("d_out", d_out, out.shape) if d_out.ndim else d_out


# Losses close the chain: out, y -> the mean over all numbers of y, and back() -> d_out. (The cross
# entropy of a sample is one number, whatever the number of its classes.)


def log_loss_layer(z, y):
    """Return the mean log loss of the logits z, and back() -> (σ(z) − y)/(number of labels).

    z and y have shape (m, outputs). Source: N3-74.
    """
    z, y = _paired("z", z, checks.labels("y", y))
    side = 1 - 2 * y
    loss = losses.softplus(side * z).mean(axis=(-1, -2))
    return loss, lambda: side * losses.sigmoid(side * z) / y.size  # σ(z) − y, with all digits


def cross_entropy_layer(z, y):
    """Return the mean cross entropy of the scores z, and back() -> (softmax(z) − y)/m.

    z and y have shape (m, classes), and of each row of y one is 1: the mean is over samples.
    """
    z, y = _paired("z", z, softmax.one_label("y", y))
    loss = softmax.cross_entropy(z, y).mean(axis=-1)
    return loss, lambda: softmax.cross_entropy_slope(z, y) / len(y)


def absolute_error_layer(out, y):
    """Return the mean absolute error, and back() -> −sign(y − out)/(number of targets).

    out and y have shape (m, outputs). Source: N0-26, N0-44.
    """
    out, y = _paired("out", out, checks.finite("y", y))
    loss = np.abs(y - out).mean(axis=(-1, -2))
    return loss, lambda: -np.sign(y - out) / y.size


def squared_error_layer(out, y):
    """Return the mean squared error, and back() -> −2(y − out)/(number of targets).

    out and y have shape (m, outputs).
    """
    out, y = _paired("out", out, checks.finite("y", y))
    loss = ((y - out) ** 2).mean(axis=(-1, -2))
    return loss, lambda: -2 * (y - out) / y.size


# Networks.

SIGMOID_NET = (sigmoid_layer, identity_layer)  # the 2-2-1 net; its head gives the logit (N3-73)
RELU_NET = (relu_layer, identity_layer)  # N0-20
TANH_NET = (tanh_layer, leaky_relu_layer)  # N0-32


def chain(weights, x, activations):
    """Return the output of a network, shape (m, outputs), and back(d_out) -> its gradient.

    `activations` names one of the layers above for each `Layer` of the weights. Raises ValueError
    for data that is not finite and for shapes that do not fit. Source: N3-73, N3-80.
    """
    weights, x = _checked_weights(weights), checks.feature_columns("x", x)
    backs = []
    for (w, b), activation in zip(weights, _checked_activations(activations, weights), strict=True):
        z, back_linear = linear(x, w, b)
        x, back_activation = _with_way_back("each of activations", activation(z), z.shape)
        backs.append((back_linear, back_activation))

    def back(d_x):
        gradient = []
        for back_linear, back_activation in reversed(backs):
            d_x, d_w, d_b = back_linear(back_activation(d_x))
            gradient.append(Layer(d_w, d_b))
        return tuple(reversed(gradient))

    return x, back


def loss_and_gradient(weights, x, y, activations, loss):
    """Return the loss of a network on its samples, and the gradient by its weights.

    `loss` is `log_loss_layer`, `cross_entropy_layer`, `absolute_error_layer` or
    `squared_error_layer`; y has shape (m,) or (m, outputs). Raises ValueError for data that is
    not finite, shapes that do not fit, and, under the first two, labels other than 0 and 1.
    Source: N3-78, N0-31, N0-44.
    """
    checks.function("loss", loss)
    out, back = chain(weights, x, activations)
    y = checks.feature_columns("y", checks.truths_as_labels("y", y))
    value, back_loss = _with_way_back("loss", loss(out, y), out.shape[:-2])
    return value, back(back_loss())


def random_weights(sizes, rng):
    """Draw weights for layers of the given sizes, (2, 64, 1) for instance, and zero biases.

    The spread 1/√inputs keeps what goes in and what comes out of a layer of one size.
    """
    checks.generator("rng", rng)
    sizes = [checks.whole("sizes", size, 1) for size in checks.iterator("sizes", sizes)]
    if len(sizes) < 2:
        raise ValueError(f"sizes must name the inputs and at least one layer, got {sizes}")
    return tuple(
        Layer(rng.standard_normal((n, k)) / np.sqrt(n), np.zeros(k)) for n, k in pairwise(sizes)
    )


def pack(weights):
    """Lay all weights out in one vector, shape (..., p): w row by row, then b, layer by layer."""
    weights = _checked_weights(weights)
    parts = [part for w, b in weights for part in (w.reshape(*w.shape[:-2], -1), b)]
    return np.concatenate(parts, axis=-1)


def unpack(vector, like):
    """Cut a vector, shape (..., p), into weights of the shapes of `like`; undoes `pack`."""
    like, vector = _checked_weights(like, "like"), checks.real("vector", vector)
    ends = np.cumsum([size for w, b in like for size in (w.size, b.size)])
    if vector.shape[-1:] != (ends[-1],):
        raise ValueError(f"vector must have a last axis of {ends[-1]}, got shape {vector.shape}")
    parts = iter(np.split(vector, ends[:-1], axis=-1))
    lead = vector.shape[:-1]
    return tuple(Layer(next(parts).reshape(*lead, *w.shape[-2:]), next(parts)) for w, _ in like)


def loss_surface(x, y, like, activations, loss):
    """Make the loss of a network a surface over its packed weights: a network is one more surface.

    `like` holds weights of the wanted shapes. The Hessian is taken by central differences of the
    gradient. Raises what `loss_and_gradient` raises, when it is made.
    """
    like = _checked_weights(like, "like")
    loss_and_gradient(like, x, y, activations, loss)
    x, y = np.array(checks.finite("x", x)), np.array(checks.truths_as_labels("y", y))

    def gradient(vector):
        return pack(loss_and_gradient(unpack(vector, like), x, y, activations, loss)[1])

    return Surface(
        f"{loss.__name__.removesuffix('_layer')} of a network",
        lambda vector: loss_and_gradient(unpack(vector, like), x, y, activations, loss)[0],
        gradient,
        lambda vector: derivatives.central_jacobian(gradient, vector),
        ((-6, 6), (-6, 6)),
        variables=pack(like).shape[-1],
    )


def _checked_weights(weights, name="weights"):
    """The weights as arrays, if there are some and each layer fits the one before."""
    layers = []
    for i, layer in enumerate(checks.iterator(name, weights)):
        if not isinstance(layer, tuple | list) or len(layer) != 2:
            raise TypeError(f"{name} must be a tuple of Layer(w, b), got {layer!r} in it")
        layers.append(_checked_layer(*layer, where=f" of layer {i}"))
        inputs, wanted = layers[i].w.shape[-2], layers[i - 1].w.shape[-1]
        if i and inputs != wanted:
            raise ValueError(f"w of layer {i} must have {wanted} inputs, got {inputs}")
    if not layers:
        raise ValueError(f"{name} must hold at least one layer, got none")
    return tuple(layers)


def _checked_layer(w, b, where=""):
    """Weights and biases as arrays, if their shapes fit."""
    w, b = checks.real("w" + where, w), checks.real("b" + where, b)
    if w.ndim < 2 or b.ndim != w.ndim - 1 or b.shape[-1] != w.shape[-1]:
        wanted = "shapes (inputs, outputs) and (outputs,)"
        raise ValueError(f"w and b{where} must have {wanted}, got {w.shape} and {b.shape}")
    return Layer(w, b)


def _checked_activations(activations, weights):
    """The activations as a tuple, if they are functions and there is one for each layer."""
    activations = tuple(checks.iterator("activations", activations))
    for activation in activations:
        checks.function("each of activations", activation)
    if len(activations) != len(weights):
        raise ValueError(f"activations must be {len(weights)}, one a layer, got {len(activations)}")
    return activations


def _with_way_back(name, answer, shape):
    """The answer of a layer or a loss, if it is a pair (out, back) with out of that shape."""
    if not isinstance(answer, tuple) or len(answer) != 2 or not callable(answer[1]):
        wanted = "(out, back), a result and the function that takes slopes back"
        raise TypeError(f"{name} must return {wanted}, got {reprlib.repr(answer)}")
    out, back = answer
    return checks.same_shape(f"out of {name}", checks.real(f"out of {name}", out), shape)[()], back


def _paired(name, out, y):
    """What comes out of a network and its targets, if both have shape (m, outputs)."""
    out = checks.real(name, out)
    if out.ndim < 2:
        raise ValueError(f"{name} must have shape (m, outputs), got {out.shape}")
    if out.shape[-2:] != y.shape:
        raise ValueError(f"y must have shape {out.shape[-2:]}, got {y.shape}")
    return out, y
