"""What stands in a notebook in plain Markdown, as the MyST that the pages are made from.

A notebook is read without this book too: in Jupyter, on a repository's site. So it holds nothing
that would show there as noise, and this module says what the plain form means:

- A formula has its label in a comment of TeX, on the last line before ``$$``::

      $$
      x_{k+1} = x_k - \\frac{f(x_k)}{f'(x_k)}
      % eq-newton-roots
      $$

- A cell ``ask("newton", "exercise-1")`` asks the questions that ``book/questions/newton.md`` has
  under that name, with their keys; see lib.questions.
- ``### Exercise 1. One step by hand`` begins an exercise. It goes on to its solution, in this cell
  or in the one after its questions. ``### Exercise 9, in the notebook.`` is answered in code.
- ``[[NW06]](bibliography.md#nocedal2006)`` cites a source.
- ``<!-- progress -->`` is where the table of progress stands.

Lines are kept where they are, so that a warning names the line of the notebook.
"""

import json
import re
from dataclasses import dataclass

from sphinx.util import logging

from pages.places import BOOK

LOGGER = logging.getLogger(__name__)
QUESTIONS = BOOK / "questions"
#: How the labels of a chapter call it, where that is not its file's name.
SHORT = {
    "big_picture": "big",
    "descent_failures": "failures",
    "gradient_descent": "descent",
    "house_prices": "houses",
}
ASK = re.compile(r'ask\("(?P<chapter>\w+)", "(?P<name>[\w-]+)"\)')
EXERCISE = re.compile(r"### Exercise (?P<number>\d+)(?P<code>, in the notebook)?\. (?P<title>.+)\n")
LABEL = re.compile(r"^([ \t]*)% (eq-[\w-]+)\n[ \t]*\$\$[ \t]*$", re.M)
CITED = re.compile(r"\[\[[^\]]+\]\]\(bibliography\.md#(\w+)\)")
HEADING = re.compile(r"^## ([\w-]+)$")


@dataclass(frozen=True)
class Block:
    """Questions that are asked together: their name, their lines and the number of the first."""

    name: str
    start: int
    lines: tuple[str, ...]

    @property
    def end(self):
        return self.start + len(self.lines)


def blocks(text):
    """Return the questions of a chapter by name, from the text of their file.

    Raises:
        ValueError: two have the same name, or lines stand above the first.
    """
    found, name, lines = {}, None, text.splitlines()
    heads = [k for k, line in enumerate(lines) if HEADING.match(line)]
    if any(line.strip() for line in lines[: heads[0] if heads else None]):
        raise ValueError(f"got {lines[0]!r} above the first name, wanted `## name`")
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        name = HEADING.match(lines[start])[1]
        if name in found:
            raise ValueError(f"got the name {name!r} twice, wanted each once")
        found[name] = Block(name, start + 1, tuple(lines[start + 1 : end]))
    return found


def blocks_of(chapter):
    """Return the questions of a chapter by name; none where it has no file."""
    path = QUESTIONS / f"{chapter}.md"
    return blocks(path.read_text(encoding="utf-8")) if path.is_file() else {}


def asked(cell):
    """Return the match of a cell that asks questions, with its chapter and name, or None."""
    return ASK.fullmatch(joined(cell).strip()) if cell["cell_type"] == "code" else None


def joined(cell):
    """Return the text of a cell, which a notebook keeps whole or as a list of lines."""
    return "".join(cell["source"])


def myst(text):
    """Return a piece of plain Markdown as MyST, line for line."""
    text = LABEL.sub(r"\1$$ (\2)\n", text)
    text = CITED.sub(r"{cite}`\1`", text)
    return text.replace("<!-- progress -->", ":::{progress}\n:::")


def included(chapter, block):
    """Return the directive that puts questions in, under the lines that are theirs."""
    lines = f":start-line: {block.start}\n:end-line: {block.end}"
    return f"```{{include}} questions/{chapter}.md\n{lines}\n```\n"


def exercise(head, page, inside):
    """Return an exercise as its directive, given the match of its heading and what it holds."""
    label = f":label: ex-{SHORT.get(page, page)}-{head['number']}\n"
    notebook = ":notebook:\n" if head["code"] else ""
    return f"::::{{exercise}} {head['title']}\n{label}{notebook}{inside}\n::::\n"


def as_myst(notebook, page):
    """Return the notebook of a page as the pages read it; what is given stays as it is.

    A cell that asks is executed as all are, and left out of the page: what it asks stands in the
    text before it. So no cell changes its number.

    Raises:
        ValueError: questions are asked that the chapter's file does not have, or that no text
            stands before, or an exercise has no solution.
    """
    cells = [dict(cell) for cell in notebook["cells"]]
    known, text = blocks_of(page), None
    for cell in cells:
        if cell["cell_type"] == "markdown":
            cell["source"], text = myst(joined(cell)), cell
        elif found := asked(cell):
            if text is None or found["chapter"] != page or found["name"] not in known:
                wanted = f"one of {sorted(known)}, below a text"
                raise ValueError(f"{page}: got {found[0]}, wanted {wanted}")
            text["source"] += f"\n\n{included(page, known[found['name']])}"
            tags = [*cell["metadata"].get("tags", ()), "remove-cell"]
            cell["metadata"] = {**cell["metadata"], "tags": tags}
            text["asks"] = True
            continue
        else:
            text = None
    _join_exercises(cells, page)
    return {**notebook, "cells": cells}


def _join_exercises(cells, page):
    """Put each exercise, from its heading to its solution, into the cell of its heading."""
    texts = [cell for cell in cells if cell["cell_type"] == "markdown"]
    for cell, after in zip(texts, [*texts[1:], None], strict=True):
        head = EXERCISE.match(cell["source"])
        if head:
            inside = cell["source"][head.end() :]
            if cell.pop("asks", False):
                if after is None or EXERCISE.match(after["source"]):
                    raise ValueError(f"{page}: {head[0].strip()!r} has no solution after it")
                inside, after["source"] = f"{inside}\n{after['source']}", ""
            cell["source"] = exercise(head, page, inside)
        cell.pop("asks", None)


def read(page):
    """Return the notebook of a page as the pages read it."""
    return as_myst(json.loads((BOOK / f"{page}.ipynb").read_text(encoding="utf-8")), page)


def translate(app, docname, source):
    """Hand the notebook of a page on as MyST; one that cannot be read so goes on as it is."""
    if not app.env.doc2path(docname).endswith(".ipynb"):
        return
    page = docname.split("/")[-1]
    app.env.note_dependency(str(QUESTIONS / f"{page}.md"))
    try:
        source[0] = json.dumps(as_myst(json.loads(source[0]), page))
    except ValueError as error:
        LOGGER.warning("notebook: %s", error, location=docname)


def setup(app):
    app.connect("source-read", translate)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
