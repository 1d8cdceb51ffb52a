"""The pictures of networks: at no position of a slider does one thing lie on another."""

import json
from contextlib import chdir
from pathlib import Path

import pytest

from tests.lib.overlaps import Noticed, faults

BOOK = Path(__file__).parents[2] / "book"
#: The figures that are networks or graphs, by chapter.
PICTURES = {
    "backpropagation": [
        "nine-knobs",
        "one-path",
        "net-step-by-step",
        "one-layer",
        "chain-of-three",
        "tape-backwards",
        "expression-graph",
    ],
    "big_picture": ["nets"],
    "logistic": ["sigmoid-step"],
    "perceptron": ["neuron-step"],
}


@pytest.fixture(scope="module")
def drawn():
    """Run a chapter's cells once; return what its figures have drawn, by their names."""
    known = {}

    def of(chapter):
        if chapter not in known:
            notebook = BOOK / f"{chapter}.ipynb"
            with Noticed(chapter, PICTURES[chapter]) as noticed, chdir(BOOK):
                scope = {"__name__": chapter}
                for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
                    if cell["cell_type"] == "code":
                        exec("".join(cell["source"]), scope)
            known[chapter] = {each.name: each for each in noticed}
        return known[chapter]

    return of


@pytest.mark.parametrize(
    ("chapter", "name"), [(chapter, name) for chapter, all in PICTURES.items() for name in all]
)
def test_nothing_lies_on_anything_at_any_position(chapter, name, drawn):
    assert faults(drawn(chapter)[name]) == set()
