"""A directive whose failure is a warning at file and line, and no end of the build."""

import traceback
from pathlib import Path

from docutils.parsers.rst import DirectiveError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

LOGGER = logging.getLogger(__name__)


def said(error):
    """Return an error in one line: its kind, its words and the line of code that raised it."""
    words = " ".join(str(error).split()) or "no words"
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} ({words}) in {Path(last.filename).name}, line {last.lineno}"


class CarefulDirective(SphinxDirective):
    """A directive that makes its nodes in ``make``; where that fails, the page goes on without."""

    def run(self):
        try:
            return self.make()
        except DirectiveError:  # which docutils itself reports, with its place
            raise
        except Exception as error:  # of whatever kind, for the pages after this one wait
            words = "%s: left out, for its text has led to a %s: mend the text, or what reads it"
            LOGGER.warning(words, self.name, said(error), location=self.get_location())
            return []
