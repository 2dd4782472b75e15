"""From the database to a paper that hands targets down."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from core import clock
from core.jobs import JobFailed
from plans.models import Plan
from reports.documents.asked import AskedGroup, Share
from reports.documents.building import head_of, plan_reference, signer_of, symbol_of
from reports.documents.building.asked import asked_groups, asked_target
from reports.documents.building.spans import SUBJECT
from reports.documents.building.targets import LAST, kind_short, kinds_note
from reports.documents.context import Recipient
from targets.enums import Carrier, Reach
from targets.models import Target
from targets.sharing.grid import Column, grid_of
from targets.sharing.line import Line, receivers_of
from units.models import Bloc, Unit
from units.selectors import bloc_by_unit_in_year, split_off_units

from .context import Allocation, Grid, GridBloc, GridRow

SYMBOL = "TB"
NONE = Share()


def title_of(plan: Plan, unit: Unit | None) -> str:
    """Return the paper's title as the register shows it."""
    about = f" cho {unit.name}" if unit else ""
    return f"Giao chỉ tiêu {SUBJECT} {year_of(plan)}{about}"[:300]


def year_of(plan: Plan) -> str:
    """Return "năm 2024", or "giai đoạn 2024 - 2027" for a plan of several years."""
    first, last = plan.starts_on.year, plan.ends_on.year
    return f"năm {first}" if first == last else f"giai đoạn {first} - {last}"


def build_allocation(*, plan: Plan, body: Unit, unit: Unit | None) -> Allocation:
    """Gather what the body has handed down of the plan as of today, to one unit or (null) to all.

    Raises JobFailed, in words, where that is nothing, and where the unit does not stand directly beneath the body.
    """
    receivers = receivers_of(plan, body)
    if unit is not None and unit not in receivers:
        raise JobFailed(f"{unit.name} không còn là đơn vị trực thuộc {body.name}.")
    columns = grid_of(plan, Line(body, receivers, False)).columns
    groups = _groups(plan, body, columns, receivers, unit)
    if not groups:
        raise JobFailed("Chưa giao chỉ tiêu nào nên chưa lập được văn bản giao chỉ tiêu.")
    return Allocation(
        draft=True,
        head=head_of(body, symbol_of(body, SYMBOL)),
        issuer=f"Ban Thường vụ {body.name}",
        issuer_short=f"Ban Thường vụ {body.short_name or body.name}",
        unit=unit.name if unit else "",
        units=len(receivers),
        as_of=clock.today(),
        year_label=year_of(plan),
        plan=plan_reference(plan),
        groups=groups,
        grid=None if unit else _grid(body, columns, receivers),
        recipients=(Recipient(name=unit.name if unit else "Các đơn vị trực thuộc", role="t/h"),),
        archive="VP",
        signer=signer_of(body),
    )


def _groups(
    plan: Plan, body: Unit, columns: Sequence[Column], receivers: Sequence[Unit], unit: Unit | None
) -> tuple[AskedGroup, ...]:
    """What is asked of the unit, or of any of all, with its share, in the plan's order."""
    asked_of = [unit] if unit else list(receivers)
    shares = {column.target.pk: _handed(column, unit) for column in columns}
    rows = Target.objects.counted().filter(plan=plan)
    targets = rows.select_related("plan__unit", "indicator", "section__parent").order_by("order")
    young = split_off_units(receivers)
    kept = [
        target
        for target in targets
        if shares.get(target.pk, NONE).is_given or any(_carries(target, one, body, young) for one in asked_of)
    ]
    return asked_groups(plan, kept, _with_own_bounds(kept, shares))


def _handed(column: Column, unit: Unit | None) -> Share:
    """The unit's share; of all units together what their shares come to, where they add up."""
    if unit is None:
        return Share(minimum=column.handed.minimum, maximum=column.handed.maximum) if column.handed else NONE
    share = next((cell.share for cell in column.cells if cell.unit.pk == unit.pk), None)
    return Share(minimum=share.minimum, maximum=share.maximum) if share else NONE


def _with_own_bounds(targets: Sequence[Target], shares: Mapping[int, Share]) -> dict[int, Share]:
    """What each unit is asked by itself, it is asked by the target's own bounds, unless it was handed others."""
    found = dict(shares)
    for target in targets:
        if target.carried_by == Carrier.EACH_UNIT and not found.get(target.pk, NONE).is_given:
            found[target.pk] = Share(minimum=target.minimum, maximum=target.maximum)
    return found


def _carries(target: Target, unit: Unit, body: Unit, young: set[int]) -> bool:
    """Whether the unit is tested by itself (domain: Targets, 2; one that was split off owes only what began later)."""
    is_reached = target.carrier_reach == Reach.ALL or body.pk == target.plan.unit_id
    is_of_kind = not target.carrier_kinds or unit.kind in target.carrier_kinds
    is_old_enough = unit.pk not in young or target.starts_on >= unit.opened_on
    return target.carried_by == Carrier.EACH_UNIT and is_reached and is_of_kind and is_old_enough


def _grid(body: Unit, columns: Sequence[Column], receivers: Sequence[Unit]) -> Grid | None:
    """The targets of which somebody was handed a share; null where there is none."""
    handed = [column for column in columns if any(cell.share for cell in column.cells)]
    if not handed:
        return None
    blocs = bloc_by_unit_in_year(body, clock.today())
    by_bloc: dict[Bloc | None, list[GridRow]] = defaultdict(list)
    for place, unit in enumerate(receivers):
        shares = tuple(_share(column, place) for column in handed)
        by_bloc[blocs.get(unit.pk)].append(GridRow(name=unit.short_name, kind_short=kind_short(unit), shares=shares))
    ordered = sorted(by_bloc.items(), key=lambda item: item[0].number if item[0] else LAST)
    return Grid(
        columns=tuple(asked_target(column.target) for column in handed),
        blocs=tuple(GridBloc(name=_name_of(bloc, bool(blocs)), rows=tuple(rows)) for bloc, rows in ordered),
        sums=tuple(_handed(column, None) for column in handed),
        kinds_note=kinds_note(receivers),
    )


def _name_of(bloc: Bloc | None, has_blocs: bool) -> str:
    return bloc.name if bloc else ("Đơn vị không thuộc khối thi đua" if has_blocs else "")


def _share(column: Column, place: int) -> Share:
    share = column.cells[place].share
    return Share(minimum=share.minimum, maximum=share.maximum) if share else NONE
