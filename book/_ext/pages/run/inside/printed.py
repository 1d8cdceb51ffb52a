"""What a cell prints, told in pieces: soon, and not too many of them."""

import contextlib
import io
import time

#: Seconds between two pieces, and characters of one cell.
PAUSE, MOST = 0.25, 200_000


class Printed:
    """Takes down what is printed while a cell runs: use it with ``with``."""

    def __init__(self, tell):
        self._tell, self._name, self._pieces = tell, "stdout", []
        self._told, self._room = time.monotonic() - PAUSE, MOST

    def __enter__(self):
        self._both = contextlib.ExitStack()
        self._both.enter_context(contextlib.redirect_stdout(_Stream(self, "stdout")))
        self._both.enter_context(contextlib.redirect_stderr(_Stream(self, "stderr")))
        return self

    def __exit__(self, *error):
        self._both.close()
        self.flush()

    def add(self, name, text):
        """Take a piece of text of the stream of that name."""
        if name != self._name:
            self.flush()
            self._name = name
        if self._room > 0:
            self._pieces.append(text[: self._room])
            self._room -= len(text)
            if self._room <= 0:
                self._pieces.append(f"\n[Only the first {MOST} characters are shown.]\n")
        waited = time.monotonic() - self._told
        if waited > PAUSE and (text.endswith("\n") or waited > 4 * PAUSE):
            self.flush()

    def flush(self):
        """Tell what has come since the last time."""
        if self._pieces:
            self._tell("stream", name=self._name, text="".join(self._pieces))
            self._pieces = []
        self._told = time.monotonic()


class _Stream(io.TextIOBase):
    """Stands for sys.stdout or sys.stderr."""

    encoding = "utf-8"

    def __init__(self, printed, name):
        self._printed, self._name = printed, name

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write: got {type(text).__name__}, wanted str")
        self._printed.add(self._name, text)
        return len(text)
