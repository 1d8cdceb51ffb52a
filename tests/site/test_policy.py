"""The server of `make book`: the policy it sends, whom it answers, what it does not hand out."""

import base64
import hashlib
import http.client
import re

import pytest

import serve
from tests.conftest import served
from tests.site.visits import READY, Heard

INLINE = re.compile(r"<script(?![^>]*src=)[^>]*>(.*?)</script>", re.S)
REFUSED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); } })"""


def test_page_obeys_the_policy(page, at_a_desk):
    assert at_a_desk(page).is_ready
    assert at_a_desk(page).heard.complaints == []


@pytest.mark.parametrize("address", ["search.html?q=slope", "figure/descent-curve.html"])
def test_search_and_a_figure_alone_obey_the_policy(address, browser, strict):
    seen = Heard()
    with browser.new_page() as tab:
        seen.listen(tab)
        tab.goto(f"{strict}/{address}", wait_until="networkidle")
        assert tab.evaluate(READY)
    assert seen.complaints == []


def test_the_policy_names_the_scripts_that_stand_in_the_pages_and_no_other(site_folder):
    (value,) = serve.proposed().values()
    texts = {
        text
        for path in site_folder.rglob("*.html")
        for text in INLINE.findall(path.read_text(encoding="utf-8"))
    }
    hashes = {
        "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in texts
    }
    assert set(re.findall(r"'(sha256-[^']+)'", value)) == hashes
    scripts = re.search(r"script-src ([^;]*)", value)[1]
    assert "unsafe-inline" not in scripts
    assert "unsafe-eval" not in scripts.replace("wasm-unsafe-eval", "")


@pytest.mark.parametrize("chapter", ["intro", "newton"])
def test_a_browser_that_refuses_storage_sees_no_error(chapter, browser, strict):
    seen, context = Heard(), browser.new_context(color_scheme="light")
    tab = context.new_page()
    seen.listen(tab)
    tab.add_init_script(REFUSED)
    tab.goto(f"{strict}/book/{chapter}.html", wait_until="networkidle")
    tab.locator(".theme-toggle-content button").click()
    assert tab.evaluate("document.body.dataset.theme") == "dark"
    choice = tab.locator(".answer button[value]").first
    if choice.count():
        choice.scroll_into_view_if_needed()
        choice.click()
    if chapter == "intro":
        tab.locator("[data-do=erase]").click()
    assert seen.complaints == []
    context.close()


# Whom it answers, and with what.


@pytest.fixture
def ask(tmp_path):
    """Ask a server of a small folder: ``ask(path, Host=...)`` returns status, headers, text."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("the book", encoding="utf-8")
    (folder / "404.html").write_text("nowhere", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    (folder / "within.html").symlink_to(folder / "index.html")
    server = serve.make_server(folder)

    def asked(path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read().decode()
        connection.close()
        return found

    with served(server):
        yield asked


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000"])
def test_this_machine_is_answered_by_each_of_its_names(host, ask):
    status, headers, text = ask("/", Host=host)
    assert (status, text) == (200, "the book")
    assert headers["Content-Security-Policy"] == serve.proposed()["Content-Security-Policy"]


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1.example.org:8000", "localhost.evil", ""]
)
def test_a_foreign_name_is_refused_in_words(host, ask):
    status, _, text = ask("/", Host=host)
    assert status == 421
    assert "localhost" in text
    assert "book" not in text


@pytest.mark.parametrize("path", ["/" + "a" * 5000, "/" + "a/" * 2000, "/?" + "q" * 5000])
def test_an_address_that_is_too_long_is_refused_in_words(path, ask):
    status, _, text = ask(path)
    assert status == 414
    assert "address" in text


@pytest.mark.parametrize(
    "path", ["/" + "a" * 300, "/out.txt", "/up/secret.txt", "/%2e%2e/secret.txt", "/%00", "/..\\x"]
)
def test_what_is_not_in_the_folder_is_nowhere(path, ask):
    status, _, text = ask(path)
    assert (status, text) == (404, "nowhere")


def test_a_link_within_the_folder_is_followed(ask):
    assert ask("/within.html")[::2] == (200, "the book")
