"""What is shown of a page where a link to it is shared: title, sentence and picture (Open Graph).

The picture is the first live figure of the page at its start, drawn by Matplotlib from the elements
that are in the page; a page without a figure has that of the book's first page.
"""

import io
import re
from html import escape
from pathlib import Path

import matplotlib
from bs4 import BeautifulSoup
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from sphinx.util.osutil import relative_uri

from lib import fonts
from lib.live.looks import LETTERS, MUTED_TEXT
from lib.plots import PALETTE, STEPS
from pages.figures.page import live_figure

FOLDER = "_static/shared"
WIDTH, HEIGHT = 1200, 630  # what the networks show whole
TITLE, MARGIN = 150, 60  # the height of the title's band, and the room around all
COLOURS = PALETTE | STEPS | {"muted-text": MUTED_TEXT}
NUMBER = re.compile(r"[MLQCmlqchvzZ]|-?\d*\.?\d+(?:e-?\d+)?")
CURVES = {"l": (1, Outline.LINETO), "q": (2, Outline.CURVE3), "c": (3, Outline.CURVE4)}


def outline(d):
    """Return the path that the ``d`` of an SVG path describes, as the recorder writes it."""
    places, codes, x, y = [], [], 0.0, 0.0
    tokens = NUMBER.findall(d)
    order, k, first = "M", 0, (0.0, 0.0)
    while k < len(tokens):
        if tokens[k].isalpha():
            order, k = tokens[k], k + 1
        if order in "zZ":
            places.append(first)
            codes.append(Outline.CLOSEPOLY)
            (x, y), order = first, "M"
            continue
        count, code = CURVES.get(order.lower(), (1, Outline.MOVETO))
        start = (x, y) if order.islower() else (0.0, 0.0)
        if order in "hv":
            step, k = float(tokens[k]), k + 1
            x, y = (x + step, y) if order == "h" else (x, y + step)
            places.append((x, y))
            codes.append(Outline.LINETO)
            continue
        values = list(map(float, tokens[k : k + 2 * count]))
        k += 2 * count
        corners = [
            (start[0] + a, start[1] + b) for a, b in zip(values[::2], values[1::2], strict=True)
        ]
        places += corners
        codes += [code] * count
        x, y = corners[-1]
        if order in "Mm":
            first, order = (x, y), "L" if order == "M" else "l"
    return Outline(places, codes) if places else None


def look(element):
    """Return the style of an element as a dictionary, with the colours of light paper."""
    pairs = (each.split(":", 1) for each in element.get("style", "").split(";") if ":" in each)
    found = {name.strip(): value.strip() for name, value in pairs}
    for name, value in found.items():
        named = re.fullmatch(r"var\(--([\w-]+)\)", value)
        found[name] = COLOURS[named[1]] if named else value
    return found


def paint(ax, element, scale):
    """Draw one element of a panel on axes that count in its pixels."""
    style = look(element)
    fill, stroke = style.get("fill", "none"), style.get("stroke", "none")
    if element.name == "text":
        size = re.search(r"\* ([\d.]+)", style.get("font-size", ""))
        shift = [float((element.get(name) or "0").removesuffix("em")) for name in ("dx", "dy")]
        pixels = LETTERS * (float(size[1]) if size else 1)
        place = [float(element[name]) + pixels * by for name, by in zip("xy", shift, strict=True)]
        turn = re.match(r"rotate\((-?[\d.]+)", element.get("transform", ""))
        aligned = {"middle": "center", "end": "right"}.get(style.get("text-anchor"), "left")
        ax.text(
            *place, element.get_text(), color=fill, alpha=float(style.get("fill-opacity", 1)),
            ha=aligned, va="baseline", rotation=-float(turn[1]) if turn else 0,
            rotation_mode="anchor", fontsize=pixels * scale, weight=style.get("font-weight", 400),
            style=style.get("font-style", "normal"), parse_math=False, zorder=1,
        )  # fmt: skip
        return
    path = outline(element.get("d", ""))
    if path is None:
        return
    common = {"transform": ax.transData, "clip_on": False, "zorder": 1}
    if fill != "none":
        alpha = float(style.get("fill-opacity", 1))
        ax.add_patch(PathPatch(path, facecolor=fill, edgecolor="none", alpha=alpha, **common))
    if stroke != "none":
        dashes = [float(each) * scale for each in style.get("stroke-dasharray", "").split()]
        width = float(style.get("stroke-width", 1)) * scale
        ax.add_patch(
            PathPatch(
                path,
                fill=False,
                edgecolor=stroke,
                linewidth=width,
                alpha=float(style.get("stroke-opacity", 1)),
                joinstyle="round",
                capstyle=style.get("stroke-linecap", "butt").replace("square", "projecting"),
                linestyle=(0, dashes) if dashes else "-",
                **common,
            )
        )


