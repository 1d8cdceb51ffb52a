"""The built pages by their names, and which of them have something of a kind."""

import re
from functools import cache
from pathlib import Path

BUILT = Path(__file__).parents[1] / "_build" / "html"
FIGURE, FORMULA = 'figure class="live"', 'class="katex"'


@cache
def built_pages(having=""):
    """Return the paths of the built pages below the folder of the site, without figures alone.

    Args:
        having: a regular expression that is found in the page.
    """
    found = {page.relative_to(BUILT).as_posix(): page for page in BUILT.rglob("*.html")}
    return [
        name
        for name, page in sorted(found.items())
        if not name.startswith("figure/") and re.search(having, page.read_text(encoding="utf-8"))
    ]
