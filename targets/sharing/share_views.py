"""The page of one share: how it came to be, and what its unit proposes instead; and the list of all proposals."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.gates import require, signed_in
from accounts.models import User
from accounts.scope import units_for
from core import clock
from core.form_pages import UNPROCESSABLE, refuse
from plans.gates import plan_or_404
from plans.models import Plan
from plans.selectors import WORKING_ROLES
from units.models import Unit

from .. import services
from ..models import Adjustment, Allocation, Target
from ..rules import can_ask_adjustment, can_settle
from ..selectors import adjustments_of, adjustments_visible_to, allocation_in_force, share_history
from ..wording import bounds_text, figure_text
from .bounds import bounds_of, cell_text
from .forms import AcceptForm, DeclineForm, ProposeForm, first_day
from .line import is_shareable, line_of

PROPOSALS_A_PAGE = 50


@dataclass(frozen=True)
class Row:
    """One allocation of the history; ``is_now``: it is the one in force today."""

    share: Allocation
    words: str
    is_now: bool


@dataclass(frozen=True)
class Proposal:
    """One adjustment with its figures in words; ``share`` is what was handed down because of it."""

    adjustment: Adjustment
    words: str
    share: str

    @classmethod
    def of(cls, adjustment: Adjustment, target: Target) -> "Proposal":
        said = figure_text(target.indicator, adjustment.minimum, adjustment.maximum)
        return cls(adjustment, said, words_of(adjustment.allocation, target) if adjustment.allocation else "")


@login_required
@require_safe
def share_page(request: HttpRequest, plan_id: int, target_id: int, unit_code: str) -> HttpResponse:
    """What one unit was handed of one target, from when, by whom and when; newest first."""
    return _page(request, *share_or_404(signed_in(request), plan_id, target_id, unit_code))


def _page(request: HttpRequest, plan: Plan, target: Target, unit: Unit, **bound: forms.Form) -> HttpResponse:
    """``bound`` are forms that were refused, by their place on the page."""
    now = allocation_in_force(target, unit, clock.today())
    proposals = [Proposal.of(adjustment, target) for adjustment in adjustments_of(target, unit)]
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
        "settled": [proposal for proposal in proposals if not proposal.adjustment.is_open],
        **_open_part(signed_in(request), plan, target, unit, now, proposals),
        **bound,
    }
    return render(request, "targets/share.html", context, status=UNPROCESSABLE if bound else 200)


def _open_part(
    user: User, plan: Plan, target: Target, unit: Unit, now: Allocation | None, proposals: list[Proposal]
) -> dict[str, Any]:
    """The proposal that waits with what this person may do with it; else the form to make one, for who may."""
    waiting = next((proposal for proposal in proposals if proposal.adjustment.is_open), None)
    may_ask = can_ask_adjustment.test(user, unit)
    if waiting is None:
        may_propose = may_ask and now is not None and Plan.objects.in_force().filter(pk=plan.pk).exists()
        return {"propose": ProposeForm(target=target) if may_propose else None}
    part: dict[str, Any] = {"waiting": waiting, "may_withdraw": may_ask}
    if can_settle.test(user, waiting.adjustment):
        figure = cell_text(bounds_of(waiting.adjustment), target)
        part["accept"] = AcceptForm(target=target, initial={"figure": figure, "effective_on": first_day(plan)})
        part["decline"] = DeclineForm()
    return part


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


@login_required
@require_safe
def proposal_list(request: HttpRequest, plan_id: int) -> HttpResponse:
    """What units proposed to be handed instead, those that wait first; of one's own units only."""
    user = signed_in(request)
    plan = plan_or_404(user, plan_id)
    if line_of(plan, user) is None:
        raise Http404
    listed = Paginator(adjustments_visible_to(user, plan), PROPOSALS_A_PAGE).get_page(request.GET.get("page"))
    rows = [Proposal.of(adjustment, adjustment.target) for adjustment in listed.object_list]
    return render(request, "targets/adjustments.html", {"nav_key": "plans", "plan": plan, "page": listed, "rows": rows})


@login_required
@require_POST
def propose(request: HttpRequest, plan_id: int, target_id: int, unit_code: str) -> HttpResponse:
    """Propose another figure; for who acts for the unit."""
    user = signed_in(request)
    place = share_or_404(user, plan_id, target_id, unit_code)
    _plan, target, unit = place
    require(can_ask_adjustment.test(user, unit))

    def act(form: forms.Form) -> str:
        low, high = form.cleaned_data["figure"]
        reason = form.cleaned_data["reason"]
        services.propose_adjustment(actor=user, target=target, unit=unit, minimum=low, maximum=high, reason=reason)
        return _("Proposed. The officers of the body that hands down are told.")

    return _act(request, place, "propose", ProposeForm(request.POST, target=target), act)


@login_required
@require_POST
def withdraw(request: HttpRequest, plan_id: int, adjustment_id: int) -> HttpResponse:
    """Take the proposal back."""
    user, adjustment, place = _adjustment_or_404(request, plan_id, adjustment_id)
    require(can_ask_adjustment.test(user, adjustment.unit))

    def act(_form: forms.Form) -> str:
        services.withdraw_adjustment(actor=user, adjustment=adjustment)
        return _("The proposal is withdrawn.")

    return _act(request, place, "take_back", forms.Form(request.POST), act)


@login_required
@require_POST
def accept(request: HttpRequest, plan_id: int, adjustment_id: int) -> HttpResponse:
    """Hand down the figure proposed, or a third one with a reason."""
    user, adjustment, place = _adjustment_or_404(request, plan_id, adjustment_id)
    require(can_settle.test(user, adjustment))

    def act(form: forms.Form) -> str:
        low, high = form.cleaned_data["figure"]
        more = {name: form.cleaned_data[name] for name in ("effective_on", "answer")}
        services.accept_adjustment(actor=user, adjustment=adjustment, minimum=low, maximum=high, **more)
        return _("Settled: a new share is handed down, and the unit is told.")

    return _act(request, place, "accept", AcceptForm(request.POST, target=adjustment.target), act)


@login_required
@require_POST
def decline(request: HttpRequest, plan_id: int, adjustment_id: int) -> HttpResponse:
    """Let the share stand, with a reason."""
    user, adjustment, place = _adjustment_or_404(request, plan_id, adjustment_id)
    require(can_settle.test(user, adjustment))

    def act(form: forms.Form) -> str:
        services.decline_adjustment(actor=user, adjustment=adjustment, answer=form.cleaned_data["answer"])
        return _("Declined. The share stands as it was, and the unit is told why.")

    return _act(request, place, "decline", DeclineForm(request.POST), act)


Place = tuple[Plan, Target, Unit]


def _adjustment_or_404(request: HttpRequest, plan_id: int, adjustment_id: int) -> tuple[User, Adjustment, Place]:
    user = signed_in(request)
    rows = Adjustment.objects.select_related("unit", "asked_of", "target__indicator")
    adjustment = get_object_or_404(rows, pk=adjustment_id, target__plan=plan_id)
    return user, adjustment, share_or_404(user, plan_id, adjustment.target_id, adjustment.unit.code)


def _act(
    request: HttpRequest, place: Place, name: str, form: forms.Form, act: Callable[[forms.Form], str]
) -> HttpResponse:
    """Act on a valid form and go back to the share; otherwise show its page with the form as it was filled."""
    plan, target, unit = place
    if form.is_valid():
        try:
            words = act(form)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, words)
            return redirect(reverse("targets:share", args=[plan.pk, target.pk, unit.code]))
    return _page(request, plan, target, unit, **{name: form})
