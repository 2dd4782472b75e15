"""Large workbooks: the differences are found, and later applied, by jobs that say how far they are.

An app names its import here, so that a worker can make it anew from words. Whether the person may still use it is asked
each time. Applying is at most once: rows are judged first, and written in the transaction that marks the job done.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from core import jobs, notices
from core.models import Job, JobState, StoredFile

from . import keeping
from .opening import WorkbookRefused
from .reading import Table
from .running import NotApplied, Preview, judge, table_of, write

if TYPE_CHECKING:
    from .pages import ImportPages

PREVIEW_JOB, APPLY_JOB = "core.workbook-preview", "core.workbook-apply"
NOTICE_KIND = "core.workbooks"
LARGE = 2000  # cells; up to here the differences are found while the person waits for the page

Builder = Callable[..., "ImportPages"]

_imports: dict[str, Builder] = {}


def register_import(key: str, build: Builder) -> None:
    """Name an import whose workbooks may be large.

    ``build(user, *words)`` gives its pages to a person; it raises Http404 or PermissionDenied as the views do, and is
    asked at every look at a job, so the pages make their resource only where it is needed.
    """
    _imports[key] = build


def is_large(pages: "ImportPages", table: Table) -> bool:
    """Whether a job has to find the differences."""
    return bool(pages.background) and table.cells > LARGE


def ask_preview(pages: "ImportPages", file: StoredFile, *, rows: int, user: Any) -> Job:
    """Have the differences of an uploaded workbook found."""
    title = _("Differences of “%(name)s”") % {"name": file.name}
    return _ask(PREVIEW_JOB, title, pages, file, user, rows=rows, begin_again=pages.upload_url)


def ask_apply(pages: "ImportPages", file: StoredFile, *, fingerprint: str, rows: int, user: Any) -> Job:
    """Have a workbook applied as agreed to; asked twice, it is the same job."""
    title = _("Applying “%(name)s”") % {"name": file.name}
    with transaction.atomic():
        StoredFile.objects.select_for_update().filter(pk=file.pk).first()
        at_work = job_at_work(file, APPLY_JOB)
        if at_work is not None:
            return at_work
        again = pages.check_url(file.pk)
        return _ask(APPLY_JOB, title, pages, file, user, rows=rows, fingerprint=fingerprint, begin_again=again)


def job_at_work(file: StoredFile, *kinds: str) -> Job | None:
    """Return the job that is working on an uploaded workbook, or waits to; null where there is none."""
    at_work = Job.objects.filter(kind__in=kinds or (PREVIEW_JOB, APPLY_JOB), params__file_id=file.pk)
    return at_work.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).first()


def _ask(kind: str, title: str, pages: "ImportPages", file: StoredFile, user: Any, **more: Any) -> Job:
    key, *words = pages.background
    params = {"import": key, "words": words, "file_id": file.pk, "leads_on": True, "language": get_language(), **more}
    return jobs.enqueue(kind=kind, title=title, params=params, requested_by=user)


def find_differences(run: jobs.JobRun) -> jobs.JobOutcome:
    """Job: read and judge the rows, and keep what was found for the page."""
    pages, file = _subject(run)
    found = _judged(run, pages, file)

    def commit() -> None:
        keeping.keep_preview(file, found)
        _tell(run, _("The differences of “%(name)s” can be looked at.") % {"name": file.name}, pages.check_url(file.pk))

    return jobs.JobOutcome(result_url=pages.check_url(file.pk), commit=commit)


def apply_workbook(run: jobs.JobRun) -> jobs.JobOutcome:
    """Job: judge the rows again, then write all of them, or show what has become different."""
    pages, file = _subject(run)
    found = _judged(run, pages, file)
    run.progress(_total(run), _total(run), _("Writing"))
    agreed = found.may_apply and found.fingerprint == run.params["fingerprint"]
    return jobs.JobOutcome(commit=partial(_write if agreed else _show_again, run, pages, file, found))


def _write(run: jobs.JobRun, pages: "ImportPages", file: StoredFile, found: Preview) -> None:
    try:
        write(pages.resource, found)
    except NotApplied:
        _show_again(run, pages, file, found)
        return
    keeping.discard(file)
    words = _("“%(name)s” was applied: %(count)s rows.") % {"name": file.name, "count": len(found.new + found.changed)}
    _lead_on(run, words, pages.done_url)


def _show_again(run: jobs.JobRun, pages: "ImportPages", file: StoredFile, found: Preview) -> None:
    keeping.keep_preview(file, found, stale=True)
    words = _("“%(name)s” was not applied, because something changed in the portal. Please look again.")
    _lead_on(run, words % {"name": file.name}, pages.check_url(file.pk))


def _lead_on(run: jobs.JobRun, words: str, url: str) -> None:
    Job.objects.filter(pk=run.job.pk).update(result_url=url)
    _tell(run, words, url)


def _tell(run: jobs.JobRun, words: str, url: str) -> None:
    notices.tell(recipients=[run.job.requested_by], kind=NOTICE_KIND, text=words, url=url)


def _subject(run: jobs.JobRun) -> tuple["ImportPages", StoredFile]:
    """The import as its requester may use it now, and the workbook. Raises JobFailed."""
    pages = _pages(run.job)
    if pages is None:
        raise jobs.JobFailed(_("You may no longer use this import."))
    file = keeping.kept(subject=pages.subject, file_id=run.params["file_id"], user=run.job.requested_by)
    if file is None:
        raise jobs.JobFailed(_("The workbook is no longer kept. Choose it again."))
    return pages, file


def _pages(job: Job) -> "ImportPages | None":
    try:
        return _imports[job.params["import"]](job.requested_by, *job.params["words"])
    except (Http404, PermissionDenied):
        return None


def _judged(run: jobs.JobRun, pages: "ImportPages", file: StoredFile) -> Preview:
    """Read and judge the rows, in the requester's language; half of the bar is reading, half is judging."""
    with override(run.params["language"]):
        return _read_and_judge(run, pages, file)


