// The cells of a page: running them, keeping what a reader has changed, and giving back what was there.
"use strict";

const runPage = (() => {
  const { make } = cellOutputs;
  const hint = document.querySelector(".run-hint");
  const BYTES = 1e6;
  /** @type {RunCell | null} */
  let busy = null;
  let round = 0; // Stop begins another: what waits in an earlier one does not run
  let turn = Promise.resolve();

  /** @param {RunCell} cell */
  const isChanged = (cell) => codeEditing.textOf(cell.pre) !== cell.source;

  // --- What is kept ----------------------------------------------------------------------------

  /** A cell is known by its own text, so that a new edition of the book gets no change of another. */
  const names = (() => {
    /** @type {Map<string, number>} */
    const seen = new Map();
    return run.cells.map(({ source }) => {
      let hash = 5381;
      for (const letter of source) hash = (hash * 33 + (letter.codePointAt(0) || 0)) % 2 ** 32;
      const name = hash.toString(36);
      seen.set(name, (seen.get(name) || 0) + 1);
      return `${name}-${seen.get(name)}`;
    });
  })();

  /** @returns {Record<string, unknown>} */
  function kept() {
    try {
      return Object(JSON.parse(localStorage.getItem(run.KEY) || "{}"));
    } catch {
      return {};
    }
  }

  function keep() {
    const changed = run.cells.filter(isChanged);
    const all = Object.fromEntries(changed.map((cell) => [names[cell.k], codeEditing.textOf(cell.pre)]));
    /** @type {HTMLElement} */ (hint.querySelector(".run-all")).hidden = !changed.length;
    try {
      if (changed.length) localStorage.setItem(run.KEY, JSON.stringify(all));
      else localStorage.removeItem(run.KEY);
    } catch {
      // full, or not allowed: the change lasts as long as the page
    }
  }

  // --- What a cell says of itself --------------------------------------------------------------

  /** @type {(cell: RunCell, ...words: (string | Node)[]) => void} */
  const say = (cell, ...words) => cell.row.querySelector(".run-said").replaceChildren(...words);

  /** @type {(cell: RunCell, state: string) => void} */
  function mark(cell, state) {
    const runs = state === "waiting" || state === "running";
    cell.row.dataset.state = state;
    cell.row.querySelector("button").textContent = runs ? "Stop" : "Run";
    if (!runs) cell.row.querySelector("progress")?.remove();
    const undo = cell.row.querySelector(".run-undo");
    undo.hidden = runs || !(isChanged(cell) || cell.other);
    undo.textContent = isChanged(cell) ? "Undo my changes" : "Show the book's output";
  }

  /** @type {(cell: RunCell, done: number, of: number, what: string) => void} */
  function measure(cell, done, of, what) {
    let bar = cell.row.querySelector("progress");
    if (!bar) {
      bar = document.createElement("progress");
      cell.row.append(bar);
    }
    bar.setAttribute("aria-label", what);
    Object.assign(bar, { max: of, value: done });
  }

  /** @type {(count: number) => string} */
  const cells = (count) => (count === 1 ? "1 cell" : `${count} cells`);

  /** @param {RunCell} cell @param {PythonMessage} message */
  function follow(cell, { kind, done = 0, of = 0 }) {
    if (kind === "loading") {
      const amount = `${(done / BYTES).toFixed(1)} of ${(of / BYTES).toFixed(1)} MB`;
      say(cell, done < of ? `Fetching Python: ${amount} …` : "Starting Python …");
      measure(cell, done, of, "Python");
    }
    if (kind === "above") {
      say(cell, `Running ${cells(of)} above …`);
      measure(cell, done, of, "Cells above");
    }
    if (kind === "work") {
      say(cell, "Drawing the figure …");
      measure(cell, done, of, "The figure");
    }
  }

  /** @param {string} why */
  function elsewhere(why) {
    const links = [...document.querySelectorAll(".page-buttons a:is([download], [href*='colab.'], [href*='mybinder.'])")];
    const box = make("span", "", `Python did not start: ${why}. Press Run to try again. The notebook can be run elsewhere: `);
    for (const link of links) {
      const copy = /** @type {HTMLElement} */ (link.cloneNode(true));
      copy.querySelector("svg")?.remove();
      box.append(copy, ", ");
    }
    box.append("or with ", make("code", "", "jupyter lab book/"), ".");
    return box;
  }

  // --- Running ---------------------------------------------------------------------------------

  /** @type {(seconds: number, above: number) => string} */
  function told(seconds, above) {
    const before = above ? ` after ${cells(above)} above` : "";
    return `Ran in ${seconds < 0.1 ? "less than 0.1" : seconds.toFixed(1)} s${before}.`;
  }

  const PROGRESS = ["loading", "above", "work"];

  /**
   * Put in what a run brings, in the order in which it comes.
   * @param {RunCell} cell
   */
  function receive(cell) {
    const got = { figure: false, shown: Promise.resolve() };
    let began = false;
    const hear = (/** @type {PythonMessage} */ message) => {
      if (PROGRESS.includes(message.kind)) return follow(cell, message);
      if (!began) cellOutputs.clear(cell);
      began = true;
      got.figure ||= message.kind === "figure";
      if (message.kind === "verdict") judge(cell, message);
      got.shown = got.shown.then(() => cellOutputs.show(cell, message));
      got.shown.catch(() => {}); // told at the end
    };
    return { got, hear };
  }

  /** @type {(cell: RunCell, last: PythonMessage, figure: boolean) => void} */
  function finish(cell, { ok, seconds = 0, above = 0 }, figure) {
    cell.other = run.cells.slice(0, cell.k + 1).some(isChanged);
    const stale = cell.pre.closest("figure.live") && !figure ? " The picture above is that of an earlier run." : "";
    say(cell, (ok ? told(seconds, above) : "It ended with an error.") + stale);
    mark(cell, ok ? "done" : "failed");
  }

  /** @param {RunCell} cell @param {unknown} error */
  function giveUp(cell, error) {
    const words = error instanceof Error ? error.message : String(error);
    if (error === STOPPED) say(cell, "Stopped. The next run begins anew.");
    else say(cell, pythonWorker.started() ? words : elsewhere(words));
    mark(cell, error === STOPPED ? "stopped" : "failed");
  }

  /**
   * Run a cell, and show what it shows as it comes.
   * @param {RunCell} cell
   */
  async function runNow(cell) {
    const sources = run.cells.slice(0, cell.k + 1).map(({ pre }) => codeEditing.textOf(pre));
    const { got, hear } = receive(cell);
    busy = cell;
    mark(cell, "running");
    say(cell, pythonWorker.started() ? "Running …" : "Starting Python …");
    try {
      const last = await pythonWorker.show(sources, hear);
      await got.shown;
      finish(cell, last, got.figure);
    } catch (error) {
      giveUp(cell, error);
    }
    busy = null;
  }

  const STOPPED = new Error("stopped");

  /** @param {RunCell} cell */
  function stop(cell) {
    if (busy === cell) {
      round += 1;
      pythonWorker.stop(STOPPED);
    } else cell.row.dataset.state = "stopped";
  }

  /** @param {RunCell} cell */
  function runCell(cell) {
    run.give(cell);
    begin(cell);
    const state = cell.row.dataset.state;
    if (state === "waiting" || state === "running") return;
    const mine = round;
    mark(cell, "waiting");
    say(cell, "Waiting …");
    turn = turn.then(() => {
      if (mine === round && cell.row.dataset.state === "waiting") return runNow(cell);
      say(cell, "");
      return mark(cell, "stopped");
    });
  }

  // --- Exercises -------------------------------------------------------------------------------

  /**
   * The exercise that a cell answers: the first below a box that says it is answered in code.
   * @type {Map<RunCell, string>}
   */
  const exercises = new Map();
  for (const box of document.querySelectorAll(".exercise.notebook")) {
    const cell = run.cells.find(({ pre }) => box.compareDocumentPosition(pre) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (cell) exercises.set(cell, `${box.id}-code`);
  }

  /** @param {RunCell} cell @param {PythonMessage} message */
  function judge(cell, { right }) {
    const name = exercises.get(cell);
    if (name) progress.answered(name, codeEditing.textOf(cell.pre), Boolean(right));
  }

  // --- The cells of the page -------------------------------------------------------------------

  /** @param {RunCell} cell */
  function undo(cell) {
    cell.other = false;
    if (busy === cell) stop(cell);
    cell.pre.innerHTML = cell.html;
    cell.box.dispatchEvent(new Event("reset"));
    cellOutputs.restore(cell);
    if (cell.row) {
      mark(cell, "");
      say(cell, "");
    }
  }

  /**
   * Let a cell be typed in, once.
   * @param {RunCell} cell
   */
  function begin(cell) {
    if (cell.typed) return;
    cell.typed = true;
    const editing = codeEditing.begin(cell.pre, () => {
      if (busy !== cell) mark(cell, "");
      keep();
    });
    cell.box.addEventListener("reset", editing.reset);
    if (isChanged(cell)) keep(); // typed while this script was on its way
    cell.row.querySelector(".run-undo").addEventListener("click", () => {
      undo(cell);
      keep();
      cell.pre.focus();
    });
  }

  /** @param {number} k */
  function goTo(k) {
    const cell = run.cells[k];
    for (let fold = cell.pre.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    run.give(cell);
    cell.pre.focus();
  }

  /** Put back what a reader has changed on an earlier visit. It is shown, and not run. */
  function start() {
    const before = kept();
    const button = make("button", "run-all", "Undo all my changes on this page");
    Object.assign(button, { type: "button", hidden: true });
    button.addEventListener("click", () => (run.cells.forEach((cell) => (isChanged(cell) || cell.other) && undo(cell)), keep()));
    hint.append(" ", button);
    for (const cell of run.cells) {
      const text = before[names[cell.k]];
      if (typeof text !== "string" || isChanged(cell)) continue;
      run.give(cell);
      codeEditing.write(cell.pre, text, null);
      begin(cell);
      mark(cell, "");
    }
    keep();
  }

  /** @param {RunCell} cell */
  function press(cell) {
    const state = cell.row && cell.row.dataset.state;
    if (state === "running" || state === "waiting") stop(cell);
    else runCell(cell);
  }

  return { start, begin, goTo, run: runCell, press };
})();
