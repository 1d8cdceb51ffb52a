"""What the formulas of the chapter on backpropagation say, symbol by symbol."""

import numpy as np

from lib import network
from lib.derivatives import central_slope
from lib.descent import gradient_descent
from lib.losses import absolute_error, log_loss, sigmoid
from lib.network import Layer, linear, pack, unpack
from lib.perceptron import predict
from pages.formulas import after, between, checked, definition, function, smooth, whole

S = function(sigmoid)
ANY = between(-2, 2)
OUT = {"hat_y": lambda z: sigmoid(z), "y": whole(0, 1), "L": lambda hat_y, y: log_loss(hat_y, y)}
HIDDEN = {
    **dict.fromkeys(("x_1", "x_2", "w_11", "w_12", "w_21", "w_22", "b_1", "b_2"), ANY),
    "z_1": lambda x_1, x_2, w_11, w_21, b_1: predict([w_11, w_21], b_1, [x_1, x_2]),
    "z_2": lambda x_1, x_2, w_12, w_22, b_2: predict([w_12, w_22], b_2, [x_1, x_2]),
    "a_1": lambda z_1: sigmoid(z_1), "a_2": lambda z_2: sigmoid(z_2),
}  # fmt: skip
NET = {
    **HIDDEN, **OUT, "w_1": ANY, "w_2": ANY, "b": ANY,
    "z": lambda a_1, a_2, w_1, w_2, b: predict([w_1, w_2], b, [a_1, a_2]),
}  # fmt: skip


def taken(k):
    """The rule that takes number k from the new weights."""
    return lambda new: new[k]


SHAPE = Layer(np.zeros((2, 2)), np.zeros(2)), Layer(np.zeros((2, 1)), np.zeros(1))
KNOBS = ("w_11", "w_12", "w_21", "w_22", "b_1", "b_2", "w_1", "w_2", "b")  # in the order of pack
LIB = {
    "theta": lambda w_11, w_12, w_21, w_22, b_1, b_2, w_1, w_2, b: np.array(
        [w_11, w_12, w_21, w_22, b_1, b_2, w_1, w_2, b]
    ),
    "surface": lambda x_1, x_2, y: network.loss_surface(
        [[x_1, x_2]], [y], SHAPE, network.SIGMOID_NET, network.log_loss_layer
    ),
    "slopes": lambda theta, surface: surface.gradient(theta),
    "alpha": between(0.01, 2), 
    "new": lambda theta, surface, alpha: after(gradient_descent(surface.gradient, theta, alpha)),
    **{f"new_{knob}": taken(k) for k, knob in enumerate(KNOBS)},
}  # fmt: skip
LAYER = {"x": between(-2, 2, 1, 3), "W": between(-2, 2, 3, 2), "b": between(-2, 2, 1, 2)}
LAYER |= {"n": 3, "k": 2, "z": lambda x, W, b: linear(x, W, b[0])[0]}
MATRICES = {
    "x": between(-2, 2, 1, 2), "W_1": between(-2, 2, 2, 2), "b_1": between(-2, 2, 1, 2),
    "W_2": between(-2, 2, 2, 1), "b_2": between(-2, 2, 1, 1), "y": whole(0, 1), "sigma": S,
    "z_1": lambda x, W_1, b_1: linear(x, W_1, b_1[0])[0], "a_1": lambda z_1: sigmoid(z_1),
    "z_2": lambda a_1, W_2, b_2: linear(a_1, W_2, b_2[0])[0], "hat_y": lambda z_2: sigmoid(z_2),
    "L": lambda z_2, y: log_loss(sigmoid(z_2.item()), y),
    "blames": lambda x, W_1, b_1, W_2, b_2, y: network.loss_and_gradient(
        (Layer(W_1, b_1[0]), Layer(W_2, b_2[0])), x, [y], network.SIGMOID_NET,
        network.log_loss_layer,
    )[1],
    "d_2": lambda blames: blames[1].b[None], "d_1": lambda blames: blames[0].b[None],
}  # fmt: skip
CHAIN = {
    **{f"{name}_{k}": ANY for name in "wb" for k in (1, 2, 3)}, "a_0": ANY, "y": whole(0, 1),
    "z_1": lambda w_1, a_0, b_1: predict(w_1, b_1, a_0), "a_1": lambda z_1: sigmoid(z_1),
    "z_2": lambda w_2, a_1, b_2: predict(w_2, b_2, a_1), "a_2": lambda z_2: sigmoid(z_2),
    "z_3": lambda w_3, a_2, b_3: predict(w_3, b_3, a_2), "a_3": lambda z_3: sigmoid(z_3),
    "L": lambda a_3, y: log_loss(a_3, y),
    "blames": lambda w_1, w_2, w_3, b_1, b_2, b_3, a_0, y: network.loss_and_gradient(
        single((w_1, b_1), (w_2, b_2), (w_3, b_3)), [a_0], [y],
        (network.sigmoid_layer, network.sigmoid_layer, network.identity_layer),
        network.log_loss_layer,
    )[1],
    "d_1": lambda blames: blames[0].b[0], "d_3": lambda blames: blames[2].b[0],
}  # fmt: skip
SMALL = {f"{name}_{k}": ANY for name in "wb" for k in (1, 2)}
WEIGHTS = {"weights": lambda w_1, b_1, w_2, b_2: single((w_1, b_1), (w_2, b_2))}
RELU = {
    **SMALL, **WEIGHTS, "ReLU": function(lambda x: network.relu_layer(x)[0]),
    "z_1": lambda w_1, b_1, x: predict(w_1, b_1, x),
}  # fmt: skip
MODEL = function(lambda x, /, weights: network.chain(weights, [x], network.RELU_NET)[0].item())
TANH = {
    **SMALL, **WEIGHTS, "x": ANY, "c": between(0.01, 0.3),
    "LeakyReLU": function(lambda x, /, c: network.leaky_relu_layer(x, c)[0]),
    "z_1": lambda w_1, b_1, x: predict(w_1, b_1, x), "a_1": lambda z_1: np.tanh(z_1),
    "z_2": lambda w_2, b_2, a_1: predict(w_2, b_2, a_1),
    "y_prime": lambda x, weights, c: network.chain(
        weights, [x], (network.tanh_layer, lambda z: network.leaky_relu_layer(z, c))
    )[0].item(),
}  # fmt: skip
SAMPLES = {"x": between(-2, 2, 4), "y": between(-3, 3, 4), "N": 4}


