"""The uploaded document between the page and the plan: kept as a private file, read by a job, removed where refused.

Nothing stays behind: a file that is refused, a job that fails or is called off takes the stored file with it. However
often the job is begun, it makes one plan, in the transaction that marks it done.
"""

import hashlib
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.scope import holds
from core import files, jobs, notices
from core.models import Job, JobState, StoredFile
from plans.models import Plan
from plans.outline.read import read_outline
from plans.rules import can_draft_at
from plans.selectors import DRAFTING_ROLES
from plans.sources import Refused, Source, read_pasted, read_source
from units.models import Unit
from units.services import hold_unit

from .services import plan_from_source

JOB_KIND, FILE_KIND, NOTICE_KIND = "plans.read", "plans.source", "plans.reading"
PASTED_NAME = gettext_lazy("Pasted text")
STEPS = 4


@transaction.atomic
def request_reading(*, actor: User, unit: Unit, name: str, content: bytes, is_pasted: bool = False) -> Job:
    """Keep the document and have it read into a draft of ``unit``.

    ``content`` of pasted text is UTF-8. The same document that waits or is being read for the same unit already is not
    read twice: its job is returned. Raises PermissionDenied through ``plan_from_source`` only; ask the gate first.
    """
    hold_unit(unit.pk)
    digest = hashlib.sha256(content).hexdigest()
    at_work = Job.objects.filter(
        kind=JOB_KIND, state__in=[JobState.QUEUED, JobState.RUNNING], params__unit_id=unit.pk, params__sha256=digest
    ).first()
    if at_work is not None:
        return at_work
    stored = files.store(
        kind=FILE_KIND,
        subject=str(unit.pk),
        name=name,
        content=content,
        content_type="text/plain; charset=utf-8" if is_pasted else "application/octet-stream",
        created_by=actor,
    )
    params: dict[str, Any] = {
        "unit_id": unit.pk,
        "file_id": stored.pk,
        "sha256": digest,
        "is_pasted": is_pasted,
        "begin_again": reverse("plans:from-document"),
        "leads_on": True,
    }
    title = _("Reading “%(name)s”") % {"name": name}
    return jobs.enqueue(kind=JOB_KIND, title=title, params=params, requested_by=actor)


def read_document(run: jobs.JobRun) -> jobs.JobOutcome:
    """Job: read the file and make the plan. The requester's right is asked again."""
    unit = Unit.objects.filter(pk=run.params["unit_id"]).first()
    stored = StoredFile.objects.filter(kind=FILE_KIND, pk=run.params["file_id"]).first()
    actor = run.job.requested_by
    if stored is None:
        raise jobs.JobFailed(_("The document is no longer kept. Choose it again."))
    if unit is None or actor is None or not can_draft_at.test(actor, unit):
        raise jobs.JobFailed(_("You may no longer draft documents of this unit."))
    run.progress(0, STEPS, _("Reading the letters"))
    source = _source(stored, is_pasted=run.params["is_pasted"])
    run.progress(1, STEPS, _("Finding the sections"))
    outline = read_outline(source.text, pages=source.pages)
    run.progress(2, STEPS, _("Finding targets and activities"))

    def commit() -> None:
        plan = plan_from_source(actor=actor, unit=unit, source=source, stored=stored, outline=outline)
        Job.objects.filter(pk=run.job.pk).update(result_url=reverse("plans:reading", args=[plan.pk]))
        notices.tell(
            recipients=[actor],
            kind=NOTICE_KIND,
            text=(_("“%(plan)s” has been read. Look through what was found.") % {"plan": plan.title})[:500],
            url=reverse("plans:reading", args=[plan.pk]),
        )

    return jobs.JobOutcome(commit=commit)


def _source(stored: StoredFile, *, is_pasted: bool) -> Source:
    with stored.content.open("rb") as opened:
        content = opened.read()
    try:
        if is_pasted:
            return read_pasted(content.decode())
        return read_source(content=content, name=stored.name)
    except Refused as refused:
        raise jobs.JobFailed(str(refused)) from refused


def discard_document(job: Job) -> None:
    """Take away the file of a job that made no plan."""
    stored = StoredFile.objects.filter(kind=FILE_KIND, pk=job.params.get("file_id") or 0).first()
    if stored is None or Plan.objects.filter(source=stored).exists():
        return
    files.remove(stored)


def register() -> None:
    """Name the job, the file and the notice of this room; called once when the portal starts."""
    jobs.register(JOB_KIND, run=read_document, may_see=_may_see_job, left_undone=discard_document)
    files.register(FILE_KIND, may_read=_may_read_file)
    notices.register(NOTICE_KIND, gettext_lazy("Documents that I had read"))


def _may_see_job(user: User, job: Job) -> bool:
    unit = Unit.objects.filter(pk=job.params.get("unit_id") or 0).first()
    return unit is not None and bool(can_draft_at.test(user, unit))


def _may_read_file(user: User, file: StoredFile) -> bool:
    """Who drafts or signs for the unit: a file may hold more than the text that readers of the plan see."""
    unit = Unit.objects.filter(pk=file.subject).first()
    return unit is not None and holds(user, unit, *DRAFTING_ROLES)
