// What a reader types as a formula: read it, draw it, give it values, and judge it as a derivative.
// mathjs parses; of what it can read, only sums, products, powers and the functions below are let
// through, so nothing that is typed is ever run as a program. Loaded when a box is first used.
"use strict";

const formula = (() => {
  const LONGEST = 200;
  /** @type {Record<string, (z: number) => number>} */
  const FUNCTIONS = {
    exp: Math.exp, ln: Math.log, log: Math.log, sqrt: Math.sqrt, sin: Math.sin, cos: Math.cos,
    tan: Math.tan, arctan: Math.atan, atan: Math.atan, sinh: Math.sinh, cosh: Math.cosh,
    tanh: Math.tanh, abs: Math.abs, sign: Math.sign, sigma: (z) => 1 / (1 + Math.exp(-z)),
  };
  /** @type {Record<string, number>} */
  const CONSTANTS = { e: Math.E, pi: Math.PI };
  /** @type {Record<string, (...numbers: number[]) => number>} */
  const OPERATORS = {
    add: (a, b) => a + b, subtract: (a, b) => a - b, multiply: (a, b) => a * b,
    divide: (a, b) => a / b, pow: (a, b) => a ** b, unaryMinus: (a) => -a, unaryPlus: (a) => a,
  };
  /** @type {Record<string, string>} */
  const SIGNS = { "−": "-", "–": "-", "·": "*", "×": "*", "⋅": "*", "÷": "/", "√": " sqrt ", "π": " pi ",
    "σ": " sigma ", "½": "(1/2)", "**": "^", "{": "(", "}": ")" };
  const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /**
   * Turn the signs of a textbook into those of a keyboard.
   * @param {string} typed
   */
  function plain(typed) {
    const after = typed.slice(typed.lastIndexOf("=") + 1); // f'(x) = ... is welcome
    return after
      .replace(/\*\*|[−–·×⋅÷√πσ½{}]/g, (sign) => SIGNS[sign])
      .replace(/⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (run) =>
        "^(" + [...run].map((digit) => (digit === "⁻" ? "-" : RAISED.indexOf(digit))).join("") + ")")
      .replace(/\|([^|]+)\|/g, "abs($1)")
      .normalize("NFKC");
  }

  /**
   * Cut a run of letters into known names, the longest first: xsin is x and sin, xy is x and y.
   * @param {string} run @param {string[]} variables
   */
  function names(run, variables) {
    const known = [...Object.keys(FUNCTIONS), ...Object.keys(CONSTANTS), ...variables];
    const found = [];
    for (let k = 0; k < run.length; k += found[found.length - 1].length) {
      const fits = known.filter((name) => run.startsWith(name, k));
      if (!fits.length) {
        const letters = variables.length ? `The letters here are ${variables.join(", ")} and e.` : "";
        throw new Error(`I do not know “${run.slice(k)}”. ${letters}`.trim());
      }
      found.push(fits.reduce((best, name) => (name.length > best.length ? name : best)));
    }
    return found;
  }

  /**
   * The pieces of what is typed: numbers, names, signs; a blank keeps its place.
   * @param {string} text @param {string[]} variables
   */
  function pieces(text, variables) {
    const found = text.match(/\d+\.?\d*|\.\d+|[a-zA-Z]+|\s+|./gu) || [];
    return found.flatMap((piece) => {
      if (/^[a-zA-Z]/.test(piece)) return names(piece, variables);
      if (/^\s/.test(piece)) return [" "];
      if (/^[\d.]/.test(piece) || "+-*/^()".includes(piece)) return [piece];
      throw new Error(`I cannot read the sign “${piece}”.`);
    });
  }

  /** @param {string[]} found */
  function balance(found) {
    let open = 0;
    for (const piece of found) {
      open += Number(piece === "(") - Number(piece === ")");
      if (open < 0) throw new Error("A bracket is closed that was never opened.");
    }
    if (open) throw new Error("A bracket is not closed.");
  }

  const isFunction = (/** @type {string} */ piece) => Object.hasOwn(FUNCTIONS, piece);

  /**
   * The end of the group in brackets, or of the run without blanks, that begins at k.
   * @param {string[]} found @param {number} k
   */
  function groupEnd(found, k) {
    let depth = 0;
    for (let end = k; end < found.length; end++) {
      depth += Number(found[end] === "(") - Number(found[end] === ")");
      if (found[k] === "(" ? depth === 0 : depth < 0) return end + Number(found[k] === "(");
      const stops = [" ", "+", "-", "*", "/"].includes(found[end]) || (end > k && isFunction(found[end]));
      if (found[k] !== "(" && depth === 0 && stops) return end;
    }
    return found.length;
  }

  /**
   * Give every function its brackets: sin 2x, ln x and sin^2 x are how people write.
   * @param {string[]} found @returns {string[]}
   */
  function bracketed(found) {
    const k = found.findIndex(isFunction);
    if (k < 0) return found;
    let start = k + 1;
    /** @type {string[]} */
    let power = [];
    if (found[start] === "^") {
      if (found[start + 1] === "-") throw new Error(`For the inverse write arctan or ln, for 1/${found[k]} a fraction.`);
      const end = found[start + 1] === "(" ? groupEnd(found, start + 1) : start + 2;
      power = found.slice(start, end);
      start = end;
    }
    while (found[start] === " ") start++;
    const end = isFunction(found[start]) ? found.length : groupEnd(found, start);
    if (end === start) throw new Error(`What is “${found[k]}” of? Nothing stands after it.`);
    const inside = bracketed(found.slice(start, end));
    const call = ["(", [found[k], "(", ...inside, ")"].join(" "), ")", ...power];
    return [...found.slice(0, k), ...call, ...bracketed(found.slice(end))];
  }

  /**
   * Read a formula in these variables; what cannot be read is an Error with words for the reader.
   * @param {string} typed @param {string[]} variables
   */
  function read(typed, variables) {
    if (typed.length > LONGEST) throw new Error(`That is too long: at most ${LONGEST} signs.`);
    if (typed.includes("\\")) throw new Error("Type it plainly, without TeX: 2x e^(x^2), sqrt(x), 1/x.");
    const found = pieces(plain(typed), variables);
    balance(found);
    const letters = new Set([...variables, ...Object.keys(CONSTANTS)]);
    const text = bracketed(found).map((piece) => (letters.has(piece) ? `(${piece})` : piece)).join(" ");
    let tree;
    try {
      tree = mathjs.parse(text);
    } catch {
      throw new Error("I cannot read that as a formula. Is a sign or a number missing?");
    }
    return allowed(tree, letters);
  }

  /**
   * Refuse every node but those of a formula.
   * @param {FormulaNode} node @param {Set<string>} letters
   */
  function allowed(node, letters) {
    /** @type {Record<string, () => boolean>} */
    const known = {
      ConstantNode: () => typeof node.value === "number",
      SymbolNode: () => letters.has(node.name),
      ParenthesisNode: () => true,
      OperatorNode: () => Object.hasOwn(OPERATORS, node.fn),
      FunctionNode: () => isFunction(node.fn.name) && node.args.length === 1,
    };
    const isKnown = Object.hasOwn(known, node.type) && known[node.type]();
    if (!isKnown) throw new Error("I cannot read that as a formula.");
    for (const child of node.args || (node.content ? [node.content] : [])) allowed(child, letters);
    return node;
  }

  /** @param {FormulaNode} node @param {Record<string, number>} at @returns {number} */
  function value(node, at) {
    if (node.type === "ConstantNode") return node.value;
    if (node.type === "SymbolNode") return Object.hasOwn(at, node.name) ? at[node.name] : CONSTANTS[node.name];
    if (node.type === "ParenthesisNode") return value(node.content, at);
    const numbers = node.args.map((child) => value(child, at));
    return (node.type === "FunctionNode" ? FUNCTIONS[node.fn.name] : OPERATORS[node.fn])(...numbers);
  }

  // --- As a picture: MathML, which every browser draws by itself -------------------------------

  /** @param {string} name @param {(Node | string)[]} children */
  function tag(name, ...children) {
    const element = document.createElementNS("http://www.w3.org/1998/Math/MathML", name);
    element.append(...children);
    return element;
  }

  /** @type {(node: FormulaNode) => FormulaNode} */
  const bare = (node) => (node.type === "ParenthesisNode" ? bare(node.content) : node);
  /** @type {Record<string, string>} */
  const NAMES = { sigma: "σ", log: "ln", atan: "arctan" };
  /** @type {Record<string, number>} */
  const LEVELS = { add: 1, subtract: 1, unaryMinus: 1, unaryPlus: 1, multiply: 2, divide: 4, pow: 3 };
  const level = (/** @type {FormulaNode} */ node) => (node.type === "OperatorNode" ? LEVELS[node.fn] : 4);
  const round = (/** @type {Node} */ child) => tag("mrow", tag("mo", "("), child, tag("mo", ")"));

  /**
   * Draw a part, in brackets if it binds more loosely than its place asks for.
   * @param {FormulaNode} node @param {number} least @returns {Element}
   */
  function part(node, least) {
    const inside = bare(node);
    return level(inside) < least ? round(draw(inside)) : draw(inside);
  }

  /** @param {FormulaNode} whole @returns {Element} */
  function draw(whole) {
    const node = bare(whole);
    if (node.type === "ConstantNode") return tag("mn", String(node.value));
    if (node.type === "SymbolNode") return tag("mi", node.name === "pi" ? "π" : node.name);
    if (node.type === "FunctionNode") return drawFunction(node);
    const [a, b] = node.args;
    if (node.fn === "divide") return tag("mfrac", draw(a), draw(b));
    if (node.fn === "pow") {
      const isWhole = ["ConstantNode", "SymbolNode"].includes(bare(a).type);
      return tag("msup", isWhole ? draw(a) : round(draw(a)), draw(b));
    }
    if (!b) return tag("mrow", tag("mo", node.fn === "unaryMinus" ? "−" : "+"), part(a, 2));
    const sign = node.fn === "add" ? "+" : "−";
    if (["add", "subtract"].includes(node.fn)) return tag("mrow", draw(a), tag("mo", sign), part(b, node.fn === "add" ? 1 : 2));
    const isNumber = bare(b).type === "ConstantNode";
    return tag("mrow", part(a, 2), tag("mo", isNumber ? "·" : "\u2062"), part(b, 2));
  }

  /** @param {FormulaNode} node @returns {Element} */
  function drawFunction({ fn, args }) {
    const inside = draw(args[0]);
    if (fn.name === "sqrt") return tag("msqrt", inside);
    if (fn.name === "abs") return tag("mrow", tag("mo", "|"), inside, tag("mo", "|"));
    if (fn.name === "exp") return tag("msup", tag("mi", "e"), inside);
    const name = tag("mi", NAMES[fn.name] || fn.name);
    return tag("mrow", name, tag("mo", "\u2061"), round(inside));
  }

  // --- As an answer ----------------------------------------------------------------------------

  /** @type {(a: number, b: number) => boolean} */
  const near = (a, b) => Math.abs(a - b) <= 1e-9 + 1e-6 * Math.abs(b);
  /** @type {(these: number[], those: number[]) => boolean} */
  const same = (these, those) => these.every((number, k) => near(number, those[k]));

  /**
   * Judge a derivative by its values at many points: right, a slip with a name, or wrong.
   * @param {string} typed @param {DerivativeCheck} check @returns {Verdict}
   */
  function judge(typed, { variables, points, right, slips }) {
    const scopes = points.map((point) => Object.fromEntries(variables.map((name, k) => [name, point[k]])));
    const along = (/** @type {string} */ text) => {
      const tree = read(text, variables);
      return scopes.map((scope) => value(tree, scope));
    };
    const [given, wanted] = [along(typed), along(right)];
    if (same(given, wanted)) return { right: true, words: `It agrees at ${points.length} places.` };
    const slip = slips.find(([wrong]) => same(given, along(wrong)));
    if (slip) return { right: false, words: slip[1] };
    const hole = given.findIndex((number) => !Number.isFinite(number));
    const place = (/** @type {number} */ k) => variables.map((name) => `${name} = ${scopes[k][name]}`).join(", ");
    if (hole >= 0) return { right: false, words: `It has no value at ${place(hole)}, where there is a slope.` };
    const ratio = given[0] / wanted[0];
    if (ratio && Number.isFinite(ratio) && same(given, wanted.map((number) => number * ratio))) {
      return { right: false, words: `It is ${Number(ratio.toPrecision(3))} times the right answer, everywhere.` };
    }
    const k = given.findIndex((number, n) => !near(number, wanted[n]));
    const shown = (/** @type {number} */ number) => Number(number.toPrecision(4)).toString().replace("-", "−");
    return { right: false, words: `At ${place(k)} yours is ${shown(given[k])}, the slope is ${shown(wanted[k])}.` };
  }

  return { read, value, draw: (/** @type {FormulaNode} */ node) => tag("math", draw(node)), judge };
})();
