"""What the pages need to know: when notebooks are stale, and where the repository is."""

import hashlib
import os
from html import escape
from pathlib import Path
from urllib.parse import quote, urlsplit

from docutils import nodes

ROOT = Path(__file__).resolve().parents[2]
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1" />'
# Colours of terminals, tabs and a host's menus; and furo's script, which lays out the whole page to
# find where its headings are. book.css and site.js have what the pages of this book need.
UNUSED = ("_static/mystnb.", "_static/styles/furo-extensions.css", "_static/scripts/furo.js")
DESCRIPTION_LENGTH = 155  # what search engines show

# What docutils writes for a bibliography, of which ARIA has since withdrawn the one and with it the
# other; and the name of a folded cell, which says less than the words it shows.
UNWANTED = (' role="doc-biblioentry"', ' role="list"', ' aria-label="Toggle hidden content"')


def digest(folder):
    """Return a digest of a folder of code and of the pinned versions that it runs with."""
    files = [ROOT / "constraints.txt", *sorted((ROOT / folder).rglob("*"))]
    found = hashlib.sha256()
    for path in files:
        if path.is_file() and path.suffix != ".pyc":
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def configure(app, config):
    """Fill in the addresses from the CI's environment, and give every state of lib its own cache.

    myst-nb keeps outputs by the notebook's cells alone and would not see that lib has changed. The
    path of the cache is part of the configuration, so a new one also reads every page again; and so
    does a change of the extensions, which Sphinx would not see either.
    """
    caches = Path(app.outdir).parent / ".jupyter_cache"
    config.nb_execution_cache_path = str(caches / digest("lib"))
    config.extensions_digest = digest("book/_ext")
    server, name = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    if not config.repository_url and server and name:
        config.repository_url = f"{server}/{name}"
    if not config.html_baseurl and os.environ.get("PAGES_URL"):
        config.html_baseurl = os.environ["PAGES_URL"].rstrip("/") + "/"


def buttons(repository, branch, source):
    """Return the buttons of a chapter that need the repository, as (icon, label, address)."""
    if not repository:
        return []
    title = quote(f"In {source}: ")
    found = [("report", "Report an error", f"{repository}/issues/new?title={title}")]
    parts = urlsplit(repository)
    if parts.netloc == "github.com":
        name = parts.path.strip("/")
        colab = f"https://colab.research.google.com/github/{name}/blob/{branch}/{source}"
        binder = f"https://mybinder.org/v2/gh/{name}/{branch}?urlpath=lab/tree/{source}"
        found += [("play", "Open in Colab", colab), ("play", "Open in Binder", binder)]
    return found


def first_sentence(doctree):
    """Return the opening of a page for its description, cut between two words."""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if len(text) > DESCRIPTION_LENGTH:
            text = text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0] + "…"
        return text
    return ""


def complete_page(app, pagename, templatename, context, doctree):
    """Give the templates the page's description, its notebook and its buttons."""
    context["language"] = "en-GB"  # as Sphinx's own setting it would load a table of translations
    context["base_path"] = urlsplit(app.config.html_baseurl).path or "/"
    context["repository_url"] = app.config.repository_url
    context["author"] = app.config.author
    tags = context.get("metatags", "").replace(VIEWPORT, "")  # furo has one of its own
    if 'name="description"' not in tags:
        text = first_sentence(doctree) if doctree else f"Search the book {context['docstitle']}."
        tags += f'<meta name="description" content="{escape(text)}">'
    context["metatags"] = tags
    for files in (context["css_files"], context["script_files"]):
        # changed in place, because other extensions add to these lists
        files[:] = [file for file in files if not str(file.filename).startswith(UNUSED)]
    for file in context["script_files"]:
        file.attributes.setdefault("defer", "defer")
    if doctree:
        for attribute in UNWANTED:
            context["body"] = context["body"].replace(attribute, "")
        source = app.env.doc2path(pagename, base=False)
        context["notebook"] = source if source.endswith(".ipynb") else ""
        context["page_buttons"] = buttons(
            app.config.repository_url, app.config.repository_branch, source
        )


def setup(app):
    app.add_config_value("extensions_digest", "", "env")
    app.add_config_value("repository_url", "", "html")
    app.add_config_value("repository_branch", "main", "html")
    app.add_config_value("comments_config", {}, "")  # Jupyter Book always sets it
    app.connect("config-inited", configure)
    app.connect("html-page-context", complete_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
