"""One style sheet for a page, from the several that the theme and the extensions bring.

A page shows nothing before it has its style, and six files keep it waiting twice as long as one.
"""

import re
from hashlib import sha256
from pathlib import Path

from pages.theme.comments import without_css_comments

LINK = re.compile(
    r'\s*<link rel="stylesheet"[^>]*href="(?P<start>[^"?]*)_static/(?P<file>[^"?]*)[^"]*"[^>]*>'
)
RULE = re.compile(r"([^{};]*)\{([^{}]*light-dark\([^{}]*)\}")
BOTH = re.compile(r"light-dark\(\s*([^(),]+?)\s*,\s*[^()]+?\)")
KNOWN = "@supports (color: light-dark(red, red))"
OWN = re.compile(r"url\((?=fonts/)")  # an address beside the sheet it stands in


def with_plain_colours(sheet):
    """Return a style sheet that has the colours of light paper where light-dark() is unknown.

    A browser that does not know it takes no note of what a variable holds until it is used, and
    then has no colour at all: so the plain ones come first, and the pairs where they are known.
    """

    def both(rule):
        selector, body = rule.groups()
        pairs = ";".join(each for each in body.split(";") if "light-dark(" in each)
        plain = BOTH.sub(r"\1", body)
        return f"{selector}{{{plain}}}\n{KNOWN} {{{selector}{{{pairs}}}}}"

    return RULE.sub(both, sheet)


def joined(sheets):
    """Return the text of all sheets in their order; addresses in them count from _static."""
    texts = (
        OWN.sub(f"url({sheet.parent.name}/", sheet.read_text(encoding="utf-8")) for sheet in sheets
    )
    return with_plain_colours(without_css_comments("\n".join(texts)))


def join_styles(app, exception):
    """Replace the links to style sheets in every page by one link."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir)
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        links = list(LINK.finditer(text))
        if not links:
            continue
        style = joined([folder / "_static" / link["file"] for link in links])
        name = f"_static/style-{sha256(style.encode()).hexdigest()[:8]}.css"
        (folder / name).write_text(style, encoding="utf-8")
        first = links[0]
        whole = f'\n<link rel="stylesheet" href="{first["start"]}{name}">'
        text = text[: first.start()] + whole + LINK.sub("", text[first.start() :])
        page.write_text(text, encoding="utf-8")


def setup(app):
    # after furo, which writes the colours of code for dark pages at the end of the build
    app.connect("build-finished", join_styles, priority=900)
