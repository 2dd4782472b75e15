"""Pages of the register: the list, asking for a report, one document, and the public check of its code."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.gates import require, signed_in
from core import clock
from core.limits import asks_too_often
from core.models import JobState
from core.workbooks import XLSX, write_workbook
from reports.enums import Basis, DocumentState

from . import papers, selectors, services
from .building import spans_up_to
from .copies import DOCX
from .forms import IssueForm, RequestForm
from .models import OfficialDocument
from .numbers import next_number
from .register import Offered, Wish, narrow
from .resources import MOST_ROWS, RegisterResource
from .rules import can_issue, can_prepare, prepares_any
from .wording.beside import words_beside

DOCUMENTS_A_PAGE = 30
CHECKS_IN_FIVE_MINUTES = 60


@login_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register of documents, newest first, and the form that asks for a new one."""
    user = signed_in(request)
    require(prepares_any(user))
    return _register(request, _request_form(request))


@login_required
@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The register as it is looked at, as an Excel workbook."""
    user = signed_in(request)
    require(prepares_any(user))
    found = narrow(selectors.documents_visible_to(user).select_related("issued_by"), Wish.of(request.GET))
    documents = selectors.with_replacements(found)[: MOST_ROWS + 1]
    content = write_workbook(RegisterResource(), documents, title=_("Register"))
    name = f"so-van-ban-{clock.today():%Y-%m-%d}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@login_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have a report made; goes to the page that shows how far it is."""
    user = signed_in(request)
    require(prepares_any(user))
    form = _request_form(request, request.POST)
    if not form.is_valid():
        return _register(request, form, status=422)
    wish = form.cleaned_data
    document = services.request_report(actor=user, unit=wish["unit"], span=wish["span"], basis=wish["basis"])
    document.refresh_from_db(fields=["job"])
    return redirect("core:job", document.job_id)


@login_required
@require_safe
def document_page(request: HttpRequest, document_id: int) -> HttpResponse:
    """One document: its facts, its file, its history, and issuing it for those who may."""
    document = selectors.get_document(signed_in(request), document_id)
    return _document(request, document, _issue_form(document))


@login_required
@require_safe
def document_pdf(request: HttpRequest, document_id: int) -> HttpResponse:
    """Lead to the file as it is now: a draft that is made again leaves pages open that were opened before."""
    document = selectors.get_document(signed_in(request), document_id)
    if document.file_id is None:
        raise Http404(document_id)
    return redirect("core:file", document.file_id)


@login_required
@require_safe
def document_word(request: HttpRequest, document_id: int) -> HttpResponse:
    """The document as Word, made from its frozen figures."""
    return _copy(request, document_id, "docx", DOCX)


@login_required
@require_safe
def document_excel(request: HttpRequest, document_id: int) -> HttpResponse:
    """The document's tables as Excel, made from its frozen figures."""
    return _copy(request, document_id, "xlsx", XLSX)


@login_required
@require_POST
def issue(request: HttpRequest, document_id: int) -> HttpResponse:
    """Issue the draft under a number; goes to the page that shows how far it is."""
    user = signed_in(request)
    document = selectors.get_document(user, document_id)
    require(can_issue(user, document.unit))
    form = _issue_form(document, request.POST)
    if not form.is_valid():
        return _document(request, document, form, status=422)
    try:
        services.request_issue(actor=user, document=document, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None if not hasattr(error, "error_dict") else next(iter(error.error_dict)), error.messages)
        return _document(request, document, form, status=422)
    messages.success(request, _("The document gets its number now."))
    document.refresh_from_db(fields=["job"])
    return redirect("core:job", document.job_id)


@login_required
@require_POST
def replace(request: HttpRequest, document_id: int) -> HttpResponse:
    """Have a draft made that shall take the place of an issued document; goes to the page of its job."""
    user = signed_in(request)
    document = selectors.get_document(user, document_id)
    try:
        draft = services.request_replacement(actor=user, document=document)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("reports:document", document.pk)
    draft.refresh_from_db(fields=["job"])
    return redirect("core:job", draft.job_id)


@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """For strangers: number, date, unit and checksum of an issued document, what replaced it, and nothing else.

    Not many at once.
    """
    if asks_too_often(request, "verify", CHECKS_IN_FIVE_MINUTES):
        return render(request, "429.html", status=429)
    known = OfficialDocument.objects.exclude(state=DocumentState.DRAFT).select_related("unit", "file")
    document = known.filter(verify_code=code.upper()).first()
    if document is None:
        return render(request, "reports/documents/verify_unknown.html", status=404)
    context = {"document": document, "replacement": selectors.replacement_of(document)}
    return render(request, "reports/documents/verify.html", context)


def _request_form(request: HttpRequest, data: object = None) -> RequestForm:
    user = signed_in(request)
    initial = {
        "unit": request.GET.get("unit"),
        "span": request.GET.get("span"),
        "basis": request.GET.get("basis", Basis.OFFICIAL),
    }
    return RequestForm(
        data,
        initial=initial,
        units=selectors.units_that_report_on_paper(user),
        spans=spans_up_to(selectors.months_opened()),
    )


def _issue_form(document: OfficialDocument, data: object = None) -> IssueForm:
    borne, today = papers.number_borne(document), clock.today()
    number, dated = borne or (next_number(document, today.year), today)
    return IssueForm(data, initial={"number": number, "dated": dated}, is_fixed=borne is not None)


def _copy(request: HttpRequest, document_id: int, ending: str, content_type: str) -> HttpResponse:
    document = selectors.get_document(signed_in(request), document_id)
    if ending not in selectors.copies_of(document):
        raise Http404(document_id)
    content = papers.render_copy(selectors.frozen_paper(document), ending)
    name = papers.file_name(document, ending)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


def _register(request: HttpRequest, form: RequestForm, status: int = 200) -> HttpResponse:
    visible, wish = selectors.documents_visible_to(signed_in(request)), Wish.of(request.GET)
    found = selectors.with_replacements(narrow(visible, wish))
    context = {
        "page": Paginator(found, DOCUMENTS_A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "wish": wish,
        "offered": Offered.of(visible),
        "states": DocumentState.choices,
    }
    return render(request, "reports/documents/register.html", context, status=status)


def _document(request: HttpRequest, document: OfficialDocument, form: IssueForm, status: int = 200) -> HttpResponse:
    job = document.job
    at_work = job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)
    is_draft = document.state == DocumentState.DRAFT and document.snapshot is not None
    prepares = bool(can_prepare(signed_in(request), document.unit))
    context = {
        "document": document,
        "events": document.events.select_related("actor"),
        "may_issue": is_draft and bool(can_issue(signed_in(request), document.unit)),
        "may_replace": document.state == DocumentState.ISSUED and prepares,
        "may_make_again": is_draft and prepares and not at_work,
        "copies": selectors.copies_of(document),
        "words": words_beside(document, signed_in(request)),
        "standard": selectors.standard_of(document),
        "replacement": selectors.replacement_of(document),
        "at_work": at_work,
        "form": form,
    }
    return render(request, "reports/documents/document.html", context, status=status)
