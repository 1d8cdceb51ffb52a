"""An expression of the tape as a graph: its slopes are the tape's, and what is wrong is told."""

import re

import ipywidgets as widgets
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import tape
from lib.derivatives import central_gradient
from lib.figures import backpropagation, graphs
from tests.lib.overlaps import Noticed, faults


def neuron(x, w, b):
    return tape.taped_sigmoid(x * w + b)


def error(x, w, b):
    miss = x * w + b - 1
    return miss * miss


def deep(x, w):
    for _ in range(12):
        x = tape.taped_tanh(x)
    return x * w


def wide(x, w):
    return (x * w + (x - w)) + (x * 2 + w * 3) * (x + -w)


def bends(x):
    return tape.taped_softplus(x) - tape.taped_relu(x) + 0.5


EXPRESSIONS = [neuron, error, deep, wide, bends]
each_expression = pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda f: f.__name__)


def sliders(*names, count=2):
    return {name: widgets.FloatSlider(1, min=-1, max=1, step=2 / count) for name in names}


def inputs_of(expression):
    return expression.__code__.co_varnames[: expression.__code__.co_argcount]


@each_expression
@given(st.lists(st.floats(-3, 3), min_size=3, max_size=3))
def test_slopes_are_those_of_the_tape_and_those_measured(expression, point):
    inputs = dict(zip(inputs_of(expression), point, strict=False))
    run = graphs.evaluated(expression, inputs)
    numbers = {name: tape.Number(value) for name, value in inputs.items()}
    by_tape = tape.gradient(expression(**numbers), numbers.values())
    places = [run.graph.formulas.index(name) for name in inputs]
    np.testing.assert_allclose(run.slopes[places], by_tape, rtol=1e-12, atol=1e-12)

    def value(point):
        return expression(*map(tape.Number, point)).value

    if expression is not bends:  # which has a corner
        measured = central_gradient(value, list(inputs.values()))
        np.testing.assert_allclose(run.slopes[places], measured, rtol=1e-6, atol=1e-6)
    assert run.values[-1] == expression(**numbers).value


@each_expression
def test_what_edges_bring_back_adds_up_to_the_slopes(expression):
    run = graphs.evaluated(expression, dict.fromkeys(inputs_of(expression), 0.7))
    got = np.zeros(len(run.slopes))
    for (parent, _), flow in zip(run.graph.edges, run.flows, strict=True):
        got[parent] += flow
    np.testing.assert_allclose(got[:-1], run.slopes[:-1], rtol=1e-12)
    assert run.slopes[-1] == 1


@each_expression
def test_nothing_lies_on_anything_in_any_graph(expression):
    with Noticed() as noticed:
        figure = graphs.graph(expression, **sliders(*inputs_of(expression), count=1))
    assert faults(noticed[0]) == set()
    levels = graphs.evaluated(expression, dict.fromkeys(inputs_of(expression), 1.0)).graph.levels
    assert figure.sliders["step"].max == 2 * max(levels) + 1


def test_stages_say_what_is_made_and_what_comes_back():
    figure = graphs.graph(neuron, **sliders("x", "w", "b"))
    assert set(figure.picture.spec["readout"]["texts"]) >= {
        "the inputs: x = 1, w = 1, b = 1",
        "forwards: x · w = 1",
        "forwards: x · w + b = 2",
        "forwards: σ(x · w + b) = 0.8808",
        "backwards: the slope of the result by itself is 1",
        "backwards: σ(x · w + b) gives x · w + b 0.105",
        "backwards: x · w + b gives x · w 0.105; x · w + b gives b 0.105",
        "backwards: x · w gives x 0.105; x · w gives w 0.105",
    }


def test_every_number_of_the_picture_is_of_one_state():
    with Noticed() as noticed:
        graphs.graph(neuron, **sliders("x", "w", "b"))
    for scene in noticed[0].scenes[7::8]:  # the last stage of each position
        texts = [[each.mark.text for each in scene if each.panel == k] for k in (0, 1)]
        left, right = (
            [t for t in each if re.fullmatch(r"−?\d+\.\d\d", t.replace("\u00a0", ""))]
            for each in texts
        )
        values = [float(text.replace("−", "-")) for text in left]
        x, w, product, b, total, out = values
        run = graphs.evaluated(neuron, {"x": x, "w": w, "b": b})
        np.testing.assert_allclose(values, run.values, atol=0.0051)
        np.testing.assert_allclose(
            [float(text.replace("−", "-")) for text in right], run.slopes, atol=0.0051
        )
        assert product + b == pytest.approx(total)
        assert out == pytest.approx(1 / (1 + np.exp(-total)), abs=0.006)


def test_a_graph_is_a_figure_of_the_chapter_and_has_a_name_of_its_own():
    assert backpropagation.graph is graphs.graph
    figure = backpropagation.graph(neuron, "my-neuron", **sliders("x", "w", "b"))
    assert figure.picture.spec["name"] == "my-neuron"
    assert figure.picture.spec["play"] == "step"


def test_constants_have_values_and_get_no_slopes():
    def line(x):
        return x * 2 + tape.Number(3) * 4

    with Noticed() as noticed:
        figure = graphs.graph(line, **sliders("x"))
    texts = [
        [each.mark.text for each in noticed[0].scenes[-1] if each.panel == panel]
        for panel in (0, 1)
    ]
    assert {"2.00", "3.00", "4.00", "12.0"} < set(texts[0])
    assert sorted(filter(None, texts[1])) == ["1.00", "1.00", "1.00", "2.00"]
    assert faults(noticed[0]) == set()
    assert "backwards: x · 2 gives x 2" in figure.picture.spec["readout"]["texts"]


def test_one_input_alone_is_a_graph():
    assert graphs.graph(lambda x: x, **sliders("x")).sliders["step"].max == 1


def sixteen(x):
    for _ in range(15):
        x = tape.taped_tanh(x)
    return x


def either(x):
    return tape.taped_tanh(x) if x.value > 0 else x + 1


@pytest.mark.parametrize(
    ("expression", "names", "error", "told"),
    [
        (3, "x", TypeError, "expression must be a function"),
        (lambda x: 2.0, "x", TypeError, "got 2.0, wanted a Number of lib.tape; make it from"),
        (lambda x: None, "x", TypeError, "got None, wanted a Number"),
        (sixteen, "x", ValueError, "got 16 numbers on the way, wanted at most 15; draw a part"),
        (lambda x, w: x + 1, "xw", ValueError, "does not depend on 'w'; use that, or leave it"),
        (lambda x, w: x * w, "x", TypeError, "got ['x'], wanted one for each input"),
        (lambda x: x + 1, "xb", TypeError, "wanted one for each input of the expression: ['x']"),
        (lambda *x: x[0], "x", TypeError, "got (*x), wanted inputs with names"),
        (lambda: tape.Number(1), "", TypeError, "wanted one for each input"),
        (either, "x", ValueError, "its way depends on its inputs, wanted the same operations"),
    ],
)
def test_what_is_wrong_is_told(expression, names, error, told):
    with pytest.raises(error, match=re.escape(told)):
        graphs.graph(expression, **sliders(*names))


def test_a_slider_of_words_and_an_input_called_step_are_told():
    with pytest.raises(TypeError, match="value must be real numbers, got 'one'"):
        graphs.graph(lambda x: x + 1, x=widgets.Dropdown(options=["one", "two"]))
    with pytest.raises(ValueError, match="got an input 'step', which is the slider of the stages"):
        graphs.graph(lambda step: step + 1, **sliders("step"))
