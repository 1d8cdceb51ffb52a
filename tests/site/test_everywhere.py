"""The pages in old browsers, in a reader's own colours, under a finger, and to the ear."""

import re
from xml.etree import ElementTree

import pytest

from tests.built import FIGURE, FORMULA
from tests.site.visits import ALL_READY, READ_ON, UNFOLD, Heard

PAGE = "book/gradient_descent.html"
# What an element of MathML has as children, in number.
CHILDREN = {"msub": 2, "msup": 2, "msubsup": 3, "mfrac": 2, "mroot": 2, "munder": 2, "mover": 2}
CHILDREN |= {"munderover": 3}
MATHML = re.compile(r"<math .*?</math>", re.S)
# A browser of 2022: no light-dark(), no popovers.
OLD = """
  delete HTMLElement.prototype.popover;
  const known = CSS.supports.bind(CSS);
  CSS.supports = (...asked) => !asked.join().includes("light-dark") && known(...asked);
"""
INVISIBLE = """[...document.querySelectorAll('figure.live svg path')].filter((path) => {
  const { stroke, fill } = getComputedStyle(path);
  return path.getAttribute('d') && stroke === 'none' && fill === 'none';
}).length"""
DRAWN_BY_VARIABLES = """[...document.querySelectorAll('figure.live svg path')].map((path) =>
  getComputedStyle(path).stroke).filter((stroke) => stroke.startsWith('rgb')).length"""


@pytest.fixture
def old_browser(browser, site):
    """Open a page in a browser without what came in 2023 and 2024."""
    contexts = []

    def simplify(route):
        answer = route.fetch()
        text = answer.text().replace(" popover>", ">")
        text = text.replace("light-dark(", "unknown(").replace(":popover-open", ":unknown")
        route.fulfill(response=answer, body=text)

    def opened(page, **options):
        contexts.append(browser.new_context(**options))
        tab = contexts[-1].new_page()
        tab.heard = Heard()
        tab.heard.listen(tab)
        tab.route(re.compile(r"\.(html|css)(\?|$)"), simplify)
        tab.add_init_script(OLD)
        tab.goto(f"{site}/{page}", wait_until="networkidle")
        return tab

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_old_browser_has_colours_and_moves_the_pictures(scheme, old_browser):
    tab = old_browser(PAGE, color_scheme=scheme)
    tab.evaluate(READ_ON)
    tab.wait_for_function(ALL_READY)
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.evaluate("getComputedStyle(document.body).color") == "rgb(27, 31, 36)"
    assert tab.evaluate(DRAWN_BY_VARIABLES) > 20
    code = "getComputedStyle(document.querySelector('.highlight .k')).color"
    assert sum(map(int, re.findall(r"\d+", tab.evaluate(code))[:3])) < 400  # dark on light
    assert not tab.locator(".theme-toggle").first.is_visible()
    words = tab.locator("#figure-descent-curve .live-words")
    before = words.inner_text()
    tab.locator("#figure-descent-curve [data-slider]").first.press("End")
    tab.wait_for_timeout(1000)
    assert words.inner_text() != before
    assert tab.heard.complaints == []


def test_names_of_marks_are_clear_of_the_buttons_below_on_a_phone(browser, site):
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    tab.goto(f"{site}/book/descent_failures.html#failure-gallery")
    tab.wait_for_selector("#figure-failure-gallery[data-ready]", state="attached")
    figure = tab.locator("#figure-failure-gallery")
    buttons = figure.locator(".live-player").bounding_box()
    names = [each.bounding_box() for each in figure.locator(".live-mark span").all()]
    assert len(names) == 5
    assert all(name["y"] + name["height"] <= buttons["y"] + 1 for name in names)
    tab.close()


def test_drawers_of_an_old_browser_wait_closed_and_open_by_their_buttons(old_browser):
    tab = old_browser(PAGE, viewport={"width": 360, "height": 740})
    link = tab.locator("#book-contents a").last
    assert not link.is_visible()
    tab.locator(".nav-overlay-icon").click()
    assert link.is_visible()
    link.click()
    tab.wait_for_url("**/running.html")
    assert not tab.locator("#book-contents a").last.is_visible()
    assert tab.heard.complaints == []


