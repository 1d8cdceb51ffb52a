// What a page needs beside its text: the choice of light or dark, the place in the list of headings,
// boxes that scroll reached by keyboard while they do, code to copy, and drawers that close once they
// have led somewhere. Observers do it without asking where things are, which would lay out the whole
// page at once. A classic script, for file://.
"use strict";

document.documentElement.classList.remove("no-js");

const night = matchMedia("(prefers-color-scheme: dark)");
document.querySelectorAll(".theme-toggle").forEach((button) =>
  button.addEventListener("click", () => {
    const turns = night.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    const theme = turns[(turns.indexOf(document.body.dataset.theme || "auto") + 1) % 3];
    document.body.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // not allowed: the choice holds for this page
    }
  }),
);

// Who follows a link into a page needs all its heights, to arrive where it points. A style with
// :has(:target) would say the same, and cost every page a tenth of its time to load. A page that opens
// is there at once; within a page the way is shown, as the style says. After three seconds what is far
// from view is left out again, and keeps the heights it had: else every figure would move more slowly.
let resting = 0;
/** @param {ScrollBehavior} motion */
function arrive(motion) {
  const place = document.querySelector(":target");
  if (!place) return;
  const { classList } = document.documentElement;
  classList.add("led");
  place.scrollIntoView({ behavior: motion });
  clearTimeout(resting);
  resting = setTimeout(() => classList.remove("led"), 3000);
}
addEventListener("hashchange", () => arrive("auto"));
addEventListener("load", () => arrive("instant"));
arrive("instant");

// The heading that is marked is the last of those whose section crosses a line near the top.
const entries = new Map();
/** @type {NodeListOf<HTMLAnchorElement>} */
const links = document.querySelectorAll(".toc-tree a");
links.forEach((link) => {
  const section = link.hash && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (section) entries.set(section, { item: link.parentElement, here: false });
});
const line = new IntersectionObserver(
  (seen) => {
    for (const { target, isIntersecting } of seen) entries.get(target).here = isIntersecting;
    const last = [...entries.values()].findLast(({ here }) => here);
    for (const entry of entries.values()) {
      entry.item.classList.toggle("scroll-current", entry === last);
    }
  },
  { rootMargin: "-20% 0px -80% 0px" },
);
for (const section of entries.keys()) line.observe(section);

/** @param {ResizeObserverEntry[]} changed */
function markWide(changed) {
  // Code that can be typed in is reached anyhow.
  changed = changed.filter(({ target }) => /** @type {HTMLElement} */ (target).contentEditable === "inherit");
  // First all questions, then all answers: each change would make the next question lay out anew.
  const wide = changed.map(({ target }) => target.scrollWidth > target.clientWidth + 1);
  changed.forEach(({ target }, k) => {
    const reached = { tabindex: 0, role: "group", "aria-label": "Scrolls sideways" };
    for (const [name, value] of Object.entries(reached)) {
      if (wide[k]) target.setAttribute(name, value);
      else target.removeAttribute(name);
    }
  });
}
// In the next frame: to ask a box lays its section out, and Firefox complains of sizes that change
// while it tells of them.
const boxes = new ResizeObserver((changed) => requestAnimationFrame(() => markWide(changed)));
document
  .querySelectorAll(".katex-display, .table-wrapper, article pre")
  .forEach((box) => boxes.observe(box));

if (navigator.clipboard) {
  document.querySelectorAll("article .highlight:not(.cell_output *)").forEach((box) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText((box.querySelector("pre").textContent || "").trimEnd());
      button.textContent = "Copied";
      button.classList.add("done");
      setTimeout(() => {
        button.textContent = "Copy";
        button.classList.remove("done");
      }, 1500);
    });
    box.append(button);
  });
}

// The drawers: a browser without popovers opens them by their class.
const popovers = "popover" in HTMLElement.prototype;
document.querySelectorAll("[popovertarget]").forEach((button) => {
  const drawer = document.getElementById(button.getAttribute("popovertarget") || "");
  if (drawer && !popovers) button.addEventListener("click", () => drawer.classList.toggle("open"));
});
document.querySelectorAll(".sidebar-drawer, .toc-drawer").forEach((drawer) =>
  drawer.addEventListener("click", (event) => {
    if (!(/** @type {HTMLElement} */ (event.target).closest("a"))) return;
    drawer.classList.remove("open");
    if (popovers && drawer.matches(":popover-open")) drawer.hidePopover();
  }),
);
