"""Notices to people: a line in the portal at once, and one e-mail for all that gathered.

Each app registers the kinds that it tells. A person may turn a kind's e-mail off; in the portal
every notice appears.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from . import clock
from .models import Notice, NoticePreference

_kinds: dict[str, Any] = {}


def register(kind: str, label: Any) -> None:
    """Name a kind of notice; ``label`` is what people read where they turn its e-mail off."""
    _kinds[kind] = label


def kinds() -> dict[str, Any]:
    """Return kind → label of all kinds."""
    return dict(_kinds)


def tell(*, recipients: Iterable[Any], kind: str, text: str, url: str = "") -> list[Notice]:
    """Put a line before each recipient. Raises KeyError where nobody registered the kind."""
    if kind not in _kinds:
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


def prefer(*, user: Any, kind: str, by_email: bool) -> None:
    """Turn e-mail for one kind on or off for one person."""
    NoticePreference.objects.update_or_create(user=user, kind=kind, defaults={"by_email": by_email})


def send_digests() -> int:
    """Send each person one e-mail with what gathered since the last; returns how many were sent.

    Claimed row by row before sending, so that two workers never send the same line.
    """
    waiting = Notice.objects.filter(emailed_at__isnull=True, read_at__isnull=True).select_related("recipient")
    silenced = set(NoticePreference.objects.filter(by_email=False).values_list("user_id", "kind"))
    letters: dict[Any, list[str]] = defaultdict(list)
    for notice in waiting.order_by("created_at", "pk"):
        if Notice.objects.filter(pk=notice.pk, emailed_at__isnull=True).update(emailed_at=clock.now()):
            person = notice.recipient
            if person.is_active and person.email and (person.pk, notice.kind) not in silenced:
                letters[person].append(f"- {notice.text}")
    with override(settings.LANGUAGE_CODE):
        for person, lines in letters.items():
            subject = _("Youth Union portal: %(count)s new notices") % {"count": len(lines)}
            send_mail(subject, "\n".join(lines), None, [person.email])
    return len(letters)
