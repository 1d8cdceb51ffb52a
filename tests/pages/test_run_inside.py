"""What the Python in the page does with the cells of a page, run by the Python of the tests."""

import base64

import pytest

from tests.pages.cell_runners import PYTHON_HERE, printed, runner


@pytest.fixture(scope="module")
def started():
    with runner(PYTHON_HERE) as run:
        yield run


@pytest.fixture
def run(started):
    """A function of the texts of a new page's cells: the messages of running the last one."""
    started()
    return started


def kinds(messages):
    return [each["kind"] for each in messages]


def only(messages, kind):
    """Return the one message of a kind."""
    found = [each for each in messages if each["kind"] == kind]
    assert len(found) == 1, str(messages)
    return found[0]


LIVE = """
from ipywidgets import FloatSlider
from lib.figures import intro as figures
from lib.live import live_figure
def draw(ax, result): ax.plot([0, 1], [0, result])
def make(name, value=1.0):
    made.append(name)
    slider = FloatSlider(value, min=0.0, max=2.0, step=0.5)
    return live_figure(lambda a: a, draw, {"a": slider}, name=name, alt="A line.")
made = []
"""


def test_a_cell_prints_and_shows_its_last_value(run):
    messages = run("a = 2\nprint('two')\na + 1")
    assert kinds(messages) == ["stream", "value", "end"]
    assert messages[0] == {"kind": "stream", "name": "stdout", "text": "two\n"}
    assert messages[1]["text"] == "3"
    assert messages[2] | {"seconds": 0} == {
        "kind": "end",
        "cell": 1,
        "ok": True,
        "seconds": 0,
        "above": 0,
    }


@pytest.mark.parametrize("text", ["a = 2", "None", "", "# only words", "3;", "print()\n3 ;"])
def test_a_cell_without_a_value_shows_none(run, text):
    assert "value" not in kinds(run(text))


def test_print_and_display_keep_their_order(run):
    text = "from IPython.display import display\nprint('a')\ndisplay(1, 'x')\nprint('b')\n2"
    told = [each.get("text") for each in run(text)]
    assert told == ["a\n", "1", "'x'", "b\n", "2", None]


def test_help_is_printed(run):
    assert "Return the number of items" in printed(run("help(len)"))


def test_warnings_go_to_stderr_at_every_run(run):
    for _ in range(2):
        messages = run("import warnings\nwarnings.warn('careful')")
        assert "<cell 1>:2: UserWarning: careful" in printed(messages, "stderr")


def test_cells_above_run_silently_and_once(run):
    first, second = "print('one'); n = [1]\n5", "n.append(2)"
    messages = run(first, second, "n")
    assert kinds(messages) == ["above", "above", "value", "end"]
    assert [(each["cell"], each["done"], each["of"]) for each in messages[:2]] == [
        (1, 0, 2),
        (2, 1, 2),
    ]
    assert messages[2]["text"] == "[1, 2]"
    assert kinds(run(first, second, "n")) == ["value", "end"]


def test_replay_begins_at_the_first_cell_that_is_another(run):
    run("a = 1", "b = a", "c = b", "c")
    messages = run("a = 1", "b = a + 1", "c = b", "c")
    assert [each["cell"] for each in messages if each["kind"] == "above"] == [2, 3]
    assert only(messages, "value")["text"] == "2"
    assert only(messages, "end")["above"] == 2


def test_running_a_cell_again_makes_those_below_run_again(run):
    run("a = 1", "a += 1", "a")
    run("a = 1", "a += 1")
    assert only(run("a = 1", "a += 1", "a"), "value")["text"] == "3"
    run("a = 7")
    assert only(run("a = 7", "a += 1", "a"), "value")["text"] == "8"


def test_an_error_above_is_told_with_its_cell_and_ends_the_run(run):
    messages = run("a = 1", "a / 0", "print('never')")
    error = only(messages, "error")
    assert (error["cell"], error["line"]) == (2, 1)
    assert not only(messages, "end")["ok"]
    assert "never" not in printed(messages)
    again = run("a = 1", "a / 0", "print('never')")
    assert [each["cell"] for each in again if each["kind"] == "above"] == [2]


def test_an_error_has_the_lines_of_the_cells_the_place_first(run):
    function = "def half(x):\n    y = 2\n    return x / (y - 2)"
    error = only(run(function, "\nhalf(3)"), "error")
    assert error["text"] == "ZeroDivisionError: division by zero"
    assert error["name"] == "ZeroDivisionError"
    assert (error["cell"], error["line"]) == (2, 2)
    assert error["trace"] == [
        {"cell": 1, "line": 3, "code": "return x / (y - 2)"},
        {"cell": 2, "line": 2, "code": "half(3)"},
    ]


