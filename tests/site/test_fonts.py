"""The font of the book: it has every character that the pages and their figures are set in."""

import tomllib
from base64 import b64encode
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager

from lib import fonts

ROOT = Path(__file__).parents[2]
FOLDER = Path(fonts.__file__).parent
FILES = sorted(FOLDER.glob("*.ttf"))
FACES = ROOT / "book" / "_ext" / "pages" / "theme" / "static" / "katex" / "fonts"
# Set in other fonts: code and formulas; and what is not text.
OTHER = "pre, code, .katex, script, style"
STYLED = {"italic": "em, i, cite", "bold": "strong, b, h1, h2, h3, h4, th"}
ATTRIBUTES = ("aria-label", "data-label", "placeholder", "title", "value")
# Draw each character alone, in the font of each file, and return what is found to be its box.
BOXES = """async ([files, characters]) => {
  const context = document.createElement('canvas').getContext('2d');
  const found = [];
  for (const [index, file] of files.entries()) {
    const face = new FontFace(`font-${index}`, `url(data:font/x;base64,${file})`);
    document.fonts.add(await face.load());
    context.font = `100px font-${index}, monospace`;
    found.push([...characters].map((each) => {
      const box = context.measureText(each);
      return [box.width, box.actualBoundingBoxLeft, box.actualBoundingBoxRight,
        box.actualBoundingBoxAscent, box.actualBoundingBoxDescent].map(Math.round);
    }));
  }
  return found;
}"""


@cache
def characters(path=FOLDER / "downhill-sans-regular.ttf"):
    """Return the characters that a font file has."""
    return frozenset(map(chr, TTFont(path).getBestCmap()))


def lacking(text, style="regular"):
    known = characters(FOLDER / f"downhill-sans-{style}.ttf")
    return sorted(each for each in set(text) - known if each.isprintable())


def test_page_is_set_in_the_font_alone(page, soup):
    read = soup(page)
    said = [each[name] for name in ATTRIBUTES for each in read.select(f"[{name}]")]
    other = {id(text) for each in read.select(OTHER) for text in each.strings}

    def text_of(tags):
        return "".join(text for tag in tags for text in tag.strings if id(text) not in other)

    assert lacking(text_of([read]) + "".join(said)) == []
    for style, tags in STYLED.items():
        assert lacking(text_of(read.select(tags)), style) == []


def test_what_figures_say_is_in_the_font(site_folder):
    files = sorted((site_folder / "_static" / "figures").iterdir())
    assert files
    found = {each.name: lacking(each.read_text(encoding="utf-8")) for each in files}
    assert found == {each.name: [] for each in files}


def test_formulas_find_every_character_in_the_cut_faces(soup, site_folder):
    """A face keeps each character of a formula that KaTeX's own has: another's would be drawn."""
    pages = [soup(page.relative_to(site_folder)) for page in site_folder.rglob("*.html")]
    formulas = [each for page in pages for each in page.select(".katex-html")]
    needed = set().union(*(each.get_text() for each in formulas))
    assert formulas
    cut = {each.name.split(".")[0]: each for each in site_folder.glob("_static/katex/fonts/*")}
    originals = {each.stem: each for each in FACES.iterdir()}
    assert cut.keys() == originals.keys()
    for name, original in originals.items():
        assert needed & characters(original) <= characters(cut[name])
        assert cut[name].stat().st_size < original.stat().st_size


def test_the_face_that_pages_wait_for_has_all_that_they_say_and_is_light(soup, site_folder):
    cut = site_folder / "_static" / "downhill-sans-pages.woff2"
    pages = [soup(page.relative_to(site_folder)) for page in site_folder.rglob("*.html")]
    needed = set().union(*(each.get_text() for each in pages))
    assert needed & characters() <= characters(cut)
    assert cut.stat().st_size < 14_000


