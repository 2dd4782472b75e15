"""Reading plans. ``plans_visible_to`` is the filter of every list of plans and where every view fetches one."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from accounts.enums import RoleName
from accounts.models import User
from accounts.scope import READING_ROLES, grants_of, units_for
from accounts.selectors import people_at
from core.folding import fold
from units.models import Unit

from .askers import asked_by
from .enums import ISSUED_STATES
from .models import Plan, PlanQuerySet, Section
from .writing.arranging import Arrangement, Row

WORKING_ROLES = (RoleName.SECRETARY, RoleName.OFFICER, RoleName.LEADER)
DRAFTING_ROLES = (RoleName.OFFICER, RoleName.LEADER)


def plans_visible_to(user: User) -> PlanQuerySet:
    """Return every plan that exists for this person (domain: Who may do what).

    Plans of units in one's reach; drafts only for those who write or sign them; and issued plans of bodies above
    that ask something of one's units, or of the bloc that one heads.
    """
    within = Q(unit__in=units_for(user, *READING_ROLES), state__in=ISSUED_STATES)
    drafts = Q(unit__in=units_for(user, *DRAFTING_ROLES))
    return Plan.objects.filter(within | drafts | _superior_plans(user))


def _superior_plans(user: User) -> Q:
    paths = [grant.path for grant in grants_of(user) if grant.name in WORKING_ROLES]
    above = {path[:end] for path in paths for end in range(Unit.steplen, len(path), Unit.steplen)}
    asking = Q(unit__path__in=above) & asked_by(paths) if above else Q(pk__in=[])
    # A bloc head's role hangs on the bloc's owner, whose plans say what the bloc has to do.
    owners = {grant.path for grant in grants_of(user) if grant.bloc_id is not None}
    return Q(state__in=ISSUED_STATES) & (asking | Q(unit__path__in=owners))


def search_plans(
    plans: PlanQuerySet, *, wish: str = "", state: str = "", year: int | None = None, unit: Unit | None = None
) -> PlanQuerySet:
    """Narrow ``plans`` to words of title, symbol or unit (diacritics or not), a state, a year of the term, a unit."""
    for word in fold(wish).split():
        plans = plans.filter(Q(folded__contains=word) | Q(symbol__icontains=word) | Q(unit__folded__contains=word))
    if state:
        plans = plans.filter(state=state)
    if year is not None:
        plans = plans.filter(starts_on__year__lte=year, ends_on__year__gte=year)
    if unit is not None:
        plans = plans.filter(unit=unit)
    return plans


def is_superseded(plan: Plan) -> bool:
    """Whether a later version of the plan was issued: then this one is readable and counts nowhere."""
    return plan.state in ISSUED_STATES and plan.amendments.issued().exists()


def sections_of(plan: Plan) -> list[Section]:
    """Return the plan's sections in the document's order."""
    return list(plan.sections.order_by("order"))


def arrangement_of(plan: Plan) -> Arrangement:
    """Return the plan's sections as a tree that can be turned."""
    rows = plan.sections.order_by("order").values_list("pk", "parent_id", "number", "address")
    return Arrangement(Row(*row) for row in rows)


def years_of(plans: QuerySet[Plan]) -> list[int]:
    """Return the years in which a plan of ``plans`` runs, newest first."""
    spans = plans.order_by().values_list("starts_on__year", "ends_on__year").distinct()
    return sorted({year for first, last in spans for year in range(first, last + 1)}, reverse=True)


def possible_bases(*units: Unit, user: User | None) -> QuerySet[Plan]:
    """Return the plans in force of bodies above one of the units: what its plan may make concrete.

    Only those that exist for the person; ``user`` null is the machine itself, for which all do.
    """
    above = {unit.path[:end] for unit in units for end in range(Unit.steplen, len(unit.path), Unit.steplen)}
    plans = Plan.objects.in_force().filter(unit__path__in=above).select_related("unit")
    return plans if user is None else plans.filter(pk__in=plans_visible_to(user).values("pk"))


def people_of(plan: Plan, *names: str) -> Sequence[User]:
    """Return those who hold one of the roles at the plan's unit itself."""
    return people_at(plan.unit_id, *names)
