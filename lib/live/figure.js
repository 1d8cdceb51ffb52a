// The live figure in the browser. It knows no mathematics: it looks up the numbers of a position
// in a table and writes them into the elements that Python has put in the picture.
// One text serves two places: in Jupyter as a module (Python appends the export), in the built
// page as a classic script, because modules are refused over file://.

const GAP = -32768;
const SAME = 65535;
const SCALE = 5; // parts of a pixel
const FRAME = 1000 / 60; // milliseconds
const PIECE = 6; // milliseconds of work before the page may do something else

/**
 * For each position those that its numbers are guessed from, -1 where there is none: one and two
 * stops back along the last slider, one and two along the slider before it, one along both, and one
 * along the nearest of the others that is past its first stop.
 * @param {number[]} sizes
 */
function neighbours(sizes) {
  const count = sizes.reduce((product, size) => product * size, 1);
  const [last, other = 1] = sizes.slice(-2).reverse();
  return Array.from({ length: count }, (_, at) => {
    const [i, j] = [at % last, Math.floor(at / last) % other];
    const back = (/** @type {number} */ di, /** @type {number} */ dj) => (i < di || j < dj ? -1 : at - di - dj * last);
    let [earlier, stride] = [-1, last * other];
    for (const size of sizes.slice(0, -2).reverse()) {
      if (earlier < 0 && Math.floor(at / stride) % size) earlier = at - stride;
      stride *= size;
    }
    return [back(1, 0), back(2, 0), back(0, 1), back(0, 2), back(1, 1), earlier];
  });
}

/**
 * What the numbers of a slot are guessed from: three others, of which the first two are added and the
 * third is taken away; null for no guess.
 * @param {Numbers[][]} scenes @param {number} slot @param {number} length @param {number[]} near
 * @returns {Numbers[] | null}
 */
function guess(scenes, slot, length, near) {
  const [last, beforeLast, other, beforeOther, both, earlier] = near.map((at) => {
    const numbers = at < 0 ? null : scenes[at][slot];
    return numbers && numbers.length === length ? numbers : null;
  });
  if (last && other && both) return [last, other, both];
  const [one, two] = last ? [last, beforeLast] : other ? [other, beforeOther] : [earlier];
  return one ? [one, one, two || one] : null;
}

/** Let the page do what else it has to do. */
const nextTask = () => new Promise((go) => setTimeout(go));

/**
 * Unpack the table: for every position, for every moving element, an array of numbers. A large one
 * takes its time, in pieces, so that the page answers to the reader in between.
 * @param {Bytes} bytes @param {number[]} sizes @param {number} slots
 * @returns {Promise<Numbers[][]>}
 */
