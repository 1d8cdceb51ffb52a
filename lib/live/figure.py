"""The live figure: plain Matplotlib, drawn once for every position of genuine sliders."""

import anywidget
import ipywidgets as widgets
import numpy as np
import traitlets

from lib.live import box, markup, poster, shapes, spec, svg
from lib.live.arguments import chosen, compute_all
from lib.live.errors import told_by_own_lines
from lib.live.front import text
from lib.live.paper import SIZES, style
from lib.live.presets import check_presets
from lib.live.progress import counted
from lib.live.scene import grid, scenes
from lib.live.sliders import positions
from lib.live.stage import Stage, limits
from lib.live.table import pack

_FRONT = text("sharing.js") + text("motion.js") + text("figure.js")
_FRONT += "\nexport default { render: renderWidget };\n"


class Picture(anywidget.AnyWidget):
    """The picture of a live figure, moved in the browser by the sliders it is given."""

    _esm = _FRONT
    _css = text("palette.css", "lib") + text("figure.css")
    spec = traitlets.Dict().tag(sync=True)
    markup = traitlets.Unicode().tag(sync=True)
    table = traitlets.Bytes().tag(sync=True)
    controls = traitlets.List().tag(sync=True, **widgets.widget_serialization)


class SolidPicture(Picture):
    """A picture with a panel that is three-dimensional, for which it brings one script more."""

    _esm = text("solid.js") + _FRONT


class LiveFigure(widgets.VBox):
    """A picture above its sliders; ``picture.spec`` tells what it shows."""

    def __init__(self, picture, sliders, painter):
        self.picture = picture
        self.sliders = sliders
        self._painter = painter
        for slider in sliders.values():  # room for the words before it, and for the hand
            slider.layout.width = "min(40rem, 100%)"
            slider.style.description_width = "10rem"
        rows = [
            _player(slider, each, picture.spec["backwards"])
            if each["name"] == picture.spec["play"]
            else slider
            for slider, each in zip(sliders.values(), picture.spec["sliders"], strict=True)
        ]
        super().__init__([picture, *rows])

    def paint(self, **values):
        """Return what Matplotlib itself paints at values of the sliders, else as they start.

        Returns:
            for each panel an array of bytes, red, green, blue and alpha, of shape
            (height, width, 4), on white paper.

        Raises:
            ValueError: a name is none of the sliders'.
        """
        for name in values:
            if name not in self.sliders:
                wanted = sorted(self.sliders)
                raise ValueError(f"paint: got {name!r}, wanted one of the sliders {wanted}")
        return self._painter(values)

    def __repr__(self):
        spec = self.picture.spec
        sizes = ", ".join(f"{each['name']}: {len(each['texts'])}" for each in spec["sliders"])
        return f"LiveFigure({spec['name']}; {sizes})"


