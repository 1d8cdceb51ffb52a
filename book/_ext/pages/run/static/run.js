// The code of a page can be changed and run. This script gives every cell its button; the rest comes
// when a reader first goes into a cell, and Python when one first runs. Nothing runs by itself, and
// nothing is taken from an address. A classic script, for file://.
"use strict";

const run = (() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const folder = script.src.replace(/[^/]*$/, "");
  const hint = document.querySelector(".run-hint");
  const page = location.href.split(/[?#]/)[0].replace(/^.*\/(?=[^/]+\/[^/]*$)/, "");
  const KEY = `downhill-code:${page}`;

  /** @type {RunCell[]} */
  const cells = [...document.querySelectorAll("div.cell .highlight-ipython3 pre")].map((pre, k) => ({
    k,
    pre,
    box: pre.parentElement,
    around: /** @type {HTMLElement} */ (pre.closest("div.cell")),
    html: pre.innerHTML,
    source: (pre.textContent || "").replace(/\n$/, ""),
  }));

  // Over file:// a browser refuses workers and requests, and without WebAssembly there is no Python.
  const disk = location.protocol === "file:";
  if (disk || !window.Worker || !window.WebAssembly) {
    document.documentElement.classList.add("cannot-run");
    hint.textContent = disk
      ? "To change and run the code of this page, serve the book: make book, or python tools/serve.py _build/html."
      : "This browser cannot run the code of this page, because it lacks WebAssembly. The notebook can be run elsewhere.";
    return { cells: [], folder, KEY, worker: "", give() {} };
  }

  /** @type {Promise<any> | undefined} */
  let loading;

  /** Load the rest of the script, once. */
  function load() {
    loading ||= new Promise((done, fail) => {
      const rest = document.createElement("script");
      Object.assign(rest, { src: folder + script.dataset.rest, onload: done, onerror: fail });
      document.head.append(rest);
    }).then(() => runPage.start());
    return loading;
  }

  /**
   * Do something to a cell that needs the rest of the script.
   * @param {RunCell} cell @param {"run" | "press" | "begin"} what
   */
  function act(cell, what) {
    load().then(
      () => runPage[what](cell),
      () => {
        loading = undefined;
        cell.row.querySelector(".run-said").textContent = "The script that runs code has not come. Try again when you are online.";
      },
    );
  }

  /** @param {RunCell} cell */
  function give(cell) {
    const { pre, box, k } = cell;
    const row = document.createElement("div");
    row.className = "run-row";
    row.innerHTML =
      '<button type="button" class="run-go" title="Shift+Enter" aria-keyshortcuts="Shift+Enter Control+Enter">Run</button>' +
      '<button type="button" class="run-undo" hidden>Undo my changes</button>' +
      '<span class="run-said" role="status"></span>';
    row.querySelector("button").addEventListener("click", () => act(cell, "press"));
    cell.row = row;
    pre.after(row);
    box.classList.add("runs");
    try {
      pre.contentEditable = "plaintext-only";
    } catch {
      pre.contentEditable = "true"; // editing.js then lets in plain text alone
    }
    const traits = { role: "textbox", "aria-multiline": true, "aria-label": `Code of cell ${k + 1}`, tabindex: 0 };
    const habits = { spellcheck: false, autocapitalize: "off", autocorrect: "off", translate: "no" };
    for (const [name, value] of Object.entries({ ...traits, ...habits })) pre.setAttribute(name, value);
    pre.addEventListener("focus", () => act(cell, "begin"), { once: true });
    pre.addEventListener("keydown", (event) => {
      event.stopPropagation(); // Sphinx would take a slash for the wish to search
      if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      act(cell, "run");
    });
  }

  // A cell gets its button when the reader comes near: a page has up to ninety.
  const near = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        give(/** @type {RunCell} */ (cells.find(({ box }) => box === target)));
      }
    },
    { rootMargin: "100%" },
  );
  cells.forEach(({ box }) => near.observe(box));

  /** What a reader has changed here before; a browser that keeps nothing is no error. */
  function kept() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }
  if (kept()) load().catch(() => (loading = undefined)); // the cells then say so when they are used

  /** @param {RunCell} cell */
  function giveNow(cell) {
    near.unobserve(cell.box);
    if (!cell.row) give(cell);
  }
  return { cells, folder, KEY, worker: script.dataset.worker || "", give: giveNow };
})();
