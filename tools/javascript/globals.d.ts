// What Python hands to the scripts of the pages, and what these find around them.

// What a script looks for in the page stands in the markup that Python has written, or the script
// asks for it with `if`: so found elements are not checked for null one by one.
interface ParentNode {
  querySelector<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag];
  querySelector<Tag extends keyof SVGElementTagNameMap>(tag: Tag): SVGElementTagNameMap[Tag];
  querySelector<Found extends Element = HTMLElement>(selector: string): Found;
  querySelectorAll<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
  ): NodeListOf<HTMLElementTagNameMap[Tag]>;
  querySelectorAll<Found extends Element = HTMLElement>(selector: string): NodeListOf<Found>;
}

interface Element {
  readonly parentElement: HTMLElement;
  setAttribute(name: string, value: string | number | boolean): void; // which the DOM writes out as a text
}

interface Navigator {
  connection?: { saveData: boolean }; // not in every browser
}

// --- Live figures: lib/live/spec.py ------------------------------------------------------------

type Numbers = ArrayLike<number>;
type Bytes = Uint8Array<ArrayBuffer>;

/** From which numbers to which an element glides: lib/live/motion.js. */
type Way = [Numbers, Numbers];
interface Pace {
  lasts: number;
  gently: boolean;
}
interface Moving {
  isText: boolean;
  panel: Element | null;
  solid?: SolidPanel | null; // in space
  isSurface?: boolean;
}

// --- Panels in space: lib/live/solid.js -------------------------------------------------------------

/** How a panel is looked at, in degrees above the floor and round, and its axes. */
interface SolidSpec {
  view: number[];
  aspect: number[];
  place: number[];
  axes: { name: string; ticks: [number, string][] }[];
}
interface SolidPanel {
  put(element: HTMLElement, numbers: Numbers): void;
  paint(full?: boolean): void;
  home(): void;
  screenOf(element: HTMLElement): Float32Array | undefined;
}
interface SolidEye {
  at: number[];
  place: number[];
  toward: number[];
  right: number[];
  up: number[];
  light: number[];
}
interface SolidFace {
  i: number;
  j: number;
  low: number;
  right: number;
  at: number[];
  normal: number[];
}
interface SolidThing {
  element: HTMLElement;
  kind: string;
  corners: Float32Array;
  screen: Float32Array;
  rows: number;
  columns: number;
  faces: Record<number, SolidFace[]>; // by so many rows and columns at a time
  pieces: Record<number, SolidFacePiece[]>; // the same as they are seen
  seenBy?: SolidEye; // where `screen` and `pieces` are seen from
  plane: any; // { middle, normal } of a flat surface, else null
  mesh: number; // every how many faces there is a line
  onFloor: boolean;
}
/** A face, a piece of a line or a dot: what is drawn at once. */
interface SolidPiece {
  thing: SolidThing;
  middle: number[];
  depth: number;
  face?: SolidFace;
  line?: number[];
  dot?: number[];
  gone?: number;
}
interface SolidFacePiece extends SolidPiece {
  face: SolidFace;
  light: number; // from 0 to 1
  edges: { line: number[]; beside?: SolidFacePiece }[]; // those that are lines of the mesh
  outline?: number[];
  drawn?: number; // in which picture last
}

interface LiveSlider {
  name: string;
  formerly?: string; // its name in older addresses
  label: string;
  texts: string[];
  values: number[] | null; // null for a choice
  start: number;
  kind: string;
}

/** The two limits of an axis, the pixels where they lie, and "linear" or "log". */
type LiveAxis = [number, number, number, number, string];
interface LiveAxes {
  x: LiveAxis;
  y: LiveAxis;
}

interface LiveSpec {
  name: string;
  title: string;
  table: string;
  notes?: string[];
  play: string | null;
  autoplay: boolean; // as soon as it is seen
  backwards: boolean; // from the last stop of that slider to its first
  pace: number; // milliseconds from stop to stop
  words: string[];
  sliders: LiveSlider[];
  presets: [string, (number | null)[]][];
  marks: Record<string, [string, number][]>;
  readout: { texts: string[]; at: number[] };
  axes: LiveAxes[];
  solid?: (SolidSpec | null)[] | null;
  handle: { slot: number; sliders: string[]; places: number[][] }; // or null: then there is no grip
}

/** One slider, wherever it is: a native range, a row of buttons, or a widget in Jupyter. */
interface LiveControl {
  get(): number;
  set(index: number): void;
}
interface LivePageControl extends LiveControl {
  onMove(update: () => void): void;
}

/** What a reader has guessed, and how it is drawn: pages/exercises/questions.py. */
type LiveLine = { panel: number } & (
  | { axis: "x"; through: null }
  | { axis: "y"; through: null }
  | { axis: null; through: [number, number] }
);
type LiveGuess = LiveLine & { value: number };
interface HTMLElementEventMap {
  guess: CustomEvent<LiveGuess | null>;
}

// --- The drawing pad: lib/live/pad.py ------------------------------------------------------------

type PadStroke = number[][]; // points (x, y)
type PadLayer = number[][]; // a row of weights for each input, and last the biases

