"""The first page after sign-in: a person's own work. Who does one thing only goes straight there."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import scope
from accounts.enums import RoleName
from accounts.gates import signed_in
from accounts.models import User
from activities.recording.selectors import to_record
from core import clock
from reports.progress.deadlines import Deadlines
from reports.progress.models import ProgressReport
from reports.progress.rounds import Round, overdue_in, round_of
from reports.progress.selectors import bloc_reports, own_reports, report_to_work_on, reports_awaiting_review
from units.models import Unit

MISSING_NAMED = 10
WAITING_NAMED = 5
OUTCOMES_NAMED = 3


@dataclass(frozen=True)
class OwnWork:
    """A secretary's month: the report to work on and how many days are left (negative: overdue)."""

    report: ProgressReport
    days_left: int
    returned_for: str


@dataclass(frozen=True)
class ReviewWork:
    """A reviewer's day: what waits, how far the month has come, and who is late (the first of them by unit)."""

    waiting: list[ProgressReport]
    count: int
    month: Round | None
    missing: list[ProgressReport]
    missing_left_out: int


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A secretary of one unit goes to this month's report, a leader to the dashboard, an administrator to the units.

    Officers and people of several roles find a section for each role.
    """
    user = signed_in(request)
    grants = scope.grants_of(user)
    only = _only_work(user, {grant.name for grant in grants})
    if only is not None:
        return redirect(only)
    names = {grant.name for grant in grants}
    context = {
        "own": _own_work(user) if RoleName.SECRETARY in names else [],
        "review": _review_work(user) if RoleName.OFFICER in names else None,
        "led": _units_of(user, RoleName.LEADER),
        "administered": _units_of(user, RoleName.ADMINISTRATOR),
        "bloc": bloc_reports(user) if RoleName.BLOC_HEAD in names else [],
        "has_work": bool(grants),
        **_outcomes_of(user),
    }
    return render(request, "reports/home.html", context)


def _outcomes_of(user: User) -> dict[str, object]:
    """The first outcomes that the person's own units have to record, and how many more there are."""
    waiting = to_record(user, clock.today())
    return {
        "outcomes": waiting[:OUTCOMES_NAMED],
        "outcomes_more": max(len(waiting) - OUTCOMES_NAMED, 0),
        "has_many_units": len({one.unit.pk for one in waiting}) > 1,
    }


def _only_work(user: User, names: set[str]) -> str | None:
    """The page of who does one thing only; null where there are several."""
    if names == {RoleName.SECRETARY}:
        reports = list(own_reports(user)[:24])
        is_one_unit = len({report.unit_id for report in reports}) == 1
        chosen = report_to_work_on(reports) if is_one_unit else None
        return reverse("reports:report", args=[chosen.unit.code, str(chosen.period)]) if chosen else None
    units = _units_of(user, RoleName.LEADER)
    if names == {RoleName.LEADER} and len(units) == 1:
        return dashboard_address(units[0])
    return reverse("accounts:units") if names == {RoleName.ADMINISTRATOR} else None


def dashboard_address(unit: Unit) -> str:
    """The dashboard of a unit's subtree."""
    return reverse("reports:dashboard", args=[unit.code])


def _units_of(user: User, name: str) -> list[Unit]:
    places = [grant.unit_id for grant in scope.grants_of(user) if grant.name == name]
    return list(Unit.objects.filter(pk__in=places)) if places else []


def _own_work(user: User) -> list[OwnWork]:
    by_unit: dict[int, list[ProgressReport]] = {}
    for report in own_reports(user)[:200]:
        by_unit.setdefault(report.unit_id, []).append(report)
    chosen = [one for reports in by_unit.values() if (one := report_to_work_on(reports)) is not None]
    deadlines = Deadlines({report.period for report in chosen}, of=[report.unit for report in chosen])
    works = []
    for report in chosen:
        sent_back = report.sent_back
        days = deadlines.of(report.unit, report.period).days_left(clock.today())
        works.append(OwnWork(report, days, sent_back.reason if sent_back else ""))
    return works


def _review_work(user: User) -> ReviewWork:
    waiting = reports_awaiting_review(user)
    month = round_of(user, clock.today())
    named = list(overdue_in(user, month.period, clock.today())[:MISSING_NAMED]) if month and month.absent else []
    left_out = month.absent - len(named) if month else 0
    return ReviewWork(list(waiting[:WAITING_NAMED]), waiting.count(), month, named, left_out)
