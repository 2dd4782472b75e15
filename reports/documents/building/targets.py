"""The annex of targets and the annex by unit, from the stored totals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from plans.models import Plan, Section
from reports.documents.context import (
    BlocOfUnits,
    Figure,
    TargetGroup,
    TargetRow,
    UnitAnnex,
    UnitColumn,
    UnitRow,
)
from reports.progress.models import Period
from reports.rollups.selectors import HeatMap, MonthPoint, TargetResult, heat_map, own_result
from targets.calendar import Month, Span
from targets.enums import Carrier, IndicatorKind, OverTime
from targets.models import Target
from units.enums import Kind
from units.models import Bloc, Unit

from .reporting import Reporting

BY_SHARE = (Carrier.EACH_UNIT, Carrier.EACH_BLOC)
KIND_SHORT = {
    Kind.GRASSROOTS_UNION: ("ĐCS", "Đoàn cơ sở"),
    Kind.GRASSROOTS_BRANCH: ("CĐCS", "chi đoàn cơ sở"),
    Kind.BRANCH: ("CĐ", "chi đoàn"),
}
BlocResults = Mapping[tuple[int, int], TargetResult]  # by (bloc id, target id)
ZERO = Decimal(0)
LAST = 999  # units outside all blocs stand after them


def figure_of(result: TargetResult) -> Figure:
    """Return a result as a cell: null is missing, not zero (domain: rule 2)."""
    if not result.concerned:
        return Figure.not_applicable()
    target = result.target
    if result.is_share:
        return _share_of(result)
    if target.indicator.kind == IndicatorKind.MILESTONE:
        return _milestone(result)
    if target.indicator.kind == IndicatorKind.RATIO and result.numerator is not None:
        return Figure.of_ratio(result.numerator, result.denominator or ZERO, carried=result.carried > 0)
    if result.value is None:
        return Figure.missing()
    return Figure.of_amount(_own_part(result), carried=result.carried > 0)


def _own_part(result: TargetResult) -> Decimal:
    """The value; of a target carried together without what a closed unit gave, which stands in that one's own row."""
    value = result.value or ZERO
    return value - (result.inherited or ZERO) if result.target.carried_by == Carrier.POOLED else value


def _share_of(result: TargetResult) -> Figure:
    """How many carriers at and beneath the unit have reached theirs; missing where all of them are silent."""
    if result.numerator is None or result.denominator is None:
        return Figure.missing()
    return Figure.of_share(int(result.numerator), int(result.denominator))


def _milestone(result: TargetResult) -> Figure:
    if not result.reported:
        return Figure.missing()
    return Figure.done(result.done_on) if result.done_on else Figure.not_done()


def in_span(target: Target, points: Iterable[MonthPoint], span: Span) -> Figure:
    """Return what the months of the span added; a ratio stands as it stands and adds nothing."""
    indicator = target.indicator
    if indicator.over_time == OverTime.LATEST and target.carried_by not in BY_SHARE:
        return Figure.not_applicable()
    months = span.months()
    added = [p.in_period for p in points if Month(p.period.year, p.period.month) in months and p.in_period is not None]
    return Figure.of_amount(sum(added, ZERO)) if added else Figure.missing()


def target_rows(
    plans: Sequence[Plan], results: Sequence[TargetResult], history: dict[int, list[MonthPoint]], span: Span
) -> dict[int, TargetRow]:
    """Return target id → its row; two plans may number their clauses alike."""
    restated = restatements(plans)
    return {
        result.target.pk: _target_row(result, in_span(result.target, history[result.target.pk], span), restated)
        for result in results
    }


def target_groups(
    answered: Plan, results: Sequence[TargetResult], rows: dict[int, TargetRow]
) -> tuple[TargetGroup, ...]:
    """Return the rows under the plans' own headings, in the plans' order. ``answered``: whose report it is."""
    groups: dict[tuple[str, str], list[TargetRow]] = defaultdict(list)
    for result in results:
        plan = result.target.plan
        other = "" if plan.pk == answered.pk else plan_name(plan)
        groups[other, heading_of(result.target.section)].append(rows[result.target.pk])
    return tuple(
        TargetGroup(heading=f"{other}: {heading}" if other else heading, rows=tuple(group), other_plan=other)
        for (other, heading), group in groups.items()
    )


