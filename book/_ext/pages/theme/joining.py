"""One style sheet and one script for a page, from the several that theme and extensions bring.

A page shows nothing before it has its style, and a browser asks one host for six files at a time:
what comes in a dozen pieces keeps the page and its fonts waiting twice as long.
"""

import re
from hashlib import sha256
from pathlib import Path

from pages.theme.comments import without_css_comments

LINK = re.compile(
    r'\s*<link rel="stylesheet"[^>]*href="(?P<start>[^"?]*)_static/(?P<file>[^"?]*)[^"]*"[^>]*>'
)
SCRIPT = re.compile(  # not the tables, which stand in folders below
    r'\s*<script(?P<data>[^>]*) defer(?:="defer")?'
    r' src="(?P<start>[^"?]*)_static/(?P<file>[^"?/]*)(?:\?[^"]*)?"></script>'
)
DATA = re.compile(r'data-[a-z-]+="[^"]*"')  # what a script reads from the element it stands in

RULE = re.compile(r"([^{};]*)\{([^{}]*)\}")
PAIRED = re.compile(r"([^{};]*)\{([^{}]*light-dark\([^{}]*)\}")
BOTH = re.compile(r"light-dark\(\s*([^(),]+?)\s*,\s*[^()]+?\)")
KNOWN = "@supports (color: light-dark(red, red))"
OWN = re.compile(r"url\((?=fonts/)")  # an address beside the sheet it stands in
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
OTHERWISE = re.compile(r":not\([^()]*\)")
WORD = re.compile(r"[\w-]+")


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


def without_unused(sheet, words):
    """Return a style sheet without the rules for classes that are not among the words.

    A class is in use where its name is a word of a page or a script, whatever it means there. What
    KaTeX, Sphinx and the theme can style beyond this book is a fifth of what they bring.
    """

    def kept(rule):
        selectors = OTHERWISE.sub("", rule[1])
        if ":is(" in selectors or ":where(" in selectors:
            return rule[0]  # its commas separate other things
        used = any(words.issuperset(CLASS.findall(each)) for each in selectors.split(","))
        return rule[0] if used else ""

    return RULE.sub(kept, sheet)


def joined_sheets(paths, words):
    """Return the text of all style sheets in their order; addresses in them count from _static."""
    texts = (
        OWN.sub(f"url({path.parent.name}/", path.read_text(encoding="utf-8")) for path in paths
    )
    return with_plain_colours(without_unused(without_css_comments("\n".join(texts)), words))


def joined_scripts(paths):
    """Return the text of all scripts in their order."""
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def keep(static, stem, ending, text):
    """Write a text into the folder of static files, and return its name, which is of that text."""
    name = f"{stem}-{sha256(text.encode()).hexdigest()[:8]}.{ending}"
    (static / name).write_text(text, encoding="utf-8")
    return name


def with_one(page, pattern, element):
    """Return a page with one element where the first of those that a pattern finds stood."""
    first = next(pattern.finditer(page))
    return page[: first.start()] + "\n" + element + pattern.sub("", page[first.start() :])


def with_one_sheet(page, static, words):
    found = list(LINK.finditer(page))
    if not found:
        return page
    text = joined_sheets([static / each["file"] for each in found], words)
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
    files = [*Path(app.outdir).rglob("*.html"), *static.rglob("*.js")]
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(files)}
    words = {word for text in texts.values() for word in WORD.findall(text)}
    for path, text in texts.items():
        if path.suffix == ".html":
            page = with_one_script(with_one_sheet(text, static, words), static)
            path.write_text(page, encoding="utf-8")


def setup(app):
    # after furo, which writes the colours of code for dark pages at the end of the build
    app.connect("build-finished", join, priority=900)
