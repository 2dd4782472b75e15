"""The pages of the two workbooks: take one, choose it filled in, look at the differences, apply them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
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
from reports.progress import rules, selectors
from reports.progress.models import Period
from reports.progress.notices import address_of, month_name

from .export import month_workbook, unit_workbook
from .months import period_or_404, reports_in_reach
from .resources import MonthResource, UnitResource

MONTH_IMPORT = "reports.month"


@login_required
@never_cache
@require_safe
def unit_export(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """One unit's month, as it stands; open to type in for who enters it."""
    user = signed_in(request)
    found = selectors.report_or_404(user, code, month)
    require(rules.can_read.test(user, found))
    return _workbook(unit_workbook(UnitResource(user, found), found, user), f"bao-cao-{month}-{code.lower()}")


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def unit_import(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Choose one unit's workbook."""
    return upload_page(request, _unit_pages(signed_in(request), code, month))


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def unit_check(request: HttpRequest, code: str, month: str, file_id: int) -> HttpResponse:
    """The differences of one unit's workbook, and applying them."""
    return check_page(request, _unit_pages(signed_in(request), code, month), file_id)


def _unit_pages(user: User, code: str, month: str) -> ImportPages:
    found = selectors.report_or_404(user, code, month)
    require(rules.can_enter.test(user, found))
    is_own = rules.is_its_secretary.test(user, found)
    told = {"month": month_name(found.period), "unit": found.unit.short_name}
    return ImportPages(
        subject=f"reports.unit.{found.pk}",
        title=_("Report of %(month)s from Excel") % told,
        explain=_(
            "%(unit)s. The figures are kept as a draft; nothing is submitted. A blank cell changes nothing, and 0 is 0."
        )
        % told,
        make_resource=lambda: UnitResource(user, found),
        upload_url=reverse("reports:unit-import", args=[code, month]),
        check_url=lambda file_id: reverse("reports:unit-check", args=[code, month, file_id]),
        done_url=address_of(found) + ("" if is_own else "?enter=1"),
        done_label=_("Report of %(month)s") % told,
        template_url=reverse("reports:unit-workbook", args=[code, month]),
        made_here=True,
    )


@login_required
@never_cache
@require_safe
def month_export(request: HttpRequest, month: str) -> HttpResponse:
    """The month of all units whose figures the person reads, as it stands; open to type in where he enters them."""
    user = signed_in(request)
    require(rules.reads_figures_somewhere(user))
    period = period_or_404(user, month)
    resource = MonthResource(user, period, reports_in_reach(user, period))
    return _workbook(month_workbook(resource, user), f"so-lieu-{month}")


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def month_import(request: HttpRequest, month: str) -> HttpResponse:
    """Choose a whole month's workbook."""
    return upload_page(request, month_pages(signed_in(request), month))


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def month_check(request: HttpRequest, month: str, file_id: int) -> HttpResponse:
    """The differences of a whole month's workbook, and applying them."""
    return check_page(request, month_pages(signed_in(request), month), file_id)


def month_pages(user: User, month: str) -> ImportPages:
    """The import of a whole month as this person may use it. Raises PermissionDenied, Http404."""
    require(rules.enters_somewhere(user))
    period = period_or_404(user, month)
    return ImportPages(
        subject=f"reports.month.{period.pk}",
        title=_("Figures of %(month)s from Excel") % {"month": month_name(period)},
        explain=_(
            "One row for each unit. The figures are kept as drafts of these units; nothing is submitted. "
            "A blank cell changes nothing, and 0 is 0."
        ),
        make_resource=lambda: _month_resource(user, period),
        upload_url=reverse("reports:month-import", args=[month]),
        check_url=lambda file_id: reverse("reports:month-check", args=[month, file_id]),
        done_url=reverse("reports:lateness"),
        done_label=_("Who is late"),
        template_url=reverse("reports:month-workbook", args=[month]),
        made_here=True,
        background=(MONTH_IMPORT, month),
    )


def _month_resource(user: User, period: Period) -> MonthResource:
    return MonthResource(user, period, reports_in_reach(user, period))


def _workbook(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )


def register() -> None:
    """Name the import whose workbooks may be large; called once when the app is ready."""
    register_import(MONTH_IMPORT, month_pages)
