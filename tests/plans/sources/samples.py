"""Files made by code for the tests of reading: Word packages part by part, PDFs, and broken ones."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.oxml.parser import parse_xml
from PIL import Image

from core.paper import render_pdf

WORDML = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES = (
    f"{WORDML} "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def word(*blocks: str, numbering: str = "", build: Callable[[Any], None] | None = None) -> bytes:
    """A .docx whose body is these elements (WordprocessingML), with these definitions of numbers."""
    document = docx.Document()
    for block in blocks:
        element = parse_xml(block.replace(">", f" {NAMES}>", 1) if "/>" not in block[: block.find(">") + 1] else block)
        document.element.body.insert(len(document.element.body) - 1, element)
    if build:
        build(document)
    if numbering:
        root = document.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        for child in parse_xml(f"<w:numbering {WORDML}>{numbering}</w:numbering>"):
            root.append(child)
    return saved(document)


def saved(document: Any) -> bytes:
    """The bytes of a python-docx document."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def paragraph(inner: str, *, number: tuple[int, int] | None = None, properties: str = "") -> str:
    """A paragraph of runs given as XML, or of plain words; ``number`` is (instance, level)."""
    runs = inner if inner.startswith("<") else f'<w:r><w:t xml:space="preserve">{inner}</w:t></w:r>'
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def level(depth: int, text: str, form: str = "decimal", *, start: int = 1, more: str = "") -> str:
    """The definition of one level of numbers."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def list_of(*levels: str, instances: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """One abstract definition and its instances."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{instances}'


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same package with one part in place of another."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return stream.getvalue()


def body(inner: str, *, before: str = "") -> bytes:
    """A main part with this body; ``before`` stands in front of the root."""
    return f"{before}<w:document {WORDML}><w:body>{inner}</w:body></w:document>".encode()


def pdf(html: str, *, style: str = "") -> bytes:
    """A PDF of this page, set as official paper is."""
    page = "@page { size: A4; margin: 2cm 2cm 2cm 3cm } body { font: 14pt/1.3 Tinos } p { margin: 4pt 0 }" + style
    return render_pdf(
        html=f'<html lang="vi"><head><style>{page}</style></head><body>{html}</body></html>',
        title="Kế hoạch",
        dated=date(2024, 1, 2),
    )


def scan(pages: int = 2) -> bytes:
    """A PDF of pictures without any text."""
    picture = Image.new("L", (600, 800), 200)
    stream = BytesIO()
    picture.save(stream, "PDF", save_all=True, append_images=[picture] * (pages - 1))
    return stream.getvalue()
