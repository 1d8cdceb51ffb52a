"""The scripts and styles of a room, published with the book."""

from pathlib import Path


def publish(app, room):
    """Publish the folder ``static`` beside the file of a room."""
    folder = str(Path(room).parent / "static")
    app.connect("config-inited", lambda app, config: config.html_static_path.append(folder))
