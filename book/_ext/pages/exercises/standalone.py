"""The questions of a chapter for lib.questions: as HTML for a notebook, and as plain words.

Formulas are MathML there, which browsers draw by themselves.
"""

import re

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from pages.exercises import kinds, markup
from pages.exercises.questions import items
from pages.notebooks import SHORT, blocks_of
from pages.theme import katex

ONE = re.compile(r"^:::\{(?P<kind>\w+)\} *(?P<text>.*)\n(?P<inside>(?:.*\n)*?):::$", re.M)
ONE_BEGINS = re.compile(r":::\{\w+\}")
OPTION = re.compile(r"^:(\w+): *(.*)$", re.M)


def mathml(latex, options=None):
    """Return a formula as MathML.

    Raises:
        ValueError: KaTeX cannot read it.
    """
    answer = katex.render(latex, False)
    if "error" in answer:
        raise ValueError(f"KaTeX: {answer['error']} in the formula {latex}")
    return str(BeautifulSoup(katex.light(answer["html"]), "html.parser").math)


MARKDOWN = MarkdownIt("commonmark").use(
    dollarmath_plugin, renderer=mathml, allow_space=False, double_inline=False
)


def inline(text):
    """Return a line of Markdown as HTML."""
    return MARKDOWN.renderInline(text)


def read(block):
    """Return the questions of a block, `Asked` each.

    Raises:
        ValueError: something else stands there, or one is not of the form that is wanted.
    """
    text = "\n".join(block.lines)
    rest = ONE.sub("", text).strip()
    if rest:
        raise ValueError(f"{block.name}: got {rest.splitlines()[0]!r}, wanted questions alone")
    return [
        kinds.read(
            each["kind"],
            each["text"],
            dict(OPTION.findall(each["inside"])),
            items(OPTION.sub("", each["inside"]).splitlines()),
        )
        for each in ONE.finditer(text)
    ]


def as_html(name, asked):
    """Return a question as its page has it, for a name of its own."""
    before, after = markup.around_words(name, asked)
    parts = [markup.opening(name, asked), before, inline(asked.words), after]
    for k, text in enumerate(asked.texts):
        before, after = markup.around_choice(k)
        parts += [before, inline(text), after]
    return "".join([*parts, markup.tail(name, asked), markup.closing(name, asked)])


def as_words(asked):
    """Return what is asked, and what there is to choose, as Markdown."""
    return "\n".join([f"- {asked.words}", *(f"    - {text}" for text in asked.texts)])


def names(page):
    """Return the names of a chapter's questions by the lines of its file, counted from 1.

    A browser keeps answers by these names. Those within the text are numbered as they stand in the
    file, so that a new one at its end leaves the others their names, wherever it is asked.
    """
    found, count = {}, 0
    for block in blocks_of(page).values():
        lines = [
            block.start + k + 1 for k, line in enumerate(block.lines) if ONE_BEGINS.match(line)
        ]
        if exercise := re.fullmatch(r"exercise-(\d+)", block.name):
            stem, first = f"ex-{SHORT.get(page, page)}-{exercise[1]}", 1
        else:
            stem, first, count = f"ask-{page}", count + 1, count + len(lines)
        found |= {line: f"{stem}-{first + k}" for k, line in enumerate(lines)}
    return found


def chapter(page):
    """Return the questions of a chapter by name: a dictionary of their words and their markup.

    Each has the name that it has in the page, so that both mean the same one.
    """
    found, known = {}, names(page)
    for block in blocks_of(page).values():
        asked = read(block)
        own = [known[line] for line in range(block.start + 1, block.end + 1) if line in known]
        found[block.name] = {
            "words": "\n".join(map(as_words, asked)),
            "markup": "".join(map(as_html, own, asked)),
        }
    return found
