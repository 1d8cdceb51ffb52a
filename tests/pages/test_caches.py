"""What an earlier build has left: a damaged cache is made anew, and the build goes on."""

import re

import nbformat
import pytest
from jupyter_cache.base import CacheBundleIn

from pages.theme.caches import damage, opened
from tests.pages.small_books import run_sphinx

SETTINGS = """
root_doc = "first"
nb_execution_mode = "cache"
nb_execution_raise_on_error = True
"""
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
new = nbformat.v4


def executed(text):
    """Return a notebook of one cell that has run."""
    shown = new.new_output("stream", text=text)
    return new.new_notebook(
        cells=[new.new_code_cell(f"print({text!r})", outputs=[shown], execution_count=1)]
    )


@pytest.fixture
def cache(tmp_path):
    """A folder in which two executed notebooks are kept."""
    folder = tmp_path / "cache"
    with opened(folder) as kept:
        for text in ("one", "two"):
            kept.cache_notebook_bundle(CacheBundleIn(executed(text), f"{text}.ipynb"))
    assert damage(folder) == ""
    return folder


def truncate(file, share=0.5):
    file.write_bytes(file.read_bytes()[: int(share * file.stat().st_size)])


def remove(folder):
    for each in sorted(folder.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()


def overwrite(file):
    """Fill all but the first page of a database, which says where things are."""
    file.write_bytes(file.read_bytes()[:4096] + b"\xff" * (file.stat().st_size - 4096))


DAMAGES = {
    "database truncated": lambda folder: truncate(folder / "global.db"),
    "database empty": lambda folder: truncate(folder / "global.db", 0),
    "database of other bytes": lambda folder: (folder / "global.db").write_bytes(b"?" * 9999),
    "database overwritten": lambda folder: overwrite(folder / "global.db"),
    "notebooks removed": lambda folder: remove(folder / "executed"),
    "notebook truncated": lambda folder: truncate(next(folder.rglob("base.ipynb"))),
    "notebook empty": lambda folder: truncate(next(folder.rglob("base.ipynb")), 0),
    "database removed": lambda folder: (folder / "global.db").unlink(),
}


@pytest.mark.parametrize("harm", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_found(harm, cache):
    harm(cache)
    assert damage(cache)


def build(folder, *options):
    extensions = ("myst_nb", "pages.notebooks", "pages.theme.caches")
    return run_sphinx(folder, *options, settings=SETTINGS, extensions=extensions)


def test_build_throws_a_damaged_cache_away_says_so_once_and_goes_on(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    book = new.new_notebook(
        cells=[new.new_markdown_cell("# First"), new.new_code_cell("print(6 * 7)")],
        metadata=KERNEL,
    )
    nbformat.write(book, folder / "first.ipynb")
    first = build(folder, "-W")
    assert (first.returncode, first.stdout.count("was damaged")) == (0, 0), first.stderr
    (database,) = (tmp_path / ".jupyter_cache").rglob("global.db")
    truncate(database)
    for count in (1, 0):  # it is said once, and then all is well
        (tmp_path / "built" / "first.html").unlink()
        (folder / "first.ipynb").touch()
        again = build(folder, "-W")
        assert again.returncode == 0, again.stderr
        assert again.stdout.count("was damaged") == count
        assert "42" in (tmp_path / "built" / "first.html").read_text(encoding="utf-8")


#: The page reads the second with a tag, as one that asks a question.
ASKS = ["def ask(*names): print(6 * 7)", 'ask("newton", "exercise-1")']


def test_notebooks_are_executed_together_and_one_that_fails_is_told(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    for name, codes in (("first", ["print(8 * 9)"]), ("newton", ASKS), ("third", ["1 / 0"])):
        cells = []
        for code in codes:
            cells += [new.new_markdown_cell(f"# {name}"), new.new_code_cell(code)]
        nbformat.write(new.new_notebook(cells=cells, metadata=KERNEL), folder / f"{name}.ipynb")
    done = build(folder)
    assert done.returncode
    assert re.search(r"third\.ipynb:.*Executing notebook failed", done.stderr)
    assert done.stdout.count("Executing notebook using") == 1  # the one that fails, once more
    (folder / "third.ipynb").unlink()
    done = build(folder)
    assert "Executing" not in done.stdout
    assert "72" in (tmp_path / "built" / "first.html").read_text(encoding="utf-8")