def single(*layers):
    """The weights of a row of layers with one neuron each."""
    return tuple(Layer(np.array([[w]]), np.array([b])) for w, b in layers)


PAIR = single((0, 0), (0, 0))


def bend(layer, x):
    """The slope of a bend: measured beside its corner, and what the library says at it."""
    return central_slope(lambda x: layer(x)[0], x) if x else layer(x)[1](1.0)


def relu_error(theta, x, y):
    """The mean absolute error of the ReLU net with the packed weights theta."""
    return network.loss_and_gradient(
        unpack(theta, PAIR), x, y, network.RELU_NET, network.absolute_error_layer
    )[0]


def relu_descent(theta, x, y, alpha):
    """Take one step of descent on that error."""
    surface = network.loss_surface(x, y, PAIR, network.RELU_NET, network.absolute_error_layer)
    return after(gradient_descent(surface.gradient, theta, alpha))


def relu_clear(theta, x, y):
    """Whether no sample stands at a corner, of the model or of the loss."""
    model = network.chain(unpack(theta, PAIR), x, network.RELU_NET)[0][:, 0]
    return min(*np.abs(theta[0] * x + theta[1]), *np.abs(y - model)) > 0.05


def tanh_answers(theta, x):
    """What the tanh net with the packed weights theta says to each sample."""
    return network.chain(unpack(theta, PAIR), x, network.TANH_NET)[0][:, 0]


def tanh_clear(theta, x, y):
    """Whether no sample stands at a corner."""
    answers = tanh_answers(theta, x)
    return min(*np.abs(np.where(answers < 0, 100, 1) * answers), *np.abs(y - answers)) > 0.05


