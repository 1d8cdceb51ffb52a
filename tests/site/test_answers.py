"""The questions of the built pages, in a browser: right passes, slips are named, rubbish is told.

What is right is what the page itself says; that it is true is asked by the other tests.
"""

import json

import pytest

from tests.pages import test_grammar, test_judging

CHAPTERS = ["derivatives", "minima", "gradients", "newton", "hessians", "gradient_descent"]
CHAPTERS += [
    "descent_failures",
    "perceptron",
    "house_prices",
    "logistic",
    "backpropagation",
    "generalisation",
]
LENGTH = 10_000
RUBBISH = [
    "((x",
    "x)))",
    "(" * 150 + "x",
    "x +",
    "9^9^9^9^9^9^9",
    "-9^9^9^9^9",
    "1/0",
    "0/0",
    "NaN",
    "Infinity",
    "<script>document.title = 'taken'</script>",
    "<img src=x onerror=\"document.title = 'taken'\">",
    "javascript:document.title='taken'",
    "document.title = 'taken'",
    "constructor.constructor('return 1')()",
    "__proto__",
    "toString()",
    "import('fs')",
    "f(y) = y",
    "[1, 2; 3]",
    "x => x",
    "\\frac{1}{2}",
    "%PDF \u0000 \u202e 🙂",
    "sin",
    "1,5",
    "x" * LENGTH,
    "(" * LENGTH,
    "9" * LENGTH,
]
# Give an answer as a reader does.
ANSWER = """
function answer(form, given) {
  form.dataset.state = '';
  if (typeof given === 'number') form.querySelector(`button[value="${given}"]`).click();
  else {
    const field = form.querySelector('input');
    field.value = given;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    form.querySelector('button').click();
  }
}"""
# Give it, and wait until the page has said something to it.
GIVE = (
    "async ([name, given]) => {"
    + ANSWER
    + """
  const form = document.getElementById(name);
  const moment = () => new Promise((go) => setTimeout(go, 1));
  // A question comes to life on view.
  if (!form.dataset.state) form.scrollIntoView({ behavior: 'instant' });
  for (let k = 0; k < 2000 && !form.dataset.state; k++) await moment();
  answer(form, given);
  for (let k = 0; k < 2000 && !form.dataset.state; k++) await moment();
  const output = form.querySelector('output');
  const strange = [...output.querySelectorAll(':not(strong)')].length;
  return { state: form.dataset.state, words: output.textContent, strange };
}"""
)
JUDGE = """(cases) => cases.map(({ task, typed, check }) => {
  try {
    const found = task === 'number' ? numbers.number(typed, check) : judge.derivative(typed, check);
    return found.right ? 'right' : 'wrong';
  } catch (error) {
    return error instanceof pieces.Unread ? 'unread' : String(error);
  }
})"""
READ = """(cases) => cases.map(([typed, letters, by]) => {
  try {
    const found = grammar.readings(typed, letters, by);
    return found.map((each) => grammar.shape(each.tree) + (each.isLikely ? '' : ' ?')).join('; ');
  } catch (error) {
    return `! ${error.piece}`.trim();
  }
})"""
# A browser may refuse to keep anything; the theme is let through, for it is not the point here.
REFUSE = """for (const name of ['getItem', 'setItem', 'removeItem']) {
  const old = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...rest) {
    if (key === 'downhill') throw new Error('refused');
    return old.call(this, key, ...rest);
  };
}"""
FORMS = """() => [...document.querySelectorAll('.answer')].map((form) => ({
  name: form.id, kind: form.dataset.kind, check: JSON.parse(form.dataset.check) }))"""


@pytest.fixture(scope="module")
def open_chapter(browser, site):
    """Open a chapter once for all tests; return the page and what it has complained of."""
    opened = {}

    def page_of(chapter):
        if chapter not in opened:
            page, complaints = browser.new_page(), []
            page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(f"{site}/book/{chapter}.html")
            page.wait_for_load_state("load")
            opened[chapter] = page, complaints
        return opened[chapter]

    yield page_of
    for page, _ in opened.values():
        page.close()


def answers(check):
    """Return the right answer, the wrong ones with their words, and some rubbish, as typed."""
    if "why" in check:
        wrong = [(k, words) for k, words in enumerate(check["why"]) if k != check["right"]]
        return check["right"], wrong, []
    if "right" in check:
        return check["right"], check["slips"], RUBBISH
    wrong = [(repr(value), words) for value, words, _ in check["slips"]]
    return f"{check['value']!r} {check['unit']}", wrong, RUBBISH


