"""What the pages are made from: the cells of a notebook in MyST, and its displayed formulas."""

import re
from pathlib import Path

from pages import notebooks

BOOK = Path(__file__).parents[2] / "book"
DISPLAYED = re.compile(r"\$\$(.+?)\$\$\s*\(([\w-]+)\)", re.DOTALL)


INCLUDED = re.compile(
    r"^```\{include\} \S+\n:start-line: (\d+)\n:end-line: (\d+)\n```$", re.MULTILINE
)


def cells(page):
    """Return the cells of a page in MyST, with the questions in the text that asks them."""
    found = notebooks.read(page)["cells"]
    by_start = {block.start: block for block in notebooks.blocks_of(page).values()}
    for cell in found:
        cell["source"] = INCLUDED.sub(
            lambda asked: "\n".join(by_start[int(asked[1])].lines).strip(), "".join(cell["source"])
        )
    return found


def texts(page):
    """Return the texts of a page in MyST."""
    return [cell["source"] for cell in cells(page) if cell["cell_type"] == "markdown"]


def displayed(page):
    """Return the labelled formulas of a page."""
    return {label: formula for text in texts(page) for formula, label in DISPLAYED.findall(text)}


PAGES = sorted(path.stem for path in BOOK.glob("*.ipynb"))
FORMULAS = {label: (page, each) for page in PAGES for label, each in displayed(page).items()}
