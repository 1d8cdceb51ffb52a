"""Make the book's font, Downhill Sans, from Source Sans 3 of Adobe (SIL Open Font License 1.1).

It writes lib/fonts, which is committed, so that neither building nor reading the book needs more.
To renew it, unpack the npm package source-sans, version 3.52.0 (`npm pack source-sans@3.52.0`),
and run, where fontTools and brotli are installed,

    python tools/fonts.py package

The licence reserves the name Source for the unchanged font, so this one has a name of its own. It
is cut to the characters below; what mathematics wants and the original lacks is put together from
its own parts; its em is 7.4 % smaller, so that text of 13 px is as large as in the fonts that come
with a system; its lines are of one height on every system; its bold is the original's semibold.
"""

import math
import sys
from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

TARGET = Path(__file__).resolve().parents[1] / "lib" / "fonts"
FAMILY = "Downhill Sans"
VERSION = "1.000"
STYLES = {"Regular": "Regular", "It": "Italic", "Semibold": "Bold"}
EM, ASCENT, DESCENT = 926, 880, 250

#: First and last of the characters to keep, where the original has them, and single ones beside.
KEPT = [(0x20, 0x7E), (0xA0, 0xFF), (0x391, 0x3A9), (0x3B1, 0x3C9)]
KEPT += [(0x2070, 0x209C), (0x2190, 0x22FF)]
LETTERS = "ŁłŒœŠšŶŷŽž\u0302\u0304ϕ"
RAISED = "ʰʲʳʷʸˡˢˣᴬᴮᴴᴺᴿᵀᵁⱽᵂᵃᵇᵈᵉᵏᵐᵒᵖᵗᵘᵛᶻ"
SIGNS = "‐‑–—‖‘’‚“”„†‡•…‰′″‹›⁄€ℓ™■□▲△▶▼◀◆○●✓⟦⟧⟨⟩"
#: What is emphasised needs fewer characters: words, and in bold titles with mathematics.
WORDS = "".join(map(chr, range(0x20, 0x7F))) + "©°±²³·¹½×é÷–‘’“”…′″−"
TITLES = WORDS + "".join(map(chr, [*range(0x391, 0x3AA), *range(0x3B1, 0x3CA)]))
TITLES += "ŷʸˣᵀᵃᵢᶻ⁰⁴⁵⁶⁷⁸⁹⁻ⁿ₀₁₂₃₄₊₋ₖₙⱼ←→∂∇√≈≤≥✓"
FEATURES = ["kern", "mark", "ccmp", "tnum"]

#: Small letters below the line, each a lowered letter above it.
LOWERED = dict(zip("ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "ᵃᵉʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛˣ", strict=True))


class Workshop:
    """One style of the original, to which characters are added from its own parts."""

    def __init__(self, path):
        self.font = TTFont(path, recalcTimestamp=False)
        self.names = self.font.getBestCmap()
        self.glyphs = self.font["glyf"]

    def box(self, character):
        glyph = self.glyphs[self.names[ord(character)]]
        glyph.recalcBounds(self.glyphs)
        return glyph

    def width(self, character):
        return self.font["hmtx"][self.names[ord(character)]][0]

    def add(self, character, width, *parts):
        """Draw a character as the parts, pairs of another character and a transformation."""
        pen = TTGlyphPen(self.font.getGlyphSet())
        for part, transformation in parts:
            pen.addComponent(self.names[ord(part)], transformation)
        name = f"uni{ord(character):04X}"
        self.glyphs[name] = glyph = pen.glyph()
        glyph.recalcBounds(self.glyphs)
        self.font["hmtx"][name] = (round(width), glyph.xMin)
        self.font.setGlyphOrder(list(dict.fromkeys([*self.font.getGlyphOrder(), name])))
        for table in self.font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(character)] = name

    def complete(self):
        """Add the letters below the line, the nabla, the cube root and the dot operator."""
        drop = self.box("₁").yMin - self.box("¹").yMin
        slant = -drop * math.tan(math.radians(self.font["post"].italicAngle))
        for low, high in LOWERED.items():
            if ord(low) not in self.names:
                self.add(low, self.width(high), (high, Transform(1, 0, 0, 1, slant, drop)))
        delta, turned = self.box("∆"), Transform(-1, 0, 0, -1, self.width("∆"), 0)
        self.add("∇", self.width("∆"), ("∆", turned.translate(0, -delta.yMin - delta.yMax)))
        root, three = self.box("√"), self.box("³")
        shift = 0.25 * self.width("³")
        small = Transform(0.75, 0, 0, 0.75, 0, root.yMax - 0.75 * three.yMax)
        self.add("∛", self.width("√") + shift, ("³", small), ("√", Transform(1, 0, 0, 1, shift, 0)))
        for table in self.font["cmap"].tables:
            if table.isUnicode():
                table.cmap[0x22C5] = self.names[0xB7]

    def cut(self, style):
        """Keep the characters of a style and the features, without hints for old screens."""
        options = Options(hinting=False, layout_features=FEATURES, name_IDs=["*"])
        options.notdef_outline = True
        every = "".join(chr(k) for low, high in KEPT for k in range(low, high + 1))
        every += LETTERS + RAISED + SIGNS + "".join(LOWERED)
        subsetter = Subsetter(options)
        subsetter.populate(text={"Italic": WORDS, "Bold": TITLES}.get(style, every))
        subsetter.subset(self.font)
        self.font["gasp"] = gasp = newTable("gasp")  # smooth at every size, as there are no hints
        gasp.version, gasp.gaspRange = 1, {0xFFFF: 15}

    def measure(self):
        """Set the em, and the height of a line in the three places where systems look for it."""
        self.font["head"].unitsPerEm = EM
        line, windows = self.font["hhea"], self.font["OS/2"]
        line.ascent, line.descent, line.lineGap = ASCENT, -DESCENT, 0
        windows.sTypoAscender, windows.sTypoDescender, windows.sTypoLineGap = ASCENT, -DESCENT, 0
        windows.usWinAscent, windows.usWinDescent = ASCENT, DESCENT

    def christen(self, style):
        """Write the new name; the copyright and the licence stay."""
        table, italic, bold = self.font["name"], style == "Italic", style == "Bold"
        kept = [each for each in table.names if each.nameID in (0, 8, 9, 11, 12, 13, 14)]
        table.names = [each for each in kept if each.platformID == 3]
        post = f"{FAMILY.replace(' ', '')}-{style}"
        words = {1: FAMILY, 2: style, 3: f"{VERSION};{post}", 4: f"{FAMILY} {style}"}
        for number, text in (words | {5: f"Version {VERSION}", 6: post}).items():
            table.setName(text, number, 3, 1, 0x409)
        self.font["OS/2"].fsSelection = italic + 32 * bold + 64 * (style == "Regular")
        self.font["head"].macStyle = bold + 2 * italic
        self.font["OS/2"].usWeightClass = 700 if bold else 400


def main(package):
    TARGET.mkdir(exist_ok=True)
    for source, style in STYLES.items():
        shop = Workshop(Path(package) / "TTF" / f"SourceSans3-{source}.ttf")
        shop.complete()
        shop.cut(style)
        shop.measure()
        shop.christen(style)
        path = TARGET / f"downhill-sans-{style.lower()}.ttf"
        shop.font.save(path)
        shop.font.flavor = "woff2"
        shop.font.save(path.with_suffix(".woff2"))
    licence = (Path(package) / "LICENSE.md").read_text(encoding="utf-8")
    lines = [line.rstrip() for line in licence.strip().splitlines()]
    (TARGET / "OFL.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
