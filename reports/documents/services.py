"""The life of an official document: asked for, made by a job, issued with its number, superseded.

Every step writes its row of history. An issued document's file is made once; a reprint is that file
(official-documents: Truth of the paper). Of a draft only the newest file is kept.
"""

import secrets
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, files, jobs, notices
from core.folding import fold
from core.models import Job, StoredFile
from plans.models import Plan
from reports.enums import Basis, DocumentAction, DocumentKind, DocumentState
from targets.calendar import Span
from units.models import Unit
from units.services import hold_unit

from . import building, numbers, papers
from .context import Replaced, Verification
from .models import DocumentEvent, OfficialDocument
from .papers import Paper
from .rules import can_issue, can_prepare
from .selectors import officers_of
from .telling import STEPS_BEFORE_PAGES, Telling
from .wording.applying import content_of
from .wording.versions import is_being_issued, is_made_again, is_set

MAKE, ISSUE = "reports.render_document", "reports.issue_document"
FILE_KIND, NOTICE_KIND, DRAFT_NOTICE_KIND = "reports.document", "reports.document", "reports.scheduled_document"
PDF = "application/pdf"
# No O, I, 0, 1: the code is read from paper and typed. 14 of 32 letters are 70 random bits.
CODE_LETTERS, CODE_LENGTH = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 14


@transaction.atomic
def request_report(*, actor: User, unit: Unit, span: Span, basis: Basis | str) -> OfficialDocument:
    """Ask for a draft of the periodic report of ``span``; its length says which kind. Raises PermissionDenied."""
    if not can_prepare(actor, unit):
        raise PermissionDenied
    hold_unit(unit.pk)
    return _new_report(unit, span, Basis(basis), actor)


@transaction.atomic
def request_replacement(*, actor: User, document: OfficialDocument) -> OfficialDocument:
    """Ask for a draft that, once it is issued, takes the place of an issued document; its figures are those of now.

    Several such drafts may be made; only one is ever issued. Raises PermissionDenied, and ValidationError where the
    document is no issued one, or a plan's that was not amended since.
    """
    document = OfficialDocument.objects.select_related("unit", "about", "plan").get(pk=document.pk)
    if not can_prepare(actor, document.unit):
        raise PermissionDenied
    if document.state != DocumentState.ISSUED:
        raise ValidationError(_("Only an issued document that nothing has replaced yet can be replaced."))
    return new_document(
        unit=document.unit,
        kind=document.kind,
        span=Span.parse(document.span),
        title=document.title,
        basis=document.basis,
        actor=actor,
        about=document.about,
        plan=papers.plan_to_replace_with(document),
        supersedes=document,
    )


@transaction.atomic
def schedule_report(*, unit: Unit, span: Span) -> OfficialDocument | None:
    """Ask for a draft in nobody's name; null where the unit has this report already, in whatever state.

    The figures are provisional: on the day after the due day hardly anything is approved yet.
    """
    hold_unit(unit.pk)
    if OfficialDocument.objects.filter(unit=unit, kind=building.kind_of(span), span=str(span)).exists():
        return None
    return _new_report(unit, span, Basis.PROVISIONAL, None)


def _new_report(unit: Unit, span: Span, basis: Basis, actor: User | None) -> OfficialDocument:
    kind, title = building.kind_of(span), building.title_of(span)
    return new_document(unit=unit, kind=kind, span=span, title=title, basis=basis, actor=actor)


def new_document(
    *,
    unit: Unit,
    kind: DocumentKind | str,
    span: Span,
    title: str,
    basis: Basis | str,
    actor: User | None,
    about: Unit | None = None,
    plan: Plan | None = None,
    supersedes: OfficialDocument | None = None,
) -> OfficialDocument:
    """Write a draft down and have it made; without an actor the calendar asks for it. Asks nobody's right."""
    document = OfficialDocument.objects.create(
        unit=unit,
        about=about,
        plan=plan,
        kind=kind,
        span=str(span),
        title=title,
        folded=fold(title)[:400],
        basis=Basis(basis),
        automatic=actor is None,
        supersedes=supersedes,
        created_by=actor,
        created_at=clock.now(),
    )
    log_step(document, DocumentAction.REQUESTED if actor else DocumentAction.SCHEDULED, actor)
    _enqueue(document, MAKE, actor, {})
    return document


