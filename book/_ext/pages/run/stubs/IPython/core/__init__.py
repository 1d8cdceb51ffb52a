"""Empty, but for what ipywidgets imports."""
