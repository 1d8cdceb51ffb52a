// Runs the cells of notebooks by the files that the book publishes, under node.
//
//   node run_cells.cjs FOLDER
//
// FOLDER has the manifest. Each line that comes in is a JSON list of the texts of cells, each line
// that goes out a JSON list of the messages that running the last of them made. An empty list begins
// another page.
const fs = require("fs");
const path = require("path");
const readline = require("readline");

const folder = path.resolve(process.argv[2]);
const { files } = JSON.parse(fs.readFileSync(path.join(folder, "manifest.json"), "utf8"));
const address = (name) => path.join(folder, files[name].name);

async function start(tell) {
  const { loadPyodide } = require(address("loader"));
  const python = await loadPyodide({
    indexURL: folder, stdLibURL: address("stdlib"), lockFileURL: address("lock"),
  });
  const into = { extractDir: "/lib/python3.12/site-packages" };
  for (const name of ["site", "lib"]) {
    python.unpackArchive(new Uint8Array(fs.readFileSync(address(name))), "zip", into);
  }
  return () => python.pyimport("inside").Page(tell);
}

/** The seconds that this thread has computed: what others compile meanwhile nobody waits for. */
function computed() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}

async function main() {
  let messages = [];
  const begin = await start((text) => messages.push(JSON.parse(text)));
  let page = begin();
  for await (const line of readline.createInterface({ input: process.stdin })) {
    messages = [];
    const before = computed();
    if (line === "[]") page = begin();
    else page.run(line);
    process.stdout.write(JSON.stringify([messages, computed() - before]) + "\n");
  }
}

main().catch((error) => {
  console.error(String(error.message || error)); // and not the source of Pyodide in one line
  process.exit(1);
});
