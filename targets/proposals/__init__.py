"""Targets found in a document: what was read, what a person makes of it, and the screen on which that is decided."""
