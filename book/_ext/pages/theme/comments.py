"""What travels to a reader: scripts without what is said to their authors.

Comments and types are a quarter of a script, on every page.
"""

import re
from pathlib import Path

OWN = (
    "alone.js",
    "answers.js",
    "draw.js",
    "exact.js",
    "figure.js",
    "grammar.js",
    "judge.js",
    "numbers.js",
    "motion.js",
    "pad.js",
    "pieces.js",
    "progress.js",
    "run.js",
    "search.js",
    "sharing.js",
    "site.js",
    "solid.js",
)
JS = re.compile(r"^[ \t]*(?:/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*\n|//.*\n)", re.M)  # on lines of its own


def without_js_comments(text):
    """Return a script without the comments on lines of their own, and without its indents."""
    return re.sub(r"^[ \t]+", "", JS.sub("", text), flags=re.M)


def strip_scripts(app, exception):
    for name in OWN if not exception else ():
        path = Path(app.outdir) / "_static" / name
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            path.write_text(without_js_comments(text), encoding="utf-8")


def setup(app):
    app.connect("build-finished", strip_scripts)
