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
