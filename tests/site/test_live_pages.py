"""The live figures in the built pages: they show what Matplotlib paints, and answer the hand."""

import io
import json
import re
from base64 import b64decode, b64encode
from pathlib import Path
from urllib.parse import quote

import ipywidgets as widgets
import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import binary_dilation, binary_opening, label

import lib
from lib import plots
from lib.live import live_figure, markup
from lib.live.paper import SIZES
from tests.site.records import BOOKS, CHAPTERS, NAMES, Record, Records, told, tracks_of
from tests.site.visits import READ_ON, copied

LIB = Path(lib.__file__).parent
FRONT = ("sharing.js", "motion.js", "solid.js", "figure.js")
NUMBER = r"-?[\d.]+(?:e-?\d+)?"
FRAME = 1000 / 60


@pytest.fixture(scope="session")
def records(site_folder):
    return Records(site_folder)


def test_a_slider_has_five_stops_at_least(site_folder):
    few = {
        (name, slider["name"]): len(slider["texts"])
        for name in NAMES
        for slider in told(site_folder, name)["sliders"]
        if slider["kind"] != "choice" and len(slider["texts"]) < 5
    }
    assert few == {}  # fewer are buttons


TONE_WORDS = re.compile(r"\b(?:dark|light|bright|pale)(?:er|est)?\b", re.I)


def words_of(site_folder, name):
    """Return all that a figure says of itself, joined."""
    spec = told(site_folder, name)
    alone = (site_folder / "figure" / f"{name}.html").read_text(encoding="utf-8")
    labels = re.findall(r'aria-label="([^"]*)"', alone)
    tracks = [text for slider in spec["sliders"] for text in slider["texts"]]
    return " ".join([spec["title"], *spec["readout"]["texts"], *spec["words"], *tracks, *labels])


def test_no_figure_speaks_of_dark_and_light_which_dark_paper_turns_round(site_folder):
    assert [name for name in NAMES if TONE_WORDS.search(words_of(site_folder, name))] == []


def test_no_figure_writes_a_number_as_a_program_does(site_folder):
    said = {name: re.findall(r"\d[eE][-−+]?\d+", words_of(site_folder, name)) for name in NAMES}
    assert {name: found for name, found in said.items() if found} == {}


# "Left: the walk", "a plateau on the right", "by the square (left)", "the right machine".
SIDES = re.compile(
    r"\b(?:Left|Right)\b|\b[Oo]n the (?:left|right)\b|\((?:left|right)\)"
    r"|\b(?:left|right)(?:-hand)? (?:panel|picture|machine|curve)\b"
)


def test_panels_are_named_by_what_they_show_as_a_phone_stacks_them(site_folder):
    pairs = [name for name in NAMES if len(told(site_folder, name)["axes"]) == 2]
    assert len(pairs) > 50
    assert [name for name in pairs if SIDES.search(words_of(site_folder, name))] == []


def test_no_two_figures_have_the_same_name():
    assert len(set(NAMES)) == len(NAMES)


# What a hand does with a slider or a row of buttons, and what it sees there.
CONTROLS = """
const isRange = (control) => control.tagName === "INPUT";
function move(control, index) {
  if (!isRange(control)) return control.children[index].click();
  control.value = index;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}
const count = (control) => isRange(control) ? Number(control.max) + 1 : control.children.length;
const at = (control) => isRange(control) ? Number(control.value)
  : [...control.children].findIndex((button) => button.ariaPressed === "true");
const controls = (name) => [...document.querySelectorAll(`#figure-${name} [data-slider]`)];
"""

# Comes to a figure and takes it back to its start. Its section is laid out for good, and no other
# that is far, though the page does so for some seconds where an address leads into it. Those about
# it, which come into view, take their true heights in the next frames.
COME_TO = """async (name) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const figure = document.getElementById(`figure-${name}`);
  for (const section of document.querySelectorAll("article > section > section")) {
    section.style.contentVisibility = section.contains(figure) ? "visible" : "auto";
    section.style.contain = "layout paint style";  // as high as when it is left out
  }
  figure.scrollIntoView({ block: "center", behavior: "instant" });
  for (let k = 0; k < 3000 && figure.dataset.ready === undefined; k++) await frame();
  figure.querySelector("[data-do=reset]").click();
  for (let still = 0, height = 0; still < 5; still++) {
    await frame();
    if (height !== document.documentElement.scrollHeight) still = 0;
    height = document.documentElement.scrollHeight;
  }
  return figure.dataset.ready !== undefined;
}"""

# What waits does so for a two-hundredth of the time.
HURRY = """() => {
  globalThis.wait ||= setTimeout;
  setTimeout = (work, time) => wait(work, time / 200);
}"""
UNHURRIED = "() => { setTimeout = wait; }"

