"""The slow oracle: every stored total said once more, straight from the sentences of the domain.

Nothing of the engine is used: no cascade, no calendar of its, no shared sums. For each unit, each
bloc, each period it walks over all reports there are.
"""

from datetime import date
from decimal import Decimal

from plans.models import Plan
from reports.progress.models import Period, ProgressEntry, ProgressReport
from reports.rollups.models import Rollup
from targets.models import Indicator, Target
from units.models import Bloc, BlocMembership, Unit

STATES = {"official": {"approved"}, "provisional": {"submitted", "approved"}}

Row = tuple[Decimal | None, Decimal | None, Decimal | None, date | None, int, int]


def stored_rows() -> dict[tuple, Row]:
    """All stored totals by (unit code or bloc number, indicator, month, basis, month of since)."""
    rows = Rollup.objects.select_related("unit", "bloc", "period", "since")
    return {
        (
            row.unit.code if row.unit else row.bloc.number,
            row.indicator_id,
            row.period.month,
            row.basis,
            row.since.month if row.since else None,
        ): (row.amount, row.numerator, row.denominator, row.done_on, row.reported, row.carried)
        for row in rows
    }


def expected_rows() -> dict[tuple, Row]:
    """The same, from the entries."""
    world = _World()
    for indicator in Indicator.objects.all():
        said = [entry for entry in world.entries if entry.indicator_id == indicator.pk]
        for basis, states in STATES.items():
            counted = [entry for entry in said if entry.report.state in states]
            for period in world.periods:
                for since in world.sinces(indicator):
                    if since is None or since <= period.month <= world.last_month:
                        world.say(indicator, counted, period, basis, since)
    return world.found


class _World:
    """All rows there are, read once."""

    def __init__(self) -> None:
        self.units = list(Unit.objects.all())
        self.blocs = list(Bloc.objects.all())
        self.memberships = list(BlocMembership.objects.select_related("unit"))
        self.periods = list(Period.objects.all())
        self.entries = list(ProgressEntry.objects.select_related("report__unit", "report__period"))
        reported = set(ProgressReport.objects.values_list("period_id", flat=True))
        begun = [row.month for row in self.periods if row.opened_at or row.pk in reported]
        self.last_month = max(begun, default=0)
        issued = Plan.objects.filter(state__in=["issued", "closed"])
        amended = {plan.amends_id for plan in issued}
        in_force = [plan for plan in issued if plan.pk not in amended]
        self.targets = list(Target.objects.filter(plan__in=in_force, restates=None))
        self.found: dict[tuple, Row] = {}

    def sinces(self, indicator: Indicator) -> set[int | None]:
        if indicator.over_time == "sum":
            return {None}
        return {target.starts_on.month for target in self.targets if target.indicator_id == indicator.pk}

    def say(self, indicator: Indicator, counted: list, period: Period, basis: str, since: int | None) -> None:
        shares = {}
        for unit in self.units:
            own = [entry for entry in counted if entry.report.unit_id == unit.pk]
            share = _share(indicator, own, unit, period, since)
            if share is not None:
                shares[unit] = share
        tail = (indicator.pk, period.month, basis, since)
        if indicator.kind == "milestone":
            self.found.update({(unit.code, *tail): share for unit, share in shares.items()})
            return
        for above in self.units:
            self._add((above.code, *tail), [s for unit, s in shares.items() if unit.path.startswith(above.path)])
        for bloc in self.blocs:
            members = [
                row.unit.path
                for row in self.memberships
                if row.bloc_id == bloc.pk
                and row.starts_on <= period.last_day
                and (row.ends_on is None or period.last_day < row.ends_on)
            ]
            inside = [s for unit, s in shares.items() if any(unit.path.startswith(path) for path in members)]
            self._add((bloc.number, *tail), inside)

    def _add(self, key: tuple, parts: list[Row]) -> None:
        if parts:
            self.found[key] = _together(parts)


def _share(indicator: Indicator, said: list, unit: Unit, period: Period, since: int | None) -> Row | None:
    """What one unit itself brings into a period."""
    is_open = unit.opened_on <= period.last_day and (unit.closed_on is None or unit.closed_on > period.last_day)
    counts = int(is_open and unit.is_reporting)
    if since is None:
        now = [entry for entry in said if entry.report.period_id == period.pk and entry.amount is not None]
        return (now[0].amount, None, None, None, counts, 0) if now else None
    in_window = [
        entry
        for entry in said
        if since <= entry.report.period.month <= period.month
        and not (entry.amount is None and entry.numerator is None and entry.is_done is None)
    ]
    if not in_window or not is_open:
        return None
    in_window.sort(key=lambda entry: entry.report.period.month)
    newest = in_window[-1]
    carried = int(counts and newest.report.period.month < period.month)
    if indicator.kind == "milestone":
        days = sorted(entry.done_on for entry in in_window if entry.is_done)
        return (Decimal(1 if days else 0), None, None, days[0] if days else None, counts, carried)
    return (newest.amount, newest.numerator, newest.denominator, None, counts, carried)


def _together(parts: list[Row]) -> Row:
    added = []
    for place in range(3):
        known = [part[place] for part in parts if part[place] is not None]
        added.append(sum(known, Decimal(0)) if known else None)
    return (*added, None, sum(part[4] for part in parts), sum(part[5] for part in parts))
