"""The uploaded workbook between the preview and the applying: a private file that only its uploader can use.

It is kept no longer than it is needed: a new upload of the same kind, applying and giving up all remove it.
"""

from typing import Any

from core import files
from core.models import StoredFile

from .export import XLSX

FILE_KIND = "core.workbook"


def may_read(user: Any, file: StoredFile) -> bool:
    """Only who uploaded a workbook may have it back."""
    return file.created_by_id == user.pk


def keep(*, subject: str, name: str, content: bytes, user: Any) -> StoredFile:
    """Keep an uploaded workbook in place of the person's earlier one for the same subject."""
    for older in StoredFile.objects.filter(kind=FILE_KIND, subject=subject, created_by=user):
        discard(older)
    return files.store(kind=FILE_KIND, subject=subject, name=name, content=content, content_type=XLSX, created_by=user)


def kept(*, subject: str, file_id: int, user: Any) -> StoredFile | None:
    """Return the person's own uploaded workbook, or null where it is gone or another's."""
    return StoredFile.objects.filter(kind=FILE_KIND, subject=subject, created_by=user, pk=file_id).first()


def discard(file: StoredFile) -> None:
    """Remove an uploaded workbook, its row first: a file without a row does no harm."""
    content = file.content
    file.delete()
    content.delete(save=False)
