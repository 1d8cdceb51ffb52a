"""Whatever it is given, a public function answers or raises a ValueError or TypeError.

Each function has one good call in the table below; the tests spoil one argument of it, or two, and
look at what comes out. A new public function that is not in the table fails the first test.
"""

import inspect
import types
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lib import (
    data,
    derivatives,
    descent,
    exercises,
    four_ways,
    hessian,
    logistic,
    losses,
    network,
    newton,
    path,
    perceptron,
    softmax,
    strokes,
    surfaces,
    tape,
)
from lib.surfaces import bowl, square
from tests.lib.strategies import SURFACES

MODULES = [data, derivatives, descent, exercises, four_ways, hessian, logistic]
MODULES += [losses, network, newton, path, perceptron, softmax, strokes, surfaces, tape]


def public(module):
    """The functions that a module defines for others."""
    return [
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and function.__module__ == module.__name__
    ]


def named(function):
    return f"{function.__module__}.{function.__name__}"


def rng():
    return np.random.default_rng(1)


def net(*sizes):
    return network.random_weights(sizes, rng())


def walk():
    return descent.gradient_descent(bowl.gradient, [1.0, 2.0], 0.1)


X, Y, LABELS = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.0]]), np.array([1.0, 0.5, 2.0]), [0, 1, 1]
NEURON = {"w": [0.5, -0.25], "b": 0.1, "x": X}
FITTED = NEURON | {"y": Y}
COLUMNS = {"w": [0.5, -0.25], "b": 0.1, "X": X.T}
CLASSED = NEURON | {"y": LABELS}
PAIR = {"prediction": [0.2, 0.8], "y": [1.0, 0.5]}
CHANCE = {"probability": [0.2, 0.8], "y": [1, 0]}
WALK = {"gradient": bowl.gradient, "x0": [1.0, 2.0], "learning_rate": 0.1}
CURVE = {"f": square, "x": 1.0, "h": 0.1}
NET = {"weights": net(2, 2, 1), "x": X, "y": LABELS}
SINGLE = {"weights": net(1, 1, 1), "x": 2.0, "y": 1.0}
CLASSES = {"z": [[1.0, 2.0, 0.5], [3.0, 2.0, 1.0]], "y": [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]}
OUT = {"y": [[1.0], [0.0]]}

