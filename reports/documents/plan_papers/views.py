"""The page that asks for the paper of a plan."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.gates import require, signed_in
from core.form_pages import FORM_METHODS, Done, form_page, posted
from plans.enums import ISSUED_STATES
from plans.gates import plan_or_404
from reports.documents.rules import can_prepare
from reports.documents.selectors import papers_of

from .services import request_plan_paper


@login_required
@require_http_methods(FORM_METHODS)
def ask(request: HttpRequest, plan_id: int) -> HttpResponse:
    """What there is of the plan on paper, and having it made anew; goes to the page of its job."""
    user = signed_in(request)
    plan = plan_or_404(user, plan_id)
    require(can_prepare(user, plan.unit))

    def act(_values: dict[str, Any]) -> Done:
        document = request_plan_paper(actor=user, plan=plan)
        document.refresh_from_db(fields=["job"])
        return "", reverse("core:job", args=[document.job_id])

    is_issued = plan.state in ISSUED_STATES
    context = {
        "title": _("The plan on paper"),
        "sub": plan.title,
        "crumb": (reverse("plans:detail", args=[plan.pk]), plan.symbol or plan.title),
        "button": _("Make the document"),
        "hint": _("It bears the number and the date of the plan. A leader issues it with a code for checking.")
        if is_issued
        else _("The plan is not issued yet: every page is marked as a draft, and it gets no number."),
        "papers": papers_of(user, plan),
    }
    return form_page(request, forms.Form(posted(request)), act, template="reports/documents/ask.html", context=context)
