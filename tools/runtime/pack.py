"""Prune, compile and pack, run by the page's own Python so that its .pyc files are what it reads.

It sees three folders: /files with the listed files, /more with the packages that are added, and
/out, where it writes ``stdlib.zip`` and ``site.zip``. The same input gives the same bytes.
"""

import importlib.util
import json
import logging
import os
import re
import sys
import zipfile
from pathlib import Path

#: In this order; the first to have a name wins.
WHEELS = ("numpy", "matplotlib", "contourpy", "kiwisolver", "pillow")
WHEELS += ("pyparsing", "packaging", "python_dateutil", "cycler", "six")
FONTS = "matplotlib/fontlist.json"  # where Pyodide's Matplotlib looks for it

#: What no page needs, as the path in the archive begins.
WITHOUT = (
    # Tests, and what compilers and editors read.
    r".*/tests?/",
    r".*\.(pyi|pxd|pyx|a|h|c|in|typed|rst|build)$",
    r".*/(RECORD|WHEEL|INSTALLER|entry_points\.txt|top_level\.txt)$",
    # Licences: they stand in a file of their own, which anyone can read.
    r".*/(licenses/LICENSE|LICENSE)[^/]*",
    # Fortran, distutils and what NumPy tests itself with.
    r"numpy/(f2py|distutils|_pyinstaller|random/_examples)/",
    r"numpy/_core/_(operand_flag|rational|struct_ufunc|umath)_tests",
    # Windows and printers: a page has neither.
    r"matplotlib/backends/backend_(gtk|qt|tk|wx|mac|nb|web|pgf|cairo|ps|pdf|mixed|template)",
    r"matplotlib/backends/(_backend_(gtk|tk|pdf)|qt_|web_backend|_tkagg|_macosx)",
    r"matplotlib/(_ttconv|sphinxext/|testing/|_type1font)",
    r"matplotlib/mpl-data/(sample_data|images|plot_directive)/",
    # Of the fonts those of ordinary text and of formulas stay; the book has a font of its own.
    r"matplotlib/mpl-data/fonts/(afm|pdfcorefonts)/",
    r"matplotlib/mpl-data/fonts/ttf/(?!(DejaVuSans(-Oblique|Display)?|cm\w+)\.ttf)",
    r"matplotlib/mpl-data/.*\.(jpg|png|svg|css|js|html|gz|npz|csv)$",
    r"mpl_toolkits/axisartist/",
    # Files of pictures but those that Matplotlib loads by itself.
    r"PIL/(?!__init__|_version|_binary|_deprecate|_typing|_util|Image\.|ImageMode|ImagePalette)"
    r"(?!ImageColor|ImageChops|ImageSequence|ImageFile|TiffTags|ExifTags|_imaging\.|features)"
    r"(?!PngImage|BmpImage|GifImage|JpegImage|JpegPresets|PpmImage|Gimp|PaletteFile)",
    r"dateutil/zoneinfo/.*gz$",
    r"matplotlib/fontlist\.json$",
    # Python's own library: mail, news, other processes, and the code pages of other alphabets.
    r"(asyncore|asynchat|cgi|cgitb|ensurepip|ftplib|idlelib|imaplib|lib2to3|mailbox|mailcap)\b",
    r"(nntplib|poplib|smtpd|smtplib|telnetlib|tkinter|turtle|venv|wsgiref|xdrlib|xmlrpc)\b",
    r"(multiprocessing|xml/(dom|sax)|http/server|unittest/mock)\b",
    r"encodings/(big5|cp9\d\d|euc_|gb|hz|iso2022|johab|shift_)",
)

#: What is put at the end of a module. Matplotlib writes a table of properties into the docstring of
#: every artist when it is imported: a fifth of a second that no page has to spare.
ADDED = {"matplotlib/artist.py": b'\n\ndef kwdoc(artist):\n    return ""\n'}


def entries(path):
    """Return the files of an archive or a folder, by name."""
    if path.is_dir():
        found = {str(p.relative_to(path)): p for p in path.rglob("*") if p.is_file()}
        return {name: each.read_bytes() for name, each in sorted(found.items())}
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if not name.endswith("/"))
        return {name: archive.read(name) for name in names}


def compiled(source, name):
    """Return a module as .pyc, which never asks for its source."""
    code = compile(source, name, "exec", dont_inherit=True)
    digest = importlib.util.source_hash(source)
    from importlib._bootstrap_external import _code_to_hash_pyc

    return bytes(_code_to_hash_pyc(code, digest, False))


def pruned(sources):
    """Return what of the sources is kept, every module compiled, by name."""
    without, kept = re.compile("|".join(WITHOUT)), {}
    for source in sources:
        for name, data in entries(source).items():
            if without.match(name):
                continue
            if name.endswith(".py"):
                name, data = name + "c", compiled(data + ADDED.get(name, b""), name)
            kept.setdefault(name, data)
    return kept


def write(path, files):
    """Write an archive whose bytes depend on the files alone."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, data, compresslevel=9)


def fonts(files):
    """Return Matplotlib's list of the fonts that are kept, which it would make at each start.

    The list in the wheel is of another version, and names fonts that are not there.
    """
    for name, data in files.items():
        path = Path("/packed", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    sys.path.insert(0, "/packed")
    os.environ.update(MPLBACKEND="agg", MPLCONFIGDIR="/tmp")
    logging.disable()  # it says that this may take a moment
    import matplotlib.font_manager

    made = json.loads(Path("/packed", FONTS).read_text())
    assert made["_version"] == matplotlib.font_manager.FontManager.__version__
    for kind in ("ttflist", "afmlist"):
        made[kind].sort(key=lambda font: font["fname"])
    return json.dumps(made, sort_keys=True).encode()


def main():
    write("/out/stdlib.zip", pruned([Path("/files/python_stdlib.zip")]))
    wheels = [next(Path("/files").glob(f"{name}-*")) for name in WHEELS]
    files = pruned([*wheels, Path("/more")])
    write("/out/site.zip", files | {FONTS: fonts(files)})


main()
