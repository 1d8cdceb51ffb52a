"""Write the questions of the chapters for lib.questions, from what stands in book/questions.

python tools/questions.py
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "book" / "_ext")]

from pages.exercises import standalone  # noqa: E402
from pages.notebooks import QUESTIONS  # noqa: E402

TARGET = ROOT / "lib" / "questions"


def written():
    """Return the files as they have to be: their texts by their paths."""
    return {
        TARGET / f"{path.stem}.json": json.dumps(
            standalone.chapter(path.stem), indent=1, ensure_ascii=False
        )
        + "\n"
        for path in sorted(QUESTIONS.glob("*.md"))
    }


def main():
    found = written()
    for path in TARGET.glob("*.json"):
        if path not in found:
            path.unlink()
    for path, text in found.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
