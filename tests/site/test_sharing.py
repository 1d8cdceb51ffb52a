"""What the built pages show where a link is shared, and the marks of progress beside chapters."""

import json

from pages.theme.sharing import FOLDER

KEPT = "(kept) => localStorage.setItem('downhill', kept)"
QUESTIONS = """[...document.querySelectorAll('.answer')].map(({ id }) => id)"""
MARK = ".sidebar-tree .current-page .sidebar-mark"


def test_page_has_a_title_a_sentence_and_a_picture_to_show(page, soup, site_folder):
    if not page.startswith("book/"):
        return
    told = {each["property"]: each["content"] for each in soup(page).select("meta[property]")}
    assert told["og:title"] in soup(page).h1.get_text()
    assert told["og:site_name"] == "Downhill"
    assert 20 < len(told["og:description"]) <= 200
    assert "\\" not in told["og:description"]
    picture = (site_folder / page).parent / told["og:image"]
    assert picture.is_file()
    assert picture.stat().st_size < 100_000


def test_each_chapter_has_a_picture_of_its_own(site_folder):
    pictures = [each.read_bytes() for each in (site_folder / FOLDER).rglob("*.png")]
    assert len(pictures) == len(set(pictures)) > 12


def test_a_chapter_is_marked_by_how_much_of_it_has_been_answered(open_page):
    tab = open_page("book/newton.html")
    names = tab.evaluate(QUESTIONS)
    assert tab.locator(".sidebar-mark").count() == 0
    half = names[: len(names) // 2]
    answers = {name: {"typed": "1", "right": True} for name in half}
    answers[names[-1]] = {"typed": "0", "right": False}
    tab.evaluate(KEPT, json.dumps({"answers": answers}))
    tab.reload()
    mark = tab.locator(MARK)
    link = tab.locator(".sidebar-tree .current-page > [data-asked]")
    asked = int(link.get_attribute("data-asked").split()[0])
    assert asked >= len(names)  # those in code have no box
    words = f"{len(half)} of {asked} questions answered"
    assert mark.get_attribute("aria-label") == words
    share = float(mark.evaluate("(mark) => mark.style.getPropertyValue('--share')"))
    assert abs(share - len(half) / asked) < 1e-9
    assert tab.locator(".sidebar-mark").count() == 1
    tab.goto(tab.url.replace("newton", "glossary"))
    assert tab.locator(".sidebar-mark").get_attribute("aria-label") == words
