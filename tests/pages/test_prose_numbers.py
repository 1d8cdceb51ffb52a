"""Numbers in the running text are bound to what their page computes, or listed with an origin."""

import csv
import pickle
import random

import pytest

from pages.formulas import numbers
from tests.conftest import ROOT
from tests.pages.small_books import build_markdown

DOCTREES = sorted((ROOT / "_build" / ".doctrees" / "book").glob("*.doctree"))
SEED = 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from 395 steps at 0.05 to 339", ["395", "0.05", "339"]),
        ("0.0601 and 0.00601", ["0.0601", "0.00601"]),
        ("100 or 1200 times, 16 384 times", ["100", "1200", "16 384"]),
        ("79,510 and 79\u2009510", ["79,510", "79\u2009510"]),
        (r"79\,510 + 12{,}345.6", [r"79\,510", "12{,}345.6"]),
        ("x_{123}, 2^{500}, 2^500 and a123", []),
        ("Python 3.11.7 and 2.13.0", []),
        (r"\frac{399}{401}", ["399", "401"]),
        ("It is 0.8936.", ["0.8936"]),
        ("0.900 is not 0.9", ["0.900", "0.9"]),
        ("0.050, 1.5 and 15, but not 5, 0.0 and 1.", ["0.050", "1.5", "15"]),
        ("0.5 of 99, 007 and #0072b2", ["0.5", "99"]),
        (r"N3-91, A17, 10^{-12} and 10^{12}, but 4.16 \cdot 15^2", ["4.16", "15"]),
        (r"97 per cent, 87.5% and 12\%", ["97 per cent", "87.5%", r"12\%"]),
    ],
)
def test_numbers_are_found_as_they_are_written(text, found):
    assert numbers.numbers(text) == found


@pytest.mark.parametrize(
    ("said", "printed", "same"),
    [
        ("0.894", "0.8935", True),
        ("0.8936", "0.89354", False),
        ("0.8935", "0.89354", True),
        ("97.3 per cent", "0.9731", True),
        ("97.3%", "97.31", True),
        ("97.3", "0.9731", False),
        ("79 510", "79,510 weights", True),
        ("79 510", r"79\,510", True),
        ("16 384", "16 and 384", False),
        ("40 000", "range(40_000)", True),
        ("3.05", "3.05e+94", False),
        ("395", "x = -395.2", True),
        ("0.250", "0.25", True),
    ],
)
def test_a_number_agrees_with_one_that_rounds_to_it(said, printed, same):
    assert numbers.agrees(said, numbers.sizes_in(printed)) == same


@pytest.mark.parametrize(
    ("number", "origin", "problem"),
    [
        ("0.316", "= 1/sqrt(10)", None),
        ("0.317", "= 1/sqrt(10)", "is 0.31622777"),
        ("0.316", "= 1/root(10)", "wanted a formula"),
        ("1.556", "tests/pages/test_prose_numbers.py", None),
        ("2.718", "tests/pages/no_such_file.py", "does not have it"),
        ("1969", "a year", None),
        ("1969", "", "says nothing"),
    ],
)
def test_an_origin_is_compared_with_its_number(number, origin, problem):
    found = numbers.contradiction(number, origin)
    assert problem in found if problem else found is None


TEXT = """# Page

It ends at {}.

```
x = 0.14474
```
"""


@pytest.mark.parametrize(
    ("said", "row", "told"),
    [
        ("0.1447", "", ""),
        ("$x = 0.1447$", "", ""),
        ("0.1448", "", "one.md:3: WARNING: nothing on the page computes the number 0.1448"),
        ("$x = 0.1448$", "", "one.md:3: WARNING: nothing on the page computes the number 0.1448"),
        ("`0.1448`", "", ""),
        ("0.1448", "one,0.1448,= 0.1 + 0.0448", ""),
        ("0.1448", "one,0.1448,= 0.1 + 0.0449", "lists 0.1448 of one, but 0.1 + 0.0449 is 0.1449"),
        ("14.5%", "", ""),
        ("14.6%", "", "one.md:3: WARNING: nothing on the page computes the number 14.6%"),
        ("14.6%", "one,14.6%,= 14.6", ""),
        ("14", "", "one.md:3: WARNING: nothing on the page computes the number 14"),
        ("0.1447", "one,0.1448,a guess", "lists 0.1448, which one does not say, or computes"),
    ],
)
def test_a_number_that_nothing_computes_is_listed_or_a_warning(
    tmp_path, monkeypatch, said, row, told
):
    folder = tmp_path / "book"
    (folder / "symbols").mkdir(parents=True)
    monkeypatch.setattr(numbers, "BOOK", folder)
    (tmp_path / "index.md").write_text("# Book\n\n```{toctree}\nbook/one\n```\n")
    (folder / "one.md").write_text(TEXT.format(said), encoding="utf-8")
    (folder / numbers.LIST).write_text(f"page,number,origin\n{row}\n", encoding="utf-8")
    warnings = build_markdown(tmp_path, ["pages.formulas", "pages.theme.katex"])
    assert told in warnings
    assert bool(told) == bool(warnings)


def changed(number, draw):
    """Yield a number of the text with each of its digits changed at random."""
    for k, digit in enumerate(number):
        if digit.isdigit():
            other = draw.choice([each for each in "0123456789" if each != digit])
            yield number[:k] + other + number[k + 1 :]


@pytest.mark.parametrize(("is_short", "least", "share"), [(False, 1500, 0.95), (True, 1300, 0.8)])
def test_most_of_the_digits_that_are_changed_are_noticed(is_short, least, share):
    assert DOCTREES, "the book is not built: run `make html`"
    noticed, draw = [], random.Random(SEED)
    for path in DOCTREES:
        doctree = pickle.loads(path.read_bytes())
        for number, node in numbers.told(doctree):
            if (numbers.significant(number) < numbers.DIGITS) != is_short:
                continue
            sizes = numbers.computed(numbers.reach(number, node, doctree))
            if numbers.agrees(number, sizes):
                others = filter(numbers.counts, changed(number, draw))
                noticed += [not numbers.agrees(each, sizes) for each in others]
    assert len(noticed) > least
    assert sum(noticed) >= share * len(noticed)


def test_a_short_number_is_looked_for_in_its_section(tmp_path, monkeypatch):
    folder = tmp_path / "book"
    (folder / "symbols").mkdir(parents=True)
    monkeypatch.setattr(numbers, "BOOK", folder)
    (tmp_path / "index.md").write_text("# Book\n\n```{toctree}\nbook/one\n```\n")
    text = "# Page\n\n## One\n\nIt is {}.\n\n## Two\n\n```\n1.5\n```\n"
    for said, row, told in (
        ("1.50", "", ""),
        ("1.5", "", "computes the number 1.5"),
        ("1.5", "one,1.5,#two", ""),
        ("1.5", "one,1.5,#one", "lists 1.5 of one, but #one does not compute it"),
    ):
        (folder / "one.md").write_text(text.format(said), encoding="utf-8")
        (folder / numbers.LIST).write_text(f"page,number,origin\n{row}\n", encoding="utf-8")
        warnings = build_markdown(tmp_path, ["pages.formulas", "pages.theme.katex"])
        assert told in warnings
        assert bool(told) == bool(warnings)


def test_the_list_is_in_order():
    with (ROOT / "book" / numbers.LIST).open(encoding="utf-8", newline="") as file:
        pages = [row["page"] for row in csv.DictReader(file)]
    assert pages == sorted(pages)
