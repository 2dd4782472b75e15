"""What the pages of versions and coverage show, put together for their templates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accounts.models import User

from ..enums import ISSUED_STATES, PlanState
from ..models import Plan
from ..rules import can_draft, can_edit
from ..selectors import plans_visible_to
from .amending import chain_of
from .differences import Part, differences


@dataclass(frozen=True)
class Version:
    """One version of a plan, as the person may read it. ``number`` counts from 1, the first one."""

    plan: Plan
    number: int
    is_shown: bool
    is_latest: bool
    before: Plan | None


@dataclass(frozen=True)
class VersionsPanel:
    """The versions that exist for the person, oldest first, and what may be done with the one shown."""

    versions: Sequence[Version]
    before: Plan | None
    later: Plan | None
    reads_later: bool
    may_amend: bool
    may_discard: bool
    has_coverage: bool


def versions_panel(plan: Plan, user: User) -> VersionsPanel:
    """Return the versions of the plan around the one shown."""
    chain = chain_of(plan)
    readable = set(plans_visible_to(user).filter(pk__in=[row.pk for row in chain]).values_list("pk", flat=True))
    issued = [row for row in chain if row.state in ISSUED_STATES]
    latest = issued[-1] if issued else None
    place = next(number for number, row in enumerate(chain) if row.pk == plan.pk)
    is_latest = latest is not None and latest.pk == plan.pk
    is_followed = place + 1 < len(chain)
    before = chain[place - 1] if place else None
    return VersionsPanel(
        versions=list(_versions(chain, readable, plan, latest)),
        before=before if before is not None and before.pk in readable else None,
        later=latest if latest is not None and not is_latest and plan.state in ISSUED_STATES else None,
        reads_later=latest is not None and latest.pk in readable,
        may_amend=plan.state == PlanState.ISSUED and not is_followed and can_draft.test(user, plan),
        may_discard=can_edit(user, plan),
        has_coverage=is_latest and plan.unit.children.exists(),
    )


def _versions(chain: Sequence[Plan], readable: set[int], shown: Plan, latest: Plan | None) -> Iterator[Version]:
    for number, row in enumerate(chain, start=1):
        if row.pk in readable:
            before = chain[number - 2] if number > 1 and chain[number - 2].pk in readable else None
            yield Version(row, number, row.pk == shown.pk, latest is not None and row.pk == latest.pk, before)


@dataclass(frozen=True)
class DifferencePage:
    """Two versions and what changed from the older one to the newer one."""

    old: Plan
    new: Plan
    parts: Sequence[Part]
    earlier: Sequence[Plan]

    @property
    def is_alike(self) -> bool:
        return not any(part.shown for part in self.parts)


def difference_page(plan: Plan, user: User, asked: str) -> DifferencePage | None:
    """Return what changed from an earlier version to this one; null where the person reads no earlier one.

    ``asked`` is the id of the earlier version; blank: the one right before.
    """
    chain = chain_of(plan)
    place = next(number for number, row in enumerate(chain) if row.pk == plan.pk)
    readable = {row.pk: row for row in plans_visible_to(user).filter(pk__in=[row.pk for row in chain[:place]])}
    earlier = [row for row in reversed(chain[:place]) if row.pk in readable]
    old = next((row for row in earlier if not asked or str(row.pk) == asked), None)
    if old is None:
        return None
    return DifferencePage(old, plan, differences(old, plan), earlier)
