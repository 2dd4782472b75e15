"""From what the reader of texts proposes to what a target proposal says; and reading a few words by themselves."""

from dataclasses import replace

from plans.models import Plan
from plans.proposals.selecting import Selection
from targets.enums import Carrier, Reach
from targets.extraction import Known, ProposedTarget, read_targets
from targets.models import Indicator
from units.models import Unit
from units.selectors import top_unit

from .keys import TargetValues

# Under such a heading documents of the genre list their targets.
HEADING = "HỆ THỐNG CÁC CHỈ TIÊU"


def catalogue_of(plan: Plan) -> list[Known]:
    """Return the rows of the catalogue that a target of the plan may stand on."""
    rows = Indicator.objects.filter(owner=top_unit(plan.unit), merged_into__isnull=True).order_by("pk")
    return [Known(row.pk, row.name, row.measure, row.kind) for row in rows]


def values_found(one: ProposedTarget, direct: set[str]) -> TargetValues:
    """Return what was found as it is stored; ``direct`` are the kinds of units right beneath the plan's.

    ``restates`` is linked once all rows stand.
    """
    figure = one.figure
    reaches_all = bool(one.carrier_kinds) and not direct & set(one.carrier_kinds)
    return TargetValues(
        name=one.name,
        indicator=one.indicator.pk if one.indicator else None,
        indicator_name=one.indicator_name,
        measure=one.measure,
        kind=one.kind,
        over_time=one.over_time,
        carried_by=one.carried_by,
        carrier_kinds=tuple(one.carrier_kinds),
        carrier_reach=(Reach.ALL if one.carried_by == Carrier.EACH_UNIT and reaches_all else Reach.DIRECT).value,
        minimum=one.minimum,
        maximum=one.maximum,
        required_share=one.required_share,
        starts_on=one.starts_on,
        due_on=one.due_on,
        phases=tuple(one.phases),
        figure={
            "comparator": figure.comparator,
            "low": None if figure.low is None else f"{figure.low:f}",
            "high": None if figure.high is None else f"{figure.high:f}",
            "unit": figure.unit,
            "population": figure.population,
        },
    )


def kinds_directly_below(unit: Unit) -> set[str]:
    """Return the kinds of the open units right beneath."""
    return set(Unit.objects.filter(parent=unit, closed_on__isnull=True).values_list("kind", flat=True))


def values_in(plan: Plan, selection: Selection) -> TargetValues:
    """Return what can be read out of marked words, as a beginning for a person; the name alone where nothing can."""
    reading = read_targets(selection.as_document(HEADING, plan.starts_on.year), known=catalogue_of(plan))
    if not reading.proposals:
        return TargetValues(name=selection.name)
    return replace(values_found(reading.proposals[0], kinds_directly_below(plan.unit)), name=selection.name, figure={})
