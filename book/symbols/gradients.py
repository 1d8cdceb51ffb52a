"""What the formulas of the chapter on gradients say, symbol by symbol."""

import numpy as np

from lib import surfaces
from pages.formulas import COSINE, between, checked, definition, function, plane, slope

XY = {"x": between(-3, 3), "y": between(-3, 3)}
BOWL = plane("f", lambda x, y: surfaces.bowl([x, y]))
PRODUCT = plane("f", lambda x, y: 3 * x**2 * y**3)
ROOM = {**XY, **plane("T", lambda x, y: surfaces.room([x, y]))}
LINE = plane("E", lambda m, b: surfaces.line_fit([m, b]), "m", "b")
MB = {"m": between(-3, 3), "b": between(-3, 3)}
BEST = dict(zip("mb", np.linalg.solve([[28, 12], [12, 6]], [42, 20]), strict=True))
WAVY = plane("f", lambda x, y: np.exp(np.sin(x) + y / 3) + x * y)  # not even in x or y
START = {"x_0": between(-2, 2), "y_0": between(-2, 2), "x": lambda x_0: x_0, "y": lambda y_0: y_0}
WAY = {
    **START, "varphi": between(0, 6), "u_1": lambda varphi: np.cos(varphi),
    "u_2": lambda varphi: np.sin(varphi), "u": lambda u_1, u_2: np.array([u_1, u_2]),
}  # fmt: skip
TWO = {"gamma": between(0, 6), "delta": between(0, 6), "r": between(0.5, 3), "s": between(0.5, 3)}


def ahead(scope):
    """The slope of WAVY in the direction u, measured along the way itself."""
    x, y, u = scope.value("x"), scope.value("y"), scope.value("u")
    return slope(lambda t: WAVY["f"].rule(x + t * u[0], y + t * u[1]), 0.0)


def angle(a, b):
    """The angle between two vectors."""
    return np.arccos(np.dot(a, b) / np.linalg.norm(a) / np.linalg.norm(b))


def bottom(bowl):
    """Where a quadratic surface is lowest."""
    return -np.linalg.solve(bowl.hessian([0, 0]), bowl.gradient([0, 0]))


FORMULAS = {
    "eq-gradients-bowl": checked(**XY, **BOWL, introduces=True),
    "eq-gradients-cut-y": checked(**XY, **BOWL, introduces=True),
    "eq-gradients-cut-x": checked(**XY, **BOWL),
    "eq-gradients-partial-x": checked(**XY, **WAVY),
    "eq-gradients-partial-y": checked(**XY, **WAVY),
    "eq-gradients-bowl-limit": checked(**XY, **BOWL, h=between(0.1, 1)),
    "eq-gradients-product": checked(**XY, **PRODUCT, introduces=True),
    "eq-gradients-product-partials": checked(**XY, **PRODUCT),
    "eq-gradients-plane": definition("the tangent plane"),
    "eq-gradients-plane-example": checked(
        **XY, z=lambda x, y: surfaces.bowl([2, 4]) + surfaces.bowl.gradient([2, 4]) @ [x - 2, y - 4]
    ),
    "eq-gradients-gradient": checked(**XY, **WAVY),
    "eq-gradients-bowl-gradient": checked(**XY, **BOWL),
    "eq-gradients-norm": checked(**BOWL),
    "eq-gradients-directional": checked(**WAY, **WAVY, D_u_f=ahead),
    "eq-gradients-two-moves": checked(**WAY, **WAVY, t=between(0.1, 1)),
    "eq-gradients-dot": checked(**WAY, **WAVY, D_u_f=ahead),
    "eq-gradients-mean-value": definition("where the mean value theorem puts ξ"),
    "eq-gradients-cosine": checked(
        g=between(-2, 2, 2), u=between(-2, 2, 2), varphi=lambda g, u: angle(g, u)
    ),
    "eq-gradients-addition": checked(
        **TWO,
        g=lambda gamma, r: r * np.array([np.cos(gamma), np.sin(gamma)]),
        u=lambda delta, s: s * np.array([np.cos(delta), np.sin(delta)]),
    ),
    "eq-gradients-wave": checked(
        **START, **WAVY, turn=between(0, 6), D_u_f=ahead,
        u=lambda turn: np.array([np.cos(turn), np.sin(turn)]),
        varphi=lambda u, nabla_f_value: angle(u, nabla_f_value),
    ),
    "eq-gradients-stretched": checked(
        **XY, c=between(1, 20), f_value=lambda x, y, c: x**2 + c * y**2,
        nabla_f=lambda scope: surfaces.valley(scope.value("c")).gradient(
            [scope.value("x"), scope.value("y")]
        ),
        stands_for=[lambda x, y, c: np.array([x, y]) - bottom(surfaces.valley(c))],
    ),
    "eq-gradients-off-course": checked(
        varphi=lambda: angle(surfaces.valley(10).gradient([1, 1]), [1, 1]),
        instance=(COSINE, {"a": 2, "b": 20, "c": 1, "d": 1}),
    ),
    "eq-gradients-level": checked(**plane("f", lambda x, y: (x - 1) ** 2 + x * y), x=0, y=2),
    "eq-gradients-room": checked(**ROOM),
    "eq-gradients-room-partials": checked(**ROOM),
    "eq-gradients-room-sign": checked(**ROOM),
    "eq-gradients-room-minimum": checked(**ROOM),
    "eq-gradients-misses": checked(**MB, **LINE),
    "eq-gradients-cost": checked(**MB, **LINE),
    "eq-gradients-line-system": checked(**MB, **LINE, at=BEST),
    "eq-gradients-line-doubled": checked(
        **MB, at=BEST, stands_for=[lambda m, b: 2 * surfaces.line_fit.gradient([m, b])[1]]
    ),
    "eq-gradients-line-m": checked(**BEST),
    "eq-gradients-line-cost": checked(**LINE, **BEST),
    "eq-gradients-line-squares": checked(
        **MB, **LINE, u=lambda m: m - 1 / 2, v=lambda b: b - 7 / 3
    ),
    "eq-gradients-crease": checked(
        **XY, f=function(lambda x, y: 2 * x * y / np.hypot(x, y) if x or y else 0.0)
    ),
    "eq-gradients-ex-angle": checked(
        c=between(1, 20), t=between(0.1, 3),
        varphi=lambda c, t: angle(surfaces.valley(c).gradient([1, t]), [1, t]),
    ),
    "eq-gradients-ex-worst": checked(
        c=between(1, 20),
        varphi=lambda c: max(
            angle(surfaces.valley(c).gradient([1, t]), [1, t])
            for t in [1 / np.sqrt(c), *np.linspace(0.01, 3, 60)]
        ),
    ),
}  # fmt: skip
