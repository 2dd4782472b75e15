"""Every write to the organisation: units, headcounts, blocs, openings, closings, successions.

A name changes here; what a unit reported and when does not (domain: rule 13).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.folding import fold

from . import changes
from .enums import KIND_LEVELS, Kind, Level, SuccessionKind
from .models import Bloc, BlocMembership, Headcount, Succession, Unit
from .selectors import INHERITING

PAPER_FIELDS = ("paper_name", "superior_paper_name", "place_of_issue", "symbol_suffix")


def hold_unit(unit_id: int) -> Unit:
    """Return the unit as it is now and keep its row until the transaction ends.

    Who gives out something of a unit that may exist once only (a number, a role, a place in a bloc) holds it first and
    looks then: two people at the same moment take turns, and the second finds what the first did.
    """
    return Unit.objects.select_for_update(no_key=True).get(pk=unit_id)


@transaction.atomic
def create_unit(
    *,
    code: str,
    name: str,
    kind: Kind | str,
    opened_on: date,
    parent: Unit | None = None,
    short_name: str = "",
    level: Level | None = None,
    is_reporting: bool = True,
    **paper: str,
) -> Unit:
    """Open a unit under ``parent`` (none: a topmost unit). ``level`` follows from the kind.

    Raises ValidationError where a field is wrong or the parent's level is not higher.
    """
    kind = Kind(kind)
    level = level or KIND_LEVELS[kind]
    if parent is not None and parent.level >= level:
        raise ValidationError({"parent": _("A unit stands under one of a higher level.")})
    if parent is not None and parent.closed_on is not None and parent.closed_on <= opened_on:
        raise ValidationError({"parent": _("The unit above is closed by then.")})
    if unknown := set(paper) - set(PAPER_FIELDS):
        raise TypeError(f"unknown fields: {sorted(unknown)}")
    values = {
        "code": code,
        "name": name,
        "short_name": short_name or name[:80],
        "folded": fold(f"{name} {code}")[:250],
        "kind": kind,
        "level": level,
        "opened_on": opened_on,
        "is_reporting": is_reporting,
        **paper,
    }
    Unit(**values).clean_fields(exclude=["path", "depth", "numchild", "parent"])
    unit = _plant(values, parent)
    changes.tell_opened(unit)
    return unit


def _plant(values: dict[str, Any], parent: Unit | None) -> Unit:
    """Put the unit into the tree. Its place is counted from the siblings, so they are added one after the other."""
    above = None if parent is None else hold_unit(parent.pk)
    if Unit.objects.filter(code=values["code"]).exists():
        raise ValidationError({"code": _("A unit of this code exists already.")})
    if parent is None or above is None:
        return Unit.objects.add_root(values)
    try:
        with transaction.atomic():
            unit = Unit.objects.add_child(above, {"parent": parent, **values})
    except IntegrityError as same:  # the code, given beneath another unit at this moment
        raise ValidationError({"code": _("A unit of this code exists already.")}) from same
    parent.numchild = above.numchild
    return unit


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, short_name: str = "") -> None:
    """Give a unit another name; its code, its history and what was printed stay."""
    unit.name, unit.short_name = name, short_name or name[:80]
    unit.folded = fold(f"{name} {unit.code}")[:250]
    unit.clean_fields(exclude=["parent"])
    unit.save(update_fields=["name", "short_name", "folded"])


def set_headcount(*, unit: Unit, as_of: date, members: int) -> Headcount:
    """Record the members of a unit itself as of a day; the same day again is a correction."""
    if members < 0:
        raise ValidationError({"members": _("The number of members cannot be negative.")})
    headcount, _created = Headcount.objects.update_or_create(unit=unit, as_of=as_of, defaults={"members": members})
    return headcount


def create_bloc(
    *, owner: Unit, number: int, name: str, head_unit: Unit | None = None, deputy_unit: Unit | None = None
) -> Bloc:
    """Make an emulation bloc of units directly under ``owner``."""
    bloc = Bloc(owner=owner, number=number, name=name, head_unit=head_unit, deputy_unit=deputy_unit)
    bloc.full_clean()
    bloc.save()
    return bloc


def appoint_bloc_heads(*, bloc: Bloc, head_unit: Unit | None, deputy_unit: Unit | None) -> None:
    """Name the units that head a bloc; both must be siblings under its owner."""
    for field, unit in (("head_unit", head_unit), ("deputy_unit", deputy_unit)):
        if unit is not None and unit.parent_id != bloc.owner_id:
            raise ValidationError({field: _("A bloc is made of units directly under its owner.")})
    bloc.head_unit, bloc.deputy_unit = head_unit, deputy_unit
    bloc.save(update_fields=["head_unit", "deputy_unit"])


@transaction.atomic
def join_bloc(*, unit: Unit, bloc: Bloc, on: date) -> BlocMembership:
    """Move a unit into a bloc from ``on``; where it was before ends on that day.

    Raises ValidationError where the unit is not directly under the bloc's owner, or where a later
    membership is on record already.
    """
    if unit.parent_id != bloc.owner_id:
        raise ValidationError({"unit": _("A bloc is made of units directly under its owner.")})
    hold_unit(unit.pk)
    if BlocMembership.objects.filter(unit=unit, starts_on__gte=on).exists():
        raise ValidationError({"starts_on": _("The unit joined a bloc on that day or later already.")})
    leave_bloc(unit=unit, on=on)
    membership = BlocMembership.objects.create(bloc=bloc, unit=unit, starts_on=on)
    changes.tell(unit, on)
    return membership


@transaction.atomic
def leave_bloc(*, unit: Unit, on: date) -> None:
    """End the unit's membership, where it has one, also one that was to end later; ``on`` is the first day without."""
    hold_unit(unit.pk)
    running = Q(ends_on__isnull=True) | Q(starts_on__lt=on, ends_on__gt=on)
    for membership in BlocMembership.objects.filter(running, unit=unit):
        if membership.starts_on >= on:
            raise ValidationError({"starts_on": _("The unit joined a bloc on that day or later already.")})
        membership.ends_on = on
        membership.save(update_fields=["ends_on"])  # one by one: the log of changes does not see bulk statements
    changes.tell(unit, on)


