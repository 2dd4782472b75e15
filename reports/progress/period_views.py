"""Pages of the one calendar: the periods of a year, opening them, their days and the exceptions to these.

For administrators of the topmost unit only, because the whole tree reports by this calendar.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import scope
from accounts.enums import RoleName
from accounts.gates import signed_in
from accounts.models import User
from core import clock
from units.models import Unit

from .models import Period, PeriodDeadline
from .period_forms import DaysForm, ExceptionForm, YearForm
from .services.days import remove_deadline, reschedule_period
from .services.periods import create_periods, open_period, set_deadline

DUE_DAY, LOCK_DAY = 3, 15


def calendar_owner(user: User) -> Unit:
    """Return the topmost unit whose calendar the person keeps. Raises PermissionDenied for everyone else."""
    for unit in scope.units_for(user, RoleName.ADMINISTRATOR).filter(depth=1):
        return unit
    raise PermissionDenied


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: HttpRequest) -> HttpResponse:
    """The periods of a year (GET); make those of another year (POST)."""
    owner = calendar_owner(signed_in(request))
    if request.method != "POST":
        return _periods(request, owner, YearForm(initial=_next_year(owner)))
    form = YearForm(request.POST)
    if not form.is_valid():
        return _periods(request, owner, form, status=422)
    create_periods(owner=owner, **form.cleaned_data)
    messages.success(request, _("The periods of %(year)s are there now.") % {"year": form.cleaned_data["year"]})
    return redirect(f"{reverse('reports:periods')}?year={form.cleaned_data['year']}")


@login_required
@require_POST
def period_open(request: HttpRequest, period_id: int) -> HttpResponse:
    """Open a period, or add the units that came to owe since it was opened."""
    period = _period(request, period_id)
    if period.first_day > clock.today():
        messages.error(request, _("This period has not begun yet; it opens with its first day."))
    else:
        count = open_period(period=period)
        words = ngettext(
            "The period is open; %(count)s report was added.",
            "The period is open; %(count)s reports were added.",
            count,
        )
        messages.success(request, words % {"count": count})
    return redirect(f"{reverse('reports:periods')}?year={period.year}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def period_days(request: HttpRequest, period_id: int) -> HttpResponse:
    """Due day and lock day of one period, and who has others."""
    period = _period(request, period_id)
    initial = {"due_on": period.due_on, "locks_on": period.locks_on}
    exceptions = ExceptionForm(period=period, initial=initial, prefix="other")
    if request.method != "POST":
        return _days(request, period, DaysForm(period=period, initial=initial), exceptions)
    form = DaysForm(request.POST, period=period)
    if not form.is_valid():
        return _days(request, period, form, exceptions, status=422)
    reschedule_period(period=period, **form.cleaned_data)
    messages.success(request, _("The days of the period are changed."))
    return redirect("reports:period-days", period.pk)


@login_required
@require_POST
def period_exception(request: HttpRequest, period_id: int) -> HttpResponse:
    """Give a level or a unit other days; the same one again is a correction."""
    period = _period(request, period_id)
    form = ExceptionForm(request.POST, period=period, prefix="other")
    if not form.is_valid():
        days = DaysForm(period=period, initial={"due_on": period.due_on, "locks_on": period.locks_on})
        return _days(request, period, days, form, status=422)
    values = form.cleaned_data
    set_deadline(
        period=period,
        unit=values["unit_code"],
        level=values["level"],
        due_on=values["due_on"],
        locks_on=values["locks_on"],
    )
    messages.success(request, _("The exception is kept."))
    return redirect("reports:period-days", period.pk)


@login_required
@require_POST
def period_exception_end(request: HttpRequest, period_id: int, deadline_id: int) -> HttpResponse:
    """Take an exception back."""
    period = _period(request, period_id)
    remove_deadline(deadline=get_object_or_404(PeriodDeadline, pk=deadline_id, period=period))
    messages.success(request, _("The exception is taken back."))
    return redirect("reports:period-days", period.pk)


def _period(request: HttpRequest, period_id: int) -> Period:
    owner = calendar_owner(signed_in(request))
    return get_object_or_404(Period.objects.select_related("owner"), pk=period_id, owner=owner)


def _years(owner: Unit) -> list[int]:
    return list(Period.objects.filter(owner=owner).order_by("-year").values_list("year", flat=True).distinct())


def _next_year(owner: Unit) -> dict[str, int]:
    years = _years(owner)
    return {"year": years[0] + 1 if years else clock.today().year, "due_day": DUE_DAY, "lock_day": LOCK_DAY}


def _periods(request: HttpRequest, owner: Unit, form: YearForm, status: int = 200) -> HttpResponse:
    years = _years(owner)
    wish = request.GET.get("year", "")
    today = clock.today()
    fallback = today.year if today.year in years or not years else years[0]
    year = next((known for known in years if str(known) == wish), fallback)
    rows = Period.objects.filter(owner=owner, year=year).annotate(
        exceptions=Count("deadlines", distinct=True), asked=Count("reports", distinct=True)
    )
    context: dict[str, Any] = {
        "owner": owner,
        "years": years,
        "year": year,
        "periods": [(period, f"{period.year}-{period.month:02d}") for period in rows],
        "today": today,
        "form": form,
    }
    return render(request, "reports/progress/periods.html", context, status=status)


def _days(
    request: HttpRequest, period: Period, form: DaysForm, exceptions: ExceptionForm, status: int = 200
) -> HttpResponse:
    context = {
        "period": period,
        "code": f"{period.year}-{period.month:02d}",
        "form": form,
        "exception_form": exceptions,
        "exceptions": period.deadlines.select_related("unit").order_by("level", "unit__path"),
    }
    return render(request, "reports/progress/period_days.html", context, status=status)
