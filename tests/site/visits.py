"""What is found on a page in two visits: at a desk, and on a phone.

A visit is one load of a page in a fresh browser. It measures everything that the tests of
`test_pages.py` and `test_everywhere.py` ask for, in an order in which no measurement disturbs the
next.
"""

from dataclasses import dataclass, field
from functools import cache

import scripts

ALL_READY = "[...document.querySelectorAll('figure.live')].every((figure) => figure.dataset.ready)"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A reader who has come to the page and goes on, which is when figures far below ask for numbers.
READ_ON = "scrollBy({ top: 1, behavior: 'instant' })"
# Waited for within the page, but not by what its policy forbids, which is to make code of a text.
READY = f"""async () => {{
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 10)));
  for (let k = 0; k < 3000 && !({ALL_READY}); k++) await frame();
  return {ALL_READY};
}}"""
# Everything open and laid out, as the reader who has been everywhere sees it.
UNFOLD = """async () => {
  document.querySelectorAll('details').forEach((details) => { details.open = true; });
  document.querySelectorAll('section').forEach((section) => {
    section.style.contentVisibility = 'visible';
  });
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (const question of document.querySelectorAll('.answer')) {
    question.scrollIntoView({ behavior: 'instant' });
    for (let k = 0; k < 100 && !question.dataset.state; k++) await frame();
  }
  scrollTo({ top: 0, behavior: 'instant' });
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)));
}"""
# What screen readers are told of a formula stands for its thousand small boxes, which are hidden
# from them and take axe most of its time.
AS_TOLD = """
scrollTo({ top: 0, behavior: 'instant' });  // or the bar on a phone lies over what is beneath it
document.querySelectorAll('.katex').forEach((formula) => {
  formula.textContent = formula.querySelector('math').textContent;
  formula.style.cssText = 'white-space: normal; overflow-wrap: anywhere';
});
"""
CUT = """[...document.querySelectorAll("article pre")].filter(
  (box) => box.scrollWidth > box.clientWidth + 1)"""
LOOK = """(box) => { const { backgroundImage, backgroundAttachment } = getComputedStyle(box);
  return [backgroundImage.split("linear-gradient").length - 1, backgroundAttachment, box.tabIndex,
    box.getAttribute("role"), box.getAttribute("aria-label")]; }"""
SHADED = [4, "local, local, scroll, scroll", 0, "group", "Scrolls sideways"]
# An observer tells of new sizes after a frame is laid out, and the page answers in the next.
NEXT_FRAMES = """async () => {
  for (let k = 0; k < 3; k++) await new Promise((done) => requestAnimationFrame(done));
}"""
# Boxes that are reached by keyboard though they do not scroll, or the other way round.
WRONGLY_REACHED = """
[...document.querySelectorAll('.katex-display, .table-wrapper, article pre')]
  .filter((box) => (box.scrollWidth > box.clientWidth + 1) !== (box.tabIndex === 0))
  .map((box) => box.outerHTML.slice(0, 300))"""
# How high each section is guessed to be while it is not laid out, and how high it is.
SECTIONS = "[...document.querySelectorAll('article > section > section')]"
GUESSES = f"""{SECTIONS}.map((each) =>
  parseFloat(getComputedStyle(each).containIntrinsicHeight.slice(5)))"""
HEIGHTS = f"{SECTIONS}.map((each) => each.clientHeight)"
LAY_OUT = ":root article > section > section { content-visibility: visible }"
FONTS = "document.fonts.ready.then((all) => [...all].every((font) => font.status !== 'error'))"
WIDTHS = (1000, 1280, 1600)
# Just wider than where the style sheets change, and with it the least room for what they do there.
EDGES = (481, 737, 769, 832, 1009, 1074, 1313, 1552)
# The controls at whose lowest place on the screen the picture is not wholly seen.
APART = """async () => {
  const found = [];
  const bar = document.querySelector(".mobile-header")?.offsetHeight || 0;
  for (const control of document.querySelectorAll("figure.live .live-control")) {
    const low = control.getBoundingClientRect().bottom + scrollY;
    scrollTo({ top: low - innerHeight, behavior: "instant" });
    await new Promise((done) => requestAnimationFrame(done));
    const panels = control.closest("figure").querySelector(".live-panels").getBoundingClientRect();
    const top = control.getBoundingClientRect().top;
    if (panels.top < bar - 2 || panels.bottom > top + 2) found.push(control.outerHTML);
  }
  return found;
}"""
# Narrow screens; the narrowest is that which WCAG asks for, and a phone comes last.
NARROW = (768, 393, 320, 360)
# What leads or folds, and what does something to a figure: each is told from the others.
LEADS = ("a.headerlink", "article summary", "article .live .live-common button")
NAMES = """(selector) => [...document.querySelectorAll(selector)].filter(
  (each) => !each.closest('.tick')).map((each) => each.ariaLabel || each.textContent.trim())"""
