"""The paper as a Word file (.docx) that an office can go on writing in."""

from datetime import UTC, date, datetime, time
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from . import tree
from .packing import steady
from .word_blocks import Blocks, header, page_number
from .word_styles import LANGUAGE, dress

MARKS = ("draft", "provisional")  # left and right in the head of every page
LONGEST_PROPERTY = 255
LEFT_OUT = (
    RELATION.THUMBNAIL,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)


def from_html(html: str, *, dated: date, note: str = "") -> bytes:
    """The page of the paper as .docx; equal pages give equal bytes. `note` stands in the head of every sheet."""
    root = tree.read(html)
    page = root.first("body") or root
    document = docx.Document()
    dress(document)
    blocks = Blocks()
    _fill(document, blocks.body(page))
    _furnish(document, [_mark(page, css) for css in MARKS], note, [sheet.measure for sheet in blocks.sheets])
    _describe(document, root, dated)
    stream = BytesIO()
    document.save(stream)
    return steady(stream.getvalue(), dated=dated)


def _fill(document: Document, body: str) -> None:
    """The body in one piece: element by element it takes a minute for a province."""
    document.element.replace(document.element.body, parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>"))


def _mark(page: tree.Node, css: str) -> str:
    """The mark of state as the page words it; empty where the page does not bear it."""
    mark = next((node for node in page.elements if {"mark", css} <= node.css), None)
    return mark.text if mark is not None and css in page.css else ""


def _furnish(document: Document, marks: list[str], note: str, measures: list[float]) -> None:
    """Heads and page numbers. The first page has the same head and no number."""
    for position, (section, measure) in enumerate(zip(document.sections, measures, strict=True)):
        above = header(marks, note, measure=measure)
        furniture = [(section.header, above), (section.footer, page_number())]
        if position == 0:
            furniture += [(section.first_page_header, above), (section.first_page_footer, "")]
        for part, content in furniture:
            part.is_linked_to_previous = False
            element = part._element  # the library has no public way to a part's own XML
            filled = list(parse_xml(f"<w:hdr {nsdecls('w')}>{content}</w:hdr>"))
            for child in list(element) if filled else ():
                element.remove(child)
            element.extend(filled)


def _describe(document: Document, root: tree.Node, dated: date) -> None:
    author = next((n.attributes["content"] for n in root.walk() if n.attributes.get("name") == "author"), "")
    title, facts = root.first("title"), document.core_properties
    facts.title = (title.text if title else "")[:LONGEST_PROPERTY]
    facts.author = facts.last_modified_by = author[:LONGEST_PROPERTY]
    facts.comments = facts.keywords = facts.subject = ""
    facts.language = LANGUAGE
    facts.created = facts.modified = datetime.combine(dated, time(), UTC)
    facts.revision = 1
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype in LEFT_OUT]:
            del relations[key]
