"""A cursor that takes the tokens of a formula from left to right, and says where it stands."""

from pages.formulas.tokens import Token, Unreadable, is_gap

END = Token("", 0)


class Cursor:
    """The tokens of a part of a formula, and how far they are read."""

    def __init__(self, tokens):
        self.tokens, self.at = list(tokens), 0

    @property
    def next(self):
        return self.peek(0)

    def peek(self, ahead):
        where = self.at + ahead
        return self.tokens[where].text if 0 <= where < len(self.tokens) else ""

    def take(self, wanted=None):
        if wanted is not None and self.next != wanted:
            self.fail(f"wanted {wanted!r}, found {self.next or 'the end'!r}")
        if not self.next:
            self.fail("the formula ends too early")
        self.at += 1
        return self.tokens[self.at - 1].text

    def skip_gaps(self):
        while is_gap(self.next):
            self.at += 1

    def fail(self, words, readings=()):
        """Refuse the formula: say what is wrong, where, and near what."""
        near = " ".join(each.text for each in self.tokens[max(0, self.at - 4) : self.at + 4])
        here = self.tokens[min(self.at, len(self.tokens) - 1)] if self.tokens else END
        if readings:
            words += ": is it " + " or ".join(readings) + "? Write what is meant"
        raise Unreadable(f"{words}, at place {here.place} near {near!r}", readings)

    def group(self):
        """Take a braced group, or the one token that stands for it, and return its tokens."""
        if self.next != "{":
            return [self._single()]
        depth, start = 0, self.at + 1
        while self.next:
            part = self.take()
            depth += (part == "{") - (part == "}")
            if depth == 0:
                return self.tokens[start : self.at - 1]
        return self.fail("a brace is not closed")

    def _single(self):
        """As LaTeX has it, \\frac12 is a half: a digit without braces stands for itself."""
        if self.next.isdigit() and len(self.next) > 1:
            token = self.tokens[self.at]
            first, rest = Token(token.text[0], token.place), Token(token.text[1:], token.place + 1)
            self.tokens[self.at : self.at + 1] = [first, rest]
        self.take()
        return self.tokens[self.at - 1]

    def until(self, closing):
        """Return how many tokens ahead one stands that is not inside brackets, or None."""
        depth = 0
        for ahead in range(len(self.tokens) - self.at):
            part = self.peek(ahead)
            if depth == 0 and part in closing:
                return ahead
            depth += (part in {"(", "[", "{"}) - (part in {")", "]", "}"})
        return None

    def finish(self):
        if self.next:
            self.fail(f"{self.next!r} is left over")


def texts(tokens):
    return [each.text for each in tokens]
