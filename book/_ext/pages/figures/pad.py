"""The drawing pad in a static page: its markup, and its network in a file of its own."""

from base64 import b64decode
from pathlib import Path

from docutils import nodes
from sphinx.util.osutil import relative_uri

from lib.live import pad
from pages.figures import alone
from pages.figures.parts import LIB, buffers, close_figure, open_figure, write_script


class drawing_pad(nodes.General, nodes.Element):
    """A drawing pad as its notebook saved it: spec, markup and table; its children are its code."""


def saved_pad(saved):
    """Return the node of a pad, or None where what is saved is something else."""
    state = saved.get("state", {})
    if not {"spec", "markup", "table"} <= {*state, *buffers(saved)} or "controls" in state:
        return None
    tables = {name: b64decode(data) for name, data in buffers(saved).items()}
    return drawing_pad(spec=state["spec"], markup=state["markup"], table=tables["table"])


def visit_pad(translator, node):
    builder, spec = translator.builder, node["spec"]
    text = pad.numbers(spec, node["table"])
    address = write_script(Path(builder.outdir), spec["name"], text)
    here = builder.get_target_uri(builder.current_docname)
    open_figure(translator, node, pad.page(spec, node["markup"], relative_uri(here, address)))
    alone.write(translator, spec, pad.page(spec, node["markup"], f"../{address}"), "pad")


def load_front(app, pagename, templatename, context, doctree):
    """Load the script of the pad on the pages that have one."""
    if doctree and any(doctree.findall(drawing_pad)):
        app.add_css_file("pad.css")
        app.add_js_file("sharing.js", loading_method="defer")
        app.add_js_file("pad.js", loading_method="defer")


def serve_front(app, config):
    config.html_static_path.extend(str(LIB / "live" / name) for name in ("pad.css", "pad.js"))


def setup(app):
    app.add_node(drawing_pad, html=(visit_pad, close_figure))
    app.connect("config-inited", serve_front)
    app.connect("html-page-context", load_front)