@transaction.atomic
def request_issue(*, actor: User, document: OfficialDocument, number: int, dated: date) -> None:
    """Give the draft its number and date and have the final file made.

    Raises PermissionDenied; ValidationError where it is no whole draft, gets a number already, the day lies in the
    future or before that of the document it replaces, that one was replaced already, the number is taken (also by a
    plan, or a document that is only about to get it), or the paper is a plan's and bears another number.
    """
    document = OfficialDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if not can_issue(actor, document.unit):
        raise PermissionDenied
    if document.state != DocumentState.DRAFT or document.snapshot is None:
        raise ValidationError(_("Only a finished draft can be issued."))
    if is_being_issued(document):
        raise ValidationError(_("The document gets its number now."))
    if is_made_again(document):
        raise ValidationError(_("The draft is being made anew. Wait until it is done."))
    if not is_set(document):
        raise ValidationError(_("The draft does not hold its newest words yet. Have it set anew first."))
    if dated > clock.today():
        raise ValidationError({"dated": _("The date lies in the future.")})
    _check_replaced(document.supersedes, dated)
    papers.check_issue(document, number=number, dated=dated)
    symbol = papers.symbol_of(document)
    hold_unit(document.unit_id)
    if numbers.is_promised(document.unit_id, number=number, symbol=symbol, year=dated.year):
        raise ValidationError({"number": numbers.number_taken(dated)})
    if problem := numbers.problem_of(document, number=number, symbol=symbol, dated=dated):
        raise ValidationError({"number": problem})
    _enqueue(document, ISSUE, actor, {"number": number, "dated": dated.isoformat(), "symbol": symbol})


def _check_replaced(before: OfficialDocument | None, dated: date) -> None:
    """Raise ValidationError where the document before cannot be replaced by one of that day."""
    if before is None:
        return
    if before.state != DocumentState.ISSUED:
        raise ValidationError(_replaced_already())
    if before.dated and dated < before.dated:
        raise ValidationError({"dated": _("The date lies before that of the document it replaces.")})


def _replaced_already() -> str:
    return _("Another document has replaced that one already.")


def make_draft(run: jobs.JobRun) -> jobs.JobOutcome:
    """Job: gather the figures, freeze them, set them as a draft. The requester's right is asked again."""
    document, actor = _load(run)
    if actor is not None and not can_prepare(actor, document.unit):
        raise jobs.JobFailed(_("You may no longer have documents of this unit made."))
    run.progress(0, STEPS_BEFORE_PAGES, _("Gathering the figures"))
    content = content_of(document, wording=run.params.get("wording"), actor=actor)
    report = replace(content.paper, replaces=_replaced_by(document))
    snapshot = report.to_snapshot()
    file = _print(run, document, report, actor)

    def commit() -> None:
        if not _still_wanted(run).update(snapshot=snapshot, file=file):
            raise jobs.JobFailed(_("The draft has been asked for again since; this work is not needed any more."))
        files.remove_others(file)  # earlier ones, and what a worker left that died before it could say so
        content.keep()
        log_step(document, DocumentAction.RENDERED, actor)
        _tell_ready(document, actor)

    return jobs.JobOutcome(result_file=file, result_url=_address(document), commit=commit)


def make_again(document: OfficialDocument, actor: User, *, wording: int | None) -> None:
    """Have a draft made once more; until it is, the one that is there stays. Asks nobody's right.

    ``wording``: from the frozen figures with that version of the words; null: from the figures of now.
    """
    before = document.job
    _enqueue(document, MAKE, actor, {"again": True, "wording": wording})
    if before is not None:
        # Its result is not taken any more (``_still_wanted``); only its worker's time is saved, so it may come later.
        transaction.on_commit(lambda: jobs.cancel(before))


def _still_wanted(run: jobs.JobRun) -> QuerySet[OfficialDocument]:
    """The job's draft, unless another job was asked for since, or it is issued."""
    drafts = OfficialDocument.objects.filter(pk=run.params["document_id"], state=DocumentState.DRAFT)
    return drafts.filter(job=run.job)


def _replaced_by(document: OfficialDocument) -> Replaced | None:
    """What the paper says of the document whose place it takes."""
    before = document.supersedes
    if before is None or before.number is None or before.dated is None:
        return None
    return Replaced(number=before.number, symbol=before.symbol, dated=before.dated)


def make_issued(run: jobs.JobRun) -> jobs.JobOutcome:
    """Job: set the frozen figures once more, with number, date and the code that proves them."""
    document, actor = _load(run)
    if actor is None or not can_issue(actor, document.unit) or document.snapshot is None:
        raise jobs.JobFailed(_("You may no longer issue documents of this unit."))
    number, symbol = int(run.params["number"]), str(run.params["symbol"])
    dated = date.fromisoformat(run.params["dated"])
    run.progress(0, STEPS_BEFORE_PAGES, _("Setting number and date"))
    code = "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))
    report = _as_issued(papers.thaw(document, document.snapshot), number, symbol, dated, code)
    file = _print(run, document, report, actor)

    def commit() -> None:
        # Time has passed since the number was chosen: a job that is tried again may find it taken.
        hold_unit(document.unit_id)
        if problem := numbers.problem_of(document, number=number, symbol=symbol, dated=dated):
            raise jobs.JobFailed(problem)
        _supersede(document, actor)  # first: of two that stand in one place the database takes neither
        issued = _still_wanted(run).update(
            state=DocumentState.ISSUED,
            number=number,
            symbol=symbol,
            dated=dated,
            folded=f"{fold(document.title)[:340]} {fold(f'{number}-{symbol}')}",
            snapshot=report.to_snapshot(),
            file=file,
            verify_code=code,
            issued_by=actor,
            issued_at=clock.now(),
        )
        if not issued:
            raise jobs.JobFailed(_("Only a finished draft can be issued."))
        files.remove_others(file)
        log_step(document, DocumentAction.ISSUED, actor)
        told = _("“%(title)s” is issued.") % {"title": document.title}
        notices.tell(recipients=[actor], kind=NOTICE_KIND, text=told, url=_address(document))

    return jobs.JobOutcome(result_file=file, result_url=_address(document), commit=commit)


