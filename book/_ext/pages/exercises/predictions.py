"""Whether each prediction of a page leads to a run of one of its live figures."""

from urllib.parse import parse_qsl

from sphinx.util import logging

from pages.exercises.answers import markup
from pages.figures.page import live_figure

LOGGER = logging.getLogger(__name__)


def wrong_place(slider, wish):
    """Return what is wrong with the position that is asked of a slider, or nothing."""
    if slider["values"] is None:
        found = wish in slider["texts"]
        return "" if found else f"{slider['name']}={wish}: wanted one of {slider['texts']}"
    try:
        number = float(wish)
    except ValueError:
        return f"{slider['name']}={wish}: wanted a number"
    nearest = min(slider["values"], key=lambda value: abs(value - number))
    return "" if nearest == number else f"{slider['name']}={wish}: the nearest is {nearest!r}"


def faults(asked, specs):
    """Return what keeps a prediction from its run, given the page's figures by name."""
    name, _, query = asked["figure"].partition("?")
    if name not in specs:
        wanted = f"one of {sorted(specs)}" if specs else "one there"
        return [f"the page has no live figure {name!r}, wanted {wanted}"]
    sliders = {each["name"]: each for each in specs[name]["sliders"]}
    found = []
    for slider, wish in parse_qsl(query, keep_blank_values=True):
        if slider not in sliders:
            found.append(f"the figure {name!r} has no slider {slider!r}: wanted {sorted(sliders)}")
        elif fault := wrong_place(sliders[slider], wish):
            found.append(f"the figure {name!r} cannot stand at {fault}")
    panels = specs[name]["axes"]
    if asked["line"] and asked["line"]["panel"] >= len(panels):
        found.append(f"the figure {name!r} has no second panel: wanted no `on 2`")
    elif asked["line"] and panels[asked["line"]["panel"]] is None:
        found.append(f"the figure {name!r} has that panel in space: wanted a line on a flat one")
    return found


def follow(app, doctree):
    """Say which predictions of a page lead nowhere, each at its file and line."""
    specs = {node["spec"]["name"]: node["spec"] for node in doctree.findall(live_figure)}
    for node in doctree.findall(markup):
        for fault in faults(node["predicts"], specs) if node.hasattr("predicts") else ():
            LOGGER.warning("predict: %s", fault, location=node)


def setup(app):
    # after the figures, which stand in the page by then
    app.connect("doctree-read", follow, priority=600)
