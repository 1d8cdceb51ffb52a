"""Where things are: the folders of the repository that the pages are made from, and the outputs."""

import hashlib
import platform
from pathlib import Path

BOOK = Path(__file__).resolve().parents[2]
ROOT = BOOK.parent


#: What Python does not read: a change of it changes nothing that a cell puts out.
UNREAD = {".pyc", ".js", ".woff2"}


def digest(folder):
    """Return a digest of a folder of code and of all versions that it runs with."""
    files = [ROOT / "constraints.txt", *sorted((ROOT / folder).rglob("*"))]
    found = hashlib.sha256(platform.python_version().encode())
    for path in files:
        hidden = any(part[0] == "." for part in path.relative_to(ROOT).parts)  # what tools keep
        if path.is_file() and path.suffix not in UNREAD and not hidden:
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def cache_of_notebooks(build):
    """Return where, below the folder of what is built, outputs are kept for the present lib."""
    return build / ".jupyter_cache" / digest("lib")
