"""What is kept from one build to the next, and when it is stale.

Whatever is kept holds for the state that it was made from: the outputs of notebooks for their
cells, for lib and for the pinned versions; pages, beside their text, for what makes them.
"""

import json
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from os import cpu_count
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from sphinx.util import logging

from pages.notebooks import as_myst
from pages.places import cache_of_notebooks, digest

LOGGER = logging.getLogger(__name__)


@contextmanager
def opened(folder):
    """Open a cache of executed notebooks, and close its database at the end."""
    cache = get_cache(folder)
    try:
        yield cache
    finally:
        cache.db.dispose()


def damage(folder):
    """Return what keeps a cache of executed notebooks from being read, or nothing."""
    try:
        with closing(sqlite3.connect(folder / "global.db")) as database:
            (found,) = database.execute("PRAGMA integrity_check").fetchone()
        with opened(folder) as cache:
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


def as_read(path):
    """Return a notebook as its page reads it, or None where it cannot be read so."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        return nbformat.reads(json.dumps(as_myst(plain, path.stem)), as_version=4)
    except ValueError:
        return None


def is_kept(cache, notebook):
    """Return whether a cache has the outputs of a notebook."""
    with suppress(KeyError):
        return bool(cache.match_cache_notebook(notebook))
    return False


def execute_ahead(app, env, docnames):
    """Execute the notebooks that the cache lacks, one on each processor.

    Sphinx reads the pages one by one, and myst-nb would execute them as they are read. It looks
    for them in the cache as their pages read them, tags and all: so are they executed here. One
    that fails or cannot be read is left to it, for it says what is wrong.
    """
    paths = [Path(path) for path in map(env.doc2path, docnames) if path.endswith(".ipynb")]
    if app.config.nb_execution_mode != "cache" or len(paths) < 2:
        return
    with opened(app.config.nb_execution_cache_path) as cache:
        books = {path: as_read(path) for path in paths}
        lacking = {path: book for path, book in books.items() if book and not is_kept(cache, book)}
        LOGGER.info("executing the notebooks whose outputs are not kept: %d", len(lacking))
        for path, result in executed(lacking, app.config.nb_execution_timeout):
            data = {"execution_seconds": result.time}
            bundle = CacheBundleIn(result.nb, str(path), data=data)
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def executed(books, timeout):
    """Execute notebooks, a dictionary by path, and yield (path, result) of those that succeed."""
    with ThreadPoolExecutor(cpu_count()) as pool:
        runs = {
            path: pool.submit(single_nb_execution, book, str(path.parent), timeout, False)
            for path, book in books.items()
        }
        for path, run in runs.items():
            if not run.exception() and not run.result().err:
                yield path, run.result()


def setup(app):
    app.add_config_value("extensions_digest", "", "env")
    app.connect("config-inited", configure)
    app.connect("env-before-read-docs", execute_ahead)
