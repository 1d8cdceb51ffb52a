// Numbers of 120 digits that know how far off they may be: what two formulas give at a place is either
// certainly different, or the same in as many digits as are asked for, or too inexact to say.
"use strict";

const exact = (() => {
  const BITS = 400;
  const MORE = BITS + 80; // within the series below
  const FARTHEST = 40; // an exponential of more than 2^40 is out of reach
  const ZERO = { m: 0n, e: 0, r: -Infinity };
  const UNKNOWN = { m: 0n, e: 0, r: Infinity };

  // A number is m · 2^e, off by at most 2^r. No number at all, as 1/0 or ln(-1), is null.

  /** @param {bigint} m */
  function bits(m) {
    const text = (m < 0n ? -m : m).toString(16);
    return m ? 4 * text.length - Math.clz32(parseInt(text[0], 16)) + 28 : 0;
  }

  /** The power of two above a number's size. @param {Exact} x */
  const size = (x) => (x.m ? bits(x.m) + x.e : -Infinity);

  /** @param {bigint} m @param {number} e @param {number} r @returns {Exact} */
  function rounded(m, e, r) {
    const much = bits(m) - BITS;
    if (!m) return { m: 0n, e: 0, r };
    if (much <= 0) return { m, e, r };
    const short = m >> BigInt(much);
    const isExact = short << BigInt(much) === m;
    return { m: short, e: e + much, r: isExact ? r : Math.max(r, e + much) + 1 };
  }

  /** @param {bigint} m @param {number} by */
  const shifted = (m, by) => (by >= 0 ? m << BigInt(by) : m >> BigInt(-by));

  /** @param {number | bigint} n @returns {Exact} */
  const whole = (n) => ({ m: BigInt(n), e: 0, r: -Infinity });

  /** A double, to the last bit. @param {number} x @returns {Exact} */
  function fromDouble(x) {
    if (!x) return ZERO;
    const e = Math.max(Math.floor(Math.log2(Math.abs(x))) - 60, -1022);
    const steps = x / 2 ** e;
    return Number.isFinite(steps) ? rounded(BigInt(Math.trunc(steps)), e, -Infinity) : UNKNOWN;
  }

  /** @param {Exact} x */
  function toDouble(x) {
    const much = Math.max(bits(x.m) - 60, 0);
    return Number(x.m >> BigInt(much)) * 2 ** Math.max(Math.min(x.e + much, 2000), -2000);
  }

  /** @param {Exact} x @returns {Exact} */
  const negative = (x) => ({ ...x, m: -x.m });

  /** @param {Exact} a @param {Exact} b @returns {Exact} */
  function add(a, b) {
    if (a.r === Infinity || b.r === Infinity) return UNKNOWN;
    const r = Math.max(a.r, b.r) + (Math.max(a.r, b.r) > -Infinity ? 1 : 0);
    if (!a.m) return { ...b, r };
    if (!b.m) return { ...a, r };
    const [large, small] = size(a) >= size(b) ? [a, b] : [b, a];
    if (size(large) - size(small) > 2 * BITS) return rounded(large.m, large.e, Math.max(r, size(small)) + 1);
    const e = Math.min(a.e, b.e);
    return rounded(shifted(a.m, a.e - e) + shifted(b.m, b.e - e), e, r);
  }

  /** @param {Exact} a @param {Exact} b @returns {Exact} */
  function multiply(a, b) {
    if ((!a.m && a.r === -Infinity) || (!b.m && b.r === -Infinity)) return ZERO;
    const r = Math.max(a.r + size(b), b.r + size(a), a.r + b.r);
    return rounded(a.m * b.m, a.e + b.e, Number.isNaN(r) ? Infinity : r + 2);
  }

  /** @param {Exact} x, whether it may be zero for all that is known of it */
  const mayBeZero = (x) => !x.m || size(x) <= x.r + 2;

  /** @param {Exact} a @param {Exact} b @returns {Exact | null} */
  function divide(a, b) {
    if (mayBeZero(b)) return b.r === -Infinity ? null : UNKNOWN;
    const shift = BITS + 20 + Math.max(bits(b.m) - bits(a.m), 0);
    const above = a.m << BigInt(shift);
    const e = a.e - b.e - shift;
    const isExact = above % b.m === 0n;
    const r = Math.max(a.r - size(b) + 1, b.r + size(a) - 2 * size(b) + 2);
    return rounded(above / b.m, e, Math.max(r > -Infinity ? r + 2 : r, isExact ? -Infinity : e + 1));
  }

  // --- Series in whole numbers: a value f is f · 2^-MORE -----------------------------------------

  const ONE = 1n << BigInt(MORE);
  /** @type {(a: bigint, b: bigint) => bigint} */
  const times = (a, b) => (a * b) >> BigInt(MORE);
  /** @param {Exact} x */
  const fixed = (x) => shifted(x.m, x.e + MORE);

  /**
   * The sum of term · z / k, and so on: exp for a step of one, sine and cosine for two.
   * @param {bigint} term @param {bigint} z @param {bigint} k @param {bigint} step
   */
  function factorials(term, z, k, step) {
    let sum = term;
    while (term > 1n || term < -1n) {
      term = times(term, z) / (step === 1n ? k : k * (k - 1n));
      sum += term;
      k += step;
    }
    return sum;
  }

  /** The sum of (-z)^k / (2k + 1), times x: the arctangent, for z = x². @param {bigint} x @param {bigint} sign */
  function odds(x, sign) {
    const z = sign * times(x, x);
    let sum = 0n;
    for (let k = 1n; x > 1n || x < -1n; k += 2n) {
      sum += x / k;
      x = times(x, z);
    }
    return sum;
  }

  /** @type {(n: bigint) => bigint} */
  const ofShare = (n) => odds(ONE / n, -1n);
  const PI = 4n * (4n * ofShare(5n) - ofShare(239n)); // Machin
  const LN2 = 2n * odds(ONE / 3n, 1n);

  /** exp of f, for a small one. @param {bigint} f */
  function smallExp(f) {
    let found = factorials(ONE, f >> 8n, 1n, 1n);
    for (let k = 0; k < 8; k++) found = times(found, found);
    return found;
  }

  /** @param {Exact} x, any number @param {bigint} unit @returns {[bigint, bigint, number]} */
  function reduced(x, unit) {
    const far = Math.max(size(x), 0);
    const f = fixed(x);
    const k = (2n * f + unit) / (2n * unit) - (2n * f + unit < 0n ? 1n : 0n);
    return [k, f - k * unit, Math.max(x.r, far - MORE + 4)];
  }

  /** @param {Exact} x @returns {Exact} */
  function exp(x) {
    if (size(x) > FARTHEST || x.r > -10) return UNKNOWN;
    const [k, f, r] = reduced(x, LN2);
    const found = { m: smallExp(f), e: Number(k) - MORE };
    return rounded(found.m, found.e, bits(found.m) + found.e + Math.max(r, 20 - MORE) + 1);
  }

  /** @param {Exact} x @returns {Exact | null} */
  function ln(x) {
    if (mayBeZero(x)) return x.r === -Infinity ? null : UNKNOWN;
    if (x.m < 0n) return null;
    const z = shifted(x.m, MORE - bits(x.m)); // between a half and one
    let y = fixed(fromDouble(Math.log(toDouble({ m: z, e: -MORE, r: 0 }))));
    for (let k = 0; k < 3; k++) {
      const at = smallExp(y);
      y += (2n * (z - at) * ONE) / (z + at);
    }
    const e = bits(x.m) + x.e;
    return rounded(y + BigInt(e) * LN2, -MORE, Math.max(x.r - size(x) + 2, Math.max(bits(BigInt(e)), 0) + 20 - MORE));
  }

  /** @param {Exact} x @param {bigint} quarters @returns {Exact} */
  function sineFrom(x, quarters) {
    if (size(x) > FARTHEST || x.r > -10) return UNKNOWN;
    const [k, f, r] = reduced(x, PI / 2n);
    const turn = (((k + quarters) % 4n) + 4n) % 4n;
    const z = -times(f, f);
    const found = turn % 2n ? factorials(ONE, z, 2n, 2n) : factorials(f, z, 3n, 2n);
    return rounded(turn > 1n ? -found : found, -MORE, Math.max(r, 20 - MORE) + 1);
  }

  /** @param {bigint} n, not below zero */
  function rootOf(n) {
    if (n < 2n) return n;
    let x = 1n << BigInt((bits(n) + 1) >> 1);
    for (;;) {
      const y = (x + n / x) >> 1n;
      if (y >= x) return x;
      x = y;
    }
  }

  /** @param {Exact} x @returns {Exact | null} */
  function sqrt(x) {
    if (!x.m) return x.r === -Infinity ? ZERO : UNKNOWN;
    if (mayBeZero(x)) return UNKNOWN;
    if (x.m < 0n) return null;
    const shift = 2 * (BITS + 20) + ((x.e % 2) + 2) % 2;
    const m = x.m << BigInt(shift);
    const root = rootOf(m);
    const e = (x.e - shift) / 2;
    const isExact = root * root === m;
    return rounded(root, e, Math.max(x.r - Math.floor(size(x) / 2) + 1, isExact ? -Infinity : e + 1));
  }

  /** @param {Exact} x @returns {Exact} */
  function arctan(x) {
    if (x.r > -10) return UNKNOWN;
    const isFar = size(x) > 0;
    const inside = isFar ? divide(whole(1), x) : x;
    let f = fixed(/** @type {Exact} */ (inside));
    for (let k = 0; k < 3; k++) f = (f * ONE) / (ONE + rootOf((ONE + times(f, f)) * ONE));
    const found = 8n * odds(f, -1n);
    const half = x.m > 0n ? PI / 2n : -PI / 2n;
    return rounded(isFar ? half - found : found, -MORE, Math.max(x.r, 20 - MORE) + 1);
  }

  // --- Functions -------------------------------------------------------------------------------

  const one = whole(1);
  /** @typedef {Exact | null} Maybe */
  /**
   * A rule that gives nothing if one of its numbers is none.
   * @type {(rule: (...numbers: Exact[]) => Maybe) => (...numbers: Maybe[]) => Maybe}
   */
  const strict = (rule) => (...numbers) => (numbers.includes(null) ? null : rule(.../** @type {Exact[]} */ (numbers)));
  const plus = strict(add);
  const over = strict(divide);
  const log = strict(ln);
  const root = strict(sqrt);
  const half = (/** @type {Maybe} */ x) => over(x, whole(2));
  const square = (/** @type {Exact} */ x) => multiply(x, x);
  const sine = (/** @type {Exact} */ x) => sineFrom(x, 0n);
  const cosine = (/** @type {Exact} */ x) => sineFrom(x, 1n);
  /** @type {(x: Exact, join: (a: Exact, b: Exact) => Exact) => Maybe} */
  const twoSided = (x, join) => half(join(exp(x), exp(negative(x))));
  const cosh = (/** @type {Exact} */ x) => twoSided(x, add);
  const sinh = (/** @type {Exact} */ x) => twoSided(x, (a, b) => add(a, negative(b)));

  /** @param {Exact} x @returns {Maybe} */
  function sign(x) {
    if (!x.m && x.r === -Infinity) return ZERO;
    return mayBeZero(x) ? UNKNOWN : whole(x.m > 0n ? 1 : -1);
  }

  /** @param {Exact} x @returns {Maybe} */
  function arcsin(x) {
    const beside = root(add(one, negative(square(x))));
    if (!beside || beside.m) return beside && strict(arctan)(divide(x, beside));
    return rounded(x.m > 0n ? PI / 2n : -PI / 2n, -MORE, 4 - MORE);
  }

  const pi = rounded(PI, -MORE, 4 - MORE);
  /** @type {Record<string, (x: Exact) => Maybe>} */
  const FUNCTIONS = {
    exp, ln, sqrt, arctan, sign, arcsin, sin: sine, cos: cosine, sinh, cosh,
    tan: (x) => over(sine(x), cosine(x)), cot: (x) => over(cosine(x), sine(x)),
    sec: (x) => over(one, cosine(x)), csc: (x) => over(one, sine(x)),
    tanh: (x) => over(sinh(x), cosh(x)), coth: (x) => over(cosh(x), sinh(x)),
    sech: (x) => over(one, cosh(x)), csch: (x) => over(one, sinh(x)),
    arccos: (x) => plus(half(pi), strict(negative)(arcsin(x))),
    arsinh: (x) => log(plus(x, root(add(square(x), one)))),
    arcosh: (x) => log(plus(x, root(add(square(x), whole(-1))))),
    artanh: (x) => half(log(over(add(one, x), add(one, negative(x))))),
    log2: (x) => over(ln(x), ln(whole(2))), log10: (x) => over(ln(x), ln(whole(10))),
    abs: (x) => ({ ...x, m: x.m < 0n ? -x.m : x.m }),
    cbrt: (x) => (x.m ? strict(multiply)(sign(x), power(FUNCTIONS.abs(x), divide(one, whole(3)))) : x),
    sigma: (x) => over(one, add(one, exp(negative(x)))),
  };

  /** @param {Exact} x @param {bigint} n, a whole number from 1 on @returns {Exact} */
  const repeated = (x, n) =>
    n === 1n ? x : n % 2n ? multiply(x, repeated(square(x), n / 2n)) : repeated(square(x), n / 2n);

  /** @param {Maybe} x @param {Maybe} n @returns {Maybe} */
  function power(x, n) {
    if (!x || !n) return null;
    const isWhole = n.r === -Infinity && (n.e >= 0 || (n.m & ((1n << BigInt(-n.e)) - 1n)) === 0n) && size(n) < 40;
    if (!isWhole && !x.m && x.r === -Infinity) return n.m > 0n ? ZERO : null;
    if (!isWhole) return strict((a) => exp(multiply(n, a)))(ln(x));
    const count = shifted(n.m, n.e);
    if (!count) return mayBeZero(x) ? (x.r === -Infinity ? null : UNKNOWN) : one;
    return count > 0n ? repeated(x, count) : divide(one, repeated(x, -count));
  }

  /** A number as the grammar writes it: 2, 0.5 or 2e-3. @param {string} text @returns {Exact} */
  function read(text) {
    const found = /** @type {RegExpMatchArray} */ (text.match(/^(\d+)(?:\.(\d+))?(?:e(-?\d+))?$/));
    const [, digits, part = "", ten = "0"] = found;
    const places = part.length - Number(ten);
    const m = BigInt(digits + part) * 10n ** BigInt(Math.max(-places, 0));
    return /** @type {Exact} */ (divide(whole(m), whole(10n ** BigInt(Math.max(places, 0)))));
  }

  /**
   * Whether two numbers are the same: true if they agree in as many bits as is asked, false if they
   * certainly differ, undefined if too little is known of them.
   * @param {Exact} a @param {Exact} b @param {number} wanted, so many bits
   */
  function same(a, b, wanted) {
    const gap = add(a, negative(b));
    if (gap.r === Infinity) return undefined;
    if (size(gap) > gap.r + 3) return false;
    return Math.max(size(a), size(b), -50) - gap.r >= wanted ? true : undefined;
  }

  const e = exp(one);
  return {
    read, same, size, fromDouble, toDouble, add, negative, multiply, divide, power, UNKNOWN,
    FUNCTIONS, CONSTANTS: /** @type {Record<string, Exact>} */ ({ e, pi }),
  };
})();
