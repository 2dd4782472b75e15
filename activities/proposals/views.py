"""The step "Activities" of the reading screen: the list beside the document, and one address for each decision."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.gates import signed_in
from plans.proposals.adding import SelectionForm, added
from plans.proposals.screen import Decision, Desk, asked_id, decide, drafted_or_404, item_or_404, kept, one_row, show

from . import services
from .forms import form_of
from .selectors import ActivityItem, items_of
from .wording import words_of

DESK: Desk[ActivityItem] = Desk(
    letter="a",
    step="activities",
    page="activities:reading",
    template="activities/reading.html",
    items_of=items_of,
    row_of=words_of,
    form_of=form_of,
)


@login_required
@require_safe
def reading(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The activities found, beside the document. ``?open=`` unfolds one; for htmx that row alone, ``?row=`` folds."""
    plan = drafted_or_404(request, plan_id)
    opened, row = asked_id(request.GET.get("open", "")), asked_id(request.GET.get("row", ""))
    if getattr(request, "htmx", False) and (opened or row):
        return one_row(request, DESK, plan, opened or row or 0, unfolded=opened is not None)
    return show(request, DESK, plan, opened=opened, add_form=SelectionForm())


def _decision(request: HttpRequest, plan_id: int, proposal_id: int, service: Decision) -> HttpResponse:
    """Gate, take the decision under the version that the person saw, and answer it."""
    plan = drafted_or_404(request, plan_id)
    user = signed_in(request)
    return decide(
        request,
        DESK,
        plan,
        proposal_id,
        lambda proposal, version: service(actor=user, proposal=proposal, version=version),
    )


@login_required
@require_POST
def accept(request: HttpRequest, plan_id: int, proposal_id: int) -> HttpResponse:
    """Accept a proposal as it stands."""
    return _decision(request, plan_id, proposal_id, services.accept)


@login_required
@require_POST
def reject(request: HttpRequest, plan_id: int, proposal_id: int) -> HttpResponse:
    """Set a proposal aside."""
    return _decision(request, plan_id, proposal_id, services.reject)


@login_required
@require_POST
def reopen(request: HttpRequest, plan_id: int, proposal_id: int) -> HttpResponse:
    """Take a decision back."""
    return _decision(request, plan_id, proposal_id, services.reopen)


@login_required
@require_POST
def forget(request: HttpRequest, plan_id: int, proposal_id: int) -> HttpResponse:
    """Forget a correction: the proposal says again what was found."""
    return _decision(request, plan_id, proposal_id, partial(services.save_wish, wish=None))


@login_required
@require_POST
def correct(request: HttpRequest, plan_id: int, proposal_id: int) -> HttpResponse:
    """Accept a proposal as it was corrected in its form."""
    plan = drafted_or_404(request, plan_id)
    user = signed_in(request)
    form = form_of(item_or_404(DESK, plan, proposal_id), request.POST)
    return decide(
        request,
        DESK,
        plan,
        proposal_id,
        lambda proposal, version: services.accept(actor=user, proposal=proposal, version=version, values=form.values),
        form=form,
    )


@login_required
@require_POST
def wish(request: HttpRequest, plan_id: int, proposal_id: int) -> HttpResponse:
    """Keep a correction while it is typed; answered with JSON."""
    plan = drafted_or_404(request, plan_id)
    user = signed_in(request)
    item = item_or_404(DESK, plan, proposal_id)
    form = form_of(item, request.POST)
    version = request.POST.get("version", "")
    return kept(lambda: services.save_wish(actor=user, proposal=item.proposal, wish=form.wish, version=version))


@login_required
@require_POST
def accept_sure(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Accept all that was read without doubt."""
    plan = drafted_or_404(request, plan_id)
    try:
        done = services.accept_sure(actor=signed_in(request), plan=plan)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("plans:detail", plan.pk)
    words = ngettext("%(n)s activity was accepted.", "%(n)s activities were accepted.", len(done))
    messages.success(request, words % {"n": len(done)})
    return redirect(DESK.address(plan))


@login_required
@require_POST
def add(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Add what the machine did not see, from words marked in the document; it comes unfolded, undecided."""
    plan = drafted_or_404(request, plan_id)
    return added(request, DESK, plan, services.add_from_selection, done=_("Added: look at what it says and accept it."))
