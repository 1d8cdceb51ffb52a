"""What a page needs to run its code: scripts, a style, the files of Python, and a line of words."""

import json
import shutil
from hashlib import sha256
from pathlib import Path

from sphinx.util import logging

from pages.figures.folds import is_cell, is_exercise
from pages.static import publish
from pages.theme.comments import without_js_comments

LOGGER = logging.getLogger(__name__)
ROOM = Path(__file__).parent
# In the order in which one uses the other.
PARTS = ("colours.js", "editing.js", "checked.js", "python.js", "outputs.js", "running.js")
HINT = (
    '<p class="run-hint page-hint">The code on this page is yours to change: click into it, then '
    "press Run. Python, {:.0f} MB, comes with the first run and stays in your browser.</p>"
)


def python_folder(app):
    """Return the folder with the files of Python, be it there or not."""
    return Path(app.outdir).parent / "python"


def read_manifest(app):
    """Return what the files of Python are, or nothing where they could not be had."""
    path = python_folder(app) / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def script(*names, before=""):
    """Return scripts of this room as one, and a name that changes with what is in it."""
    text = before + "\n".join((ROOM / name).read_text(encoding="utf-8") for name in names)
    text = without_js_comments(text)
    stem = Path(names[-1]).stem
    return f"run-{stem}.{sha256(text.encode()).hexdigest()[:8]}.js", text


def scripts(manifest):
    """Return the scripts that a page asks for by itself: the rest of it, and the worker."""
    files = json.dumps(manifest["files"], separators=(",", ":"))
    rest = script(*(f"parts/{name}" for name in PARTS))
    return rest, script("worker.js", before=f"const pythonFiles={files};\n")


def load_front(app, pagename, templatename, context, doctree):
    """Load the script and say in a line what it is for, on a page that has code."""
    manifest = app.config.run_manifest
    if not (manifest and doctree and any(doctree.findall(is_cell))):
        return
    (rest, _), (worker, _) = scripts(manifest)
    attributes = {"data-rest": rest, "data-worker": worker}
    app.add_css_file("run.css")
    app.add_js_file("run.js", loading_method="defer", **attributes)
    context["body"] = HINT.format(manifest["gz"] / 1e6) + context["body"]


def count_exercises(app, doctree):
    """Let the exercises that are answered in code count among the questions of a page."""
    data = app.env.metadata[app.env.docname]
    found = [f"{box['ids'][0]}-code" for box in doctree.findall(is_exercise) if box["ids"]]
    if found and app.config.run_manifest:
        data["questions"] = " ".join([*data.get("questions", "").split(), *found])


def write_files(app, exception):
    """Write the scripts and the files of Python among the static files of the book."""
    manifest = app.config.run_manifest
    if exception or not manifest or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    for name, text in scripts(manifest):
        (static / name).write_text(text, encoding="utf-8")
    (static / "python").mkdir(exist_ok=True)
    names = [each["name"] for each in manifest["files"].values()] + [manifest["licences"]]
    for name in names:
        shutil.copy2(python_folder(app) / name, static / "python" / name)


def configure(app, config):
    config.run_manifest = read_manifest(app)


def setup(app):
    app.add_config_value("run_manifest", None, "env", (dict, type(None)))
    app.connect("config-inited", configure)
    # after the questions that the page judges by itself have been collected
    app.connect("doctree-read", count_exercises, priority=600)
    app.connect("html-page-context", load_front)
    app.connect("build-finished", write_files)
    publish(app, __file__)