# How wide a text is in the book's fonts, and in those that stand in for them and are on the system.
WIDTHS = """async ([text, families]) => {
  const pen = document.createElement('canvas').getContext('2d');
  const found = {};
  for (const [family, style] of families) {
    const font = `${style} 100px "${family}"`;
    const faces = await document.fonts.load(font, text).catch(() => []);
    pen.font = font;
    if (faces.length) found[`${family} ${style}`] = pen.measureText(text).width;
  }
  return found;
}"""
TEXT = "A network learns by going downhill, step by step, along the slope of what it got wrong."
STAND_INS = {
    "Downhill Sans": ("Downhill Sans from Arial", "Downhill Sans from DejaVu"),
    "KaTeX_Math": ("KaTeX from Times", "KaTeX from DejaVu"),
}


@pytest.mark.parametrize(
    ("family", "style"),
    [("Downhill Sans", ""), ("Downhill Sans", "bold"), ("KaTeX_Math", "italic")],
)
def test_what_stands_in_for_a_font_is_as_wide_so_that_no_line_breaks_elsewhere(
    family, style, open_page
):
    tab = open_page("book/logistic.html")
    text = TEXT if family == "Downhill Sans" else "xywbhfgz"
    wished = [[each, style] for each in (family, *STAND_INS[family])]
    widths = tab.evaluate(WIDTHS, [text, wished])
    genuine = widths.pop(f"{family} {style}")
    assert widths  # DejaVu at least, which a build machine has
    assert {each: round(width / genuine, 3) for each, width in widths.items()} == {
        each: pytest.approx(1, abs=0.04) for each in widths
    }


@pytest.mark.parametrize("folder", ["book/_ext/pages", "lib/live"])
def test_what_scripts_say_is_in_the_font(folder):
    every = [*(ROOT / folder).rglob("*.js"), *(ROOT / folder).rglob("*.css")]
    files = [each for each in every if not {"katex", "renderer"} & set(each.parts)]
    assert files
    assert {each.name: lacking(each.read_text(encoding="utf-8")) for each in files} == {
        each.name: [] for each in files
    }


def test_there_are_three_styles_and_the_regular_has_every_character():
    assert [path.stem for path in FILES] == [
        f"downhill-sans-{style}" for style in ("bold", "italic", "regular")
    ]
    assert all(characters(path) <= characters() for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_pages_and_figures_get_the_same_font(path, browser):
    files = [path, path.with_suffix(".woff2")]
    coded = [b64encode(each.read_bytes()).decode() for each in files]
    text = "".join(sorted(each for each in characters(path) if each.isprintable()))
    with browser.new_page() as tab:
        figures, pages = tab.evaluate(BOXES, [coded, text])
    assert len(figures) == len(text)
    differing = [each for each, a, b in zip(text, figures, pages, strict=True) if a != b]
    assert differing == []


def test_files_are_light_and_named_in_the_style_sheet():
    style = (FOLDER / "fonts.css").read_text(encoding="utf-8")
    light = sorted(FOLDER.glob("*.woff2"))
    assert [each.with_suffix(".ttf") for each in light] == FILES
    assert sum(each.stat().st_size for each in light) < 75_000
    assert all(f"url({each.name})" in style for each in light)
    assert style.count(f'font-family: "{fonts.FAMILY}"') == len(light)


def test_licence_is_kept_and_the_reserved_name_is_not_used():
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name 'Source'" in licence
    for path in FILES:
        names = {each.nameID: each.toUnicode() for each in TTFont(path)["name"].names}
        assert "Adobe" in names[0]
        assert "SIL Open Font License" in names[13]
        assert names[1] == fonts.FAMILY
        assert not any("Source" in names[k] for k in (1, 2, 3, 4, 6))


def test_the_package_brings_the_font_along():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    brought = settings["tool"]["setuptools"]["package-data"]["lib.fonts"]
    kinds = {f"*{each.suffix}" for each in FOLDER.iterdir() if each.is_file()}
    assert kinds - {"*.py"} == set(brought)


def test_registering_twice_is_registering_once():
    fonts.register()
    fonts.register()
    found = [font for font in font_manager.fontManager.ttflist if font.name == fonts.FAMILY]
    assert sorted(Path(font.fname) for font in found) == FILES
    for options in ({}, {"style": "italic"}, {"weight": "bold"}):
        wanted = font_manager.FontProperties(family=fonts.FAMILY, **options)
        assert Path(font_manager.findfont(wanted, fallback_to_default=False)) in FILES
