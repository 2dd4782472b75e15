"""Totals as series by month: the stored ones of units and blocs, and what units entered themselves. One query."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    DecimalField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast

from reports.enums import BASIS_STATES, Basis
from reports.progress.models import Period, ProgressEntry
from reports.rollups.models import CarrierCount, Rollup
from reports.rollups.statements import FIGURES, LINE
from reports.rollups.store import Line
from reports.rollups.totals import Said, Total
from reports.rollups.windows import Calendar
from targets.calendar import Month, Window
from targets.enums import Carrier
from targets.figures import Figure
from targets.models import FIGURE, Indicator, Target
from units.models import Unit

from .own_work import Entries, Frame, own_totals

# owner, indicator, since → month → total
Series = dict[tuple[int, int, int | None], dict[Month, Total]]


@dataclass(frozen=True, slots=True)
class Counts:
    """The carriers at and beneath a unit, as ``CarrierCount`` has them."""

    carriers: int = 0
    reached: int = 0
    reported: int = 0
    carried: int = 0
    on_pace: int = 0

    @property
    def figure(self) -> Figure:
        """The share of them that have reached the target."""
        return Figure.of_share(self.reached, reported=self.reported, required=self.carriers, carried=self.carried)


# unit, target, late → month → counts
Shares = dict[tuple[int, int, bool], dict[Month, Counts]]


@dataclass(frozen=True)
class Owners:
    """Whose totals are wanted: ids of units and of blocs, and the units whose own entries are.

    ``carriers``: ids of units that are many, of which only the targets are wanted that they carry one by one.
    ``courses``: ids of units whose shares of carriers are wanted in all months; of the others those of the last two.
    ``before``: ids of units whose shares are wanted too of the targets that asked the same a year before.
    """

    units: Sequence[int] = ()
    courses: Sequence[int] = ()
    before: Sequence[int] = ()
    carriers: Sequence[int] = ()
    blocs: Sequence[int] = ()
    own: Sequence[Unit] = ()


@dataclass(frozen=True)
class Frames:
    """Of which targets, up to which period, on which basis."""

    calendar: Calendar
    period: Period
    targets: list[Target]
    basis: str

    @property
    def periods(self) -> list[Period]:
        place = self.calendar.place
        return [row for row in self.calendar.periods if place[row.pk] <= place[self.period.pk]]

    @property
    def carried(self) -> list[Target]:
        """Those that units carry one by one."""
        return [target for target in self.targets if target.carried_by == Carrier.EACH_UNIT]

    @property
    def indicators(self) -> dict[int, Indicator]:
        return {target.indicator_id: target.indicator for target in self.targets}


@dataclass(frozen=True)
class Stored:
    """The totals of units, those of blocs, those of units' own entries, and the shares of carriers at units.

    ``shares_before``: those of the year before, under the targets that ask the same now.
    """

    units: Series
    blocs: Series
    own: Series
    shares: Shares
    shares_before: Shares


def read_series(asked: Frames, owners: Owners) -> Stored:
    """All that is wanted of these owners, in one query."""
    found: dict[str, Series] = {"unit": defaultdict(dict), "bloc": defaultdict(dict)}
    shares: dict[str, Shares] = {"share": defaultdict(dict), "before": defaultdict(dict)}
    entries: Entries = defaultdict(list)
    months = {row.pk: month for month, row in asked.calendar.by_month.items()}
    for kind, owner, indicator, period, _basis, since, *figures in _rows(asked, owners):
        if kind in shares:
            shares[kind][owner, indicator, bool(since)][months[period]] = _counts(figures)
        elif kind in found:
            found[kind][owner, indicator, since][months[period]] = Total(*figures)
        else:
            entries[owner, indicator].append(_said(asked.calendar.place[period], figures))
    own: Series = defaultdict(dict)
    for line, total in _own(asked, owners.own, entries):
        own[line.owner, line.indicator, line.since][months[line.period]] = total
    totals = dict(found["unit"]), dict(found["bloc"]), dict(own)
    return Stored(*totals, *(dict(some) for some in shares.values()))


def _counts(figures: Sequence[Any]) -> Counts:
    on_pace, reached, carriers, _none, reported, carried = figures
    return Counts(int(carriers), int(reached), reported, carried, int(on_pace))


def _said(place: int, figures: Sequence[Any]) -> Said:
    amount, numerator, denominator, done_on, is_done, _none = figures
    return Said(place, amount, numerator, denominator, None if is_done is None else bool(is_done), done_on)


def _rows(asked: Frames, owners: Owners) -> Iterable[tuple[Any, ...]]:
    """Stored totals, entries and counts of carriers in rows of one shape.

    An entry's ``reported`` says whether a milestone is done; counts have their target in the indicator's place.
    """
    wanted = {"indicator__in": list(asked.indicators)}
    stored = Rollup.objects.filter(**wanted, period__in=[row.pk for row in asked.periods], basis=asked.basis)
    parts: list[QuerySet[Any, tuple[Any, ...]]] = []
    if owners.units:
        parts.append(_columns(stored.filter(unit__in=owners.units), "unit", "unit_id"))
    carried = [target.indicator_id for target in asked.carried]
    if owners.carriers and carried:
        parts.append(_columns(stored.filter(unit__in=owners.carriers, indicator__in=carried), "unit", "unit_id"))
    if owners.units and carried:
        parts.append(_shares(asked, owners))
    if owners.before and carried:
        parts.append(_shares_before(asked, owners))
    if owners.blocs:
        parts.append(_columns(stored.filter(bloc__in=owners.blocs), "bloc", "bloc_id"))
    if owners.own:
        said = ProgressEntry.objects.filter(
            **wanted, report__unit__in=[unit.pk for unit in owners.own], report__state__in=_states(asked.basis)
        )
        parts.append(_entries(said, asked.basis))
    if not parts:
        return ()
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _shares(asked: Frames, owners: Owners) -> QuerySet[Any, tuple[Any, ...]]:
    last = [row.pk for row in asked.periods[-2:]]
    rows = CarrierCount.objects.filter(
        Q(unit__in=owners.courses) | Q(unit__in=owners.units, case__period__in=last),
        basis=asked.basis,
        case__target__in=[target.pk for target in asked.carried],
        case__period__in=[row.pk for row in asked.periods],
    )
    return _share_columns(rows, "share", F("case__target_id"))


def _shares_before(asked: Frames, owners: Owners) -> QuerySet[Any, tuple[Any, ...]]:
    """Those of the year before, in the place of the targets that ask the same of the same carriers now."""
    same = {target.pk: _asked_the_same(target, asked.calendar.window_of(target)) for target in asked.carried}
    rows = CarrierCount.objects.filter(
        reduce(or_, same.values()), unit__in=owners.before, basis=asked.basis, case__period__in=asked.periods
    )
    cases = (When(holds, then=Value(pk)) for pk, holds in same.items())
    return _share_columns(rows, "before", Case(*cases, output_field=BigIntegerField()))


def _asked_the_same(target: Target, window: Window) -> Q:
    """The kept shares of the same body's target with the same indicator, carriers, bounds and months, a year before."""
    wanted: dict[str, Any] = {
        "plan__unit": target.plan.unit_id,
        "indicator": target.indicator_id,
        "carrier_reach": target.carrier_reach,
        "carrier_kinds": target.carrier_kinds,
        **_bound("minimum", target.minimum),
        **_bound("maximum", target.maximum),
    }
    begins = (window.first.year - 1) * 12 + window.first.month
    of_target = {f"case__target__{name}": value for name, value in wanted.items()}
    return Q(case__begins=begins, case__months=len(window), **of_target)


