"""What both sides are told of a registration: a line in the portal, and by e-mail if wanted."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.enums import RoleName
from accounts.models import User
from accounts.selectors import people_at
from core import notices
from units.models import Unit
from units.selectors import ancestors_and_self

from ..enums import RegistrationState
from ..models import Registration

REGISTERED = "activities.registered"
DECIDED = "activities.registration_decided"


def register() -> None:
    """Name the kinds of notices of this room; called once when the app is ready."""
    notices.register(REGISTERED, gettext_lazy("A unit or a bloc registers an activity"), soon=True)
    notices.register(DECIDED, gettext_lazy("My unit's registration was approved or returned"), soon=True)


def tell_registered(registration: Registration) -> None:
    """Tell the officers of the body above what waits for them."""
    with override(settings.LANGUAGE_CODE):
        text = _("%(who)s registers “%(name)s” under “%(item)s”.") % _told(registration)
    _tell(_deciders(registration.item.unit), REGISTERED, text, registration)


def tell_withdrawn(registration: Registration) -> None:
    """Tell the same officers that there is nothing to decide any more."""
    with override(settings.LANGUAGE_CODE):
        text = _("%(who)s withdrew its registration of “%(name)s”.") % _told(registration)
    _tell(_deciders(registration.item.unit), REGISTERED, text, registration)


def tell_decided(registration: Registration) -> None:
    """Tell who sent it, and who registers for the unit or the bloc, what became of it."""
    with override(settings.LANGUAGE_CODE):
        words = (
            _("“%(name)s” of %(who)s was approved and stands in the calendar.")
            if registration.state == RegistrationState.APPROVED
            else _("“%(name)s” of %(who)s was returned: %(reason)s")
        )
        text = words % _told(registration)
    sender = [registration.made_by] if registration.made_by is not None and registration.made_by.is_active else []
    _tell({*_speakers(registration), *sender}, DECIDED, text, registration)


def _told(registration: Registration) -> dict[str, str]:
    unit, bloc = registration.unit, registration.bloc
    return {
        "who": bloc.name if bloc else unit.short_name or unit.name,
        "name": registration.name,
        "item": registration.item.name,
        "reason": registration.reason,
    }


def _speakers(registration: Registration) -> list[User]:
    if registration.bloc_id is None:
        return people_at(registration.unit_id, RoleName.SECRETARY, RoleName.OFFICER)
    heads = User.objects.filter(is_active=True, roles__bloc=registration.bloc_id, roles__ended_at__isnull=True)
    return list(heads.distinct())


def _deciders(body: Unit) -> list[User]:
    """The officers of the body itself; where it has none, those of the nearest body above that has some."""
    for unit in reversed(ancestors_and_self(body)):
        if officers := people_at(unit.pk, RoleName.OFFICER):
            return officers
    return []


def _tell(people: Iterable[User], kind: str, text: str, registration: Registration) -> None:
    notices.tell(
        recipients=people, kind=kind, text=text, url=reverse("activities:registration", args=[registration.pk])
    )
