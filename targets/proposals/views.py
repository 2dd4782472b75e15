"""The step "Targets" of the reading screen: the list beside the document, and one address for each decision."""

from django.utils.translation import ngettext

from plans.proposals.pages import DeskPages
from plans.proposals.screen import Desk

from . import services
from .forms import form_of
from .selectors import TargetItem, items_of
from .wording import words_of

DESK: Desk[TargetItem] = Desk(
    letter="t",
    step="targets",
    page="targets:reading",
    template="targets/reading.html",
    items_of=items_of,
    row_of=words_of,
    form_of=form_of,
)


def _tell(count: int) -> str:
    return ngettext("%(n)s target was accepted.", "%(n)s targets were accepted.", count) % {"n": count}


# A target may also be taken as a repetition of the one that it says again.
PAGES = DeskPages(DESK, services, tell=_tell, more={"merge": services.merge})
