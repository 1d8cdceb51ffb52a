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

Each becomes words and a field or buttons, which answers.js enlivens. What is right and what is said
to a slip stand there as JSON; the slips of a derivative are generated (slips.py). A prediction is a
number or a choice with a live figure, in which the guess is then drawn: as a level ``y``, an
upright ``x`` or a ``slope through`` a point, ``on 2`` for the second panel.
"""

import json
from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging

from pages.directives import CarefulDirective
from pages.exercises import slips
from pages.exercises.questions import DERIVATIVE, choices, items, leading, line, number

LOGGER = logging.getLogger(__name__)


class markup(nodes.General, nodes.Element):
    """A piece of HTML around its children."""


def visit_markup(translator, node):
    translator.body.append(node["before"])


def depart_markup(translator, node):
    translator.body.append(node["after"])


class Question(CarefulDirective):
    """What the four kinds have in common: its words, its fields and its check."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def make(self):
        name = self.register()
        try:
            words, fields, check = self.ask(name, " ".join(self.arguments), items(self.content))
        except ValueError as error:
            LOGGER.warning("%s: %s", self.name, error, location=self.get_location())
            return []
        box = markup(
            question=name, before=opening(name, self.name, check), after=closing(name, check)
        )
        self.set_source_info(box)
        if "figure" in check:
            box["predicts"] = {"figure": check["figure"], "line": check["line"]}
        box += [words, *fields]
        return [box]

    def register(self):
        """Return a name for this question: that of its exercise, and a number."""
        exercise = self.env.temp_data.get("exercise", f"ask-{self.env.docname.split('/')[-1]}")
        counts = self.env.temp_data.setdefault("questions", {})
        counts[exercise] = counts.get(exercise, 0) + 1
        return f"{exercise}-{counts[exercise]}"

    def words(self, text, before, after):
        return markup("", *self.parse_inline(text)[0], before=before, after=after)

    def box(self, name, text, unit="", mode="text"):
        """Return the words and the field of a question that is answered by typing."""
        label = self.words(text, f'<label for="{name}-field">', "</label>")
        tail = f'<span class="answer-unit">{escape(unit)}</span>' if unit else ""
        # The field waits in a template: see answers.js.
        field = (
            f'<span class="answer-line"><template><input id="{name}-field" inputmode="{mode}" '
            f'autocomplete="off" autocapitalize="off" spellcheck="false" '
            f'aria-describedby="{name}-said"></template>{tail}<button>Check</button></span>'
        )
        typed = '<span class="answer-typed"></span>'  # how it is read
        return label, [nodes.raw("", field + typed, format="html")]

    def list(self, name, text, texts):
        """Return the words and the buttons of a question that is answered by choosing."""
        legend = self.words(text, "<fieldset><legend>", "</legend>")
        fields = [
            self.words(each, f'<button value="{k}" aria-pressed="false">', "</button>")
            for k, each in enumerate(texts)
        ]
        return legend, [*fields, nodes.raw("", "</fieldset>", format="html")]


def opening(name, kind, check):
    data = escape(json.dumps(check, ensure_ascii=False, separators=(",", ":")))
    return f'<div class="answer" id="{name}" data-kind="{kind}" data-check="{data}">'


def closing(name, check):
    link = ""
    if "figure" in check:
        address = f"#figure-{check['figure'].split('?')[0]}"
        link = f'<a class="answer-reveal" href="{address}">See it in the figure</a>'
    return f'<output id="{name}-said"></output>{link}</div>\n'


class Number(Question):
    def ask(self, name, text, listed):
        ask, check = number(text, listed)
        return *self.box(name, ask, check["unit"]), check


class Choice(Question):
    def ask(self, name, text, listed):
        texts, check = choices(listed)
        return *self.list(name, text, texts), check


class Derivative(Question):
    option_spec = {"name": directives.unchanged}  # noqa: RUF012

    def ask(self, name, text, listed):
        found = DERIVATIVE.fullmatch(text)
        if not found or listed:
            raise ValueError(f"got {text!r}, wanted `of formula` or `of formula by variable`")
        by = found["by"] or "x"
        check = slips.question(found["of"], by)
        partial = "f′({})" if len(check["variables"]) == 1 else "∂f/∂{}"
        ask = self.options.get("name") or partial.format(by)
        return *self.box(name, f"{ask} ="), check


class Predict(Question):
    option_spec = {"figure": directives.unchanged_required, "line": directives.unchanged}  # noqa: RUF012

    def ask(self, name, text, listed):
        if "figure" not in self.options:
            raise ValueError("it has no figure; wanted `:figure: name?slider=value`")
        if any(each.startswith("[") for each in listed):
            texts, check = choices(listed)
            ask, check["values"] = text, [leading(each) for each in texts]
            parts = self.list(name, ask, texts)
        else:
            ask, check = number(text, listed)
            parts = self.box(name, ask, check["unit"])
        check |= {"figure": self.options["figure"], "line": line(self.options.get("line"))}
        return *parts, check


def load_front(app, pagename, templatename, context, doctree):
    """Load the script on the pages that have a question or show the reader's progress."""
    body = context.get("body", "")
    if any(f'class="{each}' in body for each in ('answer"', 'progress"', "exercise notebook ")):
        app.add_css_file("answers.css")
        app.add_js_file("answers.js", loading_method="defer")


def setup(app):
    app.add_node(markup, html=(visit_markup, depart_markup))
    for kind in (Number, Choice, Derivative, Predict):
        app.add_directive(kind.__name__.lower(), kind)
    app.connect("html-page-context", load_front)
    app.add_js_file("progress.js", loading_method="defer")  # for the sidebar of every page
