"""Reading indicators, targets and allocations. Which plans exist for a person is ``plans.selectors``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, Q, QuerySet, Value, When

from accounts.models import User
from accounts.scope import units_for
from core.folding import fold
from plans.enums import ISSUED_STATES
from plans.models import Plan, Section
from plans.selectors import WORKING_ROLES, plans_visible_to
from units.models import Succession, Unit
from units.selectors import INHERITING

from .coding import Way, codes_of
from .enums import AdjustmentState
from .models import Adjustment, Allocation, Indicator, Target


def targets_visible_to(user: User) -> QuerySet[Target]:
    """Return the targets of every plan that exists for this person."""
    return Target.objects.filter(plan__in=plans_visible_to(user))


def allocations_visible_to(user: User) -> QuerySet[Allocation]:
    """Return the allocations to units in one's reach: of a superior plan one sees one's own only."""
    return Allocation.objects.filter(unit__in=units_for(user, *WORKING_ROLES))


def targets_of(plan: Plan) -> list[Target]:
    """Return the plan's targets in its order, with indicator, section and the one that each restates."""
    rows = Target.objects.filter(plan=plan).select_related("plan__unit", "indicator", "section", "restates")
    return list(rows.order_by("order"))


def section_codes(plan: Plan) -> dict[int, str]:
    """Return target id → the code that its section gives it; without a section it keeps its own."""
    sections = {section.pk: section for section in plan.sections.all()}
    targets = sorted(
        plan.targets.all(), key=lambda row: (sections[row.section_id].order if row.section_id else 0, row.order)
    )
    codes = codes_of([_way_to(sections, target.section_id) for target in targets])
    return {target.pk: code or target.code for target, code in zip(targets, codes, strict=True)}


def _way_to(sections: Mapping[int, Section], section_id: int | None) -> Way | None:
    numbers: list[str] = []
    while section_id is not None:
        numbers.insert(0, sections[section_id].number)
        section_id = sections[section_id].parent_id
    return tuple(numbers) or None


def latest_version_of(target_id: int) -> int:
    """Return the id under which a target goes on in the latest issued version of its plan; else its own."""
    later = Target.objects.filter(plan__state__in=ISSUED_STATES)
    while (newer := later.filter(origin=target_id).values_list("pk", flat=True).first()) is not None:
        target_id = newer
    return target_id


def catalogue_of(owner: Unit) -> QuerySet[Indicator]:
    """Return the live indicators of the topmost unit by topic, each with ``uses``: how many targets stand on it.

    Of an amended plan the latest version counts.
    """
    live = Indicator.objects.filter(owner=owner, merged_into__isnull=True)
    counted = Count("targets", filter=Q(targets__plan__in=Plan.objects.current()))
    return live.annotate(uses=counted).order_by("topic", "folded", "pk")


def search_indicators(indicators: QuerySet[Indicator], wish: str) -> QuerySet[Indicator]:
    """Narrow to indicators whose name or measure holds the words, diacritics or not."""
    for word in fold(wish).split():
        indicators = indicators.filter(Q(folded__contains=word) | Q(folded_measure__contains=word))
    return indicators


def known_indicator(*, owner: Unit, name: str, measure: str) -> Indicator | None:
    """Return the indicator of that folded name and measure, or the one into which it was merged; null: unknown."""
    same = Indicator.objects.filter(owner=owner, folded=fold(name)[:250], folded_measure=fold(measure)[:80])
    live = same.filter(merged_into__isnull=True).first()
    if live is not None:
        return live
    merged = same.select_related("merged_into").order_by("-pk").first()
    return merged.merged_into if merged else None


def allocation_in_force(target: Target, unit: Unit, on: date) -> Allocation | None:
    """Return what the unit was handed of the target as it stands on ``on``; null where nothing was."""
    return allocations_in_force([target], [unit], on).get((target.pk, unit.pk))


def allocations_in_force(
    targets: Iterable[Target], units: Iterable[Unit], on: date, *, are_heirs: bool = True
) -> dict[tuple[int, int], Allocation]:
    """Return (target id, unit id) → the allocation in force on ``on`` (domain: rule 14).

    The newest row by then counts. A sole or merged successor takes over what its predecessors were handed, until it
    is handed a share itself; what is taken over comes as an unsaved row of the successor. ``are_heirs`` false: the
    caller knows that none of the units took over from another, which saves a query.
    """
    wanted = list(units)
    links = _takeovers(on) if are_heirs else {}
    ids = {unit.pk for unit in wanted} | {pk for rows in links.values() for pk, _day in rows}
    return shares_on(on, allocations_to(targets, ids, on), wanted, links)


