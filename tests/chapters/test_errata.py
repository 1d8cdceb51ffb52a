"""The errata: every slip of the notes has its entry, its proof, and links to the book and back."""

import json
import re
from pathlib import Path

import pytest

BOOK = Path(__file__).parents[2] / "book"
WHOSE = {"A": "author", "B": "either", "O": "reading", "N": "remark"}

# The rows of the concordance's three tables. What B12 and B4 say of N0-13 and the start at N3-54,
# and O N3-91 of the two items after it, is told there.
AUTHOR = {f"A{k}" for k in range(1, 32)}
EITHER = {f"B{k}" for k in range(1, 13)}
READING = {
    "O N0-01", "O N0-19", "O N0-20", "O N0-26", "O N0-43", "O N2", "O N3-22", "O N3-25",
    "O N3-52", "O N3-54", "O N3-56", "O N3-65", "O N3-66", "O N3-70", "O N3-79", "O N3-82",
    "O N3-91", "O N3-94", "O N3-99",
}  # fmt: skip


def cells(page):
    return json.loads((BOOK / f"{page}.ipynb").read_text(encoding="utf-8"))["cells"]


def prose(page):
    return ["".join(each["source"]) for each in cells(page) if each["cell_type"] == "markdown"]


def slug(title):
    """The anchor that the book gives a heading."""
    return re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-")


def found_entries():
    """Return for each entry its text and the cell after it."""
    found = {}
    for cell, following in zip(cells("errata"), [*cells("errata")[1:], {}], strict=True):
        text = "".join(cell["source"])
        if title := re.search(r"^### Errata (.+)$", text, re.M):
            found[title[1]] = text, following
    return found


ENTRIES = found_entries()
CHAPTERS = sorted(path.stem for path in BOOK.glob("*.ipynb") if path.stem != "errata")


def notes_linking_to(name):
    """Return the paragraphs of the chapters that link to an entry, with their chapters."""
    link = re.compile(rf"\(errata\.ipynb#{slug('Errata ' + name)}\)")
    return [
        (page, each)
        for page in CHAPTERS
        for text in prose(page)
        for each in text.split("\n\n")
        if link.search(each)
    ]


def test_every_slip_of_the_notes_has_its_entry():
    remarks = {name for name in ENTRIES if name[0] == "N"}
    assert ENTRIES.keys() - remarks == AUTHOR | EITHER | READING


def test_the_list_names_every_entry_in_its_order_and_says_whose_slip_it_is():
    rows = re.findall(
        r"^\| \[(.+?)\]\(#(.+?)\) \| (\w+) \| .+ \|$", "\n".join(prose("errata")), re.M
    )
    assert rows == [(name, slug("Errata " + name), WHOSE[name[0]]) for name in ENTRIES]


@pytest.mark.parametrize("name", ENTRIES)
def test_entry_says_what_is_wrong_and_what_is_right_and_proves_it(name):
    text, proof = ENTRIES[name]
    paragraphs = text[text.index("### ") :].split("\n\n")
    assert paragraphs[1].startswith("**")
    assert len(paragraphs) >= 3, "what the notes say, and what is right"
    assert proof["cell_type"] == "code"
    assert "".join(proof["outputs"][0]["text"]).strip()


@pytest.mark.parametrize("name", sorted(EITHER | READING))
def test_entry_of_a_reading_says_that_it_was_read(name):
    assert re.search(r"\bread(s|ing|ings)?\b", ENTRIES[name][0])


@pytest.mark.parametrize("name", ENTRIES)
def test_entry_and_chapters_link_to_each_other(name):
    told = re.findall(r"\]\((\w+)\.ipynb#([\w-]+)\)", ENTRIES[name][0])
    linking = {page for page, _ in notes_linking_to(name)}
    assert linking <= {page for page, _ in told}
    assert linking or name in READING, "only what was read wrongly may stand in the errata alone"
    for page, anchor in told:
        headings = re.findall(r"^#+ (.+)$", "\n".join(prose(page)), re.M)
        assert anchor in {slug(each) for each in headings}


def test_every_link_to_the_errata_has_its_entry():
    entries = {slug("Errata " + name) for name in ENTRIES}
    linked = re.findall(r"errata\.ipynb#([\w-]+)", "\n".join("\n".join(prose(p)) for p in CHAPTERS))
    assert set(linked) <= entries
