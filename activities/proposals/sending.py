"""The last step of the reading screen: what is still undecided, what was not looked at, and the way to the leader.

Sending itself is the plan's own step (``plans.views``).
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.gates import signed_in
from plans import checks
from plans.proposals.contradictions import contradictions_of, look_at
from plans.proposals.screen import drafted_or_404
from plans.reading.frame import frame_of
from plans.reading.pane import Mark
from plans.reading.steps import registered_steps
from plans.rules import can_edit


@login_required
@require_safe
def reading_sending(request: HttpRequest, plan_id: int) -> HttpResponse:
    """What stands in the plan and what does not yet, before it goes to the leader."""
    plan = drafted_or_404(request, plan_id)
    user = signed_in(request)
    if not can_edit(user, plan):
        messages.info(request, _("The plan is no draft any more: what was found in it can no longer be changed."))
        return redirect("plans:detail", plan.pk)
    unseen = list(contradictions_of(plan).filter(seen_at__isnull=True))
    marks = [mark for step in registered_steps() for mark in step.marks(plan)]
    marks += [Mark(start=row.start, end=row.end, key=f"c{row.pk}", state="clash") for row in unseen]
    context = {
        "nav_key": "plans",
        "plan": plan,
        "frame": (frame := frame_of(plan=plan, user=user, step="issuing", marks=marks)),
        "lists": [step for step in frame.steps if step.total],
        "undecided": sum(step.total - step.decided for step in frame.steps),
        "targets": plan.targets.counted().count(),
        "repeated": plan.targets.filter(restates__isnull=False).count(),
        "activities": plan.activities.count(),
        "deadlines": plan.reportdeadlines.count(),
        "unseen": unseen,
        "problems": checks.problems_of(plan),
    }
    return render(request, "activities/reading_sending.html", context)


@login_required
@require_POST
def reading_seen(request: HttpRequest, plan_id: int, contradiction_id: int) -> HttpResponse:
    """Note that somebody has looked at a contradiction, and go on with the summary."""
    plan = drafted_or_404(request, plan_id)
    row = get_object_or_404(contradictions_of(plan), pk=contradiction_id)
    try:
        look_at(actor=signed_in(request), contradiction=row)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("activities:reading-sending", plan.pk)
