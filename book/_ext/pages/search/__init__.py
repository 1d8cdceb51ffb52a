"""The search: what can be found, kept in a file that the page of the search alone loads."""

from pathlib import Path

from pages.search import index
from pages.static import publish


def use_page(app, config):
    config.templates_path = [*config.templates_path, str(Path(__file__).parent / "templates")]
    config.html_additional_pages = config.html_additional_pages | {"search": "search.html"}


def leave_out_sphinx(app):
    """Make no index of Sphinx's own, which knows whole pages and orders them by counting words."""
    app.builder.search = False


def setup(app):
    publish(app, __file__)
    app.connect("config-inited", use_page)
    app.connect("builder-inited", leave_out_sphinx)
    index.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
