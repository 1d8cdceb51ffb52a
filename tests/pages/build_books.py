"""Builds small books, each in a process of its own that begins with all modules loaded.

A line that comes in is a JSON list: the options for Sphinx, and the files for what it says and for
what it warns of. A line that goes out is the exit code.
"""

import json
import os
import sys

from sphinx.cmd.build import main

import pages.exercises
import pages.figures
import pages.run
import pages.theme.caches  # noqa: F401


def build(options, said, warned):
    """Build a book in a copy of this process, and return its exit code."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        for number, name, mode in ((0, os.devnull, "r"), (1, said, "w"), (2, warned, "w")):
            with open(name, mode) as file:
                os.dup2(file.fileno(), number)
        code = main(options)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    for line in sys.stdin:
        print(build(*json.loads(line)), flush=True)
