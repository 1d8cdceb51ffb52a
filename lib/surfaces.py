"""Every function of the notes, each bound with its gradient, its Hessian and its window.

A surface is called like the function it is: `square(3)`, `bowl([1, 2])`. A surface of one
variable works elementwise on arrays of any shape, and its gradient and Hessian keep that shape.
A surface of n variables takes points along the last axis: for x of shape (..., n), `surface(x)`
has shape (...), `surface.gradient(x)` shape (..., n) and `surface.hessian(x)` shape (..., n, n).
"""

import reprlib
from collections.abc import Callable
from dataclasses import dataclass
from math import comb, pi

import numpy as np

from lib import checks

EVERYWHERE = (-np.inf, np.inf)
FIELDS = ("f", "gradient", "hessian")
OMEGA = 0.5671432904097838  # the solution of eˣ = 1/x (N3-49)


@dataclass(frozen=True)
class Surface:
    """A function together with its derivatives and the piece of it worth looking at.

    `window` is ((x_low, x_high), (y_low, y_high)): the picture's limits for one variable, the
    limits of the first two variables otherwise. `minimum` is a place of zero slope where the
    function is least in its window (a float or a tuple of coordinates), or None. `domain` bounds
    the variable of a curve; outside it the value is NaN, which `path.follow` reports as a
    divergence, and where a value overflows it is infinite or NaN.
    Raises TypeError for points that are no numbers, ValueError for a wrong last axis.
    """

    name: str
    f: Callable
    gradient: Callable
    hessian: Callable
    window: tuple
    minimum: float | tuple | None = None
    variables: int = 1
    domain: tuple = EVERYWHERE

    def __post_init__(self):
        for field in FIELDS:
            checks.function(field, getattr(self, field))
        checks.same_shape("window", checks.finite("window", self.window), (2, 2))
        checks.same_shape("domain", checks.real("domain", self.domain), (2,))
        checks.whole("variables", self.variables, 1)
        object.__setattr__(self, "window", tuple(map(tuple, self.window)))
        for field in FIELDS:
            object.__setattr__(self, field, self._guarded(getattr(self, field), field))

    def __call__(self, x):
        """Evaluate the function at x."""
        return self.f(x)

    def _guarded(self, formula, field):
        """Give the raw formula floats, silence, and an answer of the promised shape."""
        formula, name = np.errstate(all="ignore")(formula), f"{field}(x)"
        order, low, high = FIELDS.index(field), *self.domain
        bounded = self.domain != EVERYWHERE

        def evaluate(x):
            x = checks.real("x", x)
            shape = x.shape if self.variables == 1 else self._shape(x, order)
            answer = checks.real(name, formula(x[()]))
            if answer.shape != shape:
                answer = self._filled(name, formula, answer, x, shape)
            if bounded:
                return np.where((x < low) | (x > high), np.nan, answer)[()]
            return np.array(answer)[()]  # a copy: what a formula keeps stays its own

        return evaluate

    def _shape(self, x, order):
        """The shape of f, the gradient or the Hessian, order 0, 1 or 2, at points x."""
        if x.shape[-1:] != (self.variables,):
            wanted = f"a last axis of length {self.variables}"
            raise ValueError(f"x must have {wanted}, got shape {x.shape}")
        return x.shape[:-1] + (self.variables,) * order

    def _filled(self, name, formula, answer, x, shape):
        """An answer that is the same everywhere, such as a second derivative of 2, put everywhere.

        A formula that sums over all of x gives one answer as well, but another one at one place.
        """
        places = x.shape if self.variables == 1 else x.shape[:-1]
        if answer.ndim <= len(shape) - len(places):
            alone = formula(x[(0,) * len(places)]) if x.size else answer
            if np.array_equal(checks.real(name, alone), answer, equal_nan=True):
                return np.broadcast_to(answer, shape)
        raise ValueError(f"{name} must have shape {shape}, got {answer.shape}")


# Surfaces of one variable.

