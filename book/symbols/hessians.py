"""What the formulas of the chapter on Hessians say, symbol by symbol."""

import numpy as np

from lib import newton, surfaces
from lib.derivatives import central_slope
from pages.formulas import after, between, checked, definition, function, plane


def of(surface, name="f"):
    """Bind one of lib's surfaces, with its slopes measured."""
    return plane(name, lambda x, y: surface([x, y]))


def hessian_of(surface):
    return {"H_value": lambda x, y: surface.hessian([x, y])}


XY = {"x": between(-2, 2), "y": between(-2, 2)}
WAVY = plane("f", lambda x, y: np.sin(x) * np.exp(y / 3) + x * y)
START = {"x": 4, "y": 4}
SYMMETRIC = {
    "a": between(-3, 3), "b": between(-3, 3), "c": between(-3, 3),
    "H": lambda a, b, c: np.array([[a, b], [b, c]]),
}  # fmt: skip
DIRECTION = {
    "varphi": between(0, 6), "u": lambda varphi: np.array([np.cos(varphi), np.sin(varphi)]),
    "q": function(lambda varphi, /, H: turned(H, varphi)),
}  # fmt: skip


def turned(H, varphi):
    """The curvature of ½ d·Hd in a direction, measured along the way with three values."""
    u, h = np.array([np.cos(varphi), np.sin(varphi)]), 0.5
    f = [0.5 * (t * u) @ H @ (t * u) for t in (-h, 0, h)]
    return (f[0] - 2 * f[1] + f[2]) / h**2


def _curvature(H, theta):
    """The curvature at an angle from the first eigenvector."""
    u = np.linalg.eigh(H)[1] @ [np.cos(theta), np.sin(theta)]
    return u @ H @ u


def newton_step(x):
    """The first step of lib's walk on the quartic."""
    return after(newton.minimise(surfaces.quartic.gradient, surfaces.quartic.hessian, x))


WALK = {
    "p": between(-1, 1, 2), "d": between(-1, 1, 2), "t": between(-1, 1),
    "x": lambda p, t, d: p[0] + t * d[0], "y": lambda p, t, d: p[1] + t * d[1],
    "g": function(lambda t, /, p, d: WAVY["f"].rule(*(p + t * d))),
    "H": lambda scope: np.array(
        [[scope.value("f_xx_value"), scope.value("f_xy_value")],
         [scope.value("f_yx_value"), scope.value("f_yy_value")]]
    ),
}  # fmt: skip
SHORT = {
    "p": between(-1, 1, 2), "d": between(-0.02, 0.02, 2),
    "f": function(surfaces.quartic), "f_value": lambda p: surfaces.quartic(p),
    "nabla_f": lambda p: surfaces.quartic.gradient(p), "H": lambda p: surfaces.quartic.hessian(p),
}  # fmt: skip
MOTION = {"t": between(0, 10), "x": function(lambda t: 3 * t**2 - t**3 / 5)}
MODEL = {
    "H": lambda p: surfaces.quartic.hessian(p), "g": lambda p: surfaces.quartic.gradient(p),
    "p": between(1, 3, 2),
}  # fmt: skip

CUBE = plane("f", lambda x, y: x**2 * y + y**3)
FOUR = {**CUBE, "H": lambda scope: [[scope.value(f"f_{a}{b}_value") for b in "xy"] for a in "xy"]}
LINE = np.linalg.lstsq([[1, 1], [2, 1], [3, 1]], [2, 5, 3], rcond=None)[0]

