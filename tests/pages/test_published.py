"""What travels to a reader: scripts without their comments, and no less."""

import subprocess
from pathlib import Path

import pytest

import lib
from pages.places import BOOK
from pages.theme.comments import OWN, without_js_comments
from pages.theme.katex import NODE

SOURCES = [
    *BOOK.glob("_ext/pages/*/static/*.js"),
    *Path(lib.__file__).parent.glob("*/*.js"),
]


def test_every_script_of_the_book_is_stripped():
    assert sorted(path.name for path in SOURCES) == sorted(OWN)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_script_without_comments_still_parses_and_has_no_comment_on_a_line_of_its_own(path):
    text = path.read_text(encoding="utf-8")
    bare = without_js_comments(text)
    assert not any(line.startswith(("//", "/**", "*")) for line in bare.splitlines())
    assert len(bare) < 0.9 * len(text)
    checked = subprocess.run(
        [NODE, "--check", "-"], input=bare, capture_output=True, text=True, check=False
    )
    assert checked.stderr == ""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_line_of_code_stays(path):
    text = path.read_text(encoding="utf-8")
    kept = iter(without_js_comments(text).splitlines())
    inside = False
    for line in map(str.strip, text.splitlines()):
        inside = inside or (line.startswith("/**") and not line.split("*/", 1)[-1].strip("*/ "))
        if not inside and not line.startswith("//"):
            assert next(kept) == line
        inside = inside and not line.endswith("*/")
    assert list(kept) == []