# Without motion, so that a picture is what it will be as soon as a slider is moved.
CALM = {"viewport": {"width": 1200, "height": 900}, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def opened(browser, site):
    """The pages opened so far, each once: a chapter is a large page, and a test leaves it whole."""
    pages = {}

    def go(figure, query="", **options):
        page = browser.new_page(**CALM | {"color_scheme": "light"} | options)
        page.goto(f"{site}/book/{figure.page}#{figure.name}{query}")
        page.wait_for_selector(f"#figure-{figure.name}[data-ready]", state="attached")
        page.add_script_tag(content=CONTROLS)
        return page

    def page_of(figure):
        if figure.page not in pages:
            pages[figure.page] = go(figure, has_touch=True)
            pages[figure.page].context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = pages[figure.page]
        assert page.evaluate(COME_TO, figure.name)
        return page

    page_of.again, page_of.pages = go, pages
    yield page_of
    for page in pages.values():
        page.close()


# --- The pictures, beside those that Matplotlib paints ------------------------------------------

# The panels at the positions wished for, each at the width it is designed for, one below the other.
SHEET = """([name, wishes]) => {
  const root = document.getElementById(`figure-${name}`);
  const panels = wishes.flatMap((indices) => {
    indices.forEach((index, k) => move(controls(name)[k], index));
    return [...root.querySelectorAll(".live-panel")].map((panel) => {
      const [, , width, height] = panel.querySelector("svg").getAttribute("viewBox").split(" ");
      const copy = panel.cloneNode(true);
      copy.querySelector(".live-handle")?.remove();
      if (copy.querySelector("canvas")) copy.querySelector(".live-poster").remove();
      copy.querySelectorAll("canvas").forEach((canvas, k) => {
        canvas.outerHTML = `<img src="${panel.querySelectorAll("canvas")[k].toDataURL()}"
          style="position: absolute; inset: 0; width: 100%; height: 100%">`;
      });
      copy.style = `display: block; overflow: hidden; width: ${width}px; height: ${height}px`;
      return copy.outerHTML;
    });
  });
  const look = [...document.querySelectorAll("style, link[rel=stylesheet]")].map((each) => {
    if (each.href) each.setAttribute("href", each.href);
    return each.outerHTML;
  });
  return `<!doctype html><html style="color-scheme: light"><head>${look.join("")}</head>
    <body style="margin: 0; background: #fff"><div class="live" style="margin: 0">
    ${panels.join("")}</div></body></html>`;
}"""


def shown(page, sheet, name, wishes, size):
    """Return the panels that a page shows at positions, each of shape (height, width, 3).

    Args:
        page: the page, with ``CONTROLS``.
        sheet: another page of the same site, which is written anew.
        name: the figure's.
        wishes: the indices of its sliders, position by position.
        size: width and height of a panel.
    """
    sheet.set_content(page.evaluate(SHEET, [name, wishes]))
    # A face is asked for when the first text set in it is laid out.
    sheet.evaluate("document.body.offsetHeight, document.fonts.ready.then(() => true)")
    sheet.evaluate("Promise.all([...document.images].map((each) => each.decode())).then(() => 0)")
    width, height = size
    count = sheet.locator(".live-panel").count()
    sheet.set_viewport_size({"width": width, "height": count * height})
    fast = {"format": "png", "optimizeForSpeed": True}  # larger, in a third of the time
    shot = sheet.context.new_cdp_session(sheet).send("Page.captureScreenshot", fast)["data"]
    pixels = np.array(Image.open(io.BytesIO(b64decode(shot))).convert("RGB"))
    return list(pixels.reshape(count, height, width, 3))


#: How far a colour may be off, of 255, from those next to it.
TONE = 48


def _beside(best, image):
    """Return the ``best`` of each pixel and the eight around it, by colour."""
    image = np.pad(image, ((1, 1), (1, 1), (0, 0)), mode="edge")
    rows = best(best(image[:-2], image[1:-1]), image[2:])
    return best(best(rows[:, :-2], rows[:, 1:-1]), rows[:, 2:])


def _missing(image, other):
    """Return which pixels have a colour that the other image has neither there nor beside it."""
    low, high = _beside(np.minimum, other), _beside(np.maximum, other)
    low, high = np.maximum(low, TONE) - TONE, np.minimum(high, 255 - TONE) + TONE  # bytes end there
    outside = (image < low) | (image > high)
    return outside[..., 0] | outside[..., 1] | outside[..., 2]


def differing(page, painted, ends):
    """Return which pixels of two images differ, the blur of an edge over one pixel apart.

    At the rim of the axes, ``ends`` of the spec, the two may differ: Matplotlib cuts what is drawn
    there and a page does not. So a line along the rim is twice as wide in the page, and a disc
    whose middle is inside is whole.
    """
    painted = painted[..., :3]
    left, right, top, low = (
        round(ends[axis][k]) for axis, k in (("x", 2), ("x", 3), ("y", 3), ("y", 2))
    )
    rim = np.zeros(page.shape[:2], dtype=bool)
    rim[top - 2 : low + 2, left - 2 : right + 2] = True
    rim[top + 1 : low - 1, left + 1 : right - 1] = False
    beyond = np.zeros_like(rim)
    beyond[max(top - 9, 0) : low + 9, left - 9 : right + 9] = True
    beyond[top:low, left:right] = False
    return (_missing(painted, page) & ~rim) | (_missing(page, painted) & ~rim & ~beyond)


def difference(page, painted, ends):
    """Return the share of the pixels that differ, and how many of them hang together at most."""
    bad = differing(page, painted, ends)
    groups, count = label(bad, structure=np.ones((3, 3)))
    return bad.mean(), int(np.bincount(groups.ravel())[1:].max()) if count else 0


def silhouette(image):
    """Return which pixels of an image are of what is wide: no lines and no letters."""
    ink = (image[..., :3] < 248).any(axis=2)
    return binary_opening(ink, np.ones((7, 7)))


def difference_in_space(page, painted):
    """Return the same as ``difference`` of two images of a panel in space.

    Light falls otherwise in the page, and Matplotlib sorts surfaces and lines as wholes. So what is
    compared is where there is something at all.
    """
    both = silhouette(page), silhouette(painted)
    near = [binary_dilation(each, np.ones((5, 5))) for each in both]
    bad = (both[0] & ~near[1]) | (both[1] & ~near[0])
    groups, count = label(bad, structure=np.ones((3, 3)))
    largest = int(np.bincount(groups.ravel())[1:].max()) if count else 0
    return bad.mean(), largest


#: How large a share of a picture may differ, and how many pixels of it may hang together: at half
#: of the positions of a figure, and at each. Two good pictures differ in where the dashes of a line
#: begin that comes from outside (0.3 % at most), in the shapes of letters and in how far a square
#: is moved to fit the pixels (some pixels of each; of 97 figures the median was 0.016 % and 4 at
#: once, the worst 0.2 % and 15), and at single positions where a line lies on itself many times
#: (0.8 % and 300 at once). A line or its dashes, a disc or a letter that is lost is more, and that
#: at every position.
USUAL, WORST = (0.0025, 20), (0.01, 400)


def judge(differences):
    """Return what is wrong with a figure, given the differences at its positions, or None."""
    shares, groups = np.transpose(differences)
    usual = np.median(shares), np.median(groups)
    worst = shares.max(), groups.max()
    if (np.array([usual, worst]) <= [USUAL, WORST]).all():
        return None
    return f"usually {usual[0]:.2%} and {usual[1]:g} at once, at worst {worst[0]:.2%}, {worst[1]:g}"


def compare(page, sheet, figure, indices):
    """Return the differences between what a page shows at positions and what Matplotlib paints."""
    spec, found = figure.spec, []
    images = iter(shown(page, sheet, figure.name, indices, SIZES[len(spec["axes"])]))
    for each in indices:
        for ends, painted in zip(spec["axes"], figure.paint(**figure.values(each)), strict=True):
            image = next(images)
            found.append(
                difference(image, painted, ends) if ends else difference_in_space(image, painted)
            )
    assert next(images, None) is None
    return found


@pytest.fixture(scope="session")
def sheet(browser, site):
    """A page of the site that is written anew, to lay out pictures on."""
    with browser.new_page(**CALM, color_scheme="light") as page:
        page.goto(f"{site}/404.html")
        yield page


@pytest.mark.parametrize("name", NAMES)
def test_page_shows_what_matplotlib_paints(name, records, opened, sheet):
    figure = records[name]
    last = int(np.prod(figure.sizes)) - 1
    some = np.random.default_rng(6).choice(last + 1, min(20, last + 1), replace=False)
    chosen = [0, last, *some.tolist()]
    indices = [[int(k) for k in np.unravel_index(each, figure.sizes)] for each in chosen]
    assert judge(compare(opened(figure), sheet, figure, indices)) is None


# --- The same in a small page, to see that it would be noticed ----------------------------------


def small_figure():
    """Return a figure that has one of everything."""

    def still(ax):
        plots.window(ax, ((0, 10), (0, 10)), "across", "up")
        for height in (1, 2, 3):
            ax.plot([0, 10], [height, height], "--", color=plots.PALETTE["slope"], linewidth=4)

    def draw(ax, x):
        plots.point(ax, x, 9, "path", size=30)
        ax.text(0.3, 4, "Letters that are turned by a little angle", rotation=8)
        ax.fill([5, 9, 9, 5], [5, 5, 7, 7], color=plots.PALETTE["model"], alpha=0.25, linewidth=0)
        ax.plot([0.5, 3], [5, 8], color=plots.PALETTE["loss"], linewidth=3)

    return live_figure(
        lambda x: x,
        lambda ax, result: draw(ax, result),
        {"x": widgets.FloatSlider(4, min=2, max=8, step=1)},
        name="small",
        alt="One of everything.",
        still=still,
    )


def record_of(figure):
    """Return what a page of its own shows of a figure."""
    return Record("small.html", figure.picture.spec, tracks_of(figure.sliders), figure.paint)


FONT_FILE = re.compile(r"url\(([\w-]+\.woff2)\)")


def write_small_page(folder, picture, change=lambda svg: svg):
    """Write a page of one figure, with ``change`` made to its picture; return its address."""
    fonts = FONT_FILE.sub(
        lambda found: f"url(data:font/woff2;base64,{b64encode(font(found[1])).decode()})",
        (LIB / "fonts" / "fonts.css").read_text(encoding="utf-8"),
    )
    look = [fonts] + [
        (LIB / each).read_text(encoding="utf-8") for each in ("palette.css", "live/figure.css")
    ]
    spec = json.loads(json.dumps(picture.spec))
    body = markup.page(spec, change(picture.markup), "numbers.js")
    scripts = [(LIB / "live" / each).read_text(encoding="utf-8") for each in FRONT]
    (folder / "numbers.js").write_text(markup.numbers(spec, picture.table), encoding="utf-8")
    (folder / "small.html").write_text(
        f'<!doctype html><meta charset="utf-8"><style>{"".join(look)}</style>{body}'
        f"<script>{''.join(scripts)}</script>",
        encoding="utf-8",
    )
    return (folder / "small.html").as_uri()


def font(name):
    return (LIB / "fonts" / name).read_bytes()


@pytest.fixture(scope="session")
def small():
    return small_figure()


@pytest.fixture
def seen(browser, tmp_path, small):
    """Open a small page with a change made to its picture; return what is then wrong with it."""

    def look_at(change=lambda svg: svg):
        page, sheet = (browser.new_page(**CALM, color_scheme="light") for _ in range(2))
        page.goto(write_small_page(tmp_path, small.picture, change))
        sheet.goto(page.url)
        page.wait_for_selector("#figure-small[data-ready]", state="attached")
        page.add_script_tag(content=CONTROLS)
        differences = compare(page, sheet, record_of(small), [[0], [3], [6]])
        page.close(), sheet.close()
        return judge(differences)

    return look_at


def test_a_small_figure_is_what_matplotlib_paints(seen):
    assert seen() is None


def replaced(pattern, by):
    """Return a change that is sure to have changed something."""

    def change(svg):
        changed = re.sub(pattern, by, svg)
        assert changed != svg
        return changed

    return change


# A text that moves is turned by its numbers, whatever the first picture says: so its style is.
LOSSES = {
    "a line": replaced(r'<path d="[^"]*" style="[^"]*--slope[^"]*"/>', ""),
    "the dashes": replaced(r"stroke-dasharray:[^;\"]*", "stroke-dasharray:none"),
    "the width of a line": replaced("stroke-width:4", "stroke-width:1"),
    "a colour": replaced(r"var\(--slope\)", "var(--model)"),
    "a colour of what moves": replaced(r"fill:var\(--path\)", "fill:var(--function)"),
    "the light through a region": replaced("fill-opacity:0.25", "fill-opacity:0.9"),
    "a disc": replaced(r"fill:var\(--path\)", "display:none;fill:var(--path)"),
    "the turn of a text": replaced(r'(<text class="moves"[^>]*style=")', r"\1transform:none;"),
    "the numbers at an axis": replaced(r"<text(?! class)[^>]*--muted-text[^>]*>[^<]*</text>", ""),
    "the size of letters": replaced(r'(<text class="moves"[^>]*style=")', r"\1font-size:9px;"),
    "a name": replaced(">across<", "><"),
    "the place of a name": replaced(r'dy="[\d.]+em"([^>]*>across<)', r'dy=".3em"\1'),
}


@pytest.mark.parametrize("lost", LOSSES)
def test_what_is_lost_is_noticed(lost, seen):
    assert seen(LOSSES[lost]) is not None


# --- What the numbers say -----------------------------------------------------------------------

READ = """([name, wishes]) => {
  const root = document.getElementById(`figure-${name}`);
  return wishes.map((indices) => {
    indices.forEach((index, k) => move(controls(name)[k], index));
    return [...root.querySelectorAll(".live-panel")].map((panel) =>
      [...panel.querySelectorAll(".moves")].map((each) => ({
        d: each.getAttribute("d"), glyph: each.dataset.glyph || "",
      })));
  });
}"""


def drawn_points(elements):
    """Return where the markers stand that the page shows, shape (n, 2)."""
    found = [
        pair
        for each in elements
        if each["glyph"]
        for pair in re.findall(rf"M({NUMBER}) ({NUMBER})(?=m)", each["d"])
    ]
    return np.array(found, dtype=float).reshape(-1, 2)


def distance(points, others):
    """Return how far each of the points is from the nearest of the others."""
    return np.min(np.hypot(*(points[:, None] - others[None]).transpose(2, 0, 1)), axis=1)


def test_every_position_of_one_figure_is_the_walk_in_plain_python(records, opened):
    figure = records["two-valleys"]
    rates, starts = (track.values for track in figure.tracks)
    everywhere = [[i, j] for i in range(len(rates)) for j in range(len(starts))]
    panels = opened(figure).evaluate(READ, [figure.name, everywhere])
    (ends,) = figure.spec["axes"]
    (low, high), (near, far) = np.transpose(
        [(ends[axis][:2], ends[axis][2:4]) for axis in "xy"], (1, 2, 0)
    )
    for (i, j), shown_there in zip(everywhere, panels, strict=True):
        x, path = starts[j], []
        for _ in range(31):
            path.append((x, x**4 / 4 - 2 * x**2 + x / 2))
            x = x - rates[i] * (x**3 - 4 * x + 1 / 2)
            if abs(x) > 1e12:
                break
        pixels = near + (np.array(path) - low) / (high - low) * (far - near)
        inside = ((np.array(path) > low) & (np.array(path) < high)).all(axis=1)
        points = drawn_points(shown_there[0])
        assert distance(pixels[inside], points).max() <= 0.5
        assert distance(points, pixels).max() <= 0.5


# --- What the hand does -------------------------------------------------------------------------

MOVES = """async (name) => {
  const root = document.getElementById(`figure-${name}`);
  const inputs = controls(name);
  const times = [], sizes = new Set(), pictures = new Set();
  const isInSpace = !root.querySelector(".live-panel:not(.live-solid)");
  for (let step = 0; step < 50; step++) {
    const input = inputs[step % inputs.length];
    const next = Math.floor(step * 7919 / inputs.length) % count(input);
    await new Promise((done) => requestAnimationFrame(done));  // one move a frame, as by hand
    const start = performance.now();
    move(input, next);
    const { width, height } = root.getBoundingClientRect();  // layout included
    times.push(performance.now() - start);
    sizes.add(`${width} ${height} ${document.documentElement.scrollHeight}`);
    const shown = (each) => (each.toDataURL ? each.toDataURL() : each.outerHTML);
    if (pictures.size > 1) continue;  // it has moved
    pictures.add([...root.querySelectorAll(isInSpace ? "canvas" : ".moves")].map(shown).join());
  }
  return [times, [...sizes], pictures.size];
}"""


@pytest.mark.parametrize("name", NAMES)
def test_slider_moves_the_picture_within_a_frame_and_nothing_jumps(name, records, opened):
    page, slow = opened(records[name]), []
    for _ in range(10):  # other work on the machine only adds time: the best run counts
        times, sizes, pictures = page.evaluate(MOVES, name)
        assert len(sizes) == 1
        assert pictures > 1
        slow.append(np.percentile(times, 95))
        if slow[-1] <= FRAME:
            return
    assert min(slow) <= FRAME


@pytest.mark.parametrize("name", NAMES)
def test_presets_reset_link_and_values(name, records, opened):
    figure = records[name]
    page = opened(figure)
    state = f'controls("{name}").map(at)'
    first = page.evaluate(state)
    assert first == [track.start for track in figure.tracks]
    for text, wish in figure.spec["presets"]:
        page.click(f'#figure-{name} >> role=button[name="{text}"]')
        for wanted, index in zip(wish, page.evaluate(state), strict=True):
            assert wanted in (None, index)
    moved = page.evaluate(state)
    pasted = eval(f"dict({copied(page, name, 'values', 'Values')})")
    chosen = zip(figure.tracks, moved, strict=True)
    assert pasted == {t.name: t.values[k] if t.kind == "range" else t.texts[k] for t, k in chosen}
    link = copied(page, name, "link", "Link")
    page.click(f"#figure-{name} [data-do=reset]")
    assert page.evaluate(state) == first
    page.evaluate("(link) => { location.hash = ''; location.hash = link.split('#')[1]; }", link)
    page.wait_for_function(
        f"JSON.stringify({state}) === '{json.dumps(moved, separators=(',', ':'))}'"
    )


def test_what_is_copied_stays_until_it_is_read_or_the_figure_moves_on(records, opened):
    page, last = opened(records["two-valleys"]), records["two-valleys"].sizes[0] - 1
    said = page.locator("#figure-two-valleys .live-news.live-said")
    page.evaluate(READ, ["two-valleys", [[0], [last]]])  # rests only in a moment, and tells of it
    copied(page, "two-valleys", "link", "Link")
    page.wait_for_timeout(1000)
    assert said.inner_text().startswith("Link copied: ")
    page.evaluate(READ, ["two-valleys", [[0]]])
    said.wait_for(state="detached", timeout=3000)
    words = page.locator("#figure-two-valleys .live-words").inner_text()
    assert page.locator("#figure-two-valleys .live-news").inner_text() == words


def test_what_is_copied_a_second_time_stays_as_long_as_the_first(records, opened):
    page = opened(records["two-valleys"])
    said = page.locator("#figure-two-valleys .live-news.live-said")
    copied(page, "two-valleys", "link", "Link")
    page.wait_for_timeout(2500)
    copied(page, "two-valleys", "link", "Link")
    page.wait_for_timeout(2500)  # the time of the first is over
    assert said.inner_text().startswith("Link copied: ")
    said.wait_for(state="detached", timeout=3000)


def test_an_address_is_followed_though_a_figure_at_rest_writes_its_own(records, opened):
    page = opened(records["two-valleys"])
    page.evaluate("""() => {
      location.hash = "two-valleys?x0=-3";
      history.replaceState(null, "", "#two-valleys?x0=2.8");  // before the browser tells of it
    }""")
    slider = page.locator("#figure-two-valleys [data-slider=x0]")
    page.wait_for_function("(slider) => slider.value === '0'", arg=slider.element_handle())


# Where a figure stands on the screen once nothing moves any more.
PLACE = """async (name) => {
  let [before, still] = [NaN, 0];
  while (still < 30) {
    await new Promise((done) => requestAnimationFrame(done));
    const { top } = document.querySelector(`#figure-${name}`).getBoundingClientRect();
    still = top === before ? still + 1 : 0;
    before = top;
  }
  return before;
}"""


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_an_address_leads_to_its_figure_however_far(width, motion, records, open_page):
    first, last = records["secant-to-tangent"], records["step-size"]
    for address in (f"{last.name}?h=0.1", last.name, f"figure-{last.name}"):
        view = {"width": width, "height": 740}
        page = open_page(f"book/{last.page}#{address}", viewport=view, reduced_motion=motion)
        assert 0 <= page.evaluate(PLACE, last.name) < 100
        page.evaluate("(address) => { location.hash = address; }", f"{first.name}?t=2")
        assert 0 <= page.evaluate(PLACE, first.name) < 100


def test_who_scrolls_away_from_the_figure_of_the_address_stays_away(records, open_page):
    figure = records["step-size"]
    page = open_page(f"book/{figure.page}#{figure.name}?h=0.1")
    page.mouse.move(600, 300)
    page.mouse.wheel(0, -3000)
    assert page.evaluate(PLACE, figure.name) > 1000


def test_who_scrolls_on_the_smooth_way_to_a_figure_stays_away(records, open_page):
    figure = records["step-size"]
    page = open_page(f"book/{figure.page}#{figure.name}?h=0.1")
    page.evaluate(PLACE, figure.name)
    # Chromium without a screen ignores a mouse's wheel on a smooth way: the page is told of one.
    page.evaluate(
        """async (name) => {
      const scrollAway = (top) => {
        dispatchEvent(new WheelEvent("wheel"));
        scrollBy({ top, behavior: "instant" });
      };
      scrollAway(-900);
      location.hash = name;
      await new Promise((done) => addEventListener("hashchange", done, { once: true }));
      scrollAway(-1200);
    }""",
        figure.name,
    )
    page.wait_for_timeout(1000)  # later than the page would have begun to keep it in view
    assert page.evaluate(PLACE, figure.name) > 1000


@pytest.mark.parametrize("name", NAMES)
def test_keys_mouse_and_touch_move_it(name, records, opened):
    figure = records[name]
    page, handle = opened(figure), figure.spec["handle"]
    state = f'controls("{name}").map(at)'
    before, start = page.evaluate(state), figure.tracks[0].start
    control = page.locator(f"#figure-{name} [data-slider]").first
    if figure.tracks[0].kind == "choice":
        control.get_by_role("button").nth(1 if start == 0 else 0).press("Enter")
    else:
        control.press("ArrowRight" if start == 0 else "ArrowLeft")
    page.wait_for_timeout(20)
    assert page.evaluate(state) != before
    if not handle:
        return
    grip = page.locator(f"#figure-{name} .live-handle")
    here = f"#figure-{name} [data-slider"
    inputs = [page.locator(f"{here}={each}]") for each in handle["sliders"]]
    for track, moved, key in zip(handle["sliders"], inputs, ("Left", "Down"), strict=False):
        start = moved.input_value()
        grip.focus()
        direction = key if start != "0" else {"Left": "Right", "Down": "Up"}[key]
        page.keyboard.press(f"Arrow{direction}")
        assert moved.input_value() != start, track
    grip.scroll_into_view_if_needed()
    box = page.locator(f"#figure-{name} .live-panel svg").nth(handle["panel"]).bounding_box()
    middle = (box["x"] + 0.55 * box["width"], box["y"] + 0.45 * box["height"])
    grip.hover()
    page.mouse.down()
    page.mouse.move(*middle, steps=4)
    page.mouse.up()
    dragged = [each.input_value() for each in inputs]
    size = SIZES[len(figure.spec["axes"])]
    for axis, (places, value) in enumerate(zip(handle["places"], dragged, strict=True)):
        there = (0.55, 0.45)[axis] * size[axis]
        assert abs(int(value) - int(np.argmin(np.abs(np.array(places) - there)))) <= 1
    page.touchscreen.tap(box["x"] + 0.3 * box["width"], box["y"] + 0.7 * box["height"])
    assert [each.input_value() for each in inputs] != dragged


# --- In space -----------------------------------------------------------------------------------

IN_SPACE = ["bowl-cuts", "tangent-plane", "tilted-plane", "two-samples"]
PICTURE = "(canvas) => canvas.toDataURL()"
RESTED = 400  # milliseconds, after which all faces are drawn


@pytest.mark.parametrize("name", IN_SPACE)
def test_panel_in_space_is_turned_and_brought_back(name, records, opened):
    page = opened(records[name])
    panel = page.locator(f"#figure-{name} .live-solid")
    canvas = panel.locator("canvas")
    ranges = [panel.get_by_label(label) for label in ("Turn", "Tilt")]
    canvas.scroll_into_view_if_needed()
    page.wait_for_timeout(RESTED)
    home, first = [each.input_value() for each in ranges], canvas.evaluate(PICTURE)

    def seen():
        page.wait_for_timeout(RESTED)
        return canvas.evaluate(PICTURE), [each.input_value() for each in ranges]

    for turn in (lambda: ranges[0].press("ArrowRight"), lambda: ranges[1].press("ArrowRight")):
        turn()
        picture, view = seen()
        assert picture != first
        assert view != home
        ranges[0].press("Home")
        assert seen() == (first, home)
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 3, steps=4)
    page.mouse.up()
    picture, view = seen()
    assert picture != first
    assert view != home
    canvas.dblclick()
    assert seen() == (first, home)


