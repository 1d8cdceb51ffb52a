"""Print the built book: all its pages as one PDF, with a table of contents and page numbers.

python tools/pdf.py _build/html _build/downhill.pdf

The built pages are joined into one, which a headless Chromium prints twice: the first time says on
which sheet each heading stands. Figures are numbered and stand as they start; hints and solutions
come after the chapters. What only a screen can show is left out: the folded code of the figures and
the imports, which the notebooks have.
"""

import os
import re
import shutil
import sys
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
LEFT_OUT = (
    ".headerlink, .page-buttons, .page-hint, .run-hint, .live-code, .live-foot, .answer-reveal, "
    ".answer-line, .answer-typed, .progress, details.above-input, script, noscript"
)
ENDS = "details.hint, details.solution"
OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n?(.*?)\nendobj", re.S)
STYLE = """
@page { size: A4; margin: 18mm 18mm 20mm; }
body { margin: 0; } main { max-width: none; }
article { break-before: page; } article:first-of-type { break-before: auto; }
.cover { height: 24cm; display: flex; flex-direction: column; justify-content: center; }
.printed-contents { break-before: page; } .printed-contents ol { padding: 0; list-style: none; }
.printed-contents li { display: flex; gap: .5rem; margin: .15rem 0; font-size: 11pt; }
.printed-contents li.in { padding-left: 1.5rem; font-size: 10pt; }
.printed-contents a { color: inherit; text-decoration: none; }
.printed-contents i { flex: 1; border-bottom: 1px dotted #999; margin-bottom: .3em; }
article > section > section { content-visibility: visible; }
.tick > span { display: none; }
"""
NUMBER = (
    '<div style="width: 100%; text-align: center; font: 9px sans-serif; color: #555">'
    '<span class="pageNumber"></span></div>'
)
FOOT = {
    "display_header_footer": True, "header_template": "<span></span>", "footer_template": NUMBER
}  # fmt: skip


def parsed(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def pages(folder):
    """Return the pages of the book in the order of its list, as (path, title with its number)."""
    first = folder / "book" / "intro.html"
    links = parsed(first).select(".sidebar-tree a.reference.internal")
    found = {(first.parent / link["href"]).resolve(): link.get_text().strip() for link in links}
    return [(first.resolve(), ""), *found.items()]


def localise(article, page, known):
    """Give each place of a page a name of its own in the book, and lead its links there."""
    for element in article.select("[id]"):
        element["id"] = f"{page.stem}--{element['id']}"
    for name in ("for", "aria-labelledby"):
        for element in article.select(f"[{name}]"):
            element[name] = f"{page.stem}--{element[name]}"
    for link in article.select("a[href]"):
        address, _, anchor = link["href"].partition("#")
        target = (page.parent / address).resolve() if address else page
        if "://" not in address and target in known:
            link["href"] = f"#{target.stem}--{anchor}" if anchor else f"#{target.stem}"


def number_figures(article, title):
    """Begin the words under each figure of a chapter with its number."""
    chapter = re.match(r"\d+", title)
    for count, figure in enumerate(article.select("figure.live, figure.pad"), 1):
        words = figure.select_one("figcaption")
        if words:
            words.insert(0, f"Figure {chapter[0] + '.' if chapter else ''}{count}. ")


def take_ends(article, soup):
    """Take hints and solutions out of a page; return them under the titles of their exercises."""
    found = []
    for exercise in article.select(".exercise"):
        folds = [each.extract() for each in exercise.select(ENDS)]
        if folds:
            title = soup.new_tag("h3")
            title.string = exercise.select_one(".exercise-title").get_text()
            found += [title, *folds]
    return found


def joined(folder):
    """Return the book as one page, and its headings as (depth, anchor, words)."""
    soup = BeautifulSoup("<main></main>", "html.parser")
    listed = pages(folder)
    known = {path for path, _ in listed}
    ends, headings, head = soup.new_tag("article"), [], ""
    for path, title in listed:
        page = parsed(path)
        head = head or "".join(
            f'<link rel="stylesheet" href="{(path.parent / link["href"]).as_uri()}">'
            for link in page.select("link[rel=stylesheet]")
        )
        article = page.select_one("article")
        for element in article.select(LEFT_OUT):
            element.decompose()
        localise(article, path, known)
        number_figures(article, title)
        article["id"] = path.stem
        if title:
            headings.append((1, path.stem, title))
            headings += [
                (2, section["id"], section.find("h2").get_text())
                for section in article.select("section > section")
                if section.find("h2", recursive=False)
            ]
        for image in article.select("img[src]"):
            if "://" not in image["src"] and not image["src"].startswith("data:"):
                image["src"] = (path.parent / image["src"]).as_uri()
        folds = take_ends(article, soup)
        if folds:
            heading = soup.new_tag("h2")
            heading.string = title
            ends.extend([heading, *folds])
        soup.main.append(article)
    if ends.contents:
        heading = soup.new_tag("h1", id="hints-and-solutions")
        heading.string = "Hints and solutions"
        ends.insert(0, heading)
        headings.append((1, "hints-and-solutions", heading.string))
        soup.main.append(ends)
    for fold in soup.select("details:not(.tick)"):
        fold["open"] = ""
    return head, str(soup), headings


def contents(headings, sheets):
    """Return the table of contents, with the sheets where they are known."""
    rows = "".join(
        f'<li class="{"in" * (depth == 2)}"><a href="#{anchor}">{escape(words)}</a><i></i>'
        f"<span>{sheets.get(anchor, '')}</span></li>"
        for depth, anchor, words in headings
    )
    return f'<nav class="printed-contents"><h1>Contents</h1><ol>{rows}</ol></nav>'


def whole(head, body, headings, title, sheets):
    cover = f'<div class="cover"><h1 style="font-size: 40pt">{escape(title)}</h1></div>'
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}'
        f"</title>{head}<style>{STYLE}</style></head><body data-theme='light'>"
        f"{cover}{contents(headings, sheets)}{body}</body></html>"
    )


