"""Reading the register of official documents."""

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from accounts.enums import RoleName
from accounts.models import Role, User
from accounts.scope import units_for
from core import paper_files
from plans.models import Plan
from reports.enums import DocumentKind, DocumentState
from reports.progress.models import Period
from targets.calendar import Month
from units.models import Unit, UnitQuerySet

from . import papers
from .models import OfficialDocument
from .papers import Paper
from .rules import READERS
from .snapshot import SnapshotError

MOST_PAPERS = 10


def documents_visible_to(user: User) -> QuerySet[OfficialDocument]:
    """Return the documents that exist for this person: those of units in reach as officer or leader."""
    within = OfficialDocument.objects.filter(unit__in=units_for(user, *READERS))
    return within.select_related("unit", "about", "plan", "file", "job", "supersedes")


def get_document(user: User, document_id: int) -> OfficialDocument:
    """Return the document. Raises Http404 where it does not exist for the person."""
    document = documents_visible_to(user).filter(pk=document_id).first()
    if document is None:
        raise Http404(document_id)
    return document


def papers_of(
    user: User, plan: Plan, kind: DocumentKind = DocumentKind.PLAN, *, unit: Unit | None = None
) -> list[OfficialDocument]:
    """Return the newest papers of a kind that the plan has in the register, those of one unit where it is named."""
    found = documents_visible_to(user).filter(plan=plan, kind=kind)
    return list((found.filter(unit=unit) if unit else found)[:MOST_PAPERS])


def copies_of(document: OfficialDocument) -> frozenset[str]:
    """Return the endings of the copies that there are of it: none before it was made."""
    return frozenset() if document.snapshot is None else papers.copies_of(document.kind)


def frozen_paper(document: OfficialDocument) -> Paper:
    """Return what the document says. Raises Http404 where nothing is frozen yet, or it cannot be read."""
    if document.snapshot is None:
        raise Http404(document.pk)
    try:
        return papers.thaw(document, document.snapshot)
    except SnapshotError as foreign:
        raise Http404(document.pk) from foreign


def standard_of(document: OfficialDocument) -> str:
    """Return what the file was generated as ("PDF/A-3a"); empty where there is none yet, or where it does not say."""
    if document.file is None:
        return ""
    try:
        with document.file.content.open("rb") as content:
            return paper_files.standard_of(content)
    except (OSError, paper_files.NoPdf):
        return ""


def replacement_of(document: OfficialDocument) -> OfficialDocument | None:
    """Return the issued document that took this one's place; null where none did."""
    return document.superseded_by.exclude(state=DocumentState.DRAFT).first()


def with_replacements(documents: QuerySet[OfficialDocument]) -> QuerySet[OfficialDocument]:
    """Read with each document what took its place, as the list ``replacements`` of one or none."""
    issued = OfficialDocument.objects.exclude(state=DocumentState.DRAFT)
    return documents.prefetch_related(Prefetch("superseded_by", queryset=issued, to_attr="replacements"))


def units_that_report_on_paper(user: User) -> UnitQuerySet:
    """Return the units in reach whose documents one can have made: those with units beneath them."""
    return units_for(user, *READERS).filter(numchild__gt=0)


def months_opened() -> list[Month]:
    """Return the months of the calendar that were opened for reports, oldest first."""
    rows = Period.objects.filter(opened_at__isnull=False).order_by("year", "month")
    return [Month(year, month) for year, month in rows.values_list("year", "month").distinct()]


def officers_of(unit: Unit) -> list[User]:
    """Return the officers of this very body whose accounts are not closed."""
    roles = Role.objects.filter(unit=unit, name=RoleName.OFFICER, ended_at__isnull=True, user__is_active=True)
    return [role.user for role in roles.select_related("user").order_by("pk")]
