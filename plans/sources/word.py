"""Word files (.docx): what a reader sees of the body, paragraph by paragraph and row by row, as letters.

Kept: tracked insertions, results of fields, words of links, text boxes after the paragraph they hang on, numbers that
Word draws by itself, foot- and endnotes at the end. Left out: headers and footers, tracked deletions, hidden words,
comments. A row of a table is one line with tabs between its cells; a table that only sets things side by side (the
head, the signature) is read cell by cell.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.parser import parse_xml

from .numbering import Numbering
from .shapes import Refused
from .word_tables import Layouts, cells_of, columns_before, columns_of, rows_of
from .wordml import ALTERNATIVES, chosen, is_on, qn, through

_LEFT_OUT = {
    qn(f"w:{name}")
    for name in ("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt")
}
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_LETTERS = {qn("w:t"), _MATH_TEXT}
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:sym"): " "}
_DRAWN = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
_NOTES = {qn("w:footnoteReference"): "w:footnote", qn("w:endnoteReference"): "w:endnote"}
_BOX = qn("w:txbxContent")
_MARKER = re.compile(r"(\s*(?:[-+*•–]|\(?[\dIVXLa-zđA-Z.]{1,6}[.)]?))\t\s*")
_TABS = re.compile(r" *\t[\t ]*")
_BLANK = re.compile(r"\s+")


def word_letters(content: bytes) -> str:
    """Return the body's letters, one line for each paragraph, break or row. Raises Refused; else the file is broken."""
    document = docx.Document(BytesIO(content))
    body = document.element.body
    if body.getroottree().docinfo.internalDTD is not None:
        raise Refused("too_heavy")
    styles, numbering = _related(document, RELATION.STYLES), _related(document, RELATION.NUMBERING)
    reader = _Reader(Numbering(numbering, styles), Layouts(styles))
    lines = list(reader.lines(body))
    for kind, tag in ((RELATION.FOOTNOTES, "w:footnote"), (RELATION.ENDNOTES, "w:endnote")):
        lines += reader.notes(_related(document, kind), tag)
    return "\n".join(lines)


def _related(document: Any, kind: str) -> Any | None:
    """Return the root of a part that belongs to the document; null where there is none."""
    try:
        part = document.part.part_related_by(kind)
    except KeyError:
        return None
    return parse_xml(part.blob)


class _Reader:
    """Walks through the body once, in order, because numbers count along."""

    def __init__(self, numbering: Numbering, layouts: Layouts) -> None:
        self.numbering = numbering
        self.layouts = layouts
        self.noted: dict[str, list[str]] = {"w:footnote": [], "w:endnote": []}

    def lines(self, parent: Any, *, in_cell: bool = False) -> Iterator[str]:
        """Yield the lines of what stands in a body, a cell or a text box."""
        carried = ""
        for block in through(parent, "w:p", "w:tbl"):
            if block.tag == qn("w:tbl"):
                yield from self._table(block)
                continue
            boxes: list[str] = []
            carried += self._paragraph(block, boxes, in_cell=in_cell)
            if not _end_is_deleted(block):
                yield from carried.split("\n")
                carried = ""
            yield from boxes
        if carried:
            yield carried

    def notes(self, root: Any | None, tag: str) -> Iterator[str]:
        """Yield the notes that the body refers to, numbered in its order."""
        notes = {} if root is None else {note.get(qn("w:id")): note for note in root.findall(qn(tag))}
        for number, name in enumerate(self.noted[tag], start=1):
            if name in notes:
                words = _BLANK.sub(" ", " ".join(self.lines(notes[name]))).strip()
                yield f"[{number}] {words}"

    def _paragraph(self, paragraph: Any, boxes: list[str], *, in_cell: bool) -> str:
        """Return number and words. An empty paragraph shows its number in a cell (Stt), elsewhere nobody sees it."""
        label = self.numbering.label(paragraph)
        words = "".join(self._words(paragraph, boxes))
        if not words.strip():
            return label.strip() if in_cell else ""
        return label + _tabs_between_columns(words)

    def _words(self, node: Any, boxes: list[str]) -> Iterator[str]:
        """Yield the letters in a paragraph or a part of it; lines of text boxes go to ``boxes``."""
        for child in node:
            tag = child.tag
            if tag in _LETTERS:
                yield child.text or ""
            elif tag in _MARKS:
                yield _MARKS[tag]
            elif tag in _DRAWN:
                boxes += self._boxes(child)
            elif tag in _NOTES:
                self.noted[_NOTES[tag]].append(child.get(qn("w:id"), ""))
            elif tag == ALTERNATIVES:
                yield from self._words(chosen(child), boxes)
            elif isinstance(tag, str) and tag not in _LEFT_OUT and not is_on(child.find(qn("w:rPr")), "w:vanish"):
                yield from self._words(child, boxes)

    def _boxes(self, node: Any) -> Iterator[str]:
        for child in node:
            if child.tag == _BOX:
                yield from self.lines(child)
            else:
                yield from self._boxes(chosen(child) if child.tag == ALTERNATIVES else child)

    def _table(self, table: Any) -> Iterator[str]:
        rows = [(row, cells_of(row)) for row in rows_of(table)]
        written = [[list(self.lines(cell, in_cell=True)) for cell in cells] for _row, cells in rows]
        if self.layouts.is_layout(table, written):
            yield from (line for row in written for cell in row for line in cell)
            return
        for (row, cells), lines in zip(rows, written, strict=True):
            texts = [""] * columns_before(row)
            for cell, own in zip(cells, lines, strict=True):
                texts += [_BLANK.sub(" ", " ".join(own)).strip(), *[""] * (columns_of(cell) - 1)]
            yield "\t".join(texts).rstrip("\t")


def _end_is_deleted(paragraph: Any) -> bool:
    """Whether the paragraph's end is tracked as deleted, so that the next one goes on in it."""
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None


def _tabs_between_columns(words: str) -> str:
    """Keep a tab where it parts columns set by hand; after a number or a dash, and at the ends, it is a blank."""
    lines = []
    for line in words.split("\n"):
        marker = _MARKER.match(line)
        rest = line[marker.end() :] if marker else line
        begin = f"{marker[1]} " if marker and rest.strip() else marker[1] if marker else ""
        # A blank at the end parts words where a tracked deletion joins two paragraphs.
        end = " " if rest.endswith(" ") else ""
        lines.append(begin + _TABS.sub("\t", rest.strip()) + end)
    return "\n".join(lines)
