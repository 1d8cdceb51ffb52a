"""How long each live figure takes to make in the page, beside this Python.

    python -m benchmarks.page_figures [notebook ...]

Both run the cells of the notebooks in turn; what is compared is the time of computing, so that a
busy machine slows both, and of the thread that a reader waits for: beside it V8 compiles anew, on
another processor, what of Python is used often, which is most while the first figure is made. It
needs the files that `make html` packs.
"""

import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))

from tests.pages.cell_runners import PYTHON_HERE, PYTHON_OF_THE_PAGE, cells_of, notebooks, runner


def main(chosen):
    """Print a line for each figure, then the median and the worst of the ratios."""
    with runner(PYTHON_HERE) as here, runner(PYTHON_OF_THE_PAGE) as page:
        found = [each for name in chosen or notebooks() for each in times(name, here, page)]
    for name, native, seconds in found:
        print(f"{name:34}{native:7.2f} s{seconds:7.2f} s{seconds / native:6.2f}x")
    ratios = [seconds / native for _, native, seconds in found]
    print(f"{len(ratios)} figures: median {statistics.median(ratios):.2f}x, ", end="")
    print(f"worst {max(ratios):.2f}x; longest {max(seconds for *_, seconds in found):.2f} s")


def times(notebook, here, page):
    """Return for each figure of a notebook its name and both times of computing."""
    texts, found = [], []
    for run in (here, page):
        run()
    for text, _, _ in cells_of(notebook):
        texts.append(text)
        messages = here(*texts)
        page(*texts)
        names = [each["name"] for each in messages if each["kind"] == "figure"]
        found += [(name, here.seconds, page.seconds) for name in names]
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
