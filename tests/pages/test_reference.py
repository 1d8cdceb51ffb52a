"""The reference of lib: every public name is on it, and its docstrings keep their words."""

import types

import pytest

from lib import batch, descent, path, plots
from lib.descent import gradient_descent
from pages.appendix import reference

PAGE = (reference.BOOK / "reference.md").read_text(encoding="utf-8")


def test_every_module_is_shown_and_every_public_name_has_a_docstring():
    assert reference.faults(PAGE) == []


def test_a_module_that_is_not_shown_is_told():
    assert reference.faults(PAGE.replace("automodule:: lib.tape", "")) == ["lib.tape is absent"]


def test_a_public_name_without_a_docstring_is_told():
    module = types.ModuleType("lib.new")

    def bare():
        pass

    class Told:
        """Told, but for a method."""

        def method(self):
            pass

    for found in (bare, Told):
        found.__module__ = "lib.new"
    module.bare, module.Told, module._private = bare, Told, bare
    assert reference.undocumented(module) == ["lib.new.bare", "lib.new.Told.method"]


def test_names_are_found_however_they_are_taken():
    code = """
from lib import descent, plots as draw
from lib.path import follow
from lib.surfaces import square as f

draw.curve(ax, f)
descent.momentum(f.gradient, 1, 0.1)
"""
    assert reference.names_used(code) == {
        "lib.plots.curve",
        "lib.descent.momentum",
        "lib.path.follow",
        "lib.surfaces.square",
    }


def test_users_stand_in_the_order_of_the_book():
    pages = reference.users()["lib.descent.gradient_descent"]
    assert pages.index("gradient_descent") < pages.index("perceptron") < pages.index("logistic")
    assert "generalisation" in reference.users()["lib.data.k_folds"]
    assert "generalisation" not in reference.users()["lib.derivatives.tangent_plane"]


@pytest.mark.parametrize(
    ("text", "rst"),
    [
        ("|x| * w_1", r"\|x\| \* w\_1"),
        ("takes `x0` and", "takes ``x0`` and"),
        ("``role`` stays", "``role`` stays"),
        ("see `momentum`", "see :py:obj:`momentum <lib.descent.momentum>`"),
        ("see `path.follow`", "see :py:obj:`path.follow <lib.path.follow>`"),
        ("from `path`", "from :py:mod:`path <lib.path>`"),
        ("Source: N3-51.", "Source: `N3-51 <concordance.html#n3-51>`__."),
    ],
)
def test_docstrings_keep_their_words_and_gain_links(text, rst):
    assert reference.to_rst(text, descent) == rst


def test_a_name_that_is_handed_on_is_known_by_its_home():
    assert reference.home(path, "follow_many") == "lib.batch.follow_many"
    assert reference.home(plots, "missing") is None
    assert "follow_many" not in reference.public(path)
    assert reference.public(batch)["follow_many"] is path.follow_many
    assert reference.home(descent, gradient_descent.__name__) == "lib.descent.gradient_descent"


def test_page_has_an_entry_for_each_public_name(site_folder):
    page = (site_folder / "book" / "reference.html").read_text(encoding="utf-8")
    names = [f"{m.__name__}.{name}" for m in reference.modules() for name in reference.public(m)]
    assert [name for name in names if f'id="{name}"' not in page] == []
