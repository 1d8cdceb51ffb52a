"""The displayed formulas of the notebooks, by label."""

import json
import re
from pathlib import Path

BOOK = Path(__file__).parents[2] / "book"
DISPLAYED = re.compile(r"\$\$(.+?)\$\$\s*\(([\w-]+)\)", re.DOTALL)


def displayed(page):
    """Return the labelled formulas of a notebook."""
    cells = json.loads((BOOK / f"{page}.ipynb").read_text(encoding="utf-8"))["cells"]
    texts = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return {label: formula for text in texts for formula, label in DISPLAYED.findall(text)}


PAGES = sorted(path.stem for path in BOOK.glob("*.ipynb"))
FORMULAS = {label: (page, each) for page in PAGES for label, each in displayed(page).items()}
