"""What the formulas of the chapter on derivatives say, symbol by symbol."""

import numpy as np

from pages.formulas import between, checked, function, smooth, whole

X = {"x": between(-2, 2)}


def uneven(x):
    """Neither even nor odd: a rule that holds for every function is tried on this one."""
    return np.exp(np.sin(x))


def growing(x):
    """One that has an inverse, and is not its own slope."""
    return np.exp(2 * x) + 1


PAIR = {**X, "f": uneven, "g": lambda x: x**3 - np.cos(x)}
FUNCTIONS = {**X, "h": between(0.1, 1), "f": smooth(), "g": smooth()}
LINKS = {
    "t": between(-1, 1), "f": function(uneven), "g": function(lambda x: x**2 + x),
    "u": function(lambda t: t**3 + t**2 + 1),
}  # fmt: skip
STRAY = {
    "t": between(-1, 1), "f": function(lambda u: u**3 + u**2), "g": function(np.exp),
    "h": between(0.1, 1), "u": lambda t: np.exp(t), "k": lambda t, h: np.exp(t + h) - np.exp(t),
    "r": function(lambda k, /, u: k**2 + (3 * u + 1) * k),
}  # fmt: skip
GROWTH = {"n": whole(1, 60), "a_n": lambda n: (1 + 1 / n) ** n}
INVERSE = {"f": function(growing), "x": between(-2, 2), "y": growing}
UNDONE = function(lambda y: np.log(y - 1) / 2)


