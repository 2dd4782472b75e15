"""Whether arrangements fit before they are written."""

from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scope import visible_units
from core import clock
from units.models import Unit

from ..models import Activity
from .selectors import people_in_charge

LARGEST_BUDGET = Decimal(10) ** 12


def check_owner(activity: Activity) -> None:
    """Raises ValidationError at ``owner`` for somebody without a role at the unit."""
    owner_id = activity.owner_id
    if owner_id is None:
        return
    if not people_in_charge([activity.unit_id], activity.bloc).filter(pk=owner_id).exists():
        raise ValidationError({"owner": _("The person in charge is one of those who hold a role at the unit.")})


def whole_sum(amount: Decimal | None) -> Decimal | None:
    """Return the sum without decimals; null for none. Raises ValidationError at ``budget_amount`` for no whole đồng."""
    if amount is None:
        return None
    if amount != amount.to_integral_value() or not 0 <= amount <= LARGEST_BUDGET:
        raise ValidationError({"budget_amount": _("Write a sum in whole đồng, such as 12.500.000.")})
    return amount.quantize(Decimal(1))


def checked_units(actor: User | None, activity: Activity, units: Iterable[Unit]) -> list[Unit]:
    """Return the units that are to help, each once. Those that were named before may be kept by whoever it is.

    Raises ValidationError at ``coordinating`` for the activity's own unit, and for a unit that does not exist for the
    actor (null is the machine itself) or is closed.
    """
    asked = {unit.pk: unit for unit in units}
    if activity.unit_id in asked:
        raise ValidationError({"coordinating": _("The unit that holds the activity does not coordinate it as well.")})
    named = set(activity.coordinating.values_list("pk", flat=True)) if activity.pk else set()
    new = [unit for unit in asked.values() if unit.pk not in named]
    known = {unit.pk for unit in new} if actor is None else _existing(actor, new)
    for unit in new:
        if unit.pk not in known or not unit.is_open_on(clock.today()):
            raise ValidationError({"coordinating": _("There is no unit “%(code)s”.") % {"code": unit.code}})
    return list(asked.values())


def _existing(actor: User, units: Iterable[Unit]) -> set[int]:
    return set(visible_units(actor).filter(pk__in=[unit.pk for unit in units]).values_list("pk", flat=True))
