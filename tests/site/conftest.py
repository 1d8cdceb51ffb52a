"""Visits of the built pages, each made once and asked about by many tests."""

import os
from functools import cache

import pytest
from bs4 import BeautifulSoup

import serve
from tests.conftest import served
from tests.site.other_browsers import Firefox, WebKit
from tests.site.visits import AtADesk, OnAPhone


@pytest.fixture(scope="session")
def soup(site_folder):
    """Parse a page once for all tests."""

    def parsed(page):
        return BeautifulSoup((site_folder / page).read_text(encoding="utf-8"), "html.parser")

    return cache(parsed)


@pytest.fixture(scope="session")
def strict(site_folder):
    """The address of the book on the server of `make book`, which sends the policy with all."""
    with served(serve.make_server(site_folder)) as address:
        yield address


@pytest.fixture(scope="session")
def at_a_desk(browser, strict):
    return cache(lambda page: AtADesk(browser, f"{strict}/{page}"))


@pytest.fixture(scope="session")
def on_a_phone(browser, site_folder):
    return cache(lambda page: OnAPhone(browser, (site_folder / page).as_uri()))


@pytest.fixture(scope="session")
def without_scripts(browser, site):
    """A page that runs no script; the last one stays open for the tests that follow."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()

    def opened(page):
        if tab.url != f"{site}/{page}":
            tab.goto(f"{site}/{page}")
        return tab

    yield opened
    context.close()


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


@pytest.fixture(scope="module", params=[Firefox, WebKit], ids=lambda kind: kind.__name__)
def driven(request):
    """A browser that is not Chromium, one after the other."""
    kind = request.param
    if not kind.binary():
        missing = f"{kind.__name__} is not installed (Debian: apt install {kind.needs})"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    opened = kind()
    yield opened
    opened.close()
