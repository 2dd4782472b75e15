"""The page that asks for a reminder dispatch."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.gates import require, signed_in
from reports.documents.rules import prepares_any
from reports.documents.selectors import months_opened, units_that_report_on_paper

from .forms import DispatchForm
from .services import request_dispatch


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Choose body and month, and have the dispatch made; goes to the page of its job."""
    user = signed_in(request)
    require(prepares_any(user))
    form = DispatchForm(
        request.POST if request.method == "POST" else None,
        units=units_that_report_on_paper(user),
        months=months_opened(),
        initial={"month": request.GET.get("month")},
    )
    if form.is_valid():
        wish = form.cleaned_data
        try:
            document = request_dispatch(actor=user, body=wish["unit"], month=wish["month"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            document.refresh_from_db(fields=["job"])
            return redirect("core:job", document.job_id)
    return render(request, "reports/documents/dispatch.html", {"form": form}, status=422 if form.is_bound else 200)
