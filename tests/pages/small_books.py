"""Small books, built with the large one's own extensions: what a page becomes, and what is told."""

import atexit
import json
import os
import subprocess
import sys
from functools import cache
from io import StringIO
from pathlib import Path

import nbformat
import numpy as np
from bs4 import BeautifulSoup
from ipywidgets import FloatSlider
from ipywidgets.embed import embed_data
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from lib import plots
from lib.live import drawing_pad, live_figure

EXTENSIONS = Path(__file__).parents[2] / "book" / "_ext"
STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
FIRST = """
root_doc = "first"
nb_execution_mode = "off"
nb_ipywidgets_js = {}
"""
CODE = "figures.walk(  # the one cell"
MARKDOWN = {
    "myst_enable_extensions": ["colon_fence", "dollarmath"],
    "html_math_renderer": "katex",
}
new = nbformat.v4


def figure(name, **options):
    return live_figure(
        lambda x: x,
        lambda ax, result: plots.segment(ax, (0, 0), (result, 1)),
        {"x": FloatSlider(0.25, min=0, max=1, step=0.25)},
        name=name,
        alt="A line.",
        **options,
    )


def pad(name):
    """Return a drawing pad whose network says nothing of anything."""
    layers = [(np.zeros((64, 3)), np.zeros(3)), (np.zeros((3, 10)), np.zeros(10))]
    drawing = [[(1.0, 1.0), (5.0, 7.0)]]
    return drawing_pad(layers, drawing, np.zeros(64), np.full(10, 0.1), name=name)


def write_page(folder, page, made, tags=(), words=""):
    """Write a notebook as it is saved after its cells have run, one figure a cell."""
    data = embed_data(views=made)
    cells = [new.new_markdown_cell(f"# The page {page}\n\n{words}")]
    for view in data["view_specs"]:
        shown = new.new_output("execute_result", {VIEW: view, "text/plain": "LiveFigure"})
        told = new.new_output("stream", text="told below the figure\n")
        cell = new.new_code_cell(CODE, outputs=[told, shown], metadata={"tags": list(tags)})
        cells.append(cell)
    notebook = new.new_notebook(cells=cells)
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "python"}
    notebook.metadata["widgets"] = {STATE: data["manager_state"]}
    nbformat.write(notebook, folder / f"{page}.ipynb")


@cache
def builder():
    """Start what builds books, on first use; it ends when this process closes its pipe."""
    path = os.pathsep.join(map(str, (EXTENSIONS, EXTENSIONS.parents[1])))
    started = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("build_books.py")],
        env=os.environ | {"PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    atexit.register(started.communicate)
    return started


def run_sphinx(folder, *options, settings=FIRST, extensions=("myst_nb", "pages.figures")):
    """Build a folder in a process of its own, into ``built`` beside it."""
    text = f"extensions = {list(extensions)}\n{settings}"
    (folder / "conf.py").write_text(text, encoding="utf-8")
    asked = [*options, str(folder), str(folder.parent / "built")]
    files = [folder.parent / name for name in ("said.txt", "warned.txt")]
    pipe = builder()
    pipe.stdin.write(json.dumps([asked, *map(str, files)]) + "\n")
    pipe.stdin.flush()
    code = int(pipe.stdout.readline())
    return subprocess.CompletedProcess(asked, code, *(file.read_text("utf-8") for file in files))


def told(done):
    """Return the warnings and errors of a build, without those on pages that no list names."""
    lines = [line for line in done.stderr.splitlines() if "WARNING" in line or "rror" in line]
    return [line for line in lines if "toctree" not in line]


def soup_of(folder, page="first"):
    text = (folder.parent / "built" / f"{page}.html").read_text("utf-8")
    return BeautifulSoup(text, "html.parser")


def build_markdown(folder, extensions, **settings):
    """Build a folder of Markdown within this process; return what Sphinx has warned of."""
    warnings, out = StringIO(), folder / "out"
    known = {"extensions": ["myst_parser", *extensions], "exclude_patterns": ["out"]}
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            folder, None, out, out / "trees", "html", known | MARKDOWN | settings,
            status=None, warning=warnings,
        )  # fmt: skip
        app.build()
    return warnings.getvalue()