async function unpack(bytes, sizes, slots) {
  const stream = new Blob([bytes.subarray(1)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const plane = new Uint8Array(await new Response(stream).arrayBuffer());
  const half = plane.length / 2;
  const number = (/** @type {number} */ k) => plane[k] | (plane[half + k] << 8);
  const near = neighbours(sizes);
  const scenes = near.map(() => new Array(slots));
  const lengths = near.length * slots; // come first
  const all = new Int16Array(half - lengths); // of 16 bits, which wrap round as they did in Python
  let next = lengths;
  let begun = performance.now();
  for (let slot = 0; slot < slots; slot++) {
    for (let at = 0; at < near.length; at++) {
      const length = number(slot * near.length + at);
      if (length === SAME) {
        scenes[at][slot] = scenes[at][slot - 1];
        continue;
      }
      const guessed = guess(scenes, slot, length, near[at]);
      const along = bytes[0] === 1 || !guessed;
      const numbers = all.subarray(next - lengths, next - lengths + length);
      const misses = [0, 0]; // of the corner before
      for (let k = 0; k < length; k++) {
        const zigzag = number(next++);
        const miss = ((zigzag >> 1) ^ -(zigzag & 1)) + (along ? misses[k % 2] : 0);
        misses[k % 2] = miss;
        numbers[k] = miss + (guessed ? guessed[0][k] + guessed[1][k] - guessed[2][k] : 0);
      }
      scenes[at][slot] = numbers;
    }
    if (performance.now() - begun > PIECE) {
      await nextTask();
      begun = performance.now();
    }
  }
  return scenes;
}

/**
 * The `d` of a path from its numbers, fifths of a pixel; a glyph stands at every corner.
 * @param {Numbers} numbers @param {string} glyph
 */
function outline(numbers, glyph) {
  let d = "";
  let pen = "M";
  for (let k = 0; k < numbers.length; k += 2) {
    if (numbers[k] === GAP) {
      pen = "M";
    } else {
      d += pen + numbers[k] / SCALE + " " + numbers[k + 1] / SCALE + glyph;
      pen = glyph ? "M" : "L";
    }
  }
  return d;
}

/**
 * Write one moving element's numbers into it, but no words.
 * @param {HTMLElement} element @param {Numbers} numbers
 */
function place(element, numbers) {
  if (element.tagName !== "text") {
    element.setAttribute("d", outline(numbers, element.dataset.glyph || ""));
    return;
  }
  if (!numbers.length) return;
  const [x, y, angle] = [numbers[0] / SCALE, numbers[1] / SCALE, numbers[2] / SCALE];
  element.setAttribute("x", x);
  element.setAttribute("y", y);
  if (angle) element.setAttribute("transform", `rotate(${angle} ${x} ${y})`);
  else element.removeAttribute("transform");
}

/** @type {(places: number[], at: number) => number} */
const nearest = (places, at) =>
  places.reduce((best, p, k) => (Math.abs(p - at) < Math.abs(places[best] - at) ? k : best), 0);

/**
 * Connect a picture with its controls. `controls` has one entry a slider, in the order of the spec, each with
 * `get()` and `set(index)`; the caller calls the returned `update` whenever one of them moved.
 * @param {HTMLElement} root @param {LiveSpec} spec @param {Bytes} bytes
 * @param {LiveControl[]} controls
 */
function connectFigure(root, spec, bytes, controls) {
  const find = (/** @type {string} */ selector) => root.querySelector(selector);
  const moving = [...root.querySelectorAll(".moves")];
  const sizes = spec.sliders.map((slider) => slider.texts.length);
  const words = find(".live-words");
  const news = find(".live-news");
  const grip = find(".live-handle");
  const panels = [...root.querySelectorAll(".live-panel")];
  const solids = panels.map((panel, k) => (spec.solid && spec.solid[k] ? solidPanel(panel, spec.solid[k]) : null));
  const kinds = moving.map((element) => {
    const panel = /** @type {HTMLElement} */ (element.closest(".live-panel"));
    const solid = solids[panels.indexOf(panel)];
    return { isText: element.tagName === "text", panel, solid, isSurface: element.dataset.kind === "surface" };
  });
  const paint = () => solids.forEach((solid) => solid && solid.paint());
  const counts = spec.sliders.map(({ kind }) => kind === "range");
  /** @type {Numbers[][]} for each position the numbers of each element, once they have come */
  let rows = [];
  /** @type {Numbers[]} what each element shows now */
  let drawn = [];
  let shown = -1; // the position of the sliders
  let passed = -1; // the scene that the picture was in last, on its way there
  let frame = 0;
  let pause = 0;

  const at = () => controls.reduce((index, control, k) => index * sizes[k] + control.get(), 0);

  /**
   * Show the position of the sliders, in motion from the one shown before.
   * @param {Pace} [pace] how long a leg lasts, in milliseconds, and whether it ends gently
   */
  function update(pace) {
    const index = at();
    if (!rows.length || index === shown) return;
    const from = frame ? passed : shown;
    cancelAnimationFrame(frame);
    if (frame) say(from); // its words at least, for what comes next may interrupt again
    const isMoving = frame > 0;
    frame = 0;
    shown = index;
    const via = from < 0 || calm.matches || document.hidden ? [] : positionsBetween(from, index, sizes, counts);
    const lasts = pace ? pace.lasts : Math.min(600, 120 + 60 * via.length);
    if (via.length) glide(from, via, lasts, !pace || pace.gently, isMoving);
    else arrive();
    clearTimeout(pause);
    pause = setTimeout(settle, 400 + (via.length && lasts));
  }

  /**
   * @param {number} from @param {number[]} via @param {number} lasts @param {boolean} gently
   * @param {boolean} isMoving whether the picture is on its way already and has its next frame
   */
  function glide(from, via, lasts, gently, isMoving) {
    const begun = performance.now() - (isMoving ? 0 : FRAME); // the first frame is a step on the way
    let leg = -1;
    /** @type {(Way | null)[]} */
    let ways = [];
    const step = () => {
      const part = (performance.now() - begun) / lasts;
      if (part >= 1) return arrive();
      const gone = via.length * (gently ? 1 - (1 - part) ** 3 : part);
      while (leg < Math.floor(gone)) ways = enter(++leg ? via[leg - 1] : from, via[leg]);
      ways.forEach((each, k) => each && draw(k, along(each, gone - leg)));
      paint();
      frame = requestAnimationFrame(step);
    };
    if (isMoving) frame = requestAnimationFrame(step);
    else step();
  }

  /** Begin a leg: what changes over does so now. @param {number} from @param {number} to */
  function enter(from, to) {
    passed = to;
    const { ways, over } = waysOfLeg(kinds, rows[from], rows[to], drawn);
    ways.forEach((each, k) => {
      if (each || (kinds[k].isText && !over.has(kinds[k].panel))) return;
      draw(k, rows[to][k]);
      if (kinds[k].isText) spell(k, to);
    });
    return ways;
  }

  /** @param {number} k @param {Numbers} numbers */
  function draw(k, numbers) {
    if (same(drawn[k], numbers)) return; // writing it again would cost a browser as much as a change
    const { solid } = kinds[k];
    if (solid) solid.put(moving[k], numbers);
    else place(moving[k], numbers);
    drawn[k] = numbers;
    if (grip && k === spec.handle.slot) moveGrip(numbers);
  }

  function arrive() {
    frame = 0;
    rows[shown].forEach((numbers, k) => draw(k, numbers));
    say(shown);
    paint();
  }

  /** Write the words of a text. @param {number} k @param {number} index */
  function spell(k, index) {
    const numbers = rows[index][k];
    const text = numbers.length ? spec.words[numbers[3]] : "";
    if (moving[k].textContent !== text) moving[k].textContent = text;
  }

  /** Write all words of a scene. @param {number} index */
  function say(index) {
    kinds.forEach(({ isText }, k) => isText && spell(k, index));
    if (words) words.textContent = spec.readout.texts[spec.readout.at[index]];
  }

  // Once the reader rests, and not at every step, screen readers hear the state and the URL keeps it.
  function settle() {
    if (words) news.textContent = words.textContent;
    news.classList.remove("live-said");
    if (root.id) history.replaceState(null, "", "#" + address());
  }

  /** A rest that is still to come would write over what is said here. @param {string} what @param {string} name */
  function copy(what, name) {
    clearTimeout(pause);
    settle();
    copyInto(news, what, name);
  }

  /** @param {Numbers} numbers */
  function moveGrip(numbers) {
    const { width } = grip.parentElement.querySelector("svg").viewBox.baseVal;
    grip.hidden = !numbers.length;
    // In hundredths of the panel's width, both ways: to be moved so asks for no new layout.
    const [right, down] = [0, 1].map((axis) => (numbers[axis] / SCALE / width) * 100);
    grip.style.translate = `${right}cqw ${down}cqw`;
  }

  const text = (/** @type {number} */ k) => spec.sliders[k].texts[controls[k].get()];
  const value = (/** @type {number} */ k) => (spec.sliders[k].values ? spec.sliders[k].values[controls[k].get()] : text(k));
  const address = () => {
    const pairs = spec.sliders.map((slider, k) => [slider.name, String(value(k))]);
    return spec.name + "?" + new URLSearchParams(pairs);
  };
  const assignments = () =>
    spec.sliders.map((s, k) => `${s.name}=${s.values ? value(k) : JSON.stringify(text(k))}`).join(", ");

  /** @param {(number | null)[]} indices */
  function go(indices) {
    indices.forEach((index, k) => index === null || controls[k].set(index));
    update();
  }

  /** @type {Record<string, () => void>} */
  const actions = {
    reset() {
      go(spec.sliders.map((slider) => slider.start));
      solids.forEach((solid) => solid && solid.home());
      drawGuess(root, spec.axes, null);
    },
    link: () => copy(location.href.split("#")[0] + "#" + address(), "Link"),
    embed: () => copy(frameOf(root, `${spec.name}.html#${address()}`, spec.title || spec.name), "Frame"),
    values: () => copy(assignments(), "Values"),
  };
  root.addEventListener("click", (event) => {
    const { preset, do: action } = /** @type {HTMLElement} */ (event.target).dataset;
    if (preset) go(spec.presets[Number(preset)][1]);
    if (action) actions[action]();
  });

  /** @param {SVGSVGElement} box @param {MouseEvent} event */
  function follow(box, event) {
    const frame = box.getBoundingClientRect(); // and not its layout, which a zoomed page counts apart
    const scale = box.viewBox.baseVal.width / frame.width;
    const point = [(event.clientX - frame.left) * scale, (event.clientY - frame.top) * scale];
    spec.handle.sliders.forEach((name, axis) => {
      const slider = spec.sliders.findIndex((each) => each.name === name);
      controls[slider].set(nearest(spec.handle.places[axis], point[axis]));
    });
    update({ lasts: 90, gently: true }); // near to the hand
  }

  /** @param {KeyboardEvent} event */
  function nudge(event) {
    /** @type {Record<string, number[]>} */
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowDown: [1, -1], ArrowUp: [1, 1] };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const [axis, step] = steps[event.key];
    const name = spec.handle.sliders[Math.min(axis, spec.handle.sliders.length - 1)];
    const slider = spec.sliders.findIndex((each) => each.name === name);
    const wish = controls[slider].get() + step;
    controls[slider].set(Math.max(0, Math.min(sizes[slider] - 1, wish)));
    update();
  }

  if (grip) {
    const box = grip.parentElement.querySelector("svg");
    grip.addEventListener("pointerdown", (event) => grip.setPointerCapture(event.pointerId));
    grip.addEventListener("pointermove", (event) => {
      if (grip.hasPointerCapture(event.pointerId)) follow(box, event);
    });
    grip.addEventListener("keydown", nudge);
    box.addEventListener("click", (event) => follow(box, event));
    box.classList.add("live-draggable");
  }

  const ready = unpack(bytes, sizes, moving.length).then((table) => {
    rows = table;
    moving.forEach(({ dataset }, k) => dataset.still && rows.forEach((row) => (row[k] = rows[0][k])));
    shown = spec.sliders.reduce((index, { start }, k) => index * sizes[k] + start, 0);
    drawn = [...rows[shown]]; // as Python has put them into the page
    kinds.forEach(({ solid }, k) => solid && solid.put(moving[k], drawn[k]));
    paint();
    if (grip) moveGrip(drawn[spec.handle.slot]);
  });
  return { update, go, ready };
}

// --- In the built page ------------------------------------------------------------------------

/**
 * Where a number lies on an axis, in pixels.
 * @param {LiveAxis} axis @param {number} number
 */
function pixel([low, high, first, last, scale], number) {
  const turn = scale === "log" ? Math.log : (/** @type {number} */ x) => x;
  return first + ((turn(number) - turn(low)) / (turn(high) - turn(low))) * (last - first);
}

/**
 * The two ends of a guess in a panel: a level or an upright at `value`, or that slope through a point.
 * @param {LiveAxes} axes @param {LiveGuess} guess
 */
function guessEnds({ x, y }, { axis, through, value }) {
  if (axis === "x") return [[value, y[0]], [value, y[1]]];
  if (axis === "y") return [[x[0], value], [x[1], value]];
  const height = (/** @type {number} */ at) => through[1] + value * (at - through[0]);
  const level = (/** @type {number} */ at) => through[0] + (at - through[1]) / value;
  const reach = value ? [level(y[0]), level(y[1])] : [x[0], x[1]];
  const ends = [Math.max(x[0], Math.min(...reach)), Math.min(x[1], Math.max(...reach))];
  return ends.map((at) => [at, height(at)]);
}

/**
 * Draw a reader's guess over the run, or take the last one away.
 * @param {HTMLElement} root @param {LiveAxes[]} axes @param {LiveGuess | null} guess
 */
function drawGuess(root, axes, guess) {
  root.querySelectorAll(".live-guess").forEach((old) => old.remove());
  if (!guess) return;
  const { x, y } = axes[guess.panel];
  const ends = guessEnds(axes[guess.panel], guess).map(([a, b]) => [pixel(x, a), pixel(y, b)]);
  if (!ends.flat().every(Number.isFinite)) return;
  /** @type {(name: string, text: string, attributes: Record<string, any>) => void} */
  const add = (name, text, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, entry] of Object.entries(attributes)) element.setAttribute(key, entry);
    element.textContent = text;
    element.classList.add("live-guess");
    root.querySelectorAll(".live-panel svg")[guess.panel].append(element);
  };
  add("path", "", { d: "M" + ends.map((end) => end.join(" ")).join("L") });
  const right = ends[1][0] > (x[2] + x[3]) / 2;
  const [left, top] = [ends[1][0] + (right ? -6 : 6), Math.max(y[3] + 14, ends[1][1] - 6)];
  add("text", "your guess", { x: left, y: top, "text-anchor": right ? "end" : "start" });
}

