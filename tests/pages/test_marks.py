"""A mark in the margin leads to its entry of the errata, and says so."""

import pytest
from bs4 import BeautifulSoup

from tests.pages.small_books import build_markdown

pytestmark = pytest.mark.filterwarnings("ignore")  # Sphinx's own, on what it will drop

ERRATA = "# Errata\n\n(errata-a17)=\n## Errata A17\n\n(errata-n3-30)=\n## Errata N3-30\n"


@pytest.fixture
def build(tmp_path):
    """Build a page with one paragraph; return its links and the warnings."""

    def built(text):
        (tmp_path / "index.md").write_text(f"# Page\n\n{text}\n", encoding="utf-8")
        (tmp_path / "errata.md").write_text(ERRATA, encoding="utf-8")
        rooms = ["pages.appendix.marks", "pages.theme.katex"]
        warnings = build_markdown(tmp_path, rooms, myst_heading_anchors=2)
        html = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
        return BeautifulSoup(html, "html.parser").select('[href*="errata.html#"]'), warnings

    return built


@pytest.mark.parametrize("name", ["A17", "N3-30"])
def test_a_mark_has_its_class_and_says_where_it_leads(build, name):
    links, warnings = build(f"It is $2x$. [† {name}](errata.md#errata-{name.lower()})")
    assert [link.get_text() for link in links] == [f"† {name}"]
    assert "erratum" in links[0]["class"]
    assert links[0]["title"] == f"The notes slip here: Errata {name}"
    assert "the mark" not in warnings


def test_a_mark_that_leads_to_another_entry_is_a_warning_with_its_line(build):
    _, warnings = build("It is $2x$. [† A17](errata.md#errata-n3-30)")
    assert "index.md:3" in warnings
    assert "the mark '† A17' has to lead to errata.ipynb#errata-a17" in warnings


def test_a_link_with_other_words_is_no_mark(build):
    links, _ = build("See [Errata A17](errata.md#errata-a17).")
    assert "erratum" not in links[0]["class"]
