"""Chapters in Jupyter with a live kernel: run, moved, asked, answered, changed and run again.

Two of them in JupyterLab at every run; all of them, in JupyterLab and in Notebook, by
``make jupyter``.
"""

import json
import os
import re
import shutil
import time
from functools import cache

import pytest

from pages.notebooks import asked
from tests.conftest import ROOT
from tests.site.lab import BUSY, RUN_WITHIN, Notebook, serving
from tests.site.test_answers import FORMS, assert_judged

BOOK = ROOT / "book"
ALL = sorted(path.stem for path in BOOK.glob("*.ipynb"))
ASKED = os.environ.get("CHAPTERS") == "all"
CHAPTERS = ALL if ASKED else ["newton", "perceptron"]
PROGRAMS = ["jupyterlab", "notebook"] if ASKED else ["jupyterlab"]
SCREEN = {"width": 1366, "height": 768}
#: What a cell says that has failed, or that warns.
WRONG = """() => [...document.querySelectorAll(
  '[data-mime-type$=".error"], [data-mime-type$=".stderr"]')].map((each) => each.textContent)"""
ROOM = "() => document.querySelector('.jp-WindowedPanel-outer').clientHeight"
HEIGHTS = """() => [...document.querySelectorAll('.live')].map((each) =>
  [each.dataset.figure, each.closest('.jp-OutputArea-child').getBoundingClientRect().height])"""
#: Where the ring of each figure is, and the point that it is to stand round, from its corner.
RINGS = """() => [...document.querySelectorAll('.live-handle:not([hidden])')].map((ring) => {
  const [at, panel] = [ring, ring.parentElement.querySelector('svg')].map(
    (each) => each.getBoundingClientRect());
  return [at.left + at.width / 2 - panel.left, at.top + at.height / 2 - panel.top,
    panel.width, panel.height];
})"""
LABELS = """() => [...document.querySelectorAll('.widget-slider, .widget-dropdown')].map(
  (each) => each.querySelector('.widget-label')?.textContent.trim() || '')"""
#: What is to be read of a notebook: its texts without formulas, which MathJax has drawn.
SEEN = (
    """() => [...document.querySelectorAll('.jp-MarkdownOutput')].map((each) => each.innerText)"""
)


@pytest.fixture(scope="module", params=PROGRAMS)
def served(request, tmp_path_factory):
    """Where the chapters are, served by a program."""
    folder = tmp_path_factory.mktemp("lab")
    for name in CHAPTERS:
        shutil.copy(BOOK / f"{name}.ipynb", folder)
    plain = json.loads((BOOK / "intro.ipynb").read_text(encoding="utf-8"))
    code = next(cell for cell in plain["cells"] if cell["cell_type"] == "code")
    plain["cells"] = [{**code, "outputs": [], "source": "import time\n\ntime.sleep(1)"}]
    (folder / "plain.ipynb").write_text(json.dumps(plain), encoding="utf-8")
    with serving(folder, request.param) as address:
        yield address


@pytest.fixture(scope="module")
def chapter(browser, served):
    """A chapter with all cells run, once for all tests that ask for it."""
    opened = []

    @cache
    def run(name):
        page = browser.new_page(viewport=SCREEN)
        opened.append(page)
        notebook = Notebook(page)
        notebook.run(served, f"{name}.ipynb")
        page.wait_for_function(f"() => !({BUSY})()", timeout=RUN_WITHIN * 1000)
        for each in page.locator(".jp-OutputArea-output .live, .asked").all():
            each.wait_for()
        return notebook

    yield run
    for page in opened:
        page.close()


@pytest.fixture(scope="module")
def said_anyhow(browser, served):
    """What the program itself says in the console of a notebook without anything of ours."""
    page = browser.new_page(viewport=SCREEN)
    notebook = Notebook(page)
    notebook.run(served, "plain.ipynb")
    page.wait_for_timeout(2000)
    page.close()
    assert notebook.said == [] or "/lab/" not in served  # Notebook alone talks to itself
    return set(notebook.said)


