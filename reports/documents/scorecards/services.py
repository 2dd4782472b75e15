"""Asking for one unit's scorecard, which goes into the register, or for those of all units beneath as one ZIP."""

import logging
import tempfile
import time
import zipfile
from datetime import date
from typing import IO

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core import files, jobs, notices
from core.folding import fold
from core.models import Job, JobState, StoredFile
from reports.documents.models import OfficialDocument
from reports.documents.rules import can_prepare
from reports.documents.services import NOTICE_KIND, new_document
from reports.enums import Basis, DocumentKind
from targets.calendar import Month, Span
from units.models import Unit

from . import pieces
from .building import build_scorecard, title_of
from .models import ScorecardPiece
from .rendering import render_scorecard_pdf
from .selectors import last_day_of, units_beneath

log = logging.getLogger(__name__)

ALL = "reports.scorecards"
ZIP = "application/zip"
# So many other workers at most are asked to help with a ZIP. Each does for about as long as one report takes, then
# stands in line again behind whatever else waits: starting anew for every page would cost more than the page.
MOST_HELPERS = 7
HELP_SECONDS = 8.0
LOOK_AGAIN_SECONDS = 0.2


@transaction.atomic
def request_scorecard(*, actor: User, unit: Unit, month: Month, basis: Basis | str) -> OfficialDocument:
    """Ask for a draft of the unit's scorecard, a paper of the body directly above it.

    Raises PermissionDenied; ValidationError for a unit that has nobody above it.
    """
    if unit.parent is None:
        raise ValidationError(_("Nobody stands above this unit who would give it a scorecard."))
    if not can_prepare(actor, unit.parent):
        raise PermissionDenied
    return new_document(
        unit=unit.parent,
        about=unit,
        kind=DocumentKind.SCORECARD,
        span=Span.of_month(month),
        title=title_of(unit, month),
        basis=basis,
        actor=actor,
    )


@transaction.atomic
def request_all_scorecards(*, actor: User, body: Unit, month: Month, basis: Basis | str) -> Job:
    """Ask for the scorecards of all units directly beneath the body as one ZIP of drafts. Raises PermissionDenied."""
    if not can_prepare(actor, body):
        raise PermissionDenied
    span = Span.of_month(month)
    title = _("Scorecards of %(unit)s, %(month)s") % {"unit": body.short_name, "month": span.paper_name}
    params = {"unit_id": body.pk, "span": str(span), "basis": str(Basis(basis))}
    return jobs.enqueue(kind=ALL, title=title, params=params, requested_by=actor)


def make_all(run: jobs.JobRun) -> jobs.JobOutcome:
    """Job: a page a unit, made by all workers that have time, into one ZIP. Called off, it stops between two pages."""
    body = Unit.objects.filter(pk=run.params["unit_id"]).first()
    actor = run.job.requested_by
    if body is None or actor is None or not can_prepare(actor, body):
        raise jobs.JobFailed(_("You may no longer have documents of this unit made."))
    month = _month(run.job)
    units = units_beneath(body, month)
    if not units:
        raise jobs.JobFailed(_("No unit stands beneath this body in that month."))
    pieces.lay_out(run.job, units)
    _call_helpers(run.job, len(units))
    _make_pieces(run)
    with tempfile.TemporaryFile() as content:
        _write(content, run.job, _day(body, month))
        name = f"phieu-danh-gia-{body.code}-{month}.zip"
        file = files.store_open(
            kind=ALL, subject=str(body.pk), name=name, content=content, content_type=ZIP, created_by=actor
        )
    address = reverse("core:file", args=[file.pk])

    def commit() -> None:
        pieces.forget(run.job)
        notices.tell(
            recipients=[actor],
            kind=NOTICE_KIND,
            text=_("“%(title)s”: the file is ready.") % {"title": run.job.title},
            url=address,
        )

    return jobs.JobOutcome(result_file=file, result_url=address, commit=commit)


def help_with_scorecards(job_id: int) -> bool:
    """Make pages of a ZIP that another worker leads, for a while; false where no more help is wanted.

    What goes wrong here is only logged: the leader takes the page itself then, and says what happened.
    """
    began = time.monotonic()
    with override(settings.LANGUAGE_CODE):
        while _help_with_one(job_id):
            if time.monotonic() - began > HELP_SECONDS:
                return True
    return False


def _help_with_one(job_id: int) -> bool:
    """Make one page; false where there is none to be made, or it could not be."""
    job = Job.objects.filter(pk=job_id, kind=ALL, state=JobState.RUNNING).first()
    piece = pieces.claim(job.pk) if job else None
    if job is None or piece is None:
        return False
    try:
        return pieces.keep(piece, _page(job, piece))
    except Exception:
        log.exception("A page of the scorecards of job %s could not be made.", job_id)
        pieces.give_back(piece)
        return False


def _call_helpers(job: Job, units: int) -> None:
    """Ask other workers to help. Nothing depends on it: a message that is lost, or comes too late, does no harm."""
    from reports.documents.tasks import help_with_scorecards as task

    def ask() -> None:
        try:
            for _helper in range(min(MOST_HELPERS, units - 1)):
                task.delay(job.pk)
        except task.OperationalError:
            log.warning("Job %s gets no help: the broker does not answer.", job.pk)

    transaction.on_commit(ask)


def _make_pieces(run: jobs.JobRun) -> None:
    """Make pages as long as there are any, then wait for those in other hands: whoever falls silent loses them."""
    total = unmade = pieces.count(run.job)
    unit = ""
    while unmade:
        piece = pieces.claim(run.job.pk)
        unit = piece.unit.short_name if piece else unit
        run.progress(total - unmade, total, unit)
        if piece:
            pieces.keep(piece, _page(run.job, piece))
        else:
            time.sleep(LOOK_AGAIN_SECONDS)
        unmade = pieces.unmade(run.job)
    run.progress(total, total)


def _page(job: Job, piece: ScorecardPiece) -> bytes:
    body = Unit.objects.get(pk=job.params["unit_id"])
    card = build_scorecard(issuer=body, unit=piece.unit, month=_month(job), basis=job.params["basis"])
    return render_scorecard_pdf(card)


def _month(job: Job) -> Month:
    return Span.parse(job.params["span"]).last


def _day(body: Unit, month: Month) -> date:
    day = last_day_of(body, month)
    if day is None:
        raise jobs.JobFailed(_("No unit stands beneath this body in that month."))
    return day


def _write(content: IO[bytes], job: Job, day: date) -> None:
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for unit, pdf in pieces.pages(job):
            archive.writestr(_entry(unit, day), pdf)


def _entry(unit: Unit, day: date) -> zipfile.ZipInfo:
    """A name of plain letters, one for each unit by its code; no time but the month's own, so that equal is equal."""
    name = f"{unit.code}-{slugify(fold(unit.short_name))[:60]}.pdf"
    info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def register() -> None:
    """Name the job and the files of this room; called once when the portal starts."""
    jobs.register(ALL, run=make_all, may_see=_may_see_job, left_undone=pieces.forget)
    files.register(ALL, may_read=_may_read_file)


def _may_see_job(user: User, job: Job) -> bool:
    return _prepares(user, job.params.get("unit_id"))


def _may_read_file(user: User, file: StoredFile) -> bool:
    return _prepares(user, file.subject)


def _prepares(user: User, unit_id: int | str | None) -> bool:
    body = Unit.objects.filter(pk=unit_id or 0).first()
    return body is not None and bool(can_prepare(user, body))
