"""Live figures in built pages: widget state saved in a notebook becomes plain HTML at build time.

myst-nb puts the state of every widget in the page and leaves it to a script to build the view. Here
the view is written once, while building: native sliders and the picture at its first position. The
numbers of all other positions go into a file of their own, which the page asks for when the reader
comes near. A page needs no widget runtime, and reads with JavaScript off.

The picture stands first, and the cell that made it stands folded beneath it.
"""

import json
from base64 import b64decode
from pathlib import Path

from docutils import nodes
from myst_nb.core.render import WIDGET_VIEW_MIMETYPE
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from lib.live import markup
from pages.figures import alone, pad
from pages.figures.parts import LIB, buffers, close_figure, open_figure, write_script

LOGGER = logging.getLogger(__name__)


class live_figure(nodes.General, nodes.Element):
    """A live figure as its notebook saved it: spec, markup and table; its children are its code."""


# While a page is read.


def saved_figure(states, view):
    """Return the node of one live figure.

    Raises:
        ValueError: the widget is something else, which a static page cannot show.
    """
    box = states.get(view["model_id"], {"model_name": "widget without saved state"})
    children = box.get("state", {}).get("children", [])
    picture = states[children[0].removeprefix("IPY_MODEL_")] if children else {}
    if "spec" not in picture.get("state", {}):
        raise ValueError(f"got a {box['model_name']}, wanted a live figure: it needs a kernel")
    state, table = picture["state"], b64decode(buffers(picture)["table"])
    return live_figure(spec=state["spec"], markup=state["markup"], table=table)


def saved_widget(states, view):
    """Return the node of a drawing pad or of a live figure; see `saved_figure`."""
    made = pad.saved_pad(states.get(view["model_id"], {}))
    return saved_figure(states, view) if made is None else made


def saved_states(env):
    """Return the states of a page's widgets, and keep myst-nb from adding them to the page.

    The collector is myst-nb's own affair. Its public entry point, ``myst_nb.mime_renderers``, hands
    over a view without its state, and would act on other books too: see CONTRIBUTING.
    """
    scripts = NbMetadataCollector.get_js_files(env, env.docname)
    saved = scripts.pop("ipywidgets_state", (None, {"body": '{"state": {}}'}))
    return json.loads(saved[1]["body"])["state"]


def replace_views(app, doctree):
    """Put a live figure in the place of every widget of a page."""
    states = saved_states(app.env)
    found = app.env.live_figures[app.env.docname] = []
    for raw in list(doctree.findall(nodes.raw)):
        if WIDGET_VIEW_MIMETYPE not in raw.astext():
            continue
        view = json.loads(raw.astext().split(">", 1)[1].rsplit("<", 1)[0])
        try:
            made = saved_widget(states, view)
        except ValueError as error:
            LOGGER.warning("static widgets: %s", error, location=raw)
            continue
        cell = around(raw, "cell_code")
        put_first(cell, made, around(raw, "mime_bundle"))
        found.append((made["spec"]["name"], cell.line))


def around(node, element):
    """Return what myst-nb calls by that name and the node stands in."""
    while node.get("nb_element") != element:
        node = node.parent
    return node


def put_first(cell, made, bundle):
    """Let a figure begin its cell, with the code of the cell in it; other output stays below."""
    made.source, made.line = cell.source, cell.line
    for part in list(cell):
        if part["nb_element"] == "cell_code_source":
            made += part.children
            cell.remove(part)
    cell.attributes.pop("hide_mode", None)
    output = bundle.parent
    output.remove(bundle)
    place = sum("spec" in part.attributes for part in cell)
    if not output.children:
        cell.remove(output)
    cell.insert(place, made)


# Across the pages: a name is an address, and each leads to one figure.


def start(app, env, docnames):
    """Have somewhere to keep which figures a page has."""
    if not hasattr(env, "live_figures"):
        env.live_figures = {}


def drop_names(app, env, docname):
    getattr(env, "live_figures", {}).pop(docname, None)


def merge_names(app, env, docnames, other):
    env.live_figures |= {page: other.live_figures[page] for page in docnames}


def refuse_twins(app, env):
    """Say which figure has the name of another: at every build, for a page is not always read."""
    first = {}
    for page, found in sorted(env.live_figures.items()):
        for name, line in found:
            if name in first:
                words = "live figure in cell %d: the name %r is taken by %s, wanted one of its own"
                cell = line // 10000  # as myst-nb counts the lines of a notebook
                LOGGER.warning(words, cell, name, first[name], location=(page, line))
            first.setdefault(name, page)


# While a page is written.


def visit_figure(translator, node):
    builder, spec = translator.builder, node["spec"]
    text = markup.numbers(spec, node["table"])
    address = write_script(Path(builder.outdir), spec["name"], text)
    here = builder.get_target_uri(builder.current_docname)
    open_figure(translator, node, markup.page(spec, node["markup"], relative_uri(here, address)))
    whole = markup.page(spec, node["markup"], f"../{address}")
    alone.write(translator, spec, whole, "solid" if spec.get("solid") else "figure")


def load_front(app, pagename, templatename, context, doctree):
    """Load the scripts of the live figures on the pages that have one, and of those in space."""
    found = list(doctree.findall(live_figure)) if doctree else []
    if found:
        app.add_css_file("figure.css")
        app.add_js_file("sharing.js", loading_method="defer")
        app.add_js_file("motion.js", loading_method="defer")
        if any(each["spec"].get("solid") for each in found):
            app.add_js_file("solid.js", loading_method="defer")
        app.add_js_file("figure.js", loading_method="defer")


def serve_front(app, config):
    """Publish the front end of lib and its font as static files of the book."""
    names = ("palette.css", "fonts/fonts.css", "live/figure.css")
    names += ("live/sharing.js", "live/motion.js", "live/solid.js", "live/figure.js")
    config.html_static_path.extend(str(LIB / name) for name in names)
    config.html_static_path.extend(map(str, sorted(LIB.glob("fonts/*.woff2"))))


def setup(app):
    app.add_node(live_figure, html=(visit_figure, close_figure))
    app.connect("config-inited", serve_front)
    app.connect("env-before-read-docs", start)
    app.connect("doctree-read", replace_views)
    app.connect("env-purge-doc", drop_names)
    app.connect("env-merge-info", merge_names)
    app.connect("env-updated", refuse_twins)
    app.connect("html-page-context", load_front)
    app.add_css_file("palette.css", priority=100)
    app.add_css_file("fonts.css", priority=100)
