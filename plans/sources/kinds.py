"""What a file is, by its content: its first bytes and, for packages, what they hold. Its name is asked for nothing.

Nothing is unpacked here but the list of a package's parts, its table of types and the first bytes of each part.
"""

import re
import zipfile
from io import BytesIO

from .shapes import Refused

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_MAGIC = re.compile(rb"\A.{0,1023}?%PDF-\d", re.DOTALL)
RTF_MAGIC = b"{\\rtf"
_ZIP_MAGIC = b"PK\x03\x04"
_WORD_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_BOOK_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml"

# Pictures are not parsed; every part that is XML is held in memory as a tree of ten times its size.
_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_XML = 24 * 1024 * 1024
_MOST_PARTS = 2000
_CENTRAL_ENTRY = b"PK\x01\x02"
_HEAD_BYTES = 2048


def kind_of(content: bytes) -> str:
    """Return "docx", "pdf", "doc" (Word 97 or RTF) or "text". Raises Refused for all else, and for what is too much."""
    if not content.strip():
        raise Refused("empty")
    if content.startswith(OLE_MAGIC):
        return _kind_of_ole(content)
    if content.startswith(_ZIP_MAGIC):
        return _kind_of_package(content)
    if content.startswith(RTF_MAGIC):
        return "doc"
    if _PDF_MAGIC.match(content):
        return "pdf"
    return "text"


def _kind_of_ole(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("encrypted")
    # The head of Word's own stream (MS-DOC, FibBase): a magic number, and at byte 10 the flag of a password.
    heads = [place for place in range(512, len(content) - 12, 512) if content.startswith(b"\xec\xa5", place)]
    if "WordDocument".encode("utf-16-le") not in content:
        if "Workbook".encode("utf-16-le") in content:
            raise Refused("workbook")
        raise Refused("broken" if heads else "wrong_type")
    if any(content[place + 11] & 0x01 for place in heads):
        raise Refused("encrypted")
    return "doc"


def _kind_of_package(content: bytes) -> str:
    if content.count(_CENTRAL_ENTRY) > _MOST_PARTS:
        raise Refused("too_heavy")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _kind_of_archive(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as broken:
        raise Refused("broken") from broken


def _kind_of_archive(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused("encrypted")
    xml = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
    if sum(part.file_size for part in parts) > _MOST_UNPACKED or sum(part.file_size for part in xml) > _MOST_XML:
        raise Refused("too_heavy")
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise Refused("wrong_type")
    types = archive.read("[Content_Types].xml")
    if _WORD_TYPE not in types:
        raise Refused("workbook" if _BOOK_TYPE in types else "wrong_type")
    for part in xml:
        _refuse_own_grammar(archive, part)
    return "docx"


def _refuse_own_grammar(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No Word file declares a DTD; one that does wants entities to grow without bound."""
    with archive.open(part) as stream:
        head = stream.read(_HEAD_BYTES).replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Refused("too_heavy")
