"""Live figures on their way into the pages, in a small book that is built as the large one is."""

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from ipywidgets import FloatSlider
from ipywidgets.embed import embed_data

from lib import plots
from lib.live import live_figure

EXTENSIONS = Path(__file__).parents[1] / "book" / "_ext"
STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
SETTINGS = """
extensions = ["myst_nb", "pages.figures"]
nb_execution_mode = "off"
nb_ipywidgets_js = {}
root_doc = "first"
"""
CODE = "figures.walk(  # the one cell"
new = nbformat.v4


def figure(name, **options):
    return live_figure(
        lambda x: x,
        lambda ax, result: plots.segment(ax, (0, 0), (result, 1)),
        {"x": FloatSlider(0.25, min=0, max=1, step=0.25)},
        name=name,
        alt="A line.",
        **options,
    )


def write_page(folder, page, made, tags=()):
    """Write a notebook as it is saved after its cells have run, one figure a cell."""
    data = embed_data(views=made)
    cells = [new.new_markdown_cell(f"# The page {page}")]
    for view in data["view_specs"]:
        shown = new.new_output("execute_result", {VIEW: view, "text/plain": "LiveFigure"})
        told = new.new_output("stream", text="told below the figure\n")
        cell = new.new_code_cell(CODE, outputs=[told, shown], metadata={"tags": list(tags)})
        cells.append(cell)
    notebook = new.new_notebook(cells=cells)
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "python"}
    notebook.metadata["widgets"] = {STATE: data["manager_state"]}
    nbformat.write(notebook, folder / f"{page}.ipynb")


def build(folder):
    """Build the book, several pages at once, and return what Sphinx warned of."""
    (folder / "conf.py").write_text(SETTINGS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-j2", folder, folder.parent / "built"],
        env=os.environ | {"PYTHONPATH": f"{EXTENSIONS}:{EXTENSIONS.parents[1]}"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stderr.splitlines() if "WARNING" in line or "rror" in line]
    return [line for line in lines if "toctree" not in line]


def soup_of(folder, page="first"):
    return BeautifulSoup(
        (folder.parent / "built" / f"{page}.html").read_text("utf-8"), "html.parser"
    )


@pytest.fixture
def book(tmp_path):
    """A folder for the sources of a book; what is built stands beside it."""
    folder = tmp_path / "book"
    folder.mkdir()
    return folder


def test_picture_comes_first_and_its_cell_is_folded_within(book):
    write_page(book, "first", [figure("two-walks", title="T")], tags=["hide-input"])
    assert build(book) == []
    cell = soup_of(book).select_one("div.cell")
    picture, output = cell.find_all(recursive=False)
    assert picture.name == "figure"
    assert "told below the figure" in output.text
    (fold,) = cell.select("details")
    assert fold.summary.text == "Code: two walks"
    assert fold.select_one(".highlight pre").text.strip() == CODE
    assert soup_of(book).text.count(CODE) == 1
    assert [each.name for each in picture.find_all(recursive=False)][-1] == "figcaption"
    assert fold.find_parent(class_="live-foot").select_one("[data-do=reset]")


def test_numbers_stand_in_a_file_that_is_named_after_what_is_in_it(book):
    made = figure("walk", title="It ends with </script> here")
    write_page(book, "first", [made])
    assert build(book) == []
    picture = soup_of(book).select_one("figure")
    file = book.parent / "built" / picture["data-numbers"]
    assert re.fullmatch(r"walk\.[0-9a-f]{8}\.js", file.name)
    text = file.read_text("utf-8")
    start = 'liveNumbers["walk"]='
    assert text.startswith(start)
    spec = json.loads(text.removeprefix(start).rstrip(";\n"))
    assert base64.b64decode(spec.pop("table")) == made.picture.table
    assert spec == json.loads(json.dumps(made.picture.spec))
    assert picture.select_one(".moves")["d"]
    assert not soup_of(book).select("script[type*=json]")


def test_numbers_are_written_again_with_their_page_though_nothing_is_read(book):
    write_page(book, "first", [figure("walk")])
    build(book)
    (file,) = (book.parent / "built" / "_static" / "figures").iterdir()
    file.unlink()
    (book.parent / "built" / "first.html").unlink()
    assert build(book) == []
    assert file.is_file()


def test_what_a_figure_has_left_out_is_told(book):
    write_page(book, "first", [figure("walk", presets={"far": {"x": 9}, "near": {"x": 1}})])
    build(book)
    (note,) = soup_of(book).select(".live-note")
    assert "far" in note.text


def test_two_figures_of_one_name_in_a_notebook_are_told(book):
    write_page(book, "first", [figure("walk"), figure("walk")])
    (warning,) = build(book)
    assert re.search(r"first\.ipynb:\d+: WARNING: live figure in cell 3: the name 'walk'", warning)


def test_two_figures_of_one_name_in_a_book_are_told_at_every_build_until_one_is_renamed(book):
    names = ["first", "b", "c", "d", "e", "f", "g"]  # more than five, which Sphinx reads at once
    for page in names:
        write_page(book, page, [figure("walk" if page in "cf" else page)])
    for _ in range(2):
        (warning,) = build(book)
        assert re.search(r"f\.ipynb:\d+: WARNING: .* 'walk' is taken by c,", warning)
    write_page(book, "c", [figure("another")])
    assert build(book) == []
    write_page(book, "d", [figure("another")])
    assert len(build(book)) == 1
    (book / "c.ipynb").unlink()
    assert build(book) == []


def test_a_widget_that_needs_a_kernel_is_told(book):
    write_page(book, "first", [FloatSlider()])
    (warning,) = build(book)
    assert "wanted a live figure: it needs a kernel" in warning
