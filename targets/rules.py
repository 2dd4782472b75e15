"""Who may do what with the catalogue and with allocations. Writing a plan's targets is ``plans.rules.can_edit``."""

import rules

from accounts.enums import RoleName
from accounts.models import User
from accounts.scope import holds, holds_at
from units.models import Unit

from .models import Adjustment


@rules.predicate
def can_keep_catalogue(user: User, owner: Unit) -> bool:
    """Whether the person confirms and merges indicators: officers of the topmost unit, whose catalogue it is."""
    return owner.depth == 1 and holds_at(user, owner, RoleName.OFFICER)


@rules.predicate
def can_hand_down(user: User, unit: Unit) -> bool:
    """Whether the person hands shares of a target down for this unit: its officers (domain: Who may do what)."""
    return holds(user, unit, RoleName.OFFICER)


@rules.predicate
def can_ask_adjustment(user: User, unit: Unit) -> bool:
    """Whether the person proposes another figure for this unit's share: who acts for the unit itself."""
    return holds_at(user, unit, RoleName.SECRETARY, RoleName.OFFICER, RoleName.LEADER)


@rules.predicate
def can_settle(user: User, adjustment: Adjustment) -> bool:
    """Whether the person settles a proposal: officers of the body that handed the share down."""
    return can_hand_down(user, adjustment.asked_of)
