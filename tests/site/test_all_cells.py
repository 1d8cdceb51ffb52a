"""All cells of all notebooks, run under node by the very files that the pages get.

A cell tagged `tells-versions` prints what depends on the version of Matplotlib or NumPy.

Figures are made at the first, the middle and the last stop of each slider, for nothing here reads
their tables and whole they would take minutes. Whole ones are made, and moved, in test_run.py and
test_other_browsers.py.
"""

import os

import pytest

from tests.pages.cell_runners import (
    PYTHON_OF_THE_PAGE,
    ROOT,
    cells_of,
    notebooks,
    printed,
    runner,
)

FEW_STOPS = """
import dataclasses
import lib.live.figure

def few(name, slider, label=None, whole=lib.live.figure.positions):
    track = whole(name, slider, label)
    last = len(track.values) - 1
    stops = sorted({0, last // 2, last})
    values, texts = ([each[k] for k in stops] for each in (track.values, track.texts))
    return dataclasses.replace(track, values=tuple(values), texts=tuple(texts), start=0)

lib.live.figure.positions = few
"""


@pytest.fixture(scope="session")
def started():
    """Cells run by the Python of the page; where that is not packed there is nothing to test."""
    if not (ROOT / "_build" / "python" / "manifest.json").is_file():
        missing = "the browser's Python is not packed: run `make html` and read what it says"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    with runner(PYTHON_OF_THE_PAGE) as run:
        assert run(FEW_STOPS)[-1]["ok"]
        yield run


@pytest.mark.parametrize("notebook", notebooks())
def test_every_cell_prints_in_the_page_what_is_stored(notebook, started):
    started()
    texts, others = [], {}
    for text, stored, tags in cells_of(notebook):
        texts.append(text)
        messages = started(*texts)
        assert messages[-1]["ok"], messages
        assert not printed(messages, "stderr"), f"cell {len(texts)}"
        if printed(messages) != stored and "tells-versions" not in tags:
            others[len(texts)] = printed(messages), stored
    assert not others