square = Surface("x²", lambda x: x**2, lambda x: 2 * x, lambda x: 2, ((-3, 3), (-1, 9)), 0.0)
cube = Surface("x³", lambda x: x**3, lambda x: 3 * x**2, lambda x: 6 * x, ((-2, 2), (-8, 8)))
reciprocal = Surface(
    "1/x", lambda x: 1 / x, lambda x: -1 / x**2, lambda x: 2 / x**3, ((-4, 4), (-4, 4))
)
square_root = Surface(
    "√x",
    np.sqrt,
    lambda x: 1 / (2 * np.sqrt(x)),
    lambda x: -1 / (4 * x * np.sqrt(x)),
    ((0, 9), (-0.5, 3.5)),
    domain=(0, np.inf),
)
sine = Surface("sin x", np.sin, np.cos, lambda x: -np.sin(x), ((-pi, pi), (-1.5, 1.5)), -pi / 2)
cosine = Surface(
    "cos x",
    np.cos,
    lambda x: -np.sin(x),
    lambda x: -np.cos(x),
    ((0, 2 * pi), (-1.5, 1.5)),
    pi,
)
exponential = Surface("eˣ", np.exp, np.exp, np.exp, ((-3, 3), (-1, 8)))
logarithm = Surface(
    "ln x",
    np.log,
    lambda x: 1 / x,
    lambda x: -1 / x**2,
    ((0, 8), (-3, 3)),
    domain=(0, np.inf),
)
absolute = Surface(  # at the corner the slope is 0 by convention, the middle of -1 and 1 (N3-23)
    "|x|", np.abs, np.sign, lambda x: 0, ((-3, 3), (-0.5, 3)), 0.0
)
cube_root = Surface(
    "∛x",
    np.cbrt,
    lambda x: 1 / (3 * np.cbrt(x) ** 2),
    lambda x: -2 / (9 * np.cbrt(x) ** 5),
    ((-8, 8), (-2.5, 2.5)),
)
exp_minus_log = Surface(  # N3-49; defined for x > 0
    "eˣ − ln x",
    lambda x: np.exp(x) - np.log(x),
    lambda x: np.exp(x) - 1 / x,
    lambda x: np.exp(x) + 1 / x**2,
    ((0.02, 1.6), (2, 5.5)),
    OMEGA,
    domain=(0, np.inf),
)
two_valleys = Surface(  # the deeper valley is the left one, the hill between them at x = 0.1255
    "x⁴/4 − 2x² + x/2",
    lambda x: x**4 / 4 - 2 * x**2 + x / 2,
    lambda x: x**3 - 4 * x + 1 / 2,
    lambda x: 3 * x**2 - 4,
    ((-3.2, 3.2), (-6, 6)),
    -2.0597919701013208,
)


def constant(c):
    """Make the horizontal line y = c. Source: N3-07."""
    c = checks.number("c", c)
    return Surface(
        f"{c:g}", lambda x: c, lambda x: 0, lambda x: 0, ((-3, 3), (min(c, 0) - 1, max(c, 0) + 1))
    )


def line(a, b):
    """Make the straight line y = ax + b. Source: N3-08."""
    a, b = checks.number("a", a), checks.number("b", b)
    reach = 3 * abs(a) + 1
    window = ((-3, 3), (b - reach, b + reach))
    return Surface(f"{a:g}x + {b:g}", lambda x: a * x + b, lambda x: a, lambda x: 0, window)


def power(n):
    """Make the power y = xⁿ for any real n; only whole n reach below x = 0. Source: N3-12."""
    n = checks.number("n", n)
    is_whole = n == int(n)
    return Surface(
        f"x^{n:g}",
        *(lambda x, k=k: _power_derivative(n, k, x) for k in range(3)),
        window=((-2, 2), (-4, 4)) if is_whole else ((0, 2), (-1, 4)),
        minimum=0.0 if is_whole and n > 0 and n % 2 == 0 else None,
        domain=EVERYWHERE if is_whole else (0, np.inf),
    )


def _power_derivative(n, k, x):
    """The k-th derivative of xⁿ, exactly zero where the factor in front of it is zero."""
    factor = np.prod([n - i for i in range(k)])
    return factor * x ** (n - k) if factor else np.zeros_like(x)


