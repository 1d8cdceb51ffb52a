"""A question as HTML, around its words: the same in a page and in a notebook.

What is right and what is said to a slip stand there as JSON; answers.js reads it.
"""

import json
from html import escape


def opening(name, asked):
    data = escape(json.dumps(asked.check, ensure_ascii=False, separators=(",", ":")))
    return f'<div class="answer" id="{name}" data-kind="{asked.kind}" data-check="{data}">'


def closing(name, asked):
    link = ""
    if asked.figure:
        address = f"#figure-{asked.figure.split('?')[0]}"
        link = f'<a class="answer-reveal" href="{address}">See it in the figure</a>'
    return f'<output id="{name}-said"></output>{link}</div>\n'


def around_words(name, asked):
    """Return what stands before and after the words of a question."""
    if asked.texts:
        return "<fieldset><legend>", "</legend>"
    return f'<label for="{name}-field">', "</label>"


def around_choice(k):
    """Return what stands before and after one of the texts to choose from."""
    return f'<button value="{k}" aria-pressed="false">', "</button>"


def tail(name, asked):
    """Return what stands below the words: the field, unless there was something to choose."""
    if asked.texts:
        return "</fieldset>"
    unit = asked.check.get("unit", "")
    shown = f'<span class="answer-unit">{escape(unit)}</span>' if unit else ""
    # The field waits in a template: see answers.js. Below it stands how an answer is read.
    return (
        f'<span class="answer-line"><template><input id="{name}-field" inputmode="text" '
        f'autocomplete="off" autocapitalize="off" spellcheck="false" '
        f'aria-describedby="{name}-said"></template>{shown}<button>Check</button></span>'
        '<span class="answer-typed"></span>'
    )
