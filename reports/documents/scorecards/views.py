"""The page at a unit that asks for its scorecard, or for those of the units beneath it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.gates import signed_in

from . import selectors, services
from .forms import ScorecardForm
from .selectors import Makes


@login_required
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """What can be made here: the unit's own card, and the cards of all units beneath it."""
    makes = selectors.makes_at(signed_in(request), code)
    return _page(request, makes, _form(makes, initial={"month": request.GET.get("period")}))


@login_required
@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Have the unit's own card made; goes to the page of its job."""
    user = signed_in(request)
    makes = selectors.makes_at(user, code)
    if not makes.own:
        raise Http404(code)
    form = _form(makes, request.POST)
    if not form.is_valid():
        return _page(request, makes, form, status=422)
    document = services.request_scorecard(actor=user, unit=makes.unit, **form.cleaned_data)
    document.refresh_from_db(fields=["job"])
    return redirect("core:job", document.job_id)


@login_required
@require_POST
def ask_all(request: HttpRequest, code: str) -> HttpResponse:
    """Have the cards of all units beneath made as one ZIP; goes to the page of its job."""
    user = signed_in(request)
    makes = selectors.makes_at(user, code)
    if not makes.beneath:
        raise Http404(code)
    form = _form(makes, request.POST)
    if not form.is_valid():
        return _page(request, makes, form, status=422)
    job = services.request_all_scorecards(actor=user, body=makes.unit, **form.cleaned_data)
    return redirect("core:job", job.pk)


def _form(makes: Makes, data: object = None, **more: object) -> ScorecardForm:
    return ScorecardForm(data, months=selectors.months_open(makes.unit), **more)


def _page(request: HttpRequest, makes: Makes, form: ScorecardForm, status: int = 200) -> HttpResponse:
    return render(request, "reports/documents/scorecards.html", {"makes": makes, "form": form}, status=status)