def test_a_panel_in_space_looks_the_same_whatever_was_drawn_before(records, opened):
    """The box is drawn first with no line of the walk before it, and then after a walk of steps."""
    page = opened(records["room-in-space"])
    figure = page.locator("#figure-room-in-space")
    canvas, step = figure.locator("canvas"), figure.locator("input[data-slider]")

    def seen_anew():
        for key in ("ArrowRight", "Home"):  # from where nothing is kept of the picture
            figure.get_by_label("Turn").press(key)
            page.wait_for_timeout(RESTED)
        return canvas.evaluate(PICTURE)

    step.press("Home")
    before = seen_anew()
    step.press("End")
    page.wait_for_timeout(RESTED)
    assert canvas.evaluate(PICTURE) != before
    step.press("Home")
    assert seen_anew() == before


def test_letters_that_come_late_are_drawn_on_a_panel_in_space(records, opened, browser, site):
    figure = records["tangent-plane"]
    address = f"{site}/book/{figure.page}#{figure.name}"
    with browser.new_page(**CALM, color_scheme="light") as page:
        page.route("**/*.woff2", lambda route: None)
        page.goto(address, wait_until="commit")
        page.wait_for_selector(f"#figure-{figure.name} .live-turnable")
        canvas = page.locator(f"#figure-{figure.name} canvas")
        page.wait_for_timeout(RESTED)
        before = canvas.evaluate(PICTURE)
        page.unroute("**/*.woff2")  # lets those go on that wait
        page.wait_for_timeout(RESTED)
        page.evaluate("document.fonts.ready.then(() => true)")
        page.wait_for_timeout(RESTED)
        after = canvas.evaluate(PICTURE)
    page = opened(figure)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(RESTED)  # its own letters come, too
    assert before != after
    assert after == page.locator(f"#figure-{figure.name} canvas").evaluate(PICTURE)