@told_by_own_lines
def live_figure(
    compute,
    draw,
    sliders,
    *,
    name,
    alt,
    title="",
    still=None,
    panels=1,
    solid=(),
    readout=None,
    labels=None,
    formerly=None,
    presets=None,
    claims=None,
    marks=None,
    drag=(),
    play=None,
    backwards=False,
    autoplay=False,
    pace=None,
):
    """Show what ``draw`` makes of what ``compute`` returns, moving under the sliders.

    Each of the functions takes, of the sliders' values, those that it names. So ``compute`` runs
    once for each combination of the sliders it names, and a slider that only ``draw`` names, such
    as a step along a walk, costs no computation.

    Args:
        compute: the mathematics, ``compute(**values)``; what it returns is the result there.
        draw: ``draw(ax, result, **values)``, plain Matplotlib on plain axes (an array of two axes
            when ``panels`` is 2).
        sliders: genuine ipywidgets by name, in the order in which they stand.
        name: the figure's anchor in the page, such as ``secant-to-tangent``.
        alt: what the picture shows, for a reader who cannot see it.
        title: the caption.
        still: ``still(ax)`` draws the background once and sets the limits of the axes; without it
            there is room for what ``draw`` makes at all positions, but where a point is dragged,
            which knows no limits but those of the axes, they go from 0 to 1.
        panels: 1, or 2 side by side.
        solid: which of them are three-dimensional, such as ``(1,)`` for the second: Matplotlib's
            ``Axes3D``, for ``plot``, ``scatter``, ``text``, ``plot_surface``, ``plot_wireframe``
            and ``contour``, seen as ``view_init(elev, azim)`` says until the reader turns it.
        readout: ``readout(result, **values)`` returns the sentence that goes with a position; its
            numbers are typeset, so that -2 and 3e-07 become −2 and 3 · 10⁻⁷.
        labels: the words before a slider, by its name; a slider's own description goes first.
        formerly: what a slider was once called, by its name: addresses of that time still work.
        presets: ``{"too small": {"learning_rate": 0.001}}``, one button each.
        claims: ``{"too small": lambda result: ...}``: whether a preset's name is true of the
            result there. A preset of which it is not, or that no slider reaches, is left out, and
            the figure says so.
        marks: ``{"learning_rate": {"critical": 0.06}}``, marks on the track of a slider; one
            beyond its ends is left out.
        drag: one slider name for x, or two for x and y, moved by the point that ``draw`` makes
            with ``plots.handle``.
        play: a slider that counts steps, or another whose way from end to end is the idea.
        backwards: play it from its last position to its first, as where a step h goes to zero.
        autoplay: begin to play when the page shows the figure, if the reader allows motion.
        pace: seconds from one of its steps to the next: some 1.5 for the stages of a story, a tenth
            for the frames of a film; else the whole run takes 9, a step 0.15 to 1.2.

    Returns:
        a ``LiveFigure``, an ipywidgets box.

    Raises:
        TypeError: a slider is of an unknown kind, a function wants a slider that is not there, no
            function takes a slider, or ``draw`` made something that cannot be shown.
        ValueError: no slider, one without positions, too many positions, or an option that names
            no slider.
    """
    drag = (drag,) if isinstance(drag, str) else tuple(drag)
    tracks = [positions(key, slider, (labels or {}).get(key)) for key, slider in sliders.items()]
    functions = {"compute": (compute, 0), "draw": (draw, 2), "readout": (readout, 1)}
    spec.check(functions, name, alt, panels, solid, tracks)
    values, results = grid(tracks), compute_all(compute, tracks)
    has_own = still is not None or solid or drag
    stage = Stage(panels, still if has_own else limits(panels, draw, results, values), solid)
    drawn, outside = _draw_all(stage, draw, results, values)
    presets, notes = check_presets(presets or {}, claims or {}, tracks, results)
    known = {
        "name": name,
        "notes": notes + spec.warnings(stage.outside, panels),
        **spec.choices(tracks, title, formerly or {}, presets, marks or {}, drag),
        **spec.film(tracks, play, backwards, autoplay, pace),
        "readout": spec.sentences(readout, results, values, outside, panels),
        "words": drawn.words,
        **spec.panels(stage, tracks, drawn, drag),
    }
    picture = _picture(stage, drawn, known, alt, sliders)
    return LiveFigure(picture, sliders, _painter(stage, compute, draw, tracks))


def _picture(stage, drawn, known, alt, sliders):
    """Return the widget that shows what has been drawn."""
    return (SolidPicture if known["solid"] else Picture)(
        spec=known,
        markup=_markup(stage, drawn, known, alt),
        table=pack(drawn, [len(slider["texts"]) for slider in known["sliders"]]),
        controls=list(sliders.values()),
    )


def _draw_all(stage, draw, results, values):
    """Draw every position; return the scenes and the panels where nothing is seen in each."""
    taken, count = [], len(values)
    with style():
        for result, at in counted(zip(results, values, strict=True), count, 2 * count):
            taken.append(
                stage.draw(lambda r=result, at=at: draw(stage.hand, r, **chosen(draw, at)))
            )
    first, *rest = [placed for placed, _ in taken]
    drawn = scenes([stage.in_space + first, *rest])
    return shapes.in_few_shapes(drawn), [outside for _, outside in taken]


