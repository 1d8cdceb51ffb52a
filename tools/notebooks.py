"""Clean the notebooks of the book in place, after executing them with --execute.

A clean notebook keeps what nbval compares (text, tables, numbers) and nothing else: no images, no
widget state, no times, no machine's paths. So a diff shows what an author changed.

    python tools/notebooks.py [--execute] [notebook ...]
"""

import argparse
import sys
from pathlib import Path

import nbformat

BOOK = Path(__file__).resolve().parents[1] / "book"
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
NOTEBOOK_KEYS = {"myst", "mystnb"}  # what an author may say about a whole notebook
CELL_KEYS = {"tags", "mystnb"}  # and about a cell
DROPPED = ("image/", "application/vnd.jupyter.widget-")


def clean_output(output, count):
    """Return an output without what differs from run to run or cannot be read in a diff."""
    if "execution_count" in output:
        output["execution_count"] = count
    if "data" in output:
        output["data"] = {
            mime: value for mime, value in output["data"].items() if not mime.startswith(DROPPED)
        }
        output["metadata"] = {}
    if output["output_type"] == "error":  # the full traceback names files of this machine
        output["traceback"] = [f"{output['ename']}: {output['evalue']}"]
    return output


def merge_streams(outputs):
    """Return the outputs with neighbouring prints joined: the kernel cuts them by chance."""
    merged = []
    for output in outputs:
        last = merged[-1] if merged else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            merged.append(output)
    return merged


def clean_metadata(cell):
    """Return what an author says about a cell; what is folded in the page is so in Jupyter too."""
    kept = {key: cell.metadata[key] for key in CELL_KEYS & set(cell.metadata)}
    if "hide-input" in kept.get("tags", ()):
        kept["jupyter"] = {"source_hidden": True}
    return nbformat.from_dict(kept)


def clean(notebook):
    """Clean a notebook in place and return it."""
    kept = {key: notebook.metadata[key] for key in NOTEBOOK_KEYS & set(notebook.metadata)}
    notebook.metadata = nbformat.from_dict(KERNEL | kept)
    count = 0  # cells are numbered as a run from top to bottom numbers them: nbval asks for it
    for cell in notebook.cells:
        cell.metadata = clean_metadata(cell)
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            cell.outputs = [clean_output(each, count) for each in merge_streams(cell.outputs)]
    return notebook


def execute(notebook, folder):
    from nbclient import NotebookClient

    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--execute", action="store_true", help="run every cell before cleaning")
    parser.add_argument("notebooks", nargs="*", type=Path, default=sorted(BOOK.glob("*.ipynb")))
    options = parser.parse_args(arguments)
    for path in options.notebooks:
        print(path.name, flush=True)
        before = path.read_text(encoding="utf-8")
        notebook = nbformat.reads(before, as_version=4)
        if options.execute:
            execute(notebook, path.parent)
        after = nbformat.writes(clean(notebook)) + "\n"
        if after != before:
            path.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