# Whether a panel's picture of SVG is seen, and whether its canvas was ever drawn on.
STANDS = """(panel) => [
  getComputedStyle(panel.querySelector(".live-poster")).visibility === "visible",
  panel.classList.contains("live-turnable"),
]"""


@pytest.mark.parametrize("name", ["two-samples", "tangent-plane"])  # six screens down and more
def test_a_panel_in_space_far_from_view_is_drawn_when_the_reader_comes(name, open_page, records):
    page = open_page(f"book/{records[name].page}", **CALM)
    page.evaluate(READ_ON)
    page.wait_for_selector(f"#figure-{name}[data-ready]", state="attached")
    panel = page.locator(f"#figure-{name} .live-solid")
    assert panel.evaluate(STANDS) == [True, False]  # to draw would lay out the section about it
    panel.scroll_into_view_if_needed()
    page.wait_for_selector(f"#figure-{name} .live-turnable")
    assert panel.evaluate(STANDS) == [False, True]
    pixels = "(canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)"
    assert panel.locator("canvas").evaluate(f"{pixels}.data.some((byte) => byte)")


def test_a_panel_in_space_that_was_never_near_is_printed_as_it_stands(open_page, records):
    page = open_page(f"book/{records['two-samples'].page}", **CALM)
    page.evaluate(READ_ON)
    page.wait_for_selector("#figure-two-samples[data-ready]", state="attached")
    panel = page.locator("#figure-two-samples .live-solid")
    assert panel.evaluate(STANDS) == [True, False]
    page.pdf()
    assert panel.evaluate(STANDS) == [False, True]


