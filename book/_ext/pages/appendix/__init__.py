"""What is drawn from the sources themselves: reference, concordance, colophon."""

from pages.appendix import colophon, concordance, reference


def setup(app):
    for part in (colophon, concordance, reference):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