GOOD = {
    data.digits: {},
    data.houses: {},
    data.three_points: {},
    data.two_samples: {},
    data.sentiment: {},
    data.xor: {},
    data.lecture_line: {"rng": rng()},
    data.lecture_plane: {"rng": rng()},
    data.lecture_switch: {"rng": rng(), "cut": 0.6},
    data.lecture_classes: {"rng": rng()},
    data.two_clouds: {"rng": rng(), "samples": 9, "distance": 2.0},
    data.noisy_curve: {"rng": rng(), "samples": 9, "noise": 0.1},
    data.k_folds: {"samples": 9, "k": 3, "rng": rng()},
    derivatives.secant_slope: CURVE,
    derivatives.one_sided_slopes: CURVE,
    derivatives.tangent_line: {"f": square, "slope": square.gradient, "x": 1.0},
    derivatives.tangent_plane: {"f": bowl, "gradient": bowl.gradient, "x": [1.0, 2.0]},
    derivatives.central_slope: {"f": square, "x": 1.0},
    derivatives.central_gradient: {"f": bowl, "x": [1.0, 2.0]},
    derivatives.central_jacobian: {"f": bowl.gradient, "x": [1.0, 2.0]},
    derivatives.central_hessian: {"f": bowl, "x": [1.0, 2.0]},
    derivatives.check_gradient: {
        "f": square,
        "gradient": square.gradient,
        "x": 1.0,
        "tolerance": 1e-6,
    },
    descent.gradient_descent: WALK,
    descent.momentum: WALK | {"beta": 0.9},
    descent.stochastic_descent: WALK
    | {"gradient": lambda x, rows: bowl.gradient(x), "batches": range(3)},
    descent.minibatches: {"samples": 9, "size": 2, "rng": rng()},
    descent.step_decay: {"learning_rate": 0.1, "factor": 0.5, "every": 2},
    descent.exponential_decay: {"learning_rate": 0.1, "factor": 0.5},
    descent.inverse_decay: {"learning_rate": 0.1, "decay": 0.5},
    descent.cosine_decay: {"learning_rate": 0.1, "steps": 9, "least": 0.1},
    descent.critical_rate: {"hessian": [[2.0, 0.0], [0.0, 4.0]]},
    path.follow: {"walk": walk, "f": bowl, "steps": 9, "tolerance": 1e-9, "limit": 1e6},
    four_ways.log_loss_by_hand: NET | {"x": [1.0, 2.0], "y": 1},
    four_ways.relu_by_hand: SINGLE,
    four_ways.tanh_by_hand: SINGLE | {"slope": 0.01},
    four_ways.chain_by_hand: SINGLE | {"weights": net(1, 1, 1, 1)},
    four_ways.log_loss_by_loops: NET,
    four_ways.log_loss_by_tape: NET,
    exercises.check_function: {
        "yours": np.square,
        "wanted": np.square,
        "draw": lambda rng: (rng.normal(),),
        "rng": rng(),
    },
    hessian.eigenvalues: {"hessian": [[2.0, 0.0], [0.0, 4.0]]},
    hessian.characteristic_polynomial: {"hessian": [[2.0, 0.0], [0.0, 4.0]]},
    hessian.definiteness: {"hessian": [[2.0, 0.0], [0.0, 4.0]], "tolerance": 1e-9},
    hessian.classify: {"hessian": [[2.0, 0.0], [0.0, 4.0]], "tolerance": 1e-9},
    logistic.probability: NEURON,
    logistic.mean_log_loss: CLASSED,
    logistic.mean_log_loss_gradient: CLASSED,
    logistic.long_gradient: CLASSED,
    logistic.decision_boundary: {"w": 5.0, "b": -3.0},
    logistic.boundary_line: {"w": [1.0, 2.0], "b": -3.0},
    logistic.correct: CHANCE,
    logistic.accumulated_accuracy: CHANCE,
    logistic.log_loss_surface: {"x": X, "y": LABELS},
    logistic.sample_log_loss_gradient: {"x": X, "y": LABELS},
    logistic.scaled_sigmoid: {"theta": [1.0, -4.0], "x": [1.0, 2.0], "scale": 20},
    logistic.scaled_cost_surface: {"x": [1.0, 2.0], "y": [1.0, 5.0], "scale": 20},
    losses.squared_error: PAIR,
    losses.squared_error_slope: PAIR,
    losses.absolute_error: PAIR,
    losses.absolute_error_slope: PAIR,
    losses.sigmoid: {"z": [1.0, -2.0]},
    losses.softplus: {"z": [1.0, -2.0]},
    losses.log_loss: CHANCE,
    losses.log_loss_slope: CHANCE,
    losses.log_loss_of_logit: {"z": [1.0, -2.0], "y": [1, 0]},
    losses.log_loss_of_logit_slope: {"z": [1.0, -2.0], "y": [1, 0]},
    network.linear: {"x": X, "w": [[1.0], [2.0]], "b": [0.5]},
    network.identity_layer: {"x": X},
    network.sigmoid_layer: {"x": X},
    network.tanh_layer: {"x": X},
    network.relu_layer: {"x": X},
    network.leaky_relu_layer: {"x": X, "slope": 0.1},
    network.log_loss_layer: {"z": [[1.0], [2.0]]} | OUT,
    network.cross_entropy_layer: CLASSES,
    softmax.softmax: {"z": [[1.0, 2.0, 3.0]]},
    softmax.cross_entropy: CLASSES,
    softmax.cross_entropy_slope: CLASSES,
    softmax.one_label: {"name": "y", "value": [[0.0, 1.0]]},
    strokes.pixels: {"strokes": [[[0.0, 0.0], [1.0, 2.0]]]},
    strokes.bent: {"x": np.ones((2, 64)), "rng": rng(), "amount": 1.0},
    network.absolute_error_layer: {"out": [[1.0], [2.0]]} | OUT,
    network.squared_error_layer: {"out": [[1.0], [2.0]]} | OUT,
    network.chain: {"weights": net(2, 2, 1), "x": X, "activations": network.SIGMOID_NET},
    network.loss_and_gradient: NET
    | {"activations": network.SIGMOID_NET, "loss": network.log_loss_layer},
    network.random_weights: {"sizes": (2, 3, 1), "rng": rng()},
    network.pack: {"weights": net(2, 2, 1)},
    network.unpack: {"vector": np.arange(9), "like": net(2, 2, 1)},
    network.loss_surface: {
        "x": X,
        "y": LABELS,
        "like": net(2, 2, 1),
        "activations": network.SIGMOID_NET,
        "loss": network.log_loss_layer,
    },
    newton.roots: {"f": square, "derivative": square.gradient, "x0": 1.0},
    newton.minimise: {"gradient": bowl.gradient, "hessian": bowl.hessian, "x0": [1.0, 2.0]},
    perceptron.predict: NEURON,
    perceptron.predict_columns: COLUMNS,
    perceptron.sum_squared_error: FITTED,
    perceptron.sum_squared_error_gradient: FITTED,
    perceptron.half_squared_error: FITTED,
    perceptron.half_squared_error_gradient: FITTED,
    perceptron.mean_squared_error: FITTED,
    perceptron.mean_squared_error_gradient: FITTED,
    perceptron.half_mean_squared_error: FITTED,
    perceptron.half_mean_squared_error_gradient: FITTED,
    perceptron.mean_squared_error_columns: COLUMNS | {"y": Y},
    perceptron.mean_squared_error_columns_gradient: COLUMNS | {"y": Y},
    perceptron.with_ones: {"x": X},
    perceptron.cost_surface: {"x": X, "y": Y},
    perceptron.sample_cost_gradient: {"x": X, "y": Y},
    perceptron.predict_in_turn: {"track": np.ones((4, 3)), "x": X},
    perceptron.linear_rule: {"model": perceptron.cubic, "x": [1.0, 2.0], "y": [1.0, 5.0]},
    perceptron.cubic: {"theta": [1.0, -4.0], "x": [1.0, 2.0]},
    surfaces.constant: {"c": 4.0},
    surfaces.line: {"a": 2.0, "b": 3.0},
    surfaces.power: {"n": 3},
    surfaces.power_lines: {"points": [1.0, 2.0, 6.0]},
    surfaces.coin_likelihood: {"heads": 7, "tails": 3},
    surfaces.coin_log_loss: {"heads": 7, "tails": 3},
    surfaces.two_variables: {
        "name": "xy",
        "f": lambda x, y: x * y,
        "gradient": lambda x, y: (y, x),
        "hessian": lambda x, y: (0, 1, 0),
        "window": ((0, 1), (0, 1)),
    },
    surfaces.valley: {"condition": 10.0},
    surfaces.quadratic: {"A": [[2.0, 0.0], [0.0, 4.0]], "b": [1.0, 2.0], "c": 3.0},
    tape.taped_sigmoid: {"a": tape.Number(1.0)},
    tape.taped_softplus: {"a": tape.Number(1.0)},
    tape.taped_tanh: {"a": tape.Number(1.0)},
    tape.taped_relu: {"a": tape.Number(1.0)},
    tape.in_order: {"output": tape.Number(2.0)},
    tape.gradient: {"output": tape.Number(2.0), "inputs": [tape.Number(1.0)]},
}
NUMERIC = [
    function
    for function in GOOD
    if function not in (logistic.long_gradient, tape.gradient)  # NaN is what the first one shows
]

