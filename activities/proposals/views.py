"""The step "Activities" of the reading screen: the list beside the document, and one address for each decision."""

from django.utils.translation import ngettext

from plans.proposals.pages import DeskPages
from plans.proposals.screen import Desk

from . import services
from .forms import form_of
from .selectors import ActivityItem, items_of
from .wording import words_of

DESK: Desk[ActivityItem] = Desk(
    letter="a",
    step="activities",
    page="activities:reading",
    template="activities/reading.html",
    items_of=items_of,
    row_of=words_of,
    form_of=form_of,
)


def _tell(count: int) -> str:
    return ngettext("%(n)s activity was accepted.", "%(n)s activities were accepted.", count) % {"n": count}


PAGES = DeskPages(DESK, services, tell=_tell)
