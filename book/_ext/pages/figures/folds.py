"""What the fold of a cell is called: by what is in it, so that a reader knows before opening it.

A page has folded cells of two kinds besides the code of its figures: the imports at its top, and
the solution of an exercise that is answered in the notebook.
"""

from docutils import nodes


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


def setup(app):
    # after the figures, which have taken their cells out
    app.connect("doctree-read", name_folds, priority=600)
