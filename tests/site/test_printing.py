"""The pages on paper, and the whole book as one PDF: joined and printed from a small one."""

import re

import pytest

import pdf
from tests.site.visits import UNFOLD

PAGE = """<!doctype html><html><head><title>{title}</title>
<link rel="stylesheet" href="../_static/{style}"></head><body>
<div class="sidebar-tree"><a class="reference internal" href="one.html">1. One</a>
<a class="reference internal" href="two.html">2. Two</a></div>
<article><section id="{id}"><h1>{title}<a class="headerlink" href="#{id}">#</a></h1>
<p>See <a href="two.html#later">later</a>.</p>
<section id="later"><h2>Later</h2>{rest}</section></section></article></body></html>"""
REST = """<figure class="live" id="figure-a"><svg viewBox="0 0 9 9"></svg>
<div class="live-foot">Reset</div><figcaption>A curve.</figcaption></figure>
<p style="break-before: page">On a new sheet.</p>
<div class="exercise" id="ex"><p class="exercise-title">Exercise 1. Slopes</p>
<details class="hint"><summary>Hint</summary>Think.</details>
<details class="solution"><summary>Solution</summary>It is 2.</details></div>"""
NOT_PRINTED = """.skip-to-content, .mobile-header, .sidebar-drawer, .toc-drawer,
  .theme-toggle, .copy, .headerlink, .page-buttons, .run-row, .live-track, .live-player,
  .live-presets, .live-foot, .live-handle, .related-pages, .answer-line"""
CUT = """[...document.querySelectorAll('article pre')].filter(
  (box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.textContent.slice(0, 80))"""
PAPER = {"width": 680, "height": 960}  # A4 without its margins, in pixels


@pytest.mark.parametrize("chapter", ["gradient_descent", "logistic"])
def test_a_printed_page_has_no_controls_and_no_code_cut_off(chapter, open_page):
    tab = open_page(f"book/{chapter}.html", viewport=PAPER, color_scheme="dark")
    tab.evaluate(UNFOLD)
    tab.emulate_media(media="print", color_scheme="dark")
    shown = tab.locator(NOT_PRINTED).evaluate_all(
        "(all) => all.filter((each) => each.checkVisibility()).map((each) => each.className)"
    )
    assert shown == []
    assert tab.evaluate(CUT) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
    assert tab.evaluate("getComputedStyle(document.body).color") == "rgb(27, 31, 36)"
    words = tab.locator("figure.live .live-control label, figure.live .live-choice > span")
    assert words.first.is_visible()  # where its slider stands


def test_a_printed_chapter_has_few_sheets_that_are_half_empty(open_page):
    tab = open_page("book/newton.html")
    sheets, _ = pdf.sheets_of(tab.pdf(format="A4"))
    assert 10 < sheets <= 26


@pytest.fixture(scope="module")
def book(tmp_path_factory, site_folder):
    """A book of three pages, in the style of the large one."""
    folder = tmp_path_factory.mktemp("small") / "html"
    style = next((site_folder / "_static").glob("style-*.css"))
    for name in ("book", "_static"):
        (folder / name).mkdir(parents=True)
    (folder / "_static" / style.name).write_bytes(style.read_bytes())
    (folder / "index.html").write_text("<title>Small</title>", encoding="utf-8")
    for name, rest in (("intro", ""), ("one", REST), ("two", REST)):
        text = PAGE.format(title=name.title(), id=name, rest=rest, style=style.name)
        (folder / "book" / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


def test_pages_are_joined_with_figures_numbered_and_solutions_at_the_end(book):
    head, body, headings = pdf.joined(book)
    assert head.count("<link") == 1
    assert [words for _, _, words in headings] == [
        "1. One", "Later", "2. Two", "Later", "Hints and solutions",
    ]  # fmt: skip
    ids = re.findall(r' id="([^"]+)"', body)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', body)) <= set(ids)
    assert "Figure 1.1. A curve." in body
    assert "Figure 2.1. A curve." in body
    assert "Reset" not in body
    assert body.index("Hints and solutions") < body.index("It is 2.")


def test_contents_say_on_which_sheet_each_heading_stands(book, browser):
    made, count = pdf.printed(browser, book)
    assert made.startswith(b"%PDF")
    total, sheets = pdf.sheets_of(made)
    assert total == count
    assert sheets["one"] < sheets["two"] < sheets["hints-and-solutions"] == count
    assert sheets["one--later"] == sheets["one"]
    assert not (book.parent / "print.html").exists()
