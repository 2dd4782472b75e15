"""The bar's entry for the calendar of periods."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import scope
from accounts.enums import RoleName
from accounts.gates import signed_in
from core.context import NavItem


def periods_item(request: HttpRequest) -> list[NavItem]:
    """For administrators: of the topmost unit, whose calendar it is, and of bodies beneath, for their own units."""
    if not any(grant.name == RoleName.ADMINISTRATOR for grant in scope.grants_of(signed_in(request))):
        return []
    return [NavItem(key="periods", label=_("Periods"), url=reverse("reports:periods"), order=75)]
