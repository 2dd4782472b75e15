"""Pages of a plan's versions: an amendment begun or given up, the difference, how far units made the plan concrete."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.gates import signed_in

from ..enums import ISSUED_STATES
from ..fields import posted, refuse
from ..forms import BaseForm
from ..gates import drafted_plan, plan_or_404
from ..selectors import is_superseded
from .amending import amend_plan, discard_draft
from .bases import name_base
from .coverage import coverage_of
from .pages import difference_page

UNPROCESSABLE = 422


@login_required
@require_POST
def plan_amend(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Begin an amendment of an issued plan; for officers."""
    user = signed_in(request)
    plan = drafted_plan(user, plan_id)
    try:
        amendment = amend_plan(actor=user, plan=plan)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("plans:detail", plan.pk)
    messages.success(request, _("The amendment has been begun. Until it is issued the version before stands."))
    return redirect("plans:detail", amendment.pk)


@login_required
@require_POST
def plan_discard(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Delete a draft, an amendment or one of its own; for officers."""
    user = signed_in(request)
    plan = drafted_plan(user, plan_id)
    try:
        source = discard_draft(actor=user, plan=plan)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("plans:detail", plan.pk)
    if source is None:
        messages.success(request, _("The draft “%(plan)s” was deleted.") % {"plan": plan.title})
        return redirect("plans:list")
    messages.success(request, _("The draft amendment has been given up. This version stands as before."))
    return redirect("plans:detail", source.pk)


@login_required
@require_safe
def plan_difference(request: HttpRequest, plan_id: int) -> HttpResponse:
    """What changed from an earlier version, ``?with=`` its id or the one right before; for who reads both."""
    user = signed_in(request)
    plan = plan_or_404(user, plan_id)
    shown = difference_page(plan, user, request.GET.get("with", ""))
    if shown is None:
        raise Http404
    return render(request, "plans/difference.html", {"nav_key": "plans", "shown": shown, "plan": plan})


@login_required
@require_safe
def plan_coverage(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Which units directly below have made an issued plan concrete; ``?q=`` searches, ``?open=`` opens an item."""
    user = signed_in(request)
    plan = plan_or_404(user, plan_id)
    if plan.state not in ISSUED_STATES or is_superseded(plan):
        raise Http404
    asked = {word: request.GET.get(word, "").strip() for word in ("q", "open")}
    shown = coverage_of(plan, user, wish=asked["q"], opened=asked["open"])
    if asked["open"] and shown.opened is None:
        raise Http404
    return render(
        request, "plans/coverage.html", {"nav_key": "plans", "shown": shown, "plan": plan, "wish": asked["q"]}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_base(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Name or change the superior plan that a draft makes concrete; for officers."""
    user = signed_in(request)
    plan = drafted_plan(user, plan_id)
    form = BaseForm(posted(request), plan=plan, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            name_base(actor=user, plan=plan, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The document above has been named."))
            return redirect("plans:detail", plan.pk)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "plans/base_form.html", {"nav_key": "plans", "form": form, "plan": plan}, status=status)
