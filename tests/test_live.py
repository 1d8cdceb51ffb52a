"""The live figure in Python: artists become numbers, numbers become bytes, bad input is told."""

import gzip
import json
import re
import time
import timeit
import zlib
from importlib.resources import files

import ipywidgets as widgets
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lib import plots
from lib.descent import follow, gradient_descent
from lib.live import live_figure
from lib.live.carry import carry, words
from lib.live.figure import SIZES, _axes
from lib.live.markup import draw_path, page
from lib.live.scene import GAP, SAME, SCALE, Scenes, capture, pack, scenes
from lib.live.sliders import positions
from lib.surfaces import exp_minus_log

HEIGHT = SIZES[1][1]


@pytest.fixture
def ax():
    axes = _axes(1)[0]
    axes.set(xlim=(0, 10), ylim=(0, 1))
    return axes


def pixels(ax, x, y):
    """Where a point of the data lies in the picture, by hand from the axes' own rectangle."""
    x0, y0, x1, y1 = ax.bbox.extents
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    across = x0 + (np.asarray(x) - left) / (right - left) * (x1 - x0)
    return np.column_stack([across, HEIGHT - y0 - (np.asarray(y) - low) / (high - low) * (y1 - y0)])


def only(artists, kind):
    marks = [mark for artist in artists for mark in carry(artist, HEIGHT) if mark.kind == kind]
    assert len(marks) == 1
    return marks[0]


def test_line_and_markers_land_where_the_data_are(ax):
    x, y = [1, 4, 9], [0.1, 0.8, 0.3]
    artists = ax.plot(x, y, "o--", color=plots.PALETTE["path"])
    line, markers = only(artists, "path"), only(artists, "markers")
    np.testing.assert_allclose(line.corners, pixels(ax, x, y))
    np.testing.assert_allclose(markers.corners, pixels(ax, x, y))
    assert dict(line.style)["stroke"] == "var(--path)"
    assert "stroke-dasharray" in dict(line.style)


def test_scatter_keeps_its_sizes_and_colours(ax):
    artist = ax.scatter([1, 2, 3], [0.2, 0.4, 0.6], s=[16, 16, 64], color=["r", "r", "b"])
    marks = carry(artist, HEIGHT)
    assert [len(mark.corners) for mark in marks] == [2, 1]
    assert [dict(mark.style)["fill"] for mark in marks] == ["#ff0000", "#0000ff"]
    widths = [2 * float(mark.glyph.split()[1].split("c")[0]) for mark in marks]
    np.testing.assert_allclose(widths, [4, 8])


def test_disc_of_a_scatter_has_its_size():
    ax = _axes(1)[0]
    glyph = carry(ax.scatter([0.5], [0.5], s=100), HEIGHT)[0].glyph
    start = [float(number) for number in glyph[1:].split("c")[0].split()]
    assert start == [0, 5]  # the outline of a disc of 10 pixels begins 5 below its middle


def test_filled_region_is_clipped_to_the_picture(ax):
    region = carry(ax.fill_between([-5, 20], [-3, -3], [0.5, 0.5]), HEIGHT)[0]
    corners = region.corners[np.isfinite(region.corners).all(axis=1)]
    rim = pixels(ax, [0, 10], [0, 0.5])
    np.testing.assert_allclose(corners.min(axis=0), rim.min(axis=0))
    np.testing.assert_allclose(corners.max(axis=0), rim.max(axis=0))
    assert dict(region.style)["fill"] != "none"


def test_text_arrow_patch_and_contours_are_carried(ax):
    assert only([plots.label(ax, 5, 0.5, "here", "slope")], "text").text == "here"
    shaft = only([plots.arrow(ax, (1, 0.2), (3, 0.2))], "path")
    ends = pixels(ax, [1, 3], [0.2, 0.2])
    assert np.nanmin(shaft.corners[:, 0]) == pytest.approx(ends[0, 0], abs=1)
    # Matplotlib draws the tip short of its end by about the width of the stroke, 2 pixels.
    assert np.nanmax(shaft.corners[:, 0]) == pytest.approx(ends[1, 0], abs=2.5)
    box = only([ax.add_patch(plots_rectangle())], "path")
    np.testing.assert_allclose(np.nanmin(box.corners, axis=0), pixels(ax, [2], [0.6])[0])
    lines, ground = plots.contours(ax, lambda x: (x**2).sum(axis=-1), levels=5)
    assert all(mark.kind == "path" for mark in carry(lines, HEIGHT) + carry(ground, HEIGHT))


def plots_rectangle():
    from matplotlib.patches import Rectangle

    return Rectangle((2, 0.2), 3, 0.4)


