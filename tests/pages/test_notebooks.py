"""What stands plainly in a notebook: how it is read, and that the page says the same words."""

import json
import re
from difflib import unified_diff
from functools import cache
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

import questions
from pages import notebooks
from tests.conftest import BUILT, ROOT

BOOK = ROOT / "book"
PAGES = sorted(path.stem for path in BOOK.glob("*.ipynb"))
new = nbformat.v4
#: What a page has beside its text: code, figures, questions, formulas, and marks of its own.
BESIDE = (
    ".cell, figure, .answer, .math, .headerlink, .page-buttons, .page-hint, .run-hint, .progress, "
    ".section-number, style, script, pre"
)

each_page = pytest.mark.parametrize("name", PAGES)


def sources(name):
    """Return the Markdown of a notebook as it is committed."""
    found = json.loads((BOOK / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == "markdown"]


def parsed(html):
    return BeautifulSoup(html, "html.parser")


def words(soup):
    beside = {id(text) for each in soup.select(BESIDE) for text in each.strings}
    texts = (" " if id(text) in beside else text for text in soup.strings)
    return re.findall(r"\w+", " ".join(texts).replace("†", ""))


def in_the_notebook(name):
    """Return the words that any reader of Markdown shows of a notebook, but for its formulas."""
    markdown = MarkdownIt("commonmark").enable("table")
    markdown.use(dollarmath_plugin, renderer=lambda *_: "")
    pages = (parsed(markdown.render(text)) for text in sources(name))
    return [word for page in pages for word in words(page)]


@cache
def page_of(name):
    return parsed((BUILT / "book" / f"{name}.html").read_text(encoding="utf-8"))


@each_page
def test_notebook_and_page_have_the_same_words(name):
    said = in_the_notebook(name), words(page_of(name).article)
    assert list(unified_diff(*said, lineterm="", n=3)) == []


@each_page
def test_notebook_shows_no_syntax_and_no_key(name):
    text = "\n".join(sources(name))
    for noise in (r"^:::", r"\{\w+\}`", r"^`{3}\{", r"\(eq-", r"\)=$", r" ± 0"):
        assert not re.search(noise, text, re.MULTILINE), noise
    labels = re.findall(r"eq-[\w-]+", text)
    assert len(re.findall(r"\n% eq-[\w-]+\n\$\$$", text, re.MULTILINE)) == len(labels)


def test_questions_of_lib_are_those_of_the_book():
    written = questions.written()
    assert {path: path.read_text(encoding="utf-8") for path in written} == written, "run `make fix`"
    assert set(written) == set(questions.TARGET.glob("*.json"))


@each_page
def test_every_question_is_asked_once_and_exercises_in_order(name):
    cells = json.loads((BOOK / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    asked = [found["name"] for cell in cells if (found := notebooks.asked(cell))]
    assert sorted(asked) == sorted(notebooks.blocks_of(name))
    exercises = [int(each.split("-")[1]) for each in asked if each.startswith("exercise-")]
    assert exercises == sorted(exercises)


@each_page
def test_questions_have_the_names_and_the_judge_of_the_page(name):
    path = ROOT / "lib" / "questions" / f"{name}.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    wanted = {each["id"]: each["data-check"] for each in page_of(name).select(".answer")}
    found = parsed("".join(each["markup"] for each in known.values()))
    assert {each["id"]: each["data-check"] for each in found.select(".answer")} == wanted


def book(*cells):
    kinds = {"md": new.new_markdown_cell, "py": new.new_code_cell}
    return {"cells": [kinds[kind](text) for kind, text in cells]}


def test_label_in_a_comment_names_the_formula():
    plain = "Thus\n\n$$\nx = 1\n% eq-a-b\n$$\n\nand so on"
    (cell,) = notebooks.as_myst(book(("md", plain)), "newton")["cells"]
    assert cell["source"] == "Thus\n\n$$\nx = 1\n$$ (eq-a-b)\n\n\nand so on"


def test_exercise_goes_from_its_heading_over_its_questions_to_its_solution():
    plain = book(
        ("md", "### Exercise 1. By hand\n\nFind it."),
        ("py", 'ask("newton", "exercise-1")'),
        ("md", "the solution"),
    )
    text, asks, rest = notebooks.as_myst(plain, "newton")["cells"]
    assert text["source"].startswith("::::{exercise} By hand\n:label: ex-newton-1\n")
    inside = r"Find it\.\n\n```\{include\}.*```\n\nthe solution\n::::"
    assert re.search(inside, text["source"], re.DOTALL)
    assert asks["metadata"]["tags"] == ["remove-cell"]
    assert rest["source"] == ""
    assert plain["cells"][1]["metadata"] == {}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ([("py", 'ask("newton", "exercise-1")')], "below a text"),
        ([("md", "a"), ("py", 'ask("newton", "other")')], "wanted one of"),
        ([("md", "a"), ("py", 'ask("minima", "exercise-1")')], "wanted one of"),
        (
            [("md", "### Exercise 1. By hand\n\nFind."), ("py", 'ask("newton", "exercise-1")')],
            "no solution",
        ),
    ],
)
def test_questions_that_cannot_be_put_in_are_refused(cells, words):
    with pytest.raises(ValueError, match=words):
        notebooks.as_myst(book(*cells), "newton")


@pytest.mark.parametrize(
    ("text", "words"), [("## a\n## a\n", "twice"), (":::{number} A: 1\n:::\n## a\n", "above")]
)
def test_file_of_questions_is_read_whole_or_refused(text, words):
    with pytest.raises(ValueError, match=words):
        notebooks.blocks(text)


def test_a_notebook_that_cannot_be_read_is_a_warning_and_no_end(monkeypatch):
    told = []
    monkeypatch.setattr(notebooks.LOGGER, "warning", lambda *words, **at: told.append((words, at)))
    env = SimpleNamespace(doc2path=lambda name: f"{name}.ipynb", note_dependency=lambda path: None)
    source = [json.dumps(book(("md", "a"), ("py", 'ask("newton", "other")')))]
    before = list(source)
    notebooks.translate(SimpleNamespace(env=env), "book/newton", source)
    ((words, at),) = told
    assert "wanted one of" in str(words[1])
    assert at == {"location": "book/newton"}
    assert source == before
