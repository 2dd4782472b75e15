"""Versions of a document's words. Only ``reports.documents.wording`` writes these rows, and it only adds to them."""

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from reports.documents.models import OfficialDocument
from reports.enums import WordingCause

from .parts import Words, as_words


class WordingVersion(models.Model):
    """All words of a document as they stood at one time; ``number`` counts from 1, the portal's own words.

    ``texts`` and ``prefilled``: part → paragraphs; ``prefilled`` is what the portal wrote from the figures that the
    version stands on. ``outdated``: parts that were edited before these figures were gathered and may tell older ones;
    the one column that changes, when a person has looked. ``restores``: the number whose words it brings back.
    ``made_by`` is null where the portal made it.
    """

    document = models.ForeignKey(OfficialDocument, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveIntegerField()
    cause = models.CharField(max_length=10, choices=WordingCause)
    restores = models.PositiveIntegerField(null=True, blank=True)
    texts = models.JSONField()
    prefilled = models.JSONField()
    outdated = models.JSONField(default=list)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="reports_wording_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reports_wording_number_from_one"),
            models.CheckConstraint(condition=Q(cause__in=WordingCause.values), name="reports_wording_cause_known"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} / {self.number}"

    @cached_property
    def words(self) -> Words:
        return as_words(self.texts)

    @cached_property
    def prefilled_words(self) -> Words:
        return as_words(self.prefilled)

    @property
    def is_kept(self) -> bool:
        """Whether there is a row of it; of the portal's own words there is none until somebody changes them."""
        return not self._state.adding

    @property
    def before(self) -> int:
        """The number of the version before this one; 0 for the first."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The number that the version after this one has, or will have."""
        return self.number + 1

    @property
    def edited(self) -> set[str]:
        """The parts that say something else than the portal wrote."""
        return differing(self.words, self.prefilled_words)


def differing(one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the parts that two wordings say differently; a part that is not there says nothing."""
    return {key for key in {*one, *other} if one.get(key, ()) != other.get(key, ())}
