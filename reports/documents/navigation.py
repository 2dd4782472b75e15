"""This room's entry in the bar."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.gates import signed_in
from core.context import NavItem

from .rules import prepares_any


def documents_item(request: HttpRequest) -> list[NavItem]:
    """The register, for those who prepare or issue documents."""
    if not prepares_any(signed_in(request)):
        return []
    return [NavItem(key="documents", label=_("Official documents"), url=reverse("reports:documents"), order=60)]
