"""The table of chapters with the questions in each, on the page where an author asks for it.

    :::{progress}
    :::

How many of them a reader has answered is known to the reader's browser alone; progress.js fills the
last column in, saves or erases what the browser has kept, and marks the chapters in the sidebar.
"""

import re
from html import escape

from docutils import nodes

from pages.directives import CarefulDirective
from pages.exercises.answers import markup

BUTTONS = (
    '<p class="progress-back" hidden>You were last at <a href="#">this place</a>.</p>'
    '<p class="progress-buttons"><button type="button" data-do="save">Save my answers</button>'
    '<button type="button" data-do="erase">Erase my answers</button><output></output></p>'
)


class chapters(nodes.General, nodes.Element):
    """Stands for the table until every page has been read."""


class Progress(CarefulDirective):
    def make(self):
        return [chapters()]


def collect(app, doctree):
    """Note the questions of a page in the environment, where other pages find them."""
    names = [node["question"] for node in doctree.findall(markup) if node.hasattr("question")]
    app.env.metadata[app.env.docname]["questions"] = " ".join(names)


def fill(app, doctree, docname):
    """Write the table, in the order of the book."""
    for node in doctree.findall(chapters):
        rows = "".join(
            row(app.builder, docname, page, app.env)
            for page in app.env.toctree_includes.get(app.config.master_doc, [])
            if app.env.metadata[page].get("questions")
        )
        head = "<tr><th>Chapter</th><th>Questions answered</th></tr>"
        html = (
            '<div class="progress"><div class="table-wrapper container">'
            f'<table class="docutils"><thead>{head}</thead><tbody>{rows}</tbody></table></div>'
            f"{BUTTONS}</div>"
        )
        node.replace_self(nodes.raw("", html, format="html"))


def row(builder, here, page, env):
    names = env.metadata[page]["questions"]
    title, address = escape(env.titles[page].astext()), builder.get_relative_uri(here, page)
    count = len(names.split())
    cell = f'<td data-questions="{names}">{count} in all</td>'
    return f'<tr><td><a href="{address}">{title}</a></td>{cell}</tr>'


def sorts(names):
    """Return how the questions of a page are called, without their numbers."""
    return sorted({re.sub(r"(-\d+)+$", "", name) for name in names.split()})


def mark_chapters(app, pagename, templatename, context, doctree):
    """Tell each chapter of the sidebar how many questions it asks; progress.js draws the mark."""
    tree = context.get("furo_navigation_tree", "")
    for page, found in app.env.metadata.items():
        names = found.get("questions")
        if names:
            address = f'href="{app.builder.get_relative_uri(pagename, page) or "#"}"'
            asked = " ".join([str(len(names.split())), *sorts(names)])
            tree = tree.replace(address, f'{address} data-asked="{asked}"')
    context["furo_navigation_tree"] = tree


def setup(app):
    # after the theme has made the tree
    app.connect("html-page-context", mark_chapters, priority=700)
    app.add_directive("progress", Progress)
    app.add_node(chapters)
    app.connect("doctree-read", collect)
    app.connect("doctree-resolved", fill)