def allocations_to(targets: Iterable[Target], unit_ids: Iterable[int], day: date) -> QuerySet[Allocation]:
    """Return everything that these units were handed of the targets up to ``day``, oldest first."""
    rows = Allocation.objects.filter(target__in=[target.pk for target in targets], unit__in=list(unit_ids))
    return rows.filter(effective_on__lte=day).order_by("effective_on")


def shares_on(
    day: date, rows: Iterable[Allocation], units: Iterable[Unit], links: Mapping[int, list[tuple[int, date]]]
) -> dict[tuple[int, int], Allocation]:
    """Return what ``allocations_in_force`` says on ``day``, from rows (oldest first) and successions read before.

    ``links``: successor id → those that it took over from by ``day``, with the day on which each was gone.
    """
    newest = {(row.target_id, row.unit_id): row for row in rows if row.effective_on <= day}
    asked_targets = {target_id for target_id, _unit in newest}
    found: dict[tuple[int, int], Allocation] = {}
    for unit in units:
        for target_id in asked_targets:
            share = _share(target_id, unit.pk, newest, links)
            if share is not None:
                found[target_id, unit.pk] = share
    return found


def share_history(target: Target, unit: Unit) -> list[Allocation]:
    """Return every share of the target that the unit itself was handed, the latest day first."""
    rows = Allocation.objects.filter(target=target, unit=unit).select_related("handed_by", "actor")
    return list(rows.order_by("-effective_on"))


def adjustments_of(target: Target, unit: Unit) -> list[Adjustment]:
    """Return what the unit proposed for its share of the target, newest first."""
    rows = Adjustment.objects.filter(target=target, unit=unit)
    return list(rows.select_related("asked_of", "made_by", "settled_by", "allocation"))


def adjustments_visible_to(user: User, plan: Plan) -> QuerySet[Adjustment]:
    """Return what units in one's reach proposed for their shares of a plan, those that wait first, newest first."""
    rows = Adjustment.objects.filter(target__plan=plan, unit__in=units_for(user, *WORKING_ROLES))
    waits = Case(When(state=AdjustmentState.OPEN, then=Value(0)), default=Value(1))
    related = ("target__indicator", "unit", "asked_of", "made_by", "settled_by", "allocation")
    return rows.select_related(*related).order_by(waits, "-made_at", "-pk")


def open_adjustments(plan: Plan, units: Iterable[Unit]) -> dict[tuple[int, int], Adjustment]:
    """Return (target id, unit id) → what waits to be settled for the shares of these units."""
    rows = Adjustment.objects.filter(target__plan=plan, unit__in=list(units), state=AdjustmentState.OPEN)
    return {(row.target_id, row.unit_id): row for row in rows}


def _takeovers(on: date) -> dict[int, list[tuple[int, date]]]:
    """Return successor id → its predecessors gone by ``on`` with the day of each; split-offs take nothing over."""
    links: dict[int, list[tuple[int, date]]] = defaultdict(list)
    rows = Succession.objects.filter(kind__in=INHERITING, predecessor__closed_on__lte=on)
    for row in rows.select_related("predecessor"):
        if row.predecessor.closed_on is not None:
            links[row.successor_id].append((row.predecessor_id, row.predecessor.closed_on))
    return links


def _share(
    target_id: int,
    unit_id: int,
    newest: dict[tuple[int, int], Allocation],
    links: Mapping[int, list[tuple[int, date]]],
) -> Allocation | None:
    own = newest.get((target_id, unit_id))
    taken = [
        share
        for predecessor, day in links.get(unit_id, ())
        if (own is None or own.effective_on < day) and (share := _share(target_id, predecessor, newest, links))
    ]
    if not taken:
        return own
    parts = [own, *taken] if own else taken
    return Allocation(
        target_id=target_id,
        unit_id=unit_id,
        minimum=_added([part.minimum for part in parts]),
        maximum=_added([part.maximum for part in parts]),
        effective_on=max(day for _pk, day in links[unit_id]),
        handed_by_id=parts[0].handed_by_id,
    )


def _added(bounds: Sequence[Decimal | None]) -> Decimal | None:
    """The sum; null, that is open, where one of them is open."""
    known = [bound for bound in bounds if bound is not None]
    return sum(known, Decimal(0)) if len(known) == len(bounds) else None
