"""Totals as series by month: the stored ones of units and blocs, and what units entered themselves. One query."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, IntegerField, QuerySet, Value, When

from reports.enums import BASIS_STATES, Basis
from reports.progress.models import Period, ProgressEntry
from reports.rollups.models import Rollup
from reports.rollups.statements import FIGURES, LINE
from reports.rollups.store import Line
from reports.rollups.totals import Said, Total
from reports.rollups.windows import Calendar
from targets.calendar import Month
from targets.enums import Carrier
from targets.models import Indicator, Target
from units.models import Unit

from .own_work import Entries, Frame, own_totals

# owner, indicator, since → month → total
Series = dict[tuple[int, int, int | None], dict[Month, Total]]


@dataclass(frozen=True)
class Owners:
    """Whose totals are wanted: ids of units and of blocs, and the units whose own entries are.

    ``carriers``: ids of units that are many, of which only the targets are wanted that they carry one by one.
    """

    units: Sequence[int] = ()
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
    def indicators(self) -> dict[int, Indicator]:
        return {target.indicator_id: target.indicator for target in self.targets}


def read_series(asked: Frames, owners: Owners) -> tuple[Series, Series, Series]:
    """The totals of units, those of blocs, and those of units' own entries."""
    found: dict[str, Series] = {"unit": defaultdict(dict), "bloc": defaultdict(dict)}
    entries: Entries = defaultdict(list)
    months = {row.pk: month for month, row in asked.calendar.by_month.items()}
    for kind, owner, indicator, period, _basis, since, *figures in _rows(asked, owners):
        if kind in found:
            found[kind][owner, indicator, since][months[period]] = Total(*figures)
        else:
            entries[owner, indicator].append(_said(asked.calendar.place[period], figures))
    own: Series = defaultdict(dict)
    for line, total in _own(asked, owners.own, entries):
        own[line.owner, line.indicator, line.since][months[line.period]] = total
    return dict(found["unit"]), dict(found["bloc"]), dict(own)


def _said(place: int, figures: Sequence[Any]) -> Said:
    amount, numerator, denominator, done_on, is_done, _none = figures
    return Said(place, amount, numerator, denominator, None if is_done is None else bool(is_done), done_on)


def _rows(asked: Frames, owners: Owners) -> Iterable[tuple[Any, ...]]:
    """Stored totals and entries in rows of one shape; an entry's ``reported`` says whether a milestone is done."""
    wanted = {"indicator__in": list(asked.indicators)}
    stored = Rollup.objects.filter(**wanted, period__in=[row.pk for row in asked.periods], basis=asked.basis)
    parts: list[QuerySet[Any, tuple[Any, ...]]] = []
    if owners.units:
        parts.append(_columns(stored.filter(unit__in=owners.units), "unit", "unit_id"))
    carried = [target.indicator_id for target in asked.targets if target.carried_by == Carrier.EACH_UNIT]
    if owners.carriers and carried:
        parts.append(_columns(stored.filter(unit__in=owners.carriers, indicator__in=carried), "unit", "unit_id"))
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
        since = asked.calendar.since_of(target)
        if since is not None:
            windows[target.indicator_id].add(since.pk)
    frame = Frame(asked.calendar, windows, tuple(asked.periods), asked.basis)
    return own_totals(frame, units, asked.indicators, entries)
