// The questions of a page: what the reader gives is judged here, by what stands in the form itself.
// The words of an answer are set as text, never as HTML. A classic script, for file://.
"use strict";

(() => {
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const isNear = (a, b, within) => Math.abs(a - b) <= within + 1e-9 * Math.max(1, Math.abs(b));

  /** Load the reading of formulas, once, when a box first wants it. */
  let loading;
  function formulas() {
    const load = (name) =>
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

  /** The number that is typed: plain, a fraction, or anything without letters, such as sqrt(2)/2. */
  async function amount(typed) {
    const text = typed.replaceAll("−", "-").replace(/^.*=/, "").trim();
    const plain = text.replace(/\s*\/\s*/, "/").match(PLAIN);
    if (plain) return Number(plain[1]) / Number(plain[2] || 1);
    if (/^[+-]?\d+,\d+$/.test(text)) throw new Error("Write a decimal point, not a comma.");
    await formulas();
    return formula.value(formula.read(text, []), {});
  }

  /** What is typed without the unit, if the unit is the right one. */
  function withoutUnit(typed, unit) {
    const tail = typed.trim().replaceAll(" ", "");
    const bare = unit.replaceAll(" ", "");
    return bare && tail.endsWith(bare) ? tail.slice(0, -bare.length) : typed;
  }

  async function judgeNumber(typed, { value, within, unit, slips }) {
    if (typed.length > 200) throw new Error("That is too long for a number.");
    const given = await amount(withoutUnit(typed, unit)).catch((error) => {
      const wanted = unit ? `Give a number, in ${unit} or without a unit.` : "Give a number.";
      throw new Error(error.message.startsWith("Write") ? error.message : `${wanted} ${error.message}`);
    });
    if (!Number.isFinite(given)) throw new Error("That is not a finite number.");
    if (isNear(given, value, within)) return { right: true, words: "", given };
    const gap = ([wrong]) => Math.abs(given - wrong);
    const slip = [...slips].sort((a, b) => gap(a) - gap(b))[0];
    if (slip && isNear(given, slip[0], Math.max(within, 0.005 * Math.abs(slip[0])))) return { right: false, words: slip[1], given };
    if (value && isNear(given, -value, within)) return { right: false, words: "The size is right, the sign is not.", given };
    if (value && isNear(given, value, 0.03 * Math.abs(value))) {
      return { right: false, words: "Close: compute it with more digits.", given };
    }
    return { right: false, words: "Try again, or fold out the hint.", given };
  }

  // --- The four kinds --------------------------------------------------------------------------

  function judgeChoice(k, { right, why, values }) {
    return { right: k === right, words: why[k], given: values ? values[k] : null };
  }

  async function judgeDerivative(typed, check) {
    await formulas();
    return formula.judge(typed, check);
  }

  const chosen = (form) => form.querySelector("input[type=radio]:checked");
  const field = (form) => form.querySelector("input:not([type=radio])");

  function judge(form, check) {
    if (!field(form)) {
      if (!chosen(form)) throw new Error("Choose one first.");
      return judgeChoice(Number(chosen(form).value), check);
    }
    const typed = field(form).value.trim();
    if (!typed) throw new Error("Type an answer first.");
    return form.dataset.kind === "derivative" ? judgeDerivative(typed, check) : judgeNumber(typed, check);
  }

  function say(form, state, verdict, words) {
    const output = form.querySelector("output");
    const head = document.createElement("strong");
    head.textContent = verdict;
    output.replaceChildren(...(verdict ? [head, " "] : []), words);
    form.dataset.state = state;
  }

  async function answer(form, check) {
    try {
      const { right, words, given } = await judge(form, check);
      say(form, right ? "right" : "wrong", right ? "Right." : "Not yet.", words);
      progress.answered(form.id, field(form) ? field(form).value : chosen(form).value, right);
      form.guess = given;
    } catch (error) {
      say(form, "unread", "", error instanceof Error ? error.message : "The parser could not be loaded.");
    }
  }

  /** Show a formula as it is typed; while it cannot be read yet, the last picture stays, pale. */
  async function preview(form, check) {
    await formulas();
    const typed = field(form).value;
    const picture = form.querySelector(".answer-typed");
    try {
      picture.replaceChildren(...(typed.trim() ? [formula.draw(formula.read(typed, check.variables))] : []));
      picture.classList.remove("stale");
    } catch {
      picture.classList.add("stale");
    }
  }

  /** Open the figure at the run in question, with the guess, if there is one, drawn over it. */
  function reveal(form, check, event) {
    const figure = document.getElementById(`figure-${check.figure.split("?")[0]}`);
    if (!figure || !figure.dataset.ready) return;
    event.preventDefault();
    const guess = Number.isFinite(form.guess) && check.line ? { ...check.line, value: form.guess } : null;
    figure.dispatchEvent(new CustomEvent("guess", { detail: guess }));
    if (location.hash === "#" + check.figure) dispatchEvent(new HashChangeEvent("hashchange"));
    else location.hash = check.figure;
    figure.tabIndex = -1;
    figure.focus({ preventScroll: true });
  }

  function enliven(form) {
    const check = JSON.parse(form.dataset.check);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(form, check);
    });
    if (form.dataset.kind === "derivative") {
      const picture = document.createElement("span");
      picture.className = "answer-typed";
      form.querySelector("output").before(picture);
      field(form).addEventListener("focus", formulas, { once: true });
      field(form).addEventListener("input", () => preview(form, check));
    }
    const link = form.querySelector(".answer-reveal");
    if (link) link.addEventListener("click", (event) => reveal(form, check, event));
    const before = progress.kept().answers[form.id];
    if (before && before.right) remember(form, before);
  }

  function remember(form, { typed }) {
    if (field(form)) field(form).value = typed;
    else for (const each of form.querySelectorAll("input")) each.checked = each.value === typed;
    say(form, "right", "Right.", "You have answered this before.");
  }

  document.querySelectorAll("form.answer").forEach(enliven);
})();
