"""What an author writes becomes a page, and what is wrong with it is told at file and line."""

import re

import pytest

from pages.directives import CarefulDirective
from pages.exercises import predictions, slips
from pages.formulas import page
from tests.pages.small_books import FIRST, build_markdown, figure, run_sphinx, told, write_page

pytestmark = pytest.mark.filterwarnings("ignore")  # Sphinx's own, on what it will drop

GOOD = """
::::{exercise} A cube, $x^3$
:label: ex-cube

:::{number} Its slope at 2: 12
- 8: That is its height.
:::

<details class="hint"><summary>Hint</summary>

Expand.

</details>
<details class="solution"><summary>Solution</summary>

It is $12$.

</details>
::::

See [this](#ex-cube) and {ref}`ex-cube`.
"""


@pytest.fixture
def build(tmp_path):
    """Build one page with the book's own extensions; return its HTML and the warnings."""

    def built(text):
        (tmp_path / "index.md").write_text("# Page\n" + text, encoding="utf-8")
        warnings = build_markdown(tmp_path, ["pages.exercises", "pages.theme.katex"])
        return (tmp_path / "out" / "index.html").read_text(encoding="utf-8"), warnings

    return built


@pytest.mark.parametrize(
    "text",
    [
        "derivative} of Max(x, 0)",
        "derivative} of 1/0",
        "derivative} of sign(x)",
        "derivative} of gamma(x) by x",
        "derivative} of 1,000 x",
        "derivative} of x^2 by xy",
        "number} It is: 5 ± -1",
        "number} It is: 1/0",
        "number} It is: Max",
        "number} It is: 5\n- 6: Too much.\n- 6.0: Too much.",
        "number} It is: 5 ± 0.1\n- 5.05: Too much.",
    ],
)
def test_answer_that_cannot_be_right_is_a_warning_with_its_place(build, text):
    _, warnings = build(f"\n:::{{{text}\n:::\n")
    kind = text.partition("}")[0]
    assert re.search(rf"index\.md:3: WARNING: {kind}: ", warnings)
    assert warnings.count("WARNING") == 1


def test_exercises_are_numbered_by_page(build):
    second = GOOD.split("See [this]")[0].replace("ex-cube", "ex-two")
    html, warnings = build(GOOD + second.replace(":label: ex-two", ":label: ex-two\n:notebook:"))
    assert warnings == ""
    assert re.findall(r'class="exercise-number">([^<]*)<', html) == [
        "Exercise 1. ",
        "Exercise 2, in the notebook. ",
    ]


def test_exercise_is_a_box_that_can_be_referred_to(build):
    html, warnings = build(GOOD)
    assert warnings == ""
    assert 'id="ex-cube"' in html
    assert html.count('href="#ex-cube"') == 2
    assert html.count('class="katex"') >= 2


def test_a_formula_carries_mathml_and_not_its_source(build):
    html, _ = build(GOOD)
    assert "<mi>x</mi>" in html
    assert "annotation" not in html
    assert "semantics" not in html


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        (":label: ex-cube\n", "label"),
        (":::{number} Its slope at 2: 12\n- 8: That is its height.\n:::\n", "question"),
        ('<details class="hint"><summary>Hint</summary>\n\nExpand.\n\n</details>\n', "hint"),
        ('class="solution"', "solution"),
        ("</details>\n::::", "</details>"),
    ],
)
def test_exercise_says_what_it_lacks(build, gone, told):
    broken = GOOD.split("See [this]")[0].replace(gone, "::::" if gone.endswith("::::") else "")
    _, warnings = build(broken)
    assert re.search(f"exercise .A cube.* lacks: .*{re.escape(told)}", warnings)


def test_formula_that_cannot_be_read_is_a_warning_with_its_place(build):
    html, warnings = build("\n$$\n\\frac{1}{\n$$ (eq-broken)\n")
    assert "KaTeX" in warnings
    assert "\\frac{1}{" in warnings
    assert "index.md" in warnings
    html, warnings = build("\n$$\nx^2\n$$ (eq-fine)\n\nSee {eq}`eq-fine`.\n")
    assert warnings == ""
    assert 'class="eqno"' in html


# What fails is told with its place, and the build goes on.

