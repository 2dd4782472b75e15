"""What activities do with a document: store what reading finds, and stand as steps of the screen.

Registered with ``plans.reading.steps``.
"""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.extraction import ProposedActivity, read_activities
from activities.models import ActivityProposal
from plans.enums import ProposalState
from plans.models import Plan, Section
from plans.outline import Outline
from plans.proposals.contradictions import keep_contradictions
from plans.proposals.keeping import Fresh, keep_found, overlap
from plans.proposals.shelf import progress_of
from plans.reading.pane import Mark
from plans.reading.steps import Step

from .finding import values_found


def store_activities(*, plan: Plan, outline: Outline, sections: Mapping[int, Section]) -> None:
    """Store the activities found in the document; decisions stay as they are (``plans.reading.steps.Reader``)."""
    reading = read_activities(outline)
    keep_contradictions(plan=plan, found=reading.contradictions)
    keep_activities(plan=plan, found=reading.proposals, sections=sections)


def keep_activities(*, plan: Plan, found: Sequence[ProposedActivity], sections: Mapping[int, Section]) -> None:
    """Store proposals beside those that a person has decided on or typed in; the caller holds the plan's row."""
    fresh = [
        Fresh(
            start=one.start,
            end=one.end,
            section=one.section,
            found=values_found(one, plan.text).as_json(),
            doubts=[{"code": doubt.code, "says": doubt.says} for doubt in one.doubts],
        )
        for one in found
    ]
    keep_found(model=ActivityProposal, plan=plan, text=plan.text, fresh=fresh, sections=sections, is_same=_is_same)


def _is_same(fresh: Fresh, row: ActivityProposal) -> bool:
    """Whether both are about the same words: they share the greater part of the shorter one."""
    return 2 * overlap(fresh, row) > min(fresh.end - fresh.start, row.end - row.start)


def _marks(plan: Plan) -> list[Mark]:
    """Places of accepted activities, for those who only read the plan."""
    accepted = ActivityProposal.objects.filter(plan=plan, state=ProposalState.ACCEPTED, activity__isnull=False)
    rows = accepted.values_list("pk", "start", "end")
    return [Mark(start=start, end=end, key=f"a{pk}", state="accepted") for pk, start, end in rows]


STEP = Step(
    key="activities",
    label=_("Activities"),
    address=lambda plan: reverse("activities:reading", args=[plan.pk]),
    count=lambda plan: progress_of(ActivityProposal, plan),
    marks=_marks,
)
LAST_STEP = Step(
    key="issuing",
    label=_("Issuing"),
    address=lambda plan: reverse("activities:reading-sending", args=[plan.pk]),
    count=lambda _plan: (0, 0),
    marks=lambda _plan: [],
)
