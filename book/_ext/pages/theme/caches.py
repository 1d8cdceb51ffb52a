"""When a page is stale: what is kept from an earlier build holds for the state it was made from."""

import hashlib
import platform
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from jupyter_cache import get_cache
from sphinx.util import logging

from pages.places import ROOT

LOGGER = logging.getLogger(__name__)


def digest(folder):
    """Return a digest of a folder of code and of all versions that it runs with."""
    files = [ROOT / "constraints.txt", *sorted((ROOT / folder).rglob("*"))]
    found = hashlib.sha256(platform.python_version().encode())
    for path in files:
        hidden = any(part[0] == "." for part in path.relative_to(ROOT).parts)  # what tools keep
        if path.is_file() and path.suffix != ".pyc" and not hidden:
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def cache_of_notebooks(build):
    """Return where, below the folder of what is built, outputs are kept for the present lib."""
    return build / ".jupyter_cache" / digest("lib")


def damage(folder):
    """Return what keeps a cache of executed notebooks from being read, or nothing."""
    try:
        with closing(sqlite3.connect(folder / "global.db")) as database:
            (found,) = database.execute("PRAGMA integrity_check").fetchone()
        cache = get_cache(folder)
        cache.list_project_records()
        cache.get_cache_limit()
        for record in cache.list_cache_records():
            cache.get_cache_bundle(record.pk)
    except Exception as error:  # of whatever kind: what cannot be read is of no use
        return str(error).splitlines()[0]
    return "" if found == "ok" else found


def heal(folder):
    """Throw away a cache that an interrupted build or a full disk has left damaged.

    A build that met it would fail, and so would every later one.
    """
    if not folder.exists():
        return
    found = damage(folder)
    if found:
        words = "the cache of executed notebooks was damaged (%s): it is made anew"
        LOGGER.info(words, found)
        shutil.rmtree(folder) if folder.is_dir() else folder.unlink()


def configure(app, config):
    """Give every state of lib its own cache, and read the pages again when their makers change.

    myst-nb keeps outputs by the notebook's cells alone and would not see that lib has changed. The
    path of the cache is part of the configuration, so a new one also reads every page again; and so
    does a change of the extensions, which Sphinx would not see either.
    """
    folder = cache_of_notebooks(Path(app.outdir).parent)
    heal(folder)
    config.nb_execution_cache_path = str(folder)
    config.extensions_digest = digest("book/_ext")


def setup(app):
    app.add_config_value("extensions_digest", "", "env")
    app.connect("config-inited", configure)
