"""What a page tells those who show links: title, sentence and picture."""

import re
from types import SimpleNamespace

import pytest
from PIL import Image

from lib import plots
from pages.theme.sharing import HEIGHT, WIDTH, draw, outline, tags
from tests.pages.small_books import figure


def test_picture_is_drawn_from_the_markup_and_twice_the_same():
    markup = figure("walk").picture.markup
    first, second = (draw(markup, "A walk", "Small") for _ in range(2))
    assert first == second
    assert len(first) < 100_000


def test_picture_shows_what_is_in_the_figure_in_its_colours(tmp_path):
    (tmp_path / "picture.png").write_bytes(draw(figure("walk").picture.markup, "A walk", "Small"))
    image = Image.open(tmp_path / "picture.png").convert("RGB")
    assert image.size == (WIDTH, HEIGHT)
    colours = {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in image.getcolors(100_000)}
    assert {"#ffffff", plots.PALETTE["slope"]} <= colours


@pytest.mark.parametrize(
    ("d", "corners"),
    [
        ("M1 2L3 4", [(1, 2), (3, 4)]),
        ("M1 2h3v-1l-1.5 2", [(1, 2), (4, 2), (4, 1), (2.5, 3)]),
        ("M1 1m1 0l0 2z", [(1, 1), (2, 1), (2, 3), (2, 1)]),
        ("M0 0q1 1 2 0c1 1 2 1 3 0", [(0, 0), (1, 1), (2, 0), (3, 1), (4, 1), (5, 0)]),
        ("", None),
    ],
)
def test_outlines_are_read_as_the_recorder_writes_them(d, corners):
    read = outline(d)
    assert (read and [tuple(corner) for corner in read.vertices.tolist()]) == corners


@pytest.mark.parametrize(
    ("base", "image"),
    [
        ("https://example.org/book/", "https://example.org/book/_static/shared/a/b.png"),
        ("", "../_static/shared/a/b.png"),
    ],
)
def test_addresses_are_whole_where_it_is_known_where_the_book_is(base, image):
    app = SimpleNamespace(
        config=SimpleNamespace(html_baseurl=base, html_title="Small"),
        builder=SimpleNamespace(get_target_uri=lambda page: f"{page}.html"),
    )
    told = tags(app, "a/b", "Less < more", 'A "sentence".', "_static/shared/a/b.png")
    found = dict(re.findall(r'property="([^"]+)" content="([^"]*)"', told))
    assert found["og:title"] == "Less &lt; more"
    assert found["og:description"] == "A &quot;sentence&quot;."
    assert found["og:image"] == image
    assert found.get("og:url") == (f"{base}a/b.html" if base else None)
