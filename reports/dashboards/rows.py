"""The table of targets: one line a target, in groups, and the headline that counts them. Pure but for words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.status_looks import TARGET, look
from core.templatetags.portal_numbers import vn_date, vn_day, vn_signed
from plans.models import Section
from reports.rollups.selectors import GOOD, MonthPoint, StatusCounts, TargetResult, count_statuses
from targets.compliance import Status
from targets.enums import IndicatorKind
from targets.forecast import Outlook
from targets.models import Target

from . import wording
from .choice import Choice
from .forecasts import Expected, expected_of

# In this order they are looked at first.
ATTENTION = (Status.MISSED, Status.BEHIND, Status.AT_RISK, Status.NO_DATA)
_RANK = {
    Status.MISSED: 0,
    Status.BEHIND: 1,
    Status.AT_RISK: 2,
    Status.ON_TRACK: 3,
    Status.MET: 4,
    Status.EXCEEDED: 5,
}


@dataclass(frozen=True)
class TargetRow:
    """One target with its result at the unit and its months; ``expected`` null: nothing judges it there.

    ``before``: how it stood at the same month of the year before; null where that is not known.
    """

    result: TargetResult
    points: Sequence[MonthPoint]
    url: str
    expected: Expected | None = None
    before: TargetResult | None = None

    @property
    def is_expected(self) -> bool:
        """Whether the line says where it will land: not where the minimum is reached already."""
        has_forecast = self.expected is not None and self.expected.forecast is not None
        return has_forecast and self.result.status not in (Status.MET, Status.EXCEEDED)

    @property
    def against_last_year(self) -> str:
        """The figure of the year before, and how far this year's is from it; blank where nothing is known."""
        return "" if self.before is None else wording.against(self.result, self.before)

    @property
    def target(self) -> Target:
        return self.result.target

    @property
    def figure(self) -> str:
        return wording.figure(self.result)

    @property
    def beside(self) -> str:
        return wording.beside(self.result)

    @property
    def carried_by(self) -> str:
        """Who carries it, and by when where that is before the plan's end."""
        words = wording.carried_by(self.target)
        if self.target.due_on == self.target.plan.ends_on:
            return words
        is_same_year = self.target.due_on.year == self.target.plan.ends_on.year
        day = vn_day(self.target.due_on) if is_same_year else vn_date(self.target.due_on)
        return _("%(who)s · due %(day)s") % {"who": words, "day": day}

    @property
    def carried(self) -> int:
        """How many stand with an older figure; what is done stays done, so a milestone has none."""
        return 0 if self.target.indicator.kind == IndicatorKind.MILESTONE else self.result.carried

    @property
    def in_period(self) -> str:
        return vn_signed(self.result.in_period)

    @property
    def bar_unit(self) -> str:
        return wording.bar_unit(self.result)

    @property
    def bar_minimum(self) -> Decimal | None:
        return wording.bar_minimum(self.result)

    @property
    def bar_maximum(self) -> Decimal | None:
        return wording.bar_maximum(self.result)

    @property
    def pace_now(self) -> Decimal | None:
        """What is expected by now; null where nothing is yet, so that no mark stands at the foot of the bar."""
        return self.result.expected or None

    @property
    def spark(self) -> list[Decimal | None]:
        return [point.value for point in self.points]

    @property
    def pace(self) -> list[Decimal | None] | None:
        """The straight line to what is expected now; null where nothing is expected by pace, or phases bend it."""
        expected, steps = self.pace_now, len(self.points)
        if expected is None or steps < 2 or self.target.phases.all():
            return None
        return [expected * (index + 1) / steps for index in range(steps)]


@dataclass(frozen=True)
class Group:
    """Lines under one heading; ``is_quiet``: they are shown, but the headline does not count them."""

    heading: str
    rows: list[TargetRow]
    is_quiet: bool = False


def by_need(rows: Iterable[TargetRow]) -> list[Group]:
    """Return what needs attention (the worst first), what is well, what is not due, what has no verdict; none empty."""
    listed = list(rows)
    worst_first = sorted(
        (row for row in listed if row.result.status in ATTENTION),
        key=lambda row: ATTENTION.index(row.result.status or Status.NO_DATA),
    )
    groups = [
        Group(_("Needs attention"), worst_first),
        Group(_("Met or on track"), [row for row in listed if row.result.status in GOOD]),
        Group(_("Not due yet"), [row for row in listed if row.result.status == Status.NOT_DUE]),
        Group(_("Contributions without a share of their own"), [row for row in listed if row.result.status is None]),
    ]
    return [group for group in groups if group.rows]


