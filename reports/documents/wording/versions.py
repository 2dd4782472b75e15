"""Reading the versions of a document's words.

Version 1 is what the portal wrote. Until somebody changes it, it is no row: it stands in the snapshot alone.
"""

from typing import Any

from django.http import Http404

from accounts.models import User
from core.models import JobState
from reports.documents.building.spans import KIND_BY_LENGTH
from reports.documents.context import PeriodicReport
from reports.documents.models import OfficialDocument
from reports.documents.rules import can_prepare
from reports.documents.snapshot import SnapshotError
from reports.enums import DocumentAction, DocumentState, WordingCause

from .models import WordingVersion, differing
from .parts import Words, words_of

# Fields of the report that hold annexes, as they are where it has none.
WITHOUT_ANNEXES: dict[str, Any] = {
    "target_groups": [],
    "units": None,
    "activities": [],
    "next_activities": [],
    "reporting": None,
}
AT_WORK = (JobState.QUEUED, JobState.RUNNING)


def newest_row(document: OfficialDocument) -> WordingVersion | None:
    """Return the newest version that is kept; null where nobody has changed the portal's words."""
    return document.wordings.select_related("made_by").last()


def current(document: OfficialDocument, report: PeriodicReport) -> WordingVersion:
    """Return the newest version of the words of the document, whose frozen ``report`` it is."""
    return newest_row(document) or first(document, report)


def first(document: OfficialDocument, report: PeriodicReport) -> WordingVersion:
    """Return the portal's own words as version 1, not kept yet."""
    made = document.events.filter(action=DocumentAction.RENDERED).first()
    said = {key: list(paragraphs) for key, paragraphs in words_of(report).items()}
    return WordingVersion(
        document=document,
        number=1,
        cause=WordingCause.PREFILLED,
        texts=said,
        prefilled=said,
        made_at=made.at if made else document.created_at,
    )


def versions_of(document: OfficialDocument, report: PeriodicReport) -> list[WordingVersion]:
    """Return all versions, newest first; there is always one."""
    rows = list(document.wordings.select_related("made_by").order_by("-number"))
    return rows or [first(document, report)]


def version_or_404(versions: list[WordingVersion], number: int) -> WordingVersion:
    """Return the version of that number. Raises Http404."""
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise Http404(number)
    return found


def told_by(document: OfficialDocument) -> PeriodicReport | None:
    """Return the frozen report without its annexes, for its words; null where it is none, or cannot be read.

    The annexes of a big body are thousands of rows, which no page of words should wait for.
    """
    if document.snapshot is None or document.kind not in KIND_BY_LENGTH.values():
        return None
    frozen = document.snapshot.get("report")
    if not isinstance(frozen, dict):
        return None
    try:
        return PeriodicReport.from_snapshot({**document.snapshot, "report": frozen | WITHOUT_ANNEXES})
    except SnapshotError:
        return None


def is_set(document: OfficialDocument) -> bool:
    """Whether the frozen paper says what the newest version says; false until the job that sets it is done."""
    newest = newest_row(document)
    if newest is None:
        return True
    report = told_by(document)
    return report is not None and not differing(newest.words, words_of(report))


def is_made_again(document: OfficialDocument) -> bool:
    """Whether a job makes a finished draft once more now."""
    job = document.job
    return job is not None and job.state in AT_WORK and "again" in job.params


def is_being_issued(document: OfficialDocument) -> bool:
    """Whether the draft gets its number now: its job is another than those that make drafts."""
    job = document.job
    return job is not None and job.state in AT_WORK and "number" in job.params


def may_edit(user: User, document: OfficialDocument) -> bool:
    """Whether the person may write the words of this document as it stands now."""
    is_draft = document.state == DocumentState.DRAFT and document.snapshot is not None
    return is_draft and not is_being_issued(document) and bool(can_prepare(user, document.unit))


def words_replaced(document: OfficialDocument) -> Words:
    """Return the words of the document that this one shall replace; none where there is none, or none to be read."""
    before = document.supersedes
    report = told_by(before) if before is not None else None
    return words_of(report) if report is not None else {}
