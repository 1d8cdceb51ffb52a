"""The habits of the repository: pinned versions, clean notebooks, short cells, imports one way."""

import ast
import builtins
import json
import re
import runpy
import shutil
import subprocess
import symtable
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from statistics import median

import nbformat
import pytest
from jupyter_book.config import get_final_config
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import notebooks
import scripts
from pages.appendix import colophon
from pages.notebooks import ASK
from pages.theme import repository
from tests.pages.displayed import texts

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))
LONGEST_CELL = 15
WIDEST_LINE = 76

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


# Versions.


def wanted():
    """Return the requirements of a reader and of the tests, in their own words."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if line and not line.startswith(("#", "-"))]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return named + project["dependencies"] + project["optional-dependencies"]["test"]


def closure(requirements):
    """Return the names of all packages that the requirements bring, as installed here."""
    found, waiting = set(), [Requirement(text) for text in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = {name, *(f"{name}[{extra}]" for extra in requirement.extras)}
        if extras <= found:
            continue
        found |= extras
        for text in metadata.requires(name) or []:
            needed = Requirement(text)
            contexts = [{"extra": extra} for extra in ("", *requirement.extras)]
            if not needed.marker or any(needed.marker.evaluate(each) for each in contexts):
                waiting.append(needed)
    return {name for name in found if "[" not in name}


def pins():
    """Return the pinned version of every package, as far as it is for this version of Python."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if not line.startswith("#")]
    here = [each for each in found if not each.marker or each.marker.evaluate()]
    return {canonicalize_name(each.name): str(each.specifier).lstrip("=") for each in here}


def test_pins_carry_the_hashes_of_their_files():
    text = (ROOT / "tools" / "hashes.txt").read_text(encoding="utf-8")
    hashed = dict(
        re.findall(
            r"^([^ #\n][^\\\n]*) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
        )
    )
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert list(hashed) == [line for line in lines if not line.startswith("#")]
    assert text.count("--hash") == sum(found.count("--hash") for found in hashed.values())


def test_constraints_pin_what_the_requirements_bring():
    needed = closure(wanted())
    assert sorted(needed - set(pins())) == [], "not pinned in constraints.txt"
    if sys.platform == "linux":
        assert sorted(set(pins()) - needed) == [], "pinned, but nothing needs it"


def test_installed_versions_are_the_pinned_ones():
    installed = {name: metadata.version(name) for name in closure(wanted())}
    assert {name: pins()[name] for name in installed} == installed


def test_requirements_end_with_the_package_itself_and_stay_below_version_2():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "-e ."
    assert "jupyter-book<2" in lines
    assert pins()["jupyter-book"].startswith("1.")


# Notebooks.


def cells(path, kind, but=None):
    """Return the sources of a notebook's cells of a kind, without those that carry a tag."""
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    kept = [cell for cell in found if but not in cell["metadata"].get("tags", [])]
    return ["".join(cell["source"]) for cell in kept if cell["cell_type"] == kind]


@each_notebook
def test_notebook_is_clean(path):
    text = path.read_text(encoding="utf-8")
    cleaned = nbformat.writes(notebooks.clean(nbformat.reads(text, as_version=4))) + "\n"
    assert text == cleaned, "run `make notebooks`, or `make fix` to clean without executing"


def test_cleaning_keeps_words_and_drops_pictures():
    def display(data, **rest):
        return nbformat.v4.new_output("display_data", data, **rest)

    def printed(text):
        return nbformat.v4.new_output("stream", name="stdout", text=text)

    cell = nbformat.v4.new_code_cell("f()", execution_count=7, metadata={"tags": ["a"], "x": 1})
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
    cell.outputs = [
        printed("1"),
        printed("2\n"),
        display({"image/png": "iVBOR", "text/plain": "<Figure>"} | view, metadata={"w": 2}),
    ]
    book = nbformat.v4.new_notebook(cells=[cell], metadata={"widgets": {}, "mystnb": {"a": 1}})
    once = notebooks.clean(book)
    assert [output.get("text") for output in cell.outputs] == ["12\n", None]
    assert cell.outputs[1].data == {"text/plain": "<Figure>"}
    assert cell.execution_count == 1
    assert cell.metadata == {"tags": ["a"]}
    assert once.metadata == notebooks.KERNEL | {"mystnb": {"a": 1}}
    nbformat.validate(once)
    assert notebooks.clean(once) == once


