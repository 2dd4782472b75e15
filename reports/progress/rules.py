"""Who may do what with a monthly report: predicates over (person, report), combined from small ones.

Which units a role reaches is ``accounts.scope``. Whether the report's state allows the step is
``reports.progress.states``. Source: domain, "Who may do what".
"""

from collections import defaultdict
from collections.abc import Iterable

from rules import predicate

from accounts import scope
from accounts.enums import RoleName
from accounts.models import User
from units.models import Unit

from .models import ProgressReport, ReportEvent

FIGURE_ROLES = (RoleName.SECRETARY, RoleName.OFFICER, RoleName.LEADER)
ENTERING_ACTIONS = ("save", "submit")


@predicate
def reads_figures(user: User, report: ProgressReport) -> bool:
    """Secretaries, officers and leaders read their subtree; administrators see no figures."""
    return scope.holds(user, report.unit, *FIGURE_ROLES)


@predicate
def heads_its_bloc(user: User, report: ProgressReport) -> bool:
    """Head or deputy of the bloc that the unit is in."""
    if not scope.heads_some_bloc(user):
        return False
    return scope.bloc_members_of(user).filter(pk=report.unit_id).exists()


@predicate
def is_its_secretary(user: User, report: ProgressReport) -> bool:
    """Secretary of this very unit; a secretary above it only reads."""
    return scope.holds_at(user, report.unit, RoleName.SECRETARY)


@predicate
def is_officer_above(user: User, report: ProgressReport) -> bool:
    """Officer of a unit strictly above."""
    return scope.holds_strictly_above(user, report.unit, RoleName.OFFICER)


@predicate
def leads_the_top(user: User, report: ProgressReport) -> bool:
    """Leader of the topmost unit, for that unit's own report: nobody stands above it."""
    return report.unit.depth == 1 and scope.holds_at(user, report.unit, RoleName.LEADER)


@predicate
def administers_from_above(user: User, report: ProgressReport) -> bool:
    """Administrator of a unit strictly above, or of the topmost unit for that unit's own report."""
    if report.unit.depth == 1:
        return scope.holds_at(user, report.unit, RoleName.ADMINISTRATOR)
    return scope.holds_strictly_above(user, report.unit, RoleName.ADMINISTRATOR)


@predicate
def had_a_hand(user: User, report: ProgressReport) -> bool:
    """Whether the person ever entered figures in this report or submitted it."""
    if "hands" not in vars(report):
        know_hands([report])
    return user.pk in vars(report)["hands"]


def know_hands(reports: Iterable[ProgressReport]) -> None:
    """Read who had a hand in each of many reports, in one query, so that the rule asks no more."""
    by_report: dict[int, set[int]] = defaultdict(set)
    listed = list(reports)
    rows = ReportEvent.objects.filter(report__in=listed, action__in=ENTERING_ACTIONS, actor__isnull=False)
    for report_id, actor_id in rows.order_by().values_list("report_id", "actor_id").distinct():
        by_report[report_id].add(actor_id)
    for report in listed:
        vars(report)["hands"] = by_report[report.pk]


def reviewing_grants(user: User) -> list[scope.Grant]:
    """The roles by which the person reviews: officer anywhere, leader at the top."""
    return [
        grant
        for grant in scope.grants_of(user)
        if grant.name == RoleName.OFFICER or (grant.name == RoleName.LEADER and len(grant.path) == Unit.steplen)
    ]


def reviews_any(user: User) -> bool:
    """Whether the person reviews reports at all; agrees with ``selectors.reports_awaiting_review``."""
    return bool(reviewing_grants(user))


def reviews_for(user: User, unit: Unit) -> bool:
    """Whether the person reviews reports for this very body."""
    return any(grant.unit_id == unit.pk for grant in reviewing_grants(user))


def reminds_any(user: User) -> bool:
    """Whether the person reminds units of their reports at all; agrees with ``can_remind``."""
    return any(grant.name == RoleName.OFFICER for grant in scope.grants_of(user))


def reads_figures_somewhere(user: User) -> bool:
    """Whether the person reads figures by a role of his own; a bloc head's reach is another."""
    return any(grant.name in FIGURE_ROLES and grant.bloc_id is None for grant in scope.grants_of(user))


def enters_somewhere(user: User) -> bool:
    """Whether the person enters figures of some unit; for which ones says ``can_enter``."""
    entering = (RoleName.SECRETARY, RoleName.OFFICER)
    return any(grant.name in entering and grant.bloc_id is None for grant in scope.grants_of(user))


can_read = reads_figures | heads_its_bloc
can_enter = is_its_secretary | is_officer_above
can_submit = can_enter
can_review = is_officer_above | leads_the_top
can_return = can_review
can_reopen = can_review
can_approve = can_review & ~had_a_hand
# Officers' daily work; leaders look (domain: "Who may do what").
can_remind = is_officer_above
can_extend = can_review | administers_from_above
can_see_days = is_its_secretary | can_extend
