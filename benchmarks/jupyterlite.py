r"""How soon a page of the book prints and draws, beside JupyterLite with the very same Pyodide.

    PYTHONPATH=tools python -m benchmarks.jupyterlite SITE

Both open in one Chromium with an empty cache (cold), and once more with what that has kept (warm).
Timed is from the address to the first line that a cell prints, and to the first picture that the
next cell draws; counted is what came over the network. The book must have been built. SITE is a
JupyterLite made in an environment of its own, with the files of Pyodide that the package named in
tools/runtime/files.json carries in LITE/static/pyodide:

    pip install jupyterlite-core==0.6.4 jupyterlite-pyodide-kernel==0.6.1 jupyter-server
    PYTHONPATH=tools python -m benchmarks.jupyterlite LITE/contents/page.ipynb
    pip download --no-deps comm==0.2.3
    jupyter lite build --lite-dir LITE --contents LITE/contents --output-dir SITE --apps notebooks \
        --piplite-wheels comm-0.2.3-py3-none-any.whl
"""

import json
import shutil
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

import serve
from tests.conftest import FLAGS, NAMES
from tests.site.readers import SETTLED, STATE, Reader

BUILT = Path(__file__).parents[1] / "_build" / "html"
PRINT = "print('first line')"
DRAW = (
    "import matplotlib.pyplot as plt\nimport numpy as np\nx = np.linspace(0, 6)\n"
    "plt.plot(x, np.sin(x))\nplt.show()"
)
WRITE = """([k, text]) => {
  run.cells[k].pre.textContent = text;
  run.cells[k].pre.dispatchEvent(new Event('input', { bubbles: true }));
}"""
DRAWN = "(k) => !!run.cells[k].around.querySelector('.run-output img')"
PATIENCE = 300_000  # milliseconds


def notebook():
    """Return a notebook of the two cells."""
    about = {"metadata": {}, "outputs": [], "execution_count": None, "cell_type": "code"}
    cells = [about | {"id": name, "source": text} for name, text in (("a", PRINT), ("b", DRAW))]
    kernel = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells}


def time_book(tab, address):
    """Return the seconds to the first line and to the first picture in a page of the book."""
    began = time.perf_counter()
    tab.goto(f"{address}/book/minima.html", timeout=PATIENCE)
    reader, found = Reader(tab.evaluate, tab.keyboard.press), []
    for cell, text in enumerate((PRINT, DRAW)):
        reader.enter(cell)
        tab.evaluate(WRITE, [cell, text])
        tab.keyboard.press("Shift+Enter")
        reader.until(STATE, cell, lambda state: state in SETTLED)
        found.append(time.perf_counter() - began)
    assert "first line" in str(reader.shown(0))
    assert tab.evaluate(DRAWN, 1)
    return found


def time_jupyterlite(tab, address):
    """Return the seconds to the first line and to the first picture in JupyterLite."""
    began = time.perf_counter()
    tab.goto(f"{address}/notebooks/index.html?path=page.ipynb", timeout=PATIENCE)
    tab.locator(".jp-CodeCell .cm-content").first.click(timeout=PATIENCE)
    found = []
    for wanted in (".jp-OutputArea-output:has-text('first line')", ".jp-OutputArea-output img"):
        tab.keyboard.press("Shift+Enter")
        tab.locator(wanted).first.wait_for(timeout=PATIENCE)
        found.append(time.perf_counter() - began)
    return found


class Counted(serve.Handler):
    """Serves a folder, without the book's policy, and counts the bytes that go out."""

    came = 0
    policy = {}  # noqa: RUF012

    def send_header(self, keyword, value):
        if keyword == "Content-Length":
            Counted.came += int(value)
        super().send_header(keyword, value)


def serve_folder(folder):
    """Serve a folder for as long as the process runs, and return its address.

    What is compressed once on a host is compressed beforehand.
    """
    for path in folder.resolve().rglob("*.wasm"):
        serve.compressed(path, path.stat().st_size, path.stat().st_mtime_ns)
    handler = partial(Counted, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def visit(context, timed, address):
    """Open a tab, time what happens in it, and return that with the bytes that came."""
    tab, Counted.came = context.new_page(), 0
    seconds = timed(tab, address)
    tab.close()
    return seconds, Counted.came


def main(site):
    folders = {"the book": (BUILT, time_book), "JupyterLite": (Path(site), time_jupyterlite)}
    with sync_playwright() as driver:
        for name, (folder, timed) in folders.items():
            address = serve_folder(folder)
            with tempfile.TemporaryDirectory() as profile:
                context = driver.chromium.launch_persistent_context(
                    profile, executable_path=chromium(), args=FLAGS, chromium_sandbox=False
                )
                for state in ("cold", "warm"):
                    (line, picture), came = visit(context, timed, address)
                    print(f"{name:12}{state:6}{line:7.1f} s to the first line,", end="")
                    print(f"{picture:7.1f} s to the first picture, {came / 1e6:.1f} MB", flush=True)
                context.close()


def chromium():
    """Return the path of a Chromium."""
    return next(filter(None, map(shutil.which, NAMES)))


if __name__ == "__main__":
    if sys.argv[1].endswith(".ipynb"):
        Path(sys.argv[1]).write_text(json.dumps(notebook()), encoding="utf-8")
    else:
        main(sys.argv[1])
