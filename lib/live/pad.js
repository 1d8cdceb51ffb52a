// The drawing pad in the browser: lines of a pen become 8 x 8 pixels as those of the data set, and
// a small network says what it sees. What is here in script is in Python in lib/strokes.py, and a
// test holds the two together. One text serves two places, as figure.js does.

const PAD_SIDE = 8;
const PAD_DOTS = 32;
const PAD_INK = 312; // dots of ink in a digit of the set, on average
const PAD_WIDEST = 26;
const PAD_THIN = 2.5;
const PAD_THICK = 10;

/**
 * How far the middle of each dot is from the nearest line, row by row.
 * @param {PadStroke[]} strokes in dots
 */
function padDistances(strokes) {
  const found = new Float64Array(PAD_DOTS * PAD_DOTS).fill(Infinity);
  for (const stroke of strokes) {
    for (let k = 0; k < Math.max(1, stroke.length - 1); k++) {
      const [x0, y0] = stroke[k];
      const [x1, y1] = stroke[Math.min(k + 1, stroke.length - 1)];
      const [dx, dy] = [x1 - x0, y1 - y0];
      const length = dx * dx + dy * dy;
      for (let dot = 0; dot < found.length; dot++) {
        const [x, y] = [(dot % PAD_DOTS) + 0.5, Math.floor(dot / PAD_DOTS) + 0.5];
        const along = ((x - x0) * dx + (y - y0) * dy) / (length || 1);
        const part = Math.min(1, Math.max(0, along));
        const [u, v] = [x - (x0 + part * dx), y - (y0 + part * dy)];
        const distance = Math.sqrt(u * u + v * v);
        if (distance < found[dot]) found[dot] = distance;
      }
    }
  }
  return found;
}

/**
 * What the network sees of some strokes: 64 numbers from 0 to 16. The drawing is scaled to the
 * height of the grid and put in the middle, its lines as thick as gives it a digit's ink.
 * @param {PadStroke[]} strokes
 */
function padPixels(strokes) {
  const pixels = new Float64Array(PAD_SIDE * PAD_SIDE);
  if (!strokes.length) return pixels;
  const axes = [0, 1].map((axis) => strokes.flatMap((stroke) => stroke.map((point) => point[axis])));
  const low = axes.map((axis) => axis.reduce((a, b) => Math.min(a, b)));
  const high = axes.map((axis) => axis.reduce((a, b) => Math.max(a, b)));
  const middle = low.map((end, axis) => (end + high[axis]) / 2);
  let thickness = 4;
  let distance = new Float64Array();
  for (let round = 0; round < 3; round++) {
    const rooms = [PAD_WIDEST, PAD_DOTS].map((room, axis) => {
      const size = high[axis] - low[axis];
      return size > 0 ? (room - thickness) / size : 1e9;
    });
    const scale = Math.min(...rooms, 1e9);
    const scaled = strokes.map((stroke) =>
      stroke.map((point) => point.map((at, axis) => (at - middle[axis]) * scale + PAD_DOTS / 2)),
    );
    distance = padDistances(/** @type {PadStroke[]} */ (scaled));
    const wanted = 2 * Float64Array.from(distance).sort()[PAD_INK - 1];
    thickness = Math.min(PAD_THICK, Math.max(PAD_THIN, wanted));
  }
  distance.forEach((far, dot) => {
    if (far > thickness / 2) return;
    const [row, column] = [Math.floor(dot / PAD_DOTS / 4), Math.floor((dot % PAD_DOTS) / 4)];
    pixels[row * PAD_SIDE + column] += 1;
  });
  return pixels;
}

/**
 * The network's layers from their bytes: each the inputs' rows of weights and, last, the biases.
 * @param {PadSpec} spec @param {Bytes} bytes @returns {PadLayer[]}
 */
function padLayers({ sizes, scales }, bytes) {
  const rounded = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let next = 0;
  return scales.map((scale, layer) => {
    const rows = [];
    for (let row = 0; row <= sizes[layer]; row++) {
      rows.push(scale.map((unit) => unit * rounded[next++]));
    }
    return rows;
  });
}