LATER = """
:::{number} Two and two: 4
:::
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (":::{derivative} of __import__('os').getcwd() by x\n:::", "derivative: got"),
        (":::{derivative} of x^2 by ().__class__\n:::", "derivative: got"),
        (":::{number} How many: open('x')\n:::", "number: got"),
        (":::{number} How many\n:::", "number: got 'How many', wanted"),
        (":::{choice} Which\n- [x] this\n:::", "choice: got"),
        (":::{predict} Where: 3\n:::", "predict: it has no figure; wanted"),
    ],
)
def test_question_that_cannot_be_read_is_told_with_its_line(build, text, told):
    html, warnings = build(f"\n\nWords.\n\n{text}\n{LATER}")
    assert re.search(rf"index\.md:6: WARNING: {re.escape(told)}", warnings)
    assert warnings.count("WARNING") == 1
    assert "Two and two" in html


def test_directive_that_fails_is_told_with_its_line_and_the_next_one_is_read(build, monkeypatch):
    monkeypatch.setattr(slips, "question", lambda *given: 1 / 0)
    html, warnings = build(f"\n:::{{derivative}} of x^2\n:::\n{LATER}")
    assert re.search(
        r"index\.md:3: WARNING: derivative: left out, .* ZeroDivisionError \(division by zero\) in "
        r"test_directives\.py, line \d+: mend the text, or what reads it",
        warnings,
    )
    assert warnings.count("WARNING") == 1
    assert "Two and two" in html


def test_exercise_that_fails_leaves_the_next_questions_their_names(build, monkeypatch):
    monkeypatch.setattr(CarefulDirective, "parse_inline", lambda *given: None, raising=False)
    _, warnings = build(GOOD)
    assert "exercise: left out" in warnings
    monkeypatch.undo()
    html, warnings = build(LATER)
    assert 'id="ask-index-1"' in html


FORMULA = "# Page\n\n$$\nx + x = 2 x\n$$ (eq-{})\n"
RIGHT = """from pages.formulas import between, checked
FORMULAS = {"eq-%s": checked(x=between(0, 1))}
"""


@pytest.fixture
def checked_book(tmp_path, monkeypatch):
    """Build a book of two pages, of which the first has a registry of the given text."""
    folder = tmp_path / "book"
    (folder / "symbols").mkdir(parents=True)
    monkeypatch.setattr(page, "BOOK", folder)

    def built(text):
        page.registry.cache_clear()
        (tmp_path / "index.md").write_text("# Book\n\n```{toctree}\nbook/one\nbook/two\n```\n")
        for name in ("one", "two"):
            (folder / f"{name}.md").write_text(FORMULA.format(name), encoding="utf-8")
            (folder / "symbols" / f"{name}.py").write_text(text if name == "one" else RIGHT % name)
        warnings = build_markdown(tmp_path, ["pages.formulas", "pages.theme.katex"])
        return [
            (tmp_path / "out/book" / f"{each}.html").read_text("utf-8") for each in ("one", "two")
        ], warnings

    yield built
    page.registry.cache_clear()


def test_formula_that_holds_is_ticked_in_silence(checked_book):
    pages, warnings = checked_book(RIGHT % "one")
    assert warnings == ""
    assert all('class="tick"' in html for html in pages)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("import os\n1 / 0\n", 2, "ZeroDivisionError"),
        ("\n\nFORMULAS = {\n", 3, "SyntaxError"),
        ("import nothing_of_that_name\n", 1, "nothing_of_that_name"),
        ("x = 1\n", 1, "FORMULAS"),
        ("def rule():\n    return unknown\n\n\nFORMULAS = {'eq-one': rule()}\n", 2, "NameError"),
    ],
)
def test_registry_that_fails_is_told_with_its_line_and_the_next_page_is_checked(
    checked_book, text, line, told
):
    (one, two), warnings = checked_book(text)
    assert re.search(rf"symbols/one\.py:{line}: WARNING: no formula of one .*{told}", warnings)
    assert warnings.count("WARNING") == 1
    assert 'class="tick"' not in one
    assert 'class="tick"' in two


@pytest.mark.parametrize(
    "entry", ["checked(x=lambda: 1 / 0)", "checked(x=between(0, 1), where=lambda y: 1)", "7"]
)
def test_formula_whose_check_fails_is_told_with_its_line(checked_book, entry):
    text = f"from pages.formulas import between, checked\nFORMULAS = {{'eq-one': {entry}}}\n"
    (_, two), warnings = checked_book(text)
    assert re.search(r"one\.md:\d+: WARNING: the formula eq-one is not checked", warnings)
    assert warnings.count("WARNING") == 1
    assert 'class="tick"' in two


# Predictions.

PREDICTIONS = [
    ("walk?x=0.5", "y", ""),
    ("walk", "slope through 0, 1", ""),
    ("wlak?x=0.5", "y", "the page has no live figure 'wlak', wanted one of ['walk']"),
    ("walk?rate=1", "y", "the figure 'walk' has no slider 'rate': wanted ['x']"),
    ("walk?x=0.6", "y", "the figure 'walk' cannot stand at x=0.6: the nearest is 0.5"),
    ("walk?x=far", "y", "the figure 'walk' cannot stand at x=far: wanted a number"),
    ("walk?x=0.5", "y on 2", "the figure 'walk' has no second panel: wanted no `on 2`"),
]


def test_prediction_leads_to_a_run_of_a_figure_of_its_page(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    asked = [
        f":::{{predict}} Where it ends: 3\n:figure: {figure}\n:line: {line}\n:::"
        for figure, line, _ in PREDICTIONS
    ]
    write_page(folder, "first", [figure("walk")], words="\n\n".join(asked))
    warnings = told(
        run_sphinx(
            folder,
            "-q",
            settings=FIRST + 'myst_enable_extensions = ["colon_fence"]\n',
            extensions=("myst_nb", "pages.figures", "pages.exercises"),
        )
    )
    faults = [fault for _, _, fault in PREDICTIONS if fault]
    for warning, fault in zip(warnings, faults, strict=True):
        assert re.search(rf"first\.ipynb:\d+: WARNING: predict: {re.escape(fault)}", warning)
    assert len({re.search(r":(\d+):", each)[1] for each in warnings}) == len(faults)


def test_prediction_is_not_drawn_into_space():
    specs = {"walk": {"sliders": [], "axes": [{"x": [], "y": []}, None]}}
    asked = {"figure": "walk", "line": {"panel": 1}}
    (fault,) = predictions.faults(asked, specs)
    assert fault == "the figure 'walk' has that panel in space: wanted a line on a flat one"


def test_choice_that_a_prediction_asks_for_is_one_of_the_options():
    slider = {"name": "start", "values": None, "texts": ["left", "right"]}
    assert predictions.wrong_place(slider, "left") == ""
    assert "wanted one of ['left', 'right']" in predictions.wrong_place(slider, "middle")