/**
 * A native range as `connectFigure` wants it: its value is the position, whose words stand beside it.
 * @param {any} input @param {string[]} texts @returns {LivePageControl}
 */
function rangeControl(input, texts) {
  const output = input.closest(".live-control").querySelector("output");
  const tell = () => {
    output.textContent = texts[input.value];
    input.setAttribute("aria-valuetext", texts[input.value]);
  };
  return {
    get: () => Number(input.value),
    set(index) {
      input.value = index;
      tell();
    },
    onMove(update) {
      input.addEventListener("input", () => (tell(), update()));
      // A finger that goes on up or down scrolls the page, and what its touch has set is taken back.
      let before = input.value;
      input.addEventListener("pointerdown", () => (before = input.value));
      input.addEventListener("pointercancel", () => {
        input.value = before;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      });
    },
  };
}

/**
 * A row of buttons, of which one is pressed, as `connectFigure` wants it.
 * @param {HTMLElement} row @returns {LivePageControl}
 */
function choiceControl(row) {
  const buttons = [...row.children];
  const set = (/** @type {number} */ index) => buttons.forEach((button, k) => button.setAttribute("aria-pressed", k === index));
  /** @type {(index: number, update: () => void) => () => void} */
  const press = (index, update) => () => (set(index), update());
  return {
    get: () => buttons.findIndex((button) => button.getAttribute("aria-pressed") === "true"),
    set,
    onMove: (update) => buttons.forEach((button, k) => button.addEventListener("click", press(k, update))),
  };
}

