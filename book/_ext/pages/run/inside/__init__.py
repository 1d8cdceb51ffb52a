"""The code cells of one page, run by the Python in the reader's browser.

This package is what the worker imports; it also runs on any other Python, for the tests. It asks
nothing of Sphinx and nothing of the browser: text goes in, text comes out, both of them JSON.

The worker gets the archives ``site`` and ``lib`` of the manifest (see ``tools/python_runtime.py``)
and hands over a function that takes one text, which is one message to the page:

    python.unpackArchive(site, "zip", {extractDir: "/lib/python3.12/site-packages"});
    python.unpackArchive(lib, "zip", {extractDir: "/lib/python3.12/site-packages"});
    const page = python.pyimport("inside").Page((text) => postMessage(JSON.parse(text)));
    page.run(JSON.stringify(["source of cell 1", "source of cell 2", ..., "source of cell k"]));

``run`` shows cell k, the last of the list. Cells above it that have not run with just this text
run first and show nothing, in order, from the first that has not; a live figure that ends one of
them is not made. A page is one namespace. Whatever a cell does, ``run`` returns and raises nothing;
its last message is always ``end``. Cells count from 1.

Each message is an object with its ``kind``:

A worker that is out of memory or of stack is lost with its Python: then ``run`` throws, and what
remains is to end the worker.

``above``    ``cell, done, of``: a cell above begins to run; ``done`` of ``of`` such are behind it.
``work``     ``done, of``: so much of a live figure is made; about four times a second, and not
             before half a second has passed.
``stream``   ``name, text``: printed text, ``name`` is "stdout" or "stderr". It comes in pieces, a
             quarter of a second apart, so that endless printing cannot flood the page; after
             200,000 characters of one cell it ends with a line that says so.
``value``    ``text``: the repr of the value of the last line, or of what was ``display``ed.
``verdict``  ``right, text``: what ``check_function`` answered; ``right`` is true or false.
``picture``  ``png, width, height``: a picture of pyplot, base64, and its size in CSS pixels; it is
             drawn at twice that.
``figure``   ``name, html, numbers``: a live figure. ``html`` is ``lib.live.markup.page`` with no
             address, and ``numbers`` is what its file would put into ``liveNumbers[name]``.
``pad``      ``name, numbers``: a drawing pad, as its file would put it into ``padNumbers[name]``.
``error``    ``cell, line, name, text, trace``: what went wrong. ``text`` is the last line of the
             traceback ("ZeroDivisionError: division by zero"; with its notes, more lines).
             ``cell`` is the cell that ran, perhaps one above the one that was asked for, and
             ``line`` its line, null if none is at fault. ``trace`` is a list of at most twenty
             ``{cell, line, code}``, the place of the error first, with frames of cells alone.
``end``      ``cell, ok, seconds, above``: all is told; ``above`` is how many cells above ran.
"""

from .page import Page

__all__ = ["Page"]
