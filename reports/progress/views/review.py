"""The reviewer's pages: the queue with one report open beside it, and the steps of review."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.gates import require, signed_in
from accounts.models import User
from core import clock
from core.form_pages import onward
from core.status_looks import look
from reports.progress import rules, selectors
from reports.progress.errors import StaleVersion, WrongState
from reports.progress.forms import ReasonForm
from reports.progress.models import ProgressReport
from reports.progress.notices import address_of
from reports.progress.queue import Queue, queue_of
from reports.progress.queue_filter import QueueFilter, offered_to
from reports.progress.reminders import outstanding_for
from reports.progress.rounds import round_of
from reports.progress.services import approve_report, reopen_report, return_report
from reports.progress.sheet import sheet_of
from reports.progress.states import actions_open_to

from .phrases import keep_typed, phrases_offered
from .report import UNPROCESSABLE, reading_page


@login_required
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Submitted reports, oldest first; the one chosen (``?report=``) or the first is open beside them.

    The other words of the address are those of ``QueueFilter``.
    """
    return _queue_page(request, ReasonForm())


def _queue_page(request: HttpRequest, reason_form: ReasonForm, *, chosen: str = "", status: int = 200) -> HttpResponse:
    user = signed_in(request)
    require(rules.reviews_any(user))
    wish = QueueFilter.of(request.GET)
    page = None if chosen else request.GET.get("page")
    queue = queue_of(user, wish, chosen=chosen or request.GET.get("report", ""), page=page)
    context: dict[str, Any] = {
        "queue": queue,
        "page": queue.page,
        "wish": wish,
        "offered": offered_to(user, wish),
        "reason_form": reason_form,
        "phrases": phrases_offered(user),
        "round": round_of(user, clock.today()),
        "outstanding": outstanding_for(user, clock.today()),
    }
    if queue.open is not None:
        context |= {**_open_report(user, queue.open.report), "next": _next_in(queue, wish)}
    return render(request, "reports/progress/review.html", context, status=status)


def _open_report(user: User, found: ProgressReport) -> dict[str, Any]:
    return {
        "sheet": sheet_of(found),
        "report": found,
        "history": selectors.history_of(found),
        "evidence": selectors.evidence_of(found),
        "open_to": actions_open_to(user, found),
    }


def _next_in(queue: Queue, wish: QueueFilter) -> str:
    """Where to go on to from the open report: its neighbour in the same filter and order; else the queue itself."""
    onward = queue.after or queue.before
    words = {"report": str(onward), **wish.words} if onward else wish.words
    return f"{reverse('reports:review')}?{urlencode(words)}#panel"


@login_required
@require_POST
def approve(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Approve one report, as it was when this person opened it (``version``)."""
    user = signed_in(request)
    found = selectors.report_or_404(user, code, month)
    require(rules.can_approve.test(user, found))
    try:
        approve_report(actor=user, report=found, version=_version_seen(request))
    except WrongState:
        _tell_late(request, found)
    except StaleVersion:
        return _look_again(request, found)
    else:
        messages.success(request, _("Approved: %(unit)s.") % {"unit": found.unit.short_name})
    return redirect(_onward(request, found))


@login_required
@require_POST
def send_back(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Return a submitted report with a reason, as it was when this person opened it (``version``)."""
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
        step(actor=user, report=found, reason=form.cleaned_data["reason"], version=_version_seen(request))
    except WrongState:
        _tell_late(request, found)
    except StaleVersion:
        return _look_again(request, found)
    else:
        if form.cleaned_data["keep"]:
            keep_typed(request, found.unit, form.cleaned_data["reason"])
        messages.success(
            request, _("Returned: %(unit)s. The unit reads your reason.") % {"unit": found.unit.short_name}
        )
    return redirect(_onward(request, found))


def _version_seen(request: HttpRequest) -> int | None:
    """The version that the page showed; null where it does not say."""
    version = request.POST.get("version", "")
    return int(version) if re.fullmatch("[0-9]{1,9}", version) else None


def _look_again(request: HttpRequest, found: ProgressReport) -> HttpResponse:
    words = _("Nothing was changed: %(unit)s handed the report in anew meanwhile. Please look at it again.")
    messages.error(request, words % {"unit": found.unit.short_name})
    return redirect(address_of(found))


def _tell_late(request: HttpRequest, found: ProgressReport) -> None:
    found.refresh_from_db(fields=["state"])
    words = _("Nothing was changed: the report of %(unit)s is now “%(state)s”.")
    messages.error(request, words % {"unit": found.unit.short_name, "state": look(found.state, "report").word})


def _onward(request: HttpRequest, found: ProgressReport) -> str:
    """Where the page asked to go on to; else the report itself."""
    return onward(request, address_of(found))
