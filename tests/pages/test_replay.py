"""What nbval compares with: the outputs that the build got, of just these cells in this order."""

from hashlib import sha256

import nbformat
import pytest
from jupyter_cache.base import CacheBundleIn

import replay
from pages import places
from pages.theme.caches import opened

new = nbformat.v4
CELLS = ["x = 6", "print(7 * x)", "1 / 0"]
SHOWN = new.new_output("stream", text="42\n43\n")
FAILED = new.new_output("error", ename="ZeroDivisionError", evalue="", traceback=["it failed"])


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    """A kernel that has not started, which keeps what it would publish."""
    outputs = [[], [SHOWN], [FAILED]]
    cells = [new.new_code_cell(c, outputs=o) for c, o in zip(CELLS, outputs, strict=True)]
    notebook = new.new_notebook(cells=cells)
    with opened(tmp_path) as cache:
        cache.cache_notebook_bundle(CacheBundleIn(notebook, "a.ipynb"), check_validity=False)
    monkeypatch.setattr(places, "cache_of_notebooks", lambda build: tmp_path)
    made = replay.Replay.__new__(replay.Replay)
    made.so_far, made.outputs, made.published = sha256(), replay.known(), []
    monkeypatch.setattr(made, "publish", lambda output: made.published.append(dict(output)))
    return made


def run(kernel, cells):
    """Return the statuses of the cells' replies, which wait for nothing."""
    found = []
    for code in cells:
        with pytest.raises(StopIteration) as reply:
            kernel.do_execute(code, False).send(None)
        found.append(reply.value.value["status"])
    return found


def test_cells_get_what_the_build_got(kernel):
    assert run(kernel, CELLS) == ["ok", "ok", "error"]
    assert kernel.published == [dict(SHOWN), dict(FAILED)]


@pytest.mark.parametrize("cells", [["x = 7"], ["print(7 * x)"], ["x = 6", "print(6 * x)"]])
def test_cell_that_was_not_executed_or_came_after_others_is_an_error(cells, kernel):
    assert run(kernel, cells)[-1] == "error"
    assert "the build has not executed this cell" in kernel.published[-1]["evalue"]
