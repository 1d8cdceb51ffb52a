"""Visits of the built pages, each made once and asked about by many tests."""

from functools import cache

import pytest
from bs4 import BeautifulSoup

from tests.site.visits import AtADesk, OnAPhone


@pytest.fixture(scope="session")
def soup(site_folder):
    """Parse a page once for all tests."""

    def parsed(page):
        return BeautifulSoup((site_folder / page).read_text(encoding="utf-8"), "html.parser")

    return cache(parsed)


@pytest.fixture(scope="session")
def at_a_desk(browser, site):
    return cache(lambda page: AtADesk(browser, f"{site}/{page}"))


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
