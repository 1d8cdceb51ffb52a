"""KaTeX's faces, cut to the characters that the book's pages contain.

A chapter needs five or six of them, which is a quarter of its weight; cut they are half as large.
The originals in static/katex/fonts are left as they are. A cut face carries a digest of what it was
cut from and to in its name, so that a browser may keep it for good.
"""

import logging
import re
from hashlib import sha256
from html import unescape
from pathlib import Path

from fontTools import subset

ORIGINALS = Path(__file__).parent / "static" / "katex" / "fonts"
TAG = re.compile(r"<[^>]*>")

# It tells of every table and glyph of every face: a thousand lines in the log of a cold build.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def characters(folder):
    """Return all characters of the text of all pages below a folder, sorted."""
    texts = (page.read_text(encoding="utf-8") for page in folder.rglob("*.html"))
    return "".join(sorted(set().union(*(unescape(TAG.sub("", text)) for text in texts))))


def cut(original, text, target):
    """Write those characters of a face that stand in a text."""
    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True)
    font = subset.load_font(original, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    subset.save_font(font, target, options)


def name_of(original, text):
    digest = sha256(original.read_bytes() + text.encode()).hexdigest()[:8]
    return f"{original.stem}.{digest}.woff2"


def cut_faces(app, exception):
    """Put cut faces in the place of the whole ones, and into the style sheet that names them."""
    if exception or app.builder.format != "html":
        return
    text, static = characters(Path(app.outdir)), Path(app.outdir) / "_static" / "katex"
    kept = Path(app.outdir).parent / "faces"  # cutting takes seconds
    kept.mkdir(exist_ok=True)
    for face in static.glob("fonts/*.woff2"):
        face.unlink()
    sheet = (static / "katex.min.css").read_text(encoding="utf-8")
    for original in ORIGINALS.glob("*.woff2"):
        face = kept / name_of(original, text)
        if not face.exists():
            cut(original, text, face)
        (static / "fonts" / face.name).write_bytes(face.read_bytes())
        sheet = sheet.replace(original.name, face.name)
    (static / "katex.min.css").write_text(sheet, encoding="utf-8")


def setup(app):
    # before the style sheets are joined
    app.connect("build-finished", cut_faces, priority=850)
