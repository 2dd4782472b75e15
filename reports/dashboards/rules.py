"""Who may read figures of a unit's subtree: a question over (person, unit). Source: domain, "Who may do what"."""

from accounts import scope
from accounts.models import User
from reports.progress.rules import FIGURE_ROLES
from units.models import Unit


def reads_subtree(user: User, unit: Unit) -> bool:
    """Whether the figures of everything beneath the unit are the person's to read; administrators see no figures."""
    return scope.holds(user, unit, *FIGURE_ROLES)


def can_read_figures(user: User, unit: Unit) -> bool:
    """Whether the person reads the unit's own results: who reads its subtree, or heads the bloc that it is in."""
    if reads_subtree(user, unit):
        return True
    return scope.heads_some_bloc(user) and scope.bloc_members_of(user).filter(pk=unit.pk).exists()