def code_cells(path):
    """Return the code cells of a notebook as pairs (source, whether it stays folded)."""
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [
        ("".join(cell["source"]), "hide-input" in cell["metadata"].get("tags", []))
        for cell in found
        if cell["cell_type"] == "code"
    ]


def lines(source):
    """Return the lines of a cell that hold something: the formatter wants blank ones."""
    return [line for line in source.splitlines() if line.strip()]


@each_notebook
def test_visible_cells_are_short_narrow_and_told_about(path):
    shown = [
        source for source, folded in code_cells(path) if not folded and not ASK.fullmatch(source)
    ]
    assert [source for source in shown if len(lines(source)) > LONGEST_CELL] == []
    assert [line for source in shown for line in lines(source) if len(line) > WIDEST_LINE] == []
    assert len(cells(path, "markdown")) >= len(shown)


@each_notebook
def test_printed_lines_are_narrow(path):
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    outputs = [out for cell in found for out in cell.get("outputs", [])]
    texts = [out.get("text") or out.get("data", {}).get("text/plain", "") for out in outputs]
    # Of a live figure a reader sees the picture, never its name.
    shown = [text for text in map("".join, texts) if not text.startswith("LiveFigure(")]
    wide = [line for text in shown for line in text.splitlines() if len(line) > WIDEST_LINE]
    assert wide == []


@each_notebook
def test_cell_that_ends_in_a_figure_has_kept_what_it_shows(path):
    """The tests of the pages count the figures by these words, without running a cell."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or not re.search(r"^figures\.\w+\(", source, re.MULTILINE):
            continue
        kept = ["".join(out.get("data", {}).get("text/plain", "")) for out in cell["outputs"]]
        shown = [text for text in kept if text.startswith(("LiveFigure(", "DrawingPad("))]
        assert len(shown) == 1, f"run `make notebooks`: {source.strip().splitlines()[-1]}"


@each_notebook
def test_only_imports_and_solutions_stay_folded(path):
    for number, (source, folded) in enumerate(code_cells(path)):
        if folded and number:
            assert re.search(r"^def solved_", source, re.M), source
            assert re.search(r"check_function\(\s*solved_", source)


def test_cells_of_the_book_are_small():
    every = [each for path in NOTEBOOKS for each in code_cells(path)]
    every = [each for each in every if not ASK.fullmatch(each[0])]  # no reader of a page sees these
    assert median(len(lines(source)) for source, folded in every if not folded) <= 4
    assert sum(len(lines(source)) for source, folded in every if folded) <= 500


def globals_of(table):
    """Return the names that a piece of code takes from outside, and those it defines there."""
    symbols = table.get_symbols()
    if table.get_type() == "module":
        defined = {each.get_name() for each in symbols if each.is_assigned() or each.is_imported()}
        taken = {each.get_name() for each in symbols if each.is_referenced()}
    else:
        defined = set()
        taken = {each.get_name() for each in symbols if each.is_global()}
    for child in table.get_children():
        taken |= globals_of(child)[0]
    return taken, defined


@each_notebook
def test_visible_cells_use_only_visible_names(path):
    known = set(dir(builtins))
    for number, (source, folded) in enumerate(code_cells(path)):
        taken, defined = globals_of(symtable.symtable(source, path.name, "exec"))
        if number == 0 or not folded:
            assert taken - known - defined == set(), source
            known |= defined


@each_notebook
def test_visible_code_is_plain(path):
    for source, folded in code_cells(path):
        if folded:
            continue
        tree = ast.parse(source)
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        spread = [word for call in calls for word in call.keywords if word.arg is None]
        assert not [word for word in spread if isinstance(word.value, ast.Dict)], source
        statements = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
        assert not [each for each in statements if isinstance(each, ast.Tuple)], source
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert not names & {"getattr", "setattr", "exec", "eval"}, source


@each_notebook
def test_every_displayed_formula_and_exercise_has_a_label(path):
    prose = "\n\n".join(texts(path.stem))
    displayed = re.findall(r"^\$\$\s.*?^\$\$(.*?)$", prose, re.M | re.S)
    displayed += re.findall(r"^\$\$[^\n$]+\$\$(.*?)$", prose, re.M)
    assert [end for end in displayed if not re.fullmatch(r" \(eq-[a-z0-9-]+\)", end)] == []
    labels = re.findall(r"\((eq-[a-z0-9-]+)\)$", prose, re.M)
    assert len(set(labels)) == len(labels)
    assert prose.count("{exercise}") == len(
        set(re.findall(r"^:label: (ex-[a-z0-9-]+)$", prose, re.M))
    )


@each_notebook
def test_exercise_in_the_notebook_has_its_cells(path):
    """The reader's cell follows, with the check, and then the solution, folded and checked."""
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for exercise, yours, solved in zip(found, found[1:], found[2:], strict=False):
        if not re.match(r"### Exercise \d+, in the notebook\. ", "".join(exercise["source"])):
            continue
        assert re.search(r"check_function\(\s*my_", "".join(yours["source"]))
        assert re.search(r"check_function\(\s*solved_", "".join(solved["source"]))
        assert solved["metadata"]["tags"] == ["hide-input"]
        assert yours["outputs"][0]["data"]["text/plain"][0].startswith("Not yet: my_")
        assert solved["outputs"][0]["data"]["text/plain"][0].startswith("Right: ")


