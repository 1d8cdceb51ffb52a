"""Questions that the built page answers by itself: a number, a choice, a derivative, a prediction.

    :::{number} The speed after 3 seconds: 6 m/s ± 0.05
    - 7: That is the average over the next second.
    :::

    :::{derivative} of x^2 e^(-x) by x
    :::

    :::{choice} At $x = 1$ the curve has
    - [x] a minimum: f″ = 6 is positive there.
    - [ ] a maximum: There f″ would be negative.
    :::

    :::{predict} The velocity at 3 seconds: 6 m/s
    :figure: secant-to-tangent?t=3&h=0.001
    :line: slope through 3, 9
    - 7: That is the average over the next second.
    :::

Each becomes words and a field or buttons, which answers.js reads. What is right and what is said
to a slip stand there as JSON; the slips of a derivative are generated (slips.py). A prediction is a
number or a choice with a live figure, in which the guess is then drawn: as a level ``y``, an
upright ``x`` or a ``slope through`` a point, ``on 2`` for the second panel.
"""

from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging

from pages.directives import CarefulDirective
from pages.exercises import kinds
from pages.exercises import markup as html
from pages.exercises.questions import items
from pages.exercises.standalone import names
from pages.figures.parts import LIB
from pages.notebooks import QUESTIONS

LOGGER = logging.getLogger(__name__)


class markup(nodes.General, nodes.Element):
    """A piece of HTML around its children."""


def visit_markup(translator, node):
    translator.body.append(node["before"])


def depart_markup(translator, node):
    translator.body.append(node["after"])


class Question(CarefulDirective):
    """A question of any kind, as `kinds` reads it."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = dict.fromkeys(kinds.OPTIONS, directives.unchanged)

    def make(self):
        name, text = self.register(), " ".join(self.arguments)
        try:
            asked = kinds.read(self.name, text, self.options, items(self.content))
        except ValueError as error:
            LOGGER.warning("%s: %s", self.name, error, location=self.get_location())
            return []
        box = markup(
            question=name, before=html.opening(name, asked), after=html.closing(name, asked)
        )
        self.set_source_info(box)
        if asked.figure:
            box["predicts"] = {"figure": asked.figure, "line": asked.check["line"]}
        box += self.inside(name, asked)
        return [box]

    def register(self):
        """Return a name for this question: that of its exercise, and a number."""
        source, line = self.get_source_info()
        if Path(source).parent == QUESTIONS:
            known = names(Path(source).stem)
            return known[line if line in known else line - 1]  # MyST counted from 2 before 5.0
        exercise = self.env.temp_data.get("exercise", f"ask-{self.env.docname.split('/')[-1]}")
        counts = self.env.temp_data.setdefault("questions", {})
        counts[exercise] = counts.get(exercise, 0) + 1
        return f"{exercise}-{counts[exercise]}"

    def inside(self, name, asked):
        """Return the words of a question, and its field or its buttons."""
        words = self.parse_inline(asked.words)[0]
        before, after = html.around_words(name, asked)
        found = [markup("", *words, before=before, after=after)]
        for k, text in enumerate(asked.texts):
            before, after = html.around_choice(k)
            found.append(markup("", *self.parse_inline(text)[0], before=before, after=after))
        return [*found, nodes.raw("", html.tail(name, asked), format="html")]


def load_front(app, pagename, templatename, context, doctree):
    """Load the script on the pages that have a question or show the reader's progress."""
    body = context.get("body", "")
    if any(f'class="{each}' in body for each in ('answer"', 'progress"', "exercise notebook ")):
        app.add_css_file("answers.css")
        app.add_js_file("answers.js", loading_method="defer")


def serve_front(app, config):
    """Publish what lib has for Jupyter as static files of the book."""
    found = sorted([*LIB.glob("questions/*.js"), LIB / "questions" / "answers.css"])
    config.html_static_path.extend(map(str, found))


def setup(app):
    app.add_node(markup, html=(visit_markup, depart_markup))
    for kind in kinds.KINDS:
        app.add_directive(kind, Question)
    app.connect("config-inited", serve_front)
    app.connect("html-page-context", load_front)
    app.add_js_file("progress.js", loading_method="defer")  # for the sidebar of every page
