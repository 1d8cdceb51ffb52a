"""What a renderer is told about colours, lines and letters, as CSS."""

from matplotlib.colors import to_rgba
from matplotlib.font_manager import weight_dict

from lib.plots import PALETTE, STEPS

#: The colour of the numbers at the axes: none of the palette, so that it can be told from them.
MUTED_TEXT = "#5b6471"
#: The size of ordinary letters, in pixels; a page may enlarge them all together.
LETTERS = 13
_ROLES = {colour: name for name, colour in (PALETTE | STEPS).items()} | {MUTED_TEXT: "muted-text"}
_CAPS = {"projecting": "square", "round": "round"}
_JOINS = {"miter": "miter", "bevel": "bevel"}


def colour(value):
    """Return a colour as CSS: one of the palette as its variable, anything else as it is."""
    red, green, blue, _ = (round(255 * part) for part in to_rgba(value))
    plain = f"#{red:02x}{green:02x}{blue:02x}"
    return f"var(--{_ROLES[plain]})" if plain in _ROLES else plain


def fill(gc, face):
    """Return the look of a filled region as ordered CSS pairs, none if it is not to be seen."""
    if face is None:
        return ()
    alone = len(face) == 3 or gc.get_forced_alpha()
    return _paint("fill", (*face[:3], gc.get_alpha()) if alone else face)


def surface(value, alpha):
    """Return the look of a surface of one colour as ordered CSS pairs."""
    return _paint("fill", to_rgba(value, alpha))


def stroke(gc):
    """Return the look of a line as ordered CSS pairs, none if it is not to be seen.

    Its ends are butt and its corners round unless said otherwise, as in ``figure.css``.
    """
    width, (offset, dashes) = gc.get_linewidth(), gc.get_dashes()
    paint = _paint("stroke", gc.get_rgb()) if width else ()
    if not paint:
        return ()
    style = [*paint, ("stroke-width", f"{width:.3g}")]
    if dashes is not None:
        style.append(("stroke-dasharray", " ".join(f"{length:.3g}" for length in dashes)))
        style += [("stroke-dashoffset", f"{offset:.3g}")] if offset else []
    cap, join = _CAPS.get(gc.get_capstyle()), _JOINS.get(gc.get_joinstyle())
    style += [("stroke-linecap", cap)] if cap else []
    style += [("stroke-linejoin", join)] if join else []
    return tuple(style)


def letters(gc, prop, families):
    """Return the look of a text; ``families`` are those of ordinary text, which go unsaid."""
    size, weight = prop.get_size_in_points() / LETTERS, prop.get_weight()
    weight = weight_dict.get(weight, weight)
    style = list(_paint("fill", gc.get_rgb())) or [("fill", "none")]
    if round(size, 3) != 1:
        style.append(("font-size", f"calc(var(--text) * {size:.3g})"))
    if weight != weight_dict["normal"]:
        style.append(("font-weight", str(weight)))
    if prop.get_style() != "normal":
        style.append(("font-style", prop.get_style()))
    if prop.get_family() != families:
        style.append(("font-family", ", ".join(prop.get_family())))
    return tuple(style)


def _paint(name, rgba):
    """Return the colour of a fill or a stroke, and its opacity if light comes through."""
    opacity = rgba[3] if len(rgba) > 3 else 1
    if not opacity:
        return ()
    paint = ((name, colour(rgba)),)
    return paint if opacity >= 1 else (*paint, (f"{name}-opacity", f"{opacity:.3g}"))
