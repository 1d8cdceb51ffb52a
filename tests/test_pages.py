"""The built pages: what they weigh, whom they ask, who can read them, where they lead."""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup, NavigableString

ROOT = Path(__file__).parents[1]
ALL_KB, SCRIPT_KB = 300, 100
FIGURE_PAGE = "book/gradient_descent.html"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
# Everything open and laid out, as the reader who has been everywhere sees it.
UNFOLD = """async () => {
  document.querySelectorAll('details').forEach((details) => { details.open = true; });
  document.querySelectorAll('section').forEach((section) => {
    section.style.contentVisibility = 'visible';
  });
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (const question of document.querySelectorAll('.answer')) {
    question.scrollIntoView({ behavior: 'instant' });
    for (let k = 0; k < 100 && !question.dataset.state; k++) await frame();
  }
  scrollTo({ top: 0, behavior: 'instant' });
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)));
}"""
# A formula stands for its thousand small boxes, which are hidden from screen readers and take axe
# most of its time.
AS_TEX = """
document.querySelectorAll('.katex').forEach((formula) => {
  formula.textContent = formula.querySelector('annotation').textContent;
  formula.style.cssText = 'white-space: normal; overflow-wrap: anywhere';
});
"""


@dataclass
class Visit:
    """What one cold visit of a page asked for and said."""

    weights: dict = field(default_factory=dict)  # bytes as they travel, by address
    scripts: set = field(default_factory=set)
    complaints: list = field(default_factory=list)

    def listen(self, tab):
        tab.on("console", lambda said: said.type in ("error", "warning") and self.hear(said.text))
        tab.on("pageerror", lambda error: self.hear(str(error)))
        tab.on("requestfailed", self.miss)
        tab.on("response", self.weigh)

    def hear(self, words):
        self.complaints.append(words)

    def miss(self, request):
        if request.failure != "net::ERR_ABORTED":  # as when index.html leads on to the intro
            self.hear(f"failed: {request.url}")

    def weigh(self, response):
        self.weights[response.url] = int(response.headers.get("content-length", 0))
        numbers = "/_static/figures/" in response.url  # data, though in the clothes of a script
        if response.request.resource_type == "script" and not numbers:
            self.scripts.add(response.url)


def soup_of(folder, page):
    return BeautifulSoup((folder / page).read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="session")
def soup(site_folder):
    """Parse a page once for all tests."""
    return cache(lambda page: soup_of(site_folder, page))


@pytest.fixture(scope="session")
def visit(browser, site):
    """Visit a page once, cold, and return what happened."""

    @cache
    def once(page):
        seen, context = Visit(), browser.new_context()
        tab = context.new_page()
        seen.listen(tab)
        tab.goto(f"{site}/{page}", wait_until="networkidle")
        context.close()
        return seen

    return once


@pytest.fixture
def open_page(browser, site):
    """Open a page in a context of its own: ``open_page(page, viewport=..., ...)``."""
    contexts = []

    def opened(page, **options):
        contexts.append(browser.new_context(**options))
        tab = contexts[-1].new_page()
        tab.goto(page if "://" in page else f"{site}/{page}", wait_until="networkidle")
        return tab

    yield opened
    for context in contexts:
        context.close()


# What a page costs and whom it asks.


def test_page_keeps_its_budget(page, visit):
    seen = visit(page)
    scripts = sum(seen.weights[url] for url in seen.scripts) / 1000
    everything = sum(seen.weights.values()) / 1000
    assert scripts <= SCRIPT_KB
    assert everything <= ALL_KB


def test_page_asks_nobody_else(page, visit, site):
    assert [url for url in visit(page).weights if not url.startswith((site, "data:"))] == []


def test_page_is_silent(page, visit):
    assert visit(page).complaints == []


def test_no_field_makes_a_browser_lay_out_the_whole_page(page, soup):
    """Browsers look at every form and field of a page that has loaded, to offer to fill it in."""
    fields = soup(page).select("article :is(form, select, textarea, input:not([type=range]))")
    assert [str(each)[:100] for each in fields if not each.find_parent("template")] == []


@pytest.mark.parametrize("width", [1350, 412])
def test_sections_are_about_as_high_as_guessed(page, width, open_page):
    tab = open_page(page, viewport={"width": width, "height": 823})
    sections = "[...document.querySelectorAll('article > section > section')]"
    guess = "(each) => parseFloat(getComputedStyle(each).containIntrinsicHeight.slice(5))"
    guessed = tab.evaluate(f"{sections}.map({guess})")
    tab.add_style_tag(content=":root article > section > section { content-visibility: visible }")
    true = tab.evaluate(f"{sections}.map((each) => each.clientHeight)")
    for guess, height in zip(guessed, true, strict=True):
        assert 0.8 * height - 200 <= guess <= 2.5 * height + 500
    assert 0.9 * sum(true) <= sum(guessed) <= 1.8 * sum(true)


