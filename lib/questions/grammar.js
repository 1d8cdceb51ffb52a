// How a typed formula is read: the grammar of the page. grammar.py is the same for the author, rule
// by rule, and both read the same cases (tests/pages/grammar_cases.csv).
//
// Where people write two things in the same way, as 1/2x, a text has two readings. Each such doubt has a
// name, and `choose` answers whether its second reading is wanted: so a text is read once for each.
"use strict";

const grammar = (() => {
  const { bareSigmas, isSign, piece, plain, refuse, refuseSign, CLOSED_BY, Unread } = pieces;
  const LONGEST = 400; // signs
  const DEEPEST = 60; // rules within rules
  const CONSTANTS = ["pi", "e"];
  /** @type {Record<string, string>} */
  const INVERSES = {
    sin: "arcsin", cos: "arccos", tan: "arctan", sinh: "arsinh", cosh: "arcosh", tanh: "artanh",
  };

  // --- Rules -----------------------------------------------------------------------------------

  /** @type {(kind: Formula["kind"], text: string, ...parts: Formula[]) => Formula} */
  const node = (kind, text, ...parts) => ({ kind, text, parts });
  const sign = (/** @type {string} */ text, /** @type {Formula[]} */ ...parts) => node("sign", text, ...parts);

  /** One half, from 1/2 @param {string} text */
  function share(text) {
    const [above, below] = text.split("/");
    return sign("/", node("number", above), node("number", below));
  }

  /** Whether no letter stands in a formula. @type {(tree: Formula) => boolean} */
  const isNumeric = (tree) => tree.kind !== "letter" && tree.kind !== "call" && tree.parts.every(isNumeric);
  /** @type {(tree: Formula, text: string) => boolean} */
  const holds = (tree, text) => tree.text === text || tree.parts.some((part) => holds(part, text));
  const isWhole = (/** @type {string} */ text) => /^\d+$/.test(text);

  /**
   * Read pieces from left to right, by one function for each rule, the loosest first.
   * @param {Piece[]} found @param {Reading} reading @returns {Formula}
   */
  function parse(found, { letters, choose }) {
    const END = piece("end", "", true);
    let at = 0;
    let depth = 0;
    let bars = 0; // open ones, within the brackets in hand
    const next = (ahead = 0) => found[at + ahead] || END;
    const is = (/** @type {string} */ text) => next().kind === "sign" && next().text === text;
    const isOperand = (/** @type {Piece} */ each) =>
      ["number", "share", "letter", "value", "function", "open"].includes(each.kind) || (isSign(each, "|") && !bars);
    const isPlain = (/** @type {Piece} */ each) => ["number", "share", "letter", "value"].includes(each.kind);

    /** @type {<Result>(rule: () => Result) => Result} */
    function deeper(rule) {
      if (++depth > DEEPEST) refuse("(", `I can read at most ${DEEPEST} brackets and signs within each other.`);
      const result = rule();
      depth--;
      return result;
    }

    /** @returns {Formula} */
    function sum() {
      let left = product();
      while (is("+") || is("-")) left = sign(found[at++].text, left, product());
      return left;
    }

    /** @returns {Formula} */
    function product() {
      let left = signed();
      for (;;) {
        if (is("*")) left = sign(found[at++].text, left, signed());
        else if (is("/")) left = quotient(left);
        else if (isOperand(next())) left = sideBySide(left);
        else return left;
      }
    }

    /** @param {Formula} left @returns {Formula} */
    function sideBySide(left) {
      const [here, after] = [next(), next(1)];
      const isBare = here.kind === "number" && (["end", "close"].includes(after.kind) || isSign(after, "+-"));
      const isFactor = left.parts.length > 1 && left.parts[1].kind === "number" && left.text !== "^";
      if (isBare && (left.kind === "number" || isFactor) && found[at - 1].kind === "number") {
        refuse(here.text, `Between “${found[at - 1].text}” and “${here.text}” a sign is missing.`);
      }
      return sign("*", left, power());
    }

    /** 1/2x: what stands beside the divisor may belong to it. @param {Formula} above @returns {Formula} */
    function quotient(above) {
      at++;
      let below = signed();
      while (isOperand(next()) && !["number", "share"].includes(next().kind)) {
        const isShare = isNumeric(above) && isNumeric(below);
        if (!choose("slash", !isShare && !next().gap)) break;
        below = sign("*", below, power());
      }
      const isShort = below.kind === "number" && (is("+") || is("-")); // 1/1+x, where brackets are forgotten
      if (isShort && choose("sum", false)) below = sign(found[at++].text, below, product());
      return sign("/", above, below);
    }

    /** @returns {Formula} */
    function signed() {
      if (is("+")) return at++, deeper(signed);
      if (is("-")) return at++, sign("-", deeper(signed));
      return power();
    }

    /** @returns {Formula} */
    function power() {
      let tree = operand();
      while (is("^")) tree = sign("^", tree, exponent(tree));
      return tree;
    }

    /** @param {Formula} below @returns {Formula} */
    function exponent(below) {
      if (found[at++].isRaised) return operand();
      if (is("+")) return deeper(() => exponent(below));
      if (is("-")) return sign("-", deeper(() => exponent(below)));
      const isClear = !isPlain(next());
      let tree = operand();
      if (is("^")) {
        if (!next().isRaised && choose("tower", false)) return tree;
        tree = sign("^", tree, deeper(() => exponent(tree)));
      }
      return isClear ? tree : longExponent(below, tree);
    }

    /** e^2x, e^x/2: what stands close by may belong to the exponent. @param {Formula} below @param {Formula} tree */
    function longExponent(below, tree) {
      const isName = below.kind === "letter" && CONSTANTS.includes(below.text);
      const isConstant = below.kind === "number" || (isName && !letters.includes(below.text));
      while (isConstant && isPlain(next()) && !next().gap && choose("exponent", true)) tree = sign("*", tree, power());
      const divisor = next(1);
      const isClose = is("/") && !next().gap && !divisor.gap;
      const areWhole = isWhole(divisor.text) && isWhole(tree.text);
      const divides = divisor.kind === "number" && !(areWhole && Number(tree.text) % Number(divisor.text) === 0);
      const isLetter = isConstant && divisor.kind === "letter" && !holds(tree, divisor.text);
      if (isClose && (divides || isLetter) && choose("exponent", true)) return at++, sign("/", tree, operand());
      return tree;
    }

    /** @returns {Formula} */
    function operand() {
      const here = next();
      if (here.kind === "number") return numeral();
      if (here.kind === "share") return at++, share(here.text);
      if (here.kind === "letter") return at++, node("letter", here.text);
      if (here.kind === "value") return at++, node("call", "sigma", node("letter", here.text));
      if (here.kind === "function") return deeper(call);
      if (here.kind === "open") return deeper(group);
      if (is("|")) return deeper(absolute);
      const last = at ? found[at - 1].text : "";
      if (here.kind === "end") return refuse("", at ? `After “${last}” something is missing.` : "Type an answer first.");
      return refuse(here.text, `Before “${here.text}” something is missing.`);
    }

    /** A number, perhaps with a share beside it, as 2½, or with a % or a ° after it. @returns {Formula} */
    function numeral() {
      const tree = node("number", found[at++].text);
      if (is("%") && next(1).kind === "number") refuse("%", "After a % a sign is missing.");
      if (is("%") || is("°")) return sign(found[at++].text, tree);
      const here = next();
      const isAfter = isSign(found[at - 2], "/^");
      if (!isWhole(tree.text) || isAfter) return tree;
      if (here.kind === "share" && !(here.gap && choose("mixed", true))) return at++, sign("+", tree, share(here.text));
      const [slash, below] = [next(1), next(2)];
      const isShare = here.kind === "number" && isSign(slash, "/") && !slash.gap && below.kind === "number" && !below.gap;
      if (!isShare || !isWhole(here.text) || !isWhole(below.text)) return tree;
      if (choose("mixed", true) !== letters.length > 0) return tree;
      at += 3;
      return sign("+", tree, sign("/", node("number", here.text), node("number", below.text)));
    }

    /** @returns {Formula} */
    function group() {
      const [open, before] = [found[at++].text, bars];
      bars = 0;
      const tree = sum();
      bars = before;
      if (next().kind === "end") refuse(open, "A bracket is not closed.");
      if (next().kind !== "close") refuse(next().text, `I cannot read “${next().text}” there.`);
      if (next().text !== CLOSED_BY[open]) refuse(next().text, `A “${open}” is closed by a “${next().text}”.`);
      at++;
      return tree;
    }

    /** |x|, whose second line may be left out at the end. @returns {Formula} */
    function absolute() {
      const before = bars;
      at++;
      bars = 1;
      const tree = sum();
      bars = before;
      if (next().kind !== "end" && !is("|")) refuse("|", "A line | is not closed.");
      at++;
      return node("call", "abs", tree);
    }

    /** @returns {Formula} */
    function call() {
      const name = found[at++].text;
      const raisedTo = is("^") ? powerOfCall() : null;
      const isMinusOne = raisedTo !== null && raisedTo.text === "-" && raisedTo.parts[0].text === "1";
      if (isMinusOne && !INVERSES[name]) refuse(name, `For 1/${name} write a fraction, for the inverse its name.`);
      const isInverse = isMinusOne && !choose("inverse", true);
      const tree = node("call", isInverse ? INVERSES[name] : name, argument(name));
      return raisedTo && !isInverse ? sign("^", tree, raisedTo) : tree;
    }

    /** sin^2 x, sin²x, tan⁻¹ x @returns {Formula} */
    function powerOfCall() {
      const { isRaised } = found[at++];
      if (isRaised || !is("-")) return operand();
      at++;
      return sign("-", operand());
    }

    /** @param {string} name @returns {Formula} */
    function argument(name) {
      if (next().kind === "open") return deeper(group);
      if (is("|")) return deeper(absolute);
      if (next().kind === "function") return deeper(call);
      if (is("-") && isPlain(next(1)) && !next(1).gap) return at++, sign("-", run(name));
      if (isPlain(next())) return run(name);
      return refuse(name, `What is “${name}” of? Nothing stands after it.`);
    }

    /** How far a function without brackets reaches, as in sin 2x cos x. @param {string} name @returns {Formula} */
    function run(name) {
      let tree = factor();
      for (;;) {
        const [here, after] = [next(), next(1)];
        if (is("^")) return tree; // of the function's value
        if (here.kind === "open" && !here.gap) {
          if (!isNumeric(tree) && !choose("reach", true)) return tree;
        } else if (isPlain(here)) {
          const isRoot = name === "sqrt" || name === "cbrt";
          if (!here.gap && isRoot && choose("root", true)) return tree;
          if (here.gap && !choose("reach", isNumeric(tree))) return tree;
        } else if (is("*") && isNumeric(tree) && after.kind === "letter") {
          if (!choose("reach", true)) return tree;
          at++;
        } else return divided(tree);
        tree = sign("*", tree, factor());
      }
    }

    /** cos x/2: the divisor may belong to what the cosine is of. @param {Formula} tree */
    function divided(tree) {
      const below = next(1);
      const isClose = is("/") && !next().gap && !below.gap && isPlain(below) && !holds(tree, below.text);
      if (!isClose || !choose("reach", true)) return tree;
      at++;
      return sign("/", tree, operand());
    }

    /** A factor with its power, which may be that of the function: sin x^2. @returns {Formula} */
    function factor() {
      const tree = operand();
      return is("^") && !choose("power", true) ? sign("^", tree, exponent(tree)) : tree;
    }

    const tree = sum();
    if (next().kind === "close") refuse(next().text, "A bracket is closed that was never opened.");
    if (next().kind !== "end") refuseSign(next().text);
    return tree;
  }

  // --- Readings --------------------------------------------------------------------------------

  /** A formula with all its brackets, as the table of cases writes it. @type {(tree: Formula) => string} */
  const shape = ({ text, parts }) => (parts.length ? `(${[text, ...parts.map(shape)].join(" ")})` : text);

  /**
   * Read a text once, with the second reading of the doubts that are named.
   * @param {string} text @param {string[]} letters @param {string} by @param {string[]} doubts
   */
  function once(text, letters, by, doubts) {
    /** @type {Map<string, boolean>} */
    const met = new Map();
    const choose = (/** @type {string} */ doubt, /** @type {boolean} */ isLikely) => {
      met.set(doubt, (met.get(doubt) ?? true) && isLikely);
      return doubts.includes(doubt);
    };
    const reading = { letters, by, choose };
    return { tree: parse(bareSigmas(pieces.from(text, reading), reading), reading), met };
  }

  /** Which doubts to read the other way: each, each pair, all. @param {string[]} met @returns {string[][]} */
  function choices(met) {
    const pairs = met.flatMap((one, k) => met.slice(k + 1).map((other) => [one, other]));
    return [...met.map((one) => [one]), ...pairs, met];
  }

  /**
   * Read a formula in all ways it may be meant, the most usual first. `isLikely` says whether people write
   * it that way as often: then an answer counts that is right in this reading.
   * @param {string} typed @param {string[]} letters @param {string} by @returns {FormulaReading[]}
   */
  function readings(typed, letters, by = "") {
    if ([...typed].length > LONGEST) refuse(typed, `That is too long: at most ${LONGEST} signs.`);
    const text = plain(typed);
    const { tree, met } = once(text, letters, by, []);
    const found = new Map([[shape(tree), { tree, isLikely: true }]]);
    for (const doubts of choices([...met.keys()])) {
      try {
        const other = once(text, letters, by, doubts).tree;
        const isLikely = doubts.every((doubt) => met.get(doubt) ?? true);
        if (!found.has(shape(other))) found.set(shape(other), { tree: other, isLikely });
      } catch (error) {
        if (!(error instanceof Unread)) throw error; // else the other way is none
      }
    }
    return [...found.values()];
  }

  // --- Writing ---------------------------------------------------------------------------------

  /** @type {Record<string, number>} */
  const TIGHTNESS = { "+": 1, "-": 1, "*": 2, "/": 2, "^": 4, "%": 5, "°": 5 };
  /** @type {(tree: Formula) => number} */
  const tightness = ({ kind, text, parts }) =>
    kind === "sign" ? (parts.length === 1 && text === "-" ? 3 : TIGHTNESS[text]) : 6;

  /** @param {Formula} tree @param {number} least @returns {string} */
  function within(tree, least) {
    return tightness(tree) < least ? `(${write(tree)})` : write(tree);
  }

  /** @type {(tree: Formula) => boolean} */
  const endsInPower = ({ text, parts }) => text === "^" || (text === "-" && parts.length === 1 && endsInPower(parts[0]));

  /** A formula as it can be typed, with the brackets that leave no doubt. @param {Formula} tree @returns {string} */
  function write(tree) {
    const { kind, text, parts } = tree;
    if (kind === "call") return `${text}(${write(parts[0])})`;
    if (!parts.length) return text;
    const [a, b] = parts;
    if (!b) return text === "-" ? `-${within(a, 4)}` : `${write(a)}${text}`;
    if (text === "^") return `${within(a, 6)}^${within(b, 6)}`;
    if (text === "+" || text === "-") return `${within(a, 1)} ${text} ${within(b, 2)}`;
    const above = text === "/" && endsInPower(a) ? `(${write(a)})` : within(a, 3); // for x^2/3 has two readings
    return `${above}${text}${within(b, 4)}`;
  }

  return { readings, shape, write, Unread };
})();
