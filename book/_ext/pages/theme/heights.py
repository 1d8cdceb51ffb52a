"""A guess at the height of each section, for a browser that lays out what the reader comes near.

Until then the page is as long as the guesses say. A guess that is a little too high keeps what is
laid out already from lying over what comes next, and the scroll bar from jumping far.

Laying out a whole chapter at once is what it spares: on a processor four times slower than that of
a desk, the two largest chapters kept the reader waiting 0.7 to 1.5 seconds without it (the total
blocking time; the largest paint came after 0.7 to 2.4), and 0.1 to 0.2 seconds with it (0.6 to
0.8), though figures' numbers come in files of their own. Nearly all of it are formulas.
"""

from docutils import nodes
from sphinx.addnodes import desc_signature

from pages.figures.folds import is_cell
from pages.figures.pad import drawing_pad
from pages.figures.page import live_figure

# Pixels on a phone, from the sections of this book; `tests/site/test_pages.py` compares.
LETTER, FORMULA, CODE_LINE, FIGURE, HEADING, ENTRY, ROW = 1.3, 115, 21, 560, 200, 40, 40
BUTTONS = 28  # of a cell that can be run


def height(section, buttons=0):
    """Return a guess at the height of a section on a phone, in pixels.

    ``buttons`` is the height of the row of buttons below each cell.
    """
    letters = sum(len(node.astext()) for node in section.findall(nodes.paragraph))
    formulas = sum(1 for _ in section.findall(nodes.math_block))
    code = sum(
        CODE_LINE * (node.astext().count("\n") + 1) + buttons * is_cell(node.parent.parent)
        for node in section.findall(nodes.literal_block)
        if not isinstance(node.parent, live_figure | drawing_pad)  # which folds it
    )
    figures = sum(1 for each in (live_figure, drawing_pad) for _ in section.findall(each))
    entries = sum(1 for _ in section.findall(desc_signature))  # of the reference
    rows = sum(1 for _ in section.findall(nodes.row))  # whose cells are narrow, so that they break
    text = LETTER * letters + code + ENTRY * entries + ROW * rows
    return round(text + FORMULA * formulas + FIGURE * figures + HEADING, -2)


def write_heights(app, pagename, templatename, context, doctree):
    """Give the style sheet the guess of each section that it leaves for later."""
    if not doctree:
        return
    buttons = BUTTONS if app.config.run_manifest else 0
    rules = [
        f'[id="{section["ids"][0]}"]{{--height:{height(section, buttons):.0f}px}}'
        for section in doctree.findall(nodes.section)
        if isinstance(section.parent, nodes.section) and section.parent.parent is doctree
    ]
    context["metatags"] = context.get("metatags", "") + f"<style>{''.join(rules)}</style>"


def setup(app):
    app.connect("html-page-context", write_heights)