/**
 * Play a slider's positions from the first one on, or from the last one back: to pause, to go on, to
 * step by hand, and slower.
 * @param {HTMLElement} row @param {LiveControl} control @param {LiveSpec} spec @param {number} last
 * @param {(pace: Pace) => void} update
 */
function player(row, control, spec, last, update) {
  const [back, play, on, slower] = [...row.children];
  let timer = 0;
  let halfway = false;
  const place = (/** @type {number} */ k) => (spec.backwards ? last - k : k); // and the other way round
  const shown = () => place(control.get());
  const stop = (/** @type {number} */ index) => {
    const lasts = spec.pace * (slower.getAttribute("aria-pressed") === "true" ? 2 : 1);
    control.set(place(Math.max(0, Math.min(last, index))));
    // A film glides on without a rest, a stage rests for the reader.
    const film = lasts < 500;
    update({ lasts: film ? lasts : Math.min(700, 0.6 * lasts), gently: !film });
    return lasts;
  };
  const rest = (/** @type {boolean} */ paused) => {
    clearTimeout(timer);
    timer = 0;
    halfway = paused;
    play.textContent = paused ? "Go on" : "Play";
  };
  const next = (/** @type {number} */ index) => {
    const lasts = stop(index);
    if (index >= last) rest(false);
    else timer = setTimeout(() => next(shown() + 1), lasts);
  };
  play.addEventListener("click", () => {
    if (timer) return rest(true);
    play.textContent = "Pause";
    next(halfway && shown() < last ? shown() + 1 : 0);
  });
  const step = (/** @type {number} */ by) => () => (rest(true), stop(shown() + by));
  back.addEventListener("click", step(-1));
  on.addEventListener("click", step(1));
  slower.addEventListener("click", () => {
    slower.setAttribute("aria-pressed", slower.getAttribute("aria-pressed") !== "true");
  });
  return () => timer && rest(true);
}

