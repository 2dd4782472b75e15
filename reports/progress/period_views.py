"""Pages of the calendar: the periods of a year, opening them, and the days on which units hand in.

Administrators of the topmost unit keep the calendar itself, because the whole tree reports by it. Administrators of a
body beneath say when the units of their own subtree hand in (``?unit=`` chooses among several bodies).
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.gates import require, signed_in
from core import clock
from reports.rollups.nightly import is_keeper, last_audit

from . import period_selectors as selectors
from .deadlines import Deadline, Deadlines
from .models import DeadlineRule, Period, PeriodDeadline
from .period_forms import BoundsForm, DaysForm, PartDaysForm, RuleForm, YearForm
from .period_selectors import Keeper
from .services.bounds import move_bounds
from .services.days import remove_deadline, reschedule_period, set_deadline
from .services.periods import create_periods, open_period
from .services.standing_days import end_rule, keep_rule

DUE_DAY, LOCK_DAY = 3, 15
UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: HttpRequest) -> HttpResponse:
    """The periods of a year (GET); make those of another year (POST)."""
    keeper = _keeper(request)
    if request.method != "POST":
        return _periods(request, keeper)
    require(keeper.keeps_calendar)
    form = YearForm(request.POST)
    if not form.is_valid():
        return _periods(request, keeper, year_form=form)
    create_periods(owner=keeper.owner, **form.cleaned_data)
    messages.success(request, _("The periods of %(year)s are there now.") % {"year": form.cleaned_data["year"]})
    return redirect(_address(keeper, "reports:periods", year=form.cleaned_data["year"]))


@login_required
@require_POST
def rule_keep(request: HttpRequest) -> HttpResponse:
    """Keep standing days of a part of the body's subtree; the same part again is a correction."""
    keeper = _keeper(request)
    form = RuleForm(request.POST, body=keeper.body, prefix="rule")
    if not _done(form, lambda values: keep_rule(by=keeper.body, **values)):
        return _periods(request, keeper, rule_form=form)
    messages.success(request, _("These days hold for every month that is opened from now on."))
    return redirect(_address(keeper, "reports:periods"))


@login_required
@require_POST
def rule_end(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Take standing days back."""
    keeper = _keeper(request)
    rule: DeadlineRule = get_object_or_404(selectors.rules_beneath(keeper.body), pk=rule_id)
    told = _("The standing days are taken back; months that are open keep them.")
    _take_back(request, lambda: end_rule(rule=rule, by=keeper.body), told)
    return redirect(_address(keeper, "reports:periods"))


@login_required
@require_POST
def period_open(request: HttpRequest, period_id: int) -> HttpResponse:
    """Open a period, or add the units that came to owe since it was opened."""
    keeper, period = _period(request, period_id)
    require(keeper.keeps_calendar)
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
    return redirect(_address(keeper, "reports:periods", year=period.year))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def period_days(request: HttpRequest, period_id: int) -> HttpResponse:
    """Due day and lock day of one period beneath the body, and who has others."""
    keeper, period = _period(request, period_id)
    if request.method != "POST":
        return _days(request, keeper, period)
    form = DaysForm(request.POST, period=period)

    def change(values: dict[str, Any]) -> None:
        if keeper.keeps_calendar:
            reschedule_period(period=period, **values)
        else:
            set_deadline(period=period, unit=keeper.body, by=keeper.body, **values)

    if not _done(form, change):
        return _days(request, keeper, period, form=form)
    messages.success(request, _("The days of the period are changed."))
    return redirect(_address(keeper, "reports:period-days", period.pk))


@login_required
@require_POST
def period_bounds(request: HttpRequest, period_id: int) -> HttpResponse:
    """First and last day of one period; the months beside it follow."""
    keeper, period = _period(request, period_id)
    require(keeper.keeps_calendar)
    form = BoundsForm(request.POST)
    if not _done(form, lambda values: move_bounds(period=period, **values)):
        return _days(request, keeper, period, bounds_form=form)
    messages.success(request, _("The period has its new first and last day; the months beside it follow."))
    return redirect(_address(keeper, "reports:period-days", period.pk))


@login_required
@require_POST
def period_part(request: HttpRequest, period_id: int) -> HttpResponse:
    """Give a part of the body's subtree other days; the same part again is a correction."""
    keeper, period = _period(request, period_id)
    form = PartDaysForm(request.POST, period=period, body=keeper.body, prefix="other")
    if not _done(form, lambda values: set_deadline(period=period, by=keeper.body, **values)):
        return _days(request, keeper, period, part_form=form)
    messages.success(request, _("The other days are kept."))
    return redirect(_address(keeper, "reports:period-days", period.pk))


@login_required
@require_POST
def period_part_end(request: HttpRequest, period_id: int, deadline_id: int) -> HttpResponse:
    """Take other days back. Standing days of a month that is not open would come again: those are ended themselves."""
    keeper, period = _period(request, period_id)
    beneath = PeriodDeadline.objects.filter(period=period, unit__path__startswith=keeper.body.path)
    if period.opened_at is None:
        beneath = beneath.filter(rule__isnull=True)
    row = get_object_or_404(beneath, pk=deadline_id)
    _take_back(request, lambda: remove_deadline(deadline=row, by=keeper.body), _("The other days are taken back."))
    return redirect(_address(keeper, "reports:period-days", period.pk))


def _take_back(request: HttpRequest, act: Callable[[], None], told: str) -> None:
    try:
        act()
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, told)


