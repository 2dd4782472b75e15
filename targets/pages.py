"""What the pages of targets show: their part of a plan's page, and the list of a draft's targets."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from plans.beside import Beside, Link, Place
from plans.enums import ISSUED_STATES
from plans.models import Plan
from plans.rules import can_edit
from plans.writing.lists import DraftGroup, groups

from .models import Target
from .selectors import targets_of
from .sharing.line import is_shareable
from .wording import bounds_text, carriers_text


@dataclass(frozen=True)
class TargetRow:
    """A target in words; ``url`` leads to where it is changed, blank for readers and once it is no draft."""

    target: Target
    url: str = ""

    @property
    def bounds(self) -> str:
        return bounds_text(self.target)

    @property
    def carriers(self) -> str:
        """Who carries it, where the bounds do not say so already."""
        return "" if self.target.required_share is not None else carriers_text(self.target)


def beside_sections(plan: Plan, user: User) -> Beside:
    """Return the targets' part of a plan's page."""
    targets = targets_of(plan)
    by_section: dict[int | None, list[TargetRow]] = defaultdict(list)
    may_edit = can_edit(user, plan)
    for target in targets:
        url = reverse("targets:revise", args=[plan.pk, target.pk]) if may_edit else ""
        by_section[target.section_id].append(TargetRow(target, url))
    links = []
    # Shares go over when an amendment is issued; before that they stand with the version before.
    is_issued = plan.amends_id is None or plan.state in ISSUED_STATES
    if is_issued and any(is_shareable(target) for target in targets):
        links.append(Link(_("Shares handed down"), reverse("targets:allocations", args=[plan.pk])))
    if may_edit:
        links.append(Link(_("Add a target"), reverse("targets:add", args=[plan.pk]), place=Place.ADD))
    return Beside(
        template="targets/beside_row.html", count=target_count(len(targets)), by_section=by_section, links=links
    )


def target_count(count: int) -> str:
    """Return "2 chỉ tiêu"."""
    return ngettext("%(n)s target", "%(n)s targets", count) % {"n": count}


def draft_groups(plan: Plan) -> list[DraftGroup]:
    """Return the draft's targets section by section, as they are moved."""
    return groups(targets_of(plan), TargetRow)


@dataclass(frozen=True)
class CodeChange:
    """A target with the code that it would have."""

    target: Target
    new: str

    @property
    def differs(self) -> bool:
        return self.target.code != self.new


def code_changes(plan: Plan, codes: Mapping[int, str]) -> list[CodeChange]:
    """Return every target of the plan with its code in ``codes``, in the plan's order."""
    return [CodeChange(target, codes[target.pk]) for target in targets_of(plan)]