# The texts at rest whose ink comes within a pixel of another's, in panels that are not in space.
CLOSE = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  const inkOf = (text) => {
    pen.font = getComputedStyle(text).font;
    const size = pen.measureText(text.textContent);
    const { x, y } = text.getStartPositionOfChar(0);
    const corners = [-size.actualBoundingBoxLeft, size.actualBoundingBoxRight].flatMap((across) =>
      [-size.actualBoundingBoxAscent, size.actualBoundingBoxDescent].map((down) =>
        new DOMPoint(x + across, y + down).matrixTransform(text.getScreenCTM())));
    const [xs, ys] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)];
    return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  };
  const isClose = ([left, right, top, bottom], [from, to, above, below]) =>
    left < to + 1 && from < right + 1 && top < below + 1 && above < bottom + 1;
  const found = [];
  let panels = 0;
  for (const svg of document.querySelectorAll("figure.live .live-panel:not(.live-solid) svg")) {
    const inks = [...svg.querySelectorAll("text:not(.moves)")]
      .filter((text) => text.textContent.trim()).map((text) => [text.textContent, inkOf(text)]);
    panels += inks.length > 1;
    inks.forEach(([text, ink], k) => inks.slice(k + 1).forEach(([other, its]) => {
      if (isClose(ink, its)) found.push([svg.closest("figure").id, text, other]);
    }));
  }
  return [panels, found];
}"""
# Punctuation that has been left alone at the start of a line, after a formula.
ORPHANS = r"""() => {
  const found = [];
  for (const formula of document.querySelectorAll('article span.math')) {
    const after = formula.nextSibling;
    const boxes = formula.querySelectorAll('.base');
    const start = after && after.nodeType === 3 && /^[.,;:?!)]/.exec(after.data);
    if (!start || !boxes.length) continue;
    if (boxes.length > 1 && formula.querySelector('.katex-html').textContent.length > 20) continue;
    const range = document.createRange();
    range.setStart(after, start[0].length - 1);
    range.setEnd(after, start[0].length);
    const sign = range.getBoundingClientRect();
    const last = boxes[boxes.length - 1].getBoundingClientRect();
    if (sign.height && sign.top >= last.bottom) found.push(formula.textContent.slice(0, 40));
  }
  return found;
}"""


def copied(page, name, action, said):
    """Press a button of a figure that copies; return what is copied, once the figure says so."""
    page.click(f"#figure-{name} [data-do={action}]")
    page.locator(f"#figure-{name} .live-news", has_text=f"{said} copied: ").wait_for(
        state="attached"
    )
    return page.evaluate("navigator.clipboard.readText()")


@dataclass
class Heard:
    """What a page has asked for and said since it was opened."""

    got: dict = field(default_factory=dict)  # the last request for each address that came back
    scripts: set = field(default_factory=set)
    asked: list = field(default_factory=list)
    complaints: list = field(default_factory=list)

    def listen(self, tab):
        tab.on("console", lambda said: said.type in ("error", "warning") and self.hear(said.text))
        tab.on("pageerror", lambda error: self.hear(str(error)))
        tab.on("request", lambda request: self.asked.append(request.url.rpartition("/")[2]))
        tab.on("requestfailed", self.miss)
        tab.on("requestfinished", self.take)

    def hear(self, words):
        self.complaints.append(words)

    def miss(self, request):
        if request.failure != "net::ERR_ABORTED":  # as when index.html leads on to the intro
            self.hear(f"failed: {request.url}")

    def take(self, request):
        self.got[request.url] = request
        # Numbers of figures and words of sections are data, though in the clothes of a script.
        data = any(f"/_static/{folder}/" in request.url for folder in ("figures", "search"))
        if request.resource_type == "script" and not data:
            self.scripts.add(request.url)

    def weights(self):
        """Return bytes as they travel, headers and all, by address."""
        sizes = {url: request.sizes() for url, request in list(self.got.items())}
        return {
            url: size["responseHeadersSize"] + size["responseBodySize"]
            for url, size in sizes.items()
        }


def violations(tab):
    """Return what axe finds on a page, which has its formulas as words afterwards."""
    tab.evaluate(AS_TOLD)
    tab.evaluate(axe())
    options = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    found = tab.evaluate("(options) => axe.run(options)", options)["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


@cache
def axe():
    """Return the script of axe, from npm, in the version of the lock file."""
    scripts.install()
    path = scripts.FOLDER / "node_modules" / "axe-core" / "axe.min.js"
    return path.read_text(encoding="utf-8")


def cut_code(tab):
    """Return the code that is cut off at one of the widths of a desk, by width."""
    found = {}
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        found[width] = tab.evaluate(f"{CUT}.map((box) => box.textContent.slice(0, 200))")
    return {width: boxes for width, boxes in found.items() if boxes}


def page_widths(tab, windows):
    """Return how wide a page is in windows of some widths, by these."""
    found = {}
    for width in windows:
        tab.set_viewport_size({"width": width, "height": 900})
        found[width] = tab.evaluate("document.documentElement.scrollWidth")
    return found


def narrowed(tab):
    """Return what is found at each narrow width, of which that of a phone is the last.

    Returns:
        three dictionaries by width: how wide the page is; the formulas whose sign begins the next
        line; and how many panels of figures were looked at, with their letters that meet.
    """
    widths, orphans, letters = {}, {}, {}
    for width in NARROW:
        widths |= page_widths(tab, [width])
        orphans[width] = tab.evaluate(ORPHANS)
        letters[width] = tab.evaluate(CLOSE)
    return widths, orphans, letters


def heights(tab):
    """Return pairs (guess, height) of the sections of a page, before anything is unfolded."""
    guessed = tab.evaluate(GUESSES)
    tab.add_style_tag(content=LAY_OUT)
    return list(zip(guessed, tab.evaluate(HEIGHTS), strict=True))


class Visit:
    """One load of a page in a context of its own, ready to be measured."""

    def __init__(self, browser, address, **options):
        self.heard = Heard()
        context = browser.new_context(**options)
        tab = context.new_page()
        self.heard.listen(tab)
        tab.goto(address, wait_until="networkidle")
        self.cold = sum(self.heard.weights().values())
        tab.evaluate(READ_ON)
        self.measure(tab)
        context.close()


class AtADesk(Visit):
    """A wide, light page over http, under its policy, read to its end with all that unfolds."""

    def __init__(self, browser, address):
        size = {"width": 1400, "height": 900}
        super().__init__(browser, address, viewport=size, color_scheme="light")

    def measure(self, tab):
        self.names = {selector: tab.evaluate(NAMES, selector) for selector in LEADS}
        self.is_ready = tab.evaluate(READY)
        self.heights = heights(tab)
        tab.evaluate(UNFOLD)
        tab.evaluate(FONTS)
        tab.wait_for_load_state("networkidle")
        self.weights = self.heard.weights()
        self.weight = sum(self.weights.values())
        self.weight_of_scripts = sum(self.weights[url] for url in self.heard.scripts)
        self.violations = violations(tab)
        # Without formulas a page is laid out in two fifths of the time.
        self.cut, self.widths = cut_code(tab), page_widths(tab, EDGES)


class OnAPhone(Visit):
    """A narrow, dark page that was saved on the disk."""

    def __init__(self, browser, address):
        size = {"width": 360, "height": 740}
        super().__init__(browser, address, viewport=size, color_scheme="dark")

    def measure(self, tab):
        self.fonts = tab.evaluate(FONTS)
        self.heights = heights(tab)
        tab.evaluate(UNFOLD)
        self.apart = tab.evaluate(APART)
        self.widths, self.orphans, self.letters = narrowed(tab)
        tab.evaluate(NEXT_FRAMES)
        self.wrongly_reached = tab.evaluate(WRONGLY_REACHED)
        looks = tab.evaluate(f"{CUT}.map({LOOK})")
        self.unshaded = [look for look in looks if look != SHADED]
        self.violations = violations(tab)
