"""One style sheet and one script for a page, from the several that theme and extensions bring.

A page shows nothing before it has its style, and a browser asks one host for six files at a time:
what comes in a dozen pieces keeps the page and its fonts waiting twice as long.
"""

import re
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from pages.theme.unused import names_in_page, names_in_script, without_unused

LINK = re.compile(
    r'\s*<link rel="stylesheet"[^>]*href="(?P<start>[^"?]*)_static/(?P<file>[^"?]*)[^"]*"[^>]*>'
)
SCRIPT = re.compile(  # not the tables, which stand in folders below
    r'\s*<script(?P<data>[^>]*) defer(?:="defer")?'
    r' src="(?P<start>[^"?]*)_static/(?P<file>[^"?/]*)(?:\?[^"]*)?"></script>'
)
DATA = re.compile(r'data-[a-z-]+="[^"]*"')  # what a script reads from the element it stands in
LATER = re.compile(r'"([^"]*\.js)"')

LICENCE = re.compile(r"/\*!.*?\*/", re.S)
PAIRED = re.compile(r"([^{};]*)\{([^{}]*light-dark\([^{}]*)\}")
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

    return PAIRED.sub(both, sheet)


def joined_sheets(paths, names):
    """Return the text of all style sheets in their order, with their licences before it.

    Addresses in them count from _static.
    """
    text = "\n".join(
        OWN.sub(f"url({path.parent.name}/", path.read_text(encoding="utf-8")) for path in paths
    )
    licences = "".join(f"{each}\n" for each in LICENCE.findall(text))
    return licences + with_plain_colours(without_unused(cssmin(text), names))


def joined_scripts(paths):
    """Return the text of all scripts in their order."""
    return jsmin("\n".join(path.read_text(encoding="utf-8") for path in paths))


def keep(static, stem, ending, text):
    """Write a text into the folder of static files, and return its name, which is of that text."""
    name = f"{stem}-{sha256(text.encode()).hexdigest()[:8]}.{ending}"
    (static / name).write_text(text, encoding="utf-8")
    return name


def with_one(page, pattern, element):
    """Return a page with one element where the first of those that a pattern finds stood."""
    first = next(pattern.finditer(page))
    return page[: first.start()] + "\n" + element + pattern.sub("", page[first.start() :])


def sheets_of(page):
    """Return the files of the style sheets that a page asks for, in their order."""
    return tuple(each["file"] for each in LINK.finditer(page))


def scripts_of(page):
    """Return the files of the scripts that a page runs, now or when they are needed."""
    found = list(SCRIPT.finditer(page))
    return {each["file"] for each in found} | {
        name for each in found for name in LATER.findall(each["data"])
    }


def with_one_sheet(page, static, names):
    found = list(LINK.finditer(page))
    if not found:
        return page
    text = joined_sheets([static / each["file"] for each in found], names)
    address = f"{found[0]['start']}_static/{keep(static, 'style', 'css', text)}"
    return with_one(page, LINK, f'<link rel="stylesheet" href="{address}">')


def with_one_script(page, static):
    found = list(SCRIPT.finditer(page))
    if not found:
        return page
    text = joined_scripts([static / each["file"] for each in found])
    address = f"{found[0]['start']}_static/{keep(static, 'script', 'js', text)}"
    data = " ".join(["", *(data for each in found for data in DATA.findall(each["data"]))])
    return with_one(page, SCRIPT, f'<script{data} defer src="{address}"></script>')


def join(app, exception):
    """Replace the links to style sheets in every page by one, and its deferred scripts likewise."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    pages = {path: path.read_text("utf-8") for path in sorted(Path(app.outdir).rglob("*.html"))}
    names = defaultdict(set)
    for page in pages.values():  # those that ask for the same style sheets get one together
        names[sheets_of(page)] |= names_in_page(page)
        for script in scripts_of(page):
            names[sheets_of(page)] |= names_in_script((static / script).read_text("utf-8"))
    for path, page in pages.items():
        page = with_one_script(with_one_sheet(page, static, names[sheets_of(page)]), static)
        path.write_text(page, encoding="utf-8")


def setup(app):
    # after furo, which writes the colours of code for dark pages at the end of the build
    app.connect("build-finished", join, priority=900)