def plan_name(plan: Plan) -> str:
    """Return "Nghị quyết số 02-NQ/ĐTN"; without a number what it is about."""
    name = str(plan.get_kind_display())
    return f"{name} số {plan.symbol}" if plan.symbol else f"{name} “{plan.title}”"


def restatements(plans: Sequence[Plan]) -> dict[int, list[str]]:
    """Return target id → the codes under which the plans state it again."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in Target.objects.filter(plan__in=plans, restates__isnull=False).order_by("order"):
        if row.restates_id is not None:
            found[row.restates_id].append(row.code)
    return found


def heading_of(section: Section | None) -> str:
    """Return the heading under which the paper lists what hangs on the section: that of the part it belongs to."""
    above = section.parent or section if section else None
    if above is None:
        return "Các chỉ tiêu khác"
    return f"{above.address.replace('/', '.')}. {above.heading}" if above.number else above.heading


def _target_row(result: TargetResult, added: Figure, restated: dict[int, list[str]]) -> TargetRow:
    target = result.target
    also = f" (nêu lại tại {', '.join(restated[target.pk])})" if target.pk in restated else ""
    return TargetRow(
        clause=target.code,
        content=target.name + also,
        short_name=target.name,
        measure=target.indicator.measure,
        measured=target.indicator.kind,  # type: ignore[arg-type]
        carried_by=target.carried_by,  # type: ignore[arg-type]
        minimum=target.minimum,
        maximum=target.maximum,
        required_share=target.required_share,
        carriers=int(result.denominator) if target.carried_by in BY_SHARE and result.denominator is not None else None,
        in_span=added,
        to_date=figure_of(result),
        percent=result.completion,
        status=str(result.status or "no_data"),  # type: ignore[arg-type]
        done_late=result.reached_late,
    )


def counted_since(targets: Iterable[Target], period: Period) -> date:
    """Return the day from which on whoever closed may stand in the figures: no later than the first of the year.

    The first day of the month in which the earliest target begins: its first period ends later, whatever the cut-off.
    """
    days = [target.starts_on.replace(day=1) for target in targets]
    return min([*days, period.last_day.replace(month=1, day=1)])


def by_unit(*, targets: Sequence[Target], issuer: Unit, period: Period, basis: str) -> HeatMap:
    """Return how the targets stand at the units directly beneath, the issuer's own work last.

    A unit that closed since the first target began is there as long as it has a figure: what it gave is in the totals
    (domain: Time).
    """
    first = counted_since(targets, period)
    children = [row for row in issuer.children.order_by("path") if row.closed_on is None or row.closed_on > first]
    units = [row for row in children if row.opened_on <= period.last_day]
    cells = heat_map(targets=targets, units=units, period=period, basis=basis)
    shown = [
        unit
        for unit in units
        if unit.is_open_on(period.last_day) or any(row.value is not None for row in cells.row(unit))
    ]
    own = {
        (issuer.pk, target.pk): own_result(target=target, unit=issuer, period=period, basis=basis)
        for target in targets
        if target.carried_by == Carrier.POOLED
    }
    return HeatMap(shown, list(targets), {**cells.cells, **own})


def unit_annex(
    *,
    results: Sequence[TargetResult],
    cells: HeatMap,
    blocs: dict[int, Bloc],
    at_blocs: BlocResults,
    reporting: Reporting,
) -> UnitAnnex | None:
    """Return a row a unit, a column a target that asks units beneath; null where there are neither.

    ``results`` are the issuer's. ``blocs``: unit id → bloc. ``at_blocs``: what each bloc has of what it carries itself.
    ``reporting``: who owed and gave the last month.
    """
    shared = [result for result in results if result.target.carried_by != Carrier.ISSUER_OWN]
    if not shared or not cells.units:
        return None
    targets, issuer = [result.target for result in shared], shared[0].unit
    groups: dict[Bloc | None, list[Unit]] = defaultdict(list)
    for unit in cells.units:
        groups[blocs.get(unit.pk)].append(unit)
    ordered = sorted(groups.items(), key=lambda item: item[0].number if item[0] else LAST)
    return UnitAnnex(
        columns=tuple(UnitColumn(clause=t.code, short_name=t.name, unit_of_figure=_measure(t)) for t in targets),
        blocs=tuple(
            _bloc_rows(bloc, units, targets, cells, at_blocs, reporting, bool(blocs)) for bloc, units in ordered
        ),
        own_name=f"{issuer.short_name} trực tiếp thực hiện",
        own_cells=tuple(_own_cell(cells, issuer, target) for target in targets),
        totals=tuple(figure_of(result) for result in shared),
        kinds_note=kinds_note(cells.units),
    )


def kind_short(unit: Unit) -> str:
    """Return "ĐCS"; empty for kinds without a short name."""
    return KIND_SHORT.get(Kind(unit.kind), ("", ""))[0]


def kinds_note(units: Sequence[Unit]) -> str:
    """Return what the short names of the units' kinds stand for; empty where none has one."""
    used = {unit.kind for unit in units}
    words = [f"{short}: {name}" for kind, (short, name) in KIND_SHORT.items() if kind in used]
    return f"{'; '.join(words)}." if words else ""


