"""The pages of a ZIP as pieces of work that several workers take from one table.

The worker that holds the job leads: it takes pieces too, waits for those in other hands, and puts the ZIP together.
The others only help. A helper that dies leaves a piece that is taken again; a leader that dies, all to the next.
"""

import uuid
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.jobs import SILENT_AFTER
from core.models import Job
from units.models import Unit

from .models import ScorecardPiece


def lay_out(job: Job, units: list[Unit]) -> None:
    """Write down a piece for each unit, in their order; those that an earlier worker left stay as they are."""
    if not _of(job.pk).exists():
        ScorecardPiece.objects.bulk_create([ScorecardPiece(job=job, unit=unit) for unit in units])


def claim(job_id: int) -> ScorecardPiece | None:
    """Take the first piece that nobody makes, or whose maker fell silent; null where there is none."""
    while True:
        moment = timezone.now()
        free = _unmade(job_id).filter(Q(claim__isnull=True) | Q(claimed_at__lt=moment - SILENT_AFTER))
        found = free.order_by("pk").values_list("pk", "claim").first()
        if found is None:
            return None
        piece_id, before = found
        token = uuid.uuid4()
        # Of several who found it, one changes a row; each of the others looks again.
        if _unmade(job_id).filter(pk=piece_id, claim=before).update(claim=token, claimed_at=moment):
            return ScorecardPiece.objects.select_related("unit__parent").filter(pk=piece_id, claim=token).first()


def keep(piece: ScorecardPiece, pdf: bytes) -> bool:
    """Keep the page that was made; false where the piece was given to somebody else or is wanted no more."""
    return bool(ScorecardPiece.objects.filter(pk=piece.pk, claim=piece.claim, pdf__isnull=True).update(pdf=pdf))


def give_back(piece: ScorecardPiece) -> None:
    """Let somebody else take it at once."""
    ScorecardPiece.objects.filter(pk=piece.pk, claim=piece.claim, pdf__isnull=True).update(claim=None, claimed_at=None)


def count(job: Job) -> int:
    """Return how many pieces the ZIP has."""
    return _of(job.pk).count()


def unmade(job: Job) -> int:
    """Return how many pieces are still to be made, or being made."""
    return _unmade(job.pk).count()


def pages(job: Job) -> Iterator[tuple[Unit, bytes]]:
    """Return each unit with its page, in the units' order, few at a time."""
    for piece in _of(job.pk).select_related("unit").order_by("pk").iterator(chunk_size=16):
        yield piece.unit, bytes(piece.pdf or b"")


def forget(job: Job) -> None:
    """Take the pieces away: they are in the ZIP, or wanted no more."""
    _of(job.pk).delete()


def _of(job_id: int) -> QuerySet[ScorecardPiece]:
    return ScorecardPiece.objects.filter(job=job_id)


def _unmade(job_id: int) -> QuerySet[ScorecardPiece]:
    return _of(job_id).filter(pdf__isnull=True)
