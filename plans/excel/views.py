"""A draft's sections, targets and activities as Excel workbooks, out and in; for its officers."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.gates import require, signed_in
from core.form_pages import FORM_METHODS
from core.workbooks import XLSX, write_workbook
from core.workbooks.pages import ImportPages, check_page, upload_page

from ..gates import drafted_plan
from ..models import Plan
from ..rules import can_edit
from .sheets import Sheet, sheet_of, sheets


def _asked(request: HttpRequest, plan_id: int, key: str) -> tuple[Plan, Sheet]:
    """The plan, for its officers, and the workbook. Raises Http404, PermissionDenied."""
    plan = drafted_plan(signed_in(request), plan_id)
    sheet = sheet_of(key)
    if sheet is None:
        raise Http404
    return plan, sheet


@login_required
@require_safe
def excel(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The workbooks of a draft: take one, empty or filled, and bring it back."""
    user = signed_in(request)
    plan = drafted_plan(user, plan_id)
    context = {"plan": plan, "sheets": sheets(), "may_edit": can_edit(user, plan)}
    return render(request, "plans/excel.html", context)


@login_required
@never_cache
@require_safe
def excel_export(request: HttpRequest, plan_id: int, sheet: str) -> HttpResponse:
    """A workbook filled with what stands; ``?empty=1`` only its headings."""
    plan, asked = _asked(request, plan_id, sheet)
    subjects = [] if request.GET.get("empty") == "1" else asked.subjects(plan)
    content = write_workbook(asked.resource(plan), subjects, title=str(asked.label))
    name = f"{asked.key}-{plan.pk}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def excel_import(request: HttpRequest, plan_id: int, sheet: str) -> HttpResponse:
    """Choose a workbook."""
    return upload_page(request, _pages(request, plan_id, sheet))


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def excel_check(request: HttpRequest, plan_id: int, sheet: str, file_id: int) -> HttpResponse:
    """The differences, and applying them."""
    return check_page(request, _pages(request, plan_id, sheet), file_id)


def _pages(request: HttpRequest, plan_id: int, key: str) -> ImportPages:
    """The import as this person may use it: drafts only, for issuing freezes the text."""
    plan, sheet = _asked(request, plan_id, key)
    require(can_edit(signed_in(request), plan))
    where = [plan.pk, sheet.key]
    return ImportPages(
        subject=f"plans.{sheet.key}.{plan.pk}",
        title=_("%(things)s from Excel") % {"things": sheet.label},
        explain=str(sheet.explain),
        make_resource=lambda: sheet.resource(plan),
        upload_url=reverse("plans:excel-import", args=where),
        check_url=lambda file_id: reverse("plans:excel-check", args=[*where, file_id]),
        done_url=reverse("plans:detail", args=[plan.pk]),
        done_label=plan.symbol or plan.title,
        template_url=reverse("plans:excel-export", args=where),
    )
