// A figure's markup as it comes from the worker: only what the recorder itself writes gets into the page.
// Whatever else stands in it is refused by name, for a reader's code may draw any text.
"use strict";

const checkedFigure = (() => {
  const HTML = "figure div p span button label input output figcaption".split(" ");
  const SVG = "svg g path text".split(" ");
  const FREE = `alt aria-hidden aria-label aria-labelledby aria-live aria-pressed aria-valuetext class d data-do data-glyph
    data-kind data-numbers data-plays data-preset data-scales data-shape data-shift data-slider data-still data-text data-width dx dy for id max min role step transform type value
    viewBox x y`.split(/\s+/);
  const STYLES = `fill fill-opacity fill-rule font-family font-size font-style font-weight stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-opacity stroke-width text-anchor --at --c --l`.split(/\s+/);
  const VALUE = /^(?:[-#\w.%, "]+|var\(--[\w-]+\)|calc\(var\(--text\) \* [\d.e+-]+\))$/;
  const TYPES = ["button", "range"];

  /** @param {string} style */
  function isStyle(style) {
    return style.split(";").every((each) => {
      const [name, value] = each.split(/:(.*)/s);
      return !each.trim() || (STYLES.includes(name.trim()) && VALUE.test((value || "").trim()));
    });
  }

  /** @param {Attr} attribute */
  function isAttribute({ name, value }) {
    if (name === "style") return isStyle(value);
    if (name === "type") return TYPES.includes(value);
    return FREE.includes(name);
  }

  /** @param {Element} element */
  function check(element) {
    const names = element.namespaceURI === "http://www.w3.org/2000/svg" ? SVG : HTML;
    if (!names.includes(element.localName)) throw new Error(`The figure holds <${element.localName}>, which no figure has.`);
    for (const each of element.attributes) {
      if (!isAttribute(each)) throw new Error(`The figure holds ${each.name}="${each.value.slice(0, 80)}", which no figure has.`);
    }
  }

  /**
   * The figure that a markup describes, as an element that is not yet in the page.
   * @param {string} markup @returns {HTMLElement}
   * @throws if it is not one figure, or holds an element or an attribute that no figure has
   */
  function checkedFigure(markup) {
    const body = new DOMParser().parseFromString(markup, "text/html").body; // runs and loads nothing
    const root = /** @type {HTMLElement} */ (body.firstElementChild);
    if (body.childNodes.length !== 1 || !root || !root.matches("figure.live")) throw new Error("That is no figure.");
    [root, ...root.querySelectorAll("*")].forEach(check);
    return document.importNode(root, true);
  }
  return checkedFigure;
})();