def sheets_of(pdf):
    """Return the number of sheets of a PDF of Chromium's, and for each anchor its sheet."""
    objects = {int(number): text for number, text in OBJECT.findall(pdf)}
    inner = {number for number, text in objects.items() if re.search(rb"/Type\s*/Pages\b", text)}
    (root,) = (number for number in inner if b"/Parent" not in objects[number])
    order, waiting = [], [root]
    while waiting:
        number = waiting.pop(0)
        if number in inner:
            kids = re.search(rb"/Kids\s*\[(.*?)\]", objects[number], re.S)[1]
            waiting = [int(kid) for kid in re.findall(rb"(\d+) 0 R", kids)] + waiting
        else:
            order.append(number)
    sheets = {number: sheet for sheet, number in enumerate(order, 1)}
    places = re.findall(rb"/([^\s/\[\]<>()]+)\s*\[(\d+) 0 R\s*/XYZ", pdf)
    return len(order), {plain(name): sheets[int(page)] for name, page in places}


def printed(browser, folder):
    """Return the book as a PDF, and the number of its sheets."""
    head, body, headings = joined(folder)
    title = parsed(folder / "index.html").title.get_text()
    page, tab = folder.parent / "print.html", browser.new_page()
    tab.set_default_timeout(600_000)

    def sheets(known, **options):
        text = whole(head, body, headings, title, known)
        page.write_text(text, encoding="utf-8")
        tab.goto(page.as_uri(), wait_until="load")
        tab.evaluate("document.fonts.ready.then(() => true)")
        return tab.pdf(prefer_css_page_size=True, print_background=True, **FOOT, **options)

    _, found = sheets_of(sheets({}))
    pdf = sheets(found, outline=True, tagged=True)
    page.unlink()
    tab.close()
    return pdf, sheets_of(pdf)[0]


def plain(name):
    """Return a name as it is without the PDF's way of writing some letters."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes.fromhex(m[1].decode()), name).decode()


def main(folder, target):
    from playwright.sync_api import sync_playwright

    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        sys.exit("No Chromium was found: name its binary in the variable CHROMIUM.")
    with sync_playwright() as driver:
        sandbox = os.name == "nt" or os.geteuid() != 0
        browser = driver.chromium.launch(executable_path=found, chromium_sandbox=sandbox)
        pdf, count = printed(browser, Path(folder).resolve())
        browser.close()
    Path(target).write_bytes(pdf)
    print(f"{target}: {count} pages")


if __name__ == "__main__":
    main(*sys.argv[1:])
