"""Write tools/hashes.txt: the pins of constraints.txt, each with the SHA-256 of its files.

    python tools/hashes.py index

where the index is the address of one of packages, with its last /, that answers in JSON (PEP 691).
pip compares what it fetches with them, so that nobody can put another file in the place of one. The
file has those for the Pythons of the book on Linux (glibc), macOS and Windows, and the sources. pip
takes no hash beside a package that is installed in place, as the book's own is, and so
constraints.txt has none. Nothing but a new pin calls for this.
"""

import json
import re
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from packaging.utils import canonicalize_name, parse_sdist_filename, parse_wheel_filename
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
KIND = {"Accept": "application/vnd.pypi.simple.v1+json"}
PIN = re.compile(r"^([\w.-]+)==([\w.+!]+)(.*)$", re.M)
PYTHON = re.compile(r"py3|cp31[1-4]")
SYSTEM = re.compile(r"manylinux.*(x86_64|aarch64)|macosx|win_(amd64|arm64)|any")


def pins(text):
    """Return name, version and what follows, of each pin in a text."""
    return PIN.findall(text)


def is_wanted(tag):
    """Return whether a wheel's tag is one of the Pythons and systems that read the book."""
    fits = PYTHON.fullmatch(tag.interpreter) or tag.abi == "abi3"
    return bool(fits and not tag.abi.endswith("t") and SYSTEM.search(tag.platform))


def is_of(filename, version):
    """Return whether a file is of a version, and for the Pythons and systems of the book."""
    if filename.endswith(".whl"):
        _, found, _, tags = parse_wheel_filename(filename)
        return found == version and any(map(is_wanted, tags))
    if filename.endswith((".tar.gz", ".zip")):
        return parse_sdist_filename(filename)[1] == version
    return False


def hashes(index, pin):
    """Return the SHA-256 of the files that an index has of a pin, in order."""
    name, version, _ = pin
    request = urllib.request.Request(f"{index}{canonicalize_name(name)}/", headers=KIND)
    with urllib.request.urlopen(request, timeout=60) as answer:
        files = json.load(answer)["files"]
    found = set()
    for file in files:
        try:
            if is_of(file["filename"], Version(version)):
                found.add(file["hashes"]["sha256"])
        except ValueError:
            continue  # a name of the time before names had rules, of another version
    if not found:
        raise LookupError(f"{name} {version}: the index has no file of it")
    return sorted(found)


def main(index):
    wanted = pins((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(partial(hashes, index), wanted))
    lines = [
        " \\\n    --hash=sha256:".join([f"{name}=={version}{rest}", *sums])
        for (name, version, rest), sums in zip(wanted, found, strict=True)
    ]
    head = "# By tools/hashes.py, from constraints.txt.\n"
    (ROOT / "tools" / "hashes.txt").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
