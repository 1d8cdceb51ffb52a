"""Live figures in built pages: widget state saved in a notebook becomes plain HTML at build time.

myst-nb puts the state of every widget in the page and leaves it to a script to build the view. Here
the view is written once, while building: native sliders, the picture at its first position and the
table of numbers. A page needs no widget runtime, and reads with JavaScript off.
"""

import json
from base64 import b64decode
from pathlib import Path

from docutils import nodes
from myst_nb.core.render import WIDGET_VIEW_MIMETYPE
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.util import logging

import lib
from lib.live import markup

LOGGER = logging.getLogger(__name__)
LIB = Path(lib.__file__).parent


def figure_page(states, view):
    """Return the HTML of one live figure.

    Raises:
        ValueError: the widget is something else, which a static page cannot show.
    """
    box = states.get(view["model_id"], {"model_name": "widget without saved state"})
    children = box.get("state", {}).get("children", [])
    picture = states[children[0].removeprefix("IPY_MODEL_")] if children else {}
    if "spec" not in picture.get("state", {}):
        raise ValueError(f"got a {box['model_name']}, wanted a live figure: it needs a kernel")
    tables = {"/".join(each["path"]): b64decode(each["data"]) for each in picture["buffers"]}
    return markup.page(picture["state"]["spec"], picture["state"]["markup"], tables["table"])


def replace_views(app, doctree):
    """Write every widget of a page as HTML, and keep myst-nb from adding its state and scripts."""
    scripts = NbMetadataCollector.get_js_files(app.env, app.env.docname)
    saved = scripts.pop("ipywidgets_state", (None, {"body": '{"state": {}}'}))
    states = json.loads(saved[1]["body"])["state"]
    for key in [key for key in scripts if key.startswith("ipywidgets_")]:
        del scripts[key]
    for node in list(doctree.findall(nodes.raw)):
        if WIDGET_VIEW_MIMETYPE in node.astext():
            view = json.loads(node.astext().split(">", 1)[1].rsplit("<", 1)[0])
            try:
                html = figure_page(states, view)
            except ValueError as error:
                LOGGER.warning("static widgets: %s", error, location=node)
                continue
            node.replace_self(nodes.raw("", html, format="html"))


def load_front(app, pagename, templatename, context, doctree):
    """Load the script of the live figures on the pages that have one."""
    if 'class="live-data"' in context.get("body", ""):
        app.add_css_file("figure.css")
        app.add_js_file("figure.js", loading_method="defer")


def serve_front(app, config):
    """Publish the front end of lib and its font as static files of the book."""
    names = ("palette.css", "fonts/fonts.css", "live/figure.css", "live/figure.js")
    config.html_static_path.extend(str(LIB / name) for name in names)
    config.html_static_path.extend(map(str, sorted(LIB.glob("fonts/*.woff2"))))


def setup(app):
    app.connect("config-inited", serve_front)
    app.connect("doctree-read", replace_views)
    app.connect("html-page-context", load_front)
    app.add_css_file("palette.css", priority=100)
    app.add_css_file("fonts.css", priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
