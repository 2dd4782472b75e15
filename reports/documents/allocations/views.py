"""The page that asks for a paper that hands targets down."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.gates import require, signed_in
from core.form_pages import FORM_METHODS, Done, form_page, posted
from plans.gates import plan_or_404
from reports.documents.rules import can_prepare
from reports.documents.selectors import papers_of
from reports.enums import DocumentKind
from targets.sharing.line import line_of

from .forms import AllocationForm
from .services import request_allocation


@login_required
@require_http_methods(FORM_METHODS)
def ask(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Choose a unit or all of them, and have the paper made; goes to the page of its job."""
    user = signed_in(request)
    plan = plan_or_404(user, plan_id)
    line = line_of(plan, user)
    if line is None:
        raise Http404(plan_id)
    require(can_prepare(user, line.base))

    def act(values: dict[str, Any]) -> Done:
        document = request_allocation(actor=user, plan=plan, body=line.base, unit=values["unit"])
        document.refresh_from_db(fields=["job"])
        return "", reverse("core:job", args=[document.job_id])

    context = {
        "title": _("Targets handed down, on paper"),
        "sub": f"{plan.title} · {line.base.name}",
        "crumb": (reverse("targets:allocations", args=[plan.pk]), _("Shares handed down")),
        "button": _("Make the document"),
        "hint": _("The document is made as a draft; a leader issues it under its number."),
        "papers": papers_of(user, plan, DocumentKind.ALLOCATION, unit=line.base),
    }
    form = AllocationForm(posted(request), receivers=line.receivers, initial={"unit": request.GET.get("unit")})
    return form_page(request, form, act, template="reports/documents/ask.html", context=context)
