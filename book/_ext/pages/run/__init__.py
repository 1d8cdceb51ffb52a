"""Python in the page: every code cell can be changed and run where it stands, in the browser.

The files of Python are made beforehand (``tools/python_runtime.py``) and lie in ``python`` beside
the folder of the pages. Without them the pages have nothing of this room. A page loads
``static/run.js`` alone; ``parts`` are joined into one script, which comes when a reader goes into a
cell, and ``worker.js`` starts Python when one first runs. What goes on in there is ``inside``.
"""

from pages.run import publishing


def setup(app):
    publishing.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
