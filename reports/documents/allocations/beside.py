"""The way from the page of shares to their paper."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.page_parts import PageLink
from reports.documents.rules import can_prepare
from targets.sharing.grid import Grid


def shares_link(grid: Grid, user: User) -> PageLink | None:
    """The way; null for who has no papers made of the body that hands down, and where nothing is handed down."""
    if not grid.columns or not grid.line.receivers or not can_prepare(user, grid.line.base):
        return None
    return PageLink(_("On paper (PDF, Word)"), reverse("reports:allocation-paper", args=[grid.plan.pk]))
