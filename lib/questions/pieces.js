// What is typed, cut into pieces: numbers, names, letters and signs. pieces.py is the same for the author.
//
// What is not known is never cut into letters, and what cannot be read is named. Where people write two
// things in the same way, as 5e-1x, `choose` answers which is wanted: see grammar.js.
"use strict";

const pieces = (() => {
  const MOST_DIGITS = 40;
  const LARGEST_EXPONENT = 400; // in 2e-3

  /** What a function may be called, and its name here. @type {Record<string, string>} */
  const FUNCTIONS = {
    exp: "exp", ln: "ln", log: "ln", sqrt: "sqrt", cbrt: "cbrt", abs: "abs", sign: "sign", sgn: "sign",
    sigma: "sigma", sigmoid: "sigma", sin: "sin", cos: "cos", tan: "tan", cot: "cot", sec: "sec", csc: "csc",
    cosec: "csc", sinh: "sinh", cosh: "cosh", tanh: "tanh", coth: "coth", sech: "sech", csch: "csch",
    arcsin: "arcsin", asin: "arcsin", arccos: "arccos", acos: "arccos", arctan: "arctan", atan: "arctan",
    arsinh: "arsinh", asinh: "arsinh", arcsinh: "arsinh", arcosh: "arcosh", acosh: "arcosh",
    arccosh: "arcosh", artanh: "artanh", atanh: "artanh", arctanh: "artanh",
  };
  /** What to write instead of what is not read. @type {Record<string, string>} */
  const ADVICE = {
    tg: "Write tan.", ctg: "Write cot.", cotg: "Write cot.", arctg: "Write arctan.", sen: "Write sin.",
    sine: "Write sin.", cosine: "Write cos.",
    lg: "Write log10.", lb: "Write log2.", ld: "Write log2.", root: "Write sqrt(x), or cbrt(x).",
    pow: "Write x^2 for a power.", C: "A constant has the slope 0: leave it out.", minus: "Write a -.",
    plus: "Write a +.", times: "Write a *.", over: "Write a /.", zero: "Write 0.", O: "Write the digit 0.",
    rad: "Leave it out: angles are in radians.", ":": "For a fraction write a /.",
    ",": "A comma stands between digits only.", "'": "Give the formula alone.", "=": "Give one formula alone.",
    "$": "Type it plainly, without TeX.", "°": "Write it after a number.",
    "\\": "Type it plainly, without TeX, as in 2x e^(x^2), sqrt(x), 1/x.",
    "%": "Write it after a number.", "!": "Write the product out.", "∞": "Give something finite.",
    "±": "Give one of the two.", "_": "Write letters without an index.",
  };

  const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202c\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff]/;
  const BLANK = /[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
  // A sign that the page's font lacks stands here by its number: pieces.py shows it.
  /** The signs of a textbook, by what stands for them on a keyboard. @type {Record<string, string>} */
  const ALIKE = {
    "-": "−–—‐‑\u2012\u2015\ufe58", "*": "·⋅∙•×\u2217\u2a2f\u2715\u2716\u30fb", "/": "÷∕⁄",
    "'": "’‘\u02bc", "|": "\u2223\u01c0\u2758", "^": "\u02c6", "°": "º\u02da", "σ": "ς",
  };
  /** @type {Record<string, string>} */
  const PLAIN = Object.fromEntries(Object.entries(ALIKE).flatMap(([one, all]) => [...all].map((sign) => [sign, one])));
  /** @type {Record<string, string>} */
  const CLOSED_BY = { "(": ")", "[": "]", "{": "}" };
  /** @type {Record<string, string>} */
  const SHARES = {
    "½": "1/2", "\u2153": "1/3", "\u2154": "2/3", "¼": "1/4", "¾": "3/4", "\u2155": "1/5",
    "\u2156": "2/5", "\u2157": "3/5", "\u2158": "4/5",
    "\u2159": "1/6", "\u215a": "5/6", "\u2150": "1/7", "\u215b": "1/8",
    "\u215c": "3/8", "\u215d": "5/8", "\u215e": "7/8", "\u2151": "1/9", "\u2152": "1/10",
  };
  const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇ\u1d9cᵈᵉ\u1da0\u1d4dʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ";
  const LEVEL = "0123456789+-()abcdefghijklmnoprstuvwxyz";
  const LOWERED = "₀₁₂₃₄₅₆₇₈₉";
  /** @type {Record<string, string>} */
  const SINGLE = { "√": "sqrt", "∛": "cbrt", "σ": "sigma", "π": "pi" };

  /** What cannot be read: the piece, and words for the reader. */
  class Unread extends Error {
    /** @param {string} piece @param {string} words */
    constructor(piece, words) {
      super(words);
      this.piece = piece;
    }
  }

  /** @param {string} piece @param {string} words @returns {never} */
  function refuse(piece, words) {
    throw new Unread(piece, words);
  }

  /** @param {string} piece @returns {never} */
  function refuseSign(piece) {
    const advice = ADVICE[LOWERED.includes(piece) ? "_" : piece] || "";
    return refuse(piece, `I cannot read “${piece}” there. ${advice}`.trim());
  }

  /**
   * Write the signs of every keyboard and textbook in one way; raised and lowered ones are kept.
   * @param {string} typed
   */
  function plain(typed) {
    const kept = RAISED + LOWERED + Object.keys(SHARES).join("");
    const one = (/** @type {string} */ sign) => {
      if (INVISIBLE.test(sign)) return "";
      if (BLANK.test(sign)) return " ";
      if (kept.includes(sign)) return sign;
      return PLAIN[sign] || [...sign.normalize("NFKC")].map((each) => PLAIN[each] || each).join("");
    };
    return [...typed].map(one).join("").replaceAll("**", "^");
  }

  // --- Pieces ----------------------------------------------------------------------------------

  const BLANKS = / +/y;
  const IN_GROUPS = /\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?/y;
  const NUMBER = /\d+(?:[.,']\d+)*\.?|\.\d+/y;
  const TEN_TO = /[eE]([+-]?)(\d+)(?!\d*[.,]\d)/y;
  const WORD = /[A-Za-z]+|[√∛σπ]/y;
  const RAISED_RUN = new RegExp(`[${RAISED}]+`, "y");
  const BASE = /_?\{?(\d+)\}?|[₀-₉]+/y;
  const TWO_OR_TEN = /(?:2|10)(?![\d.,'])/y;
  const OPERAND = / *[\dA-Za-zσπ√∛.|(\[{½¼¾\u2150-\u215e]/y;

  /** @param {RegExp} pattern @param {string} text @param {number} at @returns {RegExpExecArray | null} */
  function match(pattern, text, at) {
    pattern.lastIndex = at;
    return pattern.exec(text);
  }

  /**
   * The digits of a number without its groups of thousands, and with a decimal point.
   * @param {string} typed @param {Choose} choose
   */
  function digits(typed, choose) {
    const text = typed.replace(/\.$/, "").replaceAll(" ", "'");
    const marks = text.replace(/\d/g, "");
    const decimal = text.replace(/[.,]/, ".").replace(/^\./, "0.");
    if (!marks) return text;
    if (/^[1-9]\d{0,2},\d{3}$/.test(text)) return choose("comma", true) ? decimal : text.replace(",", "");
    if (/^[1-9]\d{0,2}\.\d{3}$/.test(text)) return choose("point", false) ? text.replace(".", "") : decimal;
    if (marks === "." || marks === ",") return decimal;
    const [, whole, , part] = text.match(/^(\d{1,3}(?:([.,'])\d{3})(?:\2\d{3})*)(?:[.,](\d+))?$/) || [];
    const isTwice = part && marks.at(-1) === marks[0];
    if (!whole || isTwice) refuse(typed, `I cannot read the number “${typed}”. Write it with a decimal point alone.`);
    return whole.replace(/[.,']/g, "") + (part ? `.${part}` : "");
  }

  /**
   * Read a number at a place: its digits, perhaps with a power of ten, and where it ends.
   * @param {string} text @param {number} at @param {Reading} reading @param {boolean} isExponent
   * @returns {[string, number]}
   */
  function number(text, at, { letters, choose }, isExponent) {
    let found = isExponent ? null : match(IN_GROUPS, text, at);
    if (found && !/^\d+ 0/.test(found[0]) && choose("blank", true)) found = null;
    found = found || /** @type {RegExpExecArray} */ (match(NUMBER, text, at));
    let end = at + found[0].length;
    let value = digits(found[0], choose);
    const blank = letters.length ? null : match(/ +[eE][+-]\d/y, text, end);
    const skip = blank && choose("ten", true) ? blank[0].search(/e/i) : 0;
    const ten = match(TEN_TO, text, end + skip);
    const isDoubtful = ten && ten[1] && letters.length && !skip; // 5e-1x
    if (ten && !(isDoubtful && choose("ten", true))) {
      if (Number(ten[2]) > LARGEST_EXPONENT) refuse(ten[0], `The exponent in “${found[0]}${ten[0]}” is too large.`);
      value += `e${ten[1].replace("+", "")}${ten[2]}`;
      end += skip + ten[0].length;
    }
    const isLong = value.replace(/\D/g, "").length > MOST_DIGITS;
    if (isLong) refuse(found[0], `A number has at most ${MOST_DIGITS} digits here.`);
    return [value, end];
  }

  /** @param {string} sign @param {string[]} letters */
  function letter(sign, letters) {
    const other = sign === sign.toLowerCase() ? sign.toUpperCase() : sign.toLowerCase();
    if (letters.includes(sign)) return sign;
    if (letters.includes(other)) return other;
    return sign === "e" || sign === "E" ? "e" : "";
  }

  /**
   * Cut a whole word into functions, constants and letters, or return nothing.
   * @param {string} word @param {string[]} letters @param {boolean} longestFirst
   * @returns {string[] | null}
   */
  function cut(word, letters, longestFirst) {
    const names = [...Object.keys(FUNCTIONS), "pi"].sort((a, b) => b.length - a.length);
    const hopeless = new Set();
    /** @type {(at: number) => string[] | null} */
    const cutFrom = (at) => {
      if (at === word.length) return [];
      if (hopeless.has(at)) return null;
      const fits = names.filter((name) => word.toLowerCase().startsWith(name, at));
      const one = letter(word[at], letters);
      if (one) fits.push(one);
      for (const name of longestFirst ? fits : fits.reverse()) {
        const rest = cutFrom(at + name.length);
        if (rest) return [name, ...rest];
      }
      hopeless.add(at);
      return null;
    };
    return cutFrom(0);
  }

  /** @param {string} word @param {string[]} letters @returns {never} */
  function refuseWord(word, letters) {
    const known = [...letters, ...(letters.length ? ["e"] : [])];
    const list = known.length > 1 ? `${known.slice(0, -1).join(", ")} and ${known.at(-1)}` : "";
    const advice = ADVICE[word] || ADVICE[word.toLowerCase()] || (list && `The letters here are ${list}.`);
    return refuse(word, `I do not know “${word}”. ${advice}`.trim());
  }

  /**
   * The names in a word, as sin and x in sinx. What is not known is never cut into letters.
   * @param {string} word @param {Reading} reading
   */
  function names(word, { letters, choose }) {
    const isFunction = (/** @type {string} */ name) => Object.hasOwn(FUNCTIONS, name);
    const first = cut(word, letters, true);
    if (!first || (Object.hasOwn(ADVICE, word) && word.length > 1)) return refuseWord(word, letters);
    const inside = first.length > 2 && first.slice(0, -1).includes("e") && !letters.includes("e");
    if (inside && !first.some(isFunction)) return refuseWord(word, letters);
    const second = cut(word, letters, false) || first;
    const differs = second.some(isFunction) && second.join(" ") !== first.join(" ");
    return differs && choose("word", first.length > 1) ? second : first;
  }

  /**
   * The base of a logarithm that is typed after it, as in log10 x or log₂(x), and where it ends.
   * @param {string} text @param {number} at @param {Choose} choose @returns {[string, number] | null}
   */
  function base(text, at, choose) {
    const small = match(BASE, text, at);
    if (small && !/^\d/.test(small[0])) {
      const written = small[1] || [...small[0]].map((sign) => LOWERED.indexOf(sign)).join("");
      if (!["2", "10"].includes(written)) refuse(small[0], `I know log2, log10 and ln. Write ln(x)/ln(${written}).`);
      return [`log${written}`, at + small[0].length];
    }
    const after = match(TWO_OR_TEN, text, at);
    if (!after || !match(OPERAND, text, at + after[0].length)) return null;
    const end = at + after[0].length;
    const isCertain = "([{|".includes(text[end]);
    return isCertain || !choose("base", true) ? [`log${after[0]}`, end] : null;
  }

  /** @param {string} kind @param {string} text @param {boolean} gap, whether a blank stands before it @returns {Piece} */
  const piece = (kind, text, gap) => ({ kind, text, gap, isRaised: false });

  /**
   * @param {string[]} words @param {string[]} letters @param {boolean} gap @returns {Piece[]}
   */
  function wordPieces(words, letters, gap) {
    return words.map((name, k) => {
      const isFunction = Object.hasOwn(FUNCTIONS, name) && !letters.includes(name);
      return piece(isFunction ? "function" : "letter", isFunction ? FUNCTIONS[name] : name, gap && k === 0);
    });
  }

  /**
   * A raised run, as the one in e⁻ˣ, as an exponent in brackets.
   * @param {string} run @param {Reading} reading @returns {Piece[]}
   */
  function raisedPieces(run, reading) {
    const level = [...run].map((sign) => LEVEL[RAISED.indexOf(sign)]).join("");
    if (/[a-z]\d/.test(level)) refuse(run, `I cannot read the raised “${run}”. Write ^( ) with the exponent inside.`);
    const inside = from(level, reading);
    const raise = { ...piece("sign", "^", false), isRaised: true };
    return [raise, piece("open", "(", false), ...inside, piece("close", ")", false)];
  }

  /**
   * Read the piece that begins at a place; return what it gives and where it ends.
   * @param {string} text @param {number} at @param {boolean} gap @param {Piece[]} before @param {Reading} reading
   * @returns {[Piece[], number]}
   */
  function pieceAt(text, at, gap, before, reading) {
    const sign = String.fromCodePoint(/** @type {number} */ (text.codePointAt(at)));
    const last = before.at(-1) || piece("start", "", false);
    if (match(NUMBER, text, at)) {
      const [value, end] = number(text, at, reading, last.text === "^");
      return [[piece("number", value, gap)], end];
    }
    const word = match(WORD, text, at);
    if (word) return wordAt(text, word[0], at, gap, last, reading);
    const raised = match(RAISED_RUN, text, at);
    if (raised) return [raisedPieces(raised[0], reading), at + raised[0].length];
    if (Object.hasOwn(SHARES, sign)) return [[piece("share", SHARES[sign], gap)], at + 1];
    if (Object.hasOwn(CLOSED_BY, sign)) return [[piece("open", sign, gap)], at + 1];
    if (")]}".includes(sign)) return [[piece("close", sign, gap)], at + 1];
    if ("+-*/^|%°".includes(sign)) return [[piece("sign", sign, gap)], at + 1];
    return refuseSign(sign);
  }

  /**
   * @param {string} text @param {string} word @param {number} at @param {boolean} gap @param {Piece} last
   * @param {Reading} reading @returns {[Piece[], number]}
   */
  function wordAt(text, word, at, gap, last, reading) {
    const { letters, choose } = reading;
    const end = at + word.length;
    // 5 x 10^3, where x is no letter of the question
    const isTimes = /^x$/i.test(word) && last.kind === "number" && match(/ *\d/y, text, end) && !letter("x", letters);
    if (isTimes) return [[piece("sign", "*", gap)], end];
    const found = SINGLE[word] ? [SINGLE[word]] : names(word, reading);
    const made = wordPieces(found, letters, gap);
    const hasBase = found.at(-1) === "log" ? base(text, end, choose) : null;
    if (!hasBase) return [made, end];
    return [[...made.slice(0, -1), piece("function", hasBase[0], gap && made.length === 1)], hasBase[1]];
  }

  /** @param {string} text @param {Reading} reading @returns {Piece[]} */
  function from(text, reading) {
    /** @type {Piece[]} */
    const found = [];
    for (let at = 0; at < text.length; ) {
      const blanks = match(BLANKS, text, at);
      const start = at + (blanks ? blanks[0].length : 0);
      if (start === text.length) break;
      const [more, end] = pieceAt(text, start, Boolean(blanks) || !at, found, reading);
      found.push(...more);
      at = end;
    }
    return found;
  }

  /**
   * Where σ stands alone, as in σ(1 − σ), it is meant at the letter by which is differentiated.
   * @param {Piece[]} found @param {Reading} reading @returns {Piece[]}
   */
  function bareSigmas(found, { by }) {
    const isSigma = (/** @type {Piece} */ each) => each.kind === "function" && each.text === "sigma";
    const isBare = found.some((each, k) => isSigma(each) && !hasArgument(found, k + 1));
    if (!isBare) return found;
    if (!by) return refuse("σ", "What is “σ” of? Nothing stands after it.");
    return found.flatMap((each, k) => {
      const isCall = [1, 2, 3].map((step) => (found[k + step] || each).text).join("") === `(${by})`;
      return isSigma(each) && !isCall ? [piece("value", by, each.gap)] : [each];
    });
  }

  /**
   * Whether something stands at a place that a function can be of.
   * @param {Piece[]} found @param {number} k @returns {boolean}
   */
  function hasArgument(found, k) {
    const next = found[k];
    if (!next || next.kind === "close") return false;
    if (next.kind !== "sign" || next.text === "|") return true;
    if (next.text === "-") return !next.gap && found[k + 1] !== undefined;
    if (next.text !== "^") return false;
    // σ^2 x and σ²(x): what stands after the power?
    let end = k + 1;
    for (let depth = 0; end < found.length; end++) {
      depth += Number(found[end].kind === "open") - Number(found[end].kind === "close");
      if (depth <= 0 && found[end].kind !== "sign") return hasArgument(found, end + 1) && !isSign(found[end + 1], "^-");
    }
    return false;
  }

  /** @param {Piece | undefined} each @param {string} signs */
  const isSign = (each, signs) => each !== undefined && each.kind === "sign" && signs.includes(each.text);

  return { from, plain, piece, bareSigmas, isSign, refuse, refuseSign, CLOSED_BY, Unread };
})();
