"""The entry of the bar that leads to the dashboard."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import scope
from accounts.enums import RoleName
from accounts.gates import signed_in
from core.context import NavItem
from reports.progress.rules import FIGURE_ROLES

READERS = {*FIGURE_ROLES, RoleName.BLOC_HEAD}


def dashboard_item(request: HttpRequest) -> list[NavItem]:
    """The dashboard of one's own unit, for everyone who reads figures anywhere."""
    if not any(grant.name in READERS for grant in scope.grants_of(signed_in(request))):
        return []
    return [NavItem(key="dashboard", label=_("Dashboard"), url=reverse("reports:dashboard-own"), order=10)]
