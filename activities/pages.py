"""What the pages of activities show: cards, a plan's part, the units on offer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.scope import grants_of, visible_units
from core import clock
from plans.beside import Beside, Link, Place
from plans.enums import PlanState
from plans.models import Plan
from plans.rules import can_draft
from plans.selectors import is_superseded
from plans.writing.lists import DraftGroup, groups
from units.models import Unit

from .bases import readable_base
from .boxes import Mark
from .enums import ActivityState
from .models import Activity, ActivityEvent, Window
from .selectors import calendar_windows, former_windows, is_overdue, with_details
from .timing import latest_end
from .wording import calendar_text, span_text


@dataclass(frozen=True)
class Card:
    """An activity in words, as it stands on a day."""

    activity: Activity
    when: str
    look: str
    note: str = ""
    clashes: Sequence[str] = ()
    marks: Sequence[Mark] = ()
    is_former: bool = False

    @property
    def is_rewritable(self) -> bool:
        """Whether it may be rewritten while its plan is a draft: what has begun is not."""
        return self.activity.state == ActivityState.PLANNED

    @property
    def css(self) -> str:
        """Classes of the card: what asks for something stands in a box, the rest is a line of text."""
        if self.look in (ActivityState.DONE, ActivityState.CANCELLED):
            return f"act--{self.look}"
        dashed = " act--tentative" if self.activity.is_tentative or self.is_former else ""
        overdue = " act--overdue" if self.look == "overdue" else ""
        return f"act--box{dashed}{overdue}"

    @property
    def text(self) -> str:
        """The word beside the shape, where it says more than the state alone."""
        return self.note if self.look == "overdue" else ""


def card_of(
    activity: Activity, today: date, reason: str = "", *, with_year: bool = False, clashes: Sequence[str] = ()
) -> Card:
    """Return an activity with its times (naming the year ``with_year``) and its state, or "overdue", on ``today``.

    ``clashes``: what of it does not go together (``activities.clash_marks``).
    """
    windows = calendar_windows(activity)
    when = _when(activity, windows, with_year=with_year)
    if is_overdue(activity, today):
        days = (today - (latest_end(windows) or today)).days
        note = ngettext("Overdue by %(n)s day", "Overdue by %(n)s days", days) % {"n": days}
        return Card(activity, when, "overdue", note=note, clashes=clashes)
    return Card(activity, when, activity.state, note=reason, clashes=clashes)


def _when(activity: Activity, windows: Sequence[Window], *, with_year: bool) -> str:
    text = calendar_text(windows, is_tentative=activity.is_tentative, with_year=with_year)
    former = former_windows(activity)
    if former and activity.state != ActivityState.DONE:
        was = span_text(former[-1], with_year=with_year)
        return _("%(time)s, postponed from %(former)s") % {"time": text, "former": was}
    return text


def reasons_of(activities: Iterable[Activity]) -> dict[int, str]:
    """Return activity id → why it was last postponed or cancelled, in one query."""
    changed = [a.pk for a in activities if a.state in (ActivityState.POSTPONED, ActivityState.CANCELLED)]
    events = ActivityEvent.objects.filter(activity__in=changed).exclude(from_state="")
    wanted = events.filter(to_state__in=[ActivityState.POSTPONED, ActivityState.CANCELLED])
    return {event.activity_id: event.reason for event in wanted.order_by("at", "pk")}


def beside_sections(plan: Plan, user: User) -> Beside:
    """Return the activities' part of a plan's page: those of the plan's own body."""
    activities = list(with_details(plan.activities.filter(unit=plan.unit_id)).order_by("order", "pk"))
    by_section: dict[int | None, list[Card]] = defaultdict(list)
    for activity in activities:
        by_section[activity.section_id].append(card_of(activity, clock.today()))
    links = []
    if can_draft.test(user, plan) and plan.state != PlanState.CLOSED and not is_superseded(plan):
        add = f"{reverse('activities:create')}?plan={plan.pk}"
        links.append(Link(_("Add an activity"), add, place=Place.ADD))
        if readable_base(plan, user=user) is not None:
            bases = reverse("activities:bases", args=[plan.pk])
            links.append(Link(_("What the activities make concrete"), bases, place=Place.MORE))
            if plan.state == PlanState.DRAFT:
                take_over = reverse("activities:take-over", args=[plan.pk])
                links.append(Link(_("Take activities over"), take_over, place=Place.ADD))
    count = activity_count(len(activities))
    return Beside(template="activities/beside_row.html", count=count, by_section=by_section, links=links)


def draft_groups(plan: Plan) -> list[DraftGroup]:
    """Return the draft's activities section by section, as they are moved."""
    return groups(with_details(plan.activities.all()), lambda activity: card_of(activity, clock.today()))


def activity_count(count: int) -> str:
    """Return "2 hoạt động"."""
    return ngettext("%(n)s activity", "%(n)s activities", count) % {"n": count}


def own_units(user: User) -> list[Unit]:
    """Return the units at which the person holds a role and that exist for them, the highest first."""
    own = {grant.unit_id for grant in grants_of(user)}
    mine = list(visible_units(user).filter(pk__in=own).order_by("path"))
    return mine or list(visible_units(user).order_by("path")[:1])


def units_offered(user_units: Iterable[Unit]) -> list[Unit]:
    """Return the units that a page offers to look at: one's own and those right under them."""
    own = list(user_units)
    beneath = Unit.objects.filter(parent__in=[unit.pk for unit in own]).order_by("path")
    return [*own, *(unit for unit in beneath if unit.pk not in {mine.pk for mine in own})]
