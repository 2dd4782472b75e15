"""What is looked at before a workbook is opened at all: is it one, is it whole, how large would it unpack.

Nothing is unpacked here but the list of parts and the first bytes of each.
"""

import zipfile
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _

MAX_BYTES = 20 * 1024 * 1024
# Sheets are read row by row, so they may be large; every other part that is read is read whole.
MAX_UNPACKED = 300 * 1024 * 1024
MAX_UNPACKED_WHOLE = 40 * 1024 * 1024
MAX_PARTS = 2000
STREAMED = ("xl/worksheets/", "xl/media/")
MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
CENTRAL_ENTRY = b"PK\x01\x02"
HEAD_BYTES = 2048


class WorkbookRefused(Exception):
    """The file is not read; the text is a sentence for the person who chose it."""


def checked_bytes(file: IO[bytes]) -> bytes:
    """Return the content of a file that may be opened as a workbook. Raises WorkbookRefused with the reason."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise WorkbookRefused(_("The file is larger than 20 MB. Split it into several workbooks."))
    if content.startswith(OLE_MAGIC):
        raise WorkbookRefused(_refusal_of_ole(content))
    if not content.startswith(b"PK"):
        raise WorkbookRefused(_("This is not an Excel workbook (.xlsx), whatever the file's name says."))
    if content.count(CENTRAL_ENTRY) > MAX_PARTS:
        raise WorkbookRefused(_too_much())
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as broken:
        raise WorkbookRefused(broken_words()) from broken
    return content


def broken_words() -> str:
    """The sentence for a workbook that cannot be read to its end."""
    return _("The workbook is damaged and cannot be read. Open it in Excel, save it again as .xlsx and choose it anew.")


def _refusal_of_ole(content: bytes) -> str:
    if ENCRYPTED_STREAM in content:
        return _("The workbook is locked with a password. Take the password off in Excel, save it and choose it again.")
    return _("This is an old Excel file (.xls) or another Office file. Save it in Excel as .xlsx and choose it again.")


def _too_much() -> str:
    return _("The workbook would unpack to far more than a table needs, and is not opened.")


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise WorkbookRefused(_refusal_of_ole(ENCRYPTED_STREAM))
    whole = sum(part.file_size for part in parts if not part.filename.startswith(STREAMED))
    if sum(part.file_size for part in parts) > MAX_UNPACKED or whole > MAX_UNPACKED_WHOLE:
        raise WorkbookRefused(_too_much())
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or MAIN_TYPE not in archive.read("[Content_Types].xml"):
        raise WorkbookRefused(_("This is not an Excel workbook (.xlsx), whatever the file's name says."))
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _refuse_own_grammar(archive, part)


def _refuse_own_grammar(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No workbook declares a DTD; one that does wants entities to grow without bound."""
    with archive.open(part) as stream:
        head = stream.read(HEAD_BYTES).replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise WorkbookRefused(broken_words())
