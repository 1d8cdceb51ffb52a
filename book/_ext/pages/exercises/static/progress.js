// What the reader has answered and where they were: kept by the browser and sent nowhere. A browser
// that keeps nothing, as some do for pages from the disk, costs the memory and nothing else.
"use strict";

const progress = (() => {
  const KEY = "downhill";
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href).href;
  const page = location.href.split(/[?#]/)[0].slice(root.length);

  /** @returns {Kept} */
  function kept() {
    try {
      const all = JSON.parse(localStorage.getItem(KEY) || "{}") || {};
      return { answers: Object(all.answers), place: all.place };
    } catch {
      return { answers: {} };
    }
  }

  /** @param {Kept} all */
  function keep(all) {
    try {
      localStorage.setItem(KEY, JSON.stringify(all));
    } catch {
      // full, or not allowed: the page works on without memory
    }
  }

  /** @param {string} name @param {string} typed @param {boolean} right */
  function answered(name, typed, right) {
    const all = kept();
    const before = all.answers[name];
    if (!before || right || !before.right) all.answers[name] = { typed, right };
    keep(all);
    markChapters();
  }

  function leave() {
    if (document.visibilityState !== "hidden") return;
    /** @type {HTMLAnchorElement | null} */
    const here = document.querySelector(".toc-tree .scroll-current > a");
    // A title begins with its number and ends with the link to itself.
    const parts = [...document.querySelector("h1").childNodes].filter((part) => part.nodeName !== "A");
    const chapter = parts.map((part) => part.textContent).join("");
    const title = here ? `${chapter}: ${(here.textContent || "").trim()}` : chapter;
    keep({ ...kept(), place: { page, hash: here ? here.hash : "", title } });
  }

  // --- In the sidebar ----------------------------------------------------------------------------

  /** Mark each chapter of which something has been answered by how much of it. */
  function markChapters() {
    const { answers } = kept();
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const [name, { right }] of Object.entries(answers)) {
      const sort = name.replace(/(-\d+)+$/, "");
      if (right) counts.set(sort, (counts.get(sort) || 0) + 1);
    }
    document.querySelectorAll(".sidebar-tree [data-asked]").forEach((link) => {
      const [asked, ...sorts] = (link.dataset.asked || "").split(" ");
      const share = sorts.reduce((sum, sort) => sum + (counts.get(sort) || 0), 0) / Number(asked);
      const old = link.querySelector(".sidebar-mark");
      if (old) old.remove();
      if (!share) return;
      const mark = document.createElement("span");
      mark.className = "sidebar-mark";
      mark.style.setProperty("--share", String(Math.min(1, share)));
      mark.setAttribute("role", "img");
      mark.title = `${Math.round(Math.min(1, share) * Number(asked))} of ${asked} questions answered`;
      mark.setAttribute("aria-label", mark.title);
      link.append(mark);
    });
  }
  markChapters();

  // --- On the contents page --------------------------------------------------------------------

  const box = document.querySelector(".progress");

  function show() {
    const { answers, place } = kept();
    for (const cell of box.querySelectorAll("[data-questions]")) {
      const names = (cell.dataset.questions || "").split(" ");
      const right = names.filter((name) => answers[name] && answers[name].right).length;
      cell.textContent = `${right} of ${names.length}`;
      cell.classList.toggle("done", right === names.length);
    }
    const back = box.querySelector(".progress-back");
    back.hidden = !place;
    if (!place) return;
    const link = back.querySelector("a");
    link.href = root + place.page + place.hash;
    link.textContent = place.title;
  }

  function save() {
    const link = document.createElement("a");
    const text = JSON.stringify(kept(), null, 1);
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "downhill-answers.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function erase() {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // nothing was kept
    }
    show();
    markChapters();
    box.querySelector("output").textContent = "Erased.";
  }

  if (box) {
    show();
    addEventListener("pageshow", show);
    box.querySelector("[data-do=save]").addEventListener("click", save);
    box.querySelector("[data-do=erase]").addEventListener("click", erase);
  } else {
    document.addEventListener("visibilitychange", leave);
  }
  return { kept, answered };
})();
