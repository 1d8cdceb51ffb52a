"""The sections of the book as the search finds them: where each is, its title and its words.

A section is what a heading stands over up to the next one. Exercises and entries of the glossary
and of the reference count as sections, too: each has an anchor, and says one thing. Code is left
out; what it calls stands in the reference.
"""

import json
from hashlib import sha256
from pathlib import Path

from docutils import nodes
from sphinx import addnodes

from pages.figures.pad import drawing_pad
from pages.figures.page import live_figure
from pages.words import plain

CODE = (nodes.literal_block, nodes.raw, nodes.comment, nodes.image, addnodes.toctree)
FIGURES = (live_figure, drawing_pad)
LEAVES = (*CODE, *FIGURES, nodes.TextElement, nodes.Text)


#: What a result counts for: a chapter teaches, an exercise asks, the other pages look things up.
CHAPTER, EXERCISE, ELSEWHERE = 1, 0.5, 0.3


class Section:
    """What stands between two headings: the anchor, the title, the words, and those in bold."""

    def __init__(self, anchor, title, weight=CHAPTER):
        self.anchor, self.title, self.weight = anchor, plain(title), weight
        self.words, self.terms = [], []

    def add(self, node):
        """Take the words of a paragraph in; a word in bold is a term, unless it opens a remark."""
        self.words.append(plain(node))
        bold = (plain(each) for each in node.findall(nodes.strong))
        self.terms += [words for words in bold if words[-1:] not in {".", ":"}]

    def row(self):
        return [self.anchor, self.title, " ".join(self.words), "; ".join(self.terms), self.weight]


def is_exercise(node):
    return isinstance(node, nodes.container) and "exercise" in node["classes"]


def opened(node):
    """Return the section that begins with a node, or nothing."""
    if isinstance(node, nodes.section):
        return Section(node["ids"][0], node[0])
    if is_exercise(node) and node["ids"]:
        return Section(node["ids"][0], node[0], EXERCISE)
    if isinstance(node, addnodes.desc) and node[0].get("ids"):
        return Section(node[0]["ids"][0], next(node.findall(addnodes.desc_name)))
    if isinstance(node, nodes.definition_list_item) and node[0].get("ids"):
        return Section(node[0]["ids"][0], node[0])
    return None


def sections(document):
    """Return the sections of a page in their order; the first has the title of the page."""
    found = []

    def walk(node, into):
        made = opened(node)
        if made:
            found.append(made)
        elif isinstance(node, FIGURES):
            into.words.append(node["spec"].get("title") or "")
        elif isinstance(node, nodes.TextElement) and into and not isinstance(node, CODE):
            into.add(node)
        if not isinstance(node, LEAVES):
            for part in node.children[1 if made else 0 :]:
                walk(part, made or into)

    for part in document.children:
        walk(part, None)
    return found


def start(app, env, docnames):
    if not hasattr(env, "search_sections"):
        env.search_sections = {}


def collect(app, doctree):
    """Keep the sections of a page that has been read."""
    app.env.search_sections[app.env.docname] = [each.row() for each in sections(doctree)]


def drop(app, env, docname):
    getattr(env, "search_sections", {}).pop(docname, None)


def merge(app, env, docnames, other):
    env.search_sections |= {page: other.search_sections[page] for page in docnames}


def in_order(env):
    """Return the pages in the order of the book, with those last that no list names."""
    seen, waiting = [], [env.config.root_doc]
    while waiting:
        page = waiting.pop(0)
        if page not in seen:
            seen.append(page)
            waiting = [*env.toctree_includes.get(page, []), *waiting]
    return [page for page in [*seen, *sorted(env.search_sections)] if page in env.search_sections]


def chapters(env):
    """Return the numbers of the numbered pages, which teach; the others look things up."""
    numbers = {page: found.get("") for page, found in env.toc_secnumbers.items()}
    return {page: number[0] for page, number in numbers.items() if number}


def index(env, builder):
    """Return the index: pages as [address, title, number or 0], and sections by their page."""
    pages = list(dict.fromkeys(in_order(env)))
    numbers = chapters(env)
    rows = [(k, page, row) for k, page in enumerate(pages) for row in env.search_sections[page]]
    return {
        "pages": [
            [builder.get_target_uri(page), plain(env.titles[page]), numbers.get(page, 0)]
            for page in pages
        ],
        "sections": [
            [k, *row[:-1], row[-1] if page in numbers else ELSEWHERE] for k, page, row in rows
        ],
    }


def text_of(env, builder):
    """Return the index as a script, because from the disk a browser reads nothing else."""
    data = json.dumps(index(env, builder), ensure_ascii=False, separators=(",", ":"))
    return f"searchBook({data});\n"


def write(app, pagename, templatename, context, doctree):
    """Write the index beside its page, which names it by what is in it."""
    if templatename != "search.html":
        return
    text = text_of(app.env, app.builder)
    name = f"search/sections.{sha256(text.encode()).hexdigest()[:8]}.js"
    path = Path(app.outdir) / "_static" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    context["search_sections"] = f"_static/{name}"


def setup(app):
    app.connect("env-before-read-docs", start)
    # after the figures, which have taken their cells out, and the glossary
    app.connect("doctree-read", collect, priority=700)
    app.connect("env-purge-doc", drop)
    app.connect("env-merge-info", merge)
    app.connect("html-page-context", write)