def assert_judged(page, form):
    """Give a question each of its slips, and then the right answer."""
    right, wrong, _ = answers(form["check"])
    for answer, words in wrong:
        said = page.evaluate(GIVE, [form["name"], answer])
        assert (said["state"], said["words"]) == ("wrong", f"Not yet. {words}"), form["name"]
    said = page.evaluate(GIVE, [form["name"], right])
    assert said["state"] == "right", (form["name"], right, said["words"])


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_right_passes_and_each_slip_has_its_own_answer(chapter, open_chapter):
    page, complaints = open_chapter(chapter)
    forms = page.evaluate(FORMS)
    assert {form["kind"] for form in forms} >= {"number", "derivative", "predict"}
    for form in forms:
        assert_judged(page, form)
    assert complaints == []


# Where a prediction leads: what is asked of the sliders, what they show, and what is drawn.
REVEAL = """async (name) => {
  const form = document.getElementById(name);
  const [figure, query] = JSON.parse(form.dataset.check).figure.split('?');
  const root = document.getElementById('figure-' + figure);
  const wait = (time) => new Promise((go) => setTimeout(go, time));
  for (let k = 0; k < 3000 && !root.dataset.ready; k++) await wait(1);
  form.querySelector('.answer-reveal').click();
  await wait(50);
  const spec = liveNumbers[figure];
  const wrong = [...new URLSearchParams(query)].filter(([slider, wish]) => {
    const { values, texts } = spec.sliders.find((each) => each.name === slider);
    const input = root.querySelector(`[data-slider="${slider}"]`);
    const pressed = [...input.children].findIndex((each) => each.ariaPressed === "true");
    const at = input.tagName === "INPUT" ? Number(input.value) : pressed;
    return values ? values[at] !== Number(wish) : texts[at] !== wish;
  });
  const drawn = root.querySelector('path.live-guess');
  const path = drawn ? drawn.getAttribute('d').slice(1).split('L') : [];
  const ends = path.map((end) => end.split(' '));
  const inside = ends.every(([x, y]) => x >= 40 && x <= 560 && y >= 20 && y <= 320);
  return { wrong, ends: ends.length, inside };
}"""


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_prediction_leads_to_its_run_with_the_guess_drawn(chapter, open_chapter):
    page, complaints = open_chapter(chapter)
    for form in page.evaluate(FORMS):
        if form["kind"] == "predict":
            right, *_ = answers(form["check"])
            page.evaluate(GIVE, [form["name"], right])
            seen = page.evaluate(REVEAL, form["name"])
            assert seen == {"wrong": [], "ends": 2, "inside": True}, form["name"]
    assert complaints == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_rubbish_gets_words_and_the_page_lives_on(chapter, open_chapter):
    page, complaints = open_chapter(chapter)
    title = page.title()
    kinds = {form["kind"]: form for form in page.evaluate(FORMS) if "why" not in form["check"]}
    for form in kinds.values():
        right, _, rubbish = answers(form["check"])
        for answer in [*rubbish, "", "   "]:
            said = page.evaluate(GIVE, [form["name"], answer])
            assert said["state"] in {"unread", "wrong"}, (form["name"], answer[:40])
            assert 5 < len(said["words"].strip()) < 300, (answer[:40], said["words"])
            assert not said["strange"]
        assert page.evaluate(GIVE, [form["name"], right])["state"] == "right"
    assert page.title() == title
    assert complaints == []


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("2x e^(-x) - x^2 e^(-x)", "right"),
        ("2*x*exp(-x) - x**2*exp(-x)", "right"),
        ("f'(x) = x(2-x)e^-x", "right"),
        ("(2x − x²)/e^x", "right"),
        ("x · e⁻ˣ · (2 − x)", "right"),
        ("x^2/e^x − 2x/e^x", "Everything is right but the sign."),
        ("2xe^{-x} - x²e^{-x}", "right"),
        ("3 x (2-x) e^(-x)", "It is 3 times"),
        ("e^-x 2x − x^2 e^-x", "right"),
        ("x(2-x)/e^x + 10^-30", "a little off"),
        ("2x/e^x − x^2/e^x", "right"),
        ("x^2", "At x = "),
        ("ln(x)", "no value at"),
        ("2 y", "The letters here are x and e"),
    ],
)
def test_formulas_are_read_as_readers_type_them(typed, state, open_chapter):
    page, _ = open_chapter("derivatives")
    said = page.evaluate(GIVE, ["ex-derivatives-5-1", typed])
    assert said["state"] == state or state in said["words"]