FORMULAS = {
    "eq-derivatives-car": checked(h=between(0.1, 2)),
    "eq-derivatives-definition": checked(x=between(-2, 2), f=smooth()),
    "eq-derivatives-tangent": checked(x=between(-3, 3), y=lambda x: 2**2 + (2 * 2) * (x - 2)),
    "eq-derivatives-notation": checked(**X, f=function(uneven), y=uneven),
    "eq-derivatives-constant": checked(x=between(-2, 2), c=between(-5, 5)),
    "eq-derivatives-line": checked(x=between(-2, 2), a=between(-5, 5), b=between(-5, 5)),
    "eq-derivatives-square-quotient": checked(x=between(-2, 2), h=between(1e-6, 1e-4), close=1e-3),
    "eq-derivatives-square": checked(x=between(-3, 3)),
    "eq-derivatives-cube-quotient": checked(x=between(-2, 2), h=between(0.1, 2)),
    "eq-derivatives-cube": checked(x=between(-3, 3)),
    "eq-derivatives-reciprocal-quotient": checked(x=between(0.5, 3), h=between(0.1, 2)),
    "eq-derivatives-reciprocal": checked(x=between(0.5, 3)),
    "eq-derivatives-power": checked(x=between(0.5, 3), n=whole(-4, 6)),
    "eq-derivatives-power-factor": checked(
        x=between(-2, 2), z=between(-2, 2), n=5, dots=lambda x, z: z**2 * x**2
    ),
    "eq-derivatives-power-negative": checked(
        x=between(0.5, 2), z=between(0.5, 2), h=between(0.1, 1), n=whole(1, 5)
    ),
    "eq-derivatives-undo": checked(f=INVERSE["f"], x=between(-2, 2), g=UNDONE),
    "eq-derivatives-inverse-quotient": checked(
        **INVERSE, g=UNDONE, k=between(0.1, 1), h=lambda x, k, y: growing(x + k) - y
    ),
    "eq-derivatives-inverse": checked(f=INVERSE["f"], g=UNDONE, y=between(1.5, 5)),
    "eq-derivatives-root": checked(y=between(0.5, 5)),
    "eq-derivatives-areas": checked(h=between(0.01, 1.5), meets={"h": 0}),
    "eq-derivatives-squeeze": checked(h=between(0.01, 1.5), meets={"h": 0}),
    "eq-derivatives-sine-limit": checked(),
    "eq-derivatives-cosine-limit": checked(h=between(1e-6, 1e-4), close=1e-3),
    "eq-derivatives-sine-quotient": checked(x=between(-4, 4), h=between(0.1, 2)),
    "eq-derivatives-sine": checked(x=between(-4, 4)),
    "eq-derivatives-cosine-quotient": checked(x=between(-4, 4), h=between(0.1, 2)),
    "eq-derivatives-cosine": checked(x=between(-4, 4)),
    "eq-derivatives-e": checked(),
    "eq-derivatives-e-rises": checked(**GROWTH, a_n_plus_1=lambda n: (1 + 1 / (n + 1)) ** (n + 1)),
    "eq-derivatives-e-falls": checked(
        n=whole(2, 60),
        b_n=lambda n: (1 + 1 / n) ** (n + 1),
        b_n_minus_1=lambda n: (1 + 1 / (n - 1)) ** n,
    ),
    "eq-derivatives-e-between": checked(n=whole(1, 1000), meets={"n": np.inf}),
    "eq-derivatives-base-quotient": checked(a=between(0.5, 4), x=between(-2, 2), h=between(0.1, 1)),
    "eq-derivatives-e-root": checked(n=whole(2, 1000), meets={"n": np.inf}),
    "eq-derivatives-e-limit": checked(),
    "eq-derivatives-exp": checked(x=between(-3, 3)),
    "eq-derivatives-log": checked(x=between(-9, 9), y=between(-3, 3)),
    "eq-derivatives-inverse-general": checked(f=INVERSE["f"], f_inverse=UNDONE, y=between(1.5, 5)),
    "eq-derivatives-ln": checked(y=between(0.5, 5)),
    "eq-derivatives-multiple-quotient": checked(
        g=smooth(), c=between(-3, 3), x=between(-2, 2), h=between(0.1, 1)
    ),
    "eq-derivatives-multiple": checked(along="x", c=between(-3, 3), **PAIR),
    "eq-derivatives-sum-quotient": checked(**FUNCTIONS),
    "eq-derivatives-sum": checked(along="x", **PAIR),
    "eq-derivatives-sum-example": checked(x=between(-2, 2)),
    "eq-derivatives-product-areas": checked(
        f=between(-2, 2), g=between(-2, 2), Delta_f=between(-1, 1), Delta_g=between(-1, 1)
    ),
    "eq-derivatives-product": checked(along="x", **PAIR),
    "eq-derivatives-product-example": checked(x=between(-2, 2)),
    "eq-derivatives-chain": checked(
        **LINKS, g_value=lambda t: t**2 + t, f_value=lambda g_value: uneven(g_value)
    ),
    "eq-derivatives-chain-error": checked(**STRAY),
    "eq-derivatives-chain-quotient": checked(**STRAY),
    "eq-derivatives-chain-example": checked(x=between(-1, 1)),
    "eq-derivatives-chain-three": checked(
        **LINKS,
        u_value=lambda t: t**3 + t**2 + 1,
        g_value=lambda u_value: u_value**2 + u_value,
        f_value=lambda g_value: uneven(g_value),
    ),
    "eq-derivatives-chain-three-example": checked(t=between(-1, 1)),
    "eq-derivatives-real-power": checked(x=between(0.5, 3), n=between(-3, 3)),
    "eq-derivatives-base": checked(x=between(-2, 2), a=between(0.3, 4)),
    "eq-derivatives-absolute": checked(a=between(-3, 3), where=lambda a: abs(a) > 0.1),
    "eq-derivatives-mean-value": checked(
        f=function(lambda x: np.exp(2 * x)),
        a=between(-2, 0),
        b=between(1, 3),
        c=lambda a, b: np.log((np.exp(2 * b) - np.exp(2 * a)) / (b - a) / 2) / 2,
    ),
    "eq-derivatives-central": checked(
        f=smooth(), x=between(-2, 2), h=between(1e-4, 1e-3), close=1e-5
    ),
    "eq-derivatives-central-cube": checked(x=between(-2, 2), h=between(0.1, 2)),
}
