"""Sending what waits, one letter a person: no line twice, and none lost while the mail server is away.

A line is claimed before its letter goes, and marked as mailed right after. Whatever comes between, a refusal, an
outage or a killed worker, leaves it claimed and not mailed; it is tried again half an hour later.
"""

import logging
import smtplib
from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from core import clock
from core.models import Notice, NoticePreference

from .letters import letter_to
from .registry import kinds

log = logging.getLogger(__name__)

# What was told before this hour is in people's letters when they begin to work.
MORNING = time(6, 30)
TRY_AGAIN_AFTER = timedelta(minutes=30)
# Older than this it is no news: whoever gets an address today is not sent a year of lines.
NEWS_FOR = timedelta(days=7)
# A mail server that asks to come back later (greylisting) takes the second or third try; a wrong address never.
MOST_REFUSALS = 5

# About this one letter: an address that is none or that the server does not take. Anything else ends the round.
REFUSALS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError)


def send_digests() -> int:
    """Send each person with something due one letter with all that waits; returns how many were sent.

    Due is a line of a kind that goes out soon, and any line once the morning after it was told has come. Called
    every few minutes; two workers at once never send the same line.
    """
    sent = 0
    gathered = _gathered()
    try:
        with get_connection() as connection:
            for person, ids in gathered.items():
                sent += _send(person, ids, connection)
    except OSError:
        log.exception("the mail server is away: %s of %s letters were sent, the others wait", sent, len(gathered))
    return sent


def _gathered() -> dict[Any, list[int]]:
    """Person → the ids of all lines that wait, for everybody who has something due, in two queries at most."""
    soon = [kind.name for kind in kinds().values() if kind.soon]
    due = _waiting().filter(Q(kind__in=soon) | Q(created_at__lte=_last_morning(clock.now())))
    people = list(due.order_by().values_list("recipient", flat=True).distinct())
    found: dict[Any, list[int]] = defaultdict(list)
    if people:
        for notice in _waiting().filter(recipient__in=people).select_related("recipient").order_by("recipient", "pk"):
            found[notice.recipient].append(notice.pk)
    return found


def _last_morning(now: datetime) -> datetime:
    morning = timezone.make_aware(datetime.combine(timezone.localdate(now), MORNING))
    return morning if morning <= now else morning - timedelta(days=1)


def _is_free() -> Q:
    """Nobody has it in hand: never tried, or long enough ago."""
    untried = Q(tried_at__isnull=True) | Q(tried_at__lt=timezone.now() - TRY_AGAIN_AFTER)
    return untried & Q(emailed_at__isnull=True, read_at__isnull=True)


def _waiting() -> QuerySet[Notice]:
    """Lines that may go by e-mail now: unread, of a kind not turned off, to people who have an address."""
    silenced = NoticePreference.objects.filter(user=OuterRef("recipient"), kind=OuterRef("kind"), by_email=False)
    fresh = Notice.objects.filter(_is_free(), created_at__gt=clock.now() - NEWS_FOR, refusals__lt=MOST_REFUSALS)
    return fresh.filter(~Exists(silenced), recipient__is_active=True).exclude(recipient__email="")


def _send(person: Any, ids: list[int], connection: BaseEmailBackend) -> int:
    """Claim the lines and send them; 1 where a letter went, else 0. Raises OSError where the server is away."""
    token = uuid4()
    # Conditions on the row itself, without a subquery: of two workers PostgreSQL lets the second see the first's claim.
    Notice.objects.filter(_is_free(), pk__in=ids).update(claim=token, tried_at=timezone.now())
    claimed = Notice.objects.filter(claim=token)
    lines = list(claimed.order_by("created_at", "pk"))
    if not lines:
        return 0
    letter = letter_to(person, lines)
    letter.connection = connection
    try:
        letter.send()
    except REFUSALS as refusal:
        log.warning("a letter to person %s was refused: %s", person.pk, type(refusal).__name__)
        claimed.update(refusals=F("refusals") + 1)
        return 0
    claimed.update(emailed_at=clock.now())
    return 1
