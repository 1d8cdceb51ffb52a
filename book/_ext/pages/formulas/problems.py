"""What can be found of a formula that is read: it is wrong, or it cannot be told."""


class Wrong(AssertionError):
    """A formula was evaluated, and does not hold."""


class Rounded(Wrong):
    """Two sides are equal to the last printed digit only, and = stands between them."""


class NoNumber(Wrong):
    """A side has no value at a sample: the formula may hold where it has one."""
