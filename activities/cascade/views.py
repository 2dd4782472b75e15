"""Pages between two plans: taking activities over into a draft, and what units below have made of them."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.gates import signed_in
from accounts.models import User
from core.form_pages import FORM_METHODS, UNPROCESSABLE
from plans.enums import ISSUED_STATES
from plans.gates import drafted_plan, plan_or_404
from plans.models import Plan
from plans.rules import can_edit
from plans.selectors import is_superseded

from ..bases import readable_base
from ..wording import time_of
from .covering import covering_of
from .taking_over import Candidate, candidates_for, take_over

# What is ticked at first: "ours" is what concerns the unit.
CHOICES = ("ours", "all", "none")


@login_required
@require_http_methods(FORM_METHODS)
def taking_over(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Copy activities of the superior plan into the draft; ``?choose=`` says which are ticked at first."""
    user = signed_in(request)
    plan = drafted_plan(user, plan_id)
    base = readable_base(plan, user=user)
    if base is None:
        raise Http404
    if request.method == "POST":
        return _take(request, user, plan, base)
    asked = request.GET.get("choose", "")
    return _page(request, user, plan, base, asked if asked in CHOICES else CHOICES[0])


def _take(request: HttpRequest, user: User, plan: Plan, base: Plan) -> HttpResponse:
    chosen = {int(text) for text in request.POST.getlist("activity") if re.fullmatch("[0-9]{1,18}", text)}
    if not chosen:
        return _page(request, user, plan, base, "none", said=_("Choose at least one activity."))
    try:
        count = take_over(actor=user, plan=plan, chosen=chosen)
    except ValidationError as error:
        return _page(request, user, plan, base, "none", chosen=chosen, said=" ".join(error.messages))
    words = ngettext("%(n)s activity was taken over.", "%(n)s activities were taken over.", count) % {"n": count}
    messages.success(request, words if count else _("All of them had been taken over already."))
    return redirect("activities:of-draft", plan.pk)


def _page(
    request: HttpRequest,
    user: User,
    plan: Plan,
    base: Plan,
    choose: str,
    *,
    chosen: frozenset[int] | set[int] = frozenset(),
    said: str = "",
) -> HttpResponse:
    rows = candidates_for(plan, base, user=user)
    context: dict[str, Any] = {
        "nav_key": "plans",
        "plan": plan,
        "base": base,
        "said": said,
        "choose": choose,
        "may_edit": can_edit(user, plan),
        "rows": [(row, time_of(row.activity), _is_ticked(row, choose, chosen)) for row in rows],
        "taken": sum(row.taken is not None for row in rows),
        "ours": sum(row.concerns for row in rows),
        "is_any_open": any(row.is_open for row in rows),
    }
    status = UNPROCESSABLE if said else 200
    return render(request, "activities/cascade/taking_over.html", context, status=status)


def _is_ticked(row: Candidate, choose: str, chosen: frozenset[int] | set[int]) -> bool:
    wished = row.activity.pk in chosen or choose == "all" or (choose == "ours" and row.concerns)
    return wished and row.is_open


@login_required
@require_safe
def covering(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Which of an issued plan's activities each unit directly below has made concrete."""
    user = signed_in(request)
    plan = plan_or_404(user, plan_id)
    if plan.state not in ISSUED_STATES or is_superseded(plan):
        raise Http404
    context = {"nav_key": "board", "plan": plan, "shown": covering_of(plan, user)}
    return render(request, "activities/cascade/covering.html", context)
