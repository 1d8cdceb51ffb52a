// Whether a derivative that is typed is the right one. Both are computed to 120 digits at places of the
// function's domain, near and far. What is called the same agrees in 45 digits or more at each place, and
// each of its terms counts somewhere; what is called another differs for certain. A value that is not real
// is none, for slopes are asked for. No document is needed here.
"use strict";

const judge = (() => {
  const NEAR = 24;
  const FEWEST = 8; // places that must say something
  const BITS = 150; // that must agree at each
  const DIGITS = Math.floor(BITS * Math.log10(2));
  const { Unread } = pieces;

  // --- Values ----------------------------------------------------------------------------------

  /** @typedef {{ at: Record<string, Exact>, seen: Set<Formula> }} Scope */

  /** @param {Formula} tree @param {Scope} scope @returns {Exact | null} */
  function value(tree, scope) {
    const { kind, text, parts } = tree;
    if (kind === "number") return tree.constant || exact.read(text);
    if (kind === "letter") return Object.hasOwn(scope.at, text) ? scope.at[text] : exact.CONSTANTS[text];
    const [a, b] = parts.map((part) => value(part, scope));
    if (a === null || b === null) return null;
    if (kind === "call") return a.r === Infinity ? a : sensitive(tree, exact.FUNCTIONS[text], a, scope);
    if (!b) return withOneSign(text, a);
    if (a.r === Infinity || b.r === Infinity) return exact.UNKNOWN;
    if (text === "*") return exact.multiply(a, b);
    if (text === "/") return exact.divide(a, b);
    if (text === "^") return sensitive(tree, (z) => exact.power(a, z), b, scope);
    return sum(tree, a, text === "-" ? exact.negative(b) : b, scope);
  }

  /** @param {string} text @param {Exact} a */
  function withOneSign(text, a) {
    if (text === "-") return exact.negative(a);
    if (text === "%") return exact.divide(a, exact.read("100"));
    return exact.divide(exact.multiply(a, exact.CONSTANTS.pi), exact.read("180"));
  }

  /**
   * Add, and note whether both terms count: one that never does has not been compared.
   * @param {Formula} tree @param {Exact} a @param {Exact} b @param {Scope} scope
   */
  function sum(tree, a, b, { seen }) {
    const found = exact.add(a, b);
    const isLost = [a, b].some((term) => exact.size(term) > term.r && exact.size(term) < found.r);
    if (!isLost) seen.add(tree);
    return found;
  }

  /**
   * Apply a function, and note whether what it is of counts: in tanh(1000) it does not.
   * @param {Formula} tree @param {(z: Exact) => Exact | null} rule @param {Exact} z @param {Scope} scope
   */
  function sensitive(tree, rule, z, { seen }) {
    const found = rule(z);
    if (seen.has(tree) || !found || found.r === Infinity) return found;
    const isPlain = tree.text === "sign" || !z.m || (tree.text === "^" && tree.parts[0].text === "1");
    const other = isPlain ? null : rule(exact.multiply(z, exact.read("1.25")));
    if (!other || exact.same(found, other, BITS) !== true) seen.add(tree);
    return found;
  }

  /** The parts of which it is noted whether they count. @type {(tree: Formula) => Formula[]} */
  const counted = (tree) => [
    ...(tree.kind === "call" || (tree.parts.length === 2 && "+-^".includes(tree.text)) ? [tree] : []),
    ...tree.parts.flatMap(counted),
  ];

  // --- Places ----------------------------------------------------------------------------------

  /** @typedef {{ at: Record<string, Exact>, wanted: Exact }} Place */

  const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19];
  /** A number between -1 and 1 that repeats nowhere. @type {(k: number, n: number) => number} */
  const scattered = (k, n) => ((k * Math.sqrt(PRIMES[n % 8])) % 1) * 2 - 1;

  /** @type {(k: number, n: number) => number} */
  const near = (k, n) => 2.5 * scattered(k, n);
  /** From a millionth to a million. @type {(k: number, n: number) => number} */
  const far = (k, n) => Math.sign(scattered(k, n)) * 10 ** (6 * scattered(k * (n + 1), n + 1)) * 1.0123;

  /**
   * A place with what is wanted there, if both a function and its slope have a value.
   * @param {Formula[]} both @param {Record<string, Exact>} at @returns {Place[]}
   */
  function placed(both, at) {
    const [height, wanted] = both.map((tree) => value(tree, { at, seen: new Set() }));
    const isKnown = wanted && (wanted.r < exact.size(wanted) || wanted.r < -2 * BITS); // or zero
    return height && height.r < Infinity && isKnown ? [{ at, wanted }] : [];
  }

  /**
   * @param {Formula[]} both @param {string[]} letters @param {(k: number, n: number) => number} spread
   * @param {number} count @param {number} tries @returns {Place[]}
   */
  function places(both, letters, spread, count, tries) {
    /** @type {Place[]} */
    const found = [];
    for (let k = 1; k <= tries && found.length < count; k++) {
      found.push(...placed(both, Object.fromEntries(letters.map((name, n) => [name, exact.fromDouble(spread(k, n))]))));
    }
    return found;
  }

  // A bar, a sign or a root makes two formulas of one: beyond the place where it turns, what is typed may be
  // another, however well it agrees on this side.
  const TURNING = ["abs", "sign", "sqrt", "cbrt", "^"];
  const CLOSEST = 2 ** -10;

  /** What turns where it is zero. @type {(tree: Formula) => Formula[]} */
  const turning = ({ text, parts }) => [
    ...(TURNING.includes(text) && lettered(parts[0]) ? [parts[0]] : []),
    ...parts.flatMap(turning),
  ];

  /** @type {(tree: Formula) => boolean} */
  const lettered = ({ kind, text, parts }) => (kind === "letter" && !exact.CONSTANTS[text]) || parts.some(lettered);

  /**
   * The zero of a formula along one of its letters, by secants from a place, or nothing.
   * @param {Formula} tree @param {Record<string, Exact>} at @param {string} letter
   */
  function zero(tree, at, letter) {
    const height = (/** @type {number} */ x) => {
      const found = value(tree, { at: { ...at, [letter]: exact.fromDouble(x) }, seen: new Set() });
      return found && found.r < Infinity ? exact.toDouble(found) : NaN;
    };
    let one = exact.toDouble(at[letter]);
    let two = one * 1.1 + CLOSEST;
    let heights = [height(one), height(two)];
    for (let k = 0; k < 60 && heights[1] && one !== two; k++) {
      [one, two] = [two, two - (heights[1] * (two - one)) / (heights[1] - heights[0])];
      heights = [heights[1], height(two)];
    }
    return Number.isFinite(two) && Math.abs(heights[1]) < 1e-9 * (1 + Math.abs(two)) ? [two] : [];
  }

  /**
   * Places on both sides of, and between, those at which a formula turns.
   * @param {Formula} tree @param {Known} about @returns {Place[]}
   */
  function beside(tree, { both, close }) {
    const turns = turning(tree);
    return close.slice(0, turns.length ? 2 : 0).flatMap(({ at }) => Object.keys(at).flatMap((letter) => {
      const found = turns.flatMap((each) => zero(each, at, letter)).sort((a, b) => a - b);
      const between = found.slice(1).flatMap((x, k) => (x > found[k] ? [(x + found[k]) / 2] : []));
      const sides = found.flatMap((x) => [-1, 1].map((side) => x + side * CLOSEST * (1 + Math.abs(x))));
      return [...between, ...sides].flatMap((x) => placed(both, { ...at, [letter]: exact.fromDouble(x) }));
    }));
  }

  // --- Comparing -------------------------------------------------------------------------------

  /**
   * Compare a formula with what is wanted at each place.
   * @param {Formula} tree @param {Place[]} where @param {number} [bits] that must agree
   * @returns {Comparison}
   */
  function compare(tree, where, bits = BITS) {
    /** @type {Set<Formula>} */
    const seen = new Set();
    let agreeing = 0;
    for (const { at, wanted } of where) {
      const given = value(tree, { at, seen });
      if (given === null) return { is: "hole", at };
      const same = exact.same(given, wanted, bits);
      if (same === false) return { is: "other", at, wanted, given };
      agreeing += Number(same === true);
    }
    if (!agreeing || agreeing < Math.min(FEWEST, where.length)) return { is: "unsure" };
    return counted(tree).every((each) => seen.has(each)) ? { is: "same", agreeing } : { is: "lost" };
  }

  /**
   * Compare a formula with the right one where that was drawn, and on both sides of where it turns.
   * @param {Formula} tree @param {Known} about @param {number} [bits] that must agree
   * @returns {Comparison}
   */
  function compareAll(tree, about, bits = BITS) {
    const found = compare(tree, about.where, bits);
    if (found.is !== "same") return found;
    const turned = compare(tree, beside(tree, about), bits);
    return turned.is === "other" || turned.is === "hole" ? turned : found;
  }

  /**
   * A number that stands in a formula for a constant, rounded: the formula is right with the constant in
   * its place. Returns the number as it is typed, or nothing.
   * @param {Formula} tree @param {Known} about
   */
  function rounded(tree, about) {
    return decimals(tree).find((text) => {
      const constant = unrounded(tree, text, about.close[0]);
      return constant && compareAll(withConstant(tree, text, constant), { ...about, where: about.close }, 60).is === "same";
    }) || "";
  }

  /** @type {(tree: Formula) => string[]} */
  const decimals = ({ kind, text, parts }) =>
    kind === "number" ? (text.includes(".") ? [text] : []) : [...new Set(parts.flatMap(decimals))];

  /** @type {(text: string) => number} */
  const digitCount = (text) => text.replace(/e.*/, "").replace(/^[0.]+/, "").replace(".", "").length;

  /**
   * The constant within half a unit of the last digit that makes a formula right at one place: by secants.
   * @param {Formula} tree @param {string} text @param {Place} place
   */
  function unrounded(tree, text, { at, wanted }) {
    const start = exact.read(text);
    const [digits, ten = "0"] = text.split("e");
    const half = exact.read(`0.${"0".repeat(digits.split(".")[1].length)}5e${ten}`);
    const gap = (/** @type {Exact} */ constant) => {
      const given = value(withConstant(tree, text, constant), { at, seen: new Set() });
      return given && exact.add(given, exact.negative(wanted));
    };
    let [one, two] = [start, exact.add(start, half)];
    let [gapOne, gapTwo] = [gap(one), gap(two)];
    for (let k = 0; k < 12; k++) {
      const rise = gapOne && gapTwo && exact.add(gapTwo, exact.negative(gapOne));
      const slope = rise && exact.divide(rise, exact.add(two, exact.negative(one)));
      const step = slope && gapTwo && exact.divide(gapTwo, slope);
      if (!step || step.r === Infinity) break;
      [one, gapOne, two] = [two, gapTwo, { ...exact.add(two, exact.negative(step)), r: -Infinity }];
      gapTwo = gap(two);
    }
    const off = exact.toDouble(exact.add(two, exact.negative(start)));
    const isNear = gapTwo !== null && Math.abs(off) <= exact.toDouble(half) * 1.000001;
    return isNear ? { ...two, r: exact.size(two) - 120 } : null;
  }

  /** @param {Formula} tree @param {string} text @param {Exact} constant @returns {Formula} */
  function withConstant(tree, text, constant) {
    if (tree.kind === "number") return tree.text === text ? { ...tree, constant } : tree;
    return { ...tree, parts: tree.parts.map((part) => withConstant(part, text, constant)) };
  }

  // --- Words -----------------------------------------------------------------------------------

  const sign = (/** @type {string | number} */ text) => String(text).replace("-", "−");

  /** Two numbers in as many digits as it takes to see that they differ. @param {Exact} a @param {Exact} b */
  function apart(a, b) {
    const both = [exact.toDouble(a), exact.toDouble(b)];
    const enough = [4, 6, 8, 10, 12, 15].find((digits) => both[0].toPrecision(digits) !== both[1].toPrecision(digits));
    const shown = (/** @type {number} */ number) =>
      Number.isFinite(number) ? sign(Number(number.toPrecision(enough))) : "beyond all bounds";
    return enough ? both.map(shown) : null;
  }

  /** @type {(number: Exact) => number} */
  const short = (number) => Number(exact.toDouble(number).toPrecision(3));

  /** @param {Record<string, Exact>} at */
  function place(at) {
    const isShort = (/** @type {Exact} */ number) => exact.same(number, exact.fromDouble(short(number)), BITS) === true;
    return Object.entries(at).map(([name, number]) => `${name} ${isShort(number) ? "=" : "≈"} ${sign(short(number))}`).join(", ");
  }

  /**
   * The values that differ at a place, or, where they do so too, at that of three digits.
   * @param {Formula} tree @param {Place & { given: Exact }} found @param {Known} about
   */
  function atShort(tree, found, { both }) {
    const letters = Object.entries(found.at).map(([name, number]) => [name, exact.fromDouble(short(number))]);
    const [near] = placed(both, Object.fromEntries(letters));
    const given = near && value(tree, { at: near.at, seen: new Set() });
    return given && exact.same(given, near.wanted, BITS) === false ? { ...near, given } : found;
  }

  /** The simplest fraction that a number is, if it is a simple one. @param {Exact} number */
  function fraction(number) {
    for (let below = 1; below <= 60; below++) {
      const above = Math.round(exact.toDouble(number) * below);
      if (Math.abs(above) > 1000 || !above) continue;
      const isSame = exact.same(exact.multiply(number, exact.read(String(below))), exact.fromDouble(above), 60);
      if (isSame) return below === 1 ? String(above) : `${above}/${below}`;
    }
    return "";
  }

  /**
   * What the answer is everywhere of the right one, or off by: words, or nothing.
   * @param {Formula} tree @param {Place[]} where
   */
  function constantly(tree, where) {
    const given = where.map(({ at }) => value(tree, { at, seen: new Set() }));
    const times = where.map(({ wanted }, k) => given[k] && exact.divide(given[k], wanted));
    const off = where.map(({ wanted }, k) => given[k] && exact.add(given[k], exact.negative(wanted)));
    /** @type {(all: (Exact | null)[]) => boolean} */
    const isOne = (all) => all.every((each) => each && all[0] && exact.same(each, all[0], 60));
    if (isOne(times) && times[0]) {
      const known = fraction(times[0]);
      if (known && known !== "1") return `It is ${sign(known)} times the right answer, everywhere.`;
    }
    if (isOne(off) && off[0]) {
      const known = fraction(off[0]);
      if (known) return `It is ${sign(known).replace("−", "")} too ${known.startsWith("-") ? "small" : "large"}, everywhere.`;
    }
    return "";
  }

  // --- A derivative ----------------------------------------------------------------------------

  /** @type {Map<DerivativeCheck, Known>} */
  const known = new Map();

  /** @param {DerivativeCheck} check @returns {Known} */
  function prepare(check) {
    const before = known.get(check);
    if (before) return before;
    const { variables, by, of, right, slips } = check;
    const read = (/** @type {string} */ text) => grammar.readings(text, variables, by)[0].tree;
    const both = [read(of), read(right)];
    const close = places(both, variables, near, NEAR, 40 * NEAR);
    const told = slips.map(([wrong, words]) => ({ tree: read(wrong), words }));
    const found = { both, where: [...close, ...places(both, variables, far, NEAR, 2 * NEAR)], close, told };
    known.set(check, found);
    return found;
  }

  /**
   * The places at which a formula has a value, with that.
   * @param {Formula} tree @param {Place[]} close @returns {Place[]}
   */
  function valuesOf(tree, close) {
    return close.flatMap(({ at }) => {
      const wanted = value(tree, { at, seen: new Set() });
      return wanted && wanted.r < Infinity ? [{ at, wanted }] : [];
    });
  }

  /** @param {Formula} tree @param {{ tree: Formula, words: string }[]} told @param {Place[]} close */
  function slipOf(tree, told, close) {
    return told.find((slip) => {
      const [first, ...rest] = close;
      const start = valuesOf(slip.tree, [first]);
      if (start.length && compare(tree, start).is === "other") return false; // most differ at once
      const where = [...start, ...valuesOf(slip.tree, rest)];
      return where.length > 1 && compare(tree, where).is === "same";
    });
  }

  /** What is told of a formula that is not the right one. @param {Formula} tree @param {Known} about @returns {string} */
  function diagnosis(tree, about) {
    const { close } = about;
    const found = compareAll(tree, about);
    if (found.is === "lost") throw new Unread("", "A part of that is too small to count anywhere: leave it out.");
    if (found.is === "unsure") throw new Unread("", "That is too large or too small to be compared. Write it more simply.");
    const number = rounded(tree, about);
    if (number) return `The number ${number} is rounded. Write it exactly, as in 1/3, pi, e or ln(2).`;
    if (found.is === "hole") return `It has no value at ${place(found.at)}, where there is a slope.`;
    const words = constantly(tree, close);
    if (words || found.is !== "other") return words;
    const { at, given, wanted } = atShort(tree, found, about);
    const shown = apart(given, wanted);
    if (!shown) return `It is a little off, as at ${place(at)}.`;
    return `At ${place(at)} yours is ${shown[0]}, the slope is ${shown[1]}.`;
  }

  /**
   * Which of several readings is right, if one is; the words say how it was read if another is not.
   * @param {FormulaReading[]} readings @param {(tree: Formula) => string | null} isRight, words or null
   * @returns {Verdict | null}
   */
  function anyRight(readings, isRight) {
    const found = readings.map(({ tree }) => isRight(tree));
    const k = found.findIndex((words) => words !== null);
    if (k < 0) return null;
    const [meant, first] = [grammar.write(readings[k].tree), grammar.write(readings[0].tree)];
    if (!readings[k].isLikely) {
      throw new Unread("", `I read that as ${first}, which is not right. If you mean ${meant}, type it so.`);
    }
    const isCertain = found.every((words, n) => words !== null || !readings[n].isLikely);
    const words = isCertain ? "" : `Read as ${meant}${meant.includes("(") ? "; such brackets leave no doubt" : ""}.`;
    return { right: true, words: [words, found[k]].filter(Boolean).join(" ") };
  }

  /** @param {string} typed @param {DerivativeCheck} check @returns {Verdict} */
  function derivative(typed, check) {
    const about = prepare(check);
    const { close } = about;
    const isSame = (/** @type {Formula} */ one, /** @type {Formula} */ other) =>
      compare(one, valuesOf(other, close)).is !== "other";
    const readings = statement(typed, check.variables, check.by, isSame);
    const isRight = (/** @type {Formula} */ tree) => {
      const found = compareAll(tree, about);
      if (found.is === "same") return `It agrees at ${found.agreeing} places, to ${DIGITS} digits.`;
      const number = rounded(tree, about);
      return number && digitCount(number) >= 4 ? `The number ${number} is rounded, and rightly so.` : null;
    };
    const found = anyRight(readings, isRight);
    if (found) return found;
    const slip = slipOf(readings[0].tree, about.told, close);
    if (slip) return { right: false, words: slip.words };
    const words = diagnosis(readings[0].tree, about);
    const isDoubtful = readings.filter(({ isLikely }) => isLikely).length > 1;
    return { right: false, words: isDoubtful ? `Read as ${grammar.write(readings[0].tree)}. ${words}` : words };
  }

  // --- What stands around a formula ------------------------------------------------------------

  const EQUALS = /:?=+|[≈\u2243\u2245~\u223c]/;
  const SLOPE = /^[d∂].*\/[d∂]/;
  const NAME = /^([\p{L}Δ∇]{1,5})([′'’″]*)_?\{?[\d₀-₉]{0,3}\}?([′'’″]*)(?:\([\p{L}\d, ]*\)| ?\p{L})?$/u;

  const TAKEN = ["e", "pi", "π", "sin", "cos", "tan", "ln", "log", "exp", "sqrt", "abs", "tanh", "sigma", "σ"];

  /**
   * Whether the left side of = only says what is given: f'(x), dy/dx, v.
   * @param {string} text @param {string[]} letters
   */
  function isLabel(text, letters) {
    const name = text.trim().match(NAME);
    const isPrimed = name && (name[2] || name[3]);
    const isTaken = name && [...letters, ...TAKEN].includes(name[1]);
    return SLOPE.test(text.trim()) || Boolean(name && (isPrimed || !isTaken));
  }

  /**
   * Read what is typed without its left side, its full stop, and what is equal to it.
   * @param {string} typed @param {string[]} letters @param {string} by
   * @param {(one: Formula, other: Formula) => boolean} isSame @returns {FormulaReading[]}
   */
  function statement(typed, letters, by, isSame) {
    const parts = typed.slice(0, 500).replace(/[\s.;,]+$/, "").split(EQUALS);
    if (parts.length > 1 && (!parts[0].trim() || isLabel(parts[0], letters))) parts.shift();
    const all = parts.map((part) => grammar.readings(part, letters, by));
    for (const other of all.slice(1)) {
      const agree = all[0].some(({ tree }) => other.some((each) => isSame(each.tree, tree)));
      if (!agree) throw new Unread("=", "The two sides of “=” are not the same. Give one answer.");
    }
    return all[0];
  }

  return { derivative, statement, anyRight, value, compare, prepare };
})();
