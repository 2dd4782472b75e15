"""Every write to calendar feeds. An address is told once, by what makes it; stored is its hash."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from units.models import Unit

from ..models import CalendarFeed
from .selectors import may_have_feed
from .tokens import digest, new_token

# A program may come every few minutes; that it came at all is worth one write an hour.
NOTED_EVERY = timedelta(hours=1)


def make_feed(*, actor: User, unit: Unit | None) -> tuple[CalendarFeed, str]:
    """Make the person's calendar of a unit, or (null) of what concerns him or her; return it with its token.

    Raises PermissionDenied where the person holds no role or the unit is out of reach, ValidationError at ``unit``
    where there is one already: making it anew would cut off what fetches it.
    """
    if not may_have_feed(actor, unit):
        raise PermissionDenied
    token = new_token()
    facts = {"token_hash": digest(token), "made_at": timezone.now()}
    feed, is_new = CalendarFeed.objects.get_or_create(owner=actor, unit=unit, defaults=facts)
    if not is_new:
        raise ValidationError({"unit": _("You have this calendar already. Make its address anew in the list below.")})
    return feed, token


def renew_feed(*, actor: User, feed: CalendarFeed) -> str:
    """Give one's own feed another address and return its token; nothing stands at the old one from now on.

    Raises ValidationError where the feed is gone, PermissionDenied where it is not the actor's.
    """
    if feed.owner_id != actor.pk:
        raise PermissionDenied
    token = new_token()
    changed = CalendarFeed.objects.filter(pk=feed.pk).update(
        token_hash=digest(token), made_at=timezone.now(), fetched_at=None
    )
    if not changed:
        raise ValidationError(_("This calendar has been withdrawn meanwhile."), code="gone")
    return token


def revoke_feed(*, actor: User, feed: CalendarFeed) -> None:
    """Delete one's own feed: nothing stands at its address from now on. Raises PermissionDenied for another's."""
    if feed.owner_id != actor.pk:
        raise PermissionDenied
    feed.delete()


def note_fetch(*, feed: CalendarFeed) -> bool:
    """Remember that the feed was fetched, once an hour at most; return whether it was written down."""
    now = timezone.now()
    long_ago = Q(fetched_at__isnull=True) | Q(fetched_at__lte=now - NOTED_EVERY)
    if feed.fetched_at is not None and feed.fetched_at > now - NOTED_EVERY:
        return False
    return bool(CalendarFeed.objects.filter(long_ago, pk=feed.pk).update(fetched_at=now))
