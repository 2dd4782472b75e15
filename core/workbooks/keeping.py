"""The uploaded workbook between the preview and the applying: a private file that only its uploader can use.

With a large one its differences are kept too, as found by a job. Nothing is kept longer than it is needed: a new
upload of the same kind, applying and giving up all remove both.
"""

import json
from dataclasses import asdict
from typing import Any

from core import files
from core.models import StoredFile

from .export import XLSX
from .running import Change, Preview, PreviewRow, RowError, RowState

FILE_KIND = "core.workbook"
PREVIEW_KIND = "core.workbook-preview"
JSON = "application/json"


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
    """Remove an uploaded workbook and the differences that were found in it."""
    for found in _previews(file):
        files.remove(found)
    files.remove(file)


def keep_preview(file: StoredFile, preview: Preview, *, stale: bool = False) -> StoredFile:
    """Keep the differences of a large workbook; ``stale``: others had been shown before."""
    for older in _previews(file):
        files.remove(older)
    said = {"rows": [asdict(row) for row in preview.rows], "notes": preview.notes, "stale": stale}
    return files.store(
        kind=PREVIEW_KIND,
        subject=str(file.pk),
        name=f"{file.pk}.json",
        content=json.dumps(said).encode(),
        content_type=JSON,
        created_by=file.created_by,
    )


def kept_preview(file: StoredFile) -> tuple[Preview, bool] | None:
    """Return the differences as they were found and whether others had been shown before; null where none are kept."""
    found = _previews(file).last()
    if found is None:
        return None
    with found.content.open("rb") as content:
        said = json.load(content)
    return Preview(rows=tuple(_row(row) for row in said["rows"]), notes=tuple(said["notes"])), said["stale"]


def _previews(file: StoredFile) -> Any:
    return StoredFile.objects.filter(kind=PREVIEW_KIND, subject=str(file.pk)).order_by("pk")


def _row(said: dict[str, Any]) -> PreviewRow:
    return PreviewRow(
        number=said["number"],
        state=RowState(said["state"]),
        name=said["name"],
        changes=tuple(Change(**change) for change in said["changes"]),
        errors=tuple(RowError(**error) for error in said["errors"]),
    )
