"""Reasons that a reviewing body keeps, so that nobody types the same sentence twice."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from core import clock
from reports.progress import rules
from reports.progress.errors import PhraseRefused
from reports.progress.models import ReasonPhrase
from units.models import Unit

MOST_A_BODY = 50
LONGEST = 300


@transaction.atomic
def keep_phrase(*, actor: User, unit: Unit, text: str) -> ReasonPhrase:
    """Keep a sentence for all who review for ``unit``; one that is kept already is returned as it is.

    Raises ``PhraseRefused`` where it is blank, too long or one too many, and ``PermissionDenied``.
    """
    if not rules.reviews_for(actor, unit):
        raise PermissionDenied
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        raise PhraseRefused(PhraseRefused.LENGTH)
    kept = ReasonPhrase.objects.filter(unit=Unit.objects.select_for_update().get(pk=unit.pk))
    same = kept.filter(text=words).first()
    if same is not None:
        return same
    if kept.count() >= MOST_A_BODY:
        raise PhraseRefused(PhraseRefused.NUMBER)
    return ReasonPhrase.objects.create(unit=unit, text=words, added_by=actor, added_at=clock.now())


def drop_phrase(*, actor: User, phrase: ReasonPhrase) -> None:
    """Offer the sentence no more; reasons that were given with it stay as they are. Raises ``PermissionDenied``."""
    if not rules.reviews_for(actor, phrase.unit):
        raise PermissionDenied
    phrase.delete()
