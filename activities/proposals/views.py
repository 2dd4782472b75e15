"""The step "Activities" of the reading screen: the list beside the document, and one address for each decision."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from plans.proposals.pages import DeskPages
from plans.proposals.screen import Desk, DeskWords

from . import services
from .forms import form_of
from .selectors import ActivityItem, items_of
from .wording import words_of


def _accepted(count: int) -> str:
    return ngettext("%(n)s activity was accepted.", "%(n)s activities were accepted.", count) % {"n": count}


def _decided(decided: int, total: int) -> str:
    words = ngettext("%(decided)s of %(total)s activity decided", "%(decided)s of %(total)s activities decided", total)
    return words % {"decided": decided, "total": total}


DESK: Desk[ActivityItem] = Desk(
    letter="a",
    step="activities",
    space="activities",
    fields="activities/proposal_fields.html",
    words=DeskWords(
        found=_("Activities found"),
        none=_("No activity was found in the document"),
        none_hint=_("Mark the words of an activity in the document to add it, or go on to the last step."),
        add=_("Add an activity that the document has and the machine did not see"),
        add_short=_("Add as an activity"),
        accepted=_accepted,
        decided=_decided,
    ),
    items_of=items_of,
    row_of=words_of,
    form_of=form_of,
)

PAGES = DeskPages(DESK, services)
