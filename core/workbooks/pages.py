"""The two pages of every import: choose a workbook, then look at the differences and apply them, or not.

An app's view asks its gate first, at each of the two addresses and at every method, and then hands the request here.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.forms import AgreeForm, WorkbookForm
from core.models import StoredFile

from . import keeping
from .reading import WorkbookRefused
from .resource import PortalResource
from .running import NotApplied, Preview, apply, preview, table_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class ImportPages:
    """What an app says of one import.

    ``subject`` names it ("accounts.units"; with a number behind it where there are many: "targets.plan.7"), at most 50
    letters. ``check_url`` gives the address of the second page for an uploaded file. ``explain`` says in a sentence or
    two how rows are read. ``template_url`` is an address that gives a workbook to begin with.
    """

    subject: str
    title: str
    explain: str
    resource: PortalResource
    upload_url: str
    check_url: Callable[[int], str]
    done_url: str
    done_label: str
    template_url: str = ""


def upload_page(request: HttpRequest, pages: ImportPages) -> HttpResponse:
    """Choose a workbook (GET) and go on to its differences (POST)."""
    if request.method != "POST":
        return _upload(request, pages, WorkbookForm())
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload(request, pages, form, status=422)
    upload = form.cleaned_data["file"]
    try:
        table_of(pages.resource, upload)
    except WorkbookRefused as refused:
        form.add_error("file", str(refused))
        return _upload(request, pages, form, status=422)
    upload.seek(0)
    file = keeping.keep(subject=pages.subject, name=upload.name, content=upload.read(), user=request.user)
    return redirect(pages.check_url(file.pk))


def check_page(request: HttpRequest, pages: ImportPages, file_id: int) -> HttpResponse:
    """Show the differences of an uploaded workbook (GET); apply them or give up (POST)."""
    file = keeping.kept(subject=pages.subject, file_id=file_id, user=request.user)
    if file is None:
        messages.info(request, _("The workbook is no longer kept. Choose it again."))
        return redirect(pages.upload_url)
    try:
        if request.method != "POST":
            with file.content.open("rb") as content:
                found = preview(pages.resource, content, user=request.user)
            return _check(request, pages, file, found)
        if "give_up" in request.POST:
            keeping.discard(file)
            messages.info(request, _("Nothing was applied."))
            return redirect(pages.upload_url)
        return _apply(request, pages, file)
    except (WorkbookRefused, FileNotFoundError) as gone:
        log.warning("An uploaded workbook cannot be read any more: %s", gone)
        messages.error(request, _("The workbook is no longer kept. Choose it again."))
        return redirect(pages.upload_url)


def _apply(request: HttpRequest, pages: ImportPages, file: StoredFile) -> HttpResponse:
    form = AgreeForm(request.POST)
    agreed = form.cleaned_data["fingerprint"] if form.is_valid() else ""
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
    context: dict[str, Any] = {"pages": pages, "form": form, "columns": pages.resource.columns.values()}
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
    context = {
        "pages": pages,
        "file": file,
        "preview": found,
        "stale": stale,
        "agree": AgreeForm(initial={"fingerprint": found.fingerprint}),
    }
    return render(request, "core/workbook_preview.html", context, status=status)