# Who can read it.


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 360)])
def test_axe_finds_nothing(page, scheme, width, open_page):
    from axe_playwright_python.sync_playwright import Axe

    tab = open_page(page, color_scheme=scheme, viewport={"width": width, "height": 900})
    tab.evaluate(UNFOLD)
    tab.evaluate(AS_TEX)
    found = (
        Axe()
        .run(tab, options={"runOnly": RULES, "resultTypes": ["violations"]})
        .response["violations"]
    )
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def test_page_does_not_scroll_sideways_on_a_phone(page, open_page):
    tab = open_page(page, viewport={"width": 360, "height": 740})
    tab.evaluate(UNFOLD)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


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


def test_mathematics_needs_no_script(page, soup, open_page):
    if not soup(page).select(".katex"):
        pytest.skip("no formula on this page")
    tab = open_page(page, java_script_enabled=False)
    tab.locator(".katex-html").first.scroll_into_view_if_needed()
    assert tab.locator(".katex-html").first.bounding_box()["width"] > 0


def test_scrolling_boxes_are_reached_by_keyboard_only_while_they_scroll(page, open_page):
    tab = open_page(page, viewport={"width": 360, "height": 740})
    tab.evaluate(UNFOLD)
    wrong = "(box) => (box.scrollWidth > box.clientWidth + 1) !== (box.tabIndex === 0)"
    boxes = "[...document.querySelectorAll('.katex-display, .table-wrapper, article pre')]"
    assert tab.evaluate(f"{boxes}.filter({wrong}).map((box) => box.outerHTML.slice(0, 300))") == []


# Code: none is cut off, and what is wider than a phone shows that it goes on.

CUT = """[...document.querySelectorAll("article pre")].filter(
  (box) => box.scrollWidth > box.clientWidth + 1)"""
LOOK = """(box) => { const { backgroundImage, backgroundAttachment } = getComputedStyle(box);
  return [backgroundImage.split("linear-gradient").length - 1, backgroundAttachment, box.tabIndex,
    box.getAttribute("role"), box.getAttribute("aria-label")]; }"""
SHADED = [4, "local, local, scroll, scroll", 0, "group", "Scrolls sideways"]


def test_no_code_is_cut_off(page, open_page):
    tab = open_page(page, viewport={"width": 1000, "height": 900})
    tab.evaluate(UNFOLD)
    for width in (1000, 1280, 1600):
        tab.set_viewport_size({"width": width, "height": 900})
        cut = tab.evaluate(f"{CUT}.map((box) => box.textContent.slice(0, 200))")
        assert cut == [], width


def test_code_that_is_wider_than_a_phone_shows_that_it_goes_on(page, open_page):
    tab = open_page(page, viewport={"width": 360, "height": 740})
    tab.evaluate(UNFOLD)
    assert [each for each in tab.evaluate(f"{CUT}.map({LOOK})") if each != SHADED] == []


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


def test_pictures_need_no_script(page, soup, open_page):
    if not soup(page).select("figure.live"):
        pytest.skip("no figure on this page")
    tab = open_page(page, java_script_enabled=False)
    for picture in tab.locator("figure.live svg[role=img]").all():
        picture.scroll_into_view_if_needed()
        assert picture.bounding_box()["height"] > 100
    drawn = "(all) => all.every((each) => each.querySelector('.moves[d^=M], text.moves'))"
    assert tab.locator("figure.live").evaluate_all(drawn)
    assert not any(each.is_visible() for each in tab.locator(".live-handle").all())


# The numbers of the figures.

READY = "[...document.querySelectorAll('figure.live')].every((figure) => figure.dataset.ready)"
SLIDERS = """[...document.querySelectorAll('figure.live [data-slider]')].map((control) =>
  control.value ?? [...control.children].findIndex((button) => button.ariaPressed === 'true'))"""


def numbers_of(soup):
    return [each["data-numbers"].rpartition("/")[2] for each in soup.select("figure.live")]


def test_every_figure_has_its_numbers_and_asks_for_them_once(page, soup, site, browser):
    asked, tab = [], browser.new_page()
    tab.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    tab.goto(f"{site}/{page}")
    tab.wait_for_function(READY)
    numbers = numbers_of(soup(page))
    assert sorted(each for each in asked if each in numbers) == sorted(numbers)
    tab.close()


def test_numbers_are_asked_for_where_the_reader_is_and_not_yet_elsewhere(soup, site, browser):
    asked, tab = [], browser.new_page(viewport={"width": 1200, "height": 600})
    tab.add_init_script("window.requestIdleCallback = () => {}")  # a page that is never idle
    tab.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    numbers = numbers_of(soup(FIGURE_PAGE))
    name = numbers[-1].split(".")[0]
    tab.goto(f"{site}/{FIGURE_PAGE}", wait_until="networkidle")
    assert numbers[0] in asked
    assert numbers[-1] not in asked
    tab.evaluate("(name) => { location.hash = name + '?'; }", name)
    tab.wait_for_selector(f"#figure-{name}[data-ready]")
    assert numbers[-1] in asked
    tab.close()


