// A formula as a picture: MathML, which every browser draws by itself.
"use strict";

const draw = (() => {
  /** @param {string} name @param {(Node | string)[]} children */
  function tag(name, ...children) {
    const element = document.createElementNS("http://www.w3.org/1998/Math/MathML", name);
    element.append(...children);
    return element;
  }

  /** @type {Record<string, () => Element>} */
  const NAMES = {
    sigma: () => tag("mi", "σ"), sign: () => tag("mi", "sgn"),
    log2: () => tag("msub", tag("mi", "log"), tag("mn", "2")),
    log10: () => tag("msub", tag("mi", "log"), tag("mn", "10")),
  };
  /** @type {Record<string, number>} */
  const LEVELS = { "+": 1, "-": 1, "*": 2, "/": 4, "^": 3, "%": 4, "°": 4 };
  const level = (/** @type {Formula} */ { kind, text }) => (kind === "sign" ? LEVELS[text] : 4);
  const round = (/** @type {Node} */ child) => tag("mrow", tag("mo", "("), child, tag("mo", ")"));

  /** A part, in brackets if it binds more loosely than its place asks for. @param {Formula} tree @param {number} least */
  const part = (tree, least) => (level(tree) < least ? round(formula(tree)) : formula(tree));

  /** @param {string} text */
  function number(text) {
    const [digits, ten] = text.split("e");
    if (!ten) return tag("mn", digits);
    const power = tag("msup", tag("mn", "10"), tag("mn", ten.replace("-", "−")));
    return tag("mrow", tag("mn", digits), tag("mo", "·"), power);
  }

  /** @param {Formula} tree @returns {Element} */
  function formula(tree) {
    const { kind, text, parts: [a, b] } = tree;
    if (kind === "number") return number(text);
    if (kind === "letter") return tag("mi", text === "pi" ? "π" : text);
    if (kind === "call") return call(text, a);
    if (!b) return text === "-" ? tag("mrow", tag("mo", "−"), part(a, 2)) : tag("mrow", formula(a), tag("mo", text));
    if (text === "/") return tag("mfrac", formula(a), formula(b));
    if (text === "^") return tag("msup", isWhole(a) ? formula(a) : round(formula(a)), formula(b));
    if (text === "*") return product(a, b);
    const last = part(b, text === "+" && !isNegative(b) ? 1 : 2);
    return tag("mrow", formula(a), tag("mo", text === "-" ? "−" : "+"), last);
  }

  /** @type {(tree: Formula) => boolean} */
  const isWhole = ({ kind, text }) => (kind === "number" && /^[\d.]+$/.test(text)) || kind === "letter";
  /** @type {(tree: Formula) => boolean} */
  const isNegative = ({ kind, text, parts }) => kind === "sign" && text === "-" && parts.length === 1;

  /** @param {Formula} a @param {Formula} b */
  function product(a, b) {
    const isNumber = isWhole(b) && b.kind === "number";
    const powerOfNumber = b.text === "^" && b.parts[0].kind === "number";
    return tag("mrow", part(a, 2), tag("mo", isNumber || powerOfNumber ? "·" : "\u2062"), part(b, 2));
  }

  /** @param {string} name @param {Formula} of */
  function call(name, of) {
    const inside = formula(of);
    if (name === "sqrt") return tag("msqrt", inside);
    if (name === "cbrt") return tag("mroot", inside, tag("mn", "3"));
    if (name === "abs") return tag("mrow", tag("mo", "|"), inside, tag("mo", "|"));
    if (name === "exp") return tag("msup", tag("mi", "e"), inside);
    return tag("mrow", NAMES[name] ? NAMES[name]() : tag("mi", name), tag("mo", "\u2061"), round(inside));
  }

  /** @param {Formula} tree */
  return (tree) => tag("math", formula(tree));
})();
