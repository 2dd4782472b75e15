"""The pages of the grid's workbook: take it, choose it filled in, look at the differences, apply them."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.gates import require, signed_in
from accounts.models import User
from core.form_pages import FORM_METHODS
from core.workbooks import XLSX
from core.workbooks.background import register_import
from core.workbooks.pages import ImportPages, check_page, upload_page

from .excel import SharesResource
from .grid import grid_or_404
from .workbook import shares_workbook

SHARES_IMPORT = "targets.shares"


@login_required
@never_cache
@require_safe
def shares_export(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The grid as it stands; open to type in for who hands down."""
    grid = grid_or_404(signed_in(request), plan_id)
    if not grid.line.receivers:
        raise Http404
    name = f"giao-chi-tieu-{grid.plan.pk}-{grid.line.base.code.lower()}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(shares_workbook(SharesResource(grid)), content_type=XLSX, headers=headers)


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def shares_import(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Choose the workbook."""
    return upload_page(request, shares_pages(signed_in(request), str(plan_id)))


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def shares_check(request: HttpRequest, plan_id: int, file_id: int) -> HttpResponse:
    """The differences, unit by unit, and handing them down."""
    return check_page(request, shares_pages(signed_in(request), str(plan_id)), file_id)


def shares_pages(user: User, plan_id: str) -> ImportPages:
    """The import as this person may use it. Raises Http404, PermissionDenied."""
    grid = grid_or_404(user, int(plan_id))
    require(grid.line.may_hand_down)
    plan = grid.plan
    return ImportPages(
        subject=f"targets.shares.{plan.pk}.{grid.line.base.pk}",
        title=_("Hand down from Excel"),
        explain=_(
            "One row for each unit. What differs from the share in force is handed down from the day of its row on; "
            "a blank cell changes nothing."
        ),
        make_resource=lambda: SharesResource(grid),
        upload_url=reverse("targets:shares-import", args=[plan.pk]),
        check_url=lambda file_id: reverse("targets:shares-check", args=[plan.pk, file_id]),
        done_url=reverse("targets:allocations", args=[plan.pk]),
        done_label=_("Shares handed down"),
        template_url=reverse("targets:shares-export", args=[plan.pk]),
        made_here=True,
        background=(SHARES_IMPORT, plan_id),
    )


def register() -> None:
    """Name the import, whose workbooks may be large; called once when the app is ready."""
    register_import(SHARES_IMPORT, shares_pages)
