"""What a beginner meets, in the order of the pages: terms, symbols, and stretches of mere prose."""

import re
from pathlib import Path

import pytest

from pages.appendix import glossary
from tests.pages.displayed import cells, texts

BOOK = Path(__file__).parents[2] / "book"
LONGEST_STRETCH = 700  # words


def pages():
    """Return the chapters in the order in which they are read."""
    toc = (BOOK.parent / "_toc.yml").read_text(encoding="utf-8")
    names = re.findall(r"(?:root|file): book/(\w+)", toc)
    return [each for each in names if (BOOK / f"{each}.ipynb").exists() and each != "errata"]


def prose(page):
    """Return the sources of a chapter's prose cells, without code between backticks."""
    return [re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.S) for text in texts(page)]


HELD = pages()

each_held = pytest.mark.parametrize("held", HELD)


# Terms.

#: Bold words that name no term: a call to the reader, or the first words of an item.
CALL = re.compile(r"Predict|Correction|Copy values|Check")
GLOSSARY = (BOOK / "glossary.md").read_text(encoding="utf-8")
ENTRIES = dict(re.findall(r"^(?![\s:#`(-])(.+)\n: (.+)$", GLOSSARY, re.M))


def bold(page):
    """Return the bold terms of a chapter: those that end in no stop and lead no item."""
    text = "\n\n".join(prose(page))
    found = re.findall(r"(?<!\*)(- )?\*\*([^*]+?)\*\*", text)
    return [term for lead, term in found if not lead and term[-1] not in ".:?"]


def is_entry(term):
    """Return whether a term is an entry of the glossary, or its words are forms of one's words."""
    stems = [word[:5] for word in re.findall(r"\w+", term.lower())]
    entries = [re.findall(r"\w+", entry.lower()) for entry in ENTRIES]
    return bool(glossary.pattern(ENTRIES).fullmatch(term)) or any(
        all(any(word.startswith(stem) for word in entry) for stem in stems) for entry in entries
    )


@each_held
def test_bold_terms_are_in_the_glossary(held):
    terms = [term for term in bold(held) if not CALL.match(term)]
    assert [term for term in terms if not is_entry(term)] == []


@pytest.mark.parametrize("term", ENTRIES)
def test_glossary_leads_to_a_chapter_that_says_the_word(term):
    (page,) = re.findall(r"\]\((\w+)\.ipynb\)$", ENTRIES[term])
    told = " ".join(prose(page)).lower()
    words = [word for word in re.findall(r"\w+", term.lower()) if len(word) > 3]
    assert all(word[:5] in told for word in words), page


def test_glossary_is_in_order():
    assert list(ENTRIES) == sorted(ENTRIES, key=str.lower)


# Symbols.

MATHEMATICS = re.compile(r"\$\$(.+?)\$\$|\$([^$]+?)\$", re.S)
SYMBOL = re.compile(
    r"\\(?:text|operatorname|mathrm|begin|end)\s*\{[^}]*\}|(\\[a-zA-Z]+|[A-Z])(?![a-zA-Z])"
)
#: What school has taught, and what only says how a formula is set.
SCHOOL = re.compile(
    r"\\([dt]?frac|cdot|times|sqrt|pi|sin|cos|tan|arctan|log|max|min|l?dots|[lr]vert|infty|in"
    r"|left|right|[bB]ig[lr]?|q?quad|to|(long)?(left|right)arrow|(Long)?(left)?rightarrow|underbrace"
    r"|underset|circ|le|ge|neq?|pm|approx|long(left)?rightarrow|Long(left)?rightarrow)"
)
#: The words that stand where a symbol is met for the first time in the book.
TAUGHT = {
    r"\hat": "estimate",
    r"\sum": "add up",
    "N": "flats from the first",
    "C": "cost",
    r"\alpha": "learning rate",
    "W": "parameters",
    r"\vec": "list of weights",
    "X": "columns",
    r"\varepsilon": "x axis",
    r"\tilde": "other units",
    "S": "matrix",
    r"\Delta": "change",
    r"\lim": "limit",
    r"\ln": "logarithm",
    r"\sigma": "neuron",
    "M": "model",
    r"\theta": "parameter",
    "J": "cost",
    "E": "cost",
    r"\bar": "mean",
    "G": "logarithm",
    "L": "loss",
    r"\partial": "partial derivative",
    r"\nabla": "gradient",
    r"\mathbf": "vector",
    r"\varphi": "angle",
    "T": "temperature",
    "H": "Hessian",
    r"\lambda": "eigenvalue",
    r"\det": "determinant",
    r"\kappa": "condition number",
    "D": "directional derivative",
    r"\xi": "between",
    r"\gamma": "direction",
    r"\delta": "direction",
    r"\beta": "share",
    "Y": "another unit",
    "A": "parabola",
    "B": "parabola",
    "I": "identity",
    r"\mu": "Add a number",
    "R": "rows",
    r"\mathbb": "rows",
    r"\lVert": "cost",
    r"\rVert": "cost",
    r"\odot": "entry",
    r"\tanh": "bend",
    "K": "number $K$ of classes",
    "Z": "scores",
    "V": "layer",
}


