"""Production never runs beside demo accounts: their password is public."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from .models import User


def refuse_demo_accounts() -> None:
    """Raises ImproperlyConfigured in production where the database holds a demo account.

    A database that is not migrated yet holds none.
    """
    if not settings.PRODUCTION:
        return
    try:
        names = list(User.objects.filter(is_demo=True).values_list("username", flat=True)[:3])
    except DatabaseError:
        return
    if names:
        raise ImproperlyConfigured(
            f"The database holds demo accounts ({', '.join(names)}), whose password is public. "
            "Use a database of your own, or delete them: manage.py remove_demo_accounts."
        )
