"""The two pages of every import: choose a workbook, then look at the differences and apply them, or not.

An app's view asks its gate first, at each of the two addresses and at every method, and then hands the request here.
What is too large to wait for goes to a job and comes back (``core.workbooks.background``).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.forms import AgreeForm, WorkbookForm
from core.models import StoredFile

from . import background, keeping
from .opening import WorkbookRefused
from .resource import PortalResource
from .running import NotApplied, Preview, PreviewRow, RowState, apply, preview, table_of

log = logging.getLogger(__name__)

ROWS_A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class ImportPages:
    """What an app says of one import.

    ``subject`` names it ("accounts.units"; with a number behind it where there are many: "targets.plan.7"), at most 50
    letters. ``check_url`` gives the address of the second page for an uploaded file. ``explain`` says in a sentence or
    two how rows are read. ``template_url`` is an address that gives a workbook to begin with; ``made_here``: only that
    one is taken. ``background``: the import's name and the words from which a job makes these pages again (empty: no
    workbook of it is large).
    """

    subject: str
    title: str
    explain: str
    make_resource: Callable[[], PortalResource]
    upload_url: str
    check_url: Callable[[int], str]
    done_url: str
    done_label: str
    template_url: str = ""
    made_here: bool = False
    background: tuple[str, ...] = ()

    @cached_property
    def resource(self) -> PortalResource:
        """The rows, made once: it may read much."""
        return self.make_resource()


def upload_page(request: HttpRequest, pages: ImportPages) -> HttpResponse:
    """Choose a workbook (GET) and go on to its differences (POST)."""
    if request.method != "POST":
        return _upload(request, pages, WorkbookForm())
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload(request, pages, form, status=422)
    upload = form.cleaned_data["file"]
    try:
        table = table_of(pages.resource, upload)
    except WorkbookRefused as refused:
        form.add_error("file", str(refused))
        return _upload(request, pages, form, status=422)
    upload.seek(0)
    file = keeping.keep(subject=pages.subject, name=upload.name, content=upload.read(), user=request.user)
    if background.is_large(pages, table):
        return redirect("core:job", background.ask_preview(pages, file, rows=len(table.rows), user=request.user).pk)
    return redirect(pages.check_url(file.pk))


def check_page(request: HttpRequest, pages: ImportPages, file_id: int) -> HttpResponse:
    """Show the differences of an uploaded workbook (GET); apply them or give up (POST)."""
    file = keeping.kept(subject=pages.subject, file_id=file_id, user=request.user)
    if file is None:
        messages.info(request, _("The workbook is no longer kept. Choose it again."))
        return redirect(pages.upload_url)
    at_work = background.job_at_work(file)
    if at_work is not None:
        return redirect("core:job", at_work.pk)
    try:
        if request.method != "POST":
            return _look(request, pages, file)
        if "give_up" in request.POST:
            keeping.discard(file)
            messages.info(request, _("Nothing was applied."))
            return redirect(pages.upload_url)
        return _apply(request, pages, file)
    except (WorkbookRefused, FileNotFoundError) as gone:
        log.warning("An uploaded workbook cannot be read any more: %s", gone)
        messages.error(request, _("The workbook is no longer kept. Choose it again."))
        return redirect(pages.upload_url)


def _look(request: HttpRequest, pages: ImportPages, file: StoredFile) -> HttpResponse:
    """Show what a job has found, or find it now."""
    known = keeping.kept_preview(file)
    if known is not None:
        found, stale = known
        return _check(request, pages, file, found, stale=stale)
    with file.content.open("rb") as content:
        return _check(request, pages, file, preview(pages.resource, content, user=request.user))


def _apply(request: HttpRequest, pages: ImportPages, file: StoredFile) -> HttpResponse:
    form = AgreeForm(request.POST)
    agreed = form.cleaned_data["fingerprint"] if form.is_valid() else ""
    known = keeping.kept_preview(file)
    if known is not None:
        rows = len(known[0].rows)
        return redirect(
            "core:job", background.ask_apply(pages, file, fingerprint=agreed, rows=rows, user=request.user).pk
        )
    try:
        with file.content.open("rb") as content:
            done = apply(pages.resource, content, user=request.user, fingerprint=agreed)
    except NotApplied as refused:
        return _check(request, pages, file, refused.preview, stale=True, status=409)
    keeping.discard(file)
    count = len(done.new) + len(done.changed)
    messages.success(
        request,
        ngettext("Applied: %(count)s row was written.", "Applied: %(count)s rows were written.", count)
        % {"count": count},
    )
    return redirect(pages.done_url)


def _upload(request: HttpRequest, pages: ImportPages, form: WorkbookForm, status: int = 200) -> HttpResponse:
    columns = [] if pages.made_here else list(pages.resource.columns.values())
    context: dict[str, Any] = {"pages": pages, "form": form, "columns": columns}
    return render(request, "core/workbook_upload.html", context, status=status)


def _check(
    request: HttpRequest,
    pages: ImportPages,
    file: StoredFile,
    found: Preview,
    *,
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    page = Paginator([*found.errors, *found.changed, *found.new], ROWS_A_PAGE).get_page(request.GET.get("page"))
    listed: list[PreviewRow] = list(page.object_list)
    context = {
        "pages": pages,
        "file": file,
        "preview": found,
        "page": page,
        "listed": {str(state): [row for row in listed if row.state == state] for state in RowState},
        "stale": stale,
        "agree": AgreeForm(initial={"fingerprint": found.fingerprint}),
    }
    return render(request, "core/workbook_preview.html", context, status=status)