FORMULAS = {
    "eq-hessians-second": checked(
        x=between(-2, 2), f=function(np.sin), f_value=lambda x: np.sin(x)
    ),
    "eq-hessians-distance": definition("the way of the car"),
    "eq-hessians-velocity": checked(
        **MOTION, v=function(lambda t: central_slope(MOTION["x"].rule, t)),
        a=function(lambda t: np.polyval(np.polyder([-1 / 5, 3, 0, 0], 2), t)),
    ),
    "eq-hessians-taylor-one": checked(
        x_0=between(-2, 2), h=between(-1e-2, 1e-2), f=function(np.sin), close=1e-6
    ),
    "eq-hessians-hessian": checked(
        **XY, **of(surfaces.quartic), H=function(lambda x, y: surfaces.quartic.hessian([x, y]))
    ),
    "eq-hessians-bowl": checked(**XY, **of(surfaces.slanted_bowl)),
    "eq-hessians-bowl-gradient": checked(**XY, **of(surfaces.slanted_bowl)),
    "eq-hessians-bowl-hessian": checked(**XY, **hessian_of(surfaces.slanted_bowl)),
    "eq-hessians-corners": definition("the difference of four corners"),
    "eq-hessians-walk": checked(
        **WALK, f=function(lambda x: WAVY["f"].rule(*x)), where=lambda t: abs(t) > 0.01
    ),
    "eq-hessians-walk-slope": checked(**WALK, **WAVY),
    "eq-hessians-walk-second": checked(**WALK, **WAVY),
    "eq-hessians-taylor": checked(**SHORT, close=1e-4),
    "eq-hessians-flat": checked(
        p=(1.0, 2.0), d=between(-0.01, 0.01, 2), close=2e-3,
        f=function(lambda p: 5 + surfaces.quartic(p - np.array([1, 2]))),
        H=lambda p: surfaces.quartic.hessian(p - np.array([1, 2])),
    ),
    "eq-hessians-curvature": checked(**SYMMETRIC, **DIRECTION),
    "eq-hessians-matrix-vector": checked(**SYMMETRIC, u=between(-3, 3, 2)),
    "eq-hessians-identity": checked(I=np.eye(2), u=between(-3, 3, 2)),
    "eq-hessians-area": checked(a=between(1, 3), b=between(0.1, 1), c=between(1, 3)),
    "eq-hessians-determinant": checked(**SYMMETRIC),
    "eq-hessians-inverse": checked(
        **SYMMETRIC, H_inverse=lambda H: np.linalg.inv(H),
        where=lambda a, b, c: abs(a * c - b**2) > 0.01,
    ),
    "eq-hessians-between": checked(
        **SYMMETRIC, theta=between(-3, 3), lam=lambda H: np.linalg.eigh(H)[0],
        q=lambda H, theta: _curvature(H, theta),
    ),
    "eq-hessians-turn": checked(**SYMMETRIC, **DIRECTION, along="varphi"),
    "eq-hessians-eigen": checked(
        **SYMMETRIC, u=lambda H: np.linalg.eigh(H)[1][:, 0], lam=lambda H: np.linalg.eigh(H)[0][0]
    ),
    "eq-hessians-characteristic": checked(
        **SYMMETRIC, I=np.eye(2), lam=lambda H: np.linalg.eigvalsh(H)[0]
    ),
    "eq-hessians-axes": checked(
        **SYMMETRIC, s=between(-2, 2), t=between(-2, 2), lam=lambda H: np.linalg.eigh(H)[0],
        f=lambda H, s, t: surfaces.quadratic(H, [0, 0])(np.linalg.eigh(H)[1] @ [s, t]),
    ),
    "eq-hessians-bowl-char": checked(
        **hessian_of(surfaces.slanted_bowl), x=0, y=0, I=np.eye(2), lam=between(-9, 9)
    ),
    "eq-hessians-bowl-eigen": checked(
        lam=np.linalg.eigvalsh(surfaces.slanted_bowl.hessian([0, 0]))[::-1]
    ),
    "eq-hessians-dome": checked(**XY, **of(surfaces.dome)),
    "eq-hessians-dome-hessian": checked(**XY, **hessian_of(surfaces.dome)),
    "eq-hessians-dome-char": checked(
        **hessian_of(surfaces.dome), x=0, y=0, I=np.eye(2), lam=between(-9, 9)
    ),
    "eq-hessians-saddle": checked(**XY, **of(surfaces.saddle), introduces=True),
    "eq-hessians-saddle-hessian": checked(**XY, **hessian_of(surfaces.saddle)),
    "eq-hessians-saddle-char": checked(
        **hessian_of(surfaces.saddle), x=0, y=0, I=np.eye(2), lam=between(-9, 9)
    ),
    "eq-hessians-model": definition("the quadratic model of f around p"),
    "eq-hessians-model-flat": checked(
        **MODEL, d=lambda p: newton_step(p) - p,
        nabla_m=lambda d, H, g: surfaces.quadratic(H, g).gradient(d),
    ),
    "eq-hessians-newton": checked(
        x_k=between(1, 3), y_k=between(1, 3),
        H_inverse=function(lambda x, y: np.linalg.inv(surfaces.quartic.hessian([x, y]))),
        nabla_f=function(lambda x, y: surfaces.quartic.gradient([x, y])),
        after=lambda x_k, y_k: newton_step([x_k, y_k]),
        x_k_plus_1=lambda after: after[0], y_k_plus_1=lambda after: after[1],
    ),
    "eq-hessians-quartic": checked(**XY, **of(surfaces.quartic)),
    "eq-hessians-quartic-gradient": checked(**XY, **of(surfaces.quartic)),
    "eq-hessians-quartic-hessian": checked(**XY, **of(surfaces.quartic)),
    "eq-hessians-first-numbers": checked(
        **START, **of(surfaces.quartic), **hessian_of(surfaces.quartic)
    ),
    "eq-hessians-first-products": checked(**START, **hessian_of(surfaces.quartic)),
    "eq-hessians-first-step": checked(d=newton_step([4, 4]) - 4),
    "eq-hessians-himmelblau": checked(**XY, **of(surfaces.himmelblau)),
    "eq-hessians-damped": definition("the damped step"),
    "eq-hessians-ex-four": checked(x=1, y=2, **FOUR),
    "eq-hessians-ex-line": checked(m=LINE[0], b=LINE[1]),
}  # fmt: skip
