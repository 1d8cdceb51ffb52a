"""The questions of the chapters, asked and judged in Jupyter as in the pages.

What is asked in a chapter, and what is said to each answer, stands in a file of its name here. It
is made by ``tools/questions.py`` from what an author writes in ``book/questions``.
"""

import json
from importlib.resources import files

import anywidget
import traitlets

from lib import checks
from lib.live.front import text

_HERE = "lib.questions"
#: In the order in which one uses the other.
_SCRIPTS = (
    "pieces.js",
    "grammar.js",
    "exact.js",
    "judge.js",
    "numbers.js",
    "draw.js",
    "answers.js",
)
#: A page remembers what was answered; a notebook keeps its own outputs.
_MEMORY = "const progress = { kept: () => ({ answers: {} }), answered() {} };\n"
_EXPORT = "\nexport default { render: renderQuestions };\n"


class Questions(anywidget.AnyWidget):
    """Questions with a field or buttons each, judged in the browser; ``words`` says what is asked.

    Where no widget can be shown, as on a repository's site, the words stand in its place.
    """

    markup = traitlets.Unicode().tag(sync=True)

    def __init__(self, chapter, name, words, markup):
        self.chapter, self.name, self.words = chapter, name, words
        self._esm = _MEMORY + "".join(text(name, _HERE) for name in _SCRIPTS) + _EXPORT
        self._css = text("palette.css", "lib") + text("answers.css", _HERE)
        super().__init__(markup=markup)

    def __repr__(self):
        return f"Questions({self.chapter}, {self.name})"

    def _repr_mimebundle_(self, **options):
        shown, metadata = super()._repr_mimebundle_(**options)
        return {**shown, "text/markdown": self.words}, metadata


def ask(chapter, name):
    """Ask questions of a chapter.

    Args:
        chapter: the name of its notebook, such as ``"newton"``.
        name: what they are called there, such as ``"exercise-1"``.

    Returns:
        a ``Questions``, a widget.

    Raises:
        TypeError: either is no text.
        ValueError: there is no such chapter, or it has no such questions.
    """
    checks.text("chapter", chapter)
    checks.text("name", name)
    chapters = sorted(
        each.name.removesuffix(".json")
        for each in files(_HERE).iterdir()
        if each.name.endswith(".json")
    )
    if chapter not in chapters:
        raise ValueError(f"chapter: got {chapter!r}, wanted one of {chapters}")
    known = json.loads(text(f"{chapter}.json", _HERE))
    if name not in known:
        raise ValueError(f"name: got {name!r}, wanted one of {sorted(known)}")
    return Questions(chapter, name, **known[name])
