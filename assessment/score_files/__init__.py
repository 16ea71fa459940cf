"""Score files: JSON text with vectors in, JSON with results out.

A vector is one person against one target, written down. docs/scoring.md, "Score files",
names every key. Nothing here opens a file or prints.
"""
