"""The drawing pad in the built page: what it computes is lib's, by hand, by keys and by script."""

import json
import re
from base64 import b64decode

import numpy as np
import pytest

from lib import strokes
from tests.lib.drawings import DRAWINGS, by_hand, dense

PAGE = "book/digits.html"
SEEN = """[...document.querySelectorAll('.pad-seen rect')].map(
  (square) => 16 * Number(square.getAttribute('fill-opacity')))"""
SHARES = """[...document.querySelectorAll('.pad-bar')].map(
  (bar) => Number(bar.style.getPropertyValue('--share')))"""
DRAW = """async (strokes) => {
  document.querySelector('.pad').dispatchEvent(new CustomEvent('strokes', { detail: strokes }));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


@pytest.fixture(scope="module")
def network(site_folder):
    """The weights of the pad, as they travel with the page."""
    (file,) = (site_folder / "_static" / "figures").glob("digit-pad.*.js")
    spec = json.loads(re.fullmatch(r'padNumbers\["digit-pad"\]=(.*);\n', file.read_text())[1])
    numbers, layers = np.frombuffer(b64decode(spec["table"]), dtype=np.int8), []
    for inputs, scale in zip(spec["sizes"], spec["scales"], strict=False):
        rows, numbers = np.split(numbers, [(inputs + 1) * len(scale)])
        both = rows.reshape(inputs + 1, len(scale)) * np.array(scale)
        layers.append((both[:-1], both[-1]))
    return layers


def answer(network, pixels):
    """Return the ten probabilities, written anew from the chapter's formulas."""
    (W, b), (V, c) = network
    z = np.tanh(pixels / 16 @ W + b) @ V + c
    parts = np.exp(z - z.max())
    return parts / parts.sum()


@pytest.fixture(scope="module")
def tab(browser, site):
    tab = browser.new_page(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
    tab.goto(f"{site}/{PAGE}")
    tab.locator(".pad[data-ready]").wait_for()
    tab.locator(".pad-paper").scroll_into_view_if_needed()
    yield tab
    tab.close()


@pytest.fixture(autouse=True)
def empty(tab):
    tab.locator("[data-do=clear]").click()
    tab.locator(".pad-words", has_text="An empty grid").wait_for()


def rounded(drawing):
    return [np.round(stroke, 2).tolist() for stroke in drawing]


def test_the_page_comes_with_a_drawing_and_its_answer(soup, network):
    pad = soup(PAGE).select_one("figure.pad")
    shares = [float(re.search(r"[\d.]+", bar["style"])[0]) for bar in pad.select(".pad-bar")]
    squares = np.array([float(each["fill-opacity"]) for each in pad.select(".pad-seen rect")])
    np.testing.assert_allclose(shares, answer(network, 16 * squares), atol=0.03)
    assert np.argmax(shares) == 3


def test_script_and_lib_see_and_say_the_same(tab, network):
    rng = np.random.default_rng(1)
    for ways in DRAWINGS.values():
        drawing = rounded(by_hand(ways[0], rng))
        tab.evaluate(DRAW, drawing)
        wanted = strokes.pixels(drawing)
        seen = np.array(tab.evaluate(SEEN))
        assert np.abs(seen - wanted).sum() <= 2  # a dot just at the edge of a line
        np.testing.assert_allclose(tab.evaluate(SHARES), answer(network, seen), atol=6e-5)


def test_most_drawings_are_recognised(network):
    """Every way to draw each digit, by five hands."""
    rng, right = np.random.default_rng(2), []
    for digit, ways in DRAWINGS.items():
        for drawing in (by_hand(way, rng) for way in ways for _ in range(5)):
            right.append(answer(network, strokes.pixels(drawing)).argmax() == digit)
    assert np.mean(right) >= 0.9


def draw_by_mouse(tab, drawing):
    box = tab.locator(".pad-paper").bounding_box()
    for stroke in drawing:
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        tab.mouse.move(*places[0])
        tab.mouse.down()
        for place in places[1:]:
            tab.mouse.move(*place)
        tab.mouse.up()


def test_a_digit_is_drawn_by_the_mouse_and_taken_back(tab):
    seven = [0.1 + 0.8 * dense(stroke, 20) for stroke in DRAWINGS[7][0]]
    draw_by_mouse(tab, seven)
    tab.locator(".pad-words", has_text="It sees a 7").wait_for()
    assert tab.locator(".pad-best > :first-child").text_content() == "7"
    draw_by_mouse(tab, [[(0.3, 0.5), (0.7, 0.5)]])
    assert tab.locator(".pad-ink polyline").count() == 2
    tab.locator("[data-do=undo]").click()
    tab.locator(".pad-words", has_text="It sees a 7").wait_for()
    tab.locator("[data-do=undo]").click()
    tab.locator(".pad-words", has_text="An empty grid").wait_for()
    assert tab.evaluate(SEEN) == [0] * 64


def test_a_digit_is_drawn_by_the_keys(tab):
    paper = tab.locator(".pad-paper")
    paper.focus()
    # From the cell in the middle of the top row: a one, downwards.
    for key in ("Space", *["ArrowDown"] * 7, "Space"):
        paper.press(key)
    tab.locator(".pad-words", has_text="It sees a 1").wait_for()
    assert "row 8, column 4, pen up" in tab.locator(".pad-news").text_content()
    assert tab.locator(".pad-pen").is_visible()
    paper.press("Backspace")
    tab.locator(".pad-words", has_text="An empty grid").wait_for()


def test_a_finger_draws_and_does_not_scroll(open_page):
    tab = open_page(PAGE, viewport={"width": 360, "height": 740}, has_touch=True)
    paper = tab.locator(".pad-paper")
    assert paper.evaluate("(box) => getComputedStyle(box).touchAction") == "none"
    paper.scroll_into_view_if_needed()
    paper.tap()
    tab.locator(".pad-words", has_text="It sees a").wait_for()
    assert tab.locator(".pad-ink polyline").count() == 1


def test_another_network_may_answer(tab):
    """The event that lets a reader's own network take the place of the chapter's."""
    tab.evaluate(DRAW, [[[1, 1], [5, 7]]])
    always_six = [[[0] * 10 for _ in range(64)] + [[9 * (digit == 6) for digit in range(10)]]]
    before = tab.locator(".pad-words").text_content()
    tab.evaluate(
        """(layers) => document.querySelector('.pad').dispatchEvent(
          new CustomEvent('network', { detail: layers }))""",
        always_six,
    )
    tab.locator(".pad-words", has_text="It sees a 6, with over 99 per cent").wait_for()
    assert before != tab.locator(".pad-words").text_content()
    tab.reload()
    tab.locator(".pad[data-ready]").wait_for()


def test_a_pad_whose_network_does_not_come_says_so(browser, site):
    tab = browser.new_page()
    tab.route("**/digit-pad.*.js", lambda route: route.abort())
    tab.goto(f"{site}/{PAGE}")
    tab.locator(".pad-words", has_text="have not come").wait_for()
    tab.close()
