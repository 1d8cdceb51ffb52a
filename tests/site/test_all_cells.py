"""All cells of all notebooks, run under node by the very files that the pages get.

A cell tagged `tells-versions` prints what depends on the version of Matplotlib or NumPy.
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


@pytest.fixture(scope="session")
def started():
    """Cells run by the Python of the page; where that is not packed there is nothing to test."""
    if not (ROOT / "_build" / "python" / "manifest.json").is_file():
        missing = "the browser's Python is not packed: run `make html` and read what it says"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    with runner(PYTHON_OF_THE_PAGE) as run:
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
