"""A JupyterLab or a Notebook in a folder of its own, and what is open there in a browser."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.request import urlopen

import pytest
from playwright.sync_api import TimeoutError

SETTINGS = [
    "--no-browser",
    "--allow-root",
    "--IdentityProvider.token=",
    "--ServerApp.port_retries=0",
]
SETTINGS += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
SETTINGS += ["--LabApp.extension_manager=readonly"]
QUIET = {"fetchNews": "false", "checkForUpdates": False}
START_WITHIN = RUN_WITHIN = 120  # seconds, on a machine with other work
#: All cells stand in the page, also those that are far from view.
WHOLE = {"windowingMode": "none"}


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(address, process, log):
    """Wait until a server answers; one that has ended is an error that shows its last words."""
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            return urlopen(address, timeout=5).close()
        except OSError:  # none listens yet, or it is slow
            time.sleep(0.2)
    process.terminate()
    pytest.fail(f"Jupyter did not start: {log.read_text(encoding='utf-8')[-2000:]}")


def write_settings(folder, plugin, settings):
    package, _, name = plugin.partition(":")
    place = folder / "JUPYTERLAB_SETTINGS_DIR" / package
    place.mkdir(parents=True)
    text = json.dumps(settings)
    (place / f"{name}.jupyterlab-settings").write_text(text, encoding="utf-8")


#: By the name of their package: where a notebook is, below the address.
PROGRAMS = {"jupyterlab": "lab/tree", "notebook": "notebooks"}
IDLE = """async (name) => {
  const sessions = await (await fetch('/api/sessions')).json();
  const found = sessions.find(({ path }) => path === name);
  return found && found.kernel.connections > 0 && found.kernel.execution_state === 'idle';
}"""


BUSY = """() => [...document.querySelectorAll('.jp-InputPrompt')].some(
  (each) => each.textContent.includes('*'))"""


@contextmanager
def serving(folder, program="jupyterlab"):
    """Serve a folder, with no settings of this machine; yield where its notebooks are."""
    write_settings(folder, "@jupyterlab/apputils-extension:notification", QUIET)
    write_settings(folder, "@jupyterlab/notebook-extension:tracker", WHOLE)
    own = {name: str(folder / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    own |= {name: str(folder / name) for name in ("JUPYTER_DATA_DIR", "JUPYTERLAB_SETTINGS_DIR")}
    port = free_port()
    command = [sys.executable, "-m", program, f"--port={port}", *SETTINGS]
    command.append(f"--ServerApp.root_dir={folder}")
    with (folder / "log.txt").open("w") as log:
        process = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log)
    wait_for(f"http://127.0.0.1:{port}/api/status", process, folder / "log.txt")
    yield f"http://127.0.0.1:{port}/{PROGRAMS[program]}"
    process.terminate()
    process.wait(30)


class Notebook:
    """A notebook in the browser, and what the console has said."""

    def __init__(self, page):
        self.page, self.said = page, []
        page.on("console", lambda each: each.type == "error" and self.said.append(each.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def run(self, address, name):
        """Open a notebook and run all its cells by the menu."""
        self.page.goto(f"{address}/{name}?reset")
        # What is asked of a kernel that is still starting may be lost.
        patience = {"timeout": RUN_WITHIN * 1000, "polling": 200}
        self.page.wait_for_function(IDLE, arg=name, **patience)
        item = self.page.get_by_role("menuitem", name="Run All Cells", exact=True)
        # While the program is still loading, its menu closes again or what it is told is lost.
        for _ in range(10):
            try:
                self.page.get_by_role("menuitem", name="Run", exact=True).click(timeout=5000)
                item.click(timeout=3000)
                return self.page.wait_for_function(BUSY, timeout=5000)
            except TimeoutError:
                continue
        pytest.fail(f"{name}: the menu Run does not run it")