rubbish = st.sampled_from(
    [
        None,
        "two",
        "1.0",
        b"x",
        1j,
        object(),
        {},
        [],
        [[1.0], [2.0, 3.0]],
        10**400,
        np.array(["a"]),
        np.array([None]),
        np.datetime64("2020-01-01"),
        np.zeros((0, 2)),
        np.nan,
        np.inf,
        -np.inf,
        [1.0, np.nan],
        [[1.0, np.inf], [0.0, 1.0]],
        len,
        np.sum,
        lambda x: None,
        lambda x: x,
        lambda *x: "word",
        square,
        bowl.gradient,
        (1, 2),
        ((1, 2), (3, 4)),
        net(2, 2, 1)[::-1],
        net(3, 1),
        np.eye(3),
        np.ones((2, 3)),
        [[1.0, 2.0], [2.0, 4.0]],
        True,
        np.float32(0.5),
        np.random.RandomState(1),
        1,
        range(3),
    ]
)
plain = st.one_of(
    st.integers(-3, 9),
    st.floats(-1e6, 1e6),
    hnp.arrays(float, hnp.array_shapes(max_dims=3, max_side=3), elements=st.floats(-1e6, 1e6)),
    hnp.arrays(
        float, hnp.array_shapes(max_dims=2, max_side=3), elements=st.sampled_from([0.0, 1.0])
    ),
)


