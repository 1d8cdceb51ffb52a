"""A kernel that runs nothing: it answers each cell with what the build of the book got from it.

So nbval compares the outputs that stand in the notebooks with those that the pages show, to the
last digit, and the notebooks are executed once and not twice. A cell that the build has not
executed, after just these cells before it, is an error.

    make html
    JUPYTER_PATH=$PWD/tools pytest --nbval --nbval-kernel-name replay book

Without the second name nbval executes all notebooks itself.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "book" / "_ext")]


def joined(value):
    """Join the lines of a text, which a notebook keeps as a list."""
    if isinstance(value, dict):
        return {key: joined(each) for key, each in value.items()}
    is_text = isinstance(value, list) and value and all(isinstance(line, str) for line in value)
    return "".join(value) if is_text else value


def answer(output):
    """Return an output as a kernel publishes it."""
    return {key: each if key == "traceback" else joined(each) for key, each in output.items()}


def known():
    """Return the outputs of every cell that was executed, by all code down to it."""
    from pages.places import cache_of_notebooks

    found = {}
    for path in cache_of_notebooks(ROOT / "_build").glob("executed/*/base.ipynb"):
        so_far = sha256()
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            so_far.update(joined(cell["source"] or "").encode() + b"\0")
            found[so_far.hexdigest()] = [answer(each) for each in cell["outputs"]]
    return found


class Replay(Kernel):
    """Looks each cell up by its code and that of all cells before it."""

    implementation, implementation_version, banner = "replay", "1", "Nothing is run."
    language_info = {"name": "python", "mimetype": "text/x-python", "file_extension": ".py"}  # noqa: RUF012

    def __init__(self, **options):
        super().__init__(**options)
        self.so_far, self.outputs = sha256(), known()

    def publish(self, output):
        content = dict(output)
        self.send_response(self.iopub_socket, content.pop("output_type"), content)

    async def do_execute(self, code, silent, *rest, **options):
        """Answer with the outputs of a cell."""
        reply = {"status": "ok", "execution_count": self.execution_count}
        if silent:
            return reply | {"payload": [], "user_expressions": {}}
        self.so_far.update(code.encode() + b"\0")
        words = "the build has not executed this cell: run `make html`"
        lost = {"output_type": "error", "ename": "Unknown", "evalue": words, "traceback": [words]}
        outputs = self.outputs.get(self.so_far.hexdigest(), [lost])
        for each in outputs:
            self.publish(each)
        if outputs and outputs[-1]["output_type"] == "error":
            error = {key: outputs[-1][key] for key in ("ename", "evalue", "traceback")}
            return reply | {"status": "error"} | error
        return reply | {"payload": [], "user_expressions": {}}


if __name__ == "__main__":
    IPKernelApp.launch_instance(kernel_class=Replay)
