"""The reference of lib: what autodoc has to know about the docstrings of this house.

They are plain sentences, with names in backticks, formulas in Unicode and the items of the notes
that they come from. Here names and items become links, and each entry says which chapters use it.
A public name without a docstring is a warning, and so fails the build.
"""

import ast
import inspect
import json
import pkgutil
import re
from functools import cache
from importlib import import_module

import numpy as np
from sphinx.util import logging

import lib
from lib.surfaces import Surface
from pages.directives import CarefulDirective
from pages.places import BOOK

LOGGER = logging.getLogger(__name__)
MARKED = re.compile(r"(``.+?``|`[^`]+`)")
ITEM = re.compile(r"\bN\d-\d\d\b")


def modules():
    """Return the modules of lib; the package of the live figures counts as one."""
    return [import_module(f"lib.{found.name}") for found in pkgutil.iter_modules(lib.__path__)]


def public(module):
    """Return the functions and classes that a module offers, by name."""
    if hasattr(module, "__all__"):
        return {name: getattr(module, name) for name in module.__all__}
    return {
        name: found
        for name, found in vars(module).items()
        if not name.startswith("_")
        and (inspect.isfunction(found) or inspect.isclass(found))
        and found.__module__ == module.__name__
    }


def undocumented(module):
    """Return the public names of a module, methods included, that have no docstring."""
    found = {f"{module.__name__}.{name}": each for name, each in public(module).items()}
    for name, each in list(found.items()):
        if inspect.isclass(each):
            methods = {k: v for k, v in vars(each).items() if inspect.isfunction(v)}
            found |= {f"{name}.{k}": v for k, v in methods.items() if not k.startswith("_")}
    return [name for name, each in found.items() if not each.__doc__]


def faults(page):
    """Return what the page lacks: modules that it does not show, and docstrings to show."""
    found = [f"{name} has no docstring" for each in modules() for name in undocumented(each)]
    shown = re.findall(r"automodule:: (\S+)", page)
    return found + [f"{m.__name__} is absent" for m in modules() if m.__name__ not in shown]


def home(module, name):
    """Return the full name of `module.name` where it is defined, or None if there is none."""
    found = getattr(module, name, None)
    if isinstance(found, Surface):
        return f"lib.surfaces.{name}"
    for owner in modules():
        if name in public(owner) and public(owner)[name] is found:
            return f"{owner.__name__}.{name}"
    return None


# Which chapters use what.


def names_used(code):
    """Return the full names of what a piece of code takes from lib."""
    tree, taken, found = ast.parse(code), {}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "lib":
            taken |= {a.asname or a.name: import_module(f"lib.{a.name}") for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module.startswith("lib."):
            found |= {home(import_module(node.module), alias.name) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found |= {home(taken[node.value.id], node.attr)} if node.value.id in taken else set()
    return found - {None}


@cache
def users():
    """Return the pages that use a name of lib, in the order of the book."""
    found = {}
    toc = (BOOK.parent / "_toc.yml").read_text(encoding="utf-8")
    for page in re.findall(r"book/(\w+)", toc):
        path = BOOK / f"{page}.ipynb"
        if path.exists():
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
            for name in names_used("\n".join(code)):
                found.setdefault(name, []).append(page)
    return found


def used_in(name):
    links = [f":doc:`/book/{page}`" for page in users().get(name, ())]
    return ["", "Used in " + ", ".join(links) + "."] if links else []


# Docstrings.


def linked(name, module):
    """Turn a name between backticks into a link if lib has it, and else into code."""
    owner, _, last = name.rpartition(".")
    if name in (each.__name__.removeprefix("lib.") for each in modules()):
        return f":py:mod:`{name} <lib.{name}>`"
    try:
        found = home(import_module(f"lib.{owner}") if owner else module, last)
    except ImportError:
        found = None
    return f":py:obj:`{name} <{found}>`" if found else f"``{name}``"


def plain(text):
    """Keep a sentence as it is: no character of a formula is markup, but items are links."""
    text = re.sub(r"([\\*|_])", r"\\\1", text)
    return ITEM.sub(lambda m: f"`{m[0]} <concordance.html#{m[0].lower()}>`__", text)


def to_rst(text, module):
    parts = MARKED.split(text)
    for k, part in enumerate(parts):
        if not part.startswith("`"):
            parts[k] = plain(part)
        elif not part.startswith("``"):
            parts[k] = linked(" ".join(part.strip("`").split()), module)
    return "".join(parts)


def rewrite(app, what, name, obj, options, lines):
    """Give autodoc a docstring with its links, and the chapters that use it."""
    module = import_module(name if what == "module" else getattr(obj, "__module__", None) or "lib")
    lines[:] = to_rst("\n".join(lines), module).splitlines() + used_in(name)


def skip(app, what, name, obj, skipped, options):
    """Leave out what every named tuple says of its fields."""
    return True if str(getattr(obj, "__doc__", "")).startswith("Alias for field") else None


def lowest(surface):
    """Say where a surface is least, to four digits."""
    if surface.minimum is None:
        return ""
    numbers = [f"{number:.4g}".replace("-", "−") for number in np.atleast_1d(surface.minimum)]
    return "; least at " + (numbers[0] if surface.variables == 1 else f"({', '.join(numbers)})")


class Surfaces(CarefulDirective):
    """The ready-made surfaces, which are no functions and have no docstrings."""

    def make(self):
        module, lines = import_module("lib.surfaces"), []
        for name, found in vars(module).items():
            if isinstance(found, Surface):
                told = [plain(f"{found.name}{lowest(found)}."), *used_in(f"lib.surfaces.{name}")]
                lines += [f".. py:data:: {name}", "   :module: lib.surfaces", ""]
                lines += [*(f"   {line}" for line in told), ""]
        return self.parse_text_to_nodes("\n".join(lines))


def start(app, env, added, changed, removed):
    """Have the page read again each time: it shows what lib and the chapters say now."""
    users.cache_clear()
    for fault in faults((BOOK / "reference.md").read_text(encoding="utf-8")):
        LOGGER.warning("reference: %s", fault)
    return ["book/reference"]


def setup(app):
    app.add_directive("surfaces", Surfaces)
    app.connect("env-get-outdated", start)
    app.connect("autodoc-process-docstring", rewrite, priority=400)  # before napoleon
    app.connect("autodoc-skip-member", skip)
