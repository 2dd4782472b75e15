"""What people may add to their work: photos written anew, PDF and Office files. Told by content, not by name.

Pure: bytes in, bytes out. Who may add and who may read is asked by the owning app.
"""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from core.pictures import PictureRefused, clean_picture, looks_like_picture

LARGEST = 15 * 1024 * 1024
ACCEPTED = "image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx,.pptx"

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OFFICE_KINDS = {
    "wordprocessingml.document": ".docx",
    "spreadsheetml.sheet": ".xlsx",
    "presentationml.presentation": ".pptx",
}
_MOST_UNPACKED = 200 * 1024 * 1024


class AttachmentRefused(Exception):
    """The file is not kept; ``sentence`` says why, naming it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Attachment:
    """A file that may be kept, with the ending that its content has."""

    name: str
    content: bytes
    content_type: str


def checked(*, name: str, content: bytes) -> Attachment:
    """Return what is kept of an uploaded file. Raises ``AttachmentRefused``."""
    name = PurePath(name.replace("\\", "/")).name or "tep"
    if not content:
        raise AttachmentRefused(_("“%(name)s” is empty.") % {"name": name})
    if len(content) > LARGEST:
        raise AttachmentRefused(_("“%(name)s” is larger than 15 MB.") % {"name": name})
    if looks_like_picture(content):
        return _photo(name, content)
    if content.startswith(b"%PDF-"):
        return Attachment(_with_ending(name, ".pdf"), content, "application/pdf")
    if content.startswith(b"PK\x03\x04"):
        return _office(name, content)
    raise _wrong_kind(name)


def _photo(name: str, content: bytes) -> Attachment:
    try:
        picture = clean_picture(content)
    except PictureRefused as refused:
        sentences = {
            "broken": _("“%(name)s” cannot be opened as a picture."),
            "too_large": _("“%(name)s” has too many points. Take the photo in a smaller size."),
        }
        raise AttachmentRefused(sentences[refused.code] % {"name": name}) from refused
    return Attachment(_with_ending(name, ".jpg"), picture.content, "image/jpeg")


def _office(name: str, content: bytes) -> Attachment:
    """A package of Word, Excel or PowerPoint without macros, known by its own table of contents."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(part.file_size for part in package.infolist()) > _MOST_UNPACKED:
                raise _wrong_kind(name)
            table = package.getinfo("[Content_Types].xml")
            types = package.read(table) if table.file_size < LARGEST else b""
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as broken:
        raise _wrong_kind(name) from broken
    for kind, ending in _OFFICE_KINDS.items():
        if f"{_OFFICE}{kind}.main+xml".encode() in types and b"macroEnabled" not in types:
            return Attachment(_with_ending(name, ending), content, _OFFICE + kind)
    raise _wrong_kind(name)


def _with_ending(name: str, ending: str) -> str:
    stem = PurePath(name).stem[: 120 - len(ending)] or "tep"
    return stem + ending


def _wrong_kind(name: str) -> AttachmentRefused:
    sentence = _("“%(name)s” is no photo (JPEG, PNG, WebP), no PDF and no Word, Excel or PowerPoint file.")
    return AttachmentRefused(sentence % {"name": name})
