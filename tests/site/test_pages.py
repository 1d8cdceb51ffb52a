"""The built pages: what they weigh, whom they ask, who can read them, and what folds."""

import pytest

from tests.built import FIGURE, FORMULA
from tests.site.visits import UNFOLD

COLD_KB, ALL_KB, SCRIPT_KB = 200, 300, 100
# What comes of a connection before its first answer, ten packets; a page waits for its style sheet.
FIRST_KB = 14.6
FIGURE_PAGE = "book/gradient_descent.html"

# What a page costs and whom it asks.


def test_page_keeps_its_budget_though_it_is_read_to_its_end(page, at_a_desk):
    assert at_a_desk(page).weight_of_scripts / 1000 <= SCRIPT_KB
    assert at_a_desk(page).weight / 1000 <= ALL_KB


# The search, which has no figures, comes with the words of the whole book, 183 kB.
@pytest.mark.having(FIGURE)
def test_page_that_is_only_opened_has_not_fetched_what_is_far(page, at_a_desk):
    assert at_a_desk(page).cold / 1000 <= COLD_KB


def test_the_style_sheet_of_a_page_comes_at_once(page, at_a_desk):
    weights = at_a_desk(page).weights
    sheets = [weights[url] / 1000 for url in weights if "/_static/style-" in url]
    assert sheets or page == "404.html"  # which has its own within
    assert all(sheet <= FIRST_KB for sheet in sheets)


def test_page_asks_nobody_else(page, at_a_desk, on_a_phone, strict, site_folder):
    for visit, own in ((at_a_desk, strict), (on_a_phone, site_folder.as_uri())):
        asked = visit(page).heard.got
        assert [url for url in asked if not url.startswith((own, "data:"))] == []


def test_page_works_from_the_disk(page, on_a_phone):
    assert on_a_phone(page).fonts
    assert on_a_phone(page).heard.complaints == []


def test_every_figure_has_its_numbers_and_asks_for_them_once(page, soup, at_a_desk):
    numbers = [each["data-numbers"].rpartition("/")[2] for each in soup(page).select("figure.live")]
    asked = at_a_desk(page).heard.asked
    assert sorted(each for each in asked if each in numbers) == sorted(numbers)


def test_no_field_makes_a_browser_lay_out_the_whole_page(page, soup):
    """Browsers look at every form and field of a page that has loaded, to offer to fill it in."""
    fields = soup(page).select("article :is(form, select, textarea, input:not([type=range]))")
    assert [str(each)[:100] for each in fields if not each.find_parent("template")] == []


def test_sections_are_about_as_high_as_guessed(page, at_a_desk, on_a_phone):
    for visit in (at_a_desk, on_a_phone):
        for guess, height in visit(page).heights:
            assert 0.8 * height - 200 <= guess <= 2.5 * height + 500
        guessed, true = (sum(each) for each in zip((0, 0), *visit(page).heights, strict=True))
        assert 0.9 * true <= guessed <= 1.8 * true


# Who can read it.


def test_axe_finds_nothing_at_a_desk_in_the_light(page, at_a_desk):
    assert at_a_desk(page).violations == []


def test_axe_finds_nothing_on_a_phone_in_the_dark(page, on_a_phone):
    assert on_a_phone(page).violations == []


def test_every_control_and_the_picture_it_moves_are_on_a_phone_together(page, on_a_phone):
    assert on_a_phone(page).apart == []


def test_page_scrolls_sideways_at_no_width(page, at_a_desk, on_a_phone):
    widths = at_a_desk(page).widths | on_a_phone(page).widths
    assert {window: wide for window, wide in widths.items() if wide > window} == {}


def test_scrolling_boxes_are_reached_by_keyboard_only_while_they_scroll(page, on_a_phone):
    assert on_a_phone(page).wrongly_reached == []


def test_drawers_open_from_the_keyboard_on_a_phone(open_page):
    tab = open_page("book/intro.html", viewport={"width": 360, "height": 740})
    link = tab.locator("#book-contents a").last
    assert not link.is_visible()
    tab.locator(".nav-overlay-icon").focus()
    tab.keyboard.press("Enter")
    assert link.is_visible()
    tab.keyboard.press("Escape")
    assert not link.is_visible()


