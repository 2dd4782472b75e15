"""The lines in the portal: putting one before people, reading, forgetting."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from core import clock
from core.models import Notice

from .registry import kinds

KEPT_FOR = timedelta(days=365)


class Told(NamedTuple):
    """What one person is told; ``url`` is an address of the portal without its host, or blank."""

    recipient: Any
    text: str
    url: str = ""


def tell(*, recipients: Iterable[Any], kind: str, text: str, url: str = "") -> list[Notice]:
    """Put a line before each recipient. Raises KeyError where nobody registered the kind."""
    return tell_each(kind=kind, lines=[Told(user, text, url) for user in recipients])


def tell_each(*, kind: str, lines: Iterable[Told]) -> list[Notice]:
    """Put lines of one kind before many people, to each his own, in one statement. Raises as ``tell``."""
    if kind not in kinds():
        raise KeyError(kind)
    moment = clock.now()
    rows = [
        Notice(recipient=one.recipient, kind=kind, text=one.text[:500], url=one.url, created_at=moment) for one in lines
    ]
    return Notice.objects.bulk_create(rows)


def tell_once(*, recipients: Iterable[Any], kind: str, text: str, url: str = "") -> list[Notice]:
    """As ``tell``, but whoever has this very line unread gets no second one: theirs is told now and not mailed again.

    Returns the lines that are new.
    """
    people, unread = list(recipients), Notice.objects.filter(kind=kind, text=text[:500], url=url, read_at__isnull=True)
    known = set(unread.filter(recipient__in=people).values_list("recipient", flat=True))
    unread.filter(recipient__in=known).update(created_at=clock.now())
    return tell(recipients=[one for one in people if one.pk not in known], kind=kind, text=text, url=url)


def unread_count(user: Any) -> int:
    """Return how many notices the person has not read."""
    return Notice.objects.filter(recipient=user, read_at__isnull=True).count()


def mark_read(user: Any) -> int:
    """Mark all of the person's notices read; returns how many were not."""
    return Notice.objects.filter(recipient=user, read_at__isnull=True).update(read_at=clock.now())


def forget_old() -> int:
    """Remove what was read more than a year ago; returns how many. What was never read stays."""
    gone, _by_model = Notice.objects.filter(read_at__lt=clock.now() - KEPT_FOR).delete()
    return gone
