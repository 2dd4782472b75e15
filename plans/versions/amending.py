"""The versions of a plan: an amendment begun, discarded; the chain of them.

An amendment is a draft with ``amends`` set and the life of any plan (``services.life``; what happens when it is issued
says ``services.succession``). Until then the earlier version stands untouched.
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from core import files

from ..enums import ISSUED_STATES, PlanState
from ..models import Plan, Section
from ..rules import Action, can_draft
from ..services.drafts import lock_draft, record
from . import copiers

COPIED = ("kind", "title", "folded", "theme", "starts_on", "ends_on", "based_on_id", "recipients")
COPIED_OF_SECTION = ("order", "depth", "number", "address", "heading", "text", "topic")


@transaction.atomic
def amend_plan(*, actor: User | None, plan: Plan) -> Plan:
    """Begin an amendment of an issued plan: a draft with its sections, targets and activities copied.

    Only of the latest version, and one at a time. ``actor`` null is the machine itself. Raises PermissionDenied where
    the actor is no officer of the unit, ValidationError where the plan is not issued or is being amended already.
    """
    if actor is not None and not can_draft.test(actor, plan):
        raise PermissionDenied
    source = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    _check_amendable(source)
    amendment = Plan(unit=source.unit, amends=source, created_by=actor)
    for name in COPIED:
        setattr(amendment, name, getattr(source, name))
    _save_alone(amendment)
    sections = _copy_sections(source, amendment)
    copiers.copy_all(source, amendment, sections)
    record(plan=amendment, action=Action.CREATE, before="", actor=actor)
    record(plan=source, action=Action.AMEND, before=source.state, actor=actor)
    return amendment


def _check_amendable(source: Plan) -> None:
    if source.state != PlanState.ISSUED:
        raise ValidationError(_("Only an issued plan is amended."), code="wrong_state")
    later = source.amendments.first()
    if later is None:
        return
    if later.state in ISSUED_STATES:
        raise ValidationError(_("A later version stands already: amend that one."), code="not_latest")
    raise ValidationError(_("An amendment of this plan is under way already."), code="under_way")


def _save_alone(amendment: Plan) -> None:
    """Save a new amendment. Raises ValidationError where another one was begun in the same moment."""
    try:
        with transaction.atomic():
            amendment.save()
    except IntegrityError as error:
        raise ValidationError(_("An amendment of this plan is under way already."), code="under_way") from error


def _copy_sections(source: Plan, amendment: Plan) -> dict[int, Section]:
    """Copy the sections; return source section id → its copy. Words that stand in ``Plan.text`` only come along."""
    copies: dict[int, Section] = {}
    for section in source.sections.order_by("order"):
        facts = {name: getattr(section, name) for name in COPIED_OF_SECTION}
        parent = copies[section.parent_id] if section.parent_id is not None else None
        copies[section.pk] = Section.objects.create(plan=amendment, parent=parent, origin=section, **facts)
    return copies


@transaction.atomic
def discard_draft(*, actor: User | None, plan: Plan) -> Plan | None:
    """Delete a draft with all that was written in it, and the file that it was read from.

    Returns the version that it would have amended, null for a draft of its own. Raises ValidationError where it is no
    draft or something was recorded under it already, PermissionDenied where the actor is no officer.
    """
    if actor is not None and not can_draft.test(actor, plan):
        raise PermissionDenied
    draft = lock_draft(plan=plan)
    source, file = draft.amends, draft.source
    try:
        copiers.discard_all(draft)
        draft.events.all().delete()
        draft.delete()
    except ProtectedError as error:
        raise ValidationError(_("Something was recorded under this draft already."), code="in_use") from error
    if file is not None and not Plan.objects.filter(source=file).exists():
        files.remove(file)
    if source is not None:
        record(plan=source, action=Action.DISCARD, before=source.state, actor=actor)
    return source


def chain_of(plan: Plan) -> list[Plan]:
    """Return all versions of the plan, the first one first, an open amendment last; a query for each step."""
    first = plan
    while first.amends is not None:
        first = first.amends
    versions = [first]
    while (later := versions[-1].amendments.select_related("unit").first()) is not None:
        versions.append(later)
    return versions


def version_in_force(plan: Plan) -> Plan:
    """Return the latest issued version of a plan that was issued; the plan itself where none came after it."""
    while (later := plan.amendments.issued().first()) is not None:
        plan = later
    return plan


def line_of_ids(plan: Plan) -> list[int]:
    """Return the ids of the plan and of all versions before it."""
    return [version.pk for version in _back_from(plan)]


def _back_from(plan: Plan) -> Sequence[Plan]:
    line = [plan]
    while line[-1].amends is not None:
        line.append(line[-1].amends)
    return line
