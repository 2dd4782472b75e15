"""Adding photos and files to an activity or to an outcome, and withdrawing one with a note that it was there."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, files
from core.attachments import Attachment, AttachmentRefused
from core.models import StoredFile

from ..files.selectors import is_read_by
from ..models import Activity, ActivityFile, Participation
from ..rules import can_record, can_run
from .life import check_standing

OF_ACTIVITY = "activities.file"
OF_OUTCOME = "activities.outcome"
MOST = 20


@transaction.atomic
def add_file(*, actor: User, activity: Activity, attachment: Attachment) -> ActivityFile:
    """Keep a file with an activity; the same file a second time is the one kept already.

    Raises ``AttachmentRefused`` where there are too many, ``PermissionDenied`` for who does not run it,
    ``ValidationError`` in a version of a plan that does not count.
    """
    locked = Activity.objects.select_for_update(of=("self",)).select_related("unit", "bloc").get(pk=activity.pk)
    if not can_run.test(actor, locked):
        raise PermissionDenied
    check_standing(locked)
    known = _known(locked.files.all(), attachment)
    if known is not None:
        return known
    stored = files.keep(attachment, kind=OF_ACTIVITY, subject=str(locked.pk), created_by=actor)
    return _row(actor, stored, activity=locked)


@transaction.atomic
def add_outcome_file(*, actor: User, participation: Participation, attachment: Attachment) -> ActivityFile:
    """Keep a file with what a unit did; raises as ``add_file``, ``PermissionDenied`` for who does not record for it."""
    # Locked by itself: an amendment may have taken it to another activity a moment ago.
    locked = Participation.objects.select_for_update().get(pk=participation.pk)
    if not can_record(actor, locked.unit):
        raise PermissionDenied
    check_standing(locked.activity)
    known = _known(locked.files.all(), attachment)
    if known is not None:
        return known
    stored = files.keep(attachment, kind=OF_OUTCOME, subject=str(locked.pk), created_by=actor)
    return _row(actor, stored, participation=locked)


def _known(rows: QuerySet[ActivityFile], attachment: Attachment) -> ActivityFile | None:
    """The row of the same content; null where it is new. Raises ``AttachmentRefused`` where it is one too many."""
    kept = {row.file.sha256: row for row in rows.select_related("file") if row.file is not None}
    known = kept.get(hashlib.sha256(attachment.content).hexdigest())
    if known is None and len(kept) >= MOST:
        sentence = _("“%(name)s” was not kept: %(most)s files at the most are kept here.")
        raise AttachmentRefused(sentence % {"name": attachment.name, "most": MOST})
    return known


def _row(actor: User, stored: StoredFile, **owner: Activity | Participation) -> ActivityFile:
    return ActivityFile.objects.create(file=stored, name=stored.name, added_by=actor, added_at=clock.now(), **owner)


@transaction.atomic
def withdraw_file(*, actor: User, file: ActivityFile) -> ActivityFile:
    """Remove a file for good, whatever state the activity is in: those shown have a right to it. A note stays.

    A second time changes nothing. Raises ``PermissionDenied`` for who might not add it.
    """
    row = ActivityFile.objects.select_for_update().get(pk=file.pk)
    if not _may_withdraw(actor, row):
        raise PermissionDenied
    if row.file is None:
        return row
    gone, row.file = row.file, None
    row.withdrawn_at, row.withdrawn_by = clock.now(), actor
    row.save(update_fields=["file", "withdrawn_at", "withdrawn_by"])
    files.remove(gone)
    return row


def _may_withdraw(actor: User, row: ActivityFile) -> bool:
    if row.participation is not None:
        return can_record(actor, row.participation.unit)
    return row.activity is not None and can_run.test(actor, row.activity)


def forget_files(activities: QuerySet[Activity]) -> None:
    """Take away the files of drafts' activities that are about to be deleted, and the notes of those withdrawn."""
    rows = ActivityFile.objects.filter(activity__in=activities)
    gone = [row.file for row in rows.select_related("file") if row.file is not None]
    rows.delete()
    for stored in gone:
        files.remove(stored)


def register() -> None:
    """Both kinds are read by those for whom their row exists."""
    for kind in (OF_ACTIVITY, OF_OUTCOME):
        files.register(kind, may_read=_may_read)


def _may_read(user: User, file: StoredFile) -> bool:
    row = ActivityFile.objects.select_related("participation").filter(file=file).first()
    return row is not None and is_read_by(user, row)
