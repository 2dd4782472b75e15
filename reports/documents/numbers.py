"""The numbers of official papers: each is given once a year for a unit and symbol, to a paper or to a plan.

A plan that is issued has its number before its paper is in the register, and may never get a paper at all.
"""

from datetime import date

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from core.models import JobState
from plans import checks
from plans.models import Plan
from reports.enums import DocumentKind, DocumentState

from . import papers
from .models import OfficialDocument
from .plan_papers.building import symbol_of_plan


def problem_of(document: OfficialDocument, *, number: int, symbol: str, dated: date) -> str:
    """Say what bears the number already, in the register or among the plans; empty where the document may have it.

    A plan's own paper bears the number of the plan, which was looked at when the plan was issued.
    """
    others = _registered(document.unit_id, symbol, dated.year).filter(number=number).exclude(pk=document.pk)
    if others.exists():
        return number_taken(dated)
    if document.kind == DocumentKind.PLAN:
        return ""
    plan = Plan.objects.numbered(unit=document.unit_id, symbol=symbol, year=dated.year).filter(number=number).first()
    if plan is None:
        return ""
    words = _("This number was given to %(symbol)s “%(plan)s”, issued in %(year)s.")
    return words % {"symbol": plan.symbol, "plan": plan.title, "year": dated.year}


def number_taken(dated: date) -> str:
    """Say that the register has the number already."""
    return _("This number is taken in the register of %(year)s.") % {"year": dated.year}


def is_promised(unit_id: int, *, number: int, symbol: str, year: int) -> bool:
    """Whether a draft gets the number now: it is chosen, and the final file is being made."""
    return _promised(unit_id, symbol, year).filter(job__params__number=number).exists()


def is_given_to_paper(plan: Plan) -> bool:
    """Whether a paper bears, or gets now, the number that a plan shall be issued under; asked by ``plans.checks``."""
    if plan.number is None or plan.issued_on is None:
        return False
    symbol, year = symbol_of_plan(plan), plan.issued_on.year
    if is_promised(plan.unit_id, number=plan.number, symbol=symbol, year=year):
        return True
    return _registered(plan.unit_id, symbol, year).filter(number=plan.number).exists()


def next_number(document: OfficialDocument, year: int) -> int | None:
    """Return the number after the highest of the year under the document's own symbol, whatever bears that one.

    Null for the paper of a plan: it bears the number of the plan.
    """
    if document.kind == DocumentKind.PLAN:
        return None
    unit, symbol = document.unit_id, papers.symbol_of(document)
    highest = (
        _registered(unit, symbol, year).aggregate(highest=Max("number"))["highest"],
        Plan.objects.numbered(unit=unit, symbol=symbol, year=year).aggregate(highest=Max("number"))["highest"],
        *_promised(unit, symbol, year).values_list("job__params__number", flat=True),
    )
    return max(number or 0 for number in highest) + 1


def _registered(unit_id: int, symbol: str, year: int) -> QuerySet[OfficialDocument]:
    """Papers that bear a number, those that were replaced since among them."""
    return OfficialDocument.objects.filter(unit=unit_id, symbol=symbol, dated__year=year, number__isnull=False)


def _promised(unit_id: int, symbol: str, year: int) -> QuerySet[OfficialDocument]:
    """Drafts whose number is chosen and whose final file is being made; the number stands in ``job.params``."""
    return OfficialDocument.objects.filter(
        unit=unit_id,
        state=DocumentState.DRAFT,
        job__state__in=(JobState.QUEUED, JobState.RUNNING),
        job__params__has_key="number",
        job__params__symbol=symbol,
        job__params__dated__startswith=f"{year:04d}-",
    )


def register() -> None:
    """Have plans ask for the numbers of papers; called once when the portal starts."""
    checks.register_numbers(is_given_to_paper)