def test_skip_link_comes_first_and_shows(open_page):
    tab = open_page("book/intro.html", reduced_motion="reduce")
    tab.keyboard.press("Tab")
    link = tab.locator(".skip-to-content")
    assert link.evaluate("(link) => document.activeElement === link")
    assert link.bounding_box()["y"] >= 0


def test_theme_button_turns_every_colour(open_page):
    tab = open_page("book/intro.html", color_scheme="light")
    light = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    tab.locator(".theme-toggle-content button").click()
    assert tab.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_code_has_colours_of_its_own_on_dark_pages(open_page):
    light, dark = (
        open_page("book/derivatives.html", color_scheme=scheme).evaluate(
            "getComputedStyle(document.querySelector('.highlight .k')).color"
        )
        for scheme in ("light", "dark")
    )
    assert light != dark


@pytest.mark.having(FORMULA)
def test_mathematics_needs_no_script(page, without_scripts):
    formula = without_scripts(page).locator(".katex-html").first
    formula.scroll_into_view_if_needed()
    assert formula.bounding_box()["width"] > 0


# Code: none is cut off, and what is wider than a phone shows that it goes on.


def test_no_code_is_cut_off(page, at_a_desk):
    assert at_a_desk(page).cut == {}


def test_code_that_is_wider_than_a_phone_shows_that_it_goes_on(page, on_a_phone):
    assert on_a_phone(page).unshaded == []


@pytest.mark.parametrize("width", [1000, 1280, 1600])
def test_76_columns_of_any_typeface_fit(width, open_page):
    tab = open_page(FIGURE_PAGE, viewport={"width": width, "height": 900})
    tab.evaluate(UNFOLD)
    wide, room = tab.locator("div.cell > .cell_input pre").first.evaluate(
        """(box) => {
          box.innerHTML = '<span style="display: inline-block; width: calc(76 * .602em)">|</span>';
          return [box.scrollWidth, box.clientWidth];
        }"""
    )
    assert wide <= room + 1


# Folds and figures.


def after(tag):
    """Return what the reader sees next, in full or as the first part of it."""
    while tag and not tag.find_next_sibling():
        tag = tag.parent
    tag = tag and tag.find_next_sibling()
    while tag and tag.name == "div" and tag.find(recursive=False):
        tag = tag.find(recursive=False)
    return tag


def test_no_fold_stands_beside_another_or_above_a_picture(page, soup):
    for fold in soup(page).select("article details:not(.tick, .exercise *)"):
        following = after(fold)
        assert not following or following.name not in ("details", "figure"), fold.summary.text


def test_every_figure_folds_its_code_under_a_name_of_its_own(page, soup):
    figures = soup(page).select("figure.live")
    names = [each.text for each in soup(page).select("figure.live .live-code > summary")]
    assert len(names) == len(set(names)) == len(figures)
    for each in figures:
        assert each.select_one(".live-panels").find_next("details") == each.select_one("details")
        assert each.select_one(".live-code .highlight pre").text.strip()
    assert not soup(page).select("figure.live ~ .cell_input, .cell_input ~ figure.live")


def test_folded_cells_say_what_they_are(page, soup):
    for summary in soup(page).select("details.hide > summary"):
        (name,) = {each.text for each in summary.select("p")}
        assert name == "Imports" or name.startswith("Solution in code: ")


def test_fold_shows_its_name_once(open_page):
    tab = open_page(FIGURE_PAGE)
    tab.evaluate(UNFOLD)
    shown = tab.locator("details.hide > summary").all_inner_texts()
    assert shown[0] == "Imports"
    assert len(shown) == len(set(shown)) == 2
    assert shown[1].count("Solution in code") == 1


@pytest.mark.having(FIGURE)
def test_pictures_need_no_script(page, without_scripts):
    tab = without_scripts(page)
    for picture in tab.locator("figure.live svg[role=img]").all():
        picture.scroll_into_view_if_needed()
        assert picture.bounding_box()["height"] > 100
    drawn = """(all) => all.every((each) => each.querySelector(
      each.querySelector('.live-panel:not(.live-solid)')
        ? '.moves[d^=M], text.moves'
        : '.live-lit path[d^=M]'))"""
    assert tab.locator("figure.live").evaluate_all(drawn)
    assert not any(each.is_visible() for each in tab.locator(".live-handle").all())
