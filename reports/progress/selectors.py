"""Reading periods, reports and their history. Who is asked what is ``asked``; deadlines are ``deadlines``;
a unit's own figures over time are ``standing``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from accounts import scope
from accounts.enums import RoleName
from accounts.models import User
from activities.models import Participation
from reports.enums import ReportState
from reports.progress.models import (
    Evidence,
    Extension,
    Period,
    ProgressReport,
    ReasonPhrase,
    Reminder,
    ReportEvent,
    TakenOutcome,
)
from targets.calendar import Month
from units.models import Unit, UnitQuerySet
from units.selectors import search_units, top_unit

from .deadlines import still_taking
from .rules import FIGURE_ROLES, reviewing_grants


def periods_of(unit: Unit) -> QuerySet[Period]:
    """The calendar that the unit reports by: its topmost unit's, oldest first."""
    return Period.objects.filter(owner=top_unit(unit))


def newest_open_period(unit: Unit) -> Period | None:
    """The last period that has been opened; null where none has."""
    return periods_of(unit).filter(opened_at__isnull=False).last()


def readable_units(user: User) -> Q:
    """The condition on reports whose figures this person may read; agrees with ``rules.can_read``."""
    readable = Q(unit__in=scope.units_for(user, *FIGURE_ROLES).values("pk"))
    return readable | Q(unit__in=scope.bloc_members_of(user).values("pk"))


def reports_visible_to(user: User) -> QuerySet[ProgressReport]:
    """Every report whose figures this person may read."""
    return ProgressReport.objects.filter(readable_units(user)).select_related("unit", "period")


def report_or_404(user: User, code: str, month: str, *beside: str) -> ProgressReport:
    """The report of a unit within the person's reach and a month of the calendar, with ``beside`` (relations) read.

    Raises ``Http404`` for an unknown code or month, a unit out of reach, a period not opened, and a
    unit that owes nothing in it. Within reach, what the person may do is asked by ``rules``.
    """
    try:
        name = Month.parse(month)
    except ValueError as error:
        raise Http404(month) from error
    found = ProgressReport.objects.filter(
        unit__code=code, period__year=name.year, period__month=name.month, period__opened_at__isnull=False
    )
    # Once for each text that the report has, which saves asking for them separately.
    texts = found.annotate(topic=F("narratives__topic"), text=F("narratives__text"), has_outcomes=_HAS_OUTCOMES)
    rows: list[Any] = list(texts.select_related("unit", "period", *beside).order_by())
    if not rows or not scope.can_see(user, rows[0].unit):
        raise Http404(f"{code} {month}")
    report: ProgressReport = rows[0]
    vars(report)["texts"] = {row.topic: row.text for row in rows if row.topic is not None}
    return report


# Whether the unit did something in the report's month, or the report holds something done.
_HAS_OUTCOMES = Exists(
    Participation.objects.filter(
        unit=OuterRef("unit"), done_on__range=(OuterRef("period__first_day"), OuterRef("period__last_day"))
    )
) | Exists(TakenOutcome.objects.filter(report=OuterRef("pk")))


def may_have_offers(report: ProgressReport) -> bool:
    """Whether outcomes may stand beside the lines (``offers``): false only where ``report_or_404`` found none."""
    return bool(vars(report).get("has_outcomes", True))


def texts_of(report: ProgressReport) -> dict[str, str]:
    """The unit's own words by topic; no query where ``report_or_404`` brought them along."""
    known: dict[str, str] | None = vars(report).get("texts")
    return dict(report.narratives.values_list("topic", "text")) if known is None else known


def reviewed_by(user: User, unit: str = "unit") -> Q:
    """The condition on reports that this person reviews; agrees with ``rules.can_review``.

    An officer reviews the units beneath his own; the topmost unit's leader that unit's own report.
    ``unit``: the way from the rows to the unit ("" where they are units).
    """
    path = f"{unit}__path" if unit else "path"
    reviewed = Q(pk__in=[])
    for grant in reviewing_grants(user):
        if grant.name == RoleName.OFFICER:
            reviewed |= Q(**{f"{path}__startswith": grant.path}) & ~Q(**{path: grant.path})
        else:
            reviewed |= Q(**{path: grant.path})
    return reviewed


