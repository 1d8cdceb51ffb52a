"""What is drawn from the sources: reference, concordance, colophon; and marks that lead there."""

from pages.appendix import colophon, concordance, glossary, marks, reference


def setup(app):
    for part in (colophon, concordance, glossary, marks, reference):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
