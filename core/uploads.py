"""Files that were sent with a form: looked through and kept one by one, so that a refused one stops no other."""

from collections.abc import Callable

from django.core.files import File
from django.http import HttpRequest

from .attachments import LARGEST, Attachment, AttachmentRefused, checked


def keep_uploads(request: HttpRequest, field: str, keep: Callable[[Attachment], object]) -> list[str]:
    """Hand each file of the field to ``keep``; returns the sentences about what was refused.

    ``keep`` refuses one by raising ``AttachmentRefused``.
    """
    refused: list[str] = []
    for upload in request.FILES.getlist(field):
        try:
            keep(_read(upload))
        except AttachmentRefused as why:
            refused.append(why.sentence)
    return refused


def _read(upload: "File[bytes]") -> Attachment:
    """Never more of a file in memory than may be kept. Raises ``AttachmentRefused``."""
    return checked(name=upload.name or "", content=upload.read(LARGEST + 1))
