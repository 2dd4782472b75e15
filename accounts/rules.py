"""Who may change the organisation: questions over (person, unit), answered from ``accounts.scope``."""

from units.models import Unit

from .enums import RoleName
from .models import User
from .scope import grants_of, holds, holds_strictly_above


def administers_somewhere(user: User) -> bool:
    """Whether the person administers any unit at all."""
    return any(grant.name == RoleName.ADMINISTRATOR for grant in grants_of(user))


def can_administer(user: User, unit: Unit) -> bool:
    """Rename the unit, count its members, open units beneath it: administrators of it or above it."""
    return holds(user, unit, RoleName.ADMINISTRATOR)


def can_reorganise(user: User, unit: Unit) -> bool:
    """Close the unit or move it into a bloc: that is for administrators of a unit above it."""
    return holds_strictly_above(user, unit, RoleName.ADMINISTRATOR)
