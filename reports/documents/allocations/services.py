"""Asking for a paper that hands targets down."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from plans.models import Plan
from reports.documents.models import OfficialDocument
from reports.documents.rules import can_prepare
from reports.documents.services import new_document
from reports.enums import Basis, DocumentKind
from targets.calendar import Span
from targets.sharing.line import receivers_of
from units.models import Unit

from .building import title_of


@transaction.atomic
def request_allocation(*, actor: User, plan: Plan, body: Unit, unit: Unit | None) -> OfficialDocument:
    """Ask for what the body has handed down of the plan: to one unit, or (null) to all of them.

    Raises PermissionDenied; ValidationError where the plan is not in force, and where the unit is none of those that
    the body hands down to.
    """
    if not can_prepare(actor, body):
        raise PermissionDenied
    if not Plan.objects.in_force().filter(pk=plan.pk).exists():
        raise ValidationError(_("Targets are handed down on paper from a plan in force only."))
    receivers = receivers_of(plan, body)
    if not receivers or (unit is not None and unit not in receivers):
        raise ValidationError({"unit": _("This unit does not stand directly beneath the body that hands down.")})
    return new_document(
        unit=body,
        about=unit,
        plan=plan,
        kind=DocumentKind.ALLOCATION,
        span=Span(plan.starts_on.year, 1, 12),
        title=title_of(plan, unit),
        basis=Basis.OFFICIAL,
        actor=actor,
    )
