"""The way from the calendar to its paper."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from activities.beside import Looked
from core.page_parts import PageLink
from reports.documents.rules import can_prepare, prepares_any


def calendar_link(looked: Looked, user: User) -> PageLink | None:
    """The way; null for who has no papers made of the unit looked at."""
    unit = looked.unit
    if not (can_prepare(user, unit) if unit else prepares_any(user)) or (unit and not unit.numchild):
        return None
    words = {"unit": unit.code, "year": looked.year} if unit else {"year": looked.year}
    return PageLink(_("Quarter's calendar (PDF, Word)"), f"{reverse('reports:calendar-paper')}?{urlencode(words)}")