def _as_issued(frozen: Paper, number: int, symbol: str, dated: date, code: str) -> Paper:
    """The frozen paper with its number, its day and the code that proves it."""
    return replace(
        frozen,
        draft=False,
        head=replace(frozen.head, number=number, symbol=symbol, dated=dated),
        verification=Verification(code=code, url=f"{settings.PORTAL_URL}{reverse('reports:verify', args=[code])}"),
    )


def _supersede(document: OfficialDocument, actor: User) -> None:
    """Mark the document whose place this one takes; its row keeps everything else and its file every byte.

    Raises JobFailed where another one took that place a moment before, and then nothing is issued.
    """
    before = document.supersedes
    if before is None:
        return
    if not OfficialDocument.objects.filter(pk=before.pk, state=DocumentState.ISSUED).update(
        state=DocumentState.SUPERSEDED
    ):
        raise jobs.JobFailed(_replaced_already())
    log_step(before, DocumentAction.SUPERSEDED, actor)


def register() -> None:
    """Name the jobs, files and notices of this room and its check of numbers; called once when the portal starts."""
    jobs.register(MAKE, run=make_draft, may_see=_may_see_job)
    jobs.register(ISSUE, run=make_issued, may_see=_may_see_job)
    files.register(FILE_KIND, may_read=_may_read_file)
    numbers.register()
    notices.register(NOTICE_KIND, _("Official documents that I asked for"))
    notices.register(DRAFT_NOTICE_KIND, _("Drafts of reports that the calendar has made"))


def _may_see_job(user: User, job: Job) -> bool:
    return _prepares(user, job.params.get("document_id"))


def _may_read_file(user: User, file: StoredFile) -> bool:
    return _prepares(user, file.subject)


def _prepares(user: User, document_id: int | str | None) -> bool:
    document = OfficialDocument.objects.filter(pk=document_id or 0).select_related("unit").first()
    return document is not None and bool(can_prepare(user, document.unit))


def _enqueue(document: OfficialDocument, kind: str, actor: User | None, params: dict[str, object]) -> None:
    job = jobs.enqueue(
        kind=kind, title=document.title, params={"document_id": document.pk, **params}, requested_by=actor
    )
    OfficialDocument.objects.filter(pk=document.pk).update(job=job)


def _load(run: jobs.JobRun) -> tuple[OfficialDocument, User | None]:
    """The document and who asked for it; null where the calendar did."""
    document = (
        OfficialDocument.objects.select_related("unit", "about", "plan__unit", "supersedes")
        .filter(pk=run.params["document_id"])
        .first()
    )
    actor = run.job.requested_by
    if document is None or (actor is None and not document.automatic):
        raise jobs.JobFailed(_("The document is not there any more."))
    return document, actor


def _print(run: jobs.JobRun, document: OfficialDocument, report: Paper, actor: User | None) -> StoredFile:
    """Set the report as PDF, telling the job how many pages are laid out, and keep the file."""
    telling = Telling(run)
    telling.sets_pages()
    pdf = papers.render_pdf(report, on_progress=telling.page, on_part=telling.part)
    name = papers.file_name(document)
    return files.store(
        kind=FILE_KIND, subject=str(document.pk), name=name, content=pdf, content_type=PDF, created_by=actor
    )


def _address(document: OfficialDocument) -> str:
    return reverse("reports:document", args=[document.pk])


def log_step(
    document: OfficialDocument, action: DocumentAction, actor: User | None, *, wording: int | None = None
) -> None:
    """Write a row of the document's history; ``wording`` is the version of the words that the step made."""
    DocumentEvent.objects.create(document=document, action=action, actor=actor, wording=wording, at=clock.now())


def _tell_ready(document: OfficialDocument, actor: User | None) -> None:
    """Tell who asked for the draft, once until it is read; where the calendar did, the officers of the body."""
    if actor is not None:
        ready = _("The draft “%(title)s” is ready.") % {"title": document.title}
        notices.tell_once(recipients=[actor], kind=NOTICE_KIND, text=ready, url=_address(document))
        return
    words = _("The draft “%(title)s” of %(unit)s was made by the calendar; its figures are provisional.")
    text = words % {"title": document.title, "unit": document.unit.short_name}
    notices.tell(recipients=officers_of(document.unit), kind=DRAFT_NOTICE_KIND, text=text, url=_address(document))
