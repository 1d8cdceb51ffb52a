"""The notebooks that a reader downloads, and the package that they need, among the pages.

A downloaded notebook finds the package by its first cell: it installs the wheel that is published
with the pages, so that no repository is needed. Beside each figure it has its picture, as an SVG,
which is shown where nothing is run. The notebooks of the repository have neither: there the package
is at hand, and a picture in each would make a diff of every change unreadable.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from bs4 import BeautifulSoup

from lib.live.looks import LETTERS, MUTED_TEXT
from lib.plots import PALETTE, STEPS
from pages.figures.page import live_figure
from pages.places import ROOT

#: What the wheel is made from.
PARTS = ("lib", "pyproject.toml", "LICENSE")
#: Where the address of the pages is known to nobody while they are built, as on this machine, it
#: stays empty, and tools/serve.py fills it in.
SET_UP = """\
# The book's own package, from the pages that this notebook came from.
# (`lib` and `downhill` on PyPI are other people's.)
import sys

book = "{address}"
assert book, "Write the address of the book between the quotes, with its last /."
%pip install --quiet {{book}}_static/{wheel}

if "google.colab" in sys.modules:
    from google.colab import output

    output.enable_custom_widget_manager()"""
#: What the style sheets give their names to, on light paper.
VALUES = PALETTE | STEPS | {"muted-text": MUTED_TEXT, "text": f"{LETTERS}px"}
GAP = 24  # pixels between two panels


def build_wheel(target):
    """Write the wheel of the package into a folder and return its name."""
    with TemporaryDirectory() as folder:
        for part in PARTS:
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
            copy(ROOT / part, Path(folder, part))
        code = "import sys, setuptools.build_meta as made; print(made.build_wheel(sys.argv[1]))"
        times = {"SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "315532800")}
        command = [sys.executable, "-c", code, str(Path(target).resolve())]
        done = subprocess.run(
            command, cwd=folder, env=os.environ | times, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise RuntimeError(f"the wheel was not built: {done.stderr[-2000:]}")
    return done.stdout.split()[-1]


def picture(markup):
    """Return the panels of a figure, side by side, as an SVG that needs nothing else."""
    panels = BeautifulSoup(markup, "html.parser").select(".live-panel > svg")
    parts, left, high = [], 0, 0
    for panel in panels:
        width, height = map(float, panel["viewbox"].split()[2:])
        inside = "".join(str(each) for each in panel.find_all(recursive=False))
        inside = inside.replace(' class="moves"', "")
        parts.append(f'<g transform="translate({left:g} 0)">{inside}</g>')
        left, high = left + width + GAP, max(high, height)
    size = f'width="{left - GAP:g}" height="{high:g}" viewBox="0 0 {left - GAP:g} {high:g}"'
    text = f"<style>text{{font:{LETTERS}px sans-serif}}</style>"
    paper = '<rect width="100%" height="100%" fill="#fff"/>'
    whole = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{text}{paper}{"".join(parts)}</svg>'
    return re.sub(r"var\(--([\w-]+)\)", lambda found: VALUES[found[1]], whole)


def with_pictures(notebook, pictures):
    """Put a picture beside each output that is a live figure, by the figure's name."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            shown = output.get("data", {})
            name = re.match(r"LiveFigure\(([\w-]+);", shown.get("text/plain", ""))
            if name and name[1] in pictures:
                shown["image/svg+xml"] = pictures[name[1]]


def download(source, address, wheel, pictures):
    """Return a notebook of the repository as a reader downloads it."""
    notebook = nbformat.reads(source, as_version=4)
    cell = nbformat.v4.new_code_cell(SET_UP.format(address=address, wheel=wheel), id="set-up")
    notebook.cells.insert(1, cell)
    with_pictures(notebook, pictures)
    return nbformat.writes(notebook) + "\n"


def collect(app, pagename, templatename, context, doctree):
    """Keep the pictures of the figures of a page."""
    if doctree:
        app.pictures |= {
            node["spec"]["name"]: picture(node["markup"]) for node in doctree.findall(live_figure)
        }


def start(app):
    app.pictures = {}


def write_downloads(app, exception):
    """Write the wheel, and the notebooks where the pages have their sources."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    wheel = build_wheel(out / "_static")
    for path in sorted((out / "_sources").rglob("*.ipynb")):
        source = path.read_text(encoding="utf-8")
        made = download(source, app.config.html_baseurl, wheel, app.pictures)
        path.write_text(made, encoding="utf-8")


def setup(app):
    app.connect("builder-inited", start)
    app.connect("html-page-context", collect)
    app.connect("build-finished", write_downloads)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
