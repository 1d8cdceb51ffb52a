"""What the figures draw: each artist stands where the mathematics says, in its role's colour."""

import numpy as np
import pytest
from hypothesis import given
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from lib import newton, plots
from lib.descent import gradient_descent
from lib.figures.parts import plain
from lib.path import follow
from lib.surfaces import bowl, square
from tests.lib.strategies import numbers


@pytest.fixture
def ax():
    axes = Figure().subplots()
    plots.window(axes, ((-3, 3), (-1, 9)), "x", "height")
    return axes


def pieces(line):
    """The connected pieces of a line that has gaps, each an array of corners."""
    corners = line.get_xydata()
    cuts = np.flatnonzero(np.isnan(corners).any(axis=1))
    return [part[~np.isnan(part).any(axis=1)] for part in np.split(corners, cuts) if len(part) > 1]


def test_window_names_the_axes(ax):
    assert ax.get_xlim() == (-3, 3)
    assert ax.get_ylim() == (-1, 9)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x", "height")


def test_curve_runs_across_the_picture_or_its_span(ax):
    (line,) = plots.curve(ax, square)
    np.testing.assert_allclose(line.get_ydata(), line.get_xdata() ** 2)
    assert line.get_xdata()[[0, -1]].tolist() == [-3, 3]
    (line,) = plots.curve(ax, square, span=(0, 1), points=5)
    assert line.get_xdata().tolist() == [0, 0.25, 0.5, 0.75, 1]


@given(numbers(-3, 3), numbers(-9, 9), numbers(-5, 5))
def test_line_goes_through_its_point_with_its_slope(x, y, slope):
    axes = Figure().subplots()
    plots.window(axes, ((-3, 3), (-1, 9)))
    (line,) = plots.line(axes, slope, x, y)
    (left, low), (right, high) = line.get_xydata()
    assert (left, right) == (-3, 3)
    np.testing.assert_allclose([low - y, high - y], [slope * (-3 - x), slope * (3 - x)], atol=1e-12)


