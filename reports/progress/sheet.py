"""One report laid out line by line, for the form, the reading view and the reviewer alike.

Everything is read in a constant number of queries, whatever the number of indicators.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from core import clock
from plans.enums import Topic
from reports.progress.models import ProgressReport
from targets.calendar import Month
from targets.compliance import Status
from targets.enums import IndicatorKind, OverTime
from targets.models import Indicator

from .asked import Asked, Organisation, asked_of
from .deadlines import Deadline
from .entries import EntryInput
from .offers import Offer, offers_of
from .selectors import may_have_offers, texts_of, waiting_plea
from .standing import (
    LONGEST_MEMORY,
    Aim,
    Past,
    aims_of,
    figure_of,
    first_done,
    own_entries,
    own_to_date,
    status_of,
)
from .unit_calendar import UnitMonth, spans_in, unit_calendar
from .warnings import Oddity, oddities, recent


@dataclass(frozen=True)
class Around:
    """What stands around the lines of one report, read when it is first asked for.

    ``calendar``: by month; ``is_heir``: whether the unit took over from another.
    """

    report: ProgressReport
    asked: tuple[Asked, ...]
    calendar: dict[Month, UnitMonth]
    is_heir: bool
    now: datetime

    @cached_property
    def aims(self) -> dict[int, Aim]:
        """Indicator id → what the unit has to reach by itself."""
        spans = spans_in(list(self.calendar.values()))
        return aims_of(self.report.unit, self.asked, self.report.period, spans, is_heir=self.is_heir)

    def is_past_due(self, aim: Aim) -> bool:
        """Whether the due moment of the aim's last month has passed for this unit."""
        due = self.calendar.get(aim.window.last)
        return due is not None and self.now > due.deadline.due_moment


@dataclass(frozen=True)
class Line:
    """One indicator of the report with all that stands beside it. Null figures are "not reported".

    ``earlier``: to date without this month (``sum`` only). ``newest``: the last entry before this
    month. ``offers``: outcomes of activities.
    """

    asked: Asked
    month: Month
    entry: EntryInput
    past: tuple[Past, ...]
    around: Around
    offers: tuple[Offer, ...]
    oddities: tuple[Oddity, ...]

    @property
    def aim(self) -> Aim | None:
        """What the unit has to reach; null where only the whole is measured."""
        return self.around.aims.get(self.asked.indicator.pk)

    @property
    def indicator(self) -> Indicator:
        return self.asked.indicator

    @property
    def ticked_offers(self) -> list[Offer]:
        """The outcomes that can be ticked as part of the figure, or taken out of it."""
        return [offer for offer in self.offers if offer.is_open]

    @property
    def taken(self) -> frozenset[int]:
        """Ids of the outcomes' figures that the report holds."""
        return frozenset(offer.figure_id for offer in self.offers if offer.taken is not None)

    @property
    def is_sum(self) -> bool:
        return self.indicator.over_time == OverTime.SUM

    @cached_property
    def earlier(self) -> Decimal | None:
        return self._to_date(None) if self.is_sum else None

    @cached_property
    def to_date(self) -> Decimal | None:
        """The new to-date of a ``sum``; null while this month is not entered."""
        return None if self.entry.amount is None or not self.is_sum else self._to_date(self.entry)

    @property
    def so_far(self) -> Decimal | None:
        """The ``sum`` to date as far as it is known, also while this month is not entered."""
        return self.earlier if self.to_date is None else self.to_date

    def _to_date(self, entry: EntryInput | None) -> Decimal | None:
        return own_to_date(self.past, entry, window=self.aim.window if self.aim else None, month=self.month)

    @cached_property
    def newest(self) -> Past | None:
        return next((said for said in reversed(self.past) if not said.entry.is_silent), None)

    @cached_property
    def done_before(self) -> tuple[Month, date] | None:
        """When an earlier report said that the milestone was done; null where none did."""
        return first_done(self.past) if self.indicator.kind == IndicatorKind.MILESTONE else None

    @property
    def last_month(self) -> EntryInput | None:
        """What was said in the month just before; null where nothing was."""
        before = self.month.plus(-1)
        return next((said.entry for said in self.past if said.month == before), None)

    @property
    def done_on(self) -> date | None:
        """The earliest day on which the milestone is said to be done, this month included."""
        days = [self.done_before[1]] if self.done_before else []
        days += [self.entry.done_on] if self.entry.done_on else []
        return min(days, default=None)

    @cached_property
    def percent(self) -> Decimal | None:
        """This month's ratio in percent, unrounded."""
        if self.entry.numerator is None or not self.entry.denominator:
            return None
        return 100 * self.entry.numerator / self.entry.denominator

    @cached_property
    def value(self) -> Decimal | None:
        """The unit's own figure in the window of its aim, in percent for ratios; null without an aim."""
        if self.aim is None:
            return None
        return figure_of(self.indicator, list(self.past), self.entry, self.aim, self.month).value

    @cached_property
    def _standing(self) -> tuple[Status, Decimal | None] | None:
        if self.aim is None:
            return None
        figure = figure_of(self.indicator, list(self.past), self.entry, self.aim, self.month)
        return status_of(self.indicator, figure, self.aim, self.month, due_passed=self.around.is_past_due(self.aim))

    @property
    def status(self) -> Status | None:
        return self._standing[0] if self._standing else None

    @property
    def expected(self) -> Decimal | None:
        return self._standing[1] if self._standing else None

    @property
    def has_bar(self) -> bool:
        """Whether a bar says anything: not for milestones, nor where nothing binds the unit itself."""
        return self.aim is not None and self.indicator.kind != IndicatorKind.MILESTONE

    @property
    def bar_unit(self) -> str:
        return "%" if self.indicator.kind == IndicatorKind.RATIO else self.indicator.measure

    @property
    def column_status(self) -> str:
        """The colour of this month's column: yellow where something looks odd, else that of the status."""
        return Status.AT_RISK if self.oddities else self.status or Status.ON_TRACK

    @property
    def months(self) -> list[Decimal | None]:
        """This year's entries month by month up to this one, for small columns; null where nothing was said."""
        said = {past.month: past.entry for past in self.past} | {self.month: self.entry}
        names = [Month(self.month.year, number) for number in range(1, self.month.month + 1)]
        return [_plain(said.get(name)) for name in names]