# Keeps the texts that end beyond the canvas that they are written on.
NOTE_CUT = """() => {
  globalThis.cut = [];
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const { a, d } = this.getTransform();
    const { width, actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } =
      this.measureText(text);
    const left = x - { start: 0, center: width / 2, end: width }[this.textAlign];
    const [across, high] = [this.canvas.width / a, this.canvas.height / d];
    if (Math.min(left, across - left - width, y - up, high - y - down) < -1) cut.push(text);
    fillText.call(this, text, x, y);
  };
}"""


def test_no_letter_of_a_panel_in_space_is_cut_off_on_a_narrow_phone(site_folder, open_page):
    in_space = [name for name in NAMES if told(site_folder, name)["solid"]]
    assert set(in_space) > set(IN_SPACE)
    for chapter in sorted({BOOKS[name].stem for name in in_space}):
        page = open_page(f"book/{chapter}.html", **CALM)
        page.evaluate(NOTE_CUT)
        for name in (name for name in in_space if BOOKS[name].stem == chapter):
            page.set_viewport_size({"width": 360, "height": 740})
            page.locator(f"#figure-{name}").scroll_into_view_if_needed()
            page.locator(f"#figure-{name} .live-turnable").first.wait_for()
            page.set_viewport_size({"width": 320, "height": 740})  # draws it anew
            page.wait_for_timeout(RESTED)
            assert page.evaluate("cut.splice(0)") == [], name


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_letters_grow_on_a_phone_and_do_not_meet(chapter, on_a_phone):
    figures = [name for name in NAMES if BOOKS[name].stem == chapter]
    for panels, close in on_a_phone(f"book/{chapter}.html").letters.values():
        assert panels >= len(figures)
        assert close == []


