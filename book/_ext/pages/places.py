"""Where things are: the folders of the repository that the pages are made from."""

from pathlib import Path

BOOK = Path(__file__).resolve().parents[2]
ROOT = BOOK.parent