@pytest.mark.parametrize(("curvature", "rim"), [(2.0, 9), (-4.0, -1)])
def test_parabola_turns_at_its_point_and_ends_at_the_rim(ax, curvature, rim):
    (line,) = plots.parabola(ax, curvature, 0.5, 1.0)
    x, y = line.get_data()
    np.testing.assert_allclose(y, 1 + curvature / 2 * (x - 0.5) ** 2)
    np.testing.assert_allclose([y[0], y[-1]], rim)
    assert y[len(y) // 2] == pytest.approx(1)


def test_parabola_out_of_sight_is_drawn_nowhere(ax):
    (line,) = plots.parabola(ax, 2.0, 0.5, 20.0)
    assert np.ptp(line.get_xdata()) == 0


def test_segment_and_misses_join_what_they_should(ax):
    (line,) = plots.segment(ax, (0, 1), (2, 5))
    assert line.get_xydata().tolist() == [[0, 1], [2, 5]]
    (line,) = plots.misses(ax, [1, 2, 3], [2, 5, 3], [2.5, 3, 3.5])
    assert [part.tolist() for part in pieces(line)] == [
        [[1, 2], [1, 2.5]],
        [[2, 5], [2, 3]],
        [[3, 3], [3, 3.5]],
    ]


def test_tangents_go_down_to_the_axis_and_up_to_the_curve(ax):
    f = square.gradient  # its roots are the parabola's foot
    path = follow(newton.roots(lambda x: square(x) - 2, f, 3.0), lambda x: square(x) - 2, steps=3)
    slanted, upright = plots.tangents(ax, path)
    assert len(pieces(slanted)) == len(pieces(upright)) == 3
    for k, (down, up) in enumerate(zip(pieces(slanted), pieces(upright), strict=True)):
        (x0, y0), (x1, y1) = down
        assert (x0, y0, y1) == (path.x[k], path.f[k], 0)
        assert y0 / (x0 - x1) == pytest.approx(f(path.x[k]))
        assert up.tolist() == [[x1, 0], [path.x[k + 1], path.f[k + 1]]]


def test_path_lies_on_the_curve_or_in_the_plane(ax):
    path = follow(gradient_descent(square.gradient, 2.0, 0.25), square, steps=4)
    (line,) = plots.path(ax, path)
    assert line.get_xydata().tolist() == np.stack([path.x, path.f], axis=1).tolist()
    path = follow(gradient_descent(bowl.gradient, [2.0, 1.0], 0.25), bowl, steps=4)
    (line,) = plots.path(ax, path, every=2)
    assert line.get_xydata().tolist() == path.x[::2].tolist()
    line, note, _ = plots.losses(ax, path, every=2)
    assert line.get_xydata().tolist() == [[0, path.f[0]], [2, path.f[2]], [4, path.f[4]]]
    assert note.get_text() == "1 of 3 points outside"


def tip(ax, head):
    """Where an arrowhead points to, in pixels."""
    return head.get_transform().transform(head.get_xy()[0])


@pytest.mark.parametrize("far", [1e1, 1e17, 1e300, 1e308])
def test_a_walk_that_leaves_says_so_at_the_rim(ax, far):
    line, note, head = plots.walk(ax, [0, far], [4, 4 + far], "loss")
    exit_at = ax.transData.transform([3, 7])  # a slope of 1 from (0, 4) meets the right rim there
    np.testing.assert_allclose(tip(ax, head), exit_at, atol=1e-6)
    assert note.get_text() == "1 of 2 points outside"
    assert to_hex(note.get_color()) == to_hex(head.get_facecolor()) == to_hex(line.get_color())


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_outside_and_has_no_arrowhead(ax, bad):
    _, note = plots.walk(ax, [0, 1, 2], [0, 1, bad])
    assert note.get_text() == "1 of 3 points outside"


def test_notes_of_two_walks_stand_below_each_other(ax):
    first, second = (plots.walk(ax, [0, 9], [0, slope])[1] for slope in (1, 2))
    heights = [note.get_position()[1] for note in (first, second)]
    assert heights[0] - heights[1] == 16  # points


def test_nothing_is_drawn_of_a_way_that_is_far_outside_at_both_ends(ax):
    line = plots.walk(ax, [0, 1e20, -1e21, 1e22], [0, 1, 2, 3])[0]
    assert np.isnan(line.get_xdata()).tolist() == [False, False, True, True]


def test_lines_without_markers_and_points_alone_leave_without_a_note(ax):
    assert len(plots.walk(ax, [0, 9], [0, 9], marker="None")) == 1
    assert len(plots.walk(ax, [0, 9], [0, 9], linestyle="none")) == 1
    assert len(plots.walk(ax, [0, 3], [0, 9])) == 1


def test_discs_at_the_rim_are_whole_unless_others_are_outside(ax):
    assert not plots.point(ax, 3, 9)[0].get_clip_on()
    assert not plots.walk(ax, [0, 3], [0, 9])[0].get_clip_on()
    assert plots.point(ax, [3, 4], [9, 9])[0].get_clip_on()


def test_points_handle_arrow_and_label_stand_where_they_are_put(ax):
    (points,) = plots.point(ax, [1, 2], [3, 4], "data")
    assert points.get_xydata().tolist() == [[1, 3], [2, 4]]
    assert plots.handle(ax, 1, 2)[0].get_gid() == "handle"
    arrow = plots.arrow(ax, (0, 1), (2, 3))
    assert (arrow.xyann, arrow.xy) == ((0, 1), (2, 3))
    text = plots.label(ax, 1, 2, "here")
    assert (text.get_position(), text.get_text()) == ((1, 2), "here")


def test_contours_join_places_of_one_height(ax):
    lines, ground = plots.contours(ax, bowl, levels=[1.0, 4.0])
    for level, path in zip((1.0, 4.0), lines.get_paths(), strict=True):
        np.testing.assert_allclose(bowl(path.vertices), level, atol=0.01)
    assert ground.levels.tolist() == [1.0, 4.0]
    assert len(plots.contours(ax, bowl, fill=False)) == 1


def _area(corners):
    """Return the area of a polygon, negative if it goes round clockwise."""
    (x, y), (after, up) = corners[:-1].T, corners[1:].T
    return (x * up - after * y).sum() / 2


def test_a_region_is_where_a_function_is_above_a_level_and_its_rim_has_few_corners(ax):
    ax.set(xlim=(0, 4), ylim=(0, 4))
    (path,) = plots.region(ax, lambda x: x[..., 0] + 0 * x[..., 1], 1.0).get_paths()
    corners = path.vertices[path.codes != path.CLOSEPOLY]
    assert len(corners) <= 6  # four, and where the rim begins; 16 by 16 squares make 64
    assert [corners.min(axis=0).tolist(), corners.max(axis=0).tolist()] == [
        pytest.approx([1, 0], abs=0.01),
        pytest.approx([4, 4], abs=0.01),
    ]
    (ring,) = plots.region(ax, lambda x: np.hypot(*np.moveaxis(x - 2, -1, 0)), 1.0).get_paths()
    outer, hole = (_area(each) for each in ring.to_polygons())
    assert outer == pytest.approx(16, rel=0.01)
    assert hole == pytest.approx(-np.pi, rel=0.05)  # goes round the other way, and so stays open
    (nothing,) = plots.region(ax, lambda x: 0 * x[..., 0], 1.0).get_paths()
    assert len(nothing.vertices) == 0


def test_colours_come_by_role(ax):
    for role, colour in plots.PALETTE.items():
        (line,) = plots.segment(ax, (0, 0), (1, 1), role)
        assert to_hex(line.get_color()) == colour.lower()
        assert line.get_linestyle() == plots.DASHES.get(role, "-")
    with pytest.raises(ValueError, match="role: got 'mauve', wanted one of"):
        plots.segment(ax, (0, 0), (1, 1), "mauve")


def test_steps_are_coloured_from_dark_to_bright():
    colours = [np.array([int(c[i : i + 2], 16) for i in (1, 3, 5)]) for c in plots.step_colours(5)]
    light = [colour @ [0.2126, 0.7152, 0.0722] for colour in colours]
    assert len(light) == 5
    assert light == sorted(light)
    assert len(set(light)) == 5


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"), (0.00123, "0.0012"), (12345.6, "12346"), (-3.4, "−3.4"),
        (3.04e-7, "3 · 10⁻⁷"), (-2.5e12, "−2.5 · 10¹²"), (np.nan, "no number"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_it_is_said(number, words):
    assert plain(number) == words
