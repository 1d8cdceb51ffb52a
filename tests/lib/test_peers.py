"""Others who know the answer: SymPy, SciPy and scikit-learn agree with lib on the same problems."""

import numpy as np
import pytest
import scipy.optimize
import scipy.special
import sympy
from sklearn.datasets import load_breast_cancer, load_diabetes
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import KFold

from lib import data, logistic, losses, perceptron
from lib.descent import gradient_descent
from lib.hessian import eigenvalues
from lib.network import SIGMOID_NET, Layer, log_loss_layer, loss_and_gradient, pack
from lib.newton import minimise, roots
from lib.path import follow
from lib.surfaces import exp_minus_log, himmelblau, quartic, rosenbrock, square
from tests.lib.strategies import SURFACES, points

# SymPy: the derivatives of every surface, from its formula alone.

x, y, z = sympy.symbols("x y z", real=True)
FORMULAS = {
    "square": x**2,
    "cube": x**3,
    "reciprocal": 1 / x,
    "square_root": sympy.sqrt(x),
    "sine": sympy.sin(x),
    "cosine": sympy.cos(x),
    "exponential": sympy.exp(x),
    "logarithm": sympy.log(x),
    "absolute": sympy.Abs(x),
    "cube_root": sympy.sign(x) * sympy.Abs(x) ** sympy.Rational(1, 3),
    "exp_minus_log": sympy.exp(x) - sympy.log(x),
    "two_valleys": x**4 / 4 - 2 * x**2 + x / 2,
    "bowl": x**2 + y**2,
    "stretched_bowl": x**2 + 10 * y**2,
    "cubic_product": 3 * x**2 * y**3,
    "room": 85 - x**2 * (x - 6) * y**2 * (y - 6) / 90,
    "line_fit": sum((x * a + y - b) ** 2 for a, b in ((1, 2), (2, 5), (3, 3))),
    "slanted_bowl": 2 * x**2 + 3 * y**2 - x * y,
    "dome": -2 * x**2 - 3 * y**2 - x * y + 15,
    "saddle": 2 * x**2 - 2 * y**2,
    "mountain_pass": x**4 / 4 - x**2 / 2 + y**2 / 2,
    "quartic": x**4 + 0.8 * y**4 + 4 * x**2 + 2 * y**2 - x * y - 0.2 * x**2 * y,
    "rosenbrock": (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    "himmelblau": (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "monkey_saddle": sympy.re(sympy.expand((x + sympy.I * y) ** 3)),
    "power(7)": x**7,
    "power(-2)": x**-2,
    "power(0.5)": x ** sympy.Rational(1, 2),
    "power(1)": x,
    "line(2, 3)": 2 * x + 3,
    "constant(4)": sympy.Integer(4),
    "power_lines": sum((x - a) ** 2 for a in (1, 2, 6, 6.5)),
    "coin_likelihood(7, 3)": x**7 * (1 - x) ** 3,
    "coin_likelihood(0, 3)": (1 - x) ** 3,
    "coin_log_loss(7, 3)": -sympy.log(x**7 * (1 - x) ** 3),
    "coin_log_loss(2, 0)": -sympy.log(x**2),
    "valley(50)": x**2 + 50 * y**2,
    "quadratic of 3": x**2 + x * y / 2 + 1.5 * y**2 + 2.5 * z**2 + x + 2 * y + 3 * z + 4,
    "quadratic of 1": 1.5 * x**2 + 2 * x + 1,
}


def test_no_surface_is_without_a_formula():
    assert FORMULAS.keys() == SURFACES.keys()


@pytest.mark.parametrize("name", FORMULAS)
def test_every_surface_and_its_derivatives_are_sympys(name):
    surface, formula = SURFACES[name], FORMULAS[name]
    symbols = (x, y, z)[: surface.variables]
    at = points(surface, np.random.default_rng(1), count=12)
    slopes = [sympy.diff(formula, s) for s in symbols]
    curvatures = [[sympy.diff(slope, s) for s in symbols] for slope in slopes]

    def exact(expression, point):
        values = dict(zip(symbols, np.atleast_1d(point), strict=True))
        return float(sympy.N(expression.subs(values), 20))

    for point in at:
        shape = np.shape(point)
        gradient = np.array([exact(s, point) for s in slopes]).reshape(shape)
        hessian = np.array([[exact(c, point) for c in row] for row in curvatures])
        assert surface(point) == pytest.approx(exact(formula, point), rel=1e-10, abs=1e-10)
        np.testing.assert_allclose(surface.gradient(point), gradient, rtol=1e-10, atol=1e-10)
        np.testing.assert_allclose(
            surface.hessian(point), hessian.reshape(shape * 2), rtol=1e-10, atol=1e-10
        )


def test_sympy_finds_the_same_places_in_the_room():
    T = FORMULAS["room"]
    for a, b in ((4, 4), (6, 6), (4, 0)):
        assert [sympy.diff(T, s).subs({x: a, y: b}) for s in (x, y)] == [0, 0]


# SciPy: minima, roots, special functions.


@pytest.mark.parametrize(
    ("surface", "start"),
    [
        (rosenbrock, [-1.2, 1.0]),
        (himmelblau, [3.5, 2.5]),
        (himmelblau, [-3.0, 3.0]),
        (quartic, [4.0, 4.0]),
    ],
)
def test_minima_of_the_classics_are_scipys(surface, start):
    theirs = scipy.optimize.minimize(
        surface, start, jac=surface.gradient, method="BFGS", options={"gtol": 1e-10}
    )
    newton = follow(minimise(surface.gradient, surface.hessian, start), surface)
    np.testing.assert_allclose(newton.x[-1], theirs.x, atol=1e-7)
    assert newton.f[-1] <= theirs.fun + 1e-15


def test_rosenbrocks_derivatives_are_scipys():
    at = np.random.default_rng(1).normal(size=(20, 2))
    for point in at:
        assert rosenbrock(point) == pytest.approx(scipy.optimize.rosen(point), rel=1e-12)
        np.testing.assert_allclose(rosenbrock.gradient(point), scipy.optimize.rosen_der(point))
        np.testing.assert_allclose(rosenbrock.hessian(point), scipy.optimize.rosen_hess(point))


def test_newtons_iterates_are_scipys_root():
    theirs = scipy.optimize.newton(
        exp_minus_log.gradient, 0.05, fprime=exp_minus_log.hessian, tol=1e-15
    )
    ours = follow(minimise(exp_minus_log.gradient, exp_minus_log.hessian, 0.05), exp_minus_log)
    assert ours.x[-1] == pytest.approx(theirs, rel=1e-15)
    assert exp_minus_log.minimum == pytest.approx(scipy.special.lambertw(1).real, rel=1e-15)
    root = follow(roots(lambda x: square(x) - 2, square.gradient, 1.0), square)
    assert root.x[-1] == pytest.approx(scipy.optimize.brentq(lambda x: x**2 - 2, 0, 2))


def test_descent_and_scipy_meet_in_the_minimum_of_the_line_fit():
    surface = perceptron.cost_surface(*data.three_points())
    theirs = scipy.optimize.minimize(surface, [0, 0], jac=surface.gradient, options={"gtol": 1e-12})
    ours = follow(gradient_descent(surface.gradient, [0, 0], 0.15), surface)
    np.testing.assert_allclose(ours.x[-1], theirs.x, atol=1e-8)


def test_sigmoid_softplus_and_log_loss_are_scipys():
    z = np.concatenate([np.linspace(-745, 709, 400), [36.7, 40.0]])
    np.testing.assert_allclose(losses.sigmoid(z), scipy.special.expit(z), rtol=1e-13)
    np.testing.assert_allclose(losses.softplus(z), -scipy.special.log_expit(-z), rtol=1e-13)
    p = np.linspace(0, 1, 101)
    entropy = -scipy.special.xlogy(1, p), -scipy.special.xlog1py(1, -p)
    np.testing.assert_allclose(losses.log_loss(p, 1), entropy[0], rtol=1e-14)
    np.testing.assert_allclose(losses.log_loss(p, 0), entropy[1], rtol=1e-14)


def test_scipy_accepts_the_scaled_sigmoids_minimum():
    x, y = data.houses()
    theirs, _ = scipy.optimize.curve_fit(
        lambda x, w, b: 20 * scipy.special.expit(w * x + b), x, y, [1, -4], xtol=1e-15, ftol=1e-15
    )
    surface = logistic.scaled_cost_surface(x, y)
    ours = follow(minimise(surface.gradient, surface.hessian, [1.13, -4.6]), surface)
    np.testing.assert_allclose(ours.x[-1], theirs, rtol=1e-7)


# scikit-learn: real data.


def scaled(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)


def test_least_squares_on_real_data_are_scikit_learns():
    x, y = load_diabetes(return_X_y=True)
    theirs = LinearRegression().fit(x, y)
    surface = perceptron.cost_surface(x, y)
    expected = np.append(theirs.coef_, theirs.intercept_)
    np.testing.assert_allclose(surface.minimum, expected, rtol=1e-9)
    newton = follow(minimise(surface.gradient, surface.hessian, np.zeros(11)), surface, steps=3)
    np.testing.assert_allclose(newton.x[1], expected, rtol=1e-6)
    np.testing.assert_allclose(
        perceptron.predict(theirs.coef_, theirs.intercept_, x), theirs.predict(x), rtol=1e-12
    )


def real_classes():
    """Tumours by five of their measures: enough overlap that an optimum without penalty exists."""
    x, y = load_breast_cancer(return_X_y=True)
    return scaled(x[:, :5]), y.astype(float)


def scikit_logistic(x, y):
    return LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12).fit(x, y)


def test_logistic_coefficients_without_penalty_are_scikit_learns():
    x, y = real_classes()
    theirs = scikit_logistic(x, y)
    expected = np.append(theirs.coef_, theirs.intercept_)
    surface = logistic.log_loss_surface(x, y)
    newton = follow(minimise(surface.gradient, surface.hessian, np.zeros(6)), surface)
    assert newton.stopped == "settled"
    np.testing.assert_allclose(newton.x[-1], expected, rtol=1e-7)
    w, b = newton.x[-1, :5], newton.x[-1, 5]
    np.testing.assert_allclose(
        logistic.probability(w, b, x), theirs.predict_proba(x)[:, 1], rtol=1e-6, atol=1e-12
    )
    assert logistic.correct(logistic.probability(w, b, x), y).mean() == theirs.score(x, y)


def test_descent_gets_there_too():
    x, y = real_classes()
    x = x[:, [0, 1, 4]]  # measures that are not copies of each other: a rounder valley
    theirs = scikit_logistic(x, y)
    surface = logistic.log_loss_surface(x, y)
    rate = 2 / eigenvalues(surface.hessian(np.zeros(4)))[-1]
    path = follow(gradient_descent(surface.gradient, np.zeros(4), rate), surface, steps=4000)
    np.testing.assert_allclose(path.x[-1], np.append(theirs.coef_, theirs.intercept_), rtol=1e-6)


def test_folds_are_as_large_as_scikit_learns():
    for samples, k in ((10, 3), (23, 5), (7, 7)):
        ours = data.k_folds(samples, k, np.random.default_rng(1))
        theirs = KFold(k).split(np.zeros(samples))
        assert [len(v) for _, v in ours] == [len(v) for _, v in theirs]


def test_scipys_check_grad_accepts_a_networks_gradient():
    rng = np.random.default_rng(1)
    like = (Layer(np.zeros((3, 4)), np.zeros(4)), Layer(np.zeros((4, 1)), np.zeros(1)))
    x, y = rng.normal(size=(9, 3)), (rng.random(9) < 0.5).astype(float)

    def weights(vector):
        w, b = vector[:12].reshape(3, 4), vector[12:16]
        return Layer(w, b), Layer(vector[16:20].reshape(4, 1), vector[20:])

    def loss(vector):
        return loss_and_gradient(weights(vector), x, y, SIGMOID_NET, log_loss_layer)[0]

    def gradient(vector):
        return pack(loss_and_gradient(weights(vector), x, y, SIGMOID_NET, log_loss_layer)[1])

    at = rng.normal(size=len(pack(like)))
    assert scipy.optimize.check_grad(loss, gradient, at) < 1e-6
