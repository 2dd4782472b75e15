"""The reviewer's pages: the queue with one report open beside it, and the steps of review."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.gates import require, signed_in
from core import clock
from core.form_pages import onward
from core.status_looks import look
from reports.progress import rules, selectors
from reports.progress.errors import WrongState
from reports.progress.forms import ReasonForm
from reports.progress.models import ProgressReport
from reports.progress.notices import address_of
from reports.progress.queue import Queue, queue_of
from reports.progress.reminders import outstanding_for
from reports.progress.services import approve_report, approve_reports, reopen_report, return_report
from reports.progress.sheet import sheet_of
from reports.progress.states import actions_open_to

from .report import UNPROCESSABLE, reading_page

REPORTS_A_PAGE = 30


@login_required
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Submitted reports, oldest first; the one chosen (or the first) is open beside them.

    ``?q=`` finds units, diacritics or not.
    """
    return _queue_page(request, ReasonForm())


def _queue_page(request: HttpRequest, reason_form: ReasonForm, *, chosen: str = "", status: int = 200) -> HttpResponse:
    user = signed_in(request)
    require(rules.reviews_any(user))
    wish = request.GET.get("q", "").strip()
    waiting = selectors.reports_awaiting_review(user, wish)
    page = Paginator(waiting, REPORTS_A_PAGE).get_page(request.GET.get("page"))
    queue = queue_of(user, list(page.object_list), chosen or request.GET.get("report", ""))
    context: dict[str, Any] = {"queue": queue, "page": page, "wish": wish}
    context |= {"reason_form": reason_form, "phrases": _phrases(), "round": selectors.round_of(user, clock.now())}
    context["outstanding"] = outstanding_for(user, clock.today())
    if queue.open is not None:
        found = queue.open.report
        context |= {
            "sheet": sheet_of(found),
            "report": found,
            "history": selectors.history_of(found),
            "evidence": selectors.evidence_of(found),
            "open_to": actions_open_to(user, found),
            "next": _next_in(queue, request),
        }
    return render(request, "reports/progress/review.html", context, status=status)


def _next_in(queue: Queue, request: HttpRequest) -> str:
    """Where to go on to from the open report: its neighbour in the same search and page; else the whole queue."""
    onward = queue.after or queue.before
    address = reverse("reports:review")
    if onward is None:
        return address
    kept = {word: request.GET[word] for word in ("q", "page") if request.GET.get(word)}
    return f"{address}?{urlencode({'report': onward.report.pk, **kept})}"


def _phrases() -> list[str]:
    """Reasons that are given often, offered where one is written."""
    return [
        _("The figure is far above the months before; please check it."),
        _("Figures are missing; please complete them."),
        _("The total of members does not agree with the headcount."),
    ]


@login_required
@require_POST
def approve(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Approve one report."""
    user = signed_in(request)
    found = selectors.report_or_404(user, code, month)
    require(rules.can_approve.test(user, found))
    try:
        approve_report(actor=user, report=found)
    except WrongState:
        _tell_late(request, found)
    else:
        messages.success(request, _("Approved: %(unit)s.") % {"unit": found.unit.short_name})
    return redirect(_onward(request, found))


@login_required
@require_POST
def send_back(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Return a submitted report with a reason."""
    return _back(request, code, month, return_report)


@login_required
@require_POST
def reopen(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Reopen an approved report with a reason."""
    return _back(request, code, month, reopen_report)


def _back(request: HttpRequest, code: str, month: str, step: Callable[..., ProgressReport]) -> HttpResponse:
    user = signed_in(request)
    found = selectors.report_or_404(user, code, month)
    require(rules.can_return.test(user, found))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        if step is return_report and request.POST.get("next"):
            return _queue_page(request, form, chosen=str(found.pk), status=UNPROCESSABLE)
        return reading_page(request, sheet_of(found), reason_form=form, status=UNPROCESSABLE)
    try:
        step(actor=user, report=found, reason=form.cleaned_data["reason"])
    except WrongState:
        _tell_late(request, found)
    else:
        messages.success(
            request, _("Returned: %(unit)s. The unit reads your reason.") % {"unit": found.unit.short_name}
        )
    return redirect(_onward(request, found))


@login_required
@require_POST
def approve_many(request: HttpRequest) -> HttpResponse:
    """Approve the chosen reports at once; one that somebody else has taken meanwhile is left as it is."""
    user = signed_in(request)
    require(rules.reviews_any(user))
    wished = [int(value) for value in request.POST.getlist("report") if re.fullmatch("[0-9]{1,18}", value)]
    reports = list(selectors.reports_awaiting_review(user).filter(pk__in=wished))
    rules.know_hands(reports)
    own_hand = [report for report in reports if rules.had_a_hand.test(user, report)]
    approved = approve_reports(actor=user, reports=[report for report in reports if report not in own_hand])
    count = len(approved)
    messages.success(
        request, ngettext("%(count)s report approved.", "%(count)s reports approved.", count) % {"count": count}
    )
    if own_hand:
        words = _("Left for another officer, because you entered or submitted them: %(units)s.")
        messages.warning(request, words % {"units": ", ".join(report.unit.short_name for report in own_hand)})
    return redirect("reports:review")


def _tell_late(request: HttpRequest, found: ProgressReport) -> None:
    found.refresh_from_db(fields=["state"])
    words = _("Nothing was changed: the report of %(unit)s is now “%(state)s”.")
    messages.error(request, words % {"unit": found.unit.short_name, "state": look(found.state, "report").word})


def _onward(request: HttpRequest, found: ProgressReport) -> str:
    """Where the page asked to go on to; else the report itself."""
    return onward(request, address_of(found))
