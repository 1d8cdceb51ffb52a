"""What live figures and the drawing pad share on their way from a saved widget into a page."""

from hashlib import sha256
from html import escape
from pathlib import Path

import lib

LIB = Path(lib.__file__).parent
FOLDER = "_static/figures"


def buffers(saved):
    """Return the bytes that a widget was saved with, as text, by the names of its fields."""
    return {"/".join(each["path"]): each["data"] for each in saved.get("buffers", ())}


def write_script(folder, name, text):
    """Write the numbers of a figure into a file, and return its address in the book.

    Its name changes with what is in it, so that a browser may keep it for ever.
    """
    name = f"{name}.{sha256(text.encode()).hexdigest()[:8]}.js"
    path = folder / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return f"{FOLDER}/{name}"


def open_figure(translator, node, html):
    """Write a figure up to the place of its code, in which the code is folded if there is any."""
    before, _, node["after"] = html.partition("<!--code-->")
    if node.children:
        summary = f"Code: {escape(node['spec']['name'].replace('-', ' '))}"
        before += f'<details class="live-code"><summary>{summary}</summary>'
        node["after"] = "</details>" + node["after"]
    translator.body.append(before)


def close_figure(translator, node):
    translator.body.append(node["after"])
