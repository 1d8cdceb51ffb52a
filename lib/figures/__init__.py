"""How the live figures look and what they say: one module a chapter, of the same name.

The mathematics of a figure stands in its chapter, in one cell: what happens at a position of the
sliders, and the sliders. Here is the rest. Whatever is said here is computed from what the cell
hands over, for a reader may have changed it.
"""