/**
 * The positions that an address asks of a figure, if it asks: that of the page, or one that is given.
 * @param {LiveSpec} spec @param {string} [address]
 */
function asked(spec, address = location.hash.slice(1)) {
  const [name, query] = address.split("?");
  if (name !== spec.name || !query) return null;
  const wishes = new URLSearchParams(query);
  return spec.sliders.map((slider) => {
    const wish = (wishes.get(slider.name) ?? wishes.get(slider.formerly ?? slider.name) ?? "").trim();
    if (!wish) return null;
    if (slider.values) return Number.isFinite(Number(wish)) ? nearest(slider.values, Number(wish)) : null;
    const place = [wish, wish.replace("-", "−")].map((text) => slider.texts.indexOf(text)).find((k) => k >= 0);
    return place ?? null;
  });
}

/** @param {HTMLElement} root @param {LiveSpec} spec */
async function connectInPage(root, spec) {
  const bytes = Uint8Array.from(atob(spec.table), (letter) => letter.charCodeAt(0));
  const controls = spec.sliders.map(({ name, kind, texts }) => {
    const element = root.querySelector(`[data-slider="${name}"]`);
    return kind === "choice" ? choiceControl(element) : rangeControl(element, texts);
  });
  const figure = connectFigure(root, spec, bytes, controls);
  controls.forEach((control) => control.onMove(() => figure.update()));
  const row = root.querySelector(".live-player");
  if (row) {
    const k = spec.sliders.findIndex((slider) => slider.name === spec.play);
    const pause = player(row, controls[k], spec, spec.sliders[k].texts.length - 1, figure.update);
    // Who takes a figure in hand while it plays does not want it to go on.
    for (const event of ["input", "pointerdown", "keydown"]) {
      root.addEventListener(event, ({ target }) => row.contains(/** @type {Node} */ (target)) || pause());
    }
  }
  await figure.ready;
  // A browser may have kept the sliders of an earlier visit; the address overrules it.
  figure.go(asked(spec) || controls.map((control) => control.get()));
  if (row && spec.autoplay && !calm.matches && !asked(spec)) {
    const play = /** @type {HTMLElement} */ (row.querySelector(".live-play"));
    const seen = new IntersectionObserver(([{ isIntersecting }]) => {
      if (!isIntersecting) return;
      seen.disconnect();
      play.click();
    }, { threshold: 0.6 });
    seen.observe(root.querySelector(".live-panels"));
  }
  // The address that the reader has followed: by now that of a picture at rest may stand in its place.
  addEventListener("hashchange", ({ newURL }) => figure.go(asked(spec, newURL.split("#")[1] || "") || []));
  root.dataset.ready = "true";
  return spec;
}