/**
 * The ten probabilities of a network: tanh between its layers, softmax after the last.
 * @param {PadLayer[]} layers @param {Numbers} pixels
 */
function padAnswer(layers, pixels) {
  let inputs = Array.from(pixels, (pixel) => pixel / 16);
  layers.forEach((rows, layer) => {
    const sums = rows[rows.length - 1].map((bias, k) =>
      inputs.reduce((sum, input, row) => sum + input * rows[row][k], bias),
    );
    inputs = layer < layers.length - 1 ? sums.map(Math.tanh) : sums;
  });
  const largest = Math.max(...inputs);
  const parts = inputs.map((score) => Math.exp(score - largest));
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / whole);
}

/** A probability in per cent; none is rounded to certainty. @param {number} share */
function padPercent(share) {
  const rounded = Math.floor(100 * share + 0.5);
  return rounded === 0 ? "under 1" : rounded === 100 ? "over 99" : String(rounded);
}

/** @param {number[]} shares */
function padSentence(shares) {
  const [best, next] = shares.map((_, digit) => digit).sort((a, b) => shares[b] - shares[a]);
  const [first, second] = [padPercent(shares[best]), padPercent(shares[next])];
  return `It sees a ${best}, with ${first} per cent; next comes ${next}, with ${second}.`;
}

/**
 * Connect a pad with its network. `root` hears two events of its own: "strokes", with a drawing in its detail,
 * and "network", with other layers, so that another network can answer, a reader's own for one.
 * @param {HTMLElement} root @param {PadSpec} spec @param {Bytes} bytes
 */
