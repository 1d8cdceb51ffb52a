"""The directive of an exercise, and a check that each has a label, a question, a hint, a solution.

The exercises of a page are numbered, so that the text can send a reader to one.

    :::{exercise} The slope of a cube
    :label: ex-cube

    Find the slope of $x^3$ from the quotient.

    :::{number} The slope at 2: 12
    - 8: That is the height there.
    :::

    <details class="hint"><summary>Hint</summary>

    Expand $(2 + h)^3$.

    </details>
    <details class="solution"><summary>Solution</summary>

    $12 + 6h + h^2$ goes to 12.

    </details>
    :::

Hint and solution are plain HTML, so that they fold in a raw notebook too. The kinds of questions
are those of answers.py; an exercise that is answered in the code cell after it says ``:notebook:``.
"""

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging

from pages.directives import CarefulDirective
from pages.exercises.answers import markup

LOGGER = logging.getLogger(__name__)
FOLDS = ("hint", "solution")


class Exercise(CarefulDirective):
    """An exercise with a title, referable by its label."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {"label": directives.unchanged, "notebook": directives.flag}  # noqa: RUF012
    has_content = True

    def make(self):
        title = self.arguments[0]
        box = nodes.container(classes=["exercise", *(["notebook"] * ("notebook" in self.options))])
        self.set_source_info(box)
        words = [self.number(), *self.parse_inline(title)[0]]
        box += nodes.paragraph("", "", *words, classes=["exercise-title"])
        self.env.temp_data["exercise"] = self.options.get("label", "ex-unnamed")
        try:
            self.state.nested_parse(self.content, self.content_offset, box)
        finally:
            del self.env.temp_data["exercise"]
        self.check(box, title)
        if "label" in self.options:
            box["names"].append(nodes.fully_normalize_name(self.options["label"]))
            self.state.document.note_explicit_target(box, box)
        return [box]

    def number(self):
        """Return the words before a title, with the number of the exercise on its page."""
        count = self.env.temp_data["exercises"] = self.env.temp_data.get("exercises", 0) + 1
        place = ", in the notebook" if "notebook" in self.options else ""
        return nodes.inline("", f"Exercise {count}{place}. ", classes=["exercise-number"])

    def check(self, box, title):
        html = "".join(raw.astext() for raw in box.findall(nodes.raw))
        missing = [fold for fold in FOLDS if f'<details class="{fold}">' not in html]
        missing += ["</details>"] * (html.count("<details") != html.count("</details>"))
        missing += ["label"] * ("label" not in self.options)
        asked = any(node.hasattr("question") for node in box.findall(markup))
        missing += ["question"] * (not asked and "notebook" not in self.options)
        if missing:
            LOGGER.warning("exercise %r lacks: %s", title, ", ".join(missing), location=box)


def title_references(app, doctree):
    """Let a bare reference to an exercise show its title, as Sphinx does for sections alone."""
    labels = app.env.get_domain("std").labels
    for box in doctree.findall(nodes.container):
        if "exercise" in box["classes"]:
            for name in box["names"]:
                labels[name] = (app.env.docname, box["ids"][0], box[0].astext())


def setup(app):
    app.add_directive("exercise", Exercise)
    app.connect("doctree-read", title_references)
