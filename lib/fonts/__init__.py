"""The font of the book, for its figures; the pages load the same one by ``fonts.css``."""

from pathlib import Path

from matplotlib import font_manager

#: What the font is called, in Matplotlib and in style sheets.
FAMILY = "Downhill Sans"


def register():
    """Make the font known to Matplotlib under its name; a second call changes nothing."""
    known = {font.fname for font in font_manager.fontManager.ttflist}
    for path in sorted(map(str, Path(__file__).parent.glob("*.ttf"))):
        if path not in known:
            font_manager.fontManager.addfont(path)
