"""The bar's entry for the calendar of periods."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import scope
from accounts.enums import RoleName
from accounts.gates import signed_in
from core.context import NavItem
from units.models import Unit


def periods_item(request: HttpRequest) -> list[NavItem]:
    """For administrators of the topmost unit, whose calendar it is."""
    grants = scope.grants_of(signed_in(request))
    if not any(grant.name == RoleName.ADMINISTRATOR and len(grant.path) == Unit.steplen for grant in grants):
        return []
    return [NavItem(key="periods", label=_("Periods"), url=reverse("reports:periods"), order=75)]