def test_the_scripts_say_in_the_browser_what_they_say_elsewhere(open_chapter):
    page, _ = open_chapter("derivatives")
    page.evaluate(GIVE, ["ex-derivatives-5-1", "x"])  # which loads them
    cases = [test_judging.task(row) for row in test_judging.ROWS]
    shown = page.evaluate(JUDGE, cases)
    wanted = [[row["state"], row["typed"]] for row in test_judging.ROWS]
    assert [
        [state, row["typed"]] for state, row in zip(shown, test_judging.ROWS, strict=True)
    ] == wanted
    rows = test_grammar.CASES
    read = page.evaluate(READ, [[row["typed"], list(row["letters"]), row["by"]] for row in rows])
    assert read == [row["readings"] for row in rows]


def test_formula_is_drawn_while_it_is_typed(open_chapter):
    page, _ = open_chapter("derivatives")
    page.locator("#ex-derivatives-5-1").scroll_into_view_if_needed()
    field = page.locator("#ex-derivatives-5-1-field")
    field.fill("")
    field.press_sequentially("sqrt(x)/2 + x^2y")
    page.wait_for_selector("#ex-derivatives-5-1 .answer-typed.stale")  # there is no y here
    field.press("Backspace")
    drawn = page.locator("#ex-derivatives-5-1 .answer-typed:not(.stale) math")
    assert [drawn.locator(tag).count() for tag in ("msqrt", "mfrac", "msup")] == [1, 1, 1]


def test_number_takes_units_fractions_and_formulas(open_chapter):
    page, _ = open_chapter("derivatives")
    for typed in ("6", "6 m/s", "6m/s", "12/2", "6.0", "sqrt(36)", "2·3"):
        assert page.evaluate(GIVE, ["ask-derivatives-1", typed])["state"] == "right", typed
    for typed in ("6,0", "6 m·s⁻¹", "v = 6 m/s.", "21.6 km/h"):
        assert page.evaluate(GIVE, ["ask-derivatives-1", typed])["state"] == "right", typed
    told = [("6 kg", "in m/s"), ("-6", "sign"), ("6.1", "within 0.05"), ("9 = 6", "not the same")]
    for typed, words in told:
        assert words in page.evaluate(GIVE, ["ask-derivatives-1", typed])["words"], typed


def test_text_with_two_readings_is_shown_in_both(open_chapter):
    page, _ = open_chapter("derivatives")
    page.locator("#ex-derivatives-5-1").scroll_into_view_if_needed()
    page.locator("#ex-derivatives-5-1-field").fill("e^x/2x")
    drawn = page.locator("#ex-derivatives-5-1 .answer-typed math")
    drawn.nth(1).wait_for()
    page.locator("#ex-derivatives-2-2").scroll_into_view_if_needed()
    page.locator("#ex-derivatives-2-2-field").fill("1,000 + 1")
    page.locator("#ex-derivatives-2-2 .answer-typed math").nth(1).wait_for()
    page.locator("#ex-derivatives-2-2-field").fill("1.25")  # a plain number needs no picture
    page.wait_for_selector("#ex-derivatives-2-2 .answer-typed:empty", state="attached")


def test_a_hint_is_named_only_where_there_is_one(open_chapter):
    page, _ = open_chapter("derivatives")
    for question, has_hint in (("ask-derivatives-1", False), ("ex-derivatives-2-2", True)):
        words = page.evaluate(GIVE, [question, "123.456"])["words"]
        assert ("hint" in words, "Try again" in words) == (has_hint, True)


SPAN = """() => {
  const { sliders } = liveNumbers['secant-to-tangent'];
  const { values, texts } = sliders.find(({ name }) => name === 'h');
  const at = document.querySelector('#figure-secant-to-tangent [data-slider=h]').value;
  return Number((values || texts)[Number(at)]);
}"""


def test_guess_is_drawn_over_the_run(open_chapter):
    page, _ = open_chapter("derivatives")
    form, figure = page.locator("#ask-derivatives-1"), page.locator("#figure-secant-to-tangent")
    page.wait_for_selector("#figure-secant-to-tangent[data-ready]", state="attached")
    form.locator(".answer-reveal").click()  # nothing has to be answered first
    page.evaluate(GIVE, ["ask-derivatives-1", "7"])
    form.locator(".answer-reveal").click()
    assert page.evaluate(SPAN) == 0.001
    assert page.evaluate("document.activeElement.id") == "figure-secant-to-tangent"
    drawn = figure.locator("path.live-guess").get_attribute("d")
    x, y = page.evaluate("liveNumbers['secant-to-tangent'].axes.map(({ x, y }) => [x, y])[0]")
    (x0, y0), (x1, y1) = [[float(number) for number in end.split()] for end in drawn[1:].split("L")]
    units = (x[3] - x[2]) / (x[1] - x[0]), (y[3] - y[2]) / (y[1] - y[0])
    assert (y1 - y0) / units[1] / ((x1 - x0) / units[0]) == pytest.approx(7)
    figure.locator("[data-do=reset]").click()
    assert figure.locator(".live-guess").count() == 0


