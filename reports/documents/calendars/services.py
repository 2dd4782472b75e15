"""Asking for a quarter's calendar."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from reports.documents.models import OfficialDocument
from reports.documents.rules import can_prepare
from reports.documents.services import new_document
from reports.enums import Basis, DocumentKind
from targets.calendar import Span
from units.models import Unit

from .building import title_of


@transaction.atomic
def request_calendar(*, actor: User, body: Unit, span: Span) -> OfficialDocument:
    """Ask for the body's calendar of a quarter. Raises PermissionDenied."""
    if not can_prepare(actor, body):
        raise PermissionDenied
    return new_document(
        unit=body,
        kind=DocumentKind.CALENDAR,
        span=span,
        title=title_of(span),
        basis=Basis.OFFICIAL,
        actor=actor,
    )
