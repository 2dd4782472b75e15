"""Signing in: as allauth does it, but the demo's accounts only in the demo."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser


class PortalBackend(AuthenticationBackend):
    """Demo accounts have a public password; outside the demo they are as good as absent."""

    def user_can_authenticate(self, user: AbstractBaseUser) -> bool:
        if getattr(user, "is_demo", False) and not settings.DEMO:
            return False
        return bool(super().user_can_authenticate(user))

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """A session of a demo account ends when the portal stops being a demo."""
        user = super().get_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
