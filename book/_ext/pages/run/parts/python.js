// Python, in a worker of its own: it is started by the first run, ended by Stop, and begun anew then.
"use strict";

const pythonWorker = (() => {
  const PATIENCE = 45_000; // a start of which nothing is heard for so long has failed

  /** @type {Worker | null} */
  let worker = null;
  /** @type {Promise<void> | null} */
  let ready = null;
  /** @type {(message: PythonMessage) => void} */
  let hear = () => {};
  /** @type {(error: Error) => void} */
  let end = () => {};

  /** @param {(message: PythonMessage) => void} told, of the progress of the start */
  function start(told) {
    ready = new Promise((done, fail) => {
      let silence = 0;
      const give = (/** @type {string} */ words) => (clearTimeout(silence), stop(new Error(words)), fail(new Error(words)));
      const wait = () => {
        clearTimeout(silence);
        silence = setTimeout(() => give(`nothing was heard of it for ${PATIENCE / 1000} seconds`), PATIENCE);
      };
      wait();
      end = fail;
      worker = new Worker(run.folder + run.worker);
      worker.onerror = (event) => give(event.message || "the browser did not let it begin");
      worker.onmessage = ({ data }) => {
        if (data.kind === "failed") return give(data.text);
        if (data.kind !== "ready") return wait(), told(data);
        clearTimeout(silence);
        if (worker) worker.onmessage = ({ data }) => (data.kind === "failed" ? stop(new Error(data.text)) : hear(data));
        done();
      };
    });
    return ready;
  }

  /** @param {Error} why */
  function stop(why) {
    if (worker) worker.terminate();
    worker = ready = null;
    end(why);
  }

  /**
   * Run the last of some cells, and those before it that have not run with this text.
   * @param {string[]} sources @param {(message: PythonMessage) => void} told
   * @returns {Promise<PythonMessage>} its last message
   * @throws if Python does not start, or is stopped
   */
  async function show(sources, told) {
    await (ready || start(told));
    return new Promise((done, fail) => {
      end = fail;
      hear = (message) => (told(message), message.kind === "end" && done(message));
      if (worker) worker.postMessage(sources);
    });
  }

  return { show, stop, started: () => Boolean(ready) };
})();
