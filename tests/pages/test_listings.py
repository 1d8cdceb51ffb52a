"""Listings lose the elements that no reader sees, and no colour with them."""

from pathlib import Path

import pytest
import yaml
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.styles import get_style_by_name
from pygments.token import Text, Whitespace

from pages.theme.listings import PLAIN, Cell

CONFIG = Path(__file__).parents[2] / "_config.yml"
LIGHT = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["sphinx"]["config"]["pygments_style"]


@pytest.mark.parametrize("name", [LIGHT, "native"])  # the second is Sphinx's own for dark pages
def test_plain_tokens_have_the_colour_of_text(name):
    style = get_style_by_name(name)
    for kind in PLAIN - {Whitespace}:  # which has no colour that is seen
        assert style.style_for_token(kind) == style.style_for_token(Text), kind


def test_listing_keeps_the_elements_that_have_a_colour():
    html = highlight("for k in x:  # no\n    f(k, 0.5)\n", Cell(), HtmlFormatter(nowrap=True))
    assert html == (
        '<span class="k">for</span> k <span class="ow">in</span> x:  <span class="c1"># no</span>\n'
        '    f(k, <span class="mf">0.5</span>)\n'
    )