def power_lines(points):
    """Make the cost Σ(x − aᵢ)² of reaching every point a₁, a₂, ... from x; least at their mean.

    `points` has shape (n,). Raises ValueError when it is empty or not finite. Source: N3-33.
    """
    points = np.array(checks.finite("points", points)).ravel()
    mean, reach = points.mean(), np.ptp(points) + 1
    least = ((mean - points) ** 2).sum()
    return Surface(
        f"Σ(x − aᵢ)², {points.size} points",
        lambda x: ((x[..., None] - points) ** 2).sum(axis=-1),
        lambda x: 2 * (points.size * x - points.sum()),
        lambda x: 2 * points.size,
        ((mean - reach, mean + reach), (0, float(least + points.size * reach**2))),
        float(mean),
    )


def coin_likelihood(heads, tails):
    """Make the chance pʰ(1 − p)ᵗ of one series of tosses; greatest at p = h/(h + t).

    Source: N3-34.
    """
    heads, tails = _tosses(heads, tails)

    share = heads / (heads + tails)
    peak = share**heads * (1 - share) ** tails
    return Surface(
        f"p^{heads} (1 − p)^{tails}",
        *(lambda p, k=k: _coin_derivative(heads, tails, k, p) for k in range(3)),
        window=((0, 1), (0, 1.2 * peak)),
    )


def _tosses(heads, tails):
    heads, tails = checks.whole("heads", heads), checks.whole("tails", tails)
    checks.whole("heads + tails", heads + tails, least=1)
    return heads, tails


def _coin_derivative(heads, tails, k, p):
    """The k-th derivative of pʰ(1 − p)ᵗ by Leibniz's product rule."""
    return sum(
        comb(k, j)
        * _power_derivative(heads, j, p)
        * (-1) ** (k - j)
        * _power_derivative(tails, k - j, 1 - p)
        for j in range(k + 1)
    )


def coin_log_loss(heads, tails):
    """Make the log loss −h ln p − t ln(1 − p) of a series of tosses; least at p = h/(h + t).

    It is minus the logarithm of `coin_likelihood`; the notes' G(p) is minus this. Source: N3-36.
    """
    heads, tails = _tosses(heads, tails)
    return Surface(
        f"−{heads} ln p − {tails} ln(1 − p)",
        lambda p: -_times(heads, np.log(p)) - _times(tails, np.log(1 - p)),
        lambda p: -_times(heads, 1 / p) + _times(tails, 1 / (1 - p)),
        lambda p: _times(heads, 1 / p**2) + _times(tails, 1 / (1 - p) ** 2),
        ((0, 1), (0, 4 * (heads + tails))),
        heads / (heads + tails) if heads and tails else None,
        domain=(0, 1),
    )


def _times(k, value):
    """k · value, and zero where k is, even if the value is infinite."""
    return k * value if k else np.zeros_like(value)


# Surfaces of two variables, written in x and y.


def two_variables(name, f, gradient, hessian, **others):
    """Make a surface from formulas in x and y.

    f(x, y) returns the value, gradient(x, y) the pair (f_x, f_y) and hessian(x, y) the triple
    (f_xx, f_xy, f_yy); x and y are arrays of one shape. `window` and `minimum` are `Surface`'s.
    """
    checks.function("f", f)
    checks.function("gradient", gradient), checks.function("hessian", hessian)
    return Surface(
        name,
        lambda p: f(p[..., 0], p[..., 1]),
        lambda p: _vector(_parts("gradient(x, y)", gradient, 2, p), p),
        lambda p: _matrix(_parts("hessian(x, y)", hessian, 3, p), p),
        variables=2,
        **others,
    )


def _parts(name, formula, count, p):
    """What a formula in x and y returns at points p: so many numbers, or arrays of the points."""
    given = formula(p[..., 0], p[..., 1])
    if not isinstance(given, tuple) or len(given) != count:
        raise ValueError(f"{name} must return a tuple of {count}, got {reprlib.repr(given)}")
    shape, parts = p.shape[:-1], []
    for i, part in enumerate(given):
        part = checks.real(name, part)
        if part.shape != shape:
            part = _everywhere(name, formula, i, part, p)
        parts.append(part)
    return parts


