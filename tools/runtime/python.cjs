// Runs a Python file by the Python of the page, under node.
//
//   node python.cjs FOLDER FILE NAME=FOLDER ...
//
// The first folder has Pyodide's files; each NAME=FOLDER is a folder of this machine that the Python
// sees as /NAME. Text that comes in is text that goes out, and an error ends the process with 1.
const fs = require("fs");
const os = require("os");
const path = require("path");

const [folder, file, ...mounts] = process.argv.slice(2);

async function main() {
  const { loadPyodide } = require(path.resolve(folder, "pyodide.js"));
  const lock = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "lock-")), "lock.json");
  fs.copyFileSync(path.join(__dirname, "lock.json"), lock);
  // The same seed gives the same order of sets, and with it the same bytes.
  const python = await loadPyodide({
    indexURL: path.resolve(folder), lockFileURL: lock, env: { PYTHONHASHSEED: "0" },
  });
  for (const mount of mounts) {
    const [name, where] = mount.split("=");
    python.mountNodeFS("/" + name, path.resolve(where));
  }
  python.runPython(fs.readFileSync(file, "utf8"));
}

main().catch((error) => {
  console.error(String(error.message || error)); // and not the source of Pyodide in one line
  process.exit(1);
});