FORMULAS = {
    "eq-backpropagation-hidden": checked(**HIDDEN, sigma=S),
    "eq-backpropagation-output": checked(**NET, sigma=S),
    "eq-backpropagation-loss": checked(**OUT, z=between(-3, 3)),
    "eq-backpropagation-path": checked(**NET, where=lambda z: abs(z) < 2),
    "eq-backpropagation-links": checked(**NET, where=lambda z: abs(z) < 2),
    "eq-backpropagation-w11": checked(**NET),
    "eq-backpropagation-b1": checked(**NET),
    "eq-backpropagation-update": checked(**NET, **LIB),
    "eq-backpropagation-blame": checked(
        **NET,
        **LIB,
        d_z=lambda slopes: slopes[8],
        d_z_1=lambda slopes: slopes[4],
        d_z_2=lambda slopes: slopes[5],
    ),
    "eq-backpropagation-second": checked(**NET, **LIB),
    "eq-backpropagation-first": checked(**NET, **LIB),
    "eq-backpropagation-row": checked(z_1=predict([0.1, 0.4], 0.05, [1.5, -0.8])),
    "eq-backpropagation-two-units": checked(
        z_1=predict([0.1, 0.4], 0.05, [1.5, -0.8]), z_2=predict([-0.2, 0.3], -0.1, [1.5, -0.8])
    ),
    "eq-backpropagation-layer": checked(**LAYER),
    "eq-backpropagation-forward": checked(**MATRICES),
    "eq-backpropagation-backward": checked(**MATRICES, broadcast=True),
    "eq-backpropagation-linear": checked(
        **LAYER,
        y=between(-3, 3, 2),
        L=lambda z, y: network.squared_error_layer(z, y[None])[0],
        d=lambda z, y: network.squared_error_layer(z, y[None])[1](),
    ),
    "eq-backpropagation-chain": checked(
        w_l=ANY,
        a_l_minus_1=ANY,
        b_l=ANY,
        sigma=S,
        z_l=lambda w_l, b_l, a_l_minus_1: linear([[a_l_minus_1]], [[w_l]], [b_l])[0].item(),
        a_l=lambda z_l: network.sigmoid_layer(z_l)[0],
    ),
    "eq-backpropagation-third": checked(**CHAIN, where=lambda z_3: abs(z_3) < 2),
    "eq-backpropagation-second-layer": checked(**CHAIN, where=lambda z_3: abs(z_3) < 2),
    "eq-backpropagation-first-layer": checked(**CHAIN, where=lambda z_3: abs(z_3) < 2),
    "eq-backpropagation-factor": checked(w=ANY, z=between(-4, 4), sigma=S, a=lambda z: sigmoid(z)),
    "eq-backpropagation-bends": checked(
        x=between(-3, 3), c=TANH["c"], ReLU=RELU["ReLU"], LeakyReLU=TANH["LeakyReLU"]
    ),
    "eq-backpropagation-bend-slopes": checked(
        x=whole(-9, 9),
        c=TANH["c"],
        ReLU=RELU["ReLU"],
        LeakyReLU=TANH["LeakyReLU"],
        ReLU_prime=function(lambda x: bend(network.relu_layer, x)),
        LeakyReLU_prime=function(lambda x, /, c: bend(lambda x: network.leaky_relu_layer(x, c), x)),
        introduces=True,
    ),
    "eq-backpropagation-tanh": checked(
        along="x",
        x=between(-2, 2),
        u=lambda x: np.exp(x) - np.exp(-x),
        v=lambda x: np.exp(x) + np.exp(-x),
    ),
    "eq-backpropagation-relu-net": checked(
        **RELU, x=ANY, a_1=lambda z_1: network.relu_layer(z_1)[0], M=MODEL
    ),
    "eq-backpropagation-composite": checked(
        **RELU, x=ANY, M=MODEL, Linear=function(lambda w, b, x: linear([[x]], [[w]], [b])[0].item())
    ),
    "eq-backpropagation-mae": checked(
        **SMALL,
        **WEIGHTS,
        **SAMPLES,
        M=MODEL,
        MAE=lambda weights, x, y: relu_error(pack(weights), x, y),
    ),
    "eq-backpropagation-sgd": checked(
        **SAMPLES,
        theta=between(-2, 2, 4),
        alpha=between(0.01, 1),
        MAE=lambda theta, x, y: relu_error(theta, x, y),
        new_theta=lambda theta, x, y, alpha: relu_descent(theta, x, y, alpha),
        where=relu_clear,
    ),
    "eq-backpropagation-minus": checked(
        y=between(-3, 3), M=between(-3, 3), A=lambda y, M: y - M, where=lambda A: abs(A) > 0.1
    ),
    "eq-backpropagation-relu-slopes": checked(
        **RELU | {"ReLU": smooth()},  # the chain rule asks no more of it
        x=ANY,
        y=between(-3, 3),
        M=lambda ReLU, z_1, w_2, b_2: predict(w_2, b_2, ReLU.rule(z_1)),
        s=lambda M, y: np.sign(y - M),
        MAE=lambda M, y: absolute_error(M, y),
        where=lambda M, y: abs(y - M) > 0.1,
    ),
    "eq-backpropagation-tanh-net": checked(**TANH),
    "eq-backpropagation-tanh-slopes": checked(
        **TANH | {"LeakyReLU": smooth(), "y_prime": lambda LeakyReLU, z_2: LeakyReLU.rule(z_2)}
    ),
    "eq-backpropagation-tanh-mae": checked(
        **SAMPLES,
        theta=between(-2, 2, 4),
        y_prime=lambda theta, x: tanh_answers(theta, x),
        MAE=lambda y_prime, y: absolute_error(y_prime, y).mean(),
        where=tanh_clear,
    ),
    "eq-backpropagation-miss": definition("how far a formula is from a measurement"),
    "eq-backpropagation-ex-w22": checked(**NET),
    "eq-backpropagation-ex-tanh": checked(x=between(-3, 3), sigma=S),
}
