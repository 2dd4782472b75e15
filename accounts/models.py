"""People, their roles at units, and the log of every grant.

Roles change only through ``accounts.services``; what they reach is ``accounts.scope``.
"""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.models import Bloc, Unit

from .enums import RoleName


class User(AbstractUser):
    """A person who signs in. ``title`` stands under the person's signature on paper."""

    full_name = models.CharField(_("full name"), max_length=150)
    title = models.CharField(_("title"), max_length=150, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name


class Role(models.Model):
    """``user`` holds ``name`` at ``unit``; it reaches the unit's whole subtree.

    A bloc head's role names the bloc, and ``unit`` is the bloc's owner. A role that has ended
    keeps its row: it says who could act at the time.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="roles")
    name = models.CharField(_("role"), max_length=15, choices=RoleName)
    bloc = models.ForeignKey(Bloc, null=True, blank=True, on_delete=models.PROTECT, related_name="roles")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["unit", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(name__in=RoleName.values), name="accounts_role_known"),
            models.CheckConstraint(
                condition=Q(name=RoleName.BLOC_HEAD, bloc__isnull=False)
                | (~Q(name=RoleName.BLOC_HEAD) & Q(bloc__isnull=True)),
                name="accounts_role_bloc_only_for_heads",
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "name"],
                condition=Q(ended_at__isnull=True, bloc__isnull=True),
                name="accounts_role_once",
            ),
            models.UniqueConstraint(
                fields=["user", "bloc"],
                condition=Q(ended_at__isnull=True, bloc__isnull=False),
                name="accounts_bloc_head_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.name} {self.unit_id}"


class RoleEvent(models.Model):
    """One grant or ending of a role: who did it, to whom, when."""

    GRANTED = "granted"
    ENDED = "ended"

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="events")
    action = models.CharField(max_length=10, choices=[(GRANTED, _("Granted")), (ENDED, _("Ended"))])
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.role_id}"
