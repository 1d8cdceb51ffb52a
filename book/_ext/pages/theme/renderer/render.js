// Reads one formula a line as JSON, writes one line of JSON back: {"html": ...} or {"error": ...}.
const katex = require("./katex.min.js");
const lines = require("readline").createInterface({ input: process.stdin });

lines.on("line", (line) => {
  const { formula, displayMode } = JSON.parse(line);
  let answer;
  try {
    const options = { displayMode, output: "htmlAndMathml", strict: "error" };
    answer = { html: katex.renderToString(formula, options) };
  } catch (error) {
    answer = { error: error.message };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
});
