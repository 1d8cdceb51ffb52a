// Motion between two positions of a live figure. What stands still is always a scene that Python
// has computed; in between a picture goes through the computed scenes on the way, one leg from each
// to the next, and within a leg in a straight line.

const FAR = 240; // fifths of a pixel: what moves farther in one leg changes over and does not glide
const MOST_LEGS = 12;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** @type {(a: Numbers, b: Numbers) => number} */
function farthest(a, b) {
  let most = 0;
  for (let k = 0; k < b.length; k++) most = Math.max(most, Math.abs(a[k] - b[k]));
  return most;
}

/** @type {(a: Numbers, b: Numbers) => boolean} */
const same = (a, b) => a === b || (a.length === b.length && farthest(a, b) === 0);

/**
 * The positions on the way from one to another, the last one included. Sliders that count go
 * through their stops, choices leap.
 * @param {number} from @param {number} to @param {number[]} sizes @param {boolean[]} counts
 */
function positionsBetween(from, to, sizes, counts) {
  const strides = sizes.map((_, k) => sizes.slice(k + 1).reduce((product, size) => product * size, 1));
  const stopsOf = (/** @type {number} */ at) => sizes.map((size, k) => Math.floor(at / strides[k]) % size);
  const [first, last] = [stopsOf(from), stopsOf(to)];
  const most = Math.max(1, ...first.map((stop, k) => (counts[k] ? Math.abs(last[k] - stop) : 0)));
  const legs = Math.min(MOST_LEGS, most);
  return Array.from({ length: legs }, (_, leg) =>
    first.reduce((at, stop, k) => {
      const part = counts[k] ? (leg + 1) / legs : 1;
      return at + strides[k] * Math.round(stop + part * (last[k] - stop));
    }, 0));
}

/** Whether one walk is the beginning of the other. @param {Numbers} a @param {Numbers} b */
function grows(a, b) {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length > 0 && short.length < long.length && farthest(long, short) === 0;
}

/**
 * Numbers made as long as others: the last corner, of so many numbers, repeated.
 * @param {Numbers} numbers @param {number} length @param {number} size
 */
function stretched(numbers, length, size) {
  if (numbers.length >= length) return numbers;
  const at = (/** @type {number} */ k) => (k < numbers.length ? k : numbers.length - size + (k % size));
  return Float64Array.from({ length }, (_, k) => numbers[at(k)]);
}

/**
 * From where to where a line or a dot glides in one leg, `a` and `b` being its numbers at the ends
 * and `drawn` those it has now; null where no straight way leads.
 * @param {Numbers} a @param {Numbers} b @param {Numbers} drawn @param {boolean} free whether it may go far
 * @param {number} [size] numbers of a corner
 * @returns {Way | null}
 */
function way(a, b, drawn, free, size = 2) {
  const growing = grows(a, b);
  if (!a.length || !b.length || !drawn.length || (a.length !== b.length && !growing)) return null;
  const length = Math.max(drawn.length, b.length);
  const [from, to] = [stretched(drawn, length, size), stretched(b, length, size)];
  for (let k = 0; k < length; k++) if ((from[k] === GAP) !== (to[k] === GAP)) return null;
  if (size === 2 && length === 4) {
    const turned = [from[2], from[3], from[0], from[1]]; // the same line, the other way round
    if (farthest(turned, to) < farthest(from, to)) return [turned, to];
  }
  return growing || free || farthest(from, to) < FAR ? [from, to] : null;
}

/**
 * Where a text glides: its place and its angle; its words wait for the end of the way.
 * @param {Numbers} a @param {Numbers} b @param {Numbers} drawn @returns {Way | null}
 */
function wayOfText(a, b, drawn) {
  if (!a.length || !b.length || !drawn.length) return null;
  return farthest(drawn, [b[0], b[1]]) < FAR && Math.abs(drawn[2] - b[2]) < 300 ? [drawn, b] : null;
}

/** Numbers a part of the way along; a gap stays one. @param {Way} way @param {number} part */
function along([from, to], part) {
  const at = (/** @type {number} */ goal, /** @type {number} */ k) =>
    goal === GAP ? GAP : Math.round(from[k] + part * (goal - from[k]));
  return Float64Array.from(to, at);
}

/**
 * The ways of one leg, element by element, and the panels that change over. The elements of a panel
 * glide together or change over together, so that nothing comes apart; where a walk grows, the
 * single dot at its end goes along.
 * @param {Moving[]} moving @param {Numbers[]} before @param {Numbers[]} after @param {Numbers[]} drawn
 * @returns {{ ways: (Way | null)[], over: Set<Element | null> }}
 */
function waysOfLeg(moving, before, after, drawn) {
  const walks = moving.filter((_, k) => grows(before[k], after[k])).map(({ panel }) => panel);
  const ways = moving.map(({ isText, panel, solid, isSurface }, k) => {
    if (same(drawn[k], after[k])) return null;
    // In space what lies on a surface glides as far as the surface does, whose numbers are no places.
    if (solid) return way(before[k], after[k], drawn[k], true, isSurface ? 1 : 3);
    if (isText) return wayOfText(before[k], after[k], drawn[k]);
    return way(before[k], after[k], drawn[k], after[k].length === 2 && walks.includes(panel));
  });
  const stuck = moving.filter(({ isText }, k) =>
    !isText && !ways[k] && before[k].length && after[k].length && !same(drawn[k], after[k]));
  const over = new Set(stuck.map(({ panel }) => panel));
  return { ways: ways.map((each, k) => (over.has(moving[k].panel) ? null : each)), over };
}
