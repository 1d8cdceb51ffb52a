"""What holds for the project as a whole: pinned versions, clean notebooks, one way of imports."""

import ast
import json
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import nbformat
import notebooks
import pytest

ROOT = Path(__file__).parents[1]
BOOKS = sorted((ROOT / "book").glob("*.ipynb"))
MODULES = sorted((ROOT / "lib").glob("*.py")) + sorted((ROOT / "lib" / "live").glob("*.py"))

#: Which ideas build on which, beyond `checks`, which all may use.
BUILDS_ON = {
    "perceptron": {"surfaces"},
    "logistic": {"losses", "perceptron", "surfaces"},
    "network": {"derivatives", "logistic", "losses", "surfaces"},
    "tape": {"losses"},
    "four_ways": {"network", "logistic", "tape"},
}


def names_in(lines):
    """Return the package names of requirements, without versions, options and comments."""
    wanted = (line.split("#")[0].strip() for line in lines)
    return {
        re.split(r"[<>=~!\[; ]", line)[0].lower().replace("_", "-")
        for line in wanted
        if line and not line.startswith("-")
    }


def pins():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    return {
        name.lower().replace("_", "-"): pin.split(";")[0].strip() for name, pin in found.items()
    }


def test_requirements_end_with_the_package_itself_and_stay_below_version_2():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "-e ."
    assert "jupyter-book<2" in lines
    assert pins()["jupyter-book"].startswith("1.")


def test_every_requirement_is_pinned_and_installed_as_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = names_in((ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines())
    wanted |= names_in(project["dependencies"]) | names_in(project["optional-dependencies"]["test"])
    pinned = pins()
    assert wanted <= set(pinned)
    assert {name: version(name) for name in wanted} == {name: pinned[name] for name in wanted}


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.stem)
def test_notebook_is_clean(book):
    text = book.read_text(encoding="utf-8")
    cleaned = notebooks.clean(nbformat.reads(text, as_version=4))
    assert nbformat.writes(cleaned) + "\n" == text, "run `make fix`"


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.stem)
def test_cells_are_short_and_told_about(book):
    cells = json.loads(book.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    lengths = {
        source: len([line for line in source.split("\n") if line.strip()]) for source in code
    }
    assert [source for source, length in lengths.items() if length > 15] == []
    shown = [
        cell
        for cell in cells
        if cell["cell_type"] == "code" and "hide-input" not in cell["metadata"].get("tags", [])
    ]
    assert len(cells) - len(code) >= len(shown)
    assert not [source for source in code if "sys.path" in source or "import *" in source]


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.stem)
def test_every_displayed_formula_and_exercise_has_a_label(book):
    cells = json.loads(book.read_text(encoding="utf-8"))["cells"]
    prose = "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    displayed = re.findall(r"^\$\$\s.*?^\$\$(.*?)$", prose, re.M | re.S)
    displayed += re.findall(r"^\$\$[^\n$]+\$\$(.*?)$", prose, re.M)
    assert [end for end in displayed if not re.fullmatch(r" \(eq-[a-z0-9-]+\)", end)] == []
    labels = re.findall(r"\((eq-[a-z0-9-]+)\)$", prose, re.M)
    assert len(set(labels)) == len(labels)
    assert prose.count("{exercise}") == len(
        set(re.findall(r"^:label: (ex-[a-z0-9-]+)$", prose, re.M))
    )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_imports_point_one_way(module):
    names = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "lib":
            inner = node.module.split(".")[1:]
            names |= {inner[0]} if inner else {alias.name for alias in node.names}
    if module.parent.name == "live":
        assert names <= {"live", "plots"}
    elif module.stem not in ("plots", "checks", "__init__"):
        assert names <= {"checks"} | BUILDS_ON.get(module.stem, set())
    else:
        assert names == set()
