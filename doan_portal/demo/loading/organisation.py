"""The bodies with their blocs and headcounts, and what changed among them in the year."""

from datetime import date

from doan_portal.demo.facts.shapes import UnitFact
from doan_portal.demo.facts.units import (
    BLOCS,
    HEADCOUNT_ON,
    KCQ,
    PREDECESSOR,
    REORGANISED_ON,
    STANDING_SINCE,
    SUCCESSOR,
    UNITS,
)
from units.enums import Kind, Level, SuccessionKind
from units.models import Bloc, Unit
from units.services import appoint_bloc_heads, close_unit, create_bloc, create_unit, join_bloc, set_headcount

from .world import World

MOVED_UNIT, MOVED_TO_BLOC, MOVED_ON = f"{KCQ}-012", 5, date(2024, 7, 1)


def found_organisation() -> dict[str, Unit]:
    """Make every body that stands when the year begins, its blocs and headcounts; return them by code."""
    units: dict[str, Unit] = {}
    standing = [fact for fact in UNITS if fact.opened_on == STANDING_SINCE]
    for fact in standing:
        units[fact.code] = _open(fact, units)
    blocs = {fact.number: create_bloc(owner=units[fact.parent], number=fact.number, name=fact.name) for fact in BLOCS}
    for fact in standing:
        if fact.bloc is not None:
            join_bloc(unit=units[fact.code], bloc=blocs[fact.bloc], on=fact.opened_on)
    for bloc in BLOCS:
        appoint_bloc_heads(bloc=blocs[bloc.number], head_unit=units[bloc.head], deputy_unit=units[bloc.deputy])
    return units


def _open(fact: UnitFact, units: dict[str, Unit]) -> Unit:
    unit = create_unit(
        code=fact.code,
        name=fact.name,
        short_name=fact.short_name,
        kind=Kind(fact.kind),
        level=Level[fact.level.upper()],
        parent=units[fact.parent] if fact.parent else None,
        opened_on=fact.opened_on,
        is_reporting=fact.is_reporting,
        paper_name=fact.paper_name,
        superior_paper_name=fact.superior_paper_name,
        place_of_issue=fact.place_of_issue,
        symbol_suffix=fact.symbol_suffix,
    )
    if fact.members is not None:
        set_headcount(unit=unit, as_of=max(HEADCOUNT_ON, fact.opened_on), members=fact.members)
    return unit


def reorganise(world: World) -> Unit:
    """On 1/5 one branch gives way to its successor, in the same bloc; return the successor."""
    fact = next(fact for fact in UNITS if fact.code == SUCCESSOR)
    successor = _open(fact, world.units)
    join_bloc(unit=successor, bloc=_bloc(fact.bloc or 0), on=REORGANISED_ON)
    close_unit(unit=world.units[PREDECESSOR], on=REORGANISED_ON, successors=[(successor, SuccessionKind.WHOLE)])
    return successor


def change_bloc(world: World) -> None:
    """On 1/7 one unit goes over into another bloc."""
    join_bloc(unit=world.units[MOVED_UNIT], bloc=_bloc(MOVED_TO_BLOC), on=MOVED_ON)


def _bloc(number: int) -> Bloc:
    return Bloc.objects.get(owner__code=KCQ, number=number)
