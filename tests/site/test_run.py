"""The code of a page, changed and run in a browser, under the policy that the README proposes."""

import gzip
import json
import re
from base64 import b64encode
from pathlib import Path

import numpy as np
import pytest
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES

from lib.figures import digits
from tests.site.readers import STATE, Reader
from tests.site.visits import UNFOLD, violations

ROOT = Path(__file__).parents[2]
PAGE, EXERCISE = "book/gradient_descent.html", "book/minima.html"
FIGURE = "descent-curve"
CURVE, NUMBERS = "figures.descent_curve(", "for notch, start in walks"
INLINE = re.compile(r"<script(?![^>]*src=)[^>]*>(.*?)</script>", re.S)
WORDS = f"() => document.querySelector('#figure-{FIGURE} .live-words').textContent"
COLOURS = """(texts) => texts.map((text) => pythonColours.coloured(text).map((piece) =>
  [piece.className ?? '', piece.textContent ?? piece]))"""
MORE_CODE = [
    '"""doc"""\nclass A(B):\n    x = r"\\d" + f"{{}}{a!r:>{w}}"\n    @b\n    def __init__(s): ...',
    "x = 'it\\'s %d' if None else 0x1F  # why\nraise ValueError from e",
    "y = f'{a:.2f}' + '''b\n''' + b\"c\" + \"{0}\".format(self)",
    "match point:\n    case (0, _): pass\nprint(*a, sep='",
]
PICTURE = "(k) => run.cells[k].around.querySelector('.run-output img').naturalWidth"
ASKED = "() => performance.getEntriesByType('resource').map(({ name }) => name)"
FORBIDDEN = "Storage.prototype.setItem = Storage.prototype.getItem = () => { throw Error('no'); }"
REFUSAL = """(markup) => {
  try { checkedFigure(markup); } catch (error) { return error.message; }
  return '';
}"""
TOO_MUCH = '<figure class="live" id="figure-x">{}</figure>'
NO_FIGURES = [
    TOO_MUCH.format('</script><img src="x" onerror="document.title = 1">'),
    TOO_MUCH.format("<script>document.title = 1</script>"),
    TOO_MUCH.format('<svg><script href="data:,document.title=1"></script></svg>'),
    TOO_MUCH.format('<svg><a href="javascript:document.title=1"><text>x</text></a></svg>'),
    TOO_MUCH.format(
        '<svg><foreignObject><p onclick="document.title = 1"></p></foreignObject></svg>'
    ),
    TOO_MUCH.format('<svg onload="document.title = 1"></svg>'),
    TOO_MUCH.format('<p style="background: url(https://example.org)"></p>'),
    TOO_MUCH.format('<p style="position: fixed; inset: 0"></p>'),
    TOO_MUCH.format('<input type="password">'),
    TOO_MUCH.format('<iframe srcdoc="x"></iframe>'),
    '<figure class="live"></figure><p></p>',
    "<p></p>",
]


@pytest.fixture(scope="module")
def opened(browser, strict):
    """Open a page: ``opened(page, ...)`` returns its tab, which notes what is complained of."""
    contexts = []

    def open_page(page, script="", **options):
        contexts.append(browser.new_context(**options))
        tab = contexts[-1].new_page()
        tab.complaints = []
        tab.on("console", lambda said: said.type == "error" and tab.complaints.append(said.text))
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        if script:
            tab.add_init_script(script)
        tab.goto(page if "://" in page else f"{strict}/{page}")
        return tab

    yield open_page
    for context in contexts:
        context.close()


def reader_of(tab):
    return Reader(tab.evaluate, tab.keyboard.press)


@pytest.fixture(scope="module")
def tab(opened):
    """The page that most tests look at; its Python is started once."""
    return opened(PAGE, viewport={"width": 1200, "height": 900}, color_scheme="light")