@pytest.mark.parametrize("where", [".live-choice", ".answer"])
def test_the_pressed_choice_is_seen_in_the_readers_own_colours(where, open_page):
    page = "book/descent_failures.html"
    tab = open_page(page, forced_colors="active")
    tab.evaluate(UNFOLD)
    tab.evaluate(
        "(at) => document.querySelectorAll(`${at} button[aria-pressed]`)[0].click()", where
    )
    look = "(all) => all.map((each) => getComputedStyle(each).backgroundColor)"
    pressed, others = (
        set(tab.locator(f'{where} button[aria-pressed="{state}"]').evaluate_all(look))
        for state in ("true", "false")
    )
    assert pressed
    assert not pressed & others


def test_a_finger_that_goes_up_from_a_slider_scrolls_and_moves_nothing(open_page):
    tab = open_page(PAGE, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    slider = tab.locator("#figure-descent-curve input[type=range]").first
    slider.scroll_into_view_if_needed()
    tab.wait_for_function("document.querySelector('#figure-descent-curve').dataset.ready")
    box, before = slider.bounding_box(), slider.input_value()
    x, y = box["x"] + 0.7 * box["width"], box["y"] + box["height"] / 2
    top = tab.evaluate("scrollY")
    session = tab.context.new_cdp_session(tab)
    touch = "Input.dispatchTouchEvent"
    session.send(touch, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 13):
        session.send(
            touch, {"type": "touchMove", "touchPoints": [{"x": x + step / 4, "y": y - 15 * step}]}
        )
        tab.wait_for_timeout(16)
    session.send(touch, {"type": "touchEnd", "touchPoints": []})
    tab.wait_for_timeout(100)
    assert tab.evaluate("scrollY") > top + 50
    assert slider.input_value() == before


@pytest.mark.having(f'{FIGURE}|class="pad"')
def test_without_scripts_no_control_looks_alive(page, without_scripts):
    tab = without_scripts(page)
    dead = ".live-track input, .live-player button, .live-presets button, .live-common button"
    shown = "(all) => all.filter((each) => each.checkVisibility()).length"
    assert tab.locator(f"{dead}, .live-handle, .pad-buttons button").evaluate_all(
        shown.replace("checkVisibility()", "checkVisibility({ visibilityProperty: true })")
    ) == 0  # fmt: skip


# To the ear.


def test_a_slider_says_its_value_once(page, soup):
    for output in soup(page).select(".live-control output"):
        assert output["aria-live"] == "off"


def are_told_apart(names):
    return names and all(names) and len(names) == len(set(names))


@pytest.mark.having('class="headerlink"')
def test_what_leads_to_a_heading_is_told_from_the_others(page, at_a_desk):
    assert are_told_apart(at_a_desk(page).names["a.headerlink"])


@pytest.mark.having("<summary")
def test_what_folds_is_told_from_the_others(page, at_a_desk):
    assert are_told_apart(at_a_desk(page).names["article summary"])


@pytest.mark.having(FIGURE)
def test_what_does_something_to_a_figure_is_told_from_the_others(page, at_a_desk):
    assert are_told_apart(at_a_desk(page).names["article .live .live-common button"])


def test_titles_of_exercises_are_headings(page, soup):
    for title in soup(page).select(".exercise-title"):
        assert (title["role"], title["aria-level"]) == ("heading", "3")


def test_mathml_is_well_formed(page, site_folder):
    for text in MATHML.findall((site_folder / page).read_text(encoding="utf-8")):
        tree = ElementTree.fromstring(text.replace("&nbsp;", "\u00a0"))
        for element in tree.iter():
            name = element.tag.rpartition("}")[2]
            assert len(element) == CHILDREN.get(name, len(element)), text[-300:]


@pytest.mark.having(FORMULA)
def test_no_sign_is_left_alone_at_the_start_of_a_line(page, on_a_phone):
    assert not any(on_a_phone(page).orphans.values())
