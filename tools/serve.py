"""Serve a folder on 127.0.0.1, compressed as a web host would, at the first free port from 8000.

python tools/serve.py _build/html
"""

import gzip
import io
import re
import sys
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".ipynb", ".wasm")
#: The name of a file that carries a hash of it, and so never stands for another.
HASHED = re.compile(r".+\.[0-9a-f]{8}\.\w+")


@lru_cache(maxsize=64)
def compressed(file, size, changed):
    """Return a file compressed; that of one that has not changed is at hand."""
    return gzip.compress(file.read_bytes(), mtime=0)


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".woff2": "font/woff2",
        ".ipynb": "application/x-ipynb+json",
        ".wasm": "application/wasm",  # or else a browser does not compile while it loads
    }

    def send_head(self):
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.endswith("/"):
            path /= "index.html"
        if not path.is_file():
            return self.answer(404, Path(self.directory) / "404.html")
        return self.answer(200, path)

    def answer(self, status, file):
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(file)))
        if not file.is_file():
            body = b"Not found"
        elif file.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = compressed(file, file.stat().st_size, file.stat().st_mtime_ns)
            self.send_header("Content-Encoding", "gzip")
        else:
            body = file.read_bytes()
        if HASHED.fullmatch(file.name):
            self.send_header("Cache-Control", "max-age=31536000, immutable")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def log_message(self, *ignored):
        pass


def make_server(folder, port=0):
    """Return a server of the folder; port 0 takes any free one."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(folder)))


def main(folder):
    for port in range(8000, 8100):
        try:
            server = make_server(folder, port)
        except OSError:  # the port is taken
            continue
        print(f"The book is at http://127.0.0.1:{port}/ (Ctrl-C stops it)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
    sys.exit("No free port from 8000 to 8099.")


if __name__ == "__main__":
    main(sys.argv[1])
