"""Making a plan of a document, reading it again, and correcting what the head says.

Proposals of targets and activities are their own apps' (``steps``); the upload and its job are ``uploads``.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict, Unpack, cast

from django.db import transaction

from accounts.models import User
from core import clock
from core.models import StoredFile
from plans.duties import Duty, duty_contradictions, read_duties
from plans.enums import PlanKind
from plans.heads import rewrite_head, version_of
from plans.models import Plan, Reading, ReportDeadline
from plans.outline import Outline
from plans.outline.read import read_outline
from plans.proposals.contradictions import contradictions_of, keep_contradictions
from plans.proposals.deciding import hold_plan
from plans.services import PlanFacts, create_plan
from plans.sources import Source
from units.models import Unit

from . import steps
from .head import facts_of, number_of
from .sections import keep_sections
from .selectors import outline_of

HEAD_FIELDS = ("kind", "title", "number", "issued_on", "place", "starts_on", "ends_on")


class HeadFacts(TypedDict):
    """What a document's head says. Number and date are the document's own, null where it bears none yet."""

    kind: PlanKind | str
    title: str
    number: int | None
    issued_on: date | None
    place: str
    starts_on: date
    ends_on: date


@transaction.atomic
def plan_from_source(
    *, actor: User | None, unit: Unit, source: Source, stored: StoredFile | None, outline: Outline | None = None
) -> Plan:
    """Begin a draft of ``unit`` with the whole document: its text, sections, contradictions, deadlines, proposals.

    ``stored`` is the file itself, null for none; ``outline`` spares reading it again where the caller has it. What the
    head does not say is filled in sensibly, for a person to correct. Raises as ``create_plan``.
    """
    outline = outline or read_outline(source.text, pages=source.pages)
    facts: PlanFacts = {**facts_of(outline.head, unit), "text": source.text, "source": stored}
    plan = create_plan(actor=actor, unit=unit, **facts)
    plan.number, plan.issued_on, plan.place = number_of(outline.head), outline.head.dated, outline.head.place[:80]
    plan.save(update_fields=["number", "issued_on", "place"])
    _read(actor=actor, plan=plan, outline=outline, file_kind=source.kind, pages=source.pages)
    return plan


@transaction.atomic
def read_again(*, actor: User | None, plan: Plan) -> Reading:
    """Read the plan's text once more, with what the portal has learnt since. Every decision stays.

    Sections keep their rows and what was written in them; contradictions that somebody has looked at stay looked at.
    Raises PermissionDenied where the actor does not draft the plan, ValidationError where it is no draft any more.
    """
    plan = hold_plan(actor=actor, plan=plan)
    last = plan.readings.order_by("at", "pk").last()
    outline = outline_of(plan, last)
    contradictions_of(plan).filter(seen_at__isnull=True).delete()
    return _read(
        actor=actor,
        plan=plan,
        outline=outline,
        file_kind=last.file_kind if last else "txt",
        pages=tuple(last.pages) if last else (),
    )


def _read(*, actor: User | None, plan: Plan, outline: Outline, file_kind: str, pages: tuple[int, ...]) -> Reading:
    sections = keep_sections(plan=plan, outline=outline)
    duties = read_duties(outline)
    keep_contradictions(plan=plan, found=[*outline.contradictions, *duty_contradictions(outline, duties)])
    _keep_duties(plan=plan, duties=duties)
    steps.run_readers(plan=plan, outline=outline, sections=sections)
    return Reading.objects.create(plan=plan, actor=actor, at=clock.now(), file_kind=file_kind, pages=list(pages))


def _keep_duties(*, plan: Plan, duties: Sequence[Duty]) -> None:
    """Deadlines for reports carry no decisions: what is found now takes the place of what was found before."""
    ReportDeadline.objects.filter(plan=plan).delete()
    ReportDeadline.objects.bulk_create(
        ReportDeadline(
            plan=plan,
            start=duty.start,
            end=duty.end,
            quote=plan.text[duty.start : duty.end],
            due_on=duty.due_on,
            recurring=(duty.recurring or "")[:60],
        )
        for duty in duties
    )


def version_of_head(plan: Plan) -> str:
    """Return a mark of the head as it stands; it is another one after every change of it by anybody."""
    return version_of(plan, HEAD_FIELDS)


def correct_head(*, actor: User | None, plan: Plan, version: str, **facts: Unpack[HeadFacts]) -> Plan:
    """Write over what the head was read as. ``version`` is what the person saw (``version_of_head``).

    Raises as ``plans.heads.rewrite_head``.
    """
    return rewrite_head(actor=actor, plan=plan, version=version, facts=cast(dict[str, Any], facts))
