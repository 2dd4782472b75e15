"""Reading calendar feeds: the one at an address, what it may show now, and a person's own.

What a feed shows is asked at every fetch, of the owner as he or she stands then: an address outlives no right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.backends import PortalBackend
from accounts.models import User
from accounts.scope import Grant, can_see, grants_of, visible_units
from plans.selectors import plans_visible_to
from units.models import Unit

from ..enums import Scope
from ..models import Activity, ActivityEvent, CalendarFeed, Occurrence, Window
from ..selectors import activities_visible_to, announced, concerns, with_details
from .calendar import Entry
from .tokens import digest

# Long texts of documents, which no calendar shows.
HEAVY = ("plan__text", "plan__recipients", "plan__left_out", "section__text", "quote")


@dataclass(frozen=True)
class OwnFeed:
    """A feed in its owner's list; ``is_open``: something stands at its address."""

    feed: CalendarFeed
    is_open: bool


def feed_at(token: str) -> CalendarFeed | None:
    """Return the feed at an address, as it may be fetched now.

    Null for an address that is unknown or was withdrawn, for an owner who may not sign in or holds no role, and for a
    unit out of the owner's reach.
    """
    feed = CalendarFeed.objects.select_related("owner", "unit").filter(token_hash=digest(token)).first()
    if feed is None or not PortalBackend().user_can_authenticate(feed.owner):
        return None
    return feed if may_have_feed(feed.owner, feed.unit) else None


def may_have_feed(user: User, unit: Unit | None) -> bool:
    """Whether the person may have a calendar of the unit, or (null) of his or her own: for who holds a role."""
    return bool(grants_of(user)) if unit is None else can_see(user, unit)


def entries_of(feed: CalendarFeed, today: date) -> list[Entry]:
    """Return what the feed shows: announced activities with a time that holds, of last year and later.

    Eight queries at most, however many activities.
    """
    owner = feed.owner
    wanted = _concerns_person(owner) if feed.unit is None else concerns(feed.unit)
    since = date(today.year - 1, 1, 1)
    windows = Window.objects.filter(superseded=False, ends_on__gte=since)
    again = Occurrence.objects.filter(ends_on__gte=since)
    timed = Q(pk__in=windows.values("activity")) | Q(pk__in=again.values("activity"))
    known = (activities_visible_to(owner) & announced()).filter(wanted, timed)
    rows = list(_with_history(with_details(known)).order_by("pk"))
    readable = _readable_plans(owner, rows)
    return [Entry(row, getattr(row, "history", []), row.plan_id in readable) for row in rows]


def _with_history(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    events = Prefetch("events", queryset=ActivityEvent.objects.order_by("at", "pk"), to_attr="history")
    return activities.defer(*HEAVY).prefetch_related(events)


def _readable_plans(user: User, activities: Sequence[Activity]) -> set[int]:
    ids = {activity.plan_id for activity in activities if activity.plan_id is not None}
    return set(plans_visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))


def _concerns_person(user: User) -> Q:
    """The condition on ``Activity``: it concerns a unit at which the person holds a role, or a bloc that is led."""
    grants = grants_of(user)
    units = Unit.objects.filter(pk__in=[grant.unit_id for grant in grants if grant.bloc_id is None])
    wanted = Q(pk__in=[])
    for unit in units:
        wanted |= concerns(unit)
    for grant in grants:
        if grant.bloc_id is not None:
            wanted |= _concerns_bloc(grant)
    return wanted


def _concerns_bloc(grant: Grant) -> Q:
    """What the bloc does, and what all units do at once under its owner and the bodies above."""
    above = [grant.path[:end] for end in range(Unit.steplen, len(grant.path) + 1, Unit.steplen)]
    return Q(bloc=grant.bloc_id) | Q(scope=Scope.ALL_UNITS, unit__path__in=above)


def name_of(feed: CalendarFeed) -> str:
    """Return what programs call the calendar: "Hoạt động Đoàn: Chi đoàn Sở Tư pháp", or the person's name."""
    whose = feed.owner.full_name if feed.unit is None else feed.unit.short_name or feed.unit.name
    return _("Union activities: %(whose)s") % {"whose": whose}


def own_feeds(user: User) -> list[OwnFeed]:
    """Return the person's feeds, oldest first, in two queries."""
    feeds = list(user.calendar_feeds.select_related("unit").order_by("made_at", "pk"))
    named = [feed.unit_id for feed in feeds if feed.unit_id is not None]
    reached = set(visible_units(user).filter(pk__in=named).values_list("pk", flat=True))
    works = bool(grants_of(user))
    return [OwnFeed(feed, works if feed.unit_id is None else feed.unit_id in reached) for feed in feeds]