/**
 * The numbers of the figures by name: the file of each puts them here.
 * @type {Record<string, LiveSpec>}
 */
const liveNumbers = {};

/** @param {HTMLElement} root @returns {Promise<LiveSpec>} */
function loadNumbers(root) {
  return new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = root.dataset.numbers || "";
    script.onload = () => {
      const spec = liveNumbers[root.id.replace("figure-", "")];
      spec ? done(spec) : fail();
    };
    script.onerror = () => fail();
    document.head.append(script);
  });
}

const figures = [...document.querySelectorAll("figure.live")];
const started = new Map();
let turn = Promise.resolve();

/**
 * Let one figure come to life after another, so that the page answers to the reader in between.
 * @param {() => any} work
 */
function inTurn(work) {
  return (turn = turn.then(nextTask, nextTask).then(work));
}

/**
 * Bring a figure of the page to life, once; the promise gives its spec, or null if it stays still.
 * @param {HTMLElement} root @returns {Promise<LiveSpec | null>}
 */
function startFigure(root) {
  if (!started.has(root)) {
    const alive = loadNumbers(root).then((spec) => inTurn(() => connectInPage(root, spec)));
    started.set(root, alive.catch((error) => miss(root, error)));
  }
  return started.get(root);
}

/** @param {HTMLElement} root @param {any} error */
function miss(root, error) {
  const words = document.createElement("p");
  words.className = "live-lost";
  words.setAttribute("role", "status");
  words.textContent =
    "This figure stands still, because its numbers have not come. Load the page again to try once " +
    "more. A page that was saved alone lacks them; the notebook has them, too.";
  root.querySelector(".live-controls").before(words);
  addEventListener("online", () => (words.remove(), started.delete(root), startFigure(root)), { once: true });
  if (error) reportError(error);
  return null;
}

