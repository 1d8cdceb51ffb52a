"""The numbers of the live figures on their way into a page, and what an address asks of them."""

import pytest

from tests.site.visits import ALL_READY, READ_ON, Heard

FIGURE_PAGE = "book/gradient_descent.html"
SLIDERS = """[...document.querySelectorAll('figure.live [data-slider]')].map((control) =>
  control.value ?? [...control.children].findIndex((button) => button.ariaPressed === 'true'))"""


def numbers_of(soup):
    return [each["data-numbers"].rpartition("/")[2] for each in soup.select("figure.live")]


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


def test_numbers_of_what_is_far_come_once_the_page_is_read_on(soup, site, browser):
    seen, tab = Heard(), browser.new_page(viewport={"width": 1200, "height": 600})
    seen.listen(tab)
    numbers = numbers_of(soup(FIGURE_PAGE))
    tab.goto(f"{site}/{FIGURE_PAGE}", wait_until="networkidle")
    assert numbers[-1] not in seen.asked
    tab.evaluate(READ_ON)
    tab.wait_for_function(ALL_READY)
    assert set(numbers) <= set(seen.asked)
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
    seen, tab = Heard(), browser.new_page()
    seen.listen(tab)
    slider = soup(FIGURE_PAGE).select_one("figure.live input[type=range]")
    name = slider.find_parent("figure")["id"].removeprefix("figure-")
    states = []
    for place in ("", "#" + address.format(name, slider["data-slider"])):
        tab.goto("about:blank")
        tab.goto(f"{site}/{FIGURE_PAGE}{place}")
        tab.evaluate(READ_ON)
        tab.wait_for_function(ALL_READY)
        states.append(tab.evaluate(SLIDERS))
    assert states[0] == states[1]
    assert seen.complaints == []
    tab.close()


def test_address_with_the_names_that_the_sliders_once_had_still_works(open_page):
    states = []
    for query in ("m=1.5&b=2.5", "a=1.5&c=2.5"):
        tab = open_page(f"book/big_picture.html#line-by-hand?{query}")
        tab.wait_for_selector("#figure-line-by-hand[data-ready]")
        words = tab.locator("#figure-line-by-hand [data-slider]")
        states.append(words.evaluate_all("(all) => all.map((each) => each.ariaValueText)"))
    assert states[0] == states[1] == ["1.5", "2.5"]


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
