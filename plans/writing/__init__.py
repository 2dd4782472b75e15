"""A draft written by hand: the tree of its sections and its numbers, the order of what hangs on them, the pages."""