def _everywhere(name, formula, i, part, p):
    """Part i of what a formula returns at points p, one number, if it is that at each of them."""
    shape = p.shape[:-1]
    alone = formula(*p[(0,) * len(shape)])[i] if p.size and part.ndim == 0 else part
    if part.ndim or not np.array_equal(alone, part, equal_nan=True):
        raise ValueError(f"each of {name} must have shape {shape}, got {part.shape}")
    return part


def _vector(parts, p):
    """(f_x, f_y) along the last axis."""
    out = np.empty(p.shape)
    out[..., 0], out[..., 1] = parts
    return out


def _matrix(parts, p):
    """(f_xx, f_xy, f_yy) as symmetric matrices in the last two axes."""
    out = np.empty((*p.shape, 2))
    out[..., 0, 0], out[..., 0, 1], out[..., 1, 1] = parts
    out[..., 1, 0] = out[..., 0, 1]
    return out


def valley(condition):
    """Make the valley x² + c y², whose curvatures have the ratio `condition`; least at (0, 0)."""
    c = float(checks.positive("condition", checks.number("condition", condition)))
    return two_variables(
        "x² + y²" if c == 1 else f"x² + {c:g}y²",
        lambda x, y: x**2 + c * y**2,
        lambda x, y: (2 * x, 2 * c * y),
        lambda x, y: (2, 0, 2 * c),
        window=((-3, 3), (-3, 3)),
        minimum=(0.0, 0.0),
    )


bowl = valley(1)  # N3-38
stretched_bowl = valley(10)  # N4-31
cubic_product = two_variables(  # N3-40
    "3x²y³",
    lambda x, y: 3 * x**2 * y**3,
    lambda x, y: (6 * x * y**3, 9 * x**2 * y**2),
    lambda x, y: (6 * y**3, 18 * x * y**2, 18 * x**2 * y),
    window=((-2, 2), (-2, 2)),
)
room = two_variables(  # the temperature T of N3-44, with the (x − 6) that its partials belong to
    "85 − x²(x − 6)y²(y − 6)/90",
    lambda x, y: 85 - x**2 * (x - 6) * y**2 * (y - 6) / 90,
    lambda x, y: (
        -x * (3 * x - 12) * y**2 * (y - 6) / 90,
        -(x**2) * (x - 6) * y * (3 * y - 12) / 90,
    ),
    lambda x, y: (
        -(6 * x - 12) * y**2 * (y - 6) / 90,
        -x * (3 * x - 12) * y * (3 * y - 12) / 90,
        -(x**2) * (x - 6) * (6 * y - 12) / 90,
    ),
    window=((0, 6), (0, 6)),
    minimum=(4.0, 4.0),
)
line_fit = two_variables(  # E(m, b) of N3-47: slope m and intercept b of a line
    "14m² + 3b² + 38 + 12mb − 42m − 20b",
    lambda m, b: 14 * m**2 + 3 * b**2 + 38 + 12 * m * b - 42 * m - 20 * b,
    lambda m, b: (28 * m + 12 * b - 42, 6 * b + 12 * m - 20),
    lambda m, b: (28, 12, 6),
    window=((-1, 3), (-1, 5)),
    minimum=(1 / 2, 7 / 3),
)
slanted_bowl = two_variables(  # N3-90
    "2x² + 3y² − xy",
    lambda x, y: 2 * x**2 + 3 * y**2 - x * y,
    lambda x, y: (4 * x - y, 6 * y - x),
    lambda x, y: (4, -1, 6),
    window=((-3, 3), (-3, 3)),
    minimum=(0.0, 0.0),
)
dome = two_variables(  # N3-92; greatest at (0, 0)
    "−2x² − 3y² − xy + 15",
    lambda x, y: -2 * x**2 - 3 * y**2 - x * y + 15,
    lambda x, y: (-4 * x - y, -6 * y - x),
    lambda x, y: (-4, -1, -6),
    window=((-3, 3), (-3, 3)),
)
saddle = two_variables(  # N3-93
    "2x² − 2y²",
    lambda x, y: 2 * x**2 - 2 * y**2,
    lambda x, y: (4 * x, -4 * y),
    lambda x, y: (4, 0, -4),
    window=((-3, 3), (-3, 3)),
)
mountain_pass = two_variables(  # a saddle at (0, 0) between two valleys, at (1, 0) and (−1, 0)
    "x⁴/4 − x²/2 + y²/2",
    lambda x, y: x**4 / 4 - x**2 / 2 + y**2 / 2,
    lambda x, y: (x**3 - x, y),
    lambda x, y: (3 * x**2 - 1, 0, 1),
    window=((-0.4, 1.4), (-0.25, 1.25)),
    minimum=(1.0, 0.0),
)
quartic = two_variables(  # N3-96, with 0.8 as its printed f_y and Hessian have it
    "x⁴ + 0.8y⁴ + 4x² + 2y² − xy − 0.2x²y",
    lambda x, y: x**4 + 0.8 * y**4 + 4 * x**2 + 2 * y**2 - x * y - 0.2 * x**2 * y,
    lambda x, y: (
        4 * x**3 + 8 * x - y - 0.4 * x * y,
        3.2 * y**3 + 4 * y - x - 0.2 * x**2,
    ),
    lambda x, y: (12 * x**2 + 8 - 0.4 * y, -1 - 0.4 * x, 9.6 * y**2 + 4),
    window=((-5, 5), (-5, 5)),
    minimum=(0.0, 0.0),
)
rosenbrock = two_variables(  # a bent valley: easy to enter, slow to follow
    "(1 − x)² + 100(y − x²)²",
    lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    lambda x, y: (-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)),
    lambda x, y: (2 - 400 * y + 1200 * x**2, -400 * x, 200),
    window=((-2, 2), (-1, 3)),
    minimum=(1.0, 1.0),
)
himmelblau = two_variables(  # four minima, all of value 0; (3, 2) is the one with whole numbers
    "(x² + y − 11)² + (x + y² − 7)²",
    lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    lambda x, y: (
        4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7),
        2 * (x**2 + y - 11) + 4 * y * (x + y**2 - 7),
    ),
    lambda x, y: (12 * x**2 + 4 * y - 42, 4 * x + 4 * y, 4 * x + 12 * y**2 - 26),
    window=((-5, 5), (-5, 5)),
    minimum=(3.0, 2.0),
)
monkey_saddle = two_variables(  # the Hessian at (0, 0) is zero and decides nothing
    "x³ − 3xy²",
    lambda x, y: x**3 - 3 * x * y**2,
    lambda x, y: (3 * x**2 - 3 * y**2, -6 * x * y),
    lambda x, y: (6 * x, -6 * y, -6 * x),
    window=((-2, 2), (-2, 2)),
)