def _bound(name: str, value: Decimal | None) -> dict[str, Any]:
    return {f"{name}__isnull": True} if value is None else {name: value}


def _share_columns(rows: QuerySet[CarrierCount], kind: str, target: Any) -> QuerySet[Any, tuple[Any, ...]]:
    is_late = Case(When(case__is_late=True, then=Value(1)), default=Value(0), output_field=IntegerField())
    line = ("unit_id", target, "case__period_id", "basis", is_late)
    amounts = [Cast(name, DecimalField(**FIGURE)) for name in ("on_pace", "reached", "carriers")]
    none = Value(None, output_field=DateField())
    what = Value(kind, output_field=CharField())
    return rows.order_by().values_list(what, *line, *amounts, none, "reported", "carried")


def _states(basis: str) -> tuple[str, ...]:
    return BASIS_STATES[Basis(basis)]


def _columns(rows: QuerySet[Rollup], kind: str, owner: str) -> QuerySet[Any, tuple[Any, ...]]:
    return rows.order_by().values_list(Value(kind, output_field=CharField()), owner, *LINE, *FIGURES)


def _entries(rows: QuerySet[ProgressEntry], basis: str) -> QuerySet[Any, tuple[Any, ...]]:
    is_done = Case(When(is_done=True, then=Value(1)), When(is_done=False, then=Value(0)), output_field=IntegerField())
    line = ("report__unit_id", "indicator_id", "report__period_id", Value(basis, output_field=CharField()))
    none = Value(None, output_field=IntegerField())
    figures = ("amount", "numerator", "denominator", "done_on", is_done, Value(0))
    return rows.order_by().values_list(Value("own", output_field=CharField()), *line, none, *figures)


def _own(asked: Frames, units: Sequence[Unit], entries: Entries) -> Iterator[tuple[Line, Total]]:
    windows: dict[int, set[int]] = defaultdict(set)
    for target in asked.targets:
        first = asked.calendar.window_of(target).first
        # In its own window, and in that of a year before.
        sinces = (asked.calendar.first_from(month) for month in (first, first.plus(-12)))
        windows[target.indicator_id] |= {since.pk for since in sinces if since is not None}
    frame = Frame(asked.calendar, windows, tuple(asked.periods), asked.basis)
    return own_totals(frame, units, asked.indicators, entries)
