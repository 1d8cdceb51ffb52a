"""What the search knows of a page: its sections with their titles, words and terms."""

import json

import pytest

from pages.words import formula
from tests.pages.small_books import build_markdown

PAGE = """# Slopes

How steep is a *curve*? The answer is its **slope**, $\\frac{dy}{dx}$.

**Predict.** Guess.

## The power rule

$$x^2$$

::::{exercise} A cube
:label: ex-cube

Find it.

:::{choice} It is
- [x] $3x^2$
- [ ] 3
:::

<details class="hint"><summary>Hint</summary>

Expand.

</details>
<details class="solution"><summary>Solution</summary>

It is so.

</details>
::::

```python
code = "is left out"
```
"""


@pytest.fixture
def index(tmp_path):
    """The index of a small book, and its bytes."""
    (tmp_path / "index.md").write_text(PAGE, encoding="utf-8")
    rooms = ["pages.exercises", "pages.search"]
    told = build_markdown(tmp_path, rooms, html_theme="furo", html_math_renderer="mathjax")
    assert "search" not in told
    (file,) = (tmp_path / "out" / "_static" / "search").iterdir()
    return json.loads(file.read_text("utf-8").removeprefix("searchBook(").removesuffix(");\n"))


def test_sections_and_exercises_are_found_with_their_anchors_words_and_terms(index):
    assert index["pages"] == [["index.html", "Slopes", 0]]
    rows = {
        anchor: (title, words, terms) for _, anchor, title, words, terms, _ in index["sections"]
    }
    assert list(rows) == ["slopes", "the-power-rule", "ex-cube"]
    title, words, terms = rows["slopes"]
    assert title == "Slopes"
    assert words.startswith("How steep is a curve? The answer is its slope, dy/dx.")
    assert terms == "slope"  # a remark that opens in bold is none
    assert rows["the-power-rule"][1] == "x²"
    assert rows["ex-cube"][0] == "Exercise 1. A cube"
    assert "Expand." in rows["ex-cube"][1]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"x^2 - 1", "x² − 1"),
        (r"\frac{a + b}{2}", "(a + b)/2"),
        (r"\frac{e^{z_k}}{\sqrt{n}}", "e^z_k/√n"),
        (r"\hat y = \sigma(w^T x + b)", "y = σ(w^T x + b)"),
        (r"\alpha \cdot \nabla f", "α · ∇ f"),
        (r"\begin{pmatrix} 1 \\\\ 2 \end{pmatrix}", "…"),
        (r"f'(x_0) \approx 10^{-3}", "f′(x₀) ≈ 10⁻³"),
    ],
)
def test_formula_is_written_in_a_line(latex, text):
    assert formula(latex) == text
