"""An activity proposal in words: when, for whom, how often."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from activities.enums import Scope
from activities.models import Activity, Window
from activities.timing import Span
from activities.wording import time_text
from plans.proposals.shelf import RowWords

from .selectors import ActivityItem


def words_of(item: ActivityItem) -> RowWords:
    """Return the proposal in words, its time in bold; of an accepted one its activity as it stands."""
    activity = item.proposal.activity
    facts = activity or item.values
    windows: Sequence[Window | Span] = list(activity.windows.all()) if activity else item.values.windows
    years = {day.year for window in windows for day in (window.starts_on, window.ends_on)}
    plan = item.proposal.plan
    with_year = bool(years - {plan.starts_on.year}) or plan.starts_on.year != plan.ends_on.year
    time = time_text(windows, is_tentative=facts.is_tentative, with_year=with_year)
    times = _("%(n)s times") % {"n": facts.repeats} if facts.repeats > 1 else ""
    who = _who(item, activity)
    return RowWords(
        name=facts.name or item.proposal.quote,
        lead=time,
        rest=[words for words in (times, who, facts.place) if words],
        settled=[time, who, *([] if activity else [_("taken out of the plan by hand since")])],
    )


def _who(item: ActivityItem, activity: Activity | None) -> str:
    scope = activity.scope if activity else item.values.scope
    bloc = activity.bloc if activity else item.bloc
    if scope == Scope.BLOC and bloc is not None:
        return bloc.name
    return str(Scope(scope).label) if scope in Scope.values else ""