def numbers_in(answer):
    """Every float in an answer, however it is wrapped; a walk is asked for its first steps."""
    if isinstance(answer, types.GeneratorType):
        answer = list(islice(answer, 4))
    if isinstance(answer, path.Path):
        answer = [answer.x[:1], answer.f[:1]]
    if isinstance(answer, tape.Number):
        answer = answer.value
    if isinstance(answer, tuple | list):
        return [number for part in answer for number in numbers_in(part)]
    array = np.asarray(answer)
    return array.ravel().tolist() if array.dtype.kind == "f" else []


def called(function, arguments):
    """The numbers of an answer, or None where the arguments were refused."""
    arguments = {k: v() if v is walk else v for k, v in arguments.items()}
    try:
        return numbers_in(function(**arguments))
    except (ValueError, TypeError):
        return None
    except AssertionError:
        assert function is derivatives.check_gradient  # its way to say that a gradient is wrong
        return None


def test_every_public_function_has_a_good_call():
    assert {f for module in MODULES for f in public(module)} == set(GOOD)


@pytest.mark.parametrize("function", GOOD, ids=named)
def test_good_calls_are_good(function):
    arguments = {k: v() if v is walk else v for k, v in GOOD[function].items()}
    assert not np.isnan(numbers_in(function(**arguments))).any()


@pytest.mark.parametrize("function", [f for f, call in GOOD.items() if call], ids=named)
@given(draw=st.data())
@settings(max_examples=30)
def test_rubbish_in_one_or_two_places_is_refused_or_answered(function, draw):
    call = dict(GOOD[function])
    for name in draw.draw(st.lists(st.sampled_from(sorted(call)), min_size=1, max_size=2)):
        call[name] = draw.draw(rubbish | plain)
    called(function, call)


@pytest.mark.parametrize("function", NUMERIC, ids=named)
@given(draw=st.data())
@settings(max_examples=30)
def test_finite_numbers_never_turn_into_nan(function, draw):
    call = dict(GOOD[function])
    for name in draw.draw(st.lists(st.sampled_from(sorted(call) or [""]), max_size=2)):
        if isinstance(call.get(name), float | int | list | np.ndarray):
            call[name] = draw.draw(plain)
    answer = called(function, call)
    assert answer is None or not np.isnan(answer).any()


@given(st.sampled_from(sorted(SURFACES)), st.data())
@settings(max_examples=300)
def test_a_surface_is_nan_outside_its_domain_and_nowhere_else(name, draw):
    surface = SURFACES[name]
    low, high = surface.domain
    width = () if surface.variables == 1 else (surface.variables,)
    x = draw.draw(hnp.arrays(float, width, elements=st.floats(-1e6, 1e6)))
    outside = bool(((x < low) | (x > high)).any())
    for function in (surface, surface.gradient, surface.hessian):
        assert np.isnan(function(x)).any() == outside


@given(st.sampled_from(sorted(SURFACES)), rubbish)
@settings(max_examples=300)
def test_a_surface_refuses_rubbish_or_answers(name, x):
    surface = SURFACES[name]
    for function in (surface, surface.gradient, surface.hessian):
        called(function, {"x": x})


@given(
    st.sampled_from(sorted(name for name, s in SURFACES.items() if s.variables < 3)),
    st.floats(1e-6, 1e6),
    st.floats(0, 0.99),
    st.data(),
)
@settings(max_examples=300)
def test_any_walk_on_any_surface_is_a_path_and_never_a_warning(name, rate, beta, draw):
    surface = SURFACES[name]
    shape = (3,) if surface.variables == 1 else (3, 2)
    x0 = draw.draw(hnp.arrays(float, shape, elements=st.floats(-100, 100)))
    for walk in (
        descent.gradient_descent(surface.gradient, x0, rate),
        descent.momentum(surface.gradient, x0, rate, beta),
    ):
        made = path.follow(walk, surface, steps=40)
        assert set(made.stopped) <= {"settled", "out of steps", "diverged"}
        alive = made.stopped != "diverged"
        assert np.isfinite(made.f[:, alive]).all()
        assert np.isfinite(made.x[:, alive]).all()