@pytest.mark.parametrize("far", [1e3, 1e17, 1e300])
def test_a_line_that_leaves_keeps_its_direction(ax, far):
    artists = ax.plot([5, 5 + far], [0.5, 0.5 + far / 20], "o-")
    line, head = (mark for mark in carry(artists[0], HEIGHT) if mark.kind == "path")
    exit_at = pixels(ax, [10], [0.75])[0]  # slope 1/20 from (5, 0.5) meets the right rim there
    np.testing.assert_allclose(line.corners[-1], exit_at, atol=1.5)
    note = only(artists, "text")
    assert note.text == "1 of 2 points outside"
    np.testing.assert_allclose(head.corners[0], exit_at, atol=0.1)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_a_gap_and_is_said(ax, bad):
    artists = ax.plot([1, 2, 3, 4, 5], [0.1, 0.2, bad, 0.4, 0.5], "o-")
    line = only(artists, "path")
    assert np.isnan(line.corners).all(axis=1).sum() == 1
    assert len(only(artists, "markers").corners) == 4
    assert only(artists, "text").text == "1 of 5 points outside"


def test_notes_of_two_paths_that_leave_stand_apart(ax):
    def draw():
        for slope in (0.1, 0.2):
            ax.plot([5, 50], [0.5, 0.5 + 45 * slope], "o-")

    notes = [mark for _, mark in capture([ax], HEIGHT, draw) if mark.kind == "text"]
    assert [note.corners[0, 1] for note in notes] == [17, 33]


def test_plain_lines_and_data_may_leave_without_a_note(ax):
    artists = ax.plot([0, 20], [0, 2]) + ax.plot([5, 50], [0.5, 0.5], "o")
    assert not [mark for a in artists for mark in carry(a, HEIGHT) if mark.kind == "text"]


def test_artists_that_cannot_be_carried_are_named(ax):
    for artist in (ax.imshow(np.eye(2)), ax.quiver([1], [0.5], [1], [1])):
        with pytest.raises(TypeError, match=type(artist).__name__):
            carry(artist, HEIGHT)


def test_tex_in_a_text_is_an_error_that_shows_it():
    assert words(r"$\mathdefault{10^{−3}}$") == "10⁻³"
    with pytest.raises(ValueError, match=r"\$x_0\$"):
        words("$x_0$")


def unpack(data, shape):
    """Read a table back, as the script in the page does, written from the description of it."""
    plane = np.frombuffer(zlib.decompress(data), dtype=np.uint8).astype(np.int64)
    stream = plane[: len(plane) // 2] + 256 * plane[len(plane) // 2 :]
    count = shape[0] * shape[1]
    lengths, stream = stream[:count].reshape(shape), stream[count:]
    rows, next_ = [[None] * shape[1] for _ in range(shape[0])], 0
    for slot in range(shape[1]):
        last = np.empty(0, dtype=np.int16)
        for position in range(shape[0]):
            length = lengths[position, slot]
            if length == SAME:
                rows[position][slot] = last = rows[position][slot - 1]
                continue
            zigzag = stream[next_ : next_ + length]
            step = np.where(zigzag % 2, -(zigzag + 1) // 2, zigzag // 2)
            next_ += length
            if len(last) == length:
                step = last + step
            else:
                for k in range(2, length):
                    step[k] += step[k - 2]
            numbers = step.astype(np.int16)  # sums wrap round, as they did on the way in
            rows[position][slot] = last = numbers
    assert next_ == len(stream)
    return rows


NUMBERS = arrays.arrays(np.int16, st.integers(0, 6))


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.tuples(*[NUMBERS] * n), min_size=1)))
@settings(max_examples=50, deadline=None)
def test_what_is_packed_is_unpacked(rows):
    again = unpack(pack(Scenes((), (), tuple(rows))), (len(rows), len(rows[0])))
    for row, back in zip(rows, again, strict=True):
        for numbers, found in zip(row, back, strict=True):
            np.testing.assert_array_equal(numbers, found)


def test_numbers_of_the_slot_before_are_not_packed_twice():
    rng = np.random.default_rng(0)
    rows = [(each, each.copy()) for each in rng.integers(-999, 999, (20, 40), dtype=np.int16)]
    once, twice = (len(pack(Scenes((), (), table))) for table in ([r[:1] for r in rows], rows))
    assert twice < 1.1 * once
    for row, back in zip(rows, unpack(pack(Scenes((), (), tuple(rows))), (20, 2)), strict=True):
        np.testing.assert_array_equal(row, back)


def test_marks_of_one_look_share_a_slot(ax):
    def draw(count):
        for k in range(count):
            ax.plot([0, k], [0, 1], color="b")

    drawn = scenes([capture([ax], HEIGHT, lambda n=n: draw(n)) for n in (1, 3, 2)])
    assert len(drawn.slots) == 3
    assert [sum(len(numbers) > 0 for numbers in row) for row in drawn.numbers] == [1, 3, 2]
    assert not ax.lines


