"""Asking for the paper of a plan."""

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

from .building import title_of


@transaction.atomic
def request_plan_paper(*, actor: User, plan: Plan) -> OfficialDocument:
    """Ask for the plan on paper, marked as a draft until the plan is issued.

    Raises PermissionDenied; ValidationError where the plan has no text.
    """
    if not can_prepare(actor, plan.unit):
        raise PermissionDenied
    if not plan.sections.exists():
        raise ValidationError(_("The plan has no text yet, so there is nothing to print."))
    return new_document(
        unit=plan.unit,
        kind=DocumentKind.PLAN,
        plan=plan,
        span=Span(plan.starts_on.year, 1, 12),
        title=title_of(plan),
        basis=Basis.OFFICIAL,
        actor=actor,
    )
