// A panel in space: looked at as Matplotlib looks at it, lit, drawn from far to near, and turned by
// the reader. What is in it stands in the panel's markup, an empty element for each thing, whose
// style says how it looks; figure.js hands over the numbers. `poster.py` and `box.py` draw the
// same into the page before this script runs.

const solidPanel = (() => {
  const SIDE = 4000; // of the box, in the numbers of a scene
  const DISTANCE = 10; // of the eye, in sides of the box
  const MOST_FACES = 160; // of a surface, between its lines
  const PIECE = SIDE / 10; // a line is cut into pieces, so that hills can hide them
  const [LINE_NEARER, DOT_NEARER, ON] = [0.05, 0.09, 0.03];
  const LIGHT = unit([-0.55, 0.7, 0.5]);
  const SHADES = 64;
  const [NUMBERS, DOWN, NAMES, WIDE, HIGH] = [0.7, 0.3, 2.1, 1.8, 1]; // in parts of the letters' size
  const [TICK, SHORTEST] = [4, 40];
  const SLOW = 28; // milliseconds from frame to frame: then coarser faces are drawn
  const REST = 160; // milliseconds after which all of them are

  /** @type {(a: Numbers, b: Numbers) => number} */
  function dot(a, b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  /** @param {number[]} a */
  function unit(a) {
    const length = Math.hypot(...a) || 1;
    return a.map((x) => x / length);
  }

  /** @type {(a: number[], b: number[]) => number[]} */
  function cross(a, b) {
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  }

  /** @type {(a: number[], b: number[]) => number[]} */
  function less(a, b) {
    return a.map((x, k) => x - b[k]);
  }

  /** @param {Numbers} points @param {number} k */
  function point(points, k) {
    return [points[3 * k], points[3 * k + 1], points[3 * k + 2]];
  }

  /** @type {(a: number[], b: number[], part: number) => number[]} */
  function mix(a, b, part) {
    return a.map((x, k) => x + part * (b[k] - x));
  }

  const css = (/** @type {number[]} */ rgb) => `rgb(${rgb.map(Math.round).join(" ")})`;

  // --- What there is, in sides of the box ---------------------------------------------------------

  /** Where a thing lies, as corners one after the other. @param {HTMLElement} element @param {Numbers} numbers @param {Numbers} shapes @param {number[]} aspect */
  function cornersOf({ dataset }, numbers, shapes, aspect) {
    const scale = aspect.map((side) => side / SIDE);
    const isSurface = dataset.kind === "surface";
    const scales = dataset.scales ? dataset.scales.split(" ").map(Number) : [];
    const [rows, columns] = (dataset.shape || "").split(" ").map(Number);
    const count = isSurface ? rows * columns : numbers.length / 3;
    return Float32Array.from({ length: 3 * count }, (_, k) => {
      const at = isSurface ? (k % 3) * count + Math.floor(k / 3) : k; // of a surface all x come first
      if (!scales.length) return numbers[at] === GAP ? NaN : numbers[at] * scale[k % 3];
      let sum = shapes[at];
      scales.forEach((each, r) => (sum += each * numbers[r] * shapes[(r + 1) * 3 * count + at]));
      return sum * scale[k % 3];
    });
  }

  /** What is square to a face, as long as it is large. @param {Numbers} p @param {number[]} corners */
  function areaOf(p, [a, b, c, d]) {
    return cross(less(point(p, c), point(p, a)), less(point(p, d), point(p, b)));
  }

  /** A surface's faces, so many rows and columns at a time. @param {SolidThing} thing @param {number} step */
  function facesOf({ corners, rows, columns }, step) {
    const faces = [];
    for (let i = 0; i < rows - 1; i += step) {
      for (let j = 0; j < columns - 1; j += step) {
        const [low, right] = [Math.min(i + step, rows - 1), Math.min(j + step, columns - 1)];
        const at = [i * columns + j, i * columns + right, low * columns + right, low * columns + j];
        const normal = unit(areaOf(corners, at));
        if (!Number.isNaN(normal[0])) faces.push({ i, j, low, right, at, normal });
      }
    }
    return faces;
  }

  /** The plane that a flat surface lies in, null if it is curved. @param {SolidThing} thing */
  function planeOf(thing) {
    const { corners, rows, columns } = thing;
    const [normal, middle] = [[0, 0, 0], point(corners, Math.floor((rows * columns) / 2))];
    for (const { at } of facesOf(thing, 1)) {
      const across = areaOf(corners, at);
      for (let k = 0; k < 3; k++) normal[k] += across[k];
    }
    const plane = { middle, normal: unit(normal) };
    for (let k = 0; k < rows * columns; k++) {
      if (!(Math.abs(dot(less(point(corners, k), middle), plane.normal)) < 2e-3)) return null;
    }
    return Math.hypot(...normal) > 1e-6 ? plane : null;
  }

  /** A thing from its numbers. @param {HTMLElement} element @param {Float32Array} corners @returns {SolidThing} */
  function made(element, corners) {
    const [rows = 0, columns = 0] = (element.dataset.shape || "").split(" ").map(Number);
    const thing = /** @type {SolidThing} */ ({ element, kind: element.dataset.kind, corners, rows, columns, faces: {}, pieces: {} });
    thing.screen = new Float32Array(corners.length);
    thing.plane = thing.kind === "surface" ? planeOf(thing) : null;
    thing.mesh = 1;
    while (Math.ceil((rows - 1) / thing.mesh) * Math.ceil((columns - 1) / thing.mesh) > MOST_FACES) thing.mesh += 1;
    thing.onFloor = thing.kind === "line" && corners.every((x, k) => k % 3 < 2 || Math.abs(x) < 1e-6 || Number.isNaN(x));
    return thing;
  }

  // --- The eye ----------------------------------------------------------------------------------------

  /** @param {SolidSpec} spec @param {number[]} view @returns {SolidEye} */
  function eyeAt({ aspect, place }, view) {
    const [e, a] = view.map((degrees) => (degrees * Math.PI) / 180);
    const toward = [Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)];
    const right = [-Math.sin(a), Math.cos(a), 0];
    const up = cross(toward, right);
    const light = [0, 1, 2].map((k) => LIGHT[0] * right[k] + LIGHT[1] * up[k] + LIGHT[2] * toward[k]);
    return { place, toward, right, up, light, at: aspect.map((side, k) => side / 2 + DISTANCE * toward[k]) };
  }

  /**
   * Where points are seen, as pixels and how far away they are.
   * @param {SolidEye} eye @param {Numbers} points @param {Float32Array} seen
   */
  function project({ at, place, right, up, toward }, points, seen) {
    for (let k = 0; k < points.length; k += 3) {
      const [x, y, z] = [points[k] - at[0], points[k + 1] - at[1], points[k + 2] - at[2]];
      const far = -(x * toward[0] + y * toward[1] + z * toward[2]);
      const near = place[2] / far;
      seen[k] = place[0] + near * (x * right[0] + y * right[1]);
      seen[k + 1] = place[1] - near * (x * up[0] + y * up[1] + z * up[2]);
      seen[k + 2] = far;
    }
    return seen;
  }

  // --- In which order -----------------------------------------------------------------------------------

  /**
   * The faces of a surface, with the edges that are lines of its mesh: each with the face on its other side.
   * @param {SolidThing} thing @param {number} step @param {SolidEye} eye @returns {SolidFacePiece[]}
   */
  function facePieces(thing, step, eye) {
    const { corners: p, screen: s, mesh, rows, columns } = thing;
    /** @type {Map<number, SolidFacePiece>} */
    const found = new Map();
    for (const face of (thing.faces[step] ||= facesOf(thing, step))) {
      const [a, , c] = face.at;
      const middle = [p[3 * a] + p[3 * c], p[3 * a + 1] + p[3 * c + 1], p[3 * a + 2] + p[3 * c + 2]].map((x) => x / 2);
      const depth = (s[3 * a + 2] + s[3 * c + 2]) / 2;
      found.set(face.at[0], { thing, face, middle, depth, light: lit(face.normal, middle, eye), edges: [] });
    }
    for (const piece of found.values()) {
      const { i, j, low, right, at } = piece.face;
      const edge = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ other) =>
        piece.edges.push({ line: [s[3 * a], s[3 * a + 1], s[3 * b], s[3 * b + 1]], beside: found.get(other) });
      if (i % mesh < step) edge(at[0], at[1], at[0] - step * columns);
      if (j % mesh < step) edge(at[0], at[3], j ? at[0] - step : -1);
      if (low % mesh < step || low === rows - 1) edge(at[3], at[2], at[3]);
      if (right % mesh < step || right === columns - 1) edge(at[1], at[2], right < columns - 1 ? at[1] : -1);
    }
    return [...found.values()];
  }

  /** How bright a face is, from 0 to 1. @param {number[]} n @param {number[]} middle @param {SolidEye} eye */
  function lit(n, middle, eye) {
    const facing = dot(less(eye.at, middle), n) < 0 ? -1 : 1;
    return Math.max(0, Math.min(1, 0.5 + 0.5 * facing * dot(n, eye.light) - (facing * n[2] < 0 ? 0.06 : 0)));
  }

  /**
   * The pieces of a line, none longer than `longest`, so that each has its place before or behind a face.
   * @param {SolidThing} thing @param {SolidThing[]} sheets @param {SolidEye} eye @param {number[]} aspect
   * @param {number} longest
   * @returns {SolidPiece[]}
   */
  function linePieces(thing, sheets, eye, aspect, longest) {
    const { corners } = thing;
    const pieces = [];
    let gone = 0; // so that dashes go on from piece to piece
    for (let k = 0; k + 1 < corners.length / 3; k++) {
      const [start, end] = [point(corners, k), point(corners, k + 1)];
      const way = less(end, start).map((x, axis) => (x * SIDE) / aspect[axis]);
      const count = Math.max(1, Math.ceil(Math.hypot(...way) / longest));
      if (Number.isNaN(count)) {
        gone = 0;
        continue;
      }
      const cuts = thing.onFloor ? [0, 1] : Array.from({ length: count + 1 }, (_, n) => n / count);
      for (const { plane } of thing.onFloor ? [] : sheets) {
        const [first, last] = [start, end].map((each) => dot(less(each, plane.middle), plane.normal));
        if (first * last < 0) cuts.push(first / (first - last));
      }
      const points = cuts.sort((a, b) => a - b).flatMap((part) => mix(start, end, part));
      const s = project(eye, points, new Float32Array(points.length));
      for (let n = 0; n + 3 < points.length; n += 3) {
        const middle = mix(points.slice(n, n + 3), points.slice(n + 3, n + 6), 0.5);
        const depth = thing.onFloor ? Infinity : (s[n + 2] + s[n + 5]) / 2 - LINE_NEARER;
        pieces.push({ thing, middle, depth, line: [s[n], s[n + 1], s[n + 3], s[n + 4]], gone });
        gone += Math.hypot(s[n + 3] - s[n], s[n + 4] - s[n + 1]);
      }
    }
    return pieces;
  }

  /** @param {SolidThing} thing @returns {SolidPiece[]} */
  function dotPieces(thing) {
    const { corners, screen: s } = thing;
    return Array.from({ length: corners.length / 3 }, (_, k) => k)
      .filter((k) => !Number.isNaN(s[3 * k]))
      .map((k) => ({ thing, middle: point(corners, k), depth: s[3 * k + 2] - DOT_NEARER, dot: [s[3 * k], s[3 * k + 1]] }));
  }

  /**
   * Pieces and sheets from far to near. A sheet parts all others by its two sides.
   * @param {SolidPiece[]} pieces @param {SolidThing[]} sheets @param {SolidEye} eye
   * @returns {(SolidPiece | SolidThing)[]}
   */
  function ordered(pieces, sheets, eye) {
    if (!sheets.length) return pieces.sort((a, b) => b.depth - a.depth);
    const [sheet, ...rest] = sheets;
    const { middle, normal } = sheet.plane;
    const toward = dot(less(eye.at, middle), normal) < 0 ? -1 : 1;
    const isNear = (/** @type {number[]} */ place, /** @type {number} */ slack) => toward * dot(less(place, middle), normal) > -slack;
    /** @type {SolidPiece[][]} */
    const parts = [[], []];
    for (const piece of pieces) parts[Number(isNear(piece.middle, piece.face ? 0 : ON))].push(piece);
    const others = [false, true].map((side) => rest.filter((each) => isNear(each.plane.middle, 0) === side));
    return [...ordered(parts[0], others[0], eye), sheet, ...ordered(parts[1], others[1], eye)];
  }

  // --- The picture ----------------------------------------------------------------------------------------

  /**
   * The canvas of a panel, with its colours.
   * @param {HTMLCanvasElement} canvas @param {number} wide @param {number} high
   */
  function painter(canvas, wide, high) {
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    /** @type {Map<any, any>} */
    let known = new Map();
    let paper = "";
    let picture = 0; // which is being drawn
    const ground = document.createElement("canvas"); // what lies behind everything, drawn before
    const behind = /** @type {CanvasRenderingContext2D} */ (ground.getContext("2d"));
    /** @type {SolidEye | null} */
    let groundFor = null;

    /** What is asked for once, until the paper or the width changes. @template T @param {any} key @param {() => T} find @returns {T} */
    function once(key, find) {
      if (!known.has(key)) known.set(key, find());
      return known.get(key);
    }

    /** A colour of the style sheet as its three parts. @param {string} name */
    const rgb = (name) => once(name, () => {
      canvas.style.color = name;
      return (getComputedStyle(canvas).color.match(/[\d.]+/g) || []).slice(0, 3).map(Number);
    });

    /** The shades of a surface from dark to bright, each with that of its lines. @param {string} colour */
    function ramp(colour) {
      const [base, ink] = [rgb(colour), rgb("var(--ink)")];
      const isDark = dot(ink, [1, 1, 1]) > 380;
      return Array.from({ length: SHADES }, (_, k) => {
        const white = (0.8 * k) / (SHADES - 1);
        const shade = isDark ? mix(base, [16, 20, 26], 0.72 - 0.85 * white) : mix(base, [255, 255, 255], white);
        return { face: css(shade), mesh: css(mix(shade, ink, 0.22)) };
      });
    }

    /** How a thing looks. @param {SolidThing} thing */
    const look = ({ element }) => once(element, () => {
      const { fill, fillOpacity, stroke, strokeOpacity, strokeWidth, strokeDasharray } = getComputedStyle(element);
      const dashes = strokeDasharray === "none" ? [] : strokeDasharray.split(",").map(parseFloat);
      const shades = element.dataset.kind === "surface" ? ramp(fill) : [];
      return { fill, fillOpacity: Number(fillOpacity), shades, stroke, strokeOpacity: Number(strokeOpacity), width: parseFloat(strokeWidth), dashes };
    });

    const ink = () => getComputedStyle(canvas.parentElement).color;
    /** Ask for all again: letters have another size in a panel of another width. */
    const forget = () => ((known = new Map()), (groundFor = null));
    /** Whether the paper has changed since it was last drawn on. */
    const isStale = () => ink() !== paper;

    /** @param {boolean} fast @param {number} across the width of the canvas on the page */
    function clear(fast, across) {
      const now = ink();
      if (now !== paper) forget();
      paper = now;
      const ratio = fast ? 1 : devicePixelRatio || 1;
      const [width, height] = [across * ratio, ((across * high) / wide) * ratio].map(Math.round);
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      pen.setTransform(width / wide, 0, 0, height / high, 0, 0);
      pen.clearRect(0, 0, wide, high);
      Object.assign(pen, { lineJoin: "round", lineCap: "round", globalAlpha: 1 });
      picture += 1;
    }

    /**
     * Draw what lies behind everything, which stays the same while nobody turns the panel.
     * @param {SolidEye} eye @param {() => void} drawn
     */
    function background(eye, drawn) {
      const { width, height } = canvas;
      if (groundFor === eye && ground.width === width && ground.height === height) {
        pen.save();
        pen.resetTransform();
        pen.drawImage(ground, 0, 0);
        pen.restore();
        return;
      }
      drawn();
      groundFor = eye;
      Object.assign(ground, { width, height });
      behind.drawImage(canvas, 0, 0);
    }

    /** @param {string} stroke @param {number} width @param {number[][]} lines each x, y, x, y and so on */
    function trace(stroke, width, lines) {
      pen.beginPath();
      for (const line of lines) {
        for (let k = 0; k < line.length; k += 2) k ? pen.lineTo(line[k], line[k + 1]) : pen.moveTo(line[k], line[k + 1]);
      }
      pen.strokeStyle = stroke;
      pen.lineWidth = width;
      pen.stroke();
    }

    /**
     * A face's corners: if nothing shines through it a little farther out, to close the hair between neighbours.
     * @param {SolidFacePiece} piece @param {boolean} isOpaque @returns {number[]}
     */
    function outlineOf({ thing: { screen: s }, face: { at } }, isOpaque) {
      const [x, y] = [0, 1].map((axis) => (s[3 * at[0] + axis] + s[3 * at[1] + axis] + s[3 * at[2] + axis] + s[3 * at[3] + axis]) / 4);
      return at.flatMap((/** @type {number} */ k) => {
        const [dx, dy] = [s[3 * k] - x, s[3 * k + 1] - y];
        const more = isOpaque ? 1 + 0.8 / (Math.abs(dx) + Math.abs(dy) + 0.01) : 1;
        return [x + dx * more, y + dy * more];
      });
    }

    /** @param {SolidFacePiece} piece */
    function face(piece) {
      const { fillOpacity, shades } = look(piece.thing);
      const shade = shades[Math.round(piece.light * (SHADES - 1))];
      const outline = (piece.outline ||= outlineOf(piece, fillOpacity === 1));
      pen.beginPath();
      for (let k = 0; k < 8; k += 2) pen.lineTo(outline[k], outline[k + 1]);
      pen.globalAlpha = fillOpacity;
      pen.fillStyle = shade.face;
      pen.fill();
      pen.globalAlpha = 1;
      piece.drawn = picture;
      // With the later of its two faces; that one would cover it.
      const lines = piece.edges.filter(({ beside }) => !beside || beside.drawn === picture).map(({ line }) => line);
      if (lines.length) trace(shade.mesh, 0.7, lines);
    }

    /** The corners of a row, from one to another. @param {SolidThing} thing @param {number} from @param {number} by @param {number} count */
    const run = ({ screen: s }, from, by, count) => Array.from({ length: count }, (_, n) => [s[3 * (from + n * by)], s[3 * (from + n * by) + 1]]).flat();

    /** @param {SolidThing} thing @param {SolidEye} eye */
    function sheet(thing, eye) {
      const { rows, columns, plane, mesh } = thing;
      const { fill, fillOpacity, shades } = look(thing);
      const shade = shades[Math.round(lit(plane.normal, plane.middle, eye) * (SHADES - 1))];
      const rim = rimOf(thing);
      pen.beginPath();
      for (let k = 0; k < rim.length; k += 2) pen.lineTo(rim[k], rim[k + 1]);
      pen.globalAlpha = fillOpacity;
      pen.fillStyle = shade.face;
      pen.fill();
      pen.globalAlpha = 0.6;
      const lines = [];
      for (let i = mesh; i < rows - 1; i += mesh) lines.push(run(thing, i * columns, 1, columns));
      for (let j = mesh; j < columns - 1; j += mesh) lines.push(run(thing, j, columns, rows));
      trace(shade.mesh, 0.7, lines);
      pen.globalAlpha = 1;
      trace(fill, 1.25, [rim]);
    }

    /** @param {SolidThing} thing */
    function rimOf(thing) {
      const { rows, columns } = thing;
      const last = rows * columns - 1;
      return [
        ...run(thing, 0, 1, columns),
        ...run(thing, columns - 1, columns, rows),
        ...run(thing, last, -1, columns),
        ...run(thing, last - columns + 1, -columns, rows),
      ];
    }

    /** @param {SolidThing} thing @param {number[][]} lines @param {number} alpha @param {number} [gone] of the dashes */
    function strokes(thing, lines, alpha, gone = 0) {
      const { stroke, strokeOpacity, width, dashes } = look(thing);
      pen.save();
      pen.globalAlpha = alpha * strokeOpacity;
      if (dashes.length) {
        pen.setLineDash(dashes);
        Object.assign(pen, { lineDashOffset: gone, lineCap: "butt" });
      }
      trace(stroke, width, lines);
      pen.restore();
    }

    /** The lines of a thing from gap to gap. @param {SolidThing} thing */
    function whole({ screen: s }) {
      /** @type {number[][]} */
      const lines = [[]];
      for (let k = 0; k < s.length; k += 3) {
        if (Number.isNaN(s[k])) lines.push([]);
        else lines[lines.length - 1].push(s[k], s[k + 1]);
      }
      return lines;
    }

    /** @param {SolidPiece} piece @param {number} alpha */
    function thin({ thing, line, dot: place, gone }, alpha) {
      const { fill, fillOpacity, stroke, strokeOpacity, width } = look(thing);
      if (line) strokes(thing, [line], alpha, gone);
      else if (place) {
        const glyph = new Path2D(`M${place[0]} ${place[1]}${thing.element.dataset.glyph}`);
        pen.globalAlpha = alpha * fillOpacity;
        pen.fillStyle = fill;
        if (fill !== "none") pen.fill(glyph);
        pen.globalAlpha = alpha * strokeOpacity;
        Object.assign(pen, { strokeStyle: stroke, lineWidth: width });
        if (stroke !== "none") pen.stroke(glyph);
      }
      pen.globalAlpha = 1;
    }

    const letters = () => once("letters", () =>
      parseFloat(getComputedStyle(canvas.parentElement.querySelector("svg")).getPropertyValue("--text")));

    /** @param {string} text @param {number} x @param {number} y @param {string} align start, middle or end @param {string} colour @param {number} [size] */
    function write(text, x, y, align, colour, size = letters()) {
      pen.font = `${size}px "Downhill Sans", system-ui, sans-serif`;
      pen.textAlign = align === "middle" ? "center" : /** @type {CanvasTextAlign} */ (align);
      pen.fillStyle = colour;
      pen.fillText(text, x, y + 0.35 * size);
    }

    /** @param {SolidThing} thing */
    function words({ element, screen: [x, y] }) {
      const { fill, size, textAnchor } = once(element, () => {
        const style = getComputedStyle(element);
        return { fill: style.fill, size: parseFloat(style.fontSize), textAnchor: style.textAnchor };
      });
      const [dx, dy] = (element.dataset.shift || "0 0").split(" ").map(Number);
      write(element.dataset.text || "", x + dx * size, y + (dy - 0.35) * size, textAnchor, fill, size);
    }

    return { clear, background, forget, isStale, look, face, sheet, rimOf, trace, strokes, whole, thin, words, write, rgb, letters, pen };
  }

  // --- The box, as box.py draws it -------------------------------------------------------------------------

  /** @param {ReturnType<typeof painter>} paint @param {SolidSpec} spec @param {SolidEye} eye */
  function drawBox(paint, { aspect, axes }, eye) {
    if (!axes.length) return;
    const at = (/** @type {number[]} */ ...shares) => project(eye, shares.map((share, k) => share * aspect[k]), new Float32Array(3));
    const line = (/** @type {number[]} */ from, /** @type {number[]} */ to) => [...at(...from).subarray(0, 2), ...at(...to).subarray(0, 2)];
    const ticks = axes.map((axis) => axis.ticks.map(([share]) => share));
    const [x, y] = [at(1, 0.5, 0)[2] > at(0, 0.5, 0)[2], at(0.5, 1, 0)[2] > at(0.5, 0, 0)[2]].map(Number);
    const lines = [...ticks[0].map((t) => line([t, 0, 0], [t, 1, 0])), ...ticks[1].map((t) => line([0, t, 0], [1, t, 0]))];
    for (const t of [0, 1, ...ticks[2]]) lines.push(line([x, 0, t], [x, 1, t]), line([0, y, t], [1, y, t]));
    for (const [a, b] of [[x, y], [1 - x, y], [x, 1 - y]]) lines.push(line([a, b, 0], [a, b, 1]));
    const muted = css(paint.rgb("var(--muted)"));
    paint.pen.globalAlpha = 0.3;
    paint.trace(muted, 0.75, lines);
    paint.pen.globalAlpha = 1;
    const [upright] = [[x, 1 - y], [1 - x, y]].sort((p, q) => at(...p, 0)[0] - at(...q, 0)[0]);
    const places = [
      (/** @type {number} */ t) => [t, 1 - y, 0],
      (/** @type {number} */ t) => [1 - x, t, 0],
      (/** @type {number} */ t) => [...upright, t],
    ];
    const behind = [at(0.5, y, 0), at(x, 0.5, 0)];
    /** @type {number[][]} */
    const written = [];
    const em = paint.letters();
    places.forEach((place, k) => {
      const [a, b, c, d] = line(place(0), place(1));
      const long = Math.hypot(c - a, d - b);
      if (long < SHORTEST) return;
      const middle = [(a + c) / 2, (b + d) / 2];
      let out = [(b - d) / long, (c - a) / long];
      if (k === 2) out = [-1, 0];
      else if (out[0] * (middle[0] - behind[k][0]) + out[1] * (middle[1] - behind[k][1]) < 0) out = [-out[0], -out[1]];
      const anchor = Math.abs(out[0]) < 0.35 ? "middle" : out[0] < 0 ? "end" : "start";
      const edge = [[a, b, c, d]];
      for (const [share, text] of axes[k].ticks) {
        const [left, top] = at(...place(share));
        const there = [left / em + NUMBERS * out[0], top / em + NUMBERS * out[1]];
        if (written.some((each) => Math.abs(each[0] - there[0]) <= WIDE && Math.abs(each[1] - there[1]) <= HIGH)) continue;
        written.push(there);
        edge.push([left, top, left + TICK * out[0], top + TICK * out[1]]);
        const more = em * (NUMBERS + DOWN * Math.abs(out[1]));
        paint.write(text, left + more * out[0], top + more * out[1], anchor, css(paint.rgb("var(--muted-text)")));
      }
      paint.trace(muted, 1, edge);
      const name = k === 2 ? [c, d - em] : [middle[0] + em * NAMES * out[0], middle[1] + em * NAMES * out[1]];
      paint.write(axes[k].name, name[0], name[1], k === 2 ? "middle" : anchor, css(paint.rgb("var(--ink)")));
    });
  }

  // --- The hand -----------------------------------------------------------------------------------------------

  /**
   * Let a panel be turned: by finger and mouse on its canvas, by keys on its two ranges.
   * @param {HTMLElement} box @param {HTMLElement} canvas @param {number[]} home
   * @param {(view: number[]) => void} turned
   */
  function turning(box, canvas, home, turned) {
    const [turn, tilt] = /** @type {any[]} */ ([...box.querySelectorAll(".live-turners input")]);
    let view = home;
    /** @type {number[] | null} */
    let held = null;
    const tell = () => {
      [tilt.value, turn.value] = view.map(Math.round);
      turn.setAttribute("aria-valuetext", `${turn.value} degrees round`);
      tilt.setAttribute("aria-valuetext", `${tilt.value} degrees above the floor`);
    };
    const to = (/** @type {number} */ elev, /** @type {number} */ azim) => {
      view = [Math.max(0, Math.min(90, elev)), ((((azim + 180) % 360) + 360) % 360) - 180];
      turned(view);
    };
    const back = () => (to(home[0], home[1]), tell());
    canvas.addEventListener("pointerdown", (event) => {
      event.stopPropagation(); // to look from elsewhere does not stop what plays
      canvas.setPointerCapture(event.pointerId);
      held = [event.clientX, event.clientY];
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!held || !canvas.hasPointerCapture(event.pointerId)) return;
      to(view[0] + 0.45 * (event.clientY - held[1]), view[1] - 0.55 * (event.clientX - held[0]));
      held = [event.clientX, event.clientY];
    });
    canvas.addEventListener("pointerup", tell);
    canvas.addEventListener("dblclick", back);
    for (const range of [turn, tilt]) {
      range.addEventListener("input", (/** @type {Event} */ event) => {
        event.stopPropagation();
        to(Number(tilt.value), Number(turn.value));
        tell();
      });
      range.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
        event.stopPropagation();
        const way = { ArrowRight: 5, ArrowUp: 5, ArrowLeft: -5, ArrowDown: -5 }[event.key];
        if (!way && event.key !== "Home") return;
        event.preventDefault();
        if (!way) return back();
        to(view[0] + (range === tilt ? way : 0), view[1] + (range === turn ? way : 0));
        tell();
      });
    }
    tell();
    return back;
  }

  /**
   * Bring a panel to life. `put` keeps the numbers of one of its elements, `paint` draws them all.
   * @param {HTMLElement} box @param {SolidSpec} spec @returns {SolidPanel}
   */
  function solidPanel(box, spec) {
    const { width: wide, height: high } = box.querySelector("svg").viewBox.baseVal;
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true"); // the picture of SVG beneath says what it shows
    box.querySelector("svg").after(canvas);
    const draw = painter(canvas, wide, high);
    /** @type {Map<HTMLElement, SolidThing>} */
    const things = new Map();
    /** @type {Map<Element | null, Numbers>} the shapes that a surface is the sum of */
    const shapesOf = new Map();
    let view = spec.view;
    let eye = eyeAt(spec, view);
    let [asked, rest, last, pace] = [0, 0, 0, 0];
    let [hasTurned, isChanged] = [false, false];
    // A section far from view is not laid out, and to ask for anything in it would lay it out. Its
    // canvas has a width once an observer tells of one; until then the picture of SVG stands.
    let across = 0;

    /** @param {HTMLElement} element @param {Numbers} numbers */
    function put(element, numbers) {
      const { kind } = element.dataset;
      isChanged = true;
      if (kind === "shapes") shapesOf.set(element.nextElementSibling, numbers);
      else if (!numbers.length) things.delete(element);
      else things.set(element, made(element, cornersOf(element, numbers, shapesOf.get(element) || [], spec.aspect)));
    }

    function paint(full = false) {
      const now = performance.now();
      if (!full && now - last < 200) pace = 0.7 * pace + 0.3 * (now - last);
      last = full ? 0 : now;
      const fast = !full && pace > SLOW;
      isChanged = false;
      if (across) drawAll(fast);
      if (full && last === 0) pace = Math.max(pace, 1.5 * (performance.now() - now));
      clearTimeout(rest);
      if (fast) rest = setTimeout(() => paint(true), REST);
      asked = 0;
    }

    /** @param {boolean} fast */
    function drawAll(fast) {
      box.classList.add("live-turnable");
      draw.clear(fast, across);
      draw.background(eye, () => drawBox(draw, spec, eye));
      const all = [...box.querySelectorAll(".moves")].map((element) => things.get(element)).filter((each) => !!each);
      for (const thing of all) {
        if (thing.seenBy === eye) continue;
        project(eye, thing.corners, thing.screen);
        Object.assign(thing, { seenBy: eye, pieces: {} });
      }
      const sheets = all.filter(({ plane }) => plane);
      const longest = fast ? 3 * PIECE : PIECE;
      const lines = all.filter(({ kind }) => kind === "line").flatMap((each) => linePieces(each, sheets, eye, spec.aspect, longest));
      const dots = all.filter(({ kind }) => kind === "dots").flatMap(dotPieces);
      const step = (/** @type {SolidThing} */ thing) => (fast ? thing.mesh : 1);
      const faces = all.filter(({ kind, plane }) => kind === "surface" && !plane).flatMap((each) => (each.pieces[step(each)] ||= facePieces(each, step(each), eye)));
      for (const each of ordered([...faces, ...lines, ...dots], sheets, eye)) {
        if ("plane" in each) draw.sheet(each, eye);
        else if ("edges" in each) draw.face(/** @type {SolidFacePiece} */ (each));
        else draw.thin(each, 1);
      }
      // Once more, faintly, so that none is lost behind a hill.
      draw.pen.globalAlpha = 0.3;
      for (const each of sheets) draw.trace(draw.look(each).fill, 1.25, [draw.rimOf(each)]);
      for (const each of all) if (each.kind === "line" && !each.onFloor) draw.strokes(each, draw.whole(each), 0.3);
      for (const each of dots) if (!each.thing.onFloor) draw.thin(each, 0.3);
      draw.pen.globalAlpha = 1;
      for (const each of all) if (each.kind === "words") draw.words(each);
    }

    const ask = () => (asked ||= requestAnimationFrame(() => paint()));
    const home = turning(box, canvas, view, (next) => {
      if (!hasTurned) box.classList.add("live-turned");
      hasTurned = true;
      view = next;
      eye = eyeAt(spec, view);
      ask();
    });
    new ResizeObserver(([{ contentRect }]) => {
      across = contentRect.width;
      draw.forget();
      requestAnimationFrame(() => paint(true));
    }).observe(canvas);
    addEventListener("beforeprint", () => { // the sections that were never near are printed, too
      across = canvas.clientWidth;
      draw.forget();
      paint(true);
    });
    // Another paper, other colours.
    const again = new MutationObserver(() => across && draw.isStale() && ask());
    for (const each of [document.documentElement, document.body]) again.observe(each, { attributes: true });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ask);
    document.fonts.addEventListener("loadingdone", () => (draw.forget(), ask())); // letters that come late
    const paintChanged = () => isChanged && paint();
    return { put, paint: paintChanged, home, screenOf: (element) => things.get(element)?.screen };
  }

  return Object.assign(solidPanel, { eyeAt, project });
})();
