"""The step "Targets" of the reading screen: the list beside the document, and one address for each decision."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from plans.proposals.pages import DeskPages
from plans.proposals.screen import Desk, DeskWords

from . import services
from .forms import form_of
from .selectors import TargetItem, items_of
from .wording import words_of


def _accepted(count: int) -> str:
    return ngettext("%(n)s target was accepted.", "%(n)s targets were accepted.", count) % {"n": count}


def _decided(decided: int, total: int) -> str:
    words = ngettext("%(decided)s of %(total)s target decided", "%(decided)s of %(total)s targets decided", total)
    return words % {"decided": decided, "total": total}


DESK: Desk[TargetItem] = Desk(
    letter="t",
    step="targets",
    space="targets",
    fields="targets/proposal_fields.html",
    words=DeskWords(
        found=_("Targets found"),
        none=_("No target was found in the document"),
        none_hint=_("Mark the words of a target in the document to add it, or go on to the activities."),
        add=_("Add a target that the document has and the machine did not see"),
        add_short=_("Add as a target"),
        accepted=_accepted,
        decided=_decided,
    ),
    items_of=items_of,
    row_of=words_of,
    form_of=form_of,
)

# A target may also be taken as a repetition of the one that it says again.
PAGES = DeskPages(DESK, services, more={"merge": services.merge})
