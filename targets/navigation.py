"""This app's entry in the bar."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import RoleName
from accounts.gates import signed_in
from accounts.scope import grants_of
from core.context import NavItem
from units.models import Unit


def indicators_item(request: HttpRequest) -> list[NavItem]:
    """The catalogue, for officers of the topmost unit, whose path is one step long."""
    grants = grants_of(signed_in(request))
    if not any(grant.name == RoleName.OFFICER and len(grant.path) == Unit.steplen for grant in grants):
        return []
    return [NavItem(key="indicators", label=_("Indicators"), url=reverse("targets:indicators"), order=55)]