def _keeper(request: HttpRequest) -> Keeper:
    """Raises PermissionDenied for who administers nothing, Http404 for a body that is not the person's."""
    keeper = selectors.keeper_for(signed_in(request), request.GET.get("unit", ""))
    if keeper is None:
        raise PermissionDenied
    return keeper


def _period(request: HttpRequest, period_id: int) -> tuple[Keeper, Period]:
    keeper = _keeper(request)
    return keeper, get_object_or_404(Period.objects.select_related("owner"), pk=period_id, owner=keeper.owner)


def _address(keeper: Keeper, name: str, *args: int, **query: int) -> str:
    """The page again, for the same body where there are several."""
    words: dict[str, Any] = dict(query)
    if len(keeper.bodies) > 1:
        words["unit"] = keeper.body.code
    return reverse(name, args=args) + (f"?{urlencode(words)}" if words else "")


def _done(form: Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Do it with what the form says; where the form or the service refuses, the sentences stand at the fields."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused)
    return not form.errors


def _periods(
    request: HttpRequest, keeper: Keeper, *, year_form: YearForm | None = None, rule_form: RuleForm | None = None
) -> HttpResponse:
    years = selectors.years_of(keeper.owner)
    today = clock.today()
    fallback = today.year if today.year in years or not years else years[0]
    year = next((known for known in years if str(known) == request.GET.get("year", "")), fallback)
    next_year = {"year": years[0] + 1 if years else today.year, "due_day": DUE_DAY, "lock_day": LOCK_DAY}
    sees_audit = is_keeper(signed_in(request))
    context: dict[str, Any] = {
        "keeper": keeper,
        "years": years,
        "year": year,
        "months": selectors.month_rows(keeper, year),
        "today": today,
        "rules": selectors.rules_beneath(keeper.body),
        "units": selectors.units_offered(keeper.body),
        "sees_audit": sees_audit,
        "audit": last_audit() if sees_audit else None,
        "form": year_form or YearForm(initial=next_year),
        "rule_form": rule_form or RuleForm(body=keeper.body, prefix="rule"),
    }
    status = UNPROCESSABLE if year_form or rule_form else 200
    return render(request, "reports/progress/periods.html", context, status=status)


def _days(
    request: HttpRequest,
    keeper: Keeper,
    period: Period,
    *,
    form: DaysForm | None = None,
    bounds_form: BoundsForm | None = None,
    part_form: PartDaysForm | None = None,
) -> HttpResponse:
    deadlines = Deadlines([period], of=())
    days = _as_initial(deadlines.beneath(keeper.body, period))
    bounds = {"first_day": period.first_day, "last_day": period.last_day}
    context: dict[str, Any] = {
        "keeper": keeper,
        "period": period,
        "above": deadlines.above(keeper.body, period),
        "form": form or DaysForm(period=period, initial=days),
        "bounds_form": bounds_form or BoundsForm(initial=bounds),
        "part_form": part_form or PartDaysForm(period=period, body=keeper.body, initial=days, prefix="other"),
        "parts": selectors.part_rows(keeper, period),
        "extensions": selectors.extensions_beneath(keeper, period),
        "units": selectors.units_offered(keeper.body),
    }
    status = UNPROCESSABLE if form or bounds_form or part_form else 200
    return render(request, "reports/progress/period_days.html", context, status=status)


def _as_initial(days: Deadline) -> dict[str, Any]:
    return {"due_on": days.due_on, "locks_on": days.locks_on}
