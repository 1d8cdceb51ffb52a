"""The marks of formulas: how sure it is that they hold. Proofs are kept from build to build.

A proof is kept under a digest of the formula, the registry of its page, this package and lib: when
one of them changes, it is found again, by processes of their own, one on each processor.
"""

import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from pages.places import BOOK, ROOT, digest

MARKS = {"proved": "■", "computed": "□", "checked": "✓", "stated": "○"}
PACKAGE = "book/_ext/pages/formulas"
FOLDER = ROOT / "_build" / ".proofs"  # where they are kept
PROCESSES = min(2, os.cpu_count() or 1)


@cache
def digest_of_code():
    return digest(PACKAGE) + digest("lib")


class Unanswered(Exception):
    """The process of the proofs has ended before it had answered; then no mark is given or kept."""


def key(asked):
    """Return the digest under which the proof of a formula is kept."""
    registry = BOOK / "symbols" / f"{asked['page']}.py"
    parts = (
        asked["formula"].strip(),
        asked["label"],
        registry.read_text("utf-8"),
        digest_of_code(),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


def marks_of(asked, folder=FOLDER):
    """Return the marks of formulas, each asked for as {page, label, formula}.

    A mark is {mark, words, why}: one of MARKS, what a reader is told, and why it is not more.

    Raises:
        Unanswered: it says for which formula.
    """
    kept = load(folder)
    keys = [key(each) for each in asked]
    missing = [each for each, name in zip(asked, keys, strict=True) if name not in kept]
    found = {(each["page"], each["label"]): each for each in prove(missing)}
    for each, name in zip(asked, keys, strict=True):
        if name not in kept:
            answer = found[each["page"], each["label"]]
            kept[name] = {part: answer.get(part, "") for part in ("mark", "words", "why")}
    if missing:
        save(folder, kept)
    return [kept[name] for name in keys]


def load(folder):
    path = folder / "marks.json"
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):  # none are kept yet, or a build was interrupted
        return {}


def save(folder, kept):
    folder.mkdir(parents=True, exist_ok=True)
    rest = folder / f"marks.{os.getpid()}"
    rest.write_text(json.dumps(kept, indent=0, ensure_ascii=False), "utf-8")
    rest.replace(folder / "marks.json")


def prove(asked):
    """Ask processes of their own for proofs; return their answers."""
    shares = [asked[k::PROCESSES] for k in range(PROCESSES)]
    with ThreadPoolExecutor(PROCESSES) as waiting:
        return [answer for answers in waiting.map(ask, shares) for answer in answers]


def ask(share):
    """Ask one process for the proofs of some formulas; return its answers, in their order."""
    if not share:
        return []
    paths = os.pathsep.join([str(BOOK / "_ext"), str(ROOT), *filter(None, sys.path)])
    found = subprocess.run(
        [sys.executable, "-m", "pages.formulas.proofs.worker"],
        input="".join(json.dumps(each) + "\n" for each in share), capture_output=True,
        encoding="utf-8", env=os.environ | {"PYTHONPATH": paths}, cwd=ROOT,
    )  # fmt: skip
    answers = [json.loads(line) for line in found.stdout.splitlines() if line.startswith("{")]
    if len(answers) < len(share):
        page, label = (share[len(answers)][name] for name in ("page", "label"))
        why = (found.stderr.strip().splitlines() or [f"it ended with {found.returncode}"])[-1]
        raise Unanswered(f"no proof was looked for of {label} in book/symbols/{page}.py: {why}")
    return answers