def _read_and_judge(run: jobs.JobRun, pages: "ImportPages", file: StoredFile) -> Preview:
    total = _total(run)
    rows = total // 2
    try:
        with file.content.open("rb") as content:
            table = table_of(pages.resource, content, watch=lambda done: run.progress(done, total, _("Reading rows")))
    except WorkbookRefused as refused:
        raise jobs.JobFailed(str(refused)) from refused
    except FileNotFoundError as gone:
        raise jobs.JobFailed(_("The workbook is no longer kept. Choose it again.")) from gone
    found = judge(
        pages.resource,
        table,
        user=run.job.requested_by,
        watch=lambda done: run.progress(rows + done, total, _("Comparing with the portal")),
    )
    run.progress(total, total)
    return found


def _total(run: jobs.JobRun) -> int:
    """The length of the bar: every row is read and judged; the writing itself is over at once or not at all."""
    return 2 * max(run.params["rows"], 1)


def _left_undone(job: Job) -> None:
    """A workbook whose differences were never found is of no use; one that was not applied can be tried again."""
    if job.kind == PREVIEW_JOB:
        file = StoredFile.objects.filter(kind=keeping.FILE_KIND, pk=job.params["file_id"]).first()
        if file is not None:
            keeping.discard(file)


def _may_see(user: Any, job: Job) -> bool:
    return job.requested_by_id == user.pk and _pages(job) is not None


def register() -> None:
    """Name the jobs and the notice of this room; called once when the portal starts."""
    for kind, run in ((PREVIEW_JOB, find_differences), (APPLY_JOB, apply_workbook)):
        jobs.register(kind, run=run, may_see=_may_see, left_undone=_left_undone)
    notices.register(NOTICE_KIND, gettext_lazy("Large workbooks that I brought"))