EXERCISED = [path for path in NOTEBOOKS if "### Exercise 1" in path.read_text(encoding="utf-8")]
CHAPTERS = [path for path in EXERCISED if path.stem != "big_picture"]  # it comes before them all


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapter_has_exercises_of_every_kind(path):
    prose = "\n".join(texts(path.stem))
    assert prose.count("{exercise}") >= 6
    for kind in (":::{number} ", ":::{derivative} ", ":::{predict} ", "\n:notebook:\n"):
        assert kind in prose, kind


@each_notebook
def test_code_is_plain(path):
    code = cells(path, "code")
    assert not re.search(r"sys\.path|import \*", "\n".join(code))
    importing = [k for k, cell in enumerate(code) if re.search(r"^(from|import) ", cell, re.M)]
    assert importing in ([], [0]), "imports stand on top, in one cell"


@each_notebook
def test_hint_and_solution_stand_in_exercises(path):
    text = "\n".join(texts(path.stem))
    assert text.count('<details class="solution">') == text.count(":::{exercise}")
    assert text.count('<details class="hint">') == text.count(":::{exercise}")


# Imports point one way: to what is used by all, and along the mathematics. Every other arrow
# between modules has to be written here, where it can be argued about.

COMMON = {"checks", "surfaces"}
MATHEMATICS = {
    "path": {"batch"},
    "descent": {"path"},  # handed on: a walk and its path are what one call returns
    "logistic": {"losses", "perceptron"},
    "network": {"derivatives", "losses", "softmax"},
    "tape": {"losses"},
    "four_ways": {"losses", "network", "tape"},
    "diagram": {"plots"},
    "live": {"plots", "fonts"},
    "questions": {"live"},  # a widget brings its scripts along as a figure does
}


