// What a cell shows, in the place where the page's own output stood. Words are set as text.
"use strict";

const cellOutputs = (() => {
  /** @type {(tag: string, cls: string, ...inside: (string | Node)[]) => HTMLElement} */
  function make(tag, cls, ...inside) {
    const element = document.createElement(tag);
    element.className = cls;
    element.append(...inside);
    return element;
  }

  /** @type {(kind: string, text: string) => HTMLElement} */
  function printed(kind, text) {
    const pre = make("pre", "", text);
    boxes.observe(pre); // site.js lets it be reached by keyboard while it scrolls
    return make("div", `output ${kind} highlight-myst-ansi notranslate`, make("div", "highlight", pre));
  }

  /** @param {PythonMessage} message */
  function picture({ png = "", width = 0, height = 0 }) {
    if (!/^[A-Za-z0-9+/=]*$/.test(png)) throw new Error("That is no picture.");
    const image = new Image(width, height);
    image.src = `data:image/png;base64,${png}`;
    image.alt = "What the code of this cell draws.";
    return make("div", "output image_png", image);
  }

  /** @param {PythonMessage} message */
  function verdict({ right, text = "" }) {
    const words = text.replace(/^(Right: |Not yet: )/, "");
    const head = make("strong", "", right ? "Right." : "Not yet.");
    const box = make("p", "run-verdict", head, " ", words);
    box.dataset.state = right ? "right" : "wrong";
    return box;
  }

  /** @param {number} asked @param {{ cell: number, line: number | null }} place */
  function where(asked, { cell, line }) {
    const name = line ? `line ${line}` : "the cell";
    if (cell === asked) return make("span", "", name);
    const words = line ? `${name} of a cell above` : "a cell above";
    const link = make("button", "run-there", words);
    link.setAttribute("type", "button");
    link.addEventListener("click", () => runPage.goTo(cell - 1));
    return link;
  }

  /**
   * What went wrong: its last line first, then the places that led there.
   * @param {number} asked @param {PythonMessage} message
   */
  function error(asked, { cell = 0, line = null, text = "", trace = [] }) {
    const head = make("p", "", make("strong", "", text));
    if (!trace.length && (line || cell !== asked)) head.append(" in ", where(asked, { cell, line }));
    const list = trace.map((each) => make("li", "", where(asked, each), ": ", make("code", "", each.code.trim())));
    return make("div", "run-error", head, ...(list.length ? [make("ol", "", ...list)] : []));
  }

  // --- Where it stands ----------------------------------------------------------------------------------

  /** @param {RunCell} cell @returns {HTMLElement} its figure, whose fold the code stands in, or null */
  const figureOf = (cell) => /** @type {HTMLElement} */ (cell.pre.closest("figure.live"));

  /** @param {RunCell} cell @returns {HTMLElement} */
  function room(cell) {
    if (cell.room) return cell.room;
    cell.room = make("div", "cell_output run-output");
    (figureOf(cell) ? /** @type {HTMLElement} */ (cell.pre.closest("details")) : cell.around).append(cell.room);
    return cell.room;
  }

  /** @type {(cell: RunCell, hidden: boolean) => void} */
  function hideOwn(cell, hidden) {
    for (const own of cell.around.querySelectorAll(":scope > .cell_output:not(.run-output)")) own.hidden = hidden;
  }

  /** @param {RunCell} cell */
  function clear(cell) {
    hideOwn(cell, true);
    cell.room?.remove();
    delete cell.room;
  }

  /**
   * Take away what a cell has shown, and give back the page's own output.
   * @param {RunCell} cell
   */
  function restore(cell) {
    clear(cell);
    hideOwn(cell, false);
    if (cell.original) exchange(cell, cell.original);
    delete cell.original;
    const own = padOf(cell);
    if (own) teach(own, padNumbers[own.id.replace("figure-", "")]);
  }

  /**
   * Put one figure in the place of another, with the code in its fold; that keeps the caret.
   * @param {RunCell} cell @param {HTMLElement} fresh
   */
  function exchange(cell, fresh) {
    const old = figureOf(cell);
    const ends = codeEditing.selected(cell.pre);
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const fold = /** @type {HTMLElement} */ (cell.pre.closest("details"));
    fresh.querySelector(".live-foot").append(fold);
    const id = fresh.id || fresh.dataset.id || "";
    old.dataset.id = old.id;
    old.removeAttribute("id"); // so that it leaves the page's address alone
    fresh.id = id;
    old.replaceWith(fresh);
    figures.splice(figures.indexOf(old), 1, fresh);
    if (focused && fold.contains(focused)) focused.focus({ preventScroll: true });
    if (ends) codeEditing.select(cell.pre, ends);
  }

  /** @param {RunCell} cell @returns {HTMLElement} the drawing pad, whose fold the code stands in, or null */
  const padOf = (cell) => /** @type {HTMLElement} */ (cell.pre.closest("figure.pad"));

  /** Let another network answer to what is drawn on a pad. @param {HTMLElement} root @param {PadSpec} spec */
  function teach(root, spec) {
    const bytes = Uint8Array.from(atob(spec.table), (letter) => letter.charCodeAt(0));
    root.dispatchEvent(new CustomEvent("network", { detail: padLayers(spec, bytes) }));
  }

  /**
   * Give the pad that the cell's code stands under the network of the reader's run.
   * @param {RunCell} cell @param {PythonMessage} message
   */
  function pad(cell, { name = "", numbers }) {
    const root = padOf(cell);
    if (root) teach(root, /** @type {PadSpec} */ (numbers));
    else room(cell).append(printed("text_plain", `The pad “${name}” is drawn on where the page has it.`));
  }

  let twins = 0;

  /**
   * The scripts and the style of live figures, on a page that had none.
   * @param {boolean} inSpace whether the one of panels in space is wanted
   */
  function frontEnd(inSpace) {
    const names = typeof connectInPage === "function" ? [] : ["sharing.js", "motion.js", "figure.js"];
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: run.folder + "figure.css" });
    if (names.length) document.head.append(style);
    if (inSpace && typeof solidPanel === "undefined") names.push("solid.js");
    const scripts = names.map((name) => {
      const script = document.createElement("script");
      const loaded = new Promise((done, fail) => Object.assign(script, { onload: done, onerror: fail }));
      Object.assign(script, { src: run.folder + name, async: false }); // one after the other
      document.head.append(script);
      return loaded;
    });
    return Promise.all(scripts);
  }

  /**
   * Show a live figure: in the place of the one that the cell's code stands under, or below the code.
   * @param {RunCell} cell @param {PythonMessage} message
   */
  async function figure(cell, { html = "", numbers }) {
    const fresh = checkedFigure(html);
    const old = figureOf(cell);
    const spec = /** @type {LiveSpec} */ (numbers);
    await frontEnd(Boolean(spec.solid));
    if (old && (old.id || old.dataset.id) === fresh.id) {
      cell.original ||= old;
      exchange(cell, fresh);
    } else {
      if (document.getElementById(fresh.id)) rename(fresh);
      room(cell).append(fresh);
      figures.push(fresh);
    }
    const alive = connectInPage(fresh, spec);
    started.set(fresh, alive);
    fresh.addEventListener("guess", async ({ detail }) => drawGuess(fresh, (await alive).axes, detail));
    await alive;
  }

  /**
   * Give a figure, whose namesake stands elsewhere on the page, names of its own.
   * @param {HTMLElement} root
   */
  function rename(root) {
    root.removeAttribute("id");
    twins += 1;
    for (const attribute of ["id", "for", "aria-labelledby"]) {
      for (const each of root.querySelectorAll(`[${attribute}]`)) {
        each.setAttribute(attribute, `${each.getAttribute(attribute)}-${twins}`);
      }
    }
  }

  /**
   * Show what a message brings.
   * @param {RunCell} cell @param {PythonMessage} message
   */
  async function show(cell, message) {
    const { kind, text = "" } = message;
    if (kind === "figure") return figure(cell, message);
    if (kind === "pad") return pad(cell, message);
    if (kind === "end") return;
    const box = room(cell);
    if (kind === "stream") {
      const last = box.lastElementChild;
      if (last?.matches(`.stream.${message.name}`)) last.querySelector("pre").append(text);
      else box.append(printed(`stream ${message.name}`, text));
    }
    if (kind === "value") box.append(printed("text_plain", text));
    if (kind === "verdict") box.append(verdict(message));
    if (kind === "picture") box.append(picture(message));
    if (kind === "error") box.append(error(cell.k + 1, message));
  }

  return { show, clear, restore, make };
})();
