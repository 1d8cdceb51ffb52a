"""Where the repository is, and the buttons of a chapter that need it."""

import os
from urllib.parse import quote, urlsplit


def configure(app, config):
    """Fill in the addresses from the CI's environment."""
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


def complete_page(app, pagename, templatename, context, doctree):
    """Give the templates the addresses, the page's notebook and its buttons."""
    context["base_path"] = urlsplit(app.config.html_baseurl).path or "/"
    context["repository_url"] = app.config.repository_url
    if doctree:
        source = app.env.doc2path(pagename, base=False)
        context["notebook"] = source if source.endswith(".ipynb") else ""
        context["page_buttons"] = buttons(
            app.config.repository_url, app.config.repository_branch, source
        )


def setup(app):
    app.add_config_value("repository_url", "", "html")
    app.add_config_value("repository_branch", "main", "html")
    app.connect("config-inited", configure)
    app.connect("html-page-context", complete_page)
