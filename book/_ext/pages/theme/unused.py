"""Style sheets without what no page they style has a use for.

The theme and KaTeX bring rules for far more than is in this book. They are on the way of a page to
its reader: what does not fit into the first packets of a connection comes a journey later.
"""

import re

TAG = re.compile(r"<([a-zA-Z][\w-]*)")
NAMED = re.compile(r'\b(?:class|id|type)="([^"]*)"')
SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.S)
USE = re.compile(r"var\(\s*(--[\w-]+)")
WORD = re.compile(r"[\w-]+")

RULE = re.compile(r"([^{};]*)\{([^{}]*)\}")
EMPTY = re.compile(r"@(?:media|supports|container)[^{};]*\{\s*\}")
FACE = re.compile(r"@font-face\s*\{[^{}]*?font-family:\s*[\"']?([^\"';}]+)[^{}]*\}")
VARIABLE = re.compile(r"(?<=[{;\s])(--[\w-]+)\s*:(?:[^;{}\"']|\"[^\"]*\"|'[^']*')*;?")
CONDITION = re.compile(r"\([^()]*\)")  # may be what must not hold
TYPE = re.compile(r"\[type=[\"']?([\w-]+)[\"']?\]")
ATTRIBUTE = re.compile(r"\[[^\[\]]*\]")
PSEUDO = re.compile(r"::?[\w-]+")
FRAME = re.compile(r"\s*(?:from|to|[\d.]+%)\s*")


def names_in_page(page):
    """Return the elements, their classes, identifiers and types, and each word of own scripts."""
    names = {tag.lower() for tag in TAG.findall(page)} | set(USE.findall(page))
    for text in (*NAMED.findall(page), *SCRIPT.findall(page)):
        names.update(WORD.findall(text))
    return names


def names_in_script(script):
    """Return each word of a script: it may write any of them into a page."""
    return set(WORD.findall(script))


def without_unused(sheet, names):
    """Return a style sheet without the selectors, variables and faces that nothing asks for.

    Args:
        sheet: its text.
        names: what there is on its pages, as ``names_in_page`` and ``names_in_script`` tell.
    """
    sheet = RULE.sub(lambda rule: _kept(rule, names), sheet)
    while EMPTY.search(sheet):
        sheet = EMPTY.sub("", sheet)
    sheet = _without_unused_variables(sheet, names)
    rest = FACE.sub("", sheet)
    return FACE.sub(lambda face: face[0] if face[1].strip() in rest else "", sheet)


def _kept(rule, names):
    selectors = _apart(rule[1])
    used = [each for each in selectors if _applies(each, names)]
    if len(used) == len(selectors):
        return rule[0]
    return f"{','.join(used)}{{{rule[2]}}}" if used else ""


def _apart(selectors):
    """Return the selectors of a list; commas within brackets separate other things."""
    found, depth = [""], 0
    for sign in selectors:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found


def _applies(selector, names):
    """Return whether all that a selector names, outside of brackets, is on a page."""
    if selector.lstrip().startswith("@") or FRAME.fullmatch(selector):
        return True
    while CONDITION.search(selector):
        selector = CONDITION.sub("", selector)
    selector = ATTRIBUTE.sub("", TYPE.sub(r" \1", selector))
    return names.issuperset(WORD.findall(PSEUDO.sub("", selector)))


def _without_unused_variables(sheet, names):
    """Return a style sheet without variables that are used nowhere, or by such variables alone."""
    before = None
    while sheet != before:
        before, used = sheet, names.union(USE.findall(sheet))
        sheet = VARIABLE.sub(lambda each: each[0] if each[1] in used else "", sheet)  # noqa: B023
    return sheet
