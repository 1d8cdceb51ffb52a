"""The book's faces and KaTeX's, cut to the characters that the book's pages contain.

A chapter needs six or seven of them, which is a quarter of its weight; cut they are half as large.
The originals are left as they are: KaTeX's in static/katex/fonts, and beside the cut regular face
the whole one, for what a reader or a program writes into a page. A cut face of KaTeX's carries a
digest of what it was cut from and to in its name, so that a browser may keep it for good.
"""

import logging
import re
from hashlib import sha256
from html import unescape
from pathlib import Path

from fontTools import subset

from pages.places import ROOT

FONTS = ROOT / "lib" / "fonts"
ORIGINALS = Path(__file__).parent / "static" / "katex" / "fonts"
TAG = re.compile(r"<[^>]*>")

# It tells of every table and glyph of every face: a thousand lines in the log of a cold build.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def said(folder, scripts):
    """Return all characters of the pages below a folder and of scripts that write into them.

    Those of attributes are among them, for a panel in space is drawn from such.
    """
    texts = (path.read_text(encoding="utf-8") for path in [*folder.rglob("*.html"), *scripts])
    return "".join(sorted(set().union(*map(unescape, texts))))


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


def cut_text_faces(app, exception):
    """Write the book's faces cut to what the pages say; for the regular one each of them waits."""
    if not exception and app.builder.format == "html":
        out, static = Path(app.outdir), Path(app.outdir) / "_static"
        text = said(out, [*static.glob("*.js"), *static.glob("figures/*.js")])
        for style, name in (("regular", "pages"), ("bold", "bold"), ("italic", "italic")):
            face = FONTS / f"downhill-sans-{style}.ttf"
            cut(face, text, static / f"downhill-sans-{name}.woff2")


def cut_faces(app, exception):
    """Put cut faces in the place of KaTeX's, and into the style sheet that names them."""
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
    app.connect("build-finished", cut_text_faces)
    # before the style sheets are joined
    app.connect("build-finished", cut_faces, priority=850)
