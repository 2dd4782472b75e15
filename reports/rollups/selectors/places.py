"""The units that a look at figures needs, as they stand and stood: read in one query, with their blocs and successions.

Not the whole subtree: the units looked at, those above them, members of blocs, and carriers where they are wanted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from targets.enums import Carrier, Reach
from targets.models import Target
from units.enums import SuccessionKind
from units.models import Bloc, BlocMembership, Succession, Unit
from units.selectors import INHERITING

_PREDECESSOR = ("pk", "path", "kind", "level", "is_reporting", "opened_on", "closed_on", "parent_id", "name")


@dataclass
class Places:
    """Units by id; their memberships, whoever was split off, and from whom each inherits directly."""

    units: dict[int, Unit] = field(default_factory=dict)
    memberships: list[BlocMembership] = field(default_factory=list)
    predecessors: dict[int, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    split_off: set[int] = field(default_factory=set)

    def blocs_on(self, owner: Unit, day: date) -> dict[int, Bloc]:
        """Unit id → its bloc on ``day``, of the owner's blocs."""
        return {
            row.unit_id: row.bloc
            for row in self.memberships
            if row.bloc.owner_id == owner.pk and row.starts_on <= day and (row.ends_on is None or row.ends_on > day)
        }

    def takeovers(self, day: date) -> dict[int, list[tuple[int, date]]]:
        """Successor id → its predecessors that were gone by ``day``, with the day of each."""
        return {
            pk: [(row.pk, row.closed_on) for row in rows if row.closed_on is not None and row.closed_on <= day]
            for pk, rows in self.predecessors.items()
        }


def all_predecessors(unit_id: int, predecessors: Mapping[int, list[Unit]]) -> list[Unit]:
    """Every unit whose results this one inherits, through any number of steps."""
    waiting = list(predecessors.get(unit_id, ()))
    if not waiting:
        return []
    found: dict[int, Unit] = {}
    while waiting:
        unit = waiting.pop()
        if unit.pk not in found:
            found[unit.pk] = unit
            waiting.extend(predecessors.get(unit.pk, ()))
    return list(found.values())


def read_places(
    targets: Iterable[Target], units: Sequence[Unit], *, more: Q | None = None, with_carriers: bool = False
) -> Places:
    """Read what looking at these units takes, and ``more``. Whoever took over from one that did so itself costs a

    query for each step more (a unit split off inherits nothing; domain: Time).
    """
    paths = {unit.path[:end] for unit in units for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)}
    paths |= {target.plan.unit.path for target in targets}
    wanted = [Q(path__in=paths), *_members(targets, units), *([more] if more is not None else [])]
    if with_carriers:
        wanted += _carriers(targets, units)
    places = Places()
    waiting = _read_into(places, reduce(or_, wanted))
    while waiting:
        waiting = _read_into(places, Q(pk__in=waiting))
    return places


def _members(targets: Iterable[Target], units: Sequence[Unit]) -> Iterable[Q]:
    """The members of the blocs whose share is the figure at one of the units."""
    for target in targets:
        issuer = target.plan.unit
        if target.carried_by == Carrier.EACH_BLOC and any(issuer.path.startswith(unit.path) for unit in units):
            yield Q(parent=issuer.pk, bloc_memberships__bloc__owner=issuer.pk)


def _carriers(targets: Iterable[Target], units: Sequence[Unit]) -> Iterable[Q]:
    """Who carries a target beneath one of the units: there the figure is their share."""
    paths = [unit.path for unit in units]
    for target in targets:
        issuer = target.plan.unit
        is_at_issuer = any(issuer.path.startswith(path) for path in paths)
        if target.carried_by == Carrier.EACH_UNIT and target.carrier_reach == Reach.ALL:
            kinds = Q(kind__in=target.carrier_kinds) if target.carrier_kinds else Q()
            seats = {issuer.path if issuer.path.startswith(path) else path for path in paths}
            yield from (kinds & Q(path__startswith=seat) for seat in seats if _is_topmost(seat, seats))
        elif target.carried_by == Carrier.EACH_UNIT and is_at_issuer:
            yield Q(parent=issuer.pk)


def _is_topmost(path: str, paths: set[str]) -> bool:
    return not any(path[:end] in paths for end in range(Unit.steplen, len(path), Unit.steplen))


def _read_into(places: Places, wanted: Q) -> set[int]:
    """Read units, once for each bloc that one was in and each that it took over from; return who has a story more."""
    earlier = Succession.objects.filter(successor=OuterRef("successions_in__predecessor"), kind__in=INHERITING)
    columns = {f"from_{name}": F(f"successions_in__predecessor__{name}") for name in _PREDECESSOR}
    rows: Iterable[Any] = Unit.objects.filter(pk__in=Unit.objects.filter(wanted).order_by().values("pk")).annotate(
        succession=F("successions_in__pk"),
        succession_kind=F("successions_in__kind"),
        has_earlier=Exists(earlier),
        membership=F("bloc_memberships__pk"),
        joined_on=F("bloc_memberships__starts_on"),
        left_on=F("bloc_memberships__ends_on"),
        bloc=F("bloc_memberships__bloc"),
        bloc_owner=F("bloc_memberships__bloc__owner"),
        bloc_number=F("bloc_memberships__bloc__number"),
        bloc_name=F("bloc_memberships__bloc__name"),
        **columns,
    )
    seen: set[int] = set()
    waiting: set[int] = set()
    for row in rows:
        unit = places.units.setdefault(row.pk, row)
        if row.membership is not None and row.membership not in seen:
            seen.add(row.membership)
            bloc = Bloc(pk=row.bloc, owner_id=row.bloc_owner, number=row.bloc_number, name=row.bloc_name)
            places.memberships.append(
                BlocMembership(pk=row.membership, unit=unit, bloc=bloc, starts_on=row.joined_on, ends_on=row.left_on)
            )
        _follow(places, row, waiting)
    return waiting - set(places.predecessors)


def _follow(places: Places, row: Any, waiting: set[int]) -> None:
    """Note whom the unit came from."""
    if row.succession is None:
        return
    if row.succession_kind == SuccessionKind.SPLIT:
        places.split_off.add(row.pk)
        return
    known = places.predecessors[row.pk]
    if all(one.pk != row.from_pk for one in known):
        known.append(Unit(**{name: getattr(row, f"from_{name}") for name in _PREDECESSOR}))
        if row.has_earlier:
            waiting.add(row.from_pk)
