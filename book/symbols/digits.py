"""What the formulas of the chapter on digits say, symbol by symbol."""

from itertools import product

import numpy as np

from lib import network
from lib.derivatives import central_gradient
from lib.losses import sigmoid
from lib.softmax import cross_entropy, softmax
from pages.formulas import between, checked, function, whole

K = 4  # classes; the formulas hold for any number of them
SCORES = {
    "z": between(-4, 4, K), "K": K, "k": whole(1, K), "t": whole(1, K),
    "y": lambda t: np.eye(K)[int(t) - 1], "hat_y": lambda z: softmax(z),
    "L": lambda z, y: cross_entropy(z, y),
}  # fmt: skip
SIZES = {"m": 3, "n": 5, "h": 2, "K": K}
NET = {
    **SIZES, "X": between(0, 1, 3, 5), "W": between(-1, 1, 5, 2), "b": between(-1, 1, 1, 2),
    "V": between(-2, 2, 2, K), "c": between(-1, 1, 1, K), "softmax": function(softmax),
    "t": whole(1, K), "Y": lambda t: np.eye(K)[[t - 1, t % K, 2 * t % K]],  # three true classes
    "A": lambda X, W, b: network.tanh_layer(network.linear(X, W, b[0])[0])[0],
    "Z": lambda A, V, c: network.linear(A, V, c[0])[0], "hat_Y": lambda Z: softmax(Z),
}  # fmt: skip
BLAMES = {
    "L": lambda Z, Y: network.cross_entropy_layer(Z, Y)[0],
    "d_Z": lambda Z, Y: central_gradient(lambda z: mean_loss(z, Y), Z.ravel()).reshape(Z.shape),
    "d_H": lambda X, W, b, V, c, Y: central_gradient(
        lambda h: mean_loss(np.tanh(np.reshape(h, (3, 2))) @ V + c, Y), (X @ W + b).ravel()
    ).reshape(3, 2),
}  # fmt: skip


def mean_loss(z, y):
    """Return the mean cross entropy of rows of scores, or of all of them in one row."""
    return cross_entropy(np.reshape(z, y.shape), y).mean()


def every_sign(x, s):
    """Return the sum of x with weights s and −s, in all ways to choose the signs."""
    return np.array(list(product((-s, s), repeat=len(x)))) @ x


FORMULAS = {
    "eq-digits-two": checked(z=between(-4, 4), sigma=function(sigmoid)),
    "eq-digits-softmax": checked(**SCORES),
    "eq-digits-shift": checked(**SCORES, c=between(-3, 3)),
    "eq-digits-loss": checked(**SCORES),
    "eq-digits-log": checked(**SCORES),
    "eq-digits-slope": checked(**SCORES),
    "eq-digits-forward": checked(**NET, broadcast=True),
    "eq-digits-backward": checked(**NET, **BLAMES, broadcast=True),
    "eq-digits-spread": checked(
        x=between(-2, 2, 6),
        n=6,
        s=between(0.1, 2),
        z=lambda x, s: every_sign(x, s)[:, None, None],  # three axes: a square is one of each
        mean=function(np.mean),
    ),
}
