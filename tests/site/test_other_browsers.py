"""What a reader does with the code of a page and with its questions, in Firefox and in WebKit."""

from tests.conftest import built_pages
from tests.pages import page_scripts
from tests.pages.test_judging import ROWS, task
from tests.site.readers import SETTLED, STATE, Reader

PAGE, FIGURE = "book/gradient_descent.html", "descent-curve"
CURVE, NUMBERS = "figures.descent_curve(", "for notch, start in walks"
# With all that folds and all sections laid out.
TOO_WIDE = """() => {
  document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  document.querySelectorAll("section").forEach((part) => {
    part.style.contentVisibility = "visible";
  });
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}"""


def test_cell_is_changed_run_stopped_and_run_again_and_its_figure_moves(driven, site):
    driven.go(f"{site}/{PAGE}")
    reader = Reader(driven.evaluate, driven.press)
    reader.until("() => typeof run === 'object'")
    numbers, curve = reader.cell(NUMBERS), reader.cell(CURVE)

    reader.change(numbers, "/ 10", "/ 20")
    said = reader.run(numbers)
    assert reader.state(numbers) == "done", said
    assert "rate = 0.005 * 10 ** (notch / 20)" in reader.text(numbers)

    reader.change(numbers, "walks =", "while 1: 1\nwalks =")
    reader.begin(numbers)
    reader.until(STATE, numbers, lambda state: state == "running")
    reader.click(numbers, "go")
    reader.until(STATE, numbers, lambda state: state in SETTLED)
    assert reader.state(numbers) == "stopped"
    reader.click(numbers, "undo")
    assert "while" not in reader.text(numbers)

    reader.change(curve, "steps=30", "steps=3")
    said = reader.run(curve)
    assert reader.state(curve) == "done", said
    reader.move(FIGURE, "learning_rate", 12)  # and waits until its picture has changed


def test_answers_get_the_verdicts_of_the_table(driven, site):
    driven.go(f"{site}/404.html")
    script = f"(cases) => {{ {page_scripts.source()}\nreturn tell(cases); }}"
    told = page_scripts.worded(driven.evaluate(script, [task(row) for row in ROWS]))
    found = [(state, row["told"] in words) for row, (state, words) in zip(ROWS, told, strict=True)]
    assert found == [(row["state"], True) for row in ROWS]


def test_no_page_is_wider_than_a_narrow_window(driven, site):
    driven.resize(360, 740)
    found = {}
    for page in built_pages():
        driven.go(f"{site}/{page}")
        found[page] = driven.evaluate(TOO_WIDE)
    assert {page: pixels for page, pixels in found.items() if pixels > 0} == {}