def test_numbers_are_tenths_of_a_pixel():
    numbers = np.array([10, 25, GAP, GAP, 30, 40, 50, 60], dtype=np.int16)
    assert SCALE == 10
    assert draw_path(numbers) == "M1 2.5M3 4L5 6"
    assert draw_path(numbers[:2], "l1 1") == "M1 2.5l1 1"


def slider(**options):
    return widgets.FloatSlider(**{"min": 0, "max": 1, "step": 0.25, "value": 0.5} | options)


def figure(draw=lambda ax, x: ax.plot(x, 0.5, "o", gid="handle"), **options):
    return live_figure(draw, **{"name": "test", "alt": "A point.", "x": slider()} | options)


def test_sliders_of_all_kinds():
    assert positions("x", slider()).values == (0, 0.25, 0.5, 0.75, 1)
    tenths = positions("x", slider(min=-0.3, max=0.3, step=0.1)).values
    assert tenths == (-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3)
    log = widgets.FloatLogSlider(min=-2, max=0, step=1, value=0.1)
    assert positions("rate", log).values == (0.01, 0.1, 1)
    assert positions("step", widgets.IntSlider(min=2, max=6, step=2)).values == (2, 4, 6)
    names = positions("f", widgets.Dropdown(options=["sin", "cos"], value="cos"))
    assert (names.values, names.start, names.kind) == (("sin", "cos"), 1, "choice")
    assert positions("n", widgets.SelectionSlider(options=[1, 10, 100])).kind == "list"
    assert positions("rate", log).fraction(0.1) == 0.5


def test_figure_holds_what_the_page_needs():
    made = figure(presets={"end": {"x": 1}}, marks={"x": {"half": 0.5}}, drag=("x",), title="T < 1")
    spec = made.picture.spec
    assert spec["presets"] == [["end", [4]]]
    assert spec["marks"] == {"x": [["half", 0.5]]}
    assert len(spec["handle"]["places"][0]) == 5
    html = page(spec, made.picture.markup, made.picture.table)
    assert html.count('type="range"') == 1
    assert "T &lt; 1" in html
    assert json.loads(html.split('"live-data">')[1].split("</script>")[0])["name"] == "test"
    assert repr(made) == "LiveFigure(test; x: 5)"
    assert made.children[1] is made.sliders["x"]


def test_spec_says_where_the_axes_lie():
    def still(axes):
        axes[0].set(xlim=(0, 10), ylim=(-2, 2))
        axes[1].set(xlim=(1, 100), ylim=(3, 5), xscale="log")

    made = figure(lambda axes, x: axes[0].plot(x, 0.5, "o"), still=still, panels=2)
    for axis, ax in zip(made.picture.spec["axes"], _axes(2), strict=True):
        x0, y0, x1, y1 = ax.bbox.extents
        assert axis["x"][2:4] == pytest.approx([x0, x1])
        assert axis["y"][2:4] == pytest.approx([SIZES[2][1] - y0, SIZES[2][1] - y1])
    first, second = made.picture.spec["axes"]
    assert (first["x"][:2], first["x"][4]) == ([0, 10], "linear")
    assert (first["y"][:2], second["y"][:2]) == ([-2, 2], [3, 5])
    assert (second["x"][:2], second["x"][4]) == ([1, 100], "log")


def test_point_on_the_second_panel_can_be_held():
    def draw(axes, x, y):
        plots.handle(axes[1], x, y)

    def still(axes):
        plots.window(axes[1], ((0, 2), (0, 4)))

    sliders = {"y": slider(max=4), "drag": ("x", "y"), "still": still}
    made = figure(draw, panels=2, **sliders)
    handle = made.picture.spec["handle"]
    assert handle["panel"] == 1
    assert handle["places"][0][0] == 48  # x = 0 is the left edge of that panel's axes
    first, second = made.picture.markup.split('class="live-panel"')[1:]
    assert "live-handle" in second
    assert "live-handle" not in first


def test_play_counts_the_options_of_a_choice():
    steps = widgets.SelectionSlider(options=[0, 1, 10, 100], value=1)
    play, chosen = figure(x=steps, play="x").children[1].children
    assert (play.min, play.max, play.value) == (0, 3, 1)
    assert chosen is steps