let letGo = () => {}; // of the figure that is kept in view

/**
 * Scroll to a figure, and to where it is then while the sections about it take their true heights:
 * until a hand of the reader or another address, or for three seconds.
 * @param {HTMLElement} root
 */
function scrollToFigure(root) {
  letGo();
  const isNear = Math.abs(root.getBoundingClientRect().top) < 2 * innerHeight;
  root.scrollIntoView(isNear ? {} : { behavior: "instant" }); // on a long way heights would change
  const heights = new ResizeObserver(() => root.scrollIntoView({ behavior: "instant" }));
  const hands = new AbortController();
  letGo = () => (heights.disconnect(), hands.abort());
  for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(kind, letGo, { passive: true, signal: hands.signal });
  }
  const keep = () => hands.signal.aborted || heights.observe(root.closest("article") || root);
  setTimeout(keep, isNear ? 500 : 0); // a smooth way takes about so long
  setTimeout(letGo, 3000);
}

/** Go to the figure that the page's address names, be it with a position or by its anchor. */
function followAddress() {
  const place = location.hash.slice(1).split("?")[0];
  const root = figures.find(({ id }) => id === place || id === "figure-" + place);
  if (!root) return;
  const named = document.getElementById(location.hash.slice(1)); // a section may have its name
  if (!named || named === root) scrollToFigure(root);
  startFigure(root);
}
addEventListener("hashchange", followAddress);
followAddress();

