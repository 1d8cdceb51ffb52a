"""Look for misspelt and for American words in the prose of the repository.

Prose is the Markdown of pages and notebooks, and the comments and docstrings of Python, JavaScript
and CSS. Code in it, formulas and addresses are left out, as are the words of tools/words.txt.

    python tools/spelling.py
"""

import ast
import io
import json
import re
import subprocess
import sys
import tempfile
import tokenize
from pathlib import Path

import codespell_lib

ROOT = Path(__file__).resolve().parents[1]
WORDS = Path(__file__).with_name("words.txt")
AMERICAN = Path(codespell_lib.__file__).parent / "data" / "dictionary_en-GB_to_en-US.txt"
FOLDERS = ("book", "lib", "tests", "tools", "benchmarks")
FENCE = re.compile(r"^(```|~~~)(?!\{).*?^\1|^\$\$.*?^\$\$", re.M | re.S)
INLINE = re.compile(r"`+[^`]+`+|\$[^$]+\$|\w+://\S+|\]\([^)]*\)|\{[\w:-]+\}|<[^>]+>")
COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//.*?$", re.M | re.S)


def without(pattern, text):
    """Return a text with what the pattern finds taken out, every line in its place."""
    return pattern.sub(lambda found: "\n" * found[0].count("\n"), text)


def only(pattern, text):
    """Return of a text what the pattern finds, every line in its place."""
    kept, end = [], 0
    for found in pattern.finditer(text):
        kept += ["\n" * text.count("\n", end, found.start()), found[0]]
        end = found.end()
    return "".join(kept)


def documented(tree):
    """Yield the first line and the text of every docstring."""
    kinds = ast.Module, ast.ClassDef, ast.FunctionDef
    for node in ast.walk(tree):
        if isinstance(node, kinds) and ast.get_docstring(node) is not None:
            yield node.body[0].lineno, node.body[0].value.value


def prose_of_python(text):
    """Return the docstrings and comments of Python, every line in its place."""
    lines = [""] * (text.count("\n") + 2)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            lines[token.start[0] - 1] += token.string
    for first, words in documented(ast.parse(text)):
        for k, line in enumerate(words.splitlines()):
            lines[first - 1 + k] += f" {line}"
    return "\n".join(lines)


def prose(path):
    """Yield pairs (name, prose) of a file; those of a notebook are its cells."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        for k, cell in enumerate(json.loads(text)["cells"]):
            source = "".join(cell["source"])
            kind = prose_of_python if cell["cell_type"] == "code" else str
            yield f"{path.name}, cell {k}", kind(source)
    elif path.suffix == ".py":
        yield path.name, prose_of_python(text)
    else:
        yield path.name, text if path.suffix in {".md", ".csv"} else only(COMMENT, text)


def files():
    """Return the files of the repository that hold prose; licences and bundles are others'."""
    kinds = {".md", ".csv", ".ipynb", ".py", ".js", ".ts", ".css"}
    others = {"katex", "renderer", "node_modules"}
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    kept = [path for path in [*ROOT.glob("*.md"), *found] if path.suffix in kinds]
    return [path for path in kept if not any(p in others or p[0] == "." for p in path.parts)]


def british():
    """Return the dictionary that knows American words for mistakes."""
    pairs = [line.split("->") for line in AMERICAN.read_text(encoding="utf-8").splitlines()]
    return "\n".join(f"{american}->{word}" for word, american in pairs if "," not in american)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "american.txt").write_text(british() + "\n", encoding="utf-8")
        for path in files():
            place = folder / "prose" / path.parent.relative_to(ROOT)
            place.mkdir(parents=True, exist_ok=True)
            for title, text in prose(path):
                kept = without(INLINE, without(FENCE, text))
                (place / title).write_text(kept, encoding="utf-8")
        dictionaries = [f"--dictionary={each}" for each in ("-", folder / "american.txt")]
        options = ["--ignore-words", str(WORDS), *dictionaries]
        command = [sys.executable, "-m", "codespell_lib", *options, "."]
        sys.exit(subprocess.run(command, cwd=folder / "prose", check=False).returncode)


if __name__ == "__main__":
    main()