def phrases_of(user: User) -> QuerySet[ReasonPhrase]:
    """The reasons kept by the bodies for which this person reviews, oldest first."""
    return ReasonPhrase.objects.filter(unit__in=[grant.unit_id for grant in reviewing_grants(user)])


def bodies_of(user: User) -> UnitQuerySet:
    """The bodies for which this person reviews, the topmost first."""
    return Unit.objects.filter(pk__in=[grant.unit_id for grant in reviewing_grants(user)]).order_by("path")


def body_reviewing(user: User, unit: Unit) -> Unit | None:
    """The body for which this person reviews the unit's reports, the nearest above of several; null where none.

    An officer reviews none of the own unit; the topmost unit's leader that unit's alone.
    """
    above = [
        grant
        for grant in reviewing_grants(user)
        if grant.reaches(unit) and (grant.path == unit.path) == (grant.name == RoleName.LEADER)
    ]
    nearest = max(above, key=lambda grant: len(grant.path), default=None)
    return Unit.objects.get(pk=nearest.unit_id) if nearest else None


def reports_awaiting_review(user: User, wish: str = "") -> QuerySet[ProgressReport]:
    """Submitted reports that this person reviews, oldest submission first; ``wish`` narrows to units of that name."""
    waiting = ProgressReport.objects.filter(reviewed_by(user), state=ReportState.SUBMITTED)
    if wish:
        waiting = waiting.filter(unit__in=search_units(Unit.objects.all(), wish).values("pk"))
    return waiting.select_related("unit", "period", "submitted_by").order_by("submitted_at", "pk")


def paths_reviewed_by(user: User) -> list[str]:
    """The paths at and beneath which stands whatever this person reviews."""
    return [grant.path for grant in reviewing_grants(user)]


def units_reviewed_by(user: User) -> UnitQuerySet:
    """The units that report monthly, now or until they closed, to this person; in the order of the tree."""
    return Unit.objects.filter(reviewed_by(user, unit=""), is_reporting=True)


def newest_month(reports: QuerySet[ProgressReport]) -> Period | None:
    """The newest opened month for which there is any of the reports; null where none is open."""
    asked = Exists(reports.filter(period=OuterRef("pk")).order_by())
    return Period.objects.filter(asked, opened_at__isnull=False).order_by("-year", "-month").first()


def own_reports(user: User) -> QuerySet[ProgressReport]:
    """Reports of the units whose secretary this person is, newest period first."""
    places = [
        grant.unit_id for grant in scope.grants_of(user) if grant.name == RoleName.SECRETARY and grant.bloc_id is None
    ]
    own = ProgressReport.objects.filter(unit__in=places, period__opened_at__isnull=False)
    return own.select_related("unit", "period__owner", "sent_back").order_by(
        "-period__year", "-period__month", "unit__path"
    )


def report_to_work_on(reports: list[ProgressReport]) -> ProgressReport | None:
    """Of one person's reports, newest first: the newest that is not approved, else the newest of all."""
    open_ones = [report for report in reports if report.state != ReportState.APPROVED]
    return next(iter(open_ones or reports), None)


@dataclass(frozen=True)
class Step:
    """One line of a report's history: a step of the report itself, or of an exception to its days.

    ``until``: the lock day that was granted. Of exceptions: ``ask_time``, ``extend``, ``decline_time``,
    ``end_extension``.
    """

    at: datetime
    action: str
    actor: User | None
    reason: str = ""
    on_behalf: bool = False
    until: date | None = None


def history_of(report: ProgressReport) -> list[Step | Reminder]:
    """Every step of the report and of its exceptions, and every reminder of it, oldest first."""
    steps = [
        Step(event.at, event.action, event.actor, event.reason, event.on_behalf)
        for event in report.events.select_related("actor")
    ]
    steps += extension_steps(report)
    return sorted([*steps, *report.reminders.select_related("actor")], key=lambda one: one.at)


