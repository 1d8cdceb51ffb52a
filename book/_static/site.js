// What a page needs beside its text: boxes that scroll can be reached by keyboard while they do,
// code can be copied, and a drawer closes once it has led somewhere. A classic script, for file://.
"use strict";

const boxes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
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
      await navigator.clipboard.writeText(box.querySelector("pre").textContent.trimEnd());
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

document.querySelectorAll("[popover]").forEach((drawer) =>
  drawer.addEventListener("click", (event) => {
    if (event.target.closest("a") && drawer.matches(":popover-open")) drawer.hidePopover();
  }),
);
