"""The calendar as it is looked at as a workbook; outcomes of an activity that many units do, out and in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import RoleName
from accounts.gates import require, signed_in
from accounts.models import User
from accounts.scope import holds
from core import clock
from core.form_pages import FORM_METHODS
from core.workbooks import XLSX, write_workbook
from core.workbooks.background import register_import
from core.workbooks.pages import ImportPages, check_page, upload_page

from ..calendar_views import look_at, rows_of
from ..enums import Scope
from ..models import Activity
from ..selectors import activities_visible_to, by_time, with_details
from .calendar import MOST_ROWS, CalendarResource, done_in
from .outcomes import OutcomesResource, outcomes_workbook

OUTCOMES_IMPORT = "activities.outcomes"
OF_MANY = (Scope.ALL_UNITS, Scope.BLOC)


@login_required
@never_cache
@require_safe
def calendar_export(request: HttpRequest) -> HttpResponse:
    """What a view of the calendar shows, as it is narrowed there; ``?view=`` names the view, else the list."""
    asked, found, name = look_at(request, request.GET.get("view", ""))
    resource = CalendarResource(done_in(found, signed_in(request)), clock.today())
    rows, _marks = rows_of(request, asked, by_time(found))
    content = write_workbook(resource, rows[: MOST_ROWS + 1], title=_("Calendar of activities"))
    whose = asked.wishes.unit.code.lower() if asked.wishes.unit else "tat-ca"
    return _workbook(content, f"lich-hoat-dong-{whose}-{name}.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _activity(user: User, item_id: int) -> Activity:
    """An activity that many units do, for an officer of its body. Raises Http404, PermissionDenied."""
    activity = get_object_or_404(with_details(activities_visible_to(user)), pk=item_id)
    if activity.scope not in OF_MANY:
        raise Http404
    require(holds(user, activity.unit, RoleName.OFFICER))
    return activity


@login_required
@never_cache
@require_safe
def outcomes_export(request: HttpRequest, item_id: int) -> HttpResponse:
    """The outcomes as they stand, a row for each unit, to be filled in."""
    user = signed_in(request)
    activity = _activity(user, item_id)
    return _workbook(outcomes_workbook(OutcomesResource(activity, user)), f"ket-qua-hoat-dong-{activity.pk}.xlsx")


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def outcomes_import(request: HttpRequest, item_id: int) -> HttpResponse:
    """Choose the workbook."""
    return upload_page(request, outcomes_pages(signed_in(request), str(item_id)))


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def outcomes_check(request: HttpRequest, item_id: int, file_id: int) -> HttpResponse:
    """The differences, unit by unit, and recording them."""
    return check_page(request, outcomes_pages(signed_in(request), str(item_id)), file_id)


def outcomes_pages(user: User, item_id: str) -> ImportPages:
    """The import as this person may use it. Raises Http404, PermissionDenied."""
    activity = _activity(user, int(item_id))
    return ImportPages(
        subject=f"activities.outcomes.{activity.pk}",
        title=_("Outcomes from Excel"),
        explain=_(
            "One row for each unit: the day, the people and the figures of “%(name)s”. A blank cell changes nothing; "
            "either all of it is recorded or nothing."
        )
        % {"name": activity.name},
        make_resource=lambda: OutcomesResource(activity, user),
        upload_url=reverse("activities:outcomes-import", args=[activity.pk]),
        check_url=lambda file_id: reverse("activities:outcomes-check", args=[activity.pk, file_id]),
        done_url=reverse("activities:detail", args=[activity.pk]),
        done_label=activity.name,
        template_url=reverse("activities:outcomes-workbook", args=[activity.pk]),
        made_here=True,
        background=(OUTCOMES_IMPORT, str(activity.pk)),
    )


def register() -> None:
    """Name the import, whose workbooks may be large; called once when the app is ready."""
    register_import(OUTCOMES_IMPORT, outcomes_pages)
