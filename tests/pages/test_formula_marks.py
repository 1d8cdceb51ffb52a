"""How sure each formula is: no proof is lost unseen, and nothing wrong is ever proved."""

import csv
import importlib.util
import re
from collections import Counter
from pathlib import Path

import pytest

from pages.formulas import marks
from pages.formulas.naming import readable
from pages.formulas.page import registry
from pages.formulas.say import Definition
from tests.pages.displayed import FORMULAS
from tests.pages.small_books import build_markdown

#: What each formula is known to be; a formula that is only checked has its reason beside it.
EXPECTED = Path(__file__).with_name("formula_marks.csv")
RANK = ["checked", "stated", "computed", "proved"]


@pytest.fixture(scope="module")
def found():
    """Return the mark of each formula: from the last build, or found now."""
    asked = [
        {"page": page, "label": label, "formula": formula}
        for label, (page, formula) in FORMULAS.items()
        if not isinstance(registry(page)[0][label], Definition)
    ]
    labels = [each["label"] for each in asked]
    return dict(zip(labels, marks.marks_of(asked), strict=True))


def expected():
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_solver(row):
    return row["why"] == "by z3" and importlib.util.find_spec("z3") is None


def test_no_proof_is_lost(found):
    lost = [
        f"{row['label']}: {row['mark']} is expected, now {found[row['label']]}"
        for row in expected()
        if row["label"] in found and not by_solver(row)
        and RANK.index(found[row["label"]]["mark"]) < RANK.index(row["mark"])
    ]  # fmt: skip
    words = "prove them again, or write the new mark and its reason into formula_marks.csv"
    assert not lost, f"{words}: {lost}"


def test_each_formula_has_a_mark_to_expect(found):
    assert set(found) - {row["label"] for row in expected()} == set()


def test_repetition_is_no_proof(found):
    stated = [row["label"] for row in expected() if row["mark"] == "stated"]
    assert len(stated) > 30
    assert [each for each in stated if each in found and found[each]["mark"] == "proved"] == []


def test_most_formulas_are_proved_or_computed_and_few_are_merely_checked(found):
    counted = Counter(each["mark"] for each in found.values())
    assert counted["proved"] + counted["computed"] >= 0.7 * len(FORMULAS), counted
    assert counted["checked"] <= 0.09 * len(FORMULAS), counted


def test_each_formula_that_is_merely_checked_has_its_reason(found):
    reasons = {row["label"]: row["why"] for row in expected() if row["mark"] == "checked"}
    assert all(reasons.values())
    assert set(reasons) <= set(FORMULAS)


def test_words_say_for_what_a_proof_holds(found):
    words = found["eq-derivatives-reciprocal"]["words"]
    assert words == "proved for all real x > 0, wherever both sides exist"
    assert "y = 0 and 1" in found["eq-backpropagation-links"]["words"]
    assert "every smooth f" in found["eq-derivatives-sum-quotient"]["words"]
    relu = found["eq-backpropagation-relu-slopes"]["words"]
    assert relu.startswith("proved for every smooth function in place of ReLU, all real w₁, w₂, b₁")
    assert found["eq-derivatives-squeeze"]["words"] == "proved for h from 0.01 to 1.5"
    assert "last printed digit" in found["eq-descent-critical-plane"]["words"]


def test_symbols_are_named_as_a_reader_knows_them():
    said = {
        "x_1": "x₁", "w_12": "w₁₂", "hat_y": "ŷ", "hat_y_i": "ŷ_i", "x_k": "x_k", "alpha": "α",
        "x_k_minus_1": "x_(k−1)", "lam_max": "λ_max", "Delta_f": "Δf", "y_prime": "y′",
        "varphi": "φ", "theta_0": "θ₀", "ReLU": "ReLU", "f_inverse": "f⁻¹", "x_star": "x*",
    }  # fmt: skip
    assert {name: readable(name) for name in said} == said


