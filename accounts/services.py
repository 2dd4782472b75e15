"""Every write to people and their roles. Each grant is logged and told to the unit's leaders."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock, notices
from units.models import Bloc, Unit
from units.services import hold_unit

from .enums import RoleName
from .models import Role, RoleEvent, User
from .scope import holds


def create_person(
    *, username: str, full_name: str, password: str | None, email: str = "", title: str = "", is_demo: bool = False
) -> User:
    """Make a person who can sign in; without a password, only after one was set.

    Raises ValidationError where a field is wrong or the name is taken.
    """
    user = User(username=username, full_name=full_name, email=email, title=title, is_demo=is_demo)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    return user


@transaction.atomic
def grant_role(*, actor: User | None, user: User, unit: Unit, name: RoleName | str, bloc: Bloc | None = None) -> Role:
    """Give ``user`` a role at ``unit`` (a bloc head's: at the bloc's owner).

    ``actor`` null is the machine itself (set-up, the demo). Raises PermissionDenied where the actor
    is no administrator there or grants to themself; ValidationError where the role stands already.
    """
    _check_administrator(actor, user, unit)
    name = RoleName(name)
    if (name == RoleName.BLOC_HEAD) != (bloc is not None):
        raise ValidationError({"bloc": _("A bloc head's role names the bloc, the others name none.")})
    if bloc is not None and bloc.owner_id != unit.pk:
        raise ValidationError({"unit": _("A bloc head's role stands at the unit that owns the bloc.")})
    hold_unit(unit.pk)
    if Role.objects.filter(user=user, unit=unit, name=name, bloc=bloc, ended_at__isnull=True).exists():
        raise ValidationError({"name": _("The person holds this role there already.")})
    role = Role.objects.create(user=user, unit=unit, name=name, bloc=bloc)
    _log(role=role, action=RoleEvent.GRANTED, actor=actor)
    return role


@transaction.atomic
def end_role(*, actor: User | None, role: Role) -> None:
    """End a role now. Raises PermissionDenied as ``grant_role``; ending twice changes nothing."""
    _check_administrator(actor, role.user, role.unit)
    if Role.objects.filter(pk=role.pk, ended_at__isnull=True).update(ended_at=timezone.now()):
        _log(role=role, action=RoleEvent.ENDED, actor=actor)


def _check_administrator(actor: User | None, user: User, unit: Unit) -> None:
    if actor is None:
        return
    if actor.pk == user.pk or not holds(actor, unit, RoleName.ADMINISTRATOR):
        raise PermissionDenied


def _log(*, role: Role, action: str, actor: User | None) -> None:
    RoleEvent.objects.create(role=role, action=action, actor=actor, at=clock.now())
    words = {
        RoleEvent.GRANTED: _("%(person)s now holds the role “%(role)s” at %(unit)s."),
        RoleEvent.ENDED: _("%(person)s no longer holds the role “%(role)s” at %(unit)s."),
    }
    leaders = User.objects.filter(
        roles__unit=role.unit, roles__name=RoleName.LEADER, roles__ended_at__isnull=True
    ).exclude(pk=role.user_id)
    notices.tell(
        recipients=list(leaders.distinct()),
        kind="accounts.role",
        text=words[action] % {"person": role.user, "role": RoleName(role.name).label, "unit": role.unit},
        url=reverse("accounts:unit", args=[role.unit.code]),
    )