def test_guess_waits_for_the_numbers_of_its_figure(browser, site):
    page = browser.new_page()
    page.route("**/_static/figures/*", lambda route: None)  # not answered yet
    page.goto(f"{site}/book/derivatives.html", wait_until="domcontentloaded")
    page.evaluate(GIVE, ["ask-derivatives-1", "7"])
    page.locator("#ask-derivatives-1 .answer-reveal").click()
    assert page.locator("#figure-secant-to-tangent[data-ready]").count() == 0
    page.unroute("**/_static/figures/*")  # which lets go of what was held
    figure = page.locator("#figure-secant-to-tangent[data-ready]")
    figure.locator("path.live-guess").wait_for(state="attached")
    assert page.evaluate(SPAN) == 0.001
    page.close()


# What the browser keeps.


def test_answers_are_kept_shown_saved_and_erased(browser, site, tmp_path):
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(f"{site}/book/derivatives.html#ex-derivatives-1-1")
    field = page.locator("#ex-derivatives-1-1-field")
    field.focus()
    page.keyboard.type("17")
    page.keyboard.press("Enter")  # by the keyboard alone
    page.wait_for_selector("#ex-derivatives-1-1[data-state=right]")  # the scripts load once
    assert page.locator("#ex-derivatives-1-1 output").inner_text().startswith("Right.")
    page.evaluate(GIVE, ["ex-derivatives-1-2", "x"])
    page.reload()
    page.wait_for_selector("#ex-derivatives-1-1[data-state=right]")
    assert field.input_value() == "17"
    assert page.locator("#ex-derivatives-1-2[data-state=ready]").count() == 1
    page.locator(".toc-tree .scroll-current", has_text="Exercises").wait_for(state="attached")
    page.goto(f"{site}/book/intro.html")
    box = page.locator(".progress")
    cell = box.locator("[data-questions*=ex-derivatives-1-1]")
    count = len(cell.get_attribute("data-questions").split(" "))
    assert cell.text_content() == f"1 of {count}"  # laid out or not
    back = box.locator(".progress-back a")
    assert "derivatives.html" in back.get_attribute("href")
    assert back.text_content() == "1. Derivatives: Exercises"  # not its number alone
    with page.expect_download() as download:
        box.get_by_text("Save my answers").click()
    download.value.save_as(tmp_path / "answers.json")
    saved = json.loads((tmp_path / "answers.json").read_text(encoding="utf-8"))
    assert saved["answers"]["ex-derivatives-1-1"] == {"typed": "17", "right": True}
    assert saved["answers"]["ex-derivatives-1-2"] == {"typed": "x", "right": False}
    box.get_by_text("Erase my answers").click()
    assert cell.inner_text() == f"0 of {count}"
    assert page.evaluate("localStorage.getItem('downhill')") is None
    context.close()


def test_a_browser_that_keeps_nothing_still_answers(browser, site_folder):
    context = browser.new_context()
    context.add_init_script(REFUSE)
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((site_folder / "book" / "derivatives.html").as_uri())
    assert page.evaluate(GIVE, ["ex-derivatives-5-1", "x(2-x)e^-x"])["state"] == "right"
    page.goto((site_folder / "book" / "intro.html").as_uri())
    page.locator(".progress").get_by_text("Erase my answers").click()
    assert complaints == []
    context.close()


def test_without_scripts_questions_are_words_and_solutions_fold(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/book/derivatives.html")
    page.locator("#ex-derivatives-5").scroll_into_view_if_needed()
    assert page.locator("#ex-derivatives-5 legend, #ex-derivatives-5 label").first.is_visible()
    assert not page.locator("#ex-derivatives-5-1 input").is_visible()
    assert not page.locator("#ex-derivatives-5-1 button").is_visible()
    solution = page.locator("#ex-derivatives-5 details.solution")
    assert not solution.locator("p").first.is_visible()
    solution.locator("summary").click()
    assert solution.locator("p").first.is_visible()
    context.close()
