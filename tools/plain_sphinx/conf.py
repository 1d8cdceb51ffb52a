"""The book by plain Sphinx, from the same `_config.yml` and `_toc.yml`, without Jupyter Book.

    python -m sphinx -c tools/plain_sphinx -W -n --keep-going . _build/plain

Jupyter Book 1 reads its own words in `_config.yml` and hands Sphinx what they mean; here that is
done by hand, for the words that this book uses.
"""

import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
BOOK = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
sys.path.insert(0, str(ROOT / BOOK["sphinx"]["local_extensions"]["pages"]))

globals().update(BOOK["sphinx"]["config"])
extensions = [each for each in BOOK["sphinx"]["config"]["extensions"] if each != "jupyter_book"]
extensions.append("sphinx_multitoc_numbering")
html_title, author, copyright = BOOK["title"], BOOK["author"], BOOK["copyright"]
html_favicon = str(ROOT / BOOK["html"]["favicon"])
use_multitoc_numbering = BOOK["html"]["use_multitoc_numbering"]
exclude_patterns = [*BOOK["exclude_patterns"], "_build", "**.ipynb_checkpoints"]
external_toc_path = str(ROOT / "_toc.yml")
external_toc_exclude_missing = BOOK["only_build_toc_files"]
myst_enable_extensions = BOOK["parse"]["myst_enable_extensions"]
bibtex_bibfiles = [str(ROOT / each) for each in BOOK["bibtex_bibfiles"]]
nb_execution_mode = BOOK["execute"]["execute_notebooks"]
nb_execution_timeout = BOOK["execute"]["timeout"]
nb_output_stderr = BOOK["execute"]["stderr_output"]