def quadratic(A, b, c=0.0):
    """Make the quadratic ½ x·Ax + b·x + c of any number of variables.

    `A` has shape (n, n) and `b` shape (n,); only the symmetric half ½(A + Aᵀ) of A shapes the
    surface, and it is the Hessian. A number for A gives a parabola of one variable. The minimum
    −A⁻¹b is known when A is positive definite. Raises ValueError for shapes that do not match.
    """
    A, b, c = checks.finite("A", A), np.array(checks.finite("b", b)), checks.number("c", c)
    if A.size == 1:
        return _parabola(A.item(), checks.number("b", b.squeeze()), c)
    checks.same_shape("A", checks.square_matrix("A", A), A.shape[-1:] * 2)
    checks.same_shape("b", b, A.shape[:1])
    H = (A + A.T) / 2
    return Surface(
        f"½ x·Ax + b·x + {c:g}",
        lambda x: (x * (x @ H / 2 + b)).sum(axis=-1) + c,
        lambda x: x @ H + b,
        lambda x: H,
        ((-3, 3), (-3, 3)),
        tuple(np.linalg.solve(H, -b).tolist()) if np.linalg.eigvalsh(H)[0] > 0 else None,
        variables=len(A),
    )


def _parabola(a, b, c):
    return Surface(
        f"{a / 2:g}x² + {b:g}x + {c:g}",
        lambda x: a / 2 * x**2 + b * x + c,
        lambda x: a * x + b,
        lambda x: a,
        ((-3, 3), (-9, 9)),
        -b / a if a > 0 else None,
    )
