"""What a reader does with the code of a page, told in a browser's own scripts.

It asks a browser for two things alone, so that any can be driven: ``evaluate(script, *values)``
runs a function of JavaScript in the page, and ``press(keys)`` presses keys, such as "a" or
"Shift+Enter". Whatever takes time is asked for again and again: a strict policy of the page's
content forbids what waits inside it.
"""

import time

PATIENCE = 120  # seconds, for a machine that is busy with other tests
SETTLED = ("done", "failed", "stopped")
CELL = """(words) => {
  const cell = run.cells.find(({ pre }) => pre.textContent.includes(words));
  return cell ? cell.k : -1;
}"""
# Go to a cell as a link does, and select the words in it that are to be replaced.
SELECT = """([k, words]) => {
  const { pre } = run.cells[k];
  for (let fold = pre; (fold = fold.parentElement.closest('details'));) fold.open = true;
  pre.scrollIntoView({ block: 'center', behavior: 'instant' });
  if (typeof pre.contentEditable !== 'string' || !pre.isContentEditable) return false;
  pre.focus();
  if (!document.hasFocus()) pre.dispatchEvent(new FocusEvent('focus'));  // as in a window behind
  if (typeof runPage === 'undefined') return false;
  const at = pre.textContent.indexOf(words);
  if (at < 0) throw new Error('not in the cell: ' + words);
  codeEditing.select(pre, [at, at + words.length]);
  return true;
}"""
STATE = "(k) => (run.cells[k].row || { dataset: {} }).dataset.state || ''"
SAID = "(k) => run.cells[k].row.querySelector('.run-said').textContent"
TEXT = "(k) => run.cells[k].pre.textContent.replace(/\\n$/, '')"
# The outputs of a cell that are to be seen: kinds by class, and their words.
SHOWN = """(k) => [...run.cells[k].around.querySelectorAll('.cell_output:not([hidden]) > *')].map(
  (box) => [box.className.split(' ').slice(0, 2).join(' '), box.textContent.trim()])"""
BUTTON = "([k, name]) => run.cells[k].row.querySelector(`.run-${name}`).click()"
PATHS = """(name) => [...document.querySelectorAll(`#figure-${name} path.moves`)].map(
  (path) => path.getAttribute('d')).join()"""
MOVE = """([name, slider, value]) => {
  const input = document.querySelector(`#figure-${name} [data-slider=${slider}]`);
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}"""


class Reader:
    """A reader of one page, who changes cells and runs them."""

    def __init__(self, evaluate, press):
        self.evaluate, self.press = evaluate, press

    def until(self, script, value=None, wanted=bool):
        """Ask the page until it answers what is wanted, and return that."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = self.evaluate(script, value)
            if wanted(answer):
                return answer
            time.sleep(0.05)
        raise AssertionError(f"after {PATIENCE} s: {answer!r}")

    def cell(self, words):
        """Return the number, from 0, of the first cell with some words in it."""
        found = self.evaluate(CELL, words)
        assert found >= 0, words
        return found

    def change(self, cell, words, others=""):
        """Type others in the place of some words of a cell; a line break is the key Enter."""
        self.until(SELECT, [cell, words])
        for number, line in enumerate(others.split("\n")):
            if number:
                self.press("Enter")
            for letter in line:
                self.press(letter)
        if not others:
            self.press("Delete")

    def enter(self, cell):
        """Go into a cell, with the caret before its first letter."""
        self.until(SELECT, [cell, ""])

    def begin(self, cell):
        """Press Shift and Enter in a cell."""
        self.enter(cell)
        self.press("Shift+Enter")

    def run(self, cell):
        """Run a cell to its end and return what it says of itself."""
        self.begin(cell)
        self.until(STATE, cell, lambda state: state in SETTLED)
        return self.said(cell)

    def click(self, cell, name):
        """Press a button of a cell: "go" runs or stops, "undo" undoes."""
        self.evaluate(BUTTON, [cell, name])

    def state(self, cell):
        return self.evaluate(STATE, cell)

    def said(self, cell):
        return self.evaluate(SAID, cell)

    def text(self, cell):
        return self.evaluate(TEXT, cell)

    def shown(self, cell):
        """Return what stands below a cell, as pairs of a kind and its words."""
        return [tuple(each) for each in self.evaluate(SHOWN, cell)]

    def move(self, figure, slider, value):
        """Move a slider of a figure, and wait until its paths are others."""
        before = self.evaluate(PATHS, figure)
        self.evaluate(MOVE, [figure, slider, value])
        self.until(PATHS, figure, lambda paths: paths != before)
