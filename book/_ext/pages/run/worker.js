// Python in the reader's browser: see inside/__init__.py for what is asked of it and what it answers,
// and tools/python_runtime.py for its files. Before it is ready it tells how much has come:
//
// `loading`  done, of: so many of all bytes are here
// `ready`    seconds: Python answers
// `failed`   text: it will not, or it broke down
(() => {
  const base = new URL("python/", location.href).href;
  const files = pythonFiles;
  const total = Object.values(files).reduce((sum, { gz }) => sum + gz, 0);
  const begun = performance.now();
  const here = new Map();
  let told = 0;

  /** @param {any} message */
  const say = (message) => postMessage(message);

  /** @param {string} name @param {number} bytes */
  function come(name, bytes) {
    if (bytes <= (here.get(name) || 0)) return;
    here.set(name, bytes);
    const done = [...here.values()].reduce((sum, each) => sum + each, 0);
    if (done < total && performance.now() - told < 100) return;
    told = performance.now();
    say({ kind: "loading", done: Math.min(done, total), of: total });
  }

  // What the loader fetches by itself is known to be here when it is whole.
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) {
      const file = Object.values(files).find((each) => name === base + each.name);
      if (file) come(file.name, file.gz);
    }
  }).observe({ type: "resource" });

  /** @param {PythonFile} file */
  async function archive({ name, bytes, gz }) {
    const answer = await fetch(base + name);
    if (!answer.ok || !answer.body) throw new Error(`${name} is not there (${answer.status})`);
    const all = new Uint8Array(bytes);
    let done = 0;
    for (const reader = answer.body.getReader(); ; ) {
      const { value } = await reader.read();
      if (!value) break;
      all.set(value, done);
      done += value.length;
      come(name, (done / bytes) * gz);
    }
    if (done !== bytes) throw new Error(`${name} has ${done} bytes instead of ${bytes}`);
    return all.buffer;
  }

  async function start() {
    const archives = ["site", "lib"].map((name) => archive(files[name]));
    archives.forEach((each) => each.catch(() => {})); // told below, when it is its turn
    importScripts(base + files.loader.name);
    const python = await loadPyodide({
      indexURL: base,
      stdLibURL: base + files.stdlib.name,
      lockFileURL: base + files.lock.name,
    });
    for (const each of archives) {
      python.unpackArchive(await each, "zip", { extractDir: "/lib/python3.12/site-packages" });
    }
    return python.pyimport("inside").Page((/** @type {string} */ text) => say(JSON.parse(text)));
  }

  const started = start();
  started.then(
    () => say({ kind: "ready", seconds: (performance.now() - begun) / 1000 }),
    (error) => say({ kind: "failed", text: error instanceof Error ? error.message : String(error) }),
  );
  // What breaks Python itself, such as a list in a list a million times, leaves it unfit for more.
  onmessage = ({ data }) =>
    started.then((page) => page.run(JSON.stringify(data))).catch((error) => {
      const words = error instanceof Error ? error.message : String(error);
      say({ kind: "failed", text: `Python broke down and begins anew at the next run: ${words}` });
    });
})();
