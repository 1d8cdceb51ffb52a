"""Proofs of displayed formulas: the same tree and the same registry, on exact symbols.

``worker`` is a process of its own, in which a stand-in takes the place of NumPy before `lib` is
imported, so that lib's functions compute with SymPy's expressions. Nothing of it is in the process
that builds the book.
"""
