"""Photos and files of activities and of what units did in them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from core.models import StoredFile

from .activity import Activity
from .participation import Participation


class ActivityFile(models.Model):
    """A photo or file of an activity itself, or (``participation``) of one unit's outcome: one of the two.

    Withdrawn: the file is gone, the row says that it was there.
    """

    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="files")
    participation = models.ForeignKey(
        Participation, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["added_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(activity__isnull=False, participation__isnull=True)
                | Q(activity__isnull=True, participation__isnull=False),
                name="activities_file_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(file__isnull=True), name="activities_file_withdrawn_is_gone"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_photo(self) -> bool:
        return self.file is not None and self.file.content_type.startswith("image/")
