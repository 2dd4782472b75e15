"""Changes of the organisation asked for by a person: who may is ``accounts.rules``, the writing ``units.services``.

Each raises PermissionDenied where the person may not, and ValidationError in words where it cannot be.
"""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from units import services
from units.enums import SuccessionKind
from units.models import Bloc, Unit

from .models import User
from .rules import can_administer, can_reorganise


@transaction.atomic
def open_unit(
    *,
    actor: User,
    parent: Unit,
    code: str,
    name: str,
    kind: str,
    opened_on: date,
    short_name: str = "",
    is_reporting: bool = True,
    members: int | None = None,
    bloc: Bloc | None = None,
    origin: Unit | None = None,
) -> Unit:
    """Open a unit beneath ``parent``. ``origin``: the sibling that it was split off from, which lives on."""
    _ask(can_administer(actor, parent))
    unit = services.create_unit(
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        parent=parent,
        opened_on=opened_on,
        is_reporting=is_reporting,
    )
    if members is not None:
        services.set_headcount(unit=unit, as_of=opened_on, members=members)
    if bloc is not None:
        services.join_bloc(unit=unit, bloc=bloc, on=opened_on)
    if origin is not None:
        services.split_off(unit=unit, origin=origin)
    return unit


def rename_unit(*, actor: User, unit: Unit, name: str, short_name: str) -> None:
    """Give the unit another name."""
    _ask(can_administer(actor, unit))
    services.rename_unit(unit=unit, name=name, short_name=short_name)


def count_members(*, actor: User, unit: Unit, as_of: date, members: int) -> None:
    """Record the unit's members as of a day that is not in the future."""
    _ask(can_administer(actor, unit))
    if as_of > clock.today():
        raise ValidationError({"as_of": _("This day has not come yet.")})
    services.set_headcount(unit=unit, as_of=as_of, members=members)


def move_into_bloc(*, actor: User, unit: Unit, bloc: Bloc | None, on: date) -> None:
    """Move the unit into a bloc from ``on``, or (null) out of the one that it is in."""
    _ask(can_reorganise(actor, unit))
    if bloc is None:
        services.leave_bloc(unit=unit, on=on)
    else:
        services.join_bloc(unit=unit, bloc=bloc, on=on)


@transaction.atomic
def close_unit(*, actor: User, unit: Unit, on: date, successor: Unit | None, kind: str) -> None:
    """Close the unit; ``on`` is the first day that it is gone. ``kind`` counts only with a successor."""
    _ask(can_reorganise(actor, unit))
    successors = [] if successor is None else [(successor, SuccessionKind(kind))]
    services.close_unit(unit=unit, on=on, successors=successors)


def _ask(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
