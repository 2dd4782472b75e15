"""What both sides are told of a proposal to adjust a share: a line in the portal, and by e-mail if wanted."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.enums import RoleName
from accounts.models import User
from accounts.selectors import people_at
from core import notices
from units.models import Unit
from units.selectors import ancestors_and_self

from ..enums import AdjustmentState
from ..models import Adjustment
from ..wording import figure_text

ASKED = "targets.adjustment_asked"
SETTLED = "targets.adjustment_settled"


def register() -> None:
    """Name the kinds of notices of this room; called once when the app is ready."""
    notices.register(ASKED, gettext_lazy("A unit proposes another figure for its share"), soon=True)
    notices.register(SETTLED, gettext_lazy("My unit's proposal for its share was settled"), soon=True)


def tell_asked(adjustment: Adjustment) -> None:
    """Tell the officers of the body that handed the share down what is proposed, and why."""
    with override(settings.LANGUAGE_CODE):
        words = _("%(unit)s proposes %(figure)s for “%(target)s”: %(reason)s")
        text = words % {**_told(adjustment), "reason": adjustment.reason}
    _tell(_settlers(adjustment.asked_of), ASKED, text, adjustment)


def tell_withdrawn(adjustment: Adjustment) -> None:
    """Tell the same officers that there is nothing to settle any more."""
    with override(settings.LANGUAGE_CODE):
        text = _("%(unit)s withdrew its proposal of %(figure)s for “%(target)s”.") % _told(adjustment)
    _tell(_settlers(adjustment.asked_of), ASKED, text, adjustment)


def tell_settled(adjustment: Adjustment) -> None:
    """Tell who proposed it and who acts for the unit how it was settled."""
    with override(settings.LANGUAGE_CODE):
        text = _SETTLED[AdjustmentState(adjustment.state)]() % {**_told(adjustment), "answer": adjustment.answer}
    people = people_at(adjustment.unit_id, RoleName.SECRETARY, RoleName.OFFICER, RoleName.LEADER)
    proposer = [adjustment.made_by] if adjustment.made_by is not None and adjustment.made_by.is_active else []
    _tell({*people, *proposer}, SETTLED, text, adjustment)


_SETTLED = {
    AdjustmentState.ACCEPTED: lambda: _("“%(target)s”: the proposal of %(unit)s, %(figure)s, was accepted."),
    AdjustmentState.CHANGED: lambda: _("“%(target)s”: %(unit)s was handed %(share)s. %(answer)s"),
    AdjustmentState.DECLINED: lambda: _("“%(target)s”: the proposal of %(unit)s, %(figure)s, was declined: %(answer)s"),
}


def _told(adjustment: Adjustment) -> dict[str, str]:
    indicator, share = adjustment.target.indicator, adjustment.allocation
    return {
        "unit": adjustment.unit.short_name or adjustment.unit.name,
        "target": f"{adjustment.target.code} {adjustment.target.name}",
        "figure": figure_text(indicator, adjustment.minimum, adjustment.maximum),
        "share": figure_text(indicator, share.minimum, share.maximum) if share else "",
    }


def _settlers(body: Unit) -> list[User]:
    """The officers of the body itself; where it has none, those of the nearest body above that has some."""
    for unit in reversed(ancestors_and_self(body)):
        if officers := people_at(unit.pk, RoleName.OFFICER):
            return officers
    return []


def _tell(people: Iterable[User], kind: str, text: str, adjustment: Adjustment) -> None:
    place = [adjustment.target.plan_id, adjustment.target_id, adjustment.unit.code]
    notices.tell(recipients=people, kind=kind, text=text, url=reverse("targets:share", args=place))