@pytest.fixture
def reader(tab):
    """A reader of that page, who leaves it as it was."""
    reader = reader_of(tab)
    yield reader
    reader.until("() => document.readyState === 'complete' && typeof run === 'object'")
    if tab.evaluate("typeof runPage === 'object'"):
        tab.evaluate("document.querySelector('.run-all').click()")
    blocked = "Executing inline event handler"  # which the policy says of markup that is looked at
    assert [words for words in tab.complaints if not words.startswith(blocked)] == []
    tab.complaints.clear()


# Before anything runs.


def test_little_comes_before_the_first_run(opened, site_folder):
    visited = opened(PAGE)
    visited.wait_for_load_state("networkidle")
    asked = visited.evaluate(ASKED)
    assert not [name for name in asked if "/python/" in name or "/run-" in name]
    assert len(gzip.compress((site_folder / "_static/run.js").read_bytes())) <= 4000


def test_every_cell_of_every_page_can_be_run(page, site_folder, soup):
    cells = soup(page).select("div.cell .highlight-ipython3 pre")
    assert len(soup(page).select("script[src][data-rest]")) == bool(cells)
    assert len(soup(page).select(".run-hint")) == bool(cells)


def test_cells_take_the_colours_of_the_page_when_typed(reader):
    reader.enter(reader.cell("import numpy"))
    lexer = get_lexer_by_name("ipython3")
    books = [json.loads(path.read_text("utf-8")) for path in (ROOT / "book").glob("*.ipynb")]
    cells = [cell for book in books for cell in book["cells"] if cell["cell_type"] == "code"]
    texts = ["".join(cell["source"]) for cell in cells] + MORE_CODE
    for text, found in zip(texts, reader.evaluate(COLOURS, texts), strict=True):
        wanted = [(STANDARD_TYPES[kind], piece) for kind, piece in lexer.get_tokens(text)]
        assert by_letter(found) == by_letter(wanted), text


def by_letter(pieces):
    """Return the class of each letter that is to be seen."""
    return [(cls, letter) for cls, piece in pieces for letter in piece if letter.strip()]


# Running.


def test_a_changed_figure_is_rebuilt_and_moves(reader, tab):
    cell = reader.cell(CURVE)
    reader.change(cell, "steps=30", "steps=3")
    assert "after 1 cell above" in reader.run(cell)
    assert tab.evaluate(WORDS).startswith("After 3 steps")
    reader.move(FIGURE, "learning_rate", 12)
    reader.until("() => location.hash", None, lambda where: where.startswith(f"#{FIGURE}?"))
    assert tab.evaluate("document.activeElement === run.cells[1].pre")
    reader.click(cell, "undo")
    assert "steps=30" in reader.text(cell)
    assert tab.evaluate(WORDS).startswith("After 30 steps")
    reader.move(FIGURE, "x0", 4)


def test_a_changed_panel_in_space_is_rebuilt_moves_and_turns(opened):
    visited = opened("book/perceptron.html", viewport={"width": 1200, "height": 900})
    reader, canvas = reader_of(visited), visited.locator("#figure-tilted-plane canvas")
    cell = reader.cell("figures.tilted_plane(")
    reader.change(cell, "+ w2 * x2", "+ w2 * x1 * x2")
    reader.run(cell)
    seen = [canvas.evaluate("(canvas) => canvas.toDataURL()")]
    for turn in (True, False):
        if turn:
            visited.get_by_label("Turn").first.press("ArrowRight")
        else:
            reader.move("tilted-plane", "w2", 6)
        visited.wait_for_timeout(1500)
        seen.append(canvas.evaluate("(canvas) => canvas.toDataURL()"))
    assert len(set(seen)) == 3
    words = visited.locator("#figure-tilted-plane .live-words").inner_text()
    assert words.startswith("No plane.")
    assert visited.complaints == []


