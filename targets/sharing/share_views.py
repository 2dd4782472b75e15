"""The page of one share: how it came to be."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.gates import signed_in
from accounts.models import User
from accounts.scope import units_for
from core import clock
from plans.gates import plan_or_404
from plans.models import Plan
from plans.selectors import WORKING_ROLES
from units.models import Unit

from ..models import Allocation, Target
from ..selectors import allocation_in_force, share_history
from ..wording import bounds_text, figure_text
from .line import is_shareable


@dataclass(frozen=True)
class Row:
    """One allocation of the history; ``is_now``: it is the one in force today."""

    share: Allocation
    words: str
    is_now: bool


@login_required
@require_safe
def share_page(request: HttpRequest, plan_id: int, target_id: int, unit_code: str) -> HttpResponse:
    """What one unit was handed of one target, from when, by whom and when; newest first."""
    user = signed_in(request)
    plan, target, unit = share_or_404(user, plan_id, target_id, unit_code)
    now = allocation_in_force(target, unit, clock.today())
    context = {
        "nav_key": "plans",
        "plan": plan,
        "target": target,
        "unit": unit,
        "now": now,
        "now_words": words_of(now, target),
        "target_words": bounds_text(target),
        "rows": [
            Row(share, words_of(share, target), now is not None and share.pk == now.pk)
            for share in share_history(target, unit)
        ],
    }
    return render(request, "targets/share.html", context)


def share_or_404(user: User, plan_id: int, target_id: int, unit_code: str) -> tuple[Plan, Target, Unit]:
    """Return a place of the grid where it exists for the person: of a superior plan one's own units' only."""
    plan = plan_or_404(user, plan_id)
    target = get_object_or_404(Target.objects.select_related("indicator", "plan__unit"), plan=plan, pk=target_id)
    unit: Unit = get_object_or_404(units_for(user, *WORKING_ROLES), code=unit_code)
    if not is_shareable(target) or not plan.unit.is_above(unit):
        raise Http404
    return plan, target, unit


def words_of(share: Allocation | None, target: Target) -> str:
    """Return a share in words; a dash for none."""
    return "–" if share is None else figure_text(target.indicator, share.minimum, share.maximum)
