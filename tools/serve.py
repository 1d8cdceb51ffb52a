"""Serve a folder on 127.0.0.1, compressed as a web host would, at the first free port from 8000.

Pages and workers are sent under the policy that README.md proposes to hosts, so that what it
forbids is noticed here; a browser asks no other file for one. Served is what lies in the folder,
and to who asks by this machine's own name: the page of another site that has a name of its own
lead here gets nothing.

python tools/serve.py _build/html
"""

import gzip
import io
import re
import sys
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
POLICY = re.compile(r"```\n(Content-Security-Policy): (.*?)```", re.S)
OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")
LONGEST = 1000  # letters of a path; a longer one would be an error of the file system
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".wasm")
#: How a downloaded notebook begins to say where its pages are, as JSON; see pages/downloads.py.
NOWHERE = rb"book = \"\""
#: The name of a file that carries a hash of it, and so never stands for another.
HASHED = re.compile(r".+\.[0-9a-f]{8}\.\w+")


@lru_cache(maxsize=64)
def compressed(file, size, changed):
    """Return a file compressed; that of one that has not changed is at hand."""
    return gzip.compress(file.read_bytes(), mtime=0)


def proposed():
    """Return the headers that the README proposes, by name."""
    name, value = POLICY.search((ROOT / "README.md").read_text(encoding="utf-8")).groups()
    return {name: " ".join(value.split())}


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".woff2": "font/woff2",
        ".ipynb": "application/x-ipynb+json",
        ".wasm": "application/wasm",  # or else a browser does not compile while it loads
    }

    policy = proposed()  #: sent with what has one, pages and workers

    def send_head(self):
        host = self.headers.get("Host", OWN_NAMES[0])
        if re.sub(r":\d*$", "", host).lower() not in OWN_NAMES:
            return self.refuse(421, "This server answers to 127.0.0.1 and localhost alone.")
        if len(self.path) > LONGEST:
            return self.refuse(414, "No address here is as long as that.")
        found = self.found()
        return self.answer(200, found) if found else self.answer(404, self.root / "404.html")

    @property
    def root(self):
        return Path(self.directory)

    def found(self):
        """Return the file that is asked for, or nothing where none is in the folder."""
        path = Path(self.translate_path(self.path))
        try:
            if path.is_dir() and self.path.endswith("/"):
                path /= "index.html"
            within = path.resolve().is_relative_to(self.root.resolve())
            return path if within and path.is_file() else None
        except (OSError, ValueError):  # a name that no file can have
            return None

    def refuse(self, status, words):
        """Say why nothing comes."""
        self.close_connection = True
        return self.send(status, "text/plain; charset=utf-8", f"{words}\n".encode())

    def handle(self):
        try:
            super().handle()
        except ConnectionError:  # a browser that has gone elsewhere
            self.close_connection = True

    def answer(self, status, file):
        kind, headers = self.guess_type(str(file)), {}
        if not file.is_file():
            kind, body = "text/plain", b"Not found"
        elif file.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = compressed(file, file.stat().st_size, file.stat().st_mtime_ns)
            headers["Content-Encoding"] = "gzip"
        else:
            body = file.read_bytes()
        if file.suffix == ".ipynb":  # what is built here does not know where it will be served
            here = self.headers.get("Host", OWN_NAMES[0]).encode()
            body = body.replace(NOWHERE, NOWHERE[:-2] + b"http://" + here + rb"/\"")
        if file.suffix == ".html" or "-worker." in file.name:
            headers |= self.policy
        if HASHED.fullmatch(file.name):
            headers["Cache-Control"] = "max-age=31536000, immutable"
        return self.send(status, kind, body, headers)

    def send(self, status, kind, body, headers=()):
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), **dict(headers)}
        headers["X-Content-Type-Options"] = "nosniff"
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        return io.BytesIO(body)

    def log_message(self, *ignored):
        pass


def make_server(folder, port=0, handler=Handler):
    """Return a server of the folder; port 0 takes any free one."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(handler, directory=str(folder)))


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
