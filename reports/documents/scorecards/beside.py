"""The way to scorecards from a unit's page."""

from accounts.models import User
from core.page_parts import PagePart
from units.models import Unit

from .selectors import makes_of

TEMPLATE = "reports/documents/scorecards_part.html"


def unit_part(unit: Unit, user: User) -> PagePart | None:
    """The way, for the unit's page; null for who has none made."""
    makes = makes_of(user, unit)
    return PagePart(TEMPLATE, makes) if makes else None
