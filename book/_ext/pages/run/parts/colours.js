// The colours of Python while it is typed: the classes that Pygments gives the code of the page.
"use strict";

const pythonColours = (() => {
  /** @param {string} list */
  const words = (list) => `(?:${list.trim().split(/\s+/).join("|")})\\b`;
  const KEYWORDS = words(`assert async await break continue del elif else except finally for global if lambda pass
    raise nonlocal return try while yield as with`);
  const EXPRESSIONS = words("await else for if lambda yield");
  const CONSTANTS = words("True False None");
  const BUILTINS = words(`__import__ abs aiter all any bin bool bytearray breakpoint bytes callable chr classmethod
    compile complex delattr dict dir divmod enumerate eval filter float format frozenset getattr globals hasattr
    hash hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open
    ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple
    type vars zip`);
  const EXCEPTIONS = words(`ArithmeticError AssertionError AttributeError BaseException BufferError EOFError
    Exception FloatingPointError FutureWarning GeneratorExit ImportError IndentationError IndexError KeyError
    KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotImplementedError OSError
    OverflowError RecursionError ReferenceError RuntimeError RuntimeWarning StopIteration SyntaxError SyntaxWarning
    SystemError SystemExit TypeError UnboundLocalError UnicodeError UserWarning ValueError Warning
    ZeroDivisionError`);
  const VARIABLES = words("__(?:annotations|class|dict|doc|file|module|mro|name|qualname|slots)__");
  const NAME = "[\\p{ID_Start}_][\\p{ID_Continue}]*";
  const FRACTION = "(?:\\d(?:_?\\d)*\\.(?:\\d(?:_?\\d)*)?|\\.\\d(?:_?\\d)*)(?:[eE][+-]?\\d(?:_?\\d)*)?";

  /**
   * A rule: what it matches here, the class of what it has found, or of each of its groups, where `*`
   * is for code, and the state that it goes on in; `^` goes back to the one before.
   * @type {(found: string, classes: string | string[], next?: string) => ColourRule}
   */
  const rule = (found, classes, next) => ({ found: new RegExp(found, "muy"), classes, next });

  /** @type {Record<string, ColourRule[]>} */
  const states = {};
  const QUOTES = ['"""', "'''", '"', "'"];
  const strings = QUOTES.flatMap((quote) => {
    const cls = quote.startsWith('"') ? "s2" : "s1";
    return [
      rule(`([fFtT][rR]|[rR][fFtT])(${quote})`, ["sa", cls], `fr${quote}`),
      rule(`([fFtT])(${quote})`, ["sa", cls], `f${quote}`),
      rule(`([bB][rR]|[rR][bB]?)(${quote})`, ["sa", cls], `r${quote}`),
      rule(`([uUbB]?)(${quote})`, ["sa", cls], quote),
    ];
  });
  const ESCAPE = rule("\\\\(?:[\\\\abfnrtv\"']|\\n|x[\\da-fA-F]{2}|[0-7]{1,3}|N\\{.*?\\}|u[\\da-fA-F]{4}|U[\\da-fA-F]{8})", "se");
  const PERCENT = "%(?:\\(\\w+\\))?[-#0 +]*(?:\\d+|\\*)?(?:\\.(?:\\d+|\\*))?[hlL]?[E-GXc-giorsaux%]";
  const BRACES = "\\{(?:\\w+(?:\\.\\w+|\\[[^\\]]+\\])*)?(?:![sra])?(?::(?:.?[<>=^])?[-+ ]?#?0?\\d*,?(?:\\.\\d+)?[E-GXb-gnosx%]?)?\\}";
  for (const quote of QUOTES) {
    const cls = quote.startsWith('"') ? "s2" : "s1";
    const end = [rule(quote, cls, "^"), ...(quote.length === 1 ? [rule(`\\\\\\\\|\\\\${quote}|\\\\\\n`, "se")] : [rule("\\n", cls)])];
    const plain = [rule(PERCENT, "si"), rule(BRACES, "si"), rule("[^\\\\'\"%{\\n]+", cls), rule("['\"\\\\%]|\\{\\{?", cls)];
    const holes = [rule("\\}", "si"), rule("\\{", "si", "hole"), rule("[^\\\\'\"{}\\n]+", cls), rule("['\"\\\\]", cls)];
    const doubled = rule("\\{\\{|\\}\\}", "se");
    states[quote] = [ESCAPE, ...end, ...plain];
    states[`r${quote}`] = [...end, ...plain];
    states[`f${quote}`] = [doubled, ESCAPE, ...end, ...holes];
    states[`fr${quote}`] = [doubled, ...end, ...holes];
  }
  const expression = [
    ...strings,
    rule("[^\\S\\n]+", ""),
    rule(FRACTION, "mf"),
    rule("\\d(?:_?\\d)*[eE][+-]?\\d(?:_?\\d)*j?", "mf"),
    rule("0[oO](?:_?[0-7])+", "mo"),
    rule("0[bB](?:_?[01])+", "mb"),
    rule("0[xX](?:_?[\\da-fA-F])+", "mh"),
    rule("\\d(?:_?\\d)*", "mi"),
    rule("!=|==|<<|>>|:=|[\\-~+\\/*%=<>&^|.]", "o"),
    rule("[\\]{}:(),;[]", "p"),
    rule(words("in is and or not"), "ow"),
    rule(EXPRESSIONS, "k"),
    rule(CONSTANTS, "kc"),
    rule(`(?<!\\.)${BUILTINS}`, "nb"),
    rule(`(?<!\\.)${words("self Ellipsis NotImplemented cls")}`, "bp"),
    rule(`(?<!\\.)${EXCEPTIONS}`, "ne"),
    rule(VARIABLES, "vm"),
    rule("__\\w+__\\b", "fm"),
    rule(`@${NAME}`, "nd"),
    rule("@", "o"),
    rule(NAME, "n"),
  ];
  states.root = [
    rule("\\n", ""),
    rule("^(\\s*)([rRuUbB]{0,2})(\"\"\"[\\s\\S]*?\"\"\"|'''[\\s\\S]*?''')", ["", "sa", "sd"]),
    rule("#.*$", "c1"),
    rule("\\\\\\n?", ""),
    rule(KEYWORDS, "k"),
    rule(CONSTANTS, "kc"),
    rule("^([ \\t]*)(match|case)\\b(?![ \\t]*(?:[:,;=^&|@~)\\]}]|(?:in|is|and|or|not|if|else|for)\\b))", ["", "k"], "case"),
    rule("(def)(\\s+)", ["k", ""], "def"),
    rule("(class)(\\s+)", ["k", ""], "class"),
    rule("(from)(\\s+)", ["kn", ""], "from"),
    rule("(import)(\\s+)", ["kn", ""], "import"),
    ...expression,
  ];
  states.case = [rule("(\\s+)([^\\n_]*)(_\\b)", ["", "*", "k"]), rule("", "", "^")];
  states.def = [rule("__\\w+__\\b", "fm", "^"), rule(NAME, "nf", "^"), rule("", "", "^")];
  states.class = [rule(NAME, "nc", "^"), rule("", "", "^")];
  states.import = [
    rule("(\\s+)(as)(\\s+)", ["", "k", ""]),
    rule("\\.", "nn"),
    rule(NAME, "nn"),
    rule("(\\s*)(,)(\\s*)", ["", "o", ""]),
    rule("", "", "^"),
  ];
  states.from = [
    rule("(\\s+)(import)\\b", ["", "kn"], "^"),
    rule("\\.", "nn"),
    rule("None\\b", "kc", "^"),
    rule(NAME, "nn"),
    rule("", "", "^"),
  ];
  states.hole = [
    rule("[{([]", "p", "bracket"),
    rule("(?:=\\s*)?(?:![sraf])?[}:]", "si", "^"),
    rule("\\s+", ""),
    ...expression,
  ];
  states.bracket = [rule("[{([]", "p", "bracket"), rule("[\\])}]", "p", "^"), rule("\\s+", ""), ...expression];

  /**
   * The pieces of a text with their classes; what no rule knows has the class `err`.
   * @param {string} text @returns {[string, string][]}
   */
  function pieces(text) {
    /** @type {[string, string][]} */
    const found = [];
    let stack = ["root"];
    for (let at = 0; at < text.length; ) {
      const [match, { classes, next }] = first(states[stack[stack.length - 1]], text, at);
      if (!match) {
        if (text[at] === "\n") stack = ["root"];
        found.push([text[at] === "\n" ? "" : "err", text[at++]]);
        continue;
      }
      if (typeof classes === "string") found.push([classes, match[0]]);
      else {
        classes.forEach((cls, k) => {
          if (cls === "*") found.push(...pieces(match[k + 1]));
          else found.push([cls, match[k + 1]]);
        });
      }
      if (next === "^") stack.pop();
      else if (next) stack.push(next);
      at += match[0].length;
    }
    return found;
  }

  /** @type {(rules: ColourRule[], text: string, at: number) => [RegExpExecArray | null, ColourRule]} */
  function first(rules, text, at) {
    for (const each of rules) {
      each.found.lastIndex = at;
      const match = each.found.exec(text);
      if (match) return [match, each];
    }
    return [null, rules[0]];
  }

  /**
   * A text as coloured pieces, one element for each run of one class.
   * @param {string} text @returns {(string | HTMLElement)[]}
   */
  function coloured(text) {
    /** @type {[string, string][]} */
    const runs = [];
    for (const [cls, piece] of pieces(text)) {
      const last = runs[runs.length - 1];
      if (last && last[0] === cls) last[1] += piece;
      else if (piece) runs.push([cls, piece]);
    }
    return runs.map(([cls, piece]) => {
      if (!cls) return piece;
      const span = document.createElement("span");
      span.className = cls;
      span.textContent = piece;
      return span;
    });
  }

  return { coloured };
})();
