"""Asking for one unit's scorecard, which goes into the register, or for those of all units beneath as one ZIP."""

import tempfile
import zipfile
from typing import IO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from core import files, jobs, notices
from core.folding import fold
from core.models import Job, StoredFile
from reports.documents.models import OfficialDocument
from reports.documents.rules import can_prepare
from reports.documents.services import NOTICE_KIND, new_document
from reports.enums import Basis, DocumentKind
from targets.calendar import Month, Span
from units.models import Unit

from .building import build_scorecard, title_of
from .context import Scorecard
from .rendering import render_scorecard_pdf
from .selectors import units_beneath

ALL = "reports.scorecards"
ZIP = "application/zip"


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
    """Job: one page after the other into a ZIP on disk. It stops between two units where it was called off."""
    body = Unit.objects.filter(pk=run.params["unit_id"]).first()
    actor = run.job.requested_by
    if body is None or actor is None or not can_prepare(actor, body):
        raise jobs.JobFailed(_("You may no longer have documents of this unit made."))
    month = Span.parse(run.params["span"]).last
    units = units_beneath(body, month)
    if not units:
        raise jobs.JobFailed(_("No unit stands beneath this body in that month."))
    with tempfile.TemporaryFile() as content:
        _write(content, run, body, units, month)
        name = f"phieu-danh-gia-{body.code}-{month}.zip"
        file = files.store_open(
            kind=ALL, subject=str(body.pk), name=name, content=content, content_type=ZIP, created_by=actor
        )
    address = reverse("core:file", args=[file.pk])

    def commit() -> None:
        notices.tell(
            recipients=[actor],
            kind=NOTICE_KIND,
            text=_("“%(title)s”: the file is ready.") % {"title": run.job.title},
            url=address,
        )

    return jobs.JobOutcome(result_file=file, result_url=address, commit=commit)


def _write(content: IO[bytes], run: jobs.JobRun, body: Unit, units: list[Unit], month: Month) -> None:
    """Write a page a unit; only one is in memory at a time."""
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, unit in enumerate(units):
            run.progress(done, len(units), unit.short_name)
            card = build_scorecard(issuer=body, unit=unit, month=month, basis=run.params["basis"])
            archive.writestr(_entry(unit, card), render_scorecard_pdf(card))
    run.progress(len(units), len(units))


def _entry(unit: Unit, card: Scorecard) -> zipfile.ZipInfo:
    """A name of plain letters, one for each unit by its code; no time but the month's own, so that equal is equal."""
    day = card.ends_on
    name = f"{unit.code}-{slugify(fold(unit.short_name))[:60]}.pdf"
    info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def register() -> None:
    """Name the job and the files of this room; called once when the portal starts."""
    jobs.register(ALL, run=make_all, may_see=_may_see_job)
    files.register(ALL, may_read=_may_read_file)


def _may_see_job(user: User, job: Job) -> bool:
    return _prepares(user, job.params.get("unit_id"))


def _may_read_file(user: User, file: StoredFile) -> bool:
    return _prepares(user, file.subject)


def _prepares(user: User, unit_id: int | str | None) -> bool:
    body = Unit.objects.filter(pk=unit_id or 0).first()
    return body is not None and bool(can_prepare(user, body))
