"""Runs cells as ``run_cells.cjs`` does, by the Python of the tests.

What ``inside`` tells goes out where the cells cannot write.
"""

import json
import os
import sys
import time
from pathlib import Path

RUN = Path(__file__).resolve().parents[2] / "book/_ext/pages/run"
sys.path[:0] = [str(RUN), str(RUN / "stubs")]

from inside import Page  # noqa: E402


def main():
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    asked, messages = sys.stdin, []
    page = Page(lambda text: messages.append(json.loads(text)))
    for line in asked:
        messages.clear()
        before = time.thread_time()
        if line == "[]\n":
            page = Page(lambda text: messages.append(json.loads(text)))
        else:
            page.run(line)
        out.write(json.dumps([messages, time.thread_time() - before]) + "\n")
        out.flush()


main()
