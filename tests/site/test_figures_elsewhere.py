"""The figures and questions of a chapter in Firefox and in WebKit, beside the same in Chromium.

One chapter on every run; ``make browsers`` takes all.
"""

import os
import time

import numpy as np
import pytest

from tests.site.readers import Reader
from tests.site.records import CHAPTERS, FIGURES, told
from tests.site.test_answers import ANSWER, FORMS, answers
from tests.site.test_live_pages import CONTROLS

ASKED = CHAPTERS if os.environ.get("BROWSERS") == "all" else ["gradient_descent"]
OF = {book.stem: names for book, names in FIGURES.items()}
each_chapter = pytest.mark.parametrize("chapter", ASKED)
NEAR = 2  # pixels, by which a browser may lay out otherwise

PREPARE = (
    "() => {"
    + CONTROLS
    + """
  // GTK's WebKit rounds the width of each letter, and a row of words might break elsewhere.
  document.styleSheets[0].insertRule(`.live, .live * { white-space: nowrap !important;
    flex-wrap: nowrap !important; min-width: 0; overflow: clip }`);
  window.complaints = [];
  addEventListener('error', (event) => complaints.push(event.message));
  addEventListener('unhandledrejection', (event) => complaints.push(String(event.reason)));
  const said = console.error;
  console.error = (...words) => { complaints.push(words.join(' ')); said(...words); };
  Object.assign(window, { move, count, at, controls, painted: 0 });
  requestAnimationFrame(function tick() { painted++; requestAnimationFrame(tick); });
}"""
)
COME = """(name) => {
  const root = document.getElementById(`figure-${name}`);
  root.closest('section').style.contentVisibility = 'visible';
  root.scrollIntoView({ block: 'center', behavior: 'instant' });
  return root.dataset.ready !== undefined;
}"""
# What a figure shows: its sliders, its words, its paths, and where its parts stand within it.
SHOWN = """(name) => {
  const root = document.getElementById(`figure-${name}`);
  const { left, top } = root.getBoundingClientRect();
  const place = (part) => {
    const box = part.getBoundingClientRect();
    const name = part.dataset.slider ?? part.dataset.plays ?? part.className;
    return [name, [box.left - left, box.top - top, box.width, box.height]];
  };
  const parts = '.live-panel, .live-words, [data-slider], [data-plays], figcaption';
  return {
    at: controls(name).map(at),
    words: root.querySelector('.live-words')?.innerText ?? null,
    drawn: [...root.querySelectorAll('.moves')].map((each) => [each.getAttribute('d')
      ?? each.textContent, each.getAttribute('transform'), each.style.display]),
    places: [root, ...root.querySelectorAll(parts)].map(place),
    frame: painted,
  };
}"""
STILL = 4  # frames in which what is moving would have changed
SET = "([name, indices]) => indices.forEach((index, k) => move(controls(name)[k], index))"
# One figure plays by itself as soon as it is seen.
PLAY = """(name) => {
  const button = document.querySelector(`#figure-${name} [data-plays]`);
  if (button.textContent === 'Play') button.click();
}"""
PAUSE = "(name) => document.querySelector(`#figure-${name} [data-plays]`).click()"
# Where a hand takes hold of a figure, and where it drags to, in pixels of the window.
HOLD = """([name, panel]) => {
  const grip = document.querySelector(`#figure-${name} .live-handle`);
  grip.focus();
  const box = grip.getBoundingClientRect();
  const into = document.querySelectorAll(`#figure-${name} .live-panel`)[panel]
    .getBoundingClientRect();
  return [[box.left + box.width / 2, box.top + box.height / 2],
    [into.left + 0.55 * into.width, into.top + 0.45 * into.height]];
}"""
ALIVE = """(name) => {
  const form = document.getElementById(name);
  form.closest('section').style.contentVisibility = 'visible';
  form.scrollIntoView({ block: 'center', behavior: 'instant' });
  return Boolean(form.dataset.state);
}"""
GIVE = f"([name, given]) => {{ {ANSWER}\nanswer(document.getElementById(name), given); }}"
VERDICT = """(name) => {
  const form = document.getElementById(name);
  return [form.dataset.state, form.querySelector('output').textContent];
}"""


class Here:
    """Chromium, asked in the way of the others."""

    def __init__(self, browser, width, height):
        self.tab = browser.new_page(viewport={"width": width, "height": height})
        self.go, self.evaluate, self.press = self.tab.goto, self.tab.evaluate, None


