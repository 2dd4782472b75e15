"""What a document's head says, as the first facts of a plan; and what is sensible where it says nothing. Pure."""

import re
from datetime import date

from django.utils.translation import gettext as _

from core import clock
from plans.enums import PlanKind
from plans.outline import Head
from plans.services import PlanFacts
from units.models import Unit

LONGEST_TITLE = 300
BIGGEST_NUMBER = 99_999
_LEADING_NUMBER = re.compile(r"\D{0,12}(\d{1,6})")


def facts_of(head: Head, unit: Unit) -> PlanFacts:
    """Return kind, title, term and recipients. Silent heads give a plan of the coming year, or of the document's."""
    starts_on, ends_on = _term(head)
    kind = PlanKind(head.kind) if head.kind in PlanKind.values else PlanKind.PLAN
    title = " ".join(head.title.split())[:LONGEST_TITLE]
    return {
        "kind": kind,
        "title": title or _("Programme of work %(year)s") % {"year": starts_on.year},
        "starts_on": starts_on,
        "ends_on": ends_on,
        "recipients": [{"name": name, "role": ""} for name in head.recipients],
    }


def _term(head: Head) -> tuple[date, date]:
    if head.starts_on and head.ends_on and head.starts_on <= head.ends_on:
        return head.starts_on, head.ends_on
    year = head.dated.year if head.dated else clock.today().year
    return date(year, 1, 1), date(year, 12, 31)


def number_of(head: Head) -> int | None:
    """Return the running number that the document bears ("02-NQ/ĐTN" is 2); null where it bears none."""
    found = _LEADING_NUMBER.match(head.number)
    number = int(found[1]) if found else 0
    return number if 0 < number <= BIGGEST_NUMBER else None
