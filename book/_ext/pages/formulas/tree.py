"""The tree of a formula: one frozen record for each kind of thing that is written.

A record holds what is written and nothing else: ``printing`` makes the LaTeX of it again, token by
token. ``meaning`` says what it is worth.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Number:
    """A printed number: 10\\,000, 0.05, and 2.718\\dots if its digits are cut off."""

    digits: str
    cut: bool = False


@dataclass(frozen=True)
class Name:
    """A symbol with all that belongs to its name; ``name`` is its name in the registry."""

    name: str
    written: tuple
    after: tuple = ()  # what belongs to the name and stands after its index: z_j^{(2)}


@dataclass(frozen=True)
class Negative:
    """A term with the sign + - \\pm or \\mp before it."""

    sign: str
    of: object


@dataclass(frozen=True)
class Sum:
    """Terms, and the sign between each two."""

    terms: tuple
    signs: tuple


@dataclass(frozen=True)
class Product:
    """Factors, and what stands between each two: nothing, \\cdot, \\times, \\odot, /."""

    factors: tuple
    joins: tuple


@dataclass(frozen=True)
class Fraction:
    """A fraction, as \\frac or \\over writes it."""

    command: str
    top: object
    bottom: object


@dataclass(frozen=True)
class Power:
    """Something with something above it: a power, an inverse of a matrix."""

    base: object
    exponent: object


@dataclass(frozen=True)
class Transposed:
    """Something with a T above it; ``mark`` is the token of the T."""

    of: object
    mark: str


@dataclass(frozen=True)
class Indexed:
    """An entry of an array: ``indices`` are expressions, ``commas`` where one was written."""

    of: object
    indices: tuple
    commas: tuple


@dataclass(frozen=True)
class Scripted:
    """x^2_i and A^{-1}_{ij}: something above and an index, in the order they are written in."""

    raised: object  # with the index inside: what it means for a vector
    placed: object  # with the power inside: what it means for a matrix
    index_first: bool


@dataclass(frozen=True)
class Primed:
    """Something with primes, which differentiate it."""

    of: object
    primes: tuple


@dataclass(frozen=True)
class Bracket:
    """Expressions between brackets: one, or several with commas, which are a vector."""

    opening: str
    items: tuple
    closing: str


@dataclass(frozen=True)
class Bars:
    """A value between bars: the absolute value, the length, the determinant of a matrix."""

    opening: str
    of: object
    closing: str


@dataclass(frozen=True)
class Norm:
    """A norm between double bars, with the index that says which."""

    opening: str
    of: object
    closing: str
    below: str = ""


@dataclass(frozen=True)
class Call:
    """A function of the registry that is applied; ``order`` is how often it is differentiated."""

    function: Name
    marks: tuple  # what is written between its name and its bracket: primes, ^{(3)}
    order: int
    argument: Bracket


@dataclass(frozen=True)
class Composed:
    """(f \\circ g)(x)."""

    functions: tuple
    argument: Bracket


@dataclass(frozen=True)
class Inverse:
    """f^{-1}(y), of a function of the registry of which no inverse is given."""

    function: Name
    argument: Bracket


@dataclass(frozen=True)
class Apply:
    """A function that every reader knows; ``below`` is its index, ``above`` its power."""

    function: str
    written: tuple
    order: int
    argument: object
    above: object = None


@dataclass(frozen=True)
class TwoWays:
    """What textbooks mean in two ways: it has a meaning where both are the same."""

    first: object
    second: object
    written: tuple


@dataclass(frozen=True)
class Root:
    """A root, with its degree or without."""

    of: object
    degree: object = None


@dataclass(frozen=True)
class Binomial:
    """A binomial coefficient."""

    top: object
    bottom: object


@dataclass(frozen=True)
class Postfix:
    """Something with ! or \\% or a degree sign after it."""

    of: object
    mark: str


@dataclass(frozen=True)
class Derivative:
    """A derivative; each of its variables comes with its power and a mark of transposition.

    ``form`` is the command of the fraction, "/" for dy/dx, "_" for \\partial_x.
    """

    form: str
    sign: str
    order: object
    of: object
    inside: bool  # whether what is differentiated stands in the numerator
    variables: tuple


@dataclass(frozen=True)
class Gradient:
    """\\nabla f, \\nabla_x f, \\nabla^2 f of a value."""

    of: object
    order: int = 1
    by: object = None


@dataclass(frozen=True)
class AtPoint:
    """The value of something at a point: |_{x=3}, or _{(1,1)} below a matrix."""

    of: object
    opening: tuple
    closing: tuple
    names: tuple  # () if only the numbers are written
    values: tuple


@dataclass(frozen=True)
class Valued:
    """A derivative of a function at a point: \\frac{df}{dx}(3)."""

    derivative: Derivative
    argument: Bracket


@dataclass(frozen=True)
class Series:
    """A sum or a product over indices."""

    sign: str
    indices: tuple
    first: object  # None if the index runs over all entries
    last: object
    relation: str  # between the index and where it starts: = or < or \\in
    last_first: bool
    of: object


@dataclass(frozen=True)
class Integral:
    """A definite integral."""

    low: object
    high: object
    high_first: bool
    of: object
    sign: str
    variable: Name


@dataclass(frozen=True)
class Limit:
    """A limit, from one side if ``side`` is + or -."""

    variable: Name
    goal: object
    side: str
    of: object


@dataclass(frozen=True)
class Extremum:
    """\\min_q and \\arg\\min_q; ``written`` is the operator, ``names`` are the symbols that run."""

    written: tuple
    kind: str
    names: tuple
    under: bool
    of: object


@dataclass(frozen=True)
class Order:
    """O(h^2): something that, divided by it, stays bounded as its symbol goes to zero."""

    written: tuple
    of: object


@dataclass(frozen=True)
class Shaped:
    """A matrix with its shape below; ``rows`` and ``columns`` are expressions."""

    rows: object
    columns: object
    of: object


@dataclass(frozen=True)
class Braced:
    """Something with a brace over or under it, a box around it, and a note."""

    command: str
    of: object
    note: tuple = ()


@dataclass(frozen=True)
class Table:
    """A matrix; ``kind`` is its environment, ``format`` what an array says of its columns."""

    kind: str
    format: tuple
    rows: tuple
    opening: str = ""
    closing: str = ""


@dataclass(frozen=True)
class Cases:
    """Values with the conditions under which they hold; the last may be for all others."""

    kind: str
    format: tuple
    rows: tuple


@dataclass(frozen=True)
class Case:
    """A row of cases: ``words`` stand before the condition, ``commas`` at its ends."""

    value: object
    comma: str
    words: tuple
    condition: object
    end: str


@dataclass(frozen=True)
class Infinity:
    """\\infty."""


# What a formula states.


@dataclass(frozen=True)
class Statement:
    """Sides that a chain of relations joins: len(relations) == len(sides) - 1."""

    sides: tuple
    relations: tuple  # each as it is written, in tokens
    label: tuple = ()  # the words before it, with a colon
    conditions: tuple = ()  # the statements under which it holds
    condition_words: tuple = ()  # what stands before each of them


@dataclass(frozen=True)
class Member:
    """x \\in [0, 1], or j = 0, 1: a value is one of a set."""

    of: object
    relation: str
    opening: str
    items: tuple
    closing: str


@dataclass(frozen=True)
class Space:
    """x \\in \\mathbb{R}."""

    of: object
    written: tuple


@dataclass(frozen=True)
class Mapping:
    """f\\colon \\mathbb{R} \\to \\mathbb{R}: it says what kind of thing f is."""

    function: Name
    written: tuple


@dataclass(frozen=True)
class Arrow:
    """An equivalence or an implication between the statement before it and the one after it."""

    written: str


@dataclass(frozen=True)
class Between:
    """What stands between statements: commas, new rows, "and", a full stop, environments."""

    written: tuple


@dataclass(frozen=True)
class Boxed:
    """Statements in a box."""

    parts: tuple


@dataclass(frozen=True)
class ForAll:
    """\\forall x: the statement before it holds for each of its samples."""

    names: tuple


@dataclass(frozen=True)
class Formula:
    """A whole formula: statements, and what stands between them."""

    parts: tuple