def by_section(rows: Iterable[TargetRow]) -> list[Group]:
    """Return the lines under the sections of the plan that they stand in, in its order."""
    groups: dict[Section | None, list[TargetRow]] = {}
    for row in rows:
        groups.setdefault(row.target.section, []).append(row)
    return [Group(section_name(section), found) for section, found in groups.items()]


def section_name(section: Section | None) -> str:
    """The number and heading of a section, or the first words of one without a heading."""
    if section is None:
        return _("Under no section")
    words = section.heading or section.text
    short = words if len(words) <= 90 else f"{words[:90].rsplit(' ', 1)[0]}…"
    return f"{section.number}. {short}" if section.number else short


@dataclass(frozen=True)
class Count:
    """How many targets have a status; ``note`` says more in small letters."""

    status: str
    number: int
    note: str


@dataclass(frozen=True)
class Move:
    """Targets that came to another status since the month before."""

    status: str
    words: str
    rows: list[TargetRow]


@dataclass(frozen=True)
class Headline:
    """How many targets stand where; ``tally`` as shown: exceeded among the met.

    ``will_miss``: the lines that are expected to land below their minimum.
    """

    counts: StatusCounts
    tally: list[Count]
    moves: list[Move]
    will_miss: list[TargetRow]


def headline(rows: Sequence[TargetRow], before: dict[int, TargetResult]) -> Headline:
    """Count the lines by status; ``before``: target id → its result in the month before."""
    judged = [row for row in rows if row.result.status is not None]
    counts = count_statuses(row.result for row in rows)
    will_miss = [row for row in judged if row.expected is not None and row.expected.misses]
    return Headline(counts, tally_of(counts), _moves(judged, before), will_miss)


def tally_of(counts: StatusCounts) -> list[Count]:
    """The counts as they are shown, from met to what was never reported; the last only where there is any."""
    exceeded, missed = counts.of(Status.EXCEEDED), counts.of(Status.MISSED)
    beyond = ngettext("%(n)s beyond its aim", "%(n)s beyond their aim", exceeded) % {"n": exceeded} if exceeded else ""
    shown = [
        Count(Status.MET, counts.of(Status.MET) + exceeded, beyond),
        *(Count(status, counts.of(status), "") for status in (Status.ON_TRACK, Status.AT_RISK, Status.BEHIND)),
        Count(Status.MISSED, missed, _("past due") if missed else ""),
        Count(Status.NOT_DUE, counts.of(Status.NOT_DUE), ""),
    ]
    silent = counts.of(Status.NO_DATA)
    return [*shown, Count(Status.NO_DATA, silent, "")] if silent else shown


def _moves(rows: Iterable[TargetRow], before: dict[int, TargetResult]) -> list[Move]:
    gathered: dict[tuple[Status, bool], list[TargetRow]] = {}
    for row in rows:
        now, then = row.result.status, before[row.target.pk].status if row.target.pk in before else None
        if now in _RANK and then is not None and now != then:
            gathered.setdefault((now, _is_better(now, then)), []).append(row)
    ordered = sorted(gathered.items(), key=lambda one: (not one[0][1], -_RANK[one[0][0]]))
    return [Move(status, _move_words(status, is_up), moved) for (status, is_up), moved in ordered]


def _is_better(now: Status, then: Status) -> bool:
    """Whether it went up; who comes from where nothing was judged went up if it stands well."""
    return _RANK[now] > _RANK[then] if then in _RANK else now in GOOD


def _move_words(status: Status, is_up: bool) -> str:
    word = str(look(status, "target").word)
    words = {"status": word[:1].lower() + word[1:]}
    return _("up to %(status)s") % words if is_up else _("down to %(status)s") % words


def with_status(rows: Iterable[TargetRow], status: str) -> list[TargetRow]:
    """Return the lines of one status as the tally counts it: exceeded among the met. Every line for an unknown one."""
    if status not in TARGET:
        return list(rows)
    wished = (Status.MET, Status.EXCEEDED) if status == Status.MET else (Status(status),)
    return [row for row in rows if row.result.status in wished]


def target_rows(
    results: Iterable[TargetResult],
    months: dict[int, list[MonthPoint]],
    outlooks: dict[int, Outlook],
    before: Mapping[int, TargetResult | None],
    choice: Choice,
) -> list[TargetRow]:
    """Return one line for each result that concerns its unit; months, outlooks and the year before by target id."""
    return [
        TargetRow(
            result,
            months.get(result.target.pk, []),
            choice.target_at(result.target, result.unit),
            expected_of(outlooks.get(result.target.pk), result.target, choice),
            before.get(result.target.pk),
        )
        for result in results
        if result.concerned
    ]