WRONG = [
    ("eq-derivatives-square", "2x", "3x"),
    ("eq-derivatives-squeeze", "1", "0"),
    ("eq-descent-critical", r"\frac{2}{\lambda}", r"\frac{3}{\lambda}"),
    ("eq-descent-critical", "< 1", r"\le 1"),
    ("eq-descent-critical-plane", "0.0601", "0.0602"),
    ("eq-hessians-taylor-one", r"\tfrac12", r"\tfrac13"),
    ("eq-derivatives-sine-limit", "= 1", "= 0"),
    ("eq-backpropagation-links", "w_1", "w_2"),
    ("eq-logistic-stable", "- zy", "+ zy"),
    ("eq-derivatives-sum-quotient", r"\bigl(f(x) + g(x)\bigr)", r"\bigl(f(x) - g(x)\bigr)"),
    ("eq-perceptron-gradient", "-2", "2"),
]


def test_what_the_numeric_check_refuses_is_never_proved(tmp_path):
    asked = []
    for label, right, wrong in WRONG:
        page, formula = FORMULAS[label]
        assert right in formula, label
        asked.append({"page": page, "label": label, "formula": formula.replace(right, wrong)})
    answers = marks.marks_of(asked, tmp_path)
    assert [each["mark"] for each in answers if each["mark"] in {"proved", "computed"}] == []
    assert marks.marks_of(asked, tmp_path) == answers  # from the file, which has been written


def test_proofs_are_kept_by_formula_registry_and_code(monkeypatch):
    label = "eq-derivatives-square"
    page, formula = FORMULAS[label]
    asked = {"page": page, "label": label, "formula": formula}
    once = marks.key(asked)
    assert marks.key(asked | {"formula": formula + " "}) == once
    assert marks.key(asked | {"formula": formula.replace("2", "3")}) != once
    monkeypatch.setattr(marks, "digest_of_code", lambda: "another lib")
    assert marks.key(asked) != once


def test_a_formula_that_no_process_answers_for_stops_the_build_and_gets_no_mark(tmp_path):
    page, formula = FORMULAS["eq-derivatives-square"]
    asked = {"page": page, "label": "eq-derivatives-unknown", "formula": formula}
    with pytest.raises(marks.Unanswered, match=f"eq-derivatives-unknown in book/symbols/{page}.py"):
        marks.marks_of([asked], tmp_path)
    assert not any(tmp_path.iterdir())


PAGE = "# Page\n" + "\n$$\n{}\n$$ ({})\n" * 3


@pytest.mark.filterwarnings("ignore")  # Sphinx's own, on what it will drop
def test_page_says_how_sure_each_formula_is(tmp_path):
    (tmp_path / "book").mkdir()
    labels = ("eq-big-line", "eq-big-cost", "eq-big-two-inputs")
    pairs = [(FORMULAS[label][1].strip(), label) for label in labels]
    text = PAGE.format(*(each for pair in pairs for each in pair))
    (tmp_path / "book" / "big_picture.md").write_text(text + "\nIt is $2/4 = 0.5$, $x = 1$.\n")
    (tmp_path / "index.md").write_text("# Book\n\n```{toctree}\nbook/big_picture\n```\n")
    assert build_markdown(tmp_path, ["pages.formulas", "pages.theme.katex"]) == ""
    html = (tmp_path / "out/book/big_picture.html").read_text("utf-8")
    found = re.findall(r'data-mark="(\w+)"><summary [^>]*title="([^"]+)">(.)</summary>', html)
    assert [mark for mark, _, _ in found] == ["stated", "proved", "stated"]
    assert found[0][1] == "stated: the straight line"
    assert found[1][1].startswith(
        "proved for all real m, b, x, y, N = 8, wherever both sides exist"
    )
    assert [sign for _, _, sign in found] == [marks.MARKS[mark] for mark, _, _ in found]
