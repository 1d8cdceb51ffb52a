"""Figures and the drawing pad at addresses of their own, and in frames of other people's pages."""

import gzip
import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.conftest import served
from tests.site.visits import ALL_READY, Heard, copied, violations

ALONE_KB = 60
NAME, CHAPTER = "descent-curve", "book/gradient_descent.html"
PLACE = f"figure/{NAME}.html"
STATE = "[...document.querySelectorAll('[data-slider]')].map(({ value }) => Number(value))"
DRAWN = "[...document.querySelectorAll('.moves')].map((each) => each.getAttribute('d')).join()"
HOST = """<!doctype html><title>Another page</title><h1>Another page</h1>{frame}
<script>addEventListener("message", ({{ data }}) => {{ document.title = data.height; }})</script>"""


@pytest.fixture(scope="module")
def other_origin(tmp_path_factory):
    """Serve pages of another origin: ``other_origin(text)`` returns the address of a page."""
    folder = tmp_path_factory.mktemp("other")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *ignored):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    with served(server) as address:

        def write(text):
            (folder / "page.html").write_text(text, encoding="utf-8")
            return f"{address}/page.html"

        yield write


def loaded(file):
    """Return the files that a page loads: all that it names, and the fonts that it may need."""
    page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    names = [each["href"] for each in page.select("link[rel=stylesheet], link[rel=icon]")]
    names += [each["src"] for each in page.select("script[src]")]
    names += [page.select_one("figure")["data-numbers"], "../_static/downhill-sans-figures.woff2"]
    return [file, *(file.parent / name for name in names)]


def weight(file):
    data = file.read_bytes()
    return len(data if file.suffix == ".woff2" else gzip.compress(data))


def test_every_figure_is_alone_and_light(site_folder):
    alone = {each.stem: each for each in (site_folder / "figure").glob("*.html")}
    pages = "".join(each.read_text(encoding="utf-8") for each in site_folder.glob("book/*.html"))
    assert set(alone) == set(re.findall(r'class="(?:live|pad)" id="figure-([a-z0-9-]+)"', pages))
    heavy = {name: sum(map(weight, loaded(file))) / 1000 for name, file in alone.items()}
    assert {name: kb for name, kb in heavy.items() if kb > ALONE_KB} == {}


@pytest.mark.parametrize("from_disk", [True, False])
def test_it_moves_alone_and_takes_its_state_from_the_address(
    from_disk, open_page, site, site_folder
):
    root = site_folder.as_uri() if from_disk else site
    tab = open_page(f"{root}/{PLACE}#{NAME}?learning_rate=0.1&x0=0.5")
    tab.wait_for_function(ALL_READY)
    first = tab.evaluate(STATE)
    before = tab.evaluate(DRAWN)
    tab.locator("[data-slider]").first.press("ArrowRight")
    tab.wait_for_function(f"(before) => {DRAWN} !== before", arg=before)
    assert tab.evaluate(STATE)[0] == first[0] + 1


@pytest.mark.parametrize("place", [PLACE, "figure/tangent-plane.html", "figure/digit-pad.html"])
def test_it_is_silent_and_its_markup_accessible(place, browser, site):
    seen, context = Heard(), browser.new_context()
    tab = context.new_page()
    seen.listen(tab)
    tab.goto(f"{site}/{place}", wait_until="networkidle")
    tab.wait_for_function(ALL_READY)
    assert seen.complaints == []
    assert sum(seen.weights().values()) / 1000 <= ALONE_KB
    assert violations(tab) == []
    context.close()


@pytest.mark.parametrize("width", [320, 700])
def test_it_does_not_scroll_sideways(width, open_page):
    tab = open_page(PLACE, viewport={"width": width, "height": 700})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_embed_copies_a_frame_that_shows_the_same_in_another_page(browser, site, other_origin):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(f"{site}/{CHAPTER}#{NAME}?learning_rate=0.1&x0=0.5")
    tab.wait_for_function(ALL_READY)
    own = tab.evaluate(f"[...document.querySelectorAll('#figure-{NAME} [data-slider]')]"
                       ".map(({ value }) => Number(value))")  # fmt: skip
    code = copied(tab, NAME, "embed", "Frame")
    frame = BeautifulSoup(code, "html.parser").iframe
    address = urlsplit(frame["src"])
    assert f"{site}/{PLACE}" == frame["src"].partition("#")[0]
    state = dict(parse_qsl(address.fragment.partition("?")[2]))
    assert round(float(state["learning_rate"]), 3) == 0.1
    tab.goto(other_origin(HOST.format(frame=code)))
    inside = tab.frame(url=re.compile(PLACE))
    inside.wait_for_function(ALL_READY)
    assert inside.evaluate(STATE) == own
    tab.wait_for_function("Number(document.title) > 300")  # the height that it has told
    told = int(tab.title())
    assert inside.evaluate("document.documentElement.scrollHeight") + 1 >= told > 300
    assert tab.locator("iframe").bounding_box()["height"] >= told - 60
    context.close()


def test_it_follows_the_colours_that_the_reader_prefers(open_page):
    papers = [
        open_page(PLACE, color_scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]
    assert papers == ["rgb(255, 255, 255)", "rgb(21, 23, 26)"]


def test_without_scripts_it_is_a_picture_that_promises_nothing(browser, site):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{site}/{PLACE}")
    assert tab.locator("svg").first.is_visible()
    assert not any(each.is_visible() for each in tab.locator("button, input").all())
    context.close()


def test_embed_of_the_pad_copies_a_frame_in_which_it_is_drawn_on(browser, site, other_origin):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(f"{site}/book/digits.html")
    tab.locator(".pad[data-ready]").wait_for()
    code = copied(tab, "digit-pad", "embed", "Frame")
    tab.goto(other_origin(HOST.format(frame=code)))
    inside = tab.frame(url=re.compile(r"figure/digit-pad\.html$"))
    inside.locator(".pad[data-ready]").wait_for()
    inside.locator("[data-do=clear]").click()
    inside.locator(".pad-words", has_text="An empty grid").wait_for()
    inside.locator(".pad-paper").click()
    inside.locator(".pad-words", has_text="It sees a").wait_for()
    tab.wait_for_function("Number(document.title) > 300")  # the height that it has told
    context.close()