interface PadSpec {
  name: string;
  title: string;
  table: string;
  sizes: number[];
  scales: number[][]; // of each layer, by the columns of its weights
  strokes: PadStroke[];
}
interface HTMLElementEventMap {
  strokes: CustomEvent<PadStroke[]>;
  network: CustomEvent<PadLayer[]>;
}

/** A model of Jupyter's widgets, as anywidget hands it on. */
interface WidgetModel {
  get(name: string): any;
  set(name: string, value: any): void;
  on(event: string, callback: () => void): void;
  off(event: string, callback: () => void): void;
  save_changes(): void;
  widget_manager: { get_model(id: string): Promise<WidgetModel> };
}

// --- Questions: pages/exercises/answers.py ------------------------------------------------------

interface NumberCheck {
  value: number;
  within: number;
  unit: string;
  slips: [number, string, number?][]; // the last: how far the wrong number is rounded
}
interface ChoiceCheck {
  right: number;
  why: string[];
  values?: (number | null)[];
}
interface DerivativeCheck {
  variables: string[];
  by: string;
  of: string;
  right: string;
  slips: [string, string][];
}
interface Prediction {
  figure: string;
  line: LiveLine | null;
}
type Check = (NumberCheck | ChoiceCheck | DerivativeCheck) & Partial<Prediction>;

interface Verdict {
  right: boolean;
  words: string;
  given?: number | null;
}

/** A question's box; the guess of a prediction is kept at it. */
interface QuestionBox extends HTMLElement {
  guess?: number | null;
}

interface Kept {
  answers: Record<string, { typed: string; right: boolean }>;
  place?: { page: string; hash: string; title: string };
}

// --- Formulas: exercises/static ------------------------------------------------------------------

/** A number, a letter, or a sign or function with what it joins. */
interface Formula {
  kind: "number" | "letter" | "sign" | "call";
  text: string;
  parts: Formula[];
  constant?: Exact; // what a number stands for, if it is rounded
}
interface FormulaReading {
  tree: Formula;
  isLikely: boolean;
}

interface Piece {
  kind: string;
  text: string;
  gap: boolean; // whether a blank stands before it
  isRaised: boolean;
}
/** Whether the second reading of a doubt is wanted; says how likely that is. */
type Choose = (doubt: string, isLikely: boolean) => boolean;
interface Reading {
  letters: string[];
  by: string;
  choose: Choose;
}

/** m · 2^e, off by at most 2^r. */
interface Exact {
  m: bigint;
  e: number;
  r: number;
}
interface Place {
  at: Record<string, Exact>;
  wanted: Exact;
}
type Comparison =
  | { is: "same"; agreeing: number }
  | { is: "lost" | "unsure" }
  | { is: "hole"; at: Record<string, Exact> }
  | { is: "other"; at: Record<string, Exact>; wanted: Exact; given: Exact };
/** What is known of a question when it has been read. */
interface Known {
  both: Formula[];
  where: Place[];
  close: Place[];
  told: { tree: Formula; words: string }[];
}

// --- The search: pages/search -------------------------------------------------------------------

/** The address of a page, its title, and its number, 0 where it has none. */
type SearchPage = [string, string, number];
/** The number of the page, the anchor, the title, the words, the terms in bold, what it counts for. */
type SearchSection = [number, string, string, string, string, number];
interface SearchBook {
  pages: SearchPage[];
  sections: SearchSection[];
}
interface SearchEntry {
  page: SearchPage;
  anchor: string;
  title: string;
  text: string;
  words: string[];
  counts: Map<string, number>;
  heading: string[];
  introduced: string[][];
  weight: number;
}
interface SearchIndex {
  entries: SearchEntry[];
  mean: number;
}

// --- Python in the page: pages/run -------------------------------------------------------------

/** A code cell of the page. */
interface RunCell {
  k: number; // from 0
  pre: HTMLElement;
  box: HTMLElement; // which is shaded, and ends with the row of buttons
  around: HTMLElement; // with its output or its figure
  html: string; // as the book has it
  source: string;
  row?: any; // once the reader came near
  typed?: boolean; // once it can be typed in
  room?: HTMLElement; // for what it has shown last
  original?: HTMLElement; // the figure of the book, while another stands in its place
  other?: boolean; // whether a changed cell had to do with what it shows
}

/** What Python tells: pages/run/inside/__init__.py, and of its start, pages/run/worker.js. */
interface PythonMessage {
  kind: string;
  cell?: number;
  done?: number;
  of?: number;
  name?: string;
  text?: string;
  right?: boolean;
  png?: string;
  width?: number;
  height?: number;
  html?: string;
  numbers?: LiveSpec | PadSpec;
  line?: number | null;
  trace?: { cell: number; line: number; code: string }[];
  ok?: boolean;
  seconds?: number;
  above?: number;
}

/** A rule of the colours: pages/run/parts/colours.js. */
interface ColourRule {
  found: RegExp;
  classes: string | string[];
  next?: string;
}

/** The files of Python: tools/python_runtime.py. */
interface PythonFile {
  name: string;
  bytes: number;
  gz: number;
}
declare const pythonFiles: Record<string, PythonFile>;
declare function importScripts(address: string): void;
declare function loadPyodide(options: Record<string, unknown>): Promise<any>;
