"""Reading a plan's activity proposals, each with its label and what stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch

from activities.models import Activity, ActivityProposal, Window
from activities.timing import Span
from plans.enums import ProposalState
from plans.models import Plan, Section
from plans.proposals.contradictions import beside, contradictions_of
from plans.proposals.labels import Place, labels_of, stems_of
from plans.proposals.shelf import Item
from units.models import Bloc

from .keys import ActivityValues, values_of

# What the label of an activity begins with that stands in no section ("hoạt động").
LOOSE = "HĐ"


@dataclass(frozen=True)
class ActivityItem(Item[ActivityProposal]):
    """An activity proposal with what it says, and its bloc; null for what is no bloc's own."""

    values: ActivityValues = field(default_factory=ActivityValues)
    bloc: Bloc | None = None


def items_of(plan: Plan) -> list[ActivityItem]:
    """Return every proposal of the plan in the document's order, in a fixed number of queries."""
    windows = Prefetch("windows", queryset=Window.objects.filter(superseded=False).order_by("starts_on", "pk"))
    activities = Activity.objects.select_related("bloc", "plan").prefetch_related(windows)
    rows = ActivityProposal.objects.filter(plan=plan).select_related("section", "decided_by")
    proposals = list(rows.prefetch_related(Prefetch("activity", queryset=activities)).order_by("start", "pk"))
    labels = _labels(plan, proposals)
    clashes = beside(proposals, contradictions_of(plan))
    said = {row.pk: values_of(row.found, row.wish) for row in proposals}
    blocs = Bloc.objects.in_bulk({values.bloc for values in said.values() if values.bloc is not None})
    items = []
    for row in proposals:
        row.plan = plan
        items.append(
            ActivityItem(
                proposal=row,
                label=labels[row.pk],
                clashes=clashes.get(row.pk, []),
                values=said[row.pk],
                bloc=blocs.get(said[row.pk].bloc or 0),
            )
        )
    return items


def _labels(plan: Plan, proposals: Sequence[ActivityProposal]) -> dict[int, str]:
    """Return proposal id → its label: the number of its section; "–" for a rejected one."""
    live = [row for row in proposals if row.state != ProposalState.REJECTED]
    places = [Place(row.pk, row.section_id) for row in live]
    sections = Section.objects.filter(plan=plan).only("number", "heading", "parent_id")
    stems = stems_of(sections, {place.section for place in places}, loose=LOOSE)
    return {row.pk: "–" for row in proposals} | labels_of(places, stems)


def values_of_activity(activity: Activity) -> ActivityValues:
    """Return what an activity of the plan says now, in the words of a proposal."""
    windows = activity.windows.filter(superseded=False).order_by("starts_on", "pk")
    return ActivityValues(
        name=activity.name,
        scope=activity.scope,
        bloc=activity.bloc_id,
        windows=tuple(Span(row.starts_on, row.ends_on, row.precision) for row in windows),
        is_tentative=activity.is_tentative,
        repeats=activity.repeats,
        place=activity.place,
    )
