"""What the fold of a cell is called: by what is in it, so that a reader knows before opening it.

Folds of words, as hints, have short names that return; each is heard with its place.

A page has folded cells of two kinds besides the code of its figures: the imports at its top, and
the solution of an exercise that is answered in the notebook.
"""

import re
from collections import Counter
from html import escape

from docutils import nodes

from pages.words import plain


def is_cell(node):
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def is_exercise(node):
    return isinstance(node, nodes.container) and {"exercise", "notebook"} <= set(node["classes"])


def name_folds(app, doctree):
    """Name every folded cell of a page."""
    cells = list(doctree.findall(is_cell))
    title = ""
    for node in doctree.findall(lambda node: is_cell(node) or is_exercise(node)):
        if is_exercise(node):
            title = node[0].astext()
        elif node.get("hide_mode") and (title or node is cells[0]):
            words = "Imports" if node is cells[0] else f"Solution in code: {title}"
            node["prompt_show"] = node["prompt_hide"] = words


SUMMARY = re.compile(r"<summary>([^<]*)</summary>")


def place(node):
    """Return the title of the exercise or the section that a node stands in."""
    while node is not None:
        exercise = isinstance(node, nodes.container) and "exercise" in node["classes"]
        if exercise or (isinstance(node, nodes.section) and len(node)):
            return plain(node[0])
        node = node.parent
    return ""


def name_words(app, doctree):
    """Tell each fold of words from the others of its page, where it is heard, by its place."""
    counts = Counter()
    for node in doctree.findall(nodes.raw):
        where = place(node)

        def named(match, where=where):
            name = f"{match[1]}: {where}"
            counts[name] += 1
            number = f", {counts[name]}" if counts[name] > 1 else ""
            return f'<summary aria-label="{escape(name)}{number}">{match[1]}</summary>'

        text = SUMMARY.sub(named, node.astext())
        if text != node.astext():
            node.replace(node[0], nodes.Text(text))


def setup(app):
    # after the figures, which have taken their cells out
    app.connect("doctree-read", name_folds, priority=600)
    app.connect("doctree-read", name_words, priority=600)
