"""The check of what values cannot tell: how a formula is written.

The same condition twice, or 1 cubed for 1 squared: such a slip holds at every point, and is one all
the same.
"""

from dataclasses import fields, is_dataclass, replace

from pages.formulas import tree
from pages.formulas.known import Known
from pages.formulas.printing import latex
from pages.formulas.problems import Wrong
from pages.formulas.reader import read


def check(parts, entry):
    """Check how the statements of a formula are written.

    Raises:
        Wrong: one says what another says; a function stands on the left at something else than
            its variables, where it is introduced; or numbers are put into another formula than the
            one the registry names.
    """
    written = [each for each in parts if isinstance(each, tree.Statement) and each.relations]
    for k, statement in enumerate(written):
        if statement in written[:k]:
            raise Wrong(f"it says twice that {shown(statement)}")
        if entry.introduces:
            at_its_variables(statement.sides[0])
    if entry.instance:
        is_instance(written, *entry.instance)


def shown(statement):
    return latex(replace(statement, label=(), conditions=(), condition_words=()))


def at_its_variables(left):
    """Refuse f(-x, y) where f is introduced: f(x, y), or f(x, 4) on a cut."""
    if not isinstance(left, tree.Call):
        raise Wrong(f"it introduces a function, but {latex(left)} is no function's value")
    for each in left.argument.items:
        if not isinstance(each, tree.Name | tree.Number):
            raise Wrong(f"a function is introduced at its variables, not at {latex(each)}")


def is_instance(statements, general, numbers):
    """Check that one side is a general formula with numbers in the place of its symbols."""
    known = Known(frozenset(numbers), frozenset(), {})
    (statement,) = read(general, known).parts
    wanted = with_numbers(statement.sides[0], numbers)
    if not any(wanted == side for statement in statements for side in statement.sides):
        raise Wrong(f"with its numbers {general} is {latex(wanted)}, which stands on no side")


def with_numbers(node, numbers):
    """Return a tree with numbers in the place of its symbols."""
    if isinstance(node, tree.Name):
        return tree.Number(str(numbers[node.name]))
    if isinstance(node, tuple):
        return tuple(with_numbers(each, numbers) for each in node)
    if not is_dataclass(node):
        return node
    parts = {each.name: with_numbers(getattr(node, each.name), numbers) for each in fields(node)}
    return replace(node, **parts)
