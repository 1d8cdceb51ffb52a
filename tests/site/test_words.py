"""What the built pages say of themselves, and where they lead."""

import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from bs4 import NavigableString

from pages.appendix.glossary import anchor, everyday

ROOT = Path(__file__).parents[2]


# What it says of itself.


def test_page_says_what_it_is(page, soup):
    head = soup(page)
    assert head.html["lang"] == "en-GB"
    assert len(head.find_all("h1")) == 1
    assert head.title.string.strip()
    assert head.find("meta", {"name": "description"})["content"].strip()
    assert head.find("link", rel="icon")
    assert head.find("meta", {"name": "viewport"})


def test_no_page_names_a_panel_by_its_side_as_a_phone_stacks_them(page, soup):
    text = soup(page).get_text(" ")
    assert not re.search(r"\b(?:left|right)(?:-hand)? (?:panel|picture)s?\b", text, re.I)


@pytest.mark.parametrize("chapter", everyday())
def test_a_word_in_another_sense_does_not_lead_to_the_glossary(chapter, soup):
    links = soup(f"book/{chapter}.html").select("a.term")
    assert links
    led = {link["href"].partition("#")[2] for link in links}
    assert led & {anchor(word) for word in everyday()[chapter]} == set()


def test_titles_and_descriptions_differ(pages, soup):
    chapters = [soup(page) for page in pages if page.startswith("book/")]
    for values in (
        [head.title.string for head in chapters],
        [head.find("meta", {"name": "description"})["content"] for head in chapters],
    ):
        assert len(values) == len(set(values))


def test_every_picture_has_a_text(page, soup):
    for image in soup(page).find_all("img"):
        assert image.get("alt", "").strip(), image
        assert not image["alt"].endswith((".png", ".svg", ".jpg")), image
    for picture in soup(page).select('svg:not([aria-hidden="true"])'):
        around = [picture, *picture.parents]
        if not any("display: none" in each.get("style", "") for each in around) and not (
            picture.find_parent(attrs={"aria-hidden": "true"})
        ):
            assert picture.get("role") == "img", str(picture)[:200]
            assert picture.get("aria-label", "").strip(), str(picture)[:200]


def words(tag):
    """Yield the texts of a page without its code and without its rendered formulas."""
    for child in tag.children:
        if isinstance(child, NavigableString):
            yield child
        elif child.name not in {"pre", "code", "script"} and "katex" not in child.get("class", []):
            yield from words(child)


def test_every_displayed_equation_has_a_number_and_no_tex_is_left(page, soup):
    for formula in soup(page).select("div.math"):
        assert formula.select(".eqno"), formula.select_one("math").text
    text = "".join(words(soup(page).body))
    assert not re.search(r"\$|\\(frac|begin|to|cdot)\b|:::", text)


# Where it leads.


def places(folder, page, soup):
    """Return the internal addresses of a page as (file, fragment)."""
    body = soup(page)
    found = [(tag, "href") for tag in body.find_all(href=True)]
    for tag, name in found + [(tag, "src") for tag in body.find_all(src=True)]:
        parts = urlsplit(tag[name])
        if parts.scheme or parts.netloc or tag[name].startswith("data:"):
            continue
        path, start = unquote(parts.path), (folder / page).parent
        if path.startswith("/"):
            path, start = path.lstrip("/"), folder
        target = (start / path).resolve() if path else folder / page
        yield tag[name], target, unquote(parts.fragment)


@pytest.fixture(scope="session")
def anchors(soup):
    """The names on a page, found once."""
    return cache(lambda page: {tag["id"] for tag in soup(page).find_all(id=True)})


def test_every_internal_link_and_anchor_resolves(page, site_folder, soup, anchors):
    broken = []
    for address, target, fragment in places(site_folder, page, soup):
        if not target.is_file():
            broken.append(address)
        elif fragment and target.suffix == ".html":
            there = target.relative_to(site_folder.resolve()).as_posix()
            if fragment not in anchors(there):
                broken.append(address)
    assert broken == []


@pytest.mark.parametrize(
    ("name", "anchor"),
    [("derivatives", "a-chain"), ("concordance", "n3-51"), ("reference", "lib.newton.roots")],
)
@pytest.mark.parametrize("width", [1280, 360])
def test_a_link_into_a_page_arrives_at_its_place(name, anchor, width, open_page):
    size = {"width": width, "height": 800}
    tab = open_page(f"book/{name}.html#{anchor}", viewport=size, reduced_motion="reduce")
    top = tab.evaluate("id => document.getElementById(id).getBoundingClientRect().top", anchor)
    assert 0 <= top <= 150


def test_who_was_led_to_a_place_stays_there_while_what_is_far_is_left_out_again(open_page):
    tab = open_page("book/logistic.html#two-landscapes", reduced_motion="reduce")
    first = "document.querySelector('article > section > section').firstElementChild"
    tab.wait_for_function(f"!{first}.checkVisibility({{ contentVisibilityAuto: true }})")
    assert 0 <= tab.evaluate("document.querySelector(':target').getBoundingClientRect().top") <= 50


def test_names_on_a_page_are_unique(page, soup):
    names = [tag["id"] for tag in soup(page).find_all(id=True)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_notebook_can_be_downloaded_and_knows_where_it_is_from(page, soup, site):
    link = soup(page).select_one(".page-buttons a[download]")
    assert bool(link) == (ROOT / page).with_suffix(".ipynb").is_file()
    if link:
        with urlopen(urljoin(f"{site}/{page}", link["href"]), timeout=10) as answer:
            cells = json.loads(answer.read())["cells"]
        assert f'book = "{site}/"\n' in cells[1]["source"]


def test_a_lost_reader_is_led_back(open_page, site):
    tab = open_page("book/no/such/page.html")
    assert tab.locator("h1").inner_text() == "Nothing at this point"
    tab.locator("a").first.click()
    tab.wait_for_url("**/book/intro.html")
