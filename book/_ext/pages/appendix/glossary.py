"""The terms of the glossary: each is linked at its first use on a page.

A term is found as it is printed there, small or large, with or without the s of a plural, in a
sentence, an item or a table; not in headings, code, formulas or other links. Where a page has a
word in another sense, alone or first, as in *tape measure*, `symbols/everyday.txt` says so, and it
is not linked there.
"""

import hashlib
import re

from docutils import nodes

from pages.places import BOOK

PAGE = "book/glossary"
EVERYDAY = BOOK / "symbols/everyday.txt"
ENTRY = re.compile(r"^(?![\s:#`(-])(.+)\n: ", re.M)
ELSEWHERE = (
    nodes.title, nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.reference,
    nodes.raw, nodes.thead, nodes.caption, nodes.comment, nodes.FixedTextElement,
)  # fmt: skip


def terms(text):
    """Return the terms of a glossary's source, as they are printed there."""
    return ENTRY.findall(text)


def everyday():
    """Return for each page the words that are no terms there, in lower case."""
    lines = EVERYDAY.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(": ") for line in lines if not line.startswith("#"))
    return {page: words.split(", ") for page, words in pairs}


def anchor(term):
    """Return where in the glossary a term stands."""
    return "term-" + re.sub(r"[^a-z0-9]+", "-", term.lower()).strip("-")


def pattern(known):
    """Return what finds any of the terms, the longest one first."""
    longest = sorted(known, key=len, reverse=True)
    words = "|".join(map(re.escape, longest))
    return re.compile(rf"(?<![\w-])(?:({words})(?:es|s)?)(?![\w-])", re.I)


def link_first_uses(doctree, known, address):
    """Link in a document each of the terms at its first use; return those that were linked."""
    wanted, found, linked = pattern(known), {term.lower(): term for term in known}, []
    for text in list(doctree.findall(nodes.Text)):
        if _is_elsewhere(text):
            continue
        pieces, end = [], 0
        for match in wanted.finditer(text):
            term = found[match[1].lower()]
            if term not in linked:
                linked.append(term)
                pieces += [nodes.Text(text[end : match.start()]), _link(match[0], term, address)]
                end = match.end()
        if pieces:
            text.parent.replace(text, [*pieces, nodes.Text(text[end:])])
    return linked


def _is_elsewhere(text):
    if not isinstance(text.parent, nodes.TextElement):  # such as a part of a page's own making
        return True
    node = text.parent
    while node is not None:
        if isinstance(node, ELSEWHERE):
            return True
        node = node.parent
    return False


def _link(words, term, address):
    uri = f"{address}#{anchor(term)}"
    return nodes.reference("", words, internal=True, refuri=uri, classes=["term"])


def source():
    return (BOOK / "glossary.md").read_text(encoding="utf-8")


def name_entries(app, doctree):
    """Give the entries of the glossary their anchors."""
    if app.env.docname == PAGE:
        for term in doctree.findall(nodes.term):
            term["ids"].append(anchor(term.astext()))


def connect(app, doctree, docname):
    """Link a page to the entries of the glossary."""
    if docname.startswith("book/") and app.env.doc2path(docname).endswith(".ipynb"):
        address = app.builder.get_relative_uri(docname, PAGE)
        others = everyday().get(docname.removeprefix("book/"), ())
        known = [term for term in terms(source()) if term.lower() not in others]
        link_first_uses(doctree, known, address)


def rewritten(app, env):
    """Return all pages, if the glossary has other words than when they were written.

    Those that are no terms on a page count among its words.
    """
    words = source() + EVERYDAY.read_text(encoding="utf-8")
    now = hashlib.sha256(words.encode()).hexdigest()
    before, env.glossary_digest = getattr(env, "glossary_digest", None), now
    return [] if before == now else sorted(env.found_docs)


def setup(app):
    app.connect("doctree-read", name_entries)
    app.connect("doctree-resolved", connect)
    app.connect("env-updated", rewritten)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
