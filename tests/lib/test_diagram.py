"""Pictures of networks and graphs: numbers keep to their discs, edges say size and sign."""

from itertools import pairwise

import ipywidgets as widgets
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import diagram, layout, plots
from lib.live import live_figure
from lib.live.paper import SIZES, axes_for
from tests.lib.overlaps import Noticed, crossing, faults

PANELS = pytest.mark.parametrize("panels", SIZES)


@pytest.fixture
def ax(on_paper):
    ax = axes_for(1)[0]
    diagram.sheet(ax)
    return ax


def test_a_place_is_a_pixel_of_the_panel(ax):
    ax.get_xlim()
    assert ax.transData.transform((100, 40)).tolist() == pytest.approx([100, 40])
    assert not ax.axison


def found_in(draw, panels):
    """Return what lies on what in a figure on sheets."""
    with Noticed() as noticed:
        live_figure(
            lambda k: k,
            lambda ax, _, k: draw(ax, k),
            {"k": widgets.IntSlider(0, min=0, max=1)},
            name="disc",
            alt="A disc.",
            panels=panels,
            still=lambda ax: [diagram.sheet(each) for each in np.atleast_1d(ax)],
        )
    return faults(noticed[0])


@PANELS
@pytest.mark.parametrize("number", [-0.41, 1.5, -12.34, 123.4, -1234.5, 98765.4, -1e12, 1e300])
def test_a_disc_holds_any_number(panels, number, on_paper):
    def draw(ax, k):
        for one in np.atleast_1d(ax):
            diagram.discs(one, np.array([[100, 100]]), "model")
            diagram.write(one, (100, 100), diagram.short(number))

    assert found_in(draw, panels) == set()


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (-0.412, "−0.41"),
        (-0.001, "0.00"),
        (9.996, "10.0"),
        (-99.96, "−100"),
        (9999.6, "1e4"),
        (-2.5e-9, "0.00"),
        (3.2e120, "3e120"),
        (np.inf, "∞"),
        (-np.inf, "−∞"),
        (np.nan, "?"),
    ],
)
def test_numbers_are_written_in_five_characters(number, text):
    assert diagram.short(number) == text


@PANELS
@pytest.mark.parametrize("sizes", [(2, 2, 1), (1, 1, 1), (3, 1), (2, 1), (1, 1)])
def test_layers_stand_apart_and_numbers_clear_of_their_edges(panels, sizes, on_paper):
    ax = axes_for(panels)[0]
    width, height = ax.figure.bbox.size
    places = diagram.layers(sizes, (60, width - 80), (85, height - 85))
    assert [len(each) for each in places] == list(sizes)
    found = diagram.edges(ax, places)
    assert len(found) == sum((n + 1) * k for n, k in pairwise(sizes))
    half = diagram.letters(ax) * np.array([1.48, 0.5])
    boxes = np.array([[*edge.middle - half, *edge.middle + half] for edge in found])
    lines = np.array([[*edge.start, *edge.end, 1] for edge in found])
    assert not crossing(lines, boxes).any()


def test_edges_come_in_the_order_of_packed_weights(ax):
    places = diagram.layers((2, 2, 1), (50, 400), (100, 250))
    found = diagram.edges(ax, places)
    ends = [(0, 0, 1, 0), (0, 0, 1, 1), (0, 1, 1, 0), (0, 1, 1, 1), (1, 0, 2, 0), (1, 1, 2, 0)]
    weights = [*found[:4], *found[6:8]]
    for edge, (a, i, b, j) in zip(weights, ends, strict=True):
        way = places[b][j] - places[a][i]
        rim = diagram.disc_size(ax) / 2 * way / np.hypot(*way)
        np.testing.assert_allclose(edge.start, places[a][i] + rim)
        np.testing.assert_allclose(edge.end, places[b][j] - rim)
    for edge, place in zip([*found[4:6], found[8]], [*places[1], places[2][0]], strict=True):
        assert edge.end[0] == edge.start[0] == place[0]


def test_an_edge_is_wide_as_its_number_is_large_and_dashed_below_zero(ax):
    edges = [diagram.edge(ax, (0, 0), (9, 9), number, "slope", 2)[0] for number in (0.2, 1, 5, -1)]
    widths = [edge.get_linewidth() for edge in edges]
    assert widths[0] < widths[1] == widths[3] < widths[2]
    assert [edge.is_dashed() for edge in edges] == [False, False, False, True]
    colours = [edge.get_color() for edge in edges]
    assert colours == [plots.PALETTE[role] for role in ("slope", "slope", "slope", "loss")]
    assert diagram.line_width(np.nan) < diagram.line_width(-np.inf) == diagram.line_width(1)