def modules():
    """Return the modules of lib with the modules of lib that each imports; a package is one."""
    found = {}
    for path in sorted((ROOT / "lib").rglob("*.py")):
        name = path.relative_to(ROOT / "lib").parts[0].removesuffix(".py")
        used = found.setdefault(name, set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module == "lib":
                used |= {f"lib.{alias.name}" for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                used.add(node.module)
    return {
        name: {other.split(".")[1] for other in used if other.startswith("lib.")} - {name}
        for name, used in found.items()
    }


def test_imports_point_one_way():
    for name, used in modules().items():
        if name == "figures":  # the outermost layer: it shows what any of them computes
            continue
        assert "figures" not in used, name
        common = set() if name in {"plots", "live", "checks"} else COMMON
        assert used - common <= MATHEMATICS.get(name, set()), name


def test_plots_and_figures_know_no_method():
    found = modules()
    assert found["plots"] == set()
    assert found["live"] <= {"plots", "fonts"}


# The extensions of the site.


def test_buttons_are_absent_without_an_address():
    assert repository.buttons("", "main", "book/newton.ipynb") == []
    links = repository.buttons("https://github.com/some/book", "main", "book/newton.ipynb")
    assert [label for _, label, _ in links] == [
        "Report an error",
        "Open in Colab",
        "Open in Binder",
    ]
    assert all("some/book" in address for _, _, address in links)
    elsewhere = repository.buttons("https://code.example/some/book", "main", "book/newton.ipynb")
    assert [label for _, label, _ in elsewhere] == ["Report an error"]


def test_what_is_unpacked_from_a_zip_has_no_date_rather_than_1970(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(colophon, "ROOT", tmp_path)
    assert colophon.commit_time() == 0
    colophon.colophon.cache_clear()
    assert colophon.colophon()["date"] == ""
    colophon.colophon.cache_clear()


@pytest.mark.skipif(not shutil.which("make"), reason="no make here")
def test_make_sets_no_date_outside_a_repository(tmp_path, monkeypatch):
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("SOURCE_DATE_EPOCH", "MAKEFLAGS", "MAKELEVEL"):
        monkeypatch.delenv(name, raising=False)
    command = ["make", "--silent", "--eval", "date: ; @echo [$$SOURCE_DATE_EPOCH]", "date"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_pieces_of_a_printed_line_are_joined_as_they_came():
    from pages.figures.streams import join_streams

    def piece(text, name="stdout"):
        return {"output_type": "stream", "name": name, "text": text}

    shown = {"output_type": "display_data", "data": {}}
    pieces = [piece("x ="), piece(" 1\n"), shown, piece("2\n"), piece("!\n", "stderr")]
    assert join_streams(pieces) == [piece("x = 1\n2\n"), shown, piece("!\n", "stderr")]


def test_a_function_that_scripts_declare_twice_is_named():
    assert scripts.declared_twice(["function one() {}", "async function one() {}\n"]) == ["one"]
    assert scripts.declared_twice(["function one() {\n  function two() {}\n}", "let two;"]) == []


def test_plain_sphinx_has_the_settings_that_jupyter_book_gives_it():
    given, _ = get_final_config(
        user_yaml=ROOT / "_config.yml",
        sourcedir=ROOT,
        cli_config={"latex_individualpages": False},
    )
    plain = runpy.run_path(str(ROOT / "tools" / "plain_sphinx" / "conf.py"))
    shared = {name: plain[name] for name in given.keys() & plain.keys()}
    assert {"nb_execution_mode", "myst_enable_extensions", "numfig", "html_theme"} <= shared.keys()
    by_path = {"external_toc_path", "bibtex_bibfiles", "html_favicon"}  # relative, or from the root
    others = {"extensions", "exclude_patterns"}  # Jupyter Book adds its own
    assert {name: given[name] for name in shared.keys() - by_path - others} == {
        name: shared[name] for name in shared.keys() - by_path - others
    }
    assert set(shared["exclude_patterns"]) <= set(given["exclude_patterns"])
    assert set(shared["extensions"]) <= set(given["extensions"])
