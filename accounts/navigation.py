"""This app's entry in the bar."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.context import NavItem

from .enums import RoleName
from .gates import signed_in
from .scope import grants_of

ORGANISERS = {RoleName.OFFICER, RoleName.LEADER, RoleName.ADMINISTRATOR}


def units_item(request: HttpRequest) -> list[NavItem]:
    """The list of units, for those who have more than one to look after."""
    if not any(grant.name in ORGANISERS for grant in grants_of(signed_in(request))):
        return []
    return [NavItem(key="units", label=_("Units"), url=reverse("accounts:units"), order=70)]
