"""Reading the reading: the plan behind a page, its outline, its pages."""

from functools import lru_cache

from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.scope import holds
from plans.models import Plan, Reading
from plans.outline import Outline
from plans.outline.read import read_outline
from plans.selectors import DRAFTING_ROLES, plans_visible_to


def reading_or_404(user: User, plan_id: int) -> Plan:
    """Return the plan where it exists for the person and has a document. Raises Http404 otherwise."""
    plans = plans_visible_to(user).exclude(text="").select_related("unit", "source")
    return get_object_or_404(plans, pk=plan_id)


def works_on(user: User, plan: Plan) -> bool:
    """Whether the person drafts or signs for the plan's unit: sees contradictions, and the file itself."""
    return holds(user, plan.unit, *DRAFTING_ROLES)


def latest_reading(plan: Plan) -> Reading | None:
    """Return the newest run of the reader; null where a document was stored without one."""
    return plan.readings.order_by("at", "pk").last()


def outline_of(plan: Plan, reading: Reading | None) -> Outline:
    """Return the outline of the plan's text; its sections' order is that of the document."""
    return _outline(plan.text, tuple(reading.pages) if reading else ())


# Turning from step to step asks for the same few documents again and again.
@lru_cache(maxsize=4)
def _outline(text: str, pages: tuple[int, ...]) -> Outline:
    return read_outline(text, pages=pages)
