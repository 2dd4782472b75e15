"""What the pages of targets show: their part of a plan's page, and the table of shares handed down."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import RoleName
from accounts.models import User
from accounts.scope import grants_of, units_for
from core import clock
from plans.beside import Beside, Link, Place
from plans.enums import ISSUED_STATES
from plans.models import Plan
from plans.rules import can_edit
from plans.selectors import WORKING_ROLES
from plans.writing.lists import DraftGroup, groups
from units.models import Unit

from .enums import Carrier, IndicatorKind
from .models import Allocation, Target
from .rules import can_hand_down
from .selectors import allocations_in_force, targets_of
from .wording import bounds_text, carriers_text, figure_text


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


def is_shareable(target: Target) -> bool:
    """Whether shares of it can be handed down: figures that units below carry, counted once."""
    carried_below = target.carried_by != Carrier.ISSUER_OWN and target.indicator.kind != IndicatorKind.MILESTONE
    return carried_below and target.restates_id is None


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


@dataclass(frozen=True)
class Line:
    """From which unit the table of shares is seen: ``base`` hands down to the units right under it.

    ``may_hand_down``: this person does so for ``base``.
    """

    base: Unit
    receivers: list[Unit]
    may_hand_down: bool


def line_of(plan: Plan, user: User) -> Line | None:
    """Return where the person stands in the line of a plan's shares; null where no unit of theirs is in it.

    The plan's unit where it is in one's reach; else one's own unit beneath it, which sees its own shares only.
    """
    if units_for(user, *WORKING_ROLES).filter(pk=plan.unit_id).exists():
        base = plan.unit
    else:
        own = [grant for grant in grants_of(user) if grant.name in WORKING_ROLES and grant.bloc_id is None]
        # Who is an officer somewhere below hands down further from there.
        own.sort(key=lambda grant: (grant.name != RoleName.OFFICER, grant.path))
        beneath = [grant.unit_id for grant in own if grant.path.startswith(plan.unit.path)]
        if not beneath:
            return None
        base = Unit.objects.get(pk=beneath[0])
    receivers = list(base.children.open_on(min(clock.today(), plan.ends_on)).order_by("path"))
    return Line(base, receivers, can_hand_down.test(user, base) and Plan.objects.current().filter(pk=plan.pk).exists())


@dataclass(frozen=True)
class ShareTotal:
    """A target with what ``base`` has of it and what was handed to the units right under it.

    ``own`` is null where base is the plan's unit: the target itself is its share. ``handed`` is null where nothing
    was, and where shares do not add up (each unit tested by itself, or a percentage).
    """

    row: TargetRow
    own: str | None
    due: Decimal | None
    handed: Decimal | None
    receivers: int

    @property
    def gap(self) -> Decimal | None:
        """What was handed down beyond (positive) or short of (negative) the share; null where nothing compares."""
        if self.handed is None or self.due is None:
            return None
        return self.handed - self.due

    @property
    def shortfall(self) -> Decimal | None:
        """How much of the share was not handed down, without a sign; null where nothing compares."""
        return None if self.gap is None else max(-self.gap, Decimal(0))


Shares = dict[tuple[int, int], Allocation]


def shares_of(line: Line, targets: Sequence[Target]) -> Shares:
    """Return the shares in force today of the base and of the units right under it."""
    return allocations_in_force(targets, [line.base, *line.receivers], clock.today())


def totals_of(plan: Plan, line: Line, targets: Sequence[Target], shares: Shares) -> list[ShareTotal]:
    """Return one line for each target that can be handed down (domain: rule 14)."""
    return [_total(plan, line, target, shares) for target in targets]


def _total(plan: Plan, line: Line, target: Target, shares: Shares) -> ShareTotal:
    own = shares.get((target.pk, line.base.pk))
    handed = [share for unit in line.receivers if (share := shares.get((target.pk, unit.pk)))]
    adds_up = target.carried_by == Carrier.POOLED and target.indicator.kind == IndicatorKind.AMOUNT
    is_issuer = line.base.pk == plan.unit_id
    due = target.minimum if is_issuer else own.minimum if own else None
    return ShareTotal(
        row=TargetRow(target),
        own=None if is_issuer else share_text(target, own),
        due=due,
        handed=sum((share.minimum or Decimal(0) for share in handed), Decimal(0)) if adds_up and handed else None,
        receivers=len(handed),
    )


def share_text(target: Target, share: Allocation | None) -> str:
    """Return a share in words; "–" where nothing was handed."""
    return "–" if share is None else figure_text(target.indicator, share.minimum, share.maximum)
