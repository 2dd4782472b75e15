"""Private files: kept by content, served only to those whom the owning app lets read them."""

import hashlib
import mimetypes
from collections.abc import Callable
from os import SEEK_END
from pathlib import PurePath
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.text import get_valid_filename

from .attachments import Attachment
from .models import StoredFile

# Opened in the browser, where others are saved: pictures that ``core.pictures`` wrote anew hold nothing that could run.
SHOWN_IN_PAGE = frozenset({"image/jpeg"})

MayRead = Callable[[Any, StoredFile], bool]

_kinds: dict[str, MayRead] = {}


def register(kind: str, *, may_read: MayRead) -> None:
    """Name a kind of file and who may read one (asked at every download)."""
    _kinds[kind] = may_read


def may_read(user: Any, file: StoredFile) -> bool:
    """Whether the file exists for this person."""
    return file.kind in _kinds and _kinds[file.kind](user, file)


def store(
    *, kind: str, subject: str, name: str, content: bytes, content_type: str, created_by: Any = None
) -> StoredFile:
    """Keep a file under a name of its own. Raises KeyError where nobody registered the kind."""
    if kind not in _kinds:
        raise KeyError(kind)
    digest = hashlib.sha256(content).hexdigest()
    suffix = mimetypes.guess_extension(content_type) or PurePath(name).suffix
    stored = StoredFile(
        kind=kind,
        subject=subject,
        name=name[:200],
        content_type=content_type,
        size=len(content),
        sha256=digest,
        created_by=created_by,
    )
    stored.content.save(get_valid_filename(digest[:24] + suffix), ContentFile(content), save=True)
    return stored


def store_open(
    *, kind: str, subject: str, name: str, content: IO[bytes], content_type: str, created_by: Any = None
) -> StoredFile:
    """Keep what stands in an open file, from its beginning, a piece at a time. Raises as ``store``."""
    if kind not in _kinds:
        raise KeyError(kind)
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    size = content.seek(0, SEEK_END)
    content.seek(0)
    stored = StoredFile(
        kind=kind,
        subject=subject,
        name=name[:200],
        content_type=content_type,
        size=size,
        sha256=digest,
        created_by=created_by,
    )
    suffix = mimetypes.guess_extension(content_type) or PurePath(name).suffix
    stored.content.save(get_valid_filename(digest[:24] + suffix), File(content), save=True)
    return stored


def keep(attachment: Attachment, *, kind: str, subject: str, created_by: Any = None) -> StoredFile:
    """Keep what was looked through. Raises as ``store``."""
    return store(
        kind=kind,
        subject=subject,
        name=attachment.name,
        content=attachment.content,
        content_type=attachment.content_type,
        created_by=created_by,
    )


def remove_others(stored: StoredFile) -> None:
    """Take away for good what else is kept of the file's kind and subject, as ``remove`` does: it was made anew."""
    for other in StoredFile.objects.filter(kind=stored.kind, subject=stored.subject).exclude(pk=stored.pk):
        remove(other)


def remove(stored: StoredFile) -> None:
    """Take a file away for good: its row now, its content once that is certain. A file without a row does no harm."""
    storage, name = stored.content.storage, str(stored.content.name)
    stored.delete()
    transaction.on_commit(lambda: storage.delete(name), robust=True)