def _own_cell(cells: HeatMap, issuer: Unit, target: Target) -> Figure:
    """What the issuer entered itself; only a target carried by all together asks it (domain: rule 12)."""
    own = cells.cells.get((issuer.pk, target.pk))
    return figure_of(own) if own else Figure.not_applicable()


def _measure(target: Target) -> str:
    return "%" if target.indicator.kind == IndicatorKind.RATIO else target.indicator.measure


def _bloc_rows(
    bloc: Bloc | None,
    units: list[Unit],
    targets: list[Target],
    cells: HeatMap,
    at_blocs: BlocResults,
    said: Reporting,
    has_blocs: bool,
) -> BlocOfUnits:
    rows = tuple(
        UnitRow(
            name=unit.short_name,
            kind_short=kind_short(unit),
            cells=tuple(figure_of(cells.cells[unit.pk, target.pk]) for target in targets),
        )
        for unit in units
    )
    name = bloc.name if bloc else ("Đơn vị không thuộc khối thi đua" if has_blocs else "")
    sums = tuple(
        _of_bloc(bloc, target, at_blocs)
        if target.carried_by == Carrier.EACH_BLOC
        else _sum_of([cells.cells[unit.pk, target.pk] for unit in units])
        for target in targets
    )
    reported, required = ({unit.pk for unit in units} & counted for counted in (said.reported, said.required))
    return BlocOfUnits(name=name, rows=rows, sums=sums, reported=len(reported), required=len(required))


def _of_bloc(bloc: Bloc | None, target: Target, at_blocs: BlocResults) -> Figure:
    """What the bloc has of a target that it carries itself: each month's figures of whoever was in it then.

    (Domain: Time, blocs.) Not what its rows have now: a unit may have come from another bloc with what it gave there.
    """
    result = at_blocs.get((bloc.pk, target.pk)) if bloc else None
    return figure_of(result) if result else Figure.not_applicable()


def _sum_of(results: list[TargetResult]) -> Figure:
    """Add what several units have: carriers are counted, ratios added in both parts (domain: rules 1 and 7).

    Carriers are those at and beneath each unit, silent ones too, as the issuer's total counts them.
    """
    concerned = [result for result in results if result.concerned]
    if not concerned:
        return Figure.not_applicable()
    target = concerned[0].target
    if target.carried_by == Carrier.EACH_UNIT:
        carriers = sum(result.carriers for result in concerned)
        reached = sum(result.carriers_reached for result in concerned)
        return Figure.of_share(reached, carriers) if carriers else Figure.not_applicable()
    if target.indicator.kind == IndicatorKind.RATIO:
        known = [result for result in concerned if result.denominator is not None]
        if not known:
            return Figure.missing()
        parts = (sum((r.numerator or ZERO for r in known), ZERO), sum((r.denominator or ZERO for r in known), ZERO))
        return Figure.of_ratio(*parts)
    values = [_own_part(result) for result in concerned if result.value is not None]
    return Figure.of_amount(sum(values, ZERO)) if values else Figure.missing()
