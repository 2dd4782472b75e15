"""Under which quarter a document lists an activity."""

import re

from plans.models import Section

from .wording import ROMAN

_QUARTER_HEADING = re.compile(r"quý\s+(IV|I{1,3})\b", re.IGNORECASE)


def listed_quarter(section: Section | None) -> int | None:
    """Return the quarter that the section's heading names ("Quý IV"); null where it names none."""
    found = _QUARTER_HEADING.search(section.heading) if section else None
    return ROMAN.index(found[1].upper()) + 1 if found else None
