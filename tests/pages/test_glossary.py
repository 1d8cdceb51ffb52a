"""Each term of the glossary is linked at its first use on a page, and nowhere else."""

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from pages.appendix.glossary import (
    EVERYDAY,
    anchor,
    everyday,
    link_first_uses,
    source,
    terms,
)

KNOWN = ["Loss", "Log loss", "Learning rate", "Batch", "Newton's method"]


def linked(text):
    """Return the links of a page, words and address, after its terms were linked."""
    page = publish_doctree(text, settings_overrides={"report_level": 5})
    link_first_uses(page, KNOWN, "glossary.html")
    return [(each.astext(), each["refuri"]) for each in page.findall(nodes.reference)]


def test_terms_are_read_from_the_source():
    source = (
        "---\nmyst:\n  x: y\n---\n\n# Glossary\n\nLoss\n: A number.\n\nLog loss\n: Another: one.\n"
    )
    assert terms(source) == ["Loss", "Log loss"]


@pytest.mark.parametrize(
    ("term", "where"),
    [("Log loss", "term-log-loss"), ("Newton's method", "term-newton-s-method")],
)
def test_every_term_has_a_plain_anchor(term, where):
    assert anchor(term) == where


def test_the_first_use_is_linked_and_no_other():
    found = linked("The loss is small. The loss is large.\n\nA loss.")
    assert found == [("loss", "glossary.html#term-loss")]


def test_the_longest_term_is_meant():
    assert linked("The log loss.") == [("log loss", "glossary.html#term-log-loss")]


@pytest.mark.parametrize("words", ["batches", "Batch", "**batch**", "batch,"])
def test_plurals_capitals_and_bold_words_are_found(words):
    (found,) = linked(f"Here are {words} of samples.")
    assert found[1] == "glossary.html#term-batch"


@pytest.mark.parametrize(
    "text", ["lossless, mini-batch", "``loss``", "`The loss <there.html>`__", "Loss\n====\n\nText."]
)
def test_parts_of_words_code_links_and_headings_are_left_alone(text):
    assert [uri for _, uri in linked(text) if "glossary" in uri] == []


def test_what_is_no_running_text_is_left_alone():
    made = nodes.container("", nodes.Text("The loss."))
    assert link_first_uses(made, KNOWN, "glossary.html") == []


def test_text_stays_as_it_was():
    text = "At a learning rate the loss of Newton's method falls."
    page = publish_doctree(text)
    assert link_first_uses(page, KNOWN, "g.html") == ["Learning rate", "Loss", "Newton's method"]
    assert page.astext() == text


def test_what_a_page_has_in_its_everyday_sense_is_a_term_and_is_said_there():
    known = {term.lower() for term in terms(source())}
    for page, words in everyday().items():
        text = (EVERYDAY.parents[1] / f"{page}.ipynb").read_text(encoding="utf-8").lower()
        assert set(words) <= known
        assert [word for word in words if word not in text] == []
