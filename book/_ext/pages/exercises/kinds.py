"""The kinds of questions: what an author writes about each, read into what is asked and judged.

Nothing here knows of pages, as in questions.py.
"""

from dataclasses import dataclass

from pages.exercises import slips
from pages.exercises.questions import DERIVATIVE, choices, leading, line, number

#: What may be said between colons: the figure and the line of a prediction, the name of a slope.
OPTIONS = ("figure", "line", "name")


@dataclass(frozen=True)
class Asked:
    """A question: its kind, its words in Markdown, what judges it, and what there is to choose."""

    kind: str
    words: str
    check: dict
    texts: tuple[str, ...] = ()

    @property
    def figure(self):
        """The figure in which a prediction is shown, with its position, or nothing."""
        return self.check.get("figure", "")


def _number(text, options, listed):
    words, check = number(text, listed)
    return words, check, ()


def _choice(text, options, listed):
    texts, check = choices(listed)
    return text, check, tuple(texts)


def _derivative(text, options, listed):
    found = DERIVATIVE.fullmatch(text)
    if not found or listed:
        raise ValueError(f"got {text!r}, wanted `of formula` or `of formula by variable`")
    by = found["by"] or "x"
    check = slips.question(found["of"], by)
    partial = "f′({})" if len(check["variables"]) == 1 else "∂f/∂{}"
    return f"{options.get('name') or partial.format(by)} =", check, ()


def _predict(text, options, listed):
    if not options.get("figure"):
        raise ValueError("it has no figure; wanted `:figure: name?slider=value`")
    chosen = any(each.startswith("[") for each in listed)
    words, check, texts = (_choice if chosen else _number)(text, options, listed)
    if chosen:
        check["values"] = [leading(each) for each in texts]
    check |= {"figure": options["figure"], "line": line(options.get("line"))}
    return words, check, texts


KINDS = {"number": _number, "choice": _choice, "derivative": _derivative, "predict": _predict}


def read(kind, text, options, listed):
    """Return a question as an author writes it.

    Args:
        kind: one of `KINDS`.
        text: what stands behind it.
        options: what is said between colons, by name.
        listed: the items of its list.

    Raises:
        ValueError: something in it is not of the form that is wanted, which is said.
    """
    words, check, texts = KINDS[kind](text, options, listed)
    return Asked(kind, words, check, texts)