def draw(markup, title, book):
    """Return a PNG with the words and the panels of a figure, the same for the same markup."""
    fonts.register()
    panels = BeautifulSoup(markup, "html.parser").select("svg")
    sizes = [list(map(float, panel["viewbox"].split()))[2:] for panel in panels]
    across = sum(width for width, _ in sizes) + 20 * (len(sizes) - 1)
    high = max(height for _, height in sizes)
    scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - TITLE - MARGIN) / high)
    with matplotlib.rc_context({"font.family": [fonts.FAMILY, "DejaVu Sans"], "path.snap": False}):
        figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72)  # one point is one pixel
        FigureCanvasAgg(figure)
        figure.text(MARGIN / WIDTH, 1 - 85 / HEIGHT, title, size=50, weight="bold",
                    color=COLOURS["ink"])  # fmt: skip
        figure.text(MARGIN / WIDTH, 1 - 125 / HEIGHT, book, size=26, color=MUTED_TEXT)
        left = (WIDTH - across * scale) / 2
        for panel, (width, height) in zip(panels, sizes, strict=True):
            box = [left / WIDTH, 30 / HEIGHT, width * scale / WIDTH, height * scale / HEIGHT]
            ax = figure.add_axes(box)
            ax.set(xlim=(0, width), ylim=(height, 0))
            ax.axis("off")
            for element in panel.find_all(["path", "text"]):
                paint(ax, element, scale)
            left += (width + 20) * scale
        file = io.BytesIO()
        figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def picture(app, pagename, doctree):
    """Write the picture of a page and return its address in the book, or nothing."""
    figure = next(iter(doctree.findall(live_figure)), None) if doctree else None
    if figure is None:
        root = app.config.root_doc  # which may not be written yet
        return f"{FOLDER}/{root}.png" if app.env.live_figures.get(root) else ""
    address = f"{FOLDER}/{pagename}.png"
    path = Path(app.outdir) / address
    path.parent.mkdir(parents=True, exist_ok=True)
    title = app.env.titles[pagename].astext()
    path.write_bytes(draw(figure["markup"], title, app.config.html_title))
    return address


def tags(app, pagename, title, description, address):
    """Return the tags of Open Graph; addresses are whole where it is known where the book is."""
    base, here = app.config.html_baseurl, app.builder.get_target_uri(pagename)
    found = {
        "og:type": "article", "og:site_name": app.config.html_title, "og:title": title,
        "og:description": description, "og:url": base and base + here,
        "og:image": address and (base + address if base else relative_uri(here, address)),
        "og:image:width": address and WIDTH, "og:image:height": address and HEIGHT,
    }  # fmt: skip
    lines = [
        f'<meta property="{name}" content="{escape(str(value))}">'
        for name, value in found.items()
        if value
    ]
    return "".join([*lines, '<meta name="twitter:card" content="summary_large_image">'])


def share(app, pagename, templatename, context, doctree):
    """Give a page what is shown where it is shared."""
    if templatename != "page.html":
        return
    address = picture(app, pagename, doctree)
    title, description = app.env.titles[pagename].astext(), context["description"]
    context["metatags"] += tags(app, pagename, title, description, address)


def setup(app):
    app.connect("html-page-context", share, priority=600)  # after the description is known
