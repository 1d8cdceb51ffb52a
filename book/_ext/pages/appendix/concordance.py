"""Where each item of the notes is taught, and what in lib and in the tests stands behind it.

`book/concordance.csv` has one line for each item. The build refuses an item without a home, an
anchor that leads nowhere, and a function or a test that has another name by now.
"""

import ast
import csv
from importlib import import_module
from typing import NamedTuple

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util import logging

from pages.directives import CarefulDirective
from pages.places import BOOK, ROOT

LOGGER = logging.getLogger(__name__)
DATA = BOOK / "concordance.csv"
COUNTS = {"N0": 44, "N2": 30, "N3": 99, "N4": 40}  # the items of each document of the notes


class Item(NamedTuple):
    """One item: what it states, and lists of places `page#anchor`, functions, tests, errata."""

    id: str
    states: str
    home: list
    code: list
    tests: list
    errata: list


def read_items(path=DATA):
    with path.open(encoding="utf-8", newline="") as lines:
        _, *rows = csv.reader(lines)
    return [Item(name, states, *(cell.split() for cell in cells)) for name, states, *cells in rows]


def known_tests():
    """Return the names of all tests, as `file::function`."""
    return {
        f"{path.stem}::{node.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }


def is_in_lib(name):
    """Whether `module.name` is defined in that module of lib, and not only handed on by it."""
    module, _, name = name.partition(".")
    try:
        found = getattr(import_module(f"lib.{module}"), name)
    except (ImportError, AttributeError):
        return False
    return getattr(found, "__module__", None) == f"lib.{module}"


def faults(items, tests):
    """Return what is wrong with the items, apart from their anchors."""
    wanted = [f"{name}-{k:02}" for name, count in COUNTS.items() for k in range(1, count + 1)]
    found = [] if [item.id for item in items] == wanted else ["items must be N0-01 to N4-40, once"]
    for item in items:
        found += [f"{item.id} has no statement"] * (not item.states)
        found += [f"{item.id} has no home"] * (not item.home)
        found += [f"{item.id}: lib has no {name}" for name in item.code if not is_in_lib(name)]
        found += [f"{item.id}: there is no test {name}" for name in item.tests if name not in tests]
    return found


class place(nodes.Inline, nodes.Element):
    """A link to an anchor of a chapter, until all chapters are read."""


class Concordance(CarefulDirective):
    """The items of one document of the notes."""

    required_arguments = 1

    def make(self):
        self.env.note_dependency(str(DATA))
        found = nodes.definition_list(classes=["concordance"])
        for item in read_items():
            if item.id.startswith(self.arguments[0]):
                found += self.entry(item)
        return [found]

    def entry(self, item):
        term = nodes.term("", "", nodes.strong("", item.id), nodes.Text(f" {item.states}"))
        term["ids"].append(item.id.lower())
        lines = [
            ("Taught in", [place(target=target) for target in item.home], "; "),
            ("Code", [self.function(name) for name in item.code], ", "),
            ("Tests", [nodes.literal("", name) for name in item.tests], ", "),
            ("Errata", [place(target=f"errata#{anchor}") for anchor in item.errata], ", "),
        ]
        told = [self.line(*line) for line in lines if line[1]]
        return nodes.definition_list_item("", term, nodes.definition("", *told))

    def line(self, name, parts, between):
        told = nodes.paragraph("", f"{name}: ")
        for k, part in enumerate(parts):
            told += [nodes.Text(between)] * (k > 0) + [part]
        self.set_source_info(told)
        return told

    def function(self, name):
        target = {"refdomain": "py", "reftype": "obj", "reftarget": f"lib.{name}"}
        link = pending_xref("", nodes.literal("", name), **target, refexplicit=True, refwarn=True)
        self.set_source_info(link)
        return link


# Anchors. Each page tells its own while it is read.


def title_around(node):
    """Return the title of the section that a node is or stands in."""
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    title = node.next_node(nodes.title) if node is not None else None
    return title.astext() if title else ""


def keep_places(app, doctree):
    app.env.concordance_places[app.env.docname] = {
        anchor: title_around(node)
        for node in doctree.findall(nodes.Element)
        for anchor in node.get("ids", ())
    }


def drop_places(app, env, docname):
    env.concordance_places.pop(docname, None)


def merge_places(app, env, docnames, other):
    env.concordance_places.update({name: other.concordance_places[name] for name in docnames})


def start(app, env, docnames):
    """Have somewhere to keep the places, and say what is wrong with the data."""
    if not hasattr(env, "concordance_places"):
        env.concordance_places = {}
    for fault in faults(read_items(), known_tests()):
        LOGGER.warning("concordance: %s", fault)


def formula_number(env, page, anchor):
    """Return the number beside a formula, in brackets; nothing for other anchors."""
    numbers = env.toc_fignumbers.get(page, {}).get("displaymath", {}).get(anchor, ())
    return f" ({'.'.join(map(str, numbers))})" if numbers else ""


def lead(app, doctree, docname):
    """Turn the places of a page into links, and say which of them lead nowhere."""
    for node in list(doctree.findall(place)):
        page, _, anchor = node["target"].partition("#")
        target = f"book/{page}"
        anchor = f"equation-{anchor}" if anchor.startswith("eq-") else anchor
        section = app.env.concordance_places.get(target, {}).get(anchor)
        if section is None:
            LOGGER.warning("concordance: no anchor %s", node["target"], location=node.parent)
            section = node["target"]
        chapter = app.env.titles[target].astext() if target in app.env.titles else page
        text = section if page == "errata" or section == chapter else f"{chapter}, {section}"
        text += formula_number(app.env, target, anchor)
        uri = app.builder.get_relative_uri(docname, target) + f"#{anchor}"
        node.replace_self(nodes.reference("", text, refuri=uri, internal=True))


def setup(app):
    app.add_directive("concordance", Concordance)
    app.connect("env-before-read-docs", start)
    app.connect("doctree-read", keep_places)
    app.connect("env-purge-doc", drop_places)
    app.connect("env-merge-info", merge_places)
    app.connect("doctree-resolved", lead)
