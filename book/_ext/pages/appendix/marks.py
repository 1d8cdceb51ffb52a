"""The marks in the margin: where a line of the notes slips, a link to its entry in the errata.

    Of the two slopes the second is right. [† A17](errata.ipynb#errata-a17)

In a raw notebook it is a link like others, and its name that of the entry.
"""

import re

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
SIGN = "† "


def anchor(name):
    """Return where in the errata an entry of this name stands."""
    return "errata-" + re.sub(r"[^\w -]", "", name.lower()).replace(" ", "-")


def check(app, doctree):
    """Say which marks lead elsewhere; only before links are made do they tell their target."""
    for link in doctree.findall(pending_xref):
        name = link.astext().removeprefix(SIGN)
        if name != link.astext() and link.get("reftargetid") != anchor(name):
            words = "the mark %r has to lead to errata.ipynb#%s"
            LOGGER.warning(words, link.astext(), anchor(name), location=link.parent)


def move(app, doctree, docname):
    """Give every mark its class and its title."""
    for link in doctree.findall(nodes.reference):
        name = link.astext().removeprefix(SIGN)
        if name != link.astext():
            link["classes"].append("erratum")
            link["reftitle"] = f"The notes slip here: Errata {name}"


def setup(app):
    app.connect("doctree-read", check)
    app.connect("doctree-resolved", move)
