"""Copies of the paper that an office can edit: Word of the whole document, Excel of its annexes.

`tree` reads the paper's own HTML, `word` and `excel` write what stands there; they choose looks and never words.
A drawing reads as its `desc`, without one it is left out, and what only explains a drawing (`key`) with it.
"""

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
