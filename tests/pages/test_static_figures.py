"""Live figures on their way into the pages, in a small book that is built as the large one is."""

import base64
import json
import re

import pytest
from ipywidgets import FloatSlider

from tests.pages.small_books import CODE, figure, pad, run_sphinx, soup_of, told, write_page


def build(folder):
    """Build the book, several pages at once, and return what Sphinx warned of."""
    return told(run_sphinx(folder, "-q", "-j2"))


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


def test_a_drawing_pad_has_its_network_in_a_file_and_its_cell_folded_within(book):
    made = pad("small-pad")
    write_page(book, "first", [made, figure("walk")])
    assert build(book) == []
    drawn, walk = soup_of(book).select("figure")
    assert drawn["class"] == ["pad"]
    assert drawn.select_one("details summary").text == "Code: small pad"
    text = (book.parent / "built" / drawn["data-numbers"]).read_text("utf-8")
    spec = json.loads(text.removeprefix('padNumbers["small-pad"]=').rstrip(";\n"))
    assert base64.b64decode(spec.pop("table")) == made.table
    assert spec == json.loads(json.dumps(made.spec))
    scripts = [script["src"].split("?")[0] for script in soup_of(book).select("script[src]")]
    assert {"_static/pad.js", "_static/figure.js"} <= set(scripts)
    assert walk["id"] == "figure-walk"


def test_a_pad_does_not_take_the_name_of_a_figure(book):
    write_page(book, "first", [figure("walk"), pad("walk")])
    (warning,) = build(book)
    assert "the name 'walk' is taken" in warning


def test_a_page_without_a_pad_does_not_load_its_script(book):
    write_page(book, "first", [figure("walk")])
    build(book)
    assert not soup_of(book).select("script[src*='pad.js']")
