"""What of Run gets into the pages of a small book, with the files of Python and without."""

import json

import nbformat
import pytest

from tests.pages.small_books import FIRST, new, run_sphinx, soup_of, told

EXTENSIONS = ("myst_nb", "pages.exercises", "pages.figures", "pages.run")
EXERCISE = """
:::{exercise} Your own
:label: ex-own
:notebook:

Write it.

<details class="hint"><summary>Hint</summary>

A line.

</details>
<details class="solution"><summary>Solution</summary>

None.

</details>
:::
"""


@pytest.fixture
def folder(tmp_path):
    """A book of one page, with one cell below an exercise."""
    book = tmp_path / "book"
    book.mkdir()
    words = new.new_markdown_cell("# A page\n" + EXERCISE + "\n:::{progress}\n:::\n")
    notebook = new.new_notebook(cells=[words, new.new_code_cell("print(1)")])
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    nbformat.write(notebook, book / "first.ipynb")
    return book


def build(folder):
    settings = FIRST + 'myst_enable_extensions = ["colon_fence"]'
    done = run_sphinx(folder, settings=settings, extensions=EXTENSIONS)
    assert told(done) == [], done.stderr
    return soup_of(folder)


def pack(folder, **files):
    """Lay files beside the book as if they were those of Python."""
    python = folder.parent / "python"
    python.mkdir()
    known = {}
    for name, text in files.items():
        (python / f"{name}.0.zip").write_text(text, encoding="utf-8")
        known[name] = {"name": f"{name}.0.zip", "bytes": len(text), "gz": len(text)}
    (python / "licences.txt").write_text("MIT", encoding="utf-8")
    manifest = {"files": known, "licences": "licences.txt", "bytes": 14e6, "gz": 14e6}
    (python / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_without_the_files_of_python_nothing_is_shown(folder):
    page = build(folder)
    assert not page.select(".run-hint, script[src*='run.js']")
    assert not (folder.parent / "built/_static/python").exists()


def test_with_them_a_page_has_its_scripts_and_says_how_much_comes(folder):
    pack(folder, site="a", lib="b")
    page, static = build(folder), folder.parent / "built" / "_static"
    script = page.select_one("script[src*='run.js']")
    assert (static / script["data-rest"]).is_file()
    assert '"lib.0.zip"' in (static / script["data-worker"]).read_text("utf-8")
    names = {each.name for each in (static / "python").iterdir()}
    assert names == {"lib.0.zip", "site.0.zip", "licences.txt"}
    assert "14 MB" in page.select_one(".run-hint").text
    assert str(page).count("print") == 1