@pytest.mark.parametrize("from_disk", [True, False])
def test_figure_without_its_numbers_says_so(from_disk, site_folder, site, browser):
    tab = browser.new_page()
    tab.route("**/_static/figures/*", lambda route: route.abort())
    tab.goto(f"{site_folder.as_uri() if from_disk else site}/{FIGURE_PAGE}")
    figure = tab.locator("figure.live").first
    figure.locator(".live-lost").wait_for()
    assert "numbers have not come" in figure.locator("[role=status]").inner_text()
    assert figure.locator("svg").first.is_visible()
    tab.close()


def test_figure_comes_to_life_when_the_reader_is_online_again(site, browser):
    tab = browser.new_page()
    tab.route("**/_static/figures/*", lambda route: route.abort())
    tab.goto(f"{site}/{FIGURE_PAGE}")
    tab.locator(".live-lost").first.wait_for()
    tab.unroute("**/_static/figures/*")
    tab.evaluate("dispatchEvent(new Event('online'))")
    tab.locator("figure.live[data-ready]").first.wait_for()
    assert tab.locator("figure.live").first.locator(".live-lost").count() == 0
    tab.close()


@pytest.mark.parametrize(
    "address", ["%", "100%", "%E0%A4%A", "{}?{}=%", "{}?{}=", "{}?{}=%20", "?"]
)
def test_malformed_address_leaves_the_page_as_without_it(address, soup, site, browser):
    seen, tab = Visit(), browser.new_page()
    seen.listen(tab)
    slider = soup(FIGURE_PAGE).select_one("figure.live input[type=range]")
    name = slider.find_parent("figure")["id"].removeprefix("figure-")
    states = []
    for place in ("", "#" + address.format(name, slider["data-slider"])):
        tab.goto("about:blank")
        tab.goto(f"{site}/{FIGURE_PAGE}{place}")
        tab.wait_for_function(READY)
        states.append(tab.evaluate(SLIDERS))
    assert states[0] == states[1]
    assert seen.complaints == []
    tab.close()


def test_click_in_a_picture_of_a_zoomed_page_arrives_where_it_points(open_page):
    states = []
    for zoom in (1, 1.5):
        tab = open_page(FIGURE_PAGE, viewport={"width": 1600, "height": 1200})
        tab.evaluate(f"document.body.style.zoom = {zoom}")
        picture = tab.locator("figure.live svg.live-draggable").first
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        tab.mouse.click(box["x"] + 0.55 * box["width"], box["y"] + 0.45 * box["height"])
        states.append(tab.evaluate(SLIDERS))
    assert states[0] == states[1]


# What it says of itself.


def test_page_says_what_it_is(page, soup):
    head = soup(page)
    assert head.html["lang"] == "en-GB"
    assert len(head.find_all("h1")) == 1
    assert head.title.string.strip()
    assert head.find("meta", {"name": "description"})["content"].strip()
    assert head.find("link", rel="icon")
    assert head.find("meta", {"name": "viewport"})


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
        assert formula.select(".eqno"), formula.select_one("annotation").text
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


def test_names_on_a_page_are_unique(page, soup):
    names = [tag["id"] for tag in soup(page).find_all(id=True)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_notebook_can_be_downloaded_as_it_is_committed(page, soup, site_folder):
    link = soup(page).select_one(".page-buttons a[download]")
    notebook = (ROOT / page).with_suffix(".ipynb")
    assert bool(link) == notebook.is_file()
    if link:
        copy = ((site_folder / page).parent / link["href"]).resolve()
        assert json.loads(copy.read_text(encoding="utf-8")) == json.loads(
            notebook.read_text(encoding="utf-8")
        )


def test_a_lost_reader_is_led_back(open_page, site):
    tab = open_page("book/no/such/page.html")
    assert tab.locator("h1").inner_text() == "Nothing at this point"
    tab.locator("a").first.click()
    tab.wait_for_url("**/book/intro.html")


# From the disk.


def test_page_works_from_the_disk(page, site_folder, browser):
    seen, tab = Visit(), browser.new_page()
    seen.listen(tab)
    tab.goto((site_folder / page).as_uri(), wait_until="networkidle")
    fonts = "document.fonts.ready.then((all) => [...all].every((font) => font.status !== 'error'))"
    assert tab.evaluate(fonts)
    assert seen.complaints == []
    tab.close()


@pytest.mark.parametrize("from_disk", [True, False])
def test_search_finds_and_leads(from_disk, site_folder, site, browser):
    seen, tab = Visit(), browser.new_page()
    seen.listen(tab)
    tab.goto(f"{site_folder.as_uri() if from_disk else site}/book/intro.html")
    tab.locator(".sidebar-search").fill("learning rate")
    tab.keyboard.press("Enter")
    hits = tab.locator("#search-results li a")
    hits.first.wait_for()
    hits.first.click()
    tab.wait_for_url("**/book/*.html*")
    assert seen.complaints == []
    tab.close()
