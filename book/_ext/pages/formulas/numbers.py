"""Numbers in the running text: each is what the page computes, or listed with where it is from.

What a cell prints, a displayed formula and an inline formula that was decided are what the page
computes. A number of the text is bound to it if one of them, rounded to as many digits, gives it:
then a cell that prints something else leaves the sentence alone with its number, and the build
says so. The rest stands in `book/symbols/given.csv` with its origin, which is compared too.

Numbers of one digit or two, such as 0.5, 24 and 1200, are compared with what their section
computes, for some number of a page rounds to almost any of them. Whole numbers below 10 are left
out: most of them count what the reader sees, or name something. A number may be a share times 100
where "per cent" or % follows.
"""

import csv
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from pages.exercises.questions import amount
from pages.places import BOOK

LOGGER = logging.getLogger(__name__)
LIST = "symbols/given.csv"
DIGITS = 3  # a number with fewer is found on almost any page, so it is looked for in its section
WHOLE = 10  # the least whole number that is compared
DECIDED = {"proved", "computed", "checked"}  # of inline formulas, see `inline`
APART = r"[,_\u2009\u202f\xa0 ]|\\[,;:]|\{,\}"  # what stands between groups of three digits
# Not part of a name, such as that of an item or a colour, a version or a power.
ALONE = r"(?<![\w.^#])(?<![_^]\{)(?<![_^]\{-)(?<!N\d-)(?!10\^)"
PER_CENT = r"(?:\s?\\?%|\sper cent)?"
NUMBER = re.compile(
    rf"{ALONE}\d{{1,3}}(?:(?:{APART})\d{{3}}(?!\d))+(?:\.\d+)?(?![\w.]*\d){PER_CENT}"
    rf"|{ALONE}\d+(?:\.\d+)?(?!\.?\d){PER_CENT}"
)
PRINTED = re.compile(r"(?<![\w.])\d+(?:\.\d*)?(?:e[+-]?\d+)?")
CODE = (nodes.literal, nodes.literal_block, nodes.raw, nodes.math_block)


def value(text):
    return Decimal(re.sub(r"[^\d.]", "", text))


def listed_as(text):
    """Return a number as it stands in the list: without what parts its digits, per cent as %."""
    return f"{value(text)}{'%' if is_share(text) else ''}"


def is_share(text):
    return text.endswith(("%", "cent"))


def significant(text):
    """Return how many digits of a number tell it from others; those of 1200 are two."""
    digits = re.sub(r"[^\d.]", "", text)
    return len(digits.replace(".", "").lstrip("0") if "." in digits else digits.strip("0"))


def counts(text):
    """Return whether a number is compared with what is computed."""
    return significant(text) > 0 and ("." in text or value(text) >= WHOLE)


def numbers(text):
    """Return the numbers in a text that are compared, as they are written."""
    return [each[0] for each in NUMBER.finditer(text) if counts(each[0])]


def agrees(text, computed):
    """Return whether a computed number rounds to the one of a text, or a share does per cent."""
    wanted, scales = value(text), (1, 100) if is_share(text) else (1,)
    half = Decimal(1).scaleb(wanted.as_tuple().exponent) / 2
    return any(abs(size * scale - wanted) <= half for size in computed for scale in scales)


def computed(doctree):
    """Return the sizes of all numbers that a page computes."""
    return sizes_in("\n".join(node.astext() for node in doctree.findall(computes)))


def sizes_in(text):
    """Return the sizes of all numbers in a text."""
    together = re.sub(rf"(?<=\d)(?:{APART})(?=\d{{3}}(?!\d))", "", text)
    return {Decimal(each) for each in PRINTED.findall(together)}


def reach(number, node, doctree):
    """Return where a number of the text is looked for: on its page, or in its section if short."""
    if significant(number) >= DIGITS:
        return doctree
    while node.parent and not is_part(node):
        node = node.parent
    return node


def is_part(node):
    """Return whether a node is a section right under the title of its page."""
    return isinstance(node, nodes.section) and isinstance(node.parent.parent, nodes.document)


def computes(node):
    if isinstance(node, nodes.math):
        return node.get("decided") in DECIDED
    return isinstance(node, nodes.literal_block | nodes.math_block)


def told(doctree):
    """Yield (number, node) of each number that the text of a page says."""
    for node in doctree.findall(is_text):
        for each in numbers(node.astext()):
            yield each, node if isinstance(node, nodes.math) else node.parent


def is_text(node):
    """Return whether a node is text, not code or a formula, or a formula that was not decided."""
    if isinstance(node, nodes.math):
        return not computes(node)
    return isinstance(node, nodes.Text) and not stands_in(node, (*CODE, nodes.math))


def stands_in(node, kinds):
    while node := node.parent:
        if isinstance(node, kinds):
            return True
    return False


def attach(app, doctree):
    """Compare the numbers of a page that has been read with what it computes and with the list."""
    folder, _, name = app.env.docname.rpartition("/")
    if folder != BOOK.name or Path(app.env.srcdir) != BOOK.parent:  # of another book
        return
    app.env.note_dependency(BOOK / LIST)
    origins, unbound = listed(name), unbound_in(doctree)
    for number in sorted(unbound.keys() - origins.keys()):
        words = "nothing on the page computes the number %s: mend it, print it, or list it in %s"
        LOGGER.warning(words, number, BOOK / LIST, location=unbound[number])
    for number in sorted(origins.keys() - unbound.keys()):
        words = "%s lists %s, which %s does not say, or computes"
        LOGGER.warning(words, BOOK / LIST, number, name)
    for number, origin in origins.items():
        if problem := contradiction(number, origin, doctree):
            LOGGER.warning("%s lists %s of %s, but %s", BOOK / LIST, number, name, problem)


def unbound_in(doctree):
    """Return the numbers that the text says and nothing computes, each with a node that has it."""
    sizes = cache(computed)
    if not sizes(doctree):  # as in a list of items
        return {}
    return {
        listed_as(number): node
        for number, node in told(doctree)
        if not agrees(number, sizes(reach(number, node, doctree)))
    }


def listed(name):
    """Return the origins of the numbers of a page that are listed, by the number."""
    with (BOOK / LIST).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["page"] == name]
    return {row["number"]: row["origin"] for row in rows}


def contradiction(number, origin, doctree=None):
    """Return why a number is not of the origin that is listed for it, or None.

    An origin is an expression after =, another section of the page after #, the file of a test that
    has the number, or a few words.
    """
    if origin.startswith("#"):
        parts = [each for each in doctree.findall(nodes.section) if origin[1:] in each["ids"]]
        sizes = set().union(*map(computed, parts))
        return None if agrees(number, sizes) else f"{origin} does not compute it"
    if origin.startswith("= "):
        try:
            size = abs(Decimal(amount(origin[2:])))
        except ValueError as error:
            return str(error)
        return None if agrees(number, {size}) else f"{origin[2:]} is {size:.8g}"
    if origin.startswith("tests/"):
        path = BOOK.parent / origin
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        return None if agrees(number, sizes_in(text)) else f"{origin} does not have it"
    return None if origin else "says nothing of where it is from"


def setup(app):
    app.connect("doctree-read", attach)
