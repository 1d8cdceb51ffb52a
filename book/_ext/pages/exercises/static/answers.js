// The questions of a page: what the reader gives is judged here, by what stands in it.
// The words of an answer are set as text, never as HTML. A classic script, for file://.
"use strict";

(() => {
  const folder = /** @type {HTMLScriptElement} */ (document.currentScript).src.replace(/[^/]*$/, "");
  /** @type {(a: number, b: number, within: number) => boolean} */
  const isNear = (a, b, within) => Math.abs(a - b) <= within + 1e-9 * Math.max(1, Math.abs(b));

  /** @type {Promise<any> | undefined} */
  let loading;

  /** Load the reading of formulas, once, when a box first wants it. */
  function formulas() {
    const load = (/** @type {string} */ name) =>
      new Promise((done, fail) => {
        const script = document.createElement("script");
        Object.assign(script, { src: folder + name, async: false, onload: done, onerror: fail });
        document.head.append(script);
      });
    loading ||= Promise.all([load("mathjs/parse.js"), load("formula.js")]);
    return loading;
  }

  // --- Numbers ---------------------------------------------------------------------------------

  const PLAIN = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:\/(\d+\.?\d*))?\s*%?$/i;

  /**
   * The number that is typed: plain, a fraction, or anything without letters, such as sqrt(2)/2.
   * @param {string} typed
   */
  async function amount(typed) {
    const text = typed.replaceAll("−", "-").replace(/^.*=/, "").trim();
    const plain = text.replace(/\s*\/\s*/, "/").match(PLAIN);
    if (plain) return Number(plain[1]) / Number(plain[2] || 1);
    if (/^[+-]?\d+,\d+$/.test(text)) throw new Error("Write a decimal point, not a comma.");
    await formulas();
    return formula.value(formula.read(text, []), {});
  }

  /**
   * What is typed without the unit, if the unit is the right one.
   * @param {string} typed @param {string} unit
   */
  function withoutUnit(typed, unit) {
    const tail = typed.trim().replaceAll(" ", "");
    const bare = unit.replaceAll(" ", "");
    return bare && tail.endsWith(bare) ? tail.slice(0, -bare.length) : typed;
  }

  /** @param {string} typed @param {NumberCheck} check @returns {Promise<Verdict>} */
  async function judgeNumber(typed, { value, within, unit, slips }) {
    if (typed.length > 200) throw new Error("That is too long for a number.");
    const given = await amount(withoutUnit(typed, unit)).catch((error) => {
      const wanted = unit ? `Give a number, in ${unit} or without a unit.` : "Give a number.";
      throw new Error(error.message.startsWith("Write") ? error.message : `${wanted} ${error.message}`);
    });
    if (!Number.isFinite(given)) throw new Error("That is not a finite number.");
    if (isNear(given, value, within)) return { right: true, words: "", given };
    const gap = (/** @type {Slip<number>} */ [wrong]) => Math.abs(given - wrong);
    const slip = [...slips].sort((a, b) => gap(a) - gap(b))[0];
    if (slip && isNear(given, slip[0], Math.max(within, 0.005 * Math.abs(slip[0])))) return { right: false, words: slip[1], given };
    if (value && isNear(given, -value, within)) return { right: false, words: "The size is right, the sign is not.", given };
    if (value && isNear(given, value, 0.03 * Math.abs(value))) {
      return { right: false, words: "Close: compute it with more digits.", given };
    }
    return { right: false, words: "Try again, or fold out the hint.", given };
  }

  // --- The four kinds --------------------------------------------------------------------------

  /** @param {number} k @param {ChoiceCheck} check @returns {Verdict} */
  function judgeChoice(k, { right, why, values }) {
    return { right: k === right, words: why[k], given: values ? values[k] : null };
  }

  /** @param {string} typed @param {DerivativeCheck} check @returns {Promise<Verdict>} */
  async function judgeDerivative(typed, check) {
    await formulas();
    return formula.judge(typed, check);
  }

  /** @param {HTMLElement} question */
  const field = (question) => question.querySelector("input");
  /** @param {HTMLElement} question @returns {NodeListOf<HTMLButtonElement>} */
  const options = (question) => question.querySelectorAll("button[value]");

  /** @param {HTMLElement} question @param {string} typed @param {any} check, of the question's kind */
  function judge(question, typed, check) {
    if (!field(question)) return judgeChoice(Number(typed), check);
    if (!typed.trim()) throw new Error("Type an answer first.");
    return question.dataset.kind === "derivative"
      ? judgeDerivative(typed.trim(), check)
      : judgeNumber(typed.trim(), check);
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
      const { right, words, given } = await judge(question, typed, check);
      say(question, right ? "right" : "wrong", right ? "Right." : "Not yet.", words);
      progress.answered(question.id, typed, right);
      question.guess = given;
    } catch (error) {
      say(question, "unread", "", error instanceof Error ? error.message : "The parser could not be loaded.");
    }
  }

  /**
   * Show a formula as it is typed; while it cannot be read yet, the last picture stays, pale.
   * @param {HTMLElement} question @param {DerivativeCheck} check
   */
  async function preview(question, check) {
    await formulas();
    const typed = field(question).value;
    const picture = question.querySelector(".answer-typed");
    try {
      picture.replaceChildren(...(typed.trim() ? [formula.draw(formula.read(typed, check.variables))] : []));
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
    const figure = document.getElementById(`figure-${check.figure.split("?")[0]}`);
    if (!figure) return;
    event.preventDefault();
    const guess = Number.isFinite(question.guess) && check.line ? { ...check.line, value: question.guess } : null;
    figure.dispatchEvent(new CustomEvent("guess", { detail: guess }));
    if (location.hash === "#" + check.figure) dispatchEvent(new HashChangeEvent("hashchange"));
    else location.hash = check.figure;
    figure.tabIndex = -1;
    figure.focus({ preventScroll: true });
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
    if (question.dataset.kind === "derivative") {
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
  document.querySelectorAll(".answer").forEach((question) => near.observe(question));
})();