def _painter(stage, compute, draw, tracks):
    start = {track.name: track.values[track.start] for track in tracks}
    return lambda at: painted(stage, compute, draw, start | at)


def painted(stage, compute, draw, values):
    """Return what Matplotlib itself paints of each panel, given all that the sliders say."""
    result = compute(**chosen(compute, values))
    return stage.paint(lambda: draw(stage.hand, result, **chosen(draw, values)))


def _markup(stage, drawn, known, alt):
    """Return the picture at its first position, the words under it and the buttons."""
    stops = [(slider["start"], len(slider["texts"])) for slider in known["sliders"]]
    start = np.ravel_multi_index(*zip(*stops, strict=True))
    moving = [
        (slot, svg.slot_element(slot, numbers, drawn.words))
        for slot, numbers in zip(drawn.slots, drawn.numbers[start], strict=True)
    ]
    panels = [
        _panel(stage, panel, moving, known, alt)
        if camera is None
        else _solid_panel(stage, panel, drawn, start, "" if panel else alt)
        for panel, camera in enumerate(stage.cameras)
    ]
    words = known["readout"]
    line = markup.readout(words["texts"], words["at"][start] if words["at"] else 0)
    return (
        f'<div class="live-work"><div class="live-panels">{"".join(panels)}</div>{line}'
        "<!--controls-->"
        f"{markup.buttons(known['presets'], known['name'])}"
    )


def _panel(stage, panel, moving, known, alt):
    """Return one panel: all elements in the order of drawing, and the handle if it is there.

    Of one zorder Matplotlib draws first what was there first, and the axes themselves last.
    """
    still, frame = (
        [(placed, svg.still_element(placed.mark)) for placed in each]
        for each in (stage.still, stage.frame)
    )
    here = [pair for pair in [*still, *moving, *frame] if pair[0].panel == panel]
    elements = [element for _, element in sorted(here, key=lambda pair: pair[0].zorder)]
    handle = known["handle"]
    grip = markup.handle(handle["label"]) if handle and handle["panel"] == panel else ""
    return markup.panel(SIZES[len(stage.axes)], elements, "" if panel else alt, grip)


def _solid_panel(stage, panel, drawn, start, alt):
    """Return one panel in space: a picture for as long as no script draws, and what a script draws.

    Its slots stand in it, empty, in their order among all of the figure.
    """
    seen = stage.cameras[panel]
    slots = [(slot, svg.slot_element(slot, (), ())) for slot in drawn.slots if slot.panel == panel]
    things = [poster.thing(*each) for each in shapes.shown(drawn, start, panel)]
    elements = [*box.elements(box.axes(stage.axes[panel]), seen), *poster.elements(things, seen)]
    inside = [f'<g class="live-poster">{"".join(elements)}</g>', *(mark for _, mark in slots)]
    turners = markup.turners((seen.elev, seen.azim))
    return markup.panel(SIZES[len(stage.axes)], inside, alt, turners, kind="live-solid")


def _player(slider, known, backwards):
    """Return the slider with an ipywidgets Play beside it that goes through its positions.

    Args:
        slider: the genuine slider.
        known: what the spec says of it.
        backwards: whether the last position comes first.
    """
    last = len(known["texts"]) - 1
    play = widgets.Play(max=last, value=last - known["start"] if backwards else known["start"])
    if hasattr(slider, "index") and not backwards:  # the front end does it without asking Python
        widgets.jslink((play, "value"), (slider, "index"))
    else:
        _link(play, slider, known, backwards)
    return widgets.HBox([play, slider])


def _link(play, slider, known, backwards):
    """Let Play and a slider follow each other; the arguments are those of ``_player``."""
    last = len(known["texts"]) - 1

    def move(change):
        k = last - change.new if backwards else change.new
        if hasattr(slider, "index"):
            slider.index = k
        else:
            slider.value = known["values"][k]

    def follow(_):
        if hasattr(slider, "index"):
            k = slider.index
        else:
            k = int(np.argmin(np.abs(np.array(known["values"]) - slider.value)))
        play.value = last - k if backwards else k

    play.observe(move, "value")
    slider.observe(follow, "value")
