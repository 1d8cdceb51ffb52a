"""Code without elements for what has the colour of plain text: half of a listing's tokens."""

from ipython_pygments_lexers import IPython3Lexer
from pygments.filter import Filter
from pygments.token import Name, Punctuation, Text, Whitespace

#: What neither the light nor the dark style of the pages paints otherwise than plain text.
PLAIN = {Name, Name.Other, Punctuation, Punctuation.Marker, Whitespace}


class PlainText(Filter):
    """Take tokens that look like plain text for plain text."""

    def filter(self, lexer, stream):
        for kind, text in stream:
            yield Text if kind in PLAIN else kind, text


class Cell(IPython3Lexer):
    """The code of a notebook's cell, and of a listing from lib."""

    def __init__(self, **options):
        super().__init__(**options)
        self.add_filter(PlainText())


def setup(app):
    for name in ("ipython3", "python"):
        app.add_lexer(name, Cell)
