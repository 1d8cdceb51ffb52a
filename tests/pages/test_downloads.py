"""What a reader takes along: notebooks that find the package, the package, and pictures."""

import json
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

import nbformat
import pytest

from pages import downloads
from tests.conftest import BUILT, ROOT

NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))
SOURCES = BUILT / "_sources" / "book"
USE = """
import json, lib
from lib.figures import newton
from lib.questions import ask
print(json.dumps([lib.__file__, repr(ask("newton", "exercise-1"))]))
"""


@pytest.fixture(scope="module")
def wheel():
    (path,) = (BUILT / "_static").glob("*.whl")
    return path


def test_wheel_has_the_whole_package_and_works_alone(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    kinds = {".py", ".js", ".css", ".json", ".txt", ".ttf", ".woff2"}
    packed = {path.relative_to(ROOT) for path in ROOT.glob("lib/**/*") if path.suffix in kinds}
    assert {path for path in packed if not (tmp_path / path).is_file()} == set()
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}){USE}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    place, asked = json.loads(done.stdout)
    assert place.startswith(str(tmp_path))
    assert asked == "Questions(newton, exercise-1)"


def test_wheel_is_the_same_twice(wheel, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    names = [
        downloads.build_wheel(tmp_path / name) for name in "ab" if not (tmp_path / name).mkdir()
    ]
    assert names == [wheel.name] * 2
    one, two = ((tmp_path / folder / wheel.name).read_bytes() for folder in "ab")
    assert one == two


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_download_is_the_notebook_with_its_set_up_and_its_pictures(path, wheel):
    committed = nbformat.read(path, as_version=4)
    taken = nbformat.read(SOURCES / path.name, as_version=4)
    nbformat.validate(taken)
    setup = taken.cells.pop(1)
    assert 'book = ""\n' in setup.source
    assert f"%pip install --quiet {{book}}_static/{wheel.name}\n" in setup.source
    for cell in taken.cells:
        for output in cell.get("outputs", ()):
            shown = output.get("data", {})
            picture = shown.pop("image/svg+xml", "")
            is_figure = shown.get("text/plain", "").startswith("LiveFigure(")
            assert bool(picture) == is_figure, shown.get("text/plain")
            if picture:
                assert "var(" not in picture
                assert len(list(ElementTree.fromstring(picture).iter())) > 5
    assert taken == committed


def test_a_notebook_that_knows_its_pages_says_so():
    source = nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A")]))
    made = downloads.download(source, "https://example.org/book/", "a.whl", {})
    cells = nbformat.reads(made, as_version=4).cells
    assert 'book = "https://example.org/book/"' in cells[1].source
    assert "Write the address" in downloads.SET_UP