function startPad(root, spec, bytes) {
  const find = (/** @type {string} */ selector) => root.querySelector(selector);
  const [paper, ink, news] = [find(".pad-paper"), find(".pad-ink"), find(".pad-news")];
  const pen = find(".pad-pen");
  const squares = [...root.querySelectorAll(".pad-seen rect")];
  const rows = [...root.querySelectorAll(".pad-answers li")];
  let layers = padLayers(spec, bytes);
  let strokes = spec.strokes;
  let isExample = true;
  let isDown = false; // the pen of the keys
  let at = [3, 0]; // and its cell
  let frame = 0;
  let pause = 0;

  function show() {
    frame = 0;
    ink.innerHTML = strokes
      .map((stroke) => `<polyline points="${(stroke.length > 1 ? stroke : [stroke[0], stroke[0]]).join(" ")}"/>`)
      .join("");
    const pixels = padPixels(strokes);
    squares.forEach((square, k) => square.setAttribute("fill-opacity", pixels[k] / 16));
    const shares = strokes.length ? padAnswer(layers, pixels) : null;
    const best = shares ? shares.indexOf(Math.max(...shares)) : -1;
    rows.forEach((row, digit) => {
      const share = shares ? shares[digit] : 0;
      row.classList.toggle("pad-best", digit === best);
      const bar = /** @type {HTMLElement} */ (row.children[1]);
      bar.style.setProperty("--share", share.toFixed(4));
      const short = padPercent(share).replace("under ", "<").replace("over ", ">");
      row.children[2].textContent = shares ? `${short}\u202f%` : "";
    });
    find(".pad-words").textContent = shares ? padSentence(shares) : "An empty grid. Draw a digit, as large as you like.";
    clearTimeout(pause);
    pause = setTimeout(() => (news.textContent = find(".pad-words").textContent), 700);
  }
  const later = () => (frame = frame || requestAnimationFrame(show));

  /** @param {PadStroke[]} drawing */
  function draw(drawing) {
    strokes = drawing;
    isExample = false;
    later();
  }
  const own = () => (isExample ? [] : strokes); // the first line of a reader's own takes the example away

  /** @type {Record<string, () => void>} */
  const actions = {
    clear() {
      isDown = false;
      draw([]);
    },
    undo() {
      isDown = false;
      draw(own().slice(0, -1));
    },
    embed: () => copyInto(find(".live-news"), frameOf(root, `${spec.name}.html`, spec.title || spec.name), "Frame"),
  };
  root.addEventListener("click", (event) => {
    const action = /** @type {HTMLElement} */ (event.target).dataset.do;
    if (action) actions[action]();
  });

  /** @param {MouseEvent} event @returns {[number, number]} */
  function place(event) {
    const box = paper.getBoundingClientRect();
    const part = (/** @type {number} */ at, /** @type {number} */ from, /** @type {number} */ size) =>
      Math.round(100 * Math.min(PAD_SIDE, Math.max(0, ((at - from) / size) * PAD_SIDE))) / 100;
    return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
  }

  /** Go on with the last line. @param {[number, number]} point */
  function extend(point) {
    const line = strokes[strokes.length - 1];
    const [x, y] = line[line.length - 1];
    if (Math.hypot(point[0] - x, point[1] - y) < 0.12) return;
    draw([...strokes.slice(0, -1), [...line, point]]);
  }

  paper.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    paper.focus({ preventScroll: true });
    paper.classList.add("pad-hand");
    paper.setPointerCapture(event.pointerId);
    isDown = false;
    draw([...own(), [place(event)]]);
  });
  paper.addEventListener("pointermove", (event) => {
    if (paper.hasPointerCapture(event.pointerId)) extend(place(event));
  });

  /** @returns {[number, number]} */
  const middle = () => [at[0] + 0.5, at[1] + 0.5];
  /** @param {KeyboardEvent} event */
  function press(event) {
    /** @type {Record<string, number[]>} */
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (way) {
      at = at.map((cell, axis) => Math.min(PAD_SIDE - 1, Math.max(0, cell + way[axis])));
      if (isDown) extend(middle());
    } else if (event.key === " ") {
      isDown = !isDown;
      if (isDown) draw([...own(), [middle()]]);
    } else if (event.key === "Backspace") {
      actions.undo();
    } else {
      return;
    }
    event.preventDefault();
    paper.classList.remove("pad-hand");
    pen.setAttribute("cx", middle()[0]);
    pen.setAttribute("cy", middle()[1]);
    pen.classList.toggle("pad-down", isDown);
    clearTimeout(pause);
    news.textContent = `row ${at[1] + 1}, column ${at[0] + 1}, pen ${isDown ? "down" : "up"}`;
  }
  paper.addEventListener("keydown", press);
  paper.addEventListener("blur", () => paper.classList.remove("pad-hand"));

  root.addEventListener("strokes", ({ detail }) => draw(detail));
  root.addEventListener("network", ({ detail }) => {
    layers = detail;
    later();
  });
  show();
  clearTimeout(pause); // nobody has asked yet
}

// --- In the built page ------------------------------------------------------------------------

/**
 * The networks of the pads by name: the file of each puts them here.
 * @type {Record<string, PadSpec>}
 */
const padNumbers = {};

/** @param {HTMLElement} root */
function loadPad(root) {
  const script = document.createElement("script");
  script.src = root.dataset.numbers || "";
  script.onload = () => {
    const spec = padNumbers[root.id.replace("figure-", "")];
    const bytes = Uint8Array.from(atob(spec.table), (letter) => letter.charCodeAt(0));
    startPad(root, spec, bytes);
    root.dataset.ready = "true";
  };
  script.onerror = () => {
    root.querySelector(".pad-news").textContent = "";
    root.querySelector(".pad-words").textContent =
      "The network's numbers have not come, so it cannot answer. Load the page again to try once more.";
  };
  document.head.append(script);
}
document.querySelectorAll("figure.pad").forEach((root) => loadPad(/** @type {HTMLElement} */ (root)));

// --- In Jupyter -------------------------------------------------------------------------------

/** @param {{ model: WidgetModel, el: HTMLElement }} host */
function renderPad({ model, el }) {
  /** @type {PadSpec} */
  const spec = model.get("spec");
  const table = model.get("table");
  el.classList.add("pad");
  el.innerHTML = model.get("markup");
  if (spec.title) el.appendChild(document.createElement("p")).textContent = spec.title;
  startPad(el, spec, new Uint8Array(table.buffer, table.byteOffset, table.byteLength));
}
