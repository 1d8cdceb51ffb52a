"""Motion: what stands still is a computed scene, and Play is in the reader's hand."""

import pytest

SIZE = {"width": 1200, "height": 900}
# Figures of several kinds: walks that grow, lines that turn, a net, a place on a map.
FIGURES = {
    "descent-curve": "gradient_descent",
    "descent-room": "gradient_descent",
    "line-and-point": "perceptron",
    "net-step-by-step": "backpropagation",
    "expression-graph": "backpropagation",
    "secant-to-tangent": "derivatives",
    "newton-climbs": "newton",
}
# What a figure shows; a text without words has no place to speak of.
SHOWN = """(name) => {
  const PLACE = ["x", "y", "transform"];
  const look = (each) => each.tagName !== "text" ? each.getAttribute("d")
    : each.textContent && each.textContent + PLACE.map((key) => each.getAttribute(key));
  const words = document.querySelector(`#figure-${name} .live-words`)?.textContent;
  return [...document.querySelectorAll(`#figure-${name} .moves`)].map(look).concat(words);
}"""
# Move sliders to stops chosen by a generator of its own, before the picture has arrived each time.
WANDER = """async ([name, moves]) => {
  const controls = [...document.querySelectorAll(`#figure-${name} [data-slider]`)];
  let seed = 7;
  const draw = (count) => Math.floor((seed = (seed * 16807) % 2147483647) / 2147483647 * count);
  for (let k = 0; k < moves; k++) {
    const control = controls[draw(controls.length)];
    if (control.tagName === "INPUT") {
      control.value = draw(Number(control.max) + 1);
      control.dispatchEvent(new Event("input", { bubbles: true }));
    } else control.children[draw(control.children.length)].click();
    await new Promise((done) => setTimeout(done, draw(200)));
  }
}"""
NEXT = """(name) => {
  const slider = document.querySelector(`#figure-${name} input[data-slider]`);
  slider.value = Number(slider.value) + (Number(slider.value) < Number(slider.max) ? 1 : -1);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""


@pytest.fixture
def figure_page(open_page):
    def opened(name, **options):
        tab = open_page(f"book/{FIGURES[name]}.html#{name}?", viewport=SIZE, **options)
        tab.wait_for_selector(f"#figure-{name}[data-ready]", state="attached")
        tab.locator(f"#figure-{name}").scroll_into_view_if_needed()
        return tab

    return opened


def at_rest(tab, name):
    """Return what a figure shows once it has kept still for a while."""
    tab.wait_for_function(
        f"""async (name) => {{
          const shown = {SHOWN};
          const before = String(shown(name));
          await new Promise((done) => setTimeout(done, 400));
          return before === String(shown(name));
        }}""",
        arg=name,
    )
    return tab.evaluate(SHOWN, name)


@pytest.mark.parametrize("name", FIGURES)
def test_what_stands_still_is_a_computed_scene(name, figure_page, open_page):
    tab = figure_page(name)
    tab.evaluate(WANDER, [name, 20])
    told = "([words, news]) => $(words).textContent === $(news).textContent"
    parts = [f"#figure-{name} .live-words", f"#figure-{name} .live-news"]
    tab.wait_for_function(told.replace("$", "document.querySelector"), arg=parts)
    found, place = at_rest(tab, name), tab.evaluate("location.hash")
    other = open_page(f"book/{FIGURES[name]}.html{place}", viewport=SIZE, reduced_motion="reduce")
    other.wait_for_selector(f"#figure-{name}[data-ready]", state="attached")
    assert found == at_rest(other, name)


@pytest.mark.parametrize("name", ["secant-to-tangent", "line-and-point"])
def test_a_step_is_drawn_on_the_way_and_begins_at_once(name, figure_page):
    tab = figure_page(name)
    before = at_rest(tab, name)
    during = tab.evaluate(f"(name) => {{ ({NEXT})(name); return ({SHOWN})(name); }}", name)
    after = at_rest(tab, name)
    assert before != during != after
    assert during[-1] == before[-1] != after[-1]  # the words wait


def test_nothing_glides_for_who_wants_no_motion(figure_page):
    tab = figure_page("secant-to-tangent", reduced_motion="reduce")
    step = f"(name) => {{ ({NEXT})(name); return ({SHOWN})(name); }}"
    assert tab.evaluate(step, "secant-to-tangent") == at_rest(tab, "secant-to-tangent")


def test_play_begins_at_the_first_stop_and_can_be_held_stepped_and_slowed(figure_page):
    name = "net-step-by-step"
    tab = figure_page(name)
    stop = tab.locator(f"#figure-{name} [data-slider=step]")
    button = {each: tab.locator(f"#figure-{name} .live-player").get_by_text(each) for each in "‹›"}
    play = tab.locator(f"#figure-{name} [data-plays]")
    tab.evaluate(NEXT, name)
    play.click()
    assert stop.input_value() == "0"
    assert play.inner_text() == "Pause"
    tab.wait_for_function(
        "([at]) => document.querySelector(at).value === '2'",
        arg=[f"#figure-{name} [data-slider=step]"],
    )
    play.click()
    assert play.inner_text() == "Go on"
    button["›"].click()
    assert stop.input_value() == "3"
    button["‹"].click()
    button["‹"].click()
    assert stop.input_value() == "1"
    slower = tab.get_by_role("button", name="Slower").first
    assert slower.get_attribute("aria-pressed") == "false"
    tab.locator(f"#figure-{name} .live-player").get_by_text("Slower").click()
    play.click()
    assert stop.input_value() == "2"  # it goes on
    stop.focus()
    tab.keyboard.press("ArrowLeft")  # a hand on the figure stops it
    assert play.inner_text() == "Go on"


@pytest.mark.parametrize("name", ["net-step-by-step", "expression-graph"])
def test_values_grow_along_the_edges_of_a_network(name, figure_page):
    tab = figure_page(name)
    tab.locator(f"#figure-{name} [data-slider=step]").evaluate(
        "(slider) => { slider.value = 0; slider.dispatchEvent(new Event('input')); }"
    )
    before = at_rest(tab, name)
    lengths = tab.evaluate(
        f"""async (name) => {{
          const edges = [...document.querySelectorAll(`#figure-${{name}} path.moves`)];
          const length = () => edges.map((edge) => edge.getTotalLength() || 0)
            .reduce((sum, each) => sum + each, 0);
          const found = [length()];
          ({NEXT.replace("input[data-slider]", "[data-slider=step]")})(name);
          for (let k = 0; k < 90; k++) {{
            await new Promise((done) => requestAnimationFrame(done));
            found.push(length());
          }}
          return found;
        }}""",
        name,
    )
    assert at_rest(tab, name) != before
    between = {round(each) for each in lengths if lengths[0] + 1 < each < lengths[-1] - 1}
    assert len(between) > 1  # it comes along, and is not there at once


@pytest.mark.parametrize(("wish", "moves"), [("no-preference", True), ("reduce", False)])
def test_the_ball_of_the_first_page_rolls_by_itself_where_motion_is_wanted(wish, moves, open_page):
    for size in (SIZE, {"width": 360, "height": 740}):
        tab = open_page("book/intro.html", viewport=size, reduced_motion=wish)
        figure = tab.locator("#figure-rolling-ball")
        tab.wait_for_selector("#figure-rolling-ball[data-ready]", state="attached")
        box = figure.locator(".live-control").bounding_box()
        assert box["y"] + box["height"] <= size["height"]  # above the fold, with its one control
        step = figure.locator("[data-slider=step]")
        if moves:
            tab.wait_for_function("(slider) => slider.value === '30'", arg=step.element_handle())
        else:
            tab.wait_for_timeout(600)
            assert step.input_value() == "0"
