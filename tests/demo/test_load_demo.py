"""The demonstration year in the database: loaded once, whole, the same on every machine.

One load serves all tests of this module; it is interrupted on the way, so that all of them also stand
for a load that was finished later.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.test import override_settings

from accounts.models import Role, User
from activities.models import Activity, Participation
from activities.selectors import is_overdue, outcomes_for
from core import clock
from core.models import Notice
from doan_portal.demo.loading import load
from plans.models import Plan, PlanEvent, Section
from reports.enums import Timeliness
from reports.progress.asked import asked_of, asking_once
from reports.progress.deadlines import Deadlines, timeliness
from reports.progress.models import Narrative, Period, ProgressEntry, ProgressReport, Reminder, ReportEvent
from reports.progress.selectors import reports_awaiting_review
from reports.progress.warnings import warnings_for
from reports.rollups.audit import audit_rollups
from reports.rollups.models import DirtyMark
from reports.rollups.selectors import target_results
from targets.models import Allocation, Indicator, Target
from units.models import BlocMembership, Headcount, Succession, Unit

pytestmark = pytest.mark.django_db

FIGURES = "b5315043d229d2ffad305c3a8042e8af9b07b4e4fb418acce681efc0d191abc7"
EVENTS = "f4c924621913674ab0be478bb74d823eb00a188db5f4bb2e8c37ef237f186d4e"

STATUSES = {
    "met": "1.1a 1.3b 1.3c 1.4a 1.4b 1.5a 1.10 1.11a 1.11b 2.4 2.8a",
    "exceeded": "1.3a",
    "on_track": "1.4c 1.6a 1.7 1.8a 1.8c 1.9 2.5",
    "at_risk": "1.6b 2.6 IV.2.1",
    "behind": "1.8b 2.3 2.7",
    "missed": "1.2",
    "no_data": "1.5b",
    "not_due": "1.1b 1.12 2.9 2.10 2.11 2.12 IV.4",
}


class Interrupted(Exception):
    """What stops the first load between two months."""


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[list[str]]:
    """The demo, loaded in two goes inside a transaction that is rolled back after the module; what was said."""
    said: list[str] = []

    def tell(line: str) -> None:
        said.append(line)
        if line.startswith("2024-03") and said.count(line) == 1:
            raise Interrupted

    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, PORTAL_TODAY=date(2024, 10, 5)),
        transaction.atomic(),
    ):
        with pytest.raises(Interrupted):
            load(tell=tell)
        load(tell=tell)
        yield said
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def demo_mode(settings):
    settings.DEMO = True


def period(month: int) -> Period:
    return Period.objects.get(year=2024, month=month)


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def digest(rows) -> str:
    """SHA-256 of rows in the same spelling on every database."""

    def spelled(value) -> str:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)

    lines = sorted("|".join(spelled(value) for value in row) for row in rows)  # databases sort text differently
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def states(**units) -> Counter:
    return Counter(ProgressReport.objects.filter(**units).values_list("state", flat=True))


def test_load_goes_on_where_it_was_interrupted(loaded):
    assert loaded == [
        "Bodies, people, plans and calendar …",
        "2024-01 …",
        "2024-02 …",
        "2024-03 …",
        *(f"2024-{month:02d} …" for month in range(3, 10)),
        "Totals …",
    ]


def test_second_run_changes_nothing_and_says_so(loaded):
    def counts() -> list[int]:
        tables = (Unit, User, Role, Plan, Target, Allocation, Activity, Participation, ReportEvent, ProgressEntry)
        return [table.objects.count() for table in tables]

    before, out = counts(), StringIO()
    call_command("load_demo", stdout=out)
    call_command("load_demo", "--quiet", stdout=out)
    assert out.getvalue() == "The demo is loaded already; nothing was changed.\n"
    assert counts() == before


def test_bodies_stand_as_in_the_facts(loaded):
    assert Counter(Unit.objects.values_list("kind", flat=True)) == {
        "central": 1,
        "province_union": 2,
        "bloc_union": 1,
        "grassroots_union": 22,
        "grassroots_branch": 39,
        "branch": 15,
        "district_union": 15,
        "attached_union": 6,
    }
    assert Headcount.objects.count() == 97
    assert unit("QNA-KCQ-016").closed_on == unit("QNA-KCQ-061").opened_on == date(2024, 5, 1)
    assert Succession.objects.values_list("predecessor__code", "successor__code", "kind").get() == (
        "QNA-KCQ-016",
        "QNA-KCQ-061",
        "whole",
    )
    moves = BlocMembership.objects.filter(unit__code="QNA-KCQ-012").order_by("starts_on")
    assert list(moves.values_list("bloc__number", "starts_on", "ends_on")) == [
        (2, date(2020, 1, 1), date(2024, 7, 1)),
        (5, date(2024, 7, 1), None),
    ]


def test_accounts_are_the_six_and_nobody_else_signs_in(loaded):
    with_password = {user.username for user in User.objects.all() if user.has_usable_password()}
    assert with_password == {"bithu", "canbo", "lanhdao", "quantri", "canbo.kg", "lanhdao.kg"}
    assert all(user.check_password("demo-2024") for user in User.objects.filter(username__in=with_password))
    assert not User.objects.filter(is_demo=False).exists()
    roles = Role.objects.filter(user__username__in=with_password).order_by("user__username")
    assert list(roles.values_list("user__username", "name", "unit__code")) == [
        ("bithu", "secretary", "QNA-KCQ-018"),
        ("canbo", "officer", "QNA-KCQ"),
        ("canbo.kg", "officer", "KGI"),
        ("lanhdao", "leader", "QNA-KCQ"),
        ("lanhdao.kg", "leader", "KGI"),
        ("quantri", "administrator", "QNA-KCQ"),
    ]


def test_plans_are_issued_on_their_days_with_all_that_they_ask(loaded):
    assert list(Plan.objects.order_by("issued_on").values_list("symbol", "state", "issued_on", "unit__code")) == [
        ("347-CV/TĐTN-VP", "issued", date(2023, 7, 29), "KGI"),
        ("02-NQ/ĐTN", "issued", date(2024, 1, 2), "QNA-KCQ"),
    ]
    issued = PlanEvent.objects.filter(action="issue").order_by("at")
    assert [(row.at.date(), row.actor.username) for row in issued] == [
        (date(2023, 7, 29), "lanhdao.kg"),
        (date(2024, 1, 2), "lanhdao"),
    ]
    per_plan = Counter(Target.objects.values_list("plan__symbol", flat=True))
    assert per_plan == {"02-NQ/ĐTN": 38, "347-CV/TĐTN-VP": 1}
    restating = Target.objects.filter(restates__isnull=False)
    assert sorted(restating.values_list("code", "restates__code")) == [
        ("2.1", "1.1b"),
        ("2.2", "1.2"),
        ("2.8b", "2.8a"),
        ("II.5", "1.2"),
    ]
    assert not Indicator.objects.filter(confirmed_at__isnull=True).exists()
    assert Section.objects.filter(plan__symbol="02-NQ/ĐTN", number="1.7", parent__number="1").exists()


def test_shares_are_handed_down_by_headcount(loaded):
    handed = Allocation.objects.filter(handed_by__code="QNA-KCQ", effective_on=date(2024, 1, 15))
    sums = Counter()
    for code, minimum in handed.values_list("target__code", "minimum"):
        sums[code] += minimum
    assert sums == {"1.3c": 1500, "1.6a": 70, "1.6b": 50, "1.7": 150, "1.8a": 100}
    college = Allocation.objects.filter(unit__code="QNA-KCQ-046", target__code="1.7").order_by("effective_on")
    assert list(college.values_list("minimum", "effective_on")) == [
        (Decimal(13), date(2024, 1, 15)),
        (Decimal(17), date(2024, 7, 1)),
    ]
    branches = Allocation.objects.filter(handed_by__code="QNA-KCQ-047")
    assert list(branches.values_list("minimum", flat=True)) == [3, 3, 3, 2]


def test_activities_stand_as_on_the_demo_day(loaded):
    of_plans = Counter(Activity.objects.filter(plan__isnull=False).values_list("plan__unit__code", "state"))
    assert of_plans == {
        ("QNA-KCQ", "done"): 22,
        ("QNA-KCQ", "under_way"): 4,
        ("QNA-KCQ", "postponed"): 2,
        ("QNA-KCQ", "cancelled"): 1,
        ("QNA-KCQ", "planned"): 5,
        ("KGI", "done"): 20,
        ("KGI", "under_way"): 5,
        ("KGI", "postponed"): 1,
        ("KGI", "cancelled"): 1,
        ("KGI", "planned"): 2,
    }
    overdue = [activity.name for activity in Activity.objects.all() if is_overdue(activity, clock.today())]
    assert overdue == ["Sơ kết giữa nhiệm kỳ 2022 - 2027"]


def test_reports_of_september_show_every_state(loaded):
    september = {"period__month": 9}
    assert states(unit__parent__code="QNA-KCQ", **september) == {
        "approved": 44,
        "submitted": 7,
        "returned": 2,
        "draft": 3,
        "not_started": 4,
    }
    assert states(unit__level=5, **september) == {"approved": 13, "draft": 1, "not_started": 1}
    assert states(unit__code="QNA-KCQ", **september) == {"approved": 1}
    assert states(unit__parent__code="KGI", **september) == {
        "approved": 15,
        "submitted": 3,
        "returned": 1,
        "draft": 1,
        "not_started": 1,
    }
    assert ProgressReport.objects.count() == 873
    assert Period.objects.filter(opened_at__isnull=False).count() == 9


def test_reports_are_on_time_late_and_missing(loaded):
    rows = list(ProgressReport.objects.filter(unit__parent__code="QNA-KCQ").select_related("unit", "period"))
    deadlines = Deadlines({row.period for row in rows})
    found: dict[int, Counter] = {month: Counter() for month in range(1, 10)}
    for row in rows:
        found[row.period.month][timeliness(row, deadlines.of(row.unit, row.period), clock.now())] += 1
    assert [found[month][Timeliness.LATE] for month in found] == [4, 1, 5, 3, 1, 5, 3, 3, 5]
    assert [found[month][Timeliness.MISSING] for month in found] == [0, 1, 0, 1, 0, 1, 1, 0, 6]
    assert [sum(found[month].values()) for month in found] == [60] * 9


def test_corrected_months_were_reopened_with_a_reason_and_approved_again(loaded):
    reopened = ReportEvent.objects.filter(action="reopen").select_related("report__unit", "report__period")
    told = {(row.report.unit.code, row.report.period.month): (row.at.date(), row.report.state) for row in reopened}
    assert told == {
        ("QNA-KCQ-055", 2): (date(2024, 4, 9), "approved"),
        ("QNA-KCQ-048", 5): (date(2024, 6, 11), "approved"),
        ("QNA-KCQ-027", 3): (date(2024, 7, 8), "approved"),
        ("KGI-GOQUAO", 5): (date(2024, 7, 9), "approved"),
    }
    assert all(row.reason for row in reopened)
    trees = ProgressEntry.objects.get(
        report__unit__code="QNA-KCQ-027", report__period__month=3, indicator__name__startswith="Cây xanh"
    )
    assert trees.amount == 25
    assert ReportEvent.objects.filter(action="return").count() == 12
    on_behalf = ReportEvent.objects.filter(on_behalf=True, action="submit").order_by("at")
    assert list(on_behalf.values_list("report__unit__code", "report__approved_by__username")) == [
        ("QNA-KCQ-015", "canbo.qna"),
        ("QNA-KCQ-045-03", "canbo.qna"),
    ]


def test_nothing_is_dated_before_its_time_or_after_the_demo_day(loaded):
    events = ReportEvent.objects.order_by("at")
    assert events.first().at.date() == date(2024, 2, 1)
    assert events.last().at.date() == date(2024, 10, 4)
    assert not ProgressEntry.objects.filter(done_on__gt=date(2024, 9, 30)).exists()


def test_units_were_reminded_and_the_letters_are_out(loaded):
    """The own unit has a later due day; who handed in is reminded of nothing more."""
    reminders = Reminder.objects.filter(report__period=period(9), report__unit__path__startswith=unit("QNA-KCQ").path)
    assert Counter(reminders.values_list("step", flat=True)) == {"before": 76, "due": 37, "after": 15}
    own = reminders.filter(report__unit__code="QNA-KCQ-018").values_list("step", "day", "people")
    assert list(own) == [("before", date(2024, 10, 4), 1)]
    never_back = Reminder.objects.exclude(report__events__action__in=("return", "reopen"))
    assert not never_back.filter(at__gt=F("report__first_submitted_at")).exists()
    assert not Notice.objects.filter(emailed_at__isnull=True).exists()


def test_secretary_has_september_to_fill_with_two_outcomes_at_hand(loaded):
    own = unit("QNA-KCQ-018")
    report = ProgressReport.objects.get(unit=own, period=period(9))
    assert (report.state, report.version) == ("not_started", 0)
    deadline = Deadlines([report.period]).of(own, report.period)
    assert (deadline.due_on, deadline.locks_on) == (date(2024, 10, 7), date(2024, 10, 15))
    outcomes = outcomes_for(own, date(2024, 9, 1), date(2024, 9, 30))
    assert [(outcome.activity.name, outcome.amount) for outcome in outcomes] == [
        ("Ngày hội hiến máu Khối thi đua Nội chính", 2),
        ("Ra quân trồng cây tại xã kết nghĩa", 12),
    ]
    assert states(unit=own, period__month__lt=9) == {"approved": 8}


def test_review_queue_holds_unusual_figures(loaded):
    queue = list(reports_awaiting_review(User.objects.get(username="canbo")))
    odd = {row.unit.code: sorted(oddity.kind for oddity in warnings_for(row)) for row in queue}
    assert odd == {
        "QNA-KCQ-038": [],
        "QNA-KCQ-027": ["history"],
        "QNA-KCQ-047": ["falls", "history"],
        "QNA-KCQ-053": [],
        "QNA-KCQ-055": [],
        "QNA-KCQ-007": ["headcount"],
        "QNA-KCQ-028": [],
    }


@pytest.mark.parametrize("basis", ["official", "provisional"])
def test_dashboard_of_september_is_alive(loaded, basis):
    issuer = unit("QNA-KCQ")
    targets = list(Target.objects.counted().filter(plan__unit=issuer).order_by("order"))
    results = {
        result.target.code: result
        for result in target_results(targets=targets, unit=issuer, period=period(9), basis=basis)
    }
    found: dict[str, list[str]] = {}
    for code, result in results.items():
        found.setdefault(str(result.status), []).append(code)
    assert {status: " ".join(codes) for status, codes in found.items()} == STATUSES
    assert (results["1.3a"].value, results["1.2"].numerator, results["1.2"].denominator) == (3, 37, 38)
    assert results["1.2"].reached_late
    assert results["1.5b"].value is None
    assert (results["1.7"].value, results["1.3c"].value) == ((122, 1500) if basis == "official" else (131, 1620))


def test_kien_giang_holds_its_green_sundays(loaded):
    issuer = unit("KGI")
    (result,) = target_results(
        targets=Target.objects.filter(plan__unit=issuer), unit=issuer, period=period(9), basis="official"
    )
    assert (str(result.status), result.numerator, result.denominator) == ("at_risk", 13, 21)


def test_totals_are_up_to_date_and_agree_with_the_entries(loaded):
    assert not DirtyMark.objects.exists()
    assert list(audit_rollups()) == []


def test_narratives_are_there_for_the_official_report(loaded):
    own = Narrative.objects.filter(report__unit__code="QNA-KCQ", report__period__month__in=[7, 8, 9])
    assert Counter(own.values_list("report__period__month", flat=True)) == {7: 6, 8: 6, 9: 6}
    units = Narrative.objects.filter(report__unit__parent__code="QNA-KCQ", report__period__month__in=[7, 8, 9])
    assert len(set(units.values_list("report__unit", flat=True))) > 30


def test_asking_once_answers_as_asking_each_time(loaded):
    codes = ("QNA-KCQ", "QNA-KCQ-018", "QNA-KCQ-047-02", "QNA-KCQ-061", "KGI-KIENHAI", "QNA", "QNA-KCQ-016")
    each = [asked_of(unit(code), period(9)) for code in codes]
    with asking_once():
        assert [asked_of(unit(code), period(9)) for code in codes] == each


def test_figures_and_history_are_the_same_on_every_machine(loaded):
    entries = ProgressEntry.objects.all()
    fields = ("amount", "numerator", "denominator", "is_done", "done_on", "note", "entered_by__username")
    place = ("report__unit__code", "report__period__month", "report__state", "indicator__folded")
    assert digest(entries.values_list(*place, *fields)) == FIGURES
    events = ReportEvent.objects.all()
    steps = ("action", "to_state", "actor__username", "on_behalf", "reason")
    rows = events.values_list("report__unit__code", "report__period__month", "at", *steps)
    assert digest((code, month, at.timestamp(), *rest) for code, month, at, *rest in rows) == EVENTS