def first_uses():
    """Return for each symbol of the book its chapter and the text around its first use."""
    found = {}
    for page in pages():
        told = prose(page)
        for number, text in enumerate(told):
            for match in MATHEMATICS.finditer(text):
                for symbol in filter(None, SYMBOL.findall(match[1] or match[2])):
                    around = " ".join(told[max(number - 1, 0) : number + 1])
                    found.setdefault(symbol, (page, around))
    return found


@each_held
def test_symbols_are_introduced_where_they_are_met_first(held):
    met = {symbol: text for symbol, (where, text) in first_uses().items() if where == held}
    unknown = [each for each in met if not SCHOOL.fullmatch(each) and each not in TAUGHT]
    assert unknown == [], "say in TAUGHT which words introduce them"
    taught = {each: TAUGHT[each] for each in met if each in TAUGHT}
    assert {each: words for each, words in taught.items() if words not in met[each]} == {}


def test_no_letter_has_two_lines_in_the_table_of_symbols():
    table = (BOOK / "notation.md").read_text(encoding="utf-8")
    kept, changing = table.split("## Letters that change with the chapter")
    rows = [line.split("|")[1] for line in kept.splitlines() if line.startswith("| $")]
    letters = [each for row in rows for each in re.findall(r"\$([^$]+)\$", row)]
    assert changing.count("\n| $") > 5
    assert {r"\alpha", r"\hat y", "b", "x^*"} <= set(letters)
    assert len(set(letters)) == len(letters)


# Stretches of prose.


def words(text):
    """Count the words of a piece of prose; a formula between words is one, a displayed one none."""
    text = re.sub(r"\$\$.*?\$\$( \(eq-[\w-]+\))?", "", text, flags=re.S)
    text = re.sub(r"\$[^$]+\$", "x", text)
    text = re.sub(r"^:::.*$|<[^>]+>|\]\([^)]*\)|^[|>#\s-]+", " ", text, flags=re.M)
    return len(re.findall(r"[^\W_][\w'’.-]*", text))


def computed(text):
    """Return whether a displayed formula computes a number."""
    return re.search(r"(=|\\approx)\s*[-−]?\d[\d.]*\s*(\\\\|$)", text, re.M) is not None


def pieces(page):
    """Yield the words of a chapter, piece by piece, and None at a rest for the reader."""
    for cell in cells(page):
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            if any("text" in out or "data" in out for out in cell["outputs"]):
                yield None
            continue
        for part in re.split(r"(\$\$.+?\$\$|^:::\{(?:number|choice|derivative|predict)\})", source,
                             flags=re.M | re.S):  # fmt: skip
            if part.startswith(":::{") or (part.startswith("$$") and computed(part)):
                yield None
            yield words(part)


def longest_stretch(page):
    longest = stretch = 0
    for piece in pieces(page):
        stretch = 0 if piece is None else stretch + piece
        longest = max(longest, stretch)
    return longest


@each_held
def test_prose_rests_on_a_figure_a_question_or_numbers(held):
    assert longest_stretch(held) <= LONGEST_STRETCH