def test_another_expression_gets_its_graph_or_is_told_what_is_wrong(opened):
    visited = opened("book/backpropagation.html")
    reader, name = reader_of(visited), "expression-graph"
    cell = reader.cell("figures.graph(")
    reader.change(cell, "tape.taped_sigmoid(x * w + b)", "(x * w + b) * x")
    reader.run(cell)
    visited.wait_for_selector(f"#figure-{name}[data-ready]", state="attached")
    words = visited.locator(f"#figure-{name} .live-words")
    assert words.inner_text() == "backwards: x · w gives x 2; x · w gives w 1"
    assert "σ" not in visited.locator(f"#figure-{name} svg").first.inner_html()
    reader.move(name, "step", 2)
    says = "(name) => document.querySelector(`#figure-${name} .live-words`).textContent"
    reader.until(says, name, lambda said: said == "forwards: x · w + b = 1")
    reader.change(cell, "(x * w + b) * x", "x + w")
    reader.run(cell)
    assert reader.state(cell) == "failed"
    assert "does not depend on 'b'; use that, or leave it out" in str(reader.shown(cell))


def test_what_is_printed_stands_where_it_stood(reader):
    cell = reader.cell(NUMBERS)
    own = reader.shown(cell)
    assert "2 cells above" in reader.run(cell) or "1 cell above" in reader.said(cell)
    assert reader.shown(cell) == own
    reader.change(cell, "step {walk.steps:2}", "<img src=x> {walk.steps:2}")
    reader.run(cell)
    assert "<img src=x> 30" in reader.shown(cell)[0][1]
    reader.click(cell, "undo")
    assert reader.shown(cell) == own


def test_values_pictures_and_errors_are_shown(reader, tab):
    cell = reader.cell(NUMBERS)
    reader.change(cell, "walks = [", "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nwalks = [")
    reader.run(cell)
    assert tab.evaluate(
        "(k) => run.cells[k].around.querySelector('.run-output img').naturalWidth", cell
    )
    reader.change(cell, "notch / 10", "notch / nil")
    assert "error" in reader.run(cell)
    (kind, words) = reader.shown(cell)[-1]
    assert kind == "run-error"
    assert re.match(r"NameError: name 'nil' is not defined\s*line 5: rate =", words)


def test_an_error_above_leads_to_its_cell(reader, tab):
    first, cell = reader.cell("import numpy"), reader.cell(NUMBERS)
    reader.change(first, "import numpy", "import nonsense")
    reader.run(cell)
    assert "ModuleNotFoundError" in reader.shown(cell)[-1][1]
    tab.evaluate("document.querySelector('.run-error .run-there').click()")
    assert tab.evaluate("(k) => document.activeElement === run.cells[k].pre", first)


def test_an_endless_loop_is_stopped_and_python_begun_anew(reader):
    cell = reader.cell(NUMBERS)
    reader.change(cell, "rate = 0.005", "while True: print('x')\nrate = 0.005")
    reader.begin(cell)
    reader.until("(k) => run.cells[k].around.querySelector('.run-output')?.textContent", cell)
    reader.click(cell, "go")
    reader.until("(k) => run.cells[k].row.dataset.state", cell, lambda state: state == "stopped")
    reader.click(cell, "undo")
    assert "above" in reader.run(cell)
    assert "out of steps" in reader.shown(cell)[0][1]


# Typing.


def test_enter_keeps_the_indentation_and_undo_goes_back(reader):
    cell = reader.cell(NUMBERS)
    text = reader.text(cell)
    reader.change(cell, "(notch / 10)", "(notch / 10)\nif 1:\npass")
    assert "    rate = 0.005 * 10 ** (notch / 10)\n    if 1:\n        pass\n" in reader.text(cell)
    for _ in range(40):
        if reader.text(cell) != text:
            reader.press("Control+z")
    assert reader.text(cell) == text
    reader.press("Control+y")
    assert reader.text(cell) != text


def test_tab_leaves_the_box(reader, tab):
    cell = reader.cell(NUMBERS)
    reader.change(cell, "walks = [", "walks = [")
    reader.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "run-go"


def test_changes_outlast_the_visit_and_can_be_thrown_away(reader, tab):
    cell = reader.cell(NUMBERS)
    text = reader.text(cell)
    reader.change(cell, "notch / 10", "notch / 20")
    tab.reload()
    reader.until("() => typeof runPage === 'object' && document.querySelector('.run-all')")
    assert "notch / 20" in reader.text(cell)
    assert not tab.evaluate(
        "performance.getEntriesByType('resource').some((e) => e.name.includes('/python/'))"
    )
    tab.evaluate("document.querySelector('.run-all').click()")
    assert reader.text(cell) == text
    assert tab.evaluate("localStorage.getItem(run.KEY)") is None


