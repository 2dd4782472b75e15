"""Copies of the paper that an office can edit.

`tree` reads the paper's own HTML, `word` writes what stands there; it chooses looks and never words.
A drawing reads as its `desc`, without one it is left out, and what only explains a drawing (`key`) with it.
"""
