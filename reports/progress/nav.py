"""The entries of the bar that belong to monthly reports."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import scope
from accounts.enums import RoleName
from accounts.gates import signed_in
from core.context import COUNTED_TO, NavItem

from .rules import reviews_any
from .selectors import reports_awaiting_review


def report_items(request: HttpRequest) -> list[NavItem]:
    """Own reports for secretaries; the queue for who reviews; lateness for who reads figures."""
    user = signed_in(request)
    names = {grant.name for grant in scope.grants_of(user)}
    items = []
    if RoleName.SECRETARY in names:
        items.append(NavItem(key="reports", label=_("Monthly reports"), url=reverse("reports:own"), order=20))
    if reviews_any(user):
        waiting = reports_awaiting_review(user).order_by()[: COUNTED_TO + 1].count()
        items.append(NavItem(key="review", label=_("Review"), url=reverse("reports:review"), order=30, count=waiting))
    if names & {RoleName.OFFICER, RoleName.LEADER}:
        items.append(NavItem(key="lateness", label=_("Who is late"), url=reverse("reports:lateness"), order=35))
    return items
