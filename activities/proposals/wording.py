"""An activity proposal in words: when, for whom, how often."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from activities.enums import Scope
from activities.models import Activity, Window
from activities.timing import Span
from activities.wording import time_text

from .selectors import ActivityItem


@dataclass(frozen=True)
class ActivityWords:
    """What a row says. ``time`` is told in bold; ``times`` is blank for what takes place once."""

    name: str
    time: str
    who: str
    times: str
    place: str


def words_of(item: ActivityItem) -> ActivityWords:
    """Return the proposal in words; of an accepted one its activity as it stands."""
    activity = item.proposal.activity
    facts = activity or item.values
    windows: Sequence[Window | Span] = list(activity.windows.all()) if activity else item.values.windows
    years = {day.year for window in windows for day in (window.starts_on, window.ends_on)}
    plan = item.proposal.plan
    return ActivityWords(
        name=facts.name or item.proposal.quote,
        time=time_text(
            windows,
            is_tentative=facts.is_tentative,
            with_year=bool(years - {plan.starts_on.year}) or plan.starts_on.year != plan.ends_on.year,
        ),
        who=_who(item, activity),
        times=_("%(n)s times") % {"n": facts.repeats} if facts.repeats > 1 else "",
        place=facts.place,
    )


def _who(item: ActivityItem, activity: Activity | None) -> str:
    scope = activity.scope if activity else item.values.scope
    bloc = activity.bloc if activity else item.bloc
    if scope == Scope.BLOC and bloc is not None:
        return bloc.name
    return str(Scope(scope).label) if scope in Scope.values else ""
