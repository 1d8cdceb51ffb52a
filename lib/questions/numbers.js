// Whether a number that is typed is the right one, with or without its unit. No document is needed here.
"use strict";

const numbers = (() => {
  const { Unread } = pieces;
  const TINY = 1e-9;

  /** @type {(a: number, b: number, within: number) => boolean} */
  const isNear = (a, b, within) => Math.abs(a - b) <= within + (b ? TINY * Math.abs(b) : TINY);

  // --- Units -----------------------------------------------------------------------------------

  /** What a word of measure is of the base unit, and which that is. @type {Record<string, [number, string]>} */
  const MEASURES = {
    m: [1, "m"], metre: [1, "m"], meter: [1, "m"], km: [1000, "m"], kilometre: [1000, "m"], kilometer: [1000, "m"],
    cm: [0.01, "m"], centimetre: [0.01, "m"], centimeter: [0.01, "m"], mm: [0.001, "m"],
    s: [1, "s"], sec: [1, "s"], second: [1, "s"], ms: [0.001, "s"], min: [60, "s"], minute: [60, "s"],
    h: [3600, "s"], hr: [3600, "s"], hour: [3600, "s"], kg: [1, "kg"], g: [0.001, "kg"], "%": [0.01, "share"],
    "°": [1, "°"], degree: [1, "°"], deg: [1, "°"], rad: [180 / Math.PI, "°"], radian: [180 / Math.PI, "°"],
  };

  /** @param {string} word @returns {[number, string] | null} */
  function measure(word) {
    const one = word.replace(/s$/, "");
    const known = [word, one].find((each) => Object.hasOwn(MEASURES, each));
    return known && (known === word || one.length > 2) ? MEASURES[known] : null;
  }

  const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const POWER = /^(\^\(?-?\d\)?|⁻?[²³¹]|)$/;
  const FACTOR = /(\/| per |[* ])?([a-z]+|[%°])(\^\(?-?\d\)?|⁻?[¹²³]|)/gi;

  /** @param {string} power */
  function powerOf(power) {
    const level = power.replace(/[¹²³]/, (one) => String(RAISED.indexOf(one))).replace("⁻", "-");
    return Number(level.replace(/[\^()]/g, "") || 1);
  }

  /**
   * A unit as a factor and powers of the base units, or null if it is none that is known.
   * @param {string} text @returns {{ factor: number, of: string } | null}
   */
  function unit(text) {
    const plain = pieces.plain(text).trim().replace(/^[([{](.*)[)\]}]$/, "$1").replace(/ *([*/]) */g, "$1");
    /** @type {Record<string, number>} */
    const powers = {};
    let factor = 1;
    let length = 0;
    for (const [all, before = "", word, power] of plain.matchAll(FACTOR)) {
      const known = measure(word);
      if (!known || !POWER.test(power)) return null;
      const count = powerOf(power) * (before === "/" || before === " per " ? -1 : 1);
      factor *= known[0] ** count;
      powers[known[1]] = (powers[known[1]] || 0) + count;
      length += all.length;
    }
    const of = Object.entries(powers).filter(([, count]) => count).sort().join(" ");
    return length && length === plain.length ? { factor, of } : null;
  }

  /**
   * Part a number from the unit that is typed behind it.
   * @param {string} typed @param {string} wanted @returns {{ text: string, factor: number }}
   */
  function withoutUnit(typed, wanted) {
    const bare = typed.trim();
    const squeeze = (/** @type {string} */ text) => pieces.plain(text).replace(/[ [\]()]/g, "").toLowerCase();
    for (let at = 1; at < bare.length; at++) {
      if (!/[\d)\]}%\s½¼¾\u2153\u2154.πe]/.test(bare[at - 1]) || !/[a-zµ%°º[({]/i.test(bare[at])) continue;
      if (/[°º]/.test(bare[at]) && wanted !== "°") continue; // a number of degrees is one of radians
      const [text, tail] = [bare.slice(0, at).trim(), bare.slice(at)];
      if (/[*/^+(-]$/.test(pieces.plain(text))) continue;
      const isWanted = wanted && [wanted, wanted.replace(/s$/, "")].some((each) => squeeze(tail) === squeeze(each));
      if (isWanted) return { text, factor: 1 };
      const given = !wanted && tail.trim() === "%" ? null : unit(tail);
      if (given) return { text, factor: factorTo(tail, given, wanted) };
    }
    return { text: bare, factor: 1 };
  }

  /** @param {string} tail @param {{ factor: number, of: string }} given @param {string} wanted */
  function factorTo(tail, given, wanted) {
    const goal = unit(wanted);
    const split = unit(tail.replace(/^ms\b/, "m s")); // m/s as ms^-1
    const fits = goal && [given, split].find((each) => each && each.of === goal.of);
    if (fits) return fits.factor / goal.factor;
    const words = wanted ? `Give a number in ${wanted}, or without a unit.` : "Give the number alone, without a unit.";
    throw new Unread(tail, `${words} Yours is in ${tail.trim().replace(/^[([](.*)[)\]]$/, "$1")}.`);
  }

  // --- Values ----------------------------------------------------------------------------------

  /** @param {Formula} tree @returns {number} */
  function amount(tree) {
    const found = judge.value(tree, { at: {}, seen: new Set() });
    const why = "somewhere it divides by 0, or takes a root or a logarithm of too little.";
    if (!found) throw new Unread("", `That is no number: ${why}`);
    const number = exact.toDouble(found);
    if (found.r === Infinity || !Number.isFinite(number)) throw new Unread("", "That is too large a number.");
    return number;
  }

  /**
   * The number that is typed, in each reading, in the unit that is asked for.
   * @param {string} typed @param {string} wanted @returns {{ readings: FormulaReading[], factor: number, text: string }}
   */
  function read(typed, wanted) {
    const isRough = /[≈\u2243\u2245~\u223c]/.test(typed);
    const ended = typed.slice(0, 500).replace(/[\s.;,]+$/, "").replace(/\bper ?cent$/i, "%");
    const trimmed = ended.replace(/\s*(?:±|\+ ?\/ ?[-−])\s*[\d.,]+\s*%?$/, "");
    const { text, factor } = withoutUnit(trimmed, wanted);
    const isSame = (/** @type {Formula} */ one, /** @type {Formula} */ other) =>
      isNear(amount(one), amount(other), isRough ? 0.01 * Math.abs(amount(other)) : 0);
    return { readings: judge.statement(text, [], "", isSame), factor, text };
  }

  /**
   * Half a unit of the last digit that is typed, if three or more are: how far it may be rounded.
   * @param {string} text
   */
  function slack(text) {
    const plain = pieces.plain(text.replace(/^.*[=≈~]/, "")).trim();
    const [all, , part = "", ten = "0"] = plain.match(/^[+-]? ?(\d*)(?:[.,](\d+))?(?:e(-?\d+))?$/i) || [];
    const digits = (all || "").replace(/e.*/i, "").replace(/\D/g, "").replace(/^0+/, "");
    return all && digits.length >= 3 && part ? 0.5 * 10 ** (Number(ten) - part.length) * 1.000001 : 0;
  }

  // --- Verdicts --------------------------------------------------------------------------------

  /** @type {(part: Formula) => boolean} */
  const hasAngle = ({ kind, text, parts }) =>
    (kind === "call" && /^(sin|cos|tan|cot|sec|csc)$/.test(text)) || parts.some(hasAngle);

  /** A formula whose angles are in degrees. @param {Formula} tree @returns {Formula} */
  function inDegrees(tree) {
    const parts = tree.parts.map(inDegrees);
    if (!hasAngle({ ...tree, parts: [] })) return { ...tree, parts };
    return { ...tree, parts: [{ kind: "sign", text: "°", parts }] };
  }

  /**
   * What is told of a wrong number: only what explains it to the digit.
   * @param {number} given @param {string} text @param {Formula} tree @param {NumberCheck} check @returns {string}
   */
  function diagnosis(given, text, tree, check) {
    const { value, within, unit: wanted, slips } = check;
    const typedSlack = slack(text);
    const slip = (/** @type {number} */ more) =>
      slips.find(([wrong, , less]) => isNear(given, wrong, Math.max(less || 0, more)));
    const exactly = slips.find(([wrong]) => isNear(given, wrong, 0)) || (typedSlack ? undefined : slip(0));
    if (exactly) return exactly[1];
    const isRounded = given && typedSlack && Math.abs(given - value) <= typedSlack;
    if (isRounded) return `Right so far, but it is rounded too early: ${closer(check)}`;
    const near = slip(typedSlack);
    if (near) return near[1];
    if (value && isNear(given, -value, within)) return "Everything is right but the sign.";
    const isShare = wanted === "%" && text && !text.includes("%");
    if (isShare && isNear(given * 100, value, within)) return "Give it in per cent.";
    const isTurn = hasAngle(tree) && isNear(amount(inDegrees(tree)), value, within);
    if (isTurn) return "Angles are in radians here. For degrees write the sign °, as in sin(30°).";
    return (text && value && shifted(given, check)) || close(given, check);
  }

  /** What is told of a decimal point in the wrong place. @param {number} given @param {NumberCheck} check */
  function shifted(given, { value, within }) {
    const powers = [10, 100, 1000, 0.1, 0.01, 0.001];
    const ten = powers.find((factor) => isNear(given, value * factor, within * factor));
    const times = ten && (ten > 1 ? ten : `1/${Math.round(1 / ten)}`);
    return times ? `It is ${times} times the right answer: where does the decimal point belong?` : "";
  }

  /** What is told of a number that is nearly right. @param {number} given @param {NumberCheck} check */
  function close(given, check) {
    const { value, within } = check;
    if (!value || !isNear(given, value, 0.03 * Math.abs(value))) return "";
    return within ? `Close: ${closer(check)}` : "Close, but a whole number is wanted exactly.";
  }

  /** @param {NumberCheck} check */
  function closer({ value, within }) {
    const isRough = isNear(within, 0.005 * Math.abs(value), 0);
    return `it has to be right to within ${isRough ? "half a per cent" : Number(within.toPrecision(2))}.`;
  }

  /** @param {string} typed @param {NumberCheck} check @returns {Verdict} */
  function number(typed, check) {
    const { value, within, unit: wanted } = check;
    const { readings, factor, text } = readOrSay(typed, wanted);
    const of = (/** @type {Formula} */ tree) => amount(tree) * factor;
    const isRight = (/** @type {Formula} */ tree) => (isNear(of(tree), value, within) ? "" : null);
    const found = judge.anyRight(readings, isRight);
    if (found) return { ...found, given: value && of(readings[0].tree) };
    const [{ tree }] = readings;
    const words = diagnosis(of(tree), factor === 1 ? text : "", tree, check);
    const isDoubtful = readings.filter(({ isLikely }) => isLikely).length > 1;
    return { right: false, given: of(tree), words: isDoubtful ? `Read as ${grammar.write(tree)}. ${words}`.trim() : words };
  }

  /** @param {string} typed @param {string} wanted */
  function readOrSay(typed, wanted) {
    try {
      return read(typed, wanted);
    } catch (error) {
      if (!(error instanceof Unread) || error.piece === "=" || error.message.startsWith("Give")) throw error;
      const ask = wanted ? `Give a number, in ${wanted} or without a unit.` : "Give a number.";
      throw new Unread(error.piece, `${ask} ${error.message}`);
    }
  }

  return { number, read };
})();