TURN = """async (canvas) => {
  const times = [];
  const hand = (type, k) => canvas.dispatchEvent(new PointerEvent(type, { pointerId: 7,
    clientX: 9 * k, clientY: 40 * Math.sin(k / 9) }));
  const { setPointerCapture, hasPointerCapture } = canvas;
  Object.assign(canvas, { setPointerCapture() {}, hasPointerCapture: () => true });
  hand("pointerdown", 0);
  for (let k = 1, last = performance.now(); k < 60; k++) {
    hand("pointermove", k);
    await new Promise((done) => requestAnimationFrame(done));
    times.push(performance.now() - last);
    last = performance.now();
  }
  Object.assign(canvas, { setPointerCapture, hasPointerCapture });
  return times.slice(12);
}"""


def test_panel_in_space_turns_at_30_frames_a_second_on_a_slow_machine(records, opened):
    page, found = opened(records["tangent-plane"]), []
    canvas = page.locator("#figure-tangent-plane canvas")
    browser = page.context.new_cdp_session(page)
    browser.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    try:
        for _ in range(10):  # other work on the machine only takes time: the best run counts
            found.append(1000 / np.mean(canvas.evaluate(TURN)))
            if found[-1] >= 30:
                return
    finally:
        browser.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    assert max(found) >= 30


