"""Reading the paper's HTML and its Word copy, each with a library that knows nothing of the code that made them."""

import io
import re
import unicodedata
from collections.abc import Iterator

import docx
import lxml.html
from docx.document import Document
from docx.table import Table
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def page_in_words(html: str) -> lxml.html.HtmlElement:
    """The page as it reads without drawings: a drawing is its `desc`, what explains drawings is gone."""
    page = lxml.html.fromstring(html)
    for drawing in page.xpath("//svg"):
        said = drawing.find("desc")
        words = lxml.html.Element("span")
        words.text = said.text if said is not None else ""
        words.tail = drawing.tail
        drawing.getparent().replace(drawing, words)
    for node in page.xpath("//*[contains(concat(' ', @class, ' '), ' key ')]"):
        node.drop_tree()
    return page


def words_of_page(html: str) -> list[str]:
    """Every word of the page in its order, without the marks of state (they stand in the head of each sheet)."""
    body = page_in_words(html).find("body")
    for node in body.xpath("//*[contains(concat(' ', @class, ' '), ' mark ')]"):
        node.drop_tree()
    for line_break in body.xpath("//br"):
        line_break.tail = f" {line_break.tail or ''}"
    for block in body.xpath("//p|//h1|//h2|//h3|//td|//th|//caption|//span"):
        block.tail = f" {block.tail or ''}"
    return unicodedata.normalize("NFC", body.text_content()).split()


def tables_of_page(html: str) -> list[list[list[str]]]:
    page = page_in_words(html)
    for line_break in page.xpath("//br"):
        line_break.tail = f" {line_break.tail or ''}"
    return [
        [[" ".join(cell.text_content().split()) for cell in row.xpath("./td|./th")] for row in table.xpath(".//tr")]
        for table in page.xpath("//table")
    ]


def words_of_word(document: Document) -> list[str]:
    """Every word of the body in its order; a cell that is merged is read once."""
    return " ".join(_texts(document)).split()


def tables_of_word(document: Document) -> list[list[list[str]]]:
    return [
        [[" ".join(cell.text.split()) for cell in cells_of(row._tr, table) if not _goes_on(cell)] for row in table.rows]
        for table in ruled_tables(document)
    ]


def ruled_tables(document: Document) -> list[Table]:
    """Those with figures; head and foot of the paper stand in tables too, but without lines."""
    return [table for table in document.tables if table.style is not None and table.style.name == "Bảng kẻ ô"]


def cells_of(row, table: Table) -> list[WordCell]:
    return [WordCell(cell, table) for cell in row.tc_lst]


def _goes_on(cell: WordCell) -> bool:
    return cell._tc.vMerge == "continue"


def _texts(holder) -> Iterator[str]:
    for block in holder.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                for cell in cells_of(row._tr, block):
                    if not _goes_on(cell):
                        yield from _texts(cell)


def without_drawings(html: str) -> str:
    """The page with its drawings said in words, to be set as PDF."""
    page = page_in_words(html)
    return "<!doctype html>" + lxml.html.tostring(page, encoding="unicode")


def letters(text: str) -> str:
    """The text without white space: where lines and words of narrow cells are broken does not matter."""
    return re.sub(r"\s", "", unicodedata.normalize("NFC", text))
