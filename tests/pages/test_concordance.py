"""The page of the notes' items: its data are whole, and each thing that could rot is noticed."""

import json
import re
from io import StringIO

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from pages.appendix import concordance

ITEMS = concordance.read_items()
TESTS = concordance.known_tests()


def with_first(**changes):
    """The items, the first of them changed."""
    return [ITEMS[0]._replace(**changes), *ITEMS[1:]]


def test_every_item_has_a_home_and_what_is_named_exists():
    assert concordance.faults(ITEMS, TESTS) == []


@pytest.mark.parametrize(
    ("items", "told"),
    [
        (ITEMS[1:], "items must be N0-01 to N4-40, once"),
        ([*ITEMS, ITEMS[-1]], "items must be N0-01 to N4-40, once"),
        (with_first(states=""), "N0-01 has no statement"),
        (with_first(home=[]), "N0-01 has no home"),
        (with_first(code=["derivatives.gradiant"]), "N0-01: lib has no derivatives.gradiant"),
        (with_first(code=["derivative.secant_slope"]), "N0-01: lib has no derivative.secant_slope"),
        (with_first(code=["descent.follow"]), "N0-01: lib has no descent.follow"),
        (with_first(tests=["test_golden::test_x"]), "N0-01: there is no test test_golden::test_x"),
    ],
)
def test_what_is_wrong_is_told(items, told):
    assert concordance.faults(items, TESTS) == [told]


def test_an_item_of_code_has_a_test_and_the_other_way_round():
    alone = [item.id for item in ITEMS if bool(item.code) != bool(item.tests)]
    assert alone == ["N3-18"]  # the table of (1 + 1/n)ⁿ, which needs no function of its own


def test_every_entry_of_the_errata_is_named_by_an_item():
    cells = json.loads((concordance.ROOT / "book" / "errata.ipynb").read_text("utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells)
    titles = re.findall(r"^### (Errata .+)$", text, re.M)
    entries = {title.lower().replace(" ", "-") for title in titles}
    assert {entry for item in ITEMS for entry in item.errata} == entries


def test_page_shows_every_item_where_it_can_be_linked(site_folder):
    page = (site_folder / "book" / "concordance.html").read_text(encoding="utf-8")
    assert [item.id for item in ITEMS if f'id="{item.id.lower()}"' not in page] == []


CHAPTER = """# Slopes

## Powers

$$
x^2
$$ (eq-square)
"""


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Build a chapter and a concordance of one item; return the page and the warnings."""

    def built(item):
        monkeypatch.setattr(concordance, "read_items", lambda: [item])
        (tmp_path / "book").mkdir()
        (tmp_path / "index.md").write_text("# Book\n```{toctree}\n:glob:\nbook/*\n```\n")
        (tmp_path / "book" / "slopes.md").write_text(CHAPTER)
        (tmp_path / "book" / "concordance.md").write_text("# All\n```{concordance} N0\n```\n")
        warnings, out = StringIO(), tmp_path / "out"
        settings = {
            "extensions": ["myst_parser", "pages.appendix.concordance"],
            "myst_enable_extensions": ["dollarmath"],
            "nitpicky": True,
        }
        with patch_docutils(), docutils_namespace():
            Sphinx(
                tmp_path, None, out, out / "trees", "html", settings, status=None, warning=warnings
            ).build()
        return (out / "book" / "concordance.html").read_text(), warnings.getvalue()

    return built


@pytest.mark.filterwarnings("ignore")
def test_places_become_links_that_say_where_they_lead(build):
    html, warnings = build(ITEMS[0]._replace(home=["slopes#powers", "slopes#eq-square"], code=[]))
    assert 'href="slopes.html#powers">Slopes, Powers</a>' in html
    assert 'href="slopes.html#equation-eq-square">Slopes, Powers</a>' in html
    assert "no anchor slopes" not in warnings


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("gone", ["slopes#power", "slopes#eq-cube", "slope#powers"])
def test_an_anchor_that_leads_nowhere_is_a_warning(build, gone):
    _, warnings = build(ITEMS[0]._replace(home=[gone], code=[]))
    assert f"concordance: no anchor {gone}" in warnings


@pytest.mark.filterwarnings("ignore")
def test_a_function_that_the_reference_lacks_is_a_warning(build):
    _, warnings = build(ITEMS[0]._replace(home=["slopes#powers"]))
    assert "lib.derivatives.central_gradient" in warnings