def test_an_error_of_lib_shows_no_frame_of_lib(run):
    error = only(run("from lib.path import follow\nfollow(iter([]), 3, steps=-1)"), "error")
    assert error["name"] in ("TypeError", "ValueError")
    assert [(place["cell"], place["line"]) for place in error["trace"]] == [(1, 2)]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 1\nb = (", 2, "SyntaxError: '(' was never closed"),
        ("if True:\nprint(1)", 2, "IndentationError: expected an indented block"),
        ("eval('1 +')", 1, "SyntaxError: invalid syntax"),
        ("raise SystemExit(3)", 1, "SystemExit: 3"),
        ("input('?')", 1, "RuntimeError: nothing can be typed in here"),
        ("class E(Exception):\n  def __str__(self): return 1\nraise E", 3, "E: <exception str()"),
        ("class V:\n  def __repr__(self): return 1 / 0\nV()", None, "ZeroDivisionError"),
        ("def f(): f()\nf()", 2, "RecursionError: maximum recursion depth exceeded"),
        ("a\x00b", None, "source code string cannot contain null bytes"),
    ],
)
def test_errors_of_every_kind_are_told(run, text, line, words):
    messages = run(text)
    error = only(messages, "error")
    assert words in error["text"]
    assert line is None or error["line"] == line
    assert len(error["trace"]) <= 20
    assert kinds(messages)[-1] == "end"


def test_after_an_error_the_page_goes_on(run):
    run("a = 1", "1 / 0")
    assert only(run("a = 1", "a"), "value")["text"] == "1"


def test_endless_printing_comes_in_few_pieces_and_is_cut_off(run):
    messages = run("for k in range(100_000): print('0123456789')")
    assert len(messages) < 40
    text = printed(messages)
    assert text.endswith("[Only the first 200000 characters are shown.]\n")
    assert len(text) < 200_100


def test_a_huge_value_is_cut_off(run):
    assert len(only(run("'x' * 10_000_000"), "value")["text"]) < 200_100


def test_pictures_of_pyplot_are_shown_once(run):
    text = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\n"
    for end in ("", "plt.show()", "fig", "plt.show();"):
        messages = run(text + end)
        picture = only(messages, "picture")
        png = base64.b64decode(picture["png"])
        assert png.startswith(b"\x89PNG")
        assert 300 < picture["width"] < 700
        assert printed(messages, "stderr") == ""


def test_pictures_of_cells_above_are_not_shown(run):
    messages = run("import matplotlib.pyplot as plt\nplt.plot([1, 2])", "1")
    assert "picture" not in kinds(messages)
    assert only(run("import matplotlib.pyplot as plt\nplt.plot([1, 2])", "plt.gcf()"), "picture")


def test_a_live_figure_comes_as_the_page_takes_it(run):
    figure = only(run(LIVE + "make('one-line')"), "figure")
    assert figure["name"] == "one-line"
    assert 'id="figure-one-line"' in figure["html"]
    assert figure["numbers"]["sliders"][0]["texts"] == ["0.00", "0.50", "1.00", "1.50", "2.00"]
    assert base64.b64decode(figure["numbers"]["table"])


def test_words_of_a_reader_stay_words(run):
    evil = "</script><img src=x onerror=alert(1)>"
    text = LIVE.replace("ax.plot([0, 1], [0, result])", f"ax.text(0.5, 0.5, {evil!r})")
    html = only(run(text + "make('evil')"), "figure")["html"]
    assert "&lt;img src=x" in html
    assert "<img" not in html


PAD = """
import numpy as np
from lib.figures import digits as figures
def answer(weights, x): return np.full((len(x), 10), 0.1)
figures.digit_pad(answer, (np.eye(64, 12), np.ones(12), np.eye(12, 10), np.ones(10)))"""


def test_a_drawing_pad_brings_its_network(run):
    pad = only(run(PAD), "pad")
    assert pad["name"] == "digit-pad"
    assert pad["numbers"]["sizes"] == [64, 12, 10]
    assert len(base64.b64decode(pad["numbers"]["table"])) == 65 * 12 + 13 * 10


def test_the_live_figure_that_ends_a_cell_above_is_not_made(run):
    page = [LIVE, "from lib import live\nlive.live_figure(1 / 0)", "made"]
    assert only(run(*page), "value")["text"] == "[]"
    # What is used later is made: it does not end its cell.
    assert only(run(LIVE, "f = make('used')", "made"), "value")["text"] == "['used']"


def test_a_figure_that_takes_long_says_how_far_it_is(run):
    slow = LIVE.replace("lambda a: a,", "lambda a: time.sleep(0.4) or a,") + "import time\n"
    messages = run(slow, "make('slow')")
    works = [each for each in messages if each["kind"] == "work"]
    assert all(0 < each["done"] < each["of"] == 10 for each in works)
    assert 2 <= len(works) <= 9
    assert "work" not in kinds(run(slow, "make('slow')", "f = make('silent')", "1"))


def test_a_figure_that_is_soon_made_says_nothing_of_it(run):
    assert "work" not in kinds(run(LIVE, "make('fast')"))


def test_an_answer_is_a_verdict(run):
    text = (
        "import numpy as np\nfrom lib.exercises import check_function\n"
        "check_function(lambda x: {}, lambda x: x + 1, lambda rng: (rng.normal(),), "
        "np.random.default_rng(1))"
    )
    wrong = only(run(text.format("x")), "verdict")
    assert not wrong["right"]
    assert wrong["text"].startswith("Not yet:")
    right = only(run(text.format("1 + x")), "verdict")
    assert right["right"]
    assert right["text"].startswith("Right:")


def test_classes_and_annotations_find_their_module(run):
    text = (
        "from dataclasses import dataclass\nfrom typing import get_type_hints\n"
        "@dataclass\nclass A:\n    x: 'int'\nimport pickle\n"
        "get_type_hints(A), pickle.loads(pickle.dumps(A(3)))"
    )
    assert only(run(text), "value")["text"] == "({'x': <class 'int'>}, A(x=3))"
