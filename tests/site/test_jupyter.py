"""Live figures in JupyterLab, with a live kernel: genuine sliders move the picture there."""

import time

import nbformat
import pytest
from bs4 import BeautifulSoup

from tests.site.lab import RUN_WITHIN, Notebook, serving

new = nbformat.v4

IMPORTS = """\
from ipywidgets import Dropdown, FloatSlider, IntSlider
from lib import plots
from lib.live import live_figure
"""
FIGURES = {
    "one-panel": """\
live_figure(
    lambda x: x / 2,
    lambda ax, result: plots.segment(ax, (0, 0), (result, 1)),
    {"x": FloatSlider(0.25, min=0, max=1, step=0.25)},
    readout=lambda half, x: f"half of {x:g} is {half:g}",
    presets={"all": {"x": 1}},
    name="one-panel",
    alt="A line.",
)""",
    "two-panels": """\
live_figure(
    lambda x, k: x + k,
    lambda axes, both: [plots.segment(ax, (0, 0), (both / 9, 1)) for ax in axes],
    {"x": FloatSlider(0.5, min=0, max=1, step=0.5), "k": IntSlider(2, min=0, max=4)},
    readout=lambda both: f"both give {both:g}",
    panels=2,
    name="two-panels",
    alt="Two lines.",
)""",
    "drag": """\
live_figure(
    lambda x: x**2,
    lambda ax, y, x: plots.handle(ax, x, y),
    {"x": FloatSlider(0.5, min=0, max=1, step=0.125)},
    readout=lambda y: f"the square is {y:g}",
    drag="x",
    name="drag",
    alt="A point.",
)""",
    "choice": """\
live_figure(
    lambda side: {"left": 0.2, "right": 0.8}[side],
    lambda ax, at: plots.segment(ax, (at, 0), (at, 1)),
    {"side": Dropdown(options=["left", "right"])},
    readout=lambda at, side: f"{side}, at {at}",
    name="choice",
    alt="An upright.",
)""",
    "solid": """\
live_figure(
    lambda tilt: tilt / 2,
    lambda ax, slope: plots.surface(ax, lambda x: slope * x[..., 0], points=5),
    {"tilt": IntSlider(1, min=0, max=4)},
    readout=lambda slope: f"it rises by {slope:g}",
    still=lambda ax: plots.space(ax, ((0, 1), (0, 1), (0, 2))),
    solid=(0,),
    name="solid",
    alt="A plane in space.",
)""",
    "play": """\
live_figure(
    lambda step: step / 5,
    lambda ax, at: plots.segment(ax, (0, 0), (at, 1)),
    {"step": IntSlider(0, min=0, max=5)},
    readout=lambda at, step: f"step {step}",
    play="step",
    name="play",
    alt="A line.",
)""",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab in a folder of its own, which holds the notebook."""
    folder = tmp_path_factory.mktemp("lab")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = [new.new_code_cell(text) for text in (IMPORTS, *FIGURES.values())]
    nbformat.write(new.new_notebook(cells=cells, metadata=kernel), folder / "figures.ipynb")
    with serving(folder) as address:
        yield address


class Figures(Notebook):
    """The notebook of the figures above."""

    def run(self, address, name="figures.ipynb"):
        super().run(address, name)
        for each in FIGURES:
            self.cell(each).locator(".live-words").wait_for(timeout=RUN_WITHIN * 1000)

    def cell(self, name):
        """The cell of a figure, whose number is its place."""
        return self.page.locator(".jp-CodeCell").nth(1 + list(FIGURES).index(name))

    def words(self, name):
        return self.cell(name).locator(".live-words").text_content()

    def slider(self, name, number=0):
        """The thumb of a genuine slider of ipywidgets."""
        return self.cell(name).locator(".widget-slider .noUi-handle").nth(number)

    def paths(self, name):
        """What moves in a picture, one after another."""
        moving = self.cell(name).locator(".live-panel .moves")
        return moving.evaluate_all("(all) => all.map((each) => each.getAttribute('d'))")

    def shows(self, name, words, **start):
        """Wait for the words of a position; return whether the picture comes to be lib's own.

        The words change at once, and the picture glides there.
        """
        self.cell(name).locator(".live-words", has_text=words).wait_for(timeout=10_000)
        soup = BeautifulSoup(made(name, **start).picture.markup, "html.parser")
        wanted, end = [each.get("d") for each in soup.select(".moves")], time.monotonic() + 5
        while self.paths(name) != wanted and time.monotonic() < end:
            self.page.wait_for_timeout(50)
        return self.paths(name) == wanted


def made(name, **start):
    """Return a figure of the notebook as it is made when its sliders start elsewhere."""
    scope = {}
    exec(IMPORTS, scope)

    def at(sliders):
        for slider, value in start.items():
            sliders[slider].value = value
        return sliders

    live_figure = scope["live_figure"]
    scope["live_figure"] = lambda compute, draw, sliders, **options: live_figure(
        compute, draw, at(sliders), **options
    )
    return eval(FIGURES[name], scope)


@pytest.fixture(scope="module")
def notebook(browser, lab):
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    opened = Figures(page)
    opened.run(lab)
    yield opened
    page.close()


@pytest.fixture(autouse=True)
def silence(notebook):
    """Every test ends with nothing said in the console."""
    yield
    assert notebook.said == []


@pytest.mark.parametrize("name", FIGURES)
def test_each_kind_starts_as_it_was_made(name, notebook):
    assert notebook.shows(name, notebook.words(name))
    assert notebook.words(name)


def test_slider_moves_the_picture(notebook):
    notebook.slider("one-panel").press("ArrowRight")
    assert notebook.shows("one-panel", "half of 0.5 is 0.25", x=0.5)
    notebook.slider("one-panel").press("End")
    assert notebook.shows("one-panel", "half of 1 is 0.5", x=1)


def test_preset_and_reset_move_the_genuine_slider(notebook):
    cell = notebook.cell("one-panel")
    cell.get_by_role("button", name="Reset").click()
    assert notebook.shows("one-panel", "half of 0.25 is 0.125", x=0.25)
    cell.get_by_role("button", name="all").click()
    assert notebook.shows("one-panel", "half of 1 is 0.5", x=1)
    assert cell.locator(".widget-readout").inner_text() == "1.00"


def test_each_of_two_sliders_moves_both_panels(notebook):
    notebook.slider("two-panels", 0).press("ArrowLeft")
    assert notebook.shows("two-panels", "both give 2", x=0)
    notebook.slider("two-panels", 1).press("ArrowRight")
    assert notebook.shows("two-panels", "both give 3", x=0, k=3)


def test_point_is_dragged_and_the_genuine_slider_follows(notebook):
    cell = notebook.cell("drag")
    grip = cell.locator(".live-handle")
    grip.press("ArrowRight")
    assert notebook.shows("drag", "the square is 0.390625", x=0.625)
    grip.hover()
    notebook.page.mouse.down()
    box = cell.locator(".live-panel svg").bounding_box()
    notebook.page.mouse.move(box["x"] + 2 * box["width"], box["y"], steps=5)
    notebook.page.mouse.up()
    assert notebook.shows("drag", "the square is 1", x=1)
    assert cell.locator(".widget-readout").inner_text() == "1.00"


def test_panel_in_space_is_moved_turned_and_brought_back(notebook):
    canvas = notebook.cell("solid").locator("canvas")
    seen = [canvas.evaluate("(canvas) => canvas.toDataURL()")]

    def changed():
        notebook.page.wait_for_timeout(900)
        seen.append(canvas.evaluate("(canvas) => canvas.toDataURL()"))
        return seen[-1] != seen[-2]

    notebook.slider("solid").press("ArrowRight")
    assert notebook.shows("solid", "it rises by 1", tilt=2)
    assert changed()
    turn = notebook.cell("solid").get_by_label("Turn")
    turn.press("ArrowRight")
    assert changed()
    turn.press("Home")
    assert changed()
    assert seen[-1] == seen[1]


def test_choice_moves_the_picture(notebook):
    notebook.cell("choice").locator("select").select_option("right")
    assert notebook.shows("choice", "right, at 0.8", side="right")


def test_play_steps_to_the_end(notebook):
    notebook.cell("play").locator(".widget-play button").first.click()
    assert notebook.shows("play", "step 5", step=5)
