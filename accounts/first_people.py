"""The two ends of setting a portal up: its first administrator, and taking the demo's accounts out of use.

Both are for the machine's own command line; no page comes here.
"""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from units.models import Unit
from units.services import create_unit

from .enums import RoleName
from .models import User
from .services import create_person, end_role, grant_role


def topmost_units() -> list[Unit]:
    """Return the units that nobody stands above; none in an empty portal."""
    return list(Unit.objects.filter(depth=1))


@transaction.atomic
def create_administrator(*, username: str, full_name: str, password: str, unit: Unit, email: str = "") -> User:
    """Make a person who administers ``unit`` with all beneath it and who may enter Django's admin.

    Raises ValidationError where the name is taken or the password too weak.
    """
    validate_password(password, User(username=username, full_name=full_name, email=email))
    user = create_person(username=username, full_name=full_name, password=password, email=email)
    user.is_staff = user.is_superuser = True
    user.save(update_fields=["is_staff", "is_superuser"])
    grant_role(actor=None, user=user, unit=unit, name=RoleName.ADMINISTRATOR)
    return user


def create_topmost_unit(*, code: str, name: str, kind: str, opened_on: date) -> Unit:
    """Make the first unit of an empty portal. Raises ValidationError where there is one already."""
    if topmost_units():
        raise ValidationError(_("The portal has its topmost unit already."))
    return create_unit(code=code, name=name, kind=kind, opened_on=opened_on)


@transaction.atomic
def retire_demo_accounts() -> int:
    """Make every demo account useless and end its roles; return how many there were.

    The rows stay, because history names them: without their sign-in name, password, address and demo mark.
    """
    people = list(User.objects.filter(is_demo=True))
    for user in people:
        for role in user.roles.filter(ended_at__isnull=True):
            end_role(actor=None, role=role)
        user.username = f"demo-{user.pk}"
        user.email = ""
        user.is_demo = user.is_active = user.is_staff = user.is_superuser = False
        user.set_unusable_password()
        user.save()
    return len(people)
