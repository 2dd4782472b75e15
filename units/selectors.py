"""Reading the organisation. Who may see a unit is ``accounts.scope``, not here."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from core.folding import fold

from .enums import SuccessionKind
from .models import Bloc, BlocMembership, Headcount, Succession, Unit, UnitQuerySet

INHERITING = (SuccessionKind.WHOLE, SuccessionKind.MERGED)


def top_unit(unit: Unit) -> Unit:
    """Return the topmost unit of the tree that ``unit`` stands in (itself, where it is)."""
    return unit if unit.depth == 1 else Unit.objects.get(path=unit.path[: Unit.steplen])


def ancestors_and_self(unit: Unit) -> UnitQuerySet:
    """Return the way from the top down to the unit, the unit included."""
    steps = range(Unit.steplen, len(unit.path) + 1, Unit.steplen)
    return Unit.objects.filter(path__in=[unit.path[:end] for end in steps])


def search_units(units: UnitQuerySet, wish: str) -> UnitQuerySet:
    """Narrow ``units`` to those whose name or code holds the words, diacritics or not."""
    for word in fold(wish).split():
        units = units.filter(folded__contains=word)
    return units


def headcount_on(unit: Unit, day: date) -> int | None:
    """Return the members as last counted on or before ``day``; null where never counted."""
    newest = Headcount.objects.filter(unit=unit, as_of__lte=day).order_by("-as_of").first()
    return newest.members if newest else None


def headcounts_on(units: Iterable[Unit], day: date) -> dict[int, int]:
    """Return unit id → members as last counted on or before ``day``, in one query."""
    rows = Headcount.objects.filter(unit__in=units, as_of__lte=day).order_by("as_of")
    return {row.unit_id: row.members for row in rows}


def members_beneath(parent: Unit, day: date) -> dict[int, int]:
    """Return id of each unit right under ``parent`` → members of it and of everything beneath it that is open on a day.

    As last counted by then; where nobody was ever counted the unit is missing. Two queries.
    """
    inside = Unit.objects.under(parent).open_on(day)
    rows = Headcount.objects.filter(unit__in=inside, as_of__lte=day).order_by("as_of")
    newest = dict(rows.values_list("unit__path", "members"))
    children = dict(Unit.objects.filter(parent=parent).values_list("path", "pk"))
    found: dict[int, int] = {}
    for path, members in newest.items():
        child = children.get(path[: len(parent.path) + Unit.steplen])
        if child is not None:
            found[child] = found.get(child, 0) + members
    return found


def blocs_of(owner: Unit) -> list[Bloc]:
    """Return the blocs of the units under ``owner``, by their number."""
    return list(Bloc.objects.filter(owner=owner).select_related("head_unit", "deputy_unit"))


def members_on(bloc: Bloc, day: date) -> UnitQuerySet:
    """Return the units of a bloc that are open on ``day``."""
    inside = BlocMembership.objects.on(day).filter(bloc=bloc).values("unit")
    return Unit.objects.filter(pk__in=inside).open_on(day)


def bloc_by_unit(owner: Unit, day: date) -> dict[int, Bloc]:
    """Return unit id → its bloc on ``day``, for all blocs of ``owner``."""
    rows = BlocMembership.objects.on(day).filter(bloc__owner=owner).select_related("bloc")
    return {row.unit_id: row.bloc for row in rows}


def bloc_by_unit_in_year(owner: Unit, day: date, *, since: date | None = None) -> dict[int, Bloc]:
    """Return unit id → its bloc on ``day``, or the last that it was in since the year began (a closed unit).

    ``since``: an earlier day from which on units that have closed are looked for; others keep to the year.
    """
    year = day.replace(month=1, day=1)
    was_in = Q(ends_on__isnull=True) | Q(ends_on__gt=year)
    if since is not None:
        was_in |= Q(ends_on__gt=since, unit__closed_on__lte=day)
    rows = BlocMembership.objects.filter(was_in, bloc__owner=owner, starts_on__lte=day)
    return {row.unit_id: row.bloc for row in rows.select_related("bloc").order_by("starts_on")}


def predecessors_of(units: Iterable[Unit]) -> dict[int, list[Unit]]:
    """Return unit id → all units whose results it inherits, through any number of steps.

    Sole and merged successors inherit; a unit split off does not (domain: Time).
    """
    wanted = {unit.pk for unit in units}
    links: dict[int, list[Unit]] = defaultdict(list)
    for link in Succession.objects.filter(kind__in=INHERITING).select_related("predecessor"):
        links[link.successor_id].append(link.predecessor)
    found: dict[int, list[Unit]] = {}
    for pk in wanted & set(links):
        reached: dict[int, Unit] = {}
        waiting = list(links[pk])
        while waiting:
            unit = waiting.pop()
            if unit.pk not in reached:
                reached[unit.pk] = unit
                waiting.extend(links.get(unit.pk, ()))
        found[pk] = list(reached.values())
    return found


def split_off_units(units: Iterable[Unit]) -> set[int]:
    """Return the ids of those units that were split off from another."""
    rows = Succession.objects.filter(successor__in=units, kind=SuccessionKind.SPLIT)
    return set(rows.values_list("successor_id", flat=True))
