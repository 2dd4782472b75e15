"""The way from a plan's page to its paper."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from plans.beside import Beside, Link, Place
from plans.models import Plan
from reports.documents.rules import can_prepare


def beside_plan(plan: Plan, user: User) -> Beside:
    """The way, in the menu of the page, for those who have papers of the plan's unit made; nothing beside sections."""
    links = []
    if can_prepare(user, plan.unit):
        links.append(Link(_("On paper (PDF, Word)"), reverse("reports:plan-paper", args=[plan.pk]), place=Place.MORE))
    return Beside(template="", count="", by_section={}, links=links)
