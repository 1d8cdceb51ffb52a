"""The texts of the scripts and styles that a widget brings along."""

from importlib.resources import files


def text(name, room="lib.live"):
    """Return a file of a package as text."""
    return files(room).joinpath(name).read_text(encoding="utf-8")
