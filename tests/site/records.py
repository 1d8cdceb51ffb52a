"""The live figures of the notebooks, for tests that put a page beside what Matplotlib paints.

What a figure says of itself is read from the file that its page loads. A notebook is run for what
paints alone: no position of a figure is drawn before a test asks for it.
"""

import json
import re
from collections.abc import Callable
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from lib.live.figure import painted
from lib.live.sliders import positions
from lib.live.stage import Stage
from tests.figures import make_by

BOOK = Path(__file__).parents[2] / "book"
# A notebook keeps what its figures call themselves, so that no cell is run to count the tests.
FIGURES = {
    book: re.findall(r'"LiveFigure\(([a-z0-9-]+); ', book.read_text(encoding="utf-8"))
    for book in sorted(BOOK.glob("*.ipynb"))
}
BOOKS = {name: book for book, names in FIGURES.items() for name in names}
NAMES = [name for names in FIGURES.values() for name in names]
CHAPTERS = [book.stem for book, names in FIGURES.items() if names]


@dataclass(frozen=True)
class Record:
    """A live figure: its page, what it says of itself, where its sliders can stand, what paints."""

    page: str
    spec: dict
    tracks: tuple
    paint: Callable

    @property
    def name(self):
        return self.spec["name"]

    @property
    def sizes(self):
        return [len(track.values) for track in self.tracks]

    def values(self, indices):
        pairs = zip(self.tracks, indices, strict=True)
        return {track.name: track.values[k] for track, k in pairs}


def tracks_of(sliders):
    return tuple(positions(name, slider) for name, slider in sliders.items())


def told(site_folder, name):
    """Return the spec of a figure as the file of its page has it."""
    start = f'liveNumbers["{name}"]='
    (file,) = site_folder.glob(f"_static/figures/{name}.[0-9a-f]*.js")
    return json.loads(file.read_text(encoding="utf-8").removeprefix(start).rstrip(";\n"))


def made_by(notebook, site_folder):
    """Run a notebook's cells and return the live figures that they would make."""
    found = []

    def keep(compute, draw, sliders, *, name, still=None, panels=1, solid=(), **rest):
        stage, compute = Stage(panels, still, solid), cache(compute)
        found.append(
            Record(
                notebook.stem + ".html",
                told(site_folder, name),
                tracks_of(sliders),
                lambda **values: painted(stage, compute, draw, values),
            )
        )

    with pytest.MonkeyPatch.context() as patch, chdir(notebook.parent):
        make_by(patch, notebook.stem, keep)
        scope = {"__name__": notebook.stem}
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code" and "raises-exception" not in cell["metadata"].get(
                "tags", []
            ):
                exec("".join(cell["source"]), scope)  # the notebooks of this repository
    return found


class Records(dict):
    """The live figures by name: a notebook is run when the first of its own is asked for."""

    def __init__(self, site_folder):
        super().__init__()
        self.site_folder = site_folder

    def __missing__(self, name):
        found = made_by(BOOKS[name], self.site_folder)
        assert [each.name for each in found] == FIGURES[BOOKS[name]]
        self |= {each.name: each for each in found}
        return self[name]

    def of(self, chapter):
        return [self[name] for name in NAMES if BOOKS[name].stem == chapter]
