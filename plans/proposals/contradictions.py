"""What contradicts itself in the document: beside which proposals it is shown, and that somebody has looked at it."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from core import clock
from plans.models import FoundContradiction, Passage, Plan
from plans.outline.shapes import Contradiction

from .deciding import hold_plan


def contradictions_of(plan: Plan) -> QuerySet[FoundContradiction]:
    """Return what was flagged in the plan's document, in its order."""
    return FoundContradiction.objects.filter(plan=plan).select_related("section").order_by("start", "pk")


def beside(
    passages: Iterable[Passage], contradictions: Iterable[FoundContradiction]
) -> dict[int, list[FoundContradiction]]:
    """Return id of a passage → the contradictions that lie on its words.

    Each stands beside one passage only, the one whose words are its words most of all.
    """
    rows = list(passages)
    found: dict[int, list[FoundContradiction]] = defaultdict(list)
    for contradiction in contradictions:
        touched = [row for row in rows if row.start < contradiction.end and contradiction.start < row.end]
        if touched:
            found[max(touched, key=partial(_likeness, contradiction)).pk].append(contradiction)
    return found


def _likeness(first: Passage, second: Passage) -> float:
    shared = min(first.end, second.end) - max(first.start, second.start)
    return shared / (max(first.end, second.end) - min(first.start, second.start))


@transaction.atomic
def look_at(*, actor: User | None, contradiction: FoundContradiction) -> None:
    """Record that somebody has looked at it; a second time changes nothing. Raises as ``hold_plan``."""
    hold_plan(actor=actor, plan=contradiction.plan)
    unseen = FoundContradiction.objects.filter(pk=contradiction.pk, seen_at__isnull=True)
    unseen.update(seen_by=actor, seen_at=clock.now())


def look_at_beside(*, actor: User | None, passage: Passage, among: Iterable[Passage]) -> None:
    """Record that who decided on ``passage`` has seen what stood beside it; ``among`` are all passages of its list."""
    unseen = FoundContradiction.objects.filter(plan=passage.plan_id, seen_at__isnull=True)
    rows = list(unseen)
    seen = beside(among, rows).get(passage.pk, []) if rows else []
    if seen:
        unseen.filter(pk__in=[row.pk for row in seen]).update(seen_by=actor, seen_at=clock.now())


def keep_contradictions(*, plan: Plan, found: Iterable[Contradiction]) -> None:
    """Store what is not flagged yet at the same place; what somebody has looked at stays looked at."""
    known = set(FoundContradiction.objects.filter(plan=plan).values_list("kind", "start", "end"))
    FoundContradiction.objects.bulk_create(
        FoundContradiction(plan=plan, kind=row.kind, start=row.start, end=row.end, quote=row.quote, says=row.says)
        for row in found
        if (row.kind, row.start, row.end) not in known
    )
