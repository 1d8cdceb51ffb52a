"""How the pages look: templates, styles, formulas set by KaTeX, and what a page says of itself."""

from pathlib import Path

from pages.static import publish
from pages.theme import (
    caches,
    comments,
    context,
    faces,
    heights,
    joining,
    katex,
    listings,
    repository,
    sharing,
)


def use_templates(app, config):
    config.templates_path.append(str(Path(__file__).parent / "templates"))


def setup(app):
    publish(app, __file__)
    app.connect("config-inited", use_templates)
    app.add_css_file("book.css", priority=800)
    app.add_js_file("site.js", priority=800, loading_method="defer")
    parts = (
        caches,
        repository,
        heights,
        katex,
        faces,
        listings,
        comments,
        joining,
        context,
        sharing,
    )
    for part in parts:
        part.setup(app)
    # Writing is left to one process, as KaTeX runs in one.
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