def test_text_cannot_end_the_script_it_stands_in():
    made = figure(readout=lambda x: "</script><script>alert(1)</script>")
    html = page(made.picture.spec, made.picture.markup, made.picture.table)
    assert html.count("</script>") == 1


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"x": None}, TypeError, "x: got a NoneType, wanted one of FloatSlider"),
        ({"x": slider(step=0)}, ValueError, "x: got step=0.0"),
        ({"x": widgets.Dropdown(options=[])}, ValueError, "empty list of options"),
        ({"y": slider()}, TypeError, r"\['y'\], which draw does not take"),
        ({"draw": lambda ax, x, z: None}, TypeError, r"draw wants \['x', 'z'\]"),
        ({"name": "Two words"}, ValueError, "name: got 'Two words'"),
        ({"alt": " "}, ValueError, "alt: got no words"),
        ({"panels": 3}, ValueError, "panels: got 3"),
        ({"presets": {"end": {"w": 1}}}, ValueError, "presets: got 'w'"),
        ({"marks": {"w": {}}}, ValueError, "marks: got 'w'"),
        ({"drag": ("w",)}, ValueError, "drag: got 'w'"),
        ({"play": "w"}, ValueError, "play: got 'w'"),
        ({"x": slider(step=0.0001)}, ValueError, "10001 positions"),
        ({"drag": ("x",), "draw": lambda ax, x: None}, ValueError, "no plots.handle"),
        ({"draw": lambda ax, x: ax.set_xlim(0, 2)}, ValueError, "moved the limits"),
        ({"draw": lambda ax, x: ax.imshow([[1]])}, TypeError, "AxesImage"),
    ],
)
def test_bad_input_is_told(options, error, message):
    with pytest.raises(error, match=message):
        figure(**options)


def test_no_slider_is_told():
    with pytest.raises(ValueError, match="sliders: got none"):
        live_figure(lambda ax: None, name="test", alt="Nothing.")


def test_unknown_role_is_told(ax):
    with pytest.raises(ValueError, match="wanted one of function, slope"):
        plots.curve(ax, np.sin, role="blue")


@pytest.mark.parametrize(
    ("place", "rim", "marker"),
    [((5, 9), (5, 1), "^"), ((5, -1), (5, 0), "v"), ((-2, 0.5), (0, 0.5), "<")],
)
def test_a_handle_outside_waits_at_the_rim_beside_an_arrowhead(ax, place, rim, marker):
    handle, arrowhead = plots.handle(ax, *place)
    assert (handle.get_gid(), arrowhead.get_marker()) == ("handle", marker)
    for artist in (handle, arrowhead):
        np.testing.assert_array_equal(artist.get_xydata(), [rim])
    assert carry(handle, HEIGHT)[0].corners.shape == (1, 2)


def test_what_is_inside_or_nowhere_has_no_arrowhead(ax):
    assert len(plots.handle(ax, 3, 0.5)) == 1
    assert plots.leaving(ax, 10, 1) == []
    assert plots.leaving(ax, 3, np.nan) == []


def luminance(colour):
    """How bright a colour #rrggbb is, from 0 to 1, as WCAG measures it."""
    parts = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def test_step_colours_run_from_dark_to_bright_and_show_on_both_papers():
    css = files("lib").joinpath("palette.css").read_text(encoding="utf-8")
    pairs = re.findall(r"--step-\d+: light-dark\((#\w{6}), (#\w{6})\)", css)
    light, dark = (
        np.array([luminance(colour) for colour in side]) for side in zip(*pairs, strict=True)
    )
    assert (np.diff(light) > 0).all()
    assert (np.diff(dark) > 0).all()
    assert (1.05 / (light + 0.05)).min() >= 3
    assert ((dark + 0.05) / (luminance("#15171a") + 0.05)).min() >= 3
    assert plots.step_colours(3) == [pairs[k][0] for k in (0, 5, 10)]


def test_a_step_colour_is_carried_as_its_variable(ax):
    line = ax.plot([1, 2], [0, 1], color=plots.step_colours(2)[1])[0]
    assert dict(carry(line, HEIGHT)[0].style)["stroke"] == "var(--step-10)"


def walk_figure():
    """Make a live figure of 441 positions of a walk of 20 steps."""

    def draw(ax, x0, learning_rate):
        walk = gradient_descent(exp_minus_log.gradient, x0, learning_rate)
        plots.path(ax, follow(walk, exp_minus_log, steps=20))

    return live_figure(
        draw,
        name="walk",
        alt="A walk downhill.",
        still=lambda ax: plots.window(ax, ((0, 2.2), (2, 8))),
        readout=lambda x0, learning_rate: f"from {x0:g} with a rate of {learning_rate:.3g}",
        x0=slider(min=0.1, max=2.1, step=0.1, value=1.5),
        learning_rate=widgets.FloatLogSlider(min=-2.5, max=0, step=0.125, value=0.1),
    )


def test_441_positions_of_a_walk_keep_the_budget():
    # The processor's own time: what else the machine does is no fault of the figure's.
    seconds = min(timeit.repeat(walk_figure, number=1, repeat=3, timer=time.process_time))
    made = walk_figure()
    assert len(made.picture.spec["readout"]["at"]) == 441
    html = page(made.picture.spec, "", made.picture.table)  # the background apart
    assert len(gzip.compress(html.encode())) <= 30_000
    assert seconds <= 1