def _plain(entry: EntryInput | None) -> Decimal | None:
    if entry is None:
        return None
    if entry.is_done is not None:
        return Decimal(entry.is_done)
    return entry.amount if entry.amount is not None else entry.numerator


@dataclass(frozen=True)
class Section:
    """The lines under one heading of the plan, with the unit's own words there."""

    topic: str
    heading: str
    lines: tuple[Line, ...]
    narrative: str


@dataclass(frozen=True)
class Sheet:
    """A whole report: its lines, the unit's words by topic, and the unit's calendar around it."""

    report: ProgressReport
    lines: tuple[Line, ...]
    narratives: dict[str, str]
    calendar: tuple[UnitMonth, ...]

    @property
    def month(self) -> Month:
        return Month(self.report.period.year, self.report.period.month)

    @cached_property
    def own_month(self) -> UnitMonth:
        """This report's month in the unit's calendar."""
        return next(one for one in self.calendar if one.name == self.month)

    @property
    def deadline(self) -> Deadline:
        """The days that hold for the report, an exception included."""
        return self.own_month.deadline

    @property
    def members(self) -> int | None:
        """The unit's headcount on the last day; null where never counted."""
        return self.own_month.members

    @property
    def months_before(self) -> list[UnitMonth]:
        """The unit's last three months with a report before this one, newest first."""
        owed = [one for one in self.calendar if one.state and one.name < self.month]
        return owed[:-4:-1]

    @property
    def month_before(self) -> Month:
        return self.month.plus(-1)

    @property
    def days_left(self) -> int:
        return self.deadline.days_left(clock.today())

    @cached_property
    def asked_at(self) -> datetime | None:
        """When the unit asked for more time and has no answer yet; null where it did not."""
        plea = waiting_plea(self.report)
        return plea.asked_at if plea else None

    @property
    def is_locked(self) -> bool:
        """Whether the lock day keeps this report out; one that was handed in before may be corrected."""
        return self.report.first_submitted_at is None and self.deadline.is_locked(clock.today())

    @cached_property
    def sections(self) -> list[Section]:
        """By the headings of the plan; a heading without figures appears where something was written."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.indicator.topic].append(line)
        return [
            Section(
                topic, str(Topic(topic).label) if topic else "", tuple(found[topic]), self.narratives.get(topic, "")
            )
            for topic in [*Topic.values, ""]
            if found[topic] or self.narratives.get(topic)
        ]

    @property
    def entries(self) -> dict[int, EntryInput]:
        """Indicator id → what the report says of it; silent where it says nothing."""
        return {line.indicator.pk: line.entry for line in self.lines}

    @property
    def oddities(self) -> list[Oddity]:
        return [one for line in self.lines for one in line.oddities]

    @property
    def blank(self) -> int:
        """How many lines say nothing yet; what was done before needs nothing more."""
        return sum(line.entry.is_silent and line.done_before is None for line in self.lines)

    def saying(self, report: ProgressReport) -> "Sheet":
        """The sheet with what the report, saved just now, says; what stands around it is not read again."""
        entries = {entry.indicator_id: EntryInput.of(entry) for entry in report.entries.all()}
        lines = (_saying(line, entries.get(line.indicator.pk, EntryInput()), self.members) for line in self.lines)
        return replace(self, report=report, lines=tuple(lines), narratives=texts_of(report))


def _saying(line: Line, entry: EntryInput, members: int | None) -> Line:
    """The line with this entry, and with what looks odd in it."""
    past = recent(line.past, line.month)
    odd = oddities(line.indicator, entry, past, members=members, offers=line.offers)
    return replace(line, entry=entry, oddities=tuple(odd))


def sheet_of(report: ProgressReport) -> Sheet:
    """Lay the report out as it is stored."""
    unit, period = report.unit, report.period
    month = Month(period.year, period.month)
    organisation = Organisation.above(unit, period.last_day)
    organisation.bind_parent(unit)
    months = unit_calendar(unit, period.owner_id, organisation.units.values())
    calendar = {one.name: one for one in months}
    asked = asked_of(unit, period, spans_in(months), organisation)
    entries, past = own_entries(report, _said_before(month, months))
    offers = offers_of([report], period).get(report.pk, {}) if may_have_offers(report) else {}
    around = Around(report, tuple(asked), calendar, unit.pk in organisation.heirs, clock.now())
    members = calendar[month].members

    def line(one: Asked) -> Line:
        key = one.indicator.pk
        entry, said = entries.get(key, EntryInput()), past.get(key, [])
        return _saying(Line(one, month, entry, tuple(said), around, tuple(offers.get(key, ())), ()), entry, members)

    return Sheet(report, tuple(line(one) for one in asked), texts_of(report), tuple(months))


def _said_before(month: Month, months: list[UnitMonth]) -> dict[int, Month]:
    """Report id → month of the reports in hand that count as said before this one."""
    first = month.plus(-LONGEST_MEMORY)
    return {one.report_id: one.name for one in months if one.report_id and one.is_said and first <= one.name < month}