@transaction.atomic
def close_unit(*, unit: Unit, on: date, successors: Sequence[tuple[Unit, SuccessionKind]] = ()) -> None:
    """Close a unit: ``on`` is the first day that it is gone and that its successors stand.

    Its reports stay where they were made. Raises ValidationError where the unit is closed already
    or did not stand before that day, units beneath it are open, a successor does not open on that day (a merged one
    may be older) or is gone by then, or the unit itself took over from another on that day or later.
    """
    held = _hold_units([unit, *(successor for successor, _kind in successors)])
    _check_closing(held[unit.pk], on)
    for successor, kind in successors:
        _check_successor(held[successor.pk], kind, on)
        Succession.objects.create(predecessor=unit, successor=successor, kind=kind)
    unit.closed_on = on
    unit.full_clean(exclude=["parent", "path", "depth", "numchild"])
    unit.save(update_fields=["closed_on"])
    leave_bloc(unit=unit, on=on)  # also tells who follows changes


def _hold_units(units: Iterable[Unit]) -> dict[int, Unit]:
    """As ``hold_unit`` for several, always in one order: two people never wait for each other. By id."""
    rows = Unit.objects.select_for_update(no_key=True).filter(pk__in=[unit.pk for unit in units])
    return {unit.pk: unit for unit in rows.order_by("pk")}


def _check_closing(unit: Unit, on: date) -> None:
    if unit.closed_on is not None:
        raise ValidationError({"closed_on": _("The unit is closed already.")})
    if on <= unit.opened_on:
        raise ValidationError({"closed_on": _("A unit closes after the day on which it opened.")})
    if unit.children.open_on(on).exists():
        raise ValidationError({"closed_on": _("Units beneath it are still open: close or move them first.")})
    # Whoever takes over outlives whom it takes over from, so that nobody inherits from itself by a detour.
    if unit.successions_in.filter(kind__in=INHERITING, predecessor__closed_on__gte=on).exists():
        raise ValidationError({"closed_on": _("The unit took over from another on that day or later.")})


def _check_successor(successor: Unit, kind: SuccessionKind, on: date) -> None:
    if kind != SuccessionKind.MERGED and successor.opened_on != on:
        raise ValidationError({"closed_on": _("A successor opens on the day on which the unit closes.")})
    if not successor.is_open_on(on):
        raise ValidationError({"closed_on": _("A successor stands on that day.")})


@transaction.atomic
def split_off(*, unit: Unit, origin: Unit) -> Succession:
    """Record that ``unit`` was split off from ``origin``, which lives on."""
    succession = Succession.objects.create(predecessor=origin, successor=unit, kind=SuccessionKind.SPLIT)
    changes.tell_opened(unit)
    return succession
