"""What a cell prints, in one piece.

A kernel under load sends one line in two pieces, and myst-nb joins pieces by a line break: the page
would depend on how busy the machine was.
"""

from copy import copy

from myst_nb.core import render


def join_streams(outputs):
    """Return the outputs of a cell with all pieces of a stream joined as they came."""
    joined, streams = [], {}
    for output in outputs:
        if output["output_type"] != "stream":
            joined.append(output)
        elif output["name"] in streams:
            streams[output["name"]]["text"] += output["text"]
        else:
            streams[output["name"]] = copy(output)  # the notebook keeps its own
            joined.append(streams[output["name"]])
    return joined


def setup(app):
    render.coalesce_streams = join_streams
