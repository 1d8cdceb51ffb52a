"""Browsers that Playwright cannot drive, as the systems' own packages bring them.

Firefox is driven over WebDriver BiDi, the WebKit of GTK over WebDriver, on a screen of Xvfb.
Debian: firefox-esr, webkit2gtk-driver, xvfb.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request
from itertools import count
from pathlib import Path

import websocket

KEYS = {
    "Shift": "\ue008",
    "Control": "\ue009",
    "Enter": "\ue007",
    "Delete": "\ue017",
    "Tab": "\ue004",
    "ArrowLeft": "\ue012",
    "ArrowRight": "\ue014",
}


def strokes(keys):
    """Return the actions that press keys, such as "a" or "Shift+Enter", and let them go."""
    parts = [KEYS.get(key, key) for key in (keys.split("+") if len(keys) > 1 else [keys])]
    actions = [{"type": "keyDown", "value": key} for key in parts]
    actions += [{"type": "keyUp", "value": key} for key in reversed(parts)]
    return [{"type": "key", "id": "keyboard", "actions": actions}]


def pull(start, end):
    """Return the actions that press a mouse at a place of the window and drag it to another."""
    ways = [[a + (b - a) * k / 4 for a, b in zip(start, end, strict=True)] for k in range(5)]
    moves = [{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 20} for x, y in ways]
    down, up = ({"type": f"pointer{way}", "button": 0} for way in ("Down", "Up"))
    mouse = {"pointerType": "mouse"}
    actions = [moves[0], down, *moves[1:], up]
    return [{"type": "pointer", "id": "mouse", "parameters": mouse, "actions": actions}]


class Firefox:
    """A Firefox without a window, driven over WebDriver BiDi."""

    needs = "firefox-esr"

    @staticmethod
    def binary():
        """Return the path of the browser, None where there is none."""
        return shutil.which("firefox-esr") or shutil.which("firefox")

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        command = [self.binary(), "--headless", "--remote-debugging-port=0"]
        command += ["--profile", self.folder.name, "--no-remote", "about:blank"]
        size = {"MOZ_HEADLESS_WIDTH": "1200", "MOZ_HEADLESS_HEIGHT": "900"}
        self.process = subprocess.Popen(
            command, env=os.environ | size, stderr=subprocess.PIPE, text=True
        )
        address = next(
            found[1]
            for line in self.process.stderr
            if (found := re.search(r"BiDi listening on (ws://\S+)", line))
        )
        self.rest = threading.Thread(target=self.process.stderr.read)  # or its pipe would fill up
        self.rest.start()
        self.socket = websocket.create_connection(f"{address}/session", suppress_origin=True)
        self.numbers = count(1)
        self.ask("session.new", capabilities={})
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method, **params):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == number:
                if "result" not in answer:
                    raise RuntimeError(answer)
                return answer["result"]

    def go(self, address):
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def resize(self, width, height):
        size = {"width": width, "height": height}
        self.ask("browsingContext.setViewport", context=self.context, viewport=size)

    def evaluate(self, script, value=None):
        called = script if "=>" in script.split("\n")[0] else f"() => ({script})"
        answer = self.ask(
            "script.callFunction",
            functionDeclaration=f"(value) => JSON.stringify(({called})(JSON.parse(value)) ?? null)",
            arguments=[{"type": "string", "value": json.dumps(value)}],
            target={"context": self.context},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def press(self, keys):
        self.ask("input.performActions", context=self.context, actions=strokes(keys))

    def drag(self, start, end):
        self.ask("input.performActions", context=self.context, actions=pull(start, end))

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        self.rest.join()
        self.process.stderr.close()
        self.folder.cleanup()


class WebKit:
    """GTK's WebKit on a screen that is not there, driven over WebDriver."""

    needs = "webkit2gtk-driver and xvfb"

    @staticmethod
    def binary():
        """Return the path of the browser, None where it or its driver or screen is missing."""
        tools = all(shutil.which(name) for name in ("WebKitWebDriver", "xvfb-run"))
        found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
        return str(found[-1]) if found and tools else None

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = ["xvfb-run", "--auto-servernum", "WebKitWebDriver", f"--port={self.port}"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        options = {"binary": self.binary(), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        for _ in range(100):
            try:
                self.session = self.ask("POST", "/session", {"capabilities": wanted})["sessionId"]
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the driver of WebKit does not answer")

    def ask(self, method, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=None if body is None else json.dumps(body).encode(),
            method=method,
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.loads(answer.read())["value"]

    def go(self, address):
        self.ask("POST", f"/session/{self.session}/url", {"url": address})

    def resize(self, width, height):
        """Make the window as narrow as this one can be, if not so narrow as wished."""
        size = {"width": width, "height": height}
        self.ask("POST", f"/session/{self.session}/window/rect", size)

    def evaluate(self, script, value=None):
        called = script if "=>" in script.split("\n")[0] else f"() => ({script})"
        body = {"script": f"return ({called})(arguments[0]) ?? null", "args": [value]}
        return self.ask("POST", f"/session/{self.session}/execute/sync", body)

    def press(self, keys):
        self.ask("POST", f"/session/{self.session}/actions", {"actions": strokes(keys)})

    def drag(self, start, end):
        self.ask("POST", f"/session/{self.session}/actions", {"actions": pull(start, end)})

    def close(self):
        self.ask("DELETE", f"/session/{self.session}")
        os.killpg(self.process.pid, signal.SIGTERM)  # with the screen and the driver on it
        self.process.wait()
