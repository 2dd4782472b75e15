"""Writing the words of a draft: every step adds a version and has the draft set anew from its frozen figures."""

from collections.abc import Collection, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, collisions
from reports.documents.context import PeriodicReport
from reports.documents.models import OfficialDocument
from reports.documents.rules import can_prepare
from reports.documents.services import log_step, make_again
from reports.enums import DocumentAction, DocumentState, WordingCause

from .models import WordingVersion, differing
from .parts import Words
from .versions import current, first, is_being_issued, is_made_again, is_set, told_by


class StaleWording(Exception):
    """Somebody else has written a version since the page was made."""

    def __init__(self, newest: WordingVersion) -> None:
        super().__init__(f"version {newest.number}")
        self.newest = newest


@collisions.atomic
def save_wording(
    *,
    actor: User,
    document: OfficialDocument,
    words: Mapping[str, tuple[str, ...]],
    seen: int,
    checked: Collection[str] = (),
) -> WordingVersion:
    """Keep the words (part → paragraphs) as the next version and have the draft set with them; return the newest.

    Parts that are not named stay as they are; ``seen`` is the number that the person wrote over. ``checked``: parts
    whose figures the person has looked through. Words that change nothing make no version. Raises PermissionDenied,
    StaleWording, and ValidationError where the document is no finished draft, or its figures are gathered or its number
    is given at this moment.
    """
    row, report = _held(actor, document)
    newest = _unchanged(row, report, seen)
    said = newest.words | {key: tuple(words[key]) for key in words if key in newest.words}
    differs = differing(said, newest.words)
    outdated = set(newest.outdated) - differs - set(checked)
    if differs:
        return _add(row, newest, said, actor=actor, cause=WordingCause.EDITED, outdated=outdated)
    if newest.is_kept and outdated != set(newest.outdated):
        newest.outdated = sorted(outdated)
        newest.save(update_fields=["outdated"])
    if not is_set(row) and not is_made_again(row):
        make_again(row, actor, wording=newest.number)
    return newest


@collisions.atomic
def restore_wording(*, actor: User, document: OfficialDocument, number: int, seen: int) -> WordingVersion:
    """Keep the words of version ``number`` once more, as the next version; return the newest.

    Raises what ``save_wording`` raises, and ValidationError where there is no such version.
    """
    row, report = _held(actor, document)
    newest = _unchanged(row, report, seen)
    wished = row.wordings.filter(number=number).first()
    if wished is None:
        raise ValidationError(_("There is no such version."))
    if not differing(wished.words, newest.words):
        return newest
    figures_changed = differing(wished.prefilled_words, newest.prefilled_words)
    still_edited = differing(wished.words, newest.prefilled_words)
    outdated = still_edited & (figures_changed | set(wished.outdated))
    cause = WordingCause.RESTORED
    return _add(row, newest, wished.words, actor=actor, cause=cause, outdated=outdated, restores=number)


@collisions.atomic
def gather_again(*, actor: User, document: OfficialDocument) -> None:
    """Have the draft made once more from the figures of now; words that a person edited stay.

    Raises PermissionDenied; ValidationError as ``save_wording``, and while the draft is being set anew.
    """
    row = _held_draft(actor, document)
    if is_made_again(row):
        raise ValidationError(_("The draft is being made anew. Wait until it is done."))
    report = told_by(row)
    if report is not None and not row.wordings.exists():
        first(row, report).save()  # else nobody could read any more what the first draft said
    make_again(row, actor, wording=None)
    log_step(row, DocumentAction.REGATHERED, actor)


def _held_draft(actor: User, document: OfficialDocument) -> OfficialDocument:
    """Read a finished draft again and hold its row until the transaction ends."""
    rows = OfficialDocument.objects.select_for_update(of=("self",)).select_related("unit", "job")
    row = rows.get(pk=document.pk)
    if not can_prepare(actor, row.unit):
        raise PermissionDenied
    if row.state != DocumentState.DRAFT or row.snapshot is None:
        raise ValidationError(_("Only a finished draft that is not issued yet can be changed."))
    if is_being_issued(row):
        raise ValidationError(_("The document gets its number now, so its words stay as they are."))
    return row


def _held(actor: User, document: OfficialDocument) -> tuple[OfficialDocument, PeriodicReport]:
    row = _held_draft(actor, document)
    if is_made_again(row) and row.job is not None and row.job.params["wording"] is None:
        raise ValidationError(_("New figures are being gathered. Wait until they are there, then save."))
    return row, _told_by(row)


def _told_by(document: OfficialDocument) -> PeriodicReport:
    report = told_by(document)
    if report is None:
        raise ValidationError(_("This document has no words that could be edited."))
    return report


def _unchanged(document: OfficialDocument, report: PeriodicReport, seen: int) -> WordingVersion:
    newest = current(document, report)
    if newest.number != seen:
        raise StaleWording(newest)
    return newest


def _add(
    document: OfficialDocument,
    newest: WordingVersion,
    words: Words,
    *,
    actor: User,
    cause: WordingCause,
    outdated: set[str],
    restores: int | None = None,
) -> WordingVersion:
    """Write the next version, and the first one too where it was not kept yet; have the draft set."""
    if not newest.is_kept:
        newest.save()
    version = WordingVersion.objects.create(
        document=document,
        number=newest.number + 1,
        cause=cause,
        restores=restores,
        texts={key: list(said) for key, said in words.items()},
        prefilled=newest.prefilled,
        outdated=sorted(outdated),
        made_by=actor,
        made_at=clock.now(),
    )
    action = DocumentAction.RESTORED if restores else DocumentAction.REWORDED
    log_step(document, action, actor, wording=version.number)
    make_again(document, actor, wording=version.number)
    return version
