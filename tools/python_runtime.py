"""Bring the Python that runs in the page, and pack it into the files that the book publishes.

    python tools/python_runtime.py

It writes ``_build/python``: the files, each with the start of its SHA-256 in its name, so that a
browser may keep it for ever, and ``manifest.json``, whose own name stays:

    {"files": {"loader": {"name": "loader.0a1b2c3d.js", "bytes": 14913, "gz": 6012},
               "asm":    ...,   pyodide.asm.js, which the loader imports by itself
               "wasm":   ...,   pyodide.asm.wasm, which the loader fetches by itself
               "lock":   ...,   the lock file that the loader wants, of no package
               "stdlib": ...,   a zip: Python's own library, compiled
               "site":   ...,   a zip: NumPy, Matplotlib and what they need, compiled
               "lib":    ...},  a zip: the package lib as source, and ``pages.run.inside``
     "contents": [["pyodide", "0.27.7", "MPL-2.0"], ["python", "3.12.7", "PSF-2.0"], ...],
     "licences": "licences.0a1b2c3d.txt",
     "bytes": 21000000, "gz": 14000000}

``bytes`` is the size of a file, ``gz`` what travels where the host compresses (zips are so
already). A worker starts Python so, ``base`` being the address of the folder, with its slash:

    importScripts(base + files.loader.name);
    const python = await loadPyodide({
      indexURL: base,
      stdLibURL: base + files.stdlib.name,
      lockFileURL: base + files.lock.name,
    });

Where the files cannot be had there is no ``_build/python/manifest.json``, and the book is built
without Run.
"""

import json
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from runtime import files
from runtime.packing import packed, put

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "_build" / "python"
#: What goes into ``lib``, as source: each folder, and what it is called in the archive.
SOURCES = {"lib": "lib", "book/_ext/pages/run/inside": "inside", "book/_ext/pages/run/stubs": ""}
#: What of these folders only a browser or another Python reads.
UNWANTED = ("*.woff2", "*.pyc", "questions/*.js", "questions/*.css", "questions/*.json")
#: Everything has to come in so many bytes at most, compressed.
MOST = 15_000_000


def main():
    """Pack everything, or say why there is no Run; returns the exit code."""
    try:
        manifest = publish(TARGET, packed(files.bring()), lib_archive())
    except files.Unavailable as missing:
        shutil.rmtree(TARGET, ignore_errors=True)
        print(f"The book is built without Run, as the browser's Python is {missing}.")
        print(f"A folder that has its files can be named in the variable {files.FOLDER_NAMED}.")
        return int(os.environ.get("CI") == "true")
    except files.WrongFile as error:
        print(error)
        return 1
    if manifest["gz"] > MOST:
        print(f"The browser's Python is {manifest['gz']} bytes, wanted at most {MOST}.")
        return 1
    return 0


def lib_archive():
    """Return lib and what runs the cells as an archive of sources."""
    found = {}
    for folder, name in SOURCES.items():
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and not any(map(path.match, UNWANTED)):
                found[str(Path(name, path.relative_to(ROOT / folder)))] = path.read_bytes()
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in sorted(found.items()):
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                archive.writestr(info, data, zipfile.ZIP_DEFLATED, compresslevel=9)
        file.seek(0)
        return file.read()


def publish(target, folder, lib):
    """Write all files and the manifest into a folder, leave nothing else there, return it."""
    target.mkdir(parents=True, exist_ok=True)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    known = manifest["files"]
    for name in [each["name"] for each in known.values()] + [manifest["licences"]]:
        if not (target / name).is_file():
            shutil.copy(folder / name, target)
    known["lib"] = put(target, "lib", lib)
    kept = {each["name"] for each in known.values()} | {manifest["licences"]}
    for path in target.iterdir():
        if path.name not in kept:
            path.unlink()
    for size in ("bytes", "gz"):
        manifest[size] = sum(each[size] for each in known.values())
    (target / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return manifest


if __name__ == "__main__":
    sys.exit(main())
