"""Who may do what with official documents (domain: Who may do what).

Officers prepare them, leaders issue them; both read those of their subtree. The list filter is
``selectors.documents_visible_to``.
"""

from rules import predicate

from accounts import scope
from accounts.enums import RoleName
from accounts.models import User
from units.models import Unit

READERS = (RoleName.OFFICER, RoleName.LEADER)


@predicate
def can_prepare(user: User, unit: Unit) -> bool:
    """Whether the person has documents of this unit made."""
    return scope.holds(user, unit, *READERS)


def can_prepare_above(user: User, unit: Unit) -> bool:
    """``can_prepare`` at the body directly above the unit, told from the tree alone; false at the top."""
    grants = (grant for grant in scope.grants_of(user) if grant.name in READERS)
    return any(unit.path.startswith(grant.path) and unit.path != grant.path for grant in grants)


@predicate
def can_issue(user: User, unit: Unit) -> bool:
    """Whether the person signs for this unit."""
    return scope.holds(user, unit, RoleName.LEADER)


def prepares_any(user: User) -> bool:
    """Whether the person has to do with official documents at all."""
    return any(grant.name in READERS for grant in scope.grants_of(user))