@pytest.mark.parametrize("name", NAMES)
def test_words_are_the_authors_and_are_announced(name, records, opened):
    figure = records[name]
    readout = figure.spec["readout"]
    page = opened(figure)
    assert page.locator(f"#figure-{name} svg[role=img]").get_attribute("aria-label")
    if not readout["at"]:
        return
    away, last = [0 for _ in figure.sizes], [size - 1 for size in figure.sizes]
    page.evaluate(HURRY)
    page.evaluate(READ, [name, [away, last]])  # one that starts there has nothing to announce
    words = readout["texts"][readout["at"][-1]]
    assert page.locator(f"#figure-{name} .live-words").inner_text() == words
    page.wait_for_function(
        "([at, words]) => document.querySelector(`${at} [aria-live=polite]`).innerText === words",
        arg=[f"#figure-{name}", words],
    )
    page.evaluate(UNHURRIED)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_play_runs_to_the_last_step(chapter, records, opened):
    playing = [each for each in records.of(chapter) if each.spec["play"]]
    steps = [f"#figure-{each.name} [data-slider={each.spec['play']}]" for each in playing]
    for figure, step in zip(playing, steps, strict=True):  # at many times the pace for a reader
        page = opened(figure)
        page.evaluate(HURRY)
        page.click(f"#figure-{figure.name} [data-plays={figure.spec['play']}]")
        page.wait_for_function(
            "([at, first]) => [...document.querySelectorAll(at)].every((slider) =>"
            " slider.value === (first ? '0' : slider.max))",
            arg=[step, figure.spec["backwards"]],
        )
        page.evaluate(UNHURRIED)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_figures_read_without_javascript(chapter, without_scripts, records):
    page = without_scripts(f"book/{chapter}.html")
    for figure in records.of(chapter):
        assert page.locator(f"#figure-{figure.name} svg[role=img]").is_visible()
        is_in_space = len(figure.spec["axes"]) == figure.spec["axes"].count(None)
        moves = ".live-lit path" if is_in_space else ".moves"
        drawn = page.locator(f"#figure-{figure.name} {moves}").evaluate_all
        assert drawn("all => all.some((e) => e.getAttribute('d') || e.textContent)")


@pytest.mark.parametrize(
    ("query", "expected"),
    [("?x0=-3&learning_rate=0.1", 0), ("?x0=nonsense", 29), ("?", 29), ("?" + quote("<b>"), 29)],
)
def test_address_sets_the_figure_and_nonsense_does_not(query, expected, records, opened):
    figure = records["two-valleys"]
    page = opened.again(figure, query)
    assert page.locator(f"#figure-{figure.name} [data-slider=x0]").input_value() == str(expected)
    page.close()


def test_no_page_carries_a_widget_that_needs_a_runtime(site_folder):
    for page in site_folder.rglob("*.html"):
        assert "vnd.jupyter.widget" not in page.read_text(encoding="utf-8"), page.name
