"""Approving many reports at once: first what it would do, then doing it."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.gates import require, signed_in
from accounts.models import User
from core.templatetags.portal_numbers import vn_number
from reports.progress import rules, selectors
from reports.progress.approval import summary_of
from reports.progress.models import ProgressReport
from reports.progress.queue import Waiting, approved_by_one_click, waiting_of
from reports.progress.queue_filter import QueueFilter
from reports.progress.services import approve_reports


@login_required
@require_POST
def approve_summary(request: HttpRequest) -> HttpResponse:
    """Say what approving the chosen ``report``s would do; with ``all``, everything in the filter of the address."""
    user = signed_in(request)
    require(rules.reviews_any(user))
    wish = QueueFilter.of(request.GET)
    chosen = _chosen(user, request, wish)
    if not chosen:
        messages.warning(request, _("No report was chosen."))
        return redirect(_queue_address(wish))
    context = {"summary": summary_of(chosen), "wish": wish, "back": _queue_address(wish)}
    return render(request, "reports/progress/approve_summary.html", context)


def _chosen(user: User, request: HttpRequest, wish: QueueFilter) -> list[Waiting]:
    if "all" in request.POST:
        return approved_by_one_click(user, wish)
    waiting = selectors.reports_awaiting_review(user).filter(pk__in=_versions(request))
    return list(waiting_of(user, list(waiting)))


@login_required
@require_POST
def approve_many(request: HttpRequest) -> HttpResponse:
    """Approve the chosen reports at once; what somebody changed since it was shown is left as it is."""
    user = signed_in(request)
    require(rules.reviews_any(user))
    versions = _versions(request)
    reports = list(selectors.reports_awaiting_review(user).filter(pk__in=versions))
    rules.know_hands(reports)
    own_hand = [report for report in reports if rules.had_a_hand.test(user, report)]
    mine = [report for report in reports if report not in own_hand]
    seen = {pk: version for pk, version in versions.items() if version is not None}
    approved = approve_reports(actor=user, reports=mine, seen=seen)
    _tell(request, approved, own_hand, len(versions) - len(own_hand) - len(approved))
    return redirect(_queue_address(QueueFilter.of(request.GET)))


def _versions(request: HttpRequest) -> dict[int, int | None]:
    """Report id → the version that was shown (null: not said), of what was sent as "12" or "12.3"."""
    found = (re.fullmatch(r"([0-9]{1,18})(?:\.([0-9]{1,9}))?", value) for value in request.POST.getlist("report"))
    return {int(one[1]): int(one[2]) if one[2] else None for one in found if one}


def _tell(request: HttpRequest, approved: list[ProgressReport], own_hand: list[ProgressReport], changed: int) -> None:
    count = len(approved)
    said = ngettext("%(count)s report approved.", "%(count)s reports approved.", count) % {"count": vn_number(count)}
    messages.success(request, said)
    if own_hand:
        words = _("Left for another officer, because you entered or submitted them: %(units)s.")
        messages.warning(request, words % {"units": ", ".join(report.unit.short_name for report in own_hand)})
    if changed:
        words = ngettext(
            "%(count)s report was changed since it was shown to you, and was left as it is.",
            "%(count)s reports were changed since they were shown to you, and were left as they are.",
            changed,
        )
        messages.warning(request, words % {"count": vn_number(changed)})


def _queue_address(wish: QueueFilter) -> str:
    address = reverse("reports:review")
    return f"{address}?{wish.query}" if wish.query else address
