"""The built book in a browser, for the tests of its pages and of its live figures."""

import os
import re
import shutil
import threading
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

import serve
from tests.built import BUILT, built_pages

ROOT = Path(__file__).parents[1]
# First the one without windows, which is the same browser and a sixth faster.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
NAMES += ("google-chrome", "google-chrome-stable", "chrome")
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
# What waits for the next frame of a picture that moves gets it when it is ready, not 60 a second.
FLAGS += ["--disable-frame-rate-limit"]
# Letters as a browser with windows draws them on this system, and not fitted to whole pixels.
FLAGS += ["--font-render-hinting=slight"]
ADVICE = (
    "no Chromium was found, so the pages cannot be tested in a browser: install it "
    "(Debian: apt install chromium-headless-shell) or name its binary in the variable CHROMIUM"
)


def pytest_generate_tests(metafunc):
    """Run a test that takes a ``page`` once for every page, or let it say that none is built.

    One that is marked ``having`` is run for the pages in which that is found.
    """
    if "page" in metafunc.fixturenames:
        having = metafunc.definition.get_closest_marker("having")
        pages = built_pages(*having.args if having else ())
        metafunc.parametrize("page", pages or ["nothing-built"])


@cache
def chapters():
    """Return the chapters by their own names and by those of their live figures."""
    found = {}
    for book in sorted((ROOT / "book").glob("*.ipynb")):
        names = re.findall(r'"LiveFigure\(([a-z0-9-]+); ', book.read_text(encoding="utf-8"))
        found |= dict.fromkeys([book.stem, *names], book.stem)
    return found


# They take a minute each, mostly of waiting for what they start: last, they would be waited for.
FIRST = ("test_other_browsers.py", "test_jupyter.py", "test_run.py")


def pytest_collection_modifyitems(items):
    """Begin with what takes longest, so that no worker has nothing to do at the end.

    Tests of live figures come figure by figure: a page lays out the section of one at a time.
    """
    places = [k for k, item in enumerate(items) if item.path.name == "test_live_pages.py"]
    rank = {name: k for k, name in enumerate(chapters())}
    ordered = sorted((items[k] for k in places), key=lambda item: rank.get(figure_of(item), -1))
    for place, item in zip(places, ordered, strict=True):
        items[place] = item
    items.sort(key=lambda item: item.path.name not in FIRST)


def figure_of(item):
    """Return the figure that a test is about, or None."""
    return item.callspec.params.get("name") if hasattr(item, "callspec") else None


class ByPage(LoadScopeScheduling):
    """Hands out together all tests that look at one page; of the others, those of one file."""

    def _split_scope(self, nodeid):
        file, _, test = nodeid.partition("::")
        parameters = test.partition("[")[2].rstrip("]")
        page = re.search(r"([\w-]+)\.html", parameters)
        if page:
            return page[1]
        return chapters().get(parameters, file) if "/site/" in file else file


def pytest_xdist_make_scheduler(config, log):
    """Let the tests of a page run in one process, which then opens it once for all of them."""
    return ByPage(config, log)


@pytest.fixture(scope="session")
def site_folder():
    """The folder of the built book."""
    if not (BUILT / "index.html").is_file():
        pytest.fail("the book is not built: run `make html` first, or `make test`")
    return BUILT


@pytest.fixture(scope="session")
def pages(site_folder):
    """The paths of all built pages, as in the address of the site."""
    return built_pages()


class Lenient(serve.Handler):
    """Leaves out the policy, which forbids a test to wait inside a page: see test_policy.py."""

    policy = {}  # noqa: RUF012


@contextmanager
def served(server):
    """Yield the address at which a server answers meanwhile; without a slash at its end."""
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def site(site_folder):
    """The address of the built book, served compressed."""
    with served(serve.make_server(site_folder, handler=Lenient)) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium; without one the test is skipped, and fails under CI."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(ADVICE)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=found, args=FLAGS, chromium_sandbox=os.geteuid() != 0
        )
        yield browser
        browser.close()