def test_storage_that_is_forbidden_is_no_error(opened):
    forbidden = (
        "Storage.prototype.setItem = Storage.prototype.getItem = () => { throw new Error('no'); }"
    )
    visited = opened(PAGE, script=forbidden)
    visited.complaints.clear()  # the theme's own
    reader = reader_of(visited)
    cell = reader.cell(NUMBERS)
    reader.change(cell, "notch / 10", "notch / 20")
    assert "notch / 20" in reader.text(cell)
    assert visited.complaints == []


# What comes from the worker.


@pytest.mark.parametrize("markup", NO_FIGURES)
def test_markup_that_no_figure_has_is_refused(markup, reader):
    reader.begin(reader.cell("import numpy"))
    script = (
        "(markup) => { try { checkedFigure(markup); } catch (e) { return e.message; } return ''; }"
    )
    assert "figure" in reader.evaluate(script, markup)


def test_messages_that_the_code_forges_do_nothing(reader, tab):
    cell, title = reader.cell(NUMBERS), tab.title()
    forged = '\'{"kind": "figure", "html": "<img src=x onerror=alert(1)>", "numbers": {}}\''
    reader.change(
        cell, "walks = [", f"import js\njs.postMessage(js.JSON.parse({forged}))\nwalks = ["
    )
    assert "That is no figure." in reader.run(cell)
    assert tab.title() == title
    assert tab.evaluate("document.querySelectorAll('img[src=x]').length") == 0


def test_the_network_of_a_run_answers_on_the_pad_until_it_is_undone(opened):
    tab = opened("book/digits.html")
    reader = reader_of(tab)
    reader.until("() => typeof run === 'object' && !!document.querySelector('.pad[data-ready]')")
    cell = reader.cell("figures.digit_pad(")
    reader.enter(cell)
    words = "() => document.querySelector('.pad-words').textContent"
    own = tab.evaluate(words)
    sure_of_3 = np.zeros((64, 2)), np.zeros(2), np.zeros((2, 10)), 9.0 * (np.arange(10) == 3)
    pad = digits.digit_pad(lambda weights, x: np.full((len(x), 10), 0.1), sure_of_3)
    numbers = pad.spec | {"table": b64encode(pad.table).decode()}
    message = {"kind": "pad", "name": "digit-pad", "numbers": numbers}
    tab.evaluate("([k, message]) => cellOutputs.show(run.cells[k], message)", [cell, message])
    reader.until(words, None, lambda said: said.startswith("It sees a 3, with over 99 per cent"))
    tab.evaluate("(k) => cellOutputs.restore(run.cells[k])", cell)
    reader.until(words, None, lambda said: said == own)
    assert tab.complaints == []


# Exercises.


def test_an_exercise_is_judged_and_counts(opened):
    visited = opened(EXERCISE)
    reader = reader_of(visited)
    cell = reader.cell("check_function(my_")
    name = visited.evaluate("document.querySelector('.exercise.notebook').id") + "-code"
    reader.run(cell)
    assert "Not yet. my_" in reader.shown(cell)[-1][1]
    answers = "JSON.parse(localStorage.getItem('downhill') || '{}').answers || {}"
    assert visited.evaluate(answers)[name]["right"] is False
    reader.change(cell, "x, lines): ...", "x, lines): return 2 * np.sum(x - lines)")
    reader.run(cell)
    assert reader.shown(cell)[-1] == ("run-verdict", "Right. 20 of 20 fresh inputs agree.")
    assert visited.evaluate(answers)[name]["right"] is True
    visited.goto(visited.url.replace(EXERCISE, "book/intro.html"))
    chapter = visited.locator(f"[data-questions~='{name}']")
    assert chapter.text_content().startswith("1 of ")  # seen or not: it may not be laid out yet
    assert visited.complaints == []


# Where it cannot run.


