"""When a page is stale: what is kept from an earlier build holds for the state it was made from."""

import hashlib
from pathlib import Path

from pages.places import ROOT


def digest(folder):
    """Return a digest of a folder of code and of the pinned versions that it runs with."""
    files = [ROOT / "constraints.txt", *sorted((ROOT / folder).rglob("*"))]
    found = hashlib.sha256()
    for path in files:
        if path.is_file() and path.suffix != ".pyc":
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def configure(app, config):
    """Give every state of lib its own cache, and read the pages again when their makers change.

    myst-nb keeps outputs by the notebook's cells alone and would not see that lib has changed. The
    path of the cache is part of the configuration, so a new one also reads every page again; and so
    does a change of the extensions, which Sphinx would not see either.
    """
    caches = Path(app.outdir).parent / ".jupyter_cache"
    config.nb_execution_cache_path = str(caches / digest("lib"))
    config.extensions_digest = digest("book/_ext")


def setup(app):
    app.add_config_value("extensions_digest", "", "env")
    app.connect("config-inited", configure)
