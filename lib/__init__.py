"""NumPy implementations behind the book: one module an idea."""