// What is within the next screen is asked for at once. Observed is the section, for what is in one that
// is not laid out yet is nowhere.
const nearby = new IntersectionObserver(
  (seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      nearby.unobserve(target);
      figures.filter((root) => target.contains(root)).forEach(startFigure);
    }
  },
  { rootMargin: "100%" },
);
figures.forEach((root) => {
  nearby.observe(root.closest("article > section > section") || root);
  root.addEventListener("guess", async ({ detail }) => {
    const spec = await startFigure(root);
    if (spec) drawGuess(root, spec.axes, detail);
  });
});

// Once the page is read on, the others come one by one while it has nothing else to do, unless the
// reader saves data: who looks at its beginning alone need not fetch them.
const whenIdle = globalThis.requestIdleCallback || ((work) => setTimeout(work, 200));
async function startNext() {
  const root = figures.find((each) => !started.has(each));
  if (!root) return;
  await startFigure(root);
  whenIdle(startNext);
}
if (figures.length && !(navigator.connection && navigator.connection.saveData)) {
  const begin = () => whenIdle(startNext);
  addEventListener("load", () => addEventListener("scroll", begin, { once: true, passive: true }));
}

// --- In Jupyter -------------------------------------------------------------------------------

/**
 * An ipywidgets slider as `connectFigure` wants it: ranges by value, lists and choices by index.
 * @param {LiveSlider} slider @param {WidgetModel} model @returns {LiveControl}
 */
function widgetControl({ values }, model) {
  if (!values) {
    return { get: () => model.get("index"), set: (index) => model.set("index", index) };
  }
  return {
    get: () => nearest(values, model.get("value")),
    set: (index) => model.set("value", values[index]),
  };
}

/** @param {{ model: WidgetModel, el: HTMLElement }} host */
async function renderWidget({ model, el }) {
  /** @type {LiveSpec} */
  const spec = model.get("spec");
  const refs = model.get("controls").map((/** @type {string} */ ref) => ref.replace("IPY_MODEL_", ""));
  const models = await Promise.all(refs.map((/** @type {string} */ ref) => model.widget_manager.get_model(ref)));
  el.classList.add("live");
  el.innerHTML = model.get("markup");
  for (const note of spec.notes || []) {
    const line = document.createElement("p");
    line.className = "live-note";
    line.textContent = note;
    el.querySelector(".live-presets, .live-foot").before(line);
  }
  // The tracks of these sliders bear no marks, so a line says at which stops they would be.
  const marks = spec.sliders.map(({ name, label, texts }) => {
    const stop = (/** @type {number} */ share) => texts[Math.round(share * (texts.length - 1))];
    const all = (spec.marks[name] || []).map(([text, share]) => `${text} ≈ ${stop(share)}`);
    return all.length ? `${label}: ${all.join(", ")}` : "";
  });
  for (const text of [...marks, spec.title].filter(Boolean)) {
    el.appendChild(document.createElement("p")).textContent = text;
  }
  const controls = models.map((each, k) => {
    const control = widgetControl(spec.sliders[k], each);
    return { get: control.get, set: (/** @type {number} */ index) => (control.set(index), each.save_changes()) };
  });
  const table = model.get("table");
  const bytes = new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
  const figure = connectFigure(el, spec, bytes, controls);
  el.dataset.figure = spec.name; // and no id: with one the figure would write into the address
  el.addEventListener("guess", (event) => drawGuess(el, spec.axes, /** @type {CustomEvent} */ (event).detail));
  el.addEventListener("place", (event) => figure.go(asked(spec, /** @type {CustomEvent} */ (event).detail) || []));
  const events = models.map((each, k) => [each, spec.sliders[k].values ? "change:value" : "change:index"]);
  const update = () => figure.update();
  events.forEach(([each, event]) => each.on(event, update));
  return () => events.forEach(([each, event]) => each.off(event, update));
}
