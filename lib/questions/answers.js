// The questions of a page or a notebook: what the reader gives is judged here, by what stands in it.
// The words of an answer are set as text, never as HTML. One text serves two places: in the page it is
// a classic script, for file://, and fetches what reads formulas when that is wanted; in Jupyter it is
// a module, in which Python has put that before it.
"use strict";

const answers = (() => {
  const own = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const folder = own ? own.src.replace(/[^/]*$/, "") : "";
  const SCRIPTS = ["pieces.js", "grammar.js", "exact.js", "judge.js", "numbers.js", "draw.js"];

  /** @type {Promise<any> | undefined} */
  let loading;

  /** Load what reads and judges formulas, once, when a box first wants it. */
  function formulas() {
    const load = (/** @type {string} */ name) =>
      new Promise((done, fail) => {
        const script = document.createElement("script");
        Object.assign(script, { src: folder + name, async: false, onload: done, onerror: fail });
        document.head.append(script);
      });
    loading ||= Promise.all(own ? SCRIPTS.map(load) : []);
    return loading;
  }

  // --- The four kinds --------------------------------------------------------------------------

  /** @param {number} k @param {ChoiceCheck} check @returns {Verdict} */
  function judgeChoice(k, { right, why, values }) {
    return { right: k === right, words: why[k], given: values ? values[k] : null };
  }

  /** @param {HTMLElement} question */
  const field = (question) => question.querySelector("input");
  /** @param {HTMLElement} question @returns {NodeListOf<HTMLButtonElement>} */
  const options = (question) => question.querySelectorAll("button[value]");

  /** @param {HTMLElement} question @param {string} typed @param {any} check, of the question's kind */
  async function verdictOn(question, typed, check) {
    if (!field(question)) return judgeChoice(Number(typed), check);
    if (!typed.trim()) throw new Error("Type an answer first.");
    await formulas();
    return question.dataset.kind === "derivative" ? judge.derivative(typed, check) : numbers.number(typed, check);
  }

  /** What is said where nothing explains the answer. @param {HTMLElement} question */
  function encouragement(question) {
    const exercise = question.closest(".exercise");
    return exercise && exercise.querySelector("details.hint") ? "Try again, or fold out the hint." : "Try again.";
  }

  /** @type {(question: HTMLElement, state: string, verdict: string, words: string) => void} */
  function say(question, state, verdict, words) {
    const output = question.querySelector("output");
    const head = document.createElement("strong");
    head.textContent = verdict;
    output.replaceChildren(...(verdict ? [head, " "] : []), words);
    question.dataset.state = state;
  }

  /**
   * Put an answer into its question: into the field, or on the button that says it.
   * @param {HTMLElement} question @param {string} typed
   */
  function enter(question, typed) {
    if (field(question)) field(question).value = typed;
    for (const each of options(question)) each.setAttribute("aria-pressed", each.value === typed);
  }

  /** @param {QuestionBox} question @param {string} typed @param {Check} check */
  async function answer(question, typed, check) {
    enter(question, typed);
    try {
      const { right, words, given } = await verdictOn(question, typed, check);
      const told = words || (right ? "" : encouragement(question));
      say(question, right ? "right" : "wrong", right ? "Right." : "Not yet.", told);
      progress.answered(question.id, typed, right);
      question.guess = given;
    } catch (error) {
      const lost = "The page could not load what reads formulas.";
      say(question, "unread", "", error instanceof Error ? error.message : lost);
    }
  }

  /** The ways in which a text may be read. @param {HTMLElement} question @param {string} typed @param {any} check */
  function readings(question, typed, check) {
    if (question.dataset.kind !== "derivative") return numbers.read(typed, check.unit).readings;
    return judge.statement(typed, check.variables, check.by, () => true);
  }

  /**
   * Show how a text is read while it is typed, in each way if there are several; a plain number needs no
   * picture. While it cannot be read yet, the last picture stays, pale.
   * @param {HTMLElement} question @param {any} check
   */
  async function preview(question, check) {
    await formulas();
    const typed = field(question).value;
    const picture = question.querySelector(".answer-typed");
    const isPlain = question.dataset.kind !== "derivative" && /^[\s\d.+−-]*$/.test(typed);
    try {
      const all = typed.trim() && !isPlain ? readings(question, typed, check) : [];
      const ways = all.filter(({ isLikely }) => isLikely).slice(0, 3);
      picture.replaceChildren(...ways.flatMap(({ tree }, k) => (k ? [" or ", draw(tree)] : [draw(tree)])));
      picture.classList.remove("stale");
    } catch {
      picture.classList.add("stale");
    }
  }

  /**
   * Open the figure at the run in question, with the guess, if there is one, drawn over it.
   * @param {QuestionBox} question @param {Prediction} check @param {Event} event
   */
  function reveal(question, check, event) {
    const name = check.figure.split("?")[0];
    const figure = own ? document.getElementById(`figure-${name}`) : document.querySelector(`[data-figure="${name}"]`);
    if (!figure) return;
    event.preventDefault();
    const guess = Number.isFinite(question.guess) && check.line ? { ...check.line, value: question.guess } : null;
    figure.dispatchEvent(new CustomEvent("guess", { detail: guess }));
    if (!own) return showInNotebook(figure, check.figure);
    if (location.hash === "#" + check.figure) dispatchEvent(new HashChangeEvent("hashchange"));
    else location.hash = check.figure;
    figure.tabIndex = -1;
    figure.focus({ preventScroll: true });
  }

  /** A notebook's address is not ours. @param {HTMLElement} figure @param {string} place */
  function showInNotebook(figure, place) {
    figure.dispatchEvent(new CustomEvent("place", { detail: place }));
    figure.scrollIntoView({ block: "nearest" });
  }

  /** @param {QuestionBox} question */
  function bringToLife(question) {
    const check = JSON.parse(question.dataset.check || "");
    const template = question.querySelector("template");
    if (template) template.replaceWith(template.content);
    question.addEventListener("click", ({ target }) => {
      const button = /** @type {HTMLElement} */ (target).closest("button");
      if (button) answer(question, field(question) ? field(question).value : button.value, check);
    });
    question.addEventListener("keydown", ({ key, target }) => {
      if (key === "Enter" && target === field(question)) answer(question, field(question).value, check);
    });
    if (field(question)) {
      field(question).addEventListener("focus", formulas, { once: true });
      field(question).addEventListener("input", () => preview(question, check));
    }
    const link = question.querySelector(".answer-reveal");
    if (link) link.addEventListener("click", (event) => reveal(question, check, event));
    question.dataset.state = "ready";
    const before = progress.kept().answers[question.id];
    if (before && before.right) remember(question, before);
  }

  /** @param {HTMLElement} question @param {{ typed: string }} answer */
  function remember(question, { typed }) {
    enter(question, typed);
    say(question, "right", "Right.", "You have answered this before.");
  }

  // A question comes to life when the reader comes near, and is no form element: a browser looks at all
  // forms and fields of a page as soon as it has loaded, and would have to lay out a whole chapter.
  const near = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        bringToLife(/** @type {QuestionBox} */ (target));
      }
    },
    { rootMargin: "100%" },
  );
  if (own) document.querySelectorAll(".answer").forEach((question) => near.observe(question));
  return { bringToLife };
})();

// --- In Jupyter -------------------------------------------------------------------------------

/** @param {{ model: WidgetModel, el: HTMLElement }} host */
function renderQuestions({ model, el }) {
  el.classList.add("asked");
  el.innerHTML = model.get("markup");
  el.querySelectorAll(".answer").forEach((question) => {
    answers.bringToLife(/** @type {QuestionBox} */ (question));
  });
}
