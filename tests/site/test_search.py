"""The search of the built book: what it leads to, from a server and from the disk."""

import pytest

from tests.site.visits import Heard

# What readers look for, and the section that teaches it.
TAUGHT = {
    "chain rule": "book/derivatives.html#a-chain",
    "learning rate": "book/gradient_descent.html#downhill-in-the-dark",
    "saddle": "book/hessians.html#the-saddle",
    "sigmoid derivative": "book/logistic.html#the-slope-of-the-sigmoid",
    "overfitting": "book/generalisation.html#overfitting-and-underfitting",
    "Partial derivatives": "book/gradients.html#partial-derivatives",
    "momentum": "book/descent_failures.html#momentum-let-it-roll",
    "cross validation": "book/generalisation.html#cross-validation",
}
RESULTS = """(items) => items.map((item) => ({
  address: item.querySelector('a').href, text: item.querySelector('p').textContent,
  marked: [...item.querySelectorAll('mark')].map((mark) => mark.textContent) }))"""


@pytest.fixture(scope="module", params=["disk", "server"])
def found(request, browser, site, site_folder):
    """Search the book: ``found(words)`` returns the results that are shown first."""
    root = site if request.param == "server" else site_folder.as_uri()
    seen, tab = Heard(), browser.new_page()
    seen.listen(tab)

    def results(words):
        tab.goto(f"{root}/book/intro.html")
        tab.locator(".sidebar-search").fill(words)
        tab.keyboard.press("Enter")
        tab.locator("#search:not([hidden])").wait_for()
        shown = tab.locator(".search-results li").evaluate_all(RESULTS)
        return [each | {"address": each["address"].removeprefix(f"{root}/")} for each in shown]

    yield results
    assert seen.complaints == []
    tab.close()


@pytest.mark.parametrize("words", TAUGHT)
def test_the_section_that_teaches_it_comes_first_with_an_excerpt(words, found, site_folder):
    first = found(words)[0]
    assert first["address"] == TAUGHT[words]
    page, anchor = TAUGHT[words].split("#")
    assert f'id="{anchor}"' in (site_folder / page).read_text(encoding="utf-8")
    assert first["marked"]
    assert 20 < len(first["text"]) < 250


def test_records_of_lib_do_not_come_before_the_chapters(found):
    for words in ("learning rate", "softmax", "gradient", "cross entropy"):
        assert "reference" not in found(words)[0]["address"]


def test_a_number_is_looked_for_whole(found):
    for result in found("0.05"):
        assert set(result["marked"]) <= {"0.05"}


def test_any_of_the_words_is_enough_where_no_section_has_all(found):
    assert found("overfitting qwertyuiop")[0]["address"] == TAUGHT["overfitting"]


@pytest.mark.parametrize("words", ["qwertyuiop", "", "<qwertyuiop>", "'\"\\(", "%"])
def test_what_is_nowhere_is_no_error(words, found):
    assert found(words) == []


def test_the_index_is_loaded_by_the_search_alone(page, soup):
    scripts = [each["src"] for each in soup(page).select("script[src]")]
    assert any("_static/search/" in each for each in scripts) == (page == "search.html")
