"""From a document's text to its outline: head, numbered sections, tables, recipients, signature.

Pure: neither Django nor the clock. What the sections promise is read by ``targets.extraction`` and
``activities.extraction``.
"""

from .shapes import Block, Cell, Contradiction, Head, Nature, Outline, Role, Section

__all__ = ["Block", "Cell", "Contradiction", "Head", "Nature", "Outline", "Role", "Section"]