def cells(name):
    return json.loads((BOOK / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]


def figures(name):
    """Return how many live figures a chapter has, by what its cells have kept."""
    outputs = [out for cell in cells(name) for out in cell.get("outputs", ())]
    texts = ("".join(out.get("data", {}).get("text/plain", "")) for out in outputs)
    return sum(text.startswith("LiveFigure(") for text in texts)


def questions(name):
    """Return the markup of all that a chapter asks."""
    path = ROOT / "lib" / "questions" / f"{name}.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return "".join(known[found["name"]]["markup"] for cell in cells(name) if (found := asked(cell)))


each_chapter = pytest.mark.parametrize("name", CHAPTERS)


@each_chapter
def test_all_runs_without_a_fault_and_shows_figures_and_questions(name, chapter, said_anyhow):
    page = chapter(name).page
    assert page.evaluate(WRONG) == []
    assert page.locator(".jp-OutputArea-output .live").count() == figures(name)
    assert page.locator(".asked .answer").count() == questions(name).count('class="answer"')
    assert set(chapter(name).said) <= said_anyhow


@each_chapter
def test_each_figure_is_on_one_screen_with_its_sliders(name, chapter):
    page = chapter(name).page
    room = page.evaluate(ROOM)
    assert 600 < room < SCREEN["height"]
    assert [each for each in page.evaluate(HEIGHTS) if each[1] > room] == []


@each_chapter
def test_ring_is_in_its_picture_and_each_slider_has_a_name(name, chapter):
    page = chapter(name).page
    for x, y, width, height in page.evaluate(RINGS):
        assert 0 <= x <= width
        assert 0 <= y <= height
    assert "" not in page.evaluate(LABELS)


@each_chapter
def test_each_figure_moves_under_its_genuine_sliders(name, chapter):
    page = chapter(name).page
    for figure in page.locator(".jp-OutputArea-child:has(.live)").all():
        for slider in figure.locator(".widget-slider .noUi-target").all():
            before = figure.locator(".live-panels").inner_html(), figure.inner_text()
            track, handle = slider.bounding_box(), slider.locator(".noUi-handle").bounding_box()
            is_left = handle["x"] < track["x"] + track["width"] / 2
            there = {"x": track["width"] * (0.9 if is_left else 0.1), "y": track["height"] / 2}
            slider.click(position=there)  # Notebook takes the arrow keys for itself
            end = time.monotonic() + 5
            while (figure.locator(".live-panels").inner_html(), figure.inner_text()) == before:
                assert time.monotonic() < end, figure.inner_text()
                page.wait_for_timeout(20)


@each_chapter
def test_each_question_is_judged_as_in_the_page(name, chapter):
    page = chapter(name).page
    forms = page.evaluate(FORMS)
    assert len(forms) == questions(name).count('class="answer"')
    for form in forms:
        assert_judged(page, form)


@each_chapter
def test_reader_sees_no_syntax(name, chapter):
    text = "\n".join(chapter(name).page.evaluate(SEEN))
    assert len(text) > 1000
    for noise in (":::", "{cite}", "{exercise}", "(eq-", "% eq-", "```", "$$"):
        assert noise not in text, noise
    assert not re.search(r": [-−\d./]+( \S+)? ± ", text)  # the key of a question


def test_changed_cell_gives_a_changed_figure(chapter, said_anyhow):
    notebook = chapter("newton")
    page = notebook.page
    cell = page.locator(".jp-CodeCell", has_text="def walk_to_zero")
    cell.locator(".cm-content").click()
    old = cell.locator(".live-words").inner_text()
    page.keyboard.press("Control+f")
    page.keyboard.press("Escape")
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.type(" + 1")
    page.keyboard.press("Control+Enter")
    words = cell.locator(".live-words")
    end = time.monotonic() + RUN_WITHIN
    while not words.count() or words.inner_text() == old:
        assert time.monotonic() < end
        page.wait_for_timeout(100)
    assert set(notebook.said) <= said_anyhow
