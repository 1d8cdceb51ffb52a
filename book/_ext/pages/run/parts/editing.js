// A cell's code as a box to type in. The text is the page's own: what is typed is coloured in place.
"use strict";

const codeEditing = (() => {
  const MOST = 300; // states that can be gone back to

  /** @param {HTMLElement} pre */
  const textOf = (pre) => (pre.textContent || "").replace(/\r\n?/g, "\n").replace(/\n$/, "");

  /**
   * Where the selection begins and ends, in letters from the start; null if it is elsewhere.
   * @param {HTMLElement} pre @returns {[number, number] | null}
   */
  function selected(pre) {
    const selection = getSelection();
    if (!selection || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!pre.contains(range.commonAncestorContainer)) return null;
    const before = (/** @type {Node} */ node, /** @type {number} */ offset) => {
      const part = document.createRange();
      part.setStart(pre, 0);
      part.setEnd(node, offset);
      return part.toString().length;
    };
    return [before(range.startContainer, range.startOffset), before(range.endContainer, range.endOffset)];
  }

  /** @param {HTMLElement} pre @param {[number, number]} ends */
  function select(pre, ends) {
    const walk = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
    /** @type {[Node, number][]} */
    const places = ends.map(() => [pre, 0]);
    let passed = 0;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const length = (node.nodeValue || "").length;
      ends.forEach((end, k) => {
        if (end >= passed && end <= passed + length && (places[k][0] === pre || end < passed + length)) {
          places[k] = [node, end - passed];
        }
      });
      passed += length;
    }
    getSelection()?.setBaseAndExtent(...places[0], ...places[1]);
  }

  /**
   * Write a text into the box, in its colours; the selection goes where it is told.
   * @param {HTMLElement} pre @param {string} text @param {[number, number] | null} ends
   */
  function write(pre, text, ends) {
    pre.replaceChildren(...pythonColours.coloured(text + "\n"));
    if (ends) select(pre, ends);
  }

  /**
   * What a new line begins with: what the line before it began with, and four more after a colon.
   * @param {string} before
   */
  function indent(before) {
    const line = before.slice(before.lastIndexOf("\n") + 1);
    return (line.match(/^ */) || [""])[0] + (/:\s*$/.test(line) ? "    " : "");
  }

  /**
   * Let a box be typed in; `changed` hears of every change.
   * @param {HTMLElement} pre @param {() => void} changed
   */
  function begin(pre, changed) {
    /** @type {{ text: string, ends: [number, number] | null }[]} */
    const past = [{ text: textOf(pre), ends: null }];
    let now = 0;

    function settle() {
      const text = textOf(pre);
      if (text === past[now].text) return;
      const ends = selected(pre);
      write(pre, text, ends && [Math.min(ends[0], text.length), Math.min(ends[1], text.length)]);
      past.splice(now + 1, past.length, { text, ends });
      if (past.length > MOST) past.shift();
      now = past.length - 1;
      changed();
    }

    /** @param {number} way, −1 for back, 1 for forth */
    function step(way) {
      if (!past[now + way]) return;
      const here = past[now].ends;
      now += way;
      write(pre, past[now].text, past[now].ends || here);
      changed();
    }

    /** @param {string} words */
    function put(words) {
      const [start, end] = selected(pre) || [0, 0];
      const text = textOf(pre);
      const at = start + words.length;
      pre.textContent = text.slice(0, start) + words + text.slice(end) + "\n";
      select(pre, [at, at]);
      settle();
    }

    pre.addEventListener("input", (event) => /** @type {InputEvent} */ (event).isComposing || settle());
    pre.addEventListener("compositionend", settle);
    pre.addEventListener("keydown", (event) => {
      if (event.isComposing || event.defaultPrevented) return;
      const key = event.key.toLowerCase();
      const undoes = (event.ctrlKey || event.metaKey) && !event.altKey && (key === "z" || key === "y");
      if (!undoes && (key !== "enter" || event.altKey)) return;
      event.preventDefault();
      if (undoes) return step(key === "y" || event.shiftKey ? 1 : -1);
      put("\n" + indent(textOf(pre).slice(0, (selected(pre) || [0])[0])));
    });
    pre.addEventListener("beforeinput", (event) => {
      const { inputType: kind, dataTransfer: carried } = event;
      if (kind === "historyUndo" || kind === "historyRedo") step(kind === "historyUndo" ? -1 : 1);
      else if (kind === "insertParagraph" || kind === "insertLineBreak") put("\n" + indent(textOf(pre).slice(0, (selected(pre) || [0])[0])));
      else if (kind.startsWith("format")) return event.preventDefault();
      // A browser that knows no plain text alone would bring the look of what is pasted.
      else if (carried && pre.contentEditable !== "plaintext-only") put(carried.getData("text/plain").replace(/\r\n?/g, "\n"));
      else return;
      event.preventDefault();
    });
    return { reset: () => (past.splice(0, past.length, { text: textOf(pre), ends: null }), (now = 0)) };
  }

  return { begin, textOf, write, selected, select };
})();
