"""What a reader is told of the symbols of a formula: their names, and which can be applied."""

from dataclasses import dataclass, field, replace
from itertools import permutations

from pages.formulas.tokens import name_of

CONSTANTS = {"e", "pi"}
INVERTED = {"sin": "arcsin", "cos": "arccos", "tan": "arctan", "sinh": "arsinh", "tanh": "artanh"}
NAMED = {
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
    "arsinh", "artanh", "exp", "ln", "lg", "log", "log_10", "log_2", "sign", "sgn", "det", "tr",
    "max", "min",
}  # fmt: skip
IN_BRACKETS = {"exp", "det", "tr", "sign", "sgn", "max", "min"}  # whose power stands outside
TRANSPOSED = {"T", r"\top", r"\intercal", r"\mathsf{T}", r"\mathrm{T}", r"\text{T}"}


@dataclass(frozen=True)
class Known:
    """Names of values and of functions; ``rules`` says which symbols a value follows from."""

    values: frozenset
    functions: frozenset
    rules: dict = field(default_factory=dict, compare=False)
    bound: frozenset = frozenset()

    def has(self, name):
        return name in self.values or name in self.functions or name in self.bound

    def begins(self, name):
        """Whether a name is known, with an index or without."""
        return any(
            each == name or each.startswith(name + "_") for each in self.values | self.functions
        )

    def binding(self, *names):
        """The same, with names that run: of a sum, a limit, an integral."""
        return replace(self, bound=self.bound | set(names))

    def could_be_called(self, name, tokens):
        """Whether a value before a bracket follows from a symbol that stands in the bracket."""
        return bool(self.rules.get(name, frozenset()) & {name_of([each]) for each in tokens})


def absorbed(base, scripts, known):
    """Return the longest known name made of a base and its scripts, and the scripts in it.

    ``scripts`` are pairs of a mark ' _ ^ and tokens. A digit above is a power and no name.
    """
    for size in range(len(scripts), 0, -1):
        for order in permutations(range(len(scripts)), size):
            name = base + "".join(suffix(*scripts[k]) for k in order)
            if known.has(name) and not any(is_power(*scripts[k]) for k in order):
                return name, set(order)
    return base, set()


def suffix(mark, parts):
    if mark == "'":
        return "_prime"
    if mark == "^" and parts == ["-", "1"]:
        return "_inverse"
    return "_" + name_of(parts)


def is_power(mark, parts):
    return mark == "^" and (parts[:1] == [] or parts[0][0].isdigit())
