"""Each live figure at an address of its own, figure/NAME.html: for slides, courses, notebooks.

The page holds the figure and nothing else but where it comes from, so that it is light and can
stand in a frame of any other page; alone.js tells that page how high it is.
"""

from html import escape
from pathlib import Path

from pages.figures import parts
from pages.theme.faces import FONTS, cut, said

FOLDER = "figure"
#: What figures load, each with its style sheet and its scripts, and in space one script more.
FRONTS = {
    "figure": ("figure.css", ("sharing.js", "motion.js", "figure.js")),
    "solid": ("figure.css", ("sharing.js", "motion.js", "solid.js", "figure.js")),
    "pad": ("pad.css", ("sharing.js", "pad.js")),
}
PAGE = """<!doctype html>
<html lang="en-GB" data-content_root="../">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <meta name="description" content="{description}">
    <link rel="icon" href="../_static/favicon.svg">
    <title>{title}</title>
    {styles}
    {scripts}
  </head>
  <body data-figure="{name}"><main>
    <h1>{words}</h1>
    {figure}
    <p class="live-from">
      From <a href="../{address}#figure-{name}" target="_blank" rel="noopener">{chapter}</a>
      in {book}, CC BY 4.0
    </p>
  </main></body>
</html>
"""


def page(spec, figure, address, chapter, book, front):
    """Return the page of one figure, which comes from a chapter at an address in the book.

    `front` is one of ``FRONTS``.
    """
    words = spec["name"].replace("-", " ")
    style, scripts = FRONTS[front]
    return PAGE.format(
        name=spec["name"],
        words=words,
        title=escape(f"{words} - {book}"),
        description=escape(spec["title"] or words),
        styles="\n    ".join(
            f'<link rel="stylesheet" href="../_static/{name}">'
            for name in ("palette.css", "fonts.css", style, "alone.css")
        ),
        scripts="\n    ".join(
            f'<script defer src="../_static/{name}"></script>' for name in ("alone.js", *scripts)
        ),
        figure=figure.replace("<!--code-->", ""),
        address=escape(address),
        chapter=escape(chapter),
        book=escape(book),
    )


def write(translator, spec, figure, front):
    """Write the page of a figure of the page that is being written; see `page`."""
    builder = translator.builder
    here, config = builder.current_docname, builder.config
    chapter = builder.env.titles[here].astext()
    text = page(spec, figure, builder.get_target_uri(here), chapter, config.html_title, front)
    path = Path(builder.outdir) / FOLDER / f"{spec['name']}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def cut_font(app, exception):
    """Write the regular face cut to what the figures say, which is a third of a light page."""
    folder, numbers = Path(app.outdir) / FOLDER, Path(app.outdir) / parts.FOLDER
    if exception or not folder.is_dir():
        return
    text = said(folder, numbers.glob("*.js"))
    face = FONTS / "downhill-sans-regular.ttf"
    cut(face, text, Path(app.outdir) / "_static" / "downhill-sans-figures.woff2")


def setup(app):
    app.connect("build-finished", cut_font)