class Visitor(Reader):
    """A reader of the figures of one page."""

    def open(self, go, address):
        go(address)
        self.until("() => document.readyState === 'complete'")
        self.evaluate(PREPARE)

    def come_to(self, name):
        self.until(COME, name)

    def at_rest(self, name, wanted=lambda shown: True):
        """Return what a figure shows when it moves no more and is as it is wanted."""
        last, since, end = None, 0, time.monotonic() + 60
        while time.monotonic() < end:
            shown = self.evaluate(SHOWN, name)
            frame = shown.pop("frame")
            if shown != last:
                last, since = shown, frame
            elif frame - since >= STILL and wanted(shown):
                return shown
            time.sleep(0.05)
        raise AssertionError(f"{name}: {last}")

    def set(self, name, indices, words):
        """Move the sliders of a figure and return what it shows then."""
        self.evaluate(SET, [name, indices])
        return self.at_rest(
            name, lambda shown: shown["at"] == indices and words in (None, shown["words"])
        )


@pytest.fixture(scope="module")
def here(browser, driven):
    """Chromium with a window as large as that of the browser that is driven."""
    driven.resize(1200, 900)
    size = driven.evaluate("[document.documentElement.clientWidth, innerHeight]")
    opened = Here(browser, *size)
    yield opened
    opened.tab.close()


def words_at(spec, indices):
    """Return the words below a figure where its sliders stand, as its author has them."""
    if not spec["readout"]["at"]:
        return None
    sizes = [len(slider["texts"]) for slider in spec["sliders"]]
    place = 0
    for size, index in zip(sizes, indices, strict=True):
        place = place * size + index
    return spec["readout"]["texts"][spec["readout"]["at"][place]]


def other_than(*positions):
    return lambda shown: shown["at"] not in positions


def elsewhere(places, others):
    """Return the parts that stand elsewhere than their partners, or are otherwise large."""
    return [
        (part, box, other)
        for (part, box), (_, other) in zip(places, others, strict=True)
        if np.abs(np.subtract(box, other)).max() > NEAR
    ]


@each_chapter
def test_figures_show_what_they_show_in_chromium(chapter, driven, here, site, site_folder):
    readers = [Visitor(each.evaluate, each.press) for each in (driven, here)]
    for reader, go in zip(readers, (driven.go, here.go), strict=True):
        reader.open(go, f"{site}/book/{chapter}.html")
    found = {}
    for name in OF[chapter]:
        spec = told(site_folder, name)
        sizes = [len(slider["texts"]) for slider in spec["sliders"]]
        for indices in ([0] * len(sizes), [size - 1 for size in sizes]):
            seen = []
            for reader in readers:
                reader.come_to(name)
                seen.append(reader.set(name, indices, words_at(spec, indices)))
            assert seen[0]["drawn"] == seen[1]["drawn"], (name, indices)
            if parts := elsewhere(seen[0]["places"], seen[1]["places"]):
                found[name] = parts
    assert found == {}
    assert driven.evaluate("complaints") == []


@each_chapter
def test_figures_play_and_answer_keys_and_hand(chapter, driven, site, site_folder):
    reader = Visitor(driven.evaluate, driven.press)
    reader.open(driven.go, f"{site}/book/{chapter}.html")
    for name in OF[chapter]:
        spec = told(site_folder, name)
        reader.come_to(name)
        if spec["play"]:
            first = reader.evaluate(SHOWN, name)["at"]
            reader.evaluate(PLAY, name)
            second = reader.until(SHOWN, name, other_than(first))["at"]
            reader.until(SHOWN, name, other_than(first, second))
            reader.evaluate(PAUSE, name)
        if spec["handle"]:
            before = reader.at_rest(name)["at"]
            reader.evaluate(HOLD, [name, spec["handle"]["panel"]])
            for key in ("ArrowLeft", "ArrowRight", "ArrowRight"):  # it may stand at an end
                reader.press(key)
                if reader.at_rest(name)["at"] != before:
                    break
            keyed = reader.at_rest(name)["at"]
            assert keyed != before, name
            start, end = reader.evaluate(HOLD, [name, spec["handle"]["panel"]])
            driven.drag(start, end)
            assert reader.at_rest(name)["at"] != keyed, name
    assert driven.evaluate("complaints") == []


@each_chapter
def test_questions_are_answered_wrong_and_right(chapter, driven, site):
    reader = Visitor(driven.evaluate, driven.press)
    reader.open(driven.go, f"{site}/book/{chapter}.html")
    for form in driven.evaluate(FORMS):
        right, wrong, _ = answers(form["check"])
        name = form["name"]
        for answer, words in [*wrong, (right, None)]:
            reader.until(ALIVE, name)
            reader.evaluate(GIVE, [name, answer])
            state, said = reader.until(VERDICT, name, lambda told: told[0])
            assert state == ("wrong" if words else "right"), (name, answer, said)
            assert words is None or said == f"Not yet. {words}", name
    assert driven.evaluate("complaints") == []
