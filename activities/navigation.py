"""This app's entry in the bar."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.gates import signed_in
from accounts.scope import grants_of
from core.context import NavItem


def activities_item(request: HttpRequest) -> list[NavItem]:
    """The quarter board, for everyone who holds a role."""
    if not grants_of(signed_in(request)):
        return []
    return [NavItem(key="board", label=_("Activities"), url=reverse("activities:board"), order=40)]
