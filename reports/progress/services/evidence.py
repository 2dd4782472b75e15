"""Evidence under a report: adding photos and files, and withdrawing one with a note that it was there."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, files
from core.attachments import Attachment, AttachmentRefused
from core.models import StoredFile
from reports.progress import rules
from reports.progress.models import Evidence, ProgressReport
from reports.progress.selectors import evidence_of
from reports.progress.states import Action

from . import writer

FILE_KIND = "reports.evidence"
MOST_A_REPORT = 20


@transaction.atomic
def add_evidence(*, actor: User, report: ProgressReport, attachment: Attachment) -> Evidence:
    """Keep a file under a report that is still being filled in; the same file a second time is the one kept already.

    Raises ``AttachmentRefused`` where there are too many, ``PermissionDenied``, ``WrongState``.
    """
    row = writer.locked_one(report)
    writer.way_of(row, Action.SAVE, actor)
    kept = {one.file.sha256: one for one in evidence_of(row) if one.file is not None}
    digest = hashlib.sha256(attachment.content).hexdigest()
    if digest in kept:
        return kept[digest]
    if len(kept) >= MOST_A_REPORT:
        raise AttachmentRefused(_("A report keeps %(most)s files at the most.") % {"most": MOST_A_REPORT})
    stored = files.keep(attachment, kind=FILE_KIND, subject=str(row.pk), created_by=actor)
    return Evidence.objects.create(
        report=row, file=stored, caption=attachment.name, added_by=actor, added_at=clock.now()
    )


@transaction.atomic
def withdraw_evidence(*, actor: User, evidence: Evidence) -> Evidence:
    """Remove a file for good, whatever the report's state: those shown have a right to it. A note stays.

    A second time changes nothing. Raises ``PermissionDenied``.
    """
    row = Evidence.objects.select_for_update(of=("self",)).select_related("report__unit", "file").get(pk=evidence.pk)
    if not rules.can_enter.test(actor, row.report):
        raise PermissionDenied
    if row.file is None:
        return row
    gone, row.file = row.file, None
    row.withdrawn_at, row.withdrawn_by = clock.now(), actor
    row.save(update_fields=["file", "withdrawn_at", "withdrawn_by"])
    files.remove(gone)
    return row


def register() -> None:
    """Evidence is read by those who read the report."""
    files.register(FILE_KIND, may_read=_may_read)


def _may_read(user: User, file: StoredFile) -> bool:
    evidence = Evidence.objects.select_related("report__unit").filter(file=file).first()
    return evidence is not None and bool(rules.can_read.test(user, evidence.report))