def test_a_start_that_fails_says_what_else_can_be_done(opened):
    visited = opened(PAGE)
    visited.context.route("**/python/site.*", lambda route: route.abort())
    reader = reader_of(visited)
    cell = reader.cell("import numpy")
    said = reader.run(cell)
    assert said.startswith("Python did not start: ")
    assert "jupyter lab book/" in said
    assert visited.locator(".run-said a[download]").count() == 1
    visited.context.unroute("**/python/site.*")
    reader.run(cell)
    assert reader.state(cell) == "done"


def test_a_start_of_which_nothing_is_heard_fails(opened):
    visited = opened(PAGE)
    visited.clock.install()
    visited.context.route(
        "**/run-worker.*", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    reader = reader_of(visited)
    cell = reader.cell("import numpy")
    reader.begin(cell)
    reader.until(STATE, cell, lambda state: state == "running")
    visited.clock.fast_forward(46_000)
    reader.until(STATE, cell, lambda state: state == "failed")
    assert "nothing was heard of it for 45 seconds" in reader.said(cell)


@pytest.mark.parametrize("lacking", ["a server", "WebAssembly"])
def test_without_what_it_needs_one_line_says_so(lacking, opened, site_folder):
    page = f"{site_folder.as_uri()}/{PAGE}" if lacking == "a server" else PAGE
    visited = opened(page, script="delete window.WebAssembly" * (lacking == "WebAssembly"))
    visited.wait_for_load_state("networkidle")
    words = "python tools/serve.py" if lacking == "a server" else "WebAssembly"
    assert words in visited.locator(".run-hint").inner_text()
    assert visited.locator(".run-row, [contenteditable]").count() == 0
    after = "(pre) => getComputedStyle(pre.parentElement, '::after').content"
    assert visited.locator("div.cell > .cell_input pre").first.evaluate(after) == "none"


def test_without_scripts_nothing_is_shown(without_scripts):
    tab = without_scripts(PAGE)
    assert not tab.locator(".run-hint").is_visible()
    assert tab.locator(".run-row").count() == 0


# Who can use it.

SAMPLES = """async () => {
  const cell = run.cells[2];
  const say = (kind, rest) => cellOutputs.show(cell, { kind, ...rest });
  cellOutputs.clear(cell);
  await say('stream', { name: 'stdout', text: 'printed\\n' });
  await say('value', { text: '3' });
  await say('verdict', { right: false, text: 'Not yet: f(1) gave 2, wanted 3.' });
  await say('verdict', { right: true, text: 'Right: 20 of 20 fresh inputs agree.' });
  await say('error', { cell: 3, line: 1, text: 'NameError: no', trace: [
    { cell: 3, line: 1, code: 'x' }, { cell: 1, line: 2, code: 'y' }] });
  const bar = Object.assign(document.createElement('progress'), { max: 2, value: 1 });
  bar.setAttribute('aria-label', 'Python');
  cell.row.append(bar);
  cell.row.querySelector('.run-said').textContent = 'Fetching Python: 1.0 of 2.0 MB …';
  cell.pre.scrollIntoView();
}"""
SMALL = """[...document.querySelectorAll('.run-row button, .run-all, .run-there')].filter(
  (each) => each.offsetParent).map((each) => each.getBoundingClientRect()).filter(
  ({ width, height, right }) => width < 24 || height < 24 || right > innerWidth).length"""


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (360, "dark")])
def test_rows_and_results_fit_and_are_readable(width, scheme, opened):
    size = {"width": width, "height": 800}
    visited = opened(PAGE, viewport=size, color_scheme=scheme)
    reader = reader_of(visited)
    reader.change(reader.cell(NUMBERS), "notch / 10", "notch / 20")
    visited.evaluate(SAMPLES)
    assert visited.evaluate(SMALL) == 0
    assert visited.evaluate("document.documentElement.scrollWidth") <= width
    visited.evaluate(UNFOLD)
    assert violations(visited) == []
    visited.emulate_media(media="print")
    assert not visited.locator(".run-row, .run-hint").first.is_visible()
