"""Asking for a reminder dispatch."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from reports.documents.models import OfficialDocument
from reports.documents.rules import can_prepare
from reports.documents.services import new_document
from reports.enums import Basis, DocumentKind
from targets.calendar import Month, Span
from units.models import Unit

from .building import late_units, title_of


@transaction.atomic
def request_dispatch(*, actor: User, body: Unit, month: Month) -> OfficialDocument:
    """Ask for a draft to the units directly beneath that are late.

    Raises PermissionDenied; ValidationError where no unit is.
    """
    if not can_prepare(actor, body):
        raise PermissionDenied
    if not late_units(body, month):
        raise ValidationError({"month": _("No unit directly beneath is late with the report of this month.")})
    return new_document(
        unit=body,
        kind=DocumentKind.REMINDER,
        span=Span.of_month(month),
        title=title_of(month),
        basis=Basis.OFFICIAL,
        actor=actor,
    )