def extension_steps(report: ProgressReport) -> list[Step]:
    """What was asked, granted and taken back, oldest first."""
    extensions = list(report.extensions.select_related("asked_by", "granted_by", "ended_by"))
    granted = {extension.granted_at for extension in extensions}
    steps = [step for extension in extensions for step in _steps_of(extension)]
    # One that made way for the next was not taken back.
    kept = [step for step in steps if step.action != "end_extension" or step.at not in granted]
    return sorted(kept, key=lambda step: step.at)


def waiting_plea(report: ProgressReport) -> Extension | None:
    """What the unit asked for and has no answer to; null where nothing waits."""
    waiting = report.extensions.filter(granted_at__isnull=True, ended_at__isnull=True)
    return waiting.select_related("asked_by").first()


def _steps_of(extension: Extension) -> Iterator[Step]:
    if extension.asked_at is not None:
        yield Step(extension.asked_at, "ask_time", extension.asked_by, extension.plea)
    if extension.granted_at is not None:
        until = extension.locks_on
        yield Step(extension.granted_at, "extend", extension.granted_by, extension.reason, until=until)
    if extension.ended_at is not None and extension.granted_at is None:
        yield Step(extension.ended_at, "decline_time", extension.ended_by, extension.reason)
    elif extension.ended_at is not None:
        yield Step(extension.ended_at, "end_extension", extension.ended_by)


def last_submission(history: list[Step | Reminder]) -> Step | None:
    """The newest handing in among the steps of a report; null where there is none."""
    steps = (one for one in reversed(history) if isinstance(one, Step))
    return next((step for step in steps if step.action == "submit"), None)


def entered_on_behalf(reports: Iterable[ProgressReport]) -> set[int]:
    """The ids of those reports that somebody above the unit entered or submitted for it."""
    events = ReportEvent.objects.filter(report__in=[report.pk for report in reports], on_behalf=True)
    return set(events.order_by().values_list("report", flat=True))


def evidence_of(report: ProgressReport) -> list[Evidence]:
    """Photos and files under the report, oldest first; withdrawn ones too, without their file."""
    return list(report.evidence.select_related("file", "withdrawn_by"))


def receiver_of(unit: Unit) -> Unit:
    """The unit that the report goes to: the one directly above, or the topmost unit itself."""
    return unit.parent or unit


def periods_opened(owner: Unit, year: int) -> list[Period]:
    """The opened periods of one year, oldest first."""
    return list(Period.objects.filter(owner=owner, year=year, opened_at__isnull=False))


def periods_to_open(today: date) -> list[Period]:
    """Periods that have ended and are not open yet, for a month is reported once it is over; and those that are open

    and not locked, for units that were registered, or asked by a new plan, since.
    """
    ended = Q(opened_at__isnull=True, last_day__lt=today)
    return list(
        Period.objects.filter(ended | (Q(opened_at__isnull=False) & still_taking(today))).select_related("owner")
    )


def years_reported(user: User) -> list[int]:
    """The years for which this secretary's units have reports, newest first."""
    years = own_reports(user).order_by("-period__year").values_list("period__year", flat=True).distinct()
    return list(years)


def years_opened(owner: Unit) -> list[int]:
    """The years of which at least one period was opened, newest first."""
    opened = Period.objects.filter(owner=owner, opened_at__isnull=False)
    return list(opened.order_by("-year").values_list("year", flat=True).distinct())


def units_with_reports(units: UnitQuerySet, periods: list[Period]) -> UnitQuerySet:
    """Narrow to units that owed at least one of these periods, in the order of the tree."""
    owing = ProgressReport.objects.filter(period__in=periods).values("unit")
    return units.filter(pk__in=owing).order_by("path")


def bloc_reports(user: User) -> list[ProgressReport]:
    """The newest opened month's reports of the members of the blocs that this person heads."""
    members = ProgressReport.objects.filter(
        unit__in=scope.bloc_members_of(user).values("pk"), period__opened_at__isnull=False
    )
    newest = members.order_by("-period__year", "-period__month").first()
    if newest is None:
        return []
    return list(members.filter(period=newest.period_id).select_related("unit", "period").order_by("unit__path"))
