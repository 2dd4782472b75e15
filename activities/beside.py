"""What higher apps add to the head of the calendar: they register it; activities knows nothing of them."""

from dataclasses import dataclass

from accounts.models import User
from core.page_parts import PageLinks
from units.models import Unit


@dataclass(frozen=True)
class Looked:
    """What the calendar looks at: a unit's year; of no unit (null), of all within reach."""

    unit: Unit | None
    year: int


calendar_links: PageLinks[Looked, User] = PageLinks()
