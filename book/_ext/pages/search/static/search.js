// The search: finds sections, the best first, and shows where in them the words stand. The index calls
// it, a classic script as it is, for file://.
//
// A section counts for how often it has the words, beside its length and how rare they are (Okapi's
// BM25); more for words in its heading; and more again if it is where the book introduces the term,
// which stands there in bold. Chapters teach, the other pages look things up: those count less.
"use strict";

const search = (() => {
  const SHOWN = 10;
  /** What readers look for, by the word that the book has for it. */
  const SAME = new Map([["derivative", "slope"], ["differentiation", "slope"]]);
  const LETTERS = /\d+(?:[.,]\d+)*|[\p{L}\p{M}_]+/gu;

  /** A word as it is compared: without its case, accents, and the endings that change most. @param {string} word */
  function stem(word) {
    const bare = word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
    if (bare.length < 4) return bare;
    return bare.replace(/ies$/, "y").replace(/([^s])s$/, "$1");
  }

  /** @param {string} text */
  const stems = (text) => (text.match(LETTERS) || []).map(stem);

  /** Whether a word is the one that is looked for, or begins with it; numbers are whole. @param {string} word @param {string} wish */
  const fits = (word, wish) => word === wish || word === SAME.get(wish) || (wish.length > 3 && !/^\d/.test(wish) && word.startsWith(wish));

  /** How often words stand one after the other in others. @param {string[]} words @param {string[]} wishes */
  const runs = (words, wishes) =>
    words.filter((_, k) => wishes.every((wish, j) => fits(words[k + j] || "", wish))).length;

  /** @param {SearchBook} book */
  function prepare({ pages, sections }) {
    const entries = sections.map(([page, anchor, title, text, terms, weight]) => {
      const words = stems(text);
      /** @type {Map<string, number>} */
      const counts = new Map();
      for (const word of words) counts.set(word, (counts.get(word) || 0) + 1);
      const introduced = terms ? terms.split("; ").map(stems) : [];
      return { page: pages[page], anchor, title, text, words, counts, heading: stems(title), introduced, weight };
    });
    return { entries, mean: entries.reduce((sum, { words }) => sum + words.length, 0) / entries.length };
  }

  /** What one word counts for in an entry, from 0. @param {SearchEntry} entry @param {string} wish @param {number} mean */
  function weigh({ counts, words, heading }, wish, mean) {
    let times = 0;
    for (const [word, count] of counts) if (fits(word, wish)) times += count;
    const within = (2.2 * times) / (times + 1.2 * (0.25 + (0.75 * words.length) / mean));
    return within + (heading.some((word) => fits(word, wish)) ? 2 : 0);
  }

  /** What the words count for together, beside what each does. @param {SearchEntry} entry @param {string[]} wishes */
  function weighPhrase({ heading, introduced, words }, wishes) {
    const close = wishes.length > 1 ? Math.min(3, runs(words, wishes)) / 3 : 0;
    const named = runs(heading, wishes) ? wishes.length / heading.length : 0;
    const made = introduced.some((term) => runs(term, wishes)) ? 1 : 0;
    return close + 2 * named + 2 * made;
  }

  /** The entries that have all words, or if there is none those that have any, the best first. @param {SearchIndex} index @param {string} query */
  function find({ entries, mean }, query) {
    const wishes = stems(query);
    if (!wishes.length) return [];
    const table = entries.map((entry) => wishes.map((wish) => weigh(entry, wish, mean)));
    const rare = wishes.map((_, j) => {
      const having = table.filter((row) => row[j]).length;
      return Math.log(1 + (entries.length - having + 0.5) / (having + 0.5));
    });
    const all = rare.reduce((sum, each) => sum + each, 0);
    const whole = table.some((row) => row.every(Boolean));
    return entries
      .map((entry, k) => {
        const alone = table[k].reduce((sum, weight, j) => sum + weight * rare[j], 0);
        const score = entry.weight * (alone + all * weighPhrase(entry, wishes));
        return { entry, score: whole && !table[k].every(Boolean) ? 0 : score };
      })
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score) // what counts the same stays in the order of the book
      .map(({ entry }) => entry);
  }

  /** The stretch of a text in which most of the words stand. @param {string} text @param {string[]} wishes */
  function excerpt(text, wishes, room = 200) {
    const places = [...text.matchAll(LETTERS)].map((match) => {
      const word = stem(match[0]);
      return { at: match.index, end: match.index + match[0].length, wish: wishes.findIndex((wish) => fits(word, wish)) };
    });
    const hits = places.filter(({ wish }) => wish >= 0);
    const within = (/** @type {number} */ from) => hits.filter(({ at, end }) => at >= from && end <= from + room - 40);
    const variety = (/** @type {number} */ from) => new Set(within(from).map(({ wish }) => wish)).size;
    const best = hits.reduce((found, { at }) => (variety(at) > variety(found) ? at : found), hits.length ? hits[0].at : 0);
    const begin = best < 40 ? 0 : text.lastIndexOf(" ", best - 30) + 1;
    const last = begin + room < text.length ? text.lastIndexOf(" ", begin + room) : text.length;
    return { begin, last, hits: hits.filter(({ at, end }) => at >= begin && end <= last) };
  }

  /** @param {string} text @param {string[]} wishes */
  function marked(text, wishes) {
    const { begin, last, hits } = excerpt(text, wishes);
    const box = document.createElement("p");
    let done = begin;
    box.append(begin ? "… " : "");
    for (const { at, end } of hits) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(at, end);
      box.append(text.slice(done, at), mark);
      done = end;
    }
    box.append(text.slice(done, last), last < text.length ? " …" : "");
    return box;
  }

  /** One line of the results. @param {SearchEntry} entry @param {string[]} wishes @param {string} root */
  function line({ page: [address, name, number], anchor, title, text }, wishes, root) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${root}${address}#${anchor}`;
    link.textContent = title;
    const where = document.createElement("span");
    where.textContent = number ? `${number}. ${name}` : name;
    item.append(link, where, marked(text, wishes));
    return item;
  }

  /** Show what is found for the words in the page's address. @param {SearchBook} book */
  function show(book) {
    const query = (new URLSearchParams(location.search).get("q") || "").trim();
    const box = document.getElementById("search");
    if (!box) return;
    // A form in the page itself, made here: one in its text keeps a browser busy while it loads.
    const form = /** @type {HTMLElement} */ (document.querySelector("form[role=search]").cloneNode(true));
    form.setAttribute("aria-label", "Search the whole book");
    form.querySelector("input").value = query;
    box.prepend(form);
    const found = find(prepare(book), query);
    const [list, more, status] = ["ol", ".search-more", "p"].map((name) => box.querySelector(name));
    const add = () => {
      const next = found.slice(list.children.length, list.children.length + SHOWN);
      list.append(...next.map((entry) => line(entry, stems(query), document.documentElement.dataset.content_root || "./")));
      more.hidden = list.children.length >= found.length;
    };
    const count = found.length === 1 ? "One section" : `${found.length || "No"} sections`;
    status.textContent = query && `${count} for “${query}”.`;
    add();
    more.addEventListener("click", add);
    box.hidden = false;
  }
  return { prepare, find, excerpt, show };
})();

/** What the index calls. @param {SearchBook} book */
function searchBook(book) {
  if (typeof document !== "undefined") search.show(book);
}
