"""What a page says of itself, and what the theme and other extensions say too much."""

import re
from html import escape, unescape

from docutils import nodes

from pages.words import plain

VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1" />'
# Colours of terminals, tabs and a host's menus; furo's script, which lays out the whole page to
# find where its headings are; and Sphinx's, of which one ends in an error where a browser keeps
# nothing. book.css, site.js and search.js have what the pages of this book need.
UNUSED = ("_static/mystnb.", "_static/styles/furo-extensions.css", "_static/scripts/furo.js")
UNUSED += ("_static/documentation_options.js", "_static/doctools.js", "_static/sphinx_highlight.js")
DESCRIPTION_LENGTH = 155  # what search engines show
DESCRIPTION = re.compile(
    r'<meta content="([^"]*)" name="description" ?/?>'
)  # as docutils writes it

# Links to headings, formulas and entries are called by where they lead, or all would be called "#".
HEADERLINK = re.compile(r'(<a class="headerlink" href="#([^"]+)") title="[^"]*"')
EXERCISE = (
    '<p class="exercise-title">',
    '<p class="exercise-title" role="heading" aria-level="3">',
)

# What docutils writes for a bibliography, of which ARIA has since withdrawn the one and with it the
# other; and the name of a folded cell, which says less than the words it shows.
UNWANTED = (' role="doc-biblioentry"', ' role="list"', ' aria-label="Toggle hidden content"')


def first_sentence(doctree):
    """Return the opening of a page for its description, cut between two words."""
    for paragraph in doctree.findall(nodes.paragraph):
        text = plain(paragraph)
        if len(text) > DESCRIPTION_LENGTH:
            text = text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0] + "…"
        return text
    return ""


def name_link(match):
    start, place = match.groups()
    words = place.replace("equation-eq-", "formula ").replace("-", " ")
    return f'{start} aria-label="# {words}" title="Link to this place"'


def complete_page(app, pagename, templatename, context, doctree):
    """Give the templates the page's description, and take out what no page needs."""
    context["language"] = "en-GB"  # as Sphinx's own setting it would load a table of translations
    context["author"] = app.config.author
    tags = context.get("metatags", "").replace(VIEWPORT, "")  # furo has one of its own
    given = DESCRIPTION.search(tags)
    text = first_sentence(doctree) if doctree else f"Search the book {context['docstitle']}."
    context["description"] = unescape(given[1]) if given else text
    if not given:
        tags += f'<meta name="description" content="{escape(text)}">'
    context["metatags"] = tags
    for files in (context["css_files"], context["script_files"]):
        # changed in place, because other extensions add to these lists
        files[:] = [file for file in files if not str(file.filename).startswith(UNUSED)]
    for file in context["script_files"]:
        file.attributes.setdefault("defer", "defer")
    if doctree:
        body = HEADERLINK.sub(name_link, context["body"]).replace(*EXERCISE)
        for attribute in UNWANTED:
            body = body.replace(attribute, "")
        context["body"] = body


def setup(app):
    app.add_config_value("comments_config", {}, "")  # Jupyter Book always sets it
    app.connect("html-page-context", complete_page)
