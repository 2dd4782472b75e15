"""What people say about an activity."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from units.models import Unit

from .activity import Activity


class Comment(models.Model):
    """A word about an activity. Who reads it is ``activities.comments.selectors``.

    ``unit`` is that of the role under which the author spoke. ``answers`` is the word that this one answers (null: a
    word of its own), ``addressed`` the unit that is answered, ``is_for_all`` a word of the owner to everybody who sees
    the activity. Withdrawn: the text is gone, the row says that it was there.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="comments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="answered_by")
    addressed = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_for_all = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-written_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["activity", "written_at"], name="activities_comment_by_time")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(text=""), name="activities_comment_withdrawn_is_gone"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.author_id}"
