"""A unit's own figures over time, and how they stand against what it answers for by itself.

Own entries only: what the units beneath add is ``reports.rollups``. Only reports that were handed in
count (the provisional basis); the month being filled in is added by the caller.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Min, Q, QuerySet

from reports.enums import BASIS_STATES, Basis
from reports.progress.models import Period, ProgressEntry, ProgressReport
from targets.calendar import Month, PeriodSpan, Window, target_window
from targets.compliance import Commitment, Status, StatusCase, done_in_time, target_status
from targets.enums import IndicatorKind, OverTime
from targets.figures import Figure, Ratio, add_amounts
from targets.models import Allocation, Indicator, Target
from targets.selectors import allocations_in_force
from units.models import Unit

from .asked import Asked
from .entries import EntryInput

ENTRY_COLUMNS = tuple(field.name for field in fields(EntryInput))
LONGEST_MEMORY = 60  # months: a plan runs for five years at the most


@dataclass(frozen=True, slots=True)
class Past:
    """What the unit said of one indicator in an earlier month."""

    month: Month
    entry: EntryInput


@dataclass(frozen=True)
class Aim:
    """What the unit has to reach by itself on one indicator, and in which months it counts.

    ``handed``: the share that a body above handed to it; otherwise the target binds every carrier alike.
    """

    target: Target
    minimum: Decimal | None
    maximum: Decimal | None
    window: Window
    handed: Allocation | None


def own_past(
    units: Iterable[Unit], period: Period, *, months: int = LONGEST_MEMORY
) -> dict[tuple[int, int], list[Past]]:
    """(unit id, indicator id) → what it said in the ``months`` before the period, oldest first. One query."""
    return _by_unit(_entries_before(units, period, months))


def _by_unit(rows: QuerySet[ProgressEntry]) -> dict[tuple[int, int], list[Past]]:
    """Bare columns, and each month made once: the last year of a whole province is some hundred thousand entries."""
    named = ("report__unit", "indicator", "report__period__year", "report__period__month", *ENTRY_COLUMNS)
    known: dict[tuple[int, int], Month] = {}
    found: dict[tuple[int, int], list[Past]] = defaultdict(list)
    in_time = rows.order_by("report__period__year", "report__period__month")
    for unit_id, indicator_id, year, number, *figures in in_time.values_list(*named):
        month = known.get((year, number)) or known.setdefault((year, number), Month(year, number))
        found[unit_id, indicator_id].append(Past(month, EntryInput(*figures)))
    return found


def past_ranges(units: Iterable[Unit], period: Period, *, months: int) -> dict[tuple[int, int], list[Past]]:
    """As ``own_past``, but with the least and the largest figure, in that order, in place of all. One query.

    What looks odd beside the months themselves looks odd beside these two; their months mean nothing.
    """
    month = Month(period.year, period.month).plus(-1)
    rows = _entries_before(units, period, months).order_by().values_list("report__unit", "indicator")
    amounts = (Count("amount"), Min("amount"), Max("amount"))
    found: dict[tuple[int, int], list[Past]] = {}
    for row in rows.annotate(*amounts, Max("numerator"), Max("denominator"), Max("done_on")):
        unit_id, indicator_id, count, least, most, part, whole, done_on = row
        ends = [EntryInput(amount=least), EntryInput(amount=most)][-count:] if count else []
        if part is not None:
            ends.append(EntryInput(numerator=part, denominator=whole))
        if done_on is not None:
            ends.append(EntryInput(is_done=True, done_on=done_on))
        found[unit_id, indicator_id] = [Past(month, end) for end in ends]
    return found


def _entries_before(units: Iterable[Unit], period: Period, months: int) -> QuerySet[ProgressEntry]:
    """What was handed in of these units in the ``months`` before the period."""
    return ProgressEntry.objects.filter(_said_before(units, period, months))


def _said_before(units: Iterable[Unit], period: Period, months: int) -> Q:
    first = Month(period.year, period.month).plus(-months)
    in_memory = _before(period.year, period.month) & ~_before(first.year, first.month)
    return in_memory & Q(
        report__unit__in=[unit.pk for unit in units], report__state__in=BASIS_STATES[Basis.PROVISIONAL]
    )


def done_before(units: Iterable[Unit], period: Period) -> dict[tuple[int, int], tuple[Month, date]]:
    """(unit id, indicator id) → when a milestone was first reported done before the period. One query."""
    past = _by_unit(_entries_before(units, period, LONGEST_MEMORY).filter(is_done=True))
    return {key: done for key, said in past.items() if (done := first_done(said))}


def _before(year: int, month: int) -> Q:
    return Q(report__period__year__lt=year) | Q(report__period__year=year, report__period__month__lt=month)


def own_entries(
    report: ProgressReport, months: Mapping[int, Month]
) -> tuple[dict[int, EntryInput], dict[int, list[Past]]]:
    """Indicator id → what the report says; and what the unit said in the months before, oldest first. One query.

    ``months``: report id → month of the unit's reports that count as said before.
    """
    rows = ProgressEntry.objects.filter(report__in=[report.pk, *months])
    said: dict[int, EntryInput] = {}
    past: dict[int, list[Past]] = defaultdict(list)
    for report_id, indicator_id, *figures in rows.values_list("report_id", "indicator_id", *ENTRY_COLUMNS):
        if report_id == report.pk:
            said[indicator_id] = EntryInput(*figures)
        else:
            past[indicator_id].append(Past(months[report_id], EntryInput(*figures)))
    for earlier in past.values():
        earlier.sort(key=lambda one: one.month)
    return said, past


def stored_entries(report: ProgressReport) -> dict[int, EntryInput]:
    """Indicator id → what the report says."""
    rows = report.entries.order_by().values_list("indicator_id", *ENTRY_COLUMNS)
    return {indicator_id: EntryInput(*figures) for indicator_id, *figures in rows}


def aims_of(
    unit: Unit, asked: Iterable[Asked], period: Period, spans: list[PeriodSpan], *, is_heir: bool = True
) -> dict[int, Aim]:
    """Indicator id → what the unit answers for by itself; none where only the whole is measured.

    A share handed down comes before the bounds that bind every carrier; of several the one from the
    body nearest to the unit. The allocation in force on the period's last day counts (domain: rule 14).
    ``is_heir`` false: the unit is known to have taken over from no other.
    """
    listed = list(asked)
    targets = [target for one in listed for target in one.targets]
    handed = allocations_in_force(targets, [unit], period.last_day, are_heirs=is_heir)
    aims = {}
    for one in listed:
        found = [aim for target in one.targets if (aim := _aim(target, one, handed.get((target.pk, unit.pk)), spans))]
        if found:
            aims[one.indicator.pk] = max(found, key=lambda aim: (aim.handed is not None, aim.target.plan.unit.depth))
    return aims


def _aim(target: Target, one: Asked, handed: Allocation | None, spans: list[PeriodSpan]) -> Aim | None:
    window = target_window(target.starts_on, target.due_on, spans)
    if handed is not None:
        return Aim(target, handed.minimum, handed.maximum, window, handed)
    if target in one.carried:
        return Aim(target, target.minimum, target.maximum, window, None)
    return None


def own_to_date(
    past: Iterable[Past], entry: EntryInput | None, *, window: Window | None, month: Month
) -> Decimal | None:
    """A ``sum`` amount over the counted window up to ``month``; null where nothing was entered.

    ``entry`` is this month's, null to leave it out. Without a window (nothing to be held against)
    the months of the year count.
    """
    counted = (window or Window(Month(month.year, 1), month)).counted_at(month)
    if counted is None:
        return None
    parts = [said.entry.amount for said in past if said.month in counted]
    if entry is not None and month in counted:
        parts.append(entry.amount)
    return add_amounts(parts)


def figure_of(indicator: Indicator, past: list[Past], entry: EntryInput | None, aim: Aim, month: Month) -> Figure:
    """The unit's own figure in the counted window of its aim, as the tests of compliance take it."""
    counted = aim.window.counted_at(month)
    said = [one.entry for one in past if counted and one.month in counted and not one.entry.is_silent]
    if entry is not None and counted and month in counted and not entry.is_silent:
        said.append(entry)
    if indicator.kind == IndicatorKind.AMOUNT and indicator.over_time == OverTime.SUM:
        return Figure(add_amounts(one.amount for one in said), int(bool(said)), 1)
    newest = said[-1] if said else None
    if indicator.kind == IndicatorKind.AMOUNT:
        return Figure(newest.amount if newest else None, int(bool(newest)), 1)
    if indicator.kind == IndicatorKind.RATIO:
        ratio = Ratio(newest.numerator, newest.denominator) if newest else None  # type: ignore[arg-type]
        return Figure.of_ratio(ratio, reported=int(bool(newest)), required=1)
    everything = [*(one.entry for one in past), *([entry] if entry else [])]
    days = [one.done_on for one in everything if one.done_on is not None]
    reached = any(done_in_time(day, aim.target.due_on) for day in days)
    return Figure.of_share(int(reached), reported=int(bool(said or days)), required=1)


def status_of(
    indicator: Indicator, figure: Figure, aim: Aim, month: Month, *, due_passed: bool
) -> tuple[Status, Decimal | None]:
    """How the unit stands against its aim, and what pace asks by now (null: no pace)."""
    if indicator.kind != IndicatorKind.MILESTONE and aim.minimum is None and aim.maximum is None:
        return Status.NOT_DUE, None
    counted = aim.window.counted_at(month)
    outcome = target_status(
        StatusCase(
            commitment=Commitment(
                kind=indicator.kind,
                over_time=indicator.over_time,
                carried_by="pooled",
                minimum=aim.minimum,
                maximum=aim.maximum,
                in_wholes=indicator.is_whole,
            ),
            figure=figure,
            periods_elapsed=len(counted) if counted else 0,
            periods_total=len(aim.window),
            due_period_ended=aim.window.has_ended_at(month),
            due_moment_passed=due_passed,
        )
    )
    return outcome.status, outcome.expected


def first_done(past: Iterable[Past]) -> tuple[Month, date] | None:
    """When a milestone was first reported done: the month of the report and the day; null where it was not."""
    done = [(said.month, said.entry.done_on) for said in past if said.entry.done_on is not None]
    return min(done, key=lambda one: one[1]) if done else None