def test_an_edge_grows_from_nothing_in_the_step_that_reaches_it(ax):
    assert diagram.edge(ax, (0, 0), (9, 9), 1, "model", steps=-2) == []
    before, after = (
        diagram.edge(ax, (0, 0), (9, 9), 1, "model", steps=k)[0].get_xydata() for k in (-1, 0)
    )
    assert np.ptp(before, axis=0).tolist() == [0, 0]
    assert after[: len(before)].tolist() == before.tolist()  # as motion.js wants what grows
    assert after[-1].tolist() == [9, 9]


# The layout of graphs.

SIZE, BOX = 46.5, (4, 4, 346, 298)


@st.composite
def graphs(draw, most=15):
    """Draw a graph of one result: every node but the last is used by a later one."""
    leaves = draw(st.integers(1, 6))
    parents, unused = [()] * leaves, list(range(leaves))
    count = draw(st.integers(max(2 * leaves - 1, 2), most))
    while len(parents) < count or len(unused) > 1:
        k, two = len(parents), draw(st.booleans())
        mine = [unused.pop(draw(st.integers(0, len(unused) - 1)))]
        if unused and (two or len(unused) >= count - k):
            mine.append(unused.pop(draw(st.integers(0, len(unused) - 1))))
        elif two:
            mine.append(draw(st.integers(0, k - 1)))
        parents.append(tuple(dict.fromkeys(mine)))
        unused.append(k)
    return tuple(parents[:most])


def apart(parents, places):
    """Return the least room between two discs, and between a disc and an edge that passes it."""
    pairs = [(k, child) for child, mine in enumerate(parents) for k in mine]
    discs, edges = [np.inf], [np.inf]
    for i, place in enumerate(places):
        discs += [np.hypot(*(place - other)) - SIZE for other in places[:i]]
        for a, b in pairs:
            if i not in (a, b):
                way = places[b] - places[a]
                part = np.clip((place - places[a]) @ way / (way @ way), 0, 1)
                edges.append(np.hypot(*(places[a] + part * way - place)) - SIZE / 2)
    return min(discs), min(edges)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(graphs())
def test_no_node_of_a_graph_lies_on_another_or_on_an_edge(parents):
    places = layout.places(parents, SIZE, BOX)
    discs, edges = apart(parents, places)
    assert discs >= -0.5
    assert edges >= -0.5
    low, high = places.min(axis=0) - SIZE / 2, places.max(axis=0) + SIZE / 2
    assert (low >= np.array(BOX[:2]) - 0.5).all()
    assert (high <= np.array(BOX[2:]) + 0.5).all()


CHAIN = ((), *((k,) for k in range(14)))
TREE = (*((),) * 8, (0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 11), (12, 13))


@pytest.mark.parametrize("parents", [CHAIN, TREE, ((),), ((), (0,)), ((), (), (0, 1), (0, 2))])
def test_the_longest_and_the_widest_graph_find_room(parents):
    places = layout.places(parents, SIZE, BOX)
    assert min(apart(parents, places)) >= -0.5
    assert np.array_equal(places, layout.places(parents, SIZE, BOX))  # the same again


def test_inputs_stand_in_their_order_where_nothing_speaks_against_it():
    x, w, _, b, *_ = layout.places(((), (), (0, 1), (), (2, 3), (4,)), SIZE, BOX)
    assert x[1] > w[1] > b[1]


def test_inputs_stand_before_what_needs_them_first():
    assert layout.columns(((), (), (0, 1), (), (2, 3))) == [0, 0, 1, 1, 2]


# The measure of what lies on what, on pictures that are wrong.


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda ax: plots.label(ax, 100, 100, "1234567", ha="center"), "spills"),
        (lambda ax: plots.label(ax, 210, 100, "on", ha="center"), "lies on a line"),
        (lambda ax: plots.label(ax, 345, 20, "out"), "leaves the panel"),
        (lambda ax: [plots.label(ax, x, 200, "text") for x in (50, 70)], "lies on 'text'"),
        (lambda ax: plots.point(ax, 130, 100, size=40), "a disc lies on another"),
        (lambda ax: plots.segment(ax, (60, 60), (140, 140)), "goes through a disc"),
    ],
)
def test_what_lies_on_what_is_found(wrong, told, on_paper):
    def draw(ax, k):
        plots.point(ax[0], 100, 100, size=40)
        plots.segment(ax[0], (150, 100), (300, 100))
        wrong(ax[0])

    found = found_in(draw, panels=2)
    assert len(found) >= 1
    assert any(told in each for each in found)
