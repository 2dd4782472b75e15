"""The lines in the portal: putting one before people, reading, forgetting."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from core import clock
from core.models import Notice

from .registry import kinds

KEPT_FOR = timedelta(days=365)


def tell(*, recipients: Iterable[Any], kind: str, text: str, url: str = "") -> list[Notice]:
    """Put a line before each recipient. Raises KeyError where nobody registered the kind."""
    if kind not in kinds():
        raise KeyError(kind)
    moment = clock.now()
    rows = [Notice(recipient=user, kind=kind, text=text[:500], url=url, created_at=moment) for user in recipients]
    return Notice.objects.bulk_create(rows)


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
